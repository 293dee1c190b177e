"""How a term is written in running text: its plural in French and English, joined or in two words; and what is no term there.

A term's forms are made here, once a term, so that the text itself is never stemmed: a stemmer would take `universal` for
`university`, and looking up the lemma of every word costs more than all the rest of a build.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SMALL = frozenset(
    "à au aux avec d' de des du en et for from in l' la le les of on ou par pour sans sur the to with vs".split()
)
"""Words between the parts of a name; what follows the first of them keeps its form: `chaînes de pensée`."""

ORDINARY = {
    "fr": frozenset(
        "actual agenda agent air an angle as assistance attention avenue banal balance bien bout but car chair chance "
        "chat client coin comment content dent do dire direct don duel fin four front grave grain guide habit laps lecture "
        "lit main mare mine mode notice on or pain parent par pays perplexe photo pie place plate plus point pour "
        "precise prune raisin rang rate regard rein rester sale sensible son sort souvenir sud tape "
        "temple test tire ton tout trait train vague vent vie voyage".split()
    ),
    "en": frozenset(
        "actuel arrive as attention balance ballot bless but car chair chat coin comment content dent dire don elf enter "
        "fin font for four grape grave habit lame lard legume librairie lit main mare mine mode mole net on once or pain pays "
        "pie pin place plain plate plus point pour prune rang rate regard rein rude sale sensible six son sort spot stage "
        "tape tire ton tour train vent".split()
    ),
}
"""Words that mean something else, or nothing in particular, in French or in English: a term of the other language that is
spelled so is not linked there by itself."""


def forms(name: str, lang: str) -> Iterator[str]:
    """The ways of writing a name, itself first. `lang` is the name's language; the plural in s is tried whatever it is."""
    words = name.split(" ")
    yield name
    if joined := _joined(name):
        yield joined
        yield f"{joined}s"
    core = next((at for at, word in enumerate(words) if at and _small(word)), len(words))
    head, rest = words[:core], words[core:]
    for plural in _plurals(head[-1], "en"):
        yield " ".join([*head[:-1], plural, *rest])
    if lang == "fr" or len(words) > 1:
        every = [next(_plurals(word, "fr"), word) if word.isalpha() or "-" in word else word for word in head]
        yield " ".join([*every, *rest])
        yield " ".join([every[0], *head[1:], *rest])
    if rest and not rest[-1].isupper():
        yield " ".join([*words[:-1], *list(_plurals(words[-1], "en"))[:1]])
    for singular in _singulars(head[-1]):
        yield " ".join([*head[:-1], singular, *rest])
    if lang == "fr" and len(head) > 1:
        yield " ".join([next(_singulars(word), word) for word in head] + rest)


def _small(word: str) -> bool:
    return word.casefold() in _SMALL or word.casefold().replace("’", "'").startswith(("d'", "l'"))


def _joined(name: str) -> str:
    """`fine-tuning` as finetuning; only where both parts are words of some length."""
    return name.replace("-", "") if re.fullmatch(r"[^\W\d_]{3,}-[^\W\d_]{3,}", name) and not name.isupper() else ""


def _plurals(word: str, lang: str) -> Iterator[str]:
    small = word.casefold()
    if len(word) < 2 or not small[-1].isalpha():
        return
    if small[-1] in "sxz" and lang == "fr":
        return
    if lang == "fr" and small.endswith(("eau", "eu", "au")):
        yield f"{word}x"
    elif lang == "fr" and small.endswith("al") and len(word) > 3:
        yield f"{word[:-1]}ux"
    elif re.search(r"(?:s|x|z|ch|sh)$", small) and lang == "en":
        yield f"{word}es"
    elif lang == "en" and re.search(r"[^aeiou]y$", small):
        yield f"{word[:-1]}ies"
        yield f"{word}s"
    else:
        yield f"{word}s"


def _singulars(word: str) -> Iterator[str]:
    """Of a name that is itself a plural: `systems`, `lois`."""
    if len(word) > 4 and re.search(r"[^siu\W\d_]s$", word):
        yield word[:-1]
        if word.endswith("ies"):
            yield f"{word[:-3]}y"
    elif len(word) > 3 and word.endswith("ois"):
        yield word[:-1]
