"""Index records: for each stem, the records that have it and how much each is about it.

An impact is BM25F (Robertson, Zaragoza and Taylor, 2004) without the rarity of the term, in 26 steps, so that a reader needs
neither lengths nor frequencies. Fields: the title, the page's title, the reader's tags, the source, the text.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aikb.compose.search.words import Chunk, chunk, stems, written
from aikb.model.site import Record

LEVELS = 26
"""Steps of an impact, a letter each: `A` to `Z`."""
LONGEST = 2_000
"""Records of a stem that are kept, those with the highest impact: nobody reads further."""
_SATURATION = 2.5
_LENGTH, _TITLE_LENGTH = 0.6, 0.3
"""How much a long text, and a long title, counts less for a word it has."""
_TITLE, _PAGE, _TAG, _SOURCE, _ABOUT = 4.0, 0.4, 2.0, 0.3, 0.8
_SURFACES = 4
"""Spellings kept of a stem, for what is being typed and for typos."""
_BITS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """What the index has of a stem."""

    stem: str
    surfaces: tuple[str, ...]
    """How the stem is spelled in the texts, the shortest first, itself left out."""
    count: int
    """Records that have it, also those left out."""
    postings: tuple[tuple[int, int], ...]
    """Records, by number, each with its impact from 1 to LEVELS."""


def index(records: Sequence[Record]) -> list[Row]:
    """Index records, numbered in their order; rows in the order of the stems. Linear in the texts."""
    indexer = _Indexer(records)
    for number, record in enumerate(records):
        if record.found:
            indexer.add(number, record)
    return indexer.rows()


class _Indexer:
    def __init__(self, records: Sequence[Record]) -> None:
        found = [record for record in records if record.found]
        self._average = max(1.0, sum(_length(record.text) for record in found) / max(1, len(found)))
        self._average_title = max(1.0, sum(_length(record.title) for record in found) / max(1, len(found)))
        self._chunks: dict[str, tuple[str, ...]] = {}
        self._postings: defaultdict[str, array[int]] = defaultdict(lambda: array("Q"))
        self._surfaces: defaultdict[str, set[str]] = defaultdict(set)

    def add(self, number: int, record: Record) -> None:
        """Index a record."""
        for stem, weight in self._weighed(record).items():
            level = int(LEVELS * weight / (weight + _SATURATION) + 0.5) or 1
            self._postings[stem].append(number << _BITS | level)
        for tag in record.tags:
            self._mark(number, f":tag:{label(tag)}")
        for each in record.source:
            for stem in dict.fromkeys(stems(each)):
                self._mark(number, f":source:{stem}")

    def _weighed(self, record: Record) -> dict[str, float]:
        """Weigh the stems of a record, all its fields together."""
        scale = 1 - _LENGTH + _LENGTH * _length(record.text) / self._average
        weights: dict[str, float] = {stem: count / scale for stem, count in self._counted(record.text).items()}
        if record.headed:
            scale = 1 - _TITLE_LENGTH + _TITLE_LENGTH * _length(record.title) / self._average_title
            self._weigh(weights, record.title, _TITLE / scale)
        fields = [(name, _TITLE) for name in record.names if name != record.title]
        fields += ((tag, _TAG) for tag in record.tags)
        fields += ((each, _ABOUT) for each in record.about)
        fields += ((each, _SOURCE) for each in record.source[1:] if not record.fragment)
        if record.page != record.title:
            fields.append((record.page, _PAGE))
        for text, weight in fields:
            self._weigh(weights, text, weight)
        return weights

    def rows(self) -> list[Row]:
        """List what was indexed."""
        return [self._row(stem) for stem in sorted(self._postings)]

    def _row(self, stem: str) -> Row:
        packed = self._postings[stem]
        count = len(packed)
        found = [(each >> _BITS, each & (1 << _BITS) - 1) for each in packed]
        if count > LONGEST and not stem.startswith(":"):
            found = sorted(sorted(found, key=lambda each: (-each[1], each[0]))[:LONGEST])
        surfaces = sorted(self._surfaces[stem] - {stem}, key=lambda each: (len(each), each))[:_SURFACES]
        return Row(stem, tuple(surfaces), count, tuple(found))

    def _counted(self, text: str) -> Counter[str]:
        counts: Counter[str] = Counter()
        for each, count in Counter(written(text)).items():
            for stem in self._chunks.get(each) or self._analysed(each):
                counts[stem] += count
        return counts

    def _analysed(self, text: str) -> tuple[str, ...]:
        cut: Chunk = chunk(text)
        words = (*cut.parts, cut.whole) if cut.whole else cut.parts
        for word in words:
            self._surfaces[word.stem].add(word.folded)
        self._chunks[text] = found = tuple(word.stem for word in words)
        return found

    def _weigh(self, weights: dict[str, float], text: str, weight: float) -> None:
        for stem in self._counted(text):
            weights[stem] = weights.get(stem, 0.0) + weight

    def _mark(self, number: int, stem: str) -> None:
        packed = self._postings[stem]
        if not packed or packed[-1] >> _BITS != number:
            packed.append(number << _BITS | 1)


def _length(text: str) -> int:
    return text.count(" ") + 1


def label(tag: str) -> str:
    """Write a tag as `tag:` is given it: folded, its words joined by dashes."""
    return "-".join(each.lower() for each in written(tag.replace("/", " ")))


def encoded(postings: Iterable[tuple[int, int]]) -> str:
    """Write postings: the step to the next record's number in base 36, left out where it is 1, then the impact's letter."""
    pieces, last = [], -1
    for number, level in postings:
        step = number - last
        if step > 1:
            pieces.append(_STEPS[step] if step < len(_STEPS) else base36(step))
        pieces.append(_LETTERS[level])
        last = number
    return "".join(pieces)


def base36(number: int) -> str:
    """Write a number with digits and small letters."""
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
        if not number:
            return digits


_STEPS = tuple(base36(step) for step in range(36 * 36))
_LETTERS = tuple(chr(64 + level) for level in range(LEVELS + 1))
