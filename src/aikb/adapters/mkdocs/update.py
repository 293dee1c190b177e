"""Brings a published site up to date where it stands: every file by one rename, and all of them whatever stops it.

What is new lies in a folder on the same disk before the first file of the site changes, so a full disk changes nothing. A
journal beside it says what is to be done. Whoever finds a journal does what it says, however much of that has been done: a
build that was killed is carried to its end by the next one. A step that the system refuses is answered by undoing the others.

There is no list of what an earlier build wrote: MkDocs' rule is that a site holds what the last build made and hidden files of
the top folder, so the folder itself is the list, and cannot be out of date.
"""

from __future__ import annotations

import contextlib
import errno
import filecmp
import json
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass
from pathlib import Path

from aikb.system.parallel import can_fork

_JOURNAL, _OLD = ".aikb-journal", ".aikb-old"


@dataclass(frozen=True, slots=True)
class Update:
    """What turns the site into the new one. Paths are POSIX, from the site's root."""

    replaced: tuple[str, ...] = ()
    """Files that are new or other than before; they lie in the new folder."""
    removed: tuple[str, ...] = ()
    """Files that the new site does not have."""
    folders: tuple[str, ...] = ()
    """Folders that hold nothing of the new site, those inside others first."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a folder holds, down to its last file, by POSIX path; hidden entries of the folder itself left out."""

    files: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    """Symbolic links and what else is no regular file; links are not followed."""
    folders: frozenset[str] = frozenset()


def listing(top: Path, *, hidden: bool = False) -> Listing:
    """List a folder; with `hidden` its hidden entries too, but not the journal. Raises OSError."""
    files: set[str] = set()
    others: set[str] = set()
    folders, waiting = set(), [""]
    while waiting:
        folder = waiting.pop()
        with os.scandir(top / folder) as entries:
            for entry in entries:
                path = folder + entry.name
                if not folder and entry.name.startswith(".") and (not hidden or entry.name in (_JOURNAL, _OLD)):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.add(path)
                    waiting.append(f"{path}/")
                else:
                    (files if entry.is_file(follow_symlinks=False) else others).add(path)
    return Listing(frozenset(files), frozenset(others), frozenset(folders))


def plan(new: Path, site: Path, there: Listing, kept: AbstractSet[str]) -> Update:
    """What to do so that `site` holds the files of `new` and, of those it has, the `kept` ones. Raises OSError."""
    written = listing(new, hidden=True)
    made = written.files | written.others
    replaced = [
        path
        for path in sorted(made)
        if path not in there.files or not filecmp.cmp(new / path, site / path, shallow=False)
    ]
    needed = {parent for path in (*made, *kept) for parent in _parents(path)}
    return Update(
        tuple(replaced),
        tuple(sorted((there.files | there.others) - made - kept)),
        tuple(sorted(there.folders - needed, reverse=True)),
    )


def bring_up_to_date(new: Path, site: Path, update: Update) -> None:
    """Do what the plan says, in a way that is ended even if this process is. Raises OSError, the site being as before."""
    if not (update.replaced or update.removed or update.folders):
        return
    journal = new / _JOURNAL
    draft = journal.with_suffix(".draft")
    draft.write_text(json.dumps(asdict(update)), encoding="ascii")
    draft.replace(journal)
    _shielded(lambda: _carry_out(new, site, update))


def resume(new: Path, site: Path) -> None:
    """End what was stopped, if there is a journal of it. Raises OSError."""
    try:
        update = Update(**{key: tuple(value) for key, value in json.loads((new / _JOURNAL).read_bytes()).items()})
    except (OSError, ValueError, TypeError):
        return
    _shielded(lambda: _carry_out(new, site, update))


def _carry_out(new: Path, site: Path, update: Update) -> None:
    try:
        _forward(new, site, update)
    except OSError:
        _back(new, site, update)
        (new / _JOURNAL).unlink(missing_ok=True)
        raise
    (new / _JOURNAL).unlink(missing_ok=True)  # not before: an interrupted update keeps it


def _forward(new: Path, site: Path, update: Update) -> None:
    """Every step may have been done already."""
    old = new / _OLD
    old.mkdir(exist_ok=True)
    made = {parent for path in update.replaced for parent in _parents(path)} | set(update.replaced)
    in_the_way = {path for path in update.removed if path in made or not made.isdisjoint(_parents(path))}
    _remove(site, old, update, in_the_way)
    for number, path in enumerate(update.replaced):
        source, target = new / path, site / path
        if not os.path.lexists(source):
            continue
        if target.is_dir() and not target.is_symlink():
            _remove_empty(target)
        target.parent.mkdir(parents=True, exist_ok=True)
        _back_up(target, old / f"replaced-{number}")
        source.replace(target)
    _remove(site, old, update, set(update.removed) - in_the_way)
    for folder in update.folders:
        with contextlib.suppress(OSError):  # somebody has put something there, or it is gone
            (site / folder).rmdir()


def _remove(site: Path, old: Path, update: Update, which: AbstractSet[str]) -> None:
    for number, path in enumerate(update.removed):
        backup = old / f"removed-{number}"
        if path in which and os.path.lexists(site / path) and not os.path.lexists(backup):
            (site / path).replace(backup)


def _remove_empty(folder: Path) -> None:
    """Remove a folder of nothing but folders, where a file is to be. Raises OSError if there is more."""
    for inner in sorted(listing(folder, hidden=True).folders, reverse=True):
        (folder / inner).rmdir()
    folder.rmdir()


def _back_up(target: Path, backup: Path) -> None:
    if os.path.lexists(backup) or not os.path.lexists(target):
        return
    try:
        os.link(target, backup, follow_symlinks=False)
    except OSError:  # a disk without hard links
        shutil.copy2(target, backup, follow_symlinks=False)


def _back(new: Path, site: Path, update: Update) -> None:
    """Undo as many steps as were done; one that cannot be undone keeps no other from it."""
    old = new / _OLD
    for number, path in reversed(list(enumerate(update.replaced))):
        with contextlib.suppress(OSError):
            if os.path.lexists(backup := old / f"replaced-{number}"):
                backup.replace(site / path)
                continue
            if not os.path.lexists(new / path):
                (site / path).unlink(missing_ok=True)
            for parent in reversed(_parents(path)):
                (site / parent).rmdir()
    for number, path in enumerate(update.removed):
        with contextlib.suppress(OSError):
            if os.path.lexists(backup := old / f"removed-{number}"):
                (site / path).parent.mkdir(parents=True, exist_ok=True)
                backup.replace(site / path)


def _parents(path: str) -> list[str]:
    """The folders a path lies in, from the root on."""
    parts = path.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]


def _shielded(work: Callable[[], None]) -> None:
    """Do a short piece of work out of the reach of signals: where a process can be made for it, of SIGKILL too.

    Raises OSError as the work does.
    """
    with _held_back():
        if not can_fork():
            work()
            return
        process = os.fork()
        if process == 0:
            code = errno.EIO
            try:
                os.setsid()
                work()
                code = 0
            except OSError as error:
                code = error.errno or errno.EIO
            finally:
                os._exit(code)
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        if code < 0:  # somebody has killed that one
            work()
        elif code:
            raise OSError(code, os.strerror(code))


@contextlib.contextmanager
def _held_back() -> Iterator[None]:
    """Let signals that end the process wait until the block is done."""
    if os.name != "posix":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM, signal.SIGHUP))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
