"""Where terms are spoken of: the author's own links, and what the running text says without one.

All names of all terms, in every form, are one automaton (Aho and Corasick), which reads each note once, folded: without case,
accents, ligatures and styled letters, every hyphen and every other sign a blank. That finds whole words only; whether a word so
found is the term is then decided on the text as it is written. `aikb mentions` prints both the found and the declined.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Self

import ahocorasick

from aikb.index import Index
from aikb.inflection import ORDINARY, forms
from aikb.model import Document, Span
from aikb.resolve import Resolution
from aikb.terms import Concept, Glossary, entries_of

NONE, FIRST = "none", "first-per-section"


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that speaks of a term."""

    span: Span
    concept: str
    """The id of the concept."""
    text: str
    """What stands there, as it is written."""
    place: str
    """The id of the highlight or of the section it stands in; empty at the top of a note."""
    kind: str
    """`link` where aikb makes one, `written` where the author did, `repeated` where the section has one already, or `plain`
    where the settings ask for none."""
    inside: str = ""
    """The concept whose definition it stands in."""


@dataclass(frozen=True, slots=True)
class Declined:
    """A place that reads like a term and is none, or may not be linked."""

    span: Span
    concept: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Form:
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
    before: int
    """How many of them stand before its first letter: `.NET`."""

    @classmethod
    def of(cls, written: str, concept: Concept, langs: frozenset[str]) -> Self:
        """What can be known of a name before it is met."""
        words = tuple(_WORDS.findall(_composed(written)))
        signs = not _ONE_NAME.fullmatch(written)
        before = next((at for at, char in enumerate(written) if char.isalnum()), 0) if signs else 0
        return cls(concept.id, written, langs, concept.linked, words, any(map(_is_cased, words)), signs, before)

    def extent(self, start: int, end: int) -> tuple[int, int]:
        """Where the name is when its letters are between two offsets."""
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
_LONG = 9
_WORDS = re.compile(r"[^\W_]+")


class Lexicon:
    """Every name of every term, ready to be found. Made once."""

    def __init__(self, glossary: Glossary, stop: Collection[str] = ()) -> None:
        """Take the concepts, and words that are never linked by themselves."""
        self._forms: dict[str, list[_Form]] = {}
        self._stop = {_key(word) for word in stop}
        for concept in glossary.concepts.values():
            for form in _written_forms(concept):
                key = _key(form.written)
                if len(key) > 1 or (key and form.signs):  # no letter by itself is certain to be a term
                    self._forms.setdefault(key, []).append(form)
        self._automaton = ahocorasick.Automaton()
        for key in self._forms:
            self._automaton.add_word(f" {key} ", key)
        if self._forms:
            self._automaton.make_automaton()

    def hits(self, text: str) -> list[tuple[int, int, str]]:
        """Every whole word or words of a text that are a name: start, end and what it is folded to, overlaps included."""
        if not self._forms:
            return []
        folded = text.translate(_FOLDING)
        found = [(end - len(key) - 1, end - 1, key) for end, key in self._automaton.iter(f" {folded} ")]
        if found and (len(folded) != len(text) or _WEIGHTLESS.search(text)):
            ends = list(accumulate(map(len, map(_FOLDING.__getitem__, map(ord, text)))))
            found = [
                (bisect_right(ends, start), _with_marks(text, bisect_right(ends, end - 1) + 1), key)
                for start, end, key in found
            ]
        return found

    def judged(self, text: str, start: int, end: int, key: str, lang: str) -> tuple[_Form, str]:
        """The best form for a hit, and why it is none; nothing where it is one."""
        best: tuple[_Form, str] | None = None
        for form in self._forms[key]:
            reason = _objection(text, start, end, form) or self._ordinary(key, form, lang)
            if not reason:
                return form, ""
            best = best or (form, reason)
        assert best is not None  # noqa: S101 - every key has a form
        return best

    def _ordinary(self, key: str, form: _Form, lang: str) -> str:
        if key in self._stop:
            return "on the stop list"
        if form.langs and lang not in form.langs and key in ORDINARY.get(lang, ()):
            return f"an ordinary word in “{lang}”"
        return "" if form.linked else "the term opts out"


