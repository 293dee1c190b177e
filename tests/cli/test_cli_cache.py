"""What is loaded to list the commands, and what is kept between runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from aikb.cli.main import Commands, main
from conftest import contents, on_disk

HEAVY = (
    "mkdocs material markdown pymdownx jinja2 babel numpy py3langid pyromark latex2mathml rapidfuzz yaml rich httpx sqlite3 "
    "msgspec platformdirs frontmatter ahocorasick aikb.settings aikb.pipeline aikb.analysis aikb.read aikb.relate "
    "aikb.findings aikb.check"
).split()
NO_COMMANDS = {"__init__", "main", "changes", "configuration", "knowledge", "output", "pages", "starter_files"}
NOTES = {
    "mkdocs.yml": "site_name: N\ndocs_dir: notes\nplugins: [aikb]\n",
    "notes/a.md": "# A\n\n[b](b.md) and [nothing](c.md) in English words that are plain.\n",
    "notes/b.md": "# B\n\n[a](a.md), et des mots français qui le disent.\n\n<!-- aikb: ignore nothing -->\n",
}


def loaded(*arguments: str, cwd: Path | None = None) -> set[str]:
    """What a command has loaded when it ends."""
    program = (
        "import sys\nfrom aikb.cli.main import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "print('\\nLOADED', *sys.modules)"
    )
    command = [sys.executable, "-c", program, *arguments]
    out = subprocess.run(command, capture_output=True, text=True, check=True, cwd=cwd).stdout
    return set(out.rpartition("LOADED")[2].split())


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("nothing",)])
def test_listing_the_commands_loads_none_of_them(arguments: tuple[str, ...]) -> None:
    assert not loaded(*arguments).intersection(HEAVY)


@pytest.mark.parametrize(
    ("arguments", "heavy"),
    [
        (
            ("explain", "orphan"),
            "mkdocs material markdown jinja2 numpy py3langid pyromark latex2mathml sqlite3 msgspec aikb.analysis",
        ),
        (("cache", "dir"), "mkdocs markdown numpy pyromark yaml rich aikb.settings aikb.analysis"),
        (
            ("check",),
            "mkdocs material markdown pymdownx httpx aikb.adapters aikb.pipeline aikb.compose aikb.render.html",
        ),
        (("glossary",), "mkdocs material httpx rdflib aikb.adapters"),
    ],
)
def test_a_command_loads_what_it_needs(tmp_path: Path, arguments: tuple[str, ...], heavy: str) -> None:
    assert not loaded(*arguments, cwd=on_disk(tmp_path, dict(NOTES))).intersection(heavy.split())


def test_a_second_check_parses_nothing(tmp_path: Path) -> None:
    folder = on_disk(tmp_path, dict(NOTES))
    first = loaded("check", cwd=folder)
    second = loaded("check", cwd=folder)
    assert "sqlite3" in first & second
    assert not second.intersection({"numpy", "py3langid"})


def test_the_summaries_are_the_commands_own() -> None:
    files = {path.stem for path in Path(sys.modules["aikb.cli.main"].__file__ or "").parent.glob("*.py")}
    assert set(Commands.SUMMARIES) == files - NO_COMMANDS
    context = click.Context(main)
    for name, summary in Commands.SUMMARIES.items():
        command = main.get_command(context, name)
        assert command is not None
        assert command.get_short_help_str(500) == click.Command(name, help=summary).get_short_help_str(500)
    assert main.get_command(context, "main") is None


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == code, result.output
    return result.output


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A knowledge base, and a cache of its own."""
    on_disk(tmp_path / "kb", dict(NOTES))
    monkeypatch.chdir(tmp_path / "kb")
    monkeypatch.setenv("AIKB_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_a_check_from_the_cache_says_the_same(kept: Path) -> None:
    without = run("check", "-v", "--no-cache", code=1)
    assert not kept.exists()
    assert [run("check", "-v", code=1) for _ in range(3)] == [without] * 3
    assert list(contents(kept)) == ["cache.sqlite3"]
    assert "suppression-invalid" in without


def test_a_changed_note_is_checked_anew(kept: Path) -> None:
    run("check", code=1)
    Path("notes/a.md").write_text("# A\n\n[b](b.md)\n", encoding="utf-8")
    assert run("check", code=1) == run("check", "--no-cache", code=1)


@pytest.mark.parametrize("command", [("glossary",), ("mentions",), ("evidence",), ("language", "notes/b.md")])
def test_every_command_says_the_same_with_it(kept: Path, command: tuple[str, ...]) -> None:
    first, second = run(*command), run(*command)
    assert first == second
    if command[0] != "language":
        assert run(*command, "--no-cache") == first


def test_it_is_found_and_cleared(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("cache", "dir") == f"{kept}\n"
    assert "nothing is kept" in run("cache", "clear")
    run("check", code=1)
    assert "MB deleted" in run("cache", "clear")
    assert contents(kept) == {}
    monkeypatch.setenv("AIKB_NO_CACHE", "1")
    run("check", code=1)
    assert contents(kept) == {}
    assert "AIKB_NO_CACHE" in run("cache", "dir", code=2)


def test_a_cache_that_cannot_be_deleted_is_told(kept: Path) -> None:
    (kept / "cache.sqlite3").mkdir(parents=True)
    assert "cannot be deleted" in run("cache", "clear", code=2)


@pytest.mark.parametrize("data", [b"", b"no database", b"\x80\x04cos\nsystem\n(S'false'\ntR.", bytes(100_000)])
def test_a_broken_cache_stops_nothing(kept: Path, data: bytes) -> None:
    expected = run("check", "-v", "--no-cache", code=1)
    on_disk(kept, {"cache.sqlite3": data})
    assert run("check", "-v", code=1) == expected
    assert run("check", "-v", code=1) == expected


def test_a_cache_in_the_way_of_a_file_stops_nothing(kept: Path) -> None:
    expected = run("check", "-v", "--no-cache", code=1)
    kept.write_bytes(b"a file where the folder would be")
    assert run("check", "-v", code=1) == expected
