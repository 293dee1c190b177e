"""Find the numbers that sections and highlights bear, and the words of a text that name one: `slide 23`, « p. 23 ».

A heading says its number by itself (`23 Small models`) or with a word for what is counted (`Slide 23`). A number by itself may
be a chapter's; which reference it answers is decided here, and where two places could be meant none is.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Literal, TypeAlias

from aikb.model.document import Document, Section
from aikb.model.node import Node
from aikb.model.source import Span
from aikb.relate.glossary.mentions import Places
from aikb.relate.links.resolution import Resolution
from aikb.system.kept import Compared
from aikb.text.sentences import bounds

Counted: TypeAlias = Literal["slide", "page"]
Numbered: TypeAlias = Mapping[tuple[Counted, int], str]
"""The ids of the places of a document that are certain to be meant, by what is counted and the number."""

_SLIDE = r"slides?|diapos?|diapositives?|planches?"
_SIGN = r"(?:(?:n[o°]\.?|#)\s?)?"
_NUMBER = re.compile(
    rf"(?:(?P<word>{_SLIDE}|pages?|p\.)\s*{_SIGN}(?P<said>\d{{1,4}})(?!\w|[.,]\d)|(?P<bare>\d{{1,4}})(?P<dot>\s*[.:)\u2013\u2014-])?\s+\S)",
    re.IGNORECASE,
)
_LEAST, _SHARE = 2, 0.6
"""How many headings, and which part of those of their level, bear a number where that is no chance."""
_REFERENCE = re.compile(
    rf"(?<![\w./-])(?P<word>{_SLIDE}|pages?|pp?\.)[ \u00a0\u202f\n]?{_SIGN}(?P<number>\d{{1,4}})"
    r"(?:[ \u00a0]?(?:[-\u2013\u2014]|to|à|through)[ \u00a0]?(?P<last>\d{1,4}))?(?![\w%\u2019']|[.,/-]\d)",
    re.IGNORECASE,
)
_FURTHER = re.compile(
    r"(?:, ?(?:and |et )?| (?:and|et|or|ou|&) )(?P<number>\d{1,4})(?![\w%\u2019']|[.,/-]\d| ?[-\u2013\u2014]\d)"
)
"""One more number after those of `slides 23, 24 and 30`."""
_ELSEWHERE = re.compile(r"\s(?:of|from|in|du|des?|d\u2019|d'|dans)\b", re.IGNORECASE)
"""What follows a number that is counted in something else: `page 23 of the report`."""
_OTHERS = re.compile(
    r"(?:['\u2019]s|\b(?:his|her|their|its|your|leurs?|ses|sa|son|vos|votre|next|last|previous)|\d{4}[a-z]?\)?,?|@[\w:-]+,?|\bibid\.,?)\s*$",
    re.IGNORECASE,
)
"""What stands before a number that is counted in something else: somebody's slides, a reference to a book."""

_NEAR = 700
"""Characters before a reference that are looked through for a quotation that is open."""


@dataclass(frozen=True, slots=True)
class NumberReference:
    """Words of a text that name a place by its number."""

    span: Span
    text: str
    """The words, on one line."""
    path: str
    """The document that has the place."""
    fragment: str


def number_of(title: str) -> str:
    """Read the number that a heading begins with; empty where it has none."""
    match = _NUMBER.match(title)
    return (match["said"] or match["bare"]) if match else ""


def main_level(sections: Iterable[Section]) -> int:
    """Find the level that most sections have, the higher one of two."""
    levels = Counter(section.level for section in sections)
    return max(levels, key=lambda each: (levels[each], -each), default=0)


def is_series(numbers: Sequence[int], among: int, least: int = _LEAST) -> bool:
    """Tell whether numbers are those of slides or chapters: several, one higher than the other, and on most headings."""
    return len(numbers) >= max(least, _SHARE * among) and all(one < other for one, other in pairwise(numbers))


