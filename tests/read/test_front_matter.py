"""Front matter, as Jekyll, Obsidian and Readwise write it."""

from __future__ import annotations

import time
from typing import Any

import pytest

from aikb.model.document import Metadata
from conftest import Build, document, html_of, page, places


def metadata(block: str) -> Metadata:
    return document(f"---\n{block}\n---\nText\n").metadata


def findings(block: str) -> list[str]:
    return places(document(f"---\n{block}\n---\nText\n").diagnostics)


@pytest.mark.parametrize(
    ("block", "authors"),
    [
        ("author: [[Nathan Benaich]]", ("Nathan Benaich",)),
        ("author: [[A]], [[B]]", ("A", "B")),
        ("author: [[A]] and [[B]]", ("A", "B")),
        ('author: "[[A]]"', ("A",)),
        ('authors: ["[[A]]", B]', ("A", "B")),
        ("authors:\n- [[A]]\n- [[B]]", ("A", "B")),
        ("author: [[@handle]]", ("@handle",)),
        ("author: O’Brien, Anna", ("O’Brien, Anna",)),
        ("Author: A", ("A",)),
    ],
)
def test_authors_are_read_with_and_without_wikilinks(block: str, authors: tuple[str, ...]) -> None:
    assert metadata(block).authors == authors
    assert findings(block) == []


@pytest.mark.parametrize(
    ("block", "tags"),
    [
        ("tags: ai", ("ai",)),
        ("tags: \n- ai\n- ml", ("ai", "ml")),
        ("tags: [AI, ai, Ai ]", ("AI",)),
        ("tags: ai, ml", ("ai", "ml")),
        ("tags: ['#ai', ml]", ("ai", "ml")),
        ("tag: ai", ("ai",)),
        ("tags: [2024, true]", ("2024", "True")),
        ("tags:", ()),
    ],
)
def test_tags_are_one_list_without_repeats(block: str, tags: tuple[str, ...]) -> None:
    assert metadata(block).tags == tags


@pytest.mark.parametrize(
    ("block", "field", "value"),
    [
        ("title: 2024", "title", "2024"),
        ("title: a: b", "title", "a: b"),
        ("title: # a comment", "title", ""),
        ("title: '<b>x</b>'", "title", "<b>x</b>"),
        ("title:", "title", ""),
        ("summary: In short", "description", "In short"),
        ("date: 2024-10-14", "date", "2024-10-14"),
        ("date: 2024-10-14 09:30:00", "date", "2024-10-14"),
        ("date: 2024-13-45", "date", "2024-13-45"),
        ("date: 14 octobre 2024", "date", "14 octobre 2024"),
        ("lang: fr-FR", "lang", "fr"),
        ("kind: Source", "kind", "source"),
        ("aliases: [x, y]", "aliases", ("x", "y")),
        ("draft: true", "draft", True),
        ("draft: yes", "draft", True),
        ("draft: false", "draft", False),
        ("draft:", "draft", False),
        ("publish: false", "draft", True),
        ("title: " + "9" * 5_000, "title", "9" * 5_000),
        ("title: 0x" + "f" * 5_000, "title", "0x" + "f" * 5_000),
        ("title: 1" + ":59" * 400 + ".5", "title", "1" + ":59" * 400 + ".5"),
    ],
)
def test_a_value_becomes_plain_typed_text(block: str, field: str, value: Any) -> None:
    assert getattr(metadata(block), field) == value


