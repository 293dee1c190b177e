"""Front matter, as Jekyll, Obsidian and Readwise write it."""

from __future__ import annotations

import time
from typing import Any

import pytest

from aikb.model.document import Metadata
from aikb.model.finding import Severity
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
        ("author:\n  name: A\n  link: mailto:a@b.c", ("A",)),
        ("authors:\n  name: A\n  title: Writer", ("A",)),
        ("authors:\n- name: A\n- name: B\n  url: https://b.org", ("A", "B")),
        ("authors:\n- name: {given: A, family: B}", ("A B",)),
        ("authors:\n- {given: A, family: B}\n- C", ("A B", "C")),
        ("authors:\n- key: a\n- B", ("a", "B")),
        ("authors:\n- name: {literal: The Team}", ("The Team",)),
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
        ("date: 2024-13-45", "date", ""),
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


@pytest.mark.parametrize(
    ("block", "field", "value"),
    [
        ('status: ["[[Evergreen]]"]', "status", "Evergreen"),
        ("status:\n  - seed", "status", "seed"),
        ("status: [seed, tree]", "status", ""),
        ("status: {a: b}", "status", ""),
        ("icon: {type: emoji}", "icon", ""),
        ("icon: []", "icon", ""),
        ("kind: [a, b]", "kind", ""),
        ("title: [One]", "title", "One"),
        ("title: [[One]]", "title", "One"),
        ("title: []", "title", ""),
        ("description:\n- One", "description", "One"),
        ("date: [2024-01-02]", "date", "2024-01-02"),
        ("permalink: [/a/]", "permalink", "/a/"),
    ],
)
def test_a_property_of_one_value_is_that_value(block: str, field: str, value: str) -> None:
    assert getattr(metadata(block), field) == value
    assert findings(block) == []


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


@pytest.mark.parametrize(
    ("block", "severity"),
    [
        ("date:\ndate: 2024-01-02", Severity.INFO),
        ("date: ''\ndate: 2024-01-02", Severity.INFO),
        ("title: a\ntitle: 'a'", Severity.INFO),
        ("title: a\ntitle:", Severity.WARNING),
        ("title: a\ntitle: b", Severity.WARNING),
        ("tags: [a]\ntags: [a, b]", Severity.WARNING),
    ],
)
def test_a_key_given_twice_is_a_warning_where_something_is_lost(block: str, severity: Severity) -> None:
    (told,) = [
        each for each in document(f"---\n{block}\n---\n").diagnostics if each.code == "frontmatter-duplicate-key"
    ]
    assert told.severity is severity


def test_the_last_of_two_values_counts() -> None:
    assert metadata("title: a\ntitle: b").title == "b"


@pytest.mark.parametrize("block", ["remark: [canary", "\tremark: canary", "- canary"])
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
    started = time.process_time()
    assert findings(block) == ["1:1 frontmatter-limit"]
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    "value", ["x" + " " * 60_000 + "y", "1" + ":59" * 20_000, "1" + "0" * 60_000, "[" * 900 + "]" * 900]
)
def test_no_value_takes_long_to_read(value: str) -> None:
    started = time.process_time()
    assert findings(f"a: {value}") == []
    assert time.process_time() - started < 3


