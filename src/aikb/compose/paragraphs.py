"""Sentences around places of a text: of links that lead to a page, of mentions of a term."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TypeAlias

from aikb.model.document import Document
from aikb.model.node import Node
from aikb.model.source import Span
from aikb.relate.glossary.mentions import Mention
from aikb.text.formula import as_text
from aikb.text.sentences import around

Sentence: TypeAlias = tuple[str, str, str]
"""What stands before some words, the words, and what follows."""

_HOLDERS = frozenset({"paragraph", "plain", "row", "head", "heading", "caption", "defined"})
"""Kinds of nodes whose text is read as one; of a table, its rows."""


class Sentences:
    """The paragraphs of every document, by its path; kept while serving, for the documents that did not change."""

    def __init__(self) -> None:
        """Start without any."""
        self._known: dict[str, tuple[Document, Paragraphs]] = {}

    def keep(self, documents: Mapping[str, Document]) -> None:
        """Forget all documents but these, by path."""
        self._known = {path: known for path, known in self._known.items() if documents.get(path) is known[0]}

    def of(self, document: Document) -> Paragraphs:
        """The paragraphs of a document."""
        known = self._known.get(document.path)
        if known is None or known[0] is not document:
            known = self._known[document.path] = document, Paragraphs(document)
        return known[1]


class Paragraphs:
    """The blocks of a document that hold text, to be found by an offset."""

    def __init__(self, document: Document) -> None:
        """Take a document; nothing of it is read before it is asked for."""
        self._document = document
        self._texts: dict[int, tuple[str, list[tuple[Node, int, int]]]] = {}
        self._links: dict[Span, Sentence] = {}
        self._mentions: dict[Mention, Sentence] = {}

    @cached_property
    def _nodes(self) -> list[Node]:
        nodes = (node for block in self._document.blocks for node in block.walk() if node.kind in _HOLDERS)
        return sorted(nodes, key=lambda node: node.start)

    @cached_property
    def _starts(self) -> list[int]:
        return [node.start for node in self._nodes]

    def around_link(self, span: Span) -> Sentence:
        """The sentence around a link; empty where the link shows no words, as that of a picture."""
        if span not in self._links:
            self._links[span] = self._around_link(span)
        return self._links[span]

    def _around_link(self, span: Span) -> Sentence:
        at = bisect_right(self._starts, span.start) - 1
        if at < 0 or self._nodes[at].end < span.end:
            return "", "", ""
        return self._around_pieces(at, span) or ("", "", "")

    def around_mention(self, mention: Mention) -> Sentence:
        """The sentence of a mention."""
        if mention not in self._mentions:
            self._mentions[mention] = self._around_mention(mention)
        return self._mentions[mention]

    def _around_mention(self, mention: Mention) -> Sentence:
        at = bisect_right(self._starts, mention.span.start) - 1
        if at < 0:
            return "", mention.text, ""
        if mention.kind == "written":
            return self._around_pieces(at, mention.span) or ("", mention.text, "")
        text, pieces = self._text(at)
        number = bisect_right(pieces, mention.span.start, key=lambda piece: piece[0].start) - 1
        node, start, end = pieces[number] if number >= 0 else (self._nodes[at], 0, 0)
        offset = mention.span.start - node.start
        if end - start != node.end - node.start:
            offset = max(text[start:end].rfind(mention.text, 0, offset + len(mention.text)), 0)
        return around(text, start + offset, start + offset + len(mention.text))

    def _around_pieces(self, at: int, span: Span) -> Sentence | None:
        """The sentence around what some nodes of a block say; None where they say nothing."""
        text, pieces = self._text(at)
        first = bisect_left(pieces, span.start, key=lambda piece: piece[0].start)
        last = bisect_left(pieces, span.end, key=lambda piece: piece[0].start)
        return around(text, pieces[first][1], pieces[last - 1][2]) if first < last else None

    def _text(self, at: int) -> tuple[str, list[tuple[Node, int, int]]]:
        """What a block says, and which of its nodes says what of it."""
        if at not in self._texts:
            pieces, size = list[tuple[Node, int, int]](), 0
            texts = list(_texts(self._nodes[at]))
            for node, text in texts:
                pieces.append((node, size, size + len(text)))
                size += len(text)
            self._texts[at] = "".join(text for _, text in texts), pieces
        return self._texts[at]


def _texts(block: Node) -> Iterator[tuple[Node, str]]:
    for node in block.walk_visible():
        if node.kind in ("text", "code-span"):
            yield node, node.text
        elif node.kind == "math":
            yield node, as_text(node.latex)
        elif node.kind.endswith("-break"):
            yield node, " "
        elif node.kind == "cell" and node.start > block.children[0].start:
            yield node, " · "
