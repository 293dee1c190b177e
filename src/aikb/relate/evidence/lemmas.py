"""Find the words of a list that a word of a text is a form of, in French and in English.

Endings are taken off in every way that the language has, and what is in the list counts: `pardonne` is *pardonner*, `moud` is
*moudre*, `kept` is *keep*. A lemmatiser of all words (simplemma) brings 70 MB of data for a few thousand that are looked up.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

from aikb.locales.word_list import irregular_forms
from aikb.text.folding import unaccented

_SHORTEST = 3
_FRENCH_NOUNS = (
    ("s", ""), ("x", ""), ("aux", "al"), ("aux", "ail"), ("e", ""), ("es", ""), ("elle", "el"), ("elles", "el"), ("enne", "en"),
    ("ennes", "en"), ("onne", "on"), ("onnes", "on"), ("ette", "et"), ("ettes", "et"), ("euse", "eux"), ("euses", "eux"),
    ("euse", "eur"), ("euses", "eur"), ("trice", "teur"), ("trices", "teur"), ("ive", "if"), ("ives", "if"), ("eche", "ec"),
    ("ouce", "oux"), ("ouces", "oux"), ("anche", "anc"), ("ongue", "ong"), ("ongues", "ong"), ("elle", "eau"), ("elles", "eau"),
)  # fmt: skip
"""Endings of a noun or adjective, without accents, and what stands in their place in the list."""
_FRENCH_VERBS = tuple(
    (ending, infinitive)
    for infinitive, endings in (
        (
            "er",
            "e es ons ez ent ais ait aient ai as a ames erent era eras erai erons erez eront erais erait eraient ant ee ees",
        ),
        ("ir", "is it issons issez issent issait issaient issant i ie ies ira iront irait irent"),
        ("re", "s ons ez ent ait aient ant u ue us ues ra ront rait it irent"),
    )
    for ending in endings.split()
)
_ENGLISH = (
    ("s", ""), ("es", ""), ("ies", "y"), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("er", ""),
    ("er", "e"), ("est", ""), ("ly", ""), ("ves", "f"), ("ves", "fe"),
)  # fmt: skip


@lru_cache(maxsize=1)
def _irregular_french() -> dict[str, str]:
    return {unaccented(form).casefold(): unaccented(ours).casefold() for form, ours in irregular_forms("fr").items()}


@lru_cache(maxsize=1)
def _irregular_english() -> dict[str, str]:
    return irregular_forms("en")


def french_lemmas(word: str, listed: Collection[str]) -> list[str]:
    """Find what a French word is a form of: words of a list, both in small letters without accents; itself first."""
    irregular = _irregular_french().get(word, "")
    return _listed((word, irregular, *_stripped(word, (*_FRENCH_NOUNS, *_FRENCH_VERBS))), listed)


def english_lemmas(word: str, listed: Collection[str]) -> list[str]:
    """Find what an English word is a form of, likewise."""
    irregular = _irregular_english().get(word, "")
    return _listed((word, irregular, *_stripped(word, _ENGLISH)), listed)


def _listed(candidates: tuple[str, ...], listed: Collection[str]) -> list[str]:
    return [each for each in dict.fromkeys(candidates) if each and each in listed]


def _stripped(word: str, endings: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """Take endings off a word, and a letter that was doubled or added before them: `stopped`, `mangeait`, `emploie`."""
    for ending, other in endings:
        root = word[: -len(ending)]
        if not root or len(root + other) < _SHORTEST or not word.endswith(ending):
            continue
        yield root + other
        if root[-1:] == root[-2:-1] or (other == "er" and root.endswith("ge")):
            yield root[:-1] + other
        elif other == "er" and root.endswith("i"):
            yield f"{root[:-1]}yer"
