"""What leads to a page: the sections of notes that link to it, with the sentence around each link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias

from aikb.compose.addresses import to_page
from aikb.compose.links import Reference, reference
from aikb.compose.paragraphs import Sentence, Sentences
from aikb.compose.tree import Tree, page_address
from aikb.model.document import Document
from aikb.model.site import Slot
from aikb.relate.relations import Backlink, Relations
from aikb.system.kept import Compared

_BLANK = re.compile(r"\s")
_NOTHING: Sentence = ("", "", "")
LIMIT = 60
"""How many places a page shows; of the others it says how many there are."""


@dataclass(frozen=True, slots=True)
class Place:
    """A section that links to a page, with what it says there."""

    section: Reference | None
    """None for what stands above all headings."""
    sentence: Sentence
    """Its words are the link's; empty where it says no more than the link."""
    lang: str
    """Of the sentence."""
    targets: tuple[str, ...]
    """The ids on the page that it leads to."""


_Places: TypeAlias = dict[tuple[str, str], Place]
"""The places of a page, by the address of the section and what it says."""


class KeptBacklinks:
    """What leads to pages, kept while serving: a page's is made again where it, or a text that leads to it, has changed."""

    def __init__(self) -> None:
        """Start without any."""
        self._slots = Compared[tuple[str, str], tuple[Slot, ...]]()

    def start(self, *, anew: bool) -> None:
        """Begin a build; `anew` where an address or a setting has changed."""
        self._slots.start(anew=anew)

    def slots(self, document: Document, tree: Tree, relations: Relations, sentences: Sentences) -> tuple[Slot, ...]:
        """What leads to a page, as `backlinks` makes it."""
        make = partial(backlinks, document, tree, relations, sentences)
        return self._slots.get((tree.lang, document.path), tuple(_ingredients(document, tree, relations)), make)


def _ingredients(document: Document, tree: Tree, relations: Relations) -> Iterator[object]:
    """Everything that the slot of a page is made of, in an order that is the same in every build."""
    for text in (document, *_twins(document, tree)):
        leading = relations.backlinks.get(text.path, ())
        yield text
        yield leading
        for each in leading:
            source = tree.index.documents[each.path]
            yield source
            yield tree.documents.get(page_address(source))


def _twins(document: Document, tree: Tree) -> list[Document]:
    """The texts that stand at the same address in other languages; the glossary's files are one page, and have none."""
    variants = tree.index.variants.get(document.address, {}) if not document.in_glossary else {}
    return [each for each in variants.values() if each.path != document.path]


def backlinks(document: Document, tree: Tree, relations: Relations, sentences: Sentences) -> tuple[Slot, ...]:
    """What leads to a page, as one slot: by page, in the order of its text; none where nothing does."""
    pages: dict[str, tuple[Reference, _Places]] = {}
    rest = 0
    for backlink in _in_order(document, tree, relations):
        source = tree.index.documents[backlink.path]
        address = page_address(source)
        full = sum(max(len(places), 1) for _, places in pages.values()) >= LIMIT
        if address not in pages:
            if full:
                rest += 1
                continue
            pages[address] = page_link(source, address, document, tree), {}
        # readers of a tree that shows the twin of the source see something else
        if tree.documents.get(address, source) is source:
            place = _place(backlink, source, document, tree, sentences)
            rest += not _add(place, pages[address][1], full=full)
    groups = tuple((page, tuple(places.values())) for page, places in pages.values())
    return (Slot("backlinks", {"pages": groups, "rest": rest}),) if groups else ()


def _add(place: Place, places: _Places, *, full: bool) -> bool:
    """Add a place to those of its page, merged with what says the same; False where there is no room for it."""
    section = place.section.href if place.section else ""
    bare, key = (section, ""), (section, "".join(place.sentence))
    if place.sentence == _NOTHING:
        key = next((each for each in places if each[0] == section), bare)
        if key not in places and not (place.section or place.targets):
            return True
    elif bare in places:  # the section is named already, without what it says
        place = replace(place, targets=(*places.pop(bare).targets, *place.targets))
    known = places.get(key)
    if known is None and full:
        return False
    targets = dict.fromkeys((*known.targets, *place.targets) if known else place.targets)
    places[key] = replace(known or place, targets=tuple(targets))
    return True


def page_link(source: Document, address: str, origin: Document, tree: Tree) -> Reference:
    """A link to the page of a source; the glossary's files are one page."""
    target = to_page(address, page_address(origin), tree.index.settings)
    if source.in_glossary and address not in tree.documents:
        return Reference(tree.words["glossary"], target, tree.lang)
    return reference(tree.documents.get(address, source), target)


def _place(backlink: Backlink, source: Document, origin: Document, tree: Tree, sentences: Sentences) -> Place:
    address, here = page_address(source), page_address(origin)
    section = None
    if backlink.section:
        href = to_page(address, here, tree.index.settings, backlink.section.id)
        section = Reference(backlink.section.title, href, source.lang)
    sentence = sentences.of(source).around_link(backlink.link)
    if not any(map(str.isalnum, sentence[0] + sentence[2])):
        sentence = _NOTHING
    target = backlink.fragment if not _BLANK.search(backlink.fragment) else ""
    return Place(section, sentence, source.lang, (target,) if target else ())


def _in_order(document: Document, tree: Tree, relations: Relations) -> list[Backlink]:
    """What leads to a page by the address of its source, of each source in the order of its text, the tree's language first.

    The glossary's files say the same in several languages: those of the tree's are enough.
    """
    documents = tree.index.documents

    def place(backlink: Backlink) -> tuple[str, bool, str, int]:
        source = documents[backlink.path]
        return page_address(source), source.lang != tree.lang, backlink.path, backlink.link.start

    every = sorted(_leading_here(document, tree, relations), key=place)
    defining = {documents[each.path].lang for each in every if documents[each.path].in_glossary}
    if tree.lang not in defining:
        return every
    return [each for each in every if not documents[each.path].in_glossary or documents[each.path].lang == tree.lang]


def _leading_here(document: Document, tree: Tree, relations: Relations) -> Iterator[Backlink]:
    """What leads to a text or a twin of it, which for readers is the same page; links between the twins do not count."""
    twins = _twins(document, tree)
    paths = {each.path for each in twins} | {document.path}
    yield from (each for each in relations.backlinks.get(document.path, ()) if each.path not in paths)
    for twin in twins:
        paired = tree.index.paired(twin, document)
        for backlink in relations.backlinks.get(twin.path, ()):
            if backlink.path not in paths:
                yield replace(backlink, fragment=paired.get(backlink.fragment, backlink.fragment))
