"""Roam's pages, as Markdown and as JSON (F7 of the reference)."""

from __future__ import annotations

import json

import pytest

from aikb.model.highlights import Category, Group, Highlight, Work
from aikb.read.exports.roam import FORMAT
from conftest import export_text, places

HEAD = """\
- Author:: [[Ada Brook]]
- Full Title:: On tides: a primer
- Category:: #articles
- Document Tags:: #sea #[[slow reading]]
- URL:: https://example.org/tides
- ![](https://example.org/cover.jpg)
"""
FIRST = "- Highlights first synced by #Readwise [[October 19th, 2023]]\n"
ULID = "https://read.readwise.io/read/01hd2y9ykwem0q0vbsc65k38mv"


def read(text: str, path: str = "notes/On tides (highlights).md") -> Work:
    (work,) = FORMAT.read(export_text(text, path)).works
    return work


def highlights(items: str) -> tuple[Highlight, ...]:
    return read(HEAD + FIRST + items).highlights


def test_what_is_said_of_a_work() -> None:
    work = read(f"{HEAD}{FIRST}    - The moon pulls.\n")
    assert (work.title, work.authors, work.category) == ("On tides: a primer", ("Ada Brook",), Category.ARTICLE)
    assert (work.url, work.cover) == ("https://example.org/tides", "https://example.org/cover.jpg")
    assert (work.tags, work.updated, work.form, work.remarks) == (("sea", "slow reading"), "2023-10-19", "roam", "")


def test_the_file_names_a_work_that_has_no_title_and_an_address_may_be_a_link() -> None:
    work = read(f"- Author:: [[A]]\n- URL:: [🔗](https://example.org)\n{FIRST}    - x\n")
    assert (work.title, work.url) == ("On tides", "https://example.org")


def test_a_highlight_with_all_its_parts() -> None:
    (highlight,) = highlights(
        f"    - The moon pulls. ([View Highlight]({ULID}))\n"
        "        - **Tags**: #[[blue]] \n        - **Note**: Why?\n        - mine\n"
    )
    assert (highlight.text, highlight.url) == ("The moon pulls.", ULID)
    assert (highlight.tags, highlight.color, highlight.note) == (("blue",), "blue", "Why?\n\n- mine")
    assert highlight.group == Group("Highlights first synced by Readwise October 19th, 2023", "2023-10-19")


def test_lines_at_the_margin_belong_to_the_highlight_until_its_label() -> None:
    work = read(
        f"{HEAD}- ### Highlights first synced by #Readwise [[October 19th, 2023]]\n"
        f"    - One\n\nstill one\n\n- a point\n- another ([View Highlight]({ULID}))\n"
        "    - Two\n"
        "- ### New highlights added [[October 20th, 2023]] at 11:39 AM\n"
        f"    - Three\n* four ([View Highlight]({ULID}))\n- my own\n\nand on\n"
    )
    assert [(each.text, each.group and each.group.date) for each in work.highlights] == [
        ("One\n\nstill one\n\n- a point\n- another", "2023-10-19"),
        ("Two", "2023-10-19"),
        ("Three\n* four", "2023-10-20T11:39"),
    ]
    assert work.remarks == "- my own\n\n  and on"


def test_a_page_that_another_program_wrote_with_tabs_and_blank_lines() -> None:
    text = (
        "---\ntitle: Poll (highlights)\n---\n\n- Author:: [[man7.org]]\n\n- Category:: #articles\n\n"
        "- Highlights first synced by #Readwise [[July 4th, 2021]]\n\t - One\n       more\n\n\t - Two\n"
    )
    work = read(text)
    assert (work.title, [each.text for each in work.highlights]) == ("Poll", ["One\n       more", "Two"])
    assert text[work.highlights[0].start : work.highlights[0].end] == "\t - One\n       more"


