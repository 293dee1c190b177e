"""Write what changed into the staged folder, remove what an earlier run wrote and this one does not, and let the rest be."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from aikb.settings import SettingsError

LIST = ".aikb-staged.json"
"""What earlier runs wrote, so that nobody else's files are removed."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a run did to the folder."""

    files: int
    changed: int
    removed: int


def claim(folder: Path) -> frozenset[str]:
    """Make sure that a folder is ours, or empty; the files that earlier runs wrote. Raises SettingsError."""
    if (folder / LIST).is_file():
        try:
            return frozenset(map(str, json.loads((folder / LIST).read_text(encoding="utf-8"))["files"]))
        except (OSError, ValueError, KeyError, TypeError):
            raise SettingsError(f"{folder / LIST}: cannot be read; remove the folder, and stage anew") from None
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SettingsError(f"{folder}: there is something else; name a folder that is empty or does not exist")
    return frozenset()


def write_folder(folder: Path, earlier: Iterable[str], files: Mapping[str, bytes]) -> Written:
    """Give a folder these files, by path from it. Raises SettingsError where it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        names = sorted(files)
        _list(folder, {*earlier, *names})  # before anything, so that what a stopped run wrote is known
        gone = sorted(set(earlier) - files.keys())
        removed = sum(_remove(folder, name) for name in gone)
        changed = sum(_write(folder / name, files[name]) for name in names)
        _list(folder, names)
    except OSError as error:
        raise SettingsError(f"{folder}: cannot be written: {(error.strerror or str(error)).lower()}") from None
    return Written(len(files), changed, removed)


def _list(folder: Path, names: Iterable[str]) -> None:
    text = json.dumps({"version": 1, "files": sorted(names)}, ensure_ascii=False, indent=1) + "\n"
    _write(folder / LIST, text.encode())


def _write(path: Path, data: bytes) -> bool:
    """Write a file unless it is so already; whether that changed it. Whoever wrote through a link would write elsewhere."""
    if path.is_symlink():
        path.unlink()
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return True


def _remove(folder: Path, name: str) -> bool:
    """Remove a file that an earlier run wrote, and the folders that it leaves empty."""
    path = folder / name
    if ".." in Path(name).parts or Path(name).is_absolute() or not (path.is_file() or path.is_symlink()):
        return False
    path.unlink()
    for parent in path.parents:
        if parent == folder or any(parent.iterdir()):
            break
        parent.rmdir()
    return True
