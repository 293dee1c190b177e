"""What else speaks of the same, at the end of a note: at most five pages, with the words that tie them."""

from __future__ import annotations

from typing import Any

from aikb.compose.addresses import to_page
from aikb.compose.links import reference
from aikb.compose.tree import Tree, page_address
from aikb.compose.ways.related import NAMED, SHOWN, TERM
from aikb.model.document import Document
from aikb.model.site import Slot
from aikb.relate.relations import Relations


def related(document: Document, tree: Tree, relations: Relations) -> Slot | None:
    """The pages related to a document; None where there are none, or its front matter hides them (`hide: [related]`)."""
    if "related" in document.metadata.hide:
        return None
    index, origin = tree.index, page_address(document)
    rows: dict[str, dict[str, Any]] = {}
    for each in tree.ways.related.get(document.path, ()):
        other = index.documents[each.path]
        shown = tree.documents.get(other.address, other)
        link = reference(shown, to_page(other.address, origin, index.settings))
        words = tuple(filter(None, (_word(word, document, tree, relations) for word in each.words)))
        if other.address != origin:
            rows.setdefault(other.address, {"link": link, "words": words})
    return Slot("related", {"rows": tuple(rows.values())[:SHOWN]}) if rows else None


def _word(word: str, document: Document, tree: Tree, relations: Relations) -> str:
    """A word that ties two documents, as this one writes it or as the glossary calls it."""
    if word.startswith(TERM):
        concept = relations.glossary.concepts.get(word.removeprefix(TERM))
        return concept.label(tree.lang) if concept else ""
    if word.startswith(NAMED):
        return tree.ways.papers.titles.get(word.removeprefix(NAMED), word.removeprefix(NAMED))
    return tree.ways.profiles[document.path].spelled.get(word, word)
