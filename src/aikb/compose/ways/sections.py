"""Tell which long sections speak of the same: of the related ones, those that a reader does not meet anyway.

Left out is what stands right before or after a section, above or below it in the order of headings; what it links to or is
linked from; its translation; and a second section of the same title.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TypeAlias

from aikb.compose.ways.profile import Profile
from aikb.compose.ways.related import PLACE, SHOWN, Related, RelatedIndex
from aikb.compose.ways.topics import with_named
from aikb.model.document import Document, Section
from aikb.relate.glossary.mentions import Mention
from aikb.relate.relations import Relations
from aikb.system.kept import Compared
from aikb.text.folding import unaccented


@dataclass(frozen=True, slots=True)
class Alike:
    """A section that speaks of the same as another."""

    path: str
    """Of its note."""
    id: str
    title: str
    words: tuple[str, ...]
    """By which words, as in `Related`."""


SectionTies: TypeAlias = Mapping[str, tuple[Alike, ...]]
"""The sections of a note that have others like them, by id."""

_NEARNESS = 6
"""How near two sections must be, as `RelatedIndex` has it."""


class KeptSections:
    """Relates sections, and keeps what the next build can use."""

    def __init__(self) -> None:
        """Start without any."""
        self._index = RelatedIndex(_NEARNESS)
        self._topics = Compared[str, dict[str, Mapping[str, int]]]()
        self._told = Compared[str, SectionTies]()

    def relate(self, relations: Relations, profiles: Mapping[str, Profile]) -> Mapping[str, SectionTies]:
        """The sections like those of each note, by its path; only of notes that have some."""
        documents = relations.index.documents
        self._topics.start()
        topics: dict[str, Mapping[str, int]] = {}
        for path, profile in profiles.items():
            if profile.sections and not documents[path].in_glossary and documents[path].metadata.searchable:
                mentions = relations.mentions.get(path, ())
                topics |= self._topics.get(path, (profile, mentions), partial(_weighed, path, profile, mentions))
        near: defaultdict[str, dict[str, tuple[Related, ...]]] = defaultdict(dict)
        for place, found in self._index.relate(topics).items():
            if found:
                path, _, name = place.partition(PLACE)
                near[path][name] = found
        self._told.start()
        named = {
            each.path.partition(PLACE)[0] for found in near.values() for others in found.values() for each in others
        }
        named.update(near)  # who is near one need not have it near: lists of words are bounded
        places = {path: {each.id: at for at, each in enumerate(documents[path].sections)} for path in named}
        told = {path: self._of_note(documents[path], found, places, relations) for path, found in near.items()}
        return {path: ties for path, ties in told.items() if ties}

    def _of_note(
        self,
        document: Document,
        near: Mapping[str, tuple[Related, ...]],
        places: Mapping[str, Mapping[str, int]],
        relations: Relations,
    ) -> SectionTies:
        """The sections like those of a note; the last build's, where no text or link that they are made of has changed."""
        others = {each.path.partition(PLACE)[0] for found in near.values() for each in found} | {document.path}
        documents = [relations.index.documents[path] for path in sorted(others)]
        made_of = near, documents, [relations.resolutions[each.path] for each in documents]
        return self._told.get(document.path, made_of, lambda: _told(document, near, places, relations))


def _weighed(path: str, profile: Profile, mentions: Sequence[Mention]) -> dict[str, Mapping[str, int]]:
    """Say what each long section of a note is about, with what it mentions, by its name."""
    concepts: defaultdict[str, list[str]] = defaultdict(list)
    labels: defaultdict[str, list[str]] = defaultdict(list)
    for mention in mentions:
        concepts[mention.place].append(mention.concept)
    for naming in profile.namings:
        labels[naming.place].append(naming.of.label)
    return {
        f"{path}{PLACE}{name}": with_named(topics, concepts[name], labels[name])
        for name, topics in profile.sections.items()
    }


def _told(
    document: Document,
    near: Mapping[str, tuple[Related, ...]],
    places: Mapping[str, Mapping[str, int]],
    relations: Relations,
) -> SectionTies:
    backlinks: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for each in relations.backlinks.get(document.path, ()):
        backlinks[each.fragment].append((each.path, each.section.id if each.section else ""))
    found = {
        name: tuple(islice(_alike(document, places[document.path][name], others, places, backlinks, relations), SHOWN))
        for name, others in near.items()
    }
    return {name: alike for name, alike in found.items() if alike}


def _alike(
    document: Document,
    at: int,
    near: Sequence[Related],
    places: Mapping[str, Mapping[str, int]],
    backlinks: Mapping[str, Sequence[tuple[str, str]]],
    relations: Relations,
) -> Iterator[Alike]:
    """List the sections that are like one, the nearest first.

    `places` are those of the sections of each note, by id, and `backlinks` the sections that link to each of this one.
    """
    index, section = relations.index, document.sections[at]
    around = {document.sections[each].id for each in _around(document.sections, at)}
    linked = {*_linked(document, section, relations), *backlinks.get(section.id, ())}
    titles = set[str]()
    for each in near:
        path, _, name = each.path.partition(PLACE)
        other = index.documents[path]
        if path == document.path and name in around:
            continue
        variants = index.variants[other.address]
        if other is not variants.get(document.lang, other) or (path != document.path and document in variants.values()):
            continue
        theirs = other.sections[places[path][name]]
        title = _folded(theirs.title)
        if (path, name) in linked or title in titles:
            continue
        titles.add(title)
        yield Alike(path, name, theirs.title, each.words)


def _around(sections: Sequence[Section], at: int) -> Iterator[int]:
    """List the sections that stand right before and after one, and those above and below it in the order of headings."""
    yield from (each for each in (at - 1, at + 1) if 0 <= each < len(sections))
    level = sections[at].level
    for before in range(at - 1, -1, -1):
        if sections[before].level < level:
            level = sections[before].level
            yield before
    for after in range(at + 1, len(sections)):
        if sections[after].level <= sections[at].level:
            break
        yield after


def _linked(document: Document, section: Section, relations: Relations) -> Iterator[tuple[str, str]]:
    """List the places that a section links to."""
    resolutions, links = relations.resolutions[document.path], document.links
    first = bisect_left(links, section.span.start, key=lambda each: each.span.start)
    last = bisect_left(links, section.end, first, key=lambda each: each.span.start)
    for link in links[first:last]:
        if (found := resolutions[link.span]).kind == "page":
            yield found.path, found.fragment


def _folded(title: str) -> str:
    """A title without its number, so that two copies of a section are one."""
    return unaccented(title).casefold().lstrip("0123456789. )-–")
