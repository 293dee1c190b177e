"""The letters of formulas are in their alphabets, which browsers do not do."""

from __future__ import annotations

import string

import pytest

from aikb.text.formula import as_text, to_mathml
from aikb.text.math_alphabets import _ALPHABETS, in_alphabet


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\mathbb R", "ℝ"), (r"\mathbb{R}", "ℝ"), (r"\mathbb{1}", "𝟙"), (r"\mathbb k", "𝕜"), (r"\Bbb{N}", "ℕ"),
        (r"\mathcal L", "ℒ"), (r"\mathcal{O}(n)", "𝒪 ( n )"), (r"\mathscr{F}", "ℱ"), (r"\mathscr{A}", "𝒜"),
        (r"\mathfrak{g}", "𝔤"), (r"\mathfrak C", "ℭ"), (r"\mathbf x", "𝐱"), (r"\mathbf{0}", "𝟎"), (r"\boldsymbol{\alpha}", "𝛂"),
        (r"\mathsf{Mod}", "𝖬 𝗈 𝖽"), (r"\mathtt{ab}", "𝚊 𝚋"), (r"\mathrm{d}x", "d x"), (r"x", "x"), (r"\text{R}", "R"),
        (r"\mathbb{E}[x]", "𝔼 [ x ]"), (r"\mathbf{+}", "+"),
    ],
)  # fmt: skip
def test_letters_are_in_their_alphabet(latex: str, expected: str) -> None:
    shown = "".join(as_text(latex).split())
    assert shown in ("".join(expected.split()), "".join(expected.split()).replace("𝛂", "𝜶"))
    assert 'mathvariant="' not in to_mathml(latex, display=False).replace('mathvariant="normal"', "")


@pytest.mark.parametrize("variant", sorted(_ALPHABETS))
def test_every_alphabet_has_all_letters(variant: str) -> None:
    written = in_alphabet(string.ascii_letters, variant)
    assert len(set(written) - set(string.ascii_letters)) == len(string.ascii_letters)
    assert in_alphabet("é+ ", variant) == "é+ "
