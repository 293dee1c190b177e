"""What `aikb check` prints: for people, terminals, programs and GitHub."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator
from rich.cells import cell_len

from aikb.cli.main import main
from aikb.findings.codes.table import CODES
from aikb.findings.finding import finding
from aikb.findings.report import github, sarif, text
from aikb.findings.report import json as as_json
from aikb.findings.report.formats import FORMATS
from aikb.findings.report.github import job_summary
from aikb.findings.report.result import CheckResult, Terminal
from aikb.model.finding import Diagnostic
from aikb.model.source import Source
from conftest import FIXTURES, on_disk

FINDINGS_SCHEMA = json.loads(Path(as_json.__file__).with_name("findings.schema.json").read_text(encoding="utf-8"))
SARIF_SCHEMA = json.loads((FIXTURES / "sarif-parts.schema.json").read_text(encoding="utf-8"))
HOSTILE = "notes/x%0A::error::boo,.md"


def missing(source: Source | str, target: str = "b.md", start: int = 0, end: int | None = None) -> Diagnostic:
    return finding("link-missing", source, start, end, target=target, hint="")


def run_of(*findings: Diagnostic, **values: Any) -> CheckResult:
    return CheckResult(tuple(sorted(findings, key=lambda each: each.order)), **values)


def marked(written: str, width: int = 80, encoding: str = "utf-8") -> list[str]:
    """The excerpt of a finding from « to » in a line, without its indent."""
    start, end = written.index("«"), written.index("»") - 1
    source = Source("notes/a.md", "before\n" + written.replace("«", "").replace("»", "") + "\nafter\n")
    found = missing(source, "b.md", len("before\n") + start, len("before\n") + end)
    terminal = Terminal(width, encoding=encoding)
    head, *excerpt = text.report(run_of(found, sources={source.path: source}, terminal=terminal)).splitlines()
    assert head == f"notes/a.md:2:{start + 1}: error: link-missing: no such file: b.md"
    assert all(cell_len(line) < max(width, 20) and line.startswith("    ") for line in excerpt)
    return [line.removeprefix("    ") for line in excerpt]


# Text ------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("##[error]x", "#\\u0023[error]x"),
        ("no such file: ##[add-mask]x", "no such file: #\\u0023[add-mask]x"),
        ("###[group]", "##\\u0023[group]"),
        ("##vso[task.setvariable variable=x]y", "#\\u0023vso[task.setvariable variable=x]y"),
        ("##teamcity[message text='x']", "#\\u0023teamcity[message text='x']"),
        ("::error::x", "\\u003a:error::x"),
        ("  ::add-mask::x", "  \\u003a:add-mask::x"),
        ("\u3000::error::x", "\u3000\\u003a:error::x"),
        ("\t::error::x", "\\u0009::error::x"),
        ("a\n::error::x", "a\\u000a::error::x"),
        ("std::vector", "std::vector"),
        ("# [a](b) and #[c]", "# [a](b) and #[c]"),
        ("## Heading", "## Heading"),
        (":x", ":x"),
        ("section_start:1:a\r\x1b[0K", "section_start:1:a\\u000d\\u001b[0K"),
    ],
)
def test_no_text_is_a_command_to_a_runner(written: str, expected: str) -> None:
    assert text.printable(written) == expected
    assert text.printable(expected) == expected


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_what_is_escaped_for_programs_is_the_same_to_them(form: str) -> None:
    found = missing("notes/##[error]x.md", "##vso[x]y")
    report = FORMATS[form](run_of(found))
    assert not re.search(r"##\w*\[", report)
    assert form == "sarif" or json.loads(report)["findings"][0]["path"] == "notes/##[error]x.md"


@pytest.mark.parametrize(
    ("written", "line", "caret"),
    [
        ("See «[b](b.md)» now", "See [b](b.md) now", "    ^~~~~~~~~"),
        ("«b»", "b", "^"),
        ("see«»", "see", "   ^"),
        ("\té\t«[b](b.md)»", " é [b](b.md)", "   ^~~~~~~~~"),
        ("e\u0301\u200b «bb»", "e\u0301\u200b bb", "  ^~"),
        ("日本語 «本»", "日本語 本", "       ^~"),
        ("👍 𝗧 «b»", "👍 𝗧 b", "     ^"),
        ("👨‍👩‍👧 «b»", "👨‍👩‍👧 b", "   ^"),
        ("\x1b[31m «b\x1b»", "\\u001b[31m b\\u001b", "           ^~~~~~~"),
        ("\u202eevil «b»", "\\u202eevil b", "           ^"),
    ],
)
def test_the_caret_stands_under_the_place(written: str, line: str, caret: str) -> None:
    assert marked(written) == [line, caret]


@pytest.mark.parametrize(
    ("written", "width", "line", "caret"),
    [
        ("word " * 9 + "«[b](b.md)»", 30, "…ord word word [b](b.md)", "               ^~~~~~~~~"),
        ("«[b](b.md)»" + " word" * 9, 30, "[b](b.md) word word wor…", "^~~~~~~~~"),
        ("日" * 9 + "«本»" + "日" * 9, 24, "…日日日本日日日日…", "       ^~"),
        ("«" + "b" * 50 + "»", 1, "bbbbbbbbbbbbb…", "^~~~~~~~~~~~~"),
    ],
)
def test_a_long_line_is_cut_around_the_place(written: str, width: int, line: str, caret: str) -> None:
    assert marked(written, width) == [line, caret]


def test_a_line_of_millions_of_characters_is_not_shown_whole() -> None:
    line, caret = marked("é" * 1_000_000 + "«b»" + "é" * 1_000_000)
    assert line[len(caret) - 1] == "b"


def test_the_caret_stands_under_the_place_where_letters_are_escaped() -> None:
    assert marked("é «b»", encoding="ascii") == ["\\xe9 b", "     ^"]


def test_a_place_of_several_lines_is_marked_to_the_end_of_the_first() -> None:
    source = Source("notes/a.md", "see <b\nc>\n")
    shown = text.report(run_of(missing(source, "b", 4, 9), sources={source.path: source}, terminal=Terminal()))
    assert shown.splitlines()[1:] == ["    see <b", "        ^~"]


def test_a_finding_about_a_whole_file_has_no_excerpt() -> None:
    source = Source("notes/a.md", "See\n")
    whole = finding("output-collision", "notes/a.md", other="notes/A.md")
    gone = finding("file-unreadable", "notes/b.md", reason="gone")
    run = run_of(whole, gone, sources={source.path: source}, terminal=Terminal())
    assert text.report(run) == f"{text.line(whole)}\n{text.line(gone)}\n"


def test_only_the_severity_and_the_caret_are_coloured() -> None:
    source = Source("notes/a.md", "See\n")
    run = run_of(missing(source, "b", 0, 3), sources={source.path: source}, terminal=Terminal(color=True))
    plain = text.report(replace(run, terminal=Terminal()))
    assert text.report(run) == plain.replace("error", "\x1b[1;31merror\x1b[0m").replace("^~~", "\x1b[1;31m^~~\x1b[0m")


def test_without_a_terminal_a_finding_is_one_line() -> None:
    source = Source("notes/a.md", "See\n")
    found = missing(source, "b\n\x1b[31m\u202e\udce9", 0, 3)
    assert text.report(run_of(found, sources={source.path: source})) == (
        "notes/a.md:1:1: error: link-missing: no such file: b\\u000a\\u001b[31m\\u202e\\udce9\n"
    )


def repeats(number: int, lines: Callable[[int], int] = lambda each: each) -> list[Diagnostic]:
    source = Source("notes/a.md", "\n" * 100)
    return [missing(source, "b.md", lines(each)) for each in range(number)]


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        (repeats(3), ["1:1 b.md", "2:1 b.md", "3:1 b.md"]),
        (repeats(4), ["1:1 b.md (and 3 more: lines 2, 3, 4)"]),
        (repeats(13), ["1:1 b.md (and 12 more: lines 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 …)"]),
        (repeats(4, lambda _: 4), ["5:1 b.md (and 3 more: line 5)"]),
        ([*repeats(4), missing("notes/a.md", "c.md")], ["1:1 b.md (and 3 more: lines 2, 3, 4)", "1:1 c.md"]),
        ([*repeats(3), replace(repeats(1)[0], path="notes/b.md")], ["1:1 b.md", "2:1 b.md", "3:1 b.md", "1:1 b.md"]),
    ],
)
def test_repeats_of_one_defect_are_folded_with_a_count(findings: list[Diagnostic], expected: list[str]) -> None:
    run = run_of(*findings)
    shown = re.findall(
        r"^notes/.\.md:(\d+:\d+): error: link-missing: no such file:( .*)$", text.report(run), re.MULTILINE
    )
    assert ["".join(each) for each in shown] == expected
    assert len(json.loads(as_json.report(run))["findings"]) == len(findings)
    assert len(json.loads(sarif.report(run))["runs"][0]["results"]) == len(findings)


def everything() -> CheckResult:
    """A run with each severity, and with everything that names and notes can bring in."""
    source = Source("notes/a.md", "🎉👨‍👩‍👧𝗧 [b](b.md)\n")
    odd = "b](c) {0} \\ %0A|<b>`\r\n::error::\x1b[31m\u202e\udce9"
    return run_of(
        missing(source, "b.md", source.text.index("["), len(source.text) - 1),
        missing(HOSTILE, odd),
        finding("anchor-case", "notes/é b#c?.md", fragment="A", where="there", candidates="a", suggestion="a"),
        finding("image-remote", "notes/caf\udce9.md", target="https://example.org/a.png"),
        sources={source.path: source},
    )


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_informative_is_for_programs_and_the_curious(form: str) -> None:
    run = everything()
    assert "image-remote" in FORMATS[form](replace(run, verbose=True)).partition('"results"')[2 * (form == "sarif")]
    assert ("of another host" in FORMATS[form](run).rpartition('"results"')[2]) is (form == "json")


# JSON and SARIF --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fix:
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Fixable(Diagnostic):
    fix: Fix | None = None


def test_json_is_as_its_schema_says() -> None:
    Draft202012Validator.check_schema(FINDINGS_SCHEMA)
    run = everything()
    written = as_json.report(run)
    data = json.loads(written)
    Draft202012Validator(FINDINGS_SCHEMA).validate(data)
    assert written.isascii()
    assert data["counts"] == {"error": 2, "warning": 1, "info": 1}
    assert data["findings"][0] == {
        "code": "link-missing",
        "severity": "error",
        "path": "notes/a.md",
        "line": 1,
        "column": 9,
        "end_line": 1,
        "end_column": 18,
        "message": "no such file: b.md",
        "suggestion": "",
        "fix": None,
    }
    assert [each["path"] for each in data["findings"]] == [each.path for each in run.findings]


def test_json_of_nothing_is_as_its_schema_says() -> None:
    data = json.loads(as_json.report(run_of()))
    Draft202012Validator(FINDINGS_SCHEMA).validate(data)
    assert data == {"version": 1, "findings": [], "counts": {"error": 0, "warning": 0, "info": 0}}


def test_json_has_the_fix_of_a_finding() -> None:
    found = Fixable(
        **{name: getattr(repeats(1)[0], name) for name in Diagnostic.__slots__ if name != "fix"}, fix=Fix(1, 2, "b")
    )
    data = json.loads(as_json.report(run_of(found)))
    Draft202012Validator(FINDINGS_SCHEMA).validate(data)
    assert data["findings"][0]["fix"] == {"start": 1, "end": 2, "text": "b"}


def results(run: CheckResult) -> list[Any]:
    log = json.loads(sarif.report(run))
    Draft202012Validator(SARIF_SCHEMA).validate(log)
    return log["runs"][0]["results"]


def test_sarif_is_as_the_standard_says() -> None:
    Draft202012Validator.check_schema(SARIF_SCHEMA)
    assert sarif.report(everything()).isascii()
    log = json.loads(sarif.report(replace(everything(), verbose=True)))
    Draft202012Validator(SARIF_SCHEMA).validate(log)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(CODES)
    assert all(rules[each["ruleIndex"]]["id"] == each["ruleId"] for each in run["results"])
    assert [each["level"] for each in run["results"]] == ["error", "note", "error", "warning"]
    assert run["columnKind"] == "unicodeCodePoints"
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["region"] == {"startLine": 1, "startColumn": 9, "endLine": 1, "endColumn": 18}


def test_sarif_of_nothing_has_its_rules() -> None:
    assert results(run_of()) == []


def test_sarif_names_files_by_relative_addresses() -> None:
    run = replace(everything(), verbose=True)
    uris = [each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in results(run)]
    assert [unquote(uri, errors="surrogateescape") for uri in uris] == [each.path for each in run.findings]
    assert "notes/x%250A%3A%3Aerror%3A%3Aboo%2C.md" in uris
    first = results(replace(run, folder="my docs/"))[0]
    assert first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "my%20docs/notes/a.md"


def test_sarif_knows_a_finding_again_after_lines_moved() -> None:
    def prints(shift: int, *targets: str) -> list[str]:
        source = Source("notes/a.md", "\n" * 10)
        found = [missing(source, target, shift + line) for line, target in enumerate(targets)]
        return [each["partialFingerprints"]["aikbFinding/v1"] for each in results(run_of(*found))]

    assert prints(0, "b", "c", "b") == prints(3, "b", "c", "b")
    assert len(set(prints(0, "b", "c", "b"))) == 3


@pytest.mark.parametrize(
    ("target", "shown"),
    [
        ("[x]", "[x]"),
        ("[x](https://example.org)", "\\[x\\](https://example.org)"),
        ("{0} {a}", "{{0}} {a}"),
        ("a\x1b", "a\\u001b"),
    ],
)
def test_no_viewer_of_sarif_takes_a_note_for_a_link(target: str, shown: str) -> None:
    assert results(run_of(missing("notes/a.md", target)))[0]["message"]["text"] == f"no such file: {shown}"


# GitHub ----------------------------------------------------------------------------------------------------------------


def test_an_annotation_survives_every_file_name_and_message() -> None:
    found = replace(missing(HOSTILE, "50%:,\r\n::error::\x1b"), line=2, column=3, end_line=2, end_column=5)
    assert github.report(run_of(found, folder="docs/")) == (
        "::error file=docs/notes/x%250A%3A%3Aerror%3A%3Aboo%2C.md,line=2,col=3,endLine=2,endColumn=5,title=link-missing"
        "::no such file: 50%25:,%0D%0A::error::\\u001b\n"
    )


def test_an_annotation_of_several_lines_has_no_columns() -> None:
    found = replace(repeats(1)[0], end_line=3)
    assert github.report(run_of(found)) == (
        "::error file=notes/a.md,line=1,endLine=3,title=link-missing::no such file: b.md\n"
    )


def many(number: int) -> list[Diagnostic]:
    return [missing(f"notes/{each:03}.md") for each in range(number)]


def test_the_worst_ten_come_first_and_the_rest_is_counted() -> None:
    warnings = [finding("link-empty", f"notes/a{each}.md") for each in range(2)]
    info = finding("image-remote", "notes/a.md", target="x")
    lines = github.report(run_of(info, *warnings, *many(9), verbose=True)).splitlines()
    assert [line.split()[0] for line in lines] == ["::error"] * 9 + ["::warning", "::notice"]
    assert lines[10] == "::notice title=aikb::and 1 warning and 1 info more that GitHub has no room for here"
    assert "notes/000.md" in lines[0]


def test_ten_findings_and_folded_ones_are_all_shown() -> None:
    lines = github.report(run_of(*many(9), *repeats(20))).splitlines()
    assert len(lines) == 10
    assert "(and 19 more: lines" in lines[9]


def test_the_summary_of_a_job() -> None:
    assert job_summary(everything()) == (
        "## aikb check\n\n"
        "| errors | warnings | info |\n| --- | --- | --- |\n| 2 | 1 | 1 |\n\n"
        "| severity | place | finding | message |\n| --- | --- | --- | --- |\n"
        "| error | notes/a.md&#58;1&#58;9 | link-missing | no such file&#58; b.md |\n"
        "| error | notes/x&#37;0A&#58;&#58;error&#58;&#58;boo,.md&#58;1&#58;1 | link-missing | no such file&#58; "
        "b&#93;&#40;c&#41; &#123;0&#125; &#92; &#37;0A&#124;&#60;b&#62;&#96;&#92;u000d&#92;u000a&#58;&#58;error&#58;&#58;"
        "&#92;u001b&#91;31m&#92;u202e&#92;udce9 |\n"
        "| warning | notes/é b&#35;c&#63;.md&#58;1&#58;1 | anchor-case | "
        "no anchor “A” there &#40;did you mean a&#63;&#41; |\n\n"
    )
    assert job_summary(run_of()).endswith("| 0 | 0 | 0 |\n\n")


def test_the_summary_of_a_job_has_200_rows_at_most() -> None:
    written = job_summary(run_of(*many(300), missing("notes/b.md", "b" * 100_000 + "www.x.org")))
    assert written.count("| error |") == 200
    assert written.endswith("\nAnd 101 errors more.\n\n")
    assert len(job_summary(run_of(missing("notes/b.md", "b" * 100_000)))) < 1000
    assert "www&#46;x.org" in job_summary(run_of(missing("notes/b.md", "www.x.org")))


# The command -----------------------------------------------------------------------------------------------------------

NOTES = {
    "mkdocs.yml": "site_name: Notes\ndocs_dir: notes\nplugins:\n  - aikb\n",
    "notes/a.md": "# Été\n\nSee [b](gone.md) and ![c](https://example.org/c.png) and [it](b.md#là).\n",
    "notes/b.md": "# Note\n\n[l’autre](a.md#été) et [rien](rien.md)\n\n[c](papers/c.md) ![figure](img/f.png)\n",
    "notes/papers/c.md": "# Papers\n\nNothing wrong.\n",
    "notes/img/f.png": "not a picture",
    "glossary/en.md": "# Glossary\n\n## Token\n\nA piece of text.\n",
    "README.md": "# Not a note\n",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The notes on disk, as the current folder, outside of GitHub."""
    for name, content in NOTES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_WORKSPACE", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def aikb(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


