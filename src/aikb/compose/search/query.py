"""Parse a query: words, phrases, and what the rows must be.

`lang:fr`, `kind:term`, `tag:optimisation` and `source:"State of AI"` limit the rows; a phrase stands in quotes, straight,
English or French. `theme/assets/aikb-search.js` parses likewise.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from aikb.compose.search.words import Word, chunk, chunks, written

_FILTER = re.compile(r"(?<!\S)(lang|kind|tag|source):(\"[^\"]*\"|\S+|$)", re.IGNORECASE)
_PHRASE = re.compile(r"\"[^\"]+\"|“[^“”]+”|«[^«»]+»|„[^„“”]+[“”]")
_WORDS = 16
"""Words of a query that are looked up, the first ones."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A word of a query, in its place."""

    word: Word
    counts: bool
    """Whether it is looked up: not one of the commonest beside others, and none that was there before."""
    open: bool
    """Whether it may be the beginning of a word: the last one, without a blank after it."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query, understood."""

    words: tuple[Typed, ...]
    wholes: tuple[tuple[int, int, Word], ...]
    """Compounds: the first of their words, the one after their last, and the word without joints."""
    phrases: tuple[tuple[str, ...], ...]
    """Folded words that must follow one another."""
    filters: tuple[tuple[str, str], ...]


def parse(text: str, stop: Collection[str]) -> Query:
    """Parse what was typed; `stop` are the stems that say little."""
    limits = ((match[1].lower(), match[2].strip('"').strip()) for match in _FILTER.finditer(text))
    filters = tuple(each for each in limits if each[1])  # `lang:` is being typed
    rest = _FILTER.sub(" ", text)
    phrases = [
        tuple(word.folded for each in chunks(match[0]) for word in each.parts) for match in _PHRASE.finditer(rest)
    ]
    flat: list[tuple[Word, bool]] = []
    wholes: list[tuple[int, int, Word]] = []
    shouted = rest == rest.upper()
    for raw in written(rest):
        cut = chunk(raw)
        said = raw == raw.upper() and raw != raw.lower() and len(raw) > 1 and not shouted
        if cut.whole:
            wholes.append((len(flat), len(flat) + len(cut.parts), cut.whole))
        flat += ((word, said) for word in cut.parts)
    telling = [said or word.stem not in stop for word, said in flat]
    if not any(telling):
        telling = [True] * len(flat)
    seen: set[str] = set()
    typed = []
    ends = bool(rest) and (rest[-1].isspace() or rest[-1] in '"”»')
    for at, (word, _) in enumerate(flat):
        counts = telling[at] and word.stem not in seen and len(seen) < _WORDS
        if counts:
            seen.add(word.stem)
        typed.append(Typed(word, counts, counts and at == len(flat) - 1 and not ends))
    return Query(tuple(typed), tuple(wholes), tuple(each for each in phrases if each), filters)
