"""Parse pages of JSON as Readwise's APIs answer them, record by record, each with its place in the file.

The standard library reads every record; only the lists around them are walked here, because it tells no places, and reads
nothing of a file that breaks off.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from aikb.findings.finding import finding
from aikb.model.finding import Diagnostic
from aikb.model.source import Source

_SPACE = re.compile(r"[ \t\n\r]*")
_DEEPEST = 8
"""Lists in lists of pages; a page's own is the second."""


@dataclass(slots=True)
class Record:
    """A book or a document, or a highlight of a book."""

    start: int
    end: int
    fields: dict[str, Any] = field(default_factory=dict)
    highlights: list[Record] = field(default_factory=list)
    """Of a book, where they are not read as a field."""


@dataclass(slots=True)
class Reading:
    """What was read of a file: complete as far as it goes."""

    source: Source
    records: list[Record] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def problem(self, start: int, end: int, problem: str) -> None:
        """Keep what is wrong with a record; the finding is at the record's first line."""
        line_end = self.source.text.find("\n", start, end)
        end = end if line_end < 0 else line_end
        self.diagnostics.append(finding("readwise-record", self.source, start, end, problem=problem))


def read_pages(source: Source, start: int, nested: str = "") -> Reading:
    """Read the records of a page, a list of pages, a list of records, or one record alone; all up to where a file is broken.

    `nested` is the field whose list is of records too.
    """
    reading = Reading(source)
    cursor = _Cursor(source.text, start)
    try:
        _walk(cursor, reading, nested, 0)
    except json.JSONDecodeError as error:
        problem = f"{error.msg.rstrip(' :').lower()}; nothing after it is read"
        reading.problem(min(error.pos, len(source.text)), len(source.text), problem)
    except (RecursionError, ValueError):
        reading.problem(
            cursor.at, len(source.text), "its lists are too deep or its numbers too long; nothing after it is read"
        )
    return reading


class _Cursor:
    """A place in JSON, at the beginning of a value whenever it is handed on."""

    def __init__(self, text: str, at: int) -> None:
        self.text, self.at = text, at
        self.decode = json.JSONDecoder().raw_decode

    def peek(self) -> str:
        """Peek at the next character that is no space."""
        space = _SPACE.match(self.text, self.at)
        self.at = space.end() if space else self.at
        return self.text[self.at : self.at + 1]

    def value(self) -> Any:
        """Parse the value here; the cursor is behind it."""
        self.peek()
        value, self.at = self.decode(self.text, self.at)
        return value

    def items(self) -> Iterator[None]:
        """Iterate over the items of the list here. Whoever iterates takes the value."""
        return self._values("]", keyed=False)

    def members(self) -> Iterator[Any]:
        """Iterate over the keys of the object here. Whoever iterates takes the value."""
        return self._values("}", keyed=True)

    def _values(self, closing: str, *, keyed: bool) -> Iterator[Any]:
        self.at += 1
        if self.peek() == closing:
            self.at += 1
            return
        while True:
            key = None
            if keyed:
                key = self.value()
                self._take(":")
            self.peek()
            yield key
            if self.peek() == closing:
                self.at += 1
                return
            self._take(",")

    def _take(self, char: str) -> None:
        if self.peek() != char:
            missing = "the file breaks off here" if self.at >= len(self.text) else f"“{char}” is missing here"
            raise json.JSONDecodeError(missing, self.text, self.at)
        self.at += 1


def _walk(cursor: _Cursor, reading: Reading, nested: str, depth: int) -> None:
    """Walk the records of the value at the cursor."""
    opening = cursor.peek()
    start = cursor.at
    if opening == "[" and depth < _DEEPEST:
        for _ in cursor.items():
            _walk(cursor, reading, nested, depth + 1)
    elif opening == "{" and (nested or depth == 0 or _is_page(cursor)):
        _record(cursor, reading, nested, depth)
    else:
        value = cursor.value()
        if isinstance(value, dict):
            reading.records.append(Record(start, cursor.at, value))
        else:
            reading.problem(start, cursor.at, "it is no object")


def _is_page(cursor: _Cursor) -> bool:
    """Detect whether the object at the cursor is a page: what is around the records has short fields only."""
    return bool(re.match(r"\{[^{}\[\]]{0,500}\"results\"\s*:\s*\[", cursor.text[cursor.at : cursor.at + 600]))


def _record(cursor: _Cursor, reading: Reading, nested: str, depth: int) -> None:
    """Read the object at the cursor, which is a record, or a page with records."""
    record = Record(cursor.at, cursor.at)
    place = len(reading.records)
    reading.records.append(record)  # before it is read, for as much of it as there is
    is_page = False
    try:
        for key in cursor.members():
            opening = cursor.peek()
            if key == "results" and opening == "[" and depth < _DEEPEST:
                is_page = True
                for _ in cursor.items():
                    _walk(cursor, reading, nested, depth + 1)
            elif nested and key == nested and opening == "[":
                _nested(cursor, reading, record)
            else:
                record.fields[str(key)] = cursor.value()
    finally:
        record.end = cursor.at
        if is_page:
            del reading.records[place]


def _nested(cursor: _Cursor, reading: Reading, record: Record) -> None:
    for _ in cursor.items():
        start = cursor.at
        value = cursor.value()
        if isinstance(value, dict):
            record.highlights.append(Record(start, cursor.at, value))
        else:
            reading.problem(start, cursor.at, "it is no object")
