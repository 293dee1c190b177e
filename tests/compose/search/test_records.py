"""What the search box finds: one record a section, every text once."""

from __future__ import annotations

from aikb.model.site import Site
from conftest import Build


def brief(site: Site) -> list[tuple[str, str, str, str]]:
    """The records' places, titles and texts."""
    return [(record.path, record.fragment, record.title, record.text) for record in site.records]


def test_a_section_is_a_record(kb: Build) -> None:
    site = kb(
        {
            "notes/sub/a.md": "# Title\n\nIntro *words*.\n\n## One\n\n- item\n- `code`\n\n## Two\n\n| cell |\n|---|\n| x |\n"
        }
    )
    assert brief(site)[:3] == [
        ("sub/a.md", "", "Title", "Intro words."),
        ("sub/a.md", "one", "One", "item code"),
        ("sub/a.md", "two", "Two", "cell x"),
    ]


def test_a_text_is_recorded_once_whatever_the_number_of_trees(kb: Build) -> None:
    site = kb({"notes/a.md": "The cat sat on the mat.\n", "notes/b.fr.md": "Le chat est assis sur le tapis.\n"})
    assert [(record.path, record.text) for record in site.records] == [
        ("a.md", "The cat sat on the mat."),
        ("b.md", "Le chat est assis sur le tapis."),
    ]


def test_a_translation_is_recorded_where_it_is_shown(kb: Build) -> None:
    site = kb({"notes/a.md": "# One\n\nThe cat sat on the mat.\n", "notes/a.fr.md": "# Un\n\nLe chat est assis.\n"})
    assert [(record.path, record.title) for record in site.records] == [("fr/a.md", "Un"), ("a.md", "One")]


def test_a_text_is_shown_as_it_is_written(kb: Build) -> None:
    site = kb({"notes/a.md": "# 𝗧𝗵𝗲 ﬁrst\n\nsigniﬁ\u00adcant ²\n"})
    assert [(record.title, record.text) for record in site.records] == [("𝗧𝗵𝗲 ﬁrst", "signiﬁcant ²")]


def test_tags_are_with_the_top_of_the_page(kb: Build) -> None:
    site = kb({"notes/a.md": "---\ntags: [x, y]\n---\n# A\n\nText\n\n## B\n\nmore\n"})
    assert [(record.fragment, record.tags) for record in site.records] == [("", ("x", "y")), ("b", ())]


def test_a_page_without_a_heading_is_found_by_its_title(kb: Build) -> None:
    site = kb({"notes/scaling-laws.md": "Only text.\n"})
    assert brief(site) == [("scaling-laws.md", "", "Scaling laws", "Only text.")]
    assert site.records[0].kind == "page"


def test_code_and_formulas_are_found_as_written_and_markup_is_not(kb: Build) -> None:
    site = kb(
        {
            "notes/a.md": "# A\n\n$x_1$ `a<b>`\n\n```py\nfor\n```\n\n<div class=x>\n\n[text](https://example.org)\n\n</div>\n"
        }
    )
    assert [record.text for record in site.records] == ["x_1 a<b> for text"]


def test_a_draft_is_not_found(kb: Build) -> None:
    assert kb({"notes/a.md": "---\ndraft: true\n---\nCanary\n"}).records == ()


def test_text_before_the_first_heading_is_found(kb: Build) -> None:
    site = kb({"notes/a.md": "Before\n\n## B\n\nafter\n"})
    assert [(record.fragment, record.title, record.text) for record in site.records] == [
        ("", "A", "Before"),
        ("b", "B", "after"),
    ]


def test_a_definition_is_found_on_the_terms_page_in_every_tree(kb: Build) -> None:
    site = kb({"glossary/t.md": "# Glossary\n\n## LoRA\n\nA low-rank update of the weights.\n"})
    record = next(record for record in site.records if record.kind == "term")
    assert (record.path, record.title, record.text) == ("glossary/lora.md", "LoRA", "A low-rank update of the weights.")
    assert (record.trees, record.names, record.found) == (("en", "fr"), ("LoRA",), True)


def test_a_term_that_a_note_defines_is_one_row_and_an_answer(kb: Build) -> None:
    site = kb({"notes/a.md": "# A\n\nText\n\n# Glossary\n\n## LoRA\n\nA low-rank update of the weights.\n"})
    terms = [record for record in site.records if record.kind == "term"]
    assert [(record.path, record.fragment, record.found) for record in terms] == [
        ("a.md", "lora", True),
        ("glossary/lora.md", "", False),
    ]


def test_a_folder_without_a_page_is_found_by_its_name(kb: Build) -> None:
    site = kb({"notes/on-tides/a.md": "# A\n\nText.\n"})
    lists = [(record.path, record.title, record.trees) for record in site.records if record.kind == "list"]
    assert lists == [("on-tides/index.md", "On tides", ("en",)), ("fr/on-tides/index.md", "On tides", ("fr",))]


def test_a_table_of_contents_says_nothing(kb: Build) -> None:
    site = kb(
        {"notes/a.md": "# A\n\n- [One](#one)\n  - [Two](#two)\n- [Three](#three)\n\n## One\n\n## Two\n\n## Three\n"}
    )
    assert site.records[0].text == ""


def test_a_highlight_is_a_record_with_what_it_was_read_in(kb: Build) -> None:
    export = (
        "# On Salt\n\n![rw-book-cover](https://e.org/c.png)\n\n## Metadata\n- Author: [[Ada Saline]]\n"
        "- Full Title: On Salt\n- Category: #articles\n\n## Highlights\n"
        "- Salt keeps the fish of a whole village through the winter months. "
        "([View Highlight](https://read.readwise.io/read/01abc))\n    - Tags: [[food]]\n"
    )
    site = kb({"notes/salt.md": export})
    highlight = next(record for record in site.records if record.kind == "highlight")
    assert (highlight.fragment, highlight.source, highlight.tags) == ("h-01abc", ("On Salt", "Ada Saline"), ("food",))
    assert not highlight.headed
    assert [tag for record in site.records for tag in record.tags] == ["food"]


def test_a_section_in_another_language_is_of_that_language(kb: Build) -> None:
    english = "The harbour is closed in winter, and the boats stay on the beach until spring comes back again."
    french = "Le port est fermé en hiver, et les bateaux restent sur la plage jusqu’au retour du printemps cette année."
    site = kb({"notes/a.md": f"# A\n\n{english}\n\n{english}\n\n## B\n\n{french}\n"})
    assert [record.lang for record in site.records] == ["en", "fr"]
