"""The lines of lists as Python-Markdown reads them, with `item` to write an item after its marker."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from aikb.model.node import Node

Item = Callable[[Node, str], list[str]]


def list_lines(node: Node, item: Item) -> list[str]:
    """Write a list, with numbers or bullets."""
    lines: list[str] = []
    loose = any(child.kind == "paragraph" for each in node.children for child in each.children)
    gap = "  " if loose else " "  # a second space tells a loose list from a tight one where it has one item only
    for number, each in enumerate(node.children, max(node.level, 0)):
        marker = "-" if node.level < 0 else f"{number}."
        if lines and loose:
            lines.append("")
        lines += item(each, marker + gap)
    return lines


def definition_lines(node: Node, item: Item, term: Callable[[Node], str]) -> list[str]:
    """Write a definition list; a blank line before a definition makes paragraphs of its text."""
    lines: list[str] = []
    for before, child in pairwise((None, *node.children)):
        if child is not None and child.kind == "defined":
            lines += [*([""] if before and before.kind == "definition" else []), term(child)]
        elif child is not None:
            loose = bool(child.children) and child.children[0].kind != "plain"
            lines += [*([""] if loose else []), *item(child, ":   ")]
    return lines
