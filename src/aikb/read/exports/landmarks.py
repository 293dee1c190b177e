"""Find where the highlights of a Markdown export begin, and whether a file is one: by its headings, or by its items."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from aikb.read.exports.format import Text

GROUP = re.compile(
    r"^#{1,3} +(?P<title>(?:Highlights|Surlignages)(?=\s*(?:$|[:\[#(]|\d|first ))[^\n]*"
    r"|New highlights added\b.*|Nouveaux surlignages\b.*)$",
    re.IGNORECASE,
)
ITEM = re.compile(r"^(?P<marker>[-*+](?: {1,3}|\t|$))")
NUMBERED = re.compile(r"^(?P<marker>\d{1,4}[.)](?: {1,3}|\t))")
"""An item of a list that its reader has numbered."""
_LANDMARK = re.compile(rf"(?:{GROUP.pattern})|^(?P<fence>`{{3,}}|~{{3,}})", re.IGNORECASE | re.MULTILINE)
"""A heading of highlights, or a fence: what is in one is an example."""
_LABELLED = re.compile(
    r"\(\[[^\]\n]{1,60}\]\(https?://(?:read\.readwise\.io/read/|(?:www\.)?readwise\.io/(?:to_kindle|open))[^)\s]*\)\)"
    r"[ \t]*(?:\^[\w-]+)?[ \t]*$",
    re.MULTILINE,
)
"""What the items of Readwise's exports end in."""
_QUOTED = re.compile(
    r"^>[^\n]*\[\(?[^\]\n]{1,60}\]\(https?://(?:read\.readwise\.io/read/|(?:www\.)?readwise\.io/(?:to_kindle|open))[^)\s]*\)"
    r"[) \t]*(?:\^[\w-]+)?[ \t]*$",
    re.MULTILINE,
)
"""The same at the end of a line of a block quote."""
_TWO = 2
"""Items that make an export; one does, where a tag or a folder says so."""
_AGAIN = re.compile(
    r"^(?:#{1,2} [^\n]*\n(?:[ \t]*\n|!\[[^\n]*\n)*)?#{2,3} Metadata[ \t]*$"
    r"|^---[ \t]*\n(?=(?:[\w -]+:[^\n]*\n|[ \t]+[^\n]*\n|- [^\n]*\n)+---[ \t]*$)",
    re.MULTILINE,
)
"""The head of another export: its title and metadata, or front matter."""


def is_readwise(text: Text) -> bool:
    """Detect a Markdown file that says that it is an export and has a heading for highlights, or whose items are Readwise's."""
    body = text.source.text
    marked = (
        "rw-book-cover" in body or "readwise" in body.casefold() or re.search(r"^#{2,3} Metadata", body, re.MULTILINE)
    )
    return bool(marked and (first_group(text) is not None or first_item(text) is not None))


def first_group(text: Text, end: int | None = None) -> int | None:
    """Find where the first heading of highlights begins."""
    fence = ""
    for match in _LANDMARK.finditer(text.source.text, text.offset, len(text.source.text) if end is None else end):
        mark = match["fence"]
        if not mark and not fence:
            return match.start()
        if mark and (not fence or mark.startswith(fence)):
            fence = "" if fence else mark
    return None


def first_item(text: Text) -> int | None:
    """Find where the first item of a file begins that has no heading for its highlights, if its items are Readwise's."""
    source = text.source.text
    ends = [match.start() for match in _LABELLED.finditer(source, text.offset)]
    if len(ends) < (1 if _says_readwise(text) else _TWO):
        return None
    items = [at for at in _items(source, text.offset) if at <= ends[-1]]
    starts = [max((at for at in items if at <= end), default=-1) for end in ends[:_TWO]]
    return starts[0] if starts[0] >= 0 and len(set(starts)) == len(starts) else None


def first_quote(text: Text) -> int | None:
    """Find where the first block quote begins of a file without a heading of highlights, if its quotes are Readwise's.

    A note of one's own may quote highlights, too: where no tag or folder says otherwise, most lines are quotes.
    """
    source = text.source.text
    found = [match.start() for match in _QUOTED.finditer(source, text.offset)]
    if not found or (not _says_readwise(text) and (len(found) < _TWO or not _mostly_quotes(source[text.offset :]))):
        return None
    start = found[0]
    while start > text.offset and source[source.rfind("\n", 0, start - 1) + 1 : start].startswith(">"):
        start = source.rfind("\n", 0, start - 1) + 1
    return start


def _mostly_quotes(body: str) -> bool:
    rows = [line for line in body.split("\n") if line.strip() and not line.startswith("#")]
    return 2 * sum(line.startswith(">") for line in rows) > len(rows)


def _says_readwise(text: Text) -> bool:
    """Tell whether a tag or a folder says that a file is Readwise's."""
    return any("readwise" in each.casefold() for each in (*text.metadata.tags, *text.source.path.split("/")[:-1]))


def _items(source: str, offset: int) -> Iterator[int]:
    """List where the items at the left margin begin."""
    return (
        match.start()
        for match in re.finditer(r"^[-*+][ \t]", source[: len(source)], re.MULTILINE)
        if match.start() >= offset
    )


def segments(text: Text, start: int) -> list[tuple[int, int]]:
    """Split a file at the heads of further exports below its highlights, which begin at `start`: where each begins and ends."""
    source = text.source.text
    begins = [match.start() for match in _AGAIN.finditer(source, start)]
    bounds = [text.offset, *begins, len(source)]
    return [(one, other) for one, other in pairwise(bounds) if one < other]
