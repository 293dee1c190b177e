"""Read how large a picture beside the notes is; under `serve`, of those alone that changed."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from aikb.pictures.size import HEAD, Size, size_of
from aikb.system.regular_file import read_head

_PICTURES = frozenset(".apng .gif .jfif .jpe .jpeg .jpg .pjp .pjpeg .png .svg .webp".split())


def picture_size(path: Path) -> Size | None:
    """Read the width and height of a picture; None of any other file, and of one that does not tell."""
    if path.suffix.lower() not in _PICTURES:
        return None
    try:
        found = path.stat()
        return _read(path, found.st_mtime_ns, found.st_size)
    except OSError:
        return None


@lru_cache(maxsize=100_000)
def _read(path: Path, _changed: int, _bytes: int) -> Size | None:
    return size_of(read_head(path, HEAD))
