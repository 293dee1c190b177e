"""The links in the beginnings of texts, for previews: what is shown beside a link leads on, and is shown again.

A record's text is plain, so a link is known by its words, and `previews` finds these in the text again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TypeAlias

from aikb.compose.addresses import place_of
from aikb.compose.tree import Tree, shown_documents, term_address
from aikb.model.document import Document
from aikb.model.site import Body, Lead, Leads, Record
from aikb.relate.index import Index
from aikb.relate.links.resolution import Resolution
from aikb.relate.relations import Relations
from aikb.system.kept import Compared

_LONGEST, _MOST = 1_000, 8
"""Characters of a source that are looked through: more than a preview shows of it, as addresses in it are long; and links."""


_Link: TypeAlias = tuple[int, str, Resolution]
"""Where a link begins, its words, and what it means."""


@dataclass(frozen=True, slots=True)
class _Found:
    """The links of a document."""

    links: Sequence[_Link]
    """All of them, in the order of the text."""
    starts: Sequence[int]
    places: dict[str, tuple[Lead, ...]]
    """Those in the beginnings of its sections, highlights and posts, by the id of the place."""


KeptLeads = Compared[str, _Found]
"""The links of documents, by path."""


def leads(
    records: Iterable[Record],
    relations: Relations,
    trees: Sequence[Tree],
    bodies: Mapping[str, Body],
    kept: KeptLeads | None = None,
) -> Leads:
    """Gather the links in the beginnings of the records of documents and terms.

    `kept` are those of the last build. `bodies` are those of documents, by path: one that was kept has the links that it had.
    """
    kept = kept or KeptLeads()
    kept.start()
    found = {path: _found(document, relations, bodies, kept) for path, document in relations.index.documents.items()}
    shown = shown_documents(trees)
    terms = _in_terms(relations, trees[0], found)
    leading: dict[tuple[str, str, str], tuple[Lead, ...]] = {}
    for record in records:
        key = record.path, record.fragment, record.lang
        document = shown.get(record.path)
        own = found[document.path].places.get(record.fragment) if document else terms.get(key)
        if own:
            leading[key] = own
    return leading


def _found(document: Document, relations: Relations, bodies: Mapping[str, Body], kept: KeptLeads) -> _Found:
    path, made_of = document.path, (bodies.get(document.path),)  # in a tuple what is the same object is not looked into
    if made_of[0] is None:
        return _find(document, relations)
    return kept.get(path, made_of, lambda: _find(document, relations))


def _find(document: Document, relations: Relations) -> _Found:
    links = sorted(_links(document, relations), key=itemgetter(0))
    if not links:
        return _Found((), (), {})
    starts = [start for start, _, _ in links]
    sections = document.sections[document.titled :]
    first = sections[0].span.start if sections else len(document.source.text)
    places = [("", 0, first), *((each.id, each.span.end, each.end) for each in sections)]
    places += [
        (each.id, each.span.start, each.span.end) for each in document.anchors if each.kind in ("highlight", "post")
    ]
    found = _Found(links, starts, {})
    for name, start, end in places:
        if own := _leads(found, start, end, document, relations.index):
            found.places[name] = own
    return found


def _leads(found: _Found, start: int, end: int, document: Document, index: Index) -> tuple[Lead, ...]:
    """The first links of a part of a document."""
    at = bisect_left(found.starts, start)
    stop = bisect_left(found.starts, min(end, start + _LONGEST), at, min(at + _MOST, len(found.starts)))
    return tuple(Lead(words, *place_of(meant, index, document.lang)) for _, words, meant in found.links[at:stop])


def _in_terms(
    relations: Relations, tree: Tree, found: Mapping[str, _Found]
) -> dict[tuple[str, str, str], tuple[Lead, ...]]:
    """The links of each definition of a term, but for those to itself."""
    leading = {}
    for concept in relations.glossary.concepts.values():
        address = term_address(concept.id)
        for term in concept.terms:
            document = relations.index.documents[term.path]
            inside = _leads(found[term.path], term.span.start, term.span.end, document, relations.index)
            own = tuple(lead for lead in inside if lead.address != address)
            if own:
                leading[tree.path(address), "", term.lang] = own
    return leading


def _links(document: Document, relations: Relations) -> Iterator[_Link]:
    """The links of a document to places of the site, the author's and ours."""
    resolutions = relations.resolutions[document.path]
    for link in document.links:
        resolution = resolutions[link.span]
        if link.text and not link.image and resolution.kind in ("page", "folder", "term"):
            yield link.span.start, link.text, resolution
    for mention in relations.mentions.get(document.path, ()):
        if mention.kind == "link":
            yield mention.span.start, mention.text, Resolution("term", mention.concept)
    for each in relations.references.get(document.path, ()):
        yield each.span.start, each.text, Resolution("page", each.path, each.fragment)
