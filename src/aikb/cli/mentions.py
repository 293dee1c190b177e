"""`aikb mentions`: every place that speaks of a term, and every one that only looks so."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from aikb.cli.configuration import config_option, from_here
from aikb.cli.knowledge import Knowledge, cache_option
from aikb.cli.output import reported, tell, write
from aikb.findings.report.selection import select
from aikb.findings.report.text import printable
from aikb.relate.glossary.lexicon import Lexicon
from aikb.relate.glossary.mentions import Declined, Mention, MentionKind, mentions_of

_OUTCOMES: dict[MentionKind, str] = {
    "link": "linked",
    "written": "linked by its author",
    "repeated": "not linked: linked already in this section",
    "plain": "not linked: the settings or the note say so",
}


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@config_option
@cache_option
@click.option("--declined", "only_declined", is_flag=True, help="List only what was declined.")
def mentions(paths: tuple[Path, ...], config_file: Path, *, no_cache: bool, only_declined: bool) -> None:
    """Print which mentions of terms are links, and why. Those that are declined are listed with the reason.

    PATHS, files or folders of the knowledge base, limit what is printed.
    """
    with reported():
        knowledge = Knowledge.read(config_file, no_cache=no_cache, whole=True)
        chosen = select(knowledge.paths, config_file.parent, paths)
    index, relations = knowledge.index, knowledge.relations
    lexicon = Lexicon.of(relations.glossary, index.settings.mentions_stop)
    counts: Counter[str] = Counter()
    for path, document in index.documents.items():
        if path not in chosen:
            continue
        place = from_here(config_file, path)
        declined: list[Declined] = []
        accepted = mentions_of(document, index, relations.glossary, lexicon, relations.resolutions[path], declined)
        lines: list[Mention | Declined] = [*accepted, *declined]
        for each in sorted(lines, key=lambda each: (each.span.start, each.span.end)):
            outcome = _OUTCOMES[each.kind] if isinstance(each, Mention) else f"declined: {each.reason}"
            counts[outcome.partition(":")[0]] += 1
            if only_declined and isinstance(each, Mention):
                continue
            line, column = document.source.position(each.span.start)
            label = relations.glossary.concepts[each.concept].label(document.lang)
            text = " ".join(each.text.split())
            write(f"{printable(f'{place}:{line}:{column}: “{text}” is {label}: {outcome}')}\n")
    tell(", ".join(f"{count} {what}" for what, count in sorted(counts.items())) or "no mentions")
