"""Mask what opens and is never closed, where there is much of it: the parser looks for each end in all that follows."""

from __future__ import annotations

import re
from collections.abc import Mapping

_MARKS = (("<!--", "-->"), ("<?", "?>"), ("<![", "]]>"), ("<!", ">"))
_MANY = 50
"""A few cost nothing, and are read as GitHub reads them."""
_DEEPEST = 12_000
_NESTED = re.compile(
    rf"^[ \t]{{0,9}}(?:(?:>|(?:[-*+]|\d{{1,9}}[.)])(?=[ \t]))[ \t]{{0,9}}){{{_DEEPEST}}}", re.MULTILINE
)
"""A line of marks of quotes and lists, each inside the one before."""


class NestingError(Exception):
    """A text nests deeper than the parser can follow in time that grows with the text."""


def mask_unclosed(text: str, masks: Mapping[str, str]) -> str:
    """Mask the `<` of comments, instructions and declarations behind the last of their ends. Raises NestingError."""
    if len(text) >= _DEEPEST and _NESTED.search(text):
        raise NestingError(f"more than {_DEEPEST} quotes or lists in one another")
    for opening, closing in _MARKS:
        last = text.rfind(closing)
        last = max(last, 0)
        if text.count(opening, last) > _MANY:
            text = text[:last] + text[last:].replace(opening, masks["<"] + opening[1:])
    return text
