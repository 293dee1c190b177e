"""`aikb build`: the site, by MkDocs' own build."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import click

from aikb.cli.configuration import config_option, require, tell_without_plugin
from aikb.cli.output import Told, reported, tell


@click.command()
@config_option
@click.option(
    "-d", "--site-dir", type=click.Path(path_type=Path), help="Where the site goes.  [default: site_dir of mkdocs.yml]"
)
@click.option("--strict", is_flag=True, help="Fail for warnings too.")
@click.option("--open", "opened", is_flag=True, help="Open the site in a browser.")
@click.option("--debug", is_flag=True, help="Show where a fault of aikb's own happened.")
def build(config_file: Path, site_dir: Path | None, *, strict: bool, opened: bool, debug: bool) -> None:
    """Build the site. It is that of `mkdocs build`; where it is and how long that took is said."""
    started = time.monotonic()
    with reported(debug=debug), Told("building") as told:
        require(config_file)
        tell_without_plugin(config_file)
        from aikb.adapters.mkdocs.command import build_site

        place, wrong = build_site(config_file, site_dir, told.say)
    home = place / "index.html"
    tell(f"{os.path.relpath(place)}/ built in {time.monotonic() - started:.1f} s")
    if opened:
        click.launch(home.as_uri())
    sys.exit(bool(strict and wrong))
