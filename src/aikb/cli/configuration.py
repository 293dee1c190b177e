"""Find the configuration that a command works with: beside the current folder's notes, or in a folder above."""

from __future__ import annotations

import os
from pathlib import Path

import click

_NAMES = ("mkdocs.yml", "mkdocs.yaml", ".aikb/mkdocs.yml", ".aikb/mkdocs.yaml")
"""A vault whose notes are at its root keeps it in a folder of its own, with `docs_dir: ..`; MkDocs refuses `docs_dir: .`."""


def find_configuration() -> Path:
    """Find the nearest configuration, from the current folder; `mkdocs.yml`, where there is none, for the message."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        for name in _NAMES:
            if (folder / name).is_file():
                return Path(os.path.relpath(folder / name, here))
    return Path(_NAMES[0])


def _given_or_found(_context: click.Context, _parameter: click.Parameter, value: Path | None) -> Path:
    return value or find_configuration()


config_option = click.option(
    "-f",
    "--config-file",
    type=click.Path(path_type=Path),
    callback=_given_or_found,
    help="The configuration.  [default: mkdocs.yml here or in a folder above]",
)
"""For every command that reads a knowledge base."""
