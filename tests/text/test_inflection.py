"""Names are inflected as running text does, whatever the words are that they are made of."""

from __future__ import annotations

import pytest

from aikb.text.inflection import forms


@pytest.mark.parametrize("lang", ["en", "fr", "it"])
@pytest.mark.parametrize("name", ["From", "the", "Pour", "en", "L'IA", "d’Alembert", "l'", "-", "To-", "on-", ""])
def test_a_name_that_is_or_begins_with_a_small_word_has_forms(name: str, lang: str) -> None:
    """A glossary's table with a column of such words was shown without a single mention."""
    assert next(forms(name, lang)) == name
    assert len(list(forms(name, lang))) < 9


@pytest.mark.parametrize(
    ("name", "lang", "form"),
    [
        ("état-de-l'art", "fr", "états de l'art"),
        ("mise-en-page", "fr", "mises en page"),
        ("L'IA", "fr", "L'IAs"),
        ("fine-tuning", "en", "finetuning"),
        ("pretraining", "en", "pre-training"),
    ],
)
def test_a_name_has_the_form(name: str, lang: str, form: str) -> None:
    assert form in forms(name, lang)
