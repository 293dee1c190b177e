"""Read the properties of outlines, lines of `key:: value` under a block, as Logseq and Dataview write them.

What Logseq keeps for itself (`collapsed:: true`) is no text, and the `id::` of a block is an anchor. Other properties stand
on lines of their own. (https://docs.logseq.com/#/page/properties, `{:height 200, :width 300}` behind a picture likewise.)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from aikb.model.node import Node

_PROPERTY = re.compile(r"[^\W\d_][\w/ .-]{0,40}::(?=[ \t]|$)")
_OWN = re.compile(
    r"(?:collapsed|heading):: (?:true|false|\d)|(?:created|updated)-at:: \d+|background-color:: .*|logseq\.[\w.-]+:: .*"
    r"|(?:card|hl|ls|query)-[\w-]+:: .*|id:: (?P<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
)
_SIZE = re.compile(r"\{:(?:height|width)[ \t][^{}\n]*\}")
_BREAKS = frozenset({"soft-break", "hard-break"})
_HOLDERS = frozenset({"paragraph", "plain"})


def take_properties(tree: tuple[Node, ...], text: str) -> tuple[tuple[Node, ...], dict[int, str]]:
    """Take Logseq's own properties out of a tree: the tree without them, and the id of each block by its offset."""
    if ":: " not in text and "{:" not in text:
        return tree, {}
    ids: dict[int, str] = {}
    return _siblings(tree, ids), ids


def _siblings(nodes: Sequence[Node], ids: dict[int, str]) -> tuple[Node, ...]:
    result: list[Node] = []
    for node in nodes:
        if node.kind not in _HOLDERS:
            result.append(node.with_children(_siblings(node.children, ids)) if node.children else node)
            continue
        lines, identifier = _lines(node)
        holder = node if lines else result[-1] if result else None
        if identifier and holder is not None:
            ids.setdefault(holder.start, f"^{identifier}")
        if lines or len(nodes) == 1:
            result.append(node.with_children(_together(lines)))
    return tuple(result)


def _lines(node: Node) -> tuple[list[list[Node]], str]:
    """Cut the inlines of a block into its lines, each with the break before it: those that are text, and the block's id."""
    lines: list[list[Node]] = [[]]
    for child in node.children:
        if child.kind in _BREAKS:
            lines.append([child])
        else:
            lines[-1].append(child)
    kept, identifier = list[list[Node]](), ""
    for line in lines:
        own = _OWN.fullmatch("".join(each.plain_text for each in line).strip()) if _property(line) else None
        if own is None:
            kept.append(line)
        identifier = own["id"] or identifier if own else identifier
    return kept, identifier


def _property(line: Sequence[Node]) -> bool:
    first = next((each for each in line if each.kind not in _BREAKS), None)
    return first is not None and first.kind == "text" and bool(_PROPERTY.match(first.text.lstrip()))


def _together(lines: Sequence[Sequence[Node]]) -> list[Node]:
    """Put lines together; a property begins and ends with its line, and the size of a picture is no text."""
    children: list[Node] = []
    for at, line in enumerate(lines):
        separate = at > 0 and (_property(line) or _property(lines[at - 1]))
        for each in line[at == 0 and bool(line) and line[0].kind in _BREAKS :]:
            if each.kind == "soft-break" and separate:
                each = replace(each, kind="hard-break")
            if each.kind == "text" and children and children[-1].kind == "image" and (size := _SIZE.match(each.text)):
                each = replace(each, text=each.text[size.end() :])
            if each.kind != "text" or each.text:
                children.append(each)
    return children
