"""Split a text into sentences, where a full stop, a capital and no abbreviation say so."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile(r"(?<=[.!?…])(?:[\"”’)\]]|\s?»)*\s+(?=[\"“‘«(\[•●]?\s?[A-ZÀ-ÖØ-ÞŒ0-9])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:e\.g|i\.e|cf|vs|etc|p\. ?ex|ex|env|al|Dr|Mr|Mrs|Ms|Mme|M|St|No|Fig|Eq|p|pp|art)|\b[A-Z])\.$"
)
_LONGEST = 320
"""Characters of a sentence that is shown."""


def sentences(text: str) -> Iterator[str]:
    """Split a text into sentences, each on one line; every line begins a new one."""
    for line in text.split("\n"):
        rest = " ".join(line.split())
        start = 0
        for end in _ends(rest):
            yield rest[start:end].rstrip()
            start = end
        if rest[start:]:
            yield rest[start:]


def first_sentence(text: str) -> str:
    """Find the first sentence, on one line; shortened at a word where it is very long."""
    return shortened(next(sentences(" ".join(text[: 4 * _LONGEST].split())), ""))


def shortened(text: str) -> str:
    """Shorten a text to one line, cut at a word where it is very long."""
    text = " ".join(text.split())
    return (
        text if len(text) <= _LONGEST else text[: max(text.rfind(" ", 0, _LONGEST), 0) or _LONGEST].rstrip(" ,;:") + "…"
    )


def _ends(text: str) -> Iterator[int]:
    """Find where sentences end that others follow, the blank between them included."""
    for match in _END.finditer(text):
        if not _ABBREVIATED.search(text[max(match.start() - 12, 0) : match.start()]):
            yield match.end()


def around(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Find the sentence around a stretch of a text: what stands before it, the stretch, and what follows."""
    first, last = bounds(text, start, end)
    before, after = text[first:start], text[end:last]
    if len(before) > _LONGEST // 2:
        before = "… " + before[before.find(" ", len(before) - _LONGEST // 2) :].lstrip()
    if len(after) > _LONGEST // 2:
        after = after[: after.rfind(" ", 0, _LONGEST // 2) + 1].rstrip() + " …"
    return before.lstrip(), text[start:end], after.rstrip()


def bounds(text: str, start: int, end: int) -> tuple[int, int]:
    """Find where the sentence around a stretch of a text begins and ends; of a very long one, the part around the stretch."""
    shift = max(start - 2 * _LONGEST, 0)
    part = text[shift : end + 2 * _LONGEST]
    first, last = 0, len(part)
    for at in _ends(part):
        if at <= start - shift:
            first = at
        elif at > end - shift:
            last = at
            break
    return first + shift, last + shift
