"""Read Obsidian's callouts: quotations that begin with `[!type]`, a fold sign and a title (https://help.obsidian.md/callouts).

GitHub's five alerts without a title are pulldown-cmark's own reading and stay what they are. The line of the title is a block
of its own, whatever stands under it: the parser is shown a heading there (`# ` for `[!`), unless the next line belongs to it
lazily.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from aikb.model.node import Node

_OPENING = re.compile(r"\[!(?P<type>[^\]\[|\n]*[^\]\[|\s])[ \t]*(?:\|[^\]\n]*)?\](?P<fold>[-+]?)[ \t]*")
_BREAKS = ("soft-break", "hard-break")


def title_of(text: str, node: Node) -> int | None:
    """Find the title of a callout that the parser has to be shown as a block: its offset; None where there is none."""
    first = node.children[0] if node.kind == "quote" and node.children else None
    if first is None or not _OPENING.match(text, first.start):
        return None
    line_end = text.find("\n", first.start)
    following = text[line_end + 1 :] if line_end >= 0 else ""
    return first.start if line_end < 0 or re.match(r"[ \t]*>", following[:200]) else None


def with_callouts(node: Node, text: str) -> Node:
    """Turn the quotations of a tree that are callouts into such."""
    if not node.children:
        return node
    children = tuple(with_callouts(child, text) for child in node.children)
    if node.kind == "quote" and (callout := _callout(node, children, text)):
        return callout
    return node.with_children(children)


def _callout(node: Node, children: Sequence[Node], text: str) -> Node | None:
    first = children[0]
    match = _OPENING.match(text, first.start) if first.kind in ("heading", "paragraph") else None
    if match is None:
        return None
    inlines, body = first.children, list(children[1:])
    at = next((at for at, each in enumerate(inlines) if each.kind in _BREAKS), len(inlines))
    if first.kind == "paragraph" and at < len(inlines):
        rest = inlines[at + 1 :]
        if rest:
            body.insert(0, Node("paragraph", rest[0].start, first.end, rest))
        inlines = inlines[:at]
    title = _after(inlines, match.end())
    if title:
        body.insert(0, Node("caption", title[0].start, title[-1].end, title))
    kind = " ".join(match["type"].split()).lower()
    return Node("callout", node.start, node.end, tuple(body), info=kind, text=match["fold"])


def _after(nodes: Sequence[Node], offset: int) -> tuple[Node, ...]:
    """Cut off what stands before an offset, and blanks at the end."""
    kept = [node for node in nodes if node.end > offset]
    if kept and kept[0].start < offset and kept[0].kind == "text":
        first = kept.pop(0)
        cut = (
            first.text[len(first.text) - (first.end - offset) :]
            if first.end - offset <= len(first.text)
            else first.text
        )
        if cut.strip():
            kept.insert(0, Node("text", offset, first.end, text=cut))
    if kept and kept[-1].kind == "text" and not kept[-1].text.strip():
        kept.pop()
    return tuple(kept)
