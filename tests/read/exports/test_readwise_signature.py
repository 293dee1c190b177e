"""What is taken for an export of highlights by its first 4 kB, and what never is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aikb.read.exports.sniff import HEAD, is_export

CLIPPING = (
    "Tides (Ann Shore)\n- Your Highlight on Location 1-2 | Added on Sunday, February 23, 2020 2:58:27 PM\n\nIt rises.\n"
)
BOOK = {"user_book_id": 7, "title": "Tides", "readable_title": "Tides", "highlights": [{"id": 1, "text": "a"}]}
DOCUMENT = {
    "id": "1",
    "url": "https://read.readwise.io/read/1",
    "category": "rss",
    "site_name": "",
    "word_count": 1,
    "parent_id": None,
}
ROAM = [{"title": "Tides", "children": [{"string": "Author:: [[Ann Shore]]", "uid": "x"}], "edit-time": 1}]


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".csv", "Highlight,Book Title,Book Author,Amazon Book ID\na,b,c,d\n"),
        (".CSV", '"Highlight";"Book Title";"Book Author"'),
        (".json", json.dumps({"count": 1, "nextPageCursor": None, "results": [BOOK]})),
        (".json", json.dumps([{"results": [BOOK]}], indent=4)),
        (".json", json.dumps(BOOK)),
        (".json", json.dumps(BOOK, sort_keys=True)),
        (
            ".json",
            json.dumps(
                {"count": 1, "nextPageCursor": None, "results": [{"user_book_id": 7, "summary": "x" * HEAD, **BOOK}]}
            ),
        ),
        (".json", json.dumps({"results": [DOCUMENT]})),
        (".json", json.dumps(ROAM)),
        (".json", json.dumps([{"title": "Empty", "edit-time": 1}, *ROAM])),
        (".txt", CLIPPING),
        (".txt", CLIPPING + "x" * 9_000),
        (".txt", "\n" + CLIPPING.replace("\n", "\r\n")),
        (".txt", "Marées (Ann)\n- Votre signet sur la page 3 | Ajouté le lundi 6 mai 2024\n\n\n==========\n"),
        (".txt", "Tides\n- Your Note\u00a0on Location 3\n\nwhy?\n==========\n"),
    ],
)
def test_exports(suffix: str, text: str) -> None:
    for data in (text.encode(), b"\xef\xbb\xbf" + text.encode(), text.encode("utf-16")):
        assert is_export(data[:HEAD], suffix)


@pytest.mark.parametrize(
    ("suffix", "text"),
    [
        (".csv", "Highlight,Book,Author\n"),
        (".csv", "name,Highlight,Book Title,Book Author\n"),
        (".json", "{}"),
        (".json", "[]"),
        (".json", '{"title": "Tides", "highlights": []}'),
        (".json", '{"results": [], "nextPageCursor": null, "count": 0}'),
        (".json", '{"compilerOptions": {"strict": true}}'),
        (".json", '{"posts": [{"id": 1, "parent_id": 2, "word_count": 3, "category": "x", "site_name": "y"}]}'),
        (".json", '{"title": "x", "children": [{"string": "y", "uid": "z"}]}'),
        (".json", '[{"title": "x", "children": [{"name": "y"}]}]'),
        (".json", '{"user_book_id": 7, "status": "read"}'),
        (".json", '"user_book_id": 7, "highlights": []'),
        (".txt", "Shopping\n- Note 5: eggs | milk\n"),
        (".txt", "Tides\n==========\n\nIt rises.\n"),
        (".txt", "Tides\nYour Highlight on Location 1-2 | Added on Sunday\n==========\n"),
        (".md", CLIPPING),
        ("", CLIPPING),
        (".txt", ""),
        (".csv", ""),
        (".json", "\ufeff"),
    ],
)
def test_other_files(suffix: str, text: str) -> None:
    assert not is_export(text.encode()[:HEAD], suffix)


@pytest.mark.parametrize(
    "head", [b"\xff\xfe\x00", b"\xff\xfe", bytes(range(256)) * 16, b"\xef\xbb", b"[" * HEAD, b'"' * HEAD, b" " * HEAD]
)
def test_no_head_raises(head: bytes) -> None:
    assert [suffix for suffix in (".csv", ".json", ".txt") if is_export(head, suffix)] == []


def test_nothing_of_the_corpus_but_the_clippings(corpus: Path) -> None:
    found = [
        path.name
        for path in sorted(corpus.rglob("*"))
        if path.is_file() and any(is_export(path.read_bytes()[:HEAD], suffix) for suffix in (".csv", ".json", ".txt"))
    ]
    assert found == ["My Clippings.txt"]
