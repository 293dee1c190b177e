"""From documents to pages, for every tree, each text rendered once."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, TypeAlias

from aikb.compose import lists, note, papers, work_page
from aikb.compose.bodies import Bodies
from aikb.compose.definition import summary
from aikb.compose.glossary import glossary_body
from aikb.compose.home import home_body, home_rows
from aikb.compose.lists import all_body, folder_body, languages_of, works_body
from aikb.compose.navigation import neighbours, sidebar
from aikb.compose.quotation import Quotations
from aikb.compose.related import RelatedSections, Row
from aikb.compose.tags import has_tags, tag_address, tag_body, tags_address, tags_body
from aikb.compose.term import term_body, term_uses
from aikb.compose.tree import Tree, term_address
from aikb.compose.unlinked import unlinked
from aikb.compose.uses import Uses, uses
from aikb.model.document import Document, Metadata
from aikb.model.finding import Diagnostic
from aikb.model.site import Alternate, Body, Page, PageKind, Slot
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
    memory.related.start(trees, relations)
    used, related = uses(relations, memory.sentences), _related(relations)
    quotations, alike = Quotations(relations, renderer), RelatedSections(trees[0].ways, relations)
    pages: list[Page] = []
    for tree in trees:
        for address, document in tree.documents.items():
            if document.path not in bodies:
                rows = alike.rows(document)
                render = partial(_body, document, relations, quotations, renderer, rows, failed)
                bodies[document.path] = memory.body(document, rows, render)
            after = (*_home_rows(address, document, tree, relations, used), *_after(document, tree, relations, memory))
            pages.append(_note_page(address, document, bodies[document.path], tree, trees, relations, after))
        pages += _made_pages(tree, trees, relations, renderer, used, memory, failed)
        pages += _term_pages(tree, trees, relations, renderer, used, related, failed)
    return tuple(sorted(pages, key=lambda page: page.path))


def _body(
    document: Document,
    relations: Relations,
    quotations: Quotations,
    renderer: Renderer,
    related: Mapping[str, tuple[Row, ...]],
    failed: list[Diagnostic],
) -> Body:
    """A document's text; where that fails, as it was written, with a finding in `failed`."""
    try:
        with limited(seconds_for(document.source)):
            return note.body(document, relations, quotations, renderer, related)
    except Exception as error:  # noqa: BLE001 - one page that we cannot compose must not take the others down
        failed.append(failure(document.source, "composed", error))
        plain = plain_document(document.source, relations.index.settings)
        nodes = () if document.work else plain.blocks  # an export is no text to be read
        return renderer.render(
            [Slot("title", {"title": document.title}), *nodes], Text(), document.source.text, Numbering()
        )


def _made(make: Callable[[], Body], title: str, path: str, failed: list[Diagnostic]) -> Body:
    """The text of a page that aikb makes; where that fails, its title, with a finding in `failed`."""
    try:
        return make()
    except Exception as error:  # noqa: BLE001 - one page that we cannot make must not take the others down
        failed.append(failure(path, "composed", error))
        return Body((Slot("title", {"title": title}),))


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


def _home_rows(
    address: str, document: Document, tree: Tree, relations: Relations, used: Mapping[str, Uses]
) -> tuple[Slot, ...]:
    """What stands under an `index.md` of the author's, unless that says `hide: [home]`."""
    shown = address == "index.md" and "home" not in document.metadata.hide
    return (home_rows(tree, relations, used),) if shown else ()


def _after(document: Document, tree: Tree, relations: Relations, memory: Bodies) -> tuple[Slot, ...]:
    """What stands under a text: what leads to it or names it, what else speaks of the same, what surrounds it."""
    sentences = memory.sentences
    leading = memory.backlinks.slots(document, tree, relations, sentences)
    naming = (*leading, *unlinked(document, tree, relations, sentences))
    return (*naming, *memory.related.slots(document, tree), *memory.around.slots(document, tree))


def _note_page(
    address: str,
    document: Document,
    body: Body,
    tree: Tree,
    trees: list[Tree],
    relations: Relations,
    after: tuple[Slot, ...],
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
        after=after,
        summary=tree.ways.opening(document),
        updated=tree.ways.dates.get(document.path, ""),
        passages=work_page.passages(document),
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
    failed: list[Diagnostic],
) -> list[Page]:
    """A page for each concept of the glossary."""
    return [
        _page(
            address := term_address(concept.id),
            tree,
            trees,
            lang=tree.lang,
            title=concept.label(tree.lang),
            body=_made(
                partial(term_body, concept, tree, relations, renderer, sorted(related[concept.id])),
                concept.label(tree.lang),
                tree.path(address),
                failed,
            ),
            after=(term_uses(concept, tree, used.get(concept.id)),),
            kind="term",
            canonical=tree.path(address),
            metadata=Metadata(description=summary(concept.term(tree.lang))),
        )
        for concept in relations.glossary.concepts.values()
    ]


