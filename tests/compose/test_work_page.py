"""The page of a work: the number, colour and place of a highlight, the day it was added, and how the work is cited."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup

from conftest import Build, before_html, body_html, page

HEAD = "# A Book\n\n## Metadata\n- Author: [[Ann O. Author]]\n- Full Title: A Book of Things\n- Category: {}\n{}\n"


def work(highlights: str, category: str = "#books", more: str = "", head: str = "## Highlights\n") -> dict[str, str]:
    return {"notes/w.md": HEAD.format(category, more) + head + highlights}


def figures(kb: Build, files: dict[str, str], path: str = "w.md") -> list[BeautifulSoup]:
    found = BeautifulSoup(body_html(page(kb(files, languages=("en", "fr")), path)), "lxml")
    return found.select("figure")


def test_highlights_have_their_number_and_their_place(kb: Build) -> None:
    rows = "- One passage. (Page 12)\n- Two passages.\n- Three. ([Location 30](https://readwise.io/to_kindle?location=30))\n"
    found = figures(kb, work(rows))
    assert [each.select_one(".aikb-permalink").text for each in found] == ["#1", "#2", "#3"]
    assert [each.select_one(".aikb-permalink")["href"] for each in found] == [f"#{each['id']}" for each in found]
    assert [[place.text for place in each.select(".aikb-place")] for each in found] == [["p. 12"], [], ["loc. 30"]]
    assert [each.figcaption.get("class") for each in found] == [None, ["aikb-lone"], None]
    assert all(each.select_one("button.aikb-copy")["title"] for each in found)


def test_a_colour_is_shown_with_its_name_in_the_words_of_the_tree(kb: Build) -> None:
    rows = "- One passage.\n    - Tags: [[yellow]]\n- Two passages.\n    - Tags: [[chartreuse]]\n- Three passages.\n"
    for path, name in (("w.md", "Highlighted in yellow"), ("fr/w.md", "Surligné en jaune")):
        marks = [each.select_one(".aikb-color") for each in figures(kb, work(rows), path)]
        assert [mark and (mark["class"][1], mark.text, mark["title"]) for mark in marks] == [
            ("aikb-color--yellow", name, name),
            None,
            None,
        ]


@pytest.mark.parametrize(
    ("headings", "english", "french"),
    [
        (
            ("New highlights added October 14, 2024 at 9:56 AM", "New highlights added October 15, 2024 at 9:56 AM"),
            ["Added on October 14, 2024", "Added on October 15, 2024"],
            ["Ajoutés le 14 octobre 2024", "Ajoutés le 15 octobre 2024"],
        ),
        (
            ("New highlights added October 14, 2024 at 9:56 AM", "New highlights added October 14, 2024 at 11:56 PM"),
            ["Added on October 14, 2024 at 9:56\u00a0AM", "Added on October 14, 2024 at 11:56\u00a0PM"],
            ["Ajoutés le 14 octobre 2024 à 9\u00a0h\u00a056", "Ajoutés le 14 octobre 2024 à 23\u00a0h\u00a056"],
        ),
        (("Highlights", "New highlights added 2024-10-14"), ["Highlights", "Added on October 14, 2024"], None),
        (("Highlights",), ["Highlights"], ["Passages surlignés"]),
    ],
)
def test_headings_of_exporters_are_days(
    kb: Build, headings: tuple[str, ...], english: list[str], french: list[str] | None
) -> None:
    groups = "\n".join(f"## {each}\n- Passage {number} of the book.\n" for number, each in enumerate(headings))
    site = kb(work(groups, head=""), languages=("en", "fr"))
    for path, expected in (("w.md", english), ("fr/w.md", french)):
        shown = page(site, path)
        found = BeautifulSoup(body_html(shown), "lxml").select("h2")
        assert expected is None or [each.text for each in found] == expected
        assert [each.id for each in shown.body.headings[1:]] == [each["id"] for each in found]


def test_an_older_id_of_a_heading_stays(kb: Build) -> None:
    html = body_html(
        page(kb(work("- One passage of the book.\n", head="## New highlights added October 14, 2024\n")), "w.md")
    )
    assert 'id="new-highlights-added-october-14-2024"' in html


def cited(kb: Build, files: dict[str, str]) -> tuple[str, dict[str, object]]:
    codes = BeautifulSoup(before_html(page(kb(files), "w.md")), "lxml").select(".aikb-cite pre code")
    return codes[0].text, json.loads(codes[1].text)


def test_a_book_is_cited(kb: Build) -> None:
    assert cited(kb, work("- One passage.\n")) == (
        "@book{authorthings,\n  title = {{A Book of Things}},\n  author = {{Ann O. Author}}\n}",
        {
            "id": "authorthings",
            "type": "book",
            "title": "A Book of Things",
            "author": [{"literal": "Ann O. Author"}],
        },
    )


def test_a_paper_is_cited_as_in_the_list_of_papers(kb: Build) -> None:
    files = work("- One passage.\n", "#articles", "- URL: https://arxiv.org/pdf/2302.04761v2.pdf\n")
    bibtex, item = cited(kb, files)
    assert bibtex.startswith("@misc{arxiv:2302.04761,\n")
    assert "  year = {2023},\n  eprint = {2302.04761},\n  archiveprefix = {arXiv},\n" in bibtex
    assert (item["type"], item["number"]) == ("article", "arXiv:2302.04761")


def test_an_address_that_is_not_published_is_not_cited(kb: Build) -> None:
    files = work("- One passage.\n", "#articles", "- URL: https://readwise.io/reader/document_raw_content/1\n")
    bibtex, item = cited(kb, files)
    assert "readwise" not in bibtex
    assert "URL" not in item


def test_what_is_cited_is_only_text(kb: Build) -> None:
    files = {
        "notes/w.md": HEAD.format("#books", "").replace("A Book of Things", "A </code><b>{x}</b> & \\input")
        + "## Highlights\n- One.\n"
    }
    html = before_html(page(kb(files), "w.md"))
    assert "<b>" not in html
    assert r"\{x\}" in html
