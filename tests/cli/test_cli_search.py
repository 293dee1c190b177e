"""`aikb search`: the box's rows on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from aikb.cli.main import main
from conftest import built, on_disk

FILES = {
    "mkdocs.yml": "site_name: S\ndocs_dir: notes\ntheme: material\nplugins:\n  - aikb: {search_words: mots.txt}\n",
    "mots.txt": "flapchou = moon\n",
    "notes/tides.md": "# Tides\n\n## Moon\n\nThe moon pulls the sea.\n",
    "notes/marees.fr.md": "# Marées\n\nLa mer monte deux fois par jour.\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return on_disk(tmp_path, FILES)


def ask(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["search", "-f", str(folder / "mkdocs.yml"), *arguments])


def test_rows_are_printed_best_first(folder: Path) -> None:
    result = ask(folder, "moons", "pull")
    assert result.exit_code == 0
    assert result.output.splitlines()[:3] == ["tides/#moon", "  Tides › Moon", "  The moon pulls the sea."]


def test_json_has_all_of_a_row(folder: Path) -> None:
    data = json.loads(ask(folder, "--format", "json", "--lang", "fr", "marees").stdout)
    row = data["rows"][0]
    assert (row["url"], row["lang"], row["kind"], row["missing"]) == ("fr/marees/", "fr", "page", [])
    assert (data["version"], data["query"], data["total"]) == (1, "marees", 3)  # the translation is found, too


def test_the_users_word_list_is_read(folder: Path) -> None:
    assert ask(folder, "flapchou").output.splitlines()[0] == "tides/#moon"


def test_a_word_list_that_is_not_there_is_a_wrong_configuration(folder: Path) -> None:
    (folder / "mots.txt").unlink()
    result = ask(folder, "moon")
    assert result.exit_code == 2
    assert "search_words: mots.txt cannot be read" in result.output


def test_a_built_site_is_asked_without_its_notes(folder: Path) -> None:
    site = built(folder)
    (folder / "notes/tides.md").unlink()
    assert ask(folder, "--site", str(site), "moon").output.splitlines()[0] == "tides/#moon"


def test_a_folder_without_an_index_is_told_so(folder: Path) -> None:
    result = ask(folder, "--site", str(folder), "moon")
    assert result.exit_code == 2
    assert "no search index" in result.output


def test_nothing_found_is_no_error(folder: Path) -> None:
    result = ask(folder, "xyzzyx")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "0 results" in result.output
