"""Find the places of a document that name something by its address, an arXiv id or a DOI, and what they do with it.

A place takes notes on a thing where its link is a heading or a paragraph of its own with a text under it; elsewhere it is only
linked. In an export of highlights it was read.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from aikb.model.document import Document, Link
from aikb.model.node import Node
from aikb.model.source import Span
from aikb.text.identifiers import Identifier, identify, written_in
from aikb.text.sentences import around, first_sentence

Role: TypeAlias = Literal["noted", "linked", "highlighted"]

_HOLDS_TEXT = frozenset(("paragraph", "plain", "heading", "cell", "caption", "defined"))
_BARE = re.compile(r"(?:https?://|www\.)\S+|(?:arxiv|doi):\s?\S+|[\d./]+", re.IGNORECASE)
"""What a link says that shows its address and no title."""
_LABEL = re.compile(
    r"\W{0,3}(?:the |full |original |le |l’|l')?(?:paper|arxiv|pdf|preprint|article|link|technical (?:paper|report)|"
    r"tech report|"
    r"papier|lien|rapport(?: technique)?|étude)(?: link| pdf| here| ici)?\W{0,3}",
    re.IGNORECASE,
)
"""What a link to a paper says instead of its title."""
_LONG = 4_000
"""Characters of a block that are looked at for one link."""
POINTING = ("below", "further down", "above", "plus bas", "plus loin", "plus haut", "ci-dess")
"""What all of these words have one of."""
_REMARK = re.compile(r"\s[(\[][^()\[\]]{1,40}[)\]]\W{0,2}$")
"""A word in brackets after a link: `(todo)`, `(notes below)`."""
_POINTER = re.compile(
    r"[\s:–—-]{0,3}[(\[]\s?((?:(?:see|read|cf\.?|voir|lire)\s)?(?:(?:my|the|more|mes|les|le|la)\s)?"
    r"(?:(?:notes?|summary|details?|more|résumé|détails?|suite)\s)?(?:are\s)?"
    r"(?:below|further down|above|plus bas|plus loin|ci-dessous|plus haut|ci-dessus))\s?[.!]?[)\]]",
    re.IGNORECASE,
)
"""Beside a link, that notes on it stand elsewhere on the page."""


@dataclass(frozen=True, slots=True)
class Naming:
    """A place in a document that names something."""

    of: Identifier
    url: str
    """The address as it is written; empty for an identifier without one."""
    text: str
    """What the link says; empty where that is its address."""
    place: str
    """The id of the section or of the highlight; empty at the top of the page."""
    title: str
    """The section's title, else the document's."""
    role: Role
    sentence: str
    """The sentence that it stands in, or the first one of the notes on it."""
    pointer: Span | None = None
    """Words beside it that say where notes on it are: `notes below`."""


def namings(document: Document) -> tuple[Naming, ...]:
    """Find all places of a document that name something, in the order of the text."""
    reader = _Reader(document)
    found = list(reader.linked())
    if document.work is None:
        found += reader.written()
    elif thing := identify(document.work.url):
        title = document.title
        found.append((-1, Naming(thing, document.work.url, title, "", title, "highlighted", "")))
    return _titled_by_section([naming for _, naming in sorted(found, key=lambda each: each[0])])


def _titled_by_section(found: Sequence[Naming]) -> tuple[Naming, ...]:
    """Give a paper that is linked as "Paper" its section's title, where no other is linked so: the notes are on that."""
    labelled = (each for each in found if each.of.paper and each.place and is_label(each.text))
    papers = Counter((each.place, each.of) for each in labelled)
    places = Counter(place for place, _ in papers)
    return tuple(
        replace(each, role="noted", text=each.title)
        if each.of.paper and each.role != "highlighted" and places[each.place] == 1 and is_label(each.text)
        else each
        for each in found
    )


def is_label(text: str) -> bool:
    """Tell whether what a link says is no title: "paper", "PDF"."""
    return _LABEL.fullmatch(text) is not None


