"""Find the configuration of the knowledge base that one stands in, as git finds a repository: upwards."""

from __future__ import annotations

from pathlib import Path

import click

from aikb.read.layout import CONFIGS
from aikb.settings import SettingsError


def find_config(start: Path) -> Path | None:
    """Find the configuration in a folder or the nearest one above it, up to the home or the root of the disk.

    Relative to `start` where that is the current folder's, so that what is printed is short.
    """
    for up, folder in enumerate((start, *start.parents)):
        for name in CONFIGS:
            if (folder / name).is_file():
                return Path(*[".."] * up, name)
        if folder == Path.home():
            break
    return None


def _chosen(_context: click.Context, _option: click.Parameter, value: Path | None) -> Path:
    """Use the file that is named, that of a folder that is named, or what is found upwards; else `mkdocs.yml`, to be missed."""
    if value is None:
        return find_config(Path.cwd()) or Path(CONFIGS[0])
    if value.is_dir():
        return next((value / name for name in CONFIGS if (value / name).is_file()), value / CONFIGS[0])
    return value


def require(config_file: Path) -> None:
    """Make sure that there is a configuration, before anything slow is loaded. Raises SettingsError."""
    if not config_file.is_file():
        raise SettingsError(f"{config_file}: no such file, here or in a folder above; `aikb new` makes one")


config_option = click.option(
    "-f",
    "--config-file",
    type=click.Path(path_type=Path),
    callback=_chosen,
    help="The site's mkdocs.yml, or its folder.  [default: the nearest one, here or in a folder above]",
)
"""For every command that reads a knowledge base."""
