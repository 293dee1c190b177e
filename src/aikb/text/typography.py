"""Typeset a text where the author did not: French punctuation, for display only and where `typography` asks for it.

The space before `: ; ? !` and inside « » becomes a narrow no-break one, and stands where it was left out. English is set as it
is written. What is searched for, copied into ids or compared is never touched.
"""

from __future__ import annotations

import re

NARROW = "\u202f"
_BEFORE = re.compile(
    r"(?<=[^\W\d_]|[)\]»”])[ \u00a0\u202f]?([;?!]+)(?=[\s»”)]|$)|(?<=\S)[ \u00a0]{1,3}([:;?!»])(?=\W|$)"
)
_COLON = re.compile(r"(?<=[^\W\d_]):(?=[ \u00a0])")
_AFTER = re.compile(r"«[ \u00a0]*(?=\S)")
_CLOSING = re.compile(r"(?<=[^\s«\u202f])»")


def typeset(text: str, lang: str) -> str:
    """Typeset a piece of text as its language has it."""
    if lang != "fr":
        return text
    text = _BEFORE.sub(lambda match: NARROW + (match[1] or match[2]), text)
    text = _COLON.sub(f"{NARROW}:", text)
    return _CLOSING.sub(f"{NARROW}»", _AFTER.sub(f"«{NARROW}", text))
