"""Find mentions of terms: the author's own links, and what the running text says without one.

`aikb mentions` prints both what was found and what was declined, with the reason.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Literal, TypeAlias

from aikb.model.document import Document
from aikb.model.node import NodeKind
from aikb.model.source import Span
from aikb.read.prose import covered
from aikb.relate.glossary.concepts import Glossary, entries_of
from aikb.relate.glossary.lexicon import NOT_IT, Form, Lexicon
from aikb.relate.index import Index
from aikb.relate.links.resolution import Resolution
from aikb.settings import Settings
from aikb.system.kept import Compared

NONE, FIRST = "none", "first-per-section"
_COMMON, _SEVERAL = 0.1, 5
"""Which part of the notes says a common word, and at least how many do."""
_ORDINARY = re.compile(r"[^\W\d_][a-zà-ÿœ]+")
"""One word without capitals inside."""


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


class Places:
    """Find where in a document something stands."""

    def __init__(self, document: Document) -> None:
        """Take a document, with its sections and highlights."""
        self._sections = document.sections
        self._starts = [section.span.start for section in document.sections]
        highlights = (anchor for anchor in document.anchors if anchor.kind == "highlight")
        self._highlights = sorted(highlights, key=lambda anchor: anchor.span.start)
        self._highlight_starts = [anchor.span.start for anchor in self._highlights]

    def at(self, offset: int) -> str:
        """Find the highlight, else the section, that an offset is in; its id."""
        number = bisect_right(self._highlight_starts, offset) - 1
        if number >= 0 and offset < self._highlights[number].span.end:
            return self._highlights[number].id
        number = bisect_right(self._starts, offset) - 1
        return self._sections[number].id if number >= 0 else ""


@dataclass
class _Context:
    """Tell what stands around an offset of a document, and which of its mentions become links."""

    document: Document
    glossary: Glossary
    rule: str
    """Which mentions become links, one of `settings.MENTIONS`."""
    linked: set[tuple[str, str]] = field(default_factory=set)
    """The concepts that have a link already, with the place of it."""

    def __post_init__(self) -> None:
        self.place = Places(self.document).at
        self._entries = sorted(entries_of(self.glossary, self.document), key=lambda entry: entry[0].span.start)
        self._entry_starts = [term.span.start for term, _ in self._entries]

    def entry(self, at: int) -> tuple[str, bool]:
        """Find the concept in whose definition an offset is, and tell whether it is in the label there."""
        number = bisect_right(self._entry_starts, at) - 1
        if number < 0:
            return "", False
        term, concept = self._entries[number]
        return (concept, term.lead.start <= at < term.lead.end) if at < term.span.end else ("", False)

    def kind(self, concept: str, place: str) -> MentionKind:
        """Decide what becomes of a mention that may be linked."""
        if self.rule == NONE:
            return "plain"
        if self.rule == FIRST and (concept, place) in self.linked:
            return "repeated"
        self.linked.add((concept, place))
        return "link"

    @cached_property
    def unlinkable(self) -> _Unlinkable:
        """The stretches that take no links, collected where one is asked for."""
        return _Unlinkable(self.document)

    def objection(self, start: int, end: int, concept: str) -> str:
        """Say why a name between two offsets gets no link at its place; empty where it may get one."""
        if not covered(self.document.prose, start, end):
            return self.unlinkable.reason(start)
        entry, in_label = self.entry(start)
        if entry == concept:
            return "in the term's own definition"
        return "in another term's label" if in_label else ""


def mentions_of(
    document: Document,
    index: Index,
    glossary: Glossary,
    lexicon: Lexicon,
    resolved: Mapping[Span, Resolution],
    declined: list[Declined] | None = None,
) -> tuple[Mention, ...]:
    """Find the mentions in a document, in order. What reads like one and is none is added to `declined`, if that is given."""
    context = _Context(document, glossary, document.metadata.mentions or index.settings.mentions)
    links = list(_written_links(document, glossary, resolved))
    mentions = [*_written_mentions(context, links), *_text_mentions(context, links, lexicon, declined)]
    return tuple(sorted(mentions, key=lambda mention: mention.span.start))


def _written_mentions(context: _Context, links: Iterable[tuple[Span, str]]) -> Iterator[Mention]:
    """Make mentions of the author's links, each a span and a concept; not inside the concept's own definition."""
    text = context.document.source.text
    for link, concept in links:
        entry, _ = context.entry(link.start)
        if entry != concept:
            yield Mention(
                span=link,
                concept=concept,
                text=text[link.start : link.end],
                place=context.place(link.start),
                kind="written",
                inside=entry,
            )


def _text_mentions(
    context: _Context, links: Iterable[tuple[Span, str]], lexicon: Lexicon, declined: list[Declined] | None
) -> Iterator[Mention]:
    """Find the mentions in running text. `links` are the author's own, which count as the first of their place."""
    document, text = context.document, context.document.source.text
    first: dict[tuple[str, str], int] = {}
    for link, concept in links:
        first.setdefault((concept, context.place(link.start)), link.start)
    for start, end, form, objection in longest_matches(text, document, lexicon, declined is not None):
        if not objection or not covered(document.prose, start, end):
            objection = context.objection(start, end, form.concept)
        if objection:
            if declined is not None:
                declined.append(Declined(Span(start, end), form.concept, text[start:end], objection))
            continue
        place = context.place(start)
        if context.rule == FIRST and first.get((form.concept, place), start) < start:
            context.linked.add((form.concept, place))
        yield Mention(
            span=Span(start, end),
            concept=form.concept,
            text=_LINE_END.sub(" ", text[start:end]),
            place=place,
            kind=context.kind(form.concept, place),
            inside=context.entry(start)[0],
        )


