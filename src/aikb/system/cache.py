"""Keeps bytes by key between runs, in the user's cache folder: one SQLite file, bounded in size.

A cache stops nothing and costs only time: what cannot be read, written or believed is as if it were not there. Every value
carries a checksum; a file that SQLite finds damaged, or whose tables are not ours, is deleted. Processes may share it: SQLite
locks, and every call opens the file and closes it again, so that no connection crosses a fork. A file that another user owns
is neither read nor written, and nothing in one is ever run: no pickle, no view, no trigger.

SQLite is in the standard library. diskcache, which is built on it, pickles; a file a value costs ten thousand openings.
"""

from __future__ import annotations

import os
import sqlite3
import time
import zlib
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

FOLDER, OFF = "AIKB_CACHE_DIR", "AIKB_NO_CACHE"
"""The variables that say where the cache is, and that there is none."""
LIMIT = 400_000_000
"""Bytes of the file, about."""
_KEPT = 0.7
"""Which part of the entries, those used last, stays when the file has grown to its limit."""
_NAME = "cache.sqlite3"
_TABLE = "CREATE TABLE entries (key BLOB PRIMARY KEY, day INTEGER NOT NULL, value BLOB NOT NULL)"
_DAY = 86_400
_PATIENCE = 2.0
"""Seconds to wait for another process that writes."""
_CHECKSUM = 4
"""Bytes of the checksum that a value begins with."""


@dataclass(frozen=True, slots=True)
class Cache:
    """Values by key, in a folder that need not exist."""

    folder: Path
    limit: int = LIMIT

    @property
    def path(self) -> Path:
        """The file."""
        return self.folder / _NAME

    def get(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Look values up: those that are there, and whole."""
        found: dict[bytes, bytes] = {}
        if not self.path.is_file():
            return found
        try:
            with closing(self._open()) as database:
                today, unmarked = _today(), []
                for key in keys:
                    row = database.execute("SELECT value, day FROM entries WHERE key = ?", (key,)).fetchone()
                    if row and (value := _whole(key, row[0])) is not None:
                        found[key] = value
                        if row[1] != today:
                            unmarked.append((today, key))
                if unmarked:
                    database.execute("BEGIN IMMEDIATE")
                    database.executemany("UPDATE entries SET day = ? WHERE key = ?", unmarked)
                    database.execute("COMMIT")
        except (sqlite3.Error, OSError, OverflowError) as error:
            self._mend(error)
        return found

    def put(self, values: Mapping[bytes, bytes]) -> None:
        """Keep some values: all, or none where the disk or another process is in the way."""
        if not values:
            return
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with closing(self._open()) as database:
                today = _today()
                rows = ((key, today, _checksum(key, value) + value) for key, value in values.items())
                database.execute("BEGIN IMMEDIATE")
                database.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", rows)
                self._bound(database)
                database.execute("COMMIT")
        except (sqlite3.Error, OSError, OverflowError) as error:
            self._mend(error)

    def clear(self) -> int:
        """Delete everything; how many bytes there were. Raises OSError."""
        freed = 0
        for suffix in ("", "-journal"):
            path = self.path.with_name(_NAME + suffix)
            with suppress(FileNotFoundError):
                freed += path.stat().st_size
                path.unlink()
        return freed

    def _open(self) -> sqlite3.Connection:
        """Open the file, with our table in it and nothing else. Raises sqlite3.Error, OSError."""
        new = not self.path.exists()
        if hasattr(os, "geteuid") and (self.folder if new else self.path).stat().st_uid != os.geteuid():
            raise PermissionError(f"{self.folder} is another user's")
        database = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None)
        try:
            for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "synchronous = OFF", "temp_store = MEMORY"):
                database.execute(f"PRAGMA {pragma}")
            tables = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"
            if not (made := database.execute(tables).fetchall()):
                database.execute(_TABLE.replace("TABLE", "TABLE IF NOT EXISTS"))
                made = database.execute(tables).fetchall()
            if made != [(_TABLE,)]:
                raise sqlite3.DatabaseError("these are not our tables")  # noqa: TRY301 - met as what SQLite finds is
        except BaseException:
            database.close()
            raise
        return database

    def _bound(self, database: sqlite3.Connection) -> None:
        """Delete what was not used for longest where there is too much; the file takes new entries in its place."""
        pages, free, size = (
            database.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "freelist_count", "page_size")
        )
        if (pages - free) * size > self.limit:
            count = database.execute("SELECT count(*) FROM entries").fetchone()[0]
            oldest = "SELECT rowid FROM entries ORDER BY day, rowid LIMIT ?"
            database.execute(f"DELETE FROM entries WHERE rowid IN ({oldest})", (count - int(count * _KEPT),))  # noqa: S608

    def _mend(self, error: Exception) -> None:
        """Delete a file that is damaged; what is locked, full or not to be written stays."""
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
            with suppress(OSError):
                self.clear()


def user_cache() -> Cache | None:
    """Find the cache of this user, where the environment puts it; None where it wants none."""
    if os.environ.get(OFF):
        return None
    if folder := os.environ.get(FOLDER):
        return Cache(Path(folder))
    from platformdirs import user_cache_path  # where each system keeps what may be deleted

    return Cache(user_cache_path("aikb", appauthor=False))


def _today() -> int:
    return int(time.time()) // _DAY


def _checksum(key: bytes, value: bytes | memoryview) -> bytes:
    return zlib.crc32(value, zlib.crc32(key)).to_bytes(_CHECKSUM, "big")


def _whole(key: bytes, stored: object) -> bytes | None:
    """Take the checksum off a value; None where it is not what was kept under this key."""
    if not isinstance(stored, bytes) or len(stored) < _CHECKSUM:
        return None
    view = memoryview(stored)
    return stored[_CHECKSUM:] if view[:_CHECKSUM] == _checksum(key, view[_CHECKSUM:]) else None
