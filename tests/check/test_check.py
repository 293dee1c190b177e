"""The table of findings, and how findings are put together; `test_explain.py` triggers each by its example."""

from __future__ import annotations

import pytest

from aikb.check.rules import RULES
from aikb.findings.codes.table import CODES
from aikb.findings.finding import finding
from conftest import Build, body_html, found, page, places


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
        ("Term\n\n:   It is\n\n    ```sh\n    a\n    ```\n\n    so\n", []),
        ("x\n\n    ~~~\n    a\n", []),
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


def test_of_a_draft_only_its_front_matter_is_reported(kb: Build) -> None:
    site = kb({"notes/d.md": "---\ndraft: perhaps\n---\n[x](nope.md) <bot>\n"})
    assert places(site.diagnostics) == ["2:1 frontmatter-type"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('Text\n{: onclick="a" .c }', "2:1"),
        ("**x**{: onmouseover=a }", "1:6"),
        ("*x*{ ONFOCUS=a }", "1:4"),
        ("`x`{: onclick='a' }", "1:4"),
        ("# H {: onclick=a }", "1:8"),
        ("# H { .c onclick=a }", "1:7"),
        ("![x](i.png){ onload=alert(1) width=3 }", "1:12"),
        ("[x](a.md){ srcdoc=a }", "1:10"),
        ("| a |\n|---|\n| b {: formaction=a } |", "3:5"),
        ("- **x**{ onfocus=a }", "1:8"),
        ("> x\n> {: onload=a}", "2:3"),
    ],
)
def test_a_handler_in_an_attribute_list_is_told(text: str, place: str, kb: Build) -> None:
    site = kb({"notes/a.md": text}, ["i.png"])
    assert [each for each in places(site.diagnostics) if each.endswith("html-unsafe")] == [f"{place} html-unsafe"]
    assert "=a" not in body_html(page(site, "a.md")).replace("&#x3D;", "=")


@pytest.mark.parametrize(
    "text",
    [
        "A set { onclick=a } in text",
        "`{: onclick=a }`",
        "```\n{: onclick=a }\n```",
        "**x**{ .on title=onclick }",
        "$x_{onclick=a}$",
        "x {{ onclick=a }}",
    ],
)
def test_braces_that_are_text_are_no_handlers(text: str, kb: Build) -> None:
    assert "html-unsafe" not in {each.code for each in kb({"notes/a.md": text}).diagnostics}


def test_what_is_left_out_of_a_highlight_is_told_at_its_place(kb: Build) -> None:
    items = "- One <b>bold</b>\n- Two <iframe src=x></iframe> `<script>`\n"
    export = f"# W\n\n## Metadata\n- Author: [[Ann]]\n\n## Highlights\n{items}"
    (found,) = (each for each in kb({"notes/w.md": export}).diagnostics if each.code == "html-unsafe")
    assert (found.line, found.column) == (8, 7)
