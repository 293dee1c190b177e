"""What happens when the standard output takes no more."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

import aikb.cli as main_module
from aikb.cli.main import main
from aikb.cli.translations import _quoted
from conftest import on_disk

FILES = {"mkdocs.yml": "docs_dir: notes\nplugins: [aikb]\n", "notes/a.md": "[x](gone.md)\n\n" * 30}
RUN = (sys.executable, "-c", "from aikb.cli.main import main; main()")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize(
    "command",
    [
        "check",
        "check --format json",
        "explain",
        "glossary --format json",
        "evidence",
        "--help",
        "--version",
        "check --help",
    ],
)
def test_a_full_disk_is_one_line(tmp_path: Path, command: str) -> None:
    on_disk(tmp_path, dict(FILES))
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*RUN, *command.split()], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 2
    assert [line for line in done.stderr.splitlines() if "cannot be written" in line] == [
        "aikb: the standard output cannot be written: no space left on device"
    ]
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["check -v", "check --format json"])
def test_a_reader_that_has_seen_enough_ends_it_quietly(tmp_path: Path, command: str) -> None:
    on_disk(tmp_path, dict(FILES))
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen([*RUN, *command.split()], cwd=tmp_path, text=True, **pipes) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()  # before anything is written
        assert "Traceback" not in process.stderr.read()
        assert process.wait() == 2


NAME = "x\u202e\x9b31m\n ##[error file=a.md]forged\n::error::y"
STEERING = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|##\w*\[|^\s*::", re.MULTILINE)


@pytest.mark.parametrize(
    "command",
    [
        "check --verbose",
        "check --format json",
        "check --format sarif",
        "check --fix",
        "check notes/x",
        "glossary",
        "glossary --suggest",
        "glossary --explain FILE",
        "mentions",
        "mentions --declined",
        "related",
        "evidence",
        "translations",
        "translations --suggest",
        "search Tide",
        "language FILE",
        "new --dry-run",
        "build",
        "stage OUT",
        "check -f FILE",
    ],
)
def test_no_name_steers_a_terminal_or_a_runner(tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    note = '---\ntitle: "{}"\ntemplate: "{}"\naliases: ["{}"]\n---\n# T\n\nThe tide. [a](gone.md) [b](<{}.md>)\n'
    inner = "x\\u202e\\x9b31m ##[error file=a.md]z ::error::y"
    text = note.format(inner, inner, inner, "x ##[error file=a.md]z") + "\n## T\n\n## tide\n\nIs ##vso[task.x]y.\n"
    names = {f"notes/{NAME}.md": text, f"notes/{NAME}.fr.md": text, f"notes/{NAME}/y.md": "# y\n\n[a](b.md)\n"}
    site = "site_name: x\ndocs_dir: notes\nplugins:\n  - aikb:\n      languages: [en, fr]\n"
    on_disk(tmp_path, {"mkdocs.yml": site, "glossary/g.md": f"# G\n\n## {inner}\n\nx\n", **names})
    monkeypatch.chdir(tmp_path)
    places = {"FILE": f"notes/{NAME}.md", "OUT": str(tmp_path / "out")}
    done = CliRunner().invoke(main, [places.get(word, word) for word in command.split()])
    assert done.exit_code in (0, 1, 2), done.output
    assert STEERING.findall(done.output.replace("\n\n", "\n")) == []


def test_every_command_prints_through_one_place() -> None:
    commands = Path(main_module.__file__).parent
    printing = {each.name for each in commands.glob("*.py") if "click.echo(" in each.read_text()}
    assert printing == {"output.py", "cache.py"}  # that one names the user's own folder, and loads nothing


def test_data_on_a_terminal_are_the_same_data(tmp_path: Path) -> None:
    word = "x\x9b31m ##[error]y"
    on_disk(tmp_path, {"mkdocs.yml": "docs_dir: notes\nplugins: [aikb]\n", "notes/a.md": f"# Tide\n\nTide {word}\n"})
    ours, theirs = pty.openpty()
    with os.fdopen(theirs, "wb") as terminal:
        subprocess.run([*RUN, "search", "Tide", "--format", "json"], cwd=tmp_path, stdout=terminal, check=True)
    shown = b""
    with os.fdopen(ours, "rb", buffering=0) as reader, suppress(OSError):  # Linux tells the end by an error
        while piece := reader.read(4096):
            shown += piece
    assert not re.search(rb"\xc2\x9b|##\[", shown)
    assert "##[error]y" in json.loads(shown)["rows"][0]["text"]


@pytest.mark.parametrize(
    "name", ['a"b', "a'b", "a\\b", "a: b", "#a", "a\u2028b", "é", "- a", "{a}", "a" * 150, "a, [b"]
)
def test_a_pointer_is_the_name_whatever_that_is(name: str) -> None:
    assert yaml.safe_load(f"key: {_quoted(name)}") == {"key": name}
    assert _quoted(name).startswith('"')
    assert "\n" not in _quoted(name)
