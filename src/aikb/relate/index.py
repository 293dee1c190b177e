"""Index documents, anchors, assets and terms, to be looked up."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import unquote

from aikb.ledgers.anchors import Remembered
from aikb.model.document import Document, Kind
from aikb.model.finding import Diagnostic
from aikb.model.glossary import Term
from aikb.model.source import Asset
from aikb.read.permalinks import is_permalink
from aikb.relate.glossary.concepts import merge_definitions
from aikb.relate.links.anchors import AnchorTable
from aikb.relate.links.site_addresses import SiteAddresses
from aikb.relate.links.wikilinks import FileTable, build_file_table, is_folder_page
from aikb.relate.pairs.match import assign_addresses, folders_of, original, pair_ids
from aikb.relate.private import split_private
from aikb.settings import Settings

GLOSSARY_ADDRESS = "glossary/index.md"
"""Where the glossary's page is, in either tree."""
BLOCK = "^00000000-0000-0000-0000-000000000000"
"""The form of a block's id that Logseq gives, one of its own in all notes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Look-up tables over all documents. Built once, in time linear in the notes, and never changed."""

    settings: Settings
    documents: Mapping[str, Document]
    """By path of the source, in order of paths. Drafts and files that lost their address to another are not in it."""
    variants: Mapping[str, Mapping[str, Document]]
    """By address, then by language. Glossary files are not in it: together they make one page."""
    private: frozenset[str]
    """Paths of drafts, and of all else that is not published."""
    active: frozenset[str]
    """Those of them that could run a script in a reader's browser."""
    boards: Mapping[str, str]
    """Paths of those among them that only a plugin of Obsidian's can show, and the plugin."""
    folder_pages: Mapping[str, str]
    """The paths of folders' own pages, whatever these are called, by that of the folder."""
    repeated: Mapping[str, str]
    """Paths of exports whose work is shown by another document, and that one's path."""
    assets: Mapping[str, Asset]
    """By path from the root of the notes."""
    names: FileTable
    """Every file by what a wikilink may call it."""
    obsidian: frozenset[str]
    """Paths of the notes that are written in Obsidian, or like it: those with a wikilink, or all of a vault."""
    unread: frozenset[str]
    """Paths of files that are there and could not be read; what is wrong with each has been said."""
    files: Mapping[str, tuple[str, ...]]
    """Paths of notes and assets by the file's name in lower case, shortest first."""
    folders: frozenset[str]
    """Folders of the notes that hold a note, from their root; each has a page."""
    file_folders: frozenset[str]
    """Folders of the notes that hold files, from their root; one without a note has no page."""
    by_case: Mapping[str, str]
    """Paths of notes and assets by themselves without letter case; not those that only case tells apart."""
    homes: Mapping[str, tuple[str, ...]]
    """Paths of the documents that have a heading with this id, or a block with one like BLOCK."""
    permalinks: Mapping[str, Mapping[str, Document]]
    """Documents by the `permalink` of their front matter, without slashes at its ends, then by language."""
    terms: Mapping[str, tuple[Term, ...]]
    """The definitions of each concept, by its id, in order of paths."""
    remembered: Remembered
    """Ids of headings that were published once, and what they are now."""
    _anchors: dict[str, AnchorTable] = field(default_factory=dict)
    _neighbours: dict[str, list[str]] = field(default_factory=dict)
    _site: list[SiteAddresses] = field(default_factory=list)
    _twins: dict[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)

    def anchors(self, path: str) -> AnchorTable:
        """Look up the anchors of a document."""
        if path not in self._anchors:
            document = self.documents[path]
            self._anchors[path] = AnchorTable(
                document.anchors,
                document.sections,
                self.remembered.get(path, {}),
                document.source.text,
                permalinks=tuple(link for link in document.links if is_permalink(link.target, link.text)),
            )
        return self._anchors[path]

    def in_folder(self, folder: str) -> list[str]:
        """List the names of the notes and other files of a folder; all folders are listed when the first is asked for."""
        if not self._neighbours:
            for path in self.by_case.values():
                above, name = posixpath.split(path)
                self._neighbours.setdefault(above, []).append(name)
        return self._neighbours.get(folder, [])

    def site_addresses(self) -> SiteAddresses:
        """List the addresses that other generators give the pages; made when the first link asks."""
        if not self._site:
            self._site.append(SiteAddresses.of(self.documents.values()))
        return self._site[0]

    def paired(self, one: Document, other: Document) -> Mapping[str, str]:
        """Map each id of a text to its twin's; compared once for all the links that ask, and cached."""
        key = one.path, other.path
        if key not in self._twins:
            self._twins[key] = pair_ids(one, other)
        return self._twins[key]

    def translations(self) -> Iterator[tuple[Document, Document]]:
        """List every translation after its original, in the order of addresses."""
        for variants in self.variants.values():
            if len(variants) > 1:
                first = original(variants, self.settings)
                yield from ((first, each) for each in variants.values() if each is not first)


