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
from itertools import pairwise

from aikb.findings.finding import finding
from aikb.model.finding import Diagnostic
from aikb.model.highlights import Group, Heading, Highlight, Work
from aikb.model.source import Source
from aikb.read.exports.dates import iso_date
from aikb.read.exports.format import MARKDOWN, Export, Format, Text
from aikb.read.exports.items import NOTE_WORDS, TAG_WORDS, color_of, dedented, lines, tags
from aikb.read.exports.labels import LABEL, LOOSE, address, location, named, split_label
from aikb.read.exports.landmarks import GROUP, ITEM, NUMBERED, first_group, first_item, is_readwise, segments
from aikb.read.exports.preamble import read_preamble, with_remarks
from aikb.read.front_matter.parse import read_front_matter

HEADING = re.compile(r"^(?P<marks>#{1,6}) +(?P<title>.*?)(?: +#+)? *$")
_FENCE = re.compile(r"^\s*(```+|~~~+)")
_PART = re.compile(
    rf"^(?P<indent>[ \t]+)[-*+] +[*_]{{0,2}}(?:(?P<tags>{TAG_WORDS})|{NOTE_WORDS})[*_]{{0,2}}[ \u00a0]?:[*_]{{0,2}}"
    r"[ \t]?(?P<text>.*)$",
    re.IGNORECASE,
)
_UNDER = re.compile(r"[ \t]+[-*+][ \t]+\S")
_ONLY_TAGS = re.compile(r"\s*[-*+]\s+(?:#[\w/-]+[\s,]*)+")
_TASK = re.compile(r"^\[[ xX/-]\] ")
"""What makes a task of an item."""
_STAMP = re.compile(r"\[\[(?P<day>\d{4}-\d\d-\d\d)\]\](?: (?P<clock>\d\d:\d\d))? ")
"""When a passage was marked, before its text."""
_RULE = re.compile(r"\s*(?:-{3,}|\*{3,}|_{3,}|%%.*|<!--.*)\s*")
"""What ends an item whatever it holds."""
_BLOCK_ID = re.compile(r"^\s*\^(?P<id>[\w-]+)\s*$")
_LAST_ID = re.compile(r"\s\^(?P<id>(?:rw|ref)[\w-]+|\d+)$")


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
    """Read the works of a file: one, or more where exports were joined."""
    first = first_group(text)
    first = first_item(text) if first is None else first
    first = len(text.source.text) if first is None else first
    works: dict[str, Work] = {}
    found: list[Diagnostic] = []
    for number, (start, end) in enumerate(segments(text, first)):
        part = _part(text, start, end) if number else text
        begin = first if number == 0 else first_group(part, end)
        work = _read_work(part, end if begin is None else begin, end, found)
        known = works.get(work.title)
        works[work.title] = _joined(known, work) if known else work
    return Export(tuple(works.values()), tuple(found))


def _part(text: Text, start: int, end: int) -> Text:
    """Make a text of an export that begins below another, with front matter of its own."""
    whole = text.source.text
    front = read_front_matter(Source(text.source.path, whole[start:end]))
    return Text(text.source, front.metadata, front.data, start + front.offset)


def _joined(work: Work, later: Work) -> Work:
    """Join what two exports in one file say of one work."""
    remarks = "\n\n".join(dict.fromkeys(filter(None, (work.remarks, later.remarks))))
    return replace(
        work, highlights=(*work.highlights, *later.highlights), note=work.note or later.note, remarks=remarks
    )


def _read_work(text: Text, start: int, end: int, found: list[Diagnostic]) -> Work:
    """Read one work, whose highlights begin at `start`."""
    reader = _Reader(text)
    reader.read(start, end)
    found += reader.found
    work = with_remarks(read_preamble(text, start), reader.remarks)
    groups = [replace(each, group=_dated(each.group, iso_date(work.date))) for each in reader.highlights]
    return replace(work, highlights=tuple(groups), form="obsidian")


def _dated(group: Group | None, date: str) -> Group | None:
    """Date the first group, which is as old as the file says."""
    return replace(group, date=date) if group and not group.date and group.title.casefold() == "highlights" else group


