"""Find where texts speak of a note by its title or an alias without a link to it.

A title is looked for where it is sure to name something. Two of its words must say more than words that bind and words that
notes are labelled with: "Scaling laws", not "Meeting notes" or "March 2024". Where one does, it must have a capital, and is
found with that only: "The System", not "the system". A word by itself must have capitals or digits inside (`LoRA`), or be
written with a capital wherever the notes say it, and somewhere inside a sentence: `Zettelkasten`, not "Temperature". A title
that two notes have, or that the glossary defines, names neither for certain.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TypeAlias

from aikb.locales.words import known, words_of_its_own
from aikb.model.document import Document
from aikb.model.source import Span
from aikb.relate.glossary.concepts import Glossary
from aikb.relate.glossary.lexicon import LONGEST, Form, Lexicon, fold, inside_sentence, key_of
from aikb.relate.glossary.mentions import Mention, Places, longest_matches
from aikb.relate.index import Index
from aikb.system.kept import Compared
from aikb.text.inflection import forms

_FEW = 20
"""Names that are new since the last build and are looked for by themselves, to find out which documents may have them."""
_SHORTEST, _LONE = 3, 4
"""Letters of a word that says something, and of one that is a title by itself."""


@dataclass(frozen=True, slots=True)
class TitleMention:
    """A place that speaks of a note."""

    path: str
    """Of the source it stands in."""
    mention: Mention
    """Its `concept` is the address of the note."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What one document says of the titles of others."""

    mentions: tuple[Mention, ...]
    """The first of each note in each section, in the order of the text."""
    ordinary: frozenset[str]
    """Titles of one word that it writes without a capital."""
    proper: frozenset[str]
    """Those that it writes with a capital inside a sentence."""
    addresses: frozenset[str]
    """The notes whose names it has, in whatever way."""


_Name: TypeAlias = tuple[str, str, str]
"""A name, the address of the note that has it, and its language."""


class KeptTitleMentions:
    """Mentions of titles of the last build, by document; kept while serving."""

    def __init__(self) -> None:
        """Start without any."""
        self._names: list[_Name] = []
        self._lexicon = Lexicon(())
        self._read = Compared[str, _Found]()
        self._found: Mapping[str, _Found] = {}
        self._readings: dict[str, int] = {}
        """How often the names have changed that a document may have, by path."""

    def find(self, index: Index, glossary: Glossary) -> dict[str, tuple[TitleMention, ...]]:
        """Find the mentions of each note by its address, in the order of paths and of the text. Linear in the text."""
        names = _names(index, glossary)
        self._read.start(anew=not self._follow(names, index.documents))
        if not names:
            self._found = {}
            return {}
        self._found = {
            path: self._read.get(
                path, (document, self._readings.get(path)), partial(_found_in, document, self._lexicon)
            )
            for path, document in index.documents.items()
        }
        ordinary = frozenset().union(*(each.ordinary for each in self._found.values()))
        proper = frozenset().union(*(each.proper for each in self._found.values())) - ordinary
        mentions: defaultdict[str, list[TitleMention]] = defaultdict(list)
        for path, each in self._found.items():
            for mention in each.mentions:
                if not _needs_proof(mention.text) or key_of(mention.text) in proper:
                    mentions[mention.concept].append(TitleMention(path, mention))
        return {address: tuple(each) for address, each in mentions.items()}

    def _follow(self, names: list[_Name], documents: Mapping[str, Document]) -> bool:
        """Take the names of a build. False where all documents must be read anew, and not only those that a change concerns."""
        if names == self._names:
            return True
        added, gone = set(names) - set(self._names), {address for _, address, _ in set(self._names) - set(names)}
        self._names = names
        self._lexicon = Lexicon(form for name in names for form in _forms(*name))
        if len(added) > _FEW or not self._found:  # the second: nothing has been read that could be kept
            return False
        spelled = re.compile("|".join(_spellings(form) for name in added for form in _forms(*name)) or r"\Z.")
        for path, document in documents.items():
            known, text = self._found.get(path), document.source.text
            if (known and not gone.isdisjoint(known.addresses)) or spelled.search(text) or _ODD.search(text):
                self._readings[path] = self._readings.get(path, 0) + 1
        return True


