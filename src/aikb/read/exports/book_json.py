"""Read JSON of two programs that list a book's passages: Bookcision, for Kindle, and KOReader.

Bookcision writes `{"asin", "title", "authors", "highlights": [{"text", "note", "location": {"url", "value"}, "isNoteOnly"}]}`,
KOReader `{"title", "author", "entries": [{"text", "note", "page", "chapter", "time", "drawer"}]}` or such `documents`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from aikb.findings.finding import finding
from aikb.model.highlights import Category, Heading, Highlight, Location, Work
from aikb.read.exports import items
from aikb.read.exports.fields import line, text
from aikb.read.exports.format import Export, Format, Text
from aikb.read.exports.sniff import is_book

_LISTS = ("highlights", "entries")


def _recognises(source: Text) -> bool:
    return is_book(source.body)


def _read(source: Text) -> Export:
    try:
        data = json.loads(source.body)
    except (ValueError, RecursionError) as error:
        end = source.source.line_end(source.offset)
        problem = finding("readwise-record", source.source, source.offset, end, problem=str(error)[:200])
        return Export((), (problem,))
    return Export(tuple(_work(book) for book in _books(data)))


def _books(data: object) -> Iterator[Mapping[str, Any]]:
    """List the books of a file: one, a list, or those of a list of documents."""
    if isinstance(data, list):
        for each in data:
            if isinstance(each, dict):
                yield from _books(each)
    elif isinstance(data, dict):
        if isinstance(data.get("documents"), list):
            yield from _books(data["documents"])
        elif any(isinstance(data.get(name), list) for name in _LISTS):
            yield data


def _work(book: Mapping[str, Any]) -> Work:
    passages = next(book[name] for name in _LISTS if isinstance(book.get(name), list))
    read = [_highlight(each) for each in passages if isinstance(each, dict)]
    remarks = [each.note for each in read if each.note and not each.text]
    return Work(
        title=line(book.get("title")),
        authors=items.authors(line(book.get("authors")) or line(book.get("author"))),
        category=Category.BOOK,
        updated=max((each.date for each in read), default=""),
        remarks="\n\n".join(remarks),
        highlights=tuple(each for each in read if each.text),
        form=FORMAT.name,
    )


def _highlight(entry: Mapping[str, Any]) -> Highlight:
    place, chapter = entry.get("location"), line(entry.get("chapter"))
    kindle = place if isinstance(place, dict) else {}
    value, page = text(kindle.get("value")), text(entry.get("page"))
    note_only = entry.get("isNoteOnly") is True
    written = text(entry.get("text"))
    return Highlight(
        text="" if note_only else written,
        note="\n\n".join(part for part in (written if note_only else "", text(entry.get("note"))) if part),
        location=Location("location", value) if value else Location("page", page) if page else None,
        url=text(kindle.get("url")),
        date=_day(entry.get("time")),
        headings=(Heading(3, chapter),) if chapter else (),
    )


def _day(value: object) -> str:
    """Convert seconds since 1970."""
    try:
        return datetime.fromtimestamp(value, tz=UTC).strftime("%Y-%m-%d") if isinstance(value, int) else ""
    except (OverflowError, OSError, ValueError):
        return ""


FORMAT = Format("book-json", (".json",), _recognises, _read)
