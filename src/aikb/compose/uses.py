"""Where terms are used: the sentences that speak of them, place by place, made once for all trees."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from aikb.compose.sentences import around
from aikb.index import Index
from aikb.mentions import Mention
from aikb.model import Document, Node
from aikb.relate import Relations

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


def uses(index: Index, relations: Relations) -> dict[str, Uses]:
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
                paragraphs[path] = _Paragraphs(index.documents[path])
            shown.append(Use(path, place, *paragraphs[path].sentence(mention), counts[concept][key]))
        by_path, mentioned = defaultdict[str, int](int), defaultdict[str, int](int)
        for (path, _), count in counts[concept].items():
            by_path[path] += 1
            mentioned[path] += count
        found[concept] = Uses(tuple(shown), by_path, mentioned)
    return found


class _Paragraphs:
    """The blocks of a document that hold text, to be found by an offset."""

    def __init__(self, document: Document) -> None:
        self._nodes = sorted(
            (
                node
                for block in document.blocks
                for node in block.walk()
                if node.kind in ("paragraph", "plain", "cell", "heading", "caption")
            ),
            key=lambda node: node.start,
        )
        self._starts = [node.start for node in self._nodes]

    def sentence(self, mention: Mention) -> tuple[str, str, str]:
        """The sentence of a mention: before, words, after."""
        at = bisect_right(self._starts, mention.span.start) - 1
        if at < 0:
            return "", mention.text, ""
        pieces, start, end, size = list[str](), -1, -1, 0
        for node, text in _texts(self._nodes[at]):
            offset = mention.span.start - node.start
            if start < 0 and offset >= 0 and mention.span.start < node.end and node.kind == "text":
                if len(text) != node.end - node.start:
                    offset = max(text.rfind(mention.text, 0, offset + len(mention.text)), 0)
                start = size + offset
            elif start < 0 and node.start >= mention.span.start and mention.kind == "written":
                start = size
            size += len(text)
            pieces.append(text)
            if mention.kind == "written" and node.end <= mention.span.end:
                end = size
        if start < 0:
            return "", mention.text, ""
        if mention.kind != "written":
            end = start + len(mention.text)
        return around("".join(pieces), start, max(end, start))


def _texts(block: Node) -> Iterator[tuple[Node, str]]:
    for node in block.walk_visible():
        if node.kind in ("text", "code-span", "math"):
            yield node, node.text
        elif node.kind.endswith("-break"):
            yield node, " "
