"""What previews show of places that search finds by what is in them, or not at all.

Of a list they show what it begins with, and of a section without words of its own the highlight that it rests on, or the
sections under it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from heapq import nsmallest
from itertools import islice
from typing import TypeAlias

from aikb.compose.leads import KeptLeads, leads
from aikb.compose.lists import sorted_works
from aikb.compose.papers import ROWS, list_address, list_title, paper_id
from aikb.compose.tags import has_tags, tag_address, tag_id, tags_address
from aikb.compose.tree import Tree, page_address, shown_documents, term_address
from aikb.compose.work_page import GROUP, added_days
from aikb.locales.words import added_on, counted
from aikb.model.document import Document
from aikb.model.site import Lead, Leads, Page, Record
from aikb.relate.index import GLOSSARY_ADDRESS
from aikb.relate.relations import Relations
from aikb.text.folding import collation_key

_MOST = 12
"""Lines of a list that are named; more than there is room for."""


def previewed(
    records: Sequence[Record],
    relations: Relations,
    trees: Sequence[Tree],
    pages: Iterable[Page],
    kept: KeptLeads | None = None,
) -> tuple[tuple[Record, ...], Leads]:
    """Make what previews show beside the records of search, and the links in all of it; `kept` are those of the last build."""
    bodies = {page.source: page.body for page in pages if page.source}
    highlights = {(each.address, each.fragment): each for each in records if not each.headed}
    listed = [*_outlined(records, trees), *(each for tree in trees for each in _lists(tree, relations))]
    more = (
        *_days(highlights, relations, trees),
        *_rested(highlights, relations),
        *_papers(trees[0]),
        *(record for record, _ in listed),
    )
    own = {(each.path, each.fragment, each.lang): links for each, links in listed}
    return more, {**leads(records, relations, trees, bodies, kept), **own}


def _days(
    highlights: Mapping[tuple[str, str], Record], relations: Relations, trees: Sequence[Tree]
) -> Iterator[Record]:
    """Each day of a work's highlights, in the words of each tree, with the first of them."""
    for document in relations.index.documents.values():
        days = added_days(document) if document.work else {}
        first: dict[str, Record] = {}
        for each in document.work.highlights if days and document.work else ():
            record = highlights.get((page_address(document), each.id))
            if record and each.group:
                first.setdefault(" ".join(each.group.title.split()), record)
        for section in document.sections if first else ():
            if section.level == GROUP and section.title in days and section.title in first:
                shown = replace(first[section.title], fragment=section.id)
                for tree in trees:
                    yield replace(shown, title=added_on(tree.words, days[section.title]), titled=tree.lang)


def _rested(highlights: Mapping[tuple[str, str], Record], relations: Relations) -> Iterator[Record]:
    """Each section that rests on a highlight, with that; it is shown where the section has no words of its own."""
    for (path, section), ties in relations.evidence.by_section.items():
        note = relations.index.documents[path]
        found = [highlights.get((page_address(relations.index.documents[each.path]), each.highlight)) for each in ties]
        shown = next((each for each in found if each), None)
        if section and shown and note.metadata.searchable:
            yield Record(
                shown.path,
                section,
                " ".join(ties[0].title.split()),
                shown.text,
                lang=shown.lang,
                page=note.title,
                address=page_address(note),
                titled=note.lang,
            )


