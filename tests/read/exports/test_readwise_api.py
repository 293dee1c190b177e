"""Readwise's API export as JSON: pages, books, highlights, and files that are damaged."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aikb.model.highlights import Category, Heading, Highlight, Location, Work
from aikb.model.source import Source
from aikb.read.exports.api import FORMAT
from aikb.read.exports.format import Export, Text


def highlight(number: int = 1, **fields: Any) -> dict[str, Any]:
    return {"id": number, "text": f"Passage {number}.", "note": "", "tags": [], "is_deleted": False, **fields}


def book(*highlights: Any, **fields: Any) -> dict[str, Any]:
    return {
        "user_book_id": 7,
        "title": "Tides",
        "readable_title": "Tides",
        "book_tags": [],
        **fields,
        "highlights": list(highlights),
    }


def page(*books: Any) -> dict[str, Any]:
    return {"count": len(books), "nextPageCursor": None, "results": list(books)}


def read(data: Any) -> Export:
    text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
    source = Text(Source("notes/readwise.json", text))
    assert FORMAT.recognises(source)
    return FORMAT.read(source)


def work(data: Any) -> Work:
    export = read(data)
    assert not export.diagnostics
    (only,) = export.works
    return only


def texts(export: Export) -> list[str]:
    return [each.text for one in export.works for each in one.highlights]


def test_a_book_and_its_highlight() -> None:
    one = highlight(
        10,
        text="It rises.\r\nTwice.",
        note=".favorite Always.",
        color="yellow",
        tags=[{"id": 1, "name": "sea"}, {"id": 2, "name": "yellow"}],
        is_favorite=True,
        location=226,
        end_location=228,
        location_type="location",
        highlighted_at="2025-01-01T00:01:00.123Z",
        updated_at="2025-02-01T00:01:00Z",
        url=None,
        readwise_url="https://readwise.io/open/10",
    )
    data = page(
        book(
            one,
            title="Tides &amp; ports",
            author="Ann Shore, Bob Reef and Cy Bay",
            category="books",
            source_url="https://example.org/tides",
            readwise_url="https://readwise.io/bookreview/7",
            cover_image_url="https://example.org/c.png",
            summary="On water.",
            document_note="Read *twice*.",
            book_tags=[{"id": 3, "name": "blue"}],
        )
    )
    text = json.dumps(data)
    start = text.index('{"id": 10')
    assert work(data) == Work(
        title="Tides & ports",
        authors=("Ann Shore", "Bob Reef", "Cy Bay"),
        category=Category.BOOK,
        id="7",
        url="https://example.org/tides",
        readwise_url="https://readwise.io/bookreview/7",
        cover="https://example.org/c.png",
        updated="2025-02-01T00:01",
        tags=("blue",),
        note="Read *twice*.",
        summary="On water.",
        highlights=(
            Highlight(
                text="It rises.\nTwice.",
                id="10",
                note="Always.",
                tags=("sea", "favorite"),
                color="yellow",
                location=Location("location", "226-228"),
                url="https://readwise.io/open/10",
                date="2025-01-01T00:01",
                start=start,
                end=text.index("]}]}", start),
            ),
        ),
        form="api",
        start=text.index('{"user_book_id"'),
    )


@pytest.mark.parametrize(
    "shape",
    [
        page,
        lambda one, two: [page(one), page(two)],
        lambda one, two: [one, two],
        lambda one, two: {"results": [one, two]},
        lambda one, two: [[page(one)], {"results": [two], "count": 1}],
    ],
)
def test_pages_come_in_every_shape(shape: Any) -> None:
    export = read(shape(book(highlight(1)), book(highlight(2), title="Sand")))
    assert [(one.title, texts(Export((one,)))) for one in export.works] == [
        ("Tides", ["Passage 1."]),
        ("Sand", ["Passage 2."]),
    ]


def test_one_book_alone_with_its_keys_in_any_order() -> None:
    assert work(book(highlight())).title == "Tides"
    assert work(json.dumps(book(highlight()), sort_keys=True, indent=1)).id == "7"


@pytest.mark.parametrize(
    ("kind", "place", "end", "shown"),
    [
        ("page", 12, None, ("page", "12")),
        ("location", 12.0, 12, ("location", "12")),
        ("time_offset", 3_671, None, ("time", "1:01:11")),
        ("time_offset", float("nan"), None, None),
        ("order", 4, 9, ("order", "4")),
        ("offset", 400, 9, ("order", "400")),
        ("location", 0, None, None),
        ("none", 4, None, None),
        ("page", None, None, None),
        ("page", [1], None, None),
        (None, 4, None, None),
    ],
)
def test_places(kind: Any, place: Any, end: Any, shown: tuple[str, str] | None) -> None:
    one = highlight(location_type=kind, location=place, end_location=end)
    assert work(book(one)).highlights[0].location == (Location(*shown) if shown else None)


def test_highlights_go_in_the_order_of_the_work_under_its_headings() -> None:
    def at(number: int, place: int | None, **fields: Any) -> dict[str, Any]:
        kind = None if place is None else "page"
        return highlight(
            number, location=place, location_type=kind, highlighted_at=f"2025-01-0{number}T00:00:00Z", **fields
        )

    found = work(book(at(5, 9), at(4, None), at(3, 2), at(2, 2), at(1, 1, tags=[{"name": "h2"}], note=".h2")))
    assert [(each.id, each.headings) for each in found.highlights] == [
        (number, (Heading(2, "Passage 1."),)) for number in ("2", "3", "4", "5")
    ]


def test_an_address_in_reader_is_another_name_of_the_highlight() -> None:
    found = work(book(highlight(url="https://read.readwise.io/read/01HABC"))).highlights[0]
    assert (found.id, found.aliases, found.url) == ("1", ("h-01habc",), "https://read.readwise.io/read/01HABC")


def test_what_was_deleted_is_not_there() -> None:
    export = read(page(book(highlight(1), highlight(2, is_deleted=True)), book(highlight(3), is_deleted=True)))
    assert (texts(export), export.diagnostics) == (["Passage 1."], ())


def test_a_private_address_is_not_the_works_own() -> None:
    found = work(book(highlight(), source_url="https://read.readwise.io/read/x", unique_url="mailto:a@example.org"))
    assert (found.url, found.readwise_url) == ("", "https://read.readwise.io/read/x")


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "<!-- open", "```\nopen", "a\0b", "\ud800", "x" * 300_000, "[" * 9]
)
def test_hostile_text_stays_in_its_highlight(text: str) -> None:
    export = read(json.dumps(page(book(highlight(1, text=text), highlight(2)))))
    assert texts(export) == [text.replace("\0", "\ufffd").replace("\ud800", "\ufffd"), "Passage 2."]
    assert texts(export)[0].encode()


@pytest.mark.parametrize("wrong", [7, None, "x", [1], True, {"a": {}}, 1.5])
def test_fields_of_the_wrong_type_are_nothing(wrong: Any) -> None:
    names = "note tags color location location_type highlighted_at url readwise_url id end_location".split()
    others = (
        "author category cover_image_url summary document_note book_tags source_url readwise_url user_book_id".split()
    )
    export = read(page(book(highlight(**dict.fromkeys(names, wrong)), **dict.fromkeys(others, wrong))))
    assert (texts(export), export.diagnostics) == (["Passage 1."], ())


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        (highlight(2, text=None), "its text is missing or is no text"),
        (highlight(2, text=["x"]), "its text is missing or is no text"),
        ({}, "its text is missing or is no text"),
        (5, "it is no object"),
        (None, "it is no object"),
    ],
)
def test_a_highlight_that_is_none_is_a_finding(bad: Any, problem: str) -> None:
    export = read(json.dumps(page(book(highlight(1), bad, highlight(3))), indent=0))
    assert texts(export) == ["Passage 1.", "Passage 3."]
    (found,) = export.diagnostics
    assert (found.code, found.message, found.line > 10) == (
        "readwise-record",
        f"this record cannot be read: {problem}",
        True,
    )


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        ({**book(), "highlights": 7}, "its highlights are no list"),
        (7, "it is no object"),
        ({"user_book_id": 9}, "it has neither a title nor highlights"),
    ],
)
def test_a_book_that_is_none_is_a_finding(bad: Any, problem: str) -> None:
    export = read(page(book(highlight(1)), bad, book(highlight(3))))
    assert texts(export) == ["Passage 1.", "Passage 3."]
    assert [each.message for each in export.diagnostics] == [f"this record cannot be read: {problem}"]


def test_a_file_that_breaks_off_keeps_what_came_before() -> None:
    whole = json.dumps(page(book(highlight(1)), book(highlight(2), highlight(3), title="Sand")))
    export = read(whole[: whole.index('"Passage 3.')])
    assert texts(export) == ["Passage 1.", "Passage 2."]
    (found,) = export.diagnostics
    assert found.message.endswith("; nothing after it is read")


def test_a_file_too_deep_or_too_big_a_number_is_a_finding() -> None:
    for bad in ("[" * 200_000, "9" * 5_000):
        whole = json.dumps(page(book(highlight(1)), 0)).replace("0]}", f"{bad}]}}")
        export = read(whole)
        assert (texts(export), [each.code for each in export.diagnostics]) == (["Passage 1."], ["readwise-record"])


@given(st.integers(0, 400))
def test_wherever_a_file_is_cut_nothing_raises(at: int) -> None:
    whole = json.dumps([page(book(highlight(1), highlight(2))), page(book(highlight(3)))])
    source = Text(Source("notes/readwise.json", whole[:at]))
    export = FORMAT.read(source)
    assert texts(export) == [f"Passage {number}." for number in range(1, len(texts(export)) + 1)]
    assert export.diagnostics or at >= len(whole)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from(["results", "highlights", "text", "title", "id"]), inner)
    ),
)


@given(JSON)
def test_no_json_raises(data: Any) -> None:
    export = FORMAT.read(Text(Source("notes/x.json", json.dumps(data))))
    assert all(isinstance(each.text, str) for one in export.works for each in one.highlights)
