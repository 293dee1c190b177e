"""Write files atomically: all of them or none, and none ever half."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath


def replace_files(folder: Path, changes: Mapping[str, bytes | None]) -> None:
    """Give files of `folder` or below new bytes, or remove them where that is None, in the order given; paths are POSIX.

    Everything is written beside its place first, so that a full disk is met before anything changes; where a later step fails,
    or somebody stops it, what was replaced is put back. A file keeps its permissions. Raises OSError.
    """
    staging = Path(tempfile.mkdtemp(dir=folder, prefix=".aikb-"))
    new, old = staging / "new", staging / "old"
    done: list[str] = []
    try:
        _stage(folder, new, old, changes)
        for name, data in changes.items():
            done.append(name)
            if data is not None:
                (new / name).replace(folder / name)
            else:
                (folder / name).unlink(missing_ok=True)
    except BaseException:
        for name in reversed(done):
            with suppress(OSError):
                if (old / name).exists():
                    (old / name).replace(folder / name)
                elif not (new / name).exists():
                    (folder / name).unlink(missing_ok=True)
        raise
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _stage(folder: Path, new: Path, old: Path, changes: Mapping[str, bytes | None]) -> None:
    """Write the new bytes to one folder, copies of what they replace to another."""
    for parent in sorted({PurePosixPath(name).parent for name in changes}):
        for top in (new, old):
            (top / parent).mkdir(parents=True, exist_ok=True)
    for name, data in changes.items():
        if data is not None:
            (new / name).write_bytes(data)
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if (folder / name).exists():
            shutil.copy2(folder / name, old / name)
            if data is not None:
                (new / name).chmod((folder / name).stat().st_mode & 0o7777)


def write_if_changed(path: Path, text: str) -> bool:
    """Write a text, with line feeds, unless the file has it already; whether that changed it. Raises OSError."""
    if path.is_file() and path.read_bytes() == text.encode():
        return False
    path.write_text(text, encoding="utf-8", newline="\n")
    return True
