"""Forgive misspellings: words of the index within one step of what was typed, two from seven letters on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from rapidfuzz.distance import OSA

from aikb.compose.search.files import order

_BONDED = 4
"""Letters up to which a word is no misspelling of one that has other names."""


class Spelled(Protocol):
    """A row of stems."""

    @property
    def stem(self) -> str:
        """Its stem."""

    @property
    def surfaces(self) -> tuple[str, ...]:
        """How it is spelled in the texts."""

    @property
    def postings(self) -> object:
        """The records that have it."""


class Bonded(Protocol):
    """A row of a stem that may have other names."""

    @property
    def stem(self) -> str:
        """Its stem."""

    @property
    def equivalents(self) -> object:
        """Its other names and translations."""


Each = TypeVar("Each", bound=Spelled)


def typos(text: str, stem: str, rows: Iterable[Each]) -> list[tuple[Each, int]]:
    """Find the rows that a word may be a misspelling of, with the number of steps; none for numbers and short words."""
    most = 0 if len(text) < 4 or not text.isalpha() else 2 if len(text) > 6 else 1
    found = []
    for row in rows:
        if most and row.postings and row.stem.isalpha():
            steps = min([distance(stem, row.stem, most), *(distance(text, each, most) for each in row.surfaces)])
            if 0 < steps <= most:
                found.append((row, steps))
    return found


def alike(texts: Sequence[str], rows: Sequence[Spelled]) -> tuple[str, ...]:
    """List the words of rows that are least unlike words not found: three, within three steps and half of the letters."""
    found: list[tuple[int, str]] = []
    for text in texts:
        for row in rows:
            if row.stem[0] != ":" and row.postings and row.stem.isalpha():
                shown = row.surfaces[0] if row.surfaces else row.stem
                steps = distance(text, shown, 3)
                if steps <= min(3, len(text) // 2):
                    found.append((steps, shown))
    found.sort(key=lambda each: (each[0], order(each[1])))
    return tuple(dict.fromkeys(shown for _, shown in found))[:3]


def meant(stem: str, rows: Sequence[Bonded]) -> str:
    """Tell by which stem a word's other names are kept: its own, else the first that it is a step from, or the plural of."""
    if not stem.isalpha() or any(row.stem == stem for row in rows):
        return stem
    near = (each.stem for each in rows if each.equivalents and distance(stem, each.stem, 1) == 1)
    return next((each for each in near if len(stem) > _BONDED or stem == f"{each}s"), stem)


def begun(text: str, row: Spelled) -> int:
    """Measure the word of a row that a text begins; 0 where it begins none."""
    if row.stem.startswith(text):
        return len(row.stem)
    return next((len(surface) for surface in row.surfaces if surface.startswith(text)), 0)


def beginning(one: str, other: str) -> int:
    """Count the letters that two words begin with."""
    return next(
        (at for at, (mine, theirs) in enumerate(zip(one, other, strict=False)) if mine != theirs),
        min(len(one), len(other)),
    )


def distance(one: str, other: str, most: int) -> int:
    """Count the letters to insert, leave out, change, or swap with the next (Damerau); more than `most` is `most` + 1."""
    return OSA.distance(one, other, score_cutoff=most)
