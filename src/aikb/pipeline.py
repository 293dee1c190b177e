"""Run the whole program: the stages in order, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from aikb.check.lint import check, lint
from aikb.compose.bodies import Bodies
from aikb.compose.export import files
from aikb.compose.feeds import feeds
from aikb.compose.markdown_files import markdown_files
from aikb.compose.pages import compose
from aikb.compose.papers import citation_files
from aikb.compose.search.records import KeptRecords, names, records
from aikb.compose.tree import Tree
from aikb.compose.ways.survey import Surveyor
from aikb.ledgers.anchors import Remembered
from aikb.ledgers.translations import Past
from aikb.locales.words import words
from aikb.model.document import Document, ExportFile
from aikb.model.finding import Diagnostic
from aikb.model.site import Site
from aikb.model.source import Asset, Source
from aikb.read.document import parse
from aikb.read.document_cache import DocumentCache
from aikb.read.language_evidence import load_models
from aikb.read.plain import failure, plain_document, seconds_for
from aikb.read.serialize import Packed, SerializeError, pack, unpack
from aikb.relate.culprits import run_without_culprits
from aikb.relate.index import build_index
from aikb.relate.mentions import KeptMentions
from aikb.relate.numbered import KeptReferences
from aikb.relate.relations import Relations, relate
from aikb.relate.works import merge_works
from aikb.render.renderer import Renderer
from aikb.settings import Settings
from aikb.system.parallel import WORTH_FORKING, parallel_map
from aikb.system.time_limit import limited

Reader = Callable[[Source, Settings], Document | ExportFile]


def read(source: Source, settings: Settings) -> Document | ExportFile:
    """Read one file by itself: parse it, and lint it. Other people's words are not linted.

    What goes wrong, or takes too long, is a finding, and the file's text is shown as it is.
    """
    try:
        with limited(seconds_for(source)):
            parsed = parse(source, settings)
            return lint(parsed) if isinstance(parsed, Document) else parsed
    except Exception as error:  # noqa: BLE001 - one file that we cannot read must not take the others down
        return plain_document(source, settings, failure(source, "read", error))


def read_all(
    sources: Sequence[Source],
    settings: Settings,
    known: DocumentCache | None = None,
    blocks: Callable[[Source], bool] = lambda _source: True,
) -> list[Document | ExportFile]:
    """Read many files, on all processors, but for those that are `known`.

    A document comes without its blocks where `blocks` does not ask for them: the check has examined them by then.
    """
    parsed = known.get(sources, settings, blocks) if known else {}
    new = [source for source in sources if source not in parsed]
    if len(new) >= WORTH_FORKING:
        load_models(settings.languages)
    packed = dict(zip(new, parallel_map(partial(_read_packed, settings=settings), new), strict=True))
    if known:
        known.put({source: each for source, each in packed.items() if isinstance(each, Packed)}, settings)
    while packed:  # each is let go as it becomes a tree: the bytes of all would stand beside the trees of all
        source, each = packed.popitem()
        parsed[source] = unpack(each, source, blocks=blocks(source)) if isinstance(each, Packed) else each
    return [parsed[source] for source in sources]


def _read_packed(source: Source, settings: Settings) -> Packed | Document | ExportFile:
    """Read a file into the bytes that are carried between processes and kept; as it is, where it has none."""
    parsed = read(source, settings)
    if any(each.code == "page-failed" for each in parsed.diagnostics):
        return parsed  # it may have been the machine, and is not kept
    try:
        return pack(parsed)
    except SerializeError:
        return parsed


@dataclass(frozen=True, slots=True)
class LastBuild:
    """What the last build knew, for the next one of the same process; each part is kept by all that it was made of."""

    bodies: Bodies = field(default_factory=Bodies)
    records: KeptRecords = field(default_factory=KeptRecords)
    mentions: KeptMentions = field(default_factory=KeptMentions)
    references: KeptReferences = field(default_factory=KeptReferences)
    surveyor: Surveyor = field(default_factory=Surveyor)


def analyse(
    parsed: Sequence[Document | ExportFile],
    settings: Settings,
    assets: Iterable[Asset] = (),
    found: Iterable[Diagnostic] = (),
    remembered: Remembered | None = None,
    past: Past | None = None,
    last: LastBuild | None = None,
) -> tuple[Relations, tuple[Diagnostic, ...]]:
    """Run everything between reading and composing; all that `aikb check` needs.

    `last` is what the last build knew. A file that makes that fail is related to no other, and its text is shown as it is.
    """
    assets, found = list(assets), list(found)
    unread = {diagnostic.path for diagnostic in found if diagnostic.code in ("path-escape", "symlink-loop")}

    def run(some: Sequence[Document | ExportFile]) -> tuple[Relations, tuple[Diagnostic, ...]]:
        documents, folded = merge_works(some, settings)
        index, collisions = build_index(documents, assets, settings, remembered, unread)
        relations = relate(index, last.mentions if last else None, last.references if last else None)
        drafts = [each for document in documents if document.metadata.draft for each in document.diagnostics]
        unclear = [each for each in drafts if each.code.startswith("frontmatter-") or each.code == "page-failed"]
        return relations, check(relations, [*found, *folded, *collisions, *unclear], past)

    return run_without_culprits(run, parsed, settings)


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
    relations, diagnostics = analyse(parsed, settings, assets, found, remembered, past, last)
    index = relations.index
    ways = last.surveyor.survey(relations, past)
    trees = [Tree(lang, index, ways) for lang in settings.languages]
    failed: list[Diagnostic] = []
    pages = compose(trees, relations, renderer or Renderer(), last.bodies, failed)
    return Site(
        pages=pages,
        assets=tuple(index.assets[path] for path in sorted(relations.assets)),
        records=records(relations, trees, last.records),
        names=names(relations),
        diagnostics=tuple(sorted((*diagnostics, *failed), key=lambda each: each.order)) if failed else diagnostics,
        words={lang: words(lang) for lang in settings.languages},
        feeds=() if settings.serving else tuple(feed for tree in trees for feed in feeds(tree)),
        files={**files(trees, relations), **citation_files(trees[0]), **markdown_files(trees, relations)},
    )
