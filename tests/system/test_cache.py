"""What is kept between runs is given back whole or not at all, and nothing that happens to it stops a run."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aikb.system import cache as module
from aikb.system.cache import Cache, user_cache

VALUES = {b"a": b"one", b"b": b"", b"c": bytes(100_000)}


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    filled = Cache(tmp_path / "cache")
    filled.put(VALUES)
    return filled


def query(cache: Cache, *statements: str) -> None:
    with closing(sqlite3.connect(cache.path, isolation_level=None)) as database:
        for statement in statements:
            database.execute(statement)


def test_what_is_kept_is_given_back(cache: Cache) -> None:
    assert cache.get([*VALUES, b"other"]) == VALUES
    cache.put({b"a": b"changed", b"d": b"new"})
    assert cache.get([b"a", b"b", b"d"]) == {b"a": b"changed", b"b": b"", b"d": b"new"}


def test_nothing_is_made_by_looking(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    assert cache.get([b"a"]) == {}
    cache.put({})
    assert cache.clear() == 0
    assert not cache.folder.exists()


def test_it_can_be_cleared(cache: Cache) -> None:
    assert cache.clear() > 100_000
    assert cache.get(VALUES) == {}
    cache.put(VALUES)
    assert cache.get(VALUES) == VALUES


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_only_its_user_may_look_into_it(cache: Cache) -> None:
    assert cache.folder.stat().st_mode & 0o777 == 0o700


def damaged_at(place: float) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        data = bytearray(path.read_bytes())
        at = int(place * (len(data) - 64))
        data[at : at + 64] = bytes(byte ^ 0x5A for byte in data[at : at + 64])
        path.write_bytes(data)

    return damage


@pytest.mark.parametrize(
    "damage",
    [
        *(damaged_at(number / 12) for number in range(13)),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"\x80\x04cos\nsystem\n(S'false'\ntR."),
        lambda path: path.write_bytes(path.read_bytes()[:5_000]),
        lambda path: path.write_bytes(path.read_bytes()[:50]),
        lambda path: path.write_bytes(path.read_bytes() + b"x" * 10_000),
        lambda path: (path.unlink(), path.mkdir()),
        lambda path: (path.unlink(), path.symlink_to(path)),
        lambda path: (path.unlink(), path.symlink_to("/dev/null")),
        lambda path: path.chmod(0),
        lambda path: shutil.rmtree(path.parent),
        lambda path: (shutil.rmtree(path.parent), path.parent.write_bytes(b"a file")),
    ],
)
def test_damage_costs_only_time(cache: Cache, damage: Callable[[Path], None]) -> None:
    damage(cache.path)
    assert cache.get(VALUES).items() <= VALUES.items()
    cache.put({b"a": b"again"})
    cache.put({b"a": b"again"})
    assert cache.get([b"a"]).get(b"a", b"again") == b"again"


@pytest.mark.parametrize("size", [0, 50, 5_000, 20_000])
def test_a_damaged_file_is_replaced(cache: Cache, size: int) -> None:
    cache.path.write_bytes(b"no database " * 2_000 if not size else cache.path.read_bytes()[:size])
    for _ in range(2):
        cache.get(VALUES)
        cache.put(VALUES)
    assert cache.get(VALUES) == VALUES


@given(st.integers(0, 2**31), st.binary(min_size=1, max_size=40))
def test_a_changed_byte_changes_no_value(tmp_path_factory: pytest.TempPathFactory, at: int, piece: bytes) -> None:
    cache = Cache(tmp_path_factory.mktemp("cache"))
    values = {bytes([number]): bytes([number]) * 300 for number in range(60)}
    cache.put(values)
    data = bytearray(cache.path.read_bytes())
    at %= len(data)
    data[at : at + len(piece)] = piece
    cache.path.write_bytes(data)
    assert cache.get(values).items() <= values.items()


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE entries ADD COLUMN other",
        "CREATE TABLE other (x)",
        "CREATE TRIGGER t AFTER INSERT ON entries BEGIN DELETE FROM entries; END",
        "DROP TABLE entries; ",
        "CREATE VIEW v AS SELECT 1",
        "CREATE INDEX i ON entries (day)",
    ],
)
def test_other_tables_than_ours_are_replaced(cache: Cache, statement: str) -> None:
    query(cache, statement, "PRAGMA user_version = 1")
    assert cache.get([b"a"]) == {}
    cache.put(VALUES)
    assert cache.get(VALUES) == VALUES


@pytest.mark.parametrize("value", ["'text'", "1", "x'00'", "x''", "zeroblob(40)", "1.5"])
def test_a_value_without_its_checksum_is_none(cache: Cache, value: str) -> None:
    query(cache, f"UPDATE entries SET value = {value} WHERE key = x'61'")
    assert cache.get([b"a", b"b"]) == {b"b": b""}


def test_a_value_is_believed_under_its_own_key_only(cache: Cache) -> None:
    query(cache, "UPDATE entries SET value = (SELECT value FROM entries WHERE key = x'61') WHERE key = x'62'")
    assert cache.get([b"a", b"b"]) == {b"a": b"one"}


def test_what_was_not_used_for_longest_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path, limit=300_000)
    for day in range(40):
        monkeypatch.setattr(module, "_today", lambda day=day: day)
        cache.put({bytes([day]): bytes(20_000)})
        cache.get([bytes([0])])
    left = sorted(key[0] for key in cache.get(bytes([day]) for day in range(40)))
    assert left[0] == 0, "it was used every day"
    assert left[1:] == list(range(left[1], 40))
    assert 5 < len(left) < 16
    assert cache.path.stat().st_size < 2 * cache.limit


def test_a_value_larger_than_the_limit_harms_nothing(tmp_path: Path) -> None:
    cache = Cache(tmp_path, limit=50_000)
    cache.put({b"large": bytes(100_000)})
    cache.put({b"small": b"x"})
    assert cache.get([b"small"]) == {b"small": b"x"}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_read(cache: Cache) -> None:
    cache.path.chmod(0o400)
    cache.folder.chmod(0o500)
    try:
        assert cache.get(VALUES) == VALUES
        cache.put({b"d": b"new"})
        assert cache.get([b"d"]) == {}
    finally:
        cache.folder.chmod(0o700)


def test_what_cannot_be_written_stops_nothing(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    real = sqlite3.connect

    def read_only(path: Path, **options: object) -> sqlite3.Connection:
        return real(f"file:{path}?mode=ro", uri=True, isolation_level=None)

    monkeypatch.setattr(sqlite3, "connect", read_only)
    monkeypatch.setattr(module, "_today", lambda: 1)
    assert cache.get(VALUES) == VALUES
    cache.put({b"d": b"new"})
    assert cache.get([b"d"]) == {}


def test_a_full_disk_stops_nothing(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    real = sqlite3.connect

    def full(path: Path, **options: object) -> sqlite3.Connection:
        database = real(path, isolation_level=None)
        pages = database.execute("PRAGMA page_count").fetchone()[0]
        database.execute(f"PRAGMA max_page_count = {pages}")
        return database

    monkeypatch.setattr(sqlite3, "connect", full)
    cache.put({b"d": bytes(1_000_000)})
    assert cache.get([*VALUES, b"d"]) == VALUES


def test_another_users_folder_is_left_alone(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 12_345, raising=False)
    assert cache.get(VALUES) == {}
    cache.put({b"d": b"new"})
    monkeypatch.undo()
    assert cache.get([*VALUES, b"d"]) == VALUES


def test_a_writer_that_takes_too_long_is_not_waited_for(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.05)
    with closing(sqlite3.connect(cache.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert cache.get(VALUES) == {}
        cache.put({b"d": b"new"})
        other.execute("ROLLBACK")
    assert cache.get([*VALUES, b"d"]) == VALUES


def _write(folder: Path, number: int) -> None:
    for each in range(20):
        Cache(folder).put({b"%d-%d" % (number, each): bytes([number]) * 1_000})


def test_processes_share_it(tmp_path: Path) -> None:
    processes = [get_context("spawn").Process(target=_write, args=(tmp_path, number)) for number in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    found = Cache(tmp_path).get(b"%d-%d" % (number, each) for number in range(3) for each in range(20))
    assert len(found) == 60
    assert all(value == bytes([int(key[:1])]) * 1_000 for key, value in found.items())


def test_the_environment_says_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AIKB_NO_CACHE", raising=False)
    monkeypatch.setenv("AIKB_CACHE_DIR", str(tmp_path))
    assert user_cache() == Cache(tmp_path)
    monkeypatch.setenv("AIKB_NO_CACHE", "1")
    assert user_cache() is None
    monkeypatch.delenv("AIKB_NO_CACHE")
    monkeypatch.delenv("AIKB_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    cache = user_cache()
    assert cache is not None
    assert cache.folder.name == "aikb" or "aikb" in cache.folder.parts