HIDDEN = (
    # a block that can be read
    "---\ndraft: true\n---\n",
    "---\nDRAFT: TRUE\n---\n",
    "---\ndraft : true\n---\n",
    "---\n'draft': true\n---\n",
    '---\n"draft": yes\n---\n',
    "---\n<<: {draft: true}\n---\n",
    "---\n? draft\n: true\n---\n",
    '---\n"dra\\u0066t": true\n---\n',
    "---\n\u200bdraft: true\n---\n",
    "---\nprive\u0301: true\n---\n",
    "---\nstatus: Draft (v2)\n---\n",
    "---\nstatus: 'private/internal'\n---\n",
    "---\nhidden: true\n---\n",
    "---\nunlisted: yes\n---\n",
    "---\nsecret: true\n---\n",
    "---\nconfidentiel: oui\n---\n",
    "---\nbrouillon: oui\n---\n",
    "---\nprivé: vrai\n---\n",
    "---\nprivate: true\n---\n",
    "---\npublish: false\n---\n",
    '---\npublish: "no"\n---\n',
    "---\npublié: non\n---\n",
    "---\npublish: maybe\n---\n",
    "---\npublished: false\n---\n",
    "---\npublished: not yet\n---\n",
    "---\ndg-publish: false\n---\n",
    "---\npublic: false\n---\n",
    "---\nstatus: draft\n---\n",
    "---\nStatut : Brouillon\n---\n",
    "---\nstatus: [seed, draft]\n---\n",
    "---\nvisibility: private\n---\n",
    "---\nvisibility: friends\n---\n",
    "---\ndraft: false\ndraft: true\n---\n",
    "---\ndraft: true\ndraft: false\n---\n",
    "---\ndraft: true\nDraft: false\n---\n",
    "---\nx: &a {draft: true}\n<<: *a\n---\n",
    "---\npage:\n  draft: true\n---\n",
    "---\ntitle: x\n---\n---\ndraft: true\n---\n",
    "---\ndraft: true\n...\n",
    # one that cannot be
    "---\ndraft: true\nx: [a, b\n---\n",
    "---\n\tdraft: true\n---\n",
    "---\ntitle: x\n\tdraft: true\n---\n",
    "---\ndraft:true\n---\n",
    "---\ntitle: x\ndraft:true\n---\n",
    "---\ndraft = true\n---\n",
    "---\ndraft：true\n---\n",
    "---\n- draft: true\n- x: [\n---\n",
    "---\n{draft: true\n---\n",
    "---\nx: *nowhere\nstatus: draft\n---\n",
    "---\nx: {{date}}\npublished: false\n---\n",
    "---\nx: '\nprivate: true\n---\n",
    "---\ndraft: true\nx: " + "y" * 70_000 + "\n---\n",
    # one that is not recognised
    "---\ndraft: true\n\n# T\n",
    "---\ndraft: true\ntitle: x\n",
    "---\ntitle: x\n\ndraft: true\n\n",
    "---\nx: [a,\nb\ndraft: true\n# T\n",
    "---\ndraft: true\n----\n",
    "\n---\ndraft: true\n---\n",
    " ---\ndraft: true\n---\n",
    "\ufeff---\ndraft: true\n---\n",
    "\u200b---\ndraft: true\n---\n",
    "\n\n\t\n---\npublish: no\n---\n",
    "---\r\ndraft: true\r\n---\r\n",
    "---\rdraft: true\r---\r",
    "--\ndraft: true\n--\n",
    "----\ndraft: true\n----\n",
    "—\ndraft: true\n—\n",
    "---yaml\ndraft: true\n---\n",
    "--- \t\ndraft: true\n--- \t\n",
    "+++\ndraft = true\n+++\n",
    "+++\ntitle = 'x'\ndraft = true\n+++\n",
    '{\n  "title": "x",\n  "draft": true\n}\n',
    '{"title": "x", "draft": true}\n\n',
    ';;;\n"draft": true\n;;;\n',
    "<!--\ndraft: true\n-->\n",
    "draft: true\n\n",
    "title: x\nPublish: no\n\n",
    "public:: false\n\n",
    "- private:: true\n",
    "%YAML 1.2\n---\ndraft: true\n---\n",
    "<!-- markdownlint-disable -->\n---\ndraft: true\n---\n",
    "<!-- a -->\n\n<!-- b -->\n---\ndraft: true\n---\n",
    "# Title\n---\ntitle: x\ndraft: true\n---\n",
    "+++\ndraft = [\n+++\n",
    "% Title\n% Ann\n\n---\ndraft: true\n---\n",
)
OTHER_KEYS = (
    "---\nclassification: Confidential\n---\n",
    "---\naccess: private\n---\n",
    "---\naccess-level: secret\n---\n",
    "---\npublication_state: unpublished\n---\n",
    "---\nworkflow_state: draft\n---\n",
    "---\nprivacy: private\n---\n",
    "---\nlisted: false\n---\n",
    "---\nvisible: no\n---\n",
    "---\nunpublish: true\n---\n",
    "---\ndo-not-publish: yes\n---\n",
    "---\n_build:\n  render: never\n---\n",
    "---\nbuild: {list: never}\n---\n",
    "---\npermalink: false\n---\n",
    "+++\ndraft = true\n+++\n",
    "+++\ntitle = 'x'\n[params]\nprivate = true\n+++\n",
    "+++\npublished = false\n+++\n",
    "+++ \nstatus = 'draft'\n+++\t\n",
    "+++\r\ndraft = true\r\n+++\r\n",
    "\ufeff+++\ndraft = true\n+++\n",
    '{"title": "x", "publish": false}\n',
    '{\n "title": "x",\n "build": {"render": "never"}\n}\n\n',
)
"""Front matter that can be read and hides."""


@pytest.mark.parametrize("head", [*HIDDEN, *OTHER_KEYS])
def test_what_may_be_meant_to_hide_a_note_hides_it(kb: Build, head: str) -> None:
    site = kb({"notes/a.md": f"{head}CANARYWORD\n", "notes/b.md": "# B\n"})
    assert all("CANARYWORD" not in html_of(page) for page in site.pages)
    assert all("CANARYWORD" not in record.text for record in site.records)


READABLE = ("---\r", "--- \t", "---\nx: *", "+++", '{"title', '{\n  "title')


