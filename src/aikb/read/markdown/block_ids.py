"""Take Obsidian's block ids out of a tree: `^id` at the end of a block, or alone on the line after it.

An id is an anchor and no text. One that stands alone belongs to the block before it: a list, a quote, a table or code, which
cannot hold it themselves. (Obsidian's help, "Link to a block in a note".)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from aikb.model.node import Node
from aikb.text.slug import slug

_ID = re.compile(r"(?:^|(?<=\s))\^(?!\d{1,2}$)([A-Za-z0-9-]+)$")
"""A caret before one or two digits is an exponent."""
_HOLDERS = frozenset({"paragraph", "plain", "heading"})


def take_block_ids(tree: tuple[Node, ...], text: str) -> tuple[tuple[Node, ...], dict[int, str]]:
    """Take the ids out of a tree: the tree without them, and each id with its caret by the offset of its block."""
    if not re.search(r"\^[A-Za-z0-9-]+[ \t]*$", text, re.MULTILINE):
        return tree, {}
    ids: dict[int, str] = {}
    return _siblings(tree, ids), ids


def _siblings(nodes: Sequence[Node], ids: dict[int, str]) -> tuple[Node, ...]:
    result: list[Node] = []
    for node in nodes:
        identifier, rest = _split(node) if node.kind in _HOLDERS else ("", node)
        if not identifier:
            result.append(_within(node, ids))
        elif rest.children:
            ids[node.start] = identifier
            result.append(rest)
        elif result and result[-1].kind in _HOLDERS and result[-1].start not in ids:
            ids[result[-1].start] = identifier
        elif result and result[-1].start not in ids:
            ids[result[-1].start] = identifier
            result.insert(len(result) - 1, Node("plain", result[-1].start, result[-1].end))
        else:  # the first thing there is, or another id of a block that has one
            ids[node.start] = identifier
            result.append(Node("plain", node.start, node.start))
    return tuple(result)


def _within(node: Node, ids: dict[int, str]) -> Node:
    if not node.children or node.kind in _HOLDERS:
        return node
    children = _siblings(node.children, ids)
    return node.with_children(children)


def _split(node: Node) -> tuple[str, Node]:
    """Split the id from the end of a block's text; empty where there is none."""
    last = node.children[-1] if node.children else None
    match = _ID.search(last.text.rstrip()) if last is not None and last.kind == "text" else None
    if last is None or match is None:
        return "", node
    before = node.children[:-1]
    written = last.text[: match.start()]
    if text := written.rstrip():
        before = (*before, replace(last, text=text, end=last.end - (len(last.text) - len(text))))
    elif not written and before and not before[-1].kind.endswith("-break"):
        return "", node  # `**bold**^id` is text
    while before and before[-1].kind.endswith("-break"):
        before = before[:-1]
    info = node.info
    if node.kind == "heading" and not re.search(r"#[^\s.{}]", info):
        info = f"#{slug(node.plain_text)} {info}".strip()  # GitHub's id, which is made of what it shows
    return f"^{match[1]}", replace(node, children=before, info=info)
