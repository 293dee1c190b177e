"""ProperDocs, which continues MkDocs 1, in a process of its own: the same pages and the same findings."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from conftest import on_disk

FILES = {
    "mkdocs.yml": "site_name: KB\ndocs_dir: notes\ntheme: material\nplugins:\n- aikb: {languages: [en, fr]}\n",
    "notes/a.md": "# A\n\nThe sea is here, and [gone](gone.md). See [b](sub/b.md).\n",
    "notes/sub/b.md": "# B\n\n> [!tip] T\n> ![[a]]\n",
}


def _built(engine: str, folder: Path) -> tuple[str, dict[str, str]]:
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    ended = subprocess.run(
        [sys.executable, "-m", engine, "build", "--quiet"],
        cwd=on_disk(folder, FILES),
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    pages = {
        path.relative_to(folder / "site").as_posix(): "\n".join(
            line for line in path.read_text(encoding="utf-8").split("\n") if '<meta name="generator"' not in line
        )
        for path in sorted((folder / "site").rglob("*.html"))
    }
    return ended.stderr, pages


def test_properdocs_makes_the_same_site(tmp_path: Path) -> None:
    if find_spec("properdocs") is None:
        pytest.skip("properdocs is not installed")
    one, other = _built("mkdocs", tmp_path / "one"), _built("properdocs", tmp_path / "other")
    assert "link-missing" in one[0]
    assert len(one[1]) > 6
    assert one == other
