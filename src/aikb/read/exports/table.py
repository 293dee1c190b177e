"""Read a table of highlights, as templates for notes and databases of Notion write one: a row a passage.

    | Highlight | Note | Link |
    | --- | --- | --- |
    | TEXT | the reader's remark | [Location 88](https://readwise.io/to_kindle?…) |

Columns are known by their names; what stands in a column that is not known belongs to the remark.
"""

from __future__ import annotations

import re
from dataclasses import replace

from aikb.model.highlights import Highlight
from aikb.read.exports.dates import iso_date
from aikb.read.exports.format import MARKDOWN, Export, Format, Text
from aikb.read.exports.items import color_of, lines, tags
from aikb.read.exports.labels import LOOSE, PASSAGE_ADDRESS, address, location, named, split_label
from aikb.read.exports.landmarks import first_row, says_readwise
from aikb.read.exports.preamble import read_preamble, with_remarks

_CELL = re.compile(r"(?<!\\)\|")
_COLUMNS = {
    "text": "highlight|highlights|passage|quote|quotes|text|surlignage|surlignement|citation|extrait|markierung|zitat|cita"
    "|subrayado",
    "note": "note|notes|comment|comments|my note|my notes|remark|thoughts|remarque|commentaire|notiz|kommentar|nota",
    "tags": "tag|tags|étiquettes|labels",
    "color": "color|colour|couleur|farbe",
    "date": "date|added|highlighted at|highlighted|created|datum|fecha",
    "place": "location|link|url|page|source|place|emplacement|lien|position|seite|ort|página|view",
    "number": "#|no|no.|nr|n°|id",
}
_NAMES = {name: column for column, names in _COLUMNS.items() for name in names.split("|")}
_LEAST = 2
"""Rows with a link to a passage that make a table of highlights; one does, where a tag or a folder says so."""


def _recognises(text: Text) -> bool:
    start = first_row(text)
    return start is not None and "text" in _columns(text.source.text, start) and _is_linked(text, start)


def _is_linked(text: Text, start: int) -> bool:
    linked = sum(re.search(PASSAGE_ADDRESS, line) is not None for _, line in lines(text.source.text, start))
    return linked >= (1 if says_readwise(text) else _LEAST)


def _columns(source: str, start: int) -> list[str]:
    """Name the columns of a table by its head, as they are known here; by their own names where they are not."""
    return [_NAMES.get(each.casefold(), each) for each in _cells(source[start : source.find("\n", start)])]


def _cells(line: str) -> list[str]:
    return [each.strip().replace("\\|", "|") for each in _CELL.split(line.strip().removeprefix("|").removesuffix("|"))]


def _read(text: Text) -> Export:
    start = first_row(text) or text.offset
    columns = _columns(text.source.text, start)
    highlights, remarks = list[Highlight](), list[str]()
    rows = lines(text.source.text, start)
    next(rows, None)
    for number, (at, line) in enumerate(rows):
        if line.lstrip().startswith("|"):
            cells = _cells(line)
            if number or not all(re.fullmatch(r":?-+:?", each) for each in cells):
                highlights.append(_highlight(columns, cells, at, at + len(line)))
        else:
            remarks.append(line)
    work = with_remarks(read_preamble(text, start), remarks)
    return Export((replace(work, highlights=tuple(highlights), form="table"),))


def _highlight(columns: list[str], cells: list[str], start: int, end: int) -> Highlight:
    """Make the highlight of a row."""
    row = dict[str, str]()
    other = list[str]()
    for name, cell in zip([*columns, *[""] * len(cells)], cells, strict=False):
        if name in _COLUMNS and name not in row:
            row[name] = cell
        elif cell:
            other.append(f"{name}: {cell}" if name and name not in _COLUMNS else cell)
    text, label, url, mark, tail = split_label(row.get("text", ""))
    place = row.get("place", "")
    match = LOOSE.match(place)
    label, url = (label or named(match), url or address(match)) if match else (label, url)
    names = (*tags(row.get("tags", "")), *(tags(tail) if tail else ()))
    where = location(label or place, url) or (location(f"Page {place}") if place.isdecimal() else None)
    if place and not match and where is None:
        other.append(place)
    return Highlight(
        text=_lined(text),
        id=mark.removeprefix("^"),
        note=_lined("\n\n".join(part for part in (row.get("note", ""), *other) if part)),
        tags=names,
        color=color_of((row.get("color", ""), *names)),
        location=where,
        url=url,
        date=iso_date(row.get("date", "")),
        start=start,
        end=end,
    )


def _lined(cell: str) -> str:
    """Write a cell's breaks as lines."""
    return re.sub(r"\s*<br ?/?>\s*", "\n", cell)


FORMAT = Format("table", MARKDOWN, _recognises, _read)
