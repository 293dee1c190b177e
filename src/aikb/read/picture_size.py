"""Read how large a picture beside the notes is; under `serve`, of those alone that changed."""

from __future__ import annotations

import os
import stat
from functools import lru_cache
from pathlib import Path

from aikb.pictures.size import HEAD, Size, size_of

_PICTURES = frozenset(".apng .gif .jfif .jpe .jpeg .jpg .pjp .pjpeg .png .svg .webp".split())


def picture_size(path: Path) -> Size | None:
    """Read the width and height of a picture; None of any other file, and of one that does not tell."""
    if path.suffix.lower() not in _PICTURES:
        return None
    try:
        found = path.stat()
        return _read(str(path), found.st_mtime_ns, found.st_size) if stat.S_ISREG(found.st_mode) else None
    except OSError:
        return None


@lru_cache(maxsize=100_000)
def _read(path: str, _changed: int, _bytes: int) -> Size | None:
    with os.fdopen(
        os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), "rb"
    ) as file:
        return size_of(file.read(HEAD))
