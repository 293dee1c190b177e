"""Convert the fields of a record, whatever their type; nothing in an export is trusted to be what it should be."""

from __future__ import annotations

import datetime as dt
import html
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from aikb.model.highlights import Heading, Highlight
from aikb.read.exports.dates import iso_date

_UNUSABLE = re.compile("[\0\ud800-\udfff]")
"""What JSON can write and a file cannot hold."""
_LEVEL = re.compile(r"h([1-6])")
_HEADING = 300
"""Characters of a heading; what is longer was tagged by mistake."""
_ACTION = re.compile(r"\.([^\s.][^\s]*)\s*")


def text(value: object) -> str:
    """Convert a text or number to text; nothing for whatever else."""
    if isinstance(value, str):
        return _UNUSABLE.sub("\ufffd", value.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if isinstance(value, float) and math.isfinite(value):
        return f"{value:.0f}" if value.is_integer() else f"{value}"
    return f"{value}" if isinstance(value, int) and not isinstance(value, bool) else ""


def line(value: object) -> str:
    """Convert to text on one line, its HTML entities resolved: a title, a name."""
    return " ".join(html.unescape(text(value)).split())


def moment(value: object) -> str:
    """Convert to a date in ISO 8601: a text, or milliseconds since 1970, as Reader has some."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        try:
            return dt.datetime.fromtimestamp(value / 1000, tz=dt.UTC).strftime("%Y-%m-%d")
        except (OverflowError, OSError, ValueError):
            return ""
    return iso_date(value) if isinstance(value, str) else ""


def tag_names(value: object) -> tuple[str, ...]:
    """Read tags: a list of names or of records with one, a record with names as its keys, or names with commas."""
    names: Iterable[object]
    if isinstance(value, dict):
        names = [each.get("name", key) if isinstance(each, dict) else key for key, each in value.items()]
    elif isinstance(value, list):
        names = [each.get("name") if isinstance(each, dict) else each for each in value]
    else:
        names = text(value).split(",")
    return tuple(dict.fromkeys(name for each in names if (name := line(each))))


def address(value: object) -> str:
    """Accept an address of the web, nothing else."""
    written = text(value)
    return written if re.match(r"https?://\S+$", written) else ""


def remark(note: str, tags: Iterable[str]) -> str:
    """Drop the action tags that a reader's note begins with, `.h1` or `.favorite`, where they have become tags."""
    known = set(tags)
    at = 0
    while (match := _ACTION.match(note, at)) and match[1] in known:
        at = match.end()
    return note[at:]


@dataclass(frozen=True, slots=True)
class Passage:
    """A highlight, and where in its work it stands."""

    highlight: Highlight
    kind: str = ""
    """What its place is counted in; empty where it has none."""
    place: float = 0.0


def sort_highlights(passages: Iterable[Passage]) -> tuple[Highlight, ...]:
    """Sort highlights in the order of their work, under their headings.

    An export lists them by when they were made. Places of one kind are put in order, each kind in the rows that it had; those
    without a place stay after the one they followed, those of one page as they were made. What the reader has tagged `h1` to
    `h6` becomes the heading of what comes next.
    """
    listed = list(passages)
    units: list[list[Passage]] = []
    for each in listed:
        if each.kind or not units:
            units.append([each])
        else:
            units[-1].append(each)
    placed = [unit for unit in units if unit[0].kind]
    if not placed:
        return tuple(each.highlight for each in listed)
    if len({unit[0].kind for unit in placed}) == 1:
        return _under_headings(_in_one_order(listed))
    ordered = {
        kind: iter(
            sorted(
                (unit for unit in placed if unit[0].kind == kind),
                key=lambda unit: (unit[0].place, unit[0].highlight.date),
            )
        )
        for kind in {unit[0].kind for unit in placed}
    }
    units = [next(ordered[unit[0].kind]) if unit[0].kind else unit for unit in units]
    return _under_headings([each.highlight for unit in units for each in unit])


def _in_one_order(listed: Iterable[Passage]) -> list[Highlight]:
    """Sort highlights whose places are all counted alike."""
    placed, last = [], float("-inf")
    for each in listed:
        last = each.place if each.kind else last
        placed.append((last, each.highlight))
    placed.sort(key=lambda each: (each[0], each[1].date))
    return [highlight for _, highlight in placed]


def _under_headings(highlights: list[Highlight]) -> tuple[Highlight, ...]:
    """Put highlights under the headings above them, which are no highlights any more; one over nothing stays one."""
    ordered: list[Highlight] = []
    path: list[Heading] = []
    waiting: list[tuple[int, Highlight]] = []
    for each in highlights:
        level = next((int(match[1]) for tag in each.tags if (match := _LEVEL.fullmatch(tag))), 0)
        if not level or not each.text or len(each.text) > _HEADING:
            waiting = []
            ordered.append(replace(each, headings=tuple(path)) if path else each)
            continue
        ordered += [highlight for other, highlight in waiting if other >= level]
        path = [heading for heading in path if heading.level < level]
        placed = replace(each, headings=tuple(path))
        if each.note:  # which a heading has no room for
            waiting = []
            ordered.append(placed)
        else:
            waiting = [(other, highlight) for other, highlight in waiting if other < level] + [(level, placed)]
        path.append(Heading(level, " ".join(each.text.split())))
    return (*ordered, *(highlight for _, highlight in waiting))