def _papers(tree: Tree) -> Iterator[Record]:
    """Each paper of the list, with what the first place says that names it."""
    for at, paper in enumerate(tree.ways.papers.papers):
        place = paper.places[0]
        document = tree.index.documents[place.path]
        address = list_address(tree, at // ROWS)
        yield Record(
            tree.path(address),
            paper_id(paper),
            paper.title or paper.of.label,
            place.naming.sentence or ", ".join(paper.authors),
            lang=document.lang,
            page=" · ".join([document.title, *([str(paper.year)] if paper.year else [])]),
            address=address,
        )


_Listed: TypeAlias = tuple[Record, tuple[Lead, ...]]
"""What a list begins with, and the links in that."""


def _outlined(records: Iterable[Record], trees: Sequence[Tree]) -> Iterator[_Listed]:
    """Each section that begins with others, with their titles; it is shown where it has no words of its own."""
    shown = shown_documents(trees)
    places: dict[str, dict[str, int]] = {}
    for record in records:
        document = shown.get(record.path)
        if record.text or not record.fragment or document is None:
            continue
        if document.path not in places:
            places[document.path] = {each.id: at for at, each in enumerate(document.sections)}
        at = places[document.path].get(record.fragment)
        links = _under(document, at) if at is not None else ()
        if links:
            yield _listed(record, links)


def _under(document: Document, at: int) -> tuple[Lead, ...]:
    """The sections right under one, by its number."""
    own, links, level = document.sections[at].level, list[Lead](), 0
    for each in document.sections[at + 1 :]:
        if each.level <= own or len(links) == _MOST:
            break
        level = level or each.level
        if each.level <= level:
            links.append(Lead(each.title, page_address(document), each.id))
    return tuple(links)


def _lists(tree: Tree, relations: Relations) -> Iterator[_Listed]:
    """The lists of a tree that are pages of their own, with what they begin with."""
    notes, papers = tree.documents, tree.ways.papers.papers
    for folder, inside in tree.folders.items():
        address = f"{folder}/index.md"
        if folder and address not in notes:
            below = [Lead(tree.folder_title(each), f"{each}/index.md") for each in tree.subfolders.get(folder, ())]
            links = [*_titles(tree, inside), *below]
            yield _list_page(tree, address, tree.folder_title(folder), ("note_count", tree.sizes[folder]), links)
    if tree.has_list:
        counted_notes = "note_count", len(tree.notes)
        yield _list_page(tree, tree.all_notes, tree.words["all_pages"], counted_notes, _titles(tree, tree.notes))
    if tree.works:
        counted_works = "source_count", len(tree.works)
        works = _titles(tree, (address for address, _ in sorted_works(tree)))
        yield _list_page(tree, tree.sources, tree.words["sources"], counted_works, works)
    if papers:
        links = [Lead(each.title or each.of.label, tree.papers, paper_id(each)) for each in papers[:_MOST]]
        yield _list_page(tree, tree.papers, list_title(tree), ("paper_count", len(papers)), links)
    concepts = relations.glossary.concepts.values()
    if tree.index.terms and GLOSSARY_ADDRESS not in notes:
        first = nsmallest(_MOST, concepts, key=lambda each: collation_key(each.label(tree.lang)))
        links = [Lead(each.label(tree.lang), term_address(each.id)) for each in first]
        yield _list_page(tree, GLOSSARY_ADDRESS, tree.words["glossary"], ("term_count", len(concepts)), links)
    if has_tags(tree.index, relations.tags):
        yield from _tags(tree, relations)


def _tags(tree: Tree, relations: Relations) -> Iterator[_Listed]:
    """The index of tags, and each tag: its page, and its line in the index."""
    index, all_tags = tree.index, tags_address(tree.index)
    listed = [each for each in relations.tags.tags.values() if each.listed]
    links = [Lead(f"#{each.label(tree.lang)}", all_tags, tag_id(each.key)) for each in listed[:_MOST]]
    yield _list_page(tree, all_tags, tree.words["tags"], ("tag_count", len(listed)), links)
    for tag in listed:
        addresses = dict.fromkeys(page_address(index.documents[path]) for path in tag.paths)
        has = [each for each in addresses if each in tree.documents]
        title, number, links = f"#{tag.label(tree.lang)}", ("note_count", len(has)), _titles(tree, has)
        yield _list_page(tree, all_tags, title, number, links, tag_id(tag.key))
        if tag.paged and tag_address(tag, index) not in tree.documents:
            yield _list_page(tree, tag_address(tag, index), title, number, links)


def _titles(tree: Tree, addresses: Iterable[str]) -> list[Lead]:
    return [Lead(tree.documents[each].title, each) for each in islice(addresses, _MOST)]


def _list_page(
    tree: Tree, address: str, title: str, number: tuple[str, int], links: Iterable[Lead], fragment: str = ""
) -> _Listed:
    record = Record(
        tree.path(address),
        fragment,
        title,
        "",
        lang=tree.lang,
        page=counted(tree.words, *number),
        address=address,
    )
    return _listed(record, tuple(links))


def _listed(record: Record, links: tuple[Lead, ...]) -> _Listed:
    return replace(record, text=" · ".join(each.words for each in links)), links
