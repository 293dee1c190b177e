"""Read numbers that are written in words, in English and in French: `sixty thousand`, `vingt-cinq`, `quatre-vingt-dix`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_ENGLISH = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_FRENCH = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_TENS = (
    "twenty vingt vingts|thirty trente|forty quarante|fifty cinquante|sixty soixante|seventy septante|eighty huitante octante|"
    "ninety nonante"
)
_VALUES: Mapping[str, int] = {
    **{word: value for words in (_ENGLISH, _FRENCH) for value, word in enumerate(words.split())},
    **{word: 10 * tens for tens, words in enumerate(_TENS.split("|"), 2) for word in words.split()},
    "une": 1,
}
_HUNDREDS = frozenset(("hundred", "cent", "cents"))
_LARGE: Mapping[str, int] = {
    **dict.fromkeys(("thousand", "mille"), 1_000),
    **dict.fromkeys(("million", "millions"), 1_000_000),
    **dict.fromkeys(("billion", "milliard", "milliards"), 1_000_000_000),
}
_WORD = "|".join(sorted({*_VALUES, *_HUNDREDS, *_LARGE}, key=lambda each: (-len(each), each)))
_BETWEEN = r"[ \u00a0\u202f-]|[ -]et[ -](?=une?\b|onze\b)|(?:(?<=hundred)|(?<=thousand)|(?<=million)) and "
_NUMBER = re.compile(rf"(?<![\w-])(?:{_WORD})(?:(?:{_BETWEEN})(?:{_WORD}))*(?![\w-])", re.IGNORECASE)
_PIECE = re.compile(_WORD, re.IGNORECASE)


def number_words(text: str) -> Iterator[tuple[int, int, int]]:
    """Find the numbers of a text that are written in words, each with where it begins and ends and its value."""
    for match in _NUMBER.finditer(text):
        yield match.start(), match.end(), _value(_PIECE.findall(match[0].casefold()))


def _value(words: list[str]) -> int:
    """Add up the words of a number."""
    whole = part = 0
    for word in words:
        if word in _LARGE:
            whole += max(part, 1) * _LARGE[word]
            part = 0
        elif word in _HUNDREDS:
            part = max(part, 1) * 100
        elif word in ("vingt", "vingts") and part % 100 == len("four"):  # quatre-vingts
            part += 76
        else:
            part += _VALUES[word]
    return whole + part
