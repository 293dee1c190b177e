"""`aikb check`: what is printed, and how it exits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from aikb.cli import knowledge
from aikb.cli.main import main
from conftest import on_disk

SIX_LINES = "site_name: Mes notes\ndocs_dir: notes\ntheme: material\nplugins:\n  - aikb\n"
GOOD = {"notes/index.md": "# Home\n\nSee [a](a.md).\n", "notes/a.md": "# A\n"}
WARNING = {**GOOD, "notes/a.md": "# A\n\n<details>\n"}
ERROR = {**GOOD, "notes/a.md": "# A\n\n[x](nope.md)\n"}

Check = Callable[..., Result]


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Write a knowledge base and run `aikb check` in its folder."""

    def run(files: dict[str, str], *options: str, configuration: str | None = SIX_LINES) -> Result:
        for path, text in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text, encoding="utf-8")
        if configuration is not None:
            (tmp_path / "mkdocs.yml").write_text(configuration, encoding="utf-8")
        monkeypatch.chdir(tmp_path)
        return CliRunner().invoke(main, ["check", *options])

    return run


@pytest.mark.parametrize(
    ("files", "options", "code"),
    [
        (GOOD, [], 0),
        (GOOD, ["--strict"], 0),
        (WARNING, [], 0),
        (WARNING, ["--strict"], 1),
        (ERROR, [], 1),
        (ERROR, ["--strict"], 1),
        ({**GOOD, "notes/a.md": "<bot>\n"}, ["--strict"], 0),
    ],
)
def test_the_exit_code_follows_the_worst_finding(
    check: Check, files: dict[str, str], options: list[str], code: int
) -> None:
    assert check(files, *options).exit_code == code


def test_a_finding_is_one_line_with_its_place(check: Check) -> None:
    result = check(ERROR)
    assert result.stdout == "notes/a.md:3:1: error: link-missing: no such file: nope.md\n"
    assert result.stderr == "2 files, 1 error\n"


def test_what_is_only_informative_is_listed_on_request(check: Check) -> None:
    files = {**GOOD, "notes/a.md": "# A\n\n<bot>\n"}
    assert check(files).stdout == ""
    assert check(files, "--verbose").stdout == (
        "notes/a.md:3:1: info: html-unknown: <bot> is no HTML element; it is shown as text\n"
    )


def test_notes_cannot_steer_a_terminal(check: Check) -> None:
    result = check({**GOOD, "notes/a.md": "[x](<no\x1b[31mpe\u202e.md>)\n"})
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout


@pytest.mark.parametrize(
    ("configuration", "message"),
    [
        (None, "aikb: mkdocs.yml: no such file"),
        ("docs_dir: [", "aikb: mkdocs.yml:1:12: not YAML"),
        ("docs_dir: elsewhere", "aikb: docs_dir: no such folder: elsewhere"),
        (
            SIX_LINES.replace("- aikb", "- aikb:\n      glossry: x"),
            "aikb: plugins.aikb: unknown key “glossry” (did you mean",
        ),
        (SIX_LINES.replace("- aikb", "- aikb:\n      languages: fr"), "aikb: plugins.aikb.languages: a list"),
        ("INHERIT: mkdocs.yml", "aikb: mkdocs.yml: INHERIT comes back"),
    ],
)
def test_a_mistake_of_configuration_is_one_line_and_two(check: Check, configuration: str | None, message: str) -> None:
    result = check(GOOD, configuration=configuration)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith(message)
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(("option", "named"), [("--strikt", "--strict"), ("--verbos", "--verbose")])
def test_an_unknown_option_is_named_with_the_nearest(check: Check, option: str, named: str) -> None:
    result = check(GOOD, option)
    assert result.exit_code == 2
    assert f"No such option '{option}'" in result.stderr.replace("option: ", "option ")
    assert named in result.stderr


@pytest.mark.parametrize("debug", [False, True])
def test_a_fault_of_ours_is_three_without_a_traceback(
    check: Check, monkeypatch: pytest.MonkeyPatch, *, debug: bool
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(knowledge, "load", broken)
    result = check(GOOD, *(["--debug"] if debug else []))
    assert result.exit_code == 3
    assert "a fault of aikb's own: RuntimeError: boom" in result.stderr
    assert ("Traceback" in result.stderr) == debug


@pytest.mark.parametrize("command", ["evidence", "glossary", "mentions"])
def test_every_command_ends_in_a_line_for_a_fault_and_for_a_configuration(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    configuration = tmp_path / "mkdocs.yml"
    result = CliRunner().invoke(main, [command, "-f", str(configuration)])
    assert (result.exit_code, result.stderr.startswith(f"aikb: {configuration}: no such")) == (2, True)

    def broken(*_: object) -> None:
        raise RuntimeError("boom")

    on_disk(tmp_path, {"mkdocs.yml": "docs_dir: notes\n", "notes/a.md": "# A\n"})
    monkeypatch.setattr(knowledge, "load", broken)
    result = CliRunner().invoke(main, [command, "-f", str(configuration)])
    assert (result.exit_code, result.stderr) == (3, "aikb: a fault of aikb's own: RuntimeError: boom\n")


def test_another_configuration_file_may_be_named(check: Check, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "site.yml").write_text("docs_dir: texts\n", encoding="utf-8")
    result = check({"other/texts/a.md": "[x](nope.md)\n"}, "-f", "other/site.yml", configuration=None)
    assert (result.exit_code, result.stdout) == (
        1,
        "other/texts/a.md:1:1: error: link-missing: no such file: nope.md\n",
    )


def test_a_bad_file_does_not_hide_the_rest(check: Check, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "latin.md").write_bytes(b"\xe9t\xe9")
    (tmp_path / "notes" / "dangling.md").symlink_to("nowhere")
    result = check(ERROR)
    assert result.exit_code == 1
    assert [line.split(": ")[2] for line in result.stdout.splitlines()] == [
        "link-missing",
        "file-unreadable",
        "encoding",
    ]
