"""One build at a time changes a site file by file. The lock lies on the folder itself: no file is left by whoever dies."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

if sys.platform != "win32":
    import fcntl


class Lock:
    """A folder's lock; it is given back when its process ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        """Do not take it yet."""
        self._folder = folder
        self._descriptor = -1

    def take(self) -> bool:
        """Take the lock, if nobody has it and the system knows locks of folders."""
        return self._take(wait=False)

    def release(self) -> None:
        """Give it back."""
        if self._descriptor >= 0 and sys.platform != "win32":
            with contextlib.suppress(OSError):
                fcntl.flock(self._descriptor, fcntl.LOCK_UN)  # closing is not enough where a forked process has it too
            os.close(self._descriptor)
            self._descriptor = -1

    @contextlib.contextmanager
    def waited_for(self) -> Iterator[None]:
        """Have the lock within the block, once whoever has it is done; without one where there are none."""
        self._take(wait=True)
        try:
            yield
        finally:
            self.release()

    def _take(self, *, wait: bool) -> bool:
        if sys.platform == "win32":
            return False
        try:
            self._descriptor = os.open(self._folder, os.O_RDONLY)
            os.set_inheritable(self._descriptor, False)
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            same = os.path.samestat(os.fstat(self._descriptor), self._folder.stat())
        except OSError:
            same = False
        if not same:  # another build has put a folder in its place
            self.release()
        return same
