"""The glossary's list: every term once, in the tree's language where it is defined in it, in dictionary order.

Each term has a page of its own (`term.py`) with all that is known of it: a thousand terms with their uses in ten thousand notes
would be one page of twenty megabytes. The list keeps every id that a link may name.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from html import escape
from itertools import groupby
from typing import Any

from aikb.compose.addresses import to_page
from aikb.compose.definition import Place, defined_in, lead
from aikb.compose.term import other_names, visible
from aikb.compose.tree import Tree, term_address
from aikb.compose.uses import Uses
from aikb.model.glossary import Term
from aikb.model.site import Body, Heading, Slot
from aikb.relate.glossary.concepts import Concept, Glossary, has_text
from aikb.relate.index import GLOSSARY_ADDRESS
from aikb.relate.relations import Relations
from aikb.render.renderer import Renderer
from aikb.render.text import Numbering
from aikb.text.folding import collation_key, unaccented


def glossary_body(tree: Tree, relations: Relations, renderer: Renderer, uses: Mapping[str, Uses]) -> Body:
    """The list, headings with the ids that notes link to."""
    concepts = sorted(relations.glossary.concepts.values(), key=lambda concept: _order(concept, tree))
    used: set[str] = {"glossary", *(concept.id for concept in concepts)}
    place = Place(GLOSSARY_ADDRESS, tree, relations, renderer, Numbering(set(used)))
    headings = [Heading(1, "glossary", escape(tree.words["glossary"], quote=False))]
    entries: list[Slot] = []
    letters: list[tuple[str, str]] = []
    for letter, group in groupby(concepts, key=lambda concept: _letter(concept.label(tree.lang))):
        for position, concept in enumerate(group):
            if position == 0:
                letters.append((letter, concept.id))
            values = _entry(concept, place, uses.get(concept.id), used)
            entries.append(Slot("glossary-entry", {**values, "letter": "" if position else letter}))
            headings.append(Heading(2, concept.id, escape(concept.label(tree.lang), quote=False)))
            headings += values["definition"].headings if values["definition"] else ()
    values = {"count": len(concepts), "letters": tuple(letters), "entries": tuple(entries)}
    return Body((Slot("glossary", values),), tuple(headings))


def _order(concept: Concept, tree: Tree) -> tuple[bool, tuple[str, str], str]:
    """What begins with no letter comes first, together."""
    label = concept.label(tree.lang)
    return _letter(label) != "#", collation_key(label), concept.id


def _letter(label: str) -> str:
    first = unaccented(unicodedata.normalize("NFKC", label))[:1].upper()
    return first if first.isalpha() else "#"


def _entry(concept: Concept, place: Place, uses: Uses | None, used: set[str]) -> dict[str, Any]:
    """One term: its page, the other ids it is known by, its definition, and what else there is. `used` ids are taken."""
    tree = place.tree
    term = concept.term(tree.lang)
    others = sorted(_anchors(concept.terms, tree, place.relations.glossary) - used)
    used.update(others)
    return {
        "id": concept.id,
        "label": concept.label(tree.lang),
        "text_lang": term.lang,
        "href": to_page(term_address(concept.id), GLOSSARY_ADDRESS, tree.index.settings),
        "anchors": tuple(others),
        "names": other_names(concept, tree),
        "definition": place.definition(term, whole=False),
        "more": has_text(term) and len(lead(term)) < len(term.blocks),
        "place": defined_in(term, GLOSSARY_ADDRESS, tree),
        "uses": sum(visible(uses, tree).values()),
        "languages": tuple(concept.labels),
    }


def _anchors(terms: Iterable[Term], tree: Tree, glossary: Glossary) -> set[str]:
    """Other ids that lead to a term: its headings', those of places inside its definition, and older ones."""
    found: set[str] = set()
    for term in terms:
        inside = {anchor.id for anchor in glossary.anchors[term.path, term.span]}
        renamed = tree.index.anchors(term.path).renamed
        found |= {term.id} | inside | {old for old, anchor in renamed.items() if anchor.id in inside}
    return found
