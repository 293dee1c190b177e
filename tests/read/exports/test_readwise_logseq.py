"""Logseq's pages as Readwise's plugin writes them (F6 of the reference)."""

from __future__ import annotations

import pytest

from aikb.model.highlights import Category, Group, Heading, Highlight, Location, Work
from aikb.read.exports.logseq import FORMAT
from aikb.read.exports.outline import page_date
from conftest import export_text

HEAD = """\
title:: On tides \\#1 (highlights)
author:: [[Ada Brook]]
full-title:: "On tides \\#1: a primer"
category:: #articles
url:: https://example.org/tides
tags:: #[[slow reading]] #sea

- ![](https://example.org/cover.jpg)
"""
FIRST = "- Highlights first synced by [[Readwise]] [[Nov 19th, 2022]]\n"


def read(text: str) -> Work:
    (work,) = FORMAT.read(export_text(text, "notes/pages/x.md")).works
    return work


def highlights(items: str) -> tuple[Highlight, ...]:
    return read(HEAD + FIRST + items).highlights


def test_what_is_said_of_a_work() -> None:
    work = read(f"{HEAD}{FIRST}\t- The moon pulls.\n")
    assert (work.title, work.authors) == ("On tides #1: a primer", ("Ada Brook",))
    assert (work.category, work.url, work.cover) == (
        Category.ARTICLE,
        "https://example.org/tides",
        "https://example.org/cover.jpg",
    )
    assert (work.tags, work.updated, work.form, work.remarks) == (("slow reading", "sea"), "2022-11-19", "logseq", "")


def test_a_title_without_a_full_one_and_a_cover_above_the_bullets() -> None:
    work = read(
        f'title:: Say "hi" (highlights)\nauthor:: [[]]\ncategory:: #books\n![](c.png)\n\ntags:: A, B\n\n{FIRST}\t- x\n'
    )
    assert (work.title, work.authors, work.cover, work.tags) == ('Say "hi"', (), "c.png", ("A", "B"))


def test_a_summary_goes_on_below_its_line() -> None:
    work = read(f"title:: T (highlights)\nsummary:: One.\n\nTwo.\n{FIRST}\t- x\n")
    assert work.summary == "One.\n\nTwo."


def test_a_highlight_with_all_its_parts() -> None:
    (highlight,) = highlights(
        "\t- The moon pulls\n"
        "\t  id:: 635faa3a-6d2e-4c6d-b93c-fd8050aae9c0\n"
        "\t  collapsed:: true\n"
        "\t  \n"
        "\t  at the sea:\n"
        "\t  - twice a day ([View Highlight](https://read.readwise.io/read/01gmh99psh4q3xzfrjxpgacw1q))\n"
        "\t\t- **Tags**: #[[yellow]] #[[slow reading]] \n"
        "\t\t- **Note**: Why\n"
        "\t\t  twice?\n"
        "\t\t- my own thought\n"
        "\t\t\t- and one below\n"
    )
    assert highlight.text == "The moon pulls\n\nat the sea:\n- twice a day"
    assert highlight.url == "https://read.readwise.io/read/01gmh99psh4q3xzfrjxpgacw1q"
    assert (highlight.tags, highlight.color) == (("yellow", "slow reading"), "yellow")
    assert highlight.note == "Why\ntwice?\n\n- my own thought\n  - and one below"
    assert highlight.group == Group("Highlights first synced by Readwise Nov 19th, 2022", "2022-11-19")


def test_later_groups_and_the_readers_own_blocks() -> None:
    work = read(
        f"{HEAD}{FIRST}\t- One\n- New highlights added [[Apr 13th, 2023]] at 9:25 AM\n\t- Two\n- Keywords\n\t- sea\n-\n"
    )
    assert [(each.text, each.group and each.group.date) for each in work.highlights] == [
        ("One", "2022-11-19"),
        ("Two", "2023-04-13T09:25"),
    ]
    assert (work.remarks, work.updated) == ("- Keywords\n  - sea", "2023-04-13T09:25")


def test_a_header_with_a_second_marker_and_highlights_likewise() -> None:
    work = read("title:: T (highlights)\n\n- * New highlights added [[Jan 20th, 2023]] at 1:15 PM\n\t- * One\n")
    assert [(each.text, each.group) for each in work.highlights] == [
        ("One", Group("New highlights added Jan 20th, 2023 at 1:15 PM", "2023-01-20T13:15"))
    ]


