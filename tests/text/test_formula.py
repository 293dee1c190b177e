"""LaTeX to MathML: whatever is written, only MathML comes out."""

from __future__ import annotations

import contextlib
import re
import time
from xml.etree import ElementTree as ET

import pytest

from aikb.text.formula import ATTRIBUTES, ELEMENTS, FormulaError, as_text, to_mathml
from conftest import knowledge_base, lines, shown


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("x", "<mi>x</mi>"),
        ("x^2", "<msup><mi>x</mi><mn>2</mn></msup>"),
        (r"\frac{1}{n}", "<mfrac><mrow><mn>1</mn></mrow><mrow><mi>n</mi></mrow></mfrac>"),
        (r"\sigma", "<mi>σ</mi>"),
    ],
)
def test_a_formula_becomes_mathml(latex: str, expected: str) -> None:
    inline = to_mathml(latex, display=False)
    assert expected in inline
    assert inline.startswith('<math display="inline">')
    assert to_mathml(latex, display=True).startswith('<math display="block">')


@pytest.mark.parametrize(
    "latex",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\text{<script>alert(1)</script>}",
        r"\text{</math><img src=x onerror=alert(1)>}",
        r"\style{background:url(//x)}{x}",
        r"\class{x}{y}",
        r"\cssId{__config}{y}",
        r"\unicode{x3c}script>",
        "<script>alert(1)</script>",
        "x</math><img src=x onerror=alert(1)>",
        "&lt;script&gt;",
        r"\includegraphics{//x/y.png}",
        r"\color{red;background:url(//x)}{x}",
        r"\textcolor{\" onclick=alert(1)}{x}",
        r"\begin{array}{c onclick} x \end{array}",
        r"\tag{<b>1</b>}x",
        r"\operatorname{<b>}",
        r"\mathrm{\x3cscript}",
        "\ufdd0\u202ex",
    ],
)
def test_nothing_but_mathml_comes_out(latex: str) -> None:
    try:
        markup = to_mathml(latex, display=False)
    except FormulaError:
        return
    root = ET.fromstring(markup)
    assert {element.tag for element in root.iter()} <= ELEMENTS
    assert {name for element in root.iter() for name in element.attrib} <= ATTRIBUTES
    assert re.search(r"<(?:script|img|b)\b", markup) is None


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("\\begin{align}\n[a, b] & = c \\\\\n & = d\n\\end{align}", "[a,b]=c=d"),
        (r"\begin{gather}[B]_x = 1\end{gather}", "[B]x=1"),
        (r"\begin{split} [v] & = w \end{split}", "[v]=w"),
        ("\\begin{gather}\n\n[B] = 1\n\\end{gather}", "[B]=1"),
        ("\\begin{cases}[x] & a \\\\\n[y] & b\\end{cases}", "{[x]a[y]b"),
        (r"\begin{bmatrix}[a]\end{bmatrix}", "[[a]]"),
        (r"\begin{aligned}[t]a&=b\end{aligned}", "a=b"),
        (r"\begin{array}[t]{c}a\end{array}", "a"),
        (r"\begin{gather}a\\[3pt]b\end{gather}", "ab"),
        (r"\begin{align}a\\[-1.5 ex][b]\end{align}", "a[b]"),
        (r"\begin{alignat}{2}a&=b&c&=d\end{alignat}", "a=bc=d"),
        (r"\begin{alignedat}{3}a&=b\end{alignedat}", "a=b"),
        (r"\text{<a> & b}", "<a> & b"),
        (r"\mathrm{a<b}", "a<b"),
    ],
)
def test_brackets_and_signs_of_the_formula_itself_are_kept(latex: str, expected: str) -> None:
    assert as_text(latex) == expected


@pytest.mark.parametrize(
    "latex",
    [
        r"\frac{1}",
        r"\begin{matrix} x",
        r"\left( x",
        "x_1_2",
        "{" * 300,
        r"\sqrt" * 50,
        "^",
        "}{",
        r"\\" * 100,
        r"\begin{",
        "x" * 6_000,
        r"\left" * 200,
        r"\frac" * 300,
        "{" * 300 + "}" * 300,
        r"\def\x{\x\x}\x",
    ],
)
def test_a_hostile_formula_is_read_or_refused_in_time(latex: str) -> None:
    started = time.perf_counter()
    with contextlib.suppress(FormulaError):
        to_mathml(latex, display=True)
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize("latex", ["x_1_2", r"\begin{matrix} x", "x" * 6_000])
def test_a_formula_that_cannot_be_read_is_a_finding_and_shown_as_written(latex: str) -> None:
    text = f"a ${latex}$ b"
    found = lines(knowledge_base({"notes/a.md": text}))
    assert [each[:43] for each in found] == ["notes/a.md:1:3: warning: math-invalid: this"]
    assert shown(text) == f"<p>a <code>${latex}$</code> b</p>"


def test_the_authors_latex_stays_on_the_page_unseen() -> None:
    html = shown(r"$a<b$")
    assert html.startswith("<p><span hidden>a&lt;b</span><math ")


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\Big\vert x \Big\vert", "|x|"),
        (r"\big\lvert x \big\rvert", "|x|"),
        (r"\Bigl\Vert x \Bigr\Vert", "‖x‖"),
        (r"\bigl\| x \bigr\|", "‖x‖"),
        (r"\big\langle x \big\rangle", "⟨x⟩"),
        (r"\bigg\lfloor x \bigg\rfloor", "⌊x⌋"),
        (r"\Big \lceil x \Big \rceil", "⌈x⌉"),
        (r"\biggl\lbrack x \biggr\rbrack", "[x]"),
        (r"\big\lbrace x \big\rbrace", "{x}"),
        (r"\big\{ x \big\}", "{x}"),
        (r"\Big\uparrow", "↑"),
        (r"\Bigm\backslash", "∖"),
        (r"\begin{gather} & a \\ & b \end{gather}", "ab"),
        (r"\begin{gather*} a & b \\ & c \end{gather*}", "abc"),
        (r"\begin{gathered} a & b \end{gathered}", "ab"),
        (r"\begin{gather} a \\ b \end{gather}", "ab"),
    ],
)
def test_delimiters_and_rows_of_every_size_are_read(latex: str, expected: str) -> None:
    assert "".join(ET.fromstring(to_mathml(latex, display=True)).itertext()) == expected


@pytest.mark.parametrize(
    ("latex", "problem"),
    [(r"\begin{equation} a & b \end{equation}", "“&” ends a cell where no table is"), (r"\big\langlex", "langlex")],
)
def test_a_problem_is_told_in_words_of_formulas(latex: str, problem: str) -> None:
    with pytest.raises(FormulaError, match=problem):
        to_mathml(latex, display=True)


def test_signs_of_text_are_known() -> None:
    names = "visiblespace braceleft braceright backslash bar less greater underscore dollar degree asciitilde".split()
    site = knowledge_base({"notes/a.md": "# A\n\n" + "\n\n".join(f"$\\text{name} a$" for name in names)})
    assert not [each for each in lines(site) if "math" in each]
