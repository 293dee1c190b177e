"""`aikb evidence`: which highlights stand behind which sections, and why."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from aikb.cli.configuration import config_option
from aikb.cli.knowledge import Knowledge, cache_option
from aikb.cli.output import reported
from aikb.findings.report.text import printable
from aikb.relate.evidence import Tie


@click.command()
@config_option
@cache_option
@click.option("--near", is_flag=True, help="List what was just too little to be tied, too.")
def evidence(config_file: Path, *, no_cache: bool, near: bool) -> None:
    """List every tie between a section of a note and a highlight, with what both have."""
    with reported():
        knowledge = Knowledge.read(config_file, no_cache=no_cache)
    tied = knowledge.relations.evidence
    texts = {
        (path, highlight.id): highlight.text
        for path, document in knowledge.index.documents.items()
        if document.work
        for highlight in document.work.highlights
    }
    console = Console(width=None if sys.stdout.isatty() else 160)
    ties = list(tied.ties)
    console.print(_table(ties, texts))
    if near and tied.near:
        console.print("\nnot tied:")
        console.print(_table(tied.near, texts))
    highlights = {(tie.path, tie.highlight) for tie in ties if tie.highlight}
    click.echo(
        f"{len(ties)} ties of {len(highlights)} of {len(texts)} highlights; {len(tied.near)} near misses", err=True
    )


def _table(ties: Iterable[Tie], texts: dict[tuple[str, str], str]) -> Table:
    table = Table(box=None, pad_edge=False, show_edge=False)
    for name, ratio in (("section", 3), ("tie", 1), ("in both", 4), ("highlight", 4)):
        table.add_column(name, ratio=ratio, no_wrap=name == "tie", overflow="fold")
    for tie in ties:
        section = f"{tie.note}#{tie.section}" if tie.section else tie.note
        kind = f"{tie.kind} {tie.size}" if tie.size else tie.kind
        text = texts.get((tie.path, tie.highlight), "(the whole work)")
        row = (section, kind, tie.words[:120], f"{tie.highlight} {' '.join(text.split())[:90]}".strip())
        table.add_row(*(Text(printable(each)) for each in row))  # nothing in other people's words is markup
    return table
