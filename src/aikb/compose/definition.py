"""A definition as Markdown, for whatever page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from aikb.compose.note import link
from aikb.compose.tree import Tree, elsewhere, href, relative
from aikb.model.glossary import Term
from aikb.model.node import Node
from aikb.relate.concepts import has_text
from aikb.relate.relations import Relations
from aikb.render.escape import raw_block
from aikb.render.markdown import Writer
from aikb.render.term_links import term_links
from aikb.text.formula import as_text
from aikb.text.sentences import first_sentence
from aikb.text.typography import typeset


def definition(term: Term, address: str, tree: Tree, relations: Relations, *, whole: bool, named: bool = True) -> str:
    """The definition of a term on the page at `address`: all of it with its sub-headings, or what stands before the first.

    `named` is whether the sub-headings have the ids that notes link to; else the page has these already.
    """
    if not has_text(term):
        return raw_block(f'<p class="aikb-none">{escape(tree.words["no_definition"])}</p>')
    document = tree.index.documents[term.path]
    blocks = _levelled(term.blocks) if whole else lead(term)
    mentions = term_links(document, relations, term.span)
    if not whole:
        mentions = {span: each for span, each in mentions.items() if each.kind == "written"}
    anchors = relations.glossary.anchors.get((term.path, term.span), ()) if whole and named else ()
    writer = Writer(
        resolutions=relations.resolutions[term.path],
        href=lambda resolution: href(resolution, address, tree.index, tree.lang),
        heading_ids={anchor.span.start: anchor.id for anchor in anchors if anchor.kind == "heading"},
        words=dict(tree.words),
        mentions=mentions,
        languages={each.start: each.lang for each in document.passages if each.lang != term.lang},
        spelled=typeset if tree.index.settings.typography else None,
        lang=term.lang,
    )
    text = writer.document(blocks).strip()
    if term.lang == tree.lang:
        return text
    return "\n\n".join((raw_block(f'<div lang="{term.lang}">'), text, raw_block("</div>")))


def defined_in(term: Term, address: str, tree: Tree) -> str:
    """Where a term is defined, in a line with a link; empty where that is in the glossary's own files.

    A note whose twin stands at its address in this tree is linked to in its own.
    """
    document = tree.index.documents[term.path]
    if document.in_glossary:
        return ""
    here = tree.documents.get(document.address) is document
    target = relative(document.address, address) if here else elsewhere(document, tree.index)
    place = link(document.title, f"{target}#{term.id}", document.lang, tree)
    before, _, rest = tree.words["defined_in"].partition("{place}")
    return f"{before}{place}{rest}"


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
            pieces.append(as_text(node.text))
        elif node.kind in ("soft-break", "hard-break", "item", "cell", "paragraph", "plain"):
            pieces.append(" ")
    return " ".join("".join(pieces).split())


def _levelled(blocks: Sequence[Node]) -> list[Node]:
    """The definition with its highest sub-headings on the second level."""
    top = min((node.level for node in blocks if node.kind == "heading"), default=2)
    return [replace(node, level=node.level - top + 2) if node.kind == "heading" else node for node in blocks]
