"""Each block after each block, in every container: both roads to HTML show the same, and nothing of it leaves its container."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from test_roads import both, outline, shown, tight

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


def _indented(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join(((rest if at else first) + line if line else rest.rstrip()) for at, line in enumerate(lines))


CONTAINERS: dict[str, Callable[[str], str]] = {
    "page": lambda text: text,
    "item": lambda text: _indented(text, "- ", "  "),
    "numbered item": lambda text: _indented(text, "1. ", "   "),
    "quote": lambda text: _indented(text, "> ", "> "),
    "callout": lambda text: "> [!note] C\n" + _indented(text, "> ", "> "),
    "folded callout": lambda text: "> [!note]- C\n" + _indented(text, "> ", "> "),
    "admonition": lambda text: "!!! note\n\n" + _indented(text, "    ", "    "),
    "details": lambda text: '??? note "D"\n\n' + _indented(text, "    ", "    "),
    "tab": lambda text: '=== "T"\n\n' + _indented(text, "    ", "    "),
    "footnote": lambda text: "x[^1]\n\n" + _indented(text, "[^1]: ", "    "),
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