def test_json_has_a_work_for_each_page_of_readwise() -> None:
    pages = [
        {"title": "My day", "children": [{"string": "TODO", "uid": "a"}]},
        {"title": "Empty"},
        {
            "title": "On tides (highlights)",
            "children": [
                {"string": "Author:: [[Ada Brook]]", "uid": "b"},
                {
                    "string": "Highlights first synced by #Readwise [[October 19th, 2023]]",
                    "children": [
                        {
                            "string": f"One\n- two ([View Highlight]({ULID}))",
                            "children": [{"string": "**Note**: Why?"}],
                        },
                        {"string": "<script>alert(1)</script>"},
                    ],
                },
                {"string": "mine"},
            ],
        },
        {"title": "B (highlights)", "children": [{"string": "New highlights added [[May 1st, 2021]] at 1:00 PM"}]},
    ]
    text = json.dumps(pages, ensure_ascii=False)
    assert FORMAT.recognises(export_text(text, "notes/roam.json"))
    export = FORMAT.read(export_text(text, "notes/roam.json"))
    assert [(work.title, work.remarks) for work in export.works] == [("On tides", "- mine"), ("B", "")]
    assert [(each.text, each.note) for each in export.works[0].highlights] == [
        ("One\n- two", "Why?"),
        ("<script>alert(1)</script>", ""),
    ]
    assert text[export.works[0].start :].startswith('"On tides (highlights)"')
    assert export.diagnostics == ()


def test_blocks_that_are_none_are_told_of_and_the_others_read() -> None:
    header = "Highlights first synced by #Readwise [[October 19th, 2023]]"
    children = [
        {"string": 5, "children": [{"string": "Below"}]},
        7,
        {"string": "Fine", "children": "no list"},
        {"string": None},
    ]
    page = {"title": "T", "children": [{"string": header, "children": children}]}
    export = FORMAT.read(export_text(json.dumps([page, 3, {"children": 4}, None]), "notes/roam.json"))
    assert [each.text for each in export.works[0].highlights] == ["Below", "Fine"]
    assert [each.message for each in export.diagnostics] == [
        "this record cannot be read: a block has no text",
        "this record cannot be read: a block is not an object",
        "this record cannot be read: the blocks under a block are not a list",
        "this record cannot be read: a block has no text",
    ]


@pytest.mark.parametrize(
    ("text", "place"), [("[", "1:2"), ('{\n"a": ', "2:6"), ("[" * 100_000, "1:1"), ("\0", "1:1"), ("9" * 5_000, "1:1")]
)
def test_what_is_no_json_is_one_finding(text: str, place: str) -> None:
    export = FORMAT.read(export_text(text, "notes/roam.json"))
    assert (export.works, places(export.diagnostics)) == ((), [f"{place} readwise-record"])


def test_json_nested_beyond_reason_is_read_as_far_as_it_goes() -> None:
    block = '{"string": "x", "children": ['
    text = (
        '[{"title": "T", "children": [{"string": "New highlights added [[May 1st, 2021]]", "children": [' + block * 400
    )
    export = FORMAT.read(export_text(text + "]}" * 400 + "]}]}]", "notes/roam.json"))
    assert len(export.works) <= 1


@pytest.mark.parametrize(
    ("text", "path", "known"),
    [
        (f"{HEAD}{FIRST}", "a.md", True),
        (f"- Author:: [[A]]\n{FIRST}", "a.md", True),
        (HEAD, "a.md", False),
        (f"# Note\n\n{FIRST}", "a.md", False),
        ("Author:: me\n\n## New highlights added [[2024-01-05]] at 9:00 AM\n\n- x\n", "a.md", False),
        ("Author:: me\n\nNew highlights added today\n", "a.md", False),
        ('[{"title": "T", "children": [{"string": "x"}]}]', "a.json", False),
        ('{"string": "New highlights added [[x]]", "children": []}', "a.json", True),
        ('"New highlights added [["', "a.json", False),
    ],
)
def test_recognition(text: str, path: str, known: bool) -> None:
    assert FORMAT.recognises(export_text(text, f"notes/{path}")) is known
