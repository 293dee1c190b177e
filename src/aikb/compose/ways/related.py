"""Find which documents speak of the same, and by which words: TF-IDF over folded stems, through an inverted index.

A word that the glossary or the word list translates counts as one word in both languages, and a mention of a term as a word of
its own. Each document is looked up by its `KEYS` heaviest words, in lists of at most `POSTINGS` documents, so the work is
linear in the documents. Weights are whole numbers that know the frequency of a word as a power of two only: one edit hardly
changes what other documents are related to, and all machines find the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isqrt

from aikb.compose.search.bridge import own_words
from aikb.compose.search.stem import stem
from aikb.text.folding import unaccented

SHOWN, WORDS = 5, 3
"""Related documents of one, and words that are shown to tie two."""
KEYS = 16
POSTINGS = 40
_WHOLE = 4096
"""What the weights of a document's words are shares of: the length of a vector of whole numbers."""
_ENOUGH = _WHOLE * _WHOLE // 11
"""How near two documents must be, of 1 for equal ones."""
TERM, NAMED = "\ue000", "\ue001"
"""Stand before the id of a term, and before what an address names, where they count as words."""


@dataclass(frozen=True, slots=True)
class Related:
    """A document that speaks of the same."""

    path: str
    words: tuple[str, ...]
    """By which words, the heaviest first: stems, and ids of terms after `TERM`."""


class RelatedIndex:
    """Relates documents, and keeps what the next build can use: only what an edit touches is weighed again."""

    def __init__(self) -> None:
        """Start without any document."""
        self._counts: dict[str, Mapping[str, int]] = {}
        self._frequency: Counter[str] = Counter()
        self._size = 0
        self._keys: dict[str, tuple[tuple[str, int], ...]] = {}
        self._postings: dict[str, dict[str, int]] = {}
        self._near: dict[str, tuple[Related, ...]] = {}
        self._told: dict[str, tuple[tuple[Related, ...], Collection[str], tuple[Related, ...]]] = {}
        self._same = set[str]()
        """The paths whose heaviest words are those of the last build."""

    def relate(
        self, counts: Mapping[str, Mapping[str, int]], linked: Mapping[str, Collection[str]]
    ) -> Mapping[str, tuple[Related, ...]]:
        """The documents related to each, by path; `counts` are the words of each, and `linked` what it need not be told of."""
        self._weigh(counts)
        postings: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        for path, keys in self._keys.items():
            for word, weight in keys:
                postings[word].append((path, weight))
        bounded = {word: self._bounded(word, each) for word, each in postings.items() if len(each) > 1}
        near: dict[str, tuple[Related, ...]] = {}
        for path, keys in self._keys.items():
            same = path in self._near and all(self._postings.get(word) is bounded.get(word) for word, _ in keys)
            near[path] = self._near[path] if same and path in self._same else self._nearest(path, bounded)
        self._postings, self._near = bounded, near
        told: dict[str, tuple[tuple[Related, ...], Collection[str], tuple[Related, ...]]] = {}
        for path, each in near.items():
            known, links = self._told.get(path), linked.get(path, ())
            same = known is not None and known[0] is each and known[1] == links
            told[path] = known if known is not None and same else (each, links, _unlinked(each, links))
        self._told = told
        return {path: found for path, (_, _, found) in told.items()}

    def _weigh(self, counts: Mapping[str, Mapping[str, int]]) -> None:
        """Choose the heaviest words of every document whose words, or their rarity, have changed."""
        size = len(counts).bit_length()
        every = size != self._size
        touched = () if every else self._changed(counts)
        rarity = {word: self._frequency[word].bit_length() for each in touched for word in each}
        for path in [path for path in self._counts if counts.get(path) is not self._counts[path]]:
            self._frequency.subtract(self._counts[path].keys())
        new = [path for path in counts if self._counts.get(path) is not counts[path]]
        for path in new:
            self._frequency.update(counts[path].keys())
        moved = {word for word, before in rarity.items() if self._frequency[word].bit_length() != before}
        keys = {}
        self._same = set()
        for path, words in counts.items():
            if every or self._counts.get(path) is not words or not moved.isdisjoint(words.keys()):
                keys[path] = self._heaviest(words, size)
            else:
                keys[path] = self._keys[path]
            if keys[path] == self._keys.get(path):
                self._same.add(path)
        self._counts, self._size, self._keys = dict(counts), size, keys

    def _changed(self, counts: Mapping[str, Mapping[str, int]]) -> Iterator[Mapping[str, int]]:
        yield from (each for path, each in self._counts.items() if counts.get(path) is not each)
        yield from (each for path, each in counts.items() if self._counts.get(path) is not each)

    def _heaviest(self, words: Mapping[str, int], size: int) -> tuple[tuple[str, int], ...]:
        frequency = self._frequency
        weights = [
            ((count.bit_length() + 1) * (often.bit_length() - size) * (2 if word[0] in (TERM, NAMED) else 1), word)
            for word, count in words.items()
            if (often := frequency[word]) > 1 and often.bit_length() < size
        ]
        weights.sort()
        heaviest = weights[:KEYS]
        norm = isqrt(sum(weight * weight for weight, _ in heaviest)) or 1
        return tuple((word, -weight * _WHOLE // norm) for weight, word in heaviest)

    def _bounded(self, word: str, found: list[tuple[str, int]]) -> dict[str, int]:
        """The documents that a word leads to, the heaviest; the same value as in the last build, where it is equal."""
        if len(found) > POSTINGS:
            found = sorted(sorted(found, key=lambda each: (-each[1], each[0]))[:POSTINGS])
        made = dict(found)
        known = self._postings.get(word)
        return known if known == made else made

    def _nearest(self, path: str, postings: Mapping[str, Mapping[str, int]]) -> tuple[Related, ...]:
        """The documents that are nearest to one, with the words that tie both."""
        scores: defaultdict[str, int] = defaultdict(int)
        lists = [(word, weight, postings[word]) for word, weight in self._keys[path] if word in postings]
        for _, weight, found in lists:
            for other, theirs in found.items():
                scores[other] += weight * theirs
        scores.pop(path, None)
        near = sorted([(-score, other) for other, score in scores.items() if score >= _ENOUGH])[: 3 * SHOWN]
        ties = {
            other: [(-weight * found[other], word) for word, weight, found in lists if other in found]
            for _, other in near
        }
        return tuple(
            Related(other, tuple(word for _, word in sorted(words)[:WORDS]))
            for other, words in ties.items()
            if len(words) > 1
        )


def _unlinked(found: Sequence[Related], linked: Collection[str]) -> tuple[Related, ...]:
    return tuple(each for each in found if each.path not in linked)[:SHOWN]


@lru_cache(maxsize=1)
def translations() -> Mapping[str, str]:
    """The stem that stands for a stem of another language: of the words that the word list translates by one word."""
    found: dict[str, str] = {}
    for french, english in own_words():
        if " " not in french and " " not in english:
            found.setdefault(_stem(french), _stem(english))
    return {one: other for one, other in found.items() if one != other and other not in found}


def _stem(word: str) -> str:
    return stem(unaccented(word).casefold())