@pytest.mark.parametrize("head", [each for each in HIDDEN[39:] if not each.startswith(READABLE)])
def test_a_block_that_cannot_be_read_and_hides_is_said(kb: Build, head: str) -> None:
    site = kb({"notes/a.md": f"{head}Text\n"})
    assert "frontmatter-private" in {each.code for each in site.diagnostics}


@pytest.mark.parametrize(
    "head",
    [
        "---\ndraft: false\n---\n",
        "---\ndraft:\n---\n",
        "---\npublish: oui\n---\n",
        "---\npublished: 2024-05-06\n---\n",
        "---\npublished: May 3, 2021\n---\n",
        "---\npublished:\n---\n",
        "---\npublic: étudiants\n---\n",
        "---\nstatus: reading\n---\n",
        "---\nvisibility: public\n---\n",
        "---\nstatus: reading\nx: [a\n---\n",
        "---\n\nThe draft: a history\n\n---\n",
        "# Draft: a title\n\ndraft: true\n",
        "Draft: a history of beer\n\n",
        "Private: the word has two senses.\n",
        "{: .wide }\n\nprivate: x\n",
        "<p>\nprivate: x\n</p>\n",
        "- draft\n- private\n",
        "# Title\n---\nThe draft: a story\n\nof it\n\n---\n",
        "# Title\n\n---\n\nText\n\ndraft: true\n",
        "---\nhidden: false\nstatus: not a draft\n---\n",
        "— Bonjour, private: x\n",
        "```yaml\ndraft: true\n```\n",
    ],
)
def test_what_hides_nothing_is_published(kb: Build, head: str) -> None:
    site = kb({"notes/a.md": f"{head}\nCANARYWORD\n"})
    assert any("CANARYWORD" in record.text for record in site.records)
    assert "frontmatter-private" not in {each.code for each in site.diagnostics}


def test_three_dots_end_a_block() -> None:
    read = document("---\ntitle: Tides\n...\nText\n")
    assert (read.title, read.diagnostics) == ("Tides", ())
    assert [block.plain_text for block in read.blocks] == ["Text"]


def test_three_dots_in_prose_end_nothing() -> None:
    assert document("---\n\nOne thing\n\n...\n\nanother.\n").metadata == Metadata()


@pytest.mark.parametrize(
    ("written", "lang"),
    [
        ("no", "no"),
        ("german", "de"),
        ("français", "fr"),
        ("Français", "fr"),
        ("en_US", "en"),
        ("fr-CA", "fr"),
        ("FR", "fr"),
        ("fra", "fr"),
        ("English (UK)", "en"),
        ("en_GB.UTF-8", "en"),
        ("klingon", "klingon"),
    ],
)
def test_a_language_is_understood_however_it_is_written(written: str, lang: str) -> None:
    assert metadata(f"lang: {written}").lang == lang


@pytest.mark.parametrize(
    ("written", "date", "told"),
    [
        ("2024-13-45", "", "frontmatter-date"),
        ("2024-02-30", "", "frontmatter-date"),
        ("11/10/2024", "11/10/2024", "frontmatter-date-order"),
        ("31/31/2024", "", "frontmatter-date"),
        ("2024-13", "", "frontmatter-date"),
        ("25/12/2024", "2024-12-25", ""),
        ("12/25/2024", "2024-12-25", ""),
        ("1.1.2024", "2024-01-01", ""),
        ("2024/1/2", "2024-01-02", ""),
        ("2024-05", "2024-05", ""),
        ("2024", "2024", ""),
        ("spring 2020", "spring 2020", ""),
        ("14 octobre 2024", "14 octobre 2024", ""),
    ],
)
def test_a_date_is_understood_or_told(written: str, date: str, told: str) -> None:
    assert metadata(f"date: {written}").date == date
    assert findings(f"date: {written}") == ([f"2:1 {told}"] if told else [])


@pytest.mark.parametrize(
    ("head", "title", "tags"),
    [
        ("+++\ntitle = 'Tides'\ntags = ['sea', 'moon']\nnote = 'CANARY'\n+++\n", "Tides", ("sea", "moon")),
        ("+++\ntitle = \"Tides\"\ndate = 2024-01-02T10:00:00Z\n\n[params]\nx = 'CANARY'\n+++\n", "Tides", ()),
        ('{"title": "Tides", "tags": ["sea"], "x": "CANARY"}\n', "Tides", ("sea",)),
        ('{\n  "title": "Tides",\n  "x": {"y": ["CANARY"]}\n}\n\n', "Tides", ()),
        ("+++\ntitle = CANARY\n+++\n", "A", ()),
    ],
)
def test_hugos_other_front_matter_is_read_and_not_shown(
    kb: Build, head: str, title: str, tags: tuple[str, ...]
) -> None:
    site = kb({"notes/a.md": f"{head}Text\n"})
    shown_page = page(site, "a.md")
    assert shown_page.title == title
    assert document(f"{head}Text\n").metadata.tags == tags
    assert "CANARY" not in html_of(shown_page)


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1}\nText',
        "+++\nText without an end",
        '{"title": "x"} is JSON',
        "{ braces }",
        "++++\nText\n++++",
        "+++ text\n+++",
        '{"title": "x"\nText',
        "{% include x %}",
        '{"title": [}\n',
    ],
)
def test_what_only_looks_like_hugos_front_matter_is_text(text: str) -> None:
    assert "".join(block.plain_text for block in document(text).blocks).replace("\n", " ").split() == text.split()


