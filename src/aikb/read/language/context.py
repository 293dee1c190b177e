"""Decide the languages of a page's blocks together: what each says by itself, weighed against what stands around it.

Body text is a hidden Markov chain: its states are the languages, its one number is the probability that the next block keeps
the language, learned from the page's own sure neighbours; it is solved forward and backward (Rabiner 1989). A heading is judged
by the share that each language has among the page's headings, times how often a heading agrees with what follows it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

_KEPT, _CHANGED = 6, 1
"""Neighbours of one language, and of two, that a page is taken to have before it is looked at."""
_LEAST, _MOST = 0.5, 0.96
"""The least and the most that a block is expected to keep its neighbour's language; at the most, two sure neighbours outweigh
570 to one."""
_AGREED = 5.0
"""Headings that agree with what follows them, to one that does not, before a page is looked at."""
_HEADINGS, _SHARE = 0.6, 0.4
"""The most that a heading is expected to keep the language of the one before it; and how much the share of a language among all
headings of the page weighs."""
_SURE = math.log(20)
"""How much more a language must have than any other for a block to be sure by itself."""
_GIVEN = math.log(20)
"""What it says about the first block that the page is said to be in a language."""
_FIRST = math.log(10)
"""How much the site's first language is preferred where no block of a page is sure."""

Distribution = tuple[float, ...]
"""A probability for each language."""


def sure(weights: Sequence[float]) -> int | None:
    """Find the language that a block is surely in by itself: its number; None where it is not sure."""
    best = max(range(len(weights)), key=lambda at: weights[at])
    rest = max((weight for at, weight in enumerate(weights) if at != best), default=0.0)
    return best if weights[best] - rest >= _SURE else None


def keeping(blocks: Sequence[Sequence[float]]) -> float:
    """Learn how probable it is that a block keeps the language of the one before it."""
    known = [number for weights in blocks if (number := sure(weights)) is not None]
    if not known:
        return _MOST  # a page that says little says one thing
    kept = sum(one == other for one, other in pairwise(known))
    return min(max((_KEPT + kept) / (_KEPT + _CHANGED + max(len(known) - 1, 0)), _LEAST), _MOST)


def decided_by_neighbours(blocks: Sequence[Sequence[float]], bounds: Sequence[float]) -> list[bool]:
    """Tell for each block whether asking the model about it could change anything; `bounds` are how far it can move each.

    A run of open blocks between two that are sure of one language stays in it, unless together they can outweigh both.
    """
    keep = keeping(blocks)
    weight = math.log(keep / (1 - keep))
    closed = [False] * len(blocks)
    for start, stop in _open_runs(bounds):
        ends = [sure(blocks[at]) for at in (start - 1, stop) if 0 <= at < len(blocks)]
        if not ends or ends[0] is None or any(end != ends[0] for end in ends):
            continue
        against = 0.0
        for at in range(start, stop):
            own = blocks[at][ends[0]]
            against += bounds[at] + max(max(blocks[at]) - own, 0.0)
        if against < len(ends) * weight:
            closed[start:stop] = [True] * (stop - start)
    return closed


def _open_runs(bounds: Sequence[float]) -> Iterator[tuple[int, int]]:
    """List the runs of blocks about which the model can say something: where each begins and ends."""
    start = -1
    for at, bound in enumerate([*bounds, 0.0]):
        if bound and start < 0:
            start = at
        elif not bound and start >= 0:
            yield start, at
            start = -1


def opening(blocks: Sequence[Sequence[float]], count: int, given: int | None) -> list[float]:
    """Weigh the languages before the first block of a page; `given` is the one that it is said to be in."""
    first = 1e-6 if any(sure(weights) is not None for weights in blocks) else _FIRST
    return [_GIVEN * (at == given) + first * (given is None and at == 0) for at in range(count)]


def chain(blocks: Sequence[Sequence[float]], keep: float, start: Sequence[float]) -> list[Distribution]:
    """Solve the chain: how probable each language is for each block, given all blocks; `start` are weights before the first."""
    if not blocks:
        return []
    count = len(blocks[0])
    change = (1 - keep) / max(count - 1, 1)
    forward: list[Distribution] = []
    before = _softmax(start)
    for number, weights in enumerate(blocks):
        prior = before if number == 0 else _step(before, keep, change)
        before = _weigh(prior, weights)
        forward.append(before)
    backward: Distribution = (1.0,) * count
    result: list[Distribution] = []
    for number in range(len(blocks) - 1, -1, -1):
        result.append(_normalised([one * other for one, other in zip(forward[number], backward, strict=True)]))
        backward = _normalised(_step(_weigh(backward, blocks[number]), keep, change))
    result.reverse()
    return result


def headings(
    own: Sequence[Sequence[float]], following: Sequence[Distribution | None], page: Distribution
) -> list[Distribution]:
    """Decide headings: `own` is what each says, `following` what the text under it is in, `page` what the body is in."""
    known = [sure(weights) for weights in own]
    count = len(page)
    share = [1 + each for each in page]  # what the page would make of a heading, seen twice
    agreed, seen = _AGREED, _AGREED + 1
    for number, after in zip(known, following, strict=True):
        if number is None:
            continue
        share[number] += 1
        if after is not None:
            seen += 1
            agreed += after[number]
    agree = agreed / seen
    change = (1 - agree) / max(count - 1, 1)
    shares = [math.log(each / sum(share)) * _SHARE for each in share]
    weighed = []
    for weights, after in zip(own, following, strict=True):
        step = _step(after, agree, change) if after is not None else (1.0,) * count
        weighed.append([one + other + math.log(each) for one, other, each in zip(weights, shares, step, strict=True)])
    return chain(weighed, min(keeping(own), _HEADINGS), [0.0] * count)


def _step(before: Sequence[float], keep: float, change: float) -> Distribution:
    total = sum(before)
    return tuple(keep * each + change * (total - each) for each in before)


def _weigh(prior: Sequence[float], weights: Sequence[float]) -> Distribution:
    highest = max(weights)
    return _normalised([each * math.exp(weight - highest) for each, weight in zip(prior, weights, strict=True)])


def _softmax(weights: Sequence[float]) -> Distribution:
    highest = max(weights)
    return _normalised([math.exp(each - highest) for each in weights])


def _normalised(values: Sequence[float]) -> Distribution:
    total = sum(values)
    return tuple(each / total for each in values) if total else tuple(1 / len(values) for _ in values)
