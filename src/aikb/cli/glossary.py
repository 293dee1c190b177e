"""`aikb glossary`: the terms, what could be added to them, and the glossary for other tools."""

from __future__ import annotations

import json
from pathlib import Path

import click

from aikb.cli.configuration import config_option, from_here, source_path
from aikb.cli.knowledge import Knowledge, cache_option
from aikb.cli.output import reported, write
from aikb.compose.export import glossary_data
from aikb.compose.tree import Tree
from aikb.findings.report.text import printable
from aikb.read.glossary.terms import explain_terms
from aikb.relate.glossary.suggestions import counted_terms, suggestions


@click.command()
@config_option
@cache_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "skos"]),
    default="text",
    show_default=True,
    help="For whom it is printed.",
)
@click.option(
    "--explain",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Say why what is in a file is a term or not.",
)
@click.option("--suggest", is_flag=True, help="Print names that could be aliases, and abbreviations without a term.")
def glossary(config_file: Path, form: str, explain: Path | None, *, no_cache: bool, suggest: bool) -> None:
    """Print the terms with their names and mentions. All of the glossary can be had as JSON, or as SKOS in Turtle."""
    with reported():
        knowledge = Knowledge.read(config_file, no_cache=no_cache, whole=True)
    if explain is not None:
        _explain(knowledge, config_file, explain)
        return
    relations = knowledge.relations
    trees = [Tree(lang, relations.index) for lang in knowledge.settings.languages]
    if suggest:
        for each in suggestions(relations):
            write(f"{printable(each.line)}\n")
    elif form == "json":
        data = json.dumps(glossary_data(trees, relations), ensure_ascii=False, indent=1)
        write((data + "\n").encode())
    elif form == "skos":
        try:
            from aikb.compose.skos import turtle
        except ModuleNotFoundError:
            raise click.UsageError("SKOS is written by rdflib: pip install 'aikb[skos]'") from None
        write(turtle(glossary_data(trees, relations)).encode())
    else:
        counts = counted_terms(relations)
        for concept in relations.glossary.concepts.values():
            names = " / ".join(dict.fromkeys([*concept.labels.values(), *(alias.text for alias in concept.aliases)]))
            count = counts[concept.id]
            write(f"{printable(names)} ({', '.join(concept.labels)}; {count} mention{'' if count == 1 else 's'})\n")


def _explain(knowledge: Knowledge, config_file: Path, file: Path) -> None:
    """Print what each heading, row and bold words of a file were taken for."""
    path = source_path(file, config_file)
    document = knowledge.index.documents.get(path)
    if document is None:
        raise click.UsageError(f"{file} is no note of this knowledge base")
    place = from_here(config_file, path)
    for each in explain_terms(document):
        line, column = document.source.position(each.span.start)
        write(f"{printable(f'{place}:{line}:{column}: “{each.text.strip()}” is {each.verdict}')}\n")