class _Reader:
    """Reads one document; every place is found by bisection, so that long notes with many links cost what they are long."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._blocks = document.blocks
        marks = [each for each in document.anchors if each.kind == "highlight"] if document.work else document.sections
        self._marks = sorted((each.span.start, each.id) for each in marks)
        self._titles = {section.id: section.title for section in document.sections}
        self._last: tuple[Node | None, str] = (None, "")

    def _words(self, block: Node) -> str:
        """Write a block as a line of plain text: once for all that it names."""
        if self._last[0] is not block:
            self._last = block, " ".join(block.plain_text.split())
        return self._last[1]

    def linked(self) -> Iterator[tuple[int, Naming]]:
        """Find the links, and where each begins."""
        for link in self._document.links:
            thing = None if link.image else identify(link.target)
            if thing is not None:
                yield link.span.start, self._naming(thing, link)

    def written(self) -> Iterator[tuple[int, Naming]]:
        """Find identifiers that the running text writes out without a link."""
        prose = self._document.prose
        for offset, thing in written_in(self._document.source.text):
            if bisect_right(prose, offset) % 2:
                block, _ = self._around(offset)
                sentence = first_sentence(self._words(block)[:_LONG]) if block else ""
                yield offset, Naming(thing, "", "", *self._place(offset), "linked", sentence)

    def _naming(self, thing: Identifier, link: Link) -> Naming:
        block, siblings = self._around(link.span.start)
        title = " ".join(link.text.split())
        text = "" if not title or _BARE.fullmatch(title) else title
        place, heading = self._place(link.span.start)
        if self._document.work is not None:
            return Naming(thing, link.target, text, place, heading, "highlighted", self._sentence(block, link))
        following = self._notes_under(link.span.start, block, title)
        if following is not None:
            return Naming(thing, link.target, text, place, heading, "noted", _first_words(following))
        pointer = _pointer(link, siblings)
        return Naming(thing, link.target, text, place, heading, "linked", self._sentence(block, link), pointer)

    def _place(self, offset: int) -> tuple[str, str]:
        """Find the section or the highlight at an offset, and what it is called."""
        document = self._document
        at = bisect_right(self._marks, (offset, "\uffff")) - 1
        if at < 0 or (at == 0 and document.titled and not document.work):
            return "", document.title
        identifier = self._marks[at][1]
        return identifier, self._titles.get(identifier, document.title)

    def _at(self, offset: int) -> int:
        return bisect_right(self._blocks, offset, key=lambda block: block.start) - 1

    def _around(self, offset: int) -> tuple[Node | None, Sequence[Node]]:
        """Find the innermost block of text around an offset, and the inlines among which what begins there stands."""
        at = self._at(offset)
        if at < 0:
            return None, ()
        holder = node = self._blocks[at]
        while True:
            if node.kind in _HOLDS_TEXT:
                holder = node
            at = bisect_right(node.children, offset, key=lambda each: each.start) - 1
            if at < 0 or (node.children[at].start == offset and node.children[at].kind == "link"):
                return holder, node.children
            if not node.children[at].children:
                return holder, node.children
            node = node.children[at]

    def _notes_under(self, offset: int, block: Node | None, title: str) -> Node | None:
        """Find the first block of the notes on what a link names: it is a heading, or all of a paragraph, above them."""
        at = self._at(offset)
        if block is None or block is not self._blocks[at] or at + 1 == len(self._blocks):
            return None
        words = self._words(block) if block.kind == "paragraph" and block.end - block.start <= _LONG else ""
        alone = bool(words) and words.rstrip(" :.") == title.rstrip(" :.")
        following = self._blocks[at + 1]
        if following.kind in ("heading", "rule") or not (block.kind == "heading" or alone):
            return None
        return None if alone and _is_link(following) else following

    def _sentence(self, block: Node | None, link: Link) -> str:
        """Write the sentence around a link; nothing where it is the link alone."""
        if block is None:
            return ""
        title, text = " ".join(link.text.split()), self._words(block)
        if len(text) > _LONG:  # a paragraph of thousands of links is not looked through for each of them
            before = max(0, (link.span.start - block.start) * len(text) // max(1, block.end - block.start) - _LONG // 2)
            text = text[before : before + _LONG]
        at = text.find(title)
        sentence = "".join(around(text, at, at + len(title))) if at >= 0 else first_sentence(text)
        return "" if _REMARK.sub("", sentence).strip(" .:-–—") == title else sentence


def _first_words(block: Node) -> str:
    """Find the first sentence of a block: of a list, that of its first item."""
    texts = (node for node in block.walk_visible() if node.kind in ("paragraph", "plain", "cell"))
    return first_sentence(next(texts, block).plain_text)


def _is_link(block: Node) -> bool:
    """Whether a block is nothing but a link: one line of a list of links that is not written as a list."""
    return block.kind == "paragraph" and len(block.children) == 1 and block.children[0].kind == "link"


def _pointer(link: Link, siblings: Sequence[Node]) -> Span | None:
    """Find the words right after a link that say where notes on it are."""
    at = bisect_left(siblings, link.span.end, key=lambda each: each.start)
    while at < len(siblings) and siblings[at].start == link.span.end and siblings[at].kind != "text":
        at += 1
    beside = siblings[at] if at < len(siblings) and siblings[at].start == link.span.end else None
    match = _POINTER.match(beside.text) if beside is not None else None
    if beside is None or match is None or len(beside.text) != beside.end - beside.start:
        return None
    return Span(beside.start + match.start(1), beside.start + match.end(1))
