"""Mask what opens and is never closed, where there is much of it: the parser looks for each end in all that follows."""

from __future__ import annotations

import re
from collections.abc import Mapping

_MARKS = (("<!--", "-->"), ("<?", "?>"), ("<![", "]]>"), ("<!", ">"))
_MANY = 50
"""A few cost nothing, and are read as GitHub reads them."""
_QUOTES = re.compile(r"^[ \t]{0,9}(?:>[ \t]{0,9}){12000}", re.MULTILINE)


class NestingError(Exception):
    """A text nests deeper than the parser can follow in time that grows with the text."""


def mask_unclosed(text: str, masks: Mapping[str, str]) -> str:
    """Mask the `<` of comments, instructions and declarations behind the last of their ends. Raises NestingError."""
    if text.count(">") > 12_000 and _QUOTES.search(text):
        raise NestingError("more than 12000 quotes in one another")
    for opening, closing in _MARKS:
        last = text.rfind(closing)
        last = max(last, 0)
        if text.count(opening, last) > _MANY:
            text = text[:last] + text[last:].replace(opening, masks["<"] + opening[1:])
    return text
