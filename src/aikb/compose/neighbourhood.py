"""What surrounds a note: the notes it links to and that link to it, the works it rests on, the terms it speaks of.

It stands folded at the end of a note that has enough of it, as a list with sentences and a map beside that. A page of its own
for each note would double the site; folded, it asks for no request and no script. The map is drawn here: what leads to the note
stands at its left, the rest at its right, each in the order of the list, so that nothing covers anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from aikb.compose.addresses import to_page
from aikb.compose.paragraphs import Sentence, Sentences
from aikb.compose.tree import Tree, page_address, term_address
from aikb.model.document import Document
from aikb.model.site import Slot
from aikb.relate.relations import Relations
from aikb.system.kept import Compared

Kind: TypeAlias = Literal["both", "from", "to", "work", "term"]
_MOST: dict[Kind, int] = {"both": 8, "from": 10, "to": 10, "work": 5, "term": 6}
"""How many neighbours of a kind are shown: with the note itself forty."""
_NOTHING: Sentence = ("", "", "")
_LINE, _MARGIN = 26, 16
"""Height of a line of the map, and space above and below all."""
_TWO, _ONE = (150, 20), (250, 34)
"""How wide the labels of a side are and their letters, where both sides have some; and where one has: so that a phone shows
all, in letters that can be read."""
_REACH, _DOT, _GAP, _BASE = 46, 10, 9, 4
"""How far the labels stand from the note, how far it stands from the edge of an
empty side, between a dot and its label, and from the middle of a label to its base line."""


@dataclass(slots=True)
class _Neighbour:
    """A neighbour while it is gathered."""

    kind: Kind
    sentence: Sentence = _NOTHING
    said_in: str = ""
    """The path of the note that has the sentence."""
    fragment: str = ""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A neighbour as it is shown."""

    kind: Kind
    href: str
    title: str
    lang: str
    """Of the title."""
    sentence: Sentence
    said: str
    """The language of the sentence; empty for none."""

    @property
    def row(self) -> tuple[str, ...]:
        """Its line of the list. What leads here has its sentences among the backlinks, right above."""
        told = self.kind != "from"
        return self.href, self.title, self.lang, self.said if told else "", *(self.sentence if told else _NOTHING)


@dataclass(slots=True)
class _Around:
    """What surrounds a note: pages by address, terms by id."""

    pages: dict[str, _Neighbour] = field(default_factory=dict)
    terms: Counter[str] = field(default_factory=Counter)


class Neighbourhoods:
    """What surrounds each note; kept for the next build, where neither its links nor what is shown of others has changed."""

    def __init__(self) -> None:
        """Start without any."""
        self._around = Compared[str, _Around]()
        """The same in all trees."""
        self._slots = Compared[tuple[str, str], tuple[Slot, ...]]()
        self._made: dict[str, tuple[object, tuple[Slot, ...]]] = {}
        """What the last tree has shown of each note, by path."""
        self._relations: Relations
        self._sentences: Sentences

    def start(self, relations: Relations, sentences: Sentences, *, anew: bool) -> None:
        """Begin a build; `anew`, where addresses have changed."""
        self._around.start(anew=anew)
        self._slots.start(anew=anew)
        self._made, self._relations, self._sentences = {}, relations, sentences

    def slots(self, document: Document, tree: Tree) -> tuple[Slot, ...]:
        """Show what surrounds a note; nothing where that is little, or its front matter hides it (`hide: [neighbourhood]`).

        Where all of it links here, the backlinks right above say the same.
        """
        least, path, relations = tree.index.settings.neighbourhood, document.path, self._relations
        if not least or "neighbourhood" in document.metadata.hide or document.in_glossary:
            return ()
        ties = [table.get(path, ()) for table in (relations.resolutions, relations.backlinks, relations.mentions)]
        works = tuple(_evidence(document, relations)) if relations.evidence.by_section else ()
        if not works and sum(map(len, ties)) < least:
            return ()
        made_of = document, ties, works
        around = self._around.get(path, made_of, lambda: _gathered(document, works, relations, self._sentences))
        told = around.terms or any(each.kind != "from" for each in around.pages.values())
        if not around.pages or not told or len(around.pages) + len(around.terms) < least:
            return ()
        shown = [tree.documents.get(address) for address in around.pages]
        labels = [relations.glossary.concepts[concept].label(tree.lang) for concept in around.terms]
        glossary = tree.words["glossary"] if None in shown else ""
        key = around, shown, labels, glossary, tree.lang if labels else ""
        made = self._slots.get((tree.lang, path), key, lambda: self._shown(document, around, tree, key))
        self._made[path] = key, made
        return made

    def _shown(self, document: Document, around: _Around, tree: Tree, key: object) -> tuple[Slot, ...]:
        """Make what is shown in a tree: the same value as in another, where that shows the same."""
        other = self._made.get(document.path)
        if other is not None and other[0] == key:
            return other[1]
        relations = self._relations
        rows = [*_pages(around, document, tree), *_terms(around, document, tree, relations, self._sentences)]
        every = len(around.pages) + len(around.terms)
        groups = ((kind, tuple(each.row for each in rows if each.kind == kind)) for kind in _MOST)
        shown = tuple((kind, found) for kind, found in groups if found)
        return (Slot("neighbourhood", {"groups": shown, "count": every, "rest": every - len(rows), **_drawn(rows)}),)


