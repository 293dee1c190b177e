"""Tokenize texts and queries for search: fold letters, cut compounds, stem.

`theme/assets/aikb-search.js` does the same to a query, and a test compares the two on whatever hypothesis writes.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from aikb.compose.search.stem import stem

_SMALL = {ord(char): letters for char, letters in zip("œæßøłđıþ", "oe ae ss o l d i th".split(), strict=True)}
_LETTERS = {
    **_SMALL,
    **{ord(char): letters for char, letters in zip("ŒÆØŁĐÞẞ", "Oe Ae O L D Th Ss".split(), strict=True)},
    **dict.fromkeys(map(ord, "’‘ʼ′＇"), "'"),
    **dict.fromkeys(map(ord, "‐‑"), "-"),
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"), ""),
}
_ACCENTS = re.compile("[\u0300-\u036f]+")
_BEYOND = re.compile(
    "[\u0483-\u1dff\u20d0-\u20ff\u2cef-\u2dff\u302a-\u309a\ua66f-\uabff\ufb1e\ufe00-\ufe2f\U000101fd-\U0001e94a\U000e0100-\U000e01ef]"
)
"""Where other alphabets' marks are; to look for these costs more."""
_ODD = re.compile(f"[{''.join(map(chr, _LETTERS))}]")
_IDEOGRAPH = r"[\u3041-\u30ff\u3400-\u9fff]"
"""Chinese and Japanese are written without spaces: each sign is a word."""
_IDEOGRAPHS = re.compile(_IDEOGRAPH)


def _pattern(letter: str) -> re.Pattern[str]:
    joined = rf"{letter}+(?:\+\+|\#(?!\w)|(?:[-_.'^]{letter}+)+)?"
    return re.compile(rf"{joined}|{_IDEOGRAPH}|(?<![\w.])\.(?=[A-Za-z]){letter}+")


_CHUNK, _MIXED = _pattern(r"[^\W_]"), _pattern(rf"(?:(?!{_IDEOGRAPH})[^\W_])")
"""A chunk; and where there are ideographs, for which a look at each letter is needed."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})|(?<=[A-Za-z]{2})(?=[0-9])")
_JOINTS = re.compile(r"[-_'^]|(?<![0-9])\.|\.(?![0-9])")
_ELISION = re.compile("(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)'", re.IGNORECASE)
"""What French writes before an apostrophe; no word of its own."""
_LONGEST = 40
"""Longer is no word: a key, a hash, an address."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: how it is written, folded, and the stem it is found by."""

    folded: str
    stem: str


@dataclass(frozen=True, slots=True)
class Chunk:
    """What stands between two spaces or signs: a word, or a compound that is found whole and by its parts."""

    parts: tuple[Word, ...]
    whole: Word | None = None
    """The compound without its joints, `hostwhitelist`; None where there is one part."""


def normalised(text: str) -> str:
    """Fold a text's letters but for case: accents, ligatures and styled letters become plain ones."""
    if text.isascii():
        return text
    decomposed = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    if _BEYOND.search(decomposed):
        decomposed = _marks().sub("", decomposed)
    return decomposed if decomposed.isascii() else _ODD.sub(_plain, decomposed)


def _plain(match: re.Match[str]) -> str:
    return _LETTERS[ord(match[0])]


@lru_cache(maxsize=1)
def _marks() -> re.Pattern[str]:
    """Compile a pattern of all combining marks, which `re` has no class for."""
    runs: list[list[int]] = []
    for code in (*range(0x300, 0x1E950), *range(0xE0100, 0xE01F0)):
        if unicodedata.category(chr(code))[0] == "M":
            if runs and runs[-1][1] == code - 1:
                runs[-1][1] = code
            else:
                runs.append([code, code])
    return re.compile(f"[{''.join(f'{chr(first)}-{chr(last)}' for first, last in runs)}]+")


def written(text: str) -> list[str]:
    """Cut a text into chunks as they are written, but for `normalised`."""
    folded = normalised(text)
    mixed = not folded.isascii() and _IDEOGRAPHS.search(folded)
    return (_MIXED if mixed else _CHUNK).findall(folded)


def chunk(text: str) -> Chunk:
    """Analyse one of the chunks of `written`."""
    if text.isalpha() and (text.islower() or text.istitle()):
        return Chunk((_word(text.lower()),))
    if text.endswith(("++", "#")):
        return Chunk((_word(text.lower()),))
    if text.startswith("."):
        return Chunk((_word(text[1:].lower()),), _word(text.lower()))
    pieces = [piece for piece in _JOINTS.split(text) if piece]
    if len(pieces) > 1 and "'" in text:
        pieces = _without_elisions(text, pieces)
    parts: list[str] = []
    for piece in pieces:
        parts += [part for part in _CAMEL.split(piece) if part] if len(piece) > 2 else [piece]
    whole = "".join(pieces).lower()
    words = tuple(_word(part.lower()) for part in parts)
    if len(words) < 2 or len(whole) > _LONGEST:
        return Chunk(words)
    return Chunk(words, _word(whole))


def _without_elisions(text: str, pieces: list[str]) -> list[str]:
    """Drop `l’` of `l’été` and `s` of `world’s`."""
    if _ELISION.match(text):
        pieces = pieces[1:]
    if len(pieces) > 1 and text[-2] == "'":
        pieces = pieces[:-1]
    return pieces


def _word(folded: str) -> Word:
    return Word(folded, stem(folded))


def chunks(text: str) -> list[Chunk]:
    """Tokenize a text."""
    return [chunk(each) for each in written(text)]


def stems(text: str) -> list[str]:
    """Tokenize and stem a text: the parts of its compounds, in order."""
    return [word.stem for each in chunks(text) for word in each.parts]


def ending(stem: str) -> str:
    """Make the key of the row that lists stems with the same end."""
    return f":<{stem[:-3:-1]}"
