"""Read Readwise's export of all, or of one work, as Markdown, a file a work.

It is like the notes for Obsidian, with headings one level down and without brackets around authors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from aikb.model.highlights import Group, Heading, Highlight, Work
from aikb.read.exports.dates import iso_date
from aikb.read.exports.format import MARKDOWN, Export, Format, Text
from aikb.read.exports.full_text import named_in
from aikb.read.exports.items import (
    IMAGE,
    attached,
    authors,
    category,
    dedented,
    highlight,
    labelled,
    lines,
    tags,
    unlinked,
)

_METADATA = re.compile(
    r"^### Metadata[ \t]*\n(?:[ \t]*\n)?[-*] (?:Author: ?.*|Full Title: .*)\n(?:[ \t]*\n)?[-*] (?:Full Title|Category): ",
    re.MULTILINE,
)
_HEADER = re.compile(
    r"^(?:###[ \t]+)?(?:Highlights|New highlights added .{4,60}|Nouveaux surlignages ajoutés .{4,60})[ \t]*$",
    re.MULTILINE,
)
_FIRST = re.compile(r"\s*(?:[-*] |#|$)")
_HEADING = re.compile(r"(#{1,6})[ \t]+(\S.*)")
_FIELD = re.compile(
    r"[-*] (Author|Full Title|Category|Document Notes?|Document Tags|Summary|URL|Published Date|Cover): ?(.*)"
)
_ITEM = re.compile(r"[-*] (.*)|[-*]$")
_UNDER = re.compile(r"([ \t]+)[-*] (.*)")
_MARK = re.compile(r"\^[\w-]+\s*")
_HEAD = 40_000


def recognises(text: Text) -> bool:
    """Detect a file with the metadata as this export writes it, and bullets under its highlights' heading."""
    source, start = text.source.text, text.offset
    metadata = _METADATA.search(source, start, start + _HEAD)
    header = metadata and _HEADER.search(source, metadata.end())
    return header is not None and _FIRST.match(source, header.end()) is not None


@dataclass(slots=True)
class _Bullet:
    """A highlight while its lines are read."""

    start: int
    rows: list[str]
    end: int
    tagged: str = ""
    note: list[str] | None = None
    mark: str = ""
    others: list[str] = field(default_factory=list)

    def add(self, at: int, line: str) -> None:
        """Take a line that belongs to the highlight, as it stands in the file."""
        if line.strip():
            self.end = at + len(line)
        if _MARK.fullmatch(line):
            self.mark = line.strip()
            return
        under = _UNDER.fullmatch(line)
        deep = under and (
            "\t" in under[1] or len(under[1]) > 3 or (self.note is None and labelled("\n".join(self.rows))[1])
        )
        kind, value = attached(under[2]) if under and deep else ("", "")
        if kind == "tags":
            self.tagged = f"{self.tagged} {value}"
        elif kind == "note":
            self.note = [*([*self.note, ""] if self.note else []), value]
        elif self.note is not None:
            self.note.append(dedented(line, 6))
        else:
            self.rows.append(dedented(line, 2))

    def highlight(self, group: Group, headings: tuple[Heading, ...]) -> Highlight:
        """Make the highlight of what was read."""
        read = highlight(
            "\n".join(self.rows).rstrip(), self.tagged.strip(), "\n".join(self.note or []).strip(), self.mark
        )
        return replace(read, group=group, headings=headings, start=self.start, end=self.end)


def read(text: Text) -> Export:
    """Read the one work of a file."""
    source = text.source.text
    first = _HEADER.search(source, text.offset)
    begin = first.start() if first else len(source)
    metadata = _METADATA.search(source, text.offset, begin)
    top = source[text.offset : metadata.start() if metadata else begin]
    title = re.search(r"^#{1,2}[ \t]+(\S.*)$", top, re.MULTILINE)
    cover = IMAGE.search(top)
    fields, remarks = _fields(source, metadata.start() if metadata else begin, begin)
    marked: list[Highlight] = []
    for each in _highlights(source, begin, iso_date(text.metadata.date)):
        if isinstance(each, Highlight):
            marked.append(each)
        else:
            remarks.append(each)
    dates = [each.group.date for each in marked if each.group and each.group.date]
    full_text = named_in(source[text.offset : begin])
    work = Work(
        title=fields.get("full title", "") or (title[1].strip() if title else text.metadata.title),
        authors=authors(fields.get("author", "")),
        category=category(fields.get("category", "")),
        url=fields.get("url", "").strip("<> "),
        cover=cover[1] if cover else "",
        date=text.metadata.date or iso_date(fields.get("published date", "")),
        updated=max(dates, default=""),
        tags=tags(fields.get("document tags", "")),
        note=fields.get("document note", "") or fields.get("document notes", ""),
        summary=fields.get("summary", ""),
        full_text=full_text,
        remarks="\n".join(remarks).strip(),
        highlights=tuple(marked),
        form=FORMAT.name,
        start=text.offset,
    )
    return Export((work,))


def _fields(source: str, start: int, end: int) -> tuple[dict[str, str], list[str]]:
    """Read the metadata, a summary of several paragraphs among it, and what else stands above the highlights."""
    rows: dict[str, list[str]] = {}
    remarks: list[str] = []
    section, key = "", ""
    for _, line in lines(source, start, end):
        match, heading = _FIELD.fullmatch(line), _HEADING.fullmatch(line)
        if heading and len(heading[1]) <= 3:
            section, key = heading[2].strip(), ""
            remarks += [] if section in ("Metadata", "Full Document") else [line]
        elif match and section == "Metadata":
            key = match[1].casefold()
            rows.setdefault(key, []).append(match[2])
        elif key:
            rows[key].append(dedented(line, 3))
        elif section != "Full Document" or not named_in(f"## Full Document\n{line}"):
            remarks.append(line)
    return {name: "\n".join(value).strip() for name, value in rows.items()}, remarks


def _highlights(source: str, start: int, date: str) -> Iterator[Highlight | str]:
    """Read highlights in their order, and between them the lines that are of no highlight."""
    group, bullet = Group("Highlights", date), None
    headings: tuple[Heading, ...] = ()
    outside = False
    for at, line in lines(source, start):
        header, heading, item = _HEADER.fullmatch(line), _HEADING.fullmatch(line), _ITEM.fullmatch(line)
        if (header or heading or (item and not outside)) and bullet:
            yield bullet.highlight(group, headings)
            bullet = None
        if header:
            title = line.lstrip("#").strip()
            group, headings, outside = (
                Group(unlinked(title), iso_date(title) or (date if title == "Highlights" else "")),
                (),
                False,
            )
        elif heading:
            level = len(heading[1])
            outside = level < 3
            headings = (
                ()
                if outside
                else (*(each for each in headings if each.level < level), Heading(level, heading[2].strip()))
            )
            if outside:
                yield line
        elif outside:
            yield line
        elif item:
            bullet = _Bullet(at, [item[1] or ""], at + len(line))
        elif bullet:
            bullet.add(at, line)
        elif line.strip():
            yield line
    if bullet:
        yield bullet.highlight(group, headings)


FORMAT = Format("markdown", MARKDOWN, recognises, read)
