"""Find Obsidian's comments, `%% … %%`: what an author hid and what must reach no reader.

Rules (https://help.obsidian.md/syntax#Comments, and Obsidian's reading view for what that leaves open):

- in code, in raw HTML's own comments and after a digit or a percent sign (`100%%`) the signs mean nothing;
- a comment that begins its line is a block, and ends with the next `%%`, wherever that is; without one it hides the rest;
- within a line it ends in the same paragraph; a lone `%%` is text. Where the next `%%` ends a line of a later paragraph, or
  both touch what stands between, it is taken for the end: rather too much is hidden than too little.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from aikb.model.node import Node
from aikb.model.source import Span
from aikb.read.events import COMMENT

Parser = Callable[[Sequence[Span]], tuple[Node, ...]]
"""Makes the tree of a text without some stretches of it."""
_SIGN = re.compile(r"(?<![%\d\\])%%(?!%)")
_END = re.compile(r"%%")
_MARGIN = re.compile(r"[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]*)*")
_PREFIX = re.compile(r"[ \t>]*")
_GAP = re.compile(r"\n[ \t>]*\n")
_ROUNDS = 40
"""A comment may hold the beginning of what looks like code; the text is then read again without it, so many times at most."""


@dataclass(frozen=True, slots=True)
class Comments:
    """The comments of a text."""

    spans: tuple[Span, ...] = ()
    """In the order of the text, signs and all."""
    unclosed: bool = False
    """Whether the last one has no end and hides the rest of the text."""


def find_comments(text: str, parse: Parser) -> Comments:
    """Find the comments in a note's text; `parse` tells what is code in it."""
    if not _SIGN.search(text):
        return Comments()
    spans: list[Span] = []
    unclosed, at = False, 0
    for _ in range(_ROUNDS):
        code = _closed_to_comments(parse(spans))
        at, unclosed = _scan(text, code, at, spans)
        if at >= len(text):
            break
    else:
        _, unclosed = _scan(text, (), at, spans)
    return Comments(tuple(spans), unclosed)


def _closed_to_comments(tree: Iterable[Node]) -> list[tuple[int, int]]:
    """List the stretches in which the signs mean nothing, in order."""
    found = []
    for root in tree:
        for node in root.walk():
            own = node.kind in ("code", "code-span")
            if own or (node.kind in ("html", "tag") and node.text.lstrip().startswith("<!--")):
                found.append((node.start, node.end))
    return sorted(found)


def _scan(text: str, code: Sequence[tuple[int, int]], at: int, spans: list[Span]) -> tuple[int, bool]:
    """Add the comments from an offset on; where to go on after a comment that swallows the beginning of code."""
    while match := _SIGN.search(text, at):
        start = match.start()
        if inside := _stretch(code, start):
            at = max(inside[1], match.end())
            continue
        begins_line = _begins_line(text, start)
        end = _end(text, start, begins_line=begins_line)
        if end < 0 and not (begins_line and _PREFIX.fullmatch(text, text.rfind("\n", 0, start) + 1, start)):
            at = match.end()
            continue
        spans.append(Span(start, end if end >= 0 else len(text)))
        if end < 0:
            return len(text), True
        at = end
        if (across := _stretch(code, end - 1)) and across[0] > start and across[1] > end:
            return at, False
    return len(text), False


def _stretch(code: Sequence[tuple[int, int]], at: int) -> tuple[int, int] | None:
    number = bisect_right(code, at, key=lambda each: each[0]) - 1
    return code[number] if number >= 0 and at < code[number][1] else None


def _begins_line(text: str, start: int) -> bool:
    line = text.rfind("\n", 0, start) + 1
    return _MARGIN.fullmatch(text, line, start) is not None


def _end(text: str, start: int, *, begins_line: bool) -> int:
    """Find where the comment that begins at an offset ends; -1 for nowhere."""
    match = _END.search(text, start + 2)
    if match is None:
        return -1
    if begins_line or not _GAP.search(text, start, match.start()):
        return match.end()
    last = not text[match.end() : _line_end(text, match.end())].strip()
    touches = text[start - 1].isspace() and not any(map(str.isspace, (text[start + 2], text[match.start() - 1])))
    return match.end() if (last or touches) and not _begins_line(text, match.start()) else -1


def masked(text: str, spans: Iterable[Span]) -> str:
    """Mask the comments of a text for the parser: those that fill their lines are blank lines, others are no characters.

    Blanks in their place would break a line at its end or indent its beginning.
    """
    out, done = list[str](), 0
    for span in spans:
        fills = _begins_line(text, span.start) and not text[span.end : _line_end(text, span.end)].strip()
        first, *rest = text[span.start : span.end].split("\n")
        mask = " " if fills else COMMENT
        lines = [mask * len(first)]
        for line in rest:
            kept = len(line) - len(line.lstrip(" \t>")) if fills else 0
            lines.append(line[:kept] + mask * (len(line) - kept))
        out += [text[done : span.start], ("\n" if fills else COMMENT).join(lines)]
        done = span.end
    return "".join([*out, text[done:]])


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
