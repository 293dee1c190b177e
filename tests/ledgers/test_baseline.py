"""A baseline: what is known is counted, what is new fails, and what is gone is said."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from aikb.cli.main import main
from aikb.findings.finding import finding
from aikb.ledgers.baseline import compare, key, read, to_json, write
from aikb.model.source import Source
from aikb.settings import SettingsError

NOTE = "# A\n\n[x](gone.md)\n\n[x](gone.md)\n\n[y]()\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    save("mkdocs.yml", "site_name: Notes\ndocs_dir: notes\nplugins: [aikb]\n")
    save("notes/index.md", NOTE)
    return tmp_path


def save(path: str, text: str) -> None:
    Path(path).parent.mkdir(exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")


def check(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", "--verbose", *arguments])


def against(*arguments: str) -> tuple[int, list[str], str]:
    """Exit code, findings and the last line of a check against the baseline."""
    result = check("--baseline", "known.json", *arguments)
    return result.exit_code, result.stdout.splitlines(), result.stderr


@pytest.fixture
def known(folder: Path) -> Path:
    assert check("--baseline", "known.json", "--write-baseline").exit_code == 0
    return folder / "known.json"


def test_a_baseline_lists_what_is_found_a_row_each(known: Path) -> None:
    assert known.read_text(encoding="utf-8") == (
        "{\n"
        '  "version": 1,\n'
        '  "findings": [\n'
        '    {"path": "notes/index.md", "code": "link-empty", "message": "link without an address"},\n'
        '    {"path": "notes/index.md", "code": "link-missing", "message": "no such file: gone.md"},\n'
        '    {"path": "notes/index.md", "code": "link-missing", "message": "no such file: gone.md"}\n'
        "  ]\n"
        "}\n"
    )
    assert json.loads(to_json([])) == {"version": 1, "findings": []}


def test_what_is_known_is_counted_and_does_not_fail(known: Path) -> None:
    assert against("--strict") == (0, [], "1 file, no findings; 3 in the baseline\n")
    assert check().exit_code == 1


def test_what_is_new_fails_alone(known: Path) -> None:
    save("notes/index.md", NOTE + "\n[z](new.md)\n")
    assert against() == (
        1,
        ["notes/index.md:9:1: error: link-missing: no such file: new.md"],
        "1 file, 1 error; 3 in the baseline\n",
    )


def test_one_more_of_the_same_is_new(known: Path) -> None:
    save("notes/index.md", NOTE + "\n[x](gone.md)\n")
    assert against()[:2] == (1, ["notes/index.md:9:1: error: link-missing: no such file: gone.md"])


def test_the_same_in_another_note_is_new(known: Path) -> None:
    save("notes/b.md", "[a](index.md) [x](gone.md)")
    save("notes/index.md", NOTE + "[b](b.md)")
    assert against()[:2] == (1, ["notes/b.md:1:15: error: link-missing: no such file: gone.md"])


def test_what_is_gone_is_said_and_does_not_fail(known: Path) -> None:
    save("notes/index.md", "# A\n\n[x](gone.md)\n")
    stale = (
        "known.json:1:1: info: baseline-stale: "
        "the baseline lists 2 findings that are gone, such as notes/index.md: link-empty"
    )
    assert against("--strict") == (0, [stale], "1 file, 1 info; 1 in the baseline\n")


def test_a_note_that_was_renamed_is_known_by_its_findings(known: Path) -> None:
    (Path("notes") / "index.md").rename("notes/README.md")
    assert against("--strict") == (0, [], "1 file, no findings; 3 in the baseline\n")
    save("notes/README.md", NOTE + "\n[z](new.md)\n")
    assert against()[1] == ["notes/README.md:9:1: error: link-missing: no such file: new.md"]
    save("notes/README.md", "# A\n\n[z](new.md)\n")
    assert "lists 2 findings that are gone" in "".join(against("-v")[1])


def test_a_copy_of_a_note_is_no_renamed_one(known: Path) -> None:
    save("notes/copy.md", NOTE)
    assert against()[0] == 1


@pytest.mark.parametrize("above", ["\n\n\n", "---\ntitle: A\n---\n", "text\n\n> more\n\n"])
def test_lines_that_shift_make_nothing_new(known: Path, above: str) -> None:
    save("notes/index.md", above + NOTE)
    assert against("--strict")[:2] == (0, [])


SHIFTING = {
    "frontmatter-duplicate-key": ("---\ntitle: A\ntitle: B\n---\n", "---\n# comment\ntitle: A\ntitle: B\n---\n"),
    "id-duplicate": ("## A {#k}\n\n## B {#k}\n", "Text\n\n## A {#k}\n\n## B {#k}\n"),
    "reference-duplicate": ("[a]\n\n[a]: x:y\n[A]: x:z\n", "Text\n\n[a]\n\n[a]: x:y\n[A]: x:z\n"),
    "anchor-missing": ("## Method\n\n[x](#methode-1)", "## Methods\n\n## Method\n\n[x](#methode-1)"),
}


@pytest.mark.parametrize("code", SHIFTING)
def test_what_a_message_says_of_other_lines_makes_nothing_new(folder: Path, code: str) -> None:
    before, after = SHIFTING[code]
    save("notes/index.md", before)
    shown = check("--baseline", "none.json").stdout + check().stdout
    assert code in shown
    check("--baseline", "known.json", "--write-baseline")
    save("notes/index.md", after)
    assert check().stdout != shown
    assert against("--strict")[:2] == (0, [])


def test_a_hint_of_another_note_makes_nothing_new(known: Path) -> None:
    save("notes/one/gone.md", "# One\n\n[a](../index.md)")
    save("notes/two/gone.md", "# Two\n\n[a](../one/gone.md) [b](../index.md) [c](gone.md)")
    save("notes/index.md", NOTE + "[b](two/gone.md)")
    assert "did you mean" in check().stdout
    assert against("--strict")[:2] == (0, [])


def test_a_baseline_of_other_messages_is_told_apart() -> None:
    source = Source("notes/a.md", "text")
    first, second = (finding("link-missing", source, target=f"line {number}.md", hint="") for number in (1, 2))
    assert key(first) != key(finding("link-empty", source))
    assert key(first) == key(second)  # a file that is called so has to be accepted as the same


def test_files_that_are_not_looked_at_are_not_gone(known: Path) -> None:
    save("notes/b.md", "[a](index.md)")
    assert against("notes/b.md")[1:] == (
        ["notes/b.md:1:1: info: orphan: no other note leads here"],
        "1 of 2 files, 1 info; 0 in the baseline\n",
    )


@pytest.mark.parametrize(("options", "advice"), [((), []), (("-v",), ["list-item-empty", "orphan"])])
def test_a_baseline_holds_advice_on_request(folder: Path, options: tuple[str, ...], advice: list[str]) -> None:
    save("notes/b.md", "# B\n\n- a\n-\n- c\n")
    CliRunner().invoke(main, ["check", "--baseline", "known.json", "--write-baseline", *options])
    assert [row["code"] for row in json.loads(Path("known.json").read_text(encoding="utf-8"))["findings"]] == [
        *advice,
        "link-empty",
        "link-missing",
        "link-missing",
    ]
    assert against()[0] == 0


def test_other_peoples_hosts_are_in_no_baseline() -> None:
    found = finding("external-unknown", Source("notes/a.md", "x"), url="https://a.org/", reason="403")
    assert json.loads(to_json([found]))["findings"] == []
    assert compare([found], {}, "known.json").new == (found,)


def test_writing_twice_writes_the_same(known: Path) -> None:
    before = known.read_bytes()
    assert against("--write-baseline") == (0, [], "1 file, no findings; 3 in the baseline\n")
    assert known.read_bytes() == before


@pytest.mark.parametrize("form", ["json", "github", "sarif"])
def test_every_format_leaves_out_what_is_known(known: Path, form: str) -> None:
    result = CliRunner().invoke(main, ["check", "--format", form, "--baseline", "known.json"])
    assert result.exit_code == 0
    assert "gone.md" not in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [("--write-baseline",), ("--write-baseline", "--baseline", "known.json", "notes/index.md")],
)
def test_what_goes_together_is_said(folder: Path, arguments: tuple[str, ...]) -> None:
    result = check(*arguments)
    assert result.exit_code == 2
    assert "--write-baseline" in result.stderr.splitlines()[-1]
    assert not Path("known.json").exists()


ROW: dict[str, Any] = {"path": "notes/index.md", "code": "link-missing", "message": "no such file: gone.md"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '"findings"',
        "null",
        "1",
        "{}",
        '{"findings": null}',
        '{"findings": {"path": 1}}',
        '{"findings": [1]}',
        '{"findings": [[]]}',
        '{"findings": ["a"]}',
        '{"findings": [{"path": "a"}]}',
        json.dumps({"findings": [{**ROW, "count": "many"}]}),
        json.dumps({"findings": [{**ROW, "count": None}]}),
        json.dumps({"findings": [{**ROW, "count": float("inf")}]}),
        json.dumps({"findings": [{**ROW, "count": float("nan")}]}),
        "[" * 100_000,
        "<<<<<<< HEAD\n{}\n=======\n",
        "\x00\x01",
        "\udce9",
    ],
)
def test_a_file_that_is_no_baseline_accepts_nothing_and_is_told(folder: Path, text: str) -> None:
    Path("known.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    result = check("--baseline", "known.json")
    assert result.exit_code == 1
    assert "known.json:1:1: error: ledger-unreadable: this file cannot be read (this is no baseline: " in result.stdout
    assert str(folder) not in result.stdout


def test_a_baseline_that_is_not_there_says_how_to_make_it(folder: Path) -> None:
    result = check("--baseline", "known.json")
    assert (result.exit_code, result.output) == (
        2,
        "aikb: known.json: no such baseline (make it with --write-baseline)\n",
    )


def test_a_place_that_cannot_be_read_or_written_is_one_line(folder: Path) -> None:
    assert check("--baseline", "notes").stderr == "aikb: notes: cannot be read: Is a directory\n"
    result = check("--baseline", "nowhere/known.json", "--write-baseline")
    assert (result.exit_code, result.stderr) == (
        2,
        "aikb: nowhere/known.json: cannot be written: No such file or directory\n",
    )
    with pytest.raises(SettingsError):
        write(folder, [])


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([ROW], {("notes/index.md", "link-missing", "no such file: gone.md"): 1}),
        ([ROW, {**ROW, "count": 2}], {("notes/index.md", "link-missing", "no such file: gone.md"): 3}),
        ([{**ROW, "path": 1}], {("1", "link-missing", "no such file: gone.md"): 1}),
        ([{**ROW, "count": -1}], {("notes/index.md", "link-missing", "no such file: gone.md"): -1}),
    ],
)
def test_what_hands_and_merges_make_of_a_baseline_is_read(
    folder: Path, rows: list[dict[str, Any]], expected: dict[Any, int]
) -> None:
    Path("known.json").write_bytes(b"\xef\xbb\xbf" + json.dumps({"findings": rows}).encode())
    assert read(Path("known.json")) == expected
    assert against()[0] in (0, 1)
