"""Read Readwise's CSV, `readwise-data.csv`: a row a highlight, of all works."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from aikb.findings.finding import finding
from aikb.model.finding import Diagnostic
from aikb.model.highlights import Highlight, Location, LocationKind, Work
from aikb.read.exports import items
from aikb.read.exports.dates import iso_date
from aikb.read.exports.fields import Passage, line, remark, sort_highlights, tag_names, text
from aikb.read.exports.format import Export, Format, Text
from aikb.read.exports.sniff import delimiter, is_csv

_LONGEST = 100_000
"""Characters of a row: a quote that is never closed would take the rest of the file."""
_RESTARTS = 200
"""Rows that may be broken; a file with more is no CSV, and each costs as much as the longest row."""
_ASIN = re.compile(r"[A-Z0-9]{10}")
_KINDS: dict[str, LocationKind] = {"location": "location", "page": "page", "order": "order"}


@dataclass(slots=True)
class _Book:
    title: str
    author: str
    start: int
    tags: dict[str, None] = field(default_factory=dict)
    passages: list[Passage] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Row:
    start: int
    end: int
    cells: list[str]
    problem: str = ""


def _recognises(source: Text) -> bool:
    return is_csv(source.body)


def _read(source: Text) -> Export:
    rows = _rows(source.source.text, source.offset, delimiter(source.body))
    head = next(rows)
    if head.problem:
        return Export((), (finding("readwise-record", source.source, head.start, head.end, problem=head.problem),))
    columns = [cell.strip().casefold() for cell in head.cells]
    books: dict[tuple[str, str], _Book] = {}
    found: list[Diagnostic] = []
    for row in rows:
        if row.problem:
            found.append(finding("readwise-record", source.source, row.start, row.end, problem=row.problem))
            continue
        cells = {name: text(cell) for name, cell in zip(columns, row.cells, strict=False)}
        title, author = line(cells.get("book title", "")), line(cells.get("book author", ""))
        book = books.setdefault((title, author), _Book(title, author, row.start))
        book.tags.update(dict.fromkeys(tag_names(cells.get("document tags", ""))))
        book.passages.append(_passage(cells, row))
    return Export(tuple(_work(book) for book in books.values()), tuple(found))


def _rows(whole: str, at: int, separator: str) -> Iterator[_Row]:
    """Read the rows of a file, the head first. After a row with too many or too few cells, the next line begins a new one."""
    width, broken, restarts = 0, False, 0
    while at < len(whole):
        lines = _Lines(whole, at)
        for cells in _parsed(lines, separator):
            start, end, lines.start = lines.start, lines.at, lines.at
            if not cells:
                continue
            while width and len(cells) > width and not cells[-1]:
                cells.pop()  # a spreadsheet's empty columns
            width = width or len(cells)
            if len(cells) == width and not lines.cut:
                broken = False
                yield _Row(start, end, cells)
                continue
            at = _line_after(whole, start)
            if not broken:
                problem = f"{len(cells)} cells, not {width}" if not lines.cut else "its quotation mark is not closed"
                yield _Row(start, at, [], problem)
            broken = True
            break
        else:
            return
        restarts += 1
        if restarts > _RESTARTS:
            yield _Row(at, len(whole), [], f"more than {_RESTARTS} broken rows; the rest is not read")
            return


class _Lines:
    """The lines of a text from an offset, and how far they have been taken."""

    def __init__(self, whole: str, at: int) -> None:
        self.whole, self.at, self.start = whole, at, at
        self.cut = False
        """Whether the current row is longer than any, and was ended."""

    def __iter__(self) -> Iterator[str]:
        while self.at < len(self.whole):
            if self.at - self.start > _LONGEST:
                self.cut = True
                return
            start, self.at = self.at, _line_after(self.whole, self.at)
            yield self.whole[start : self.at]


def _parsed(lines: _Lines, separator: str) -> Iterator[list[str]]:
    """Parse lines with Python's own module; a row that it refuses has no cells that count."""
    try:
        yield from csv.reader(lines, delimiter=separator)
    except csv.Error:
        lines.cut = True
        yield [""]


def _line_after(whole: str, at: int) -> int:
    end = whole.find("\n", at)
    return len(whole) if end < 0 else end + 1


def _passage(cells: dict[str, str], row: _Row) -> Passage:
    color = cells.get("color", "")
    tags = tuple(tag for tag in tag_names(cells.get("tags", "")) if tag != color)
    kind, label = cells.get("location type", "").casefold(), cells.get("location", "")
    place = Location(_KINDS[kind], label) if kind in _KINDS and label else None
    asin = cells.get("amazon book id", "")
    kindle = kind == "location" and place and _ASIN.fullmatch(asin)
    highlight = Highlight(
        text=cells.get("highlight", ""),
        note=remark(cells.get("note", ""), tags),
        tags=tags,
        color=color,
        location=place,
        url=f"https://readwise.io/to_kindle?action=open&asin={asin}&location={label}" if kindle else "",
        date=iso_date(cells.get("highlighted at", "")),
        start=row.start,
        end=row.end,
    )
    number = re.match(r"\d{1,12}", label) if place else None
    return Passage(highlight, kind, float(number[0])) if number else Passage(highlight)


def _work(book: _Book) -> Work:
    highlights = sort_highlights(book.passages)
    return Work(
        title=book.title,
        authors=items.authors(book.author),
        updated=max((each.date for each in highlights), default=""),
        tags=tuple(book.tags),
        highlights=highlights,
        form="csv",
        start=book.start,
    )


FORMAT = Format("csv", (".csv",), _recognises, _read)
