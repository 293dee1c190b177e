"""Read notebooks: a Kindle's, sent as a page and made Markdown, and KOReader's. A line says what follows, and where it was.

    #### Highlight (**yellow**) - Chapter Two > Page 40 · Location 512
    TEXT
    #### Note - Page 40 · Location 512
    the reader's remark

KOReader has `### Page 12 @ 03 March 2024 09:12:45 PM`, the text, and below a rule the remark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from aikb.model.highlights import Category, Heading, Highlight, Location
from aikb.read.exports.dates import iso_date
from aikb.read.exports.format import MARKDOWN, Export, Format, Text
from aikb.read.exports.items import COLORS, authors, lines
from aikb.read.exports.labels import location
from aikb.read.exports.preamble import read_preamble

_WORDS = (
    r"(?P<highlight>highlight|surlignement|surlignage|markierung|subrayado|destaque|evidenziazione|markering|标注|ハイライト)"
    r"|(?P<note>note|notiz|nota|notitie|笔记|メモ)|(?P<bookmark>bookmark|signet|lesezeichen|marcador|segnalibro|bladwijzer)"
)
_PLACE = r"(?:page|location|loc\.|seite|position|emplacement|página|posición|posição|pagina|posizione|locatie|页|位置|ページ)"
_BEGINS = r"^[ \t]*(?:[-*+][ \t]+)?(?:#{1,6}[ \t]+)?\*{0,2}"
_MARK = re.compile(
    rf"{_BEGINS}(?:(?:{_WORDS})[ \u00a0]*(?:\(\**(?P<color>[^\W\d_]+(?: [^\W\d_]+)?)\**\))?\**[ \u00a0]*[-–—|:][ \u00a0]*"
    rf"(?P<place>[^\n]*\b{_PLACE}[ \u00a0]*#?[\dxvi]+[^\n]*?)\**"
    rf"|(?P<hue>[^\W\d_]+)[ \u00a0]highlight[ \u00a0]\|[ \u00a0](?P<spot>{_PLACE}:[ \u00a0]?[\dxvi]+[^\n]*)"
    r"|#{2,6}[ \t]+(?:Page|Seite|Página|Pagina)[ \u00a0]+(?P<page>\w+)[ \u00a0]+@[ \u00a0]+(?P<date>[^\n]*\d[^\n]*?))[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_CHAPTER = re.compile(r"^(?P<chapter>[^>\n]+?)[ \u00a0]*>[ \u00a0]*(?P<place>.*)$")
_TITLE_ABOVE = re.compile(
    r"^[#* \t]*(?:your notebook|notebook(?: for| export)?|(?:your )?kindle notes (?:& highlights|for:?)"
    r"|\d+ highlights?(?:\(s\))? \|[^\n]*|votre (?:carnet|bloc-notes)|bloc-notes pour"
    r"|notizbuch(?: für)?|cuaderno(?: de notas)?(?: para)?|taccuino(?: per)?|caderno)[* \t:]*$",
    re.IGNORECASE,
)
_CITATION = re.compile(r"^\W{0,3}(?:citation|quellenangabe|cita|citazione)\W.*", re.IGNORECASE)
_HEADING = re.compile(r"^(?P<marks>#{1,6})[ \t]+(?P<title>\S.*)$")
_RULE = re.compile(r"^(?:-{3,}|\*{3,}|_{3,}|(?:\* ?){3})[ \t]*$")
_REMARK = re.compile(r"^(?:my )?notes?:[ \t]*", re.IGNORECASE)
_CHAPTER_LONGEST = 80
_AUTHOR = 5
"""The level of the heading that KOReader makes of the author."""
_LEAST = 2
_ONCE = "highlight"


def _recognises(text: Text) -> bool:
    """Detect two such lines, one of them of a highlight."""
    kinds = [_kind(match) for match in _MARK.finditer(text.source.text, text.offset)]
    return len(kinds) >= _LEAST and _ONCE in kinds


def _kind(match: re.Match[str]) -> str:
    return (
        "highlight" if match["page"] or match["spot"] or match["highlight"] else "note" if match["note"] else "bookmark"
    )


@dataclass(slots=True)
class _Passage:
    """A highlight on its way."""

    match: re.Match[str]
    headings: tuple[Heading, ...]
    rows: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)
    start: int = 0
    end: int = 0

    def highlight(self) -> Highlight:
        """Make the finished highlight."""
        color = (self.match["color"] or self.match["hue"] or "").casefold()
        return Highlight(
            text="\n".join(self.rows).strip(),
            note="\n".join(self.note).strip(),
            color=color if color in COLORS else "",
            location=_location(self.match),
            date=iso_date(self.match["date"] or ""),
            headings=self.headings,
            start=self.start,
            end=self.end,
        )


def _location(match: re.Match[str]) -> Location | None:
    """Parse the place that a line names: the location of a Kindle, else the page."""
    if match["page"]:
        return location(f"Page {match['page']}")
    if match["spot"]:
        return location(match["spot"].replace(":", " ", 1))
    parts = re.split(r"[·|,]", match["place"].rpartition(">")[2])
    found = [place for part in reversed(parts) if (place := location(part.strip()))]
    return found[0] if found else None


class _Reader:
    """Reads what stands below each line that says what follows."""

    def __init__(self, chapters: tuple[Heading, ...]) -> None:
        self.passages: list[_Passage] = []
        self.remarks: list[str] = []
        self._headings = chapters
        self._in_note = False
        self._blank = False

    def close(self, end: int) -> None:
        """End the highlight that is being read."""
        if self.passages:
            self.passages[-1].end = self.passages[-1].end or end

    def mark(self, match: re.Match[str], at: int) -> None:
        """Begin a highlight, or a note on the one above."""
        kind = _kind(match)
        self._blank = False
        chapter = _CHAPTER.match(match["place"] or "")
        if kind == "highlight":
            self.close(at)
            below = Heading(3, chapter["chapter"].strip()) if chapter else None
            self.passages.append(_Passage(match, (*self._headings, below) if below else self._headings, start=at))
        self._in_note = kind != "highlight"

    def line(self, line: str) -> None:
        """Read a line that is no mark."""
        last = self.passages[-1] if self.passages else None
        rows = self.remarks if last is None else last.note if self._in_note else last.rows
        heading = _HEADING.match(line)
        written = last is not None and any(each.strip() for each in rows)
        if (_RULE.match(line) or _REMARK.match(line)) and last is not None and not self._in_note:
            self._in_note = True
            last.note += [] if _RULE.match(line) else [_REMARK.sub("", line)]
        elif heading or (written and self._blank and not self._in_note and _is_chapter(line)):
            level = len(heading["marks"]) if heading else 2
            title = heading["title"] if heading else line.strip()
            self._headings = (
                *(each for each in self._headings if each.level < level),
                Heading(level, title.strip("* ")),
            )
        else:
            rows.append(_REMARK.sub("", line) if self._in_note and not written else line)
        self._blank = not line.strip()


def _is_chapter(line: str) -> bool:
    """Detect a short line that is no sentence, between two highlights: the title of a chapter."""
    written = line.strip(" *")
    return 0 < len(written) <= _CHAPTER_LONGEST and written[-1].isalnum() and not line.startswith((">", "-", "|"))


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands above the first passage: the work, and the chapters that begin there."""

    title: str
    authors: tuple[str, ...]
    chapters: tuple[Heading, ...]
    remarks: str