@dataclass(frozen=True, slots=True)
class _Unused:
    """A heading that no highlight stands under so far."""

    heading: Heading
    line: str
    at: int
    position: int
    """How many lines of remarks stand above it."""


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
        self._unused: list[_Unused] = []
        self._begins = ITEM
        """How an item begins."""

    def read(self, start: int, end: int) -> None:
        """Read all between two offsets, which are beginnings of lines."""
        rows = list(lines(self._source.text, start, end))
        self._begins = NUMBERED if _are_numbered(rows) else ITEM
        code = code_lines([line for _, line in rows])
        own = _own_sections(rows)
        for number, (at, line) in enumerate(rows):
            if number in own:
                self._close(at)
                self.remarks.append(line)
            else:
                self._line(line, at, inside_code=number in code)
        self._close(end)
        for each in reversed(self._unused):
            self.remarks[each.position : each.position] = ["", each.line, ""]

    def _line(self, line: str, at: int, *, inside_code: bool) -> None:
        item = self._item
        if item and inside_code:
            self._continue(item, line)
        elif match := self._begins.match(line):
            self._close(at)
            self._use_headings()
            self._item = _Item(at, max(len(match["marker"].expandtabs(4)), 2))
            self._item.lines.append(_TASK.sub("", line[match.end() :]))
        elif match := HEADING.match(line):
            self._close(at)
            self._heading(match, line, at)
        elif item and (match := _BLOCK_ID.match(line)):
            item.id = match["id"]
        elif item and (line[:1] in (" ", "\t") or not line.strip()):
            self._continue(item, line)
        elif item and item.lines[-1].strip() and item.part == "text":
            item.lines.append(line)  # a lazy continuation
        elif item and item.part == "note" and not _RULE.fullmatch(line):
            item.note.append(line)  # a paragraph of the remark that lost its indent
        else:
            self._close(at)
            if line.strip() or self.remarks:
                self.remarks.append(line)

    def _heading(self, match: re.Match[str], line: str, at: int) -> None:
        title, level = match["title"], len(match["marks"])
        if GROUP.match(line):
            self._group, self._headings = group_of(title), ()
            return
        above = tuple(each for each in self._headings if each.level < level)
        self._headings = (*above, Heading(level, title))
        if title:
            self._unused.append(_Unused(self._headings[-1], line, at, len(self.remarks)))

    def _use_headings(self) -> None:
        """Take the headings above a highlight for chapters; the others stay with the reader's own words."""
        kept = []
        for each in self._unused:
            if not any(each.heading is heading for heading in self._headings):
                kept.append(each)
            elif each.heading.level < 3:  # Readwise's own headings are known, and those of a work begin lower
                end = each.at + len(each.line)
                self.found.append(finding("readwise-heading", self._source, each.at, end, title=each.heading.title))
        self._unused = kept

    def _continue(self, item: _Item, line: str) -> None:
        match = _PART.match(line)
        if match and item.part != "note":
            part = "tags" if match["tags"] else "note"
            if part == "tags":
                item.tags += tags(match["text"])
            else:
                item.part = part
                item.note.append(match["text"])
        elif item.part == "note":
            item.note.append(dedented(line, 6))
        elif _UNDER.match(line) and split_label("\n".join(item.lines).rstrip()).label:
            self._remark(item, line)
        else:
            item.lines.append(dedented(line, item.width))

    @staticmethod
    def _remark(item: _Item, line: str) -> None:
        """Read a bullet below the label of a highlight, where nothing of its text can be: a tag, or a remark without a name."""
        written = dedented(line, 4)
        if _ONLY_TAGS.fullmatch(written):
            item.tags += tags(written.strip(" -*+"))
        else:
            item.part = "note"
            item.note.append(written)

    def _close(self, end: int) -> None:
        item, self._item = self._item, None
        if item is None:
            return
        text, label, url, block, tail = split_label("\n".join(item.lines).rstrip())
        if not label and item.lines and (match := LOOSE.match(item.lines[-1])):
            text, label, url, block = "\n".join(item.lines[:-1]), named(match), address(match), match["id"] or ""
        if last := _LAST_ID.search(text):
            text, block = text[: last.start()].rstrip(), last["id"]
        item.tags += tags(tail.replace("— Group:", "")) if tail else ()
        stamp = _STAMP.match(text)
        text = text[stamp.end() :] if stamp else text
        self.highlights.append(
            Highlight(
                text=text,
                id=item.id or block.removeprefix("^"),
                raw=text,
                note="\n".join(item.note).strip(),
                tags=tuple(dict.fromkeys(item.tags)),
                color=color_of(item.tags),
                location=location(label, url),
                url=url,
                date=iso_date(f"{stamp['day']} {stamp['clock'] or ''}") if stamp else "",
                group=self._group,
                headings=self._headings,
                start=item.start,
                end=end,
            )
        )


def _own_sections(rows: list[tuple[int, str]]) -> frozenset[int]:
    """Find the lines of the reader's own sections: under a high heading, without labels where all items above have one."""
    heads = [at for at, (_, line) in enumerate(rows) if (match := HEADING.match(line)) and len(match["marks"]) < 3]
    own = set[int]()
    labelled = _ends_in_labels(rows[: heads[0]] if heads and heads[0] else rows[: heads[1]] if len(heads) > 1 else rows)
    for head, end in pairwise([*heads, len(rows)]):
        if GROUP.match(rows[head][1]):
            labelled = labelled or _ends_in_labels(rows[head:end])
        elif labelled and not any(LABEL.search(line) for _, line in rows[head:end]):
            own.update(range(head, end))
    return frozenset(own)


def _ends_in_labels(rows: list[tuple[int, str]]) -> bool:
    """Tell whether as many labels as items stand in some lines."""
    items = sum(ITEM.match(line) is not None for _, line in rows)
    return 0 < items <= sum(LABEL.search(line) is not None or LOOSE.match(line) is not None for _, line in rows)


def _are_numbered(rows: list[tuple[int, str]]) -> bool:
    """Tell whether a reader has numbered the highlights: no item has a bullet, and a numbered one ends in a label."""
    numbered = [line for _, line in rows if NUMBERED.match(line)]
    return any(LABEL.search(line) for line in numbered) and not any(ITEM.match(line) for _, line in rows)


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
