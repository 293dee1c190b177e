"""Strip Markdown of its markup, and tokenize it for comparison."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aikb.model.source import Span
from aikb.text.folding import unaccented

_WORD = re.compile(r"\w+")
_MARKUP = re.compile(
    r"!?\[\[(?:[^\[\]|\n]*\|)?|\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?: \"[^\"\n]*\")?\)|<[^<>]*>|\[\^[^\[\]\n]*\]|[*_`\\]"
)
_DASHED = re.compile(r"(?<=\w)-\s(?=\w)")
"""A word that ends of lines have cut."""


def words_of(text: str) -> list[str]:
    """Tokenize a Markdown text for comparison: its words without markup, addresses, accents and letter case."""
    return _WORD.findall(unaccented(_DASHED.sub("", _MARKUP.sub(" ", text)).replace("\u00ad", "")).casefold())


def plain_text(text: str) -> str:
    """Strip a Markdown text of its markup and addresses."""
    return _MARKUP.sub(" ", text)


def find_run(text: str, words: Sequence[str]) -> Span | None:
    """Find a run of `words_of` a text in it, as plain text; None where other characters stand between them than there."""
    matches = list(_WORD.finditer(text))
    folded = [unaccented(match[0]).casefold() for match in matches]
    size = len(words)
    wanted = list(words)
    for at in range(len(folded) - size + 1):
        if folded[at] == wanted[0] and folded[at : at + size] == wanted:
            return Span(matches[at].start(), matches[at + size - 1].end())
    return None
