"""Read a Kindle's `My Clippings.txt`, in any language: records of four lines, all works in one file, as they were made.

A highlight that its reader has changed is written anew, and the old one stays. Both are read, and given one text, the longer:
so `normalise` folds them, and says where.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from aikb.findings.finding import finding
from aikb.model.finding import Diagnostic
from aikb.model.highlights import Category, Highlight, Location, Work
from aikb.read.exports.dates import iso_date
from aikb.read.exports.fields import line, text
from aikb.read.exports.format import MARKDOWN, Export, Format, Text
from aikb.read.exports.normalise import passage
from aikb.read.exports.sniff import is_clippings

_SEPARATOR = re.compile(r"^={10}[ \t]*(?:\n|\Z)", re.MULTILINE)
_KIND = re.compile(
    r"[ \t]*-[ \t]*[^\d|\n]{0,30}?"
    r"(?:(?P<highlight>\b(?:highlight|clip|surlignement|surlignage|markierung|subrayado|destaque|evidenziazione|markering))"
    r"|(?P<note>\b(?:note|notiz|nota|notitie|anteckning)\b)|(?P<bookmark>\b(?:bookmark|signet|lesezeichen|marcador|segnalibro|bladwijzer)))",
    re.IGNORECASE,
)
_NUMBERS = r"(?P<first>\d{1,9})(?:[-–](?P<last>\d{1,9}))?"
_LOCATION = re.compile(
    rf"(?<![a-z])(?:location|loc\.?|emplacement|empl\.?|position|posición|posição|posizione|positie|pozice|pozycja|место|sijainti|konum|plats|位置(?:No\.?)?|위치)\s*#?{_NUMBERS}",
    re.IGNORECASE,
)
"""After an apostrophe that is a letter too, `à lʼemplacement`."""
_PAGE = re.compile(
    rf"\b(?:page|seite|página|pagina|straně|stronie|strona|странице|sida|sivulla|sivu|sayfa)\s+(?:{_NUMBERS}|(?P<roman>[ivxlcdm]+)\b)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(?P<first>\d{1,9})[-–](?P<last>\d{1,9})")
"""In a language whose words are not known, a range is a location."""
_NUMBER = re.compile(r"(?<!\d)(?P<first>\d{1,9})(?!\d)(?P<last>)(?=[^\d|]*$)")
"""And so is the last number, where what follows is the date."""
_PLACES: tuple[tuple[Literal["location", "page"], re.Pattern[str]], ...] = (("location", _LOCATION), ("page", _PAGE))
_SHAPE = re.compile(r"[ \t]*-[ \t]+[^\n]*\d[^\n]*")
_NOTE_ELSEWHERE = re.compile(r"poznámk|notatk|заметк|笔记|筆記|メモ|메모|not\b", re.IGNORECASE)
"""A remark, in languages that are told from a highlight by nothing else."""
_LIMIT = re.compile(r"<[^<>\n]{0,200}\blimite?\b[^<>\n]{0,200}>", re.IGNORECASE)
_GROUPS = re.compile(r"\s*\((?P<inner>(?:[^()]|\([^()]*\))*)\)\s*$")
_NO_AUTHOR = re.compile(
    r"[\W\d]*$|.*\b(?:[eé]dition|ebook|collection|livre|book)s?$|(?:tome|vol(?:ume)?|book|v)[ .]*\d+$", re.IGNORECASE
)
_APPENDIX = re.compile(r"(?:inc|ltd|llc|gmbh|co|jr|sr|phd|md|dr|m\.?d|ph\.?d|esq|ii+|iv)\.?$", re.IGNORECASE)
_TITLE = 1_000
"""Characters of a title that is looked into."""
_RECENT = 8
"""Highlights of a work among which a changed one is looked for: all 102 of a real file were within 3."""
_WORDS = 3
"""A shorter passage is not known by its words."""


@dataclass(frozen=True, slots=True)
class _Place:
    kind: Literal["location", "page"]
    first: int
    last: int
    label: str

    def meets(self, other: _Place) -> bool:
        """Tell whether two places have a part in common."""
        return self.kind == other.kind and self.first <= other.last and other.first <= self.last


@dataclass(slots=True)
class _Record:
    title: str
    meta: str
    kind: str
    """`highlight`, `note` or `bookmark`: a group of `_KIND`."""
    text: str
    place: _Place | None
    date: str
    start: int
    end: int
    notes: list[str] = field(default_factory=list)
    superseded_by: _Record | None = None
    """What holds it: the record that its reader has made of it, or had made it of."""


def _recognises(source: Text) -> bool:
    """Detect the file of a Kindle; one that was saved as a note has hardly anything but records."""
    if not is_clippings(source.body):
        return False
    if not source.source.path.lower().endswith(MARKDOWN):
        return True
    records = [_record(source.source.text, *each) for each in _records(source.source.text, source.offset)]
    return 2 * sum(isinstance(each, _Record) for each in records) > len(records)


def _read(source: Text) -> Export:
    works: dict[str, list[_Record]] = {}
    found: list[Diagnostic] = []
    for start, end in _records(source.source.text, source.offset):
        record = _record(source.source.text, start, end)
        if isinstance(record, str):
            found.append(
                finding("readwise-record", source.source, start, source.source.line_end(start), problem=record)
            )
        elif record.kind != "bookmark":
            works.setdefault(record.title, []).append(record)
    return Export(tuple(_work(title, records) for title, records in works.items()), tuple(found))


def _records(whole: str, at: int) -> Iterator[tuple[int, int]]:
    """Split into records that are not empty: where each begins and ends."""
    for match in _SEPARATOR.finditer(whole, at):
        yield from _trimmed(whole, at, match.start())
        at = match.end()
    yield from _trimmed(whole, at, len(whole))


def _trimmed(whole: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Trim a record of blanks: start and end, or nothing where it is empty."""
    while start < end and (whole[start].isspace() or whole[start] == "\ufeff"):
        start += 1
    while end > start and whole[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _record(whole: str, start: int, end: int) -> _Record | str:
    """Parse a record, or say what is wrong with it."""
    title, _, rest = whole[start:end].partition("\n")
    meta, _, body = rest.partition("\n")
    body = text(body.replace("\ufeff", ""))
    match = _KIND.match(meta)
    if match is None and not _SHAPE.fullmatch(meta):
        return "its second line names no highlight, note or bookmark"
    kind = str(match.lastgroup) if match else _kind_elsewhere(meta, body)
    return _Record(
        title=line(title),
        meta=meta.strip().removeprefix("-").strip(),
        kind=kind,
        text="" if _LIMIT.fullmatch(body) else body,
        place=_place(meta),
        date=iso_date(meta.rpartition("|")[2]),
        start=start,
        end=end,
    )


def _kind_elsewhere(meta: str, body: str) -> str:
    """Tell the kind of a record in a language that is not known here: a bookmark has no text."""
    return "bookmark" if not body else "note" if _NOTE_ELSEWHERE.search(meta) else "highlight"


def _place(meta: str) -> _Place | None:
    """Parse a location where there is one, else a page."""
    dated = "|" in meta
    meta = meta.rpartition("|")[0] or meta
    for kind, pattern in (*_PLACES, ("location", _RANGE), *((("location", _NUMBER),) if dated else ())):
        match = pattern.search(meta)
        if match is None:
            continue
        if not match["first"]:
            return _Place(kind, -1, -2, match["roman"])  # meets nothing
        first, last = match["first"], match["last"] or match["first"]
        if len(last) < len(first):
            last = first[: len(first) - len(last)] + last  # 1234-36
        label = match["first"] if last == first else f"{first}-{last}"
        return _Place(kind, int(first), max(int(first), int(last)), label)
    return None


def _work(title: str, records: list[_Record]) -> Work:
    highlights = [each for each in records if each.kind == "highlight"]
    _find_changed(highlights)
    known = {each.text for each in highlights if each.superseded_by is None}
    remarks = _tie_notes(records)
    name, authors = _title_and_authors(title)
    return Work(
        title=name,
        authors=authors,
        category=Category.BOOK,
        updated=max((each.date for each in records), default=""),
        remarks="\n\n".join(remarks),
        highlights=tuple(_highlight(each, known) for each in highlights),
        form="clippings",
        start=records[0].start,
    )


def _highlight(record: _Record, known: set[str]) -> Highlight:
    """Make a highlight; what it was once is an alias of it, unless that is a highlight of its own elsewhere in the work."""
    longest = record
    while longest.superseded_by:
        longest = longest.superseded_by
    highlight = Highlight(
        text=longest.text,
        note="\n\n".join(dict.fromkeys(record.notes)),
        location=Location(longest.place.kind, longest.place.label) if longest.place else None,
        date=record.date,
        start=record.start,
        end=record.end,
    )
    if record is longest or record.text in known:
        return highlight
    return replace(highlight, aliases=(f"h-{passage(record.text)}",))


def _find_changed(highlights: list[_Record]) -> None:
    """Tie each highlight to the longer one that holds it, where both are in one place."""
    recent: deque[tuple[_Record, str]] = deque(maxlen=_RECENT)
    for record in highlights:
        folded = " ".join(record.text.split())
        for other, text_of_other in recent:
            if other.place and record.place and record.place.meets(other.place) and folded != text_of_other:
                if other.superseded_by is None and _contains(folded, text_of_other):
                    other.superseded_by = record
                elif record.superseded_by is None and _contains(text_of_other, folded):
                    record.superseded_by = other
        recent.append((record, folded))


def _contains(longer: str, shorter: str) -> bool:
    """Tell whether a passage has another one in it, whole words of it."""
    if len(shorter) >= len(longer) or shorter.count(" ") < _WORDS - 1:
        return False
    return longer.startswith(shorter) or longer.endswith(shorter) or f" {shorter} " in longer


def _tie_notes(records: list[_Record]) -> list[str]:
    """Give each note to the highlight in its place, the nearest in the file; the others, as they are written."""
    ends: dict[tuple[str, int], _Record] = {}
    starts: dict[tuple[str, int], _Record] = {}
    for each in records:
        if each.kind == "highlight" and each.place:
            ends[each.place.kind, each.place.last] = each
            starts[each.place.kind, each.place.first] = each
    left = []
    for at, note in enumerate(records):
        if note.kind != "note" or not note.text:
            continue
        beside = [records[near] for near in (at - 1, at + 1) if 0 <= near < len(records)]
        close = (each for each in beside if each.kind == "highlight" and each.place and note.place)
        owner = next((each for each in close if each.place and note.place and each.place.meets(note.place)), None)
        if owner is None and note.place:
            key = note.place.kind, note.place.last
            owner = ends.get(key) or starts.get(key)
        if owner:
            owner.notes.append(note.text)
        else:
            left.append(f"{note.meta.partition(' | A')[0]}: {note.text}")
    return left


def _title_and_authors(written: str) -> tuple[str, tuple[str, ...]]:
    """Split a title from the names in the parentheses behind it."""
    match = _GROUPS.search(written) if len(written) < _TITLE else None
    if match is None or not written[: match.start()].strip() or _NO_AUTHOR.match(match["inner"]):
        return written, ()
    names = (_name(each) for each in match["inner"].split(";"))
    return written[: match.start()].strip(), tuple(dict.fromkeys(name for name in names if name))


def _name(written: str) -> str:
    """Turn `Last, First` round."""
    last, comma, first = (part.strip() for part in written.partition(","))
    return f"{first} {last}" if comma and first and "," not in first and not _APPENDIX.match(first) else written.strip()


FORMAT = Format("clippings", (".txt", *MARKDOWN), _recognises, _read)
