"""Mermaid's diagrams: drawn by the user's own copy of its script, or code; never by a script of another host."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from mkdocs.exceptions import Abort

from conftest import built, found, knowledge_base, on_disk

TEXT = 'graph LR\n  A["<b>x</b> & y"] --> B\n\n  B --> C\n'
FENCE = f"```mermaid\n{TEXT}```\n"
NOTES = {
    "notes/d/a.md": f"# A\n\n{FENCE}\n> [!note]\n> ```mermaid\n> pie\n> ```\n\n- item\n\n  ```{{.mermaid}}\n  pie\n  ```\n",
    "notes/b.md": "# B\n\n[a](d/a.md) ```mermaid``` is no diagram.\n",
    "notes/mermaid.min.js": "window.mermaid = {}\n",
}
LINES = "site_name: KB\ndocs_dir: notes\nsite_url: https://example.org/\ntheme: material\nplugins:\n- aikb: {{{}}}\n"
ON, OFF = LINES.format("mermaid: notes/mermaid.min.js"), LINES.format("")
THEIRS = """markdown_extensions:
- pymdownx.superfences:
    custom_fences:
    - {name: mermaid, class: mermaid, format: !!python/name:pymdownx.superfences.fence_code_format }
    - {name: math, class: arithmatex}
"""


def _diagrams(site: Path, page: str) -> tuple[list[str], list[str]]:
    soup = BeautifulSoup((site / page).read_text(encoding="utf-8"), "lxml")
    texts = [each.get_text() for each in soup.select("pre.mermaid > code")]
    return texts, [str(each["src"]) for each in soup.select("script[src*=mermaid]")]


@pytest.mark.parametrize("more", ["", THEIRS, "markdown_extensions: [abbr, pymdownx.emoji]\n"])
def test_a_diagram_is_drawn_by_a_local_file(tmp_path: Path, more: str) -> None:
    notes = {name: text + ("\n:smile:\n" if name.endswith(".md") else "") for name, text in NOTES.items()}
    site = built(on_disk(tmp_path, {**notes, "mkdocs.yml": ON + more}))
    assert _diagrams(site, "d/a/index.html") == ([TEXT.rstrip("\n"), "pie", "pie"], ["../../assets/mermaid.js"])
    assert _diagrams(site, "b/index.html") == ([], [])
    assert (site / "assets/mermaid.js").read_text() == NOTES["notes/mermaid.min.js"]
    assert "unpkg" not in (site / "d/a/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("more", ["", THEIRS])
def test_without_one_it_is_code_and_a_line_says_so(tmp_path: Path, caplog: pytest.LogCaptureFixture, more: str) -> None:
    caplog.set_level(logging.INFO, logger="mkdocs.plugins.aikb")
    site = built(on_disk(tmp_path, {**NOTES, "mkdocs.yml": OFF + more}))
    assert _diagrams(site, "d/a/index.html") == ([], [])
    assert "graph LR" in BeautifulSoup((site / "d/a/index.html").read_text(encoding="utf-8"), "lxml").get_text()
    assert any("unpkg.com" in message for message in caplog.messages) == bool(more)


def test_a_mermaid_of_theirs_stays(tmp_path: Path) -> None:
    theirs = f"{OFF}{THEIRS}extra_javascript: [mermaid.min.js]\n"
    site = built(on_disk(tmp_path, {**NOTES, "mkdocs.yml": theirs}))
    texts, scripts = _diagrams(site, "d/a/index.html")
    assert len(texts) == 3
    assert scripts == ["../../mermaid.min.js"]


def test_a_file_that_is_not_there_is_named(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(Abort):
        built(on_disk(tmp_path, {**NOTES, "mkdocs.yml": LINES.format("mermaid: gone.js")}))
    assert "plugins.aikb.mermaid: there is no file gone.js beside mkdocs.yml" in caplog.messages


def test_what_is_drawn_is_not_told() -> None:
    files = {"notes/a.md": f"# A\n\n{FENCE}"}
    assert [each.code for each in found(knowledge_base(files))] == ["mermaid-undrawn"]
    assert found(knowledge_base(files, mermaid="x.js")) == []
