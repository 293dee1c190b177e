"""Ids that were published once, so that renaming a heading breaks no link of anybody's.

`aikb check --update-anchors` writes `anchors.json` beside `mkdocs.yml`, to be committed: for each note the ids of its
headings, and what became of those that are gone. A renamed heading keeps its old id as an alias.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from pathlib import Path

from rapidfuzz import fuzz

from aikb.model import Document
from aikb.settings import SettingsError

FILE = "anchors.json"

Remembered = Mapping[str, Mapping[str, str]]
"""By path of a source: each id that was published, and the id that it is now; the same where nothing changed."""


def read_anchors(folder: Path) -> Remembered:
    """What `anchors.json` remembers; nothing where there is none. Raises SettingsError for a file that cannot be read."""
    path = folder / FILE
    if not path.is_file():
        return {}
    try:
        pages = json.loads(path.read_text(encoding="utf-8"))["pages"]
        return {str(page): {str(old): str(new) for old, new in ids.items()} for page, ids in pages.items()}
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise SettingsError(f"{FILE}: cannot be read: {error.__class__.__name__}: {error}") from None


def updated(remembered: Remembered, documents: Iterable[Document]) -> dict[str, dict[str, str]]:
    """What should be remembered of these documents: every id they ever had, and where it leads now."""
    pages: dict[str, dict[str, str]] = {}
    for document in documents:
        now = [section.id for section in document.sections]
        before = remembered.get(document.path, {})
        moved = _moved(list(before.values()), now)
        ids = {old: moved.get(new, new) for old, new in before.items()}
        ids |= {identifier: identifier for identifier in now}
        if ids:
            pages[document.path] = ids
    return pages


def _moved(before: list[str], now: list[str]) -> dict[str, str]:
    """Ids that are gone, each with the one that stands in its place: between the same neighbours, and alike."""
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


def to_json(pages: Mapping[str, Mapping[str, str]]) -> str:
    """The text of `anchors.json`, sorted, one id a line, so that merges are easy."""
    return json.dumps({"version": 1, "pages": pages}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
