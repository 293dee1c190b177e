"""From documents to pages, for every tree, each text rendered once."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from functools import partial
from typing import Any

from aikb.compose import note
from aikb.compose.backlinks import backlinks
from aikb.compose.bodies import Bodies
from aikb.compose.definition import summary
from aikb.compose.glossary import glossary_body
from aikb.compose.lists import folder_body, home_body, works_body
from aikb.compose.navigation import neighbours, sidebar
from aikb.compose.quotation import Quotations
from aikb.compose.tags import has_tags, tags_address, tags_body
from aikb.compose.term import term_body, term_uses
from aikb.compose.tree import Tree, term_address
from aikb.compose.uses import Uses, uses
from aikb.model.document import Document, Metadata
from aikb.model.finding import Diagnostic
from aikb.model.site import Alternate, Body, Page, Slot
from aikb.read.plain import failure, plain_document, seconds_for
from aikb.relate.index import GLOSSARY_ADDRESS
from aikb.relate.relations import Relations
from aikb.render.renderer import Renderer
from aikb.render.text import Numbering, Text
from aikb.system.time_limit import limited


def compose(
    trees: list[Tree],
    relations: Relations,
    renderer: Renderer,
    memory: Bodies | None = None,
    failed: list[Diagnostic] | None = None,
) -> tuple[Page, ...]:
    """All pages of all trees, in the order of their paths.

    `memory` holds the bodies of the last build; to `failed` are added the findings about texts that cannot be composed.
    """
    failed = [] if failed is None else failed
    bodies: dict[str, Body] = {}
    memory = memory or Bodies()
    memory.start(relations, renderer)
    used, related = uses(relations, memory.sentences), _related(relations)
    quotations = Quotations(relations, renderer)
    pages: list[Page] = []
    for tree in trees:
        for address, document in tree.documents.items():
            if document.path not in bodies:
                render = partial(_body, document, relations, quotations, renderer, failed)
                bodies[document.path] = memory.body(document, render)
            pages.append(_note_page(address, document, bodies[document.path], tree, trees, relations, memory))
        pages += _made_pages(tree, trees, relations, renderer, used)
        pages += _term_pages(tree, trees, relations, renderer, used, related)
    return tuple(sorted(pages, key=lambda page: page.path))


def _body(
    document: Document, relations: Relations, quotations: Quotations, renderer: Renderer, failed: list[Diagnostic]
) -> Body:
    """A document's text; where that fails, as it was written, with a finding in `failed`."""
    try:
        with limited(seconds_for(document.source)):
            return note.body(document, relations, quotations, renderer)
    except Exception as error:  # noqa: BLE001 - one page that we cannot compose must not take the others down
        failed.append(failure(document.source, "composed", error))
        plain = plain_document(document.source, relations.index.settings)
        nodes = () if document.work else plain.blocks  # an export is no text to be read
        return renderer.render(
            [Slot("title", {"title": document.title}), *nodes], Text(), document.source.text, Numbering()
        )


def _page(address: str, tree: Tree, trees: list[Tree], **content: Any) -> Page:
    """A page with its content, and with all that its place in the site gives it."""
    before, after = neighbours(tree, address)
    return Page(
        path=tree.path(address),
        tree=tree.lang,
        address=address,
        alternates=tuple(_alternate(address, tree, each) for each in trees),
        navigation=sidebar(tree, address),
        previous=tree.path(before) if before else "",
        next=tree.path(after) if after else "",
        **content,
    )


def _alternate(address: str, tree: Tree, other: Tree) -> Alternate:
    """The page at an address as another tree has it, seen from this one."""
    shown, theirs = tree.documents.get(address), other.documents.get(address)
    if theirs is None or shown is None:
        return Alternate(other.lang, other.path(address))
    fragments: tuple[tuple[str, str], ...] = ()
    if theirs is not shown:
        fragments = tuple((own, their) for own, their in tree.index.paired(shown, theirs).items() if own != their)
    return Alternate(other.lang, other.path(address), theirs.lang == other.lang, fragments)


def _note_page(
    address: str, document: Document, body: Body, tree: Tree, trees: list[Tree], relations: Relations, memory: Bodies
) -> Page:
    home = next((each for each in trees if each.lang == document.lang), trees[0])
    return _page(
        address,
        tree,
        trees,
        lang=document.lang,
        title=document.title,
        body=body,
        kind=document.kind,
        before=note.before(document, tree, relations),
        after=backlinks(document, tree, relations, memory.sentences),
        source=document.path,
        canonical=home.path(address),
        metadata=document.metadata,
    )


def _related(relations: Relations) -> dict[str, set[str]]:
    """The concepts that definitions tie together, in both directions, by the id of each."""
    related: dict[str, set[str]] = {identifier: set() for identifier in relations.glossary.concepts}
    for mentions in relations.mentions.values():
        for mention in mentions:
            if mention.inside and mention.inside != mention.concept:
                related[mention.inside].add(mention.concept)
                related[mention.concept].add(mention.inside)
    return related


def _term_pages(
    tree: Tree,
    trees: list[Tree],
    relations: Relations,
    renderer: Renderer,
    used: Mapping[str, Uses],
    related: Mapping[str, set[str]],
) -> list[Page]:
    """A page for each concept of the glossary."""
    return [
        _page(
            address := term_address(concept.id),
            tree,
            trees,
            lang=tree.lang,
            title=concept.label(tree.lang),
            body=term_body(concept, tree, relations, renderer, sorted(related[concept.id])),
            after=(term_uses(concept, tree, used.get(concept.id)),),
            kind="term",
            canonical=tree.path(address),
            metadata=Metadata(description=summary(concept.term(tree.lang))),
        )
        for concept in relations.glossary.concepts.values()
    ]


def _made_pages(
    tree: Tree, trees: list[Tree], relations: Relations, renderer: Renderer, used: Mapping[str, Uses]
) -> list[Page]:
    """The home page, the folders' pages and the glossary, where the notes have none of their own."""
    made: dict[str, tuple[str, str, Body]] = {}
    if "index.md" not in tree.documents:
        settings = tree.index.settings
        made["index.md"] = "home", settings.title(tree.lang, "site_name", settings.site_name), home_body(tree)
    for folder in tree.folders:
        address = posixpath.join(folder, "index.md")
        if folder and address not in tree.documents:
            made[address] = "list", tree.folder_title(folder), folder_body(tree, folder)
    if tree.works:
        made[tree.sources] = "sources", tree.words["sources"], works_body(tree)
    if has_tags(tree.index) and (address := tags_address(tree.index)) not in tree.documents:
        made[address] = "list", tree.words["tags"], tags_body(tree)
    if tree.index.terms and GLOSSARY_ADDRESS not in tree.documents:
        made[GLOSSARY_ADDRESS] = "glossary", tree.words["glossary"], glossary_body(tree, relations, renderer, used)
    return [
        _page(address, tree, trees, lang=tree.lang, title=title, body=body, kind=kind, canonical=tree.path(address))
        for address, (kind, title, body) in made.items()
    ]
