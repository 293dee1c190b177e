"""One language's tree of the site: which text stands at each address, and how pages address each other.

A tree's pages have the same addresses as every other tree's, under its prefix, so a relative link is the same text in all.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from aikb.compose.ways.survey import Ways
from aikb.locales.words import words
from aikb.model.document import Document
from aikb.model.site import NavigationItem
from aikb.read.document import name_in_words
from aikb.relate.glossary.concepts import FOLDER
from aikb.relate.index import GLOSSARY_ADDRESS, Index
from aikb.text.folding import collation_key
from aikb.text.slug import slug

FEW = 12
"""Notes that a home page names without a list of their own."""


class Tree:
    """The site as a reader of one language sees it."""

    def __init__(self, lang: str, index: Index, ways: Ways | None = None) -> None:
        """The tree of `lang`, one of the settings' languages; `ways` is what was surveyed of the notes."""
        self.lang = lang
        self.index = index
        self.ways = ways or Ways()
        self.words = words(lang)
        order = (lang, *index.settings.languages)
        self.documents: Mapping[str, Document] = {
            address: next(variants[each] for each in order if each in variants)
            for address, variants in index.variants.items()
        }

    def path(self, address: str) -> str:
        """The path of the page at an address."""
        return self.index.settings.tree_path(address, self.lang)

    @cached_property
    def folders(self) -> Mapping[str, list[str]]:
        """The addresses in each folder, by title; its own page is not among them. `""` is the root."""
        folders: defaultdict[str, list[str]] = defaultdict(list)
        for address in self.documents:
            folder = posixpath.dirname(address)
            if posixpath.basename(address) != "index.md":
                folders[folder].append(address)
            while folder:
                folders[folder] += ()
                folder = posixpath.dirname(folder)
        for addresses in folders.values():
            addresses.sort(key=lambda address: (collation_key(self.documents[address].title), address))
        return {folder: folders[folder] for folder in sorted(folders, key=collation_key)}

    @cached_property
    def works(self) -> Mapping[str, Document]:
        """The documents that are works with highlights, by address."""
        return {address: document for address, document in self.documents.items() if document.work}

    @cached_property
    def notes(self) -> list[str]:
        """The addresses of all notes that are no works, by title."""
        found = [address for address, document in self.documents.items() if not document.work]
        return sorted(found, key=lambda address: (collation_key(self.documents[address].title), address))

    @property
    def has_list(self) -> bool:
        """Whether there is a list of all notes: with fewer, the home page is one."""
        return len(self.notes) > FEW

    @property
    def sources(self) -> str:
        """The address of the list of works, beside a folder of that name if there is one."""
        return beside("sources", self.index)

    @cached_property
    def papers(self) -> str:
        """The address of the list of papers."""
        return beside("papers", self.index)

    @cached_property
    def all_notes(self) -> str:
        """The address of the list of all notes."""
        return beside("all", self.index)

    @cached_property
    def subfolders(self) -> Mapping[str, list[str]]:
        """The folders right under each folder."""
        children: defaultdict[str, list[str]] = defaultdict(list)
        for folder in self.folders:
            if folder:
                children[posixpath.dirname(folder)].append(folder)
        return children

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """The place of each address among those of its folder."""
        return {address: at for addresses in self.folders.values() for at, address in enumerate(addresses)}

    @cached_property
    def readings(self) -> Mapping[str, tuple[str, str]]:
        """The addresses before and after each note or work of a folder, among its like; empty at the ends."""
        around: dict[str, tuple[str, str]] = {}
        for addresses in self.folders.values():
            for works in (False, True):
                own = [address for address in addresses if (self.documents[address].work is not None) is works]
                for at, address in enumerate(own):
                    around[address] = own[at - 1] if at else "", own[at + 1] if at + 1 < len(own) else ""
        return around

    @cached_property
    def sizes(self) -> Mapping[str, int]:
        """How many notes a folder and those under it hold."""
        sizes: defaultdict[str, int] = defaultdict(int)
        for folder, addresses in self.folders.items():
            sizes[folder] += len(addresses)
            above = folder
            while above:
                above = posixpath.dirname(above)
                sizes[above] += len(addresses)
        return sizes

    @cached_property
    def items(self) -> Mapping[str, NavigationItem]:
        """The line of each note in a sidebar, made once for all the pages that show it."""
        return {
            address: NavigationItem(
                document.title, self.path(address), lang="" if document.lang == self.lang else document.lang
            )
            for address, document in self.documents.items()
        }

    def folder_title(self, folder: str) -> str:
        """What a folder is called: by the setting, by its own page, else by its name."""
        if given := self.index.settings.title(self.lang, folder, ""):
            return given
        own = self.documents.get(f"{folder}/index.md")
        if own:
            return own.title
        name = name_in_words(posixpath.basename(folder))
        return name[:1].upper() + name[1:]


def shown_documents(trees: Sequence[Tree]) -> dict[str, Document]:
    """The documents of all trees by the paths of the pages that show them; of pages at one path, that of the first tree."""
    return {tree.path(address): each for tree in trees[::-1] for address, each in tree.documents.items()}


def beside(name: str, index: Index) -> str:
    """The address of a page that aikb makes, beside a note or a folder of that name if there is one."""
    taken = name in index.folders or f"{name}.md" in index.variants
    return f"{name}-1/index.md" if taken else f"{name}/index.md"


def term_address(concept: str) -> str:
    """The address of the page of a concept, by its id."""
    return f"{FOLDER}/{concept}.md"


def page_address(document: Document) -> str:
    """The address of the page that shows a document."""
    return GLOSSARY_ADDRESS if document.in_glossary else document.address


def folder_slug(title: str) -> str:
    """An id for a group on a page of lists."""
    return slug(title) or "group"
