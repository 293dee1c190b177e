"""Validate a book as the export API gives it: its highlights, how two answers about it merge, and its file.

What is not read here passes as it came, keys in their order, so that nothing Readwise adds is lost. “Book” is the API's word
for every kind of source.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from math import isfinite
from typing import Any

from aikb.text.folding import unaccented

Json = dict[str, Any]

_NAME_LENGTH = 60
_NAME_BYTES = 180
"""Of the title in a file's name; file systems take 255 in all."""


class ShapeError(Exception):
    """JSON that is not of the documented shape; the message is the place, such as `results[3].highlights[0].id`."""


@dataclass(frozen=True, slots=True)
class Book:
    """One book of an answer, or of a file."""

    id: int
    """Readwise's `user_book_id`."""
    data: Json
    """As the API gave it, highlights and all."""

    @property
    def highlights(self) -> list[Json]:
        """Its highlights, or some of them: an answer to “what is new” holds no others."""
        highlights: list[Json] = self.data["highlights"]
        return highlights

    @property
    def deleted(self) -> bool:
        """Whether the book itself is gone."""
        return self.data.get("is_deleted") is True

    @property
    def empty(self) -> bool:
        """Whether nothing of the reader's is left in it."""
        return not self.highlights and not self.data.get("document_note")

    def with_highlights(self, highlights: list[Json]) -> Book:
        """Replace the highlights; the book's keys stay in their order."""
        return Book(self.id, {**self.data, "highlights": highlights})


@dataclass(frozen=True, slots=True)
class Page:
    """One answer of the export API."""

    books: tuple[Book, ...]
    count: int
    """Of books in all pages."""
    cursor: str
    """What to ask for the next page with; empty at the last."""


def parse_json(data: bytes) -> object:
    """Parse JSON as the standard has it, without `NaN` and what is as large as infinity. Raises ValueError."""
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=_finite, parse_float=_finite)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _finite(word: str) -> float:
    number = float(word)
    if not isfinite(number):
        raise ValueError("no number that JSON has")
    return number


def read_page(data: object) -> Page:
    """Check one answer. Raises ShapeError."""
    if not isinstance(data, dict):
        raise ShapeError("a map at the top")
    results, count, cursor = data.get("results"), data.get("count"), data.get("nextPageCursor")
    if not isinstance(results, list):
        raise ShapeError("results")
    if cursor is not None and (isinstance(cursor, bool) or not isinstance(cursor, (str, int))):
        raise ShapeError("nextPageCursor")
    books = tuple(_book(each, f"results[{at}]") for at, each in enumerate(results))
    return Page(books, count if isinstance(count, int) else 0, "" if cursor is None else str(cursor))


def _book(data: object, place: str) -> Book:
    if not isinstance(data, dict):
        raise ShapeError(place)
    highlights = data.get("highlights")
    if not isinstance(highlights, list):
        raise ShapeError(f"{place}.highlights")
    for at, highlight in enumerate(highlights):
        if not isinstance(highlight, dict) or not _is_id(highlight.get("id")):
            raise ShapeError(f"{place}.highlights[{at}].id")
    if not _is_id(data.get("user_book_id")):
        raise ShapeError(f"{place}.user_book_id")
    return Book(data["user_book_id"], data)


def _is_id(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**18


def merge_books(old: Book | None, new: Book) -> Book:
    """Merge two answers about a book: everything of the newer, and the highlights that only the older has."""
    by_id = {each["id"]: each for each in (*(old.highlights if old else ()), *new.highlights)}
    return new.with_highlights(list(by_id.values()))


def without_deleted(book: Book, gone: Collection[int] = ()) -> Book:
    """Drop the highlights that were deleted, or that are `gone` to another book; the rest as it stands in the source."""
    kept = (each for each in book.highlights if each.get("is_deleted") is not True and each["id"] not in gone)
    return book.with_highlights(sorted(kept, key=_order))


def _order(highlight: Json) -> tuple[float, str, int]:
    """Sort by the documented order, which is the location's; many a source has none but the time."""
    location = highlight.get("location")
    number = location if isinstance(location, (int, float)) else 0
    return number, str(highlight.get("highlighted_at") or ""), highlight["id"]


def to_bytes(book: Book) -> bytes:
    """Write a book's file: an answer of the API with one book. Half a surrogate pair stays an escape: UTF-8 has none of it."""
    answer = {"count": 1, "nextPageCursor": None, "results": [book.data]}
    return f"{json.dumps(answer, ensure_ascii=False, indent=1)}\n".encode("utf-8", "backslashreplace")


def file_name(book: Book) -> str:
    """Make a name that every file system takes, and no other book has: the title's letters and digits, then the id."""
    title = str(book.data.get("title") or book.data.get("readable_title") or "")
    plain = unicodedata.normalize("NFC", unaccented(title).casefold())
    words = "-".join(re.findall(r"[^\W_]+", plain))[:_NAME_LENGTH]
    words = words.encode()[:_NAME_BYTES].decode(errors="ignore").strip("-")
    return f"{words or 'untitled'}-{book.id}.json"
