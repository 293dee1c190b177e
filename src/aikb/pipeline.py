"""Run the whole program: the stages in order, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from aikb.check.lint import check, lint
from aikb.compose.export import files
from aikb.compose.pages import compose
from aikb.compose.search.records import records
from aikb.compose.tree import Tree
from aikb.ledgers.anchors import Remembered
from aikb.ledgers.translations import Past
from aikb.locales.words import words
from aikb.model.document import Document, ExportFile
from aikb.model.finding import Diagnostic
from aikb.model.site import Site
from aikb.model.source import Asset, Source
from aikb.read import language
from aikb.read.document import parse
from aikb.relate.index import build_index
from aikb.relate.relations import Relations, relate
from aikb.relate.works import merge_works
from aikb.render.renderer import Renderer
from aikb.settings import Settings
from aikb.system.parallel import WORTH_FORKING, parallel_map

Reader = Callable[[Source, Settings], Document | ExportFile]


def read(source: Source, settings: Settings) -> Document | ExportFile:
    """Read one file by itself: parse it, and lint it. Other people's words are not linted."""
    parsed = parse(source, settings)
    return lint(parsed) if isinstance(parsed, Document) else parsed


def read_all(
    sources: Sequence[Source],
    settings: Settings,
    kept: Callable[[Document | ExportFile], Document | ExportFile] | None = None,
) -> list[Document | ExportFile]:
    """Read many files, on all processors; `kept` leaves out what is not needed before it is carried over."""
    if len(sources) >= WORTH_FORKING:
        language.load(settings.languages)

    def light(source: Source) -> Document | ExportFile:
        parsed = read(source, settings)
        return replace(kept(parsed) if kept else parsed, source=Source(source.path, "", source.root))

    return [
        replace(each, source=source.without(each.hidden) if isinstance(each, Document) else source)
        for each, source in zip(parallel_map(light, sources), sources, strict=True)
    ]


def analyse(
    parsed: Sequence[Document | ExportFile],
    settings: Settings,
    assets: Iterable[Asset] = (),
    found: Iterable[Diagnostic] = (),
    remembered: Remembered | None = None,
    past: Past | None = None,
) -> tuple[Relations, tuple[Diagnostic, ...]]:
    """Run everything between reading and composing; all that `aikb check` needs."""
    documents, folded = merge_works(parsed, settings)
    index, collisions = build_index(documents, assets, settings, remembered)
    relations = relate(index)
    drafts = [each for document in documents if document.metadata.draft for each in document.diagnostics]
    unclear = [each for each in drafts if each.code.startswith("frontmatter-")]
    return relations, check(relations, [*found, *folded, *collisions, *unclear], past)


def build(
    sources: Iterable[Source],
    settings: Settings,
    assets: Iterable[Asset] = (),
    found: Iterable[Diagnostic] = (),
    reader: Reader = read,
    remembered: Remembered | None = None,
    past: Past | None = None,
    renderer: Renderer | None = None,
) -> Site:
    """Build the site of a knowledge base.

    `found` are the findings of loading, `reader` may be `read` with a memory, `remembered` are ids that headings had before,
    `past` is what is known of when the files were changed, `renderer` makes HTML of texts.
    """
    parsed = [reader(source, settings) for source in sources]
    relations, diagnostics = analyse(parsed, settings, assets, found, remembered, past)
    index = relations.index
    trees = [Tree(lang, index) for lang in settings.languages]
    pages = compose(trees, relations, renderer or Renderer())
    return Site(
        pages=pages,
        assets=tuple(index.assets[path] for path in sorted(relations.assets)),
        records=records(pages, index.documents, trees),
        diagnostics=diagnostics,
        words={lang: words(lang) for lang in settings.languages},
        files=files(trees, relations),
    )
