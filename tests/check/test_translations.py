"""What is not translated, and what was translated from an older text."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from aikb.cli.main import main
from aikb.ledgers.translations import Entry, Past
from aikb.pipeline import build
from aikb.settings import Settings
from aikb.system.git_dates import changed, parse_log
from conftest import Build, on_disk, sources

PAIR = {"notes/index.md": "# Home\n", "notes/index.fr.md": "# Accueil\n"}
CONFIGURATION = {"mkdocs.yml": "site_name: Notes\ndocs_dir: notes\nplugins: [aikb]\n"}


def stale(files: dict[str, str], past: Past) -> list[str]:
    settings = Settings()
    site = build(sources(files, settings), settings, past=past)
    return [f"{each.path}: {each.message}" for each in site.diagnostics if each.code == "translation-stale"]


def test_notes_without_a_twin_are_told_only_where_others_have_one(kb: Build) -> None:
    def told(files: dict[str, str]) -> list[tuple[str, str]]:
        return [(each.path, each.message) for each in kb(files).diagnostics if each.code == "translation-missing"]

    assert told({"notes/index.md": "# Home\n", "notes/salt.md": "# Salt\n"}) == []
    assert told({**PAIR, "notes/salt.md": "# Salt\n", "glossary/a.md": "# Glossary\n\n## A\n\nText.\n"}) == [
        ("notes/salt.md", "1 of 2 notes have no text in “fr”: salt.md")
    ]
    many = {f"notes/sea/{name}.md": "# Sea\n" for name in "abcdefg"}
    assert told({**PAIR, **many}) == []  # nobody translates that folder
    halves = {f"notes/sea/{name}.fr.md": "# Mer\n" for name in "abcd"}
    assert told({**PAIR, **many, **halves}) == [
        ("notes/sea/e.md", "3 of 7 notes in sea/ have no text in “fr”: e.md, f.md, g.md")
    ]


def test_a_clone_without_history_says_so_once() -> None:
    settings = Settings()
    past = Past(changed=lambda: {"notes/index.md": MAY, "notes/index.fr.md": JAN}, shallow=lambda: True)
    site = build(sources({**PAIR, "notes/a.md": "# A\n", "notes/a.fr.md": "# A\n"}, settings), settings, past=past)
    assert [each.code for each in site.diagnostics if each.code in ("history-shallow", "translation-stale")] == [
        "history-shallow"
    ]


JAN, MAY = 1_704_067_200, 1_714_521_600


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (
            {"notes/index.md": MAY, "notes/index.fr.md": JAN},
            (
                "notes/index.fr.md: notes/index.md, which this text translates, "
                "was changed later (2024-05-01; this text 2024-01-01)"
            ),
        ),
        ({"notes/index.md": JAN, "notes/index.fr.md": MAY}, ""),
        ({"notes/index.md": MAY, "notes/index.fr.md": MAY}, ""),
        ({"notes/index.md": MAY}, ""),
        ({}, ""),
    ],
)
def test_a_translation_older_than_its_original_is_stale(dates: dict[str, int], expected: str) -> None:
    assert stale(PAIR, Past(changed=lambda: dates)) == ([expected] if expected else [])


def test_the_original_is_what_others_point_at_or_what_names_no_language() -> None:
    dates = {"notes/a.md": MAY, "notes/b.md": JAN}
    files = {
        "notes/a.md": "---\nlang: fr\n---\n# Marées\n",
        "notes/b.md": "---\nlang: en\ntranslation_of: a.md\n---\n# Tides\n",
    }
    assert [each.partition(":")[0] for each in stale(files, Past(changed=lambda: dates))] == ["notes/b.md"]
    both = {"notes/a.en.md": "# Tides\n", "notes/a.fr.md": "# Marées\n"}
    dates = {"notes/a.en.md": MAY, "notes/a.fr.md": JAN}
    assert [each.partition(":")[0] for each in stale(both, Past(changed=lambda: dates))] == ["notes/a.fr.md"]


def test_git_is_asked_for_the_news_alone_where_nothing_is_translated() -> None:
    asked = []

    def dates() -> dict[str, int]:
        asked.append(1)
        return {}

    assert stale({"notes/a.md": "# A\n"}, Past(changed=dates)) == []
    assert len(asked) == 1


def test_an_entry_that_is_up_to_date_overrules_git(tmp_path: Path) -> None:
    root = on_disk(tmp_path, {**CONFIGURATION, **PAIR})
    run(root, "--update-translations")
    (entry,) = entries(root).values()
    past = Past({"notes/index.fr.md": entry}, lambda: {"notes/index.md": MAY, "notes/index.fr.md": JAN})
    assert stale(PAIR, past) == []
    assert len(stale({**PAIR, "notes/index.md": "# New\n"}, past)) == 1


def entries(root: Path) -> dict[str, Entry]:
    from aikb.ledgers.translations import read_translations

    return dict(read_translations(root))


def run(root: Path, *arguments: str) -> str:
    result = CliRunner().invoke(main, ["check", "-v", "-f", str(root / "mkdocs.yml"), *arguments])
    assert result.exit_code in (0, 1), result.output
    return result.output


def test_without_git_a_recorded_digest_tells(tmp_path: Path) -> None:
    root = on_disk(tmp_path, {**CONFIGURATION, **PAIR})
    assert "translations.json written" in run(root, "--update-translations")
    assert "translation-stale" not in run(root)
    (root / "notes/index.md").write_text("# Home, and more\n", encoding="utf-8")
    told = "notes/index.fr.md:1:1: info: translation-stale: notes/index.md, which this text translates, was changed later\n"
    assert told in run(root)
    assert told in run(root, "--update-translations")  # the translation has yet to follow
    (root / "notes/index.fr.md").write_text("# Accueil, et plus\n", encoding="utf-8")
    assert "translation-stale" not in run(root)
    assert "translations.json written" in run(root, "--update-translations")
    assert "written" not in run(root, "--update-translations")


def test_a_record_that_cannot_be_read_is_said_in_a_line(tmp_path: Path) -> None:
    root = on_disk(tmp_path, {**CONFIGURATION, **PAIR, "translations.json": '{"pages": {"a": 1}}'})
    result = CliRunner().invoke(main, ["check", "-f", str(root / "mkdocs.yml")])
    assert "translations.json:1:1: error: ledger-unreadable" in result.output
    assert result.exit_code == 1


# git -----------------------------------------------------------------------------------------------------------------


def git(root: Path, *arguments: str, date: str = "2024-01-01T12:00:00+00:00") -> None:
    environment = {
        **os.environ,
        "GIT_AUTHOR_DATE": date,
        "GIT_COMMITTER_DATE": date,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
    }
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True, env=environment)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    if shutil.which("git") is None:
        pytest.skip("no git on this machine")
    on_disk(tmp_path / "kb", {**CONFIGURATION, **PAIR, "notes/été.md": "# É\n"})
    git(tmp_path, "init")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "one")
    return tmp_path


# I18-06 of the fault corpus
def test_an_english_twin_edited_after_the_french_one(repository: Path) -> None:
    root = repository / "kb"
    assert "translation-stale" not in run(root)
    (root / "notes/index.md").write_text("# Home, and more\n", encoding="utf-8")
    assert "translation-stale" not in run(root)  # not committed yet
    git(repository, "commit", "-am", "two", date="2024-05-06T23:30:00+02:00")
    assert "was changed later (2024-05-06; this text 2024-01-01)" in run(root)
    shutil.rmtree(repository / ".git")
    assert "translation-stale" not in run(root)


def test_dates_are_by_path_from_the_knowledge_base(repository: Path) -> None:
    noon = 1_704_110_400
    assert changed(repository / "kb") == {
        "mkdocs.yml": noon,
        "notes/index.md": noon,
        "notes/index.fr.md": noon,
        "notes/été.md": noon,
    }


def test_where_there_is_no_repository_nothing_is_known(tmp_path: Path) -> None:
    assert changed(tmp_path) == {}


def test_a_log_is_read_by_its_latest_commits() -> None:
    assert parse_log("\x0120\0\na.md\0b.md\0\x0110\0\na.md\0c.md\0") == {"a.md": 20, "b.md": 20, "c.md": 10}
    assert parse_log("\x01odd\0\na.md\0") == {}
    assert parse_log("\x01²\0\na.md\0") == {}
    assert parse_log("\x01999999999999999\0\na.md\0") == {}, "no calendar has that day"
    assert parse_log("") == {}
