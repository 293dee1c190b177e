"""Read and relate: the stages that `aikb check` needs, and no others, so that it starts as quickly as it can.

`pipeline.build` goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from aikb.check.lint import check, lint
from aikb.ledgers.anchors import Remembered
from aikb.ledgers.translations import Past
from aikb.model.document import Document, ExportFile
from aikb.model.finding import Diagnostic
from aikb.model.source import Asset, Source
from aikb.read.document import parse
from aikb.read.document_cache import DocumentCache
from aikb.read.language.evidence import load_models
from aikb.read.plain import failure, plain_document, seconds_for
from aikb.read.serialize import Packed, SerializeError, pack, unpack
from aikb.relate.culprits import run_without_culprits
from aikb.relate.glossary.mentions import KeptMentions
from aikb.relate.index import build_index
from aikb.relate.numbered import KeptReferences
from aikb.relate.private import not_excluded
from aikb.relate.relations import Relations, relate
from aikb.relate.works import merge_works
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


def analyse(
    parsed: Sequence[Document | ExportFile],
    settings: Settings,
    assets: Iterable[Asset] = (),
    found: Iterable[Diagnostic] = (),
    remembered: Remembered | None = None,
    past: Past | None = None,
    mentions: KeptMentions | None = None,
    references: KeptReferences | None = None,
) -> tuple[Relations, tuple[Diagnostic, ...]]:
    """Run everything between reading and composing.

    `mentions` and `references` are what the last build knew of them. A file that makes that fail is related to no other, and
    its text is shown as it is.
    """
    assets, found = list(assets), list(found)
    unread = {diagnostic.path for diagnostic in found if diagnostic.code in ("path-escape", "symlink-loop")}

    def run(some: Sequence[Document | ExportFile]) -> tuple[Relations, tuple[Diagnostic, ...]]:
        documents, folded = merge_works(some, settings)
        index, collisions = build_index(documents, assets, settings, remembered, unread)
        relations = relate(index, mentions, references)
        drafts = not_excluded((each for each in documents if each.metadata.draft), settings)
        told = [each for document in drafts for each in document.diagnostics]
        unclear = [each for each in told if each.code.startswith("frontmatter-") or each.code == "page-failed"]
        return relations, check(relations, [*found, *folded, *collisions, *unclear], past)

    return run_without_culprits(run, parsed, settings)
