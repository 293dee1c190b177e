"""Read a file that a folder should hold: a regular one, of a size that a person could have meant.

A named pipe is waited for without end, and `/dev/zero` behind a symbolic link never ends.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

LARGEST = 200_000_000
"""Bytes of a ledger of a hundred thousand notes, and more."""


def is_there(path: Path) -> bool:
    """Tell whether something has this name; in a folder that may not be entered nothing has."""
    return bool(_mode(path))


def is_file(path: Path) -> bool:
    """Tell whether a name is that of a regular file, likewise."""
    return stat.S_ISREG(_mode(path))


def is_folder(path: Path) -> bool:
    """Tell whether a name is that of a folder, likewise."""
    return stat.S_ISDIR(_mode(path))


def _mode(path: Path) -> int:
    """Look up what a name is of; 0 where that cannot be seen. `Path.is_file` raises for a folder that may not be entered."""
    try:
        return path.stat().st_mode
    except (OSError, ValueError):
        return 0


def read_regular(path: Path, largest: int = LARGEST) -> bytes:
    """Read a file whole. Raises OSError, also for what is no regular file and for one that is larger."""
    return _read(path, largest, -1)


def read_head(path: Path, count: int) -> bytes:
    """Read the first bytes of a file, so many at most. Raises OSError, also for what is no regular file."""
    return _read(path, sys.maxsize, count)


def _read(path: Path, largest: int, count: int) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        found = os.fstat(descriptor)
        if stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "This is no file", str(path))
        if found.st_size > largest:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read(count)
    finally:
        os.close(descriptor)


def read_regular_text(path: Path, largest: int = LARGEST) -> str:
    """Read a text in UTF-8, with or without a byte order mark. Raises OSError and UnicodeDecodeError."""
    return read_regular(path, largest).decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
