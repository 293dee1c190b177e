"""Know which files and folders are no content: what programs install, and what `.gitignore` names.

The patterns are git's own, of every `.gitignore` from the top of the repository down. Those above the notes that name the notes
folder itself do not count: its author keeps it out of git, not off the site.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pathspec import GitIgnoreSpec

from aikb.system.regular_file import is_file, is_there, read_regular

_INSTALLED = frozenset({"node_modules", "bower_components", "__pycache__", "__MACOSX"})
_LARGEST = 4_000_000
"""Bytes of a `.gitignore`."""
_ENVIRONMENT = "pyvenv.cfg"
"""Stands in every virtual environment of Python's, whatever its folder is called."""


class Ignored:
    """What under a folder is no content."""

    def __init__(self, top: Path) -> None:
        """Take the folder of notes."""
        top = top.absolute()
        self._above: list[tuple[Path, GitIgnoreSpec]] = []
        for folder in reversed(_in_repository(top)):
            spec = _patterns(folder)
            if spec is not None and not _matches(spec, folder, top, is_folder=True):
                self._above.append((folder, spec))
        self._top = top
        self._specs = cache(self._applying)

    def __call__(self, path: Path, *, is_folder: bool) -> bool:
        """Tell whether a file or folder below the top is no content; those above it are known to be."""
        if is_folder and (path.name in _INSTALLED or is_file(path / _ENVIRONMENT)):
            return True
        path = path.absolute()
        verdict = False
        for folder, spec in self._specs(path.parent):
            outcome = spec.check_file(_relative(folder, path, is_folder=is_folder)).include
            verdict = verdict if outcome is None else outcome
        return verdict

    def _applying(self, folder: Path) -> tuple[tuple[Path, GitIgnoreSpec], ...]:
        """List the patterns that apply in a folder, the outermost first: of two that match, the last counts."""
        above = (
            self._specs(folder.parent) if folder != self._top and self._top in folder.parents else tuple(self._above)
        )
        own = _patterns(folder)
        return (*above, (folder, own)) if own is not None else above


def _in_repository(top: Path) -> list[Path]:
    """List the folders above one, up to the top of the repository; where there is none, the next folder alone."""
    above: list[Path] = []
    if is_there(top / ".git"):
        return above
    for folder in top.parents:
        above.append(folder)
        if is_there(folder / ".git"):
            return above
    return above[:1]


def _patterns(folder: Path) -> GitIgnoreSpec | None:
    file = folder / ".gitignore"
    try:
        if not is_file(file):
            return None
        text = read_regular(file, _LARGEST).decode("utf-8", "replace")
    except OSError:
        return None
    lines = []
    for line in text.splitlines():
        try:
            GitIgnoreSpec.from_lines([line])
        except ValueError:
            continue  # git skips what is no pattern
        lines.append(line)
    return GitIgnoreSpec.from_lines(lines)


def _matches(spec: GitIgnoreSpec, folder: Path, path: Path, *, is_folder: bool) -> bool:
    return bool(spec.check_file(_relative(folder, path, is_folder=is_folder)).include)


def _relative(folder: Path, path: Path, *, is_folder: bool) -> str:
    return path.relative_to(folder).as_posix() + ("/" if is_folder else "")
