"""Notes of the plugin kindle-sync (F13 of the reference)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from aikb.model.highlights import Category, Highlight, Location, Work
from aikb.read.exports.kindle_sync import FORMAT
from conftest import export_text

HEAD = """\
---
kindle-sync:
    bookId: '17929'
    title: >-
        On Tides: A
        Primer
    author: Ada Brook and Carl Dune
    asin: B08JKL7Z8S
    lastAnnotatedDate: '2023-02-12'
    bookImageUrl: 'https://example.org/cover.jpg'
    highlightsCount: 2
---
# On Tides

## Metadata

-   Author: [Ada Brook](https://www.amazon.comundefined)
-   Reference: https://www.amazon.com/dp/B08JKL7Z8S

## Highlights

"""


def line(text: str, location: int, ref: int) -> str:
    return f"{text} — location: [{location}](kindle://book?action=open&asin=B0&location={location}) ^ref-{ref}\n"


def read(text: str) -> Work:
    (work,) = FORMAT.read(export_text(text)).works
    return work


def highlights(items: str) -> tuple[Highlight, ...]:
    return read(HEAD + items).highlights


def test_what_is_said_of_a_work() -> None:
    work = read(HEAD + line("One", 1, 2))
    assert (work.title, work.authors, work.category) == (
        "On Tides: A Primer",
        ("Ada Brook", "Carl Dune"),
        Category.BOOK,
    )
    assert (work.url, work.cover) == ("https://www.amazon.com/dp/B08JKL7Z8S", "https://example.org/cover.jpg")
    assert (work.updated, work.form, work.remarks) == ("2023-02-12", "kindle-sync", "")


def test_highlights_with_remarks_between_rules() -> None:
    first, second = highlights(
        line("The moon — of all things — pulls", 1663, 11664)
        + "\nWhy?\n\nAnd how?\n\n---\n"
        + line("#import <stdio.h>", 1664, 9)
        + "\n---\n"
    )
    assert (first.text, first.id) == ("The moon — of all things — pulls", "ref-11664")
    assert (first.location, first.url) == (
        Location("location", "1663"),
        "kindle://book?action=open&asin=B0&location=1663",
    )
    assert (first.note, second.note, second.text) == ("Why?\n\nAnd how?", "", "#import <stdio.h>")


def test_an_id_that_two_texts_share_is_the_firsts() -> None:
    found = highlights(line("One", 1, 7) + "\n---\n" + line("Two", 2, 7) + "\n---\n" + line("One", 1, 7))
    assert [(each.text, each.id) for each in found] == [("One", "ref-7"), ("Two", ""), ("One", "ref-7")]


def test_what_is_appended_below_the_readers_own_sections() -> None:
    work = read(
        HEAD
        + line("One", 1, 1)
        + "\n---\n\n## ## Mine\n\n#reviewed\nmore\n\n"
        + line("Two\nlines", 2, 2)
        + "\n---\n"
        + line("# Three", 3, 3)
        + "\nno\n---\nend\n"
    )
    assert [(each.text, each.note) for each in work.highlights] == [("One", ""), ("Two\nlines", ""), ("# Three", "no")]
    assert work.remarks == "## ## Mine\n\n#reviewed\nmore\n\nend"


def test_other_templates() -> None:
    work = read(
        "---\nkindle-sync:\n  title: T\n  author: 'Martin, Robert C.'\n  lastAnnotatedDate: Invalid date\n---\n"
        '# T\n## Highlight\nOne — <mark class="hltr-y">yellow</mark> | location: [259](kindle://x) ^ref-1\n\n---\n'
        "Two — location: [1215]() ^ref-2\n\n---\nThree ^ref-3\n\n---\nFour — page: [12](kindle://x) ^ref-4\n"
    )
    assert (work.authors, work.updated, work.url) == (("Martin, Robert C.",), "", "")
    assert [(each.text, each.location, each.color) for each in work.highlights] == [
        ("One", Location("location", "259"), "yellow"),
        ("Two", Location("location", "1215"), ""),
        ("Three", None, ""),
        ("Four", Location("page", "12"), ""),
    ]


@pytest.mark.parametrize(
    "book", ["kindle-sync: {title: [a], author: {b: 1}, asin: 12}", "kindle-sync: {}", "kindle-sync: 3"]
)
def test_front_matter_of_other_types(book: str) -> None:
    work = read(f"---\n{book}\n---\n# T\n\n## Highlights\n\n{line('One', 1, 1)}")
    assert (work.title, work.authors, len(work.highlights)) == ("T", (), 1)


def test_places_are_those_of_the_file() -> None:
    text = f"{HEAD}{line('One', 1, 1)}\nWhy?\n\n---\n"
    (highlight,) = read(text).highlights
    assert text[highlight.start : highlight.end] == f"{line('One', 1, 1)}\nWhy?"


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (HEAD, True),
        (f"\nkindle-sync:\n  title: [\n---\n{line('One', 1, 1)}", True),
        (line("One", 1, 1), False),
        ("---\ntitle: kindle-sync\n---\nI use kindle-sync. ^ref-1\n", False),
    ],
)
def test_recognition(text: str, known: bool) -> None:
    assert FORMAT.recognises(export_text(text)) is known


def test_every_block_id_of_real_notes_is_a_highlight(corpus: Path) -> None:
    found = marks = told = files = 0
    for path in sorted((corpus / "readwise-obsidian" / "docs" / "Books").glob("*.md")):
        text = export_text(path.read_text(encoding="utf-8"))
        if FORMAT.recognises(text):
            files += 1
            found += len(read(text.source.text).highlights)
            marks += len(re.findall(r"\^ref-\d+$", text.source.text, re.MULTILINE))
            told += text.data["kindle-sync"]["highlightsCount"]
    assert (files, found, marks) == (100, 2_654, 2_654)
    assert told == 2_514  # passages marked anew in Kindle, longer or shorter, leave their older wording in the note
