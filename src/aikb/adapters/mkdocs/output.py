"""The folder a site is built in, beside the one that is published, and how the one becomes the other."""

from __future__ import annotations

import atexit
import contextlib
import logging
import os
import re
import shutil
import sys
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.utils import CountHandler

from aikb.adapters.mkdocs.lock import Lock
from aikb.adapters.mkdocs.update import Listing, bring_up_to_date, listing, plan, resume
from aikb.read.files.disk import reason

log = get_plugin_logger("aikb")

_OURS = "assets/aikb.css"
"""What a site holds that aikb has built."""


class Output:
    """The folder a site is built in until it is whole.

    A site that aikb has built before is brought up to date: only files that differ are made and replaced, as making and
    removing thousands of folders is what a build waits for longest. Any other folder is replaced as a whole, by renaming.
    A build that ends early, by Ctrl-C too, leaves the site as it was; what one left that was killed is ended or cleared away
    by the next.
    """

    def __init__(self, config: MkDocsConfig, *, sparse: bool, stop: Callable[[], None]) -> None:
        """Send MkDocs to a folder of its own.

        `sparse` says that files may be left out of it that the site has already; `stop` ends whatever else writes into it.
        Raises PluginError.
        """
        self._config, self._stop = config, stop
        self._given = config.site_dir
        self._shown = _shown(Path(config.site_dir))
        self._final = Path(os.path.realpath(config.site_dir))  # a symbolic link stays one
        self._process = os.getpid()
        _clear(self._final)
        self._lock = Lock(self._final)
        self._beside = not _is_mounted(self._final)
        self._building, self._old = _places(self._final, self._process, beside=self._beside)
        self._there = Listing()
        self.updates = sparse and (self._final / _OURS).is_file() and self._lock.take()
        """Whether the site is brought up to date, and files that it has already need not be made."""
        atexit.register(self._forget)
        try:
            if self.updates:
                self._there = listing(self._final)
            self._make()
        except OSError as error:
            self._lock.release()
            raise PluginError(f"site_dir: {self._given} cannot be written: {reason(error)}") from None
        config.site_dir = str(self._building)

    def _make(self) -> None:
        """Make the folder: beside the site, or in it where nothing can be beside it, a mount point or another's folder."""
        try:
            self._building.mkdir(parents=True)
        except OSError:
            if not (self._beside and self._final.is_dir() and os.access(self._final, os.W_OK)):
                raise
            self._building, self._old = _places(self._final, self._process, beside=False)
            self._beside = False
            self._building.mkdir()

    def has(self, path: str) -> bool:
        """Whether the site has a file of that path, which may stay if it is what a build would make."""
        return path in self._there.files

    def has_bytes(self, path: str, content: bytes) -> bool:
        """Whether the site has that file with that content."""
        if path not in self._there.files:
            return False
        with contextlib.suppress(OSError):
            return (self._final / path).read_bytes() == content
        return False

    def place(self, path: str) -> Path:
        """Where a file of the published site is."""
        return self._final / path

    def discard(self) -> None:
        """Forget the new site."""
        self._config.site_dir = self._given
        self._forget()
        self._lock.release()
        atexit.unregister(self._forget)

    def finish(self, config: MkDocsConfig, kept: AbstractSet[str]) -> bool:
        """Publish what was built, unless MkDocs is about to abort for a warning under `--strict`; whether it was.

        `kept` are files of the site that were not made again because they are as they should be. Raises PluginError.
        """
        if config.strict and _counted_warnings():
            self.discard()
            return False
        try:
            if self.updates:
                self._update(self._there, kept)
            elif not (self._beside and self._swap()):
                self._fill()
        except OSError as error:
            raise PluginError(f"site_dir: {self._given} cannot be written: {reason(error)}") from error
        self.discard()
        if not Path(self._given).name.startswith("mkdocs_"):  # the temporary folder of `mkdocs serve`
            log.info("the site is in %s", self._shown)
        return True

    def _update(self, there: Listing, kept: AbstractSet[str]) -> None:
        bring_up_to_date(self._building, self._final, plan(self._building, self._final, there, kept))

    def _swap(self) -> bool:
        """Rename the folders, if they can be. Hidden files follow when the new site is in place."""
        with self._lock.waited_for():
            try:
                if self._final.exists():
                    self._final.rename(self._old)
                self._building.rename(self._final)
            except OSError:  # the folder is a mount point, or another process holds it
                _settle(self._old, self._final)
                return False
            _settle(self._old, self._final)
            return True

    def _fill(self) -> None:
        """Replace what is in a folder that cannot be renamed, file by file."""
        with self._lock.waited_for():
            self._final.mkdir(parents=True, exist_ok=True)
            if self._beside:  # it seemed that it could be; renaming files may be as impossible from there
                inside, _ = _places(self._final, self._process, beside=False)
                shutil.move(self._building, inside)
                self._building = inside
            self._update(listing(self._final), frozenset())

    def _forget(self) -> None:
        """Remove what is beside the site; at the end of the process too, whatever it was doing."""
        if os.getpid() == self._process:  # not in a forked one
            self._stop()
            with contextlib.suppress(OSError):
                resume(self._building, self._final)
                _settle(self._old, self._final)
            for beside in (True, False):
                shutil.rmtree(_places(self._final, self._process, beside=beside)[0], ignore_errors=True)


