"""What `aikb check` prints opens in an editor, wherever one stands and whatever is named."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from aikb.cli.main import main
from conftest import on_disk

NOTE = "# T\n\n[x](gone.md)\n"
BESIDE = {
    "mkdocs.yml": "docs_dir: my notes\nplugins: [aikb]\n",
    "my notes/a.md": NOTE,
    "my notes/sub dir/é.md": NOTE,
    "glossary/t.md": "# T\n\n[x](gone.md)\n",
    "my notes/sub dir/deeper/index.md": "# D\n",
}
ROOT = {
    ".aikb/mkdocs.yml": "docs_dir: ..\nplugins: [aikb]\n",
    "a.md": NOTE,
    "sub dir/é.md": NOTE,
    "sub dir/deeper/index.md": "# D\n",
}


@pytest.mark.parametrize(
    ("files", "stand", "arguments", "count"),
    [
        (BESIDE, ".", [], 3),
        (BESIDE, "my notes", [], 3),
        (BESIDE, "my notes/sub dir/deeper", [], 3),
        (BESIDE, "my notes", ["sub dir"], 1),
        (BESIDE, "my notes/sub dir", ["é.md"], 1),
        (BESIDE, "my notes/sub dir", ["../a.md", "é.md"], 2),
        (BESIDE, "my notes/sub dir", ["../../glossary"], 1),
        (BESIDE, "..", ["-f", "base/mkdocs.yml"], 3),
        (BESIDE, "..", ["-f", "base"], 3),
        (BESIDE, "../elsewhere/deep", ["-f", "../../base/mkdocs.yml"], 3),
        (BESIDE, "../elsewhere/deep", ["-f", "../../base", "../../base/my notes/a.md"], 1),
        (ROOT, ".", [], 2),
        (ROOT, "sub dir", [], 2),
        (ROOT, "sub dir/deeper", ["../é.md"], 1),
        (ROOT, ".aikb", [], 2),
        (ROOT, "../elsewhere/deep", ["-f", "../../base"], 2),
        (ROOT, "../elsewhere/deep", ["-f", "../../base/.aikb/mkdocs.yml", "../../base/sub dir"], 1),
    ],
)
def test_every_place_opens_from_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], stand: str, arguments: list[str], count: int
) -> None:
    on_disk(tmp_path / "base", dict(files))
    (tmp_path / "elsewhere/deep").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "base" / stand)
    said = CliRunner().invoke(main, ["check", "--no-cache", *arguments]).stdout
    places = re.findall(r"^(.+?):(\d+):(\d+): error", said, re.MULTILINE)
    assert len(places) == count, said
    for path, line, column in places:
        written = Path(path).read_text(encoding="utf-8").splitlines()[int(line) - 1]
        assert written[int(column) - 1 :].startswith("[x](gone.md)")
        assert f"/{path}/".count("/.aikb/") == 0
    found = json.loads(CliRunner().invoke(main, ["check", "--no-cache", "--format", "json", *arguments]).stdout)
    assert sum(each["severity"] == "error" for each in found["findings"]) == count


@pytest.mark.parametrize("command", [["build"], ["stage", "../../staged"]])
def test_what_a_build_prints_opens_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]) -> None:
    link = "# T\n\n[x](gone.md) [y](sub%20dir/é.md#gone)\n"
    on_disk(
        tmp_path / "base",
        {
            **ROOT,
            "a.md": link,
            ".aikb/mkdocs.yml": f"site_name: N\nsite_dir: ../../site\ntheme: material\n{ROOT['.aikb/mkdocs.yml']}",
        },
    )
    monkeypatch.chdir(tmp_path / "base/sub dir")
    ended = CliRunner().invoke(main, command)
    places = re.findall(r"^(.+?):(\d+):(\d+): error", ended.stderr, re.MULTILINE)
    assert [Path(path).resolve().relative_to(tmp_path / "base").as_posix() for path, *_ in places] == [
        "a.md",
        "a.md",
        "sub dir/é.md",
    ]
    assert "no anchor “gone” in sub dir/é.md" in ended.stderr
