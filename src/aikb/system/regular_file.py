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
