"""Numbers in words, in both languages."""

from __future__ import annotations

import pytest

from aikb.text.number_words import number_words


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("sixty thousand workers", [60_000]),
        ("soixante mille ouvrières", [60_000]),
        ("two thousand eggs a day", [2_000]),
        ("deux mille œufs", [2_000]),
        ("twenty-five years", [25]),
        ("depuis vingt-cinq ans", [25]),
        ("il y a quarante ans", [40]),
        ("quatre-vingts pages", [80]),
        ("quatre-vingt-dix-sept jours", [97]),
        ("soixante-dix ans", [70]),
        ("soixante et onze", [71]),
        ("septante-deux", [72]),
        ("one hundred and five", [105]),
        ("deux cents", [200]),
        ("trois cent mille", [300_000]),
        ("three hundred thousand and twelve", [300_012]),
        ("mille neuf cent quatre-vingt-quatre", [1984]),
        ("two million", [2_000_000]),
        ("deux millions cinq cent mille", [2_500_000]),
        ("three, four and five", [3, 4, 5]),
        ("a tension, a seventh, someone", []),
        ("sixpence and tenfold", []),
        ("Six personnes, DIX jours", [6, 10]),
    ],
)
def test_a_number_in_words_has_its_value(text: str, values: list[int]) -> None:
    found = list(number_words(text))
    assert [value for _, _, value in found] == values
    assert all(text[start:end].strip() for start, end, _ in found)
