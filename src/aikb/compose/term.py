"""The page of a term: its definition, its other names, the other language's definition, and where it is used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from itertools import groupby
from typing import Any

from aikb.compose.addresses import to_page
from aikb.compose.definition import Place, defined_in
from aikb.compose.links import Reference, reference
from aikb.compose.tree import Tree, page_address, term_address
from aikb.compose.uses import Use, Uses
from aikb.model.document import Kind
from aikb.model.site import Body, Heading, Slot
from aikb.relate.glossary.concepts import Concept, has_text
from aikb.relate.relations import Relations
from aikb.render.renderer import Renderer
from aikb.render.text import Numbering
from aikb.text.folding import collation_key


def term_body(concept: Concept, tree: Tree, relations: Relations, renderer: Renderer, related: Iterable[str]) -> Body:
    """The page of a concept. `related` are the ids of concepts that its definitions name, or that name it."""
    address = term_address(concept.id)
    place = Place(address, tree, relations, renderer, Numbering({concept.id, "aikb-uses"}))
    term = concept.term(tree.lang)
    definition = place.definition(term, whole=True)
    others = [
        (other.lang, place.definition(other, whole=True, named=False)) for other in concept.terms if other is not term
    ]
    label = concept.label(tree.lang)
    values = {
        "id": concept.id,
        "label": label,
        "text_lang": term.lang,
        "names": other_names(concept, tree),
        "empty": not has_text(term),
        "definition": definition,
        "place": defined_in(term, address, tree),
        "others": tuple({"lang": lang, "definition": each} for lang, each in others),
        "related": _see_also(related, tree, relations, address),
    }
    headings = [Heading(1, concept.id, escape(label, quote=False))]
    for each in (definition, *(other for _, other in others)):
        headings += each.headings if each else ()
    headings.append(Heading(2, "aikb-uses", escape(tree.words["used"], quote=False)))
    return Body((Slot("term", values),), tuple(headings))


def other_names(concept: Concept, tree: Tree) -> tuple[tuple[str, str], ...]:
    """The other names, each with its language or none, those of the tree's language first."""
    names: dict[str, str] = {}
    for lang, label in concept.labels.items():
        names.setdefault(label, lang)
    for alias in concept.aliases:
        names.setdefault(alias.text, alias.lang)
    names.pop(concept.label(tree.lang), None)
    return tuple(sorted(names.items(), key=lambda each: (each[1] not in ("", tree.lang), collation_key(each[0]))))


def _see_also(
    related: Iterable[str], tree: Tree, relations: Relations, address: str
) -> tuple[tuple[str, Reference], ...]:
    """The related concepts by label: the id of each, and a link to its page."""
    concepts = sorted(
        (relations.glossary.concepts[each] for each in related), key=lambda each: collation_key(each.label(tree.lang))
    )
    return tuple(
        (
            concept.id,
            Reference(
                concept.label(tree.lang),
                to_page(term_address(concept.id), address, tree.index.settings),
                concept.term(tree.lang).lang,
            ),
        )
        for concept in concepts
    )


def visible(uses: Uses | None, tree: Tree) -> Mapping[str, int]:
    """How many mentions there are in the documents that a tree shows, by path."""
    counts = uses.counts if uses else {}
    documents = tree.index.documents
    return {
        path: count for path, count in counts.items() if tree.documents.get(documents[path].address) is documents[path]
    }


def term_uses(concept: Concept, tree: Tree, uses: Uses | None) -> Slot:
    """Where a concept is used, to stand below the rest."""
    counts, address = visible(uses, tree), term_address(concept.id)
    if uses is None or not counts:
        return Slot("term-uses", {"groups": (), "rest": 0})
    documents = tree.index.documents
    shown = [use for use in uses.shown if use.path in counts]
    notes = [use for use in shown if documents[use.path].kind is not Kind.SOURCE]
    highlights = [use for use in shown if documents[use.path].kind is Kind.SOURCE]
    groups = tuple(
        (word, _pages(group, address, tree))
        for group, word in ((notes, "in_notes"), (highlights, "in_highlights"))
        if group
    )
    return Slot("term-uses", {"groups": groups, "rest": sum(uses.places[path] for path in counts) - len(shown)})


def _pages(uses: Iterable[Use], address: str, tree: Tree) -> tuple[tuple[Reference, tuple[dict[str, Any], ...]], ...]:
    """The places by page, and for each the sentence."""
    pages = []
    for path, group in groupby(uses, key=lambda use: use.path):
        document = tree.index.documents[path]
        target = page_address(document)
        titles = {section.id: section.title for section in document.sections}
        places = []
        for use in group:
            own = document.titled and document.sections and use.place == document.sections[0].id
            places.append(
                {
                    "title": "" if own else titles.get(use.place, ""),
                    "href": to_page(target, address, tree.index.settings, use.place),
                    "count": use.count,
                    "sentence": (use.before, use.words, use.after),
                }
            )
        pages.append((reference(document, to_page(target, address, tree.index.settings)), tuple(places)))
    return tuple(pages)
