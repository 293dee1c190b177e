"""Forms of French and English words, by a list."""

from __future__ import annotations

import pytest

from aikb.locales.word_list import everyday_words, irregular_forms, own_words
from aikb.relate.evidence.lemmas import english_lemmas, french_lemmas
from aikb.text.folding import unaccented

FRENCH = {unaccented(one).casefold() for one, _ in (*own_words(), *everyday_words())}
ENGLISH = {other.casefold() for _, other in (*own_words(), *everyday_words())}


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("pardonne", "pardonner"),
        ("pardonnerait", "pardonner"),
        ("mangeait", "manger"),
        ("nettoie", "nettoyer"),
        ("moud", "moudre"),
        ("viennent", "venir"),
        ("rebatie", ""),
        ("batissent", "batir"),
        ("vendait", "vendre"),
        ("chevaux", "cheval"),
        ("boulangeres", ""),
        ("seches", "secher"),
        ("blanches", ""),
        ("noisettes", ""),
        ("douces", "doux"),
        ("heureuse", "heureux"),
        ("longues", "long"),
        ("belles", "beau"),
        ("ouvrieres", "ouvriere"),
        ("temoins", "temoin"),
    ],
)
def test_a_french_form_is_found(word: str, lemma: str) -> None:
    assert lemma in french_lemmas(word, FRENCH) or not lemma


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("keeps", "keep"),
        ("kept", "keep"),
        ("cities", "city"),
        ("buried", "bury"),
        ("forgiving", "forgive"),
        ("stopped", "stop"),
        ("taught", "teach"),
        ("leaves", "leaf"),
        ("greater", ""),
        ("quickly", "quickly"),
        ("bakers", "baker"),
    ],
)
def test_an_english_form_is_found(word: str, lemma: str) -> None:
    assert lemma in english_lemmas(word, ENGLISH) or not lemma


@pytest.mark.parametrize("word", ["zut", "a", "", "xyzzy", "ent", "aux", "é"])
def test_what_is_no_form_of_a_listed_word_has_none(word: str) -> None:
    assert french_lemmas(word, FRENCH) == english_lemmas(word, ENGLISH) == []


def test_a_list_does_not_say_a_thing_twice_and_has_all_irregular_verbs() -> None:
    everyday = everyday_words()
    assert len(set(everyday)) == len(everyday)
    assert all(unaccented(ours).casefold() in FRENCH for ours in irregular_forms("fr").values())
