"""Files are replaced together or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from aikb.system.atomic_write import replace_files
from conftest import contents


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in "abc":
        (tmp_path / name).write_bytes(name.encode())
    return tmp_path


def failing(original: Callable[[Path, Path], Path], last: str, error: BaseException) -> Callable[[Path, Path], Path]:
    def replace(self: Path, target: Path) -> Path:
        if self.parent.name == "new" and target.name == last:
            raise error
        return original(self, target)

    return replace


def test_files_are_written_and_removed(folder: Path) -> None:
    replace_files(folder, {"a": b"new", "b": None, "d": b"", "e": None})
    assert contents(folder) == {"a": b"new", "c": b"c", "d": b""}


def test_files_may_lie_in_folders_that_are_not_there_yet(folder: Path) -> None:
    replace_files(folder, {"x/y/d": b"new", "a": b"new"})
    replace_files(folder, {"x/y/d": b"newer", "x/e": b"", "x/f": None})
    assert contents(folder) == {"a": b"new", "b": b"b", "c": b"c", "x/e": b"", "x/y/d": b"newer"}


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_what_was_replaced_is_put_back(folder: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    monkeypatch.setattr(Path, "replace", failing(Path.replace, "c", error))
    with pytest.raises(type(error)):
        replace_files(folder, {"a": b"new", "b": None, "d": b"new", "c": b"new", "e": b"new"})
    assert contents(folder) == {"a": b"a", "b": b"b", "c": b"c"}


def test_what_cannot_be_written_changes_nothing(folder: Path) -> None:
    with pytest.raises(OSError, match="too long"):
        replace_files(folder, {"a": b"new", "n" * 300: b"new"})
    assert contents(folder) == {"a": b"a", "b": b"b", "c": b"c"}


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_a_file_keeps_its_permissions_and_a_new_one_gets_the_usual(folder: Path) -> None:
    (folder / "a").chmod(0o640)
    (folder / "usual").write_bytes(b"")
    replace_files(folder, {"a": b"new", "d": b"new"})
    assert (folder / "a").stat().st_mode & 0o777 == 0o640
    assert (folder / "d").stat().st_mode == (folder / "usual").stat().st_mode
