"""Run the whole program: the stages in order, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from aikb.analysis import Reader, analyse, read
from aikb.compose.bodies import Bodies
from aikb.compose.export import files
from aikb.compose.feeds import feeds
from aikb.compose.leads import KeptLeads
from aikb.compose.markdown_files import markdown_files
from aikb.compose.pages import compose
from aikb.compose.papers import citation_files
from aikb.compose.previewed import previewed
from aikb.compose.search.records import KeptRecords, names, records
from aikb.compose.tree import Tree
from aikb.compose.ways.survey import Surveyor
from aikb.ledgers.anchors import Remembered
from aikb.ledgers.translations import Past
from aikb.locales.words import words
from aikb.model.finding import Diagnostic
from aikb.model.site import Site
from aikb.model.source import Asset, Source
from aikb.relate.glossary.mentions import KeptMentions
from aikb.relate.numbered import KeptReferences
from aikb.render.renderer import Renderer
from aikb.settings import Settings


@dataclass(frozen=True, slots=True)
class LastBuild:
    """What the last build knew, for the next one of the same process; each part is kept by all that it was made of."""

    bodies: Bodies = field(default_factory=Bodies)
    records: KeptRecords = field(default_factory=KeptRecords)
    leads: KeptLeads = field(default_factory=KeptLeads)
    mentions: KeptMentions = field(default_factory=KeptMentions)
    references: KeptReferences = field(default_factory=KeptReferences)
    surveyor: Surveyor = field(default_factory=Surveyor)


def build(
    sources: Iterable[Source],
    settings: Settings,
    assets: Iterable[Asset] = (),
    found: Iterable[Diagnostic] = (),
    reader: Reader = read,
    remembered: Remembered | None = None,
    past: Past | None = None,
    renderer: Renderer | None = None,
    last: LastBuild | None = None,
) -> Site:
    """Build the site of a knowledge base.

    `found` are the findings of loading, `reader` may be `read` with a memory, `remembered` are ids that headings had before,
    `past` is what is known of when the files were changed, `renderer` makes HTML of texts, and `last` is
    what the last build knew.
    """
    last = last or LastBuild()
    parsed = [reader(source, settings) for source in sources]
    relations, diagnostics = analyse(parsed, settings, assets, found, remembered, past, last.mentions, last.references)
    index = relations.index
    ways = last.surveyor.survey(relations, past)
    trees = [Tree(lang, index, ways) for lang in settings.languages]
    failed: list[Diagnostic] = []
    pages = compose(trees, relations, renderer or Renderer(), last.bodies, failed)
    searched = records(relations, trees, last.records)
    unsearched, leads = previewed(searched, relations, trees, pages, last.leads)
    return Site(
        pages=pages,
        assets=tuple(index.assets[path] for path in sorted(relations.assets)),
        records=searched,
        unsearched=unsearched,
        leads=leads,
        names=names(relations),
        diagnostics=tuple(sorted((*diagnostics, *failed), key=lambda each: each.order)) if failed else diagnostics,
        words={lang: words(lang) for lang in settings.languages},
        feeds=() if settings.serving else tuple(feed for tree in trees for feed in feeds(tree)),
        files={**files(trees, relations), **citation_files(trees[0]), **markdown_files(trees, relations)},
    )
