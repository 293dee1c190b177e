"""Index records: for each stem, the records that have it and how much each is about it.

An impact is BM25F (Robertson, Zaragoza and Taylor, 2004) without the rarity of the term, in 26 steps, so that a reader needs
neither lengths nor frequencies. Fields: the title, the page's title, the reader's tags, the source, the text.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain
from math import log2
from typing import TypeAlias

from aikb.compose.search.words import Word, chunk, stems, written
from aikb.model.site import Record
from aikb.system.kept import Kept

LEVELS = 26
"""Steps of an impact, a letter each: `A` to `Z`."""
LONGEST = 2_000
"""Records of a stem that are kept, those with the highest impact: nobody reads further."""
_SATURATION = 2.5
_LENGTH, _TITLE_LENGTH = 0.45, 0.3
"""How much a long text, and a long title, counts less for a word it has."""
_TITLE, _PAGE, _TAG, _SOURCE, _ABOUT = 4.0, 0.8, 2.0, 0.3, 0.8
_SURFACES = 4
"""Spellings kept of a stem, for what is being typed and for typos."""
_OCTAVE = 8
_BITS = 5
_LEVEL = (1 << _BITS) - 1
"""A posting is one number: the record's, and its impact in so many bits."""


@dataclass(frozen=True, slots=True)
class Row:
    """What the index has of a stem."""

    stem: str
    surfaces: tuple[str, ...]
    """How the stem is spelled in the texts, the shortest first, itself left out."""
    count: int
    """Records that have it, also those left out."""
    kept: int
    """Records that are in `postings`."""
    postings: str
    """Records, by number, each with its impact from 1 to LEVELS, as `encoded` writes them."""


