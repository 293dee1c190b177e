"""Find the passages of a note that are long enough to be known again in another: paragraphs, items, quotations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b
from itertools import pairwise

from aikb.model.document import Paragraph
from aikb.text.markup import words_of

LEAST = 25
"""Words of a passage that nobody writes twice by chance."""
SHORTEST = 3 * LEAST
"""Characters that so many words have at least."""
_BLOCK = re.compile(r"(?:^(?![ \t]*(?:\||---|\Z)).*\S.*(?:\n|\Z))+", re.MULTILINE)
_FENCE = re.compile(r"^[ \t>]*(`{3,}|~{3,})", re.MULTILINE)
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:.*\n)*?---[ \t]*(?:\n|\Z)")
_ITEM = re.compile(r"^[ \t>]*(?:[-*+]|\d{1,3}[.)])[ \t]+", re.MULTILINE)
_CALLOUT = re.compile(r"\A[ \t]*>[ \t]*\[![^\]\n]+\][^\n]*\n")
"""The head of a callout, whose title is no part of what stands in it."""
_SOURCE = re.compile(r"(?:\A|\n)[ \t]*>[ \t]*(?:[—–]|--)[^\n]*\Z")
"""Who said it, below a quotation."""
_ID = re.compile(r"\s\^[\w-]+\s*\Z")
_MARKED = re.compile(r"“([^“”]{50,4000})”|«\s*([^«»]{50,4000}?)\s*»|(?<!\w)\"([^\"]{50,4000})\"(?!\w)")
"""What stands in quotation marks within a paragraph."""
_MARK = re.compile(r"[“«\"]")
_SAMPLE = 4_000
"""Characters of a passage that are compared."""


def find_paragraphs(text: str) -> Iterator[Paragraph]:
    """Find the passages of a text that have LEAST words, outside of code. Linear in the text."""
    front = _FRONT_MATTER.match(text)
    for begin, end in _outside_code(text, front.end() if front else 0):
        for match in _BLOCK.finditer(text, begin, end):
            if match.end() - match.start() >= SHORTEST:
                yield from _in_block(text, match.start(), match.end())


def _outside_code(text: str, start: int) -> Iterator[tuple[int, int]]:
    """List the stretches of a text between its code fences."""
    opened = ""
    for match in _FENCE.finditer(text, start):
        if not opened:
            yield start, match.start()
            opened = match[1]
        elif match[1].startswith(opened):
            end = text.find("\n", match.end())
            start, opened = len(text) if end < 0 else end + 1, ""
    if not opened:
        yield start, len(text)


def _in_block(text: str, start: int, end: int) -> Iterator[Paragraph]:
    """Find the passages of a block of lines: its items, or all of it without what is said of it; and what they quote."""
    bounds = [start, *(match.start() for match in _ITEM.finditer(text, start, end) if match.start() > start), end]
    for first, last in pairwise(bounds):
        written = text[first : min(last, first + _SAMPLE)].rstrip()
        if len(written) < SHORTEST:
            continue
        head = (_CALLOUT.match(written) if ">" in written[:4] else None) or _ITEM.match(written)
        at = first + (head.end() if head else 0)
        passage = written[at - first :]
        passage = _SOURCE.sub("", passage) if ">" in passage else passage
        passage = _ID.sub("", passage) if "^" in passage else passage
        whole = _known(passage, first, at)
        if whole is None:
            continue
        yield whole
        for match in _MARKED.finditer(passage) if _MARK.search(passage) else ():
            quoted = _known(match[match.lastindex or 0], first, at + match.start(match.lastindex or 0))
            if quoted and quoted.words != whole.words:
                yield quoted


def _known(passage: str, block: int, at: int) -> Paragraph | None:
    """Make what a passage is known by; None where it is too short."""
    words = words_of(passage)
    if len(words) < LEAST:
        return None
    key = blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
    start = at + len(passage) - len(passage.lstrip())
    return Paragraph(key, block, start, at + len(passage.rstrip()))
