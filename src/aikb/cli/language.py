"""`aikb language`: which language each block of a note was taken for, and why."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from aikb.cli.configuration import config_option, source_path
from aikb.cli.output import tell, write
from aikb.findings.report.text import printable
from aikb.mkdocs_file import read_settings
from aikb.model.document import Document
from aikb.model.source import Source
from aikb.read.document import locate, parse
from aikb.read.files.disk import decode, load
from aikb.read.language import model as language_model
from aikb.read.language.blocks import Block, read_languages
from aikb.read.language.site import with_languages
from aikb.relate.works import merge_works
from aikb.settings import Settings, SettingsError
from aikb.system.cache import user_cache

_REASONS = {
    "said": "the author says so",
    "foreign": "its words, of another language",
    "articles": "its articles, pronouns",
    "letters": "its letters, elisions",
    "words": "its words",
    "neighbours": "what stands beside it",
    "headings": "headings, what follows it",
    "page": "the rest of the page",
}


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@config_option
def language(file: Path, config_file: Path) -> None:
    """Print which language each block of FILE is in, and why.

    A language in brackets is what the block itself says, where what stands around it says more.

    Without a mkdocs.yml the languages are English and French.
    """
    try:
        settings = Settings(docs_dir=".")
        if config_file.is_file():
            settings = read_settings(config_file)
            settings = with_languages(
                settings, () if settings.languages else load(config_file.parent, settings).sources
            )
        source, _ = decode(file.read_bytes(), source_path(file, config_file))
    except (SettingsError, OSError) as error:
        tell(f"aikb: {error}")
        sys.exit(2)
    if source is None:
        tell(f"aikb: {file} is no text")
        sys.exit(2)
    language_model.keep_in(user_cache())
    documents, _ = merge_works([parse(source, settings)], settings)
    for document in documents:
        _print(document, settings)


def _print(document: Document, settings: Settings) -> None:
    """Print the table of a document: a note, or a work of an export."""
    source = document.source
    reading = read_languages(document.blocks, source.text, settings.languages, document.lang if document.marked else "")
    named = locate(source, settings).lang == document.lang
    how = "most of its words" if not document.marked else "its name" if named else "front matter"
    mixed = f", and a good part in {reading.mixed}" if reading.mixed else ""
    write(f"{printable(source.path)}: {reading.lang}, by {how}{mixed}\n")
    write(f"a block is in the language of the one before it with a probability of {reading.keep:.2f}\n\n")
    write(f"{'line':>5}  {'block':10} {'words':>5}  {'lang':5} {'sure':>5}  {'by':30} text\n")
    for block in reading.blocks:
        write(_line(source, block, reading.lang))


def _line(source: Source, block: Block, page: str) -> str:
    number = source.position(block.node.start)[0]
    kind = "item" if block.node.kind == "plain" else block.node.kind
    mark = "" if block.lang == page else "*"
    text = printable(" ".join(source.text[block.node.start : block.node.end].split()))[:70]
    sure = f"{block.certainty:.2f}" if block.certainty else ""
    reason = _REASONS[block.reason] + (f" ({block.own})" if block.own else "")
    return f"{number:>5}  {kind:10} {block.words:>5}  {block.lang + mark:5} {sure:>5}  {reason:30} {text}\n"