def _with_marks(text: str, end: int) -> int:
    """The end of a word, accents that are characters of their own included."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


def _key(name: str) -> str:
    return " ".join(name.translate(_FOLDING).split())


def _written_forms(concept: Concept) -> Iterator[_Form]:
    """Labels before aliases, names before their plurals."""
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
                    yield _Form.of(written, concept, known)


def _objection(text: str, start: int, end: int, form: _Form) -> str:
    """Why the words between two offsets are not the name, as they are written; nothing where they are."""
    start, end = form.extent(start, end)
    found = text[max(start, 0) : end]
    if form.signs:
        if found.casefold() != form.written.casefold():
            return "written otherwise"
    elif not _ONE_NAME.fullmatch(found):
        return "not one name: a sign stands between its words"
    if reason := _part_of_more(text, start, end):
        return reason
    if not form.cased and found.isascii():
        return ""
    theirs, ours = _WORDS.findall(_composed(found)), form.words
    pairs = zip(theirs, ours, strict=True) if len(theirs) == len(ours) else [("".join(theirs), "".join(ours))]
    for their, our in pairs:
        if _is_cased(our) and their not in (our, our.upper()) and their.removesuffix("s") != our:
            return "written in another case"
        if not _same_accents(their, our):
            return "another word: its accents differ"
    return ""


def _composed(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKC", text).replace("\u00ad", "").replace("\u200b", "")


def _is_cased(word: str) -> bool:
    """Whether a word's capitals are part of it: MMLU, LoRA, o1. A capital at the start is not."""
    return any(char.isupper() for char in word[1:])


def _same_accents(their: str, our: str) -> bool:
    """Whether a word has the name's accents, or none where the author left them out.

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


# A document's mentions -----------------------------------------------------------------------------------------------


@dataclass
class _Seen:
    """What a document has said so far."""

    document: Document
    glossary: Glossary
    rule: str
    linked: set[tuple[str, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        sections = self.document.sections
        self._starts = [section.span.start for section in sections]
        highlights = sorted((a for a in self.document.anchors if a.kind == "highlight"), key=lambda a: a.span.start)
        self._highlights = highlights
        self._highlight_starts = [anchor.span.start for anchor in highlights]
        self._entries = sorted(entries_of(self.glossary, self.document), key=lambda entry: entry[0].span.start)
        self._entry_starts = [term.span.start for term, _ in self._entries]

    def entry(self, at: int) -> tuple[str, bool]:
        """The concept in whose definition an offset is, and whether it is in the label there."""
        number = bisect_right(self._entry_starts, at) - 1
        if number < 0:
            return "", False
        term, concept = self._entries[number]
        return (concept, term.lead.start <= at < term.lead.end) if at < term.span.end else ("", False)

    def place(self, at: int) -> str:
        """The highlight, else the section, that an offset is in."""
        number = bisect_right(self._highlight_starts, at) - 1
        if number >= 0 and at < self._highlights[number].span.end:
            return self._highlights[number].id
        number = bisect_right(self._starts, at) - 1
        return self.document.sections[number].id if number >= 0 else ""

    def kind(self, concept: str, place: str) -> str:
        """What becomes of a mention that may be linked."""
        if self.rule == NONE:
            return "plain"
        if self.rule == FIRST and (concept, place) in self.linked:
            return "repeated"
        self.linked.add((concept, place))
        return "link"


def mentions_of(
    document: Document,
    index: Index,
    glossary: Glossary,
    lexicon: Lexicon,
    resolved: Mapping[Span, Resolution],
    declined: list[Declined] | None = None,
) -> tuple[Mention, ...]:
    """The mentions in a document, in order. What reads like one and is none is added to `declined`, if that is asked for."""
    text = document.source.text
    seen = _Seen(document, glossary, document.metadata.mentions or index.settings.mentions)
    explicit = list(_written_links(document, glossary, resolved))
    first: dict[tuple[str, str], int] = {}
    for link, concept in explicit:
        first.setdefault((concept, seen.place(link.start)), link.start)
    found: list[Mention] = []
    for link, concept in explicit:
        entry, _ = seen.entry(link.start)
        if entry != concept:
            found.append(Mention(link, concept, text[link.start : link.end], seen.place(link.start), "written", entry))
    prose = document.prose
    for start, end, form, reason in _accepted(text, document, lexicon, declined is not None):
        place = seen.place(start)
        if not _covered(prose, start, end):
            reason = unlinkable(document, Span(start, end))
        elif not reason:
            entry, in_label = seen.entry(start)
            if entry == form.concept:
                reason = "in the term's own definition"
            elif in_label:
                reason = "in another term's label"
        if reason:
            if declined is not None:
                declined.append(Declined(Span(start, end), form.concept, text[start:end], reason))
            continue
        if seen.rule == FIRST and first.get((form.concept, place), start) < start:
            seen.linked.add((form.concept, place))
        kind = seen.kind(form.concept, place)
        found.append(Mention(Span(start, end), form.concept, text[start:end], place, kind, entry))
    return tuple(sorted(found, key=lambda mention: mention.span.start))


def _accepted(
    text: str, document: Document, lexicon: Lexicon, everything: bool
) -> Iterator[tuple[int, int, _Form, str]]:
    """The hits of a document with what speaks against them; of those that overlap, the longest that nothing speaks against."""
    hits = lexicon.hits(text)
    if not everything:
        hits = [hit for hit in hits if _covered(document.prose, hit[0], hit[1])]
    hits.sort(key=lambda hit: (hit[0], -hit[1]))
    last, longest = 0, ""
    for start, end, key in hits:
        form, reason = lexicon.judged(text, start, end, key, document.lang)
        if not reason:
            start, end = form.extent(start, end)
        if start < last:
            if everything:
                yield start, end, form, reason or f"inside “{longest}”"
            continue
        if not reason:
            last, longest = end, text[start:end]
        yield start, end, form, reason


def _covered(prose: Sequence[int], start: int, end: int) -> bool:
    """Whether a stretch lies within one run of running text."""
    at = bisect_right(prose, start)
    return at % 2 == 1 and end <= prose[at]


_PLACES = {
    "heading": "in a heading",
    "code": "in code",
    "code-span": "in code",
    "link": "in a link",
    "image": "in an image's text",
    "html": "in raw HTML",
    "tag": "in raw HTML",
    "math": "in a formula",
    "math-block": "in a formula",
    "caption": "in a caption",
}


def unlinkable(document: Document, span: Span) -> str:
    """Why a stretch of a document's text that is no running text gets no link."""
    for block in document.blocks:
        if block.start <= span.start < block.end:
            for node in block.walk():
                if node.kind in _PLACES and node.start <= span.start < node.end:
                    return _PLACES[node.kind]
            return "across other markup, or in HTML that takes no links"
    return "in front matter, or nowhere on the page"


