"""Places named by their number become links where one place alone can be meant."""

from __future__ import annotations

import re

import pytest

from aikb.pipeline import LastBuild, build
from aikb.settings import Settings
from conftest import RENDERER, Build, body_html, page, shown, sources

SLIDES = "# Talk\n\n## 12 Chips\n\n{}\n\n## 22 Tools\n\nText.\n\n## 23 Small models\n\nText.\n\n## 25 Costs\n\nText.\n"
CHAPTERS = "# Book\n\n## {dot}1{sign} One\n\n{text}\n\n## 2{sign} Two\n\nText.\n\n## 3{sign} Three\n\nText.\n"


def links(html: str) -> list[tuple[str, str]]:
    """The links that aikb added: address and words."""
    return re.findall(r'<a class="aikb-numbered" href="([^"]*)">(.*?)</a>', html, re.DOTALL)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See slide 23.", [("#23-small-models", "slide 23")]),
        ("Slide 23 shows it.", [("#23-small-models", "Slide 23")]),
        ("As in (p. 23).", [("#23-small-models", "p. 23")]),
        ("As in (p.23).", [("#23-small-models", "p.23")]),
        (
            "Voir la diapo 23, puis la diapositive 25.",
            [("#23-small-models", "diapo 23"), ("#25-costs", "diapositive 25")],
        ),
        ("Voir la page\u00a023.", [("#23-small-models", "page\u00a023")]),
        ("Voir planche n° 23.", [("#23-small-models", "planche n° 23")]),
        ("Slides 22-25 tell.", [("#22-tools", "Slides 22-25")]),
        ("Slides 22–25 tell.", [("#22-tools", "Slides 22–25")]),
        ("Les diapos 22 à 25.", [("#22-tools", "diapos 22 à 25")]),
        ("Slides 22, 23 and 25.", [("#22-tools", "Slides 22"), ("#23-small-models", "23"), ("#25-costs", "25")]),
        ("Les pages 22 et 25.", [("#22-tools", "pages 22"), ("#25-costs", "25")]),
        ("The **slide 23** is bold.", [("#23-small-models", "slide 23")]),
        ("- in an item, slide 23", [("#23-small-models", "slide 23")]),
        ("It goes on with slide\n23 here.", [("#23-small-models", "slide\n23")]),
        ("| a | b |\n| - | - |\n| slide 23 | x |", [("#23-small-models", "slide 23")]),
        ("Slide 23, in 2024.", [("#23-small-models", "Slide 23")]),
        ("A &amp; B, slide 23.", [("#23-small-models", "slide 23")]),
        ("Slide 24 is not there.", []),
        ("Slide 12 is this one.", []),
        ("Slides 25-22 go backwards.", []),
        ("`slide 23` is code.", []),
        ("```\nslide 23\n```", []),
        ("[slide 23](https://example.org)", []),
        ("See [the report](https://example.org), p. 23.", []),
        ("### On slide 23", []),
        ("> As slide 23 shows.", []),
        ("> [!quote]\n> As slide 23 shows.", []),
        ("She said “see slide 23” twice.", []),
        ("Il dit « voir page 23 » deux fois.", []),
        ('He said "see slide 23" twice.', []),
        ("See page 23 of the report.", []),
        ("Voir la page 23 du rapport.", []),
        ("Google's slide 23.", []),
        ("As in (Marr, 1982, p. 23).", []),
        ("As in [@marr1982, p. 23].", []),
        ("It costs[^1].\n\n[^1]: Marr, Vision, p. 23.", []),
        ("Slide 23.5 and slide 23% and slide 23a.", []),
        ("A landslide 23 and a backslide-23.", []),
        ("pages.23 and p. 2023", []),
        ("<a href='x'>slide 23</a>", []),
        ("$slide 23$", []),
    ],
)
def test_a_place_named_by_its_number(text: str, expected: list[tuple[str, str]]) -> None:
    assert links(shown(SLIDES.format(text))) == expected


