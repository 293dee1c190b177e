"""The page of a note or a work: its own text, and around it what the tree adds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from aikb.compose import work_page
from aikb.compose.changes import changes
from aikb.compose.contents import own_contents
from aikb.compose.papers import with_pointers
from aikb.compose.posts import with_cards, without_broken
from aikb.compose.quotation import Quotations
from aikb.compose.related import Row, under_section
from aikb.compose.steps import State, labelled, steps
from aikb.compose.tags import shown_tags, tag_links
from aikb.compose.text import text_of
from aikb.compose.transclusion import Transclusions
from aikb.compose.tree import Tree, page_address
from aikb.model.document import Document, Kind, Section
from aikb.model.node import Node
from aikb.model.site import BEFORE, Body, Slot
from aikb.relate.index import Index
from aikb.relate.relations import Relations
from aikb.render.renderer import Renderer
from aikb.render.text import Numbering, Text


def body(
    document: Document,
    relations: Relations,
    quotations: Quotations,
    renderer: Renderer,
    related: Mapping[str, tuple[Row, ...]],
) -> Body:
    """Render a document's text, the same in every tree. It begins with a first-level heading.

    `related` are the lines under its sections that tell what speaks of the same.
    """
    text = _text(document, relations, quotations, renderer)
    if document.work:
        return work_page.body(document, text, relations, renderer)
    shown, links = with_pointers(document)
    if links:
        document, text = replace(document, blocks=shown), replace(text, resolutions={**text.resolutions, **links})
    numbering = Numbering()
    blocks = _with_sections(document, quotations, relations, related)
    own = own_contents(document, relations)
    if own is not None:
        inside = renderer.render([own], text, document.source.text[own.start : own.end], numbering)
        count = sum(node.kind == "link" for node in own.walk())
        folded = Slot("contents", {"text": inside, "count": count, "around": document.lang})
        blocks = [folded if block is own else block for block in blocks]
    blocks = with_cards(
        blocks,
        document,
        lambda card: renderer.render(card, without_broken(text, document), document.source.text, numbering),
    )
    return renderer.render(blocks, text, document.source.text, numbering)


def _text(document: Document, relations: Relations, quotations: Quotations, renderer: Renderer) -> Text:
    """All that rendering needs to know of a document's text."""
    index = relations.index
    origin = page_address(document)
    embeds = Transclusions(
        document,
        relations,
        renderer,
        highlight=lambda resolution, numbering: quotations.embed(resolution, document, numbering),
        preview=quotations.preview,
    )
    return text_of(
        document,
        origin,
        relations,
        heading_ids={section.span.start: section.id for section in document.sections},
        aliases=_older_ids(document, index),
        block_ids={each.span.start: each.id for each in document.anchors if each.kind in ("block", "term")},
        embed=embeds.embed,
        preview=quotations.preview,
    )


def _with_sections(
    document: Document, quotations: Quotations, relations: Relations, related: Mapping[str, tuple[Row, ...]]
) -> list[Node | Slot]:
    """The blocks of a note and what is added to its sections; its title first, where it does not say it itself."""
    sections = document.sections[1 if document.titled else 0 :]
    empty = _without_words(document)
    tied = relations.evidence.by_section

    def state(section: Section) -> State:
        return "text" if section.id not in empty else "evidence" if tied.get((document.path, section.id)) else "nothing"

    bars, strip = steps(document, state)
    rest = list(_with_title(document))
    blocks: list[Node | Slot] = [rest.pop(0) if document.titled and rest else Slot("title", {"title": document.title})]
    blocks += [BEFORE, *([strip] if strip else [])]
    waiting = iter([*sections, None])
    following = next(waiting)
    section: Section | None = None
    for block in [*rest, None]:
        while following and (block is None or following.span.start <= block.start):
            blocks += _end(document, section, empty, quotations, related)
            section, following = following, next(waiting)
        if block is None:
            continue
        bar = (
            bars.get(section.id) if section and block.kind == "heading" and block.start == section.span.start else None
        )
        blocks += [block] if bar is None else [labelled(block) if bar.values["numbered"] else block, bar]
    return [*blocks, *_end(document, section, empty, quotations, related)]


_MANY = 8
"""In a note of so many sections, which nobody sees at once, one without words says so."""


def _end(
    document: Document,
    section: Section | None,
    empty: frozenset[str],
    quotations: Quotations,
    related: Mapping[str, tuple[Row, ...]],
) -> list[Slot]:
    """What stands at the end of a section: the evidence for it, what speaks of the same; or that there is nothing."""
    name = section.id if section else ""
    shown = quotations.under(document, name, alone=name in empty)
    if name in related:
        shown.append(under_section(related[name], document))
    if shown or name not in empty or len(document.sections) < _MANY:
        return shown
    return [Slot("empty", {"around": document.lang})]


def _without_words(document: Document) -> frozenset[str]:
    """The ids of the sections that have nothing under their heading, and no heading of a lower level."""
    after = [*document.sections[1:], None]
    return frozenset(
        section.id
        for section, following in zip(document.sections, after, strict=False)
        if section.id
        and not document.source.text[section.span.end : section.end].strip()
        and (following is None or following.level <= section.level)
    )


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
    facts = work_page.header(document, relations) if document.work else _facts(document, tree, relations)
    told = facts is not None and bool(facts.values.get("text_lang"))
    silent = document.lang == tree.lang and (told or not document.mixed)
    notice = None if silent else Slot("notice", {"text_lang": document.lang, "mixed": document.mixed})
    return tuple(slot for slot in (notice, facts, *changes(document, tree)) if slot)


def _facts(document: Document, tree: Tree, relations: Relations) -> Slot | None:
    """Authors, date, language, reading time and tags of a note; None where it has none of them."""
    metadata, profile = document.metadata, tree.ways.profiles.get(document.path)
    minutes = profile.minutes if profile else 0
    values = {
        "authors": ", ".join(metadata.authors) if document.kind is Kind.SOURCE else "",
        "date": metadata.date,
        "minutes": minutes if minutes > 1 else 0,
        "tags": tag_links(shown_tags(document), page_address(document), relations),
    }
    several = len(tree.index.settings.languages) > 1
    own = document.lang if several and document.lang == tree.lang else ""  # else a notice says it
    language = {"text_lang": own, "mixed": document.mixed if own else ""}
    return Slot("facts", {**values, **language}) if any(values.values()) or language["mixed"] else None
