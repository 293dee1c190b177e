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
from aikb.read.exports.items import NOTE_WORDS, TAG_WORDS, color_of, lines, tags
from aikb.read.exports.labels import LABEL, LOOSE, PASSAGE_ADDRESS, address, location, named, split_label
from aikb.read.exports.landmarks import GROUP, ITEM, first_group, first_quote, is_readwise
from aikb.read.exports.linked_paragraphs import (
    BULLET,
    QUOTED,
    REMARK,
    comes_before_items,
    is_passage,
    split_passages,
    with_labels,
)
from aikb.read.exports.obsidian import HEADING, code_lines, group_of
from aikb.read.exports.preamble import read_preamble, with_remarks

_RULE = re.compile(r"^(?:-{3,}|\*{3,}|_{3,}|<BR */?>)\s*$", re.IGNORECASE)
_ID = re.compile(r"^(?:id:? ?)?(?P<id>\d{5,})$", re.IGNORECASE)
_OWN_HEADING = re.compile(
    rf"{GROUP.pattern}|^#{{1,6}} +(?:(?:id:? ?)?\d{{5,}}|(?:Location|Page|Time)\s\S+)\s*$", re.IGNORECASE
)
"""The heading of a group, or of one highlight."""
_CALLOUT = re.compile(r"^\[!(?P<kind>[\w-]+)\][+-]? *(?P<title>.*)$")
_NESTED = re.compile(r"^> ?\[!(?P<kind>[\w-]+)\][+-]? *(?P<title>.*)$")
"""A callout in a quote, which holds the remark on it."""
_KIND_OF_QUOTE = re.compile(r"(?:(?:highlight|quote|surlignage|citation|passage)s?)?\s?#?\d*", re.IGNORECASE)
"""The title of a callout that says only what it is."""
_KIND_OF_REMARK = re.compile(rf"[\W_]*(?:(?:[\w.]+['’]s )?{NOTE_WORDS})?[\W_]*", re.IGNORECASE)
"""The title of a callout that says only that a remark follows, and whose."""
_TAGS = re.compile(
    rf"^(?:[-*+] +)?\*{{0,2}}{TAG_WORDS}\*{{0,2}}[ \u00a0]?:{{1,2}}\*{{0,2}} *(?P<tags>.*)$", re.IGNORECASE
)
_BLOCK_ID = re.compile(r"(?<!\s)\s*\^(?:rwhi|rwID-|rw)?(?P<id>[\w-]+)\s*$")
_DATED = re.compile(r"[\d\W]*(?:(?:at|à|um|alle|a las)\b)?[\d\W]*(?:[ap]m)?\W*", re.IGNORECASE)
"""A line that tells when the passages were exported, and nothing else."""
_ONLY_TAGS = re.compile(r"\s*(?:#[\w/-]*[^\W\d][\w/-]*[\s,]*)+")
_MARKED = re.compile(r"<mark[^<>]*>(?P<text>[^<]*)</mark>|==(?P<inside>[^=]+)==")
"""A passage that is marked as a whole, by its colour."""
_NOTES = ("note", "comment", "todo", "thought")


def _recognises(text: Text) -> bool:
    start = first_group(text)
    if start is None:
        return first_quote(text) is not None
    return is_readwise(text) and _begins_with_quote(text.source.text[start:])


def _begins_with_quote(body: str) -> bool:
    """Detect that the first highlight is no item, but a quote or a paragraph that ends in a link to it.

    An item that says something of a quote counts as none.
    """
    for line in body.split("\n"):
        if line.startswith(">") or is_passage([line]):
            return True
        if ITEM.match(line) and not (LOOSE.match(line) or _TAGS.match(line) or REMARK.match(line)):
            break
    return comes_before_items(body)


def _starts_with_quote(body: str) -> bool:
    """Detect that a block quote comes before any paragraph that is a passage; where there is neither, none does."""
    return next(
        (line.startswith(">") for line in body.split("\n") if line.startswith(">") or is_passage([line])), False
    )


def _opened(lines: list[str], title: str) -> list[str]:
    """Open a callout: a title that says more than what it is belongs to the text, a label to its end."""
    if _KIND_OF_QUOTE.fullmatch(title.strip()):
        return lines[1:]
    label = None if len(lines) == 1 or _NESTED.match(lines[1]) else LABEL.search(title)
    if label and re.search(PASSAGE_ADDRESS, label[0]):
        return [*lines[1:], label[0].strip()]  # what stands before it says where the passage is from
    return [*lines[1:], title] if LOOSE.match(title) else [title, *lines[1:]]


