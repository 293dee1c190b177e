"""Collect the sections, anchors and links of a document.

Ids are GitHub's (`text/slug`); an id that the author gives, in an attribute list or in HTML, counts before the heading's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from aikb.findings.finding import finding
from aikb.model.document import Anchor, Link, LinkKind, Section
from aikb.model.finding import Diagnostic
from aikb.model.node import Node
from aikb.model.source import Source, Span
from aikb.text.reserved import is_reserved
from aikb.text.slug import Slugger
from aikb.text.tags import tokens

_BLOCK_ID = re.compile(r"(?:^|\s)(\^[A-Za-z0-9-]+)$")
_LINK_KINDS: dict[str, LinkKind] = {"inline": "inline", "wikilink": "wikilink", "reference": "reference"}


def collect_symbols(source: Source, tree: Iterable[Node]) -> Symbols:
    """Collect the symbols of a tree; findings are of ids that stand twice."""
    symbols = Symbols(source)
    for node in tree:
        symbols.add(node)
    return symbols


@dataclass
class Symbols:
    """Collect, in one walk, the symbols of a document: what it offers to links, and what it links to."""

    source: Source
    sections: list[Section] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._slugger = Slugger()
        self._ids: dict[str, int] = {}

    def add(self, root: Node) -> None:
        """Collect from one top-level block and everything in it."""
        for node in root.walk():
            if node.kind == "heading":
                self._heading(node)
            elif node.kind in ("link", "image"):
                self._link(node)
            elif node.kind in ("html", "tag"):
                self._html(node)
            elif node.kind in ("paragraph", "plain"):
                self._block_id(node)
            elif node.kind == "footnote":
                span = Span(node.start, node.end)
                self.anchors.append(Anchor(f"fn:{node.info}", "footnote", span, self._section))

    @property
    def _section(self) -> str:
        return self.sections[-1].id if self.sections else ""

    def _heading(self, node: Node) -> None:
        title = " ".join(node.plain_text.split())
        explicit = re.search(r"#([^\s.{}]+)", node.info)
        slugged = self._slugger(node.plain_text)
        identifier = explicit[1] if explicit else slugged
        if explicit and identifier in self._ids:
            self._duplicate(identifier, node.start, node.end)
            identifier = slugged
        if is_reserved(identifier):
            identifier = f"user-{identifier}"  # Material keeps its own elements under such ids
        span = Span(node.start, node.end)
        if self.sections:
            last = self.sections[-1]
            self.sections[-1] = Section(last.id, last.title, last.level, last.span, node.start)
        self.sections.append(Section(identifier, title, node.level, span, len(self.source.text)))
        self._ids.setdefault(identifier, node.start)
        self.anchors.append(Anchor(identifier, "heading", span, identifier))

    def _block_id(self, node: Node) -> None:
        """Collect Obsidian's `^id` at the end of a block."""
        last = node.children[-1] if node.children else None
        match = _BLOCK_ID.search(last.text) if last is not None and last.kind == "text" else None
        if match:
            span = Span(node.start, node.end)
            self.anchors.append(Anchor(match[1], "block", span, self._section))

    def _duplicate(self, identifier: str, start: int, end: int) -> None:
        first = self.source.position(self._ids[identifier])[0]
        self.diagnostics.append(finding("id-duplicate", self.source, start, end, id=identifier, first=first))

    def _link(self, node: Node) -> None:
        kind = _LINK_KINDS.get(node.info, "autolink")
        image = node.kind == "image"
        self.links.append(Link(node.target, Span(node.start, node.end), kind, image, node.alternative))

    def _html(self, node: Node) -> None:
        for token in tokens(node.text):
            if token.kind != "open":
                continue
            span = Span(node.start + token.start, min(node.start + token.end, node.end))
            for name in ("id", "name") if token.name == "a" else ("id",):
                if identifier := token.get(name):
                    if identifier in self._ids and not (name == "name" and token.get("id") == identifier):
                        self._duplicate(identifier, span.start, span.end)
                    self._ids.setdefault(identifier, span.start)
                    self.anchors.append(Anchor(identifier, "name", span, self._section))
            target = token.get("href") if token.name == "a" else token.get("src") if token.name == "img" else None
            if target is not None:
                self.links.append(Link(target, span, "html", token.name == "img", token.get("alt") or ""))
