"""Read what the API of Readwise's Reader lists as JSON: documents, highlights and notes, each with its parent's id."""

from __future__ import annotations

from aikb.model.highlights import Category, Highlight, Work
from aikb.read.exports import items, preamble
from aikb.read.exports.fields import address, line, moment, remark, tag_names, text
from aikb.read.exports.format import Export, Format, Text
from aikb.read.exports.pages import Reading, Record, read_pages
from aikb.read.exports.sniff import is_reader_api

_CATEGORIES = {
    "article": Category.ARTICLE,
    "email": Category.ARTICLE,
    "rss": Category.ARTICLE,
    "pdf": Category.ARTICLE,
    "epub": Category.BOOK,
    "tweet": Category.TWEET,
    "podcast": Category.PODCAST,
}


def _recognises(source: Text) -> bool:
    return is_reader_api(source.body)


def _read(source: Text) -> Export:
    reading = read_pages(source.source, source.offset)
    documents: dict[str, Record] = {}
    highlights: dict[str, Record] = {}
    notes: list[Record] = []
    for record in reading.records:
        name, category = text(record.fields.get("id")), text(record.fields.get("category"))
        if not name or not category:
            reading.problem(record.start, record.end, f"it has no {'category' if name else 'id'}")
        elif category == "highlight":
            highlights[name] = record
        elif category == "note":
            notes.append(record)
        else:
            documents[name] = record
    remarks = _remarks(notes, highlights, documents, reading)
    marked: dict[str, list[Highlight]] = {}
    # in the order in which they were made, as far as that is told: the list has the newest first
    for name, record in sorted(highlights.items(), key=lambda each: text(each[1].fields.get("created_at"))):
        if isinstance(record.fields.get("content"), str):
            parent = text(record.fields.get("parent_id"))
            marked.setdefault(parent, []).append(_highlight(record, remarks.get(name, [])))
        else:
            reading.problem(record.start, record.end, "its content is missing or is no text")
    works = [
        _work(name, record, marked.pop(name, []), remarks.get(name, []))
        for name, record in documents.items()
        if name in marked or name in remarks or text(record.fields.get("notes"))
    ]
    works += [_orphaned(parent, found) for parent, found in marked.items()]
    return Export(tuple(sorted(works, key=lambda work: work.start)), tuple(reading.diagnostics))


def _remarks(
    notes: list[Record], highlights: dict[str, Record], documents: dict[str, Record], reading: Reading
) -> dict[str, list[str]]:
    """Collect the notes on each highlight and document."""
    remarks: dict[str, list[str]] = {}
    for record in notes:
        parent, written = text(record.fields.get("parent_id")), text(record.fields.get("content"))
        if parent not in highlights and parent not in documents:
            reading.problem(record.start, record.end, "it is a note on what is not in this file")
        elif written:
            remarks.setdefault(parent, []).append(written)
    return remarks


def _highlight(record: Record, remarks: list[str]) -> Highlight:
    fields = record.fields
    tags = tag_names(fields.get("tags"))
    written = dict.fromkeys(each for each in (text(fields.get("notes")), *remarks) if each)
    return Highlight(
        text=text(fields.get("content")),
        id=text(fields.get("id")),
        note=remark("\n\n".join(written), tags),
        tags=tags,
        url=address(fields.get("url")),
        date=moment(fields.get("created_at")) or moment(fields.get("saved_at")),
        start=record.start,
        end=record.end,
    )


def _work(name: str, record: Record, highlights: list[Highlight], remarks: list[str]) -> Work:
    fields = record.fields
    category = text(fields.get("category"))
    url = address(fields.get("url"))
    return Work(
        title=line(fields.get("title")) or address(fields.get("source_url")) or name,
        authors=items.authors(line(fields.get("author"))),
        category=_CATEGORIES.get(category, Category.UNKNOWN),
        id=name,
        url=address(fields.get("source_url")) or ("" if preamble.is_private(url) else url),
        readwise_url=url if preamble.is_private(url) else "",
        cover=address(fields.get("image_url")),
        date=moment(fields.get("published_date")) or moment(fields.get("saved_at")) or moment(fields.get("created_at")),
        updated=max([moment(fields.get("updated_at")), *(each.date for each in highlights)]),
        tags=tag_names(fields.get("tags")),
        note="\n\n".join(dict.fromkeys(each for each in (text(fields.get("notes")), *remarks) if each)),
        summary=text(fields.get("summary")),
        highlights=tuple(highlights),
        form="reader",
        start=record.start,
    )


def _orphaned(parent: str, highlights: list[Highlight]) -> Work:
    """Make a work of the highlights of a document that is not in the file: its id is all that is known of it."""
    return Work(
        title=parent,
        id=parent,
        updated=max(each.date for each in highlights),
        highlights=tuple(highlights),
        form="reader",
        start=min(each.start for each in highlights),
    )


FORMAT = Format("reader", (".json",), _recognises, _read)
