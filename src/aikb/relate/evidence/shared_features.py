"""Collect what a text has that the same text in another language, or in other words, would have as well.

Numbers, in digits or in words; names and words in capitals; code and addresses; words that both languages have but for their
endings, cut to six letters; and everyday words by the list of translations that comes with aikb.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from aikb.locales.word_list import everyday_words, own_words
from aikb.locales.words import known, words_of_its_own
from aikb.relate.evidence.lemmas import english_lemmas, french_lemmas
from aikb.text.folding import unaccented
from aikb.text.markup import plain_text
from aikb.text.number_words import number_words

_STEM, _SHORTEST, _ROOT = 6, 5, 4
"""Letters of a word by which it is compared, of the shortest that is, and of what stays of it at least without an ending."""

_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\w])|(?<![\w.,])\d+(?:[.,]\d+)*")
_PERCENT = re.compile(r"[ \u00a0\u202f]?%|\b(?:per ?cent|pour ?cent)\b", re.IGNORECASE)
_CODE = re.compile(r"`([^`\n]{2,60})`")
_ADDRESS = re.compile(r"https?://[^\s<>()\]]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ENDINGS = (
    ("ique", "ic"), ("ite", "ity"), ("eur", "or"), ("aire", "ary"), ("oire", "ory"), ("isme", "ism"), ("if", "ive"),
    *((f"{one}el{ending}", f"{one}al") for one in "inru" for ending in ("le", "")),
)  # fmt: skip
"""How a French word ends, without accents and in the singular, that English has as well."""
_FINAL = "aeiouy"
"""What one of the languages has at the end of a word and the other not: `colonie`, `colony`; `vaccin`, `vaccine`."""


_PARTS = frozenset(
    "abstract summary chapter section introduction conclusion figure table appendix preface index".split()
)
FRENCH, ENGLISH = "~", "≈"
"""Stand before the English of a word that one text has in French and the other in English, and the other way round."""


def features(text: str, *, other: bool = False) -> Counter[str]:
    """Collect the features of a text, each with how often it has it; `other`, where it is the other one of two.

    The first letter tells the kind: `#` a number of two digits and more, `=` a smaller one, `^` a name, "`" code, `h` an
    address, FRENCH or ENGLISH a word by its translation, which the other must have; any other is a word by itself.
    """
    found = Counter(f"`{each}" for each in _CODE.findall(text))
    found.update(each.rstrip("/.,;") for each in _ADDRESS.findall(text))
    text, percents = _PERCENT.subn(" ", plain_text(_ADDRESS.sub(" ", text)))
    if percents:
        found["=%"] += percents
    found.update(map(_numbered, _NUMBER.findall(text)))
    pieces, at = list[str](), 0
    for start, end, value in number_words(text):
        if value > 1:
            found[_counted(value)] += 1
            pieces.append(text[at:start])  # a number is no word besides
            at = end
    text = " ".join([*pieces, text[at:]])
    found.update(_words(text, *((ENGLISH, FRENCH) if other else (FRENCH, ENGLISH))))
    del found[""]
    return found


def _numbered(written: str) -> str:
    """Write a number as all languages do: `28,000` and `28 000` are 28000, `1,3` is 1.3."""
    joined = re.sub(r"\s", "", written)
    groups = re.split(r"[.,]", joined)
    if len(groups) > 1 and all(len(group) == 3 for group in groups[1:]) and groups[0] != "0":
        joined = "".join(groups)
    joined = joined.replace(",", ".")
    return f"#{joined}" if len(joined) > 1 else _counted(int(joined)) if int(joined) > 1 else ""


def _counted(value: int) -> str:
    return f"#{value}" if value >= 10 else f"={value}"


def _words(text: str, french: str, english: str) -> Iterator[str]:
    """List the features of words: a name by its capital, where it does not only begin a sentence or a line in capitals.

    `french` and `english` stand before those of translations.
    """
    shouted, sentence = text.isupper(), True
    for match in _WORD.finditer(text):
        word = match[0]
        plain = unaccented(word).casefold()
        capital = word[0].isupper()
        begins = sentence and not text[match.end() : match.end() + 2].strip().istitle()
        after = text[match.end() : match.end() + 1]
        sentence = after in (".", "!", "?", "\n") or text[match.end() : match.end() + 2].strip() in ("!", "?")
        if len(word) > 1 and word.isupper() and not shouted:
            yield f"^{_stem(plain)}"
            continue
        if capital and ((not begins and len(word) > 2) or len(word) >= _SHORTEST):
            yield f"^{_stem(plain)}"
        if len(word) >= _SHORTEST:
            yield _stem(plain)
        french_words, english_words = _lemmas(plain)
        yield from (f"{french}{each}" for each in french_words)
        yield from (f"{english}{each}" for each in english_words)


def _singular(plain: str) -> str:
    return plain[:-1] if plain.endswith(("s", "x")) and not plain.endswith(("ss", "us", "is")) else plain


def _stem(plain: str) -> str:
    """Stem a word so that French and English agree: `géographe` and `geographer` are geogra."""
    word = _singular(plain)
    for ending, english in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            word = word.removesuffix(ending) + english
            break
    root = word.rstrip(_FINAL)
    return (root if len(root) >= _ROOT else word)[:_STEM]


@lru_cache(maxsize=20_000)
def _lemmas(plain: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Look up a word in the list: the English words that translate it as a French one, and itself as an English one."""
    translations, translated = _translations()
    french = (each for lemma in french_lemmas(plain, translations) for each in translations[lemma])
    return tuple(dict.fromkeys(french)), tuple(english_lemmas(plain, translated))


@lru_cache(maxsize=1)
def _translations() -> tuple[Mapping[str, tuple[str, ...]], frozenset[str]]:
    """Look up the English words that translate each French one, without accents, in the singular; and all these English words.

    Left out are words that any text may use, names of parts of a text, and words whose likeness is a feature already.
    """
    common = {
        unaccented(word).casefold()
        for lang in known()
        for key in ("common_words", "binding_words", "general_words")
        for word in words_of_its_own(lang).get(key, "").replace(",", " ").split()
    }
    pairs = [
        (unaccented(french).casefold(), english.casefold())
        for french, english in (*own_words(), *everyday_words())
        if " " not in french and " " not in english
    ]
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for french, english in pairs:
        if not {french, english} & (common | _PARTS) and _stem(french) != _stem(english):
            found[french][english] = None
    translated = frozenset(english for each in found.values() for english in each)
    return {french: tuple(each) for french, each in found.items()}, translated
