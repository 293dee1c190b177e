"""The command line: `aikb check`, `aikb explain`.

Exit codes: 0 nothing at or above the threshold, 1 findings, 2 usage or configuration, 3 a fault of ours.
"""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

import click

from aikb import __version__
from aikb.diagnostics import CODES, Severity
from aikb.load import load
from aikb.pipeline import understand
from aikb.report.text import line, summary
from aikb.settings import SettingsError, read_settings


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="aikb")
def main() -> None:
    """Check a folder of notes; `mkdocs build` and `mkdocs serve` publish it."""


@main.command()
@click.option("-f", "--config-file", type=click.Path(path_type=Path), default="mkdocs.yml", show_default=True)
@click.option("--strict", is_flag=True, help="Fail for warnings too.")
@click.option("-v", "--verbose", is_flag=True, help="List what is only informative too.")
@click.option("--debug", is_flag=True, help="Show where a fault of aikb's own happened.")
def check(config_file: Path, *, strict: bool, verbose: bool, debug: bool) -> None:
    """Find what is broken in the notes: every finding with file, line and column."""
    try:
        settings = read_settings(config_file)
        loaded = load(config_file.parent, settings)
        _, _, found = understand(loaded.sources, settings, loaded.assets, loaded.diagnostics)
    except SettingsError as error:
        click.echo(f"aikb: {error}", err=True)
        sys.exit(2)
    except Exception as error:
        if debug:
            traceback.print_exc()
        click.echo(f"aikb: a fault of aikb's own: {error.__class__.__name__}: {error} (--debug shows where)", err=True)
        sys.exit(3)
    for diagnostic in found:
        if verbose or diagnostic.severity is not Severity.INFO:
            click.echo(line(diagnostic))
    click.echo(f"{len(loaded.sources)} files, {summary(found)}", err=True)
    threshold = Severity.WARNING if strict else Severity.ERROR
    sys.exit(any(diagnostic.severity.rank <= threshold.rank for diagnostic in found))


@main.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Say what a finding means and what to do about it; without CODE, list them all."""
    if code is None:
        for entry in CODES.values():
            click.echo(f"{entry.severity.value:8} {entry.name}")
        return
    if code not in CODES:
        raise click.UsageError(f"there is no finding “{code}”; `aikb explain` lists them")
    entry = CODES[code]
    click.echo(f"{entry.name} ({entry.severity.value})\n\n{entry.explanation}")
