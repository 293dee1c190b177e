"""Macros that a note or a vault defines are in its formulas, and their definitions on no page."""

from __future__ import annotations

from pathlib import Path

import pytest

from aikb.cli.knowledge import Knowledge
from conftest import Build, body_html, found, on_disk, page, shown

DEFINED = r"\newcommand{\E}{\mathbb E}"


@pytest.mark.parametrize(
    "text",
    [
        f"${DEFINED}$\n\n$\\E x$", f"$$\n{DEFINED}\n$$\n\n$\\E x$", f"${DEFINED} \\E x$", f"- ${DEFINED}$\n- $\\E x$",
        f"> [!note] ${DEFINED}$\n> $\\E x$", f"```math\n{DEFINED}\n```\n\n$$\n\\E x\n$$", f"${DEFINED}$ $\\E x$",
        f"$${DEFINED}\n\\DeclareMathOperator{{\\F}}{{F}}$$\n\n**$\\E \\F x$**",
    ],
)  # fmt: skip
def test_a_notes_own_macros_are_in_its_formulas(kb: Build, text: str) -> None:
    site = kb({"notes/a.md": f"# A\n\n{text}\n"})
    assert [each.code for each in found(site)] == []
    written = body_html(page(site, "a.md"))
    assert written.count("<math ") == 1
    assert "𝔼" in written


def test_they_count_from_where_they_stand_and_in_no_other_note(kb: Build) -> None:
    site = kb({"notes/a.md": f"# A\n\n$\\E x$\n\n${DEFINED}$\n", "notes/b.md": "# B\n\n$\\E$\n"})
    assert [(each.path, each.code) for each in found(site)] == [
        ("notes/a.md", "math-invalid"),
        ("notes/b.md", "math-invalid"),
    ]


def test_the_author_finds_the_formula_as_it_was_written() -> None:
    assert "<span hidden>\\R</span>" in shown(r"$\R$")


def test_a_vault_has_macros_for_all_its_notes(tmp_path: Path) -> None:
    files = {
        "mkdocs.yml": "docs_dir: .\nplugins: [aikb]\n",
        ".obsidian/app.json": "{}",
        "a.md": "# A\n\n$\\E x$ $\\nope$\n",
    }
    on_disk(tmp_path, files | {"preamble.sty": DEFINED})
    told = Knowledge.read(tmp_path / "mkdocs.yml", no_cache=True).diagnostics
    assert [each.message for each in told if each.code == "math-invalid"] == [
        "this formula cannot be read: \\nope is not known"
    ]
