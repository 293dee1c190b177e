"""Relate documents: resolve links and collect backlinks, mentions and evidence."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from aikb.model.document import Document, Section
from aikb.model.source import Span
from aikb.relate.evidence.ties import Evidence, evidence
from aikb.relate.glossary.concepts import Glossary, build_glossary
from aikb.relate.glossary.mentions import KeptMentions, Mention, find_mentions
from aikb.relate.index import Index
from aikb.relate.links.resolution import Resolution
from aikb.relate.links.resolve import resolve
from aikb.relate.numbered import KeptReferences, NumberReference
from aikb.relate.tags import Tags, merge_tags

Resolutions = Mapping[str, Mapping[Span, Resolution]]
"""By path of the document, then by the link's place in it."""


@dataclass(frozen=True, slots=True)
class Backlink:
    """A place that links to a page."""

    path: str
    """The source it stands in."""
    section: Section | None
    """The section of that source, if the link stands under a heading."""
    link: Span
    """The link itself, in that source."""
    fragment: str = ""
    """The place of the page that it leads to; empty for its top."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relations:
    """Everything that ties documents together."""

    index: Index
    """What they were looked up in."""
    resolutions: Resolutions
    backlinks: Mapping[str, tuple[Backlink, ...]]
    """By path of the source that is linked to; one for each link, in order."""
    assets: frozenset[str]
    """The files that a note shows or links to; nothing else is published."""
    evidence: Evidence = field(default_factory=Evidence)
    glossary: Glossary = field(default_factory=Glossary)
    tags: Tags = field(default_factory=Tags)
    mentions: Mapping[str, tuple[Mention, ...]] = field(default_factory=dict)
    """Where documents speak of terms, by path, in the order of the text."""
    references: Mapping[str, tuple[NumberReference, ...]] = field(default_factory=dict)
    """Where documents name a section or a highlight by its number, likewise."""


def relate(index: Index, kept: KeptMentions | None = None, kept_references: KeptReferences | None = None) -> Relations:
    """Resolve every link of every document, and turn them round. What is `kept` was found by the last build."""
    resolutions: dict[str, dict[Span, Resolution]] = {}
    backlinks: defaultdict[str, list[Backlink]] = defaultdict(list)
    for path, document in index.documents.items():
        starts = [section.span.start for section in document.sections]
        resolved = resolutions[path] = {}
        for link in document.links:
            resolution = resolved[link.span] = resolve(link, document, index)
            if resolution.kind == "page" and resolution.path != path:
                at = bisect_right(starts, link.span.start) - 1
                backlink = Backlink(path, _shown(document, at), link.span, resolution.fragment)
                backlinks[resolution.path].append(backlink)
    proof = evidence(index.documents.values(), index.settings.evidence)
    assets = {each.path for resolved in resolutions.values() for each in resolved.values() if each.kind == "asset"}
    links = (
        (resolution.path, resolution.fragment, link.text)
        for path, document in index.documents.items()
        for link in document.links
        if index.terms and (resolution := resolutions[path][link.span]).kind == "page"
    )
    glossary = build_glossary(index.terms, index.documents, links)
    return Relations(
        index=index,
        resolutions=resolutions,
        backlinks={path: tuple(each) for path, each in backlinks.items()},
        assets=frozenset(assets),
        evidence=proof,
        glossary=glossary,
        tags=merge_tags(index, glossary.concepts),
        mentions=find_mentions(index, glossary, resolutions, kept),
        references=(kept_references or KeptReferences()).find(index.documents, resolutions),
    )


def _shown(document: Document, at: int) -> Section | None:
    """Choose the section to name in a backlink; the page's own title is not one."""
    section = document.sections[at] if at >= 0 else None
    return None if section and document.titled and section is document.sections[0] else section
