"""Each block after each block, in every container: both roads to HTML show the same, and nothing of it leaves its container."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import product

import pytest
from test_roads import both, outline, shown, tight

from conftest import Build, body_html, indented

BLOCKS = {
    "paragraph": "para",
    "heading": "## H",
    "rule": "---",
    "code": "```py\nx = 1\n```",
    "list": "- a\n- b",
    "tasks": "- [ ] t\n- [x] d\n- [/] h",
    "quote": "> q",
    "alert": "> [!TIP]\n> tip",
    "callout": "> [!info] T *x*\n> body",
    "folded": "> [!faq]- Why [b](b.md)?\n> - a\n>\n> x",
    "nested": "> [!note] A\n> > [!tip]- B\n> > c",
    "inlines": "==m== and *==n==* #tag/x a %%SECRET%% b^[in *line*]",
    "comment": "%%\nSECRET\n%%",
    "formula": "$$\n- a\n$$",
    "fence of math": "```math\nx^2\n```",
    "figure": "![[i.png|W|20]]",
    "players": "![[a.mp3]] ![c](v.mp4) ![[p.pdf#page=2]] ![x|20x30](i.png)",
    "embed": "t\n![[b#B]]\nu",
    "embedded block": "![[b#^k]]",
    "embed after words": "*t* ![[b#^k]] %%SECRET%%\n[![[i.png|9]]](b.md) [[b|]]",
    "wikilink in HTML": "<p>to <b>[[b]]</b>, [[none]]</p>",
    "table": "| a | b |\n|--|--|\n| ==c== | $x$ |",
    "head of a table": "| a |\n|--|",
}


CONTAINERS: dict[str, Callable[[str], str]] = {
    "page": lambda text: text,
    "item": lambda text: indented(text, "- ", "  "),
    "numbered item": lambda text: indented(text, "1. ", "   "),
    "quote": lambda text: indented(text, "> ", "> "),
    "callout": lambda text: "> [!note] C\n" + indented(text, "> ", "> "),
    "folded callout": lambda text: "> [!note]- C\n" + indented(text, "> ", "> "),
    "admonition": lambda text: "!!! note\n\n" + indented(text, "    ", "    "),
    "details": lambda text: '??? note "D"\n\n' + indented(text, "    ", "    "),
    "tab": lambda text: '=== "T"\n\n' + indented(text, "    ", "    "),
    "footnote": lambda text: "x[^1]\n\n" + indented(text, "[^1]: ", "    "),
}
KNOWN = {("footnote", "comment", "code")}
"""Python-Markdown does not see a fence that a footnote begins with, where a comment stood before it."""


@pytest.mark.parametrize("container", CONTAINERS)
def test_any_two_blocks_in_a_container(container: str) -> None:
    pairs = [pair for pair in product(BLOCKS, repeat=2) if (container, *pair) not in KNOWN]
    texts = [CONTAINERS[container](f"{BLOCKS[one]}\n\n{BLOCKS[other]}") for one, other in pairs]
    files = {f"notes/p{at}.md": f"# X\n\n{text}\n\nAFTER\n" for at, text in enumerate(texts)}
    files["notes/b.md"] = "# B\n\nbee ^k\n\n## Part\n\npart[^1]\n\n[^1]: fn\n"
    pages = {tree.path: (tree, other) for tree, other in both(files, ["i.png", "a.mp3", "v.mp4", "p.pdf"])}
    for at, pair in enumerate(pairs):
        tree, other = pages[f"p{at}.md"]
        lines = outline(shown(tree))
        assert tight(lines) == tight(outline(shown(other))), pair
        assert "SECRET" not in "".join(lines)
        before = [line for line in lines[: lines.index("AFTER")] if line.startswith("<")]
        closed = sum(line.startswith("</") for line in before)
        assert len(before) - 2 * closed == 2, pair  # the page and its paragraph are open, nothing else


BOXES: dict[str, Callable[[str], str]] = {
    "callout": CONTAINERS["callout"],
    "folded callout in an item": lambda text: indented(CONTAINERS["folded callout"](text), "- ", "  "),
    "details": CONTAINERS["details"],
    "tab in an admonition": lambda text: "!!! note\n\n" + indented(CONTAINERS["tab"](text), "    ", "    "),
}


@pytest.mark.parametrize("between", ["\n\n", "\n"], ids=["apart", "close"])
def test_a_box_shows_what_the_page_itself_would(kb: Build, between: str) -> None:
    """What a page shows of two blocks is compared with GitHub's reading in `test_agreement`."""
    plain = {
        name: text for name, text in BLOCKS.items() if "[^" not in text and "^[" not in text and "b.md" not in text
    }
    pairs = {f"{one} {other}": f"{plain[one]}{between}{plain[other]}" for one, other in product(plain, repeat=2)}
    files = {f"notes/p{at}.md": f"# X\n\n{text}\n\nAFTER\n" for at, text in enumerate(pairs.values())}
    boxed = {
        f"notes/{box.replace(' ', '-')}/{at}.md": f"# X\n\n{BOXES[box](text)}\n\nAFTER\n"
        for box in BOXES
        for at, text in enumerate(pairs.values())
    }
    others = {"notes/b.md": "# B\n\nbee ^k\n\n## B\n\npart\n"}
    site = kb({**files, **boxed, **others}, ["i.png", "a.mp3", "v.mp4", "p.pdf"], languages=("en",))
    html = {each.source: re.sub(r"\.\./|\./", "", body_html(each)) for each in site.pages if each.source}
    apart = []
    for box in BOXES:
        for at, name in enumerate(pairs):
            alone = words_and_tags(html[f"notes/p{at}.md"].partition("</h1>")[2].rpartition("<p>AFTER")[0])
            around, _, after = words_and_tags(html[f"notes/{box.replace(' ', '-')}/{at}.md"]).rpartition("<p>AFTER")
            if alone not in around or after != "</p>":
                apart.append((box, name))
    assert apart == []


def words_and_tags(html: str) -> str:
    """HTML without the blanks and line ends that no browser shows."""
    return re.sub(r"\s*(<[^>]*>)\s*", r"\1", re.sub(r"\n[ \t]+", "\n", html)).strip()
