"""Kindle's `My Clippings.txt`: what its records say, in English and French."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from aikb.model.highlights import Category, Location, Work
from aikb.model.source import Source
from aikb.read.exports.clippings import FORMAT
from aikb.read.exports.format import Export, Text
from aikb.read.exports.normalise import passage

ADDED = "Added on Sunday, February 23, 2020 2:58:27 PM"
TITLE = "The Tide Book (Ann Shore)"


def record(text: str, place: str = "Location 10-12", kind: str = "Your Highlight on", title: str = TITLE) -> str:
    return f"{title}\n- {kind} {place} | {ADDED}\n\n{text}\n==========\n"


def source(text: str) -> Source:
    return Source("notes/My Clippings.txt", text)


def read(*records: str) -> Export:
    text = "".join(records)
    assert FORMAT.recognises(Text(source(text)))
    return FORMAT.read(Text(source(text)))


def work(*records: str) -> Work:
    export = read(*records)
    assert not export.diagnostics
    (only,) = export.works
    return only


def texts(*records: str) -> list[str]:
    return [each.text for each in work(*records).highlights]


def test_a_record_is_a_highlight_with_its_place_and_date() -> None:
    (highlight,) = work(record("Water  rises.\nAnd falls.")).highlights
    assert (highlight.text, highlight.location) == ("Water  rises.\nAnd falls.", Location("location", "10-12"))
    assert (highlight.date, highlight.start, highlight.id) == ("2020-02-23T14:58", 0, "")
    book = work(record("a"))
    assert (book.title, book.authors, book.category) == ("The Tide Book", ("Ann Shore",), Category.BOOK)
    assert (book.updated, book.form) == ("2020-02-23T14:58", "clippings")


@pytest.mark.parametrize(
    ("line", "place", "date"),
    [
        (
            "Votre surlignement sur la page 12 | emplacement 145-147 | Ajouté le mardi 5 mars 2024 09:12:45",
            "location 145-147",
            "2024-03-05T09:12",
        ),
        (
            "Votre surlignement Emplacement 12-12 | Ajouté le lundi 17 décembre 2012 à 00:18:27",
            "location 12",
            "2012-12-17T00:18",
        ),
        (
            "Votre surlignement à lʼemplacement 20-26 | Ajouté le samedi 26 août 2015 11:21:23",
            "location 20-26",
            "2015-08-26T11:21",
        ),
        (
            "Votre surlignement sur la page 12-12 | Ajouté le dimanche 18 mai 2025 12:48:14",
            "page 12",
            "2025-05-18T12:48",
        ),
        (
            "Your Highlight on page 5 | Location 70-71 | Added on Monday, 30 December 2024 14:46:33",
            "location 70-71",
            "2024-12-30T14:46",
        ),
        ("Your Highlight on page xii | Added on Monday, July 20, 2020 12:58:07 AM", "page xii", "2020-07-20T00:58"),
        ("Highlight Loc. 1234-36 | Added on Monday, July 20, 2009, 12:58 PM", "location 1234-1236", "2009-07-20T12:58"),
        ("Clip This Article on Location 3 | Added on Monday, July 20, 2009", "location 3", "2009-07-20"),
        ("Your Highlight | Added on some day in 2009", "", ""),
    ],
)
def test_lines_of_all_generations_are_read(line: str, place: str, date: str) -> None:
    (highlight,) = work(f"{TITLE}\n- {line}\n\nText.\n==========\n").highlights
    found = highlight.location
    assert (f"{found.kind} {found.label}" if found else "", highlight.date) == (place, date)


@pytest.mark.parametrize(
    ("line", "title", "authors"),
    [
        ("Sea (A Series) (French Edition) (Shore, Ann)", "Sea (A Series) (French Edition)", ("Ann Shore",)),
        ("Sea (Ann Shore;Shore,Bob;)", "Sea", ("Ann Shore", "Bob Shore")),
        ("Sea (Inconnu(e))", "Sea", ("Inconnu(e)",)),
        ("Sea (Tide Media, Inc.)", "Sea", ("Tide Media, Inc.",)),
        ("Sea (French Edition)", "Sea (French Edition)", ()),
        ("Sea (9781586480000)", "Sea (9781586480000)", ()),
        ("Sea (vol. 2)", "Sea (vol. 2)", ()),
        ("Sea &amp; tide", "Sea & tide", ()),
        ("(Shore)", "(Shore)", ()),
    ],
)
def test_the_last_parentheses_hold_the_authors(line: str, title: str, authors: tuple[str, ...]) -> None:
    found = work(record("a", title=line))
    assert (found.title, found.authors) == (title, authors)


def test_one_file_holds_many_works_in_the_order_of_their_first_record() -> None:
    export = read(record("a"), record("b", title="Sand"), record("c"))
    assert [(each.title, [one.text for one in each.highlights]) for each in export.works] == [
        ("The Tide Book", ["a", "c"]),
        ("Sand", ["b"]),
    ]
    assert [each.start for each in export.works] == [0, len(record("a"))]


def test_marks_at_the_start_of_every_record_are_no_part_of_a_title() -> None:
    export = read("\ufeff" + record("a"), "\ufeff" + record("b"), record("c"))
    assert [len(each.highlights) for each in export.works] == [3]


def test_a_highlight_made_longer_or_shorter_is_one_passage() -> None:
    long = "The water rises twice a day. It falls as often."
    found = work(
        record("The water rises twice"), record(long, "Location 10-14"), record("It falls as often.", "Location 14")
    )
    assert [(each.text, each.aliases) for each in found.highlights] == [
        (long, (f"h-{passage('The water rises twice')}",)),
        (long, ()),
        (long, (f"h-{passage('It falls as often.')}",)),
    ]


def test_what_is_a_highlight_elsewhere_is_no_other_name() -> None:
    found = work(record("one two three"), record("one two three four"), record("one two three", "Location 90"))
    assert [(each.text, each.aliases) for each in found.highlights] == [
        ("one two three four", ()),
        ("one two three four", ()),
        ("one two three", ()),
    ]


def test_a_chain_of_changes_ends_at_the_longest() -> None:
    assert (
        texts(record("one two three"), record("one two three four"), record("zero one two three four"))
        == ["zero one two three four"] * 3
    )


def test_what_stands_elsewhere_or_is_a_word_only_is_a_passage_of_its_own() -> None:
    long = "The water rises twice a day."
    assert texts(record("The water rises", "Location 90"), record(long)) == ["The water rises", long]
    assert texts(record("The water"), record(long)) == ["The water", long]
    assert texts(record("water rises twi"), record(long)) == ["water rises twi", long]
    assert texts(record("The water rises", "page 10"), record(long)) == ["The water rises", long]


def test_a_note_goes_to_the_highlight_in_its_place() -> None:
    found = work(
        record("First.", "Location 10-12"),
        record("Second.", "Location 12-14"),
        record("on the second", "Location 14", "Your Note on"),
        record("Third.", "Location 20-22"),
        record("on the first", "Location 10", "Your Note on"),
    )
    assert [(each.text, each.note) for each in found.highlights] == [
        ("First.", "on the first"),
        ("Second.", "on the second"),
        ("Third.", ""),
    ]
    assert found.remarks == ""


def test_a_note_on_no_highlight_is_a_remark_on_the_work() -> None:
    found = work(record("First."), record("nice *port*", "Location 99", "Votre note sur la page 3 | emplacement"))
    assert found.remarks == "Votre note sur la page 3 | emplacement Location 99: nice *port*"
    assert found.highlights[0].note == ""


def test_bookmarks_are_skipped_and_the_clip_limit_leaves_an_empty_text() -> None:
    limit = "<You have reached the clipping limit for this item>"
    assert texts(
        record("", "Location 3", "Your Bookmark on"), record("", "page 3", "Votre signet sur la"), record(limit)
    ) == [""]
    assert texts(record("a < b, no limit for <this>")) == ["a < b, no limit for <this>"]


def test_a_broken_record_is_a_finding_at_its_line_and_the_others_are_read() -> None:
    export = read(
        record("a"), "nothing\n==========\n", "Buch (B)\n- Ihre Markierung Position 3\n\nx\n==========\n", record("b")
    )
    assert [each.text for each in export.works[0].highlights] == ["a", "b"]
    assert [(each.code, each.line) for each in export.diagnostics] == [("readwise-record", 6)]
    assert [each.text for each in export.works[1].highlights] == ["x"]
    assert export.diagnostics[0].message == (
        "this record cannot be read: its second line names no highlight, note or bookmark"
    )


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "<!-- never closed", "```\nopen", "\0" * 3, "a\n=========\nb", "x" * 300_000]
)
def test_hostile_text_stays_in_its_highlight(text: str) -> None:
    assert texts(record(text), record("after", "Location 99")) == [text.replace("\0", "\ufffd"), "after"]


def test_titles_of_parentheses_are_read_in_time() -> None:
    export = read(record("a"), record("b", title="(" * 200_000))
    assert [each.authors for each in export.works] == [("Ann Shore",), ()]


def test_a_file_that_breaks_off_keeps_its_last_record() -> None:
    assert texts(record("a"), record("b").removesuffix("\n==========\n")) == ["a", "b"]


def test_the_real_file_is_read_whole(corpus: Path) -> None:
    path = corpus / "kindle-clippings" / "My Clippings.txt"
    text = path.read_bytes().decode().removeprefix("\ufeff").replace("\r\n", "\n")
    export = read(text)
    records = text.split("==========\n")
    counted = sum(bool(re.search(r"^- Your Highlight ", each, re.MULTILINE)) for each in records)
    highlights = [each for one in export.works for each in one.highlights]
    assert (len(highlights), export.diagnostics, counted) == (644, (), 644)
    assert len(export.works) == len({each.split("\n")[0].strip("\ufeff") for each in records if each.strip()})
    for each in highlights:
        assert text[each.start : each.end].split("\n", 3)[3] in each.text
        assert each.date
        assert each.location
