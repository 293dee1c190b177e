"""Both roads to HTML show the same: from the tree, and by Markdown through Python-Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import markdown
import pytest
from bs4 import BeautifulSoup, Comment, NavigableString, Tag
from hypothesis import given, strategies
from test_dialect import CONSTRUCTS

from aikb.adapters.mkdocs.configuration import EXTENSIONS
from aikb.model.site import Page
from aikb.model.source import Asset
from aikb.pipeline import build
from aikb.read.files.disk import load
from aikb.render.furniture import Furniture
from aikb.render.options import Options, Permalink
from aikb.render.python_markdown import AikbExtension
from aikb.render.renderer import Renderer
from aikb.render.road import Road
from aikb.settings import Settings
from conftest import CORPUS, sources

TREE = Renderer(Options(permalink=Permalink(text="")))
MARKDOWN = Renderer(replace(TREE.options, road=Road(every=True)))


@lru_cache(maxsize=1)
def _converter() -> markdown.Markdown:
    configs: dict[str, dict[str, Any]] = {name: dict(options) for name, options in EXTENSIONS.items()}
    configs["toc"] = {}  # without the permalink marks
    return markdown.Markdown(extensions=[*configs, AikbExtension()], extension_configs=configs)


def converted(text: str) -> str:
    """Markdown as the adapter converts it."""
    return _converter().reset().convert(text)


FURNITURE = Furniture(mark=Permalink(text=""), convert=converted)


def outline(html: str) -> list[str]:
    """What a page shows, element by element: attributes in order, blanks collapsed, code to the letter.

    Left out is what differs by design: tabs, which Python-Markdown makes spaces of, blank ends of lines in code, `loading`,
    which the adapter adds, stars in addresses, which would be emphasis, and the ids that headings without words are given.
    """
    out: list[str] = []

    def walk(node: Tag) -> None:
        attributes = {
            name: " ".join(value) if isinstance(value, list) else str(value) for name, value in node.attrs.items()
        }
        attributes.pop("loading", None)
        if "href" in attributes:
            attributes["href"] = attributes["href"].replace("%2A", "*")
        if attributes.get("id", "").startswith("_"):
            del attributes["id"]
        out.append(f"<{node.name} {sorted(attributes.items())}>")
        if node.name == "pre":
            text = re.sub(r"[ \t]+(?=\n|$)", "", node.get_text().expandtabs(4)).strip("\n")
            out.append(text)
        else:
            for child in node.children:
                if isinstance(child, Tag):
                    walk(child)
                elif isinstance(child, NavigableString) and not isinstance(child, Comment) and child.strip():
                    out.append(" ".join(child.split()))
        out.append(f"</{node.name}>")

    walk(BeautifulSoup(f"<main>{html}</main>", "lxml").main or Tag(name="main"))
    return out


def tight(lines: list[str]) -> list[str]:
    """The same without paragraphs, where Python-Markdown takes some tight lists for loose ones."""
    joined: list[str] = []
    for line in lines:
        if line in ("<p []>", "</p>"):
            continue
        if joined and not line.startswith("<") and not joined[-1].startswith("<"):
            joined[-1] += f" {line}"
        else:
            joined.append(line)
    return joined


def both(files: Mapping[str, str], assets: Iterable[str] = ()) -> list[tuple[Page, Page]]:
    """Every page of a knowledge base by both roads."""
    settings = Settings()
    given_assets = [Asset(path, "") for path in assets]
    first, second = (
        build(sources(files, settings), settings, given_assets, renderer=each) for each in (TREE, MARKDOWN)
    )
    return list(zip(first.pages, second.pages, strict=True))


def shown(page: Page) -> str:
    return FURNITURE.page(page, "")


NUMBERED = "## 4 One\n\nOn slide 7, **p.\n7** & `slide 7`.\n\n| a |\n| - |\n| slide 7 \\| |\n\n## 7 Two\n\nText.\n"
"""Places named by their number."""


@pytest.mark.parametrize("text", [NUMBERED, *(text for text, _ in CONSTRUCTS)])
def test_a_construct_is_the_same_by_both_roads(text: str) -> None:
    for tree, by_markdown in both({"notes/a.md": text, "notes/b.md": "# B\n"}, ["i.png"]):
        assert tight(outline(shown(tree))) == tight(outline(shown(by_markdown)))


INLINES = strategies.sampled_from(
    [
        "word",
        "*em*",
        "**strong**",
        "`code`",
        "[link](b.md#b)",
        "$x^2$",
        "~~gone~~",
        "a_b_c",
        "1 < 2 & 3",
        "<kbd>K</kbd>",
    ]
)
LINES = strategies.lists(INLINES, min_size=1, max_size=4).map(" ".join)


def _indented(text: str, first: str, rest: str) -> str:
    return "\n".join(
        (first if number == 0 else rest) + line if line else "" for number, line in enumerate(text.split("\n"))
    )


def _containers(inner: strategies.SearchStrategy[str]) -> strategies.SearchStrategy[str]:
    blocks = strategies.lists(inner, min_size=1, max_size=3).map("\n\n".join)
    lines = strategies.lists(LINES, min_size=1, max_size=3).map(
        "\n\n".join
    )  # Python-Markdown ends these at list and code
    return strategies.one_of(
        blocks.map(lambda text: _indented(text, "- ", "  ")),
        blocks.map(lambda text: _indented(text, "1. ", "   ")),
        blocks.map(lambda text: _indented(text, "> ", "> ").replace("\n\n", "\n>\n")),
        lines.map(lambda text: "!!! note\n" + _indented(text, "    ", "    ")),
        lines.map(lambda text: '=== "Tab"\n' + _indented(text, "    ", "    ")),
    )


LEAVES = strategies.one_of(
    LINES,
    LINES.map(lambda line: f"## {line}"),
    strategies.sampled_from(
        ["```py\nx = 1\n\ny\n```", "---", "- [ ] task\n- [x] done", "> [!TIP]\n> tip", "[^1]\n\n[^1]: note"]
    ),
)
TABLES = LINES.map(lambda line: f"| {line} | b |\n| --- | --- |\n| c | d |".replace("$x^2$", "x"))
"""Not inside of other blocks: Python-Markdown loses a table in a list in an admonition."""
BLOCKS = strategies.one_of(strategies.recursive(LEAVES, _containers, max_leaves=4), TABLES)
TEXTS = strategies.lists(BLOCKS, min_size=1, max_size=4).map("\n\n".join)


@given(TEXTS)
def test_any_tree_is_the_same_by_both_roads(text: str) -> None:
    for tree, by_markdown in both({"notes/a.md": text, "notes/b.md": "# B\n"}):
        assert tight(outline(shown(tree))) == tight(outline(shown(by_markdown)))


@pytest.mark.parametrize("name", ["seeds", "ai-notes", "jardin-fr", "readwise-obsidian", "readwise-custom"])
def test_the_corpus_is_the_same_by_both_roads(corpus: Path, name: str) -> None:
    settings = Settings(docs_dir=name)
    loaded = load(CORPUS, settings)
    first, second = (build(loaded.sources, settings, loaded.assets, renderer=each).pages for each in (TREE, MARKDOWN))
    differing = [
        tree.path
        for tree, by_markdown in zip(first, second, strict=True)
        if tree.body.pieces and tight(outline(shown(tree))) != tight(outline(shown(by_markdown)))
    ]
    assert differing == []


@pytest.mark.parametrize(
    ("opening", "end"), [("!!! note", "</div>"), ("??? note", "</details>"), ('=== "Tab"', "</div>\n</div>\n</div>")]
)
def test_a_list_before_code_stays_in_its_box(opening: str, end: str) -> None:
    text = f"# A\n\n{opening}\n\n    - word\n\n    ```py\n    x = 1\n    ```\n\nafter\n"
    ((tree, _), *_) = both({"notes/index.md": text})
    html = shown(tree)
    assert html.index("<li>word</li>") < html.index("language-py") < html.index(f"{end}\n<p>after</p>")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("```make\nall:\n\tgcc a.c\n```", "\tgcc"),
        ("- a\n\n  ```\n  x\ty\n  ```", "x\ty"),
        ("!!! note\n    ```\n    a\tb\n    ```", "a\tb"),
        ("    \tindented", "\tindented"),
        ("> ```\n> \tq\n> ```", "\tq"),
    ],
)
def test_tabs_in_code_stay_tabs(text: str, kept: str) -> None:
    ((tree, _), *_) = both({"notes/index.md": f"# A\n\n{text}\n"})
    assert kept in BeautifulSoup(shown(tree), "lxml").select("pre")[0].get_text()


@pytest.mark.parametrize("first", ["- b", "> b", "```\n    b\n    ```", "", "1. b", "---"])
def test_a_tight_list_stays_tight_whatever_its_items_begin_with(first: str) -> None:
    ((tree, _), *_) = both({"notes/index.md": f"# A\n\n- a\n  - {first}\n  - c\n"})
    assert "<li>c</li>" in shown(tree)


def test_a_text_with_a_mark_takes_the_other_road() -> None:
    renderer = Renderer(replace(TREE.options, road=Road(marks="==")))
    settings = Settings()
    files = {"notes/a.md": "A ==mark==.\n", "notes/b.md": "None.\n"}
    pages = {page.path: page for page in build(sources(files, settings), settings, renderer=renderer).pages}
    assert (bool(pages["a.md"].body.markdown), bool(pages["b.md"].body.markdown)) == (True, False)
