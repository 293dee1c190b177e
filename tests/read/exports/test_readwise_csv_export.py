"""Readwise's CSV: rows, works, and what is wrong with rows."""

from __future__ import annotations

import csv
import io
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aikb.model.highlights import Heading, Highlight, Location
from aikb.model.source import Source
from aikb.read.exports.csv_export import FORMAT
from aikb.read.exports.format import Export, Text

COLUMNS = (
    "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at,Document tags"
).split(",")
HEAD = ",".join(COLUMNS) + "\n"


def rows(*records: dict[str, str], delimiter: str = ",") -> str:
    written = io.StringIO()
    writer = csv.DictWriter(written, COLUMNS, restval="", lineterminator="\n", delimiter=delimiter)
    writer.writeheader()
    writer.writerows({"Book Title": "Tides", **record} for record in records)
    return written.getvalue()


def read(text: str) -> Export:
    source = Text(Source("notes/readwise-data.csv", text))
    assert FORMAT.recognises(source)
    return FORMAT.read(source)


def highlights(*records: dict[str, str]) -> tuple[Highlight, ...]:
    export = read(rows(*records))
    assert not export.diagnostics
    return tuple(each for work in export.works for each in work.highlights)


def test_a_row_is_a_highlight() -> None:
    text = rows(
        {
            "Highlight": 'It "rises",\ntwice.',
            "Book Author": "Ann Shore, Bob Reef (Foreword)",
            "Amazon Book ID": "B00ABCDEFG",
            "Note": ".rl\n\nTrue *here*.",
            "Color": "yellow",
            "Tags": "rl,favorite,yellow",
            "Location Type": "location",
            "Location": "226",
            "Highlighted at": "2020-11-26 03:28:15+00:00",
            "Document tags": "sea,tide",
        }
    )
    (work,) = read(text).works
    assert (work.title, work.authors, work.tags, work.form) == (
        "Tides", ("Ann Shore", "Bob Reef (Foreword)"), ("sea", "tide"), "csv",
    )  # fmt: skip
    (highlight,) = work.highlights
    assert highlight == Highlight(
        text='It "rises",\ntwice.',
        note="True *here*.",
        tags=("rl", "favorite"),
        color="yellow",
        location=Location("location", "226"),
        url="https://readwise.io/to_kindle?action=open&asin=B00ABCDEFG&location=226",
        date="2020-11-26T03:28",
        start=len(HEAD),
        end=len(text),
    )


def test_works_stand_in_the_order_of_their_first_rows() -> None:
    export = read(rows({"Highlight": "a"}, {"Highlight": "b", "Book Title": "Sand"}, {"Highlight": "c"}))
    assert [(work.title, [each.text for each in work.highlights]) for work in export.works] == [
        ("Tides", ["a", "c"]),
        ("Sand", ["b"]),
    ]


def test_without_the_last_column_and_with_other_delimiters_it_is_read_too() -> None:
    old = "".join(line.rpartition(",")[0] + "\n" for line in rows({"Highlight": "a"}).splitlines())
    assert [each.text for each in read(old).works[0].highlights] == ["a"]
    for delimiter in (";", "\t"):
        assert read(rows({"Highlight": "a, b"}, delimiter=delimiter)).works[0].highlights[0].text == "a, b"


def test_a_place_of_no_type_is_none() -> None:
    kinds = [("", "0"), ("page", "xii"), ("order", "3"), ("nonsense", "3"), ("page", "")]
    found = highlights(*({"Highlight": "a", "Location Type": kind, "Location": place} for kind, place in kinds))
    assert [each.location for each in found] == [None, Location("page", "xii"), Location("order", "3"), None, None]


def test_highlights_go_in_the_order_of_the_work_and_headings_over_them() -> None:
    def row(text: str, at: int, tags: str = "", note: str = "") -> dict[str, str]:
        return {"Highlight": text, "Location Type": "page", "Location": str(at), "Tags": tags, "Note": note}

    found = highlights(
        row("last", 30),
        row("Chapter 1", 5, "h1", ".h1\n\n"),
        row("first", 6),
        row("Part", 7, "h2", ".h2 a fine one"),
        row("middle", 8, "h1humans", ".h1humans\n\n"),
        row("Chapter 2", 9, "h1", ".h1"),
        row("The end", 40, "h1", ".h1"),
    )
    one, part, two = Heading(1, "Chapter 1"), Heading(2, "Part"), Heading(1, "Chapter 2")
    assert [(each.text, each.note, each.headings) for each in found] == [
        ("first", "", (one,)),
        ("Part", "a fine one", (one,)),  # its note is nowhere else
        ("middle", "", (one, part)),
        ("last", "", (two,)),
        ("The end", "", ()),  # over nothing, so it is a highlight
    ]


