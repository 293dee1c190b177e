"""Links that aikb adds to a text, of terms and of places by their number: the words of each under a node of their own."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Sequence

from aikb.model.document import Document
from aikb.model.node import Node
from aikb.model.source import Span
from aikb.relate.glossary.mentions import Mention
from aikb.relate.numbered import NumberReference
from aikb.relate.relations import Relations


def term_links(document: Document, relations: Relations, within: Span | None = None) -> dict[Span, Mention]:
    """The mentions of a document that lead to their terms: those that become links, and the author's links to terms.

    `within` limits them to a part of the document.
    """
    found = relations.mentions.get(document.path, ())
    if within is not None:
        first = bisect_left(found, within.start, key=lambda mention: mention.span.start)
        found = found[first : bisect_left(found, within.end, first, key=lambda mention: mention.span.start)]
    return {mention.span: mention for mention in found if mention.kind in ("link", "written")}


def number_links(document: Document, relations: Relations, within: Span | None = None) -> tuple[NumberReference, ...]:
    """The places of a document that name another by its number; `within` limits them to a part of the document."""
    found = relations.references.get(document.path, ())
    if within is None:
        return found
    return tuple(each for each in found if within.start <= each.span.start < within.end)


def with_added_links(nodes: Sequence[Node], mentions: Iterable[Mention | NumberReference]) -> Sequence[Node]:
    """Inlines with a node of kind `term` or `reference` around the words of each mention, which may wrap over lines."""
    out: list[Node] = []
    rest = deque(nodes)
    for mention in mentions:
        start, end = mention.span.start, mention.span.end
        while rest and rest[0].end <= start:
            out.append(rest.popleft())
        if not rest:
            break
        if rest[0].kind != "text" or rest[0].start > start:
            continue  # it stands inside emphasis, and is written with that
        node = rest.popleft()
        at = _place(node, mention)
        if at:
            out.append(Node("text", node.start, start, text=node.text[:at]))
        words: list[Node] = []
        while node.end < end and rest:  # it goes on over the end of the line
            words.append(Node(node.kind, max(start, node.start), node.end, text=node.text[at:]))
            node, at = rest.popleft(), 0
        stop = at + len(mention.text) if not words else end - node.start
        words.append(Node(node.kind, max(start, node.start), end, text=node.text[at:stop]))
        if isinstance(mention, NumberReference):
            out.append(Node("reference", start, end, tuple(words)))
        else:
            out.append(Node("term", start, end, tuple(words), info=mention.concept))
        if stop < len(node.text):
            rest.appendleft(Node(node.kind, end, node.end, text=node.text[stop:]))
    return [*out, *rest] if out else nodes


def _place(node: Node, mention: Mention | NumberReference) -> int:
    """Where in a text a mention begins. Where escapes make text and source differ, its words are looked for."""
    at = mention.span.start - node.start
    if len(node.text) == node.end - node.start:
        return at
    return max(node.text.rfind(mention.text, 0, at + len(mention.text)), 0)