def _places(final: Path, process: int, *, beside: bool) -> tuple[Path, Path]:
    """The folders of a process: for the new site, and for the old one while they change places."""
    building = final.with_name(f".{final.name}.aikb-{process}") if beside else final / f".aikb-{process}"
    return building, building.with_name(f"{building.name}-old")


def _is_mounted(folder: Path) -> bool:
    """Whether a folder is a mount point; `os.path.ismount` does not see one that shows a part of the same disk."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            lines = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
            return str(folder) in {re.sub(r"\\(\d{3})", _character, line.split()[4]) for line in lines}
    return folder.is_mount()


def _character(escaped: re.Match[str]) -> str:
    return chr(int(escaped[1], 8))


def _settle(old: Path, final: Path) -> None:
    """End a swap wherever it stopped. MkDocs leaves hidden files of a site alone, `.git` of a worktree among them."""
    if not os.path.lexists(old):
        return
    if not final.exists():
        old.rename(final)
        return
    for hidden in sorted(old.glob(".*")):
        if not os.path.lexists(final / hidden.name):
            hidden.rename(final / hidden.name)
    shutil.rmtree(old, ignore_errors=True)


def _clear(final: Path) -> None:
    """Remove what builds left beside or in the site that were killed, and end or put back what they had begun."""
    for folder, name in ((final.parent, f".{final.name}"), (final, "")):
        pattern = re.compile(rf"{re.escape(f'{name}.aikb-')}(\d+)(-old)?")
        with contextlib.suppress(OSError):
            for left in sorted(folder.iterdir()):
                match = pattern.fullmatch(left.name)
                if not match or _runs(int(match[1])):
                    continue
                if match[2]:
                    _settle(left, final)
                    continue
                with contextlib.suppress(OSError), Lock(final).waited_for():  # its update may still be on its way
                    resume(left, final)
                shutil.rmtree(left, ignore_errors=True)


def _runs(process: int) -> bool:
    """Whether a process other than this one has the number."""
    if os.name != "posix":
        return process != os.getpid()  # elsewhere `os.kill` ends it, whatever the signal
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return process != os.getpid()


def _shown(site: Path) -> str:
    """The folder as the log names it: from the current one, where it is below that."""
    with contextlib.suppress(OSError, ValueError):  # the current folder is gone, or the site is not below it
        site = site.relative_to(Path.cwd())
    return f"{site.as_posix()}/"


def _counted_warnings() -> bool:
    handlers = logging.getLogger("mkdocs").handlers
    return any(isinstance(handler, CountHandler) and handler.get_counts() for handler in handlers)
