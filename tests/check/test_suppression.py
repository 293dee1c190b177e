"""`<!-- aikb: ignore CODE -->`: what an author accepts, in the next block and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from aikb.check.suppression import accepted
from aikb.cli.main import main
from aikb.findings.finding import finding
from conftest import (
    after_html,
    before_html,
    body_html,
    document,
    found,
    html_of,
    knowledge_base,
    lines,
    page,
    places,
)

LINK = "<!-- aikb: ignore link-missing -->"


def left(text: str, **files: str) -> list[str]:
    """What is found in a note, as `line:column code`."""
    others = {f"notes/{name}.md": other for name, other in files.items()}
    return places(found(knowledge_base({"notes/a.md": text, **others}, ["i.png"])))


@pytest.mark.parametrize(
    "block",
    [
        "[x](gone.md)",
        "text\n[x](gone.md)\n[y](gone.md)",
        "- a\n- [x](gone.md)\n\n  - [y](gone.md)\n\n  more [z](gone.md)",
        "1. [x](gone.md)\n2. b",
        "| a |\n|---|\n| b |\n| [x](gone.md) |",
        "# A [x](gone.md)",
        "A [x](gone.md)\n===",
        "> quote\n>\n> [x](gone.md)",
        "> [!NOTE]\n> [x](gone.md)",
        '!!! note "t [x](gone.md)"\n    text\n\n    [y](gone.md)',
        "[^1]: [x](gone.md)\n\n[^1]",
    ],
    ids=lambda block: block.split("\n")[0],
)
@pytest.mark.parametrize("gap", ["\n", "\n\n", "\n\n\n"], ids=["right above", "above", "far above"])
def test_the_next_block_is_covered_whole(block: str, gap: str) -> None:
    assert left(f"{LINK}{gap}{block}\n") == []
    assert left(f"{LINK}{gap}{block}\n\n[after](gone.md)\n")[-1].endswith("link-missing")
    assert "1:1 link-missing" in left(f"[before](gone.md)\n\n{LINK}{gap}{block}\n")


def test_html_is_a_block_like_others() -> None:
    html = "<p>\n<a href='gone.md'>x</a>\n</p>"
    assert left(f"{LINK}\n\n{html}\n\n[y](gone.md)") == ["7:1 link-missing"]
    assert left(f"{LINK}\n{html}\n\n[y](gone.md)") == ["6:1 link-missing"]


def test_the_block_after_the_next_is_not_covered() -> None:
    assert left(f"{LINK}\n\n[x](gone.md)\n\n[y](gone.md)\n") == ["5:1 link-missing"]
    assert left(f"{LINK}\n# A [x](gone.md)\n[y](gone.md)\n") == ["3:1 link-missing"]
    assert left(f"{LINK}\n\n- [x](gone.md)\n\n[y](gone.md)\n") == ["5:1 link-missing"]


def test_a_comment_reaches_over_front_matter_and_its_own_lines() -> None:
    assert left(f"---\ntitle: A\n---\n{LINK}\n\n[x](gone.md)") == []
    assert left("<!--\naikb: ignore\n  link-missing\n-->\n\n[x](gone.md)") == []
    assert left(f"<div><a href='gone.md'>x</a>{LINK}</div>\n\ntext") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"- {LINK}\n\n  [x](gone.md)\n\n  [y](gone.md)\n- [z](gone.md)", ["5:3 link-missing", "6:3 link-missing"]),
        (f"> {LINK}\n>\n> [x](gone.md)\n>\n> [y](gone.md)", ["5:3 link-missing"]),
        (f"> - {LINK}\n>\n>   [x](gone.md)\n> - [y](gone.md)", ["4:5 link-missing"]),
        (f"!!! note\n    {LINK}\n\n    [x](gone.md)\n\n    [y](gone.md)", ["6:5 link-missing"]),
        (
            f"- [x](gone.md)\n\n  {LINK}\n- [y](gone.md)",
            ["1:3 link-missing", "3:3 suppression-unused", "4:3 link-missing"],
        ),
        (f"- a\n\n{LINK}\n\n- [x](gone.md)\n- [y](gone.md)", []),
    ],
)
def test_inside_a_list_item_or_quote_the_next_block_is_its_own(text: str, expected: list[str]) -> None:
    assert left(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"see [x](gone.md) {LINK}\nand [y](gone.md)", ["2:5 link-missing"]),
        (f"see {LINK} [x](gone.md)\n\n[y](gone.md)", ["3:1 link-missing"]),
        (f"# A [x](gone.md) {LINK}\n\n[y](gone.md)", ["3:1 link-missing"]),
        (f"| a |\n|---|\n| [x](gone.md) {LINK} |\n| [y](gone.md) |", ["4:3 link-missing"]),
        (f"- [x](gone.md) {LINK}\n- [y](gone.md)", ["2:3 link-missing"]),
        (f"text {LINK}\n\n[y](gone.md)", ["1:6 suppression-unused", "3:1 link-missing"]),
    ],
)
def test_inline_it_covers_its_own_line(text: str, expected: list[str]) -> None:
    assert left(text) == expected


BOTH = "[x](gone.md) [y]()"


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("<!-- aikb: ignore link-missing link-empty -->", []),
        ("<!-- aikb: ignore link-missing, link-empty -->", []),
        ("<!--aikb:ignore link-missing,link-empty-->", []),
        ("<!-- aikb: ignore link-missing --><!-- aikb: ignore link-empty -->", []),
        ("<!-- aikb: ignore link-missing -->\n<!-- aikb: ignore link-empty -->", []),
        ("<!-- aikb: ignore link-missing -->\n\n<!-- aikb: ignore link-empty -->", []),
        ("<!-- aikb: ignore link-missing -->", ["3:14 link-empty"]),
        (
            "<!-- aikb: ignore link-empty -->\n<!-- another -->",
            ["1:1 suppression-unused", "4:1 link-missing", "4:14 link-empty"],
        ),
        ("<!-- aikb: ignore link-missing link-missing link-empty -->", []),
    ],
)
def test_several_findings_are_named(comment: str, expected: list[str]) -> None:
    assert left(f"{comment}\n\n{BOTH}") == expected


@pytest.mark.parametrize(
    ("comment", "problem"),
    [
        ("<!-- aikb: ignore -->", "it names no finding"),
        ("<!-- aikb: ignore, -->", "it names no finding"),
        ("<!-- aikb: ignore everything -->", "“everything” is no finding"),
        ("<!-- aikb: ignore LINK-MISSING -->", "“LINK-MISSING” is no finding"),
        ("<!-- aikb: ignore link-missing because -->", "“because” is no finding"),
    ],
)
def test_a_comment_that_names_no_finding_is_an_error(comment: str, problem: str) -> None:
    site = knowledge_base({"notes/a.md": f"{comment}\n\ntext"})
    wrong = f"notes/a.md:1:1: error: suppression-invalid: this comment suppresses nothing: {problem}"
    assert wrong in lines(site)


def test_what_is_known_counts_beside_what_is_not() -> None:
    assert left("<!-- aikb: ignore link-missing nonsense -->\n\n[x](gone.md)") == ["1:1 suppression-invalid"]


def test_what_does_not_occur_is_said_for_each_name() -> None:
    site = knowledge_base({"notes/a.md": "<!-- aikb: ignore link-missing, link-empty image-alt -->\n\n[x](gone.md)"})
    assert lines(site) == [
        "notes/a.md:1:1: info: suppression-unused: “image-alt” does not occur in the next block",
        "notes/a.md:1:1: info: suppression-unused: “link-empty” does not occur in the next block",
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"`{LINK}`\n\n[x](gone.md)",
        f"```\n{LINK}\n```\n\n[x](gone.md)",
        f"    {LINK}\n\n[x](gone.md)",
        "<!-- ignore link-missing -->\n\n[x](gone.md)",
        "<!-- aikb: ignored link-missing -->\n\n[x](gone.md)",
        "aikb: ignore link-missing\n\n[x](gone.md)",
        "\\<!-- aikb: ignore link-missing -->\n\n[x](gone.md)",
    ],
)
def test_what_is_no_comment_to_aikb_suppresses_nothing(text: str) -> None:
    assert [each for each in left(text) if "html" not in each] == [f"{text.count(chr(10)) + 1}:1 link-missing"]


def test_a_comment_never_closed_suppresses_nothing() -> None:
    assert left("<!-- aikb: ignore link-missing\n\n[x](gone.md)") == ["1:1 html-malformed", "3:1 link-missing"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("# A\n\n## Glossary\n\n### LoRA\n\nx\n\n@\n### LoRA\n\ny", "term-duplicate"),
        ("# A\n\n## Glossary\n\n@\n### LoRA\n", "term-empty"),
        ("# A {#k}\n\n@\n# B {#k}", "id-duplicate"),
        ("# A\n\n@\n### C", "heading-order"),
        ("@\n<script>x</script>", "html-unsafe"),
        ("@\n$a_b_c$", "math-invalid"),
        ("@\n```\nx", "fence-unclosed"),
        ("@\n![x](gone.png)", "image-missing"),
        ("@\n[x](A.md)", "link-case"),
        ("@\n- a\n-", "list-item-empty"),
        ("[r]: a.md\n\n@\n\n[R]: a.md\n", "reference-duplicate"),
    ],
)
def test_whatever_has_a_place_can_be_suppressed(text: str, code: str) -> None:
    assert code in left(text.replace("@", ""))[-1]
    suppressed = left(text.replace("@", f"<!-- aikb: ignore {code} -->"))
    if code == "reference-duplicate":  # a definition is no block: the comment has nothing to stand over
        assert [each.split()[1] for each in suppressed] == ["suppression-unused", "reference-duplicate"]
    else:
        assert suppressed == []


def test_advice_about_the_whole_note_is_at_its_first_line() -> None:
    site = knowledge_base({"notes/a.md": "<!-- aikb: ignore orphan -->\n\n# A"})
    assert site.diagnostics == ()


def test_another_notes_finding_is_not_suppressed() -> None:
    assert left(f"{LINK}\n\n[b](b.md)", b="[x](gone.md)") == ["1:1 suppression-unused", "1:1 link-missing"]


def test_what_other_hosts_say_is_suppressed_where_it_is_found() -> None:
    note = document("<!-- aikb: ignore external-dead -->\n\n[x](https://a.org)\n\n[y](https://a.org)\n")
    assert left(note.source.text) == []
    dead = [
        finding("external-dead", note.source, at, url="u", reason="404", first="2026-01-01", suggestion="s")
        for at in (link.span.start for link in note.links)
    ]
    assert places(accepted(note, dead)) == ["5:1 external-dead"]
    assert list(accepted(document("[x](https://a.org)"), dead)) == dead


def test_what_is_suppressed_does_not_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("notes").mkdir()
    Path("mkdocs.yml").write_text("site_name: N\ndocs_dir: notes\nplugins: [aikb]\n", encoding="utf-8")
    Path("notes/index.md").write_text(f"{LINK}\n\n[x](gone.md)\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["check", "--strict"])
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "1 file, no findings\n")
    Path("notes/index.md").write_text("<!-- aikb: ignore x -->\n", encoding="utf-8")
    assert CliRunner().invoke(main, ["check"]).exit_code == 1


@pytest.mark.parametrize(
    "text",
    [
        f"{LINK}\n\n[x](gone.md)",
        f"{LINK}\n# Title\n",
        f"see [x](gone.md) {LINK} more",
        f"# Title {LINK}",
        f"- {LINK}\n\n  [x](gone.md)",
        f"- a {LINK}\n- b",
        f"> {LINK}\n> [x](gone.md)",
        f"| a |\n|---|\n| b {LINK} |",
        f"!!! note\n    {LINK}\n\n    x",
        f"<div>\n{LINK}\n</div>",
        f"<b>x{LINK}</b>",
        "<!-- aikb: ignore everything -->\n\ntext",
        f"## Glossary\n\n### Term {LINK}\n\n{LINK}\n\nDefinition {LINK}",
    ],
)
def test_comments_never_reach_a_page(text: str) -> None:
    site = knowledge_base({"notes/a.md": text})
    for each in site.pages:
        for part in (each.title, body_html(each), before_html(each), after_html(each), html_of(each)):
            assert "aikb: ignore" not in part
    assert not any("aikb: ignore" in record.text + record.title for record in site.records)
    assert page(site, "a.md")
