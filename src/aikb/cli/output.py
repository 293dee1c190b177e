"""Print for commands, and end them when something is wrong."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import click

from aikb.findings.report.selection import SelectionError
from aikb.settings import SettingsError


@contextmanager
def reported(*, debug: bool | None = None) -> Iterator[None]:
    """Do a command's work: a wrong configuration or path ends it with exit code 2, a fault of ours with 3, each in one line.

    `debug` is whether a traceback is wanted; None where the command has no such option.
    """
    try:
        yield
    except (SettingsError, SelectionError) as error:
        click.echo(f"aikb: {error}", err=True)
        sys.exit(2)
    except Exception as error:  # noqa: BLE001 - a fault of ours has an exit code of its own
        if debug:
            traceback.print_exc()
        hint = "" if debug is None else " (--debug shows where)"
        click.echo(f"aikb: a fault of aikb's own: {error.__class__.__name__}: {error}{hint}", err=True)
        sys.exit(3)


def write(text: str | bytes) -> None:
    """Write to the standard output whatever it can show, and the rest as escapes; bytes as they are."""
    if isinstance(text, bytes):
        click.echo(text, nl=False)
        return
    encoding = sys.stdout.encoding or "utf-8"
    click.echo(text.encode(encoding, "backslashreplace").decode(encoding), nl=False)
