"""What an embed shows of another note, and where embeds come back to themselves or go too deep.

A piece is a note, a section or a block. Pieces embed pieces; the graph of them is walked once: the work is linear in the
embeds.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from aikb.findings.finding import finding
from aikb.model.document import Document, Link
from aikb.model.finding import Diagnostic
from aikb.model.node import Node
from aikb.model.source import Span
from aikb.relate.index import Index
from aikb.relate.links.resolution import Resolution

DEEPEST = 3
"""How many embeds may stand inside each other."""
MOST = 100
"""How many embeds a page shows, those inside others too."""
LARGEST = 300_000
"""Characters that they may have together."""

Piece = tuple[str, str]
"""The path of a document, and the id of a section or block in it; empty for the whole."""


def embedded_blocks(document: Document, resolution: Resolution) -> Sequence[Node]:
    """Cut out the blocks that an embed shows, with the footnotes they refer to; none where it is shown as a link."""
    dead = any(each.code.startswith("anchor-") and each.code != "anchor-case" for each in resolution.diagnostics)
    if document.work is not None or (dead and not resolution.fragment):
        return ()
    if not resolution.fragment:
        own = document.blocks
        return own[1:] if document.titled and own and own[0].kind == "heading" else own
    if (extent := _section_extent(document, resolution.fragment)) is not None:
        start, end = extent
        shown = [block for block in document.blocks if start <= block.start < end and block.kind != "footnote"]
        return _with_footnotes(shown, document)
    anchor = next((each for each in document.anchors if each.id == resolution.fragment and each.kind == "block"), None)
    block = _block_at(document.blocks, anchor.span) if anchor is not None else None
    return _with_footnotes([block], document) if block is not None else ()


def _section_extent(document: Document, fragment: str) -> tuple[int, int] | None:
    """Find where a section and those under it begin and end; None where no section has this id."""
    at = next((at for at, each in enumerate(document.sections) if each.id == fragment), None)
    if at is None:
        return None
    section, rest = document.sections[at], document.sections[at + 1 :]
    after = (each.span.start for each in rest if each.level <= section.level)
    return section.span.start, next(after, len(document.source.text))


def _block_at(blocks: Sequence[Node], span: Span) -> Node | None:
    """Find the block at a place: the outermost one that begins and ends there, or the item that it is the text of.

    An id that stands alone after a block is an empty node before it (`read/block_ids`), which is passed over.
    """
    stack = list(reversed(blocks))
    while stack:
        node = stack.pop()
        if not node.start <= span.start < max(node.end, node.start + 1):
            continue
        if (node.start, node.end) == (span.start, span.end) and (node.kind != "plain" or node.children):
            return node
        if node.kind == "item" and node.children and node.children[0].start == span.start:
            return Node("list", node.start, node.end, (node,), level=-1)
        stack.extend(reversed(node.children))
    return None


def _with_footnotes(blocks: Sequence[Node], document: Document) -> Sequence[Node]:
    labels = {node.info for block in blocks for node in block.walk() if node.kind == "footnote-ref"}
    if not labels:
        return blocks
    notes = [node for block in document.blocks for node in block.walk() if node.kind == "footnote"]
    return [*blocks, *(node for node in notes if node.info in labels)]


def embed_findings(index: Index, resolutions: Mapping[str, Mapping[Span, Resolution]]) -> Iterator[Diagnostic]:
    """Find embeds that lead back to what they stand in, and pages that embed more than is shown."""
    graph = _Graph(index, resolutions)
    for path in graph.embeds:
        yield from graph.cycles((path, ""))
    for path, (link, target) in graph.beyond():
        yield finding("embed-limit", index.documents[path].source, link.span.start, link.span.end, target=target[0])


class _Graph:
    """The pieces of all documents and what each embeds."""

    def __init__(self, index: Index, resolutions: Mapping[str, Mapping[Span, Resolution]]) -> None:
        self._index = index
        self.embeds: dict[str, list[tuple[Link, Resolution]]] = {}
        """By path of the document, those that lead to another page or a part of one, in order."""
        for path, document in index.documents.items():
            if document.work is None and (found := _embeds(document, resolutions[path])):
                self.embeds[path] = found
        self._inside: dict[Piece, list[tuple[Link, Piece]]] = {}
        self._places: dict[Piece, int] = {}
        """The place of each piece on the way that is walked; `_DONE` where it has been left."""
        self._cyclic: set[Piece] = set()
        self._told: set[str] = set()
        self._sizes: dict[tuple[Piece, int], tuple[int, int]] = {}

    def inside(self, piece: Piece) -> list[tuple[Link, Piece]]:
        """List the embeds in a piece, and what each shows."""
        if piece not in self._inside:
            path, fragment = piece
            found = self.embeds.get(path, [])
            if fragment and found:
                start, end = self._extent(piece)
                found = found[bisect_left(found, start, key=_start) : bisect_left(found, end, key=_start)]
            self._inside[piece] = [(link, (each.path, each.fragment)) for link, each in found]
        return self._inside[piece]

    def _extent(self, piece: Piece) -> tuple[int, int]:
        """Find where a piece begins and ends. The check has documents without their blocks."""
        path, fragment = piece
        document = self._index.documents[path]
        if not fragment:
            return 0, len(document.source.text)
        if (extent := _section_extent(document, fragment)) is not None:
            return extent
        span = next(
            (each.span for each in document.anchors if each.id == fragment and each.kind == "block"), Span(0, 0)
        )
        return span.start, span.end

    def cycles(self, root: Piece) -> Iterator[Diagnostic]:
        """Walk from a piece, and find in each document the first embed that leads back to one on the way.

        A loop and no recursion, as a ring may be long.
        """
        if root in self._places:
            return
        self._places[root] = 0
        stack = [(root, iter(self.inside(root)))]
        lowest = [1]  # for each piece on the way, the place of the highest one that something in it leads back to
        while stack:
            piece, rest = stack[-1]
            link, target = next(rest, (None, root))
            if link is None:
                stack.pop()
                back, self._places[piece] = lowest.pop(), _DONE
                if back <= len(stack):
                    self._cyclic.add(piece)
                if lowest:
                    lowest[-1] = min(lowest[-1], back)
            elif target not in self._places:
                self._places[target] = len(stack)
                stack.append((target, iter(self.inside(target))))
                lowest.append(len(stack))
            elif (place := self._places[target]) != _DONE:
                lowest[-1] = min(lowest[-1], place)
                if piece[0] not in self._told:
                    self._told.add(piece[0])
                    source = self._index.documents[piece[0]].source
                    yield finding("embed-cycle", source, link.span.start, link.span.end, target=target[0])

    def beyond(self) -> Iterator[tuple[str, tuple[Link, Piece]]]:
        """List the pages that embed too much or too deep, with the embed that tells."""
        for path in self.embeds:
            texts = characters = 0
            for link, target in self.inside((path, "")):
                if target in self._cyclic:
                    continue
                more, size = self._size(target, DEEPEST)
                texts, characters = texts + more, characters + size
                if more >= _DEEP or texts > MOST or characters > LARGEST:
                    yield path, (link, target)
                    break

    def _size(self, piece: Piece, levels: int) -> tuple[int, int]:
        """Count the texts and characters that an embed shows; `_DEEP` texts where something stands too deep."""
        if not levels:
            return _DEEP, 0
        key = piece, levels
        if key not in self._sizes:
            start, end = self._extent(piece)
            texts, characters = 1, end - start
            for _, target in self.inside(piece):
                if target in self._cyclic:
                    continue  # that has been said
                more, size = self._size(target, levels - 1)
                texts, characters = texts + more, characters + size
            self._sizes[key] = min(texts, _DEEP), characters
        return self._sizes[key]


_DEEP, _DONE = 1_000_000, -1


def _start(embed: tuple[Link, Resolution]) -> int:
    return embed[0].span.start


def _embeds(document: Document, resolved: Mapping[Span, Resolution]) -> list[tuple[Link, Resolution]]:
    found = [
        (link, resolution)
        for link in document.links
        if link.image and (resolution := resolved[link.span]).kind == "page"
    ]
    return sorted(found, key=_start)
