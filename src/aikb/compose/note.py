"""The page of a note or a work: its own text, and around it what the tree adds."""

from __future__ import annotations

from dataclasses import replace

from aikb.compose import work_page
from aikb.compose.addresses import to_page
from aikb.compose.links import Reference, reference
from aikb.compose.papers import with_pointers
from aikb.compose.quotation import Quotations
from aikb.compose.tags import tag_links
from aikb.compose.text import text_of
from aikb.compose.transclusion import Transclusions
from aikb.compose.tree import Tree, page_address
from aikb.compose.ways.namings import namings
from aikb.model.document import Document, Kind
from aikb.model.node import Node
from aikb.model.site import Body, Slot
from aikb.relate.index import Index
from aikb.relate.relations import Backlink, Relations
from aikb.render.renderer import Renderer
from aikb.render.text import Numbering


def body(document: Document, relations: Relations, quotations: Quotations, renderer: Renderer) -> Body:
    """Render a document's text, the same in every tree. It begins with a first-level heading."""
    index = relations.index
    origin = page_address(document)
    embeds = Transclusions(
        document,
        relations,
        renderer,
        highlight=lambda resolution, numbering: quotations.embed(resolution, document, numbering),
        preview=quotations.preview,
    )
    text = text_of(
        document,
        origin,
        relations,
        heading_ids={section.span.start: section.id for section in document.sections},
        aliases=_older_ids(document, index),
        block_ids={each.span.start: each.id for each in document.anchors if each.kind in ("block", "term")},
        embed=embeds.embed,
        preview=quotations.preview,
    )
    if document.work:
        return work_page.body(document, text, relations, renderer)
    blocks, links = with_pointers(document, namings(document))
    if links:
        document, text = replace(document, blocks=blocks), replace(text, resolutions={**text.resolutions, **links})
    return renderer.render(_with_evidence(document, quotations), text, document.source.text, Numbering())


def _with_evidence(document: Document, quotations: Quotations) -> list[Node | Slot]:
    """The blocks of a note, with the evidence for each section at its end, and its title where it does not say it itself."""
    blocks: list[Node | Slot] = [] if document.titled else [Slot("title", {"title": document.title})]
    waiting = iter([*document.sections, None])
    following = next(waiting)
    name = ""
    for block in [*_with_title(document), None]:
        while following and (block is None or following.span.start <= block.start):
            blocks += quotations.under(document, name)
            top = document.titled and following is document.sections[0]
            name, following = "" if top else following.id, next(waiting)
        if block is not None:
            blocks.append(block)
    return [*blocks, *quotations.under(document, name)]


def _with_title(document: Document) -> tuple[Node, ...]:
    """The blocks of a document; the heading that shows its title is of the first level."""
    first = document.blocks[0] if document.titled and document.blocks else None
    if first is None or first.kind != "heading" or first.level == 1:
        return document.blocks
    return (replace(first, level=1), *document.blocks[1:])


def _older_ids(document: Document, index: Index) -> dict[int, tuple[str, ...]]:
    """The ids that each heading had before it was renamed, by the heading's offset."""
    renamed = index.anchors(document.path).renamed
    return {
        section.span.start: tuple(old for old, anchor in renamed.items() if anchor.id == section.id)
        for section in document.sections
        if renamed
    }


def before(document: Document, tree: Tree, relations: Relations) -> tuple[Slot, ...]:
    """What stands over the text: that it is in another language, what it is, when it was written and by whom."""
    own = document.lang == tree.lang
    notice = Slot("notice", {"text_lang": document.lang, "mixed": document.mixed})
    facts = work_page.header(document, relations) if document.work else _facts(document, relations)
    return tuple(slot for slot in (None if own and not document.mixed else notice, facts) if slot)


def _facts(document: Document, relations: Relations) -> Slot | None:
    """Authors, date and tags of a note; None where it has none of them."""
    metadata = document.metadata
    values = {
        "authors": ", ".join(metadata.authors) if document.kind is Kind.SOURCE else "",
        "date": metadata.date,
        "tags": () if "tags" in metadata.hide else tag_links(metadata.tags, page_address(document), relations),
    }
    return Slot("facts", values) if any(values.values()) else None


def after(document: Document, tree: Tree, relations: Relations) -> tuple[Slot, ...]:
    """What stands under the text: which sections of which notes lead here."""
    pages = _backlinks(_leading_here(document, tree, relations), page_address(document), tree)
    return (Slot("backlinks", {"pages": pages}),) if pages else ()


def _leading_here(document: Document, tree: Tree, relations: Relations) -> tuple[Backlink, ...]:
    """What leads to a text or a twin of it, which for readers is the same page; links between the twins do not count."""
    variants = tree.index.variants.get(document.address, {}) if not document.in_glossary else {}
    if len(variants) < 2:
        return relations.backlinks.get(document.path, ())
    paths = [each.path for each in variants.values()]
    every = (backlink for path in paths for backlink in relations.backlinks.get(path, ()))
    return tuple(backlink for backlink in every if backlink.path not in paths)


def _backlinks(
    backlinks: tuple[Backlink, ...], origin: str, tree: Tree
) -> tuple[tuple[Reference, tuple[Reference, ...]], ...]:
    """Each page that leads here, with the sections that do; the glossary's files are one page."""
    index = tree.index
    sections: dict[str, dict[str, Reference]] = {}
    pages: dict[str, Reference] = {}
    ours_first = sorted(backlinks, key=lambda backlink: index.documents[backlink.path].lang != tree.lang)
    for backlink in sorted(ours_first, key=lambda backlink: page_address(index.documents[backlink.path])):
        document = index.documents[backlink.path]
        address = page_address(document)
        target = to_page(address, origin, index.settings)
        shown = tree.documents.get(address, document)
        if document.in_glossary:
            pages.setdefault(address, Reference(tree.words["glossary"], target, tree.lang))
        pages.setdefault(address, reference(shown, target))
        section = backlink.section if shown is document else None
        if section:
            link = Reference(section.title, to_page(address, origin, index.settings, section.id), document.lang)
            sections.setdefault(address, {}).setdefault(section.id, link)
    return tuple((link, tuple(sections.get(address, {}).values())) for address, link in pages.items())
