"""Label wikilinks that have no text of their own, as Obsidian shows them: `[[Note#Heading]]` is “Note > Heading”.

`[[Note|]]`, with a bar and nothing behind it, has none either.
"""

from __future__ import annotations

from dataclasses import replace

from aikb.model.node import Node


def with_labels(tree: tuple[Node, ...], text: str) -> tuple[Node, ...]:
    """Label the wikilinks of a tree that lead to a place in a file, and those that say nothing."""
    return tuple(map(_labelled, tree)) if "[[" in text else tree


def _labelled(node: Node) -> Node:
    if node.kind in ("link", "image") and node.info == "wikilink":
        if node.kind == "link" and not any(each.kind != "text" or each.text.strip() for each in node.children):
            start = node.start + 2
            node = replace(node, children=(Node("text", start, start + len(node.target), text=node.target),))
        only = node.children[0] if len(node.children) == 1 else None
        if only is None or only.kind != "text" or only.text != node.target or "#" not in node.target:
            return node
        parts = (part.strip() for part in node.target.split("#"))
        return replace(node, children=(replace(only, text=" > ".join(part for part in parts if part)),))
    if not node.children:
        return node
    return node.with_children(tuple(map(_labelled, node.children)))
