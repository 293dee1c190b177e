"""Works: one document each, whatever files they come from; their pages, their list, and their highlights quoted elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from aikb.adapters.mkdocs.plugin import AikbPlugin
from aikb.model.site import Site
from aikb.settings import Settings as Options
from aikb.settings import SettingsError, from_options
from conftest import Build, body_html, built, found, html_of, on_disk, page, soup


def book(items: str, title: str = "A Book", head: str = "- Author: [[Ann Author]]\n", group: str = "Highlights") -> str:
    return f"# {title}\n\n## Metadata\n{head}\n## {group}\n{items}"


def api(*texts: str, **fields: object) -> str:
    highlights = [
        {"id": 100 + number, "text": text, "highlighted_at": f"2024-10-1{number}T09:00:00Z", "tags": []}
        for number, text in enumerate(texts)
    ]
    made = {"user_book_id": 7, "title": "A Book", "author": "Ann Author", "category": "books", **fields}
    return json.dumps({"count": 1, "nextPageCursor": None, "results": [{**made, "highlights": highlights}]})


def html(site: Site, path: str) -> BeautifulSoup:
    return BeautifulSoup(html_of(page(site, path)), "lxml")


def quotes(site: Site, path: str) -> list[str]:
    return [" ".join(each.get_text().split()) for each in html(site, path).select("figure.aikb-highlight > blockquote")]


# One document each ---------------------------------------------------------------------------------------------------


def test_a_file_of_several_works_has_a_page_for_each(kb: Build) -> None:
    csv = (
        "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at\n"
        "One.,First Book,Ann,,,,,page,1,2020-11-26 03:28:15+00:00\n"
        "Two.,Second: Book,Bob,,,,,page,2,2020-11-26 03:28:15+00:00\n"
    )
    site = kb({"notes/rw/readwise-data.csv": csv, "notes/a.md": "[x](rw/readwise-data/first-book.md)"})
    assert {each.path for each in site.pages if each.tree == "en" and each.kind == "source"} == {
        "rw/readwise-data/first-book.md",
        "rw/readwise-data/second-book.md",
    }
    assert quotes(site, "rw/readwise-data/first-book.md") == ["One."]
    assert [each for each in found(site) if each.severity != "info"] == []


def test_a_file_of_one_work_is_its_page(kb: Build) -> None:
    site = kb({"notes/rw/a-book-7.json": api("One.")})
    assert quotes(site, "rw/a-book-7.md") == ["One."]
    assert [anchor["id"] for anchor in html(site, "rw/a-book-7.md").select("figure")] == ["h-100"]


def test_two_exports_of_one_work_are_one_page_with_every_highlight_once(kb: Build) -> None:
    markdown = book("- One, as it was.\n- Only here.\n    - Note: Mine.\n")
    site = kb(
        {
            "notes/a-book.md": markdown,
            "notes/rw/x.json": api("One, as it was.", "Only there."),
            "notes/n.md": "[x](rw/x.json)",
        }
    )
    assert quotes(site, "a-book.md") == ["One, as it was.", "Only here.", "Only there."]
    assert not [each for each in site.pages if each.path == "rw/x.md"]
    assert 'href="a-book.md"' in body_html(page(site, "n.md")) or "(<a-book.md>)" in body_html(page(site, "n.md"))
    codes = [(each.code, each.path) for each in found(site)]
    assert ("readwise-repeated", "notes/rw/x.json") in codes
    assert html(site, "a-book.md").select_one("#h-100") is not None


def test_the_newest_text_wins_and_notes_and_tags_of_both_are_kept(kb: Build) -> None:
    label = "([View Highlight](https://readwise.io/open/100))"
    markdown = book(
        f"- The old words. {label}\n    - Tags: [[a]]\n    - Note: First.\n",
        group="New highlights added October 1, 2024 at 9:56 AM",
    )
    site = kb({"notes/a-book.md": markdown, "notes/x.json": api("The new words.")})
    assert quotes(site, "a-book.md") == ["The new words."]
    (figure,) = html(site, "a-book.md").select("figure")
    assert "First." in figure.get_text()


def test_works_of_one_title_by_others_are_two(kb: Build) -> None:
    other = book("- Two.\n", head="- Author: [[Bob]]\n")
    site = kb({"notes/a.md": book("- One.\n"), "notes/b.md": other})
    assert (quotes(site, "a.md"), quotes(site, "b.md")) == (["One."], ["Two."])


def test_letters_of_one_title_at_many_addresses_are_many(kb: Build) -> None:
    files = {
        f"notes/{number}.md": book(
            f"- Only in {number}.\n", head=f"- Author: [[Ann]]\n- URL: https://example.org/{number}\n"
        )
        for number in (1, 2)
    }
    again = book("- Only in 2.\n- More.\n", head="- Author: [[Ann]]\n")
    site = kb({**files, "notes/again.md": again})
    assert (quotes(site, "1.md"), quotes(site, "2.md")) == (["Only in 1."], ["Only in 2.", "More."])
    assert not [each for each in site.pages if each.path == "again.md"]
    nameless = {
        f"notes/{name}.md": f"## Metadata\n- URL: https://example.org/{name}\n\n## Highlights\n- One.\n"
        for name in "ab"
    }
    assert {"a.md", "b.md"} <= {each.path for each in kb(nameless).pages}


def test_a_text_that_was_changed_is_still_known_by_its_old_words(kb: Build) -> None:
    label = "([View Highlight](https://readwise.io/open/100))"
    site = kb(
        {
            "notes/a.md": book(f"- The old words. {label}\n"),
            "notes/b.json": api("The new words."),
            "notes/c.csv": "Highlight,Book Title,Book Author\nThe old words.,A Book,Ann Author\n",
        }
    )
    assert quotes(site, "a.md") == ["The new words."]


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_files_changes_no_page(kb: Build, order: int) -> None:
    files = {"notes/a.md": book("- One.\n"), "notes/b.md": book("- Two.\n"), "notes/c.json": api("Three.")}
    site = kb(dict(list(files.items())[::order]))
    assert quotes(site, "a.md") == ["One.", "Two.", "Three."]


# Pages ---------------------------------------------------------------------------------------------------------------


def test_nothing_of_front_matter_and_metadata_is_printed_in_the_text(kb: Build) -> None:
    content = "---\nauthor: [[Ann Author]]\ndate: 2024-10-11\ntags:\n- articles\n---\n" + book("- One.\n")
    made = html(kb({"notes/a.md": content}), "a.md")
    (meta,) = made.select(".aikb-meta")
    assert "Article by Ann Author October 11, 2024 1 highlight" in " ".join(meta.get_text().split())
    assert "Metadata" not in made.get_text()
    made.select_one(".aikb-cite").decompose()
    assert made.get_text().count("Ann Author") == 2  # the cover says it too


def test_a_highlight_has_a_permalink_and_says_where_it_stands(kb: Build) -> None:
    made = html(
        kb({"notes/a.md": book("- One. ([Location 226](https://example.org/226))\n    - Tags: [[blue]]\n")}), "a.md"
    )
    (figure,) = made.select("figure")
    (link,) = figure.select(".aikb-permalink")
    assert (link["href"], link.get_text()) == (f"#{figure['id']}", "#1")
    assert figure.select_one(".aikb-place").get_text() == "loc. 226"
    assert [tag.get_text() for tag in figure.select(".aikb-tag")] == ["blue"]
    assert figure.select_one(".aikb-open")["href"] == "https://example.org/226"


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        ({}, 0),
        ({"serving": True}, 2),
        ({"readwise_links": "always"}, 2),
        ({"readwise_links": "never", "serving": True}, 0),
    ],
)
def test_addresses_in_the_readers_own_library_are_shown_to_the_reader_alone(
    kb: Build, options: Mapping[str, object], shown: int
) -> None:
    content = book(
        "- One. ([View Highlight](https://read.readwise.io/read/01))\n",
        head="- Author: [[A]]\n- URL: https://readwise.io/reader/document_raw_content/1\n",
    )
    site = kb({"notes/a.md": content}, **options)
    assert html_of(page(site, "a.md")).count("readwise.io") == shown
    assert [each.code for each in found(site)] == ["private-source-url"]


def test_what_a_highlight_holds_stays_inside_it(kb: Build) -> None:
    items = (
        "- # Heading\n  ```\n  code\n- <!-- open\n- <div><script>alert(1)</script>\n- > quoted\n"
        "- | a | b |\n  |---|---|\n  | 1 | 2 |\n"
        "- ---\n- [!NOTE] not an alert\n- Last.\n"
    )
    site = kb({"notes/a.md": book(items)})
    made = html(site, "a.md")
    assert len(made.select("figure.aikb-highlight")) == 8
    assert quotes(site, "a.md")[-1] == "Last."
    assert not made.select("script")
    assert [each.get_text() for each in made.select("h1, h2, h3")] == ["A Book", "Highlights"]


def test_a_very_long_highlight_is_folded(kb: Build) -> None:
    made = html(kb({"notes/a.md": book(f"- {'word ' * 5000}\n")}), "a.md")
    assert made.select_one("figure > details > blockquote") is not None


def test_a_cover_is_a_file_of_the_notes_or_made_of_the_title(kb: Build) -> None:
    own = book("- One.\n").replace("## Metadata", "![rw-book-cover](img/c.png)\n\n## Metadata")
    remote = own.replace("img/c.png", "https://example.org/c.png").replace("A Book", "B")
    site = kb({"notes/a.md": own, "notes/b.md": remote}, assets=["img/c.png"])
    assert html(site, "a.md").select_one("img.aikb-cover")["src"] == "./img/c.png"
    assert html(site, "b.md").select_one("div.aikb-cover").get_text() == "BAnn Author"
    assert "example.org" not in html_of(page(site, "b.md"))
    assert [asset.path for asset in site.assets] == ["img/c.png"]


def test_groups_and_chapters_are_headings_with_the_ids_they_have_on_github(kb: Build) -> None:
    items = "- One.\n### Chapter *1*\n- Two.\n## New highlights added October 14, 2024 at 9:56 AM\n- Three.\n"
    site = kb({"notes/a.md": book(items), "notes/n.md": "[x](a.md#new-highlights-added-october-14-2024-at-956-am)"})
    assert [each["id"] for each in html(site, "a.md").select("h2, h3")] == [
        "highlights",
        "chapter-1",
        "new-highlights-added-october-14-2024-at-956-am",
    ]
    assert found(site) == []


def test_other_words_of_the_file_are_kept(kb: Build) -> None:
    content = book("- One.\n\nMine, below.\n", head="- Author: [[A]]\n- Document Note: On the **whole**.\n")
    text = html(kb({"notes/a.md": content}), "a.md").get_text()
    assert "Mine, below." in text
    assert "On the whole." in text


def test_findings_stand_at_their_place_in_the_file(kb: Build) -> None:
    site = kb({"notes/a.md": book("- One.\n- See [this](nowhere.md), please.\n")})
    assert [(each.code, each.line, each.column, each.fix) for each in found(site)] == [("link-missing", 8, 7, None)]


def test_a_log_is_left_out_and_a_whole_text_is_linked(kb: Build) -> None:
    log = "- [[2024-10-14]] 9:11 PM — Synced 3 highlights from 2 documents.\n    - 3 highlights from [[A Book]]\n"
    content = book("- One.\n").replace(
        "## Highlights", "## Full Document\n[[Full Document Contents/A Book.md|See it]]\n\n## Highlights"
    )
    site = kb(
        {
            "notes/Readwise Syncs.md": log,
            "notes/a.md": content,
            "notes/Full Document Contents/A Book.md": "# A Book\n\nAll of it.\n",
        }
    )
    assert "readwise-log" in [each.code for each in found(site)]
    assert not [each for each in site.pages if "Syncs" in each.path]
    assert any("A%20Book.md" in str(link["href"]) for link in html(site, "a.md").select(".aikb-meta a"))


# Lists, search, quoting ----------------------------------------------------------------------------------------------


def test_the_list_of_works_counts_by_kind(kb: Build) -> None:
    files = {
        "notes/a.md": "---\ndate: 2024-01-02\n---\n"
        + book("- One.\n- Two.\n", head="- Author: [[A]]\n- Category: #books\n"),
        "notes/b.md": book("- Three.\n", title="B", head="- Author: [[B]]\n- Category: #articles\n"),
    }
    site = kb(files)
    made = html(site, "sources/index.md")
    assert made.select_one(".aikb-lead").get_text() == "2 sources · 3 highlights"
    assert [each.get_text() for each in made.select("h2")] == ["Books", "Articles"]
    assert "sources/index.md" in body_html(page(site, "index.md"))
    assert html(site, "fr/sources/index.md").select_one(".aikb-lead").get_text() == "2 sources · 3 passages surlignés"


def test_the_list_of_works_says_their_language_and_can_be_filtered(kb: Build) -> None:
    english = "- The sea rises and falls twice a day, and the shore lives with it.\n"
    french = "- La mer monte et descend deux fois par jour, et le rivage la suit.\n"
    site = kb({"notes/a.md": book(english), "notes/b.md": book(french, title="Un livre")})
    made = html(site, "sources/index.md")
    assert [each.get_text() for each in made.select("li .aikb-badge")] == ["FR"]
    assert [each["value"] for each in made.select(".aikb-filter input")] == ["", "en", "fr"]
    assert not html(kb({"notes/a.md": book(english)}), "sources/index.md").select(".aikb-filter")


def test_a_work_without_a_date_is_listed_by_its_last_highlight(kb: Build) -> None:
    label = "New highlights added October 14, 2024 at 9:56 AM"
    site = kb({"notes/a.md": book("- One.\n", group=label), "notes/b.md": book("- Two.\n", title="B")})
    made = html(site, "sources/index.md")
    assert [each.get_text() for each in made.select("h2")] == ["Others"]
    assert "last highlighted October 14, 2024" in html(site, "a.md").select_one(".aikb-meta").get_text()
    assert [each.get_text() for each in made.select("time")] == ["Oct 14, 2024"]


def test_works_without_any_date_are_not_listed_twice(kb: Build) -> None:
    site = kb({"notes/a.md": "---\ndate: some day\n---\n" + book("- One.\n")})
    assert body_html(page(site, "sources/index.md")).count("a.md") == 1


def test_search_finds_each_highlight(kb: Build) -> None:
    site = kb({"notes/a.md": book("- The ﬁrst words.\n    - Note: Mine.\n- Others.\n")})
    (work, one, two) = (record for record in site.records if record.path == "a.md")
    assert (work.title, work.fragment) == ("A Book", "")
    assert one.text == "The first words. Mine."
    assert two.fragment.startswith("h-")


def test_an_embed_shows_the_highlight_in_place_and_a_link_on_hover(kb: Build) -> None:
    label = "([View Highlight](https://readwise.io/open/7))"
    site = kb(
        {
            "notes/a.md": "![[book#h-7]]\n\nAs [they say](book.md#h-7), in a line ![[book#h-7]].\n",
            "notes/book.md": book(f"- The *best* words. {label}\n"),
        }
    )
    made = html(site, "a.md")
    (figure,) = made.select("figure")
    assert figure.blockquote.em.get_text() == "best"
    assert figure.figcaption.a["href"] == "book.md#h-7"
    assert made.select_one("p > a[title]")["title"] == "The best words."
    assert found(site) == [] or {each.code for each in found(site)} <= {"private-source-url", "evidence-near"}


GLOSSARY = {"glossary/t.en.md": "# Glossary\n\n## MMLU\n\nA test.\n\n## LoRA\n\nA method.\n"}


def test_a_highlight_and_the_remark_on_it_are_one_place_that_speaks_of_a_term(kb: Build) -> None:
    items = "- An MMLU, the MMLU.\n    - Note: LoRA beats MMLU.\n- More MMLU.\n    - Note: MMLU again, and LoRA.\n"
    site = kb({**GLOSSARY, "notes/book.md": book(items)})
    places = [[a.get_text() for a in each.select("a[data-term]")] for each in html(site, "book.md").select("figure")]
    assert places == [["MMLU", "LoRA"], ["MMLU", "LoRA"]]
    uses = html(site, "glossary/mmlu.md").select(".aikb-uses li li")
    assert [each.small.get_text() for each in uses] == ["×3", "×2"]
    ids = [each["id"] for each in html(site, "book.md").select("figure")]
    assert [each.a["href"].partition("#")[2] for each in uses] == ids


def test_terms_in_a_highlight_lead_to_their_meaning_where_it_is_embedded_too(kb: Build) -> None:
    items = "- An MMLU. ([View Highlight](https://readwise.io/open/7))\n"
    files = {**GLOSSARY, "notes/sub/a.md": "# A\n\n![[book#h-7]]\n", "notes/book.md": book(items)}
    (term,) = html(kb(files), "sub/a.md").select("figure a[data-term]")
    assert (term["data-term"], term["href"]) == ("mmlu", "../glossary/mmlu.md")


def test_a_link_to_an_unknown_highlight_is_a_finding(kb: Build) -> None:
    site = kb({"notes/a.md": "[x](book.md#h-9)\n", "notes/book.md": book("- Words.\n")})
    assert [each.code for each in found(site)] == ["anchor-missing"]


def test_the_setting_takes_three_words() -> None:
    with pytest.raises(SettingsError, match="serve, always or never"):
        from_options({"readwise_links": "maybe"}, Options())


def test_a_real_build_has_every_page(tmp_path: Path) -> None:
    on_disk(
        tmp_path,
        {
            "mkdocs.yml": "site_name: T\ndocs_dir: notes\ntheme: material\nplugins:\n  - aikb: {languages: [en, fr]}\n",
            "notes/rw/data.json": api("One.", "Two."),
            "notes/settings.json": '{"results": 1}',
            "notes/index.md": "# Home\n\n[x](rw/data.json)\n",
        },
    )
    site = built(tmp_path)
    assert len(soup(site / "fr" / "rw" / "data" / "index.html").select("figure.aikb-highlight")) == 2
    assert not (site / "settings.json").exists()
    assert not (site / "rw" / "data.json").exists()
    assert "rw/data/" in str(soup(site / "index.html").select_one("article p a")["href"])


def test_serving_shows_the_reader_the_way_to_the_library() -> None:
    plugin = AikbPlugin()
    plugin.on_startup(command="serve", dirty=False)
    assert plugin._serving
