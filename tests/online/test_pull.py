"""`aikb pull` against a server on this machine that speaks the documented API."""

from __future__ import annotations

import gzip
import json
import os
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from aikb.cli.main import main
from aikb.online.pull.book import (
    Book,
    ShapeError,
    file_name,
    merge_books,
    parse_json,
    read_page,
    to_bytes,
    without_deleted,
)
from aikb.online.pull.folder import STATE
from aikb.online.pull.token import Token
from aikb.system.network import Surroundings
from conftest import contents

SECRET = "s3cretTokenOfFiftyLetters"
DATE = "Fri, 20 Nov 2026 12:00:00 GMT"
SINCE = "2026-11-20T11:59:00Z"
EARLY, LATE = "2026-01-01T00:00:00Z", "2026-12-01T00:00:00Z"
Json = dict[str, Any]
Reply = Callable[["Handler"], None]


def highlight(id_: int, text: str = "", **more: Any) -> Json:
    return {"id": id_, "is_deleted": False, "text": text or f"Text {id_}", "location": id_, "updated_at": EARLY, **more}


def book(id_: int, title: str, *highlights: Json, **more: Any) -> Json:
    return {"user_book_id": id_, "is_deleted": False, "title": title, **more, "highlights": list(highlights)}


class Handler(BaseHTTPRequestHandler):
    """Answers as the documentation says, after what its server is told to do first."""

    server: Server

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        self.server.seen.append((url.path, query))
        if url.path == self.server.faulty and self.server.faults:
            self.server.faults.pop(0)(self)
        elif self.headers["Authorization"] != f"Token {SECRET}":
            self.answer(401, b'{"detail": "Invalid token."}')
        elif url.path == "/api/v2/auth/":
            self.answer(204)
        else:
            self.answer(200, json.dumps(self.server.page(query)).encode())

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response_only(status)
        for name, value in ({"Date": DATE} | headers).items():
            self.send_header(name.replace("_", "-"), value)
        if status != 204:
            self.send_header("Content-Length", headers.get("Content_Length", str(len(body))))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """An account at Readwise: books with highlights, each with its `updated_at`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.books: list[Json] = []
        self.page_size = 100
        self.seen: list[tuple[str, Json]] = []
        self.faulty = "/api/v2/export/"
        self.faults: list[Reply] = []

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/api/v2/"

    @property
    def exports(self) -> list[Json]:
        return [query for path, query in self.seen if path.endswith("/export/")]

    def page(self, query: Json) -> Json:
        """With `updatedAfter`, a book holds the highlights updated since, and no others."""
        deleted = query.get("includeDeleted") == "true"
        found = []
        for each in self.books:
            kept = [
                one
                for one in each["highlights"]
                if one["updated_at"] > query.get("updatedAfter", "") and (deleted or not one["is_deleted"])
            ]
            asked = "ids" not in query or str(each["user_book_id"]) in query["ids"].split(",")
            if asked and (kept or (each["is_deleted"] and deleted)):
                found.append({**each, "highlights": kept})
        start = int(query.get("pageCursor", 0))
        end = start + self.page_size
        return {"count": len(found), "nextPageCursor": end if end < len(found) else None, "results": found[start:end]}


@dataclass
class Reader:
    """Somebody with notes, a token and an account."""

    root: Path
    server: Server
    waits: list[float] = field(default_factory=list)
    output: str = ""

    @property
    def folder(self) -> Path:
        return self.root / "notes" / "readwise"

    def pull(self, *options: str) -> Result:
        result = CliRunner().invoke(main, ["pull", "--api", self.server.api, *options])
        self.output += result.output + repr(result.exception)
        return result

    def held(self) -> dict[str, Json]:
        """The books in the folder by file name."""
        files = {
            path.name: json.loads(path.read_bytes())
            for path in sorted(self.folder.glob("*.json"))
            if path.name != STATE
        }
        assert all(list(data) == ["count", "nextPageCursor", "results"] for data in files.values())
        return {name: data["results"][0] for name, data in files.items()}

    def texts(self) -> dict[str, list[str]]:
        return {name: [one["text"] for one in each["highlights"]] for name, each in self.held().items()}


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def reader(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    root = tmp_path / "base"
    (root / "notes").mkdir(parents=True)
    (root / "mkdocs.yml").write_text("site_name: N\ndocs_dir: notes\nplugins: [aikb]\n", encoding="utf-8")
    reader = Reader(root, server)
    server.books = [
        book(7, "Deep Work", highlight(2), highlight(1), author="Cal"),
        book(8, "Été à Paris", highlight(3)),
        book(9, "Third", highlight(4)),
    ]
    surroundings = Surroundings(lambda: 1_800_000_000.0, reader.waits.append, lambda: 0.5)
    monkeypatch.setattr("aikb.system.network.REAL", surroundings)
    monkeypatch.setenv("READWISE_TOKEN", SECRET)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(root)
    yield reader
    assert SECRET not in reader.output
    assert all(SECRET.encode() not in data for data in contents(root).values())


# What is fetched -------------------------------------------------------------------------------------------------------


def test_the_first_run_fetches_every_page(reader: Reader) -> None:
    reader.server.page_size = 2
    result = reader.pull()
    assert (result.exit_code, result.output) == (0, "notes/readwise: 3 new; 4 highlights in 3 books\n")
    assert reader.texts() == {
        "deep-work-7.json": ["Text 1", "Text 2"],
        "ete-a-paris-8.json": ["Text 3"],
        "third-9.json": ["Text 4"],
    }
    assert [path for path, _ in reader.server.seen] == ["/api/v2/auth/", "/api/v2/export/", "/api/v2/export/"]
    assert reader.server.exports == [{}, {"pageCursor": "2"}]


def test_a_bar_shows_how_many_books_are_there(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[tuple[int, int]] = []
    monkeypatch.setattr(
        "aikb.findings.report.progress.progress", lambda _: nullcontext(lambda done, total: steps.append((done, total)))
    )
    reader.server.page_size = 2
    reader.pull()
    assert steps == [(2, 3), (3, 3)]


def test_a_file_is_an_answer_of_the_api_with_one_book(reader: Reader) -> None:
    reader.server.books = [book(7, "T", {"id": 1, "text": "é\u2028\U0001f600", "odd": {"b": 1, "a": [1.5]}})]
    reader.server.books[0]["highlights"][0] |= {"updated_at": EARLY, "is_deleted": False}
    reader.pull()
    written = (reader.folder / "t-7.json").read_bytes().decode()
    assert written == (
        '{\n "count": 1,\n "nextPageCursor": null,\n "results": [\n  {\n   "user_book_id": 7,\n   "is_deleted": false,\n'
        '   "title": "T",\n   "highlights": [\n    {\n     "id": 1,\n     "text": "é\u2028\U0001f600",\n     "odd": {\n'
        '      "b": 1,\n      "a": [\n       1.5\n      ]\n     },\n'
        f'     "updated_at": "{EARLY}",\n     "is_deleted": false\n    }}\n   ]\n  }}\n ]\n}}\n'
    )


def test_half_a_surrogate_pair_is_kept(reader: Reader) -> None:
    reader.server.books = [book(7, "T\ud83d", highlight(1, "cut \ud83d"))]
    assert reader.pull().exit_code == 0
    assert reader.held()["t-7.json"]["highlights"][0]["text"] == "cut \ud83d"


def test_a_book_on_two_pages_is_one_book(reader: Reader) -> None:
    reader.server.page_size = 1
    reader.server.books = [book(7, "T", highlight(2)), book(7, "T", highlight(1))]
    reader.pull()
    assert reader.texts() == {"t-7.json": ["Text 1", "Text 2"]}


def test_a_later_run_fetches_what_is_new_and_merges_it(reader: Reader) -> None:
    reader.pull()
    before = contents(reader.folder)
    reader.server.seen.clear()
    reader.server.books[0]["highlights"] += [highlight(5, location=0, updated_at=LATE)]
    reader.server.books[0]["highlights"][0] |= {"text": "Edited", "updated_at": LATE}
    assert reader.pull().output == "notes/readwise: 1 changed; 5 highlights in 3 books\n"
    assert reader.server.exports == [{"updatedAfter": SINCE, "includeDeleted": "true"}]
    assert reader.texts()["deep-work-7.json"] == ["Text 5", "Text 1", "Edited"]
    after = contents(reader.folder)
    assert {name for name in after if after[name] != before.get(name)} == {"deep-work-7.json"}


def test_incremental_and_full_are_the_same_bytes(reader: Reader) -> None:
    reader.pull()
    reader.server.books[1]["highlights"] += [highlight(5, location=1, updated_at=LATE), highlight(6, updated_at=LATE)]
    reader.server.books.append(book(10, "Old and new", highlight(11), highlight(12, updated_at=LATE)))
    reader.pull()
    before = contents(reader.folder)
    assert reader.texts()["old-and-new-10.json"] == ["Text 11", "Text 12"]
    assert reader.pull("--full").output == "notes/readwise: nothing new; 8 highlights in 4 books\n"
    assert contents(reader.folder) == before


def test_where_nothing_is_new_no_byte_changes(reader: Reader) -> None:
    reader.pull()
    before = contents(reader.folder)
    reader.server.books[0]["highlights"][0]["updated_at"] = LATE
    assert json.loads(before[STATE]) == {"version": 1, "updatedAfter": SINCE}
    reader.pull()
    first = contents(reader.folder)
    assert first != before  # updated_at itself
    assert reader.pull().output == "notes/readwise: nothing new; 4 highlights in 3 books\n"
    assert contents(reader.folder) == first


def test_a_server_without_a_clock_is_asked_for_everything_again(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("test_pull.DATE", "yesterday")
    reader.pull()
    reader.pull()
    assert reader.server.exports == [{}, {}]
    assert STATE not in contents(reader.folder)


# What goes -------------------------------------------------------------------------------------------------------------


def test_deleted_highlights_and_books_go(reader: Reader) -> None:
    reader.pull()
    reader.server.books[0]["highlights"][0] |= {"is_deleted": True, "updated_at": LATE}
    reader.server.books[1]["is_deleted"] = True
    reader.server.books[2]["highlights"][0] |= {"is_deleted": True, "updated_at": LATE}
    assert reader.pull().output == "notes/readwise: 1 changed, 2 removed; 1 highlight in 1 book\n"
    assert reader.texts() == {"deep-work-7.json": ["Text 1"]}


def test_a_full_run_removes_what_is_no_more_and_nothing_of_others(reader: Reader) -> None:
    reader.pull()
    own = {
        "mine.json": b"[]",
        "mine-12.json": b"[]",
        "mine-13.json": to_bytes(Book(14, book(14, "x"))),
        "broken.json": b"{",
    }
    for name, data in own.items():
        (reader.folder / name).write_bytes(data)
    (reader.folder / "folder-15.json").mkdir()
    del reader.server.books[1:]
    assert "2 of 3 books would be removed" in reader.pull("--full").output
    assert reader.pull("--full", "--yes").output == "notes/readwise: 2 removed; 2 highlights in 1 book\n"
    assert contents(reader.folder).keys() == {"deep-work-7.json", STATE, *own}


def test_a_book_with_a_note_and_without_highlights_stays(reader: Reader) -> None:
    reader.server.books[0]["document_note"] = "Read again"
    reader.pull()
    for each in reader.server.books[0]["highlights"]:
        each |= {"is_deleted": True, "updated_at": LATE}
    reader.pull()
    assert reader.texts()["deep-work-7.json"] == []


def test_an_empty_answer_does_not_empty_the_folder(reader: Reader) -> None:
    reader.pull()
    before = contents(reader.folder)
    reader.server.books.clear()
    result = reader.pull("--full")
    assert (result.exit_code, result.output) == (
        1,
        "aikb: Readwise sends no highlights at all, and 3 books are here; nothing was changed\n",
    )
    assert contents(reader.folder) == before


def test_a_renamed_book_leaves_no_old_file(reader: Reader) -> None:
    reader.pull()
    reader.server.books[0]["title"] = "Deeper Work"
    reader.server.books[0]["highlights"][0]["updated_at"] = LATE
    assert reader.pull().output.startswith("notes/readwise: 1 changed;")
    assert sorted(reader.texts()) == ["deeper-work-7.json", "ete-a-paris-8.json", "third-9.json"]


def test_a_copy_that_a_crash_left_goes(reader: Reader) -> None:
    reader.pull()
    (reader.folder / "old-title-7.json").write_bytes(to_bytes(Book(7, book(7, "Old title", highlight(1)))))
    reader.pull("--full")
    assert sorted(reader.texts()) == ["deep-work-7.json", "ete-a-paris-8.json", "third-9.json"]


def test_a_highlight_that_moved_is_in_one_book(reader: Reader) -> None:
    reader.pull()
    moved = reader.server.books[0]["highlights"].pop(0)
    reader.server.books[1]["highlights"].append(moved | {"updated_at": LATE})
    reader.pull()
    assert list(reader.texts().values()) == [["Text 1"], ["Text 2", "Text 3"], ["Text 4"]]


# What is lost or damaged -----------------------------------------------------------------------------------------------


def test_a_book_whose_file_was_lost_is_fetched_whole(reader: Reader) -> None:
    reader.pull()
    (reader.folder / "deep-work-7.json").unlink()
    reader.server.seen.clear()
    reader.server.books[0]["highlights"].append(highlight(5, updated_at=LATE))
    reader.pull()
    assert reader.server.exports[1:] == [{"ids": "7"}]
    assert reader.texts()["deep-work-7.json"] == ["Text 1", "Text 2", "Text 5"]


def test_a_file_with_conflict_markers_is_fetched_anew(reader: Reader) -> None:
    reader.pull()
    before = contents(reader.folder)
    (reader.folder / "third-9.json").write_bytes(b"<<<<<<< HEAD\n{\n=======\n{\n>>>>>>> other\n")
    assert reader.pull().output == "notes/readwise: 1 changed; 4 highlights in 3 books\n"
    assert contents(reader.folder) == before


@pytest.mark.parametrize("state", ["", "{", "[]", '{"version": 2}', '{"version": 1, "updatedAfter": "x&ids=1"}'])
def test_a_state_that_cannot_be_read_means_everything(reader: Reader, state: str) -> None:
    reader.pull()
    before = contents(reader.folder)
    (reader.folder / STATE).write_text(state, encoding="utf-8")
    assert reader.pull().output == "notes/readwise: nothing new; 4 highlights in 3 books\n"
    assert reader.server.exports[-1] == {}
    assert contents(reader.folder) == before


def test_a_state_without_books_means_everything(reader: Reader) -> None:
    reader.pull()
    for path in reader.folder.glob("[!.]*.json"):
        path.unlink()
    assert reader.pull().output == "notes/readwise: 3 new; 4 highlights in 3 books\n"


# Failures --------------------------------------------------------------------------------------------------------------


def status(code: int, **headers: str) -> Reply:
    return lambda handler: handler.answer(code, f"{SECRET} in a body".encode(), **headers)


def cut(handler: Handler) -> None:
    """Half an answer, and no more."""
    body = json.dumps(handler.server.page({})).encode()
    handler.answer(200, body[: len(body) // 2], Content_Length=str(len(body)))


def silent(handler: Handler) -> None:
    handler.close_connection = True


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


def body(data: bytes) -> Reply:
    return lambda handler: handler.answer(200, data)


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry_After": "17"}, 17),
        ({"Retry_After": "Fri, 15 Jan 2027 08:00:30 GMT"}, 30),
        ({"Retry_After": "0"}, 1),
        ({"Retry_After": "soon"}, 60),
        ({}, 60),
    ],
)
def test_a_busy_server_is_left_alone_for_as_long_as_it_says(reader: Reader, headers: dict[str, str], wait: int) -> None:
    reader.server.faults = [status(429, **headers)]
    result = reader.pull()
    assert (result.exit_code, reader.waits) == (0, [wait])
    assert result.output.splitlines()[0] == f"aikb: Readwise is busy (429); asking again in {wait} s"
    assert len(reader.held()) == 3


def test_a_server_that_wants_an_hour_is_not_waited_for(reader: Reader) -> None:
    reader.server.faults = [status(429, Retry_After="3600")]
    result = reader.pull()
    assert (result.exit_code, reader.waits) == (1, [])
    assert result.output == "aikb: Readwise is busy (429) and stays so; try again in 60 min; nothing was changed\n"


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (cut, "the connection to Readwise was cut"),
        (silent, "the connection to Readwise was cut"),
        (status(502), "Readwise has a fault (502)"),
        (body(b'{"count": 1, "results": ['), "Readwise's answer cannot be read, or its end is missing"),
        (body(b"<html>maintenance"), "Readwise's answer cannot be read, or its end is missing"),
        (body(b"\xff"), "Readwise's answer cannot be read, or its end is missing"),
        (body(b'{"results": [NaN]}'), "Readwise's answer cannot be read, or its end is missing"),
        (body(b'{"results": [1e999]}'), "Readwise's answer cannot be read, or its end is missing"),
        (body(b"[" * 200_000), "Readwise's answer cannot be read, or its end is missing"),
    ],
)
def test_what_may_pass_is_tried_again_and_then_said(reader: Reader, fault: Reply, message: str) -> None:
    reader.server.faults = [fault]
    assert reader.pull().output == (
        f"aikb: {message}; asking again in 2 s\nnotes/readwise: 3 new; 4 highlights in 3 books\n"
    )
    before = contents(reader.folder)
    reader.waits.clear()
    reader.server.faults = [fault] * 5
    result = reader.pull()
    assert (result.exit_code, reader.waits) == (1, [2, 4, 8, 16])
    assert result.output.splitlines()[-1] == f"aikb: {message}, 5 times in a row; nothing was changed"
    assert contents(reader.folder) == before


@pytest.mark.parametrize(
    ("answer", "place"),
    [
        ([], "a map at the top"),
        ({}, "results"),
        ({"results": [], "nextPageCursor": {}}, "nextPageCursor"),
        ({"results": [1]}, "results[0]"),
        ({"results": [{"user_book_id": 7}]}, "results[0].highlights"),
        ({"results": [{"user_book_id": 7, "highlights": [{}]}]}, "results[0].highlights[0].id"),
        ({"results": [{"user_book_id": "7", "highlights": []}]}, "results[0].user_book_id"),
        ({"results": [{"user_book_id": True, "highlights": []}]}, "results[0].user_book_id"),
        ({"results": [{"user_book_id": 10**18, "highlights": []}]}, "results[0].user_book_id"),
    ],
)
def test_an_unexpected_shape_changes_nothing(reader: Reader, answer: object, place: str) -> None:
    reader.pull()
    before = contents(reader.folder)
    reader.server.faults = [body(json.dumps(answer).encode())]
    result = reader.pull()
    assert (result.exit_code, result.output) == (
        1,
        f"aikb: Readwise's answer is not as documented ({place}); nothing was changed\n",
    )
    assert contents(reader.folder) == before


def test_a_second_page_that_fails_leaves_everything_as_it_was(reader: Reader) -> None:
    reader.pull()
    before = contents(reader.root)
    reader.server.page_size = 1
    reader.server.books[0]["title"] = "Renamed"
    first = reader.server.page({})
    reader.server.faults = [body(json.dumps(first).encode()), *[cut] * 5]
    result = reader.pull("--full")
    assert result.exit_code == 1
    assert contents(reader.root) == before
    assert reader.pull("--full").exit_code == 0
    assert "renamed-7.json" in reader.held()


def test_pages_in_a_circle_come_to_an_end(reader: Reader) -> None:
    reader.server.faults = [body(json.dumps({"results": [], "nextPageCursor": "again"}).encode())] * 9
    assert reader.pull().output == "aikb: Readwise's pages lead in a circle; nothing was changed\n"


def paged(results: Callable[[int], list[Json]], cursor: Callable[[int], object] = str) -> Reply:
    """A server that always has another page; each is made of its number."""
    numbers = iter(range(10**9))

    def answer(handler: Handler) -> None:
        number = next(numbers)
        made = {"count": 1, "nextPageCursor": cursor(number), "results": results(number)}
        handler.answer(200, json.dumps(made).encode())

    return answer


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        (paged(lambda _: []), "Readwise's pages come to no end"),
        (paged(lambda _: [book(7, "Same", highlight(1))]), "Readwise's pages come to no end"),
        (paged(lambda at: [book(7, f"Title {at}", highlight(1))]), "Readwise's pages come to no end"),
        (paged(lambda at: [book(7 + at, "New", highlight(1 + at))]), "Readwise's pages come to no end"),
        (paged(lambda at: [book(7, "Same", highlight(1 + at))]), "Readwise's pages come to no end"),
        (paged(lambda at: [book(7 + at, "New", highlight(1))], lambda _: "a"), "Readwise's pages lead in a circle"),
        (paged(lambda at: [book(7 + at, "New")], lambda at: at % 7), "Readwise's pages lead in a circle"),
        (
            paged(lambda at: [book(7 + at, "New")], lambda at: "x" * 5_000 + str(at)),
            "Readwise's pages have no address that can be asked for",
        ),
        (paged(lambda at: [book(7 + at, "x" * 9_000)]), "Readwise's answers are larger than any can be"),
        (paged(lambda _: [], lambda _: 1.5), "Readwise's answer is not as documented (nextPageCursor)"),
        (paged(lambda _: [], lambda _: True), "Readwise's answer is not as documented (nextPageCursor)"),
    ],
)  # fmt: skip
def test_pages_without_end_are_given_up(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, reply: Reply, message: str
) -> None:
    reader.pull()
    before = contents(reader.folder)
    monkeypatch.setattr("aikb.online.pull.api._PAGES", 20)
    monkeypatch.setattr("aikb.online.pull.api._TOTAL", 100_000)
    reader.server.faults = [reply] * 40
    result = reader.pull("--full")
    assert (result.exit_code, result.output) == (1, f"aikb: {message}; nothing was changed\n")
    assert contents(reader.folder) == before
    assert len(reader.server.exports) < 24


def drip(handler: Handler) -> None:
    """Headers, and then a byte now and then."""
    handler.send_response_only(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(40):
        try:
            handler.wfile.write(b" ")
        except OSError:
            return
        time.sleep(0.05)


def drip_headers(handler: Handler) -> None:
    """A header now and then."""
    handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
    for at in range(40):
        try:
            handler.wfile.write(f"X-{at}: x\r\n".encode())
        except OSError:
            return
        time.sleep(0.05)


@pytest.mark.parametrize("slow", [drip, drip_headers])
def test_an_answer_that_comes_drop_by_drop_is_not_waited_for(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, slow: Reply
) -> None:
    monkeypatch.setattr("aikb.online.pull.api._SECONDS", 0.2)
    reader.server.faults = [slow]
    assert reader.pull().output.startswith("aikb: Readwise did not answer in time; asking again in 2 s\n")
    assert len(reader.held()) == 3


def packed(size: int) -> Reply:
    """A small answer that is a large one unpacked."""
    return lambda handler: handler.answer(200, gzip.compress(b" " * size), Content_Encoding="gzip")


def test_what_is_unpacked_counts(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aikb.online.pull.api._LARGEST", 1_000_000)
    reader.server.faults = [packed(20_000_000)]
    assert reader.pull().output == "aikb: Readwise's answer is larger than any can be; nothing was changed\n"


@pytest.mark.parametrize(
    "date",
    ["Fri, 20 Nov 2726 12:00:00 GMT", "Mon, 01 Jan 0001 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 -2359", "Fri", "é"],
)  # fmt: skip
def test_a_clock_that_cannot_be_is_none(reader: Reader, date: str) -> None:
    reader.server.faulty, reader.server.faults = "/api/v2/auth/", [status(204, Date=date)]
    assert reader.pull().exit_code == 0
    assert STATE not in contents(reader.folder)
    assert len(reader.held()) == 3


@pytest.mark.parametrize("value", ["false", "true", 0, 1, None, [], {}, "no"])
def test_only_what_is_said_to_be_deleted_is(reader: Reader, value: object) -> None:
    reader.server.faults = [
        body(json.dumps({"results": [book(7, "A", highlight(1, is_deleted=value), is_deleted=value)]}).encode())
    ]
    assert reader.pull().exit_code == 0
    assert reader.texts() == {"a-7.json": ["Text 1"]}


def test_a_full_answer_without_most_highlights_is_a_question(reader: Reader) -> None:
    reader.server.books = [
        book(each, f"B{each}", *(highlight(100 * each + at) for at in range(10))) for each in range(1, 4)
    ]
    reader.pull()
    before = contents(reader.folder)
    for each in reader.server.books:
        del each["highlights"][1:]
    result = reader.pull("--full")
    assert (result.exit_code, "27 of 30 highlights would be removed" in result.output) == (1, True)
    assert contents(reader.folder) == before
    assert reader.pull("--full", "--yes").exit_code == 0
    assert sum(map(len, reader.texts().values())) == 3


@pytest.mark.parametrize("left", [9, 10])
def test_a_tenth_may_go_without_a_question(reader: Reader, left: int) -> None:
    reader.server.books = [book(each, f"B{each}", highlight(each)) for each in range(1, 11)]
    reader.pull()
    del reader.server.books[left:]
    assert reader.pull("--full").exit_code == 0
    assert len(reader.held()) == left


def test_an_answer_nested_too_deeply_to_be_written_changes_nothing(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deep(_: Book) -> bytes:
        raise RecursionError

    monkeypatch.setattr("aikb.online.pull.run.to_bytes", deep)
    assert reader.pull().output == "aikb: Readwise's answer is nested too deeply; nothing was changed\n"


def test_an_answer_without_end_is_given_up(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aikb.online.pull.api._LARGEST", 10)
    assert reader.pull().output == "aikb: Readwise's answer is larger than any can be; nothing was changed\n"


@pytest.mark.parametrize("code", [400, 404, 300])
def test_other_errors_are_said_at_once(reader: Reader, code: int) -> None:
    reader.server.faults = [status(code)]
    result = reader.pull()
    assert (result.exit_code, result.output) == (
        1,
        f"aikb: Readwise answers with an error ({code}); nothing was changed\n",
    )


def test_nobody_answers(reader: Reader) -> None:
    result = reader.pull("--api", "http://127.0.0.1:9/api/v2/")
    assert result.exit_code == 1
    assert result.output.endswith("aikb: Readwise cannot be reached, 5 times in a row; nothing was changed\n")


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (httpx.ReadTimeout("x"), "Readwise did not answer in time, 5 times in a row"),
        (
            caused(httpx.ConnectError("x"), ssl.SSLCertVerificationError("self-signed")),
            "what answers in Readwise's place cannot prove that it is Readwise (certificate)",
        ),
    ],
)
def test_other_failures_of_the_network(
    reader: Reader, monkeypatch: pytest.MonkeyPatch, error: Exception, message: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(httpx.Client, "stream", fail)
    result = reader.pull()
    assert (result.exit_code, result.output.splitlines()[-1]) == (1, f"aikb: {message}; nothing was changed")


def test_a_disk_that_fails_leaves_everything_as_it_was(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    reader.pull()
    before = contents(reader.folder)
    replace = Path.replace

    def full(self: Path, target: Path) -> Path:
        if target.name == STATE and self.parent.name == "new":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    for each in reader.server.books:
        each["title"] += "!"
        each["highlights"][0] |= {"text": "New", "updated_at": LATE}
    monkeypatch.setattr(Path, "replace", full)
    result = reader.pull()
    assert (result.exit_code, result.output) == (
        2,
        "aikb: notes/readwise: cannot be written: No space left on device\n",
    )
    assert contents(reader.folder) == before


def test_ctrl_c_leaves_everything_as_it_was(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    reader.pull()
    before = contents(reader.folder)

    def stop(_: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("aikb.system.network.REAL", Surroundings(sleep=stop))
    reader.server.faults = [cut]
    result = reader.pull("--full")
    assert (result.exit_code, result.output.splitlines()[-1]) == (1, "aikb: stopped; nothing was changed")
    assert contents(reader.folder) == before


def test_a_fault_of_ours_is_told_from_the_others(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aikb.online.pull.run.pull", lambda *_, **__: 1 / 0)
    result = reader.pull()
    assert (result.exit_code, result.output) == (
        3,
        "aikb: a fault of aikb's own: ZeroDivisionError (--debug shows where)\n",
    )
    assert "Traceback" in reader.pull("--debug").output


# The token -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/api/v2/auth/", "/api/v2/export/"])
@pytest.mark.parametrize("code", [401, 403])
def test_a_bad_token_is_said_and_changes_nothing(reader: Reader, path: str, code: int) -> None:
    reader.pull()
    before = contents(reader.folder)
    reader.server.faulty, reader.server.faults = path, [status(code)]
    result = reader.pull()
    assert (result.exit_code, result.output) == (
        2,
        f"aikb: Readwise refuses the token from READWISE_TOKEN ({code}); https://readwise.io/access_token shows it\n",
    )
    assert contents(reader.folder) == before


@pytest.mark.parametrize("code", [301, 302, 307, 308])
def test_the_token_is_not_sent_to_another_host(reader: Reader, code: int) -> None:
    with Server() as other:
        thread = threading.Thread(target=other.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        reader.server.faults = [status(code, Location=f"{other.api}export/")]
        result = reader.pull()
        other.shutdown()
        thread.join()
    assert (result.exit_code, result.output) == (
        1,
        "aikb: Readwise redirects to another host, which the token is not sent to; nothing was changed\n",
    )
    assert other.seen == []


def test_a_redirect_within_the_host_is_followed(reader: Reader) -> None:
    reader.server.faults = [status(308, Location="/api/v2/export/?x=1")]
    assert reader.pull().exit_code == 0
    reader.server.faults = [status(308, Location="/api/v2/export/")] * 9
    assert reader.pull().output == "aikb: Readwise redirects in a circle; nothing was changed\n"
    for location in (
        "http://x:y/",
        "http://[::1",
        "//",
        "http://\u00e9\u00e9:99999999/",
        "\x7f",
        "http://127.0.0.1:0/",
    ):
        reader.server.faults = [status(308, Location=location)] * 9
        assert reader.pull().exit_code == 1, location
    reader.server.faults = [status(308)] * 9
    assert reader.pull().exit_code == 1


@pytest.mark.parametrize(
    "api",
    [
        "https://evil.example/api/v2/",
        "http://readwise.io/api/v2/",
        "https://readwise.io.evil.example/api/v2/",
        "http://127.0.0.1@evil.example/",
        "http://192.168.0.1/",
        "ftp://127.0.0.1/",
        "http://localhost/",
        "http://[",
        "",
    ],
)
def test_no_other_host_can_be_named(reader: Reader, api: str) -> None:
    result = reader.pull("--api", api)
    assert (result.exit_code, result.output) == (
        2,
        "aikb: --api: the token is sent to https://readwise.io/api/v2/ or to a loopback address, and nowhere else\n",
    )


def test_proxies_and_netrc_of_the_environment_are_not_used(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc = reader.root.parent / "netrc"
    netrc.write_text("default login me password other\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    assert reader.pull().exit_code == 0


@pytest.fixture
def file(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A good token file outside the notes, and nothing in the environment."""
    monkeypatch.delenv("READWISE_TOKEN")
    file = reader.root.parent / "config" / "aikb" / "readwise-token"
    file.parent.mkdir(parents=True)
    file.write_text(f"{SECRET}\n", encoding="utf-8")
    file.chmod(0o600)
    return file


