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
from aikb.cli.output import reported, tell, write
from aikb.findings.report.text import counted, printable
from aikb.relate.evidence.ties import Evidence, Tie, TieKind


@click.command()
@config_option
@cache_option
@click.option(
    "--why",
    metavar="SECTION",
    default="",
    help="Say of a section, NOTE#ID or ID, what it has in common with highlights.",
)
@click.option("--near", is_flag=True, help="List what was just too little to be tied, too.")
def evidence(config_file: Path, why: str, *, no_cache: bool, near: bool) -> None:
    """Print which highlights sections rest on, and why. What both have is listed."""
    with reported():
        knowledge = Knowledge.read(config_file, no_cache=no_cache)
    tied = knowledge.relations.evidence
    texts = {
        (path, highlight.id): highlight.text
        for path, document in knowledge.index.documents.items()
        if document.work
        for highlight in document.work.highlights
    }
    if why:
        _say_why(tied, why, texts)
        return
    console = Console(width=None if sys.stdout.isatty() else 160)
    ties = list(tied.ties)
    console.print(_table(ties, texts))
    if near and tied.near:
        console.print("\nnot tied:")
        console.print(_table(tied.near, texts))
    highlights = {(tie.path, tie.highlight) for tie in ties if tie.highlight}
    tell(
        f"{counted(len(ties), 'tie')} of {len(highlights)} of {counted(len(texts), 'highlight')}; "
        f"{counted(len(tied.near), 'near miss', 'near misses')}"
    )


_MEANINGS: dict[TieKind, str] = {
    "quote": "both have these words in a row",
    "slide": "the section's number is the page of the highlight",
    "heading": "the section's title stands in the highlight",
    "name": "both name what nothing else of the note and of the work does",
    "address": "the section links to it, or names the same paper",
    "order": "the sections before and after have the highlights before and after, and title and highlight share these words",
    "words": "both have these numbers, names and words, and no other passage has as many",
}


def _say_why(tied: Evidence, section: str, texts: dict[tuple[str, str], str]) -> None:
    """Print each tie of a section, and each that was just too little, with what both have and what that means."""
    note, _, identifier = section.rpartition("#")

    def meant(tie: Tie) -> bool:
        return tie.section == identifier and note in ("", tie.note)

    for verdict, ties in (("tied", tied.ties), ("not tied, just too little", tied.near)):
        for tie in filter(meant, ties):
            text = " ".join(texts.get((tie.path, tie.highlight), "(the whole work)").split())
            write(f"{printable(f'{tie.note}#{tie.section} {verdict} to {tie.path}#{tie.highlight}: {tie.kind}')}\n")
            write(f"{printable(f'    {_MEANINGS[tie.kind]}: {tie.words}')}\n{printable(f'    “{text[:200]}”')}\n")


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