def _gathered(document: Document, works: Iterable[str], relations: Relations, sentences: Sentences) -> _Around:
    """Gather the neighbours of a note, each with the first sentence that ties them; the note's own wins over another's."""
    documents, here = relations.index.documents, page_address(document)
    around = _Around()
    for span, resolution in relations.resolutions.get(document.path, {}).items():
        if resolution.kind != "page" or resolution.path == document.path:
            continue
        address = page_address(documents[resolution.path])
        if address != here and address not in around.pages:
            sentence = sentences.of(document).around_link(span)
            around.pages[address] = _Neighbour("to", sentence, document.path, resolution.fragment)
    for backlink in relations.backlinks.get(document.path, ()):
        source = documents[backlink.path]
        address = page_address(source)
        if address == here or source.in_glossary:
            continue
        known = around.pages.get(address)
        if known is None:
            around.pages[address] = _Neighbour("from", fragment=backlink.section.id if backlink.section else "")
        elif known.kind == "to":
            known.kind = "both"
    for path in works:
        address = page_address(documents[path])
        if address not in around.pages and address != here:
            around.pages[address] = _Neighbour("work")
    around.terms.update(each.concept for each in relations.mentions.get(document.path, ()) if not each.inside)
    return around


def _evidence(document: Document, relations: Relations) -> Iterator[str]:
    """The works whose highlights stand at the sections of a note."""
    for name in ("", *(section.id for section in document.sections)):
        for tie in relations.evidence.by_section.get((document.path, name), ()):
            yield tie.path


def _pages(around: _Around, document: Document, tree: Tree) -> Iterator[_Shown]:
    index, here = tree.index, page_address(document)
    for kind, most in _MOST.items():
        found = [(address, each) for address, each in around.pages.items() if each.kind == kind]
        for address, each in sorted(found, key=lambda pair: pair[0])[:most] if kind == "from" else found[:most]:
            shown = tree.documents.get(address)
            title, lang = (shown.title, shown.lang) if shown else (tree.words["glossary"], tree.lang)
            href = to_page(address, here, index.settings, "" if any(map(str.isspace, each.fragment)) else each.fragment)
            said = index.documents[each.said_in].lang if each.said_in else ""
            yield _Shown(kind, href, title, lang, *_told(each.sentence, said))


def _terms(
    around: _Around, document: Document, tree: Tree, relations: Relations, sentences: Sentences
) -> Iterator[_Shown]:
    """The terms that a note speaks of most, each with the first sentence that does."""
    first = {each.concept: each for each in reversed(relations.mentions.get(document.path, ())) if not each.inside}
    for concept, _ in sorted(around.terms.items(), key=lambda pair: (-pair[1], pair[0]))[: _MOST["term"]]:
        href = to_page(term_address(concept), page_address(document), tree.index.settings)
        sentence = sentences.of(document).around_mention(first[concept])
        label = relations.glossary.concepts[concept].label(tree.lang)
        yield _Shown("term", href, label, tree.lang, *_told(sentence, document.lang))


def _told(sentence: Sentence, said: str) -> tuple[Sentence, str]:
    """A sentence with its language; nothing for one that says no more than the link in it."""
    return (sentence, said) if any(map(str.isalnum, sentence[0] + sentence[2])) else (_NOTHING, "")


def _drawn(rows: Sequence[_Shown]) -> dict[str, Any]:
    """Draw the map: the note, and its neighbours below each other at both sides; an empty side takes no room.

    Lines and dots of a kind are one path each: a dot is a line without length, with round ends.
    """
    left, right = ([each for each in rows if (each.kind in ("both", "from")) == side] for side in (True, False))
    side, letters = _TWO if left and right else _ONE
    height = 2 * _MARGIN + _LINE * max(len(left), len(right), 2)
    x, y = (side + _REACH if left else _DOT), height // 2
    places = [
        *((each, x - _REACH, at, x - _REACH - _GAP) for each, at in _spread(left, height)),
        *((each, x + _REACH, at, x + _REACH + _GAP) for each, at in _spread(right, height)),
    ]
    drawn = []
    for kind in dict.fromkeys(each.kind for each in rows):
        of_kind = [(end, at) for each, end, at, _ in places if each.kind == kind]
        lines = " ".join(f"M{x} {y}C{(x + end) // 2} {y} {(x + end) // 2} {at} {end} {at}" for end, at in of_kind)
        drawn.append((kind, lines, " ".join(f"M{end} {at}h0" for end, at in of_kind)))
    labels = [(start, at + _BASE, _label(each.title, letters)) for each, _, at, start in places]
    return {
        "drawn": tuple(drawn),
        "note": f"M{x} {y}h0",
        "left": tuple(labels[: len(left)]),
        "right": tuple(labels[len(left) :]),
        "width": x + (side + _REACH if right else _DOT),
        "height": height,
    }


def _spread(rows: Sequence[_Shown], height: int) -> Iterator[tuple[_Shown, int]]:
    """Place rows below each other, in the middle of the map's height."""
    top = (height - _LINE * len(rows)) // 2 + _LINE // 2
    return ((row, top + _LINE * number) for number, row in enumerate(rows))


def _label(title: str, letters: int) -> str:
    return title if len(title) <= letters else f"{title[: letters - 1].rstrip(' -–—:;,.(')}…"
