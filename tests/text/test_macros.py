"""Macros of LaTeX: what a definition says, and a formula without them."""

from __future__ import annotations

import pytest

from aikb.text.formula import to_mathml
from aikb.text.macros import KNOWN, read_macros, written_out


@pytest.mark.parametrize(
    ("definitions", "formula", "expected"),
    [
        (r"\newcommand{\E}{\mathbb E}", r"\E[x]", r"\mathbb E[x]"),
        (r"\newcommand\E{\mathbb E}", r"\E x", r"\mathbb E x"),
        (r"\renewcommand*{\vec}[1]{\mathbf{#1}}", r"\vec a+\vec{bc}", r"\mathbf{a}+\mathbf{bc}"),
        (r"\providecommand {\f} [2] {#2/#1}", r"\f{a}{b}", "b/a"),
        (r"\newcommand{\d}[2][x]{\frac{#2}{#1}}", r"\d{f} \d[y]{g}", r"\frac{f}{x} \frac{g}{y}"),
        (r"\DeclareMathOperator{\tr}{tr}", r"\tr A", r"\operatorname{tr} A"),
        (r"\DeclareMathOperator*{\am}{arg\,max}", r"\am_x", r"\operatorname*{arg\,max}_x"),
        (r"\def\f#1#2{#1:#2}", r"\f ab", "a:b"),
        (r"\gdef\f{x}", r"\f+\ff", r"x+\ff"),
        (r"\let\eps\varepsilon", r"\eps", r"\varepsilon "),
        (r"\let\eps=\varepsilon", r"\eps", r"\varepsilon "),
        (r"\newcommand{\a}{\b} \newcommand{\b}{c}", r"\a", "c"),
        (r"\newcommand{\a}{\alpha}", r"\a b", r"\alpha b"),
        (r"\newcommand{\n}[1]{\left\{#1\right\}}", r"\n{x\{y\}}", r"\left\{x\{y\}\right\}"),
        ("% \\newcommand{\\a}{x}\n\\newcommand{\\b}{y} % z", r"\a\b", r"\ay"),
        (r"\newcommand{\a}{\a\a}", r"\a", r"\a"),
        (r"\newcommand{\a}", r"\a", r"\a"),
        (r"\newcommand{\a}{x", r"\a", r"\a"),
        (r"\def\a", r"\a", r"\a"),
        ("", r"\R\subset\Complex", r"\mathbb{R}\subset\mathbb{C}"),
        (r"\newcommand{\R}{R}", r"\R", "R"),
        ("", r"\set{x} \ket\psi", r"\{x\} |\psi\rangle "),
        ("", r"\setminus \Rightarrow", r"\setminus \Rightarrow"),
    ],
)
def test_macros_are_written_out(definitions: str, formula: str, expected: str) -> None:
    assert written_out(formula, {**KNOWN, **read_macros(definitions)[0]}).split() == expected.split()


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_names_that_are_known_are_formulas(name: str) -> None:
    assert to_mathml(written_out(rf"x \{name}{{y}}", KNOWN), display=False)


def test_what_is_said_besides_definitions_is_kept() -> None:
    assert read_macros(r"\newcommand{\a}{x} \a + 1")[1] == r"\a + 1"


def test_macros_that_grow_stay_as_they_are() -> None:
    bomb = "".join(rf"\newcommand{{\{chr(97 + at)}}}{{\{chr(98 + at)}\{chr(98 + at)}}}" for at in range(24))
    assert written_out(r"\a", read_macros(bomb)[0]) == r"\a"
    assert written_out(r"\a" * 2_000, read_macros(r"\newcommand{\a}{" + "x" * 4_000 + "}")[0]) == r"\a" * 2_000
    assert read_macros(r"\newcommand{\a}{" * 20_000)[0] == {}
