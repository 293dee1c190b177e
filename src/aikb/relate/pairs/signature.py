"""Compare texts in two languages by what translation leaves alone, and suggest which are pairs.

A signature is what a text has of addresses, pictures, code, numbers, words in capitals, levels of headings, and cognates: the
first six letters of long words, without accents. Each weighs the more the fewer texts have it; two texts are compared by
the cosine. What more than a tenth of all texts have is left out, so that the time is linear in the texts.
"""

from __future__ import annotations

import math
import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from aikb.model.document import Document, Kind
from aikb.relate.index import Index
from aikb.text.folding import unaccented

AHEAD = 1.1
"""How many times the second candidate the first must have."""
LEAST = 0.08
"""The least that two texts have in common if one translates the other."""
NOTHING, MUCH = 0.02, 0.2
"""What a pair by name has in common that is none, and what another file has that is."""
_COMMON, _FEW = 0.1, 20
"""Which part of the texts may have a feature for it to tell anything; at least so many."""
_SEVERAL = 4
"""How many things another file must share for a pair by name to be doubted."""
_LENGTH = 40_000
"""Characters of a text that are looked at."""

_CODE = re.compile(r"(?<!`)`([^`\n]{2,80})`(?!`)")
_WORD = re.compile(r"[^\W\d_]{6,}")
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*")
_CAPITALS = re.compile(r"\b[A-Z][A-Z0-9-]{1,}\b|\b[A-Za-z]+\d[\w.-]*\b|\b[A-Z][a-z]+[A-Z]\w*\b")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two texts that seem to be one in two languages."""

    original: Document
    translation: Document
    alike: float
    """From 0 to 1."""


def features(document: Document) -> Counter[str]:
    """Collect what a text has that a translation of it would have as well."""
    text = document.source.text[:_LENGTH]
    found = Counter[str]()
    for link in document.links:
        if "://" in link.target:
            found[f"address {link.target.rstrip('/')}"] += 1
        elif link.image:
            found[f"picture {posixpath.basename(link.target)}"] += 1
    found.update(f"code {match.strip()}" for match in _CODE.findall(text))
    found.update(f"number {number_of(each)}" for each in _NUMBER.findall(text))
    found.update(f"name {each}" for each in _CAPITALS.findall(text))
    found.update(f"word {unaccented(each).casefold()[:6]}" for each in _WORD.findall(text))
    levels = "".join(str(section.level) for section in document.sections)
    found[f"levels {levels}"] += len(levels) > 2
    return Counter({name: min(count, 3) for name, count in found.items() if count})


def number_of(written: str) -> str:
    """Write a number as all languages do: `28,000` and `28.000` are 28000, `1,3` and `1.3` are 1.3."""
    groups = re.split(r"[.,]", written)
    if len(groups) > 1 and all(len(group) == 3 for group in groups[1:]) and groups[0] != "0":
        return "".join(groups)
    return written.replace(",", ".")


class Signatures:
    """The signatures of many texts, weighted by rarity."""

    def __init__(self, documents: Iterable[Document]) -> None:
        """Take the texts that are compared with each other."""
        self.documents = list(documents)
        counted = [features(document) for document in self.documents]
        having = Counter(name for each in counted for name in each)
        most = max(_FEW, _COMMON * len(counted))
        rarity = {name: math.log(1 + len(counted) / count) for name, count in having.items() if 1 < count <= most}
        self._weights: dict[str, dict[str, float]] = {}
        self._holders: defaultdict[str, list[Document]] = defaultdict(list)
        for document, each in zip(self.documents, counted, strict=True):
            weights = {name: rarity[name] * math.sqrt(count) for name, count in each.items() if name in rarity}
            length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
            self._weights[document.path] = {name: weight / length for name, weight in sorted(weights.items())}
            for name in weights:
                self._holders[name].append(document)

    def alike(self, one: Document, other: Document) -> float:
        """Compare two of the texts: 0 for nothing in common, 1 for everything."""
        ours, theirs = self._weights[one.path], self._weights[other.path]
        return sum(weight * theirs[name] for name, weight in ours.items() if name in theirs)

    def shared(self, one: Document, other: Document) -> int:
        """Count what two of the texts have in common."""
        return len(self._weights[one.path].keys() & self._weights[other.path].keys())

    def candidates(self, document: Document) -> list[tuple[float, Document]]:
        """Find the texts in other languages that have most in common with one, the first first."""
        alike: defaultdict[str, float] = defaultdict(float)
        by_path = {}
        for name, weight in self._weights[document.path].items():
            for other in self._holders[name]:
                if other.lang != document.lang:
                    by_path[other.path] = other
                    alike[other.path] += weight * self._weights[other.path][name]
        return sorted(
            ((value, by_path[path]) for path, value in alike.items()), key=lambda each: (-each[0], each[1].path)
        )


def suggest(index: Index) -> list[Suggestion]:
    """Suggest pairs among the notes that have none: each the best for the other, and clearly ahead of the second."""
    alone = [
        next(iter(variants.values()))
        for variants in index.variants.values()
        if len(variants) == 1 and next(iter(variants.values())).kind is Kind.NOTE
    ]
    if len({document.lang for document in alone}) < 2:
        return []
    signatures = Signatures(alone)
    best: dict[str, tuple[float, Document | None]] = {}
    for document in alone:
        found = signatures.candidates(document)
        if found and found[0][0] >= LEAST and (len(found) == 1 or found[0][0] >= AHEAD * found[1][0]):
            best[document.path] = found[0]
    result = []
    for document in alone:
        value, other = best.get(document.path, (0.0, None))
        if other is not None and best.get(other.path, (0.0, None))[1] is document:
            first, second = sorted((document, other), key=lambda each: index.settings.languages.index(each.lang))
            if first is document:
                result.append(Suggestion(first, second, value))
    return result


def doubtful(index: Index) -> list[tuple[Document, Document, Document]]:
    """Find pairs by name that have nothing in common while another file has much: both, and that file."""
    pairs = [(first, other) for first, other in index.translations() if not _said(first) and not _said(other)]
    if not pairs:
        return []
    notes = [each for variants in index.variants.values() for each in variants.values() if each.kind is Kind.NOTE]
    signatures = Signatures(notes)
    known = {document.path for document in signatures.documents}
    found = []
    for first, translation in pairs:
        if first.path in known and translation.path in known and signatures.alike(first, translation) <= NOTHING:
            better = _better(signatures, (first, translation))
            if better is not None:
                found.append((first, translation, better))
    return found


def _better(signatures: Signatures, pair: Sequence[Document]) -> Document | None:
    """Find a text that has much in common with one of a pair."""
    for document in reversed(pair):
        found = signatures.candidates(document)
        if found and found[0][0] >= MUCH and signatures.shared(document, found[0][1]) >= _SEVERAL:
            return found[0][1]
    return None


def _said(document: Document) -> bool:
    metadata = document.metadata
    return bool(metadata.translation_of or metadata.permalink or metadata.translation_key or metadata.other_page)


def pointer(suggestion: Suggestion) -> Mapping[str, str]:
    """Write what the front matter of a translation would say."""
    here = posixpath.dirname(suggestion.translation.path)
    return {"translation_of": posixpath.relpath(suggestion.original.path, here or ".")}
