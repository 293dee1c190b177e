"""Parse outlines, which Logseq and Roam keep highlights in: a bullet for each, its tags and its note in bullets under it.

A header such as `Highlights first synced by [[Readwise]] [[Nov 19th, 2022]]` holds the highlights of one synchronisation.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from aikb.model.highlights import Group, Heading, Highlight
from aikb.read.exports.dates import iso_date
from aikb.read.exports.items import attached, highlight, labelled, unlinked

HEADER = re.compile(
    r"(?:#{1,6}[ \t]+|\*[ \t]+)?(?:highlights (?:first )?synced by\b|new highlights added\b|highlights\s*$)",
    re.IGNORECASE,
)
"""How the bullet above highlights begins."""
DEEPEST = 24
"""Bullets that are nested deeper are taken as if they were not: no reader did that by hand."""

_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([-./_])(\d{1,2})\2(\d{4})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[/_](\d\d)[/_](\d\d)(?!\d)")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CLOCK = re.compile(r"\bat\s+(\d{1,2}:\d\d\s*(?:[AaPp][Mm])?)")


@dataclass(slots=True)
class Item:
    """A bullet with its text, dedented, and the bullets under it."""

    text: str
    start: int = 0
    end: int = 0
    """Its place in the file, with everything under it."""
    children: list[Item] = field(default_factory=list)

    @property
    def is_header(self) -> bool:
        """Whether highlights stand under it."""
        return HEADER.match(self.text) is not None


def nested(bullets: Iterable[tuple[int, Item]]) -> list[Item]:
    """Nest bullets by their indents, as a tree."""
    roots: list[Item] = []
    opened: list[tuple[int, Item]] = []
    for indent, item in bullets:
        while opened and (opened[-1][0] >= indent or len(opened) >= DEEPEST):
            opened.pop()
        (opened[-1][1].children if opened else roots).append(item)
        for _, parent in opened:
            parent.end = item.end
        opened.append((indent, item))
    return roots


def group(header: str) -> Group:
    """Parse the synchronisation that a header names."""
    title = unlinked(header).lstrip("#*").strip()
    return Group(title.replace("#Readwise", "Readwise"), page_date(title))


def page_date(text: str) -> str:
    """Parse the date in a header, in whatever way the graph writes its days.

    Day and month as numbers are told apart by the weekday, by a number over 12, or by dots; else there is no date.
    """
    if date := iso_date(_YEAR_FIRST.sub(r"\1-\2-\3", text)):
        return date
    match = _NUMERIC.search(text)
    if match is None:
        return ""
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    days = [day for day in (_day(year, second, first), _day(year, first, second)) if day]
    weekday = next((number for number, name in enumerate(_WEEKDAYS) if name in text.casefold()), None)
    if weekday is not None:
        days = [day for day in days if day.weekday() == weekday]
    if not days or (len(set(days)) > 1 and match[2] != "."):
        return ""
    clock = _CLOCK.search(text, match.end())
    return iso_date(f"{days[0].isoformat()} {clock[1] if clock else ''}")


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def highlights(header: Item) -> Iterator[Highlight]:
    """List the highlights under a header, in their order."""
    children = header.children
    if header.text.startswith("* "):  # a fault of Logseq's plugin, which marks the highlights under it likewise
        children = [replace(each, text=each.text.removeprefix("* ")) for each in children]
    yield from _under(children, group(header.text), ())


def _under(items: Iterable[Item], added: Group, headings: tuple[Heading, ...]) -> Iterator[Highlight]:
    for item in items:
        if _is_divider(item):
            if item.children:
                first, *others = item.children
                whole = Item(first.text, item.start, item.end, [*first.children, *others])
                yield replace(_highlight(whole), group=added, headings=headings, start=item.start, end=item.end)
        elif any(_is_divider(child) or holds_highlight(child) for child in item.children):
            title = labelled(item.text)[0].lstrip("#").strip()
            yield from _under(item.children, added, (*headings, Heading(len(headings) + 1, " ".join(title.split()))))
        else:
            yield replace(_highlight(item), group=added, headings=headings, start=item.start, end=item.end)


def _is_divider(item: Item) -> bool:
    """Detect a bullet that is a dash between highlights, as some templates have it; one may stand in bullets under it."""
    return item.text.strip() == "-"


def holds_highlight(item: Item) -> bool:
    """Detect a bullet that is a highlight for certain, or has one under it: then what stands above it is a chapter."""
    if attached(item.text)[0]:
        return False
    text, label, *_ = labelled(item.text)
    return bool(label and text) or any(_is_divider(child) or holds_highlight(child) for child in item.children)


def _highlight(item: Item) -> Highlight:
    """Make the highlight of a bullet. What a reader wrote under it belongs to the note."""
    text, tagged, notes = item.text, "", list[str]()
    for child in item.children:
        kind, value = attached(child.text)
        beneath = markdown(child.children)
        body, label, *_ = labelled(child.text)
        if kind == "tags":
            tagged = f"{tagged} {value}"
            notes.append(beneath)
        elif kind:
            notes.append("\n\n".join(part for part in (value, beneath) if part))
        elif label and not body:
            text = f"{text} {child.text}"
            notes.append(beneath)
        elif child.text.strip() or beneath:
            notes.append(markdown([child]))
    return highlight(text, tagged.strip(), _join_notes(notes))


def _join_notes(notes: Iterable[str]) -> str:
    """Join notes below each other; bullets that follow each other stay one list."""
    result = ""
    for note in notes:
        if note:
            listed = note.startswith("- ") and result.rsplit("\n", 1)[-1].lstrip().startswith("- ")
            result += ("\n" if listed else "\n\n") * bool(result) + note
    return result


def markdown(items: Iterable[Item], depth: int = 0) -> str:
    """Write bullets as a Markdown list."""
    written: list[str] = []
    for item in items:
        indent = "  " * depth
        first, *more = item.text.split("\n")
        written += [f"{indent}- {first}", *(f"{indent}  {line}" if line.strip() else "" for line in more)]
        if item.children:
            written.append(markdown(item.children, depth + 1))
    return "\n".join(written)