def _head(body: str) -> _Head:
    """Read the lines above the first passage: a title, names, a citation that is said twice, chapters."""
    rows = [line for line in body.split("\n") if line.strip()]
    rows = [line for line in rows if not _TITLE_ABOVE.match(line) and not _CITATION.match(line)]
    title = rows.pop(0) if rows else ""
    named: tuple[str, ...] = ()
    if rows and ((heading := _HEADING.match(rows[0])) is None or len(heading["marks"]) >= _AUTHOR):
        named = tuple(
            map(_turned, authors(re.sub(r"^(?:#+ +|by |von |de |par )", "", rows.pop(0).strip("* ")).strip("* ")))
        )
    chapters: tuple[Heading, ...] = ()
    others = list[str]()
    for line in rows:
        heading = _HEADING.match(line)
        if heading or (_is_chapter(line) and line is rows[-1]):
            level = len(heading["marks"]) if heading else 2
            name = (heading["title"] if heading else line).strip("* ")
            chapters = (*(each for each in chapters if each.level < level), Heading(level, name))
        else:
            others.append(line)
    return _Head(re.sub(r"^#+ +", "", title).strip("* "), named, chapters, "\n".join(others))


def _turned(name: str) -> str:
    """Turn `Last, First` round."""
    last, comma, first = (part.strip() for part in name.partition(","))
    return f"{first} {last}" if comma and first and " " not in last else name


def _read(text: Text) -> Export:
    source = text.source.text
    first = _MARK.search(source, text.offset)
    start = source.rfind("\n", 0, first.start() + 1) + 1 if first else len(source)
    head = _head(source[text.offset : start])
    reader = _Reader(head.chapters)
    for at, line in lines(source, start):
        match = _MARK.match(line)
        if match:
            reader.mark(match, at)
        else:
            reader.line(line)
    reader.close(len(source))
    work = read_preamble(text, text.offset)
    work = replace(
        work,
        title=work.title or head.title,
        authors=work.authors or head.authors,
        category=work.category or Category.BOOK,
        remarks="\n\n".join(part for part in (head.remarks, "\n".join(reader.remarks).strip()) if part),
        highlights=tuple(each.highlight() for each in reader.passages),
        form=FORMAT.name,
    )
    return Export((work,))


FORMAT = Format("notebook", MARKDOWN, _recognises, _read)
