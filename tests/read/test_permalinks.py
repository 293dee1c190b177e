"""Permalinks of clipped pages name the place where they stand, are no part of a heading, and are never missing."""

from __future__ import annotations

import pytest

from conftest import Build, body_html, found, page

MARKS = [
    "¶",
    "#",
    "§",
    "🔗",
    "",
    "\u200b",
    "⚓︎",
    "Permalink",
    "Permanent link",
    "Link to heading",
    "Direct link to X",
    "lien permanent",
]


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("line", ["## One [{}](#one-x)", "## [{}](#one-x) One", "## One\n\n`word` [{}](#one-x)"])
def test_a_permalink_names_its_section(kb: Build, mark: str, line: str) -> None:
    site = kb({"notes/a.md": f"# A\n\n[go](#one-x)\n\n{line.format(mark)}\n\nWords.\n\n## Two\n"})
    assert [each.code for each in found(site)] == []
    section = next(each.id for each in page(site, "a.md").body.headings if each.level == 2)
    assert f'<a href="#{section}">go</a>' in body_html(page(site, "a.md"))


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("One[¶](#x)", "One"), ("One [#](#x 'Permanent link')", "One"), ("[🔗](#x) One", "One"), ("One [](#x)", "One"),
        ("One [§](#x) [¶](#y)", "One"), ("C# [#](#x)", "C#"), ("`a` *b* [¶](#x)", "a b"), ("[One](#x)", "One"),
        ("One [below](#x)", "One below"), ("One [¶](b.md#x)", "One ¶"), ("One [#](#)", "One #"),
        ("One [¶](https://x.org/#x)", "One ¶"), ("One [![¶](p.png)](#x)", "One"),
    ],
)  # fmt: skip
def test_the_mark_is_no_part_of_the_heading(kb: Build, heading: str, title: str) -> None:
    site = kb({"notes/a.md": f"# A\n\n## {heading}\n", "notes/b.md": "# B\n"}, ["p.png"])
    headings = [each for each in page(site, "a.md").body.headings if each.level == 2]
    assert [" ".join(each.title.replace("&amp;", "&").split()) for each in headings] == [title]


@pytest.mark.parametrize(
    "text",
    [
        "[below](#gone)",
        "## See [below](#gone)",
        "[1](#gone)",
        "[↑](#gone)",
        "[¶](b.md#gone)",
        "[link](#gone)",
        "[a link to x](#gone)",
    ],
)
def test_other_links_are_still_missed(kb: Build, text: str) -> None:
    site = kb({"notes/a.md": f"# A\n\n{text}\n", "notes/b.md": "# B\n"})
    assert [each.code for each in found(site)] == ["anchor-missing"]


def test_an_id_of_the_page_is_never_a_permalinks(kb: Build) -> None:
    text = "# A\n\n## One [¶](#two)\n\n## Two\n\n[go](#two)\n"
    assert '<a href="#two">go</a>' in body_html(page(kb({"notes/a.md": text}), "a.md"))


def test_lines_of_code_on_a_clipped_page_are_not_missed(kb: Build) -> None:
    text = "# A\n\n[1](#__codelineno-0-1) [2](#__codelineno-0-2) [3](#cb1-3) [](#x)`a`\n"
    assert [each.code for each in found(kb({"notes/a.md": text}))] == []
