"""The steps of the GitHub Action, run by the shell that GitHub runs them with."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
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


def checked(tmp_path: Path, files: Mapping[str, str], inputs: dict[str, str]) -> tuple[int, list[str]]:
    """Run the action's check in a repository of some files: the exit code and the annotations."""
    repository = on_disk(tmp_path / "a repository", dict(files))
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
    assert not done.stderr.count("Traceback")
    return done.returncode, done.stdout.splitlines()


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
    assert checked(tmp_path, FILES, inputs) == (code, annotations)
    assert not (tmp_path / "a repository/hacked").exists()


MONOREPO = {
    "README.md": "# All\n\n[one](packages/my%20one/docs/index.md)\n",
    "packages/my one/mkdocs.yml": "docs_dir: docs\nplugins: [aikb]\n",
    "packages/my one/docs/index.md": "# One\n\nText, and [x](gone.md).\n",
    "packages/my one/docs/a part/é.md": "---\ntitle: E\n---\n\n![y](nowhere.png)\n",
    "packages/two/.aikb/mkdocs.yml": "docs_dir: ..\nplugins: [aikb]\n",
    "packages/two/notes.md": "# Two\n\n- [z](../my%20one/docs/index.md)\n- [w](gone.md)\n",
}
FILE = "::error file=packages/"
ONE = (
    f"{FILE}my one/docs/a part/é.md,line=5,col=1,endLine=5,endColumn=18,title=image-missing::no such image: nowhere.png",
    f"{FILE}my one/docs/index.md,line=3,col=11,endLine=3,endColumn=23,title=link-missing::no such file: gone.md",
)
TWO = (
    (
        f"{FILE}two/notes.md,line=3,col=3,endLine=3,endColumn=33,title=path-escape"
        "::“../my%2520one/docs/index.md” leads outside the notes folder; it is neither read nor published"
    ),
    f"{FILE}two/notes.md,line=4,col=3,endLine=4,endColumn=15,title=link-missing::no such file: gone.md",
)


@pytest.mark.skipif(not shutil.which("bash"), reason="the action's shell is bash")
@pytest.mark.parametrize(
    ("inputs", "annotations"),
    [
        ({"CONFIG_FILE": "packages/my one/mkdocs.yml"}, ONE),
        ({"CONFIG_FILE": "packages/my one"}, ONE),
        ({"CONFIG_FILE": "packages/my one/mkdocs.yml", "PATHS": "packages/my one/docs/a part"}, ONE[:1]),
        (
            {"CONFIG_FILE": "packages/my one", "PATHS": "packages/my one/docs/index.md\npackages/my one/docs/a part\n"},
            ONE,
        ),
        ({"CONFIG_FILE": "packages/two"}, TWO),
        ({"CONFIG_FILE": "./packages/two/.aikb/mkdocs.yml", "PATHS": "packages/two/notes.md"}, TWO),
    ],
)
def test_a_part_of_a_repository_is_annotated_from_its_root(
    tmp_path: Path, inputs: dict[str, str], annotations: tuple[str, ...]
) -> None:
    assert checked(tmp_path, MONOREPO, inputs) == (1, list(annotations))
