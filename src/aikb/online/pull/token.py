"""Find the reader's Readwise token: where it may come from, and that nobody else can read it there.

It gives all of an account away, so it is never read from `mkdocs.yml`, from an option that a shell would remember, or from a
file that could be committed with the notes.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from aikb.settings import SettingsError

VARIABLE = "READWISE_TOKEN"
WHERE = "https://readwise.io/access_token shows it"

_LIMIT = 4096


@dataclass(frozen=True, slots=True)
class Token:
    """A token, which is not shown where the value is."""

    secret: str = field(repr=False)
    origin: str
    """The variable or the file that it is from."""


def find_token(file: Path | None, environment: Mapping[str, str], folders: Iterable[Path]) -> Token:
    """Find the token: in `file` if that is given, else the environment, else the file in the user's configuration.

    `folders` are the knowledge base and where the highlights go; a file in them, or in their git repositories, is refused.
    Raises SettingsError, whose message never has anything of what was read.
    """
    if file is not None:
        return _read(file, folders)
    if environment.get(VARIABLE, "").strip():
        return _token(environment[VARIABLE], VARIABLE)
    file = _configured(environment)
    if not file.exists():
        raise SettingsError(f"no Readwise token: set {VARIABLE}, or write it to {file} (mode 600); {WHERE}")
    return _read(file, folders)


def _configured(environment: Mapping[str, str]) -> Path:
    """Find where the token is when nobody says so. XDG has relative paths ignored."""
    home = Path(environment.get("XDG_CONFIG_HOME", ""))
    return (home if home.is_absolute() else Path("~/.config").expanduser()) / "aikb" / "readwise-token"


def _read(file: Path, folders: Iterable[Path]) -> Token:
    """Read the token from a file, or a pipe, as `<(pass show readwise)` is one."""
    real = file.resolve()
    for folder in (inner for each in folders for inner in _grounds(each)):
        if real.is_relative_to(folder):
            raise SettingsError(
                f"{file}: a token is not kept in {folder}, where it could be published; move it elsewhere"
            )
    try:
        with file.open("rb") as opened:
            mode = os.fstat(opened.fileno()).st_mode
            if os.name == "posix" and stat.S_ISREG(mode) and mode & 0o077:
                raise SettingsError(f"{file}: others than you may read this token; `chmod 600` it")
            data = opened.read(_LIMIT)
    except OSError as error:
        raise SettingsError(f"{file}: the token cannot be read: {error.strerror}") from None
    return _token(data.decode("utf-8-sig", "replace"), str(file))


def _grounds(folder: Path) -> Iterator[Path]:
    """List a folder, and the git repository that it is in."""
    folder = folder.resolve()
    yield folder
    yield from [each for each in (folder, *folder.parents) if (each / ".git").exists()][:1]


def _token(text: str, origin: str) -> Token:
    """Check that a token can stand in a header. A library that refuses anything else would quote it in its message."""
    text = text.strip()
    if not re.fullmatch(r"[!-~]+", text):
        raise SettingsError(f"{origin}: this is no Readwise token, which is one word; {WHERE}")
    return Token(text, origin)
