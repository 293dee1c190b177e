"""Write and read a work as Markdown of our own: nothing is lost in it, and GitHub shows it well.

---
aikb: work
title: State of Things
---

## New highlights added October 14, 2024 at 9:56 AM

> The text, a line for each line.

- Id: 01j9
- Page: 23
- Note: The reader's remark,
further lines indented.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_args

from aikb.model.highlights import Category, Group, Heading, Highlight, Location, LocationKind, Work
from aikb.read.exports.dates import iso_date
from aikb.read.exports.format import MARKDOWN, Export, Format, Text
from aikb.read.exports.items import lines

_KINDS: dict[str, LocationKind] = {kind: kind for kind in get_args(LocationKind)}
_TEXTS = ("id", "url", "readwise_url", "cover", "date", "updated", "note", "summary", "full_text")
_REMARKS = "***"
"""The line after which the remarks follow, as they are."""
_ITEM = re.compile(r"- (?P<key>[A-Z][a-z]+): ?(?P<value>.*)")
_HEADING = re.compile(r"(?P<marks>#{2,})(?: (?P<title>.*))?")
MARK = ("aikb", "work")


def write(work: Work) -> str:
    """Write a work as a file."""
    head = {
        MARK[0]: MARK[1],
        "title": work.title,
        "authors": list(work.authors),
        "category": work.category.value,
        "tags": list(work.tags),
        **{name: getattr(work, name) for name in _TEXTS},
    }
    kept = {key: value for key, value in head.items() if value}
    lines = (
        f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in kept.items()
    )  # JSON is YAML on one line
    parts = ["\n".join(("---", *lines, "---"))]
    above: tuple[object, ...] = (None, ())
    for highlight in work.highlights:
        if (highlight.group, highlight.headings) != above:
            parts += _headings(highlight, new_group=highlight.group != above[0])
            above = highlight.group, highlight.headings
        parts.append("\n".join(f"> {line}".rstrip() for line in highlight.text.split("\n")))
        parts.append("\n".join(_items(highlight)))
    parts += [_REMARKS, work.remarks] if work.remarks else []
    return "\n\n".join(parts) + "\n"


def _headings(highlight: Highlight, *, new_group: bool) -> Iterator[str]:
    if new_group:
        group = highlight.group or Group("")
        yield f"## {group.title}{f' [{group.date}]' if group.date else ''}".rstrip()
    for heading in highlight.headings or (Heading(1, ""),):
        yield f"##{'#' * heading.level} {heading.title}".rstrip()


def _items(highlight: Highlight) -> Iterator[str]:
    place = highlight.location
    fields = {
        "Id": highlight.id.removeprefix("h-"),
        "Place": f"{place.kind} {place.label}" if place else "",
        "Page": str(highlight.page or ""),
        "Address": highlight.url,
        "Date": highlight.date,
        "Color": highlight.color,
        "Tags": json.dumps(highlight.tags, ensure_ascii=False) if highlight.tags else "",
        "Aliases": json.dumps(highlight.aliases) if highlight.aliases else "",
        "Note": highlight.note,
    }
    for key, value in fields.items():
        if value:
            yield f"- {key}: " + value.replace("\n", "\n  ")


def _read(text: Text) -> Export:
    data = text.data
    work = Work(
        title=str(data.get("title", "")),
        authors=_texts(data.get("authors")),
        category=next((each for each in Category if each.value == data.get("category")), Category.UNKNOWN),
        tags=_texts(data.get("tags")),
        form="canonical",
    )
    body, _, remarks = text.body.partition(f"\n{_REMARKS}\n")
    texts: dict[str, Any] = {name: str(data.get(name) or "") for name in _TEXTS}
    highlights = tuple(_highlights(body, text.offset))
    return Export((replace(work, **texts, remarks=remarks.strip("\n"), highlights=highlights),))


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list) else ()


def _highlights(body: str, offset: int) -> Iterator[Highlight]:
    group: Group | None = None
    headings: tuple[Heading, ...] = ()
    quote: list[str] = []
    items: dict[str, list[str]] = {}
    key, start = "", 0
    for at, line in lines(body):
        match = _HEADING.fullmatch(line)
        if quote and (match or (line.startswith(">") and items)):
            yield _highlight(quote, items, group, headings, offset + start, offset + at)
            quote, items, key = [], {}, ""
        if match:
            group, headings = _under(match, group, headings)
        elif line.startswith(">"):
            start = at if not quote else start
            quote.append(line[1:].removeprefix(" "))
        elif item := _ITEM.fullmatch(line):
            key = item["key"]
            items[key] = [item["value"]]
        elif key and (line.startswith("  ") or not line):
            items[key].append(line[2:])
    if quote:
        yield _highlight(quote, items, group, headings, offset + start, offset + len(body))


def _under(
    match: re.Match[str], group: Group | None, headings: tuple[Heading, ...]
) -> tuple[Group | None, tuple[Heading, ...]]:
    """Parse a heading: the group and the headings that what follows stands under."""
    level, title = len(match["marks"]) - 2, match["title"] or ""
    if level:
        above = tuple(each for each in headings if each.level < level)
        return group, (*above, Heading(level, title)) if title else ()
    if not title:
        return None, ()
    dated = re.fullmatch(r"(?P<title>.*) \[(?P<date>[\d:T-]+)\]", title)
    return (Group(dated["title"], dated["date"]) if dated else Group(title, iso_date(title))), ()


def _highlight(
    quote: list[str],
    items: dict[str, list[str]],
    group: Group | None,
    headings: tuple[Heading, ...],
    start: int,
    end: int,
) -> Highlight:
    values = {key: "\n".join(lines).strip() for key, lines in items.items()}
    kind, _, label = values.get("Place", "").partition(" ")
    page = values.get("Page", "")
    return Highlight(
        text="\n".join(quote),
        id=values.get("Id", ""),
        note=values.get("Note", ""),
        tags=_listed(values.get("Tags", "")),
        color=values.get("Color", ""),
        location=Location(_KINDS[kind], label) if label and kind in _KINDS else None,
        url=values.get("Address", ""),
        date=values.get("Date", ""),
        group=group,
        headings=headings,
        start=start,
        end=end,
        aliases=_listed(values.get("Aliases", "")),
        page=int(page) if page.isdigit() else 0,
    )


def _listed(value: str) -> tuple[str, ...]:
    try:
        return _texts(json.loads(value)) if value else ()
    except ValueError:
        return ()


FORMAT = Format("canonical", MARKDOWN, lambda text: text.data.get(MARK[0]) == MARK[1], _read)
