"""Read lists of words in French and English: a line `français = English`, further words of either side after `|`."""

from __future__ import annotations

from aikb.locales.words import FOLDER


def word_list(text: str) -> list[tuple[str, str]]:
    """Read a word list, as pairs; `#` begins a comment."""
    pairs = []
    for line in text.splitlines():
        ours, equals, theirs = line.partition("#")[0].partition("=")
        if equals:
            pairs += [
                (one.strip(), other.strip())
                for one in ours.split("|")
                for other in theirs.split("|")
                if one.strip() and other.strip()
            ]
    return pairs


def own_words() -> list[tuple[str, str]]:
    """Read the word list that comes with aikb."""
    return word_list((FOLDER / "fr-en.txt").read_text(encoding="utf-8"))