def places(result: Result) -> list[str]:
    return [line.partition(": ")[0] for line in result.stdout.splitlines()]


def test_the_standard_output_is_the_report_and_nothing_else(folder: Path) -> None:
    for form in FORMATS:
        result = aikb("check", "--format", form)
        assert result.exit_code == 1
        assert result.stderr == "4 files, 3 errors, 3 info\n"
    assert json.loads(aikb("check", "--format", "json").stdout)["counts"]["error"] == 3
    assert aikb("check", "--format", "yaml").exit_code == 2


@pytest.mark.parametrize(
    ("paths", "expected", "count"),
    [
        (["notes/a.md"], ["notes/a.md:3:5", "notes/a.md:3:58"], "1 of 4 files, 2 errors, 1 info\n"),
        (["notes/b.md", "notes/b.md"], ["notes/b.md:3:24"], "1 of 4 files, 1 error\n"),
        (["notes/papers/"], [], "1 of 4 files, no findings\n"),
        (["glossary", "notes/img/f.png"], [], "1 of 4 files, 2 info\n"),
        (["."], ["notes/a.md:3:5", "notes/a.md:3:58", "notes/b.md:3:24"], "4 of 4 files, 3 errors, 3 info\n"),
    ],
)
def test_paths_limit_what_is_reported(folder: Path, paths: list[str], expected: list[str], count: str) -> None:
    result = aikb("check", *paths)
    assert (places(result), result.stderr, result.exit_code) == (expected, count, int(bool(expected)))


