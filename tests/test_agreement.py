"""How far pages agree, block by block, with GitHub's own renderer, over notes of other people."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from itertools import product
from pathlib import Path
from statistics import mean
from types import ModuleType

import pytest

from aikb.model.document import Document
from aikb.pipeline import build
from aikb.read.document import parse
from aikb.read.files.disk import load
from aikb.settings import Settings
from conftest import TOOLS, Build, body_html, indented, page

Score = Callable[[str, str], float]

CASES = {
    "lists": "Summary\n- a\n  - b\n    - c\n\n1. x\n\n   y\n2. z\n\n- [ ] t\n",
    "quotes": "> a\n> - b\n>\n> > c\n\ntext\n> d\n",
    "tables": "text\n| a | b |\n|---|:-:|\n| `x` | *y* |\n",
    "code": "- a\n  ```py\n  b\n  ```\n\n      c\n\n~~~\nd\n~~~\n",
    "text": "#AI #LLM\n\n<2.5B `a` **b**c ~~d~~ \\*e\\* https://a.org/x_y_z.\n",
    "html": "<details>\n<summary>s</summary>\n\n- a\n\n</details>\n\n<div>\n*b*\n</div>\n",
    "headings": "a\n===\n\n## b `c` [d](https://e.org)\n#no\n",
}


@pytest.fixture(scope="module")
def score() -> Score:
    """The F1 of a note's structure on GitHub and on our page."""
    file = TOOLS / "agreement.py"
    if not file.is_file():
        pytest.skip("the measure of agreement, ../shared/tools/agreement.py, is not here")
    specification = importlib.util.spec_from_file_location("agreement", file)
    assert specification is not None
    assert specification.loader is not None
    tool: ModuleType = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(tool)

    def measure(note: str, html: str) -> float:
        return float(tool.score(note, f"<body>{html}</body>")[0])

    return measure


def scores(corpus: Path, name: str, score: Score) -> dict[str, float]:
    """The agreement of every note of a corpus. The pages of works are made of their highlights, and show no file."""
    settings = Settings(docs_dir=name)
    loaded = load(corpus, settings)
    sources = {source.path: source for source in loaded.sources if isinstance(parse(source, settings), Document)}
    site = build(sources.values(), settings, loaded.assets)
    bodies = {each.source: body_html(each) for each in site.pages if each.source}
    return {path: score(sources[path].text, body) for path, body in bodies.items()}


@pytest.mark.parametrize("name", CASES)
def test_every_kind_of_block_agrees_fully(kb: Build, score: Score, name: str) -> None:
    body = body_html(page(kb({"notes/a.md": CASES[name]}), "a.md"))
    assert score(CASES[name], body) == 1.0


def test_the_measure_sees_a_difference(score: Score) -> None:
    assert score(CASES["lists"], "<p>Summary - a - b</p>") < 0.5


def test_the_seeds_agree_fully(corpus: Path, score: Score) -> None:
    found = scores(corpus, "seeds", score)
    assert len(found) == 3
    assert {path: value for path, value in found.items() if value < 1} == {}


@pytest.mark.parametrize("name", ["ai-notes", "jardin-fr", "readwise-obsidian", "readwise-custom"])
def test_notes_of_others_agree(corpus: Path, score: Score, name: str) -> None:
    found = scores(corpus, name, score)
    assert len(found) > 10
    worst = sorted(found.items(), key=lambda item: item[1])[:3]
    assert mean(found.values()) >= 0.99, f"least agreement: {worst}"


BLOCKS = {
    "paragraph": "para *e* `c` [a](https://x.org/a_b) https://y.org/c_d_e.",
    "heading": "## H",
    "setext": "S\n---",
    "rule": "***",
    "fence": "```py\nx = 1\n\n  y\n```",
    "indented": "    code\n\n    more",
    "loose list": "- a\n\n- b",
    "nested list": "- a\n  - b\n    1. c\n- d",
    "ordered": "3. a\n4. b",
    "tasks": "* [ ] t\n* [x] d",
    "deep item": "1. a\n\n   b\n\n   - c\n\n     d\n2. e",
    "quotes": "> a\n> > b\n>\n> - c",
    "lazy quote": "> q\nlazy",
    "table": "| a | b |\n|--|:-:|\n| c \\| d | `x` |",
    "HTML": "<details>\n<summary>s</summary>\n\n*x*\n\n- y\n\n</details>",
    "formula": "$$\nx + y\n$$",
    "breaks": "a  \nb\\\nc **a*b*c** ~~d~~ ~e~",
}
KNOWN = {("table", "indented"), ("HTML", "formula")}
"""Directly after a row, code by indentation is a row to pulldown-cmark; GitHub reads a formula even within a block of HTML."""


CONTAINERS: dict[str, Callable[[str], str]] = {
    "page": lambda text: text,
    "item": lambda text: indented(text, "- ", "  "),
    "tenth item": lambda text: indented(text, "10. ", "    "),
    "quote": lambda text: indented(text, "> ", "> "),
    "item in a quote": lambda text: indented(indented(text, "- ", "  "), "> ", "> "),
    "details": lambda text: f"<details>\n<summary>S</summary>\n\n{text}\n\n</details>",
    "footnote": lambda text: "x[^1]\n\n" + indented(text, "[^1]: ", "    "),
}


@pytest.mark.parametrize("container", CONTAINERS)
def test_any_two_blocks_in_a_container_are_read_as_on_github(kb: Build, score: Score, container: str) -> None:
    """Each block after each block, with a blank line between them and without."""
    cases = [
        (one, other, between)
        for one, other in product(BLOCKS, repeat=2)
        for between in ("\n\n", "\n")
        if between == "\n\n" or (one, other) not in KNOWN
    ]
    notes = {
        f"notes/p{at}.md": f"# X\n\n{CONTAINERS[container](BLOCKS[one] + between + BLOCKS[other])}\n\nAFTER\n"
        for at, (one, other, between) in enumerate(cases)
    }
    pages = {each.source: body_html(each) for each in kb(notes, languages=("en",)).pages if each.source}
    apart = [case for case, (path, note) in zip(cases, notes.items(), strict=True) if score(note, pages[path]) < 1]
    assert apart == []


INLINES = {
    "words": "para",
    "emphasis": "*e* **s** ***b***",
    "code": "`c` ``a ` b``",
    "bar": "c \\| d `x\\|y`",
    "link": "[a](https://x.org/a_b) <https://z.org>",
    "address": "https://y.org/c_d_e.",
    "picture": "![alt](p.png)",
    "strike": "~~d~~ ~e~",
    "formula": "$x_1$",
    "HTML": "<kbd>K</kbd> a<br>b",
    "footnote": "t[^1]",
    "entity": "&lt; &amp; &eacute; \\*x\\*",
    "nothing": "",
}


def test_any_two_inlines_in_a_cell_are_read_as_on_github(kb: Build, score: Score) -> None:
    cases = [each for each in product(INLINES, repeat=2) if each != ("footnote", "footnote")]
    rows = [f"| {INLINES[one]} {INLINES[other]} | x |" for one, other in cases]
    notes = {
        f"notes/p{at}.md": f"# X\n\n| h | *i* |\n|---|:-:|\n{row}\n" + ("\n[^1]: fn\n" if "[^1]" in row else "")
        for at, row in enumerate(rows)
    }
    pages = {each.source: body_html(each) for each in kb(notes, languages=("en",)).pages if each.source}
    apart = [case for case, (path, note) in zip(cases, notes.items(), strict=True) if score(note, pages[path]) < 1]
    assert apart == []
