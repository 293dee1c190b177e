"""Find which sections quote a text: runs of words in common, looked up in a table of n-grams.

Linear in the words of both: nothing is compared in pairs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from aikb.relate.evidence.section_text import SectionText
from aikb.text.markup import words_of

RUN = 5
"""Words of a run that is looked up."""
ALIKE = 90
"""How alike, of 100, a paragraph and a highlight are where a short run is enough; rapidfuzz's partial ratio."""
WHOLE = 0.8
"""Which part of a text, or of what stands in quotation marks, a run must be to be a quotation however short it is."""
COMMON = 4
"""A run in more sections than this is a phrase that many use."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """A run of words that a section and a text have in common."""

    section: SectionText
    words: str
    """The run, a blank between two words."""
    size: int
    """How many words it has."""
    sure: bool
    """Whether that is enough to be no coincidence."""


def find_quotations(
    text: str, table: Mapping[tuple[str, ...], tuple[int, ...]], sections: Sequence[SectionText], least: int
) -> Iterator[Quotation]:
    """Find the sections that quote a text, each with the longest run; `table` is `index_ngrams(sections)`.

    A quotation is sure from `least` words on, where it is nearly all of the text, or of what the section has in quotation
    marks, or where the whole paragraph is nearly the same.
    """
    words = words_of(text)
    runs: dict[int, list[int]] = {}
    longest: dict[int, tuple[int, int]] = {}
    for at, ngram in enumerate(_ngrams(words)):
        for number in table.get(ngram, ()):
            run = runs.get(number)
            if run is None or run[1] != at - 1:
                run = runs[number] = [at, at]
            run[1] = at
            size = run[1] - run[0] + RUN
            if size > longest.get(number, (0, 0))[0]:
                longest[number] = size, run[0]
    for number, (size, start) in longest.items():
        shared = " ".join(words[start : start + size])
        sure = size >= least or size >= WHOLE * len(words) or _is_quoted(sections[number], shared, size)
        sure = sure or _nearly_the_same(sections[number], words, shared)
        yield Quotation(sections[number], shared, size, sure)


def _is_quoted(part: SectionText, shared: str, size: int) -> bool:
    """Tell whether a run is what the section has in quotation marks, or in a quote block."""
    return any(shared in each and size >= WHOLE * (each.count(" ") + 1) for each in part.quoted)


def _nearly_the_same(part: SectionText, words: list[str], shared: str) -> bool:
    """Tell whether the paragraph with a short run is, but for a few letters, part of the highlight, or the other way round."""
    paragraph = next((each for each in part.paragraphs if shared in each), "")
    if not RUN < paragraph.count(" ") + 1 <= 3 * (shared.count(" ") + 1):
        return False
    return fuzz.partial_ratio(paragraph, " ".join(words)) >= ALIKE


def index_ngrams(parts: Sequence[SectionText]) -> Mapping[tuple[str, ...], tuple[int, ...]]:
    """Index the n-grams of sections: runs of RUN words, each with the numbers of the sections that have it.

    Phrases that more than COMMON sections have are left out.
    """
    table: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, part in enumerate(parts):
        for run in set(_ngrams(part.words)):
            table[run].append(number)
    return {run: tuple(numbers) for run, numbers in table.items() if len(numbers) <= COMMON}


def _ngrams(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """List the runs of RUN words, in order."""
    return zip(*(words[at:] for at in range(RUN)), strict=False)
