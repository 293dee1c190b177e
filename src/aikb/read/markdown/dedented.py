"""A stretch of a note without its indentation, and the way back from offsets in it to those of the note."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace

from aikb.model.node import Node


class Dedented:
    """The lines of a stretch, each without what it is indented by."""

    def __init__(self, lines: Sequence[tuple[int, str]]) -> None:
        """Take for each line its offset in the note, after the indentation, and what stands there."""
        self.end = lines[-1][0] + len(lines[-1][1])
        self.text = "\n".join(line for _, line in lines)
        self._outer = [offset for offset, _ in lines]
        self._inner = [0]
        for _, line in lines:
            self._inner.append(self._inner[-1] + len(line) + 1)

    def outer(self, offset: int) -> int:
        """Convert an offset in the text to the offset in the note."""
        line = min(bisect_right(self._inner, offset), len(self._outer)) - 1
        return self._outer[line] + offset - self._inner[line]

    def blocks(self, parse: Callable[[str], tuple[Node, ...]], definitions: str = "") -> tuple[Node, ...]:
        """Parse the text by itself, with the note's `definitions` of references; the offsets are the note's."""
        tree = parse(self.text + definitions)
        return tuple(shifted(node, self.outer) for node in tree if node.start < len(self.text))


def without_indent(line: str, indent: int) -> int | None:
    """Count the characters that make `indent` columns at the start of the line; None if it is indented less."""
    column = 0
    for index, char in enumerate(line):
        if column >= indent:
            return index
        if char not in " \t":
            return None
        column += 4 - column % 4 if char == "\t" else 1
    return len(line)


def shifted(node: Node, outer: Callable[[int], int]) -> Node:
    """Move a node and everything in it to other offsets."""
    children = tuple(shifted(child, outer) for child in node.children)
    return replace(node, start=outer(node.start), end=outer(node.end), children=children)
