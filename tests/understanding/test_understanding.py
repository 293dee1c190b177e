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
    "language, all blocks": (0.99, 0.99),
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
    "unseen 2: language, all blocks": (0.99, 0.99),
    "unseen 2: pairs": (1, 1),
    "unseen 2: glossary, terms": (1, 1),
    "unseen 2: glossary, other names": (1, 1),
    "unseen 3: language, all blocks": (0.98, 0.98),
    "unseen 3: pairs": (1, 1),
    "unseen 3: glossary, terms": (1, 1),
    "unseen 3: glossary, other names": (1, 1),
    "unseen 4: language, all blocks": (0.97, 0.97),
    "unseen 4: pairs": (1, 1),
    "unseen 4: glossary, terms": (0.98, 0.98),
    "unseen 4: glossary, other names": (1, 1),
    "unseen: exports": (1, 1),
    "unseen: evidence": (0.98, 0.93),
    "third: exports": (1, 1),
    "third: evidence": (0.98, 0.96),
    "fourth: exports": (1, 1),
    "fourth: evidence": (0.98, 0.95),
    "fifth: exports": (1, 1),
    "fifth: evidence": (0.98, 0.94),
    "sixth: exports": (1, 1),
    "sixth: evidence": (0.98, 0.7),
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


LINK = "[x](https://read.readwise.io/read/01hr3k5v0p0m5c2qyq7a4n8w{0:02})"
"""Where each passage leads, under whatever name."""


def _quote(passage: str, remark: list[str], number: int) -> str:
    return "\n\n".join([f"> {passage} {LINK.format(number)}", *remark])


def _paragraph(passage: str, remark: list[str], number: int) -> str:
    return "\n\n".join([f"{passage} {LINK.format(number)}", f"**My note:** {remark[0]}", *remark[1:]])


def _paragraph_above_its_link(passage: str, remark: list[str], number: int) -> str:
    return "\n\n".join([passage, f"Link: {LINK.format(number)}\nNote: {remark[0]}", *remark[1:], "---"])


def _callout(passage: str, remark: list[str], number: int) -> str:
    said = "\n> >\n".join(f"> > {each}" for each in remark)
    return f"> [!quote]- {passage} {LINK.format(number)}\n> > [!note] 📝 My note:\n{said}"


def _bullet(passage: str, remark: list[str], number: int) -> str:
    return "\n".join([f"- {passage} ({LINK.format(number)}) #tide", *(f"    - {each}" for each in remark)])


def _row(passage: str, remark: list[str], number: int) -> str:
    return f"| {passage} | {'<br>'.join(remark)} | {LINK.format(number)} |"


def _notebook(passage: str, remark: list[str], number: int) -> str:
    place = f"(yellow) - Chapter {number} > Page {number + 1} · Location {number + 9}"
    return "\n\n".join([f"### Highlight {place}", passage, f"### Note - Location {number + 9}", *remark])


def _logseq(passage: str, remark: list[str], number: int) -> str:
    return "\n".join([f"- {passage} ({LINK.format(number)})", *(f"\t- {each}" for each in remark)])


FIELDS = "- Author: [[Jane Roe]]\n- Full Title: Sea Atlas\n- Category: #books"
ATLAS = f"# Sea Atlas\n\n## Metadata\n{FIELDS}\n\n## Highlights"
TABLE = "| Highlight | Note | Link |\n| --- | --- | --- |"
SHAPES = (
    ("notes/quotes.md", f"{ATLAS}\n\n", "\n\n", _quote),
    ("notes/paragraphs.md", f"{ATLAS}\n\n", "\n\n", _paragraph),
    ("notes/links.md", f"{ATLAS}\n\n", "\n\n", _paragraph_above_its_link),
    ("notes/callouts.md", f"{ATLAS}\n\n", "\n\n", _callout),
    ("notes/bullets.md", f"{ATLAS}\n", "\n", _bullet),
    ("notes/readwise/table.md", f"---\ntitle: Sea Atlas\nauthor: Jane Roe\n---\n\n{TABLE}\n", "\n", _row),
    (
        "notes/notebook.md",
        "# Sea Atlas\n\nJane Roe\n\n### Highlight (blue) - Page 1\n\nNone of them.\n\n",
        "\n\n",
        _notebook,
    ),
    ("notes/pages/a.md", "title:: Sea Atlas (highlights)\nauthor:: [[Jane Roe]]\n\n", "\n", _logseq),
)
"""Ways in which people have their highlights written: a path, what stands above, what between two, and how one is."""


@st.composite
def templates(draw: st.DrawFn) -> tuple[str, str, list[tuple[str, list[str]]]]:
    """An export by one of many templates, with the remark on each passage."""
    path, head, between, write = draw(st.sampled_from(SHAPES))
    marked = []
    for number in range(draw(st.integers(2, 5))):
        remark = [f"{each} r{number}p{at}" for at, each in enumerate(draw(PARAGRAPHS))]
        marked.append((f"Passage number {number} of the atlas.", remark))
    items = between.join(write(passage, remark, number) for number, (passage, remark) in enumerate(marked))
    return path, f"{head}{items}\n", marked


@given(st.one_of(exports().map(lambda case: ("notes/readwise/atlas.md", *case)), templates()))
def test_every_word_a_reader_wrote_stands_inside_its_highlight(
    case: tuple[str, str, list[tuple[str, list[str]]]],
) -> None:
    path, text, marked = case
    site = knowledge_base({path: text})
    html = html_of(next(page for page in site.pages if page.path == path.removeprefix("notes/")))
    whole = " ".join(BeautifulSoup(html, "lxml").get_text(" ").split())
    parts = re.split(r"(?=Passage number \d)", whole)
    for passage, words in marked:
        place = next((part for part in parts if passage and part.startswith(passage)), whole)
        for each in words:
            assert each in place, (each, passage)
