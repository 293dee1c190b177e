"""Measure how closely the words of a query follow one another in a text, as they do where they are typed.

The words of a long text may have nothing to do with one another; where they stand together, they mostly mean what was asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from aikb.compose.search.words import chunks


def closeness(text: str, words: Sequence[tuple[int, str]]) -> float:
    """Measure from 0 to 1 how closely words, each with its place in the query, follow one another in a text.

    Of each two neighbours it is the inverse of how many words too near or too far they come at best; then the average.
    """
    last: dict[str, int] = {}
    pairs = [(one, other, place - before) for (before, one), (place, other) in pairwise(words)]
    least = [_FAR] * len(pairs)
    wanted = {stem for _, stem in words}
    at = 0
    for each in chunks(text):
        for word in each.parts:
            if word.stem in wanted:
                for number, (one, other, apart) in enumerate(pairs):
                    if word.stem == other and one in last:
                        least[number] = min(least[number], abs(at - last[one] - apart))
                    if word.stem == one and other in last:
                        least[number] = min(least[number], at - last[other] + apart)
                last[word.stem] = at
            at += 1
    return sum(1 / (1 + each) for each in least if each < _FAR) / len(pairs)


_FAR = 100
"""Words apart that are as good as any more."""
