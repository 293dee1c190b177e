"""Bring together all places that name one thing: a paper by its arXiv id or its DOI, or anything else by its address."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from aikb.compose.ways.namings import Naming, is_label
from aikb.model.document import Document
from aikb.text.identifiers import Identifier
from aikb.text.sentences import shortened

_TITLE = 3
"""Words of a link that may be a title; fewer are a label, unless all have a capital: `Universal Transformers`."""
_ROLES = ("noted", "highlighted", "linked")


@dataclass(frozen=True, slots=True)
class Place:
    """A place that names a thing."""

    path: str
    """Of the document."""
    naming: Naming


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A thing that the notes name by its address."""

    of: Identifier
    title: str = ""
    """As the notes have it; empty where no place is certain."""
    authors: tuple[str, ...] = ()
    """Of the work that was read, in an export of highlights."""
    year: int = 0
    url: str
    places: tuple[Place, ...]
    """First where there are notes on it, then where it was read, then where it is only linked; one a section."""

    @property
    def noted(self) -> bool:
        """Whether there are notes on it, or highlights."""
        return any(each.naming.role != "linked" for each in self.places)


@dataclass(frozen=True)
class Papers:
    """All things that the notes name. Not slotted, so that they are counted once, on demand."""

    papers: tuple[Paper, ...] = ()
    """Publications, the latest first."""
    addresses: tuple[Paper, ...] = ()
    """Other addresses that several sections name, by how many do."""
    notes: Mapping[tuple[str, Identifier], str] = field(default_factory=dict)
    """The id of the section of a document that takes notes on a thing."""
    titles: Mapping[str, str] = field(default_factory=dict)
    """What is called something, by its identifier as it is written."""

    @cached_property
    def noted(self) -> int:
        """How many publications there are notes on, or highlights of."""
        return sum(paper.noted for paper in self.papers)


def merge_namings(found: Mapping[str, tuple[Naming, ...]], documents: Mapping[str, Document]) -> Papers:
    """Merge what all documents name, by path, into things; linear in the places."""
    places: defaultdict[Identifier, list[Place]] = defaultdict(list)
    notes: dict[tuple[str, Identifier], str] = {}
    for path, namings in found.items():
        for naming in namings:
            places[naming.of].append(Place(path, naming))
            if naming.role == "noted":
                notes.setdefault((path, naming.of), naming.place)
    papers, addresses = [], []
    for thing, own in places.items():
        if thing.paper:
            papers.append(_paper(thing, own, documents))
        elif len(own) > 1 and len({(each.path, each.naming.place) for each in own}) > 1:
            addresses.append(_paper(thing, own, documents))
    papers.sort(key=lambda each: (each.title.casefold() or "\uffff", each.of))
    papers.sort(key=lambda each: (each.year, each.of.name if each.of.kind == "arxiv" else ""), reverse=True)
    addresses.sort(key=lambda each: (-len(each.places), each.title.casefold() or "\uffff", each.of))
    titles = {each.of.label: each.title for each in (*papers, *addresses) if each.title}
    return Papers(tuple(papers), tuple(addresses), notes, titles)


def _paper(thing: Identifier, places: Iterable[Place], documents: Mapping[str, Document]) -> Paper:
    kept: dict[tuple[str, str], Place] = {}
    for each in sorted(places, key=lambda each: _ROLES.index(each.naming.role)):
        kept.setdefault((each.path, each.naming.place), each)
    first = tuple(kept.values())
    works = [documents[each.path] for each in first if each.naming.role == "highlighted" and not each.naming.place]
    work = next((each.work for each in works if each.work), None)
    year = thing.year or (int(work.date[:4]) if work and re.match(r"(?:19|20)\d\d", work.date) else 0)
    url = thing.url or next(each.naming.url for each in first)
    authors = work.authors if work else ()
    return Paper(of=thing, title=_title(first, works), authors=authors, year=year, url=url, places=first)


def _title(places: Iterable[Place], works: Iterable[Document]) -> str:
    """Choose a title: the work's that was read, the link's above notes on it, else what most links say that is no label."""
    for work in works:
        return shortened(work.title)
    counts = Counter[str]()
    for each in places:
        text = each.naming.text.strip(" .:")
        if is_label(text):
            continue
        if each.naming.role == "noted" and text:
            return shortened(text)
        words = text.split()
        if each.naming.of.paper and (len(words) >= _TITLE or (len(words) > 1 and all(map(_is_capital, words)))):
            counts[text] += 1
    return shortened(min(counts, key=lambda text: (-counts[text], text))) if counts else ""


def _is_capital(word: str) -> bool:
    return word[:1].isupper()
