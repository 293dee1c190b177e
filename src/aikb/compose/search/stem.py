"""Stem words of either language with one rule: what is typed need not say which it is in.

Two Snowball stemmers were looked at: each splits the other's words (`paper` and `papers` differ for the French one), and a
query of two words does not say its language. This one is lighter than both, and takes `qualité` and `quality` for one word.
"""

from __future__ import annotations

_ENDINGS = (
    ("isation", 9, "is"),
    ("ization", 9, "is"),
    ("atrice", 8, ""),
    ("trice", 8, "tor"),
    ("icale", 8, "ic"),
    ("aire", 7, "ar"),
    ("eure", 7, "or"),
    ("elle", 7, "el"),
    ("oise", 6, "oi"),
    ("ical", 7, "ic"),
    ("ous", 8, ""),
    ("ation", 8, ""),
    ("ateur", 8, ""),
    ("ative", 8, ""),
    ("ating", 8, ""),
    ("ement", 8, ""),
    ("ingly", 8, ""),
    ("ated", 7, ""),
    ("ator", 8, ""),
    ("atif", 7, ""),
    ("ness", 8, ""),
    ("ate", 7, ""),
    ("ing", 6, ""),
    ("ion", 8, ""),
    ("eur", 6, "or"),
    ("if", 5, "iv"),
    ("our", 6, "or"),
    ("ied", 5, ""),
    ("ee", 5, ""),
    ("ed", 5, ""),
    ("er", 6, ""),
    ("ie", 5, ""),
    ("ly", 6, ""),
    ("e", 4, ""),
    ("y", 5, ""),
)
"""Ending, the shortest word that it is taken from, what stands in its place; the first that fits."""
_BY_LAST = {last: [each for each in _ENDINGS if each[0][-1] == last] for last in {each[0][-1] for each in _ENDINGS}}
"""The endings by their last letter."""


def stem(word: str) -> str:
    """Stem a folded word. Numbers, and words of less than four letters, are their own stems."""
    if len(word) < 4 or not word.isalpha():
        return word
    word = singular(word)
    for ending, shortest, other in _BY_LAST.get(word[-1], ()):
        if len(word) >= shortest and word.endswith(ending):
            word = word[: -len(ending)] + other
            break
    return _settled(word)


def singular(word: str) -> str:
    """Take off a plural: `réseaux`, `animaux`, `classes`, `analyses`."""
    if word.endswith("sis") and len(word) > 6:
        return word[:-2]
    if word.endswith(("eaux", "eux", "oux")):
        return word[:-1]
    if word.endswith("aux") and len(word) > 5:
        return word[:-2] + "l"
    if word.endswith(("ois", "nus")):
        return word[:-1]
    if word.endswith("s") and not word.endswith(("ss", "us", "is", "ias")):
        return word[:-1]
    return word


def _settled(word: str) -> str:
    """Join spellings of one stem: `quantiz` and `quantis`, `dropp` and `drop`, `numériqu` and `numeric`."""
    if word.endswith("iz"):
        word = word[:-1] + "s"
    elif word.endswith("iqu"):
        word = word[:-2] + "c"
    elif word.endswith("nc"):
        word = word[:-1] + ("t" if len(word) > 6 else "s")
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word
