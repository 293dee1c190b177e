"""The first real sentence of a note, for lists and previews."""

from __future__ import annotations

import pytest

from aikb.compose.ways.profile import opening
from conftest import document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A tide comes in twice a day. It goes out.", "A tide comes in twice a day."),
        ("See the table of the tides at https://example.org/t", "See the table of the tides at"),
        ("The table of all the tides: https://example.org/t", "The table of all the tides"),
        ("The table of the tides (https://example.org/t), by hour.", "The table of the tides, by hour."),
        ("The table of the tides <https://example.org/t>.", "The table of the tides."),
        ("The table, https://example.org/t, of all the tides.", "The table, of all the tides."),
        ("https://example.org/t is the table of the tides.", "is the table of the tides."),
        (
            "https://example.org/a and https://example.org/b or so\n\nA tide comes in twice a day.",
            "A tide comes in twice a day.",
        ),
        ("A boat does two things, in this order:\n\n- it floats", "A boat does two things, in this order…"),
        ("Un bateau fait deux choses, dans cet ordre :\n\n- il flotte", "Un bateau fait deux choses, dans cet ordre…"),
        ("- note\n- It floats on the water, mostly https://example.org", "It floats on the water, mostly"),
        ("https://example.org/a https://example.org/b https://example.org/c x y z", ""),
    ],
)
def test_an_opening_is_a_sentence_without_addresses(text: str, expected: str) -> None:
    assert opening(document(f"# Tides\n\n{text}\n")) == expected
