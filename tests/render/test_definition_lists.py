"""Definition lists, where `def_list` is on: as Python-Markdown shows them, each link in them resolved or reported."""

from __future__ import annotations

import json
from typing import Any

import markdown
import pytest
from test_roads import FURNITURE, MARKDOWN, TREE, outline, tight

from aikb.adapters.mkdocs.configuration import EXTENSIONS
from aikb.model.site import Page
from aikb.pipeline import build
from aikb.render.furniture import Furniture
from aikb.render.options import Permalink
from aikb.render.python_markdown import AikbExtension
from aikb.settings import Settings
from conftest import Build, document, found, page, places, sources

CONFIGS: dict[str, dict[str, Any]] = {
    **{name: dict(given) for name, given in EXTENSIONS.items()},
    "toc": {},
    "def_list": {},
}
LISTS = [
    "Term\n:   text [b](b.md)",
    "Term\n: text\n\nOther\n:  text *em*",
    "Term\n:\ttext\n\n\tsecond [b](b.md)",
    "Term\n\n:   text",
    "Term\n:   text\n\n    second `code`",
    "One\nTwo\n:   text\n:   other\n\nThree\n:   third",
    "One\n:   text\n    more of it\nTwo\n:   other",
    "Term\n:   text\nlazy",
    "Term\n:   text\n\n    - a [b](b.md)\n    - c",
    "Term\n:   text\n\n    1. a\n\n        deep [b](b.md)",
    "Term\n:   text\n\n    > quoted [b](b.md)",
    "Term\n:   text\n\n    | a | b |\n    | - | - |\n    | [b](b.md) | x |",
    "Term\n:   text\n\n    ```sh\n    a < b\n\n    c\n    ```\n\n    and so",
    'Term\n:   text\n\n    !!! note "Title"\n        in it [b](b.md)',
    'Term\n:   text\n\n    === "A"\n\n        one [b](b.md)\n\n    === "B"\n\n        two',
    "Term\n:   text\n\n    Inner\n    :   nested\n\n        more [b](b.md)",
    "Term\n:   text\n\n        code",
    "**Strong** `code`\n:   text\n\nText after.\n\n    code",
    "# Head\n\nTerm\n:   text\n\n## Next\n\nMore.",
    "- item\n\n    Term\n    :   text",
    "Term { .wide }\n:   text",
    "Term\n:   text[^1]\n\n    more[^1]\n\n[^1]: Note.",
    "!!! note\n    Term\n    :   text\n\n        more [b](b.md)\n\nAfter.",
]
TEXTS = ["Not: a term\n\n- : x\n", "a :b\n:c d", "`:`\n: x", "1 : 2"]
"""What is none in its last line or in no line."""


def made(text: str, *, by_markdown: bool = False) -> Page:
    settings = Settings(addresses="sources", definition_lists=True)
    renderer = MARKDOWN if by_markdown else TREE
    return page(
        build(sources({"notes/a.md": text, "notes/b.md": "# B\n"}, settings), settings, [], renderer=renderer), "a.md"
    )


def own(html: str) -> list[str]:
    """The page without what aikb adds around the text."""
    lines = outline(html)
    return lines[: next((at for at, line in enumerate(lines) if "aikb-" in line), len(lines) - 1)]


@pytest.mark.parametrize("text", LISTS)
def test_it_is_as_python_markdown_shows_it(text: str) -> None:
    shown = FURNITURE.page(made(f"# A\n\n{text}\n"), "")
    plain = markdown.markdown(f"# A\n\n{text}\n", extensions=[*CONFIGS], extension_configs=CONFIGS)
    assert tight(own(shown)) == [line for line in tight(own(plain)) if line not in ("<hr []>", "</hr>")]


@pytest.mark.parametrize("text", LISTS)
def test_it_is_the_same_by_both_roads(text: str) -> None:
    md = markdown.Markdown(extensions=[*CONFIGS, AikbExtension()], extension_configs=CONFIGS)
    by_markdown = Furniture(mark=Permalink(text=""), convert=lambda each: md.reset().convert(each))
    shown = by_markdown.page(made(text, by_markdown=True), "")
    assert tight(outline(shown)) == tight(outline(FURNITURE.page(made(text), "")))


@pytest.mark.parametrize("text", TEXTS)
def test_what_only_looks_like_one_is_text(text: str) -> None:
    assert not any(node.kind == "definitions" for block in document(text).blocks for node in block.walk())


@pytest.mark.parametrize("text", [each for each in LISTS if "[b](b.md)" in each])
def test_a_dead_link_in_it_is_reported_at_its_place(kb: Build, text: str) -> None:
    text = text.replace("[b](b.md)", "[b](gone.md)")
    site = kb({"notes/a.md": text}, definition_lists=True)
    line = text[: text.index("[b](gone.md)")].count("\n") + 1
    column = text.index("[b](gone.md)") - text.rfind("\n", 0, text.index("[b](gone.md)"))
    missing = [each for each in places(found(site)) if each.endswith("link-missing")]
    assert missing == [f"{line}:{column} link-missing"]


def test_terms_are_those_of_the_text_without_it(kb: Build) -> None:
    text = "# Glossary\n\nHalyard\nHoist\n:   A rope.\n:   It hoists.\n\nSheet\n\n:   Another rope.\n\n    It trims.\n"
    files = {"glossary/terms.md": text}
    for lists in (False, True):
        terms = json.loads(kb(files, definition_lists=lists).files["glossary/glossary.json"])["terms"]
        assert [each["labels"]["en"] for each in terms] == ["Halyard", "Sheet"]


def test_a_term_has_an_anchor_in_its_note(kb: Build) -> None:
    site = kb({"notes/g.md": "# Glossary\n\nHalyard\n:   A rope.\n\n    More.\n"}, definition_lists=True)
    assert '<dt>Halyard<a id="halyard"></a></dt>' in FURNITURE.page(page(site, "g.md"), "")