def longest_matches(
    text: str, document: Document, lexicon: Lexicon, everything: bool
) -> Iterator[tuple[int, int, Form, str]]:
    """Match names in a text: start, end, form, and what speaks against it, empty for nothing.

    Of those that overlap, the longest that nothing speaks against; the others too, and those outside of running text, if
    `everything` is asked for.
    """
    text = _unwrapped(text, document.prose)
    languages = _Languages(document)
    hits = lexicon.hits(text)
    if not everything:
        hits = [hit for hit in hits if covered(document.prose, hit[0], hit[1])]
    hits.sort(key=lambda hit: (hit[0], -hit[1]))
    last, longest = 0, ""
    for start, end, key in hits:
        form, reason = lexicon.best_form(text, start, end, key, languages.at(start))
        if not reason:
            start, end = form.extent(start, end)
        if start < last:
            if everything:
                yield start, end, form, reason or f"inside “{longest}”"
            continue
        if not reason or reason == NOT_IT:
            last, longest = end, text[start:end]
        yield start, end, form, reason


_LINE_END = re.compile(r"\n[ \t>]*")
_MARGINS = re.compile(r"(?<=\n)[ \t>]+")


def _unwrapped(text: str, prose: Sequence[int]) -> str:
    """Hide all but the line's end between two lines of a paragraph, in a text of the same length.

    The indent of an item and the mark of a quote become characters without width, which no name is any different for.
    """

    def weightless(match: re.Match[str]) -> str:
        return "\u200b" * len(match[0]) if covered(prose, *match.span()) else match[0]

    return _MARGINS.sub(weightless, text)


class _Languages:
    """Look up the language at an offset of a document."""

    def __init__(self, document: Document) -> None:
        self._lang = document.lang
        self._passages = document.passages
        self._starts = [passage.start for passage in document.passages]

    def at(self, offset: int) -> str:
        """Look up the language of what stands at an offset."""
        number = bisect_right(self._starts, offset) - 1
        inside = number >= 0 and offset < self._passages[number].end
        return self._passages[number].lang if inside else self._lang


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
    "hashtag": "a tag, a name or a formula",
}


class _Unlinkable:
    """Look up why an offset of a document takes no link."""

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
        """Say why what stands at an offset, outside of running text, gets no link."""
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
    """List the author's links to terms; not the lines of a table of contents, which stand alone on theirs."""
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


class KeptMentions:
    """The mentions of the last build, by document; kept while serving."""

    def __init__(self) -> None:
        """Start without any."""
        self._made_of: object = None
        self._mentions = Compared[str, tuple[Mention, ...]]()

    def start(self, glossary: Glossary, settings: Settings) -> None:
        """Begin a build: forget what the last one did not use, and everything if a term or a setting has changed."""
        self._mentions.start(anew=self._made_of != (glossary, settings))
        self._made_of = glossary, settings

    def of(
        self, document: Document, resolved: Mapping[Span, Resolution], find: Callable[[], tuple[Mention, ...]]
    ) -> tuple[Mention, ...]:
        """Find the mentions in a document: the last build's if they would be the same, else what `find` finds."""
        return self._mentions.get(document.path, (document, resolved), find)


def find_mentions(
    index: Index,
    glossary: Glossary,
    resolutions: Mapping[str, Mapping[Span, Resolution]],
    kept: KeptMentions | None = None,
) -> dict[str, tuple[Mention, ...]]:
    """Find the mentions in every document, by path. Linear in the text. `kept` are those of the last build."""
    kept = kept or KeptMentions()
    kept.start(glossary, index.settings)
    if not glossary.concepts:
        return {}
    lexicon = Lexicon.of(glossary, index.settings.mentions_stop)
    found = {
        path: kept.of(
            document,
            resolutions[path],
            partial(mentions_of, document, index, glossary, lexicon, resolutions[path]),
        )
        for path, document in index.documents.items()
    }
    common = _common_words(found, glossary, len(index.documents))
    if index.settings.mentions == FIRST and common:
        found = {path: _once_a_page(mentions, common) for path, mentions in found.items()}
    return {path: mentions for path, mentions in found.items() if mentions}


def _common_words(found: Mapping[str, Sequence[Mention]], glossary: Glossary, notes: int) -> frozenset[str]:
    """Find the concepts whose name is an ordinary word in small letters that more than a tenth of the notes say."""
    having = Counter(concept for mentions in found.values() for concept in {each.concept for each in mentions})
    return frozenset(
        concept
        for concept, count in having.items()
        if count > max(_COMMON * notes, _SEVERAL)
        and all(_ORDINARY.fullmatch(label) for label in glossary.concepts[concept].labels.values())
    )


def _once_a_page(mentions: Sequence[Mention], common: Collection[str]) -> tuple[Mention, ...]:
    """Keep the first link of a page to each of these concepts; a reader who meets the word ten times has seen it once."""
    seen: set[str] = set()
    kept = []
    for each in mentions:
        again = each.concept in common and each.kind == "link" and each.concept in seen
        kept.append(replace(each, kind="repeated") if again else each)
        if each.kind in ("link", "written"):
            seen.add(each.concept)
    return tuple(kept)
