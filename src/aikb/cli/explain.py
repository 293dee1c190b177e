"""`aikb explain`: what a finding means."""

from __future__ import annotations

import click

from aikb.check.severity import nearest
from aikb.cli.output import write
from aikb.findings.codes.table import CODES
from aikb.findings.report.text import printable


@click.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Say what a finding means and what to do about it. Without CODE, all are listed."""
    if code is None:
        for entry in CODES.values():
            write(f"{entry.severity.value:8} {entry.name}\n")
        return
    if code not in CODES:
        raise click.UsageError(f"there is no finding “{code}”{nearest(code)}")
    entry = CODES[code]
    meaning, cure = (click.wrap_text(each, 80) for each in (entry.explanation, entry.cure))
    example = "\n".join(f"    {printable(each)}".rstrip() for each in entry.example.rstrip().split("\n"))
    write(f"{entry.name} ({entry.severity.value})\n\n{meaning}\n\nFor example:\n\n{example}\n\n{cure}\n")
