r"""Read customised exports to Obsidian: each highlight a block quote or a callout, with a heading, rule or list around it.

    ### id451234                          an id, a place (`### Location 417`), or a chapter
    > TEXT
    > \- [(View Highlight)](https://…)
    **Initial thought or note on:** [(View Highlight)](https://…)
    the reader's remark

Remarks stand after the quote, before it where rules divide the highlights, in a callout `> [!note]`, or in an item
`- [note] …`.
Format F2 of the reference, by the templates seen in public vaults.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from aikb.model.highlights import Group, Heading, Highlight, Location
from aikb.read.exports.format import MARKDOWN, Export, Format, Text
from aikb.read.exports.items import color_of, lines, tags
from aikb.read.exports.labels import LOOSE, location, split_label
from aikb.read.exports.landmarks import GROUP, ITEM, first_group, first_quote, is_readwise
from aikb.read.exports.obsidian import HEADING, code_lines, group_of
from aikb.read.exports.preamble import read_preamble, with_remarks

_RULE = re.compile(r"^(?:-{3,}|\*{3,}|_{3,}|<BR */?>)\s*$", re.IGNORECASE)
_ID = re.compile(r"^(?:id:? ?)?(?P<id>\d{5,})$", re.IGNORECASE)
_OWN_HEADING = re.compile(
    rf"{GROUP.pattern}|^#{{1,6}} +(?:(?:id:? ?)?\d{{5,}}|(?:Location|Page|Time)\s\S+)\s*$", re.IGNORECASE
)
"""The heading of a group, or of one highlight."""
_CALLOUT = re.compile(r"^\[!(?P<kind>[\w-]+)\][+-]? *(?P<title>.*)$")
_REMARK = re.compile(
    r"^(?:[-*+] +)?(?:\*{2}[^*]*\b(?:note|thought)s?\b[^*]*\*{2}|\[n(?:ote)?\]|\*{0,2}Notes?\*{0,2}:{1,2}\*{0,2})[ \t]*"
    r"(?P<label>\[\(?[^\]]*\)?\]\([^()\s]*\))?[ \t]*(?P<text>.*)$",
    re.IGNORECASE,
)
_KIND_OF_QUOTE = re.compile(r"(?:highlight|quote|surlignage|citation|passage)s?\s?\d*", re.IGNORECASE)
"""The title of a callout that says only what it is."""
_TAGS = re.compile(r"^(?:[-*+] +)?\*{0,2}Tags\*{0,2} ?:{1,2}\*{0,2} *(?P<tags>.*)$")
_BLOCK_ID = re.compile(r"(?<!\s)\s*\^(?:rwhi|rwID-|rw)?(?P<id>[\w-]+)\s*$")
_NOTES = ("note", "comment", "todo", "thought")


def _recognises(text: Text) -> bool:
    start = first_group(text)
    if start is None:
        return first_quote(text) is not None
    return is_readwise(text) and _begins_with_quote(text.source.text[start:])


def _begins_with_quote(body: str) -> bool:
    """Detect that the first highlight is a quote and no item; an item that says something of a quote counts as none."""
    for line in body.split("\n"):
        if line.startswith(">"):
            return True
        if ITEM.match(line) and not (LOOSE.match(line) or _TAGS.match(line) or _REMARK.match(line)):
            return False
    return False


@dataclass(slots=True)
class _Quote:
    """A highlight on its way."""

    start: int
    group: Group | None
    headings: tuple[Heading, ...]
    id: str = ""
    location: Location | None = None
    lines: list[str] = field(default_factory=list)
    note: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    url: str = ""
    end: int = 0
    alone: bool = False
    """Whether it has a heading of its own: then what quotes follow are of its text, or of the remark on it."""

    def highlight(self) -> Highlight:
        """Make the finished highlight."""
        text, label, url, block = split_label("\n".join(self.lines).strip("\n"))
        rest, block_id = _without_block_id(text)
        return Highlight(
            text=rest,
            id=self.id or block_id or block.removeprefix("^"),
            raw=rest,
            note="\n".join(self.note).strip(),
            tags=tuple(dict.fromkeys(self.tags)),
            color=color_of(self.tags),
            location=self.location or location(label),
            url=self.url or url,
            group=self.group,
            headings=self.headings,
            start=self.start,
            end=self.end,
        )


def _is_labelled(line: str) -> bool:
    """Tell whether the label of a quote stands in a line."""
    return bool(split_label(line)[1] or LOOSE.match(line))


def _without_block_id(text: str) -> tuple[str, str]:
    match = _BLOCK_ID.search(text)
    return (text[: match.start()], match["id"]) if match else (text, "")


class _Reader:
    """Reads the blocks under the first heading of highlights, one after the other."""

    def __init__(self) -> None:
        self.quotes: list[_Quote] = []
        self.remarks: list[str] = []
        self._group: Group | None = None
        self._headings: tuple[Heading, ...] = ()
        self._id = ""
        self._place: Location | None = None
        self._waiting: list[str] = []
        self._open: _Quote | None = None

    def read(self, blocks: Iterator[tuple[int, list[str]]], end: int) -> None:
        """Read all blocks: offset and lines of each."""
        for at, block in blocks:
            first = block[0]
            if _RULE.match(first):
                self._divide(at)
            elif match := HEADING.match(first):
                self._divide(at)
                self._heading(match, first)
            elif first.startswith(">"):
                self._quote([re.sub(r"^> ?", "", line) for line in block], at)
            elif self._open is None:
                self._waiting += [*block, ""]
            else:
                self._after(self._open, block)
        self._divide(end)
        self.remarks += self._waiting

    def _divide(self, at: int) -> None:
        if self._open:
            self._open.end = at
        self._open = None

    def _heading(self, match: re.Match[str], line: str) -> None:
        title, level = match["title"], len(match["marks"])
        if GROUP.match(line):
            self._group, self._headings = group_of(title), ()
            self._id, self._place = "", None
        elif number := _ID.match(title):
            self._id = number["id"]
        elif (place := location(title)) is not None:
            self._place = place
        else:
            self._headings = (*(each for each in self._headings if each.level < level), Heading(level, title))
            self._id, self._place = "", None

    def _quote(self, lines: list[str], at: int) -> None:
        callout = _CALLOUT.match(lines[0])
        if callout and callout["kind"].casefold() in _NOTES and self._open:
            self._open.note += lines[1:]
            return
        above = self._open
        if above and above.alone and not callout and not (above.url and any(LOOSE.match(line) for line in lines)):
            if above.url or above.note:
                above.note += [*(f"> {line}".rstrip() for line in lines), ""]
                return
            lines, at = [*above.lines, "", *lines], above.start
            self.quotes.pop()
            self._id, self._place = above.id, above.location
        self._divide(at)
        quote = self._open = _Quote(at, self._group, self._headings, self._id, self._place)
        quote.alone = bool(self._id or self._place)
        self.quotes.append(quote)
        self._id, self._place = "", None
        if self._waiting:  # a remark that stands above its highlight
            self._after(quote, self._waiting)
            self._waiting = []
        if callout and _KIND_OF_QUOTE.fullmatch(callout["title"].strip()):
            lines = lines[1:]
        elif callout:
            lines = (
                [callout["title"], *lines[1:]] if not LOOSE.match(callout["title"]) else [*lines[1:], callout["title"]]
            )
        said = next(
            (at for at, line in enumerate(lines) if at and _REMARK.match(line) and _is_labelled(lines[at - 1])), None
        )
        if said is not None:  # the remark stands in the quote, below the label
            self._after(quote, lines[said:])
            lines = lines[:said]
        while lines and (not lines[-1].strip() or (label := LOOSE.match(lines[-1]))):
            if lines[-1].strip() and label:
                self._label(quote, label)
            lines = lines[:-1]
        quote.lines = lines

    def _after(self, quote: _Quote, lines: list[str]) -> None:
        """Read what follows a quote: its label, its tags, or a remark."""
        for line in lines:
            if label := LOOSE.match(line):
                self._label(quote, label)
            elif match := _TAGS.match(line):
                quote.tags += tags(match["tags"])
            elif (match := _BLOCK_ID.fullmatch(line)) and line.strip():
                quote.id = quote.id or match["id"].removesuffix("-note")
            elif match := _REMARK.match(line):
                quote.note.append(match["text"])
            else:
                quote.note.append(line)
        quote.note.append("")

    @staticmethod
    def _label(quote: _Quote, label: re.Match[str]) -> None:
        quote.url = quote.url or label["url"]
        quote.location = quote.location or location(label["label"])
        quote.id = quote.id or _without_block_id(label["id"] or "")[1]


def _blocks(source: str, start: int) -> Iterator[tuple[int, list[str]]]:
    """Split into runs of lines between blank lines; quotes, headings and rules are runs of their own, but for those in code."""
    run: list[str] = []
    begins = 0
    rows = list(lines(source, start))
    code = code_lines([line for _, line in rows], _OWN_HEADING)
    for number, (at, line) in enumerate(rows):
        if number in code and run:
            run.append(line)
            continue
        alone = bool(HEADING.match(line) or _RULE.match(line))
        if run and (not line.strip() or alone or line.startswith(">") != run[0].startswith(">")):
            yield begins, run
            run = []
        if alone:
            yield at, [line]
        elif line.strip():
            begins = begins if run else at
            run.append(line)
    if run:
        yield begins, run


def _read(text: Text) -> Export:
    start = first_group(text)
    if start is None:
        start = first_quote(text)
    if start is None:
        start = len(text.source.text)
    reader = _Reader()
    reader.read(_blocks(text.source.text, start), len(text.source.text))
    work = with_remarks(read_preamble(text, start), reader.remarks)
    work = replace(
        work,
        highlights=tuple(quote.highlight() for quote in reader.quotes),
        form="quotes",
    )
    return Export((work,))


FORMAT = Format("quotes", MARKDOWN, _recognises, _read)
