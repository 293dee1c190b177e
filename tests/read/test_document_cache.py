"""A run with a cache equals one without, and reads only what changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from aikb import analysis
from aikb.analysis import read, read_all
from aikb.model.document import Document, ExportFile
from aikb.model.source import Source
from aikb.read import document_cache as module
from aikb.read.document_cache import OPTIONS, DocumentCache
from aikb.read.files.disk import load
from aikb.read.serialize import Packed, pack
from aikb.settings import Settings
from aikb.system.cache import Cache
from conftest import sources

WHOLE = Settings(docs_dir=".", glossary_dir="no such folder")
FILES = {
    "notes/a.md": "# A\n\nSee [B](b.md).\n",
    "notes/b.md": "# B\n\n<!-- aikb: ignore orphan -->\n",
    "glossary/c.md": "# C\n\nIs d.\n",
}


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of what is read anew."""
    paths: list[str] = []

    def counting(source: Source, settings: Settings) -> Document | ExportFile:
        paths.append(source.path)
        return read(source, settings)

    monkeypatch.setattr(analysis, "read", counting)
    return paths


def test_only_what_changed_is_read(cache: Cache, parsed: list[str]) -> None:
    settings = Settings()
    first = read_all(sources(FILES, settings), settings, DocumentCache(cache))
    assert parsed == list(FILES)
    parsed.clear()
    assert read_all(sources(FILES, settings), settings, DocumentCache(cache)) == first
    assert parsed == []
    changed = sources({**FILES, "notes/a.md": "# Other\n", "notes/d.md": FILES["notes/a.md"]}, settings)
    assert read_all(changed, settings, DocumentCache(cache)) == [read(source, settings) for source in changed]
    assert parsed == ["notes/a.md", "notes/d.md"]


CHANGES: list[Callable[[Source], Source]] = [
    lambda source: replace(source, text=source.text + " "),
    lambda source: replace(source, path="notes/a.fr.md"),
    lambda source: replace(source, path="notes/b.md", text=source.text),
    lambda source: replace(source, root="glossary"),
    lambda source: replace(source, path=source.path + "#", text=source.text[1:]),
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_file_that_is_another_is_read(cache: Cache, parsed: list[str], change: Callable[[Source], Source]) -> None:
    settings = Settings()
    source = Source("notes/a.md", "# A\n\ntext\n")
    read_all([source], settings, DocumentCache(cache))
    assert read_all([change(source)], settings, DocumentCache(cache)) == [read(change(source), settings)]
    assert len(parsed) == 2


@pytest.mark.parametrize(
    ("option", "value"),
    [("languages", ("fr", "en")), ("docs_dir", "."), ("glossary_dir", "terms"), ("site_name", "Other")],
)
def test_another_option_is_another_reading(cache: Cache, parsed: list[str], option: str, value: Any) -> None:
    source = Source("notes/index.md", "Some text.\n")
    other = replace(Settings(), **{option: value})
    read_all([source], Settings(), DocumentCache(cache))
    assert read_all([source], other, DocumentCache(cache)) == [read(source, other)]
    assert len(parsed) == 2


def test_another_program_is_another_reading(cache: Cache, parsed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source("notes/a.md", "# A\n")
    for version in ("1", "2", "1"):
        monkeypatch.setattr(module, "_program", lambda version=version: (version,))
        read_all([source], Settings(), DocumentCache(cache))
    assert parsed == ["notes/a.md"] * 2


def test_the_program_is_all_its_files() -> None:
    names = {name for name, _, _ in module._program()[-1]}
    assert {"events.py", "codes", "links.py", "fr.yml", "node.py"} - names == {"codes"}


def test_two_files_of_one_name_are_both_read(cache: Cache) -> None:
    twins = [Source("notes/é.md", "# A\n"), Source("notes/é.md", "# B\n")]
    for _ in range(2):
        assert [each.title for each in read_all(twins, Settings(), DocumentCache(cache))] == ["A", "B"]  # type: ignore[union-attr]


class _Watched:
    """Settings that answer for some options only."""

    def __init__(self, settings: Settings, known: Iterable[str]) -> None:
        self._settings, self._known = settings, frozenset(known)

    def __getattr__(self, name: str) -> Any:
        assert name in self._known or name not in {each.name for each in fields(Settings)}, f"{name} is not in OPTIONS"
        return getattr(self._settings, name)


def test_reading_looks_at_no_other_option(corpus: Path) -> None:
    watched: Any = _Watched(WHOLE, OPTIONS)
    for folder in sorted(path for path in corpus.iterdir() if path.is_dir()):
        for source in load(folder, WHOLE).sources:
            assert read(source, watched) == read(source, WHOLE)


def test_the_corpus_reads_the_same_from_the_cache(
    corpus: Path, cache: Cache, parsed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aikb.system.parallel.can_fork", lambda: False)
    for folder in sorted(path for path in corpus.iterdir() if path.is_dir()):
        found = load(folder, WHOLE).sources
        plain = read_all(found, WHOLE)
        assert read_all(found, WHOLE, DocumentCache(cache)) == plain
        parsed.clear()
        assert read_all(found, WHOLE, DocumentCache(cache)) == plain
        assert parsed == []


def test_the_check_gets_no_blocks_it_does_not_ask_for(cache: Cache) -> None:
    settings = Settings()
    wanted = sources(FILES, settings)
    for _ in range(2):
        parsed = read_all(wanted, settings, DocumentCache(cache), lambda source: "aikb:" in source.text)
        assert [bool(each.blocks) for each in parsed if isinstance(each, Document)] == [False, True, False]
    whole = read_all(wanted, settings, DocumentCache(cache))
    assert whole == [read(source, settings) for source in wanted]


@pytest.mark.parametrize("data", [b"", b"D", b"E\xc0", b"D\x90", b"\x80\x04cos\nsystem\n(S'false'\ntR."])
@pytest.mark.parametrize("part", [b"h", b"b"])
def test_what_is_no_document_is_read_anew(
    cache: Cache, parsed: list[str], monkeypatch: pytest.MonkeyPatch, data: bytes, part: bytes
) -> None:
    settings = Settings()
    first = read_all(sources(FILES, settings), settings, DocumentCache(cache))
    get = Cache.get
    monkeypatch.setattr(
        Cache, "get", lambda self, keys: {k: data if k.endswith(part) else v for k, v in get(self, keys).items()}
    )
    assert read_all(sources(FILES, settings), settings, DocumentCache(cache)) == first
    assert parsed == list(FILES) * 2


def test_what_has_no_bytes_is_read_every_time(cache: Cache, parsed: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(each: Document | ExportFile) -> Packed:
        return pack(replace(each, title="\ud800") if isinstance(each, Document) and each.path == "notes/b.md" else each)

    monkeypatch.setattr(analysis, "pack", refusing)
    settings = Settings()
    wanted = sources(FILES, settings)
    for _ in range(2):
        assert read_all(wanted, settings, DocumentCache(cache)) == [read(source, settings) for source in wanted]
    assert parsed == [*FILES, "notes/b.md"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked on Linux")
def test_many_files_are_read_on_all_processors(cache: Cache) -> None:
    settings = Settings()
    many = sources({f"notes/{number}.md": f"# N {number}\n\nText of [one](1.md).\n" for number in range(400)}, settings)
    expected = [read(source, settings) for source in many]
    assert read_all(many, settings, DocumentCache(cache)) == expected
    assert read_all(many, settings, DocumentCache(cache)) == expected