def _remark_in(lines: list[str]) -> int:
    """Find the line of a quote from which on it is a remark: below the label, or in a callout of its own; 0 without one."""
    for at, line in enumerate(lines):
        above = lines[at - 1] if at else ""
        if not at:
            continue
        if _NESTED.match(line) or (line.strip() and re.search(PASSAGE_ADDRESS, above) and _is_labelled(above)):
            return at
        if REMARK.match(line) and (_is_labelled(above) or (line.startswith("**") and not above.strip())):
            return at
    return 0


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
        text, label, url, block, tail = split_label("\n".join(self.lines).strip("\n"))
        names = [*self.tags, *(tags(tail) if tail else ())]
        rest, block_id = _without_block_id(text)
        marked = _MARKED.fullmatch(rest)
        rest = (marked["text"] or marked["inside"]) if marked else rest
        return Highlight(
            text=rest,
            id=self.id or block_id or block.removeprefix("^"),
            raw=rest,
            note="\n".join(self.note).strip(),
            tags=tuple(dict.fromkeys(names)),
            color=color_of(names),
            location=self.location or location(label, self.url or url),
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

    def __init__(self, *, in_paragraphs: bool) -> None:
        self.quotes: list[_Quote] = []
        self.remarks: list[str] = []
        self._group: Group | None = None
        self._headings: tuple[Heading, ...] = ()
        self._id = ""
        self._place: Location | None = None
        self._waiting: list[str] = []
        self._open: _Quote | None = None
        self._in_paragraphs = in_paragraphs

    def read(self, blocks: Iterator[tuple[int, list[str]]], end: int) -> None:
        """Read all blocks: offset and lines of each."""
        for at, block in with_labels(blocks) if self._in_paragraphs else blocks:
            first = block[0]
            if _RULE.match(first):
                self._divide(at)
            elif match := HEADING.match(first):
                self._divide(at)
                self._heading(match, first)
            elif first.startswith(">"):
                self._quote([re.sub(r"^> ?", "", line) for line in block], at)
            elif self._in_paragraphs and is_passage(block):
                self._paragraph(block, at)
            elif self._open is None and all(_DATED.fullmatch(line) for line in block):
                self.remarks += block
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
        if callout:
            lines = _opened(lines, callout["title"])
        said = _remark_in(lines)
        if said:
            self._after(quote, lines[said:])
            lines = lines[:said]
        while lines and (not lines[-1].strip() or (label := LOOSE.match(lines[-1]))):
            if lines[-1].strip() and label:
                self._label(quote, label)
            lines = lines[:-1]
        quote.lines = lines

    def _paragraph(self, block: list[str], at: int) -> None:
        """Read a paragraph that is a passage, or several, each on lines of its own; and what stands below the link of each."""
        for begin, end, following in split_passages(block):
            below = block[end:following]
            if match := QUOTED.match(block[begin]):
                self._quote([f"{match['text']} {match['link']}".rstrip()], at)
                below = [match["rest"], *below] if match["rest"] else below
            else:
                self._quote([BULLET.sub("", block[begin]), *block[begin + 1 : end]], at)
            at += sum(len(line) + 1 for line in block[begin:following])
            if below and self._open:
                self._after(self._open, below)

    def _after(self, quote: _Quote, lines: list[str]) -> None:
        """Read what follows a quote: its label, its tags, or a remark."""
        for line in lines:
            if label := LOOSE.match(line):
                self._label(quote, label)
            elif match := _TAGS.match(line):
                quote.tags += tags(match["tags"])
            elif (match := _BLOCK_ID.fullmatch(line)) and line.strip():
                quote.id = quote.id or match["id"].removesuffix("-note")
            elif _ONLY_TAGS.fullmatch(line):
                quote.tags += tags(line)
            elif match := _NESTED.match(line):
                quote.note += [] if _KIND_OF_REMARK.fullmatch(match["title"].strip()) else [match["title"]]
            elif match := REMARK.match(line):
                quote.note.append(match["text"])
            else:
                quote.note.append(line)
        quote.note.append("")

    @staticmethod
    def _label(quote: _Quote, label: re.Match[str]) -> None:
        quote.url = quote.url or address(label)
        quote.location = quote.location or location(named(label), address(label))
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
    reader = _Reader(in_paragraphs=not _starts_with_quote(text.source.text[start:]))
    reader.read(_blocks(text.source.text, start), len(text.source.text))
    work = with_remarks(read_preamble(text, start), reader.remarks)
    work = replace(
        work,
        highlights=tuple(quote.highlight() for quote in reader.quotes),
        form="quotes",
    )
    return Export((work,))


FORMAT = Format("quotes", MARKDOWN, _recognises, _read)
