"""Measure how closely the words of a query follow one another in a text, and how far a title is what was typed.

The words of a long text may have nothing to do with one another; where they stand together, they mostly mean what was asked.
A word of the query comes with all stems that it is found by: its own, and those it begins or may be a typo of.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from aikb.compose.search.words import chunks, stems


def closeness(text: str, words: Sequence[AbstractSet[str]]) -> float:
    """Measure from 0 to 1 how closely words follow one another in a text.

    Of each two neighbours it is the inverse of how many words too near or too far they come at best; then the average.
    """
    places: dict[str, list[int]] = {}
    for place, found_by in enumerate(words):
        for stem in found_by:
            places.setdefault(stem, []).append(place)
    last: dict[int, int] = {}
    least = [math.inf] * (len(words) - 1)
    at = 0
    for each in chunks(text):
        for word in each.parts:
            mine = places.get(word.stem, ())
            for place in mine:
                if place - 1 in last:
                    least[place - 1] = min(least[place - 1], at - last[place - 1] - 1)
                if place + 1 in last:
                    least[place] = min(least[place], at - last[place + 1] + 1)
            last.update((place, at) for place in mine)
            at += 1
    return sum(1 / (1 + each) for each in least) / max(1, len(least))


def likeness(title: str, words: Sequence[AbstractSet[str]]) -> float:
    """Measure from 0 to 1 how far a title is what was typed: the share of the words in it, times its share in the words."""
    own = stems(title)
    said = sum(any(stem in found_by for stem in own) for found_by in words)
    typed = sum(any(stem in found_by for found_by in words) for stem in own)
    return said / len(words) * typed / max(1, len(own))
