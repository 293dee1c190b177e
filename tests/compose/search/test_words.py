"""How texts and queries are cut into words, and which words are one."""

from __future__ import annotations

import unicodedata

import pytest

from aikb.compose.search.stem import stem
from aikb.compose.search.words import chunks, normalised, stems


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("L’été jusqu'à l’École", [["ete"], ["a"], ["ecole"]]),
        ("cœur Œuvre Schrödinger Ærø", [["coeur"], ["oeuvre"], ["schrodinger"], ["aero"]]),
        ("𝗧𝗵𝗲 ﬁrst signiﬁ\u00adcant x²", [["the"], ["first"], ["significant"], ["x2"]]),
        ("setTimeout(cb)", [["set", "timeout", "=settimeout"], ["cb"]]),
        (
            "host-whitelist check_tool_call",
            [["host", "whitelist", "=hostwhitelist"], ["check", "tool", "call", "=checktoolcall"]],
        ),
        ("host‑whitelist", [["host", "whitelist", "=hostwhitelist"]]),
        ("C++ C# .NET", [["c++"], ["c#"], ["net", "=.net"]]),
        (
            "o1-preview GPT-4o Llama3",
            [["o1", "preview", "=o1preview"], ["gpt", "4o", "=gpt4o"], ["llama", "3", "=llama3"]],
        ),
        ("1.5 10^6 3.1", [["1.5"], ["10", "6", "=106"], ["3.1"]]),
        ("the world’s don't", [["the"], ["world"], ["don"]]),
        ("OpenAI LLMs GPUs", [["open", "ai", "=openai"], ["llms"], ["gpus"]]),
        ("日本語 שָׁלוֹם مرحبا", [["日"], ["本"], ["語"], ["שלום"], ["مرحبا"]]),
        ("??? <>&", []),
    ],
)
def test_a_text_is_cut_into_words_and_compounds(text: str, folded: list[list[str]]) -> None:
    found = [
        [*(word.folded for word in each.parts), *([f"={each.whole.folded}"] if each.whole else [])]
        for each in chunks(text)
    ]
    assert found == folded


@pytest.mark.parametrize(
    "words",
    [
        "model models modèle modèles modele",
        "distill distilled distillation distiller",
        "watermark watermarked watermarking watermarks",
        "quantize quantized quantization quantisation",
        "glass glasses",
        "company companies",
        "réseau réseaux",
        "animal animaux",
        "loi lois",
        "analyse analyses analysis",
        "hypothesis hypotheses",
        "evaluate evaluated evaluation évaluer évaluations",
        "generate generated génération générer générateur",
        "defence defense",
        "colour color",
        "efficient efficiency",
        "entraînement entraîner entraîné entraînées",
        "physique physics",
        "vecteur vector",
        "technique technical",
        "chinois chinoise chinoises",
        "autonome autonomous",
        "drop drops dropped dropping",
        "qualité quality",
        "supérieur supérieure supérieurs supérieures superior",
        "ingénieur ingénieure ingénieures",
        "traducteur traductrice traductrices",
        "personnel personnelle personnelles",
        "industriel industrielle",
        "nouvel nouvelle nouvelles",
        "actif active actifs actives",
        "récursif récursive recursive",
        "prédictif predictive",
        "primaire primary primaires",
        "ternaire ternary",
        "glossaire glossary glossaries",
        "nécessaire necessary",
    ],
)
def test_inflections_have_one_stem(words: str) -> None:
    assert len({*stems(words)}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("universal", "university"),
        ("model", "mode"),
        ("policy", "politics"),
        ("o1", "o3"),
        ("as", "a"),
        ("active", "act"),
        ("elle", "el"),
    ],
)
def test_different_words_have_different_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_every_mark_is_left_out() -> None:
    marks = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code))[0] == "M"]
    assert [f"{ord(mark):x}" for mark in marks if normalised(f"a{mark}b") != "ab"] == []
    assert len(marks) > 2_000