def test_a_heading_over_nothing_is_a_highlight() -> None:
    tagged = [
        ("A", "h1"),
        ("A.1", "h2"),
        ("B", "h1"),
        ("B.1", "h2"),
        ("B.2", "h2"),
        ("text", ""),
        ("C", "h1"),
        ("x" * 400, "h1"),
    ]
    found = highlights(
        *(
            {"Highlight": text, "Tags": tag, "Location Type": "order", "Location": str(at)}
            for at, (text, tag) in enumerate(tagged)
        )
    )
    assert [(each.text[:4], [one.title for one in each.headings]) for each in found] == [
        ("A", []),
        ("A.1", ["A"]),
        ("B.1", ["B"]),
        ("text", ["B", "B.2"]),
        ("xxxx", ["C"]),
    ]


def test_without_places_the_file_has_the_order_and_tags_make_no_headings() -> None:
    found = highlights({"Highlight": "b", "Tags": "h1"}, {"Highlight": "a"})
    assert [(each.text, each.tags, each.headings) for each in found] == [("b", ("h1",), ()), ("a", (), ())]


def test_a_broken_row_is_a_finding_and_the_others_are_read() -> None:
    good = rows({"Highlight": "good"}).removeprefix(HEAD)
    export = read(HEAD + good + "too,few\n" + good + "a" + "," * 20 + "b\n" + good)
    assert [each.text for each in export.works[0].highlights] == ["good"] * 3
    assert [(each.line, each.message) for each in export.diagnostics] == [
        (3, "this record cannot be read: 2 cells, not 11"),
        (5, "this record cannot be read: 21 cells, not 11"),
    ]


def test_a_quote_that_is_never_closed_takes_no_other_row_with_it() -> None:
    good = rows({"Highlight": "good"}).removeprefix(HEAD)
    for rest in (good * 3, good * 20_000):
        export = read(HEAD + good + '"never closed,Tides' + "," * 9 + "\n" + rest)
        assert {each.text for each in export.works[0].highlights} == {"good"}
        assert len(export.works[0].highlights) == 1 + rest.count("good")
        assert [each.line for each in export.diagnostics] == [3]


def test_a_file_of_broken_rows_is_left_after_some() -> None:
    good = rows({"Highlight": "good"}).removeprefix(HEAD)
    export = read(HEAD + ("x\n" + good) * 300)
    assert len(export.diagnostics) == 202
    assert export.diagnostics[-1].message.endswith("the rest is not read")


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "<!-- never closed", "```\nopen", "a\0b", "=HYPERLINK(1)", "é" * 90_000]
)
def test_hostile_text_stays_in_its_cell(text: str) -> None:
    found = highlights({"Highlight": text}, {"Highlight": "after"})
    assert [each.text for each in found] == [text.replace("\0", "\ufffd"), "after"]


def test_a_cell_longer_than_any_is_a_finding() -> None:
    export = read(rows({"Highlight": "x" * 300_000}, {"Highlight": "after"}))
    assert [each.text for each in export.works[0].highlights] == ["after"]
    assert [each.line for each in export.diagnostics] == [2]


def test_a_head_that_cannot_be_read_is_a_finding() -> None:
    export = read('Highlight,Book Title,Book Author,"never closed' + "\nx,y,z,w" * 30_000)
    assert (export.works, [each.code for each in export.diagnostics]) == ((), ["readwise-record"])


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters='"\n,')).map(str.strip)


@given(st.lists(CELL, min_size=1, max_size=8))
def test_what_is_written_is_read(cells: list[str]) -> None:
    found = highlights(*({"Highlight": cell} for cell in cells))
    assert [each.text for each in found] == cells
    assert all(first.end == second.start for first, second in pairwise(found))
