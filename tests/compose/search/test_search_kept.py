"""An index made with what the last build knew is the one that a fresh build makes."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aikb.compose.search import bridge, postings
from aikb.compose.search.index import KeptIndex, build_search
from aikb.model.site import Record
from aikb.settings import Settings

WORDS = "token tokens Tokenizer RAG host-whitelist l'été Été attention retrieval augmented generation ( RAG )".split()
TEXTS = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
RECORDS = st.builds(
    Record,
    path=st.sampled_from(("a.md", "b.md")),
    fragment=st.just(""),
    title=TEXTS,
    text=TEXTS | TEXTS.map(lambda text: text * 40),
    tags=st.sampled_from(((), ("Machine Learning", "machine-learning"))),
    lang=st.just("en"),
    address=st.just("a.md"),
    trees=st.just(("en",)),
    source=st.sampled_from(((), ("A Book", "Ann Author", "Ann Other"))),
    names=st.sampled_from(((), ("token", "jeton"))),
    found=st.booleans(),
)
SITES = st.lists(
    st.tuples(st.lists(RECORDS, max_size=6), st.lists(st.tuples(TEXTS, TEXTS), max_size=2)), min_size=1, max_size=4
)


@settings(max_examples=25)
@given(sites=SITES)
def test_the_index_is_that_of_a_fresh_build(sites: list[tuple[list[Record], list[tuple[str, str]]]]) -> None:
    kept = KeptIndex()
    for records, names in sites:
        assert build_search(records, names, SETTINGS, kept=kept) == build_search(records, names, SETTINGS)


def record(text: str, title: str = "Title") -> Record:
    return Record("a.md", "", title, text, lang="en", address="a.md", trees=("en",))


SETTINGS = Settings(languages=("en",))
NEW = "Sparrows number 7 about attention (see the books)"
MANY = [record(f"A text number {number} about attention (see the books)") for number in range(60)]


@pytest.mark.parametrize(
    "changed",
    [
        [*MANY[:7], record("A text number 7 about attention and sparrows"), *MANY[8:]],
        [*MANY[:7], record(MANY[7].text, "Sparrows"), *MANY[8:]],
        [*MANY[:7], record(NEW), *MANY[7:]],
        [*MANY[:7], *MANY[8:], record(NEW)],
        [record(NEW), *MANY[1:]],
        [*reversed(MANY), record(NEW)],
    ],
)
def test_only_a_record_that_is_new_is_analysed(changed: list[Record]) -> None:
    kept = KeptIndex()
    build_search(MANY, (), SETTINGS, kept=kept)
    with (
        patch.object(postings._Indexer, "_weights", autospec=True, side_effect=postings._Indexer._weights) as weighed,
        patch.object(bridge, "_stemmed", side_effect=bridge._stemmed) as stemmed,
        patch.object(bridge, "_explained", side_effect=bridge._explained) as explained,
    ):
        files = build_search(changed, (), SETTINGS, kept=kept)
    assert (weighed.call_count, stemmed.call_count) == (1, 0)
    assert explained.call_count <= 1
    assert files == build_search(changed, (), SETTINGS)


def test_what_is_gone_is_forgotten() -> None:
    kept = KeptIndex()
    for number in range(5):
        build_search([record(f"word{number}a word{number}b")], (), SETTINGS, kept=kept)
    assert len(kept.analysed.records._last) + len(kept.analysed.records._used) == 2
    assert len(kept.analysed.rows) == 6
