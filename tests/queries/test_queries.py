"""Search is held to what it reached on queries of our own, over the corpus in memory: `make queries` says more."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import knowledge_base

from .engines import in_memory, read_folder
from .judged import HERE, KINDS, Query, Score, averages, read_queries, score
from .measure import FOLDERS, sets

FLOORS = {
    "ai-notes-fourth": (0.91, 0.80),
    "ai-notes-sixth": (0.95, 0.83),
    "ai-notes-third": (0.95, 0.93),
    "readwise-obsidian-sixth": (0.90, 0.85),
    "seeds-fifth": (0.98, 0.94),
    "seeds-sixth": (0.96, 0.95),
}
"""Recall and inverse rank of what is hard: lists of links, which name a thing once in a long section; and of the last sets."""


@pytest.mark.parametrize("folder", FOLDERS)
def test_queries_find_what_they_look_for(corpus: Path, folder: str) -> None:
    ask = in_memory(knowledge_base(read_folder(corpus / folder / FOLDERS[folder])))
    for name, queries in sets(folder).items():
        scores = [score(query, ask(query.text)) for query in queries]
        assert [query.text for query, each in zip(queries, scores, strict=True) if each.empty] == []
        _, recall, rank, _ = averages(queries, scores)["all"]
        least_recall, least_rank = FLOORS.get(name, (0.95, 0.97 if folder == "seeds" else 0.90))
        assert recall >= least_recall, name
        assert rank >= least_rank, name


def test_there_are_ten_queries_of_each_kind_for_the_seeds_and_forty_more() -> None:
    seeds = read_queries(HERE / "seeds.tsv")
    assert min(sum(query.kind == kind for query in seeds) for kind in KINDS) >= 10
    others = [query for path in HERE.glob("*.tsv") if "seeds" not in path.name for query in read_queries(path)]
    assert len(others) >= 40


def test_scores_are_recall_among_five_and_inverse_rank_among_ten() -> None:
    query = Query("title", "sea", (("a.md#one", "b.md#one"), ("c.md",)))
    rows = [frozenset({("x.md", "")}), frozenset({("b.md", "one")}), frozenset({("a.md", "one")})]
    assert score(query, rows) == Score(0.5, 0.5, empty=False)
    assert score(query, [*rows, frozenset({("c.md", "h-any")})]) == Score(1.0, 0.5, empty=False)
    assert score(query, [frozenset({("a.md", "two")})] * 12) == Score(0.0, 0.0, empty=False)
    assert score(query, []) == Score(0.0, 0.0, empty=True)
