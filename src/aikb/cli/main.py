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
        "new": "Write what the site of a folder of notes needs.",
        "serve": "Show the site while you write.",
        "build": "Build the site.",
        "check": "Find what is broken, with file, line and column.",
        "explain": "Say what a finding means and what to do about it.",
        "search": "Search the notes as the site's search box does.",
        "glossary": "Print the terms with their names and mentions.",
        "mentions": "Print which mentions of terms are links, and why.",
        "related": "Print which notes, or sections, speak of the same.",
        "evidence": "Print which highlights sections rest on, and why.",
        "translations": "Print which notes are translations of each other.",
        "language": "Print which language each block of FILE is in, and why.",
        "pull": "Fetch your highlights from Readwise.",
        "stage": "Write the site as Markdown for another engine.",
        "headers": "Print the headers a host should send with the pages.",
        "cache": "Show or clear what is kept between runs.",
    }
    """What each does, in the first sentence of its help; in the order in which people meet them."""

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