@pytest.mark.parametrize(
    "block",
    [
        "tags: &x [*x]",
        "tags: &x [a, [*x]]",
        "title: &x {a: *x}",
        "x: &x {a: [{b: *x}]}",
        "aliases: &x\n- *x",
        "authors: &x\n  a: *x",
        "x: &x [&y [*y], *x]",
        "x: &x !!set {*x}",
    ],
)
def test_a_value_that_holds_itself_is_a_finding(block: str) -> None:
    started = time.process_time()
    assert findings(block)[0].endswith(("frontmatter-limit", "frontmatter-yaml"))
    assert time.process_time() - started < 1


def test_an_alias_of_another_value_is_none() -> None:
    assert metadata("x: &x [a, b]\ntags: *x").tags == ("a", "b")


NO_VALUES = (
    "!!int ''", "!!int '-'", "!!int '_'", "!!int '0b'", "!!int '1:'", "!!int [a]", "!!float ''", "!!float '.'", "!!bool ''",
    "!!bool maybe", "!!timestamp ''", "!!timestamp x", "!!timestamp 2024-02-30", "!!binary '='", "!!binary é", "!!set a",
    "!!omap [a]", "!!pairs a", "!!map a", "!!str [a]", "{[a]: b}", "2024-01-01T00:00:00+99:99", f"0x{'f' * 5_000}",
    f"{'1' * 5_000}",
)  # fmt: skip


@pytest.mark.parametrize("value", NO_VALUES)
def test_a_value_that_is_not_what_its_tag_says_costs_no_page(kb: Build, value: str) -> None:
    for key in ("x", "date", "title"):
        site = kb({"notes/a.md": f"---\n{key}: {value}\n---\n# T\n\nwords\n", "notes/b.md": "# B\n"})
        assert "page-failed" not in {each.code for each in site.diagnostics}
        assert "words" in html_of(page(site, "a.md"))


@pytest.mark.parametrize("value", NO_VALUES)
def test_such_a_value_hides_a_draft_as_any_other(kb: Build, value: str) -> None:
    for block in (f"draft: true\nx: {value}\n", f"draft: {value}\n", f"draft: true\ndraft: {value}\n"):
        site = kb({"notes/a.md": f"---\n{block}---\n# T\n\nwords\n", "notes/b.md": "# B\n"})
        assert "a.md" not in {each.path for each in site.pages}
        assert "page-failed" not in {each.code for each in site.diagnostics}


def test_a_number_of_toml_that_cannot_be_written_costs_no_page(kb: Build) -> None:
    for first, shown in (("", True), ("draft = true\n", False)):
        site = kb({"notes/a.md": f"+++\n{first}x = 0x{'f' * 5_000}\n+++\n# T\n", "notes/b.md": "# B\n"})
        assert ("a.md" in {each.path for each in site.pages}) == shown
        assert "page-failed" not in {each.code for each in site.diagnostics}


@pytest.mark.parametrize(
    ("block", "title", "draft"),
    [
        ('{"dg-publish":true,"permalink":"/x/","title":"One"}', "One", False),
        ('{"dg-publish":false,"title":"One"}', "One", True),
        ('{"title":"One","tags":["a","b"]}', "One", False),
        ('{"title":"One","draft":true}', "One", True),
        ("{title: One}", "One", False),
        ("{'title': 'One', publish: no}", "One", True),
        ('{\n  "title": "One"\n}', "One", False),
        ('{"title":"One","n":{"a":[1,{"b":"}"}]}}', "One", False),
        ('\n{"title":"One"}\n', "One", False),
        ("{ a saying in braces }", "", False),
        ("{a: saying", "", False),
        ("words {title: One}", "", False),
    ],
)
def test_a_block_may_be_one_map(block: str, title: str, *, draft: bool) -> None:
    read = document(f"---\n{block}\n---\n\nBody.\n")
    assert (read.metadata.title, read.metadata.draft) == (title, draft)
    assert [each.plain_text for each in read.blocks if each.kind == "paragraph"][-1:] == ["Body."]
    assert ("{" in "".join(each.plain_text for each in read.blocks)) == (not title)
