"""Watches files for `mkdocs serve`: told by the kernel where it can, by looking twice a second elsewhere.

MkDocs looks at every file twice a second, and never again at a folder that was gone for a moment, as `notes/` is while Git
changes branches. Here what is watched may come, go and come back: beside each folder the nearest folder above it that is
there is watched too, but not what its other folders hold.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from mkdocs.plugins import get_plugin_logger
from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers.api import BaseObserver

log = get_plugin_logger("aikb")

_CHANGES: list[type[FileSystemEvent]] = [
    FileModifiedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileMovedEvent,
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
]
"""Not what reading does: a build reads every note."""
_LOCAL = frozenset(
    (
        "bcachefs",
        "btrfs",
        "ext2",
        "ext3",
        "ext4",
        "f2fs",
        "jfs",
        "overlay",
        "ramfs",
        "tmpfs",
        "vfat",
        "exfat",
        "xfs",
        "zfs",
    )
)
"""File systems whose changes are all made through this kernel; of others, a network's or a host's, it may not hear."""


@dataclass(eq=False, slots=True)
class Watch:
    """A file or folder that somebody wants to hear of."""

    path: str
    handler: FileSystemEventHandler
    recursive: bool
    real: str = ""
    """The same without symbolic links, as it was when it was last looked for."""

    def holds(self, path: str) -> bool:
        """Whether a path is the file, or lies in the folder."""
        return path in (self.path, self.real) or path.startswith(self.real + os.sep)

    def hangs_on(self, path: str) -> bool:
        """Whether it comes and goes with that path."""
        return any(place == path or place.startswith(path + os.sep) for place in (self.path, self.real))


class Observer(FileSystemEventHandler):
    """Watchdog's observers as MkDocs' server knows one; `polling` is its own, used where the kernel cannot tell all."""

    def __init__(self, polling: BaseObserver) -> None:
        """Watch nothing yet."""
        self._polling = polling
        self._observer: BaseObserver | None = None
        self._watches: list[Watch] = []
        self._lock = threading.RLock()

    def schedule(self, handler: FileSystemEventHandler, path: str, *, recursive: bool = False) -> Watch:
        """Watch a file or folder, which need not be there yet."""
        watch = Watch(os.path.abspath(path), handler, recursive)  # noqa: PTH100 - links are followed later
        with self._lock:
            self._watches.append(watch)
            self._arm()
        return watch

    def unschedule(self, watch: Watch) -> None:
        """Watch it no longer."""
        with self._lock:
            self._watches.remove(watch)
            self._arm()

    def start(self) -> None:
        """Begin to watch."""
        with self._lock:
            if (kernels := _kernels(watch.path for watch in self._watches)) is not None:
                self._begin(kernels)
            if not self._is_whole():
                self._begin(self._polling)

    def look_after(self) -> None:
        """See whether the kernel still watches all of it, folders that are new among it, as it has a limit."""
        with self._lock:
            if not self._is_whole():
                log.info("too many folders for the system to watch: looking at each of them instead")
                self._begin(self._polling)

    def stop(self) -> None:
        """Watch nothing any more."""
        if self._observer is not None:
            self._observer.stop()

    def join(self, timeout: float | None = None) -> None:
        """Wait until it has stopped."""
        if self._observer is not None and self._observer.is_alive():
            self._observer.join(timeout)

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Tell those whom it concerns; what came, went or came back is watched anew before."""
        paths = {os.fsdecode(path) for path in (event.src_path, event.dest_path) if path}
        with self._lock:
            moved = [watch for watch in self._watches if any(map(watch.hangs_on, paths))]
            told = [watch for watch in self._watches if any(map(watch.holds, paths))]
            if any(not Path(watch.real).is_file() for watch in moved):
                self._arm()
        for watch in {id(watch): watch for watch in (*moved, *told)}.values():
            watch.handler.dispatch(FileModifiedEvent(watch.path))  # MkDocs does not listen to folders

    def _begin(self, observer: BaseObserver) -> None:
        self.stop()
        self._observer = observer
        observer.start()
        with contextlib.suppress(OSError):  # a limit; what is not watched is seen
            self._arm()

    def _arm(self) -> None:
        """Watch what is there, and the places where it may come or go. Raises OSError."""
        if self._observer is None:
            return
        places: dict[str, bool] = {}
        for watch in self._watches:
            watch.real = os.path.realpath(watch.path)
            for path in {watch.path, watch.real}:
                places.setdefault(_above(path), False)
            if os.path.isdir(watch.real):  # noqa: PTH112 - it is compared as text
                places[watch.real] = places.get(watch.real, False) or watch.recursive
        self._observer.unschedule_all()
        for path, recursive in places.items():
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):  # gone just now, as the place above tells
                self._observer.schedule(self, path, recursive=recursive, event_filter=_CHANGES)

    def _is_whole(self) -> bool:
        """Whether every folder has a watch of the kernel's, or none needs one."""
        if self._observer is None or self._observer is self._polling:
            return self._observer is not None
        wanted = {folder for watch in self._watches for folder in _folders(watch.real)}
        return _held() >= len(wanted)


def _above(path: str) -> str:
    """The nearest folder above a path that is there."""
    folder = Path(path).parent
    while not folder.is_dir() and folder != folder.parent:
        folder = folder.parent
    return str(folder)


def _folders(top: str) -> Iterator[str]:
    """A folder and all below it; nothing for a file."""
    for folder, _, _ in os.walk(top):
        yield folder


def _kernels(paths: Iterable[str]) -> BaseObserver | None:
    """An observer that the kernel tells, if it hears of every change below the paths."""
    if sys.platform != "linux" or not all(_file_system(os.path.realpath(path)) in _LOCAL for path in paths):
        return None
    try:
        from watchdog.observers.inotify import InotifyObserver
    except (ImportError, OSError):  # a C library without inotify
        return None
    return InotifyObserver()


def _file_system(path: str) -> str:
    """The kind of file system a path lies on, by the longest mount point above it."""
    found = {"": ""}
    for line in Path("/proc/self/mounts").read_text(encoding="utf-8", errors="surrogateescape").splitlines():
        _, place, kind, *_ = line.split(" ")
        place = place.replace("\\040", " ")
        if path == place or path.startswith(place.rstrip("/") + "/"):
            found[place] = kind  # the last one mounted there is what is seen
    return found[max(found, key=len)]


def _held() -> int:
    """How many files and folders the kernel watches for this process."""
    count = 0
    for entry in Path("/proc/self/fdinfo").iterdir():
        with contextlib.suppress(OSError):
            count += entry.read_text(encoding="ascii").count("inotify wd:")
    return count
