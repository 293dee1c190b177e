"""`aikb related`: what speaks of the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from aikb.cli.main import main
from conftest import on_disk

SEA = "Harbours keep lighthouses, and lighthouses warn trawlers of shoals near harbours at night. " * 4
HILLS = "Shepherds lead flocks over passes, and flocks graze meadows that shepherds mow in autumn. " * 4
FOREST = "Foresters fell spruces, and sawmills cut spruces into boards that carpenters buy in winter. " * 4


def _printed(folder: Path, notes: dict[str, str], *options: str) -> str:
    config = "site_name: KB\ndocs_dir: notes\ntheme: material\nplugins:\n- aikb: {languages: [en]}\n"
    on_disk(folder, {"mkdocs.yml": config, **{f"notes/{name}.md": text for name, text in notes.items()}})
    result = CliRunner().invoke(main, ["related", "--no-cache", *options, "-f", str(folder / "mkdocs.yml")])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_notes_are_printed_with_the_words_that_tie_them(tmp_path: Path) -> None:
    notes = {"a": f"# A\n\n{SEA}", "b": f"# B\n\n{SEA}", "c": f"# C\n\n{HILLS}", "d": f"# D\n\n{FOREST}"}
    lines = _printed(tmp_path, notes).splitlines()
    assert lines[0] == "notes/a.md"
    assert lines[1].startswith("    notes/b.md: ")
    assert "lighthouses" in lines[1].casefold()
    assert not any("notes/c.md" in line for line in lines)


def test_what_is_linked_is_not_told(tmp_path: Path) -> None:
    notes = {"a": f"# A\n\n{SEA} [b](b.md)", "b": f"# B\n\n{SEA}", "c": f"# C\n\n{HILLS}", "d": f"# D\n\n{FOREST}"}
    assert _printed(tmp_path, notes) == ""


def test_long_sections_are_related_within_and_across_notes(tmp_path: Path) -> None:
    notes = {
        "a": f"# A\n\n## Coast\n\n{SEA}\n\n## Alps\n\n{HILLS}\n\n## Short\n\nHarbours and lighthouses.\n",
        "b": f"# B\n\n## Port\n\n{SEA}\n\n## Wood\n\n{FOREST}\n",
    }
    printed = _printed(tmp_path, notes, "--sections")
    assert printed.splitlines()[0] == "notes/a.md#coast"
    assert "    notes/b.md#port: " in printed
    assert "#short" not in printed
    assert "#wood" not in printed
