"""Remember ids that were published once, so that renaming a heading breaks no link of anybody's.

`aikb check --update-anchors` writes `anchors.json` beside `mkdocs.yml`, to be committed: for each note the ids of its
headings in their order, each followed by the ids it had before; then, empty, those that nothing has any more. A renamed
heading keeps its old ids as aliases.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from difflib import SequenceMatcher
from pathlib import Path

from rapidfuzz import fuzz

from aikb.model.document import Document
from aikb.settings import SettingsError
from aikb.system.atomic_write import write_if_changed
from aikb.system.regular_file import is_there, read_regular_text
from aikb.text.reserved import is_reserved

FILE = "anchors.json"

_LONGEST = 1_000
"""Characters of an id."""

Remembered = Mapping[str, Mapping[str, str]]
"""By path of a source: each id that was published, and the id that it is now: the same where nothing changed, empty where the
heading is gone."""


def read_anchors(folder: Path) -> Remembered:
    """Read what `anchors.json` remembers; nothing where there is none. Raises SettingsError for a file that cannot be read."""
    path = folder / FILE
    if not is_there(path):
        return {}
    try:
        pages = json.loads(read_regular_text(path))["pages"]
        return {
            str(page): {str(old): str(new) for old, new in ids.items() if _is_id(str(old))}
            for page, ids in pages.items()
        }
    except OSError as error:
        raise SettingsError(f"{FILE}: cannot be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SettingsError(f"{FILE}: cannot be read: {error.__class__.__name__}: {error}") from None


def _is_id(name: str) -> bool:
    """Tell whether an id may stand on a page: the file is edited by hand, merged, and sent by others."""
    return 0 < len(name) <= _LONGEST and name.isprintable() and " " not in name and not is_reserved(name)


def write_anchors(folder: Path, pages: Remembered) -> bool:
    """Write `anchors.json`; whether that changed it. Raises SettingsError where it cannot be written."""
    try:
        return write_if_changed(folder / FILE, to_json(pages))
    except OSError as error:
        raise SettingsError(f"{FILE}: cannot be written: {error.strerror}") from None


def updated(
    remembered: Remembered, documents: Iterable[Document], private: Collection[str] = ()
) -> dict[str, dict[str, str]]:
    """Update what is remembered of these documents: every id they ever had, and where it leads now.

    What a draft had is kept for the day it is published again; a note that was renamed is known by its headings.
    """
    documents = list(documents)
    pages = {path: dict(remembered[path]) for path in private if path in remembered}
    gone = remembered.keys() - {document.path for document in documents} - set(private)
    for document in documents:
        now = list(dict.fromkeys(section.id for section in document.sections))
        former = (
            document.path
            if document.path in remembered
            else _former_path(now, {path: remembered[path] for path in gone})
        )
        before = remembered.get(former, {})
        moved = _moved([new for new in before.values() if new], now)
        leads = {old: moved.get(new, new) for old, new in before.items()}
        ids: dict[str, str] = {}
        for identifier in now:
            ids[identifier] = identifier
            ids |= {old: new for old, new in leads.items() if new == identifier and old not in now}
        ids |= {old: "" for old in leads if old not in ids}
        if ids:
            pages[document.path] = ids
    return pages


def _former_path(now: Collection[str], gone: Remembered) -> str:
    """Detect a renamed note: which of the notes that are gone had these headings, or half of them all; empty for none."""
    alike = {path: _overlap({*ids.values()} - {""}, set(now)) for path, ids in gone.items()}
    best = max(alike, key=lambda path: (alike[path], path), default="")
    return best if alike.get(best, 0) >= 0.5 else ""


def _overlap(some: AbstractSet[str], others: AbstractSet[str]) -> float:
    return len(some & others) / max(len(some | others), 1)


def _moved(before: list[str], now: list[str]) -> dict[str, str]:
    """Match ids that are gone with those that stand in their place: between the same neighbours, and alike."""
    before = list(dict.fromkeys(before))
    moves: dict[str, str] = {}
    present = set(now)
    for tag, start, end, new_start, new_end in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if tag != "replace":
            continue
        gone = [each for each in before[start:end] if each not in present]
        fresh = [each for each in now[new_start:new_end] if each not in before]
        if len(gone) == len(fresh):
            moves.update(zip(gone, fresh, strict=True))
            continue
        for each in gone:
            best = max(fresh, key=lambda other: (fuzz.ratio(each, other), other), default="")
            if best and fuzz.ratio(each, best) >= 60:
                moves[each] = best
    return moves


def to_json(pages: Remembered) -> str:
    """Write the text of `anchors.json`, notes sorted, one id a line, so that merges are easy."""
    pages = {path: pages[path] for path in sorted(pages)}
    return json.dumps({"version": 1, "pages": pages}, ensure_ascii=False, indent=1) + "\n"
