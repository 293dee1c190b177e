"""Highlights shown elsewhere than on their own page: under the section they support, in place of an embed, in a tooltip."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from html import escape

from aikb.compose.tree import page_address, relative
from aikb.compose.work_page import place_of
from aikb.locales.words import counted, words
from aikb.model.document import Document
from aikb.model.highlights import Highlight
from aikb.model.node import Node
from aikb.relate.evidence import Tie
from aikb.relate.index import Index
from aikb.relate.relations import Relations
from aikb.render.escape import lang_attribute, raw_block
from aikb.text.folding import unaccented
from aikb.text.sentences import sentences, shortened


class Quotations:
    """The highlights of all works, to be quoted on other pages. Made once for all of them."""

    def __init__(self, index: Index, relations: Relations) -> None:
        """Take the works of the index and what is tied to them."""
        self._index = index
        self._evidence = relations.evidence
        self._texts = cache(self._read)

    def _read(self, path: str) -> Mapping[str, tuple[Highlight, Node]]:
        """The highlights of a work by every id they have, with the quote that shows each."""
        document = self._index.documents[path]
        if document.work is None:
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

    def quote(self, path: str, fragment: str) -> tuple[Document, Highlight, Node] | None:
        """A highlight by its page and its id there."""
        found = self._texts(path).get(fragment)
        return (self._index.documents[path], *found) if found else None

    def preview(self, path: str, fragment: str) -> str:
        """The beginning of a highlight as plain text, for a tooltip; nothing where there is no such highlight."""
        found = self._texts(path).get(fragment)
        return shortened(_plain(found[1])) if found else ""

    def source(self, document: Document, highlight: Highlight | None, origin: Document) -> str:
        """A link to a highlight, or to a work: its title, and the place."""
        texts = words(origin.lang)
        target = relative(page_address(document), page_address(origin))
        place = place_of(highlight, texts) if highlight else texts["evidence_whole"]
        fragment = f"#{highlight.id}" if highlight else ""
        language = lang_attribute(document.lang, origin.lang)
        title = f"<cite{language}>{escape(document.title)}</cite>"
        return f'<a href="{escape(target + fragment)}">{title}{", " + escape(place) if place else ""}</a>'

    def under(self, origin: Document, section: str) -> str:
        """What supports a section, as a block that opens; nothing where nothing does."""
        ties = self._evidence.by_section.get((origin.path, section), ())
        shown = [each for each in (self._tie(tie, origin) for tie in _of_passages_first(ties)) if each]
        if not shown:
            return ""
        texts = words(origin.lang)
        count = counted(texts, "highlight_count", len([tie for tie in ties if tie.highlight]))
        label = escape(texts["evidence"]) + (
            f" <span>{escape(count)}</span>" if any(tie.highlight for tie in ties) else ""
        )
        return raw_block(
            f'<details class="aikb-evidence"><summary>{label}</summary><ul>{"".join(shown)}</ul></details>'
        )

    def _tie(self, tie: Tie, origin: Document) -> str:
        document = self._index.documents.get(tie.path)
        if document is None:
            return ""
        if not tie.highlight:
            return f"<li>{self.source(document, None, origin)}</li>"
        highlight, node = self._texts(tie.path)[tie.highlight]
        language = lang_attribute(document.lang, origin.lang)
        sentence = escape(_sentence(node, tie.words if tie.kind == "quote" else ""))
        return f"<li><q{language}>{sentence}</q> {self.source(document, highlight, origin)}</li>"


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
        elif each.kind in ("paragraph", "plain", "item", "row"):
            pieces.append("\n")
    return "".join(pieces).strip()


def _sentence(node: Node, shared: str) -> str:
    """The sentence of a highlight that has most of some words; the first one where there are none."""
    every = list(sentences(_plain(node))) or [""]
    wanted = set(shared.split())
    if not wanted:
        return shortened(every[0])
    best = max(every, key=lambda each: len(wanted & set(re.findall(r"\w+", unaccented(each).casefold()))))
    return shortened(best)
