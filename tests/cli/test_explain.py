"""`aikb explain`: every example shows what it says, and nothing else."""

from __future__ import annotations

import json
import os
import re
from operator import attrgetter
from pathlib import Path

import pytest
from click.testing import CliRunner

from aikb.cli.main import main
from aikb.findings.codes.code import Code
from aikb.findings.codes.table import CODES

OF_OTHER_HOSTS = {"external-dead", "external-suspect", "external-unknown"}
"""What an answer of another host, or three of them, would have to show; tests/test_external.py has hosts of its own."""
OF_OURS = {"words-missing", "page-failed", "history-shallow", "html-refused"}
"""What only a file of aikb's own, a repository or an extension could show; the tests of each have one."""
NAME = attrgetter("name")
FIXED = re.compile(r"`aikb check --fix` does so")

_FILE = re.compile(r"(?P<path>\S+)(?: \((?P<note>[^)]+)\))?:|(?P<link>\S+) -> (?P<target>\S+)")


def write(example: str, folder: Path) -> None:
    """The files of an example, as `Code.example` describes them."""
    lines = example.splitlines()
    if not _FILE.fullmatch(lines[0]):
        lines = ["notes/index.md:", *(f"    {line}" for line in lines)]
    texts: dict[str, list[str]] = {}
    encoding, size, pipes = "utf-8", 0, set[str]()
    (folder / "mkdocs.yml").write_text(
        "site_name: Notes\ndocs_dir: notes\nplugins: [aikb: {languages: [en, fr]}]\n", encoding="utf-8"
    )
    (folder / "notes").mkdir()
    for line in lines:
        match = None if line.startswith("    ") else _FILE.fullmatch(line)
        if match and match["link"]:
            (folder / match["link"]).symlink_to(match["target"])
        elif match:
            path = re.sub(r"\\x(..)", lambda byte: os.fsdecode(bytes([int(byte[1], 16)])), match["path"])
            texts[path] = []
            if match["note"] == "a named pipe":
                pipes.add(path)
            note = match["note"] or ""
            encoding = note.removeprefix("saved as ") if note.startswith("saved as ") else encoding
            size = int(note.removesuffix(" MB")) * 1_000_000 if note.endswith(" MB") else size
        else:
            list(texts.values())[-1].append(line.removeprefix("    "))
    for path, written in texts.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if path in pipes:
            os.mkfifo(file)
            continue
        file.write_bytes("".join(f"{line}\n" for line in written).encode(encoding) + b"." * size)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(*arguments: str) -> list[str]:
    """The codes that `aikb check` finds in the current folder."""
    result = CliRunner().invoke(main, ["check", "--format", "json", *arguments])
    assert result.exit_code in (0, 1), result.stderr
    return [each["code"] for each in json.loads(result.stdout)["findings"]]


@pytest.mark.parametrize(
    "code", [each for each in CODES.values() if each.name not in OF_OTHER_HOSTS | OF_OURS], ids=NAME
)
def test_the_example_triggers_its_code_and_no_other(code: Code, folder: Path) -> None:
    write(code.example, folder)
    arguments = ["--external"] if code.name.startswith("external-") else []
    if (folder / "baseline.json").exists():
        arguments += ["--baseline", "baseline.json"]
    assert found(*arguments) == [code.name]


@pytest.mark.parametrize("code", [each for each in CODES.values() if FIXED.search(each.cure)], ids=NAME)
def test_where_the_cure_is_a_fix_the_fix_cures(code: Code, folder: Path) -> None:
    write(code.example.replace("Windows-1252", "UTF-16"), folder)
    assert found() == [code.name]
    assert found("--fix") == []


def test_the_findings_that_a_fix_cures_say_so() -> None:
    assert {code.name for code in CODES.values() if FIXED.search(code.cure)} == {
        "anchor-case",
        "anchor-dialect",
        "anchor-renamed",
        "encoding",
        "link-case",
        "link-moved",
        "link-root-relative",
        "link-swapped",
        "locale-mismatch",
        "url-malformed",
    }


@pytest.mark.parametrize("code", CODES.values(), ids=NAME)
def test_a_code_is_explained_by_meaning_example_and_cure(code: Code) -> None:
    result = CliRunner().invoke(main, ["explain", code.name])
    assert result.exit_code == 0
    head, meaning, *example, cure = result.stdout.removesuffix("\n").split("\n\n")
    assert head == f"{code.name} ({code.severity})"
    assert [meaning.replace("\n", " "), cure.replace("\n", " ")] == [code.explanation, code.cure]
    assert example[0] == "For example:"
    lines = [line for block in example[1:] for line in block.splitlines()]
    assert [line.removeprefix("    ") for line in lines] == [
        line.replace("\x1b", "\\u001b").replace("\u202e", "\\u202e")
        for line in code.example.split("\n")
        if line.strip()
    ]
    assert all(len(line) <= 80 for part in (head, meaning, cure) for line in part.splitlines())


@pytest.mark.parametrize("code", CODES.values(), ids=NAME)
def test_explanation_and_cure_are_sentences(code: Code) -> None:
    for text in (code.explanation, code.cure):
        assert re.fullmatch(r"[“A-Z`].*[.\]]", text)
    assert code.example.endswith("\n")


def test_without_a_code_all_are_listed() -> None:
    result = CliRunner().invoke(main, ["explain"])
    assert result.stdout.splitlines() == [f"{code.severity.value:8} {code.name}" for code in CODES.values()]


def test_an_unknown_code_is_a_usage_error() -> None:
    result = CliRunner().invoke(main, ["explain", "nope"])
    assert (result.exit_code, "Traceback" in result.output) == (2, False)
    assert "there is no finding “nope”" in result.output
