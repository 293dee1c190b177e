"""Tie passages that say one thing in two languages, or in other words, by what both have: numbers, names, code, cognates.

A feature weighs the more the fewer highlights of the work and passages of the note have it. A passage and a highlight are tied
where they share three features or more, where the cosine of the two is high, and where each is the other's best, clearly
ahead of the second. Linear in the words of both: only what shares a rare feature is compared.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from aikb.text.folding import unaccented
from aikb.text.markup import plain_text

LEAST, SHARED, AHEAD = 0.2, 3, 1.3
"""The cosine, how many features both must have, and how many times the second the first must have."""
STRONG = 2
"""Numbers, names and code that are enough by themselves, where nothing else in the note and the work has them."""
_COMMON = 5
"""A feature of more passages or highlights than this, and of more than a tenth, tells nothing."""
_STEM, _SHORTEST = 6, 5
"""Letters of a word by which it is compared, and of the shortest that is."""

_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\w])|(?<![\w.,])\d+(?:[.,]\d+)*")
_CODE = re.compile(r"`([^`\n]{2,60})`")
_ADDRESS = re.compile(r"https?://[^\s<>()\]]+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ENDINGS = (
    ("iques", "ic"), ("ique", "ic"), ("ités", "ity"), ("ité", "ity"), ("eurs", "or"), ("eur", "or"), ("aires", "ary"),
    ("aire", "ary"), ("ismes", "ism"), ("isme", "ism"), ("ifs", "ive"), ("ives", "ive"), ("if", "ive"), ("elle", "al"),
    ("els", "al"), ("el", "al"),
)  # fmt: skip
"""How a French word ends that English has as well."""
_NUMBERS_IN_WORDS = {
    word: str(number)
    for number, words in enumerate(
        "two deux|three trois|four quatre|five cinq|seven sept|eight huit|nine neuf|ten dix|eleven onze|twelve douze".split(
            "|"
        )
    )
    for word in words.split()
}
"""Small numbers that one of two texts writes in words; no value is meant by the digits here but a name for both."""


@dataclass(frozen=True, slots=True)
class Match:
    """A passage and a highlight that say one thing."""

    passage: int
    highlight: int
    alike: float
    words: tuple[str, ...]
    """What both have, the rarest first."""


def features(text: str) -> Counter[str]:
    """Collect what a text has that the same text in another language, or in other words, would have as well."""
    found = Counter(f"`{each}" for each in _CODE.findall(text))
    found.update(each.rstrip("/.,;") for each in _ADDRESS.findall(text))
    text = plain_text(_ADDRESS.sub(" ", text))
    for each in _NUMBER.findall(text):
        number = _number(each)
        if len(number) > 1:
            found[f"#{number}"] += 1
        elif (word := _DIGITS.get(number)) is not None:
            found[word] += 1
    sentence = True
    for match in _WORD.finditer(text):
        word = match[0]
        plain = unaccented(word).casefold()
        if (name := _NUMBERS_IN_WORDS.get(plain)) is not None:
            found[f"={name}"] += 1
        elif len(word) > 1 and word.isupper() and not text.isupper():
            found[f"^{plain}"] += 1
        elif word[0].isupper() and not sentence and len(word) > 2:
            found[f"^{plain[:_STEM]}"] += 1
        elif len(word) >= _SHORTEST:
            found[_stem(word)] += 1
            if word[0].isupper():
                found[f"^{plain[:_STEM]}"] += 1
        after = text[match.end() : match.end() + 1]
        sentence = after in (".", "!", "?", "\n") or text[match.end() : match.end() + 2].strip() in ("!", "?")
    return found


_DIGITS = {
    digit: f"={_NUMBERS_IN_WORDS[word]}"
    for digit, word in zip("2345789", "two three four five seven eight nine".split(), strict=True)
}


def _number(written: str) -> str:
    """Write a number as all languages do: `28,000` and `28 000` are 28000, `1,3` is 1.3."""
    joined = re.sub(r"\s", "", written)
    groups = re.split(r"[.,]", joined)
    if len(groups) > 1 and all(len(group) == 3 for group in groups[1:]) and groups[0] != "0":
        return "".join(groups)
    return joined.replace(",", ".")


def _stem(word: str) -> str:
    """Stem a word so that French and English agree: `géographe` and `geographer` are geogra."""
    small = word.casefold()
    for ending, english in _ENDINGS:
        if small.endswith(ending) and len(small) > len(ending) + 2:
            small = small.removesuffix(ending) + english
            break
    return unaccented(small)[:_STEM]


def match_passages(passages: Sequence[str], highlights: Sequence[str]) -> Iterator[Match]:
    """Match passages of a note with highlights of the work that it is about."""
    ours, theirs = [features(each) for each in passages], [features(each) for each in highlights]
    here, there = (Counter(name for each in side for name in each) for side in (ours, theirs))
    rarity = {
        name: math.log(1 + len(ours) / here[name]) * math.log(1 + len(theirs) / there[name])
        for name in here.keys() & there.keys()
        if here[name] <= max(_COMMON, len(ours) / 10) and there[name] <= max(_COMMON, len(theirs) / 10)
    }
    alone = math.log(1 + len(ours)) * math.log(1 + len(theirs)) / 3
    lengths = [[_length(each, rarity, alone) for each in side] for side in (ours, theirs)]
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(theirs):
        for name in each:
            if name in rarity:
                holders[name].append(number)
    alike: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
    for number, each in enumerate(ours):
        for name in each:
            for other in holders.get(name, ()):
                alike[number, other].append(name)
    scores = {
        (one, other): sum(rarity[name] ** 2 for name in names) / (lengths[0][one] * lengths[1][other])
        for (one, other), names in alike.items()
    }
    for pair in _mutual(scores):
        names = alike[pair]
        strong = sum(name[0] in "#^`h" and here[name] == there[name] == 1 for name in names)
        if scores[pair] >= LEAST and (len(_distinct(names)) >= SHARED or strong >= STRONG):
            ordered = sorted(names, key=lambda name: (-rarity[name], name))
            yield Match(*pair, scores[pair], tuple(map(_shown, ordered)))


def _length(features: Mapping[str, int], rarity: Mapping[str, float], alone: float) -> float:
    """Measure a text: what only one side has counts for a part, since another language has another word for it."""
    return math.sqrt(sum(rarity[name] ** 2 if name in rarity else (alone / 3) ** 2 for name in features)) or 1.0


def _distinct(names: Sequence[str]) -> set[str]:
    """Count a name that is a word as well once."""
    return {name.lstrip("^=") for name in names}


def _shown(name: str) -> str:
    return name.lstrip("#^=`")


def _mutual(scores: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """Find the pairs in which each is the other's best, clearly ahead of the second."""
    best: defaultdict[tuple[str, int], list[tuple[float, int]]] = defaultdict(list)
    for (one, other), score in scores.items():
        best["ours", one].append((score, other))
        best["theirs", other].append((score, one))
    for each in best.values():
        each.sort(key=lambda entry: (-entry[0], entry[1]))

    def ahead(side: str, number: int, wanted: int) -> bool:
        entries = best[side, number]
        return entries[0][1] == wanted and (len(entries) == 1 or entries[0][0] >= AHEAD * entries[1][0])

    return sorted(pair for pair in scores if ahead("ours", *pair) and ahead("theirs", pair[1], pair[0]))
