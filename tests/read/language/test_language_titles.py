"""What a block says of its language besides its words: titles in the other language, dates; and what a quotation does not."""

from __future__ import annotations

import pytest

from aikb.model.document import Document
from aikb.model.source import Source
from aikb.read.document import parse
from aikb.read.language.blocks import read_languages
from aikb.settings import Settings

EN = "The sea rises and falls twice a day, and the shore lives with it."
FR = "La mer monte et descend deux fois par jour, et le rivage la suit."


def languages(*blocks: str, site: tuple[str, ...] = ("en", "fr")) -> list[str]:
    text = "\n\n".join(blocks) + "\n"
    document = parse(Source("notes/a.md", text), Settings())
    assert isinstance(document, Document)
    read = read_languages(document.blocks, text, site)
    return [block.lang for block in read.blocks] or [read.lang] * len(blocks)


@pytest.mark.parametrize(
    ("block", "lang"),
    [
        ("Lire *The Making of the Atomic Bomb*, chapitre 4.", "fr"),
        ("Relire _Thinking, Fast and Slow_ avant mardi.", "fr"),
        ("Voir « The Origins of Totalitarianism », troisième partie.", "fr"),
        ("Cité dans “The Death of the Author”, page 12.", "fr"),
        ("- lire aussi *In Search of Lost Time*", "fr"),
        ("Chapter three of *Le Deuxième Sexe* is hard.", "en"),
        ("Read “À la recherche du temps perdu” twice.", "en"),
        ("## Notes on *Les Fleurs du mal*", "en"),
        ("## Note sur *The Waste Land*", "fr"),
    ],
)
def test_a_title_in_italics_or_quotation_marks_says_little(block: str, lang: str) -> None:
    other = FR if lang == "fr" else EN
    assert languages(other, block, other) == [lang] * 3


def test_a_block_that_is_a_quotation_speaks_for_itself() -> None:
    assert languages(FR, f"“{EN}”", FR) == ["fr", "en", "fr"]
    assert languages(FR, f"*{EN}*", FR) == ["fr", "en", "fr"]


@pytest.mark.parametrize(
    ("heading", "lang"),
    [
        ("# Sync 12 March", "en"),
        ("# Point du 12 mars", "fr"),
        ("# 3 avril", "fr"),
        ("# Tuesday 4", "en"),
        ("# Mardi 4", "fr"),
        ("# Release, 2 August", "en"),
    ],
)
def test_a_date_is_in_its_language(heading: str, lang: str) -> None:
    assert languages(heading, FR if lang == "fr" else EN)[0] == lang
    assert languages(heading, EN, FR)[0] == lang


@pytest.mark.parametrize("heading", ["## Citations", "## Multi-head attention", "## Extraits", "## Verdict"])
def test_a_quotation_says_nothing_of_the_heading_above_it(heading: str) -> None:
    assert languages(FR, FR, heading, f"> {EN}", FR, "## Suite", FR)[2] == "fr"
    assert languages(EN, EN, "## Quotes", f"> {FR}", EN, "## More", EN)[2] == "en"


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        (
            "> En un lugar de la Mancha, de cuyo nombre no quiero acordarme, no ha mucho tiempo que vivía un hidalgo.",
            "es",
        ),
        ("> Bitte zurückbleiben, die Türen schließen gleich und der Zug fährt ab.", "de"),
        (
            "> Nel mezzo del cammin di nostra vita mi ritrovai per una selva oscura, che la diritta via era smarrita.",
            "it",
        ),
        (
            "> O poeta é um fingidor, finge tão completamente que chega a fingir que é dor a dor que deveras sente.",
            "pt",
        ),
    ],
)
def test_a_third_language_is_known(text: str, lang: str) -> None:
    assert languages(EN, text, EN)[1] == lang
    assert languages(FR, text, FR, site=("fr",))[1] == lang
    assert languages(EN, text, EN, site=("en",))[1] == lang


@pytest.mark.parametrize(
    ("site", "text", "expected"),
    [
        (
            ("fr",),
            "> Permission is hereby granted, free of charge, to any person obtaining a copy of this software.",
            "en",
        ),
        (
            ("en",),
            "> Demain, dès l'aube, à l'heure où blanchit la campagne, je partirai. Vois-tu, je sais que tu m'attends.",
            "fr",
        ),
        (("fr",), "Fair use", "fr"),
        (("fr",), "- git rebase, git push, git reset", "fr"),
        (("fr",), "Le *machine learning* et le *deep learning* sont des sous-domaines de l'IA.", "fr"),
        (("en",), "The café on the Rue de la Paix, the one with the maître d'hôtel, is closed.", "en"),
    ],
)
def test_a_site_of_one_language_knows_the_other(site: tuple[str, ...], text: str, expected: str) -> None:
    own = EN if site == ("en",) else FR
    assert languages(own, text, own, site=site) == [site[0], expected, site[0]]
