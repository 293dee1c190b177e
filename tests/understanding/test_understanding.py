"""What `make understanding` measures stays as good as it is; and nothing that a reader wrote is lost or moved."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from conftest import html_of, knowledge_base
from understanding.measure import CORPUS, RULES

LEAST = {
    "language, all blocks": (0.98, 0.98),
    "language, headings": (0.96, 0.96),
    "language, 1–2 words": (0.96, 0.96),
    "pairs": (1, 1),
    "glossary, terms": (0.98, 0.98),
    "glossary, other names": (0.95, 0.95),
    "mentions": (0.95, 0.95),
    "exports": (0.98, 0.98),
    "evidence, French on English": (0.97, 0.96),
    "unseen: language, all blocks": (0.91, 0.91),
    "unseen: pairs": (0.88, 1),
    "unseen: glossary, terms": (1, 1),
    "unseen: glossary, other names": (1, 1),
    "unseen: exports": (1, 1),
    "unseen: evidence": (0.98, 0.9),
    "third: exports": (1, 1),
    "third: evidence": (0.98, 0.92),
    "evidence, seeds, text": (0.94, 0.94),
    "evidence, seeds, all kinds": (0.95, 0.88),
}


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_as_good_as_it_was(rule: str) -> None:
    if "seeds" in rule and not (CORPUS / "seeds").is_dir():
        pytest.skip("../shared/corpus/seeds is not here")
    complaints: list[str] = []
    score = RULES[rule](complaints)
    assert (score.precision, score.recall) >= LEAST[rule], complaints
    assert score.recall >= LEAST[rule][1], complaints


WORDS = st.lists(
    st.sampled_from("heron egret stilt curlew avocet plover godwit dunlin".split()), min_size=1, max_size=6
)
PARAGRAPHS = st.lists(WORDS.map(" ".join), min_size=1, max_size=3)


@st.composite
def exports(draw: st.DrawFn) -> tuple[str, list[tuple[str, list[str]]]]:
    """An export as Readwise writes it and as editors leave it, with the remark on each passage, indented or not."""
    marked = []
    lines = [
        "# Sea Atlas",
        "",
        "## Metadata",
        "- Author: [[Jane Roe]]",
        "- Full Title: Sea Atlas",
        "- Category: #books",
        "",
        "## Highlights",
    ]
    for number in range(draw(st.integers(1, 5))):
        empty = draw(st.booleans()) and draw(st.booleans())
        passage = "" if empty else f"Passage number {number} of the atlas."
        remark = draw(PARAGRAPHS)
        indent = draw(st.sampled_from(["      ", ""]))
        words = [f"{each} r{number}p{at}" for at, each in enumerate(remark)]
        lines.append(
            f"- {passage} ([Location\u00a0{number + 1}](https://readwise.io/to_kindle?asin=B0&location={number + 1}))"
        )
        lines.append(f"    - Note: {words[0]}")
        for each in words[1:]:
            lines += ["", f"{indent}{each}"]
        marked.append((passage, words))
    return "\n".join(lines) + "\n", marked


@given(exports())
def test_every_word_a_reader_wrote_stands_inside_its_highlight(case: tuple[str, list[tuple[str, list[str]]]]) -> None:
    text, marked = case
    site = knowledge_base({"notes/readwise/atlas.md": text})
    html = next(
        html for page in site.pages if page.path.startswith("readwise/") and "Jane Roe" in (html := html_of(page))
    )
    whole = " ".join(BeautifulSoup(html, "lxml").get_text(" ").split())
    parts = re.split(r"(?=Passage number \d)", whole)
    for passage, words in marked:
        place = next((part for part in parts if passage and part.startswith(passage)), whole)
        for each in words:
            assert each in place, (each, passage)
