"""What an author hides in `%% … %%` is nowhere, and what only looks like it is not hidden."""

from __future__ import annotations

import pytest

from conftest import Build, document, found, html_of, indented, places, shown

HIDDEN = [
    "We ship. %%CANARY is not told%%",
    "a %%CANARY\nCANARY%% b",
    "%%\nCANARY\n\n- CANARY\n%%\n\nafter",
    "%%\nCANARY\n```\nCANARY\n%%\n\nafter",
    "> %%\n> CANARY\n> %%\n> seen",
    "- a %%CANARY%%\n- b",
    "- %%CANARY%%\n- b",
    "| a %%CANARY \\| x%% | b |\n| --- | --- |\n| c | %%CANARY%% |",
    "## Title %%CANARY%%\n\ntext",
    "%%[CANARY](CANARY.md) ![[CANARY]] #CANARY $CANARY$%%",
    "text %%CANARY ` tick%% and ` alone",
    "text[^1]\n\n[^1]: note %%CANARY%%",
    "> [!note] Title %%CANARY%%\n> %%CANARY%%",
    "!!! note\n\n    a %%CANARY%%\n\n    %%\n    CANARY\n    %%",
    "<div>%%CANARY%%</div>",
    "seen\n\n%%\nCANARY to the end\n\n# CANARY",
    "[words](b.md %%CANARY%%)",
    "one %%CANARY%% two %%CANARY%% three",
    "%% CANARY %%\nunder it",
    "a %%CANARY\n\nCANARY %%\n\nafter",
    "a %%CANARY\n\nCANARY%% b",
    "a %%CANARY\n\n- CANARY\n\nCANARY%%, b",
    "a %%CANARY\n\nCANARY\n\n- CANARY\n%% after",
    "word%%CANARY%%",
    "**bold%%CANARY%%**",
    "_%%CANARY%%_ and ~~%%CANARY%%~~",
    "[text%%CANARY%%](b.md)",
    "été%%CANARY%%.",
]


@pytest.mark.parametrize("text", HIDDEN)
def test_a_comment_is_nowhere(kb: Build, text: str) -> None:
    site = kb({"notes/a.md": f"# A\n\n{text}\n", "notes/b.md": "# B\n"})
    assert "CANARY" not in "".join(map(html_of, site.pages))
    assert "CANARY" not in repr(site.records)
    assert "CANARY" not in repr(site.files)
    assert "CANARY" not in "".join(each.message for each in site.diagnostics)


KEPT = [
    "Code `%%KEPT%%` stays.",
    "```\n%% KEPT %%\n```",
    "```mermaid\n%% KEPT\ngraph LR\n```",
    "    %%KEPT%%",
    "100%%KEPT and 200%% more",
    "a lone %% KEPT",
    "a %%KEPT\n\n%%\nhidden\n%%\nb",
    "a lone%% KEPT\n\n%%\nhidden",
    "close it with %%, KEPT\n\n%%\nhidden",
    "(the sign %%) KEPT\n\n- KEPT\n\n%%\nhidden",
    "ends with %%. KEPT\n\n## KEPT\n\n%%\nhidden",
    "it is (%%) KEPT\n\n%%\nhidden",
    "is it %%? KEPT\n\n%%\nhidden",
    "it is « %%» KEPT\n\n%%\nhidden",
    "some %%KEPT of it\n\nand 5 %% more",
    "some %% KEPT of it\n\nand more%% of that",
    "a lone%% KEPT",
    "50%%, KEPT, 60%%",
    "\\%%KEPT%%",
    "%%%KEPT%%%",
    "- [ ] %% KEPT of it",
    "one %% KEPT\n\n%%gone%% two",
]


@pytest.mark.parametrize("text", KEPT)
def test_what_is_no_comment_stays(text: str) -> None:
    assert "KEPT" in shown(text)


def test_a_comment_breaks_no_line_and_joins_no_words() -> None:
    assert shown("a %%x%%\nb") == "<p>a \nb</p>"
    assert shown("%%x%% b") == "<p>b</p>"
    assert shown("a%%x%%b") == "<p>ab</p>"


def test_offsets_stay() -> None:
    note = document("%%x%% [one](gone.md)\n\nand %%y%%\n\n[two](gone.md)\n")
    assert [note.source.text[each.span.start : each.span.end] for each in note.links] == [
        "[one](gone.md)",
        "[two](gone.md)",
    ]


def test_a_comment_without_an_end_is_told(kb: Build) -> None:
    site = kb({"notes/a.md": "# A\n\nseen\n\n%%\nhidden\n"})
    assert places(found(site)) == ["5:1 comment-unclosed"]


def test_a_thousand_comments_take_no_long_time() -> None:
    note = document("".join(f"a %%c{number}%% `x` b\n\n" for number in range(1_000)))
    assert len(note.hidden) == 1_000


REMARKS = [
    "$a % CANARY$",
    "$a % CANARY\nb$",
    "$a\nb % CANARY\nc % CANARY$",
    "$`a % CANARY`$",
    "$`a % CANARY\nb`$",
    "$$a % CANARY$$",
    "$$a % CANARY\nb$$",
    "$$\na % CANARY\nb\n$$",
    "$$\n% CANARY\na\n$$",
    "$$\na %% CANARY\nb\n$$",
    "x $$a % CANARY\nb$$ y",
    "```math\na % CANARY\nb\n```",
    "$$\n\\begin{aligned}\na &= b \\\\ % CANARY\nc &= d % CANARY\n\\end{aligned}\n$$",
]


@pytest.mark.parametrize("text", REMARKS)
@pytest.mark.parametrize(
    ("first", "rest"), [("", ""), ("> ", "> "), ("- ", "  "), ("1. > ", "   > "), ("!!! note\n    ", "    ")]
)
def test_a_remark_in_a_formula_leaves_it_a_formula(text: str, first: str, rest: str) -> None:
    html = shown(indented(text, first, rest))
    assert "<math" in html
    assert "CANARY" not in html
    assert "\ufffd" not in html
