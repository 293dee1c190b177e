"""Three hundred places where people hide words, and a site with everything on: no word is in any of its files."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import built, contents, on_disk
from hiding_places import SEEN, knowledge_base, places, words_in

PLACES = {hidden[:6]: (name, path) for name, hidden, path, _ in places()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The knowledge base, built."""
    top = on_disk(tmp_path_factory.mktemp("hiding"), knowledge_base())
    built(top)
    return top


def _words_of(folder: Path) -> dict[str, list[str]]:
    """Where each word is, in the files of a folder and in their names."""
    found: dict[str, list[str]] = {}
    for path, data in contents(folder).items():
        for word in words_in(data) | words_in(path.encode()):
            found.setdefault(word, []).append(path)
    return found


def test_no_hidden_word_is_in_a_file_of_the_site(folder: Path) -> None:
    leaked = {PLACES[word]: paths[:4] for word, paths in _words_of(folder / "site").items()}
    assert leaked == {}
    assert len(PLACES) > 300


def test_the_search_for_words_sees_every_place(folder: Path) -> None:
    found = _words_of(folder)
    assert [place for word, place in PLACES.items() if word not in found] == []


@pytest.mark.parametrize(
    "kind", ["b/index.html", "fr/b/index.html", "b.md", "search/", "search/bundle.js", "previews/", "feed.xml"]
)
def test_what_nobody_hid_is_there(folder: Path, kind: str) -> None:
    files = {path: data for path, data in contents(folder / "site").items() if path.startswith(kind)}
    assert any(SEEN.encode() in data for data in files.values())
