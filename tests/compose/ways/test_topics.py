"""What a text is about: words that it says again, that stand in its heading, or that are names."""

from __future__ import annotations

import pytest

from aikb.compose.ways.topics import (
    NAME,
    SAID,
    TITLE,
    TITLED,
    counted,
    heading_of,
    is_label,
    stemmed,
    strengths,
    strengths_of_part,
)

FILL = ["lorem"] * 3 + [f"filler{chr(97 + at)}{chr(97 + at)}" for at in range(26)] * 3


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("tokenizers", "tokeniser"),
        ("Krill", "krill"),
        ("modèle", "models"),
        ("apprentissage", "learning"),
        ("𝗙𝗶𝗻𝗲𝘁𝘂𝗻𝗶𝗻𝗴", "finetuning"),
    ],
)
def test_forms_of_a_word_and_its_translation_are_one(word: str, root: str) -> None:
    assert stemmed(word) == stemmed(root) != ""


@pytest.mark.parametrize(
    "word",
    [
        "the",
        "seems",
        "Various",
        "instead",
        "didn",
        "December",
        "generated",
        "semble",
        "différents",
        "toutefois",
        "exécuter",
    ],
)
def test_words_that_any_text_may_use_say_nothing(word: str) -> None:
    assert stemmed(word) == ""


@pytest.mark.parametrize(
    "word",
    "2023 12 10th 3rd 1er 2e 2ème 10h Q4 II III VII XIV ii viii Thurs janv févr juil matin soir jours semaines hier demain "
    "chapitre volumes misc morning yesterday lundi Tuesday".split(),
)
def test_numbers_and_words_of_dates_tie_nothing(word: str) -> None:
    assert stemmed(word) == ""


@pytest.mark.parametrize("word", ["GPT-4", "k8s", "H100", "MIX", "CV", "DIY"])
def test_names_with_numbers_and_capitals_stand(word: str) -> None:
    assert stemmed(word)


@pytest.mark.parametrize("word", ["CoT", "LoRA", "REST", "watermark", "distillation", "mémoire", "Llama"])
def test_names_and_words_of_a_field_stand(word: str) -> None:
    assert stemmed(word)


@pytest.mark.parametrize("word", ["Notes", "Miscellaneous", "Définition", "Exemples", "Highlights", "Résumé"])
def test_labels_are_no_heading(word: str) -> None:
    assert is_label(word)
    assert heading_of([word]) == frozenset()


@pytest.mark.parametrize(
    ("said", "heading", "strength"),
    [
        (["krill"], [], None),
        (["krill", "krill"], [], SAID),
        (["krill"] * 3, [], SAID + 1),
        (["krill"] * 40, [], SAID + 4),
        (["KRiLL"], [], NAME),
        (["krill"], ["krill"], TITLED + 1),
        ([], ["Krill"], TITLED),
        (["krill", "Krill"], ["krill"], TITLE),
    ],
)
def test_strength(said: list[str], heading: list[str], strength: int | None) -> None:
    text = counted([*FILL, *said])
    assert strengths(text, heading_of(heading)).get(stemmed("krill")) == strength


def test_in_a_short_text_every_word_counts_but_not_in_a_part() -> None:
    text = counted(["whales", "eat", "krill"])
    assert strengths(text, ()) == {stemmed(word): SAID for word in ("whales", "eat", "krill")}
    assert strengths_of_part(["whales", "eat", "krill"], text, ()) == {}


@pytest.mark.parametrize(("size", "least"), [(100, 2), (600, 3), (3_000, 4)])
def test_in_a_longer_text_a_word_must_be_said_more_often(size: int, least: int) -> None:
    fill = [f"f{chr(97 + at % 26)}{chr(97 + at // 26 % 26)}{chr(97 + at // 676)}q" for at in range(size)]
    for times in (least - 1, least):
        text = counted([*fill, *["krill"] * times])
        assert (stemmed("krill") in strengths(text, ())) is (times == least)


def test_a_word_that_always_has_a_capital_is_a_name_where_it_stands_twice() -> None:
    text = counted(["Pandoc", "Pandoc", "Whales", "whales", "Once", "GPT"])
    assert text.names == {stemmed("Pandoc"), stemmed("GPT")}
