"""The sections of a long note one by one: those that bear numbers, as the slides of a talk do, or those of its main level."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Literal, TypeAlias

from aikb.model.document import Document, Section
from aikb.model.site import Slot

_NUMBER = re.compile(
    r"(?:(?:slide|page|p\.|diapo(?:sitive)?|planche)\s*)?(\d{1,4})(?:\s*[.:)\u2013\u2014-])?\s+\S", re.IGNORECASE
)
_FEWEST, _LONG = 5, 12
"""How many sections with numbers, or without, are worth going through one by one."""
_SHARE = 0.6
"""How many sections of their level must bear a number."""

State: TypeAlias = Literal["text", "evidence", "nothing"]
"""What is under a heading: words, highlights alone, or neither."""


def steps(document: Document, state: Callable[[Section], State]) -> tuple[Mapping[str, Slot], Slot | None]:
    """What leads from section to section: a slot for each of them by its id, and where they are numbered a strip of all."""
    sections = [section for section in document.sections[1 if document.titled else 0 :] if section.id]
    found = {section.id: match[1] for section in sections if (match := _NUMBER.match(section.title))}
    level = _main_level([section for section in sections if section.id in found])
    own = [section for section in sections if section.level == level]
    numbered = [section for section in own if section.id in found]
    if _is_series([int(found[section.id]) for section in numbered], len(own)):
        ticks = tuple((f"#{each.id}", found[each.id], each.title, state(each)) for each in numbered)
        return _bars(numbered, found, document.lang), Slot("strip", {"ticks": ticks, "around": document.lang})
    level = _main_level(sections)
    plain = [section for section in sections if section.level == level]
    return (_bars(plain, {}, document.lang) if len(plain) >= _LONG else {}), None


def _main_level(sections: Sequence[Section]) -> int:
    """The level that most sections have, the higher one of two."""
    levels = Counter(section.level for section in sections)
    return max(levels, key=lambda each: (levels[each], -each), default=0)


def _is_series(numbers: Sequence[int], among: int) -> bool:
    """Whether numbers are those of slides or chapters: several, one higher than the other, and on most headings."""
    return len(numbers) >= max(_FEWEST, _SHARE * among) and all(one < other for one, other in pairwise(numbers))


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
