"""Match every name of every term in a text, and decide whether words so matched are the name.

All names, in every form, are one automaton (Aho and Corasick), which reads each note once, folded: without case, accents,
ligatures and styled letters, every hyphen and every other sign a blank. That finds whole words only; whether a word so found is
the term is then decided on the text as it is written.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Self

import ahocorasick

from aikb.locales.words import words_of_its_own
from aikb.relate.glossary.concepts import Concept, Glossary
from aikb.text.inflection import forms


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One way of writing a name."""

    concept: str
    written: str
    langs: frozenset[str]
    """The languages in which the term goes by this name; empty where that is not said."""
    linked: bool
    words: tuple[str, ...]
    cased: bool
    """Whether capitals inside a word are part of the name."""
    signs: bool
    """Whether other signs are: `C++`."""
    excluded: bool
    """Whether the term's `Not:` line lists it: it is no name."""
    before: int
    """How many of them stand before its first letter: `.NET`."""

    @classmethod
    def of(
        cls, written: str, concept: str, langs: frozenset[str], *, linked: bool = True, excluded: bool = False
    ) -> Self:
        """Make a form of the name of a concept, by its id, with what can be known of a name before it is met."""
        words = tuple(_WORDS.findall(_composed(written)))
        signs = not _ONE_NAME.fullmatch(written)
        before = next((at for at, char in enumerate(written) if char.isalnum()), 0) if signs else 0
        return cls(
            concept=concept,
            written=written,
            langs=langs,
            linked=linked,
            words=words,
            cased=any(map(_is_cased, words)),
            signs=signs,
            excluded=excluded,
            before=before,
        )

    def extent(self, start: int, end: int) -> tuple[int, int]:
        """Widen the offsets of the name's letters to those of the name with its signs."""
        return (start - self.before, start - self.before + len(self.written)) if self.signs else (start, end)


class _Folding(dict[int, str]):
    """What `str.translate` asks for each character, once: its letters without case and accents, a blank for other signs."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in "\u00ad\u200b\u200c\u200d\u2060\ufeff" or unicodedata.combining(char):
            result = ""
        else:
            plain = {"œ": "oe", "æ": "ae", "Œ": "oe", "Æ": "ae"}.get(char) or unicodedata.normalize("NFKD", char)
            kept = "".join(each for each in plain.casefold() if not unicodedata.combining(each))
            result = "".join(each if each.isalnum() else " " for each in kept)
        self[code] = result
        return result


_FOLDING = _Folding()
_WEIGHTLESS = re.compile(
    "[\u00ad\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200d\u2060\u20d0-\u20ff\ufe20-\ufe2f\ufeff]"
)
_ONE_NAME = re.compile("[\\w \t\n\u00a0\u202f'’‐‑\u00ad\u200b\u0300-\u036f-]+")
"""Letters, digits, and what may stand between the words of a name."""
_HYPHENS = "-‐‑_"
_APART = frozenset(("", " ", "\n", "\u00a0", "\u202f", ",", ";", ":", "(", ")", "“", "”", "«", "»", "*", '"'))
"""What stands around a word without changing it."""
_SUFFIXES = re.compile(r"[-‐‑](?:based|style|like|driven|powered|type|là|ci)\b", re.IGNORECASE)
"""What may hang on a term and leave it what it is: `MMLU-style`."""
NOT_IT = "the term's own entry says that this is not it"
_MID_SENTENCE = re.compile(r"[\w,;][\"'’“‘«(*_\s]*[ \u00a0*_“«‘(]\Z")
"""What stands before a word that does not begin its sentence."""
_BUTTON = re.compile(
    r"\b(?:click|clicking|select|open|press|choose|tap|hit|pick|cliquez|cliquer|clique|sélectionnez|sélectionner|choisissez|choisir|"
    r"ouvrez|ouvrir|appuyez|appuyer)(?: (?:on|the|sur|le|la|les|l['’]onglet|onglet|tab|button))*\s*(?:\*\*|__)\Z",
    re.IGNORECASE,
)
"""What stands before the bold name of a button."""
_LONG, LONGEST = 9, 120
"""Letters from which a word is itself without its accents, and up to which a name is one."""
_WORDS = re.compile(r"[^\W_]+")


class Lexicon:
    """Names in all their forms, ready to be found. Made once."""

    def __init__(self, names: Iterable[Form], stop: Collection[str] = ()) -> None:
        """Take the forms, and words that are never linked by themselves."""
        self._forms: dict[str, list[Form]] = {}
        self._stop = {key_of(word) for word in stop}
        for form in names:
            key = key_of(form.written)
            if len(key) > LONGEST:
                continue  # nobody says that in passing
            if len(key) > 1 or (key and form.signs):  # no letter by itself is certain to be a term
                self._forms.setdefault(key, []).append(form)
        self._automaton = ahocorasick.Automaton()
        for key in self._forms:
            self._automaton.add_word(f" {key} ", key)
        if self._forms:
            self._automaton.make_automaton()

    @classmethod
    def of(cls, glossary: Glossary, stop: Collection[str] = ()) -> Self:
        """Make the lexicon of every name of every term."""
        return cls((form for each in glossary.concepts.values() for form in _written_forms(each)), stop)

    def hits(self, text: str) -> list[tuple[int, int, str]]:
        """Match every whole word or words of a text that are a name: start, end and key, overlaps included."""
        if not self._forms:
            return []
        folded = fold(text)
        matches = [(end - len(key) - 1, end - 1, key) for end, key in self._automaton.iter(f" {folded} ")]
        if matches and (len(folded) != len(text) or _WEIGHTLESS.search(text)):
            ends = list(accumulate(map(len, map(_FOLDING.__getitem__, map(ord, text)))))
            matches = [
                (bisect_right(ends, start), _with_marks(text, bisect_right(ends, end - 1) + 1), key)
                for start, end, key in matches
            ]
        return matches

    def best_form(self, text: str, start: int, end: int, key: str, lang: str) -> tuple[Form, str]:
        """Choose the best form for a hit, and say why it is none; empty where it is one."""
        best: tuple[Form, str] | None = None
        for form in self._forms[key]:
            reason = _objection(text, start, end, form) or self._objection_in_language(key, form, lang)
            if not reason:
                return form, ""
            best = best or (form, reason)
        assert best is not None  # noqa: S101 - every key has a form
        return best

    def _objection_in_language(self, key: str, form: Form, lang: str) -> str:
        if key in self._stop:
            return "on the stop list"
        if form.langs and lang not in form.langs and key in _ordinary_words(lang):
            return f"an ordinary word in “{lang}”"
        return "" if form.linked else "the term opts out"


@lru_cache(maxsize=8)
def _ordinary_words(lang: str) -> frozenset[str]:
    """List words that mean something else in a language: a term of another that is spelled so is not linked there by itself."""
    return frozenset(words_of_its_own(lang).get("ordinary_words", "").split())


def _with_marks(text: str, end: int) -> int:
    """Find the end of a word, accents that are characters of their own included."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


