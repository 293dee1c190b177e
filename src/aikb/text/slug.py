r"""Slugify headings by GitHub's rule.

From the heading's visible text: lower case; everything goes but letters, marks, decimal digits, connector punctuation, `-`
and spaces; each space becomes `-`; a repeat gets `-1`, `-2`. That is Ruby's `[^\p{Word}\- ]` in html-pipeline's
table-of-contents filter, and github-slugger's numbering. Two deviations, so that ids can be typed: letters of the
Mathematical Alphanumeric Symbols block become plain ones, and ids are NFC.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable

_KEPT = {"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Pc"}


_ASCII = {code: None for code in range(128) if chr(code) not in "-_" and not chr(code).isalnum()} | {ord(" "): "-"}
"""The same for ASCII: what goes, and what a space becomes."""


def plain_letters(text: str) -> str:
    """Replace styled letters (`𝗧𝗵𝗲`, U+1D400 to U+1D7FF) by the letters they stand for."""
    if text.isascii() or not any("\U0001d400" <= char <= "\U0001d7ff" for char in text):
        return text
    return "".join(
        unicodedata.normalize("NFKC", char) if "\U0001d400" <= char <= "\U0001d7ff" else char for char in text
    )


def slug(text: str) -> str:
    """Slugify the visible text of a heading as GitHub does, before repeats are numbered."""
    if text.isascii():
        return text.strip().lower().translate(_ASCII)
    text = unicodedata.normalize("NFC", plain_letters(text.strip())).lower()
    return "".join("-" if char == " " else char for char in text if char in " -" or unicodedata.category(char) in _KEPT)


class Slugger:
    """Numbers the repeats of one page, as github-slugger does."""

    def __init__(self) -> None:
        """Start a page."""
        self._seen: dict[str, int] = {}

    def __call__(self, text: str) -> str:
        """Make the id of the next heading of the page; repeats are numbered."""
        base = result = slug(text)
        while result in self._seen:
            self._seen[base] += 1
            result = f"{base}-{self._seen[base]}"
        self._seen[result] = 0
        return result


class Names:
    """Gives every name once: one that is taken is numbered, and its number remembered, so that n equal ones cost n steps."""

    def __init__(self, taken: Iterable[str] = (), *, first: int = 1, key: Callable[[str], str] = str) -> None:
        """Begin with the names that are `taken`; `first` is the number of a repeat, `key` what two names are compared by."""
        self._key, self._first = key, first
        self._taken = {key(name) for name in taken}
        self._numbers: dict[tuple[str, str], int] = {}

    def __call__(self, base: str, ending: str = "") -> str:
        """Take the name, or `base-1`, `base-2` and so on, whichever is the first that is free; `ending` follows the number."""
        name = base + ending
        number = self._numbers.get((base, ending), self._first)
        while self._key(name) in self._taken:
            name = f"{base}-{number}{ending}"
            number += 1
        self._numbers[base, ending] = number
        self._taken.add(self._key(name))
        return name
