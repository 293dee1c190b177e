"""The library of everything: which documents, anchors, assets and terms there are, ready to be looked up."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from aikb.anchors import Remembered
from aikb.diagnostics import Diagnostic, finding
from aikb.model import Anchor, Asset, Document, Kind, Section, Term
from aikb.settings import Settings
from aikb.text import folded

GLOSSARY_ADDRESS = "glossary/index.md"
"""Where the glossary's page is, in either tree."""


@dataclass(frozen=True, slots=True)
class Index:
    """Look-up tables over all documents. Built once, in time linear in the notes, and never changed."""

    settings: Settings
    documents: Mapping[str, Document]
    """By path of the source, in order of paths. Drafts and files that lost their address to another are not in it."""
    variants: Mapping[str, Mapping[str, Document]]
    """By address, then by language. Glossary files are not in it: together they make one page."""
    private: frozenset[str]
    """Paths of drafts."""
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
    """By id, in order of paths."""
    remembered: Remembered
    """Ids of headings that were published once, and what they are now."""
    _anchors: dict[str, AnchorTable]

    def anchors(self, path: str) -> AnchorTable:
        """The anchors of a document."""
        if path not in self._anchors:
            document = self.documents[path]
            self._anchors[path] = AnchorTable(document.anchors, document.sections, self.remembered.get(path, {}))
        return self._anchors[path]


class AnchorTable:
    """The anchors of one page, by their id and by what an author may have typed instead."""

    def __init__(
        self, anchors: Iterable[Anchor], sections: Iterable[Section] = (), remembered: Mapping[str, str] | None = None
    ) -> None:
        """Take the anchors and sections of one document, in its order, and the older ids of its headings."""
        self.by_id: dict[str, Anchor] = {}
        self.aliases: dict[str, Anchor] = {}
        self.renamed: dict[str, Anchor] = {}
        self.by_fold: defaultdict[str, list[Anchor]] = defaultdict(list)
        for anchor in anchors:
            self.by_id.setdefault(anchor.id, anchor)
        for section in sections:
            self.aliases.setdefault(_python_markdown_slug(section.title), self.by_id[section.id])
        for old, new in (remembered or {}).items():
            if old not in self.by_id and new in self.by_id:
                self.renamed[old] = self.by_id[new]
        for anchor in self.by_id.values():
            self.by_fold[folded(anchor.id)].append(anchor)
        for near in self.by_fold.values():
            near.sort(key=lambda anchor: anchor.kind != "heading")


def _python_markdown_slug(title: str) -> str:
    """The id that Python-Markdown, and so MkDocs, gives a heading (markdown.extensions.toc.slugify)."""
    ascii_only = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", ascii_only).strip().lower())


def build_index(
    documents: Iterable[Document],
    assets: Iterable[Asset],
    settings: Settings,
    remembered: Remembered | None = None,
) -> tuple[Index, list[Diagnostic]]:
    """Index all documents. Two files that would be one page are a finding; the first in order keeps the address."""
    found: list[Diagnostic] = []
    public: dict[str, Document] = {}
    private: set[str] = set()
    variants: defaultdict[str, dict[str, Document]] = defaultdict(dict)
    for document in sorted(documents, key=lambda document: document.path):
        if document.metadata.draft:
            private.add(document.path)
            continue
        if document.kind is not Kind.GLOSSARY or document.source.root == "notes":
            rival = _rival(document, variants[document.address])
            if rival:
                found.append(finding("output-collision", document.source, other=rival.path))
                continue
            variants[document.address][document.lang] = document
        public[document.path] = document
    terms, repeated = _terms(public.values())
    known = {asset.path: asset for asset in assets}
    prefix = "" if settings.docs_dir == "." else f"{settings.docs_dir}/"
    paths = [*public, *(f"{prefix}{path}" for path in known)]
    index = Index(
        settings,
        public,
        {address: variants[address] for address in sorted(variants) if variants[address]},
        frozenset(private),
        known,
        _names(public.values()),
        _files(paths),
        _folders(variants),
        _by_case(paths),
        _homes(public.values()),
        terms,
        remembered or {},
        {},
    )
    return index, found + repeated


def _rival(document: Document, variants: Mapping[str, Document]) -> Document | None:
    """The document that already has this one's place. A name without a language leaves room for a marked translation."""
    rival = variants.get(document.lang)
    if rival is None and variants and not any(_is_marked(each) for each in (*variants.values(), document)):
        rival = next(iter(variants.values()))
    return rival


def _is_marked(document: Document) -> bool:
    """Whether the path says the language: `b.fr.md` or `fr/b.md`."""
    stem = posixpath.splitext(document.path)[0]
    return stem.endswith(f".{document.lang}") or f"/{document.lang}/" in document.path


def _folders(addresses: Iterable[str]) -> frozenset[str]:
    folders: set[str] = set()
    for address in addresses:
        folder = posixpath.dirname(address)
        while folder and folder not in folders:
            folders.add(folder)
            folder = posixpath.dirname(folder)
    return frozenset(folders)


def _files(paths: Iterable[str]) -> dict[str, tuple[str, ...]]:
    files: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(paths, key=lambda path: (path.count("/"), path)):
        files[posixpath.basename(path).casefold()].append(path)
    return {name: tuple(each) for name, each in files.items()}


def _by_case(paths: Iterable[str]) -> dict[str, str]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path in paths:
        found[path.casefold()].append(path)
    return {folded_path: each[0] for folded_path, each in found.items() if len(each) == 1}


def _homes(documents: Iterable[Document]) -> dict[str, tuple[str, ...]]:
    homes: defaultdict[str, list[str]] = defaultdict(list)
    for document in documents:
        for section in document.sections:
            homes[section.id].append(document.path)
    return {identifier: tuple(each) for identifier, each in homes.items()}


def _names(documents: Iterable[Document]) -> dict[str, tuple[str, ...]]:
    names: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for document in documents:
        stem = posixpath.splitext(posixpath.basename(document.path))[0]
        address = posixpath.basename(document.address.removesuffix(".md").removesuffix("/index"))
        for name in (stem, address, document.title, *document.metadata.aliases):
            names[folded(name)][document.path] = None
    return {name: tuple(paths) for name, paths in names.items()}


def _terms(documents: Iterable[Document]) -> tuple[dict[str, tuple[Term, ...]], list[Diagnostic]]:
    terms: defaultdict[str, list[Term]] = defaultdict(list)
    found: list[Diagnostic] = []
    for document in documents:
        for term in document.terms:
            first = next((each for each in terms[folded(term.label)] if each.lang == term.lang), None)
            start, end = term.span.start, document.source.text.find("\n", term.span.start) % (term.span.end + 1)
            if first:
                found.append(finding("term-duplicate", document.source, start, end, label=term.label, first=first.path))
                continue
            if not any(node.plain_text.strip() for node in term.blocks):
                found.append(finding("term-empty", document.source, start, end, label=term.label))
            terms[folded(term.label)].append(term)
    return {key: tuple(each) for key, each in terms.items()}, found
