"""What a text and its translation have in common, and what two texts in one language have not by that."""

from __future__ import annotations

import pytest

from aikb.relate.evidence.shared_features import features
from aikb.relate.evidence.shared_words import match_passages


@pytest.mark.parametrize(
    ("french", "english", "shared"),
    [
        ("soixante mille ouvrières", "sixty thousand workers", "#60000"),
        ("vingt-cinq ans", "25 years", "#25"),
        ("12 % d'eau", "twelve percent of water", "=%"),
        ("douze pour cent", "12 per cent", "#12"),
        ("six semaines", "six weeks", "=6"),
        ("la reine de la ruche", "the queen of the hive", "~queen"),
        ("en hiver", "last winter", "~winter"),
        ("une colonie", "a colony", "colon"),
        ("les degrés", "a degree", "degr"),
        ("des bananes", "a banana", "banan"),
        ("sa mémoire", "their memory", "memor"),
        ("le froid antarctique", "an Antarctic cold", "antarc"),
        ("Jane Jacobs le disait", "So says Jane Jacobs", "^jane"),
        ("un rituel", "the rituals", "ritual"),
        ("le moteur d'Intel", "Intel makes them", "^intel"),
    ],
)
def test_a_translation_has_what_its_text_has(french: str, english: str, shared: str) -> None:
    assert shared in features(french).keys() & features(english, other=True).keys()
    turned = shared.replace("~", "≈")
    assert turned in features(english).keys() & features(french, other=True).keys()


@pytest.mark.parametrize("text", ["forty reports", "quarante rapports", "twenty-five of them", "soixante mille"])
def test_a_number_in_words_is_counted_once(text: str) -> None:
    assert not [each for each in features(text) if each[:4] in ("fort", "quar", "twen", "soix", "mill")]


@pytest.mark.parametrize("text", ["the queen of the winter street", "la reine de la rue en hiver"])
def test_words_translate_nothing_within_one_language(text: str) -> None:
    both = features(text).keys() & features(text, other=True).keys()
    assert not [each for each in both if each[0] in "~≈"]


def test_a_highlight_that_is_quoted_may_be_retold_elsewhere() -> None:
    highlights = ["Salt from Bilma was worth 40 camels in 1862", "Trucks by Berliet replaced nine tenths of them"]
    passages = ["Salt from Bilma was worth 40 camels", "Le sel de Bilma valait 40 chameaux en 1862"]
    alone = {(each.passage, each.highlight) for each in match_passages(passages, highlights)}
    beside = {(each.passage, each.highlight) for each in match_passages(passages, highlights, {(0, 0)})}
    assert (1, 0) not in alone
    assert (1, 0) in beside


def test_a_passage_that_quotes_one_highlight_retells_no_other() -> None:
    highlights = [
        "Models of Zhipu and Alibaba score 87 points in coding",
        "Zhipu and Alibaba and Baidu code with 12 teams",
    ]
    passages = ["Models of Zhipu and Alibaba score 87 points in coding", "nothing of all that"]
    assert list(match_passages(passages, highlights, {(0, 0)})) == []