def test_the_token_is_found_in_its_file(reader: Reader, file: Path) -> None:
    assert reader.pull().exit_code == 0


def test_the_token_is_found_in_a_file_that_is_named(
    reader: Reader, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("READWISE_TOKEN", "other")
    assert reader.pull("--token-file", str(file)).exit_code == 0


def test_without_a_token_both_ways_are_named(reader: Reader, file: Path) -> None:
    file.unlink()
    result = reader.pull()
    assert result.exit_code == 2
    assert result.output == (
        f"aikb: no Readwise token: set READWISE_TOKEN, or write it to {file} (mode 600); "
        "https://readwise.io/access_token shows it\n"
    )


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o606])
def test_a_file_that_others_may_read_is_refused(reader: Reader, file: Path, mode: int) -> None:
    file.chmod(mode)
    result = reader.pull()
    assert (result.exit_code, result.output) == (
        2,
        f"aikb: {file}: others than you may read this token; `chmod 600` it\n",
    )


@pytest.mark.skipif(os.name != "posix", reason="it is POSIX that has named pipes")
def test_a_token_may_come_through_a_pipe(reader: Reader, file: Path) -> None:
    pipe = file.parent / "pipe"
    os.mkfifo(pipe)
    thread = threading.Thread(target=pipe.write_text, args=(SECRET,))
    thread.start()
    assert reader.pull("--token-file", str(pipe)).exit_code == 0
    thread.join()


