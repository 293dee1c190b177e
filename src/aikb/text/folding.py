"""Fold texts for comparison: case, accents, ligatures. What is shown is never folded."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_JOINERS = re.compile(r"[\s_\-‐‑–—']+")

_NUMBER = re.compile(r"[0-9]+")
_SIGNS = re.compile(r"^[\W_]+(?=\w)")


class _Unaccented(dict[int, int | str | None]):
    """What becomes of each character of a decomposed text, found as it is met: `str.translate` asks for none twice."""

    def __missing__(self, code: int) -> int | None:
        """Keep a character, but for an accent."""
        kept = self[code] = None if unicodedata.combining(chr(code)) else code
        return kept


_LETTERS = _Unaccented({ord(char): letters for char, letters in zip("œŒæÆ", ("oe", "OE", "ae", "AE"), strict=True)})
"""The ligatures are those that Unicode takes for letters of their own."""


def unaccented(text: str) -> str:
    """Strip accents and ligatures: `Modèle` and `Modele`, `ﬁx` and `fix`, `Œuvre` and `OEuvre` are equal."""
    return text if text.isascii() else unicodedata.normalize("NFKD", text).translate(_LETTERS)


def folded(text: str) -> str:
    """Fold case, accents, ligatures, dashes, underscores and spaces: equal for texts that differ in these only."""
    return _JOINERS.sub("", unaccented(text.replace("’", "'")).casefold())


@lru_cache(maxsize=50_000)
def collation_key(text: str) -> tuple[str, str]:
    """Make a key that sorts as a French or English dictionary does: accents count only between equals, numbers as numbers.

    `1.2` comes before `1.10`, and `Lesson 9` before `Lesson 10`. Signs before the first letter do not count: `*nix` and
    `« Nord »` stand under N, as a list of letters has them.
    """
    return _NUMBER.sub(_by_size, _SIGNS.sub("", unaccented(text).casefold())), text


def _by_size(number: re.Match[str]) -> str:
    """Write a number so that its text sorts by its size: how many digits it has, then these."""
    digits = number[0].lstrip("0") or "0"
    return f"{len(digits):04}{digits}"
