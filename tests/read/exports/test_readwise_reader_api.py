"""Reader's API list as JSON: documents, and children by their parent's id."""

from __future__ import annotations

import json
from typing import Any

import pytest

from aikb.model.highlights import Category, Highlight, Work
from aikb.model.source import Source
from aikb.read.exports.format import Export, Text
from aikb.read.exports.reader_api import FORMAT


def record(name: str, category: str, parent: str | None = None, **fields: Any) -> dict[str, Any]:
    return {
        "id": name,
        "url": f"https://read.readwise.io/read/{name}",
        "category": category,
        "word_count": 3,
        "site_name": "",
        "reading_progress": 0,
        "parent_id": parent,
        **fields,
    }


def document(name: str = "d1", **fields: Any) -> dict[str, Any]:
    return record(name, "article", title="Tides", source_url="https://example.org/tides", **fields)


def highlight(name: str, parent: str = "d1", **fields: Any) -> dict[str, Any]:
    return record(name, "highlight", parent, **{"content": f"Passage {name}.", **fields})


def read(*records: Any) -> Export:
    text = json.dumps({"count": len(records), "nextPageCursor": None, "results": list(records)})
    source = Text(Source("notes/reader.json", text))
    assert FORMAT.recognises(source)
    return FORMAT.read(source)


def work(*records: Any) -> Work:
    export = read(*records)
    assert not export.diagnostics
    (only,) = export.works
    return only


def test_a_document_its_highlight_and_its_notes() -> None:
    found = work(
        record("n1", "note", "h1", content="Is it so?"),
        highlight(
            "h1",
            notes=".sea It is.",
            tags={"sea": {"name": "Sea", "type": "manual"}, "x": None},
            created_at="2025-01-01T00:01:00+00:00",
        ),
        document(
            author="Ann Shore",
            tags={"blue": {"name": "blue"}},
            published_date=1_700_000_000_000,
            updated_at="2024-01-01",
            summary="On water.",
            image_url="https://example.org/c.png",
            notes="Read twice.",
        ),
        record("n2", "note", "d1", content="And again."),
    )
    assert found.highlights == (
        Highlight(
            text="Passage h1.",
            id="h1",
            note=".sea It is.\n\nIs it so?",
            tags=("Sea", "x"),
            url="https://read.readwise.io/read/h1",
            date="2025-01-01T00:01",
            start=found.highlights[0].start,
            end=found.highlights[0].end,
        ),
    )
    assert (found.title, found.authors, found.category, found.id, found.tags) == (
        "Tides", ("Ann Shore",), Category.ARTICLE, "d1", ("blue",),
    )  # fmt: skip
    assert (found.url, found.readwise_url) == ("https://example.org/tides", "https://read.readwise.io/read/d1")
    assert (found.date, found.updated, found.form) == ("2023-11-14", "2025-01-01T00:01", "reader")
    assert (found.note, found.summary, found.cover) == (
        "Read twice.\n\nAnd again.",
        "On water.",
        "https://example.org/c.png",
    )


def test_highlights_go_as_they_were_made() -> None:
    made = {name: f"2025-01-01T00:00:0{name[1]}.5Z" for name in ("h3", "h1", "h2")}
    found = work(document(), *(highlight(name, created_at=at) for name, at in made.items()))
    assert [each.id for each in found.highlights] == ["h1", "h2", "h3"]


def test_documents_without_a_mark_of_the_reader_are_left_out() -> None:
    assert [
        each.id for each in read(document("a"), document("b", notes="Good."), document("c"), highlight("h", "c")).works
    ] == [
        "b",
        "c",
    ]


def test_highlights_of_a_document_elsewhere_are_kept() -> None:
    found = work(highlight("h1", "far"), highlight("h2", "far"))
    assert (found.title, found.id, [each.id for each in found.highlights]) == ("far", "far", ["h1", "h2"])


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        (7, "it is no object"),
        ({"category": "article"}, "it has no id"),
        ({"id": "x"}, "it has no category"),
        (highlight("h2", content=None), "its content is missing or is no text"),
        (record("n", "note", "nowhere", content="x"), "it is a note on what is not in this file"),
    ],
)
def test_a_record_that_is_none_is_a_finding(bad: Any, problem: str) -> None:
    export = read(document(), bad, highlight("h1"))
    assert [each.id for each in export.works[0].highlights] == ["h1"]
    assert [each.message for each in export.diagnostics] == [f"this record cannot be read: {problem}"]


@pytest.mark.parametrize("wrong", [7, None, "x", [1], True, {"a": {}}])
def test_fields_of_the_wrong_type_are_nothing(wrong: Any) -> None:
    names = (
        "tags notes created_at saved_at url title author source_url image_url published_date updated_at summary".split()
    )
    fields = dict.fromkeys(names, wrong)
    export = read({**document(), **fields}, highlight("h1", **fields), {**highlight("h2"), "parent_id": wrong})
    assert (sum(len(each.highlights) for each in export.works), export.diagnostics) == (2, ())


@pytest.mark.parametrize("moment", [1e300, -1e300, float("nan"), 10**400])
def test_moments_that_are_none(moment: float) -> None:
    assert work(document(published_date=moment), highlight("h1")).date == ""
