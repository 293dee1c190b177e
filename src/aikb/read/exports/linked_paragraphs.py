"""Tell which paragraphs are passages, by the link to it that each ends in, or that stands below it; and what is said of one."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator

from aikb.read.exports.items import NOTE_WORDS
from aikb.read.exports.labels import LOOSE, PASSAGE_ADDRESS, split_label
from aikb.read.exports.landmarks import ITEM, NUMBERED

REMARK = re.compile(
    rf"^(?:[-*+] +)?(?:\*{{2}}[^*]*\b(?:note|thought)s?\b[^*]*\*{{2}}:?|\[n(?:ote)?\]"
    rf"|\*{{0,2}}{NOTE_WORDS}\*{{0,2}}[ \u00a0]?:{{1,2}}\*{{0,2}})[ \t]*"
    r"(?P<label>\[\(?[^\]]*\)?\]\([^()\s]*\))?[ \t]*(?P<text>.*)$",
    re.IGNORECASE,
)
"""How a line begins that says what the reader thought."""
BULLET = re.compile(r"^[•◦‣▪●–—]\s+")
"""A bullet of a word processor, which begins no item of a list here."""
QUOTED = re.compile(
    r"^[“«„\"](?P<text>[^\n]+?)[”»“\"]\s*(?P<link>(?:\(?\[[^\[\]\n]{0,80}\]\(zotero://[^()\s]*\)\)?\s*)+)(?P<rest>[^\n]*)$"
)
"""A passage as Zotero writes it, with the remark behind its links."""


def is_passage(block: list[str]) -> bool:
    """Detect a paragraph that is a passage: a line of it ends in a link, and it is no remark."""
    return _may_be_passage(block[0]) and (QUOTED.match(block[0]) is not None or any(map(_ends_in_passage, block)))


def split_passages(block: list[str]) -> Iterator[tuple[int, int, int]]:
    """Split a paragraph into passages, the first at its first line: where each begins, ends with its link, and is done with.

    What stands between is said of the one above: a line that has a link of its own, or a bullet, begins the next.
    """
    ends = deque(at for at, line in enumerate(block) if _ends_in_passage(line) or QUOTED.match(line))
    begin = 0
    while begin < len(block):
        end = following = (ends.popleft() if ends else len(block) - 1) + 1
        while following < len(block) and not _begins(block, following, ends):
            if ends and ends[0] == following:
                ends.popleft()  # a remark that ends in a link
            following += 1
        yield begin, end, following
        begin = following


def _begins(block: list[str], at: int, ends: deque[int]) -> bool:
    linked = bool(ends) and (ends[0] == at or (ends[0] > at and BULLET.match(block[at]) is not None))
    return linked and _may_be_passage(block[at])


def _may_be_passage(first: str) -> bool:
    if first.startswith(("#", ">", "|", " ", "---", "***")) or ITEM.match(first) or NUMBERED.match(first):
        return False
    return not REMARK.match(first) and not LOOSE.match(first)


def _ends_in_passage(line: str) -> bool:
    return re.search(PASSAGE_ADDRESS, line) is not None and bool(split_label(line)[1] or LOOSE.match(line))


def with_labels(blocks: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """Join each paragraph with the link to it that stands alone below it: offset and lines of each block."""
    held: tuple[int, list[str]] | None = None
    for at, block in blocks:
        if held and _is_link(block[0]) and _may_be_passage(held[1][0]) and not any(map(_ends_in_passage, held[1])):
            yield held[0], [*held[1], block[0]]
            held = (at, block[1:]) if block[1:] else None
            continue
        if held:
            yield held
        held = (at, block)
    if held:
        yield held


def _is_link(line: str) -> bool:
    return re.search(PASSAGE_ADDRESS, line) is not None and LOOSE.match(line) is not None


def comes_before_items(body: str) -> bool:
    """Tell whether text and the link to it stand before any item of a list."""
    rows = [line for line in body.split("\n") if line.strip() and not line.startswith("#")]
    first = next((at for at, line in enumerate(rows) if _is_link(line)), 0)
    return first > 0 and not any(ITEM.match(line) for line in rows[:first])
