"""What else speaks of the same, at the end of a note and of each long section: at most five, with the words that tie them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from operator import is_
from typing import NamedTuple, TypeAlias

from aikb.compose.addresses import to_document, to_page
from aikb.compose.tree import Tree, page_address
from aikb.compose.ways.profile import Profile
from aikb.compose.ways.related import SHOWN, Related
from aikb.compose.ways.sections import Alike
from aikb.compose.ways.survey import Ways
from aikb.compose.ways.topics import NAMED, TERM
from aikb.model.document import Document
from aikb.model.site import Slot
from aikb.relate.relations import Relations

Row: TypeAlias = tuple[str, str, str, str, str]
"""A section as it is shown: its title, its address from the page, its language, its note, the words that tie."""


class PageRow(NamedTuple):
    """A page as it is shown. A tuple, which a template takes apart at once: there are thousands."""

    title: str
    href: str
    lang: str
    words: str
    """That tie both."""


_LONGEST = 40
"""Letters of an address that are shown."""
_Kept: TypeAlias = tuple[tuple[Related, ...], Profile, Document, tuple[Slot, ...]]


class RelatedPages:
    """Makes the furniture of each page, and keeps it for the next build: only where a title changes is it looked at again."""

    def __init__(self) -> None:
        """Start without any."""
        self._shown: dict[str, dict[str, tuple[str, str]]] = {}
        self._names: object = None
        self._kept: dict[tuple[str, str], _Kept] = {}
        self._rows: dict[str, tuple[Sequence[Document], tuple[PageRow, ...]]] = {}
        """What the last tree has shown of each document, by path, where no word of it is the tree's."""
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
        self._shown, self._names, self._relations, self._rows = shown, names, relations, {}

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
        rows = self._rows_of(found, document, tree)
        made = (Slot("related", {"rows": rows, "label": tree.words["related"]}),) if rows else ()
        self._kept[key] = found, profile, document, made
        return made

    def _rows_of(self, found: Sequence[Related], document: Document, tree: Tree) -> tuple[PageRow, ...]:
        """The lines for what is related; the same value as in another tree, where that shows the same."""
        index, origin = tree.index, page_address(document)
        first: dict[str, Related] = {}
        for each in found:
            first.setdefault(index.documents[each.path].address, each)
        first.pop(origin, None)
        shown = [
            tree.documents.get(address, index.documents[each.path]) for address, each in islice(first.items(), SHOWN)
        ]
        other = self._rows.get(document.path)
        if other is not None and all(map(is_, other[0], shown)):
            return other[1]
        rows = tuple(
            PageRow(
                page.title,
                to_page(address, origin, index.settings),
                page.lang,
                words_of(each.words, document, tree.ways, self._relations, tree.lang),
            )
            for page, (address, each) in zip(shown, first.items(), strict=False)
        )
        if not any(word[0] == TERM for each in first.values() for word in each.words):
            self._rows[document.path] = shown, rows
        return rows


class RelatedSections:
    """What speaks of the same as the long sections of a note. Made once for a build."""

    def __init__(self, ways: Ways, relations: Relations) -> None:
        """Take what was found of all notes."""
        self._ways, self._relations = ways, relations

    def rows(self, document: Document) -> Mapping[str, tuple[Row, ...]]:
        """The lines under each section of a note, by its id; nothing where its front matter hides them (`hide: [related]`)."""
        ties = self._ways.sections.get(document.path)
        if ties is None or "related" in document.metadata.hide:
            return {}
        return {name: tuple(self._row(each, document) for each in alike) for name, alike in ties.items()}

    def _row(self, alike: Alike, document: Document) -> Row:
        other = self._relations.index.documents[alike.path]
        href = to_document(other, page_address(document), self._relations.index, alike.id)
        note = "" if other is document else other.title
        return (
            alike.title,
            href,
            other.lang,
            note,
            words_of(alike.words, document, self._ways, self._relations, document.lang),
        )


def under_section(rows: tuple[Row, ...], document: Document) -> Slot:
    """What stands at the end of a section."""
    return Slot("related-sections", {"rows": rows, "around": document.lang})


def words_of(words: Sequence[str], document: Document, ways: Ways, relations: Relations, lang: str) -> str:
    """The words that tie a document to another, as it writes them, and as the glossary calls terms in a language."""
    shown: dict[str, str] = {}
    for each in sorted(words, key=lambda word: (word[0] == NAMED, word[0] != TERM)):  # addresses last
        word = _word(each, document, ways, relations, lang)
        if word and not any(word.casefold() in known for known in shown):
            shown[word.casefold()] = word
    return ", ".join(shown.values())


def _word(word: str, document: Document, ways: Ways, relations: Relations, lang: str) -> str:
    if word[0] == TERM:
        concept = relations.glossary.concepts.get(word[1:])
        return concept.label(lang) if concept else ""
    if word[0] == NAMED:
        return ways.papers.titles.get(word[1:]) or _address(word[1:])
    return ways.profiles[document.path].spelled.get(word, word)


def _address(label: str) -> str:
    """An address, without the middle of a long one."""
    if len(label) <= _LONGEST:
        return label
    host, _, path = label.partition("/")
    last = path.partition("?")[0].rstrip("/").rpartition("/")[2]
    return f"{host}/…/{last[:_LONGEST]}" if last else host
