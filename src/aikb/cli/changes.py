"""Wait for changes of a knowledge base, by looking at it: times and sizes of its files, twice a second."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from aikb.mkdocs_file import read_settings
from aikb.settings import SettingsError

_EVERY = 0.5
"""Seconds between two looks."""


def changes(config_file: Path) -> Iterator[None]:
    """Yield at once, and then each time that a file was changed, added or removed."""
    seen = None
    while True:
        now = _look(config_file)
        if now != seen:
            seen = now
            yield
        time.sleep(_EVERY)


def _look(config_file: Path) -> dict[str, tuple[int, int]]:
    """List the time and size of every visible file of the notes, the glossary, and the configuration itself."""
    folder = config_file.parent
    try:
        settings = read_settings(config_file)
        folders = [folder / settings.docs_dir, folder / settings.glossary_dir]
    except SettingsError:
        folders = []
    found: dict[str, tuple[int, int]] = {}
    stack = [config_file, *folders]
    while stack:
        path = stack.pop()
        try:
            if path.is_dir():
                with os.scandir(path) as entries:
                    stack += [
                        Path(each.path) for each in entries if not each.name.startswith(".") and not each.is_symlink()
                    ]
            else:
                state = path.stat()
                found[str(path)] = (state.st_mtime_ns, state.st_size)
        except OSError:
            continue
    return found
