"""`aikb check --pages`: what only composing and drawing a page meets is a finding, and no other run pays for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from aikb.cli.main import main
from aikb.compose import note
from aikb.model.site import Body, Slot
from conftest import on_disk

FILES = {
    "mkdocs.yml": "docs_dir: notes\nplugins:\n- aikb: {languages: [en, fr]}\n",
    "notes/a.md": "# A\n\n[B](b.md)\n",
    "notes/b.md": "# B\n\n[A](a.md)\n",
    "notes/c.md": "# C\n\n[A](a.md) <script>alert(1)</script> {{ x }} $x^2$ ![[a]]\n\n```py linenums=1\nx\n```\n",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(on_disk(tmp_path, FILES))
    return tmp_path


def check(*options: str) -> Result:
    return CliRunner().invoke(main, ["check", "--format", "text", *options])


def _body(monkeypatch: pytest.MonkeyPatch, path: str, made: Body | None) -> None:
    """Have the text of one file become `made`, or fail."""
    body = note.body

    def other(document: Any, *given: Any) -> Body:
        if document.path != path:
            return body(document, *given)
        if made is None:
            raise ZeroDivisionError("no")
        return made

    monkeypatch.setattr(note, "body", other)


@pytest.mark.usefixtures("folder")
def test_pages_that_are_right_add_nothing() -> None:
    plain, drawn = check("--verbose"), check("--verbose", "--pages")
    assert (plain.exit_code, plain.output) == (drawn.exit_code, drawn.output)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("html", "tag"),
    [
        ("<p>x</p><script>alert(1)</script>", "<script>"),
        ('<p onclick="x">y</p>', "<p onclick"),
        ('<a href="javascript:x">y</a>', "<a href"),
        ('<div id="__config">x</div>', "<div id"),
        ('<img src="//evil.example/x.png">', "<img src"),
        ("<iframe>", "<iframe>"),
    ],
)
def test_what_the_gate_refuses_is_said_once_for_all_trees(monkeypatch: pytest.MonkeyPatch, html: str, tag: str) -> None:
    _body(monkeypatch, "notes/b.md", Body(pieces=(html,)))
    assert "html-refused" not in check().output
    result = check("--pages")
    assert result.exit_code == 1
    assert [line for line in result.stdout.splitlines() if tag in line and line.startswith("notes/b.md")]
    assert len(set(result.stdout.splitlines())) == len(result.stdout.splitlines())


@pytest.mark.usefixtures("folder")
def test_a_page_that_cannot_be_composed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    _body(monkeypatch, "notes/b.md", None)
    assert check().exit_code == 0
    result = check("--pages")
    assert result.exit_code == 1
    assert "page-failed: this page cannot be composed (ZeroDivisionError: no)" in result.stdout


@pytest.mark.usefixtures("folder")
def test_a_page_that_cannot_be_drawn_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    _body(monkeypatch, "notes/b.md", Body(pieces=("<p>x</p>", Slot("no-such-template", {}))))
    result = check("--pages")
    assert result.exit_code == 1
    assert "page-failed: this page cannot be drawn (TemplateNotFound" in result.stdout


@pytest.mark.usefixtures("folder")
def test_paths_limit_what_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    _body(monkeypatch, "notes/b.md", None)
    assert check("--pages", "notes/a.md").exit_code == 0
    assert check("--pages", "notes/b.md").exit_code == 1


def test_the_configuration_ranks_these_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _body(monkeypatch, "notes/b.md", None)
    configuration = FILES["mkdocs.yml"].replace("fr]", "fr], warn: [page-failed]")
    (folder / "mkdocs.yml").write_text(configuration, encoding="utf-8")
    assert check("--pages").exit_code == 0
    assert check("--pages", "--strict").exit_code == 1