def places_of(document: Document) -> Numbered:
    """Find the places of a document that are certain to be meant by a number: sections of a note, highlights of a work."""
    found: defaultdict[tuple[Counted, int], list[str]] = defaultdict(list)
    for counted, number, identifier in _of_work(document) if document.work else _of_sections(document):
        found[counted, number].append(identifier)
    return {key: each[0] for key, each in found.items() if len(each) == 1}


def _of_work(document: Document) -> Iterator[tuple[Counted, int, str]]:
    """List the numbers of a work's highlights. One that the page's furniture gives is that of a slide as well as of a page."""
    assert document.work is not None  # noqa: S101 - only documents of works come here
    for highlight in document.work.highlights:
        location = highlight.location
        if highlight.page:
            yield "page", highlight.page, highlight.id
            yield "slide", highlight.page, highlight.id
        elif location and location.kind == "page" and location.label.isdecimal() and len(location.label) < 5:
            yield "page", int(location.label), highlight.id


def _of_sections(document: Document) -> Iterator[tuple[Counted, int, str]]:
    """List the numbers of a note's sections, each with what it may count.

    Numbers without a word are those of slides or pages where they are a series. One that runs from 1 without a gap may be of
    chapters or steps: no page is meant by it, and a slide only where no full stop makes an outline of it.
    """
    sections = document.sections[1 if document.titled else 0 :]
    read = [(each, match) for each in sections if each.id and (match := _NUMBER.match(each.title))]
    for section, match in read:
        if match["word"]:
            yield _counted(match["word"]), int(match["said"]), section.id
    bare = [(section, match) for section, match in read if match["bare"]]
    level = main_level(section for section, _ in bare)
    bare = [(section, match) for section, match in bare if section.level == level]
    numbers = [int(match["bare"]) for _, match in bare]
    if not is_series(numbers, sum(section.level == level for section in sections)):
        return
    chapters = numbers == [*range(1, len(numbers) + 1)]
    outlined = any(match["dot"] for _, match in bare)
    for number, (section, _) in zip(numbers, bare, strict=True):
        if not (chapters and outlined):
            yield "slide", number, section.id
        if not chapters:
            yield "page", number, section.id


def _counted(word: str) -> Counted:
    """Tell what a word counts."""
    return "page" if word.lower().startswith(("pa", "p.", "pp")) else "slide"


class KeptReferences:
    """References by number of the last build; kept while serving."""

    def __init__(self) -> None:
        """Start without any."""
        self._places = Compared[str, Numbered]()
        self._references = Compared[str, tuple[NumberReference, ...]]()

    def find(
        self, documents: Mapping[str, Document], resolutions: Mapping[str, Mapping[Span, Resolution]]
    ) -> dict[str, tuple[NumberReference, ...]]:
        """Find the references of all documents, by path; only those that changed, or lead to what did, are read again."""
        self._places.start()
        self._references.start()
        numbered = {
            path: places
            for path, document in documents.items()
            if (places := self._places.get(path, document, partial(places_of, document)))
        }
        found: dict[str, tuple[NumberReference, ...]] = {}
        for path, document in documents.items() if numbered else ():
            linked = {each.path for each in resolutions[path].values() if each.path in numbered and each.kind == "page"}
            known = {other: numbered[other] for other in sorted({path} & numbered.keys() | linked)}
            if known and document.work is None:
                made_of = document, resolutions[path], known
                references = self._references.get(path, made_of, partial(references_of, *made_of))
                if references:
                    found[path] = references
        return found


def references_of(
    document: Document, resolved: Mapping[Span, Resolution], numbered: Mapping[str, Numbered]
) -> tuple[NumberReference, ...]:
    """Find the references of one document; `numbered` are the places of those documents that it may mean, by path."""
    reader = _Reader(document, resolved, numbered)
    return tuple(sorted(reader.read(), key=lambda each: each.span.start))


