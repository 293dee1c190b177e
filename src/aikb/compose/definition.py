"""A definition as Markdown, for whatever page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from aikb.compose.dialect import Writer
from aikb.compose.doors import doors
from aikb.compose.escape import raw_block
from aikb.compose.sentences import first_sentence
from aikb.compose.tree import Tree, href
from aikb.model import Node, Term
from aikb.relate import Relations
from aikb.terms import has_text


def definition(term: Term, address: str, tree: Tree, relations: Relations, *, whole: bool) -> str:
    """The definition of a term on the page at `address`: all of it with its sub-headings, or what stands before the first."""
    if not has_text(term):
        return raw_block(f'<p class="aikb-none">{escape(tree.words["no_definition"])}</p>')
    document = tree.index.documents[term.path]
    blocks = _levelled(term.blocks) if whole else lead(term)
    mentions = doors(document, relations, term.span)
    if not whole:
        mentions = {span: each for span, each in mentions.items() if each.kind == "written"}
    anchors = relations.glossary.anchors.get((term.path, term.span), ())
    writer = Writer(
        resolutions=relations.resolutions[term.path],
        href=lambda resolution: href(resolution, address, tree.index),
        heading_ids={anchor.span.start: anchor.id for anchor in anchors if anchor.kind == "heading"} if whole else {},
        words=dict(tree.words),
        mentions=mentions,
    )
    text = writer.document(blocks).strip()
    if term.lang == tree.lang:
        return text
    return "\n\n".join((raw_block(f'<div lang="{term.lang}">'), text, raw_block("</div>")))


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
        if node.kind in ("text", "code-span", "math"):
            pieces.append(node.text)
        elif node.kind in ("soft-break", "hard-break", "item", "cell", "paragraph", "plain"):
            pieces.append(" ")
    return " ".join("".join(pieces).split())


def _levelled(blocks: Sequence[Node]) -> list[Node]:
    """The definition with its highest sub-headings on the second level."""
    top = min((node.level for node in blocks if node.kind == "heading"), default=2)
    return [replace(node, level=node.level - top + 2) if node.kind == "heading" else node for node in blocks]