def key_of(name: str) -> str:
    """Fold a name to the key that the automaton knows it by."""
    return " ".join(fold(name).split())


def fold(text: str) -> str:
    """Fold a text as the automaton reads it; letters that are two without accents become two, what has no width nothing."""
    return text.translate(_FOLDING)


def _written_forms(concept: Concept) -> Iterator[Form]:
    """List the forms of a concept: labels before aliases, names before their plurals."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    free = set()
    for term in concept.terms:
        names[concept.labels[term.lang]].add(term.lang)
    for alias in concept.aliases:
        names[alias.text].add(alias.lang)
        if not alias.lang:
            free.add(alias.text)
    for name, langs in names.items():
        known = frozenset() if name in free else frozenset(langs)
        seen = set[str]()
        for lang in sorted(langs):
            for written in forms(name, lang or "en"):
                if written not in seen:
                    seen.add(written)
                    yield Form.of(written, concept.id, known, linked=concept.linked)
    for phrase in dict.fromkeys(phrase for term in concept.terms for phrase in term.excluded):
        for written in dict.fromkeys(forms(phrase, concept.terms[0].lang)):
            yield Form.of(written, concept.id, frozenset(), linked=concept.linked, excluded=True)


def _objection(text: str, start: int, end: int, form: Form) -> str:
    """Say why the words between two offsets are not the name, as they are written; empty where they are."""
    if form.excluded:
        return NOT_IT
    start, end = form.extent(start, end)
    there = text[max(start, 0) : end]
    if form.signs:
        if there.casefold() != form.written.casefold():
            return "written otherwise"
    elif not _ONE_NAME.fullmatch(there):
        return "not one name: a sign stands between its words"
    if reason := _part_of_more(text, start, end):
        return reason
    if there[:1].isupper() and form.written.islower() and not there.isupper() and inside_sentence(text, start):
        return "a name: a capital that the term does not have"
    if text[start - 1 : start] in ("*", "_") and start > 1 and _BUTTON.search(text, max(start - 40, 0), start):
        return "what a button or a menu is called"
    if not form.cased and there.isascii():
        return ""
    theirs, ours = _WORDS.findall(_composed(there)), form.words
    pairs = zip(theirs, ours, strict=True) if len(theirs) == len(ours) else [("".join(theirs), "".join(ours))]
    for their, our in pairs:
        if _is_cased(our) and their not in (our, our.upper()) and their.removesuffix("s") != our:
            return "written in another case"
        if not _same_accents(their, our):
            return "another word: its accents differ"
    return ""


def inside_sentence(text: str, at: int) -> bool:
    """Tell whether the word at an offset does not begin its sentence."""
    return _MID_SENTENCE.search(text, max(at - 20, 0), at) is not None


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKC", text).replace("\u00ad", "").replace("\u200b", "")


def _is_cased(word: str) -> bool:
    """Tell whether a word's capitals are part of it: MMLU, LoRA, o1. A capital at the start is not."""
    return any(char.isupper() for char in word[1:])


def _same_accents(their: str, our: str) -> bool:
    """Tell whether a word has the name's accents, or none where the author left them out.

    The other way round, `température` for Temperature, only a long word is certain to be the same: `cote` and `côté` are two.
    """
    if their.isascii() or len(their) != len(our) or (our.isascii() and len(our) >= _LONG):
        return True
    return all(a == b or a.isascii() for a, b in zip(their.casefold(), our.casefold(), strict=False))


def _part_of_more(text: str, start: int, end: int) -> str:
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    if before in _APART and after in _APART:
        return ""
    longer = ""
    if (before and before in _HYPHENS and text[start - 2 : start - 1].isalnum()) or before == "_":
        longer = re.split(r"\s", text[max(start - 40, 0) : start])[-1] + text[start:end]
    if after and after in _HYPHENS and (text[end + 1 : end + 2].isalnum()) and not _SUFFIXES.match(text, end):
        longer = (longer or text[start:end]) + re.split(r"[\s,;:.)\]]", text[end : end + 40])[0]
    if longer:
        return f"part of a longer word, “{longer}”"
    if before in ("#", "@", "$", "\\") and before:
        return "a tag, a name or a formula"
    if (before == "." and text[start - 2 : start - 1].isalnum()) or (
        after == "." and text[end + 1 : end + 2].isalnum()
    ):
        return "part of an address or a file's name"
    if after in ("+", "#") and after:
        return f"part of a longer word, “{text[start : end + 1]}”"
    return ""
