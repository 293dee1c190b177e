"""Where terms are used: the sentences that speak of them, place by place, made once for all trees."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from aikb.model.document import Document
from aikb.model.node import Node
from aikb.relate.mentions import Mention
from aikb.relate.relations import Relations
from aikb.text.formula import as_text
from aikb.text.sentences import around

LIMIT = 60
"""How many places the page of a term shows; the glossary for other tools names all."""


@dataclass(frozen=True, slots=True)
class Use:
    """A place that speaks of a term, and how often."""

    path: str
    """Of the source."""
    place: str
    """The id of its section or highlight."""
    before: str
    words: str
    """The term, as it stands in the sentence."""
    after: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Uses:
    """All uses of one concept that are no part of a definition."""

    shown: tuple[Use, ...]
    """The first in each place, in the order of the notes; at most LIMIT."""
    places: Mapping[str, int]
    """How many places there are, by the path of the source."""
    counts: Mapping[str, int]
    """How many mentions, likewise."""


def uses(relations: Relations) -> dict[str, Uses]:
    """The uses of each concept by its id."""
    first: defaultdict[str, dict[tuple[str, str], Mention]] = defaultdict(dict)
    counts: defaultdict[str, defaultdict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    for path, mentions in relations.mentions.items():
        for mention in mentions:
            if not mention.inside:
                key = path, mention.place
                first[mention.concept].setdefault(key, mention)
                counts[mention.concept][key] += 1
    paragraphs: dict[str, _Paragraphs] = {}
    found = {}
    for concept, places in first.items():
        shown = []
        for key, mention in list(places.items())[:LIMIT]:
            path, place = key
            if path not in paragraphs:
                paragraphs[path] = _Paragraphs(relations.index.documents[path])
            shown.append(Use(path, place, *paragraphs[path].sentence(mention), counts[concept][key]))
        by_path, mentioned = defaultdict[str, int](int), defaultdict[str, int](int)
        for (path, _), count in counts[concept].items():
            by_path[path] += 1
            mentioned[path] += count
        found[concept] = Uses(tuple(shown), by_path, mentioned)
    return found


class _Paragraphs:
    """The blocks of a document that hold text, to be found by an offset; of a table, its rows."""

    def __init__(self, document: Document) -> None:
        self._nodes = sorted(
            (
                node
                for block in document.blocks
                for node in block.walk()
                if node.kind in ("paragraph", "plain", "row", "head", "heading", "caption")
            ),
            key=lambda node: node.start,
        )
        self._starts = [node.start for node in self._nodes]
        self._texts: dict[int, tuple[str, list[tuple[Node, int, int]]]] = {}

    def sentence(self, mention: Mention) -> tuple[str, str, str]:
        """The sentence of a mention: before, words, after."""
        at = bisect_right(self._starts, mention.span.start) - 1
        if at < 0:
            return "", mention.text, ""
        text, pieces = self._text(at)
        number = bisect_right(pieces, mention.span.start, key=lambda piece: piece[0].start) - 1
        if mention.kind == "written":
            inside = [
                each for each in pieces[max(number, 0) :] if mention.span.start <= each[0].start < mention.span.end
            ]
            if not inside:
                return "", mention.text, ""
            return around(text, inside[0][1], inside[-1][2])
        node, start, end = pieces[number] if number >= 0 else (self._nodes[at], 0, 0)
        offset = mention.span.start - node.start
        if end - start != node.end - node.start:
            offset = max(text[start:end].rfind(mention.text, 0, offset + len(mention.text)), 0)
        return around(text, start + offset, start + offset + len(mention.text))

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
            yield node, as_text(node.text)
        elif node.kind.endswith("-break"):
            yield node, " "
        elif node.kind == "cell" and node.start > block.children[0].start:
            yield node, " · "
