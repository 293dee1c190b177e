"""Find which texts speak of the same, and by which words: TF-IDF over folded stems, through an inverted index.

A text is what it makes much of: `topics` gives its words strengths. A word that the glossary or the word list translates counts
as one word in both languages, and a mention of a term as a word of its own. Each text is looked up by its `KEYS` heaviest
words, in lists of at most `POSTINGS` texts, so the work is linear in the texts. Weights are whole numbers that know the
frequency of a word as a power of two only: one edit hardly changes what other texts are related to, and all machines find the
same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isqrt
from typing import TypeAlias

from aikb.compose.ways.topics import NAMED, SAID, TERM, TITLE, TITLED

SHOWN, WORDS = 5, 3
"""Related texts of one, and words that are shown to tie two."""
NEAR = 2 * SHOWN
"""Related texts that are found of one: some will be linked already."""
KEYS = 16
POSTINGS = 40
_WHOLE = 4096
"""What the weights of a text's words are shares of: the length of a vector of whole numbers."""
_FEW = 10
"""The length of a vector is taken to be at least that of one word of this strength that only two texts have: a text with a
single word of weight is not all of that word."""
_RARE, _OWN, _OWN_OF_WHOLE, _FEWEST = 3, 4, 5, 3
"""A word ties texts where it is in less than one of four, and is what they have of their own in less than one of eight, or of
sixteen where they are whole documents; where there are less than two to the power of five texts, less strictly so."""
PLACE = "\ue002"
"""Stands between the path of a document and the id of a section, in the name of a section."""
_Weight: TypeAlias = tuple[int, int, bool]
"""Of a word in a text: its share of the text, its strength, and whether it is so rare that two texts have it of their own."""
_NONE: tuple[Mapping[str, _Weight], Mapping[str, int]] = {}, {}
"""Where a word leads that one text alone has."""


@dataclass(frozen=True, slots=True)
class Related:
    """A text that speaks of the same."""

    path: str
    """Its name, as the index was given it: the path of a document, or of a section, with its id after `PLACE`."""
    words: tuple[str, ...]
    """By which words, the heaviest first: stems, ids of terms after `TERM`, and addresses after `NAMED`."""


