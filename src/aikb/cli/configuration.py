"""Find the configuration that a command works with: beside the current folder's notes, or in a folder above."""

from __future__ import annotations

import os
from pathlib import Path

import click

from aikb.cli.output import tell
from aikb.mkdocs_file import names_plugin, read_config
from aikb.read.files.layout import CONFIGS
from aikb.settings import SettingsError


def find_configuration() -> Path:
    """Find the nearest configuration, from the current folder; `mkdocs.yml`, where there is none, for the message."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        for name in CONFIGS:
            if (folder / name).is_file():
                return Path(os.path.relpath(folder / name, here))
    return Path(CONFIGS[0])


def _given_or_found(_context: click.Context, _parameter: click.Parameter, value: Path | None) -> Path:
    """Use the file that is named, that of the folder that is named, or what is found."""
    if value and value.is_dir():
        return next((value / name for name in CONFIGS if (value / name).is_file()), value / CONFIGS[0])
    return value or find_configuration()


def from_here(config_file: Path, path: str) -> str:
    """Write the path of a note, which is relative to the configuration, as it is from the current folder."""
    try:
        return os.path.relpath(config_file.parent / path)
    except ValueError:  # another drive of Windows
        return str(config_file.parent / path)


def source_path(file: Path, config_file: Path) -> str:
    """Write the path of a file as sources have it, from the configuration; its name, where there is no way from there."""
    if not config_file.is_file():
        return file.name
    try:
        return Path(os.path.relpath(file.resolve(), config_file.resolve().parent)).as_posix()
    except ValueError:  # another drive of Windows
        return file.name


def require(config_file: Path) -> None:
    """Make sure that there is a configuration, before anything slow is loaded. Raises SettingsError."""
    if not config_file.is_file():
        raise SettingsError(
            f"{config_file}: no such file, here or in a folder above; `aikb new` makes one, --config-file names another"
        )


def tell_without_plugin(config_file: Path) -> None:
    """Say that MkDocs alone makes the site, where the configuration does not name the plugin. Raises SettingsError."""
    if not names_plugin(read_config(config_file)):
        tell(
            f"{config_file}: plugins: aikb is not among them, so this is MkDocs' own site; `aikb new` says what to add"
        )


config_option = click.option(
    "-f",
    "--config-file",
    type=click.Path(path_type=Path),
    callback=_given_or_found,
    help="The configuration.  [default: mkdocs.yml here or in a folder above]",
)
"""For every command that reads a knowledge base."""
