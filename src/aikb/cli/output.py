"""What commands print."""

from __future__ import annotations

import sys

import click


def write(text: str | bytes) -> None:
    """Write to the standard output whatever it can show, and the rest as escapes; bytes as they are."""
    if isinstance(text, bytes):
        click.echo(text, nl=False)
        return
    encoding = sys.stdout.encoding or "utf-8"
    click.echo(text.encode(encoding, "backslashreplace").decode(encoding), nl=False)
