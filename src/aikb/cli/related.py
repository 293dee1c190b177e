"""`aikb related`: which notes, and which long sections, speak of the same, and by which words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from aikb.cli.configuration import config_option, from_here
from aikb.cli.knowledge import Knowledge, cache_option
from aikb.cli.output import reported, write
from aikb.compose.ways.profile import section_profiles
from aikb.compose.ways.related import NAMED, TERM, Related, RelatedIndex
from aikb.compose.ways.survey import Surveyor
from aikb.findings.report.text import counted, printable


@click.command()
@config_option
@cache_option
@click.option("--sections", is_flag=True, help="Relate the long sections of all notes, not the notes.")
def related(config_file: Path, *, no_cache: bool, sections: bool) -> None:
    """Print which notes, or long sections, speak of the same, with the words that tie them.

    Of the notes it is what stands at their ends. Nothing is told of what a note links to, or is linked from.
    """
    with reported():
        knowledge = Knowledge.read(config_file, no_cache=no_cache, whole=True)
        found = dict(_sections(knowledge) if sections else _notes(knowledge))
    for place, others in sorted(found.items()):
        write(f"{printable(from_here(config_file, place))}\n")
        for other, words in others:
            write(f"{printable(f'    {from_here(config_file, other)}: {words}')}\n")
    noun = ("section", "sections") if sections else ("note", "notes")
    click.echo(f"{counted(len(found), *noun)} with others that speak of the same", err=True)


def _notes(knowledge: Knowledge) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """List the notes with those that are related to each, and the words that tie them as each writes them."""
    ways = Surveyor().survey(knowledge.relations)
    for path, others in ways.related.items():
        if others:
            yield path, [(each.path, _words(each, ways.profiles[path].spelled, knowledge)) for each in others]


def _sections(knowledge: Knowledge) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """List the long sections likewise."""
    profiles = {
        f"{path}#{name}": profile
        for path, document in knowledge.index.documents.items()
        if not document.in_glossary and document.metadata.searchable
        for name, profile in section_profiles(document).items()
    }
    near = RelatedIndex().relate({place: stems for place, (stems, _) in profiles.items()}, {})
    for place, others in near.items():
        if others:
            yield place, [(each.path, _words(each, profiles[place][1], knowledge)) for each in others]


def _words(related_by: Related, spelled: Mapping[str, str], knowledge: Knowledge) -> str:
    """Write the words that tie two texts; a term by what the glossary calls it."""
    words = []
    for word in related_by.words:
        concept = knowledge.relations.glossary.concepts.get(word[1:]) if word[0] == TERM else None
        words.append(
            concept.label(knowledge.settings.languages[0]) if concept else spelled.get(word, word.lstrip(NAMED))
        )
    return ", ".join(words)
