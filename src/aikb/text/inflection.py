"""Inflect a term as running text does: its plural in French and English, joined or in two words.

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


_ENDINGS = tuple(
    (one, other)
    for z, s in (("iz", "is"), ("yz", "ys"))
    for end in ("e", "er", "ers", "ing", "ation", "ations")
    for one, other in ((z + end, s + end), (s + end, z + end))
)
"""American and British endings, both ways."""
_COMPOUNDS = (
    ("dataset", "data set"), ("datasets", "data sets"), ("database", "data base"), ("codebase", "code base"),
    ("chatbot", "chat bot"), ("benchmark", "bench mark"), ("checkpoint", "check point"), ("timestep", "time step"),
    ("workflow", "work flow"), ("webpage", "web page"), ("website", "web site"), ("email", "e-mail"),
)  # fmt: skip
"""Words that are written in one or in two."""
_PREFIXED = re.compile(
    r"(pre|post|multi|sub|over|under|self|meta|auto|non|fine|cross|co)(training|train|processing|modal|task|agent|sampling|fitting|attention|tuning|encoder|regressive|linear|supervised|validation|entropy|word)",
    re.IGNORECASE,
)
"""Prefixes before words with which they are written with a hyphen, or without."""


def forms(name: str, lang: str) -> Iterator[str]:
    """List the ways of writing a name, itself first. `lang` is the name's language; the plural in s is tried whatever it is.

    No verb is made of a noun, nor a noun of a verb.
    """
    yield from _inflected(name, lang)
    for other in dict.fromkeys(_spellings(name)):
        yield from _inflected(other, lang)


def _inflected(name: str, lang: str) -> Iterator[str]:
    """List the forms of one spelling."""
    words = name.split(" ")
    yield name
    if joined := _joined(name):
        yield joined
        yield f"{joined}s"
    if "-" in name and " " not in name and any(map(is_small, name.split("-"))):
        yield from _inflected(name.replace("-", " "), lang)
    if match := _PREFIXED.fullmatch(name):
        hyphened = f"{match[1]}-{match[2]}"
        yield hyphened
        yield f"{hyphened}s"
    core = next((at for at, word in enumerate(words) if at and is_small(word)), len(words))
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


def is_small(word: str) -> bool:
    """Tell whether a word only ties others together: `of`, `à`, `d’`."""
    return word.casefold() in _SMALL or word.casefold().replace("’", "'").startswith(("d'", "l'"))


def _joined(name: str) -> str:
    """Join `fine-tuning` to finetuning, `Fine-Tuning` too; only where both parts are words of some length."""
    return (
        name.replace("-", "").capitalize()
        if re.fullmatch(r"[A-Z][a-zà-ÿ]{2,}-[A-Z][a-zà-ÿ]{2,}", name)
        else name.replace("-", "")
        if re.fullmatch(r"[^\W\d_]{3,}-[^\W\d_]{3,}", name) and not name.isupper()
        else ""
    )


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
        yield from _classical(word)
        yield f"{word}es"
        if small.endswith("ch"):
            yield f"{word}s"  # epochs
    elif lang == "en" and small.endswith(("um", "on")) and len(word) > 5:
        yield f"{word}s"
        yield f"{word[:-2]}a"  # criteria, data
    elif lang == "fr" and small.endswith("ail") and len(word) > 4:
        yield f"{word[:-3]}aux"
        yield f"{word}s"
    elif lang == "en" and re.search(r"[^aeiou]y$", small):
        yield f"{word[:-1]}ies"
        yield f"{word}s"
    else:
        yield f"{word}s"


def _classical(word: str) -> Iterator[str]:
    """List the plurals that English keeps of Greek and Latin: matrices, indices, analyses, corpora."""
    small = word.casefold()
    if re.search(r"[^aeiou]?(?:ix|ex)$", small) and len(word) > 4:
        yield f"{word[:-2]}ices"
    if small.endswith("sis"):
        yield f"{word[:-2]}es"
    if small.endswith("corpus"):
        yield f"{word[:-2]}ora"


def _spellings(name: str) -> Iterator[str]:
    """List how else the same name is spelled: -ise for -ize, -iser for -izer, `data set` for `dataset`."""
    for one, other in _ENDINGS:
        if re.search(rf"\w{{3}}{one}\b", name):
            yield re.sub(rf"(?<=\w{{3}}){one}\b", other, name)
    for joined, parts in _COMPOUNDS:
        for written, other in ((joined, parts), (parts, joined)):
            if re.search(rf"\b{written}\b", name, re.IGNORECASE):
                yield re.sub(rf"\b{written}\b", other, name, flags=re.IGNORECASE)


def _singulars(word: str) -> Iterator[str]:
    """List the singulars of a name that is itself a plural: `systems`, `lois`."""
    if len(word) > 4 and re.search(r"[^siu\W\d_]s$", word):
        yield word[:-1]
        if word.endswith("ies"):
            yield f"{word[:-3]}y"
    elif len(word) > 3 and word.endswith("ois"):
        yield word[:-1]
