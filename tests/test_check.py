"""Every kind of finding: its row in the table says what triggers it, and here it does, alone."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import Build, found, places

from aikb.anchors import FILE as ANCHORS
from aikb.check import RULES
from aikb.cli import main
from aikb.codes import CODES, Code
from aikb.diagnostics import finding

HOSTS = {"external-dead", "external-suspect", "external-unknown", "external-private-address"}
"""What takes another host to find; test_external.py has those."""
_FILE = re.compile(r"^(\S+?)(?: \((.+)\))?:$|^(\S+) -> (\S+)$")


def write(folder: Path, example: str) -> None:
    """An example as files: its format is described in `Code.example`."""
    first = example.split("\n", 1)[0]
    if not _FILE.match(first) or not first.startswith(("notes/", "glossary/")):
        example = "notes/index.md:\n" + "".join(f"    {line}\n" for line in example.removesuffix("\n").split("\n"))
    path, encoding, size = folder, "utf-8", 0
    texts: dict[Path, str] = {}
    for line in example.removesuffix("\n").split("\n"):
        if match := _FILE.match(line):
            name, how, link, target = match.groups()
            path = folder / (name or link)
            path.parent.mkdir(parents=True, exist_ok=True)
            if link:
                path.symlink_to(target)
                continue
            texts[path] = ""
            encoding = {"saved as Windows-1252": "cp1252"}.get(how or "", "utf-8")
            size = 9_000_000 if how == "9 MB" else 0
        else:
            texts[path] += line.removeprefix("    ") + "\n"
    for path, text in texts.items():
        path.write_bytes(text.encode(encoding) or b"x" * size)
    (folder / "notes").mkdir(exist_ok=True)
    (folder / "mkdocs.yml").write_text("docs_dir: notes\n", encoding="utf-8")


@pytest.mark.parametrize("code", [code for code in CODES.values() if code.name not in HOSTS], ids=lambda code: code.name)
def test_the_example_of_a_finding_triggers_it_and_nothing_else(
    code: Code, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, code.example)
    monkeypatch.chdir(tmp_path)
    baseline = ["--baseline", "baseline.json"] if "baseline.json" in code.example else []
    result = CliRunner().invoke(main, ["check", "--format", "json", *baseline])
    findings = json.loads(result.stdout)["findings"]
    assert {each["code"] for each in findings} == {code.name}, result.output
    assert {each["severity"] for each in findings} == {code.severity}


def test_an_example_may_name_the_file_of_remembered_ids() -> None:
    assert ANCHORS in CODES["anchor-renamed"].example


@pytest.mark.parametrize("code", CODES.values(), ids=lambda code: code.name)
def test_every_finding_is_explained(code: Code) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+|encoding|orphan", code.name)
    assert re.match(r"[A-ZÉ“`<\[].*[.!]$", code.explanation, re.DOTALL)
    assert "\n" not in code.explanation
    assert code.example.strip()


def test_the_table_is_in_the_order_of_names() -> None:
    assert list(CODES) == sorted(CODES) == [code.name for code in CODES.values()]


def test_every_rule_says_what_it_looks_for() -> None:
    assert [rule.__name__ for rule in RULES if not (rule.__doc__ or "").strip()] == []


def test_a_finding_has_a_place_and_its_suggestion_apart() -> None:
    made = finding("link-missing", "notes/a.md", target="x{y}.md", hint=" (did you mean “z”?)", suggestion="z")
    assert (made.line, made.column, made.end_line, made.end_column) == (1, 1, 1, 1)
    assert (made.message.startswith("no such file: x{y}.md"), made.suggestion) == (True, "z")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A\n\n[x](#nope) and [y](#nope)\n", ["3:1 anchor-missing", "3:16 anchor-missing"]),
        ("a\x00b\x1bc\x0cd\n", ["1:2 text-control", "1:4 text-control", "1:6 text-control"]),
        ("```\na\n", ["1:1 fence-unclosed"]),
        ("````\na\n```\n", ["1:1 fence-unclosed"]),
        ("- x\n\n  ```\n  a\n", ["3:3 fence-unclosed"]),
        ("> ```\n> a\n\nb\n", ["1:3 fence-unclosed"]),
        ("```\na\n```\n\n    b\n\n~~~\nc\n~~~~\n", []),
        ("[text][nope] and [x], [1], [...], [sic]\n", ["1:1 reference-undefined"]),
        ("[x][a]\n\n[a]: https://example.org\n", []),
        ("# A {#k}\n\n# B {#k}\n\n<a id='k'></a>\n", ["3:1 id-duplicate", "5:1 id-duplicate"]),
        ("# A\n\n# A\n\n# A\n", []),
        ("<a id='k' name='k'></a>\n", []),
        ("$x_1_2$ and $y$\n", ["1:1 math-invalid"]),
        ("---\nx: [\n---\n\n[a]()\n", ["3:1 frontmatter-yaml", "5:1 link-empty"]),
    ],
)
def test_findings_are_in_the_order_of_places(kb: Build, text: str, expected: list[str]) -> None:
    assert places(found(kb({"notes/index.md": text}))) == expected


def test_a_finding_that_two_stages_make_is_listed_once(kb: Build) -> None:
    findings = kb({"notes/index.md": "<bot> [x](nope.md)\n"}).diagnostics
    assert len(set(findings)) == len(findings) == 2


def test_findings_are_in_the_order_of_files(kb: Build) -> None:
    site = kb({f"notes/{name}.md": "[x](nope.md)\n" for name in ("c", "a", "b/index")})
    assert [each.path for each in found(site)] == ["notes/a.md", "notes/b/index.md", "notes/c.md"]
