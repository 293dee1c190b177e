"""The sections of a long note one by one: those that bear numbers, as the slides of a talk do, or those of its main level."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Literal, TypeAlias

from aikb.model.document import Document, Section
from aikb.model.node import Node
from aikb.model.site import Slot
from aikb.relate.numbered import is_series, main_level, number_of
from aikb.render.inlines import SLIDE_NUMBER

_FEWEST, _LONG = 5, 12
"""How many sections with numbers, or without, are worth going through one by one."""
_LABEL = re.compile(r"\s*(?:[^\W\d_]{1,12}\s+)?\d{1,4}(?:[.:)](?=\s))?")
"""The number that a heading begins with, with the word before it: `12`, `12.`, `Slide 12:`."""

State: TypeAlias = Literal["text", "evidence", "nothing"]
"""What is under a heading: words, highlights alone, or neither."""


def steps(document: Document, state: Callable[[Section], State]) -> tuple[Mapping[str, Slot], Slot | None]:
    """What leads from section to section: a slot for each of them by its id, and where they are numbered a strip of all."""
    sections = [section for section in document.sections[1 if document.titled else 0 :] if section.id]
    found = {section.id: number for section in sections if (number := number_of(section.title))}
    level = main_level([section for section in sections if section.id in found])
    own = [section for section in sections if section.level == level]
    numbered = [section for section in own if section.id in found]
    if is_series([int(found[section.id]) for section in numbered], len(own), _FEWEST):
        ticks = tuple((f"#{each.id}", found[each.id], each.title, state(each)) for each in numbered)
        return _bars(numbered, found, document.lang), Slot("strip", {"ticks": ticks, "around": document.lang})
    level = main_level(sections)
    plain = [section for section in sections if section.level == level]
    return (_bars(plain, {}, document.lang) if len(plain) >= _LONG else {}), None


def labelled(heading: Node) -> Node:
    """Mark the number that a heading begins with, so that it is shown as a label."""
    first = heading.children[0] if heading.children else None
    number = _LABEL.match(first.text) if first is not None and first.kind == "text" else None
    if first is None or number is None or len(first.text) != first.end - first.start:
        return heading  # else something in it is escaped, and offsets inside it are unknown
    end, (opening, closing) = first.start + number.end(), SLIDE_NUMBER
    label = (
        Node("tag", first.start, first.start, text=opening),
        replace(first, end=end, text=number[0]),
        Node("tag", end, end, text=closing),
        replace(first, start=end, text=first.text[number.end() :]),
    )
    return heading.with_children([*label, *heading.children[1:]])


def _bars(sections: Sequence[Section], numbers: Mapping[str, str], lang: str) -> Mapping[str, Slot]:
    around = [None, *sections, None]
    return {
        section.id: Slot(
            "steps",
            {
                "previous": _neighbour(before, numbers),
                "next": _neighbour(after, numbers),
                "at": at,
                "count": len(sections),
                "numbered": bool(numbers),
                "around": lang,
            },
        )
        for at, (before, section, after) in enumerate(zip(around, sections, around[2:], strict=False), 1)
    }


def _neighbour(section: Section | None, numbers: Mapping[str, str]) -> tuple[str, str, str] | None:
    """The address, number and title of a section."""
    return (f"#{section.id}", numbers.get(section.id, ""), section.title) if section else None
