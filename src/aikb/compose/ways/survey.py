"""Survey a knowledge base: what each document says by itself, and what follows for all of them together.

What a document says by itself is found once, and kept with the document for the next build of `serve`; what all say together is
merged anew of small values.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import partial

from aikb.compose.ways.papers import Papers, merge_namings
from aikb.compose.ways.profile import Profile, profile
from aikb.compose.ways.related import SHOWN, Related, RelatedIndex
from aikb.compose.ways.sections import KeptSections, SectionTies
from aikb.compose.ways.topics import with_named
from aikb.ledgers.translations import Past
from aikb.model.document import Document
from aikb.relate.glossary.title_mentions import KeptTitleMentions, TitleMention
from aikb.relate.relations import Relations
from aikb.relate.tags import Tags
from aikb.system.git_edits import Edit
from aikb.system.kept import Compared

_NEARNESS = 9
"""How near two documents must be, as `RelatedIndex` has it: they speak of more than sections do."""


@dataclass(frozen=True, slots=True)
class Ways:
    """What helps readers to find the way; by path of the document, where nothing else is said."""

    profiles: Mapping[str, Profile] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)
    """When each was written or changed last, in ISO 8601: as its front matter says, else as git knows."""
    changed: Mapping[str, int] = field(default_factory=dict)
    """When each was changed last, in seconds since 1970, as git knows."""
    edits: Mapping[str, tuple[Edit, ...]] = field(default_factory=dict)
    """What changed in each lately, the latest first, as git knows."""
    papers: Papers = field(default_factory=Papers)
    tags: Tags = field(default_factory=Tags)
    related: Mapping[str, tuple[Related, ...]] = field(default_factory=dict)
    sections: Mapping[str, SectionTies] = field(default_factory=dict)
    """Of the notes that have sections like others."""
    unlinked: Mapping[str, tuple[TitleMention, ...]] = field(default_factory=dict)
    """Where a note is named without a link, by its address."""

    def opening(self, document: Document) -> str:
        """The first real sentence of a document, or what its front matter says of it."""
        known = self.profiles.get(document.path)
        return document.metadata.description or (known.opening if known else "")


class Surveyor:
    """Surveys one build after another."""

    def __init__(self) -> None:
        """Start without any document."""
        self._profiles: dict[str, tuple[Document, Profile]] = {}
        self._topics = Compared[str, Mapping[str, int]]()
        self._related = RelatedIndex(_NEARNESS, whole=True)
        self._unlinked_of: dict[str, tuple[tuple[Related, ...], Collection[str], tuple[Related, ...]]] = {}
        self._sections = KeptSections()
        self._unlinked = KeptTitleMentions()
        self._named: tuple[object, Papers] = None, Papers()

    def survey(self, relations: Relations, past: Past | None = None) -> Ways:
        """Survey all documents that are published."""
        documents = relations.index.documents
        profiles = self._profiled(documents)
        whole = past is not None and not past.shallow()
        changed = past.changed() if past and whole else {}
        return Ways(
            profiles=profiles,
            dates=_dates(documents, changed),
            changed={path: changed[path] for path in documents if path in changed},
            edits=past.edited() if past and whole else {},
            papers=self._merged(profiles, documents),
            tags=relations.tags,
            related=self._told(self._related.relate(self._weighed(relations, profiles)), _linked(relations)),
            sections=self._sections.relate(relations, profiles),
            unlinked=self._unlinked.find(relations.index, relations.glossary),
        )

    def _profiled(self, documents: Mapping[str, Document]) -> Mapping[str, Profile]:
        kept: dict[str, tuple[Document, Profile]] = {}
        for path, document in documents.items():
            known = self._profiles.get(path)
            same = known is not None and known[0] == document
            kept[path] = known if known is not None and same else (document, profile(document))
        self._profiles = kept
        return {path: each for path, (_, each) in kept.items()}

    def _merged(self, profiles: Mapping[str, Profile], documents: Mapping[str, Document]) -> Papers:
        """All papers; the last build's, where all documents name the same."""
        namings = {path: each.namings for path, each in profiles.items() if each.namings}
        key = namings, [documents[path] for path in namings if documents[path].work]
        if self._named[0] != key:
            self._named = key, merge_namings(namings, documents)
        return self._named[1]

    def _weighed(self, relations: Relations, profiles: Mapping[str, Profile]) -> dict[str, Mapping[str, int]]:
        """What each document is about, with what it mentions; the same value as in the last build where it is equal."""
        self._topics.start()
        topics: dict[str, Mapping[str, int]] = {}
        for path, document in relations.index.documents.items():
            if document.in_glossary or not document.metadata.searchable:
                continue
            own, mentions = profiles[path], relations.mentions.get(path, ())
            concepts = (mention.concept for mention in mentions)
            labels = (naming.of.label for naming in own.namings)
            topics[path] = self._topics.get(path, (own, mentions), partial(with_named, own.topics, concepts, labels))
        return topics

    def _told(
        self, near: Mapping[str, tuple[Related, ...]], linked: Mapping[str, Collection[str]]
    ) -> Mapping[str, tuple[Related, ...]]:
        """What a reader is told of: not what is linked; the same value as in the last build where it is equal."""
        kept: dict[str, tuple[tuple[Related, ...], Collection[str], tuple[Related, ...]]] = {}
        for path, found in near.items():
            links, known = linked.get(path, ()), self._unlinked_of.get(path)
            if known is None or known[0] is not found or known[1] != links:
                known = found, links, tuple(each for each in found if each.path not in links)[:SHOWN]
            kept[path] = known
        self._unlinked_of = kept
        return {path: told for path, (_, _, told) in kept.items()}


def _dates(documents: Mapping[str, Document], changed: Mapping[str, int]) -> Mapping[str, str]:
    """The day of each document; not git's, where it has the same for all: then it is when they were put there."""
    days = {path: _day(changed[path]) for path in documents if path in changed}
    known = days if len(set(days.values())) > 1 else {}
    dates = {path: _iso(each.metadata.date) or known.get(path, "") for path, each in documents.items() if not each.work}
    return {path: date for path, date in dates.items() if date}


def _day(seconds: int) -> str:
    return dt.datetime.fromtimestamp(seconds, dt.UTC).date().isoformat()


def _iso(written: str) -> str:
    """The day of a date; empty for what is none."""
    try:
        return dt.date.fromisoformat(written[:10]).isoformat()
    except ValueError:
        return ""


def _linked(relations: Relations) -> Mapping[str, Collection[str]]:
    """What each document links to or is linked from, and its twins, by path."""
    linked: defaultdict[str, set[str]] = defaultdict(set)
    for path, backlinks in relations.backlinks.items():
        for backlink in backlinks:
            linked[path].add(backlink.path)
            linked[backlink.path].add(path)
    for variants in relations.index.variants.values():
        if len(variants) > 1:
            paths = {each.path for each in variants.values()}
            for path in paths:
                linked[path] |= paths
    return linked