class _Reader:
    """Reads the references of one document."""

    def __init__(
        self, document: Document, resolved: Mapping[Span, Resolution], numbered: Mapping[str, Numbered]
    ) -> None:
        self._document = document
        self._text = document.source.text
        self._links = sorted(resolved, key=lambda span: span.start)
        self._resolved = resolved
        self._numbered = numbered
        self._closed = sorted(_closed(document.blocks))
        self._places = Places(document)

    def read(self) -> Iterator[NumberReference]:
        """Find the references in the running text."""
        prose = self._document.prose
        for start, end in zip(prose[::2], prose[1::2], strict=True):
            for match in _REFERENCE.finditer(self._text, start, end):
                yield from self._of(match, end)

    def _of(self, match: re.Match[str], end: int) -> Iterator[NumberReference]:
        """Make the references of one match: of its first number, or its range, and of those that follow."""
        text, word = self._text, match["word"].lower()
        counted = _counted(word)
        stretches = [(Span(*match.span()), int(match["number"]), int(match["last"] or 0))]
        at = match.end()
        while word.endswith(("s", "pp.")) and (more := _FURTHER.match(text, at, end)):
            stretches.append((Span(*more.span("number")), int(more["number"]), 0))
            at = more.end()
        if _ELSEWHERE.match(text, at, end) or self._is_others(match.start(), counted):
            return
        for span, number, last in stretches:
            target = self._target(span, counted, number) if not last or number < last else None
            if target is not None:
                yield NumberReference(span, " ".join(text[span.start : span.end].split()), *target)

    def _is_others(self, at: int, counted: Counted) -> bool:
        """Tell whether what stands at an offset is somebody else's words, or counts in something else."""
        number = bisect_right(self._closed, at, key=lambda each: each[0]) - 1
        if number >= 0 and at < self._closed[number][1] and (self._closed[number][2] == "quote" or counted == "page"):
            return True
        before = self._text[max(self._holder(at)[0], at - _NEAR) : at]
        return bool(_OTHERS.search(before[-40:])) or _in_quotation(before)

    def _target(self, span: Span, counted: Counted, number: int) -> tuple[str, str] | None:
        """Find the one place that is meant: of the note, or of the pages that the sentence links to."""
        start, end = self._holder(span.start)
        first, last = bounds(self._text, span.start, span.end)
        first, last = max(first, start), min(last, end)
        paths = {self._document.path: None}
        for link in self._links[bisect_left(self._links, first, key=lambda each: each.start) :]:
            if link.start >= last:
                break
            resolution = self._resolved[link]
            if resolution.path not in (self._document.path, *self._numbered) or resolution.kind != "page":
                return None  # it may be counted in what the sentence links to
            paths[resolution.path] = None
        found = [(path, name) for path in paths if (name := self._numbered.get(path, {}).get((counted, number)))]
        if len(found) != 1 or found[0] == (self._document.path, self._places.at(span.start)):
            return None  # it leads to where it stands
        return found[0]

    def _holder(self, at: int) -> tuple[int, int]:
        """Find the offsets of the paragraph, the item's line or the cell around an offset."""
        nodes: Sequence[Node] = self._document.blocks
        holder = 0, 0
        while (number := bisect_right(nodes, at, key=lambda node: node.start) - 1) >= 0 and at < nodes[number].end:
            node = nodes[number]
            holder = node.start, node.end
            if node.kind in ("paragraph", "plain", "cell", "defined"):
                break
            nodes = node.children
        return holder


def _closed(blocks: Sequence[Node]) -> Iterator[tuple[int, int, str]]:
    """List where the words of others stand, and footnotes: start, end and kind."""
    stack = [*blocks]
    while stack:
        node = stack.pop()
        if node.kind == "quote" or (node.kind == "callout" and node.info in ("quote", "cite")):
            yield node.start, node.end, "quote"
        elif node.kind == "footnote":
            yield node.start, node.end, "footnote"
        elif node.kind not in ("paragraph", "plain", "code", "table"):
            stack += node.children


def _in_quotation(before: str) -> bool:
    """Tell whether a quotation is open at the end of a text."""
    return before.count("“") > before.count("”") or before.count("«") > before.count("»") or before.count('"') % 2 == 1
