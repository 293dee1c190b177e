"""Bridge names and languages: what else a reader may call what the notes speak of.

Three kinds of equivalents, each kept with the first stem of what is typed: names that mean the same (of the glossary, acronyms
explained in the texts, the first letters of names in them, and families of words: irregular forms, one root), translations (of
a word list), and names of terms, which are answered with their definition.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Literal, TypeAlias

from aikb.compose.search.stem import singular, stem
from aikb.compose.search.words import chunks, normalised, stems
from aikb.locales.word_list import word_list
from aikb.model.site import Record
from aikb.read.glossary.aliases import long_form
from aikb.settings import Settings, SettingsError
from aikb.system.kept import Kept
from aikb.system.regular_file import read_regular_text

Bond: TypeAlias = Literal["n", "t", "a"]
"""Name, translation, answer."""
_ACRONYM = r"[A-Z][A-Za-z]{0,3}[A-Z][A-Za-z]{0,5}"
_EXPLAINED = re.compile(rf"(?<=[\w’'-] )\(({_ACRONYM}s?)\)")
_WORDS_BEFORE = re.compile(r"(?<![\w’'-])(?:[\w’'-]+ ){2,8}\Z")
_LONG = 200
"""Characters before an acronym that its long form is looked for in."""
_EXPLAINS = re.compile(rf"\b({_ACRONYM})s? ?\(([^()]{{6,80}})\)")
_SMALL = "of|and|for|in|on|the|to|de|du|des|la|le|les|et|en|pour"
"""Words that stand small in a name, and may give it a letter or not: Ministry of Health, `MoH` and `MH`."""
_SMALL_ONES = frozenset([*_SMALL.split("|"), "d", "l", "à"])
_NAME = re.compile(rf"(?<![\w'-])[A-ZÀ-Þ]\w+(?:[ -](?:(?:{_SMALL}) ){{0,2}}[A-ZÀ-Þ]\w+){{1,5}}(?![\w'])")
_PIECES = re.compile(r"[ -]")
_LETTERS = range(3, 7)
"""Letters of an acronym that is made of the first ones of a name; of two there are too many."""
_NAMES = 3
"""Names that such an acronym may stand for, the commonest."""
_LONGEST, _SHORTEST, _COMPOUND = 12, 3, 6
"""Letters of a word of a family by which longer words are known, `broke` in `outbroke`, and of the longer word at least."""
_TARGETS = 4
"""Translations of a word that are looked up; one with more of them is too common to help."""


@dataclass(frozen=True, slots=True)
class Equivalent:
    """What may be looked up beside what was typed."""

    rest: tuple[str, ...]
    """The stems that must follow the first one."""
    target: tuple[str, ...]
    """The stems that are looked up, all of them; of an answer, the number of its record."""
    bond: Bond

    @property
    def encoded(self) -> str:
        """Write it as the index has it: `n` and the rest, `=` and the target."""
        return f"{self.bond}{' '.join(self.rest)}={' '.join(self.target)}"


def equivalents(
    records: Sequence[Record],
    groups: Iterable[Sequence[str]],
    pairs: Iterable[tuple[str, str]],
    vocabulary: Mapping[str, Collection[str]],
    kept: Bridged | None = None,
) -> Mapping[str, tuple[Equivalent, ...]]:
    """Make all equivalents, by first stem. What the texts have no word of is left out.

    `vocabulary` are the stems of the texts, each with how it is spelled; `kept` is what the last build knew.
    """
    kept = kept or Bridged()
    kept.start()
    bridge = _Bridge(vocabulary, kept)
    for group in [*groups, *acronyms(records, kept), *families()]:
        for name in group:
            for other in group:
                bridge.add(name, other, "n")
    for short, name in initials(records, kept):
        if not any(stem in vocabulary for stem in stems(short)):
            bridge.add(short, name, "n")
    pairs = list(pairs)
    for short, name in abbreviations({name for pair in pairs for name in pair}):
        if short not in vocabulary:
            bridge.add(short, name, "n")
    for form, word in compounds(vocabulary):
        bridge.add(form, word, "n")
    for one, other in pairs:
        bridge.add(one, other, "t")
        bridge.add(other, one, "t")
    for number, record in enumerate(records):
        for name in record.names:
            bridge.answer(name, number)
    return bridge.found()


class Bridged:
    """What the last build knew of names and texts; kept while serving."""

    def __init__(self) -> None:
        """Start without any."""
        self.stems = Kept[str, tuple[tuple[str, ...], str]]()
        """Of a name: its stems, and its first word."""
        self.explained = Kept[str, tuple[tuple[str, str], ...]]()
        self.initials = Kept[str, tuple[tuple[str, str], ...]]()

    def start(self) -> None:
        """Begin a build."""
        self.stems.start()
        self.explained.start()
        self.initials.start()


class _Bridge:
    def __init__(self, vocabulary: Mapping[str, Collection[str]], kept: Bridged) -> None:
        self._vocabulary, self._kept = vocabulary, kept
        self._found: defaultdict[str, dict[Equivalent, None]] = defaultdict(dict)

    def add(self, name: str, other: str, bond: Bond) -> None:
        """Have `other` looked up where `name` is typed."""
        target, _ = self._stemmed(other)
        if not target or any(each not in self._vocabulary for each in target):
            return
        typed, word = self._stemmed(name)
        if typed and typed != target:
            self._found[self._key(typed[0], word)].setdefault(Equivalent(typed[1:], target, bond))

    def answer(self, name: str, number: int) -> None:
        """Answer with a record where `name` is all that is typed."""
        wholes = [each.whole.stem for each in chunks(name) if each.whole]
        for typed in (self._stemmed(name)[0], tuple(wholes[:1] if len(chunks(name)) == 1 else ())):
            if typed:
                self._found[typed[0]].setdefault(Equivalent(typed[1:], (str(number),), "a"))

    def _key(self, first: str, word: str) -> str:
        """Tell what a name is kept with: its first stem, or its first word where the texts have that stem of other words.

        So `core` does not ask for Korea, whose French name has the same stem.
        """
        spelled = self._vocabulary.get(first)
        same = spelled is None or word == first or word in spelled or any(singular(each) == word for each in spelled)
        return first if same else word

    def found(self) -> dict[str, tuple[Equivalent, ...]]:
        """List the equivalents by first stem; a translation that is also a name is one only."""
        result = {}
        for first, all_of_them in self._found.items():
            named = {(each.rest, each.target) for each in all_of_them if each.bond == "n"}
            kept, counts = [], Counter[tuple[str, ...]]()
            for each in all_of_them:
                if each.bond == "t":
                    counts[each.rest] += 1
                    if (each.rest, each.target) in named or counts[each.rest] > _TARGETS:
                        continue
                kept.append(each)
            result[first] = tuple(kept)
        return result

    def _stemmed(self, name: str) -> tuple[tuple[str, ...], str]:
        return self._kept.stems.get(name, _stemmed)


def _stemmed(name: str) -> tuple[tuple[str, ...], str]:
    """Stem a name; its first word in the singular."""
    plain = normalised(name).split(" ")
    if all(word.isalpha() and word.islower() for word in plain):  # as most are
        return tuple(map(stem, plain)), singular(plain[0])
    words = [word for each in chunks(name) for word in each.parts]
    return tuple(word.stem for word in words), singular(words[0].folded) if words else ""


def acronyms(records: Iterable[Record], kept: Bridged | None = None) -> list[tuple[str, str]]:
    """Find acronyms that a text explains, “retrieval augmented generation (RAG)” in either order, with their long form."""
    kept = kept or Bridged()
    found: set[tuple[str, str]] = set()
    for record in records:
        for text in (record.title, record.text):
            if "(" in text:
                found.update(kept.explained.get(text, _explained))
    return sorted(found)


def _explained(text: str) -> tuple[tuple[str, str], ...]:
    found = []
    for match in _EXPLAINED.finditer(text):
        before = _WORDS_BEFORE.search(text, max(0, match.start() - _LONG), match.start())
        short = match[1].removesuffix("s")
        if before and (long := long_form(short, before[0].strip())):
            found.append((short, long.lower()))
    found += [
        (match[1], match[2].lower())
        for match in _EXPLAINS.finditer(text)
        if long_form(match[1], match[2]).casefold() == match[2].casefold()
    ]
    return tuple(dict.fromkeys(found))


def initials(records: Iterable[Record], kept: Bridged | None = None) -> list[tuple[str, str]]:
    """List what the names in titles and texts are called by their first letters: `GCM`, General Circulation Model."""
    kept = kept or Bridged()
    counts = Counter[tuple[str, str]]()
    for record in records:
        for text in (record.title, record.text):
            counts.update(kept.initials.get(text, _initials))
    found: defaultdict[str, list[str]] = defaultdict(list)
    for short, name in sorted(counts, key=lambda each: (-counts[each], each)):
        if len(found[short]) < _NAMES:
            found[short].append(name)
    return [(short, name) for short in sorted(found) for name in found[short]]


def _initials(text: str) -> tuple[tuple[str, str], ...]:
    found = []
    for match in _NAME.finditer(text):
        pieces = _PIECES.split(match[0])
        while pieces and pieces[0].lower() in _SMALL_ONES:
            del pieces[0]
        great = [piece[0] for piece in pieces if piece[0].isupper()]
        name = " ".join(pieces).lower()
        ways = {"".join(great), "".join(piece[0] for piece in pieces)} if not match[0].isupper() else ()
        found += [(letters.upper(), name) for letters in ways if len(letters) in _LETTERS]
    return tuple(sorted(found))


def abbreviations(names: Iterable[str]) -> list[tuple[str, str]]:
    """List what the names of a word list are called by their first letters: `qft`, quantum field theory."""
    found = []
    for name in sorted(names):
        pieces = _PIECES.split(name.replace("'", " "))
        great = [piece for piece in pieces if piece not in _SMALL_ONES]
        ways = {normalised("".join(piece[:1] for piece in each)).lower() for each in (pieces, great)}
        found += [(letters, name) for letters in sorted(ways) if len(letters) in _LETTERS]
    return found


def compounds(vocabulary: Mapping[str, Collection[str]]) -> list[tuple[str, str]]:
    """List the forms of the texts' words that end in a word of a family: `outbroken` for `outbreak`, `unreliability`."""
    forms: dict[str, list[str]] = {}
    for family in families():
        single = [each for each in family if each.isalpha() and len(each) >= _SHORTEST]
        for each in single:
            forms.setdefault(each, []).extend(other for other in single if other != each)
    ends = {each[-_SHORTEST:] for each in forms}
    found = []
    for known, spelled in vocabulary.items():
        for word in () if known[0] == ":" else (known, *spelled):
            if word[-_SHORTEST:] in ends and len(word) >= _COMPOUND:
                for at in range(max(2, len(word) - _LONGEST), len(word) - _SHORTEST + 1):
                    found += [(word[:at] + other, word) for other in forms.get(word[at:], ())]
    return found


def families() -> list[list[str]]:
    """Read the families that come with aikb: members that find one another, between `|`."""
    text = (files("aikb.locales") / "families.txt").read_text(encoding="utf-8")
    lines = (line.partition("#")[0] for line in text.splitlines())
    return [[each.strip() for each in line.split("|")] for line in lines if "|" in line]


def read_words(folder: Path, settings: Settings) -> list[tuple[str, str]]:
    """Read the user's own word list, if there is one, beside `mkdocs.yml` in a folder. Raises SettingsError."""
    if not settings.search_words:
        return []
    try:
        return word_list(read_regular_text(folder / settings.search_words))
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"plugins.aikb.search_words: {settings.search_words} cannot be read: {error.__class__.__name__}"
        ) from None
