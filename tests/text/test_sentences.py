"""Sentences: where one ends, and how much of one is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aikb.text.sentences import around, first_sentence, sentences, shortened


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Costs 3.5 dollars, e.g. in May. Then 4.", ["Costs 3.5 dollars, e.g. in May.", "Then 4."]),
        ("Il dit « oui. » Puis il part.", ["Il dit « oui. »", "Puis il part."]),
        ("They said “no.” He left (at once.) End.", ["They said “no.”", "He left (at once.)", "End."]),
        ("Selon M. Dupont, p. 3, cela va. Œuvre finie.", ["Selon M. Dupont, p. 3, cela va.", "Œuvre finie."]),
        ("A line\nand another", ["A line", "and another"]),
        ("  \n ", []),
    ],
)
def test_a_text_is_cut_where_a_reader_would(text: str, expected: list[str]) -> None:
    assert list(sentences(text)) == expected
    assert first_sentence(text.partition("\n")[0]) == "".join(expected[:1])


def test_a_long_sentence_is_cut_at_a_word() -> None:
    assert shortened("word, " * 100).endswith("word…")
    assert len(shortened("x" * 1000)) == 321


@given(st.text("aB .!?»”\n", max_size=60))
def test_sentences_lose_no_word(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())


@given(st.text("aB .!?»”", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_the_stretch_a_sentence_is_around_stays_whole(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    assert around(text, start, end)[1] == text[start:end]
