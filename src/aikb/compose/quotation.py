"""Highlights shown elsewhere than on their own page: under the section they support, in place of an embed, in a tooltip."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from aikb.compose.addresses import to_document
from aikb.compose.text import text_of
from aikb.compose.tree import page_address
from aikb.compose.work_page import place_of
from aikb.model.document import Document
from aikb.model.highlights import Highlight
from aikb.model.node import Node
from aikb.model.site import Slot
from aikb.model.source import Span
from aikb.relate.evidence.ties import Tie
from aikb.relate.links.resolution import Resolution
from aikb.relate.relations import Relations
from aikb.render.renderer import Renderer
from aikb.render.text import Numbering
from aikb.text.markup import find_run
from aikb.text.sentences import shortened

LONGEST = 400
"""Characters of a highlight on either side of what is quoted of it; its own page has all."""


class Quotations:
    """The highlights of all works, to be quoted on other pages. Made once for all of them."""

    def __init__(self, relations: Relations, renderer: Renderer) -> None:
        """Take the works of the index and what is tied to them."""
        self._index = relations.index
        self._relations = relations
        self._renderer = renderer
        self._known: dict[str, Mapping[str, tuple[Highlight, Node]]] = {}

    def _texts(self, path: str) -> Mapping[str, tuple[Highlight, Node]]:
        """The highlights of a work by every id they have, with the quote that shows each; read once."""
        if path not in self._known:
            self._known[path] = self._read(path)
        return self._known[path]

    def _read(self, path: str) -> Mapping[str, tuple[Highlight, Node]]:
        document = self._index.documents.get(path)  # none, where a link leads to a file with a fragment
        if document is None or document.work is None:
            return {}
        quotes = {block.start: block for block in document.blocks}
        by_id = {highlight.id: highlight for highlight in document.work.highlights}
        main: dict[int, Highlight] = {}
        found: dict[str, tuple[Highlight, Node]] = {}
        for anchor in document.anchors:
            if anchor.kind == "highlight":
                highlight = main.setdefault(anchor.span.start, by_id.get(anchor.id, Highlight("")))
                found[anchor.id] = highlight, quotes[anchor.span.start]
        return found

    def embed(self, resolution: Resolution, origin: Document, numbering: Numbering) -> Slot | None:
        """The highlight that an embed in `origin` shows, with its source; None where it is no highlight."""
        found = self._texts(resolution.path).get(resolution.fragment)
        if found is None:
            return None
        document, (highlight, quote) = self._index.documents[resolution.path], found
        text = text_of(document, page_address(origin), self._relations, Span(quote.start, quote.end))
        body = self._renderer.render([quote], text, highlight.text, numbering, f"{highlight.id}-")
        values = {"text_lang": document.lang, "around": origin.lang, "text": body}
        return Slot("embed", {**values, **self._source(document, highlight, origin)})

    def preview(self, resolution: Resolution) -> str:
        """The beginning of the highlight that a link leads to, as plain text, for a tooltip; empty where it is none."""
        found = self._texts(resolution.path).get(resolution.fragment) if resolution.fragment else None
        return shortened(_plain(found[1])) if found else ""

    def _source(self, document: Document, highlight: Highlight | None, origin: Document) -> dict[str, Any]:
        """Where a highlight is, or a work as a whole, as templates are given it."""
        href = to_document(document, page_address(origin), self._index, highlight.id if highlight else "")
        values = {"title": document.title, "title_lang": document.lang, "href": href}
        return {**values, "place": place_of(highlight) if highlight else None, "whole": highlight is None}

    def under(self, origin: Document, section: str, *, alone: bool = False) -> list[Slot]:
        """What supports a section, as one slot, open where it stands `alone`; none where nothing does."""
        ties = self._relations.evidence.by_section.get((origin.path, section), ())
        shown = tuple(each for each in (self._tie(tie, origin) for tie in _of_passages_first(ties)) if each)
        if not shown:
            return []
        count = len([tie for tie in ties if tie.highlight])
        return [Slot("evidence", {"ties": shown, "count": count, "open": alone, "around": origin.lang})]

    def _tie(self, tie: Tie, origin: Document) -> dict[str, Any] | None:
        document = self._index.documents.get(tie.path)
        if document is None:
            return None
        if not tie.highlight:
            return self._source(document, None, origin)
        highlight, node = self._texts(tie.path)[tie.highlight]
        text = " ".join(_plain(node).split())
        passage = _around(text, tie.words) if tie.kind == "quote" else (_cut(text), "", "")
        whole = bool(passage[1]) and not any(map(str.isalnum, passage[0] + passage[2]))
        return {**self._source(document, highlight, origin), "passage": passage, "quoted": whole, "lang": document.lang}


def _of_passages_first(ties: Iterable[Tie]) -> list[Tie]:
    return sorted(ties, key=lambda tie: not tie.highlight)


def _plain(node: Node) -> str:
    """The text of a quote, a line for each paragraph and item."""
    pieces: list[str] = []
    for each in node.walk():
        if each.kind in ("text", "code-span", "code", "math"):
            pieces.append(each.text)
        elif each.kind.endswith("-break"):
            pieces.append(" ")
        elif each.kind in ("paragraph", "plain", "item", "row", "defined"):
            pieces.append("\n")
    return "".join(pieces).strip()


def _around(text: str, shared: str) -> tuple[str, str, str]:
    """A highlight in three: what stands before the words that are quoted, these, and what follows; a long one is cut."""
    found = find_run(text, shared.split())
    if found is None:
        return _cut(text), "", ""
    start, end = found.start, found.end
    first = 0 if start <= LONGEST else text.find(" ", start - LONGEST) + 1
    last = len(text) if len(text) - end <= LONGEST else text.rfind(" ", 0, end + LONGEST)
    return (
        ("… " if first else "") + text[first:start],
        text[start:end],
        text[end:last] + (" …" if last < len(text) else ""),
    )


def _cut(text: str) -> str:
    """A highlight, cut at a word where it is long."""
    return text if len(text) <= 2 * LONGEST else f"{text[: text.rfind(' ', 0, 2 * LONGEST)]} …"
