"""Readwise's export as Markdown (F5 of the reference): headings one level down, authors without brackets."""

from __future__ import annotations

import pytest

from aikb.model.highlights import Category, Group, Heading, Highlight, Location, Work
from aikb.read.exports.markdown import FORMAT
from conftest import export_text

HEAD = """\
# On tides

![](https://example.org/cover.jpg)

### Metadata

- Author: Ada Brook and Carl Dune
- Full Title: On tides: a primer
- Category: #books
- Document Tags: #sea #slow_reading
- URL: https://example.org/tides

"""


def read(text: str) -> Work:
    (work,) = FORMAT.read(export_text(text)).works
    return work


def highlights(items: str) -> tuple[Highlight, ...]:
    return read(f"{HEAD}### Highlights\n\n{items}").highlights


def test_what_is_said_of_a_work() -> None:
    work = read(f"{HEAD}### Highlights\n\n- The moon pulls.\n")
    assert (work.title, work.authors, work.category) == (
        "On tides: a primer",
        ("Ada Brook", "Carl Dune"),
        Category.BOOK,
    )
    assert (work.cover, work.url, work.tags) == (
        "https://example.org/cover.jpg",
        "https://example.org/tides",
        ("sea", "slow_reading"),
    )
    assert (work.form, work.remarks) == ("markdown", "")


def test_a_highlight_with_all_its_parts() -> None:
    (highlight,) = highlights(
        "- The moon pulls\n"
        "  at the sea.\n"
        "  - twice a day ([Location\u00a0226](https://readwise.io/to_kindle?action=open&asin=B0&location=226))\n"
        "    - Tags: #[[pink]] #[[slow reading]] \n"
        "    - Note: Why twice?\n"
        "      Look it up.\n"
        "        * indented\n"
    )
    assert highlight.text == "The moon pulls\nat the sea.\n- twice a day"
    assert highlight.location == Location("location", "226")
    assert highlight.url == "https://readwise.io/to_kindle?action=open&asin=B0&location=226"
    assert (highlight.tags, highlight.color) == (("pink", "slow reading"), "pink")
    assert highlight.note == "Why twice?\nLook it up.\n  * indented"
    assert highlight.group == Group("Highlights")


def test_labels_without_an_address_or_none_at_all() -> None:
    assert [
        (each.text, each.location) for each in highlights("- One (Page\u00a012)\n- Two\n- Three (3)\n* Four\n")
    ] == [
        ("One", Location("page", "12")),
        ("Two", None),
        ("Three (3)", None),
        ("Four", None),
    ]


def test_later_groups_need_no_blank_line_and_no_marks() -> None:
    work = read(
        f"{HEAD}### Highlights\n- One\n### New highlights added October 14, 2024 at 9:56 AM\n- Two\n"
        "New highlights added November 2, 2024 at 12:05 PM\n- Three\n"
    )
    assert [each.group and each.group.date for each in work.highlights] == ["", "2024-10-14T09:56", "2024-11-02T12:05"]
    assert work.updated == "2024-11-02T12:05"


def test_headings_between_highlights_are_chapters() -> None:
    found = highlights("### One\n\n- A\n\n#### Deeper\n\n- B\n\n### Two\n\n- C\n")
    assert [each.headings for each in found] == [
        (Heading(3, "One"),),
        (Heading(3, "One"), Heading(4, "Deeper")),
        (Heading(3, "Two"),),
    ]


def test_headings_fences_tables_and_comments_inside_an_item_stay_inside() -> None:
    text = "Look:\n\n## not a heading\n```\ncode\n- no item\n<!--\n| a | b |\n| - | - |\n<script>alert(1)</script>"
    item = "- " + text.replace("\n", "\n  ").replace("\n  \n", "\n\n")
    assert [each.text for each in highlights(f"{item}\n- Next\n")] == [text, "Next"]


def test_the_readers_own_sections_are_kept_apart() -> None:
    work = read(
        f"{HEAD}### Highlights\n- One\n\n## My thoughts\n\n- not a highlight\n\n"
        "### New highlights added May 3, 2024 at 1:00 AM\n- Two\n"
    )
    assert [each.text for each in work.highlights] == ["One", "Two"]
    assert work.remarks == "## My thoughts\n\n- not a highlight"


def test_a_summary_of_several_paragraphs_is_one_value() -> None:
    work = read(
        "### Metadata\n- Author: None\n- Full Title: T\n- Category: #tweets\n- Summary: First.\n\n- A point\n\nLast.\n"
        "- URL: <https://example.org>\n\n### Highlights\n- One\n"
    )
    assert work.summary == "First.\n\n- A point\n\nLast."
    assert (work.authors, work.url, work.category) == ((), "https://example.org", Category.TWEET)


def test_a_block_id_stands_at_the_end_or_alone() -> None:
    assert [each.id for each in highlights("- One ([Page 1](u)) ^rw1\n- Two\n\n^rwID-22\n")] == ["rw1", "rwID-22"]


def test_the_note_with_the_whole_text_is_named() -> None:
    work = read(
        f"{HEAD}### Full Document\n[[Full Document Contents/On tides.md|See full document content →]]\n\n"
        "### Highlights\n- One\n"
    )
    assert (work.full_text, work.remarks) == ("Full Document Contents/On tides", "")


def test_places_are_those_of_the_file() -> None:
    text = f"---\ntitle: x\n---\n{HEAD}### Highlights\n- One\n  more\n\n- Two\n    - Note: n\n"
    first, second = read(text).highlights
    assert text[first.start : first.end] == "- One\n  more"
    assert text[second.start : second.end] == "- Two\n    - Note: n"


def test_an_item_without_text_is_passed_on() -> None:
    assert [each.text for each in highlights("- ([View Highlight](https://example.org))\n-\n- \n")] == ["", "", ""]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (f"{HEAD}### Highlights\n- One\n", True),
        (f"{HEAD}### Highlights\n", True),
        (f"{HEAD}Highlights\n\n- One\n", True),
        (f"{HEAD}### Highlights\n\n> a quote\n", False),
        (HEAD, False),
        ("### Metadata\n- Author: me\n- Created: today\n\n### Highlights\n- One\n", False),
        ("## Metadata\n- Author: [[A]]\n- Full Title: T\n- Category: #books\n\n## Highlights\n- One\n", False),
        ("# Notes\n\n### Highlights\n- One\n", False),
    ],
)
def test_recognition(text: str, known: bool) -> None:
    assert FORMAT.recognises(export_text(text)) is known