_Counted: TypeAlias = tuple[AbstractSet[str], Mapping[str, int]]
"""The chunks of a text, and its stems, each with how often it is there."""


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A record by itself: what stands in it, and how much it is about each stem."""

    chunks: tuple[str, ...]
    """Its chunks, as they are written."""
    stems: tuple[str, ...]
    levels: bytes
    """The impact of each stem."""
    marks: tuple[str, ...]
    """Its tags and sources, which are asked for by name."""


class Analysed:
    """What the last build knew of each record and chunk; kept while serving."""

    def __init__(self) -> None:
        """Start without any."""
        self.averages = (0.0, 0.0)
        self.chunks = Kept[str, tuple[Word, ...]]()
        self.fields = Kept[str, _Counted]()
        """Of what many records have in common: the title of their page, tags, names."""
        self.records = Kept[Record, _Weighed]()
        self.rows: dict[str, tuple[array[int], Row]] = {}

    def start(self, averages: tuple[float, float]) -> None:
        """Begin a build; impacts hold for one average length of texts and of titles."""
        self.chunks.start()
        self.fields.start()
        self.records.start()
        if averages != self.averages:
            self.records.forget()
            self.averages = averages


def index(records: Sequence[Record], kept: Analysed | None = None) -> list[Row]:
    """Index records, numbered in their order; rows in the order of the stems. Linear in the texts.

    `kept` is what the last build knew.
    """
    indexer = _Indexer(records, kept or Analysed())
    for number, record in enumerate(records):
        if record.found:
            indexer.add(number, record)
    return indexer.rows()


class _Indexer:
    def __init__(self, records: Sequence[Record], kept: Analysed) -> None:
        found = [record for record in records if record.found]
        self._average = _average([_length(record.text) for record in found])
        self._average_title = _average([_length(record.title) for record in found])
        self._kept = kept
        kept.start((self._average, self._average_title))
        self._chunks: set[str] = set()
        self._stems: dict[str, tuple[str, ...]] = {}
        """The stems of each chunk."""
        self._postings: defaultdict[str, array[int]] = defaultdict(lambda: array("Q"))

    def add(self, number: int, record: Record) -> None:
        """Index a record."""
        weighed = self._kept.records.get(record, self._weighed)
        self._chunks.update(weighed.chunks)
        postings, high = self._postings, number << _BITS
        for stem, level in zip(weighed.stems, weighed.levels, strict=True):
            postings[stem].append(high | level)
        for stem in weighed.marks:
            postings[stem].append(high | 1)

    def rows(self) -> list[Row]:
        """List what was indexed."""
        surfaces: defaultdict[str, set[str]] = defaultdict(set)
        for each in self._chunks:
            for word in self._kept.chunks.get(each, _words):
                surfaces[word.stem].add(word.folded)
        last = self._kept.rows
        none = set[str]()
        rows = {stem: self._row(stem, surfaces.get(stem, none), last.get(stem)) for stem in sorted(self._postings)}
        self._kept.rows = {stem: (self._postings[stem], row) for stem, row in rows.items()}
        return list(rows.values())

    def _row(self, stem: str, spelled: set[str], last: tuple[array[int], Row] | None) -> Row:
        """Make the row of a stem: the last one where it would be the same."""
        packed = self._postings[stem]
        spelled.discard(stem)
        surfaces = tuple(sorted(spelled, key=lambda each: (len(each), each))[:_SURFACES]) if spelled else ()
        if last is not None and last[1].surfaces == surfaces and last[0] == packed:
            return last[1]
        count = len(packed)
        found: Sequence[int] = packed
        if count > LONGEST and not stem.startswith(":"):
            found = sorted(sorted(packed, key=lambda each: (-(each & _LEVEL), each))[:LONGEST])
        return Row(stem, surfaces, count, len(found), encoded(found))

    def _weighed(self, record: Record) -> _Weighed:
        seen: set[str] = set()
        weights = self._weights(record, seen)
        levels = {each: int(LEVELS * each / (each + _SATURATION) + 0.5) or 1 for each in set(weights.values())}
        marks = [f":tag:{label(tag)}" for tag in record.tags]
        marks += [f":source:{stem}" for each in record.source for stem in stems(each)]
        return _Weighed(
            tuple(seen), tuple(weights), bytes(map(levels.__getitem__, weights.values())), tuple(dict.fromkeys(marks))
        )

    def _weights(self, record: Record, seen: set[str]) -> dict[str, float]:
        """Weigh the stems of a record, all its fields together; its chunks are added to `seen`."""
        scale = 1 - _LENGTH + _LENGTH * _length(record.text) / self._average
        chunks, counts = self._counted(record.text)
        seen.update(chunks)
        weights: dict[str, float] = {stem: count / scale for stem, count in counts.items()}
        fields = []
        if record.headed:
            scale = 1 - _TITLE_LENGTH + _TITLE_LENGTH * _length(record.title) / self._average_title
            fields.append((record.title, _TITLE / scale))
        fields += ((name, _TITLE) for name in record.names if name != record.title)
        fields += ((tag, _TAG) for tag in record.tags)
        fields += ((each, _ABOUT) for each in record.about)
        fields += ((each, _SOURCE) for each in record.source[1:] if not record.fragment)
        if record.page != record.title:
            fields.append((record.page, _PAGE))
        for text, weight in fields:
            chunks, counts = self._kept.fields.get(text, self._counted)
            seen.update(chunks)
            for stem in counts:
                weights[stem] = weights.get(stem, 0.0) + weight
        return weights

    def _counted(self, text: str) -> _Counted:
        """Count the chunks and the stems of a text."""
        found, known = written(text), self._stems
        chunks = set(found)
        for each in chunks:
            if each not in known:
                known[each] = tuple(word.stem for word in self._kept.chunks.get(each, _words))
        return chunks, Counter(chain.from_iterable(map(known.__getitem__, found)))


def _words(text: str) -> tuple[Word, ...]:
    """List the words of a chunk: its parts, and the whole of a compound."""
    cut = chunk(text)
    return (*cut.parts, cut.whole) if cut.whole else cut.parts


def _average(lengths: Sequence[int]) -> float:
    """Average lengths, to an eighth of an octave: a word more in one text must not weigh all others anew."""
    average = max(1.0, sum(lengths) / max(1, len(lengths)))
    return float(2 ** (round(_OCTAVE * log2(average)) / _OCTAVE))


def _length(text: str) -> int:
    return text.count(" ") + 1


def label(tag: str) -> str:
    """Write a tag as `tag:` is given it: folded, its words joined by dashes."""
    return "-".join(each.lower() for each in written(tag.replace("/", " ")))


def encoded(postings: Iterable[int]) -> str:
    """Write postings: the step to the next record's number in base 36, left out where it is 1, then the impact's letter."""
    pieces, last, steps, letters = [], -1, _STEPS, _LETTERS
    for each in postings:
        number = each >> _BITS
        if number - last > 1:
            pieces.append(steps[number - last] if number - last < len(steps) else base36(number - last))
        pieces.append(letters[each & _LEVEL])
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
