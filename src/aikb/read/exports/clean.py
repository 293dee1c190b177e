"""Clean the text of a highlight, as Markdown: what copying out of a page did to it is undone.

Ligatures become letters, invisible characters go, `●` items become lists, the furniture of a slide becomes its number, and
words that a line end cut are joined where the work itself shows how they are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

_LIGATURES = {
    ord(char): text for char, text in zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)
}
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_LETTERS = {**_LIGATURES, **_INVISIBLE}
_FURNITURE = re.compile(r"(?<!\S)\\?#[\w-]+ ?\| ?(?P<page>\d{1,4})(?: \+)?(?: ?[→➔➜►])?(?!\S)")
_BULLET = re.compile(r"(?:^|(?<=\s))[●◼■▪](?:\s+[●◼■▪•])*\s+")
_LINE_BULLET = re.compile(r"^[ \t]*(?:[-*+] +)?(?:[•‣⁃∙]\s*)+(?=\S)")
_SUB_BULLET = re.compile(r"^[ \t]*[○◦▫]\s+(?=\S)")
_EMPTY_ITEM = re.compile(r"^([ \t]*[-*+][ \t]+)(?:[-*+][ \t]+)+(?=\S)")
_LONE_MARKS = re.compile(r"^[ \t]*[-*+](?:[ \t]+[-*+])*[ \t]*$")
_CUT = re.compile(r"(?P<first>[^\W\d_][\w-]{0,60})- (?P<second>[^\W\d_]{2,60})")
_JOINING = frozenset("and or to nor but et ou à ni und".split())
_WORD = re.compile(r"(?<![^\W\d_])(?<![^\W\d_]-)(?<![^\W\d_]- )[^\W\d_]++(?:-[^\W\d_]++)*+(?!- )")
"""A word that no line end has cut."""
_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
_DOUBLE_ENTITY = re.compile(r"&(?:amp;)+(?=#?\w{2,8};)")
_DEFINITION = re.compile(r"^((?:[ \t]|[-*+>]|\d{1,9}[.)][ \t])*)\[(?=[^\]]{1,999}\]:)", re.MULTILINE)
"""A line that would define a link or a footnote, and not be shown."""
_COMMENT = re.compile(r"(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)|\\?<!--")
"""The beginning of a comment; code in a line and what is escaped already match otherwise."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A highlight's text as it is shown."""

    text: str
    page: int = 0
    """The slide's or page's number, from its furniture."""
    open_fence: bool = False
    """Whether a code fence in it is never closed; it is closed here."""
    open_comment: bool = False
    """Whether an HTML comment in it is never closed; it is shown as text."""


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """Collect the words of a work, hyphened ones whole, in lower case."""
    return frozenset(word for text in texts for word in _WORD.findall(text.translate(_LETTERS).casefold()))


def clean(text: str, words: frozenset[str]) -> Cleaned:
    """Clean a highlight's text for reading; `words` are those that its work is written in."""
    pieces: list[tuple[bool, str]] = []
    fence = ""
    for line in text.translate(_LETTERS).split("\n"):
        mark = _FENCE.match(line)
        pieces.append((bool(fence or mark), line.rstrip()))
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1].startswith(fence):
            fence = ""
    page, open_comment = 0, False
    blocks: list[str] = []
    for code, run in groupby(pieces, key=itemgetter(0)):
        lines: list[str] = []
        for _, line in run:
            if code:
                lines.append(line)
                continue
            line, number = _without_furniture(line)
            page = page or number
            lines += _lines(_join_words(_DOUBLE_ENTITY.sub("&", line), words))
        block = "\n".join(lines)
        if not code:
            block, unclosed = _without_comment(_DEFINITION.sub(r"\1\\[", block))
            open_comment = open_comment or unclosed
        blocks += [block] if lines else []
    if fence:
        blocks.append(fence)
    return Cleaned("\n".join(blocks).strip("\n").rstrip(), page, bool(fence), open_comment)


def _without_furniture(line: str) -> tuple[str, int]:
    """Drop the furniture from a line, and give the first number there; what it parts becomes paragraphs, as a slide's title."""
    furniture = _FURNITURE.search(line)
    if furniture is None:
        return line, 0
    first, *others = _FURNITURE.split(line)
    parts = (first.rstrip(), *(each.strip() for each in others[1::2]))  # between them are the numbers
    return "\n\n".join(part for part in parts if part), int(furniture["page"])


def _without_comment(block: str) -> tuple[str, bool]:
    """Escape the comment that is never closed, and tell whether there is one."""
    closed = block.rfind("-->") + 1
    rest = _COMMENT.sub(lambda match: "\\<!--" if match[0] == "<!--" else match[0], block[closed:])
    return block[:closed] + rest, rest != block[closed:]


def _lines(line: str) -> list[str]:
    """Split a line where its bullets are items of a list."""
    kept: list[str] = []
    for part in line.split("\n"):
        pieces = _BULLET.split(part)
        first = _EMPTY_ITEM.sub(r"\1", _SUB_BULLET.sub("    - ", _LINE_BULLET.sub("- ", pieces[0])))
        if first.strip() and not _LONE_MARKS.match(first):
            kept.append(first.rstrip())
        items = (_EMPTY_ITEM.sub(r"\1", f"- {piece.strip()}") for piece in pieces[1:] if piece.strip())
        kept += [item for item in items if not _LONE_MARKS.match(item)]
        if not first.strip() and len(pieces) == 1:
            kept.append("")
    return kept


def _join_words(line: str, words: frozenset[str]) -> str:
    """Join the words of a line that a line end of the page has cut: `re- quired`, `state-of-the- art`."""
    if "- " not in line:
        return line

    def mend(match: re.Match[str]) -> str:
        first, second = match["first"], match["second"]
        if not second.islower() or second in _JOINING:
            return match[0]
        whole, hyphened = f"{first}{second}".casefold(), f"{first}-{second}".casefold()
        if whole in words:
            return f"{first}{second}"
        if hyphened in words or "-" in first or first.casefold() in words:
            return f"{first}-{second}"
        return match[0] if second.casefold() in words else f"{first}{second}"

    return _CUT.sub(mend, line)