def _made_pages(
    tree: Tree,
    trees: list[Tree],
    relations: Relations,
    renderer: Renderer,
    used: Mapping[str, Uses],
    memory: Bodies,
    failed: list[Diagnostic],
) -> list[Page]:
    """The home page, the folders' pages and the glossary, where the notes have none of their own."""
    found = (*_lists_of(tree, memory), *_ways(tree, relations, memory))
    made = {address: (kind, title, make) for address, kind, title, make in found}
    if "index.md" not in tree.documents:
        settings = tree.index.settings
        title = settings.title(tree.lang, "site_name", settings.site_name)
        made["index.md"] = "home", title, partial(home_body, tree, relations, used)
    if tree.index.terms and GLOSSARY_ADDRESS not in tree.documents:
        body = partial(glossary_body, tree, relations, renderer, used)
        made[GLOSSARY_ADDRESS] = "glossary", tree.words["glossary"], body
    return [
        _page(
            address,
            tree,
            trees,
            lang=tree.lang,
            title=title,
            body=_made(make, title, tree.path(address), failed),
            kind=kind,
            canonical=tree.path(address),
        )
        for address, (kind, title, make) in made.items()
    ]


_MadePage: TypeAlias = tuple[str, PageKind, str, Callable[[], Body]]
"""A page that aikb makes: its address, its kind, its title and what makes its text."""


def _lists_of(tree: Tree, memory: Bodies) -> Iterator[_MadePage]:
    """The lists of folders without a page of their own, of all notes, and of works."""
    for folder in tree.folders:
        first = posixpath.join(folder, "index.md")
        if folder and first not in tree.documents:
            title, rows = tree.folder_title(folder), tree.folders[folder]
            children = tree.subfolders.get(folder, ())
            around = [(tree.folder_title(each), [tree.documents[at] for at in tree.folders[each]]) for each in children]
            for number in range(lists.list_pages(len(rows))):
                address = lists.list_address(tree, first, number)
                key = title, tree.sizes[folder], children, around, lists.rows_key(tree, rows, number)
                yield (
                    address,
                    "list",
                    title,
                    partial(memory.made, tree.lang, address, key, partial(folder_body, tree, folder, number)),
                )
    for number in range(lists.list_pages(len(tree.notes)) if tree.has_list else 0):
        address, shown = lists.list_address(tree, tree.all_notes, number), lists.rows_key(tree, tree.notes, number)
        body = partial(
            memory.made, tree.lang, address, (shown, languages_of(tree, tree.notes)), partial(all_body, tree, number)
        )
        yield address, "list", tree.words["all_pages"], body
    for number in range(lists.list_pages(len(tree.works)) if tree.works else 0):
        address = lists.list_address(tree, tree.sources, number)
        body = partial(memory.made, tree.lang, address, dict(tree.works), partial(works_body, tree, number))
        yield address, "sources", tree.words["sources"], body


def _ways(tree: Tree, relations: Relations, memory: Bodies) -> Iterator[_MadePage]:
    """The lists of papers and of tags, and the page of each tag."""
    found = tree.ways.papers
    titles = {path: document.title for path, document in relations.index.documents.items()}
    named = {place.path: None for paper in (*found.papers, *found.addresses) for place in paper.places}
    twins = [each for path in named if len(each := tree.index.variants.get(tree.index.documents[path].address, {})) > 1]
    for number in range(papers.list_pages(found)):
        address = papers.list_address(tree, number)
        body = partial(
            memory.made, tree.lang, address, (found, titles, twins), partial(papers.papers_body, tree, number)
        )
        yield address, "list", papers.list_title(tree), body
    if has_tags(tree.index, relations.tags):
        address, tags = tags_address(tree.index), relations.tags
        body = partial(memory.made, tree.lang, address, (tags, titles), partial(tags_body, tree))
        yield address, "list", tree.words["tags"], body
        for tag in (each for each in tags.tags.values() if each.paged):
            address = tag_address(tag, tree.index)
            if address not in tree.documents:
                key = (
                    tag,
                    tags.inside.get(tag.key),
                    lists.rows_key(tree, [tree.index.documents[each].address for each in tag.paths], 0),
                )
                body = partial(memory.made, tree.lang, address, key, partial(tag_body, tag, tree))
                yield address, "list", f"#{tag.label(tree.lang)}", body
