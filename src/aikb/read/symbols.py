"""Collect the sections, anchors and links of a document.

Ids are GitHub's (`text/slug`); an id that the author gives, in an attribute list or in HTML, counts before the heading's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from aikb.findings.finding import finding
from aikb.model.document import Anchor, Link, LinkKind, Section
from aikb.model.finding import Diagnostic
from aikb.model.node import Node
from aikb.model.source import Source, Span
from aikb.read.permalinks import without_permalink
from aikb.text.reserved import is_reserved
from aikb.text.sanitize import VERBATIM, WIKILINK
from aikb.text.slug import Slugger
from aikb.text.tags import Token, tokens

_SILENT = frozenset({"text", "soft-break", "item", "emphasis", "strong", "code-span"})
"""Most of what a walk meets, and no symbol."""
_LINK_KINDS: dict[str, LinkKind] = {"inline": "inline", "wikilink": "wikilink", "reference": "reference"}


def collect_symbols(source: Source, tree: Iterable[Node], block_ids: Mapping[int, str] | None = None) -> Symbols:
    """Collect the symbols of a tree; findings are of ids that stand twice. `block_ids` are by the offset of their block."""
    symbols = Symbols(source, block_ids or {})
    for node in tree:
        symbols.add(node)
    return symbols


@dataclass
class Symbols:
    """Collect, in one walk, the symbols of a document: what it offers to links, and what it links to."""

    source: Source
    block_ids: Mapping[int, str] = field(default_factory=dict)
    """Obsidian's, by the offset of the block that each is of."""
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
            kind = node.kind
            if kind in _SILENT:
                continue
            if kind in ("paragraph", "plain") and node.start in self.block_ids:
                self._block_id(node)
            elif kind == "heading":
                self._heading(node)
            elif kind in ("link", "image"):
                self._link(node)
            elif kind in ("html", "tag"):
                self._html(node)
            elif kind == "footnote":
                span = Span(node.start, node.end)
                self.anchors.append(Anchor(f"fn:{node.info}", "footnote", span, self._section))

    @property
    def _section(self) -> str:
        return self.sections[-1].id if self.sections else ""

    def _heading(self, node: Node) -> None:
        text = node.plain_text
        title = " ".join((without_permalink(node).plain_text if "](#" in self._written(node) else text).split())
        explicit = re.search(r"#([^\s.{}\"\\]+)", node.info)
        slugged = self._slugger(text)
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
        if node.start in self.block_ids:
            self._block_id(node)

    def _written(self, node: Node) -> str:
        return self.source.text[node.start : node.end]

    def _block_id(self, node: Node) -> None:
        """Collect Obsidian's `^id` of a block."""
        span = Span(node.start, node.end)
        self.anchors.append(Anchor(self.block_ids[node.start], "block", span, self._section))

    def _duplicate(self, identifier: str, start: int, end: int) -> None:
        first = self.source.position(self._ids[identifier])[0]
        self.diagnostics.append(finding("id-duplicate", self.source, start, end, id=identifier, first=first))

    def _of_heading(self, identifier: str, start: int) -> bool:
        """Tell whether an id in HTML is that of the heading it stands in or right under: both are one place."""
        last = self.sections[-1] if self.sections else None
        return last is not None and last.id == identifier and not self.source.text[last.span.end : start].strip()

    def _link(self, node: Node) -> None:
        kind = _LINK_KINDS.get(node.info, "autolink")
        image = node.kind == "image"
        self.links.append(Link(node.target, Span(node.start, node.end), kind, image, node.alternative))

    def _html(self, node: Node) -> None:
        verbatim = list[str]()
        for token in tokens(node.text):
            if token.kind != "open":
                self._wikilinks(token, node, verbatim)
                continue
            if token.name in VERBATIM and not token.closed:
                verbatim.append(token.name)
            span = Span(node.start + token.start, min(node.start + token.end, node.end))
            for name in ("id", "name") if token.name == "a" else ("id",):
                identifier = token.get(name) or ""
                if identifier and not is_reserved(identifier):  # such an id is never written
                    repeated = identifier in self._ids and not (name == "name" and token.get("id") == identifier)
                    if repeated and not self._of_heading(identifier, span.start):
                        self._duplicate(identifier, span.start, span.end)
                    self._ids.setdefault(identifier, span.start)
                    self.anchors.append(Anchor(identifier, "name", span, self._section))
            target = token.get("href") if token.name == "a" else token.get("src") if token.name == "img" else None
            if target is not None:
                self.links.append(Link(target, span, "html", token.name == "img", token.get("alt") or ""))

    def _wikilinks(self, token: Token, node: Node, verbatim: list[str]) -> None:
        """Collect the wikilinks in the text of a block of HTML; `verbatim` are the open elements where brackets are no link."""
        if token.kind == "close" and token.name in verbatim:
            verbatim.remove(token.name)
        elif token.kind == "text" and "[[" in token.text and not verbatim:
            at = node.start + token.start
            for match in WIKILINK.finditer(token.text):
                span = Span(at + match.start(), at + match.end())
                self.links.append(
                    Link(match["target"].strip(), span, "wikilink", False, match["words"] or match["target"])
                )
