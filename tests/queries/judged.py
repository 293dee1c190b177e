"""Queries with the places that a good search shows among the first five rows, and the scores of an engine on them.

A place is `file#section`, a highlight by its id, a file alone for any of it; `|` stands between equals. A row is the set of
places that it leads to.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

HERE = Path(__file__).parent
Row: TypeAlias = frozenset[tuple[str, str]]
"""The places of a row: file and section."""
KINDS = (
    "accents inflection ligature elision crosslang acronym mathbold typo title phrase question".split()  # those of the samples
)
_POSTS = {
    "example-1": "post-the-end-of-the-race-for-larger-frontier",
    "example-2": "post-what-a-year-2024-for-ai-ready-for",
}
"""The posts of the samples: their file has no headings, and posts have addresses of ours."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is typed, its kind, and the places it looks for, each with its equals."""

    kind: str
    text: str
    places: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Recall among the first five, and the inverse of the rank of the first place among the first ten."""

    recall: float
    rank: float
    empty: bool


def read_queries(path: Path) -> list[Query]:
    """Read a file of queries: kind, text, places, between tabs."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#")
    return [Query(kind, text, tuple(tuple(place.split("|")) for place in places)) for kind, text, *places in rows]


def samples(path: Path) -> list[Query]:
    """Read the samples of `search-queries.json`."""
    return [
        Query(
            each["category"],
            each["query"],
            tuple((f"{place['file']}#{_POSTS.get(place['anchor'], place['anchor'])}",) for place in each["expected"]),
        )
        for each in json.loads(path.read_text(encoding="utf-8"))["queries"]
    ]


def score(query: Query, rows: Sequence[Row]) -> Score:
    """Score what an engine shows for a query."""
    hits = [[any(_leads(row, place) for place in equals) for equals in query.places] for row in rows[:10]]
    found = sum(map(any, zip(*hits[:5], strict=True)))
    rank = next((1 / at for at, hit in enumerate(hits, 1) if any(hit)), 0.0)
    return Score(min(1.0, found / min(5, len(query.places))), rank, not rows)


def _leads(row: Row, place: str) -> bool:
    file, _, section = place.partition("#")
    return any(
        _whichever(file) == _whichever(of) and (not section or name in (section, f"h-{section}")) for of, name in row
    )


def _whichever(file: str) -> str:
    """Name a file of a pair, in whatever language, and a README as the index of its folder."""
    return re.sub(r"(^|/)README\.md$", r"\1index.md", re.sub(r"\.(en|fr)\.md$", ".md", file))


def averages(queries: Iterable[Query], scores: Iterable[Score]) -> Mapping[str, tuple[int, float, float, int]]:
    """Average scores by kind, and of all of them: how many, recall, inverse rank, how many empty."""
    by_kind: defaultdict[str, list[Score]] = defaultdict(list)
    for query, each in zip(queries, scores, strict=True):
        by_kind[query.kind].append(each)
    by_kind["all"] = [each for mine in by_kind.values() for each in mine]
    return {
        kind: (
            len(by_kind[kind]),
            sum(each.recall for each in by_kind[kind]) / len(by_kind[kind]),
            sum(each.rank for each in by_kind[kind]) / len(by_kind[kind]),
            sum(each.empty for each in by_kind[kind]),
        )
        for kind in (*KINDS, "all")
        if kind in by_kind
    }
