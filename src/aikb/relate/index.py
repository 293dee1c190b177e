"""Index documents, anchors, assets and terms, to be looked up."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from aikb.ledgers.anchors import Remembered
from aikb.model.document import Anchor, Document, Section
from aikb.model.finding import Diagnostic
from aikb.model.glossary import Term
from aikb.model.source import Asset
from aikb.relate.concepts import merge_definitions
from aikb.relate.pairs import assign_addresses, folders_of, original, pair_ids
from aikb.relate.private import split_private
from aikb.settings import Settings
from aikb.text.folding import folded

GLOSSARY_ADDRESS = "glossary/index.md"
"""Where the glossary's page is, in either tree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Look-up tables over all documents. Built once, in time linear in the notes, and never changed."""

    settings: Settings
    documents: Mapping[str, Document]
    """By path of the source, in order of paths. Drafts and files that lost their address to another are not in it."""
    variants: Mapping[str, Mapping[str, Document]]
    """By address, then by language. Glossary files are not in it: together they make one page."""
    private: frozenset[str]
    """Paths of drafts, and of whatever else must not be published."""
    active: frozenset[str]
    """Those of them that could run a script in a reader's browser."""
    repeated: Mapping[str, str]
    """Paths of exports whose work is shown by another document, and that one's path."""
    assets: Mapping[str, Asset]
    """By path from the root of the notes."""
    names: Mapping[str, tuple[str, ...]]
    """Paths by folded name, title or alias of a document, for wikilinks and suggestions."""
    files: Mapping[str, tuple[str, ...]]
    """Paths of notes and assets by the file's name in lower case, shortest first."""
    folders: frozenset[str]
    """Folders of the notes that hold a note, from their root; each has a page."""
    by_case: Mapping[str, str]
    """Paths of notes and assets by themselves without letter case; not those that only case tells apart."""
    homes: Mapping[str, tuple[str, ...]]
    """Paths of the documents that have a heading with this id."""
    terms: Mapping[str, tuple[Term, ...]]
    """The definitions of each concept, by its id, in order of paths."""
    remembered: Remembered
    """Ids of headings that were published once, and what they are now."""
    _anchors: dict[str, AnchorTable]
    _twins: dict[tuple[str, str], Mapping[str, str]]

    def anchors(self, path: str) -> AnchorTable:
        """Look up the anchors of a document."""
        if path not in self._anchors:
            document = self.documents[path]
            self._anchors[path] = AnchorTable(document.anchors, document.sections, self.remembered.get(path, {}))
        return self._anchors[path]

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


class AnchorTable:
    """The anchors of one page, by their id and by what an author may have typed instead."""

    def __init__(
        self, anchors: Iterable[Anchor], sections: Iterable[Section] = (), remembered: Mapping[str, str] | None = None
    ) -> None:
        """Take the anchors and sections of one document, in its order, and the older ids of its headings."""
        self.by_id: dict[str, Anchor] = {}
        self.aliases: dict[str, Anchor] = {}
        self.renamed: dict[str, Anchor] = {}
        self.titles: dict[str, str] = {}
        self.near: dict[str, tuple[str, ...]] = {}
        """Ids that are spelled like a fragment that is none, remembered by the resolver."""
        self.by_fold: defaultdict[str, list[Anchor]] = defaultdict(list)
        for anchor in anchors:
            self.by_id.setdefault(anchor.id, anchor)
        for section in sections:
            self.titles.setdefault(section.id, section.title)
            self.aliases.setdefault(_python_markdown_slug(section.title), self.by_id[section.id])
        for old, new in (remembered or {}).items():
            if old not in self.by_id and new in self.by_id:
                self.renamed[old] = self.by_id[new]
        for anchor in self.by_id.values():
            self.by_fold[folded(anchor.id)].append(anchor)
        for near in self.by_fold.values():
            near.sort(key=lambda anchor: anchor.kind != "heading")


def _python_markdown_slug(title: str) -> str:
    """Slugify as Python-Markdown, and so MkDocs, does (markdown.extensions.toc.slugify)."""
    ascii_only = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", ascii_only).strip().lower())


def build_index(
    documents: Iterable[Document],
    assets: Iterable[Asset],
    settings: Settings,
    remembered: Remembered | None = None,
) -> tuple[Index, list[Diagnostic]]:
    """Index all documents. Two files that would be one page are a finding; one keeps the address."""
    assets = list(assets)
    split = split_private(documents, assets, settings)
    private, known = split.private, split.assets
    documents_placed, found = assign_addresses(split.documents, settings, GLOSSARY_ADDRESS, known)
    public = {document.path: document for document in sorted(documents_placed, key=lambda document: document.path)}
    variants: defaultdict[str, dict[str, Document]] = defaultdict(dict)
    for document in public.values():
        if not document.in_glossary:
            variants[document.address][document.lang] = document
    terms, wrong = merge_definitions(public.values(), settings.languages, variants)
    paths = [*public, *(settings.note_path(path) for path in known)]
    index = Index(
        settings=settings,
        documents=public,
        variants={address: variants[address] for address in sorted(variants)},
        private=private,
        active=frozenset(settings.note_path(asset.path) for asset in assets if asset.active),
        repeated={other: document.path for document in public.values() for other in document.others},
        assets=known,
        names=_names(public.values()),
        files=_files(paths),
        folders=folders_of(variants),
        by_case=_by_case(paths),
        homes=_homes(public.values()),
        terms=terms,
        remembered=remembered or {},
        _anchors={},
        _twins={},
    )
    return index, [*found, *wrong, *split.diagnostics]


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
    """Index the paths of documents by the ids of their headings."""
    homes: defaultdict[str, list[str]] = defaultdict(list)
    for document in documents:
        for section in document.sections:
            homes[section.id].append(document.path)
    return {identifier: tuple(each) for identifier, each in homes.items()}


def _names(documents: Iterable[Document]) -> dict[str, tuple[str, ...]]:
    """Index the paths of documents by folded name, title and alias."""
    names: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for document in documents:
        stem = posixpath.splitext(posixpath.basename(document.path))[0]
        address = posixpath.basename(document.address.removesuffix(".md").removesuffix("/index"))
        for name in (stem, address, document.title, *document.metadata.aliases):
            names[folded(name)][document.path] = None
    return {name: tuple(paths) for name, paths in names.items()}
