"""Write letters in the alphabets of mathematics, `R` as `ℝ`: of MathML's `mathvariant` browsers read `normal` only.

https://www.w3.org/TR/mathml-core/#the-mathvariant-attribute; the signs are those of the block Mathematical Alphanumeric Symbols
and of Letterlike Symbols for the letters that have been there before.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_ALPHABETS = {
    "bold": "BOLD",
    "italic": "ITALIC",
    "bold-italic": "BOLD ITALIC",
    "double-struck": "DOUBLE-STRUCK",
    "script": "SCRIPT",
    "bold-script": "BOLD SCRIPT",
    "fraktur": "FRAKTUR",
    "bold-fraktur": "BOLD FRAKTUR",
    "sans-serif": "SANS-SERIF",
    "bold-sans-serif": "SANS-SERIF BOLD",
    "sans-serif-italic": "SANS-SERIF ITALIC",
    "sans-serif-bold-italic": "SANS-SERIF BOLD ITALIC",
    "monospace": "MONOSPACE",
}
"""By the value of `mathvariant`, what Unicode calls it."""
_BEFORE = {"SCRIPT": "SCRIPT", "FRAKTUR": "BLACK-LETTER", "DOUBLE-STRUCK": "DOUBLE-STRUCK"}
"""What the letters that are older than their alphabet are called in front."""


def in_alphabet(text: str, variant: str) -> str:
    """Write a text in an alphabet, by its name in MathML; as it is what the alphabet has not."""
    return "".join([_sign(char, variant) for char in text]) if variant in _ALPHABETS else text


@lru_cache(maxsize=2048)
def _sign(char: str, variant: str) -> str:
    alphabet = _ALPHABETS[variant]
    name = unicodedata.name(char, "").replace("LATIN ", "").replace("GREEK ", "").replace(" LETTER ", " ")
    if (alphabet, char) == ("ITALIC", "h"):
        return "ℎ"
    for full in (f"MATHEMATICAL {alphabet} {name}", f"{_BEFORE.get(alphabet, '-')} {name}"):
        try:
            return unicodedata.lookup(full)
        except KeyError:
            continue
    return char
