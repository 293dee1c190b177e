"""A definition, for whatever page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from aikb.compose.addresses import address_of, to_document, to_own_tree
from aikb.compose.links import Reference, reference
from aikb.compose.text import passages_in, text_of
from aikb.compose.tree import Tree
from aikb.model.glossary import Term
from aikb.model.node import Node
from aikb.model.site import Body
from aikb.relate.glossary.concepts import has_text
from aikb.relate.relations import Relations
from aikb.render.renderer import Renderer
from aikb.render.text import Numbering
from aikb.text.formula import as_text
from aikb.text.sentences import first_sentence


@dataclass(frozen=True, slots=True)
class Place:
    """A page that shows definitions, and what they have in common there."""

    address: str
    tree: Tree
    relations: Relations
    renderer: Renderer
    numbering: Numbering

    def definition(self, term: Term, *, whole: bool, named: bool = True) -> Body | None:
        """Render the definition of a term: all of it with its sub-headings, or what stands before the first.

        None where it says nothing. `named` is whether the sub-headings have the ids that notes link to; else the page has these
        already.
        """
        if not has_text(term):
            return None
        index = self.relations.index
        document = index.documents[term.path]
        anchors = self.relations.glossary.anchors.get((term.path, term.span), ()) if whole and named else ()
        text = text_of(
            document,
            self.address,
            self.relations,
            term.span,
            heading_ids={anchor.span.start: anchor.id for anchor in anchors if anchor.kind == "heading"},
        )
        mentions = text.mentions
        if not whole:
            mentions = {span: each for span, each in mentions.items() if each.kind == "written"}
        text = replace(
            text,
            url=lambda resolution: address_of(resolution, self.address, index, self.tree.lang),
            words=self.tree.words,
            mentions=mentions,
            languages={each.start: each.lang for each in passages_in(document, term.span) if each.lang != term.lang},
            lang=term.lang,
        )
        source = document.source.text[term.span.start : term.span.end]
        blocks = _levelled(term.blocks) if whole else lead(term)
        return self.renderer.render(blocks, text, source, self.numbering, f"{term.id}-")


def defined_in(term: Term, address: str, tree: Tree) -> Reference | None:
    """Where a term is defined; None where that is in the glossary's own files.

    A note whose twin stands at its address in this tree is linked to in its own.
    """
    document = tree.index.documents[term.path]
    if document.in_glossary:
        return None
    here = tree.documents.get(document.address) is document
    if here:
        return reference(document, to_document(document, address, tree.index, term.id))
    return reference(document, to_own_tree(document, tree.index, term.id))


def lead(term: Term) -> tuple[Node, ...]:
    """What a list of terms shows: of an entry in the glossary's files what stands before a sub-heading, else one block."""
    heading = next((at for at, node in enumerate(term.blocks) if node.kind == "heading"), len(term.blocks))
    shown = term.blocks[:heading] or tuple(node for node in term.blocks if node.kind != "heading")
    return shown[:4]


def summary(term: Term) -> str:
    """The first sentence of a definition as plain text; empty where there is none."""
    for block in term.blocks if has_text(term) else ():
        if block.kind not in ("heading", "html", "rule", "code") and (text := _plain(block)):
            return first_sentence(text)
    return ""


def _plain(block: Node) -> str:
    pieces = []
    for node in block.walk_visible():
        if node.kind in ("text", "code-span"):
            pieces.append(node.text)
        elif node.kind == "math":
            pieces.append(as_text(node.latex))
        elif node.kind in ("soft-break", "hard-break", "item", "cell", "defined", "paragraph", "plain"):
            pieces.append(" ")
    return " ".join("".join(pieces).split())


def _levelled(blocks: Sequence[Node]) -> list[Node]:
    """The definition with its highest sub-headings on the second level."""
    top = min((node.level for node in blocks if node.kind == "heading"), default=2)
    return [replace(node, level=node.level - top + 2) if node.kind == "heading" else node for node in blocks]