def test_paths_do_not_limit_what_is_known(folder: Path) -> None:
    (folder / "notes/papers/c.md").write_text("[b](../b.md#note) and [a](../a.md#nope)\n", encoding="utf-8")
    assert places(aikb("check", "notes/papers")) == ["notes/papers/c.md:1:23"]


@pytest.mark.parametrize("path", ["README.md", "notes/gone.md", "notes/a", "..nowhere", "mkdocs.yml"])
def test_a_path_that_is_no_part_of_the_knowledge_base_is_a_usage_error(folder: Path, path: str) -> None:
    result = aikb("check", "notes/a.md", path)
    assert (result.exit_code, result.stdout) == (2, "")
    hint = " (did you mean notes/a.md?)" if path == "notes/a" else ""
    assert result.stderr == f"aikb: {path} is no part of the knowledge base{hint}\n"


def test_a_path_is_suggested_beside_a_hidden_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on_disk(tmp_path, {".aikb/mkdocs.yml": "docs_dir: ..\nplugins: [aikb]\n", "sub/tides.md": "# T\n"})
    monkeypatch.chdir(tmp_path / "sub")
    assert aikb("check", "tide.md").stderr.endswith("(did you mean tides.md?)\n")


def test_paths_are_relative_to_the_current_folder(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = places(aikb("check", "notes/b.md"))
    assert places(aikb("check", folder / "notes" / "b.md")) == expected
    monkeypatch.chdir(folder / "notes" / "papers")
    assert places(aikb("check", "-f", "../../mkdocs.yml", "../b.md")) == [f"../../{each}" for each in expected]
    assert places(aikb("check", "../b.md")) == [f"../../{each}" for each in expected]
    assert len(places(aikb("check", "-f", "../../mkdocs.yml", ".."))) == 3
    link = tmp_path_factory.mktemp("elsewhere") / "link"
    link.symlink_to(folder, target_is_directory=True)
    below = [f"../../{each}" for each in expected]
    assert places(aikb("check", "-f", folder / "mkdocs.yml", link / "notes/b.md")) == below
    (place,) = places(aikb("check", "-f", link / "mkdocs.yml", folder / "notes/b.md"))
    assert place.endswith(f"/elsewhere0/link/{expected[0]}")


def test_github_gets_paths_from_the_root_of_the_repository(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = ("check", "-f", folder / "mkdocs.yml", "--format", "github")
    assert "file=notes/a.md" in aikb(*arguments).stdout
    monkeypatch.setenv("GITHUB_WORKSPACE", str(folder.parent))
    assert f"file={folder.name}/notes/a.md" in aikb(*arguments).stdout
    monkeypatch.setenv("GITHUB_WORKSPACE", str(folder / "notes"))
    assert "file=notes/a.md" in aikb(*arguments).stdout


def test_the_summary_of_a_job_is_appended_where_github_wants_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "summary.md"
    path.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))
    aikb("check")
    assert path.read_text(encoding="utf-8") == "before\n"
    aikb("check", "--format", "github")
    assert path.read_text(encoding="utf-8").startswith("before\n## aikb check\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(folder))
    result = aikb("check", "--format", "github")
    assert result.exit_code == 1
    assert result.stderr.startswith("aikb: the job's summary cannot be written: ")


def test_a_report_that_fails_is_a_fault_of_ours(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMATS, "json", lambda _: str(1 / 0))
    result = aikb("check", "--format", "json")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith("aikb: a fault of aikb's own: ZeroDivisionError")


def process(folder: Path, *arguments: str, terminal: bool = False, **environment: str) -> tuple[str, int]:
    """The output of a real process, and its exit code."""
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("LC_", "NO_COLOR", "COLUMNS"))
    }
    command = [sys.executable, "-c", "from aikb.cli.main import main; main()", "check", *arguments]
    options: dict[str, Any] = {"cwd": folder, "env": inherited | {"TERM": "xterm"} | environment}
    if not terminal:
        done = subprocess.run(command, check=False, capture_output=True, timeout=60, **options)
        return done.stdout.decode(errors="replace"), done.returncode
    master, slave = pty.openpty()
    with subprocess.Popen(command, stdout=slave, stderr=subprocess.DEVNULL, **options) as running:
        os.close(slave)
        written = b""
        try:
            while piece := os.read(master, 4096):
                written += piece
        except OSError:  # how Linux says that the other side is closed
            pass
        finally:
            os.close(master)
    return written.decode().replace("\r\n", "\n"), running.returncode


