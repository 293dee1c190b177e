"""Notes, sections and blocks shown on other pages, in place of an embed: `![[Note]]`, `![[Note#Heading]]`, `![[Note#^block]]`.

The text is the source's: its links, terms and language, seen from the page that shows it. Headings go below the one that the
embed stands under, and get ids of their own. What is embedded may embed in turn, `DEEPEST` times and as long as the page has
room; what is too deep, too long or comes back to itself is shown as a link. `check` says where (`relate/embeds`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from aikb.compose.addresses import to_document
from aikb.compose.text import text_of
from aikb.compose.tree import page_address
from aikb.model.document import Document
from aikb.model.node import Node
from aikb.model.site import Slot
from aikb.relate.links.embeds import DEEPEST, LARGEST, MOST, Piece, embedded_blocks
from aikb.relate.links.resolution import Resolution
from aikb.relate.relations import Relations
from aikb.render.renderer import Renderer
from aikb.render.text import Numbering

Embed = Callable[[Resolution, Numbering], Slot | None]


@dataclass
class Transclusions:
    """What one page embeds; it counts how much that is."""

    page: Document
    relations: Relations
    renderer: Renderer
    highlight: Embed
    """Shows a highlight of a work; None where it is none."""
    preview: Callable[[Resolution], str]
    _texts: int = 0
    _characters: int = 0
    _cut: dict[Piece, Sequence[Node]] = field(default_factory=dict)
    """The blocks of what was asked for, each cut out once."""

    def embed(self, resolution: Resolution, numbering: Numbering) -> Slot | None:
        """What stands in place of an embed in the page's own text; None where it is shown as a link."""
        return self._embed(resolution, numbering, self.page, ((self.page.path, ""),))

    def _embed(
        self, resolution: Resolution, numbering: Numbering, origin: Document, chain: tuple[Piece, ...]
    ) -> Slot | None:
        if (slot := self.highlight(resolution, numbering)) is not None:
            return slot
        document = self.relations.index.documents[resolution.path]
        key = (document.path, resolution.fragment)
        if key in chain or len(chain) > DEEPEST or self._texts >= MOST:
            return None
        if (blocks := self._cut.get(key)) is None:
            blocks = self._cut[key] = embedded_blocks(document, resolution)
        if not blocks or not self._has_room(blocks):
            return None
        self._texts += 1
        prefix, level = f"embed-{self._texts}-", numbering.level
        shifted = _below(blocks, level)
        ids = _ids(shifted, document, numbering, prefix)
        text = text_of(
            document,
            page_address(self.page),
            self.relations,
            heading_ids=ids,
            embed=lambda found, counted: self._embed(found, counted, document, (*chain, key)),
            preview=self.preview,
        )
        body = self.renderer.render(shifted, text, document.source.text, numbering, prefix)
        numbering.level = level
        href = to_document(document, page_address(self.page), self.relations.index, resolution.fragment)
        section = next((each for each in document.sections if each.id == resolution.fragment), None)
        title = f"{document.title} › {section.title}" if section else document.title
        values = {"text_lang": document.lang, "around": origin.lang, "text": body, "title": title, "href": href}
        return Slot("transclusion", values)

    def _has_room(self, blocks: Sequence[Node]) -> bool:
        """Whether the page can hold so much more; it is then counted."""
        size = blocks[-1].end - blocks[0].start
        if self._characters + size > LARGEST:
            return False
        self._characters += size
        return True


def _below(blocks: Sequence[Node], level: int) -> list[Node]:
    """Blocks with their headings moved so that the highest is below a level; the lowest there is is 6."""
    levels = [node.level for block in blocks for node in block.walk() if node.kind == "heading"]
    by = level + 1 - min(levels, default=0)
    return [_moved(block, by) for block in blocks] if levels and by else list(blocks)


def _moved(node: Node, by: int) -> Node:
    if node.kind == "heading":
        return replace(node, level=min(max(node.level + by, 1), 6))
    if not node.children or node.kind in ("paragraph", "plain", "table"):
        return node
    return node.with_children([_moved(child, by) for child in node.children])


def _ids(blocks: Sequence[Node], document: Document, numbering: Numbering, prefix: str) -> dict[int, str]:
    """Ids of the headings in some blocks, none of which the page has; by the heading's offset."""
    own = {section.span.start: section.id for section in document.sections}
    found: dict[int, str] = {}
    for block in blocks:
        for node in block.walk():
            if node.kind == "heading" and node.start in own:
                identifier = f"{prefix}{own[node.start]}"
                while not numbering.claim(identifier):
                    identifier += "-1"
                found[node.start] = identifier
    return found