@pytest.mark.parametrize(
    ("headings", "text", "expected"),
    [
        (("Slide 4: a", "Slide 7", "Other"), "slide 7", ["#slide-7"]),
        (("Slide 4: a", "Slide 7", "Other"), "p. 7", []),
        (("Page 4 – a", "p. 7 b", "Other"), "page 7", ["#p-7-b"]),
        (("Page 4 – a", "p. 7 b", "Other"), "slide 7", []),
        (("Diapo 4 a", "Diapositive 7 b"), "slide 7", ["#diapositive-7-b"]),
        (("1 One", "2 Two", "3 Three"), "slide 3", ["#3-three"]),
        (("1 One", "2 Two", "3 Three"), "p. 3", []),
        (("1. One", "2. Two", "3. Three"), "slide 3", []),
        (("4. One", "7. Two", "9. Three"), "slide 9", ["#9-three"]),
        (("7 One", "7 Two", "9 Three"), "slide 7", []),
        (("Slide 7 one", "Slide 7 two", "Slide 9"), "slide 7", []),
        (("Why", "How", "7 reasons", "Whence"), "slide 7", []),
        (("9 b", "7 a", "12 c"), "slide 7", []),
        (("Slide 2.5 b", "Slides"), "slide 2", []),
    ],
)
def test_a_number_is_that_of_a_heading_only_where_that_is_certain(
    headings: tuple[str, ...], text: str, expected: list[str]
) -> None:
    note = f"# Note\n\nSee {text}.\n\n" + "\n\nText.\n\n".join(f"## {each}" for each in headings)
    assert [href for href, _ in links(shown(note))] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In [the talk](talk.md), slide 23.", ["talk.md#23-small-models"]),
        ("[The talk](talk.md) is long. Slide 23 is short.", []),
        ("In [the talk](talk.md) and [another](other.md), slide 23.", []),
        ("In [the talk](talk.md) and [a paper](https://example.org), slide 23.", []),
        ("In [the talk](talk.md), slide 24.", []),
        ("Slide 23.", []),
    ],
)
def test_a_number_of_the_page_that_the_sentence_links_to(kb: Build, text: str, expected: list[str]) -> None:
    talk = SLIDES.format("Text.")
    site = kb(
        {"notes/a.md": f"# A\n\n{text}\n", "notes/talk.md": talk, "notes/other.md": talk.replace("Talk", "Other")}
    )
    assert [href for href, _ in links(body_html(page(site, "a.md")))] == expected


def test_two_notes_with_the_same_number_are_not_certain(kb: Build) -> None:
    files = {"notes/a.md": SLIDES.format("In [the talk](talk.md), slide 23."), "notes/talk.md": SLIDES.format("Text.")}
    assert not links(body_html(page(kb(files), "a.md")))


def test_a_highlight_on_the_page_is_meant_where_the_sentence_links_to_its_work(kb: Build) -> None:
    work = (
        "# A Book\n\n## Metadata\n- Author: [[A. Author]]\n- Full Title: A Book\n- Category: #books\n\n## Highlights\n"
        "- A first passage of some length. ([Location 10](https://readwise.io/to_kindle?location=10))\n"
        "- A second passage of some length. (Page 23)\n- A third one. (Page 40)\n- A fourth one. (Page 40)\n"
    )
    site = kb({"notes/a.md": "# A\n\nIn [the book](book.md), p. 23 and p. 40.\n", "notes/book.md": work})
    found = links(body_html(page(site, "a.md")))
    assert [words for _, words in found] == ["p. 23"]
    assert found[0][0].startswith("book.md#h-")


def test_an_edit_of_the_page_that_is_meant_changes_the_link() -> None:
    settings, last = Settings(addresses="sources"), LastBuild()
    files = {"notes/a.md": "# A\n\nIn [the talk](talk.md), slide 23.\n", "notes/talk.md": SLIDES.format("Text.")}
    for title in ("Small models", "Other models"):
        files["notes/talk.md"] = files["notes/talk.md"].replace("Small models", title)
        site = build(sources(files, settings), settings, renderer=RENDERER, last=last)
        fragment = f"23-{title.lower().replace(' ', '-')}"
        assert links(body_html(page(site, "a.md"))) == [(f"talk.md#{fragment}", "slide 23")]