@pytest.mark.parametrize("place", ["token", "notes/token", "../outer/token"])
def test_a_file_that_could_be_published_is_refused(reader: Reader, file: Path, place: str) -> None:
    outer = reader.root.parent / "outer"
    outer.mkdir()
    subprocess.run(["git", "init", "-q", outer], check=True)
    inside = reader.root / place
    file.rename(inside)
    (file.parent / "link").symlink_to(inside)
    for named in (str(inside), place, str(file.parent / "link")):
        result = reader.pull("--token-file", named, *(["--into", str(outer / "a" / "b")] if ".." in place else []))
        assert result.exit_code == 2
        assert "a token is not kept in" in result.output
    assert reader.server.seen == []
    inside.unlink()


@pytest.mark.parametrize("text", ["", "two words", "line\nline", f"{SECRET}é", f"{SECRET}\x00"])
def test_what_is_no_token_is_not_repeated(reader: Reader, file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    result = reader.pull()
    assert (
        result.output
        == f"aikb: {file}: this is no Readwise token, which is one word; https://readwise.io/access_token shows it\n"
    )


def test_a_file_that_is_not_there_is_said(reader: Reader, file: Path) -> None:
    result = reader.pull("--token-file", str(file.parent))
    assert (result.exit_code, result.output) == (2, f"aikb: {file.parent}: the token cannot be read: Is a directory\n")


def test_a_token_does_not_show_itself() -> None:
    assert repr(Token(SECRET, "x")) == "Token(origin='x')"


# Where it goes ---------------------------------------------------------------------------------------------------------


def test_another_folder_needs_no_knowledge_base(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: Path
) -> None:
    monkeypatch.chdir(tmp_path)  # which the token's file is in, too
    assert reader.pull("--into", "elsewhere").output == "elsewhere: 3 new; 4 highlights in 3 books\n"
    assert reader.pull().exit_code == 2  # without mkdocs.yml


def test_a_folder_that_is_a_file_is_said(reader: Reader) -> None:
    reader.folder.write_text("", encoding="utf-8")
    result = reader.pull()
    assert (result.exit_code, result.output) == (2, "aikb: notes/readwise: cannot be read: Not a directory\n")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Deep Work", "deep-work-7.json"),
        ("L’Œuvre d’été", "l-oeuvre-d-ete-7.json"),
        ("../../etc/passwd", "etc-passwd-7.json"),
        ("C:\\a\\b", "c-a-b-7.json"),
        ("CON", "con-7.json"),
        (".hidden ", "hidden-7.json"),
        ('a<b>:"/\\|?*\0\n\x1b[31m', "a-b-31m-7.json"),
        ("🎧", "untitled-7.json"),
        ("", "untitled-7.json"),
        ("\u202egnp.exe", "gnp-exe-7.json"),
        ("深度工作", "深度工作-7.json"),
        ("한국", "한국-7.json"),
        ("x" * 999, f"{'x' * 60}-7.json"),
    ],
)
def test_names_are_safe_whatever_the_title(reader: Reader, title: str, name: str) -> None:
    reader.server.books = [book(7, title, highlight(1))]
    assert reader.pull().exit_code == 0
    assert list(reader.held()) == [name]


