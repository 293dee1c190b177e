"""Group the commands, one file each; `knowledge` and `output` are what they share.

Exit codes: 0 nothing at or above the threshold, 1 findings, or a run that another host did not let finish, 2 usage or
configuration, 3 a fault of ours.
"""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from importlib import import_module
from typing import Any, ClassVar

import click

from aikb import __version__


class Commands(click.Group):
    """The commands by name; a command's file is loaded when the command runs, and not to be listed.

    click's own lazy loading lists the commands by loading them all, for their first lines.
    """

    SUMMARIES: ClassVar[dict[str, str]] = {
        "build": "Build the site, as `mkdocs build` does, and say where it is and how long that took.",
        "cache": "Keep between runs what was read of the notes, in the user's cache folder.",
        "check": "Find what is broken in the notes: every finding with file, line and column.",
        "evidence": "List every tie between a section of a note and a highlight, with what both have.",
        "explain": "Say what a finding means, what triggers it and what to do about it; without CODE, list them all.",
        "glossary": "Print the terms with their names, languages and mentions; or all of the glossary as JSON, or as SKOS in "
        "Turtle.",
        "headers": "Print the headers that a host should send with the pages of SITE, a built site.",
        "language": "Print which language each block of FILE was taken for, how sure that is, and why.",
        "mentions": "Print every mention of a term that is linked, and every one that is declined, with the reason.",
        "new": "Look at FOLDER, by default this one, and write what its site needs; no note is touched, nothing is "
        "overwritten.",
        "pull": "Fetch your highlights from Readwise: all of them the first time, then what is new.",
        "related": "Print which notes, or long sections, speak of the same, with the words that tie them.",
        "serve": "Show the site in a browser, built again whenever a note is saved; Ctrl-C ends it.",
        "stage": "Write the site into FOLDER as Markdown that another engine builds as it is; only what changed is written.",
        "search": "Search the notes for WORDS, and print the rows that the site's search box shows, best first.",
        "translations": "Print the pairs of notes that are one text in two languages; or those that seem to be.",
    }
    """What each does, in the first line of its help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List the names."""
        return list(self.SUMMARIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load a command: `aikb.cli.check` has `check`."""
        if cmd_name not in self.SUMMARIES:
            return None
        command = getattr(import_module(f"aikb.cli.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)  # noqa: S101 - the file of a command is named after it
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is asked for, or suggest the one that was meant."""
        name = args[0] if args else ""
        near = get_close_matches(name, list(self.SUMMARIES), 1)
        if name and not name.startswith("-") and name not in self.SUMMARIES and near:
            ctx.fail(f"there is no command “{name}” (did you mean “{near[0]}”?)")
        return super().resolve_command(ctx, args)

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Read the options; `--help` and `--version` print here, and may meet a full disk or a closed pipe."""
        with _written():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what it prints with other means than `write` may meet a full disk or a closed pipe, too."""
        with _written():
            result: object = super().invoke(ctx)
            sys.stdout.flush()
        return result

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with their summaries, without loading them."""
        width = formatter.width - 6 - max(map(len, self.SUMMARIES))
        with formatter.section("Commands"):
            short = {
                name: click.Command(name, help=text).get_short_help_str(width) for name, text in self.SUMMARIES.items()
            }
            formatter.write_dl(list(short.items()))


@contextmanager
def _written() -> Iterator[None]:
    """End the command in one line where the standard output takes no more."""
    try:
        yield
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EPIPE}:
            raise
        from aikb.cli.output import end_unwritten

        end_unwritten(error)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="aikb")
def main() -> None:
    """Publish a folder of notes as it is, and check it."""
