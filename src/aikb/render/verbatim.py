"""Stretches of whole lines that an extension or a plugin of the user's reads, told as they stand in the source.

A call of a macro over several lines, `::: module` with its options below, the head of a `///` block with its own: their
indentation is part of what they say, and nothing in them is Markdown before somebody has read them. Nothing that an author
hid in a comment is told.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aikb.model.node import Node
from aikb.model.site import Slot
from aikb.model.source import Span
from aikb.text.reserved import unforged

OBJECTS = r"^::: [^\n]*\n?(?:(?:[ \t]*\n)*[ \t]+\S[^\n]*\n?)*"
"""What mkdocstrings reads: the name of an object, and its options."""
HEADS = r"^[ \t]*/{3,}[ \t]*\w[^\n]*\n(?:[ \t]*[ ]{4}\S[^\n]*\n?)+"
"""The head of a block of pymdownx, where options stand below it."""
_HIDDEN = re.compile(r"<!--.*?-->|%%.*?%%", re.DOTALL)
_CONTAINERS = frozenset(
    {"list", "item", "quote", "alert", "callout", "material", "footnote", "definitions", "definition"}
)


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines in the place of the nodes that they were read as."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stretches:
    """The stretches of one text."""

    source: str = ""
    spans: tuple[Span, ...] = ()
    """In order, none within another."""

    def grouped(self, nodes: Sequence[Node | Slot]) -> Iterator[Node | Slot | Lines]:
        """Put lines in the place of the nodes of one container that a stretch goes through."""
        last = -1
        for at, node in enumerate(nodes):
            if isinstance(node, Slot):
                yield node
            elif node.start >= last:
                end = self._end(node)
                if end < 0:
                    yield node
                    continue
                last = end
                for each in nodes[at:]:  # a further one may begin in a node that this one ends in
                    if isinstance(each, Slot) or each.start >= last:
                        break
                    last = max(last, each.end, self._end(each))
                yield Lines(tuple(self._lines(node.start, last)))

    def _end(self, node: Node) -> int:
        """Where the last stretch ends that goes through a node; -1 where none does, or all are in one of its children."""
        end = -1
        for span in self.spans[bisect_right(self.spans, node.start, key=lambda each: each.end) :]:
            if span.start >= node.end:
                break
            inside = span.start > node.start and span.end <= node.end
            if node.kind == "code" or (node.kind in _CONTAINERS and inside):
                continue
            end = max(end, span.end)
        return end

    def _lines(self, start: int, end: int) -> Iterator[str]:
        """The lines of a stretch, without what the container around it is indented by."""
        first = self.source.rfind("\n", 0, start) + 1
        indented = len(self.source[first:start].expandtabs(4))
        for line in _HIDDEN.sub("", unforged(self.source[first:end])).rstrip("\n").split("\n"):
            shown = line.expandtabs(4)
            yield shown[min(indented, len(shown) - len(shown.lstrip(" "))) :]


def stretches(source: str, pattern: str, pairs: Sequence[tuple[str, str]]) -> Stretches:
    """Find what a pattern matches in a text, and what stands between `pairs` of signs on more than one line."""
    found = [Span(*match.span()) for match in re.finditer(pattern, source, re.MULTILINE)] if pattern else []
    for opening, closing in pairs:
        start = source.find(opening)
        while start >= 0 and (close := source.find(closing, start + len(opening))) >= 0:
            end = close + len(closing)
            if "\n" in source[start:end]:
                found.append(Span(start, end))
            start = source.find(opening, end)
    apart = list[Span]()
    for span in sorted(found, key=lambda each: (each.start, -each.end)):
        if not apart or span.start >= apart[-1].end:
            apart.append(span)
    return Stretches(source, tuple(apart))
