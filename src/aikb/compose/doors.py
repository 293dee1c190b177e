"""Mentions of terms as links in a text: the tree of a paragraph with the words of a mention under a node of their own."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import replace

from aikb.mentions import Mention
from aikb.model import Document, Node, Span
from aikb.relate import Relations


def doors(document: Document, relations: Relations) -> dict[Span, Mention]:
    """The mentions of a document that lead to their terms: those that become links, and the author's links to terms."""
    found = relations.mentions.get(document.path, ())
    return {mention.span: mention for mention in found if mention.kind in ("link", "written")}


def with_doors(nodes: Sequence[Node], mentions: Iterable[Mention]) -> Sequence[Node]:
    """Inlines with a node of kind `term` around the words of each mention, which may wrap over lines."""
    rest = deque(nodes)
    out: list[Node] = []
    for mention in mentions:
        start, end = mention.span.start, mention.span.end
        while rest and not (rest[0].kind == "text" and rest[0].start <= start < rest[0].end):
            out.append(rest.popleft())
        if not rest:
            break
        before, inner = _cut(rest.popleft(), mention, start)
        words = [inner]
        while words[-1].end < end and rest:
            words.append(rest.popleft())
        words[-1], after = _cut(words[-1], mention, end)
        out += [before] if before.text else []
        out.append(Node("term", start, end, tuple(words), info=mention.concept))
        if after.text:
            rest.appendleft(after)
    return [*out, *rest] if out else nodes


def _cut(node: Node, mention: Mention, offset: int) -> tuple[Node, Node]:
    """A text in two at an offset of the source. Where escapes make the two differ in length, the mention's words are looked for."""
    at = offset - node.start
    if len(node.text) != node.end - node.start:
        at = max(node.text.rfind(mention.text, 0, at + len(mention.text)), 0) if offset == mention.span.start else at
        if offset == mention.span.end and node.start == mention.span.start:
            at = len(mention.text)
    first, second = node.text[:at], node.text[at:]
    return replace(node, end=offset, text=first), replace(node, start=offset, text=second)
