"""Record what translations were made of, so that a change of the original is noticed where there is no repository.

`aikb check --update-translations` writes `translations.json` beside `mkdocs.yml`, to be committed: for each translation the
file it translates, and digests of both texts as they were then. An entry is kept while only the original has changed: that is
what makes the translation stale.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from aikb.model.document import Document
from aikb.settings import SettingsError
from aikb.system.atomic_write import write_if_changed
from aikb.system.git_edits import Edit
from aikb.system.regular_file import is_there, read_regular_text

FILE = "translations.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """A translation as it was recorded."""

    of: str
    """The path of the original."""
    original: str
    """Digest of the original's text."""
    own: str
    """Digest of the translation's text."""


def _unknown() -> Mapping[str, int]:
    return {}


def _unedited() -> Mapping[str, tuple[Edit, ...]]:
    return {}


def _whole() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of the files' past."""

    recorded: Mapping[str, Entry] = field(default_factory=dict)
    """By path of the translation."""
    changed: Callable[[], Mapping[str, int]] = _unknown
    """When each file was changed last, in seconds since 1970, by path; asked for only where there are translations."""
    edited: Callable[[], Mapping[str, tuple[Edit, ...]]] = _unedited
    """How each note was changed, the latest first, by path; asked for only where a site is made."""
    shallow: Callable[[], bool] = _whole
    """Whether the history was left out of the clone, so that every file seems to be as old as the last commit."""


def digest(document: Document) -> str:
    """Hash a text: a short name of it."""
    return hashlib.sha256(document.source.text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def updated(recorded: Mapping[str, Entry], pairs: Iterable[tuple[Document, Document]]) -> dict[str, Entry]:
    """Make the entries that should be recorded now, of pairs of an original and a translation.

    Where only the original changed, the entry stays: the translation has yet to follow.
    """
    entries: dict[str, Entry] = {}
    for first, translation in pairs:
        now = Entry(first.path, digest(first), digest(translation))
        before = recorded.get(translation.path)
        entries[translation.path] = before if before and (before.of, before.own) == (now.of, now.own) else now
    return entries


def read_translations(folder: Path) -> Mapping[str, Entry]:
    """Read what `translations.json` records; nothing where there is none. Raises SettingsError for one that cannot be read."""
    path = folder / FILE
    if not is_there(path):
        return {}
    try:
        pages = json.loads(read_regular_text(path))["pages"]
        return {
            str(page): Entry(str(each["of"]), str(each["original"]), str(each["own"])) for page, each in pages.items()
        }
    except OSError as error:
        raise SettingsError(f"{FILE}: cannot be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SettingsError(f"{FILE}: cannot be read: {error.__class__.__name__}: {error}") from None


def write_translations(folder: Path, entries: Mapping[str, Entry]) -> bool:
    """Write `translations.json`; whether that changed it. Raises SettingsError where it cannot be written."""
    try:
        return write_if_changed(folder / FILE, to_json(entries))
    except OSError as error:
        raise SettingsError(f"{FILE}: cannot be written: {error.strerror}") from None


def to_json(entries: Mapping[str, Entry]) -> str:
    """Write the text of `translations.json`, sorted by path."""
    pages = {
        path: {"of": each.of, "original": each.original, "own": each.own} for path, each in sorted(entries.items())
    }
    return json.dumps({"version": 1, "pages": pages}, ensure_ascii=False, indent=1) + "\n"
