"""Say what a text is about: weigh its words by how much it makes of them.

A word that a text says once tells little of it, however rare the word is elsewhere; one that it says again, that stands in its
heading, or that is a name, is what it is about (K. Church and W. Gale, "Poisson mixtures", 1995: words that carry content come
in bursts). So a word has a strength in its text, and the words that any text may use have none.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from aikb.compose.search.stem import stem
from aikb.locales.word_list import own_words
from aikb.locales.words import known, words_of_its_own
from aikb.text.folding import unaccented

NAME, SAID, TITLED, TITLE = 3, 4, 9, 11
"""Strength of a name that stands once in a text; at least of a word that it says again; at least of one in its heading; and of
one in its heading that it says again."""
_MOST = 5
"""How often a word is said at most, for its strength."""
_ADDRESSED = 10
"""Strength of what a text names by its address."""
TERM, NAMED = "\ue000", "\ue001"
"""Stand before the id of a term, and before what an address names, where they count as words."""
_SHORT = 60
"""Words of a whole text in which every word counts, however often it stands there."""
_NUMERAL = re.compile(
    r"\d+(?:st|nd|rd|th|er|re|e|eme|h|am|pm)?|[qQ][1-4]|(?=[IVX]{2})X{0,3}(?:IX|IV|V?I{0,3})|v?i{2,3}"
)
"""A number, a year, an ordinal, a quarter, the hour, and what counts volumes: two texts that share one share nothing."""
_LONGER = (512, 2_048)
"""Words of a text above which a word must be said once more to be what the text is about, and once more again."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The words of a text, counted as they are written and by stem."""

    stems: Mapping[str, int]
    """How often each stem stands in the text."""
    roots: Mapping[str, str]
    """The stem of each word, as it is written; of none that any text may use."""
    spelled: Mapping[str, str]
    """How the text writes each first."""
    names: Collection[str]
    """The stems that have a capital wherever they stand, and stand there twice, or have one inside: `Pandoc`, `LoRA`."""
    size: int
    """Words in all."""


def counted(found: Iterable[str]) -> Counted:
    """Count the words of a text."""
    counts = Counter(found)
    stems: dict[str, int] = {}
    roots, spelled = dict[str, str](), dict[str, str]()
    low, names = set[str](), set[str]()
    for word, count in counts.items():
        root = stemmed(word)
        if not root:
            continue
        roots[word] = root
        if root in stems:
            stems[root] += count
        else:
            stems[root] = count
            spelled[root] = word if word.isascii() else unicodedata.normalize("NFKC", word)
        if word.islower() or word[0].islower():
            low.add(root)
        elif not word[1:].islower():
            names.add(root)
    names.update(root for root, count in stems.items() if count > 1 and root not in low)
    return Counted(stems, roots, spelled, names, counts.total())


def _by_root(counts: Mapping[str, int], roots: Mapping[str, str]) -> dict[str, int]:
    """Add up the counts of words by their stems."""
    stems: dict[str, int] = {}
    for word, count in counts.items():
        if word in roots:
            root = roots[word]
            stems[root] = stems.get(root, 0) + count
    return stems


def strengths(text: Counted, heading: Collection[str]) -> dict[str, int]:
    """Weigh the words of a text, by stem: those in its `heading`, those it says again, and names."""
    least = 1 if text.size < _SHORT else 2 + (text.size >= _LONGER[0]) + (text.size >= _LONGER[1])
    return _weighed(text.stems, least, heading, text.names)


def strengths_of_part(found: Sequence[str], text: Counted, heading: Collection[str]) -> dict[str, int]:
    """Weigh the words of a part of a text likewise; `found` are its words, however few."""
    least = 2 + (len(found) >= _LONGER[0]) + (len(found) >= _LONGER[1])
    return _weighed(_by_root(Counter(found), text.roots), least, heading, text.names)


def _weighed(stems: Mapping[str, int], least: int, heading: Collection[str], names: Collection[str]) -> dict[str, int]:
    found = {root: SAID - 1 + min(count - least + 1, _MOST) for root, count in stems.items() if count >= least}
    for root in names:
        if root in stems:
            found.setdefault(root, NAME)
    for root in heading:
        again = stems.get(root, 0)
        found[root] = TITLE if again >= 2 else TITLED + min(again, 1)
    return found


def with_named(topics: Mapping[str, int], concepts: Iterable[str], labels: Iterable[str]) -> Mapping[str, int]:
    """Add to what a text is about the terms of the glossary that it mentions, and the things that it names by an address."""
    terms = {f"{TERM}{concept}": SAID + min(count, _MOST) for concept, count in Counter(concepts).items()}
    named = {f"{NAMED}{label}": _ADDRESSED for label in labels}
    return {**topics, **terms, **named} if terms or named else topics


def heading_of(title: Iterable[str]) -> frozenset[str]:
    """The stems of a heading that say what is under it: `Notes`, `Misc`, `Definition` say nothing of it."""
    return frozenset(stemmed(word) for word in title if not is_label(word))


def is_label(word: str) -> bool:
    """Whether a word of a heading says only what kind of part is under it."""
    root = stemmed(word)
    return not root or root in _labels()


@lru_cache(maxsize=100_000)
def stemmed(word: str) -> str:
    """Fold and stem a word, translated where the word list knows one word for it; empty for what any text may use."""
    written = unaccented(word)
    plain = written.casefold()
    root = stem(plain)
    if (
        _NUMERAL.fullmatch(written)
        or plain in _common()
        or (root in _general() and not any(map(str.isupper, word[1:])))
    ):
        return ""
    return translations().get(root, root)


@lru_cache(maxsize=1)
def translations() -> Mapping[str, str]:
    """The stem that stands for a stem of another language: of the words that the word list translates by one word."""
    found: dict[str, str] = {}
    for french, english in own_words():
        if " " not in french and " " not in english:
            found.setdefault(_folded_stem(french), _folded_stem(english))
    return {one: other for one, other in found.items() if one != other and other not in found}


def _folded_stem(word: str) -> str:
    return stem(unaccented(word).casefold())


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """The commonest words of all languages of the interface, folded."""
    return frozenset(unaccented(word).casefold() for word in _listed("common_words", "binding_words"))


@lru_cache(maxsize=1)
def _general() -> frozenset[str]:
    """The stems of words that any text may use, in all languages of the interface."""
    return frozenset(map(_folded_stem, _listed("general_words")))


@lru_cache(maxsize=1)
def _labels() -> frozenset[str]:
    """The stems of words by which notes, sections and parts of them are labelled."""
    return frozenset(map(stemmed, _listed("label_words", "part_headings")))


def _listed(*keys: str) -> Iterator[str]:
    """List the words that files of the interface's words list."""
    for lang in known():
        for key in keys:
            yield from words_of_its_own(lang).get(key, "").replace(",", " ").split()
