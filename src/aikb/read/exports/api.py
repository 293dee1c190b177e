"""Read what Readwise's API exports as JSON: books with their highlights; `aikb pull` writes it too."""

from __future__ import annotations

import re

from aikb.model.highlights import Highlight, Location, LocationKind, Work
from aikb.read.exports import items, preamble
from aikb.read.exports.fields import Passage, address, line, moment, remark, sort_highlights, tag_names, text
from aikb.read.exports.format import Export, Format, Text
from aikb.read.exports.pages import Reading, Record, read_pages
from aikb.read.exports.sniff import is_api

_READER = re.compile(r"https?://read\.readwise\.io/read/(\w+)")
_KINDS: dict[str, LocationKind] = {
    "page": "page",
    "location": "location",
    "order": "order",
    "offset": "order",
    "time_offset": "time",
}


def _recognises(source: Text) -> bool:
    return is_api(source.body)


def _read(source: Text) -> Export:
    reading = read_pages(source.source, source.offset, "highlights")
    works = [work for record in reading.records if (work := _work(record, reading))]
    return Export(tuple(works), tuple(reading.diagnostics))


def _work(record: Record, reading: Reading) -> Work | None:
    """Read a book; None where it was deleted, or is no book."""
    book = record.fields
    if book.get("is_deleted") is True:
        return None
    title = line(book.get("title")) or line(book.get("readable_title"))
    if "highlights" in book and book["highlights"] is not None:
        reading.problem(record.start, record.end, "its highlights are no list")
    if not title and not record.highlights:
        if "highlights" not in book:
            reading.problem(record.start, record.end, "it has neither a title nor highlights")
        return None
    passages = [passage for each in record.highlights if (passage := _passage(each, reading))]
    highlights = sort_highlights(passages)
    readwise = address(book.get("readwise_url"))
    origin = address(book.get("source_url")) or address(book.get("unique_url"))
    if preamble.is_private(origin):
        origin, readwise = "", readwise or origin
    changed = [moment(each.fields.get("updated_at")) for each in record.highlights]
    return Work(
        title=title,
        authors=items.authors(line(book.get("author"))),
        category=preamble.category_of(text(book.get("category"))),
        id=text(book.get("user_book_id")),
        url=origin,
        readwise_url=readwise,
        cover=address(book.get("cover_image_url")),
        updated=max([*changed, *(each.date for each in highlights)], default=""),
        tags=tag_names(book.get("book_tags")),
        note=text(book.get("document_note")),
        summary=text(book.get("summary")),
        highlights=highlights,
        form="api",
        start=record.start,
    )


def _passage(record: Record, reading: Reading) -> Passage | None:
    """Read a highlight; None where it was deleted, or has no field that one has."""
    fields = record.fields
    if fields.get("is_deleted") is True:
        return None
    if not isinstance(fields.get("text"), str):
        reading.problem(record.start, record.end, "its text is missing or is no text")
        return None
    marks = [tag for tag in ("favorite", "discard") if fields.get(f"is_{tag}") is True]
    color = text(fields.get("color"))
    tags = tuple(dict.fromkeys(tag for tag in (*tag_names(fields.get("tags")), *marks) if tag != color))
    url = address(fields.get("url"))
    reader = _READER.match(url)
    kind, place = _KINDS.get(text(fields.get("location_type"))), fields.get("location")
    highlight = Highlight(
        text=text(fields.get("text")),
        id=text(fields.get("id")),
        note=remark(text(fields.get("note")), tags),
        tags=tags,
        color=color,
        location=_location(kind, place, fields.get("end_location")),
        url=url or address(fields.get("readwise_url")),
        date=moment(fields.get("highlighted_at")) or moment(fields.get("created_at")),
        start=record.start,
        end=record.end,
        aliases=(f"h-{reader[1].lower()}",) if reader and fields.get("id") else (),
    )
    if kind and isinstance(place, (int, float)) and not isinstance(place, bool) and 0 <= place < 1e9:
        return Passage(highlight, kind, place)
    return Passage(highlight)


def _location(kind: LocationKind | None, place: object, end: object) -> Location | None:
    label = text(place)
    if not kind or not label or (kind == "location" and label == "0"):
        return None
    if kind == "time" and isinstance(place, (int, float)) and 0 <= place < 1e9:
        seconds = int(place)
        return Location(kind, f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}")
    last = text(end)
    return Location(kind, f"{label}-{last}" if last and last not in (label, "0") and kind != "order" else label)


FORMAT = Format("api", (".json",), _recognises, _read)
