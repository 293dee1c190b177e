"""`aikb serve`: the site while it is written, by MkDocs' own server."""

from __future__ import annotations

from pathlib import Path

import click

from aikb.cli.configuration import config_option, require, tell_without_plugin
from aikb.cli.output import Told, reported


@click.command()
@config_option
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Who may look: 0.0.0.0 for everyone in the network."
)
@click.option("-p", "--port", type=click.IntRange(1, 65535), help="Where.  [default: 8000, or the next that is free]")
@click.option("--open", "opened", is_flag=True, help="Open the site in a browser.")
@click.option("--debug", is_flag=True, help="Show where a fault of aikb's own happened.")
def serve(config_file: Path, host: str, port: int | None, *, opened: bool, debug: bool) -> None:
    """Show the site while you write. It is built again whenever a note is saved; Ctrl-C ends it."""
    with reported(debug=debug), Told("building", lines=("Serving on", "Documentation built", "Detected")) as told:
        require(config_file)
        tell_without_plugin(config_file)
        from aikb.adapters.mkdocs.command import free_address, serve_site

        serve_site(config_file, free_address(host, port), told.say, opened=opened)
