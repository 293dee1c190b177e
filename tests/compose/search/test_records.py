"""What the search box finds: one record a section, every text once."""

from __future__ import annotations

from aikb.model.site import Record
from conftest import Build


def test_a_section_is_a_record(kb: Build) -> None:
    site = kb(
        {
            "notes/sub/a.md": "# Title\n\nIntro *words*.\n\n## One\n\n- item\n- `code`\n\n## Two\n\n| cell |\n|---|\n| x |\n"
        }
    )
    assert [record for record in site.records if record.path == "sub/a.md"] == [
        Record("sub/a.md", "", "Title", "Intro words."),
        Record("sub/a.md", "one", "One", "item code"),
        Record("sub/a.md", "two", "Two", "cell x"),
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


def test_ligatures_and_styled_letters_are_found_by_plain_ones(kb: Build) -> None:
    site = kb({"notes/a.md": "# 𝗧𝗵𝗲 ﬁrst\n\nsigniﬁ\u00adcant ²\n"})
    assert [(record.title, record.text) for record in site.records] == [("The first", "significant 2")]


def test_tags_are_with_the_top_of_the_page(kb: Build) -> None:
    site = kb({"notes/a.md": "---\ntags: [x, y]\n---\n# A\n\nText\n\n## B\n\nmore\n"})
    assert [(record.fragment, record.tags) for record in site.records] == [("", ("x", "y")), ("b", ())]


def test_a_page_without_a_heading_is_found_by_its_title(kb: Build) -> None:
    site = kb({"notes/scaling-laws.md": "Only text.\n"})
    assert site.records == (Record("scaling-laws.md", "", "Scaling laws", "Only text."),)


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


def test_a_definition_is_found_on_the_glossarys_page(kb: Build) -> None:
    site = kb({"glossary/t.md": "# Glossary\n\n## LoRA\n\nA low-rank update of the weights.\n"})
    assert [(record.path, record.fragment, record.title) for record in site.records][-1] == (
        "glossary/index.md",
        "lora",
        "LoRA",
    )
