"""`aikb cache`: where what was read of the notes is kept, and how it is deleted."""

from __future__ import annotations

import sys

import click

from aikb.system.cache import FOLDER, OFF, Cache, user_cache


@click.group()
def cache() -> None:
    """Show or clear what is kept between runs. What was read of the notes is in the user's cache folder.

    `aikb check` and `mkdocs build` read only what changed since. AIKB_CACHE_DIR names another folder; with AIKB_NO_CACHE set,
    nothing is kept.
    """


@cache.command("dir")
def folder() -> None:
    """Print the folder."""
    click.echo(_cache().folder)


@cache.command()
def clear() -> None:
    """Delete what is kept. The next run reads everything anew."""
    kept = _cache()
    try:
        freed = kept.clear()
    except OSError as error:
        click.echo(f"aikb: {kept.path} cannot be deleted: {error.strerror}", err=True)
        sys.exit(2)
    click.echo(f"{kept.path}: {freed / 1e6:.1f} MB deleted" if freed else "nothing is kept", err=True)


def _cache() -> Cache:
    kept = user_cache()
    if kept is None:
        click.echo(f"aikb: {OFF} is set, so that nothing is kept; {FOLDER} names a folder", err=True)
        sys.exit(2)
    return kept
