"""Sort the headings of a glossary: which are terms, which only sort terms, and which are text around them.

A letter sorts, and so does a heading that calls itself a list of terms, or has no text of its own over headings, bold words or
a table. Where most headings of a level stand over several others each, they sort, in spite of a line of text. What stands
around the terms is known by its words, `changelog`; a word that may be a term, `introduction`, by its place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from aikb.model.document import Section
from aikb.read.glossary.entries import Entries, is_part
from aikb.read.glossary.labels import label, versus
from aikb.read.glossary.vocabulary import vocabulary
from aikb.text.folding import collation_key, folded

Sort: TypeAlias = Literal["term", "letter", "category", "question", "frame", "text"]
_SPREAD = r"\s*(?:[-–—/&,]|to|à|and|et)\s*"
LETTER = re.compile(
    rf"[^\w#+$@]*(?:letter |lettre )?(?:[^\W\d_](?:{_SPREAD}[^\W\d_])*|#|0{_SPREAD}9|[#@]{_SPREAD}\w|123"
    r"|numbers|symbols|nombres|chiffres|symboles)[\s.:*()\[\]–—-]*",
    re.IGNORECASE,
)
"""A heading of one letter, or of some, that sorts."""
_LETTERS = 80
"""Letters of a heading that may call itself a list."""
_SEVERAL = 2
"""Headings below one, or entries in its text, by which it may sort."""
_INTRODUCTION = 2
"""Blocks of text that a heading which sorts may have."""
_MOST = 0.6
"""The part of all headings of a level that sort, where each has a text of its own."""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with what stands under it."""

    title: str
    head: Section
    stop: int
    names: tuple[str, ...]
    """The headings of the next level below."""
    entries: Entries
    """What its own text holds."""
    sort: Sort = "term"


def sort_parts(parts: Sequence[Part], *, lettered: bool) -> list[Part]:
    """Sort headings of one level, each by itself and then by those beside it. Under a letter all are terms."""
    if lettered:
        return [replace(part, sort="question") if _is_question(part.title) else part for part in parts]
    sorts = _alone(parts)
    lonely = [at for at, part in enumerate(parts) if sorts[at] == "category" and _is_lonely(part)]
    if len(lonely) == sum(sort == "category" for sort in sorts):
        for at in lonely:
            sorts[at] = "term"
    spread = [at for at, part in enumerate(parts) if sorts[at] == "term" and _may_sort(part)]
    plain = [at for at, sort in enumerate(sorts) if sort == "term"]
    sorting = [at for at, sort in enumerate(sorts) if sort in ("category", "letter")]
    names = {folded(label(name)) for at in spread for name in parts[at].names}
    distinct = len(names) == sum(len(parts[at].names) for at in spread)
    if (
        spread
        and distinct
        and (len(spread) + len(sorting)) >= _MOST * (len(plain) + len(sorting))
        and len(spread) + len(sorting) > 1
    ):
        for at in spread:
            sorts[at] = "category"
    listed = any(sorts[at] == "category" and _is_list(parts[at]) for at in range(len(parts)))
    sorting = [at for at, sort in enumerate(sorts) if sort in ("category", "letter")]
    plain = [at for at, sort in enumerate(sorts) if sort == "term"]
    if listed or (sorting and len(sorting) >= len(plain)):
        for at in plain:
            sorts[at] = "text"
    elif sorting and 2 * len(sorting) < len(plain):
        for at in sorting:  # one list among many entries is an entry's
            if sorts[at] == "category" and not parts[at].names:
                sorts[at] = "term"
    return [replace(part, sort=sort) for part, sort in zip(parts, _framed(parts, sorts), strict=True)]


def _alone(parts: Sequence[Part]) -> list[Sort]:
    """Sort headings by what each is and has."""
    repeated = Counter(key for part in parts for key in {folded(label(name)) for name in _inside(part)})
    several = len([part for part in parts if _inside(part)]) > 1
    return [_sort(part, {key for key, count in repeated.items() if count > 1 and several}) for part in parts]


def _sort(part: Part, repeated: set[str]) -> Sort:
    inside = _inside(part)
    if LETTER.fullmatch(part.title.strip()):
        return "letter" if inside or not part.entries.rest else "term"
    if _is_question(part.title):
        return "question"
    if folded(label(part.title).strip(" :")) in vocabulary().framing:
        return "frame"
    if versus(label(part.title)) or not inside:
        return "term"
    if _is_list(part):
        return "category"
    if not part.names and folded(label(part.title).strip(" :")) in vocabulary().edges:
        return "frame"
    if part.entries.tabled and not part.names and len(part.entries.rest) <= _INTRODUCTION:
        return "category"
    parts_of_one = any(folded(label(name)) in repeated or is_part(label(name)) for name in inside)
    if parts_of_one or part.entries.rest:
        return "term"
    return "category"


def _is_lonely(part: Part) -> bool:
    """Tell whether a heading has nothing but one entry in its text, which may be its own definition in bold."""
    return not part.names and len(part.entries.found) < _SEVERAL and not part.entries.tabled and not _is_list(part)


def _inside(part: Part) -> tuple[str, ...]:
    """List what stands below a heading and may be terms."""
    return part.names or tuple(entry.title for entry in part.entries.found)


def _is_list(part: Part) -> bool:
    """Tell whether a heading calls itself a list of terms: `Terms`, `Acronyms`, `Glossaire`."""
    return (
        bool(_inside(part))
        and len(part.title) <= _LETTERS
        and bool(vocabulary().terms.fullmatch(label(part.title, whole=True).strip(" :")))
    )


def _may_sort(part: Part) -> bool:
    """Tell whether a heading with a text of its own may sort: it has several others below, or several entries in its text."""
    inside = _inside(part)
    return (
        len(inside) >= _SEVERAL
        and len(part.entries.rest) <= _INTRODUCTION
        and not versus(label(part.title))
        and not any(is_part(label(name)) for name in inside)
    )


def _framed(parts: Sequence[Part], sorts: Sequence[Sort]) -> list[Sort]:
    """Leave out the terms before the first and after the last that may be a frame, but in an alphabetical list."""
    result = list(sorts)
    titles = [label(part.title) for part, sort in zip(parts, sorts, strict=True) if sort == "term"]
    ordered = len(titles) > 2 and titles == sorted(titles, key=collation_key)
    for order in (range(len(parts)), range(len(parts) - 1, -1, -1)):
        for at in order:
            if (
                result[at] == "term"
                and not ordered
                and folded(label(parts[at].title).strip(" :")) in vocabulary().edges
            ):
                result[at] = "frame"
            elif result[at] not in ("frame", "question"):
                break
    return result


def _is_question(title: str) -> bool:
    """Tell whether a heading asks; one word and the mark, `LoRA ?`, is a term that somebody is not sure of."""
    return title.rstrip(" *_").endswith("?") and len(re.findall(r"\w+", title)) > 1