def _names(index: Index, glossary: Glossary) -> list[_Name]:
    """List the names of notes that are looked for: the name, the note's address, its language."""
    terms = {key_of(name) for concept in glossary.concepts.values() for name in concept.labels.values()}
    owners: defaultdict[str, set[str]] = defaultdict(set)
    names = []
    for address, variants in index.variants.items():
        for document in variants.values() if address != "index.md" else ():
            for name in dict.fromkeys((document.title, *document.metadata.aliases)):
                key = key_of(name)
                owners[key].add(address)
                if len(key) <= LONGEST and key not in terms and _is_name(name, key):
                    names.append((name, address, document.lang))
    return sorted(each for each in names if len(owners[key_of(each[0])]) == 1)


def _is_name(name: str, key: str) -> bool:
    """Tell whether a title may name something where it stands in a text."""
    if " " not in key:
        return name[:1].isupper() and len(key) >= _LONE and not key.isdecimal() and key not in _labels()
    telling = _telling(key)
    return len(telling) > 1 or any(word[:1].isupper() and key_of(word) in telling for word in name.split())


def _telling(key: str) -> list[str]:
    """List the words of a folded name that say what it is about."""
    return [word for word in key.split() if len(word) >= _SHORTEST and word.isalpha() and word not in _labels()]


@lru_cache(maxsize=10_000)
def _is_exact(name: str) -> bool:
    """Tell whether a name is found only with its own capitals: of several words, one says what it is about."""
    key = key_of(name)
    return " " in key and len(_telling(key)) < 2


@lru_cache(maxsize=1)
def _labels() -> frozenset[str]:
    """List the words, folded, that say nothing of what a note is about."""
    keys = ("common_words", "binding_words", "label_words")
    texts = (words_of_its_own(lang).get(key, "") for lang in known() for key in keys)
    return frozenset(word for text in texts for word in key_of(text).split())


@lru_cache(maxsize=10_000)
def _forms(name: str, address: str, lang: str) -> tuple[Form, ...]:
    """List the ways of writing a name: of several words its plurals too."""
    written = forms(name, lang) if " " in name and not _is_exact(name) else iter((name,))
    return tuple(Form.of(each, address, frozenset((lang,))) for each in dict.fromkeys(written))


def _needs_proof(text: str) -> bool:
    """Tell whether words may be an ordinary word with a capital."""
    return " " not in text and text[1:].islower() and text.isalpha()


def _found_in(document: Document, lexicon: Lexicon) -> _Found:
    """Read one document."""
    text, places = document.source.text, Places(document)
    mentions: dict[tuple[str, str], Mention] = {}
    ordinary, proper, addresses = set(), set(), set()
    for start, end, form, objection in longest_matches(text, document, lexicon, everything=False):
        written = " ".join(text[start:end].split())
        addresses.add(form.concept)
        if objection or form.concept == document.address or (_is_exact(form.written) and written != form.written):
            continue
        if _needs_proof(form.written):
            if written[:1].islower():
                ordinary.add(key_of(written))
                continue
            if inside_sentence(text, start):
                proper.add(key_of(written))
        place = places.at(start)
        mention = Mention(span=Span(start, end), concept=form.concept, text=written, place=place, kind="plain")
        mentions.setdefault((form.concept, place), mention)
    return _Found(tuple(mentions.values()), frozenset(ordinary), frozenset(proper), frozenset(addresses))


_FOLDED = {char: fold(char) for char in map(chr, (*range(0x180), *range(0x2000, 0x2C00)))}
_ODD = re.compile(
    f"[^{re.escape(''.join(each for each, kept in _FOLDED.items() if len(kept) == 1 or kept.isspace()))}]"
)
"""A letter that names are found in spite of, but that `_spellings` does not know: of two letters, styled, without width."""


def _spellings(form: Form) -> str:
    """Write a regular expression for a name with whatever accents and capitals, and signs between its words."""
    return r"[\W_]+".join("".join(_class(each) for each in word) for word in key_of(form.written).split())


@lru_cache(maxsize=256)
def _class(letter: str) -> str:
    """Write the regular expression for all letters that are one without case and accents."""
    return f"[{re.escape(''.join(char for char in _FOLDED if _FOLDED[char] == letter))}]"
