"""Tell which brackets in the labels of a glossary are translations: `Jeton (token)`, `Transformeur (Transformer)`.

Brackets may as well say of what a term is a part, `Branche (git)`, so that something must speak for it: both words are alike,
the word list knows the pair, or all brackets of the glossary together are in another language than all labels. Where most are
translations, the others are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from aikb.locales.word_list import own_words
from aikb.locales.words import known
from aikb.model.glossary import Alias, Term
from aikb.read.language.evidence import common_words, detect
from aikb.text.folding import folded, unaccented

_BRACKETS = re.compile(r"(?P<before>[^()]+?)\s*\((?P<inside>[^\W\d_][^()]*)\)")
_ALIKE = 72
"""Of a hundred, how much the letters of two words are the same that are one word in two languages."""
_PROBABLY, _SURELY = 0.6, 0.9
_WORDS = 5
_LONGEST = 100
"""Letters of a label that is looked at."""
_SEVERAL = 2
"""Labels with brackets that are judged together."""


def with_translations(terms: Sequence[Term]) -> tuple[Term, ...]:
    """Take the translations out of the labels of a glossary's terms, as other names of them."""
    pairs = {at: _split(term.label) for at, term in enumerate(terms) if "(" in term.label}
    repeated = Counter(folded(pair[1]) for pair in pairs.values() if pair)
    open_pairs = {at: pair for at, pair in pairs.items() if pair and repeated[folded(pair[1])] == 1}
    if not open_pairs:
        return tuple(terms)
    other = _languages(list(open_pairs.values()))
    sure = [pair for pair in open_pairs.values() if _is_pair(*pair) or _alone(*pair)]
    most = len(sure) >= _SEVERAL and 2 * len(sure) >= len(open_pairs)
    result = list(terms)
    for at, (before, inside) in open_pairs.items():
        lang = other or _alone(before, inside)
        if lang or most or _is_pair(before, inside):
            result[at] = replace(
                terms[at], label=before, aliases=(Alias(inside, lang, declared=False), *terms[at].aliases)
            )
    return tuple(result)


def _split(label: str) -> tuple[str, str] | None:
    """Split a label into words and what its brackets say, where that may be a name: a few words, the first no small one."""
    match = _BRACKETS.fullmatch(label[: _LONGEST + 1])
    inside = match["inside"].split() if match else []
    if not match or len(inside) > _WORDS or inside[0].lower() in common_words(known()) or inside[0].lower() in _BEFORE:
        return None
    return match["before"], match["inside"]


_BEFORE = frozenset(
    "of in for the a an to with from by on de du des en dans pour par sur à au aux le la les l'".split()
)


def _languages(pairs: Sequence[tuple[str, str]]) -> str:
    """Find the language that the brackets of several labels have together, where the labels have another; else empty."""
    if len(pairs) < _SEVERAL:
        return ""
    (one, sure), (other, surely) = (detect(" ; ".join(pair[at] for pair in pairs).lower(), known()) for at in (0, 1))
    return other if one != other and min(sure, surely) >= _SURELY else ""


def _alone(before: str, inside: str) -> str:
    """Find the language of the brackets of one label of several words, where the label surely has another; else empty."""
    if " " not in inside or inside.isupper():
        return ""
    (one, sure), (other, surely) = detect(before.lower(), known()), detect(inside.lower(), known())
    return other if one != other and min(sure, surely) >= _PROBABLY and max(sure, surely) >= _SURELY else ""


def _is_pair(before: str, inside: str) -> bool:
    """Tell whether two names are one in two languages: their letters are alike, or the word list has them."""
    one, other = unaccented(before).lower(), unaccented(inside).lower()
    if one != other and ratio(one, other) >= _ALIKE and one[0] == other[0]:
        return True
    return (one, other) in _pairs() or (other, one) in _pairs()


@lru_cache(maxsize=1)
def _pairs() -> frozenset[tuple[str, str]]:
    return frozenset((unaccented(ours).lower(), unaccented(theirs).lower()) for ours, theirs in own_words())
