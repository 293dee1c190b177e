"""`aikb related`: which notes, and which long sections, speak of the same, and by which words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from aikb.cli.configuration import config_option, from_here
from aikb.cli.knowledge import Knowledge, cache_option
from aikb.cli.output import reported, tell, write
from aikb.compose.related import words_of
from aikb.compose.ways.survey import Surveyor
from aikb.findings.report.text import counted, printable


@click.command()
@config_option
@cache_option
@click.option("--sections", is_flag=True, help="Relate the long sections of all notes, not the notes.")
def related(config_file: Path, *, no_cache: bool, sections: bool) -> None:
    """Print which notes, or sections, speak of the same. The words that tie them are beside them.

    It is what stands at the ends of notes and of their sections. Nothing is told of what is linked already.
    """
    with reported():
        knowledge = Knowledge.read(config_file, no_cache=no_cache, whole=True)
        found = dict(_sections(knowledge) if sections else _notes(knowledge))
    for place, others in sorted(found.items()):
        write(f"{printable(from_here(config_file, place))}\n")
        for other, words in others:
            write(f"{printable(f'    {from_here(config_file, other)}: {words}')}\n")
    noun = ("section", "sections") if sections else ("note", "notes")
    tell(f"{counted(len(found), *noun)} with others that speak of the same")


def _notes(knowledge: Knowledge) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """List the notes with those that are related to each, and the words that tie them as each writes them."""
    ways, lang = Surveyor().survey(knowledge.relations), knowledge.settings.languages[0]
    for path, others in ways.related.items():
        if others:
            document = knowledge.index.documents[path]
            yield (
                path,
                [(each.path, words_of(each.words, document, ways, knowledge.relations, lang)) for each in others],
            )


def _sections(knowledge: Knowledge) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """List the long sections likewise."""
    ways = Surveyor().survey(knowledge.relations)
    for path, ties in ways.sections.items():
        document = knowledge.index.documents[path]
        for name, alike in ties.items():
            yield (
                f"{path}#{name}",
                [
                    (f"{each.path}#{each.id}", words_of(each.words, document, ways, knowledge.relations, document.lang))
                    for each in alike
                ],
            )
