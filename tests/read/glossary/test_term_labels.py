"""What a term is called: the names in its label, and which notes are glossaries by their titles."""

from __future__ import annotations

import pytest

from aikb.read.glossary.labels import names_in_label, respell
from conftest import document


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("SDU (Service Data Unit)", ("SDU", ("Service Data Unit",))),
        (
            "Grand modèle de langage (Large Language Model, LLM)",
            ("Grand modèle de langage", ("Large Language Model", "LLM")),
        ),
        (
            "Grand modèle de langage (LLM, Large Language Model)",
            ("Grand modèle de langage", ("LLM", "Large Language Model")),
        ),
        ("Réseau de neurones (RN ; Neural Network)", ("Réseau de neurones", ("RN", "Neural Network"))),
        ("Réseau de neurones (RN ou neural network)", ("Réseau de neurones", ("RN", "neural network"))),
        ("Marée de vive-eau (en anglais, spring tide)", ("Marée de vive-eau", ("spring tide",))),
        ("Marée (anglais : tide)", ("Marée", ("tide",))),
        ("Sheet (of a sail)", ("Sheet (of a sail)", ())),
        ("Sheet (sail, paper)", ("Sheet (sail, paper)", ())),
        ("Bias (ethics/fairness)", ("Bias (ethics/fairness)", ())),
        ("Bow / Prow", ("Bow", ("Prow",))),
        ("Tide (a, b, c, d)", ("Tide (a, b, c, d)", ())),
    ],
)
def test_a_label_says_names(label: str, expected: tuple[str, tuple[str, ...]]) -> None:
    assert names_in_label(label) == expected


@pytest.mark.parametrize(
    ("label", "text", "expected"),
    [
        ("Modèles Encoder-Only", "ces modèles", "Modèles Encoder-Only"),
        ("Fine Tuning", "all fine-tuning is", "Fine-tuning"),
        ("Spring Tide", "a spring tide", "Spring tide"),
    ],
)
def test_a_label_keeps_the_capitals_of_names(label: str, text: str, expected: str) -> None:
    assert respell(label, text) == expected


ENTRIES = "## Tide\n\nThe rise of the sea.\n\n## Bow\n\nIts front.\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"# Glossary of ships\n\n{ENTRIES}", ["Tide", "Bow"]),
        (f"## Glossary of ships\n\n{ENTRIES}", ["Tide", "Bow"]),
        (f"<h1 align='center'>Glossaire</h1>\n\n{ENTRIES}", ["Tide", "Bow"]),
        (
            f"<p><img src='p.png'></p>\n<h2>Ship glossary</h2>\n<br>\n\n[![](p.png)](https://x.org)\n\n{ENTRIES}",
            ["Tide", "Bow"],
        ),
        (f"## About the glossary\n\nWords of it.\n\n{ENTRIES}", []),
        (f"## Ships\n\n{ENTRIES}", []),
        ("# Glossary editor\n\n## Features\n\nMany.\n\n## Installation\n\nRun it.\n\n## License\n\nMIT.\n", []),
        (
            "# Éditeur de glossaire\n\n## Fonctionnalités\n\nx\n\n## Déploiement\n\ny\n\n## Utilisation locale\n\nz\n",
            [],
        ),
        (f"# Glossary\n\n## Usage\n\nHow words are used.\n\n{ENTRIES}", ["Usage", "Tide", "Bow"]),
    ],
)
def test_a_note_is_a_glossary_by_its_title(text: str, expected: list[str]) -> None:
    assert [term.label for term in document(text, "notes/README.md").terms] == expected
