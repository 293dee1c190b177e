"""Print for commands, and end them when something is wrong."""

from __future__ import annotations

import errno
import os
import re
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, NoReturn, Self

import click

from aikb.findings.report.selection import SelectionError
from aikb.findings.report.text import printable, printable_lines
from aikb.settings import SettingsError


@contextmanager
def reported(*, debug: bool | None = None) -> Iterator[None]:
    """Do a command's work: a wrong configuration or path ends it with exit code 2, a fault of ours with 3, each in one line.

    `debug` is whether a traceback is wanted; None where the command has no such option.
    """
    try:
        yield
    except (SettingsError, SelectionError) as error:
        tell(f"aikb: {error}")
        sys.exit(2)
    except BrokenPipeError:  # the reader of the output has gone, as `head` does
        raise
    except Exception as error:  # noqa: BLE001 - a fault of ours has an exit code of its own
        if debug:
            traceback.print_exc()
        hint = "" if debug is None else " (--debug shows where)"
        tell(f"aikb: a fault of aikb's own: {error.__class__.__name__}: {error}{hint}")
        sys.exit(3)


_TIME = re.compile(r"\A\[\d\d:\d\d:\d\d\] ")
"""What MkDocs' server begins its lines with."""


class Told:
    """What MkDocs says, told on the standard error: what is wrong, some lines, and on a terminal what it is about."""

    def __init__(self, doing: str, lines: Sequence[str] = ()) -> None:
        """Show `doing` until more is known; `lines` are beginnings of what is worth a line of its own."""
        self._doing, self._lines = doing, tuple(lines)
        self._status: Any = None

    def __enter__(self) -> Self:
        """Show that something is being done, on a terminal."""
        if sys.stderr.isatty():
            from rich.console import Console

            self._status = Console(stderr=True).status(self._doing)
            self._status.start()
        return self

    def __exit__(self, *_error: object) -> None:
        """Leave the terminal as it was."""
        self._still()

    def say(self, kind: str, text: str) -> None:
        """Tell one thing: all that is wrong, and those lines."""
        text = _TIME.sub("", printable(text.strip()))
        if kind != "info" or text.startswith(self._lines or ("\0",)):
            if text.startswith("Serving on"):
                self._still()
            click.echo(text.removeprefix("aikb: "), err=True)
        elif self._status and text:
            from rich.markup import escape

            self._status.update(escape(text))

    def _still(self) -> None:
        if self._status:
            self._status.stop()
            self._status = None


def tell(line: str, *, err: bool = True) -> None:
    """Tell people something in a line, by default on the standard error; what names and notes bring in steers no terminal."""
    click.echo(printable(line), err=err)


def write(text: str | bytes) -> None:
    """Write to the standard output whatever it can show, and the rest as escapes; bytes, which are for programs, as they are.

    On a terminal, what could steer it is escaped in bytes too.
    A reader that has seen enough (`| head`) ends the command quietly; where there is no room, one line says so. Exit code 2.
    """
    try:
        if isinstance(text, bytes):
            if sys.stdout.isatty():
                text = printable_lines(text.decode("utf-8", "backslashreplace")).encode()
            click.echo(text, nl=False)
        else:
            encoding = sys.stdout.encoding or "utf-8"
            click.echo(text.encode(encoding, "backslashreplace").decode(encoding), nl=False)
        sys.stdout.flush()
    except OSError as error:
        end_unwritten(error)


def end_unwritten(error: OSError) -> NoReturn:
    """End the command because the standard output takes no more."""
    if error.errno != errno.EPIPE:
        tell(f"aikb: the standard output cannot be written: {(error.strerror or '').lower()}")
    with suppress(OSError):  # or Python would try again to write the rest when it ends, and say so
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(2)
