"""Ids that were published once: a heading may be renamed, and links to it from anywhere still lead to it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from aikb.check.fix import apply_fixes, fixes
from aikb.cli.main import main
from aikb.findings.report.text import line
from aikb.ledgers.anchors import Remembered, read_anchors, to_json, updated, write_anchors
from aikb.ledgers.baseline import read as read_baseline
from aikb.ledgers.translations import read_translations
from aikb.model.site import Site
from aikb.pipeline import build
from aikb.settings import Settings, SettingsError
from conftest import RENDERER, body_html, document, page, sources


def remember(before: Remembered, *notes: str, **named: str) -> dict[str, dict[str, str]]:
    """What is remembered after notes whose headings are these words: `notes/a.md`, or those that are named."""
    texts = {**dict(zip(("a", "b", "c"), notes, strict=False)), **named}
    return updated(
        before,
        [
            document("".join(f"## {each}\n\n" for each in text.split()), f"notes/{name}.md")
            for name, text in texts.items()
        ],
    )


def site(files: Mapping[str, str], remembered: Remembered) -> Site:
    chosen = Settings(addresses="sources")
    return build(sources(files, chosen), chosen, remembered=remembered, renderer=RENDERER)


# What is remembered ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (["a b c"], {"a": "a", "b": "b", "c": "c"}),
        (["a b c", "a x c"], {"a": "a", "x": "x", "b": "x", "c": "c"}),
        (["a b c", "x b c"], {"x": "x", "a": "x", "b": "b", "c": "c"}),
        (["a b c", "a b x"], {"a": "a", "b": "b", "x": "x", "c": "x"}),
        (["a b c", "a x c", "a y c"], {"a": "a", "y": "y", "x": "y", "b": "y", "c": "c"}),
        (["a b c", "a x c", "a b c"], {"a": "a", "b": "b", "x": "b", "c": "c"}),
        (["zoo apple", "yak banana"], {"yak": "yak", "zoo": "yak", "banana": "banana", "apple": "banana"}),
        (["a b c", "c a b"], {"c": "c", "a": "a", "b": "b"}),
        (["a b c", "c b a"], {"c": "c", "b": "b", "a": "a"}),
        (["a b c", "a c"], {"a": "a", "c": "c", "b": ""}),
        (["a b c", "a c", "a c x"], {"a": "a", "c": "c", "x": "x", "b": ""}),
        (["a b c", "a c", "a c b"], {"a": "a", "c": "c", "b": "b"}),
        (["a b c", "a x c", "a c"], {"a": "a", "c": "c", "x": "", "b": ""}),
        (["a b c", "a b x c"], {"a": "a", "b": "b", "x": "x", "c": "c"}),
        (
            ["a method c", "a new methods c"],
            {"a": "a", "new": "new", "methods": "methods", "method": "methods", "c": "c"},
        ),
        (["a method c", "a x y c"], {"a": "a", "x": "x", "y": "y", "c": "c", "method": ""}),
        (["a a", "a a"], {"a": "a", "a-1": "a-1"}),
        (["été", "été"], {"été": "été"}),
    ],
)
def test_ids_are_followed_from_one_state_to_the_next(steps: list[str], expected: dict[str, str]) -> None:
    remembered: Remembered = {}
    for text in steps:
        remembered = remember(json.loads(to_json(remembered))["pages"], text)
    assert list(remembered["notes/a.md"].items()) == list(expected.items())


def test_a_note_without_headings_is_not_remembered() -> None:
    assert remember({}, "") == {}
    assert remember({"notes/a.md": {"a": "a"}}, "") == {"notes/a.md": {"a": ""}}


def test_a_note_that_is_gone_is_forgotten() -> None:
    assert remember(remember({}, "a", "b"), "a") == {"notes/a.md": {"a": "a"}}


def test_a_note_that_was_renamed_is_known_by_its_headings() -> None:
    before = remember(remember({}, "intro method end", "x y z"), "intro methods end", "x y z")
    moved = {"intro": "intro", "methods": "methods", "method": "methods", "end": "end"}
    assert remember(before, new="intro methods end", b="x y z") == {
        "notes/b.md": {"x": "x", "y": "y", "z": "z"},
        "notes/new.md": moved,
    }
    assert remember(before, new="intro other methods end", b="x y z")["notes/new.md"] == {
        "intro": "intro",
        "other": "other",
        "methods": "methods",
        "method": "methods",
        "end": "end",
    }


def test_a_new_note_is_not_taken_for_one_that_is_there_or_is_a_draft() -> None:
    before = {"notes/a.md": {"a": "a", "old": "a"}}
    assert remember(before, "a", "a") == {"notes/a.md": {"a": "a", "old": "a"}, "notes/b.md": {"a": "a"}}
    assert remember(before, b="x y") == {"notes/b.md": {"x": "x", "y": "y"}}
    draft = updated(before, [document("# a", "notes/b.md")], ["notes/a.md", "notes/other.md"])
    assert draft == {**before, "notes/b.md": {"a": "a"}}


words = st.lists(st.sampled_from("abcdefgh"), max_size=6, unique=True).map(" ".join)


@given(st.lists(words, min_size=1, max_size=4))
def test_whatever_happens_no_id_is_lost_and_none_leads_astray(steps: list[str]) -> None:
    remembered: Remembered = {}
    for text in steps:
        remembered = remember(json.loads(to_json(remembered))["pages"], text)
    ids = remembered.get("notes/a.md", {})
    assert set(ids) == set(" ".join(steps).split())
    assert set(ids.values()) - {""} == set(steps[-1].split())
    assert all(ids[each] == each for each in steps[-1].split())
    assert remember(remembered, steps[-1]) == remembered


# What it is for ----------------------------------------------------------------------------------------------------------

NOTES = {
    "notes/a.md": "# A\n\n## New *title*\n\nText\n\n### Last\n\n[here](#old-title)\n",
    "notes/b.md": "[x](a.md#old-title) [y](a.md#older) [[a#old-title]] [z](a.md#new-title) <a href='a.md#old-title'>w</a>\n",
}
BEFORE = {
    "notes/a.md": {"a": "a", "new-title": "new-title", "old-title": "new-title", "older": "new-title", "last": "last"}
}


def test_the_old_ids_are_on_the_page_right_at_the_heading() -> None:
    for path in ("a.md", "fr/a.md"):
        html = BeautifulSoup(body_html(page(site(NOTES, BEFORE), path)), "lxml")
        heading = html.find(id="new-title")
        assert heading is not None
        assert heading.name == "h2"
        assert [each["id"] for each in heading.find_all(id=True)] == ["old-title", "older"]
        assert heading.get_text() == "New title"
        assert len({each["id"] for each in html.find_all(id=True)}) == len(html.find_all(id=True))


def test_links_with_an_old_id_lead_there_and_say_so() -> None:
    found = site(NOTES, BEFORE)
    assert [line(each) for each in found.diagnostics if each.code != "orphan"] == [
        "notes/a.md:9:1: info: anchor-renamed: “old-title” is an older id of “new-title” on this page",
        "notes/b.md:1:1: info: anchor-renamed: “old-title” is an older id of “new-title” in notes/a.md",
        "notes/b.md:1:21: info: anchor-renamed: “older” is an older id of “new-title” in notes/a.md",
        "notes/b.md:1:37: info: anchor-renamed: “old-title” is an older id of “New *title*” in notes/a.md",
        "notes/b.md:1:73: info: anchor-renamed: “old-title” is an older id of “new-title” in notes/a.md",
    ]
    hrefs = [each["href"] for each in BeautifulSoup(body_html(page(found, "b.md")), "lxml").find_all("a")]
    assert hrefs == ["a.md#new-title"] * 5


def test_a_fix_writes_the_new_id() -> None:
    edits = fixes(site(NOTES, BEFORE).diagnostics)
    after = {path: apply_fixes(text.encode(), edits.get(path, ())).decode() for path, text in NOTES.items()}
    assert after == {
        path: text.replace("[[a#old-title", "[[a#New *title*")  # Obsidian follows no id
        .replace("#old-title", "#new-title")
        .replace("#older", "#new-title")
        for path, text in NOTES.items()
    }
    assert [each.code for each in site(after, BEFORE).diagnostics] == ["orphan"]


def test_an_id_that_is_there_again_leads_to_where_it_is() -> None:
    files = {**NOTES, "notes/a.md": "# A\n\n## New title\n\n## Older\n\n<a id='old-title'></a> x"}
    found = site(files, BEFORE)
    assert not [each for each in found.diagnostics if each.code == "anchor-renamed"]
    assert body_html(page(found, "a.md")).count("old-title") == 1


def test_a_heading_that_is_gone_is_a_warning() -> None:
    found = site({"notes/index.md": "# A\n"}, {"notes/index.md": {"a": "a", "b": "b", "c": "b", "d": ""}})
    assert [line(each) for each in found.diagnostics] == [
        f"notes/index.md:1:1: warning: anchor-vanished: heading “{name}” was published and is gone" for name in "bcd"
    ]
    assert site({"notes/index.md": "# A\n\n<a id='b'></a>"}, {"notes/index.md": {"b": "b"}}).diagnostics == ()
    assert site({"notes/index.md": "# A"}, {"notes/gone.md": {"b": "b"}}).diagnostics == ()


def test_headings_of_the_glossary_keep_their_old_ids() -> None:
    files = {"notes/index.md": "[x](../glossary/t.md#old)", "glossary/t.md": "# Glossary\n\n## New\n\nText\n"}
    found = site(files, {"glossary/t.md": {"glossary": "glossary", "new": "new", "old": "new"}})
    assert "anchor-renamed" in [each.code for each in found.diagnostics]
    html = BeautifulSoup(body_html(page(found, "glossary/index.md")), "lxml")
    assert html.find(id="new") is not None
    assert html.find(id="old") is not None


# On disk -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notes").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: N\ndocs_dir: notes\nplugins: [aikb]\n", encoding="utf-8")
    (tmp_path / "notes" / "index.md").write_text("# Été\n\n## Method\n", encoding="utf-8")
    return tmp_path


def check(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", "--verbose", *arguments])


def test_renaming_a_heading_from_beginning_to_end(folder: Path) -> None:
    note, memory = folder / "notes" / "index.md", folder / "anchors.json"
    assert check().stderr == "1 file, no findings\n"
    assert not memory.exists()
    assert check("--update-anchors").stderr == "1 file, no findings; anchors.json written\n"
    assert memory.read_text(encoding="utf-8") == (
        '{\n "version": 1,\n "pages": {\n  "notes/index.md": {\n   "été": "été",\n   "method": "method"\n  }\n }\n}\n'
    )
    before = memory.read_bytes()
    assert check("--update-anchors").stderr == "1 file, no findings\n"
    assert memory.read_bytes() == before

    note.write_text("# Été\n\n## Approach\n\n[x](#method)\n", encoding="utf-8")
    result = check()
    assert (result.exit_code, memory.read_bytes()) == (1, before)
    assert result.stdout == (
        "notes/index.md:1:1: warning: anchor-vanished: heading “method” was published and is gone\n"
        "notes/index.md:5:1: error: anchor-missing: no anchor “method” on this page\n"
    )
    result = check("--update-anchors", "--strict")
    assert (result.exit_code, result.stdout) == (
        0,
        "notes/index.md:5:1: info: anchor-renamed: “method” is an older id of “approach” on this page\n",
    )
    note.write_text("# Été\n\n## Way\n\n[x](#method)\n", encoding="utf-8")
    assert "“method” is an older id of “way”" in check("--update-anchors").stdout
    assert json.loads(memory.read_text(encoding="utf-8"))["pages"]["notes/index.md"] == {
        "été": "été",
        "way": "way",
        "approach": "way",
        "method": "way",
    }
    assert check("--fix").exit_code == 0
    assert note.read_text(encoding="utf-8") == "# Été\n\n## Way\n\n[x](#way)\n"


def test_a_draft_is_remembered_until_it_is_published_again(folder: Path) -> None:
    note, memory = folder / "notes" / "index.md", folder / "anchors.json"
    pages = {"notes/index.md": {"été": "été", "method": "method", "old": "method"}}
    write_anchors(folder, pages)
    note.write_text("---\ndraft: true\n---\n# Été\n\n## Method\n", encoding="utf-8")
    before = memory.read_bytes()
    assert check("--update-anchors").exit_code == 0
    assert memory.read_bytes() == before


def test_the_file_is_sorted_by_notes_and_in_the_order_of_headings() -> None:
    pages = {"notes/b.md": {"z": "z", "a": "z"}, "notes/a.md": {"y": "y"}}
    assert to_json(pages) == to_json(dict(reversed(pages.items())))
    assert list(json.loads(to_json(pages))["pages"]) == ["notes/a.md", "notes/b.md"]
    assert list(json.loads(to_json(pages))["pages"]["notes/b.md"]) == ["z", "a"]


def test_the_file_does_not_depend_on_the_order_of_notes() -> None:
    notes = [document(f"# {name}", f"notes/{name}.md") for name in "abc"]
    before = {"notes/x.md": {"a": "a", "old": "a"}, "notes/y.md": {"a": "a", "older": "a"}}
    assert to_json(updated(before, notes)) == to_json(updated(dict(reversed(before.items())), notes[::-1]))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "1",
        "{}",
        '{"pages": []}',
        '{"pages": null}',
        '{"pages": {"notes/index.md": []}}',
        '{"pages": {"notes/index.md": "a"}}',
        "[" * 100_000,
        "<<<<<<< HEAD\n",
        "\udce9",
    ],
)
def test_a_broken_file_stops_nothing_and_is_told(folder: Path, text: str) -> None:
    (folder / "anchors.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    (folder / "notes" / "index.md").write_text("[x](gone.md)\n")
    result = check()
    assert result.exit_code == 1
    assert [row.split(": ")[2] for row in result.stdout.splitlines()] == ["ledger-unreadable", "link-missing"]
    assert str(folder) not in result.stdout


@pytest.mark.parametrize("text", ["", "[]", "<<<<<<< HEAD\n"])
def test_a_broken_file_is_not_overwritten(folder: Path, text: str) -> None:
    (folder / "anchors.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    result = check("--update-anchors")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("aikb: anchors.json: cannot be read: ")
    assert result.stderr.count("\n") == 1
    assert str(folder) not in result.stderr
    assert (folder / "anchors.json").read_bytes() == text.encode("utf-8", "surrogateescape")


def test_a_file_with_odd_values_is_read(folder: Path) -> None:
    (folder / "anchors.json").write_bytes(
        b'\xef\xbb\xbf{"pages": {"notes/index.md": {"x": 1, "y": null, "method": "method"}}}'
    )
    assert read_anchors(folder) == {"notes/index.md": {"x": "1", "y": "None", "method": "method"}}
    assert check().exit_code == 0


def test_a_place_that_cannot_be_written_is_one_line(folder: Path) -> None:
    with pytest.raises(SettingsError, match=r"^anchors.json: cannot be written: No such file or directory$"):
        write_anchors(folder / "nowhere", {})
    (folder / "anchors.json").mkdir()
    result = check("--update-anchors")
    assert (result.exit_code, result.stderr) == (2, "aikb: anchors.json: cannot be read: Is a directory\n")


@pytest.mark.parametrize(
    "name",
    [
        "__config", "__proto__", "__search", '"><script>alert(1)</script>', "x\ny", "a b", "", "\ud800", "x" * 20_000, "a\0b",
        "a\u202eb", "a\\b",
    ],
)  # fmt: skip
def test_what_can_be_no_id_is_not_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "anchors.json").write_text(json.dumps({"pages": {"notes/a.md": {name: "a", "old": "a"}}}))
    assert read_anchors(tmp_path) == {"notes/a.md": {"old": "a"}}


@pytest.mark.parametrize("name", ["anchors.json", "translations.json", "baseline.json"])
@pytest.mark.parametrize("what", ["pipe", "device", "folder", "endless"])
def test_a_ledger_that_is_no_file_is_told(tmp_path: Path, name: str, what: str) -> None:
    place = tmp_path / name
    if what == "pipe":
        os.mkfifo(place)
    elif what == "folder":
        place.mkdir()
    elif what == "endless":
        with place.open("wb") as file:
            file.truncate(10_000_000_000)
    else:
        place.symlink_to("/dev/zero")
    reader = {"anchors.json": read_anchors, "translations.json": read_translations}.get(name)
    with pytest.raises(SettingsError, match="cannot be read"):
        _ = reader(tmp_path) if reader else read_baseline(place)
