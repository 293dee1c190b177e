"""Tie passages that say one thing in two languages, or in other words, by what both have (`shared_features`).

A feature weighs the more the fewer highlights of the work and passages of the note have it. A passage and a highlight are tied
where they share three features or more, where the cosine of the two is high, and where each is the other's best, clearly
ahead of the second. Linear in the words of both: only what shares a rare feature is compared.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from aikb.relate.evidence.shared_features import features

LEAST, SHARED, AHEAD = 0.4, 3, 1.3
"""The cosine, how many features both must have, and how many times the second the first must have."""
STRONG = 2
"""Numbers, names and code that are enough by themselves, where nothing else in the note and the work has them."""
CLOSE = 0.6
"""The cosine of two short texts of which nothing else has the few words that they share, whatever these are."""
_ROOT = 4
"""Letters that words of one root have in common."""
_COMMON = 5
"""A feature of more passages or highlights than this, and of more than a tenth, tells nothing."""


@dataclass(frozen=True, slots=True)
class Match:
    """A passage and a highlight that say one thing."""

    passage: int
    highlight: int
    alike: float
    words: tuple[str, ...]
    """What both have, the rarest first."""


def match_passages(
    passages: Sequence[str], highlights: Sequence[str], tied: Collection[tuple[int, int]] = ()
) -> Iterator[Match]:
    """Match passages of a note with highlights of the work that it is about.

    What is `tied` already, as a quotation is, does not stand in the way of others: a highlight may be quoted and retold.
    """
    ours, theirs = [features(each) for each in passages], [features(each, other=True) for each in highlights]
    here, there = (Counter(name for each in side for name in each) for side in (ours, theirs))
    rarity = {
        name: math.log(1 + len(ours) / here[name]) * math.log(1 + len(theirs) / there[name])
        for name in here.keys() & there.keys()
        if here[name] <= max(_COMMON, len(ours) / 10) and there[name] <= max(_COMMON, len(theirs) / 10)
    }
    alone = math.log(1 + len(ours)) * math.log(1 + len(theirs)) / 3
    lengths = [[_length(each, rarity, alone) for each in side] for side in (ours, theirs)]
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(theirs):
        for name in each:
            if name in rarity:
                holders[name].append(number)
    alike: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for number, each in enumerate(ours):
        for name in each:
            for other in holders.get(name, ()):
                alike[number, other].append(name)
    shared = {pair: _distinct(names) for pair, names in alike.items()}
    scores = {
        (one, other): sum(rarity[name] ** 2 for name in names) / (lengths[0][one] * lengths[1][other])
        for (one, other), names in shared.items()
    }
    for pair in _mutual(scores, tied):
        names = shared[pair]
        strong = sum(name[0] in "#^`h" and here[name] == there[name] == 1 for name in names)
        alone = sum(here[name] == there[name] == 1 for name in names) if scores[pair] >= CLOSE else 0
        if scores[pair] >= LEAST and (len(names) >= SHARED or max(strong, alone) >= STRONG):
            ordered = sorted(names, key=lambda name: (-rarity[name], name))
            yield Match(*pair, scores[pair], tuple(map(_shown, ordered)))


def _length(features: Mapping[str, int], rarity: Mapping[str, float], alone: float) -> float:
    """Measure a text: what only one side has counts for a part, since another language has another word for it."""
    names = (name for name in features if f"^{name}" not in features)
    return math.sqrt(sum(rarity[name] ** 2 if name in rarity else (alone / 3) ** 2 for name in names)) or 1.0


def _distinct(names: Sequence[str]) -> Sequence[str]:
    """Leave out words that are shared as names already, and all but one of a root: `prune` and `pruning`."""
    marked = {name[1:] for name in names if name[0] == "^"}
    kept = dict[str, str]()
    for name in names:
        if name not in marked:
            kept.setdefault(_shown(name)[:_ROOT] if name[0].isalpha() or name[0] in "~≈" else name, name)
    return list(kept.values())


def _shown(name: str) -> str:
    return name.lstrip("#^=`~≈")


def _mutual(scores: Mapping[tuple[int, int], float], tied: Collection[tuple[int, int]]) -> list[tuple[int, int]]:
    """Find the pairs in which each is the other's best, clearly ahead of the second.

    A highlight that is tied is free for another passage, but a passage that is tied for no other highlight.
    """
    best: defaultdict[tuple[str, int], list[tuple[float, int]]] = defaultdict(list)
    for (one, other), score in scores.items():
        best["ours", one].append((score, other))
        if (one, other) not in tied:
            best["theirs", other].append((score, one))
    for each in best.values():
        each.sort(key=lambda entry: (-entry[0], entry[1]))

    def ahead(side: str, number: int, wanted: int) -> bool:
        entries = best[side, number]
        return entries[0][1] == wanted and (len(entries) == 1 or entries[0][0] >= AHEAD * entries[1][0])

    free = (pair for pair in scores if pair not in tied)
    return sorted(pair for pair in free if ahead("ours", *pair) and ahead("theirs", pair[1], pair[0]))
