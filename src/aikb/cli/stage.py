"""`aikb stage`: the site as a folder of Markdown that Zensical, or MkDocs without us, builds as it is."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import click

from aikb.cli.configuration import config_option, require
from aikb.cli.output import Told, reported, tell


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@config_option
@click.option("--strict", is_flag=True, help="Fail for warnings too.")
@click.option("--debug", is_flag=True, help="Show where a fault of aikb's own happened.")
def stage(config_file: Path, folder: Path, *, strict: bool, debug: bool) -> None:
    """Write the site as Markdown for another engine. FOLDER is built as it is; only what changed is written.

    In FOLDER are then `docs/`, with the pages of all languages, pictures, scripts and the index of our search, `overrides/`, a
    few templates, and `mkdocs.yml`. `zensical build`, run there, builds the site; so does `mkdocs build`. Both need aikb
    installed beside them, for one extension of Python-Markdown.
    """
    started = time.monotonic()
    with reported(debug=debug), Told("staging") as told:
        require(config_file)
        from aikb.adapters.staged.stage import stage as write_staged

        staged = write_staged(config_file, folder, told.say)
    done = staged.written
    told_of = f"{staged.pages} pages, {done.changed} of {done.files} files written, {done.removed} removed"
    tell(f"{os.path.relpath(folder)}/ staged in {time.monotonic() - started:.1f} s: {told_of}")
    sys.exit(bool(strict and staged.wrong))
