"""What git says of sections, as edits."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from aikb.system.git_edits import Edit, edited, parse_patches

HEAD = "diff --git a/n/a.md b/n/a.md\n--- a/n/a.md\n+++ b/n/a.md\n"
LONG = "a text of more than twenty-four letters"


@pytest.mark.parametrize(
    ("log", "expected"),
    [
        ("", {}),
        (f"\x0199\n\n{HEAD}@@ -3,0 +4,3 @@ # T\n+## New\n+\n+{LONG}\n", {"n/a.md": (Edit(99, ("## New",)),)}),
        (
            f"\x0199\n\n{HEAD}@@ -3 +3 @@ ## Old\n-{LONG}\n+quite another one\n",
            {"n/a.md": (Edit(99, (), ("## Old",)),)},
        ),
        (f"\x0199\n\n{HEAD}@@ -3 +3 @@ ## Old\n-{LONG}\n+{LONG}s\n", {}),  # a slip
        (f"\x0199\n\n{HEAD}@@ -3,2 +3,0 @@ ## Old\n-## Moved\n-{LONG}\n@@ -9,0 +7,2 @@ ## X\n+## Moved\n+{LONG}\n", {}),
        (f"\x0199\n\n{HEAD}@@ -3 +3 @@\n-{LONG}\n+x\n", {}),  # before the first heading
        (f"\x0199\n\n{HEAD}@@ -1 +1 @@ # T\n--- a/x\n+++ b/{LONG}\n", {"n/a.md": (Edit(99, (), ("# T",)),)}),
        (f"\x01 no time\n\n{HEAD}@@ -3,0 +4 @@ # T\n+## New\n", {}),
        (
            (
                f"\x0199\n\n{HEAD}@@ -3,0 +4 @@ # T\n+## New\n\x0188\n\n"
                "diff --git a/old.md b/n/a.md\nsimilarity index 90%\nrename from old.md\nrename to n/a.md\n"
                "\x0177\n\ndiff --git a/old.md b/old.md\n--- a/old.md\n+++ b/old.md\n@@ -3,0 +4 @@ # T\n+## First\n"
            ),
            {"n/a.md": (Edit(99, ("## New",)), Edit(77, ("## First",)))},
        ),
        (
            (
                f"\x0199\n\n{HEAD}@@ -3,0 +4 @@ # T\n+## New\n"
                "diff --git a/b c.md b/b c.md\n--- a/b c.md\t\n+++ b/b c.md\t\n@@ -3,0 +4 @@\n+## Too\n"
            ),
            {"n/a.md": (Edit(99, ("## New",)),), "b c.md": (Edit(99, ("## Too",)),)},
        ),
    ],
)
def test_a_log_of_patches_is_parsed(log: str, expected: dict[str, tuple[Edit, ...]]) -> None:
    assert parse_patches(log.split("\n")) == expected


def _commit(folder: Path, files: dict[str, str], day: str) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    date = f"{day}T12:00:00Z"
    for command in (("add", "-A"), ("commit", "-q", "-m", "x", "--date", date)):
        subprocess.run(
            ["git", "-c", "user.name=n", "-c", "user.email=e", *command],
            cwd=folder,
            check=True,
            env={"GIT_COMMITTER_DATE": date, "PATH": "/usr/bin:/bin", "HOME": str(folder)},
        )


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository in which one note is there from the start, and is changed twice."""
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    first = "# Té\n\n## One\n\nThe sea.\n\n## Two\n\nThe hills.\n"
    _commit(tmp_path, {"kb/notes/é.md": first, "other.md": "# O\n"}, "2024-01-01")
    _commit(
        tmp_path, {"kb/notes/é.md": first + "\n## Three\n\nA new one.\n", "other.md": f"# O\n\n{LONG}\n"}, "2024-02-01"
    )
    third = first.replace("The sea.", "What the tide brings to the shore.") + "\n## Three\n\nA new one.\n"
    _commit(tmp_path, {"kb/notes/é.md": third}, "2024-03-01")
    return tmp_path


def test_a_repository_is_read_from_its_folder(repository: Path) -> None:
    found = edited(repository / "kb")
    assert {path: [(each.added, each.revised) for each in edits] for path, edits in found.items()} == {
        "notes/é.md": [((), ("## One",)), (("## Three",), ())]
    }


def test_what_the_repository_configures_is_not_run(repository: Path) -> None:
    (repository / ".gitattributes").write_text("*.md diff=evil\n")
    for name in ("textconv", "command"):
        subprocess.run(["git", "config", f"diff.evil.{name}", "touch ran;cat"], cwd=repository, check=True)
    edited(repository / "kb")
    assert not list(repository.rglob("ran"))


def test_without_a_repository_nothing_is_known(tmp_path: Path) -> None:
    assert edited(tmp_path / "kb") == {}