@pytest.mark.parametrize("value", ['"false"', "non", "0", "maybe", "[]"])
def test_a_draft_that_is_unclear_stays_a_draft(value: str) -> None:
    assert metadata(f"draft: {value}").draft is True
    assert findings(f"draft: {value}") == ["2:1 frontmatter-type"]


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("title: [a, b]", ["2:1 frontmatter-type"]),
        ("tags:\n  a: b", ["2:1 frontmatter-type"]),
        ("x: 1\nTitle: [a, b]", ["3:1 frontmatter-type"]),
        ("title: a\nx: 1\ntitle: b", ["4:1 frontmatter-duplicate-key"]),
        ("foo: [a, b\nbar: c", ["3:4 frontmatter-yaml"]),
        ("\tfoo: bar", ["2:1 frontmatter-yaml"]),
        ("é: 1\nok: 1\n\ttab: 2", ["4:1 frontmatter-yaml"]),
        ("title: {{title}}", ["2:9 frontmatter-yaml"]),
        ("- a\n- b", ["2:1 frontmatter-yaml"]),
        ("x: !!python/object/apply:os.system [id]", ["2:4 frontmatter-yaml"]),
        ("custom: [1, {a: b}]\nother: @now", []),
    ],
)
def test_what_is_wrong_is_found_at_its_place(block: str, expected: list[str]) -> None:
    assert findings(block) == expected


def test_the_last_of_two_values_counts() -> None:
    assert metadata("title: a\ntitle: b").title == "b"


@pytest.mark.parametrize("block", ["secret: [canary", "\tsecret: canary", "- canary"])
def test_nothing_of_a_broken_block_is_shown(kb: Build, block: str) -> None:
    site = kb({"notes/a.md": f"---\n{block}\n---\nText\n"})
    assert [record.text for record in site.records] == ["Text"]
    assert "canary" not in html_of(page(site, "a.md"))


def test_a_block_that_never_closes_is_text_and_a_finding() -> None:
    read = document("---\ntitle: x\n\ntext\n")
    assert places(read.diagnostics) == ["1:1 frontmatter-unclosed"]
    assert read.diagnostics[0].message.endswith("first line: “title: x”")
    assert read.title == "A"


@pytest.mark.parametrize(
    "text", ["---\n\nProse between rules.\n\n---\n", "---\nOne line.\n---\nText", "----\na: b\n----\n"]
)
def test_a_rule_at_the_top_is_no_front_matter(text: str) -> None:
    read = document(text)
    assert read.metadata == Metadata()
    assert read.blocks[0].kind == "rule" or read.blocks[0].plain_text == "----"
    assert read.diagnostics == ()


@pytest.mark.parametrize(
    "text", ["---\ntitle: x\n---", "--- \ntitle: x\n--- \nbody", "---\ntitle: x\n---\n\n\n# H\n\ntext"]
)
def test_dashes_may_have_spaces_after_them(text: str) -> None:
    assert document(text).metadata.title == "x"


def test_an_empty_block_is_nothing() -> None:
    read = document("---\n---\nbody")
    assert (read.metadata, read.diagnostics) == (Metadata(), ())
    assert [block.plain_text for block in read.blocks] == ["body"]


def alias_bomb() -> str:
    lines = [
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    return "\n".join(["a: &a [x, x, x, x, x, x, x, x, x]", *lines])


@pytest.mark.parametrize(
    "block",
    [
        pytest.param(alias_bomb(), id="aliases of aliases"),
        pytest.param("a: &a x\nb: [" + "*a, " * 101 + "]", id="many aliases"),
        pytest.param("a: " + "[" * 3_000, id="brackets"),
        pytest.param("a: " + "{a: " * 2_000, id="braces"),
        pytest.param("a: x" + "x" * 5_000_000, id="5 MB"),
        pytest.param("\n".join(f"k{number}: v" for number in range(1_000)), id="many keys"),
    ],
)
def test_no_block_can_exhaust_the_build(block: str) -> None:
    started = time.perf_counter()
    assert findings(block) == ["1:1 frontmatter-limit"]
    assert time.perf_counter() - started < 3


@pytest.mark.parametrize(
    "value", ["x" + " " * 60_000 + "y", "1" + ":59" * 20_000, "1" + "0" * 60_000, "[" * 900 + "]" * 900]
)
def test_no_value_takes_long_to_read(value: str) -> None:
    started = time.perf_counter()
    assert findings(f"a: {value}") == []
    assert time.perf_counter() - started < 3
