"""`aikb translations`: which notes are one in two languages, and which seem to be."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import yaml

from aikb.cli.configuration import config_option, from_here
from aikb.cli.knowledge import Knowledge, cache_option
from aikb.cli.output import reported, tell, write
from aikb.findings.report.text import printable
from aikb.relate.pairs.signature import Suggestion, pointer, suggest
from aikb.system.atomic_write import replace_files


@click.command()
@config_option
@cache_option
@click.option(
    "--suggest", "suggesting", is_flag=True, help="Print what the front matter of pairs that nothing says would be."
)
@click.option("--fix", is_flag=True, help="Write that into the translations.")
def translations(config_file: Path, *, no_cache: bool, suggesting: bool, fix: bool) -> None:
    """Print which notes are translations of each other. With --suggest, those that seem to be."""
    with reported():
        index = Knowledge.read(config_file, no_cache=no_cache).index
    if not suggesting and not fix:
        for first, translation in index.translations():
            pair = [f"{from_here(config_file, each.path)} ({each.lang})" for each in (first, translation)]
            write(f"{printable(' = '.join(pair))}\n")
        return
    found = suggest(index)
    for each in found:
        line = "".join(f"{key}: {value}" for key, value in pointer(each).items())
        write(
            f"{printable(f'{from_here(config_file, each.translation.path)}: {line}')}  # {each.alike:.2f} in common\n"
        )
    if fix and found:
        with reported():
            replace_files(
                config_file.parent, {each.translation.path: _pointed(config_file.parent, each) for each in found}
            )
        tell(f"{len(found)} files written")


def _pointed(folder: Path, suggestion: Suggestion) -> bytes:
    """Add the pointer to the front matter of a file, as its bytes are; a file without any gets some."""
    data = (folder / suggestion.translation.path).read_bytes()
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    body = data.removeprefix(mark)
    end = b"\r\n" if b"\r\n" in body[:2_000] else b"\n"
    lines = b"".join(f"{key}: {_quoted(value)}".encode() + end for key, value in pointer(suggestion).items())
    has_front = suggestion.translation.source.text.startswith("---\n") and body.startswith(b"---")
    if has_front:
        first, _, rest = body.partition(end)
        return mark + first + end + lines + rest
    return mark + b"---" + end + lines + b"---" + end + end + body


def _quoted(text: str) -> str:
    """Write a text in double quotes as YAML reads it back: a file may have any name."""
    return yaml.safe_dump(text, default_style='"', allow_unicode=True, width=sys.maxsize).strip()
