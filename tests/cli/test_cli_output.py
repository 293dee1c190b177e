"""What happens when the standard output takes no more."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

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
