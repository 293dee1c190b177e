"""Read Readwise's official export to Obsidian: a list item a highlight, under `## Highlights` and later headings.

    - Text, further lines indented by two ([Location 226](https://readwise.io/to_kindle?…))
        - Tags: [[a]] [[b]]
        - Note: the reader's remark

The marker of the item is all that begins every highlight: many have no label, and one item may hold lists, headings, code and
tables. Format F1 of the reference; the source is the plugin's default template.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from aikb.findings.finding import finding
from aikb.model.finding import Diagnostic
from aikb.model.highlights import Group, Heading, Highlight
from aikb.read.exports.dates import iso_date
from aikb.read.exports.format import MARKDOWN, Export, Format, Text
from aikb.read.exports.items import color_of, dedented, lines, tags
from aikb.read.exports.labels import LABEL, LOOSE, location, split_label
from aikb.read.exports.preamble import read_preamble, with_remarks

GROUP = re.compile(
    r"^#{1,3} +(?P<title>(?:Highlights|Surlignages)(?=\s*(?:$|[:\[#(]|\d|first ))[^\n]*"
    r"|New highlights added\b.*|Nouveaux surlignages\b.*)$",
    re.IGNORECASE,
)
ITEM = re.compile(r"^(?P<marker>[-*+](?: {1,3}|\t|$))")
HEADING = re.compile(r"^(?P<marks>#{1,6}) +(?P<title>.*?)(?: +#+)? *$")
_LANDMARK = re.compile(rf"(?:{GROUP.pattern})|^(?P<fence>`{{3,}}|~{{3,}})", re.IGNORECASE | re.MULTILINE)
"""A heading of highlights, or a fence: what is in one is an example."""
_FENCE = re.compile(r"^\s*(```+|~~~+)")
_PART = re.compile(
    r"^(?P<indent>[ \t]+)[-*+] +\*{0,2}(?P<name>Tags|Note|Étiquettes)s?\*{0,2} ?:\*{0,2}[ \t]?(?P<text>.*)$"
)
_BLOCK_ID = re.compile(r"^\s*\^(?P<id>[\w-]+)\s*$")
_LAST_ID = re.compile(r"\s\^(?P<id>(?:rw|ref)[\w-]+|\d+)$")


def is_readwise(text: Text) -> bool:
    """Detect a Markdown file that says that it is an export, and has a heading for highlights."""
    body = text.source.text
    marked = (
        "rw-book-cover" in body or "readwise" in body.casefold() or re.search(r"^#{2,3} Metadata", body, re.MULTILINE)
    )
    return bool(marked and first_group(text) is not None)


def first_group(text: Text) -> int | None:
    """Find where the first heading of highlights begins."""
    fence = ""
    for match in _LANDMARK.finditer(text.source.text, text.offset):
        mark = match["fence"]
        if not mark and not fence:
            return match.start()
        if mark and (not fence or mark.startswith(fence)):
            fence = "" if fence else mark
    return None


def group_of(title: str) -> Group:
    """Parse the group that a heading opens."""
    return Group(title.strip(), iso_date(title.replace("[[", "").replace("]]", "")))


@dataclass(slots=True)
class _Item:
    """A highlight on its way: its lines, and which part of it they belong to."""

    start: int
    width: int
    lines: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)
    part: str = "text"
    id: str = ""
    end: int = 0


def _read(text: Text) -> Export:
    start = first_group(text)
    if start is None:
        start = len(text.source.text)
    reader = _Reader(text)
    reader.read(start)
    work = with_remarks(read_preamble(text, start), reader.remarks)
    groups = [replace(each, group=_dated(each.group, iso_date(work.date))) for each in reader.highlights]
    work = replace(
        work,
        highlights=tuple(groups),
        form="obsidian",
    )
    return Export((work,), tuple(reader.found))


def _dated(group: Group | None, date: str) -> Group | None:
    """Date the first group, which is as old as the file says."""
    return replace(group, date=date) if group and not group.date and group.title.casefold() == "highlights" else group


class _Reader:
    """Reads the lines under the first heading of highlights."""

    def __init__(self, text: Text) -> None:
        self.highlights: list[Highlight] = []
        self.remarks: list[str] = []
        self.found: list[Diagnostic] = []
        self._source = text.source
        self._item: _Item | None = None
        self._group: Group | None = None
        self._headings: tuple[Heading, ...] = ()

    def read(self, start: int) -> None:
        """Read all that follows an offset, which is the beginning of a line."""
        rows = list(lines(self._source.text, start))
        code = code_lines([line for _, line in rows])
        for number, (at, line) in enumerate(rows):
            self._line(line, at, inside_code=number in code)
        self._close(len(self._source.text))

    def _line(self, line: str, at: int, *, inside_code: bool) -> None:
        item = self._item
        if item and inside_code:
            self._continue(item, line)
        elif match := ITEM.match(line):
            self._close(at)
            self._item = _Item(at, max(len(match["marker"].expandtabs(4)), 2))
            self._item.lines.append(line[match.end() :])
        elif match := HEADING.match(line):
            self._close(at)
            self._heading(match, line, at)
        elif item and (match := _BLOCK_ID.match(line)):
            item.id = match["id"]
        elif item and (line[:1] in (" ", "\t") or not line.strip()):
            self._continue(item, line)
        elif item and item.lines[-1].strip() and item.part == "text":
            item.lines.append(line)  # a lazy continuation
        else:
            self._close(at)
            if line.strip() or self.remarks:
                self.remarks.append(line)

    def _heading(self, match: re.Match[str], line: str, at: int) -> None:
        title, level = match["title"], len(match["marks"])
        if GROUP.match(line):
            self._group, self._headings = group_of(title), ()
            return
        if level < 3:  # Readwise's own headings are known, and those of a work begin lower
            self.found.append(finding("readwise-heading", self._source, at, at + len(line), title=title))
        above = tuple(each for each in self._headings if each.level < level)
        self._headings = (*above, Heading(level, title))

    def _continue(self, item: _Item, line: str) -> None:
        match = _PART.match(line)
        if match and item.part != "note":
            part = "note" if match["name"] == "Note" else "tags"
            if part == "tags":
                item.tags += tags(match["text"])
            else:
                item.part = part
                item.note.append(match["text"])
        elif item.part == "note":
            item.note.append(dedented(line, 6))
        else:
            item.lines.append(dedented(line, item.width))

    def _close(self, end: int) -> None:
        item, self._item = self._item, None
        if item is None:
            return
        text, label, url, block = split_label("\n".join(item.lines).rstrip())
        if not label and item.lines and (match := LOOSE.match(item.lines[-1])):
            text, label, url, block = "\n".join(item.lines[:-1]), match["label"], match["url"], match["id"] or ""
        if last := _LAST_ID.search(text):
            text, block = text[: last.start()].rstrip(), last["id"]
        self.highlights.append(
            Highlight(
                text=text,
                id=item.id or block.removeprefix("^"),
                raw=text,
                note="\n".join(item.note).strip(),
                tags=tuple(dict.fromkeys(item.tags)),
                color=color_of(item.tags),
                location=location(label),
                url=url,
                group=self._group,
                headings=self._headings,
                start=item.start,
                end=end,
            )
        )


def code_lines(rows: list[str], ends: re.Pattern[str] = GROUP) -> frozenset[int]:
    """Find the lines in code fences that close before another highlight ends; an open fence ends with its item.

    `ends` is a line that is in no fence, whatever fence seems to be open.
    """
    inside: set[int] = set()
    for first, last in _fences(rows, ends):
        inside.update(range(first + 1, last + 1))
    return frozenset(inside)


def _fences(rows: list[str], ends: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Find the code fences that are closed: the numbers of their first and last line."""
    opened, mark = -1, ""
    for number, line in enumerate(rows):
        match = _FENCE.match(ITEM.sub("", line))
        if opened >= 0 and (ends.match(line) or (LABEL.search(line) and not match)):
            opened = -1
        elif match and opened >= 0 and match[1].startswith(mark) and not line[match.end() :].strip().isalnum():
            yield opened, number
            opened = -1
        elif match and opened < 0:
            opened, mark = number, match[1]


FORMAT = Format("obsidian", MARKDOWN, is_readwise, _read)
