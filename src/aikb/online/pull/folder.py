"""Read what earlier runs left in the folder: the books by their ids, and until when they are known.

A file is one of ours if its name ends in the id of the one book that it holds; any other is never touched. What Git's conflict
markers have made of one is asked for anew.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from aikb.online.pull.book import Book, ShapeError, parse_json, read_page
from aikb.settings import SettingsError
from aikb.system.regular_file import read_regular

STATE = ".readwise-pull.json"
"""To be committed with the books: a checkout of an older commit then knows that it is older."""

_VERSION = 1
_NAME = re.compile(r"(?:.*-)?(\d{1,18})\.json", re.DOTALL)
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@dataclass(frozen=True, slots=True)
class Held:
    """A book's file."""

    name: str
    data: bytes
    book: Book | None
    """None where the file is damaged."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The files of books by id, most often one, and when Readwise was last asked."""

    books: Mapping[int, tuple[Held, ...]]
    since: str
    """By Readwise's clock, as its API wants it; empty where all is to be fetched."""

    @property
    def damaged(self) -> tuple[int, ...]:
        """The books that have no file which can be read."""
        return tuple(id_ for id_, files in self.books.items() if all(file.book is None for file in files))

    def book(self, id_: int) -> Book | None:
        """Read a book from its file."""
        return next((file.book for file in self.books.get(id_, ()) if file.book), None)


def read_folder(path: Path) -> Folder:
    """Read what is there; nothing where there is no folder yet. Raises SettingsError for what cannot be read."""
    books: defaultdict[int, list[Held]] = defaultdict(list)
    try:
        if not path.exists():
            return Folder({}, "")
        for file in sorted(path.iterdir()):
            name = _NAME.fullmatch(file.name)
            if name and not file.name.startswith(".") and file.is_file():
                held = _held(file, int(name[1]))
                if held:
                    books[int(name[1])].append(held)
        state = path / STATE
        since = _since(read_regular(state)) if state.exists() else ""
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from None
    files = {id_: tuple(sorted(each, key=lambda held: held.book is None)) for id_, each in books.items()}
    return Folder(files, since if files else "")


def _held(file: Path, id_: int) -> Held | None:
    data = read_regular(file)
    try:
        page = read_page(parse_json(data))
    except ShapeError:
        return None
    except ValueError:
        return Held(file.name, data, None)
    ours = len(page.books) == 1 and page.books[0].id == id_
    return Held(file.name, data, page.books[0]) if ours else None


def _since(data: bytes) -> str:
    try:
        state = parse_json(data)
    except ValueError:
        return ""
    since = state.get("updatedAfter") if isinstance(state, dict) and state.get("version") == _VERSION else None
    return since if isinstance(since, str) and _TIME.fullmatch(since) else ""


def state_bytes(since: datetime) -> bytes:
    """Write the file that remembers when Readwise was asked."""
    return f"{json.dumps({'version': _VERSION, 'updatedAfter': f'{since:%Y-%m-%dT%H:%M:%SZ}'}, indent=1)}\n".encode()


def same_file(one: str, other: str) -> bool:
    """Tell whether two names may be one file: macOS and Windows do not tell case and ways of writing accents apart."""
    first, second = (
        unicodedata.normalize("NFC", unicodedata.normalize("NFC", each).casefold()) for each in (one, other)
    )
    return first == second