class RelatedIndex:
    """Relates texts, and keeps what the next build can use: only what an edit touches is weighed and looked up again."""

    def __init__(self, nearness: int, *, whole: bool = False) -> None:
        """Start without any text.

        Two must be at least as near as one by `nearness`; equal ones are as near as 1. Where texts are `whole` documents, two
        words tie them only if both are rare, and one never does: titles play with words, headings name what is under them.
        """
        self._enough, self._whole = _WHOLE * _WHOLE // nearness, whole
        self._own = _OWN_OF_WHOLE if whole else _OWN
        self._topics: dict[str, Mapping[str, int]] = {}
        self._frequency: Counter[str] = Counter()
        self._size = 0
        self._keys: dict[str, Mapping[str, _Weight]] = {}
        """The heaviest words of each text."""
        self._holders: defaultdict[str, dict[str, _Weight]] = defaultdict(dict)
        """The texts that have a word among their heaviest."""
        self._postings: dict[str, tuple[Mapping[str, _Weight], Mapping[str, int]]] = {}
        """Those of them that are looked at, where there are several, and its share of each alone."""
        self._near: dict[str, tuple[Related, ...]] = {}

    def relate(self, topics: Mapping[str, Mapping[str, int]]) -> Mapping[str, tuple[Related, ...]]:
        """Find the texts related to each, the nearest first; `topics` are the words of each with their strengths."""
        again, touched = set[str](), set[str]()
        for path, keys in self._weighed(topics).items():
            before = self._keys.get(path, {})
            if keys != before or path not in topics:
                again.add(path)
                touched |= self._moved(path, before, keys)
        for word in touched:
            if self._bound(word):
                again |= self._holders[word].keys()
        near = self._near
        self._near = {path: self._nearest(path) if path in again or path not in near else near[path] for path in topics}
        return self._near

    def _weighed(self, topics: Mapping[str, Mapping[str, int]]) -> Mapping[str, Mapping[str, _Weight]]:
        """Choose the heaviest words of every text whose words, or their rarity, have changed; none of a text that is gone."""
        gone = [path for path, words in self._topics.items() if topics.get(path) is not words]
        new = [path for path, words in topics.items() if self._topics.get(path) is not words]
        size = len(topics).bit_length()
        every = size != self._size
        touched = [*(self._topics[path] for path in gone), *(topics[path] for path in new)]
        rarity = {} if every else {word: self._frequency[word].bit_length() for words in touched for word in words}
        for path in gone:
            self._frequency.subtract(self._topics[path].keys())
        for path in new:
            self._frequency.update(topics[path].keys())
        moved = {word for word, before in rarity.items() if self._frequency[word].bit_length() != before}
        self._size, self._topics = size, dict(topics)
        if every:
            new = list(topics)
        elif moved:
            new += [path for path, words in topics.items() if not words.keys().isdisjoint(moved)]
        none: Mapping[str, _Weight] = {}
        return {
            **{path: none for path in gone if path not in topics},
            **{path: self._heaviest(topics[path]) for path in new},
        }

    def _heaviest(self, words: Mapping[str, int]) -> Mapping[str, _Weight]:
        frequency, size = self._frequency, self._size
        weights = []
        for word, strength in words.items():
            often = frequency[word]
            if often > 1 and _is_rare(often, size, _RARE):
                weights.append((-strength * (size - often.bit_length()), word))
        weights.sort()
        del weights[KEYS:]
        length = max(isqrt(sum(weight * weight for weight, _ in weights)), _FEW * (size - 2), 1)
        return {
            word: (-weight * _WHOLE // length, words[word], _is_rare(frequency[word], size, self._own))
            for weight, word in weights
        }

    def _moved(self, path: str, before: Mapping[str, _Weight], keys: Mapping[str, _Weight]) -> set[str]:
        """Put a text where its heaviest words lead to it, and list the words for which that is new."""
        changed = {word for word in (*before, *keys) if before.get(word) != keys.get(word)}
        for word in changed:
            if word in keys:
                self._holders[word][path] = keys[word]
            else:
                del self._holders[word][path]
        if path in self._topics:
            self._keys[path] = keys
        else:
            self._keys.pop(path, None)
        return changed

    def _bound(self, word: str) -> bool:
        """Choose the texts that a word leads to, the heaviest, and tell whether they are others than before."""
        found: Mapping[str, _Weight] = self._holders[word]
        if not found:
            del self._holders[word]
        if len(found) > POSTINGS:
            first = sorted(found.items(), key=lambda each: (-each[1][0], each[0]))[:POSTINGS]
            found = dict(sorted(first))
        made = dict(found) if len(found) > 1 else {}
        if made == self._postings.get(word, _NONE)[0]:
            return False
        self._postings[word] = made, {path: weight for path, (weight, _, _) in made.items()}
        return True

    def _nearest(self, path: str) -> tuple[Related, ...]:
        """Find the texts that are nearest to one, with the words that tie both."""
        scores: dict[str, int] = {}
        keys, tied = self._keys.get(path, {}), _tied_whole if self._whole else _tied
        lists = [(word, own, found) for word, own in keys.items() if (found := self._postings.get(word, _NONE))[0]]
        for _, (weight, _, _), (_, shares) in lists:
            for other, theirs in shares.items():
                if other in scores:  # twice as quick as a defaultdict, hundreds of times for each text
                    scores[other] += weight * theirs
                else:
                    scores[other] = weight * theirs
        scores.pop(path, None)
        near: list[Related] = []
        for _, other in sorted((-score, other) for other, score in scores.items() if score >= self._enough):
            shared = [(word, own, found[other]) for word, own, (found, _) in lists if other in found]
            if tied(shared):
                heaviest = sorted((-own[0] * theirs[0], word) for word, own, theirs in shared)[:WORDS]
                near.append(Related(other, tuple(word for _, word in heaviest)))
                if len(near) == NEAR:
                    break
        return tuple(near)


def _tied(shared: Sequence[tuple[str, _Weight, _Weight]]) -> bool:
    """Whether words are enough to tie two texts.

    Two are of which both make much, one of them rare; or a rare one that one has in its heading, with another beside it; or a
    rare one that both have in their headings, and say again.
    """
    rare = [sorted((own[1], theirs[1])) for _, own, theirs in shared if own[2] and min(own[1], theirs[1]) >= SAID]
    if len(shared) == 1:
        return any(less >= TITLE for less, _ in rare)
    much = sum(min(own[1], theirs[1]) >= SAID for _, own, theirs in shared)
    return bool(rare) and (much > 1 or any(more >= TITLED for _, more in rare))


def _tied_whole(shared: Sequence[tuple[str, _Weight, _Weight]]) -> bool:
    """Whether words are enough to tie two documents: two rare ones, or three, of which both make much; or what has a name."""
    much = [own[2] for _, own, theirs in shared if min(own[1], theirs[1]) >= SAID]
    named = any(word[0] in (TERM, NAMED) for word, _, _ in shared)
    return len(shared) > 1 and (sum(much) > 1 or len(much) >= WORDS or named)


def _is_rare(often: int, size: int, times: int) -> bool:
    """Whether a word is in few texts, of as many as have a `size` of so many bits; in nearly all of them it never is."""
    rarity = size - often.bit_length()
    return rarity >= min(times, size - _FEWEST) if size > _FEWEST else rarity > 0