def test_titles_that_differ_in_case_only_are_two_files_on_every_disk(reader: Reader) -> None:
    reader.server.books = [book(7, "Aa", highlight(1)), book(8, "aA", highlight(2))]
    reader.pull()
    assert list(reader.held()) == ["aa-7.json", "aa-8.json"]


def test_a_name_that_some_disks_take_for_the_same_is_kept(reader: Reader) -> None:
    reader.pull()
    (reader.folder / "third-9.json").rename(reader.folder / "THIRD-9.json")
    reader.server.books[2]["highlights"][0] |= {"text": "New", "updated_at": LATE}
    reader.pull()
    assert reader.texts()["THIRD-9.json"] == ["New"]
    assert "third-9.json" not in reader.texts()


@given(st.text(), st.integers(1, 10**18 - 1))
def test_a_name_is_one_part_of_a_path_and_unique(title: str, id_: int) -> None:
    name = file_name(Book(id_, book(id_, title)))
    assert len(name.encode()) <= 255
    assert Path(name).name == name
    assert name.isprintable()
    assert not set(name) & set('<>:"/\\|?* ')
    assert name[0] not in ".-"
    assert name.endswith(f"-{id_}.json")


@given(
    st.lists(st.tuples(st.integers(1, 5), st.booleans(), st.text(max_size=2), st.one_of(st.none(), st.integers(0, 3))))
)
def test_pulling_in_pieces_comes_to_what_pulling_at_once_does(
    changes: list[tuple[int, bool, str, int | None]],
) -> None:
    pieces = [
        Book(7, book(7, "T", highlight(id_, text, is_deleted=gone, location=at))) for id_, gone, text, at in changes
    ]
    state, at_once = Book(7, book(7, "T")), Book(7, book(7, "T"))
    for each in pieces:
        state = without_deleted(merge_books(state, each))
        at_once = merge_books(at_once, each)
    assert to_bytes(state) == to_bytes(without_deleted(at_once))


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda each: st.lists(each) | st.dictionaries(st.text(), each),
    )
)
def test_no_json_is_a_traceback(data: object) -> None:
    for each in (data, {"results": data}, {"results": [{"user_book_id": data, "highlights": data}]}):
        try:
            read_page(parse_json(json.dumps(each).encode()))
        except ShapeError:
            continue
