"""How closely the words of a query stand together in a text, and what that does to the order of rows."""

from __future__ import annotations

import pytest

from aikb.compose.search.closeness import closeness, likeness
from aikb.compose.search.files import Files
from aikb.compose.search.index import build_search
from aikb.compose.search.ranking import search
from aikb.compose.search.words import stems
from aikb.settings import Settings
from conftest import Build

FILLED = "and so on, with many other things said before it comes to"


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("salt marsh", "The salt marsh is wide.", 1),
        ("salt marsh", "Salt marshes and salt.", 1),
        ("salt marsh", "The salt of the marsh.", 1 / 3),
        ("salt of the marsh", "The salt of the marsh.", 1),
        ("salt of the marsh", "The salt in a marsh.", 1 / 4 / 3),
        ("salt marsh", "A marsh, and salt.", 1 / 4),
        ("salt marsh", "marsh salt", 1 / 3),
        ("salt marsh birds", "The salt marsh has birds.", (1 + 1 / 2) / 2),
        ("salt marsh", "Salt far away; later a marsh, a salt marsh.", 1),
        ("salt marsh", "Only salt.", 0),
        ("salt marsh", "", 0),
        ("salt marsh", "salt " + "word " * 200 + "marsh", 1 / 201),
        ("marais salant", "Le marais salant.", 1),
        ("host-list", "a host_list", 1),
    ],
)
def test_words_are_close_that_stand_as_they_are_typed(query: str, text: str, expected: float) -> None:
    assert closeness(text, [{stem} for stem in stems(query)]) == pytest.approx(expected)


def test_a_word_is_where_any_of_its_stems_is() -> None:
    assert closeness("The salt marsh is wide.", [{"slat", "salt"}, {"marsh"}]) == 1


@pytest.mark.parametrize(
    ("query", "title", "expected"),
    [
        ("salt marsh", "Salt marshes", 1),
        ("salt marsh", "What salt is", 1 / 2 * 1 / 3),
        ("salt", "Salt and marsh", 1 / 3),
        ("what is salt", "What is salt?", 1),
        ("salt", "Rain", 0),
        ("salt", "", 0),
    ],
)
def test_a_title_is_like_a_query_as_far_as_their_words_are_the_same(query: str, title: str, expected: float) -> None:
    assert likeness(title, [{stem} for stem in stems(query)]) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("query", "together", "apart"),
    [
        ("salt marsh", f"The salt marsh; {FILLED} rain.", f"The salt; {FILLED} a marsh."),
        ("tidal power plant", f"A tidal power plant, {FILLED} water.", f"A plant has power, {FILLED} tidal water."),
        ("moteur à vent", f"Le moteur à vent, {FILLED} eau.", f"Le vent ; {FILLED} un moteur d'eau."),
    ],
)
def test_rows_whose_words_stand_together_are_first(kb: Build, query: str, together: str, apart: str) -> None:
    site = kb({"notes/a.md": f"# A\n\n## One\n\n{apart}\n\n## Two\n\n{together}\n\n## Three\n\nAnother sea.\n"})
    files = Files(build_search(site.records, site.names, Settings()))
    assert [files.record(hit.number)[0][2] for hit in search(query, files).hits[:2]] == ["Two", "One"]