@pytest.mark.parametrize(
    ("terminal", "environment"),
    [
        (False, {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"}),
        (False, {"LC_ALL": "C", "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}),
        (True, {"COLUMNS": "200"}),
        (True, {"COLUMNS": "200", "NO_COLOR": "1"}),
        (True, {"COLUMNS": "200", "TERM": "dumb"}),
        (True, {"COLUMNS": "5", "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}),
    ],
)
def test_everywhere_the_same_findings_and_exit_code(folder: Path, terminal: bool, environment: dict[str, str]) -> None:
    (folder / "notes/caf\udce9.md").write_text("[b](<été\U0001f389.md>)\n", encoding="utf-8")
    written, code = process(folder, terminal=terminal, **environment)
    assert code == 1
    assert ("\x1b[" in written) is (terminal and environment.get("TERM") != "dumb" and "NO_COLOR" not in environment)
    plain = re.sub(r"\x1b\[[\d;]*m", "", written)
    found = re.findall(r"^notes/\S+: error: [a-z-]+", plain, re.MULTILINE)
    assert found == [
        "notes/a.md:3:5: error: link-missing",
        "notes/a.md:3:58: error: anchor-missing",
        "notes/b.md:3:24: error: link-missing",
        "notes/caf\\xe9.md:1:1: error: file-name-encoding",
    ]
    lines_of_a_file_left_out = 1  # it was not read, so there is no line to show
    assert len(plain.splitlines()) == 3 * (3 if terminal else 1) + lines_of_a_file_left_out
    if "PYTHONIOENCODING" not in environment:
        assert (
            "\n    See [b](gone.md) and ![c](https://example.org/c.png) and [it](b.md#là).\n        ^~~~~~~~~~~~\n"
            in plain
        )
