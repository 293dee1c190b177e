"""The author's own list of contents, folded: the sidebar has them, and the text begins on the first screen."""

from __future__ import annotations

from aikb.model.document import Document
from aikb.model.node import Node
from aikb.relate.relations import Relations

_LEAST = 4
"""Fewer headings fill no screen."""
_SHARE = 0.8
"""How many of the headings the list must lead to."""


def own_contents(document: Document, relations: Relations) -> Node | None:
    """The list near the top of a note that leads to nearly all of its headings and nowhere else; None without one."""
    sections = document.sections[1 if document.titled else 0 :]
    if len(sections) < _LEAST:
        return None
    limit = sections[1].span.start  # a heading of its own may stand over it
    for block in document.blocks:
        if block.start >= limit:
            break
        if block.kind == "list" and not _words_outside_links(block):
            reached = _reached(block, document, relations)
            if len(reached & {section.id for section in sections}) >= _SHARE * len(sections):
                return block
    return None


def _reached(block: Node, document: Document, relations: Relations) -> set[str]:
    """The ids on this page that a block's links lead to; none where one leads elsewhere."""
    resolutions = relations.resolutions[document.path]
    reached: set[str] = set()
    for link in document.links:
        if block.start <= link.span.start < block.end:
            resolution = resolutions[link.span]
            here = resolution.kind == "page" and resolution.path == document.path
            if not here and not link.target.startswith("#"):  # one that is broken was meant for this page, too
                return set()
            reached.add(resolution.fragment)
    return reached


def _words_outside_links(node: Node) -> bool:
    """Whether a node says anything that is no link; numbers and signs between links are nothing."""
    if node.kind in ("link", "term", "reference"):
        return False
    if node.kind not in (
        "list",
        "item",
        "plain",
        "paragraph",
        "text",
        "soft-break",
        "hard-break",
        "emphasis",
        "strong",
    ):
        return True
    return any(letter.isalpha() for letter in node.text) or any(map(_words_outside_links, node.children))
