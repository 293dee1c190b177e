"""`aikb search`: ask the notes as the box of the site does, from scripts, editors and assistants."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from aikb.cli.configuration import config_option
from aikb.cli.knowledge import Knowledge, cache_option
from aikb.cli.output import reported, tell, write
from aikb.compose.search.bridge import read_words
from aikb.compose.search.files import Files
from aikb.compose.search.index import FOLDER, build_search
from aikb.compose.search.ranking import Found
from aikb.compose.search.ranking import search as search_in
from aikb.compose.search.records import names, records
from aikb.compose.tree import Tree
from aikb.findings.report.text import printable
from aikb.settings import SettingsError

_EXCERPT = 160
"""Characters of a text that are printed."""


@click.command()
@click.argument("words", nargs=-1, required=True)
@config_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For whom it is printed.",
)
@click.option("--lang", default="", help="The language of the reader; else the first of the site.")
@click.option("-n", "--number", type=click.IntRange(1), default=10, show_default=True, help="How many rows.")
@click.option(
    "--site",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Read the index of a built site, not the notes.",
)
@cache_option
def search(
    words: tuple[str, ...], config_file: Path, form: str, lang: str, number: int, site: Path | None, *, no_cache: bool
) -> None:
    """Search the notes as the site's search box does. The best row for WORDS comes first.

    WORDS may be phrases in quotes, and limits: lang:fr, kind:highlight, tag:optimisation, source:"a title".
    """
    with reported():
        files = _built(site) if site else _made(config_file, no_cache=no_cache)
        text = " ".join(f'"{word}"' if " " in word and ":" not in word and len(words) > 1 else word for word in words)
        found = search_in(text, files, lang or files.meta["languages"][0])
        rows = list(shown_rows(found, files, lang or files.meta["languages"][0], number))
    if form == "json":
        data = {"version": 1, "query": text, "total": found.total, "nearest": list(found.nearest), "rows": rows}
        write((json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode())
        return
    for row in rows:
        missing = f" (without: {', '.join(row['missing'])})" if row["missing"] else ""
        write(f"{printable(row['url'])}\n  {printable(row['page'])} › {printable(row['title'])}{printable(missing)}\n")
        if row["text"]:
            write(f"  {printable(row['text'][:_EXCERPT])}\n")
    near = f"; did you mean {', '.join(found.nearest)}?" if found.nearest else ""
    tell(f"{found.total} result{'' if found.total == 1 else 's'}{near}")


def _made(config_file: Path, *, no_cache: bool) -> Files:
    """Make the index of the notes, in memory. Raises SettingsError."""
    knowledge = Knowledge.read(config_file, no_cache=no_cache, whole=True)
    settings, relations = knowledge.settings, knowledge.relations
    dictionary = read_words(config_file.parent, settings)
    trees = [Tree(lang, relations.index) for lang in settings.languages]
    return Files(build_search(records(relations, trees), names(relations), settings, dictionary))


def _built(site: Path) -> Files:
    """Read the index of a built site. Raises SettingsError where there is none."""
    files = {f"{FOLDER}/{each.name}": each.read_text(encoding="utf-8") for each in (site / FOLDER).glob("*.json")}
    if f"{FOLDER}/meta.json" not in files:
        raise SettingsError(f"{site}: there is no search index of aikb's in it")
    return Files(files)


def shown_rows(found: Found, files: Files, lang: str, number: int) -> Iterator[dict[str, Any]]:
    """List what the box shows: the definition of the term that the query is, then each place once."""
    seen: set[str] = set()
    answers = sorted(found.answers, key=lambda each: files.langs[each] != lang)[:1]
    hits = [(each, 0.0, ()) for each in answers] + [(hit.number, hit.score, hit.missing) for hit in found.hits]
    for each, score, missing in hits:
        if len(seen) == number:
            return
        record, (address, page, trees, _) = files.record(each)
        languages = files.meta["languages"]
        own = languages.index(lang) if lang in languages else 0
        url = files.meta["trees"][own if own in trees else trees[0]] + address
        url += f"#{record[1]}" if record[1] else ""
        if url in seen:
            continue
        seen.add(url)
        yield {
            "url": url,
            "page": page,
            "title": record[2],
            "text": record[3],
            "lang": files.langs[each],
            "kind": files.meta["kinds"][files.kinds[each]],
            "tags": record[4],
            "year": record[5],
            "score": score,
            "answer": each in answers,
            "missing": list(missing),
        }