def test_bullets_above_highlights_are_chapters() -> None:
    found = highlights(
        "\t- Chapter 1 ([Location 3](https://example.org/3))\n\t\t- 1.1\n\t\t\t- One ([Location 4](https://example.org/4))\n"
        "\t\t- Two ([Page 5](https://example.org/5))\n\t- Three\n"
    )
    assert [(each.text, each.headings) for each in found] == [
        ("One", (Heading(1, "Chapter 1"), Heading(2, "1.1"))),
        ("Two", (Heading(1, "Chapter 1"),)),
        ("Three", ()),
    ]


def test_dashes_that_part_highlights_are_none() -> None:
    found = highlights(
        "\t- -\n\t\t- One #card\n\t\t  id:: x\n\t\t\t- What is it?\n\t\t- tags:: [[blue]] [[azul]]\n"
        "\t\t- ([Location 356](https://example.org/356))\n\t- -\n\t- Part\n\t\t- -\n\t\t- Two\n\t\t- -\n"
    )
    assert [(each.text, each.note, each.tags, each.location, each.headings) for each in found] == [
        ("One #card", "- What is it?", ("blue", "azul"), Location("location", "356"), ()),
        ("Two", "", (), None, (Heading(1, "Part"),)),
    ]


def test_a_logbook_is_left_out_and_an_open_one_ends_with_its_block() -> None:
    found = highlights("\t- One\n\t  :LOGBOOK:\n\t  CLOCK: x\n\t  :END:\n\t  more\n\t- Two\n\t  :LOGBOOK:\n\t- Three\n")
    assert [each.text for each in found] == ["One\nmore", "Two", "Three"]


def test_raw_markup_fences_and_wikilinks_are_text() -> None:
    found = highlights("\t- <!-- <script>\n\t- ```\n\t  - x\n\t- [[a]] #b $15 … $60 `x:: y`\n\t- \n")
    assert [each.text for each in found] == ["<!-- <script>", "```\n- x", "[[a]] #b $15 … $60 `x:: y`", ""]


def test_an_outline_that_blanks_indent() -> None:
    text = f"title:: T (highlights)\n\n{FIRST}  - One\n    more\n    - **Note**: n\n"
    assert [(each.text, each.note) for each in read(text).highlights] == [("One\nmore", "n")]


def test_places_are_those_of_the_file() -> None:
    text = f"{HEAD}{FIRST}\t- One\n\t  more\n\t\t- **Note**: n\n\t- Two"
    first, second = read(text).highlights
    assert text[first.start : first.end] == "\t- One\n\t  more\n\t\t- **Note**: n"
    assert text[second.start : second.end] == "\t- Two"


def test_bullets_nested_beyond_reason() -> None:
    assert len(highlights("".join("\t" * depth + f"- {depth}\n" for depth in range(1, 2_000)))) == 1


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("[[Nov 19th, 2022]]", "2022-11-19"),
        ("[[Sunday, 15-01-2023]] at 9:25 AM", "2023-01-15T09:25"),
        ("[[Sunday, 05-11-2023]]", "2023-11-05"),
        ("[[Sunday, 03-12-2023]]", ""),
        ("[[10-19-2023]]", "2023-10-19"),
        ("[[19.10.2023]]", "2023-10-19"),
        ("[[03.04.2023]]", "2023-04-03"),
        ("[[03-04-2023]]", ""),
        ("[[04/04/2023]]", "2023-04-04"),
        ("[[2023/04/03]]", "2023-04-03"),
        ("[[31-31-2023]]", ""),
        ("[[soon]]", ""),
    ],
)
def test_days_as_graphs_write_them(text: str, date: str) -> None:
    assert page_date(text.replace("[[", "").replace("]]", "")) == date


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (f"{HEAD}{FIRST}\t- x\n", True),
        ("title:: T (highlights)\n\n- New highlights added [[Jan 1st, 2023]] at 1:00 PM\n", True),
        ("title:: T (highlights)\n", False),
        ("title:: T\nauthor:: me\n\n- New highlights added to the album\n", False),
        ("# Note\n\nHighlights first synced by nobody\n", False),
    ],
)
def test_recognition(text: str, known: bool) -> None:
    assert FORMAT.recognises(export_text(text)) is known
