"""Where terms are spoken of: the author's own links, and what the running text says without one.

`aikb mentions` prints both what was found and what was declined, with the reason.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from aikb.model.document import Document
from aikb.model.node import NodeKind
from aikb.model.source import Span
from aikb.relate.concepts import Glossary, entries_of
from aikb.relate.index import Index
from aikb.relate.lexicon import Form, Lexicon
from aikb.relate.resolve import Resolution

NONE, FIRST = "none", "first-per-section"


MentionKind: TypeAlias = Literal["link", "written", "repeated", "plain"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place that speaks of a term."""

    span: Span
    concept: str
    """The id of the concept."""
    text: str
    """What stands there, as it is written; on one line where aikb found it."""
    place: str
    """The id of the highlight or of the section it stands in; empty at the top of a note."""
    kind: MentionKind
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

    def kind(self, concept: str, place: str) -> MentionKind:
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
            found.append(
                Mention(
                    span=link,
                    concept=concept,
                    text=text[link.start : link.end],
                    place=seen.place(link.start),
                    kind="written",
                    inside=entry,
                )
            )
    prose, closed = document.prose, None
    for start, end, form, reason in _accepted(text, document, lexicon, declined is not None):
        place = seen.place(start)
        if not covered(prose, start, end):
            closed = closed or _Closed(document)
            reason = closed.reason(start)
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
        words = _LINE_END.sub(" ", text[start:end])
        found.append(
            Mention(span=Span(start, end), concept=form.concept, text=words, place=place, kind=kind, inside=entry)
        )
    return tuple(sorted(found, key=lambda mention: mention.span.start))


def _accepted(
    text: str, document: Document, lexicon: Lexicon, everything: bool
) -> Iterator[tuple[int, int, Form, str]]:
    """The hits of a document with what speaks against them; of those that overlap, the longest that nothing speaks against."""
    text = _unwrapped(text, document.prose)
    langs = _Spoken(document)
    hits = lexicon.hits(text)
    if not everything:
        hits = [hit for hit in hits if covered(document.prose, hit[0], hit[1])]
    hits.sort(key=lambda hit: (hit[0], -hit[1]))
    last, longest = 0, ""
    for start, end, key in hits:
        form, reason = lexicon.judged(text, start, end, key, langs.at(start))
        if not reason:
            start, end = form.extent(start, end)
        if start < last:
            if everything:
                yield start, end, form, reason or f"inside “{longest}”"
            continue
        if not reason:
            last, longest = end, text[start:end]
        yield start, end, form, reason


_LINE_END = re.compile(r"\n[ \t>]*")
_MARGINS = re.compile(r"(?<=\n)[ \t>]+")


def _unwrapped(text: str, prose: Sequence[int]) -> str:
    """A text of the same length in which nothing but the line's end stands between two lines of a paragraph.

    The indent of an item and the mark of a quote become characters without width, which no name is any different for.
    """

    def weightless(match: re.Match[str]) -> str:
        return "\u200b" * len(match[0]) if covered(prose, *match.span()) else match[0]

    return _MARGINS.sub(weightless, text)


class _Spoken:
    """The language at each place of a document."""

    def __init__(self, document: Document) -> None:
        self._lang = document.lang
        self._passages = document.passages
        self._starts = [passage.start for passage in document.passages]

    def at(self, offset: int) -> str:
        """The language of what stands at an offset."""
        number = bisect_right(self._starts, offset) - 1
        inside = number >= 0 and offset < self._passages[number].end
        return self._passages[number].lang if inside else self._lang


def covered(prose: Sequence[int], start: int, end: int) -> bool:
    """Whether a stretch lies within one run of running text."""
    at = bisect_right(prose, start)
    return at % 2 == 1 and end <= prose[at]


_ACROSS = "across other markup, or in HTML that takes no links"
_PLACES: dict[NodeKind, str] = {
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


class _Closed:
    """The stretches of a document that take no links, and why."""

    def __init__(self, document: Document) -> None:
        self._blocks = [(block.start, block.end, _ACROSS) for block in document.blocks]
        self._inside: list[tuple[int, int, str]] = []
        stack = list(document.blocks)
        while stack:
            node = stack.pop()
            if node.kind in _PLACES:
                self._inside.append((node.start, node.end, _PLACES[node.kind]))
            else:
                stack += node.children
        self._inside.sort()

    def reason(self, at: int) -> str:
        """Why what stands at an offset, outside of running text, gets no link."""
        for stretches in (self._inside, self._blocks):
            number = bisect_right(stretches, at, key=lambda stretch: stretch[0]) - 1
            if number >= 0 and at < stretches[number][1]:
                return stretches[number][2]
        return "in front matter, or nowhere on the page"


_MARGIN = 60
"""Characters around a link in which its line must begin and end, if nothing else is on it."""
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
        before = text[max(link.span.start - _MARGIN, 0) : link.span.start].rpartition("\n")
        after = text[link.span.end : link.span.end + _MARGIN].partition("\n")[0]
        opens = bool(before[1]) or link.span.start < _MARGIN
        alone = opens and _LIST_MARK.fullmatch(before[2]) and not after.strip()
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
