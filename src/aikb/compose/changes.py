"""What changed in a note lately, as git knows: under its title, the days with the sections that were added or revised."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from aikb.compose.tree import Tree
from aikb.model.document import Document
from aikb.model.site import Slot
from aikb.text.headings import heading_key, heading_text

_DAYS, _SECTIONS = 5, 6
"""How many days are told, and sections of each kind on one."""
_CUT = 70
"""Bytes after which git may have cut a heading."""


def changes(document: Document, tree: Tree) -> tuple[Slot, ...]:
    """Tell the last changes of a note; nothing where none is known, or its front matter hides them (`hide: [changes]`)."""
    edits = tree.ways.edits.get(document.path, ())
    if not edits or document.work is not None or "changes" in document.metadata.hide:
        return ()
    sections = _by_heading(document)
    days: dict[str, dict[str, dict[str, str]]] = {}
    told = set[str]()
    for edit in edits:
        added, revised = _found(edit.added, sections), _found(edit.revised, sections)
        if not added and not revised:
            continue
        day = dt.datetime.fromtimestamp(edit.seconds, dt.UTC).date().isoformat()
        if day not in days and len(days) == _DAYS:
            break
        kinds = days.setdefault(day, {"added": {}, "revised": {}})
        kinds["added"] |= added
        kinds["revised"] |= {key: title for key, title in revised.items() if key not in told}
        told |= revised.keys()
    rows = tuple(row for day, kinds in days.items() if (row := _row(day, kinds)))
    return (Slot("changes", {"rows": rows, "text_lang": document.lang}),) if rows else ()


def _row(day: str, kinds: Mapping[str, Mapping[str, str]]) -> dict[str, Any] | None:
    """A day's sections: those that were added, and of the others those that no later day tells."""
    added = tuple(kinds["added"].items())
    revised = tuple((key, title) for key, title in kinds["revised"].items() if key not in kinds["added"])
    if not added and not revised:
        return None
    cut = max(len(added) - _SECTIONS, 0) + max(len(revised) - _SECTIONS, 0)
    return {"day": day, "added": added[:_SECTIONS], "revised": revised[:_SECTIONS], "more": cut}


def _by_heading(document: Document) -> dict[str, tuple[str, str]]:
    """The id and title of each section by what its heading says in the file; nothing by what two say, nor the title."""
    text = document.source.text
    found: dict[str, tuple[str, str]] = {}
    for section in document.sections[1 if document.titled else 0 :]:
        key = heading_key(heading_text(text[section.span.start : section.span.end]))
        found[key] = ("", "") if key in found else (section.id, section.title)
    return {key: each for key, each in found.items() if each[0]}


def _found(headings: Iterable[str], sections: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """The titles, by id, of those headings that the note still has."""
    known: dict[str, str] = {}
    for heading in headings:
        key = heading_key(heading_text(heading))
        if key not in sections and len(heading.encode()) >= _CUT:
            key = next((each for each in sections if each.startswith(key)), key)
        if key in sections:
            name, title = sections[key]
            known[name] = title
    return known
