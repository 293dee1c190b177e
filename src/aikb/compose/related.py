"""What else speaks of the same, at the end of a note: at most five pages, with the words that tie them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from aikb.compose.addresses import to_page
from aikb.compose.tree import Tree, page_address
from aikb.compose.ways.profile import Profile
from aikb.compose.ways.related import NAMED, SHOWN, TERM, Related
from aikb.model.document import Document
from aikb.model.site import Slot
from aikb.relate.relations import Relations

_Kept: TypeAlias = tuple[tuple[Related, ...], Profile, Document, tuple[Slot, ...]]


class RelatedPages:
    """Makes the furniture of each page, and keeps it for the next build: only where a title changes is it looked at again."""

    def __init__(self) -> None:
        """Start without any."""
        self._shown: dict[str, dict[str, tuple[str, str]]] = {}
        self._names: object = None
        self._kept: dict[tuple[str, str], _Kept] = {}
        self._moved: set[str] = set()
        self._relations: Relations

    def start(self, trees: Sequence[Tree], relations: Relations) -> None:
        """Begin a build: see which pages are called otherwise than in the last one."""
        shown = {tree.lang: {path: (each.title, each.lang) for path, each in tree.documents.items()} for tree in trees}
        names = (
            relations.index.settings,
            {path: (each.address, each.lang) for path, each in relations.index.documents.items()},
            {key: each.labels for key, each in relations.glossary.concepts.items()},
            trees[0].ways.papers.titles if trees else {},
        )
        if names != self._names or shown.keys() != self._shown.keys():
            self._kept = {}
        self._moved = {
            address
            for lang, titles in shown.items()
            for address, _ in titles.items() ^ self._shown.get(lang, titles).items()
        }
        self._shown, self._names, self._relations = shown, names, relations

    def slots(self, document: Document, tree: Tree) -> tuple[Slot, ...]:
        """The pages related to a document; nothing where there are none, or its front matter hides them (`hide: [related]`)."""
        found, profile = tree.ways.related.get(document.path, ()), tree.ways.profiles.get(document.path)
        if not found or profile is None or "related" in document.metadata.hide:
            return ()
        key = tree.lang, document.path
        known = self._kept.get(key)
        if known is not None and known[0] is found and known[1] is profile and known[2] is document:
            documents = self._relations.index.documents
            if not self._moved or self._moved.isdisjoint(documents[each.path].address for each in found):
                return known[3]
        made = _slots(found, document, tree, self._relations)
        self._kept[key] = found, profile, document, made
        return made


def _slots(found: Sequence[Related], document: Document, tree: Tree, relations: Relations) -> tuple[Slot, ...]:
    index, origin = tree.index, page_address(document)
    rows: dict[str, dict[str, Any]] = {}
    for each in found:
        other = index.documents[each.path]
        if other.address not in rows and other.address != origin:
            shown = tree.documents.get(other.address, other)
            href = to_page(other.address, origin, index.settings)
            words = ", ".join(filter(None, (_word(word, document, tree, relations) for word in each.words)))
            rows[other.address] = {"title": shown.title, "href": href, "lang": shown.lang, "words": words}
    shown_rows = tuple(rows.values())[:SHOWN]
    return (Slot("related", {"rows": shown_rows, "label": tree.words["related"]}),) if rows else ()


def _word(word: str, document: Document, tree: Tree, relations: Relations) -> str:
    """A word that ties two documents, as this one writes it or as the glossary calls it."""
    if word[0] == TERM:
        concept = relations.glossary.concepts.get(word[1:])
        return concept.label(tree.lang) if concept else ""
    if word[0] == NAMED:
        return tree.ways.papers.titles.get(word[1:], word[1:])
    return tree.ways.profiles[document.path].spelled.get(word, word)
