"""The steps of the GitHub Action, run by the shell that GitHub runs them with."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from conftest import on_disk

ACTION = yaml.safe_load((Path(__file__).parents[2] / "action.yml").read_text(encoding="utf-8"))
CHECK = next(step["run"] for step in ACTION["runs"]["steps"] if step.get("name") == "Check the notes")
NOWHERE = "no such file: nowhere.md"
FILES = {
    ".aikb/mkdocs.yml": "docs_dir: ..\nplugins: [aikb]\n",
    "index.md": "# Home\n",
    "my docs/a b.md": "# A\n\n[x](gone.md)\n",
    "pkg/b.md": "# B\n\n[y](nowhere.md)\n",
    "known.json": json.dumps({"findings": [{"path": "../pkg/b.md", "code": "link-missing", "message": NOWHERE}]}),
}
A = "::error file=my docs/a b.md,line=3,col=1,endLine=3,endColumn=13,title=link-missing::no such file: gone.md"
B = "::error file=pkg/b.md,line=3,col=1,endLine=3,endColumn=16,title=link-missing::no such file: nowhere.md"


@pytest.mark.skipif(not shutil.which("bash"), reason="the action's shell is bash")
@pytest.mark.parametrize(
    ("inputs", "code", "annotations"),
    [
        ({}, 1, [A, B]),
        ({"PATHS": "my docs/a b.md\npkg\n"}, 1, [A, B]),
        ({"PATHS": "\nmy docs\n\n"}, 1, [A]),
        ({"PATHS": "pkg"}, 1, [B]),
        ({"PATHS": "index.md"}, 0, []),
        ({"PATHS": "--fix"}, 2, []),
        ({"PATHS": "$(touch hacked)"}, 2, []),
        ({"PATHS": "gone"}, 2, []),
        ({"BASELINE": "known.json"}, 1, [A]),
        ({"CONFIG_FILE": "nowhere/mkdocs.yml"}, 2, []),
        ({"STRICT": "false", "PATHS": "my docs"}, 1, [A]),
    ],
)
def test_every_annotation_is_on_its_file_and_line(
    tmp_path: Path, inputs: dict[str, str], code: int, annotations: list[str]
) -> None:
    repository = on_disk(tmp_path / "a repository", dict(FILES))
    program = tmp_path / "runner" / "aikb" / "bin" / "aikb"
    program.parent.mkdir(parents=True)
    command = shlex.join([sys.executable, "-c", "from aikb.cli.main import main; main()"])
    program.write_text(f'#!/bin/sh\nexec {command} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    variables = {
        **os.environ,
        "RUNNER_TEMP": str(tmp_path / "runner"),
        "GITHUB_WORKSPACE": str(repository),
        "AIKB_CACHE_DIR": str(tmp_path / "cache"),
        "GITHUB_STEP_SUMMARY": "",
        "CONFIG_FILE": "",
        "STRICT": "true",
        "BASELINE": "",
        "PATHS": "",
        **inputs,
    }
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", CHECK],
        cwd=repository, env=variables, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout.splitlines()) == (code, annotations), done.stderr
    assert not (repository / "hacked").exists()