_LIST_MARK = re.compile(r"\s*(?:[-*+]|\d+[.)])?\s*(?:\[[ xX]\]\s*)?")


def _written_links(
    document: Document, glossary: Glossary, resolved: Mapping[Span, Resolution]
) -> Iterator[tuple[Span, str]]:
    """The author's links to terms; not the lines of a table of contents, which stand alone on theirs."""
    text = document.source.text
    for link in document.links:
        resolution = resolved.get(link.span)
        if resolution is None or resolution.kind != "page" or link.image:
            continue
        concept = glossary.places.get((resolution.path, resolution.fragment))
        if concept is None:
            continue
        start, end = text.rfind("\n", 0, link.span.start) + 1, document.source.line_end(link.span.end)
        alone = _LIST_MARK.fullmatch(text, start, link.span.start) and not text[link.span.end : end].strip()
        if not (alone and resolution.path == document.path):
            yield link.span, concept


def find_mentions(
    index: Index, glossary: Glossary, resolutions: Mapping[str, Mapping[Span, Resolution]]
) -> dict[str, tuple[Mention, ...]]:
    """The mentions in every document, by path. Linear in the text."""
    if not glossary.concepts:
        return {}
    lexicon = Lexicon(glossary, index.settings.mentions_stop)
    found = {
        path: mentions_of(document, index, glossary, lexicon, resolutions[path])
        for path, document in index.documents.items()
    }
    return {path: mentions for path, mentions in found.items() if mentions}


_ACRONYM = re.compile(r"(?<![\w.@#$/&-])([A-Z][A-Z0-9]{1,6})s?(?![\w@&]|-\w|\.\w)")
_KNOWN = frozenset(
    "AI AM API BBC CEO CFO CIA COO CPU CTO CSS CSV DIY DM EN EU FAQ FBI FR GB GPU HR HTML HTTP HTTPS IA ID II III IP IT "
    "IV IX JS JSON KB LLC MB MIT NB NY OK ONU PC PDF PM PR PS QA RAM README SA SF SMS SQL TB TODO TV UE UI UK UN URL US "
    "USA USB USD UTC UX VI VII VIII VS XI XII XML YAML ZIP".split()
)
"""Abbreviations that need no glossary, Roman numbers among them."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An abbreviation that is used and not defined."""

    text: str
    count: int
    path: str
    start: int
    """Where it stands first."""


def candidates(documents: Iterable[Document], glossary: Glossary, least: int = 3) -> list[Candidate]:
    """Abbreviations in the running text that are in no term's name, used `least` times or more, the commonest first."""
    names = {
        word
        for concept in glossary.concepts.values()
        for name in (*concept.labels.values(), *(alias.text for alias in concept.aliases))
        for word in (_key(name), *_key(name).split())
    }
    counts: defaultdict[str, int] = defaultdict(int)
    first: dict[str, tuple[str, int]] = {}
    for document in documents:
        for match in _ACRONYM.finditer(document.source.text):
            if match[1] not in _KNOWN and _covered(document.prose, match.start(1), match.end(1)):
                counts[match[1]] += 1
                first.setdefault(match[1], (document.path, match.start(1)))
    found = [Candidate(text, count, *first[text]) for text, count in counts.items() if count >= least]
    return sorted((each for each in found if _key(each.text) not in names), key=lambda each: (-each.count, each.text))