def build_index(
    documents: Iterable[Document],
    assets: Iterable[Asset],
    settings: Settings,
    remembered: Remembered | None = None,
    unread: Iterable[str] = (),
) -> tuple[Index, list[Diagnostic]]:
    """Index all documents; `unread` are paths. Two files that would be one page are a finding; one keeps the address."""
    split = split_private(documents, assets, settings)
    private, known = split.private, split.assets
    placed, found = assign_addresses(split.documents, settings, GLOSSARY_ADDRESS, known)
    public = {document.path: document for document in sorted(placed, key=lambda document: document.path)}
    variants = _variants(public.values())
    terms, wrong = merge_definitions(public.values(), settings.languages, variants)
    paths = [*public, *map(settings.note_path, known)]
    repeated = {other: document.path for document in public.values() for other in document.others}
    folders = folders_of(variants)
    index = Index(
        settings=settings,
        documents=public,
        variants=variants,
        private=private,
        active=split.active,
        boards=split.boards,
        folder_pages=_folder_pages(public.values()),
        repeated=repeated,
        assets=known,
        names=build_file_table(public, known, private, repeated, folders, settings),
        obsidian=frozenset(path for path, each in public.items() if settings.vault or _has_wikilink(each)),
        unread=frozenset(unread),
        files=_files(paths),
        folders=folders,
        file_folders=folders_of(known),
        by_case=_by_case(paths),
        homes=_homes(public.values()),
        permalinks=_permalinks(public.values()),
        terms=terms,
        remembered=remembered or {},
    )
    return index, [*found, *wrong, *split.diagnostics]


def _variants(documents: Iterable[Document]) -> dict[str, dict[str, Document]]:
    """Group documents by address, then by language; the files of the glossary are one page and in no group."""
    variants: defaultdict[str, dict[str, Document]] = defaultdict(dict)
    for document in documents:
        if not document.in_glossary:
            variants[document.address][document.lang] = document
    return {address: variants[address] for address in sorted(variants)}


def _folder_pages(documents: Iterable[Document]) -> dict[str, str]:
    """Index the own pages of folders by the folder; one whose name says no language comes before its translations."""
    own = [each for each in documents if posixpath.basename(each.address) == "index.md" and not each.in_glossary]
    own = [each for each in own if is_folder_page(posixpath.basename(each.path))]
    return {posixpath.dirname(each.path) or ".": each.path for each in sorted(own, key=lambda each: not each.marked)}


def _files(paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Index paths by the name of the file in lower case, shortest first."""
    files: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(paths, key=lambda path: (path.count("/"), path)):
        files[posixpath.basename(path).casefold()].append(path)
    return {name: tuple(each) for name, each in files.items()}


def _by_case(paths: Iterable[str]) -> dict[str, str]:
    """Index paths by themselves in lower case; not those that only case tells apart."""
    by_case: defaultdict[str, list[str]] = defaultdict(list)
    for path in paths:
        by_case[path.casefold()].append(path)
    return {folded_path: each[0] for folded_path, each in by_case.items() if len(each) == 1}


def _homes(documents: Iterable[Document]) -> dict[str, tuple[str, ...]]:
    """Index the paths of documents by the ids of their headings, and of blocks that are named in one way everywhere."""
    homes: defaultdict[str, list[str]] = defaultdict(list)
    for document in documents:
        for section in document.sections:
            homes[section.id].append(document.path)
        for anchor in document.anchors:
            if anchor.kind == "block" and len(anchor.id) == len(BLOCK):
                homes[anchor.id].append(document.path)
    return {identifier: tuple(each) for identifier, each in homes.items()}


def _permalinks(documents: Iterable[Document]) -> dict[str, dict[str, Document]]:
    """Index documents by the address that front matter gives them; the first of each language has it."""
    found: defaultdict[str, dict[str, Document]] = defaultdict(dict)
    for document in documents:
        if address := unquote(document.metadata.permalink).strip("/"):
            found[address].setdefault(document.lang, document)
    return dict(found)


def _has_wikilink(document: Document) -> bool:
    """Tell whether a note has a wikilink of its author's; exports write them for authors and tags."""
    return document.kind is Kind.NOTE and any(link.kind == "wikilink" for link in document.links)
