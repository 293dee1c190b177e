"""Furniture inside a text on its way: a mark stands for each Slot until the text is whole, and is then cut out again.

The marks hold a noncharacter of Unicode. Text from outside is freed of it where it is escaped, so that nobody can write a mark.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from aikb.model.site import Slot

_MARK = "\ufdd8"
_PLACE = re.compile(f"{_MARK}(\\d{{1,9}}){_MARK}")


class Slots:
    """The slots of one text, each with its mark."""

    def __init__(self) -> None:
        """Start without any."""
        self.kept: list[Slot] = []

    def mark(self, slot: Slot) -> str:
        """Keep a slot; the mark that stands for it in the text."""
        self.kept.append(slot)
        return f"{_MARK}{len(self.kept) - 1}{_MARK}"


def cut(html: str, slots: Sequence[Slot]) -> tuple[str | Slot, ...]:
    """Cut HTML at the marks of slots: pieces of HTML, and the slots between them."""
    if not slots:
        return (html,) if html else ()
    pieces: list[str | Slot] = []
    for number, piece in enumerate(_PLACE.split(html)):
        if number % 2:
            pieces += slots[int(piece) : int(piece) + 1]  # a mark that stands for none is left out
        elif piece:
            pieces.append(piece)
    return tuple(pieces)
