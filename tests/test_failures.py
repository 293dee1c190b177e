"""A file that makes any stage fail, or takes too long, costs its own page and no other."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.config import load_config

from aikb import analysis
from aikb.compose import note
from aikb.model.source import Source
from aikb.read import document as reading
from aikb.read import plain
from aikb.read.plain import without_comments
from aikb.relate import relations
from aikb.settings import Settings
from aikb.system.time_limit import TimeLimitError, limited
from conftest import Build, html_of, knowledge_base, on_disk, page

FILES = {
    "notes/a.md": "---\nremark: CANARY\n---\n# A\n\nPOISON <b>bold</b> <!-- CANARY --> %%CANARY%% [b](b.md)\n",
    "notes/b.md": "# B\n\n[a](a.md)\n",
    "notes/c.md": "# C\n\nc\n",
}


def poisoned(function: Any, text_of: Any, error: Exception | None = None) -> Any:
    """A function that fails for one file only."""

    def fails(*arguments: Any, **more: Any) -> Any:
        if "POISON" in text_of(*arguments):
            raise error or ZeroDivisionError("a fault")
        return function(*arguments, **more)

    return fails


PLACES = [
    (analysis, "parse", lambda source, _: source.text),
    (analysis, "lint", lambda document: document.source.text),
    (relations, "resolve", lambda _link, origin, _index: origin.source.text),
    (note, "body", lambda document, *_: document.source.text),
]


@pytest.mark.parametrize(
    "error", [ZeroDivisionError("a fault"), RecursionError(), MemoryError(), TimeLimitError("more")]
)
@pytest.mark.parametrize(("module", "name", "text_of"), PLACES, ids=[name for _, name, _ in PLACES])
def test_the_page_shows_its_text_and_the_others_are_as_ever(
    kb: Build, monkeypatch: pytest.MonkeyPatch, module: Any, name: str, text_of: Any, error: Exception
) -> None:
    healthy = {each.path: each for each in kb({**FILES, "notes/a.md": "# A\n\n[b](b.md)\n"}).pages}
    monkeypatch.setattr(module, name, poisoned(getattr(module, name), text_of, error))
    site = kb(FILES)
    assert [(each.path, each.code) for each in site.diagnostics if each.code == "page-failed"] == [
        ("notes/a.md", "page-failed")
    ]
    shown = html_of(page(site, "a.md"))
    assert "POISON &lt;b&gt;bold&lt;/b&gt;" in shown
    assert "CANARY" not in shown
    assert healthy["c.md"].body == page(site, "c.md").body
    assert healthy["b.md"].body == page(site, "b.md").body
    assert {each.path for each in site.pages} == set(healthy)


@pytest.mark.parametrize(("culprit", "target"), [("a", "b"), ("b", "a"), ("c", "a"), ("a", "c"), ("b", "c")])
def test_who_says_it_is_the_one_that_fails_and_not_what_it_speaks_of(
    kb: Build, monkeypatch: pytest.MonkeyPatch, culprit: str, target: str
) -> None:
    def fails(link: Any, origin: Any, index: Any) -> Any:
        if "POISON" in origin.source.text and f"notes/{target}.md" in index.documents:
            raise ZeroDivisionError("a fault")
        return whole(link, origin, index)

    whole = relations.resolve
    monkeypatch.setattr(relations, "resolve", fails)
    notes = {f"notes/{name}.md": f"# {name}\n\nwords [{target}]({target}.md)\n" for name in "abc"}
    notes[f"notes/{culprit}.md"] += "POISON\n"
    site = kb(notes)
    assert [each.path for each in site.diagnostics if each.code == "page-failed"] == [f"notes/{culprit}.md"]
    assert {each.path for each in site.pages} >= {"a.md", "b.md", "c.md"}


def test_a_draft_that_fails_stays_private(kb: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "parse", poisoned(analysis.parse, lambda source, _: source.text))
    site = kb({**FILES, "notes/d.md": "---\ndraft: true\n---\nPOISON\n"})
    assert "d.md" not in {each.path for each in site.pages}
    assert [each.path for each in site.diagnostics if each.code == "page-failed"] == ["notes/a.md", "notes/d.md"]


def test_front_matter_that_fails_hides_the_note(kb: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (reading, plain):
        fails = poisoned(module.read_front_matter, lambda source: source.text)
        monkeypatch.setattr(module, "read_front_matter", fails)
    site = kb(FILES)
    assert "a.md" not in {each.path for each in site.pages}


def test_a_fault_of_every_file_is_raised(kb: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> Any:
        raise ZeroDivisionError

    monkeypatch.setattr(analysis, "relate", broken)
    with pytest.raises(ZeroDivisionError):
        kb(FILES)


def test_a_page_that_cannot_be_drawn_shows_its_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from aikb.adapters.mkdocs import plugin

    monkeypatch.setattr(plugin, "drawn", poisoned(plugin.drawn, lambda page, *_: page.source and str(page.body.pieces)))
    configuration = "site_name: Notes\ndocs_dir: notes\ntheme: material\nplugins:\n  - aikb\n"
    root = on_disk(tmp_path, {"mkdocs.yml": configuration, **FILES})
    build_with_mkdocs(load_config(str(root / "mkdocs.yml")))
    shown = (root / "site/a/index.html").read_text(encoding="utf-8")
    assert "POISON &lt;b&gt;bold&lt;/b&gt;" in shown
    assert "CANARY" not in shown
    assert "c" in (root / "site/c/index.html").read_text(encoding="utf-8")


def test_the_time_of_the_processor_is_limited() -> None:
    start = time.process_time()

    def work() -> None:
        while time.process_time() - start < 10:
            pass

    with pytest.raises(TimeLimitError, match="more than 0 s"), limited(0.2):
        work()
    assert time.process_time() - start < 5
    with limited(0.2):
        time.sleep(0.3)


def test_a_regular_expression_can_be_stopped(kb: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    import re

    def slow(source: Source, settings: Settings) -> Any:
        if "POISON" in source.text:
            re.match(r"(a+)+$", "a" * 40 + "b")
        return reading.parse(source, settings)

    monkeypatch.setattr(analysis, "parse", slow)
    monkeypatch.setattr(plain, "SECONDS", 0.3)
    site = kb(FILES)
    assert [each.message for each in site.diagnostics if each.code == "page-failed"] == [
        "this page cannot be read (it takes more than 0 s to be read); its text is shown as it is written"
    ]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a <!-- CANARY --> b", "a  b"),
        ("a <!-- CANARY", "a "),
        ("a %% CANARY %% b", "a  b"),
        ("a %% CANARY", "a "),
        ("a\n[//]: # (CANARY)\nb", "a\n\nb"),
        ("> [comment]: <> (CANARY)\nb", "\nb"),
        ("50 % of 10 %", "50 % of 10 %"),
    ],
)
def test_comments_stay_hidden_in_a_plain_text(text: str, left: str) -> None:
    assert without_comments(text) == left


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("aikb.compose.pages.home_body", "index.md"),
        ("aikb.compose.pages.all_body", "all/index.md"),
        ("aikb.compose.pages.folder_body", "x/index.md"),
        ("aikb.compose.pages.glossary_body", "glossary/index.md"),
        ("aikb.compose.pages.term_body", "glossary/tide.md"),
    ],
)
def test_a_page_of_ours_that_cannot_be_made_costs_no_other(
    name: str, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("no such luck")

    notes = {f"notes/x/n{each}.md": f"# N {each}\n" for each in range(60)}
    notes["notes/g.md"] = "# G\n\n## Glossary\n\n**Tide**: the sea that comes.\n"
    monkeypatch.setattr(name, broken)
    site = knowledge_base(notes)
    failed = {each.path for each in site.diagnostics if each.code == "page-failed"}
    assert path in failed
    assert all("no such luck" in each.message for each in site.diagnostics if each.code == "page-failed")
    assert any(each.path == "x/n1.md" for each in site.pages)
