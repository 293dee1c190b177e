"""The polite check of external links, against a server that the test starts; no other host is ever asked.

The only door to it is `Addresses(…, allow_loopback=True)`, which the command line does not have.
"""

from __future__ import annotations

import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from aikb.analysis import analyse, read
from aikb.cli.main import main
from aikb.findings.codes.table import CODES
from aikb.findings.report.progress import progress
from aikb.model.finding import Severity
from aikb.online.external import address, fetch
from aikb.online.external.address import Addresses, LookupFailedError, NoSuchHostError, PrivateAddressError, numeric
from aikb.online.external.cache import AGES, NAME, is_fresh, open_cache, write_cache
from aikb.online.external.check import check_external, outlinks
from aikb.online.external.fetch import Fetcher
from aikb.online.external.hosts import ask_all
from aikb.online.external.politeness import Politeness
from aikb.online.external.verdict import Answer, Entry, Outcome, Verdict, is_network_down, judge, update_entry
from aikb.settings import Settings, SettingsError
from aikb.system.network import Surroundings, retry_after
from conftest import places, sources

DAY = 86_400.0
NOON = 1_790_000_000.0 // DAY * DAY + DAY / 2
PUBLIC = "93.184.215.14"
Reply = Callable[["Handler"], None]


@dataclass
class Clock:
    """A clock that only sleeping moves."""

    time: float = NOON
    slept: list[float] = field(default_factory=list)
    chance: float = 0.5
    _lock: Any = field(default_factory=threading.Lock)

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.slept.append(seconds)
            self.time += seconds

    @property
    def surroundings(self) -> Surroundings:
        return Surroundings(self.now, self.sleep, lambda: self.chance)


class Handler(BaseHTTPRequestHandler):
    """Answers as its server's `pages` say."""

    server: Server
    protocol_version = "HTTP/1.1"
    _busy_with: str | None = None

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True

    def _answer(self) -> None:
        server = self.server
        host = self.headers["Host"].partition(":")[0]
        with server.lock:
            server.seen.append((self.command, self.path))
            server.headers.append(dict(self.headers.items()))
            server.busy[host] = server.busy.get(host, 0) + 1
            server.most = max(server.most, server.busy[host])
        self._busy_with = host
        try:
            server.pages[self.path](self)
        finally:
            self._answered()

    def end_headers(self) -> None:
        # before a byte is sent: once the client has the answer, it may ask again while this thread still ends
        self._answered()
        super().end_headers()

    def _answered(self) -> None:
        host, self._busy_with = self._busy_with, None
        if host is not None:
            with self.server.lock:
                self.server.busy[host] -= 1

    do_HEAD = do_GET = _answer  # noqa: N815 - as the base class has it

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """A server on this machine, and what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.lock = threading.Lock()
        self.pages: dict[str, Reply] = {}
        self.seen: list[tuple[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.busy: dict[str, int] = {}
        self.most = 0
        self.done = threading.Event()

    def url(self, path: str, host: str = "site.example") -> str:
        return f"http://{host}:{self.server_port}{path}"


def page(status: int, body: bytes = b"", **headers: str) -> Reply:
    def reply(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        if handler.command != "HEAD":
            handler.wfile.write(body)

    return reply


def in_turn(*replies: Reply) -> Reply:
    left = list(replies)

    def reply(handler: Handler) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(handler)

    return reply


def by_method(head: Reply, get: Reply) -> Reply:
    return lambda handler: (head if handler.command == "HEAD" else get)(handler)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.done.set()
        running.shutdown()
        thread.join()


@pytest.fixture
def clock() -> Clock:
    return Clock()


def resolver(host: str) -> Sequence[str]:
    """The names of these tests; all others do not exist."""
    known = {"private.example": ["10.0.0.1"], "both.example": [PUBLIC, "192.168.1.1"], "empty.example": []}
    if host in known:
        return known[host]
    if host.endswith("site.example"):
        return ["127.0.0.1"]
    if host == "unsure.example":
        raise socket.gaierror(socket.EAI_AGAIN, "try again")
    raise socket.gaierror(socket.EAI_NONAME, "no such name")


@pytest.fixture
def fetcher(clock: Clock) -> Iterator[Fetcher]:
    with Fetcher(Addresses(resolver, allow_loopback=True), Politeness(), clock.surroundings) as made:
        yield made


# --- verdicts


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        *((Answer(Outcome.STATUS, status), Verdict.OK) for status in (200, 203, 204, 206, 304, 416)),
        *((Answer(Outcome.STATUS, status), Verdict.DEAD) for status in (404, 410)),
        *(
            (Answer(Outcome.STATUS, status), Verdict.UNKNOWN)
            for status in (300, 302, 400, 401, 402, 403, 405, 406, 408, 418, 429, 451, 500, 502, 503, 504, 520, 999)
        ),
        *((Answer(Outcome.STATUS, status, challenge=True), Verdict.UNKNOWN) for status in (200, 202, 403, 404, 503)),
        (Answer(Outcome.NO_SUCH_HOST), Verdict.DEAD),
        (Answer(Outcome.REFUSED), Verdict.DEAD),
        (Answer(Outcome.CERTIFICATE), Verdict.DEAD),
        *(
            (Answer(outcome), Verdict.UNKNOWN)
            for outcome in Outcome
            if outcome not in (Outcome.STATUS, Outcome.NO_SUCH_HOST, Outcome.REFUSED, Outcome.CERTIFICATE)
        ),
    ],
)
def test_what_one_answer_says(answer: Answer, expected: Verdict) -> None:
    assert judge(answer) is expected


GONE, FOUND, WALL = Answer(Outcome.STATUS, 404), Answer(Outcome.STATUS, 200), Answer(Outcome.STATUS, 403)


@pytest.mark.parametrize(
    ("answers", "dead", "failed"),
    [
        ([(0, GONE)], False, 1),
        ([(0, GONE), (0.1, GONE), (0.2, GONE), (0.3, GONE)], False, 1),  # often, on one day
        ([(0, GONE), (1, GONE)], False, 2),
        ([(0, GONE), (1, GONE), (2, GONE)], True, 3),
        ([(0, GONE), (30, Answer(Outcome.REFUSED)), (90, Answer(Outcome.NO_SUCH_HOST))], True, 3),
        ([(0, GONE), (1, WALL), (2, GONE), (3, GONE)], True, 3),  # what is unknown neither counts nor forgives
        ([(0, GONE), (1, GONE), (2, FOUND), (3, GONE)], False, 1),  # found once, and it starts again
        ([(0, GONE), (1, GONE), (2, GONE), (3, WALL)], False, 3),
        ([(day, GONE) for day in range(40)], True, 10),
    ],
)
def test_dead_is_who_fails_on_three_different_days(
    answers: list[tuple[float, Answer]], dead: bool, failed: int
) -> None:
    entry = None
    for days, answer in answers:
        entry = update_entry(entry, answer, NOON + days * DAY)
    assert entry is not None
    assert (entry.dead, len(entry.failed)) == (dead, failed)


def test_the_first_failing_day_is_never_forgotten() -> None:
    entry = None
    for day in range(40):
        entry = update_entry(entry, GONE, NOON + day * DAY)
    assert entry is not None
    assert entry.failed[0] == "2026-09-21"
    assert entry.failed[-1] == "2026-10-30"


def test_where_nobody_answers_the_fault_is_the_network() -> None:
    nobody = [(host, Answer(Outcome.NO_SUCH_HOST)) for host in "abc"]
    assert is_network_down(nobody)
    assert not is_network_down(nobody[:2])
    assert not is_network_down([*nobody, ("d", WALL)])


def test_reasons_are_words() -> None:
    assert Answer(Outcome.STATUS, 404).reason == "404 Not Found"
    assert Answer(Outcome.STATUS, 999).reason == "999"
    assert Answer(Outcome.STATUS, 403, challenge=True).reason == "403 Forbidden (it asks whether a human is there)"
    assert Answer(Outcome.CERTIFICATE, detail="expired").reason == "certificate not valid (expired)"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("60", 60.0),
        (" 0 ", 0.0),
        ("Mon, 21 Sep 2026 12:02:00 GMT", 120.0),
        ("Mon, 21 Sep 2020 12:02:00 GMT", 0.0),
        ("-5", None),
        ("soon", None),
        ("", None),
    ],
)
def test_retry_after(header: str, expected: float | None) -> None:
    assert retry_after(header, NOON) == expected


# --- cache


@pytest.mark.parametrize(
    ("verdict", "days", "fresh"),
    [
        (Verdict.OK, 6.9, True),
        (Verdict.OK, 7.1, False),
        (Verdict.DEAD, 0.9, True),
        (Verdict.DEAD, 1.0, False),
        (Verdict.UNKNOWN, 0.04, True),
        (Verdict.UNKNOWN, 0.05, False),
        (Verdict.OK, -0.1, False),  # from the future
    ],
)
def test_how_long_a_verdict_holds(verdict: Verdict, days: float, fresh: bool) -> None:
    assert is_fresh(Entry(NOON, verdict), NOON + days * DAY) is fresh


def test_a_host_that_wants_to_be_left_alone_longer_is() -> None:
    entry = Entry(NOON, Verdict.UNKNOWN, wait=DAY / 2)
    assert is_fresh(entry, NOON + DAY / 3)
    assert not is_fresh(entry, NOON + DAY)
    assert not is_fresh(replace(entry, wait=1e12), NOON + 8 * DAY)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    entries = {
        "https://a.example/é": Entry(NOON, Verdict.OK),
        "https://b.example/": Entry(NOON, Verdict.DEAD, "404 Not Found", ("2026-09-20", "2026-09-21")),
        "https://c.example/": Entry(NOON, Verdict.UNKNOWN, "429", (), 3600.0),
    }
    folder = tmp_path / "deep" / "cache"
    assert open_cache(folder) == {}
    write_cache(folder, {**entries, "https://old.example/": Entry(NOON - 200 * DAY, Verdict.OK)}, NOON)
    assert open_cache(folder) == entries
    assert sorted(each.name for each in folder.iterdir()) == [".gitignore", NAME]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "[" * 100_000,
        '{"version": 2, "urls": {}}',
        '{"version": 1, "urls": []}',
        '{"version": 1, "urls": {"https://a.example/": 3}}',
        '{"version": 1, "urls": {"https://a.example/": {"checked": "x", "verdict": "ok"}}}',
        '{"version": 1, "urls": {"https://a.example/": {"checked": 1, "verdict": "fine"}}}',
        '{"version": 1, "urls": {"https://a.example/": {"checked": 1, "verdict": "dead"}}}',
        '{"version": 1, "urls": {"https://a.example/": {"checked": 1, "verdict": "dead", "failed": 3}}}',
    ],
)
def test_a_cache_that_cannot_be_read_is_an_empty_one(tmp_path: Path, text: str) -> None:
    (tmp_path / NAME).write_text(text, encoding="utf-8")
    assert open_cache(tmp_path) == {}


def test_a_cache_that_cannot_be_kept_is_a_matter_of_configuration(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="the cache cannot be kept here"):
        open_cache(tmp_path / "file")
    with pytest.raises(SettingsError, match="the cache cannot be written"):
        write_cache(tmp_path / "missing", {}, NOON)


# --- addresses


@pytest.mark.parametrize(
    "host",
    """
    127.0.0.1 127.1 127.0.1 0x7f.1 0x7f000001 2130706433 017700000001 0177.0.0.01 127.0.0.1. 0 0.0.0.0 %31%32%37.0.0.1
    １２７.0.0.1 127。0。0。1 ::1 [::1] :: ::ffff:127.0.0.1 ::ffff:7f00:1 ::127.0.0.1 ::ffff:0:127.0.0.1
    10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 0xc0.0xa8.1 100.64.0.1 100.100.100.200 198.18.0.1
    169.254.169.254 0xa9fea9fe 2852039166 ::ffff:169.254.169.254 64:ff9b::a9fe:a9fe 2002:a9fe:a9fe:: fe80::1 fe80::1%25eth0
    fd00:ec2::254 fc00::1 fec0::1 ff02::1 2001:db8::1 3fff::1 2001::1 100::1 5f00::1 4000::1 64:ff9b:1::1
    224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 192.0.2.1 198.51.100.1 203.0.113.1 192.0.0.192 192.88.99.1
    168.63.129.16 localhost LOCALHOST localhost. a.localhost printer.local metadata.google.internal nas.home.arpa
    private.example both.example
    """.split(),
)
def test_private_addresses_in_every_form(host: str) -> None:
    with pytest.raises(PrivateAddressError):
        Addresses(resolver).of(host)


@pytest.mark.parametrize(
    ("host", "found"),
    [
        (PUBLIC, PUBLIC),
        ("0x5db8d70e", PUBLIC),
        (f"::ffff:{PUBLIC}", str(ip_address("::ffff:5db8:d70e"))),  # Python 3.13 writes it in another way
        ("64:ff9b::5db8:d70e", "64:ff9b::5db8:d70e"),
        ("2606:4700::1111", "2606:4700::1111"),
    ],
)
def test_public_addresses(host: str, found: str) -> None:
    assert Addresses(resolver).of(host) == (found,)


@pytest.mark.parametrize(
    "host", ["1.2.3.4.5", "256.1.1.1", "1.2.3.256", "08.1", "4294967296", "1.16777216", "a.1", ":::"]
)
def test_what_looks_like_an_address_and_is_none(host: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        numeric(host)
    with pytest.raises(NoSuchHostError):
        Addresses(resolver).of(host)


def test_one_address_of_each_family_in_the_resolvers_order() -> None:
    found = ["2606:4700::1", "2606:4700::2", "1.1.1.1", "1.0.0.1"]
    assert Addresses(lambda _: found).of("a.example") == ("2606:4700::1", "1.1.1.1")


def test_names_that_are_not_found() -> None:
    addresses = Addresses(resolver)
    for host in ("nobody.example", "empty.example"):
        with pytest.raises(NoSuchHostError):
            addresses.of(host)
    for _ in range(2):
        with pytest.raises(LookupFailedError):
            addresses.of("unsure.example")


def test_the_door_for_tests_opens_to_loopback_only() -> None:
    addresses = Addresses(resolver, allow_loopback=True)
    assert addresses.of("127.0.0.1") == addresses.of("site.example") == ("127.0.0.1",)
    for host in ("10.0.0.1", "169.254.169.254", "private.example", "0.0.0.0"):
        with pytest.raises(PrivateAddressError):
            addresses.of(host)


def test_a_name_is_resolved_once_and_the_checked_address_is_used() -> None:
    """Rebinding: the second answer would be private, and is never asked for."""
    answers = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(405 if request.method == "HEAD" else 200, stream=httpx.ByteStream(b""))

    clock = Clock()
    addresses = Addresses(lambda _: next(answers))
    with Fetcher(addresses, Politeness(), clock.surroundings, httpx.MockTransport(answer)) as fetcher:
        assert fetcher.ask("https://rebind.example:8443/a").status == 200
    assert [each.url.host for each in asked] == [PUBLIC, PUBLIC]
    assert {each.headers["host"] for each in asked} == {"rebind.example:8443"}
    assert {each.extensions["sni_hostname"] for each in asked} == {"rebind.example"}


def test_the_second_address_is_tried_where_the_first_is_out_of_reach() -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        if len(asked) == 1:
            raise httpx.ConnectError("no way") from OSError(101, "network is unreachable")
        return httpx.Response(200)

    addresses = Addresses(lambda _: ["2606:4700::1", PUBLIC])
    with Fetcher(addresses, Politeness(), Clock().surroundings, httpx.MockTransport(answer)) as fetcher:
        assert fetcher.ask("https://a.example/").status == 200
    assert asked == ["2606:4700::1", PUBLIC]


def _certificate(code: int, message: str) -> Exception:
    error = ssl.SSLCertVerificationError(1, message)
    error.verify_code, error.verify_message = code, message
    return error


@pytest.mark.parametrize(
    ("causes", "outcome"),
    [
        ([ConnectionRefusedError(111, "refused")], Outcome.REFUSED),
        ([OSError(101, "unreachable")], Outcome.NETWORK),
        ([OSError(101, "unreachable"), ConnectionRefusedError(111, "refused")], Outcome.REFUSED),
        ([ConnectionRefusedError(111, "refused"), OSError(104, "reset")], Outcome.NETWORK),
        ([_certificate(10, "certificate has expired")], Outcome.CERTIFICATE),
        ([_certificate(62, "Hostname mismatch")], Outcome.CERTIFICATE),
        ([_certificate(20, "unable to get local issuer certificate")], Outcome.NETWORK),
        ([ssl.SSLError(1, "handshake failure")], Outcome.NETWORK),
    ],
)
def test_connections_that_fail(causes: list[Exception], outcome: Outcome) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("failed") from causes[1 if request.url.host == PUBLIC and len(causes) > 1 else 0]

    found = ["2606:4700::1", PUBLIC] if len(causes) > 1 else [PUBLIC]
    with Fetcher(
        Addresses(lambda _: found), Politeness(), Clock().surroundings, httpx.MockTransport(answer)
    ) as fetcher:
        assert fetcher.ask("https://a.example/").outcome is outcome


def test_the_systems_resolver(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET6, 1, 6, "", ("fe80::1%eth0", 0, 0, 2)), (socket.AF_INET, 1, 6, "", (PUBLIC, 0))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    assert address.system_resolver("a.example") == ["fe80::1", PUBLIC]


# --- fetching


def test_head_is_enough(server: Server, fetcher: Fetcher) -> None:
    server.pages["/"] = page(200)
    assert judge(fetcher.ask(server.url("/#fragment"))) is Verdict.OK
    assert server.seen == [("HEAD", "/")]
    headers = {name.lower(): value for name, value in server.headers[0].items()}
    assert headers.pop("user-agent").startswith("aikb/")
    assert headers.pop("host") == f"site.example:{server.server_port}"
    assert sorted(headers) == ["accept", "accept-encoding", "connection"]


@pytest.mark.parametrize("status", [403, 404, 405, 500, 501])
def test_where_head_is_refused_get_asks_for_a_range(
    server: Server, fetcher: Fetcher, clock: Clock, status: int
) -> None:
    server.pages["/"] = by_method(page(status), page(206, b"x" * 100_000))
    assert judge(fetcher.ask(server.url("/"))) is Verdict.OK
    assert server.seen == [("HEAD", "/"), ("GET", "/")]
    assert server.headers[1]["Range"] == "bytes=0-16383"
    assert clock.slept == [1.0]


@pytest.mark.parametrize(
    ("reply", "verdict"),
    [
        (page(404), Verdict.DEAD),
        (page(410), Verdict.DEAD),
        (page(403), Verdict.UNKNOWN),
        (page(403, cf_mitigated="challenge"), Verdict.UNKNOWN),
        (page(999), Verdict.UNKNOWN),
        (page(404, b"<html><title>Just a moment...</title>"), Verdict.UNKNOWN),
        (page(202, x_amzn_waf_action="challenge"), Verdict.UNKNOWN),
        (by_method(page(405), page(200, b"<script>window._cf_chl_opt={}</script>")), Verdict.UNKNOWN),
        (page(301), Verdict.UNKNOWN),  # without saying where to
        (page(302, Location="mailto:a@b.example"), Verdict.UNKNOWN),
        (page(302, Location="http://["), Verdict.UNKNOWN),
        (page(302, Location="http://nobody.example/"), Verdict.DEAD),
    ],
)
def test_what_a_server_answers(server: Server, fetcher: Fetcher, reply: Reply, verdict: Verdict) -> None:
    server.pages["/"] = reply
    assert judge(fetcher.ask(server.url("/"))) is verdict


def test_nobody_listens(fetcher: Fetcher) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        assert fetcher.ask(f"http://127.0.0.1:{free.getsockname()[1]}/").outcome is Outcome.REFUSED


@pytest.mark.parametrize("status", [403, 429, 503])
def test_retry_after_is_obeyed(server: Server, fetcher: Fetcher, clock: Clock, status: int) -> None:
    server.pages["/"] = in_turn(page(status, Retry_After="60"), page(200))
    assert judge(fetcher.ask(server.url("/"))) is Verdict.OK
    assert clock.slept == [60.0]


def test_retry_after_beyond_the_budget_leaves_the_host_alone(server: Server, fetcher: Fetcher, clock: Clock) -> None:
    server.pages["/"] = page(429, Retry_After="3600")
    server.pages["/b"] = page(200)
    answer = fetcher.ask(server.url("/"))
    assert (answer.status, answer.retry_after, clock.slept) == (429, 3600.0, [])
    assert fetcher.ask(server.url("/b")).outcome is Outcome.RESTING
    assert fetcher.ask(server.url("/b", "other.site.example")).status == 200


def test_all_waiting_for_a_host_stays_within_the_budget(server: Server, fetcher: Fetcher, clock: Clock) -> None:
    for path in "/a", "/b", "/c":
        server.pages[path] = in_turn(page(503, Retry_After="50"), page(200))
    answers = [fetcher.ask(server.url(path)) for path in ("/a", "/b", "/c")]
    assert [answer.status for answer in answers] == [200, 200, 503]
    assert clock.slept == [50.0, 1.0, 50.0, 1.0]


def test_a_busy_host_is_asked_again_ever_more_slowly(server: Server, fetcher: Fetcher, clock: Clock) -> None:
    server.pages["/"] = page(500)
    clock.chance = 0.75
    assert fetcher.ask(server.url("/")).status == 500
    assert [method for method, _ in server.seen] == ["HEAD", "GET", "GET", "GET"]
    assert clock.slept == [1.0, 2.5, 5.0]


def test_too_many_requests_to_the_end_is_a_host_left_alone(server: Server, fetcher: Fetcher) -> None:
    server.pages["/"] = page(429)
    assert fetcher.ask(server.url("/")).status == 429
    assert len(server.seen) == 3
    assert fetcher.ask(server.url("/")).outcome is Outcome.RESTING


def silent(handler: Handler) -> None:
    handler.server.done.wait()


def dripping(handler: Handler) -> None:
    """Send a header a byte at a time, faster than any single wait gives up."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    while not handler.server.done.wait(0.02):
        handler.wfile.write(b"x")


def test_a_silent_host(server: Server, clock: Clock) -> None:
    server.pages["/"] = silent
    politeness = Politeness(timeout=0.05)
    with Fetcher(Addresses(resolver, allow_loopback=True), politeness, clock.surroundings) as fetcher:
        assert fetcher.ask(server.url("/")).outcome is Outcome.TIMEOUT
        assert [method for method, _ in server.seen] == ["HEAD", "GET"]
        assert fetcher.ask(server.url("/")).outcome is Outcome.RESTING


def test_a_host_that_drips(server: Server, clock: Clock) -> None:
    server.pages["/"] = dripping
    politeness = Politeness(timeout=5, deadline=0.2)
    with Fetcher(Addresses(resolver, allow_loopback=True), politeness, clock.surroundings) as fetcher:
        began = time.monotonic()
        assert fetcher.ask(server.url("/")).outcome is Outcome.TIMEOUT
        assert time.monotonic() - began < 4


def endless(handler: Handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while not handler.server.done.is_set():
        handler.wfile.write(b"x" * 10_000)


def test_a_page_without_end_is_not_read_to_its_end(server: Server, fetcher: Fetcher) -> None:
    server.pages["/"] = by_method(page(405), endless)
    assert fetcher.ask(server.url("/")).status == 200


def test_redirects_are_followed(server: Server, fetcher: Fetcher, clock: Clock) -> None:
    server.pages["/a"] = page(301, Location="/b#x")
    server.pages["/b"] = by_method(page(405), page(302, Location=server.url("/c", "other.site.example")))
    server.pages["/c"] = page(307, Location="d")
    server.pages["/d"] = page(404)
    answer = fetcher.ask(server.url("/a"))
    assert answer.reason == f"404 Not Found (at {server.url('/d', 'other.site.example')})"
    assert [path for _, path in server.seen] == ["/a", "/b", "/b", "/c", "/d", "/d"]


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://0xa9fea9fe/",
        "http://[::ffff:10.0.0.1]/",
        "http://private.example/",
        "//10.0.0.1/",
        "http://both.example/",
    ],
)
def test_a_redirect_to_a_private_address_is_refused(server: Server, fetcher: Fetcher, target: str) -> None:
    server.pages["/"] = page(302, Location=target)
    answer = fetcher.ask(server.url("/"))
    assert answer.outcome is Outcome.PRIVATE
    assert len(server.seen) == 1


def test_redirects_in_a_circle(server: Server, fetcher: Fetcher) -> None:
    server.pages["/a"] = page(302, Location="/b")
    server.pages["/b"] = page(302, Location="/a")
    assert fetcher.ask(server.url("/a")).outcome is Outcome.REDIRECTS
    assert len(server.seen) == 2


def test_redirects_without_end(server: Server, fetcher: Fetcher) -> None:
    for number in range(30):
        server.pages[f"/{number}"] = page(302, Location=f"/{number + 1}")
    assert fetcher.ask(server.url("/0")).outcome is Outcome.REDIRECTS
    assert len(server.seen) == 11


def test_no_cookies_and_no_credentials(
    server: Server, clock: Clock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".netrc").write_text("default login me password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    monkeypatch.setenv("HTTP_PROXY", "http://user:secret@127.0.0.1:9")
    server.pages["/a"] = page(302, Location="/b", Set_Cookie="session=secret; Path=/")
    server.pages["/b"] = page(302, Location=f"http://me:secret@site.example:{server.server_port}/c")
    with Fetcher(Addresses(resolver, allow_loopback=True), Politeness(), clock.surroundings) as fetcher:
        assert fetcher.ask(server.url("/a")).outcome is Outcome.CREDENTIALS
        assert fetcher.ask(f"http://me:secret@site.example:{server.server_port}/c").outcome is Outcome.CREDENTIALS
    assert [path for _, path in server.seen] == ["/a", "/b"]
    for headers in server.headers:
        assert not {"cookie", "authorization", "proxy-authorization", "referer"} & {name.lower() for name in headers}


@pytest.mark.parametrize(
    "url", ["ftp://site.example/", "http://", "https:///x", "http://[", "http://\x00/", "http://xn--/"]
)
def test_what_is_no_address_on_the_web(fetcher: Fetcher, url: str) -> None:
    assert judge(fetcher.ask(url)) is not Verdict.OK


def test_one_host_is_never_asked_two_things_at_once(server: Server) -> None:
    def slow(handler: Handler) -> None:
        handler.server.done.wait(0.01)
        page(200)(handler)

    def elsewhere(handler: Handler) -> None:
        page(302, Location=handler.server.url(handler.path.replace("/to", "/at")))(handler)

    urls = []
    for number in range(8):
        server.pages[f"/at{number}"] = slow
        server.pages[f"/to{number}"] = elsewhere
        urls += [(f"h{number}", server.url(f"/to{number}", f"h{number}.site.example"))]
        urls += [("site.example", server.url(f"/at{number}"))]
    clock = Clock()
    with Fetcher(Addresses(resolver, allow_loopback=True), Politeness(), clock.surroundings) as fetcher:
        answers = dict(ask_all(fetcher.ask, urls, 6))
    assert len(answers) == 16
    assert {answer.status for answer in answers.values()} == {200}
    assert server.most == 1


def test_a_fault_of_ours_comes_out(clock: Clock) -> None:
    def fails(url: str) -> Answer:
        raise ZeroDivisionError(url)

    with pytest.raises(ZeroDivisionError):
        list(ask_all(fails, [("a", "b")], 2))


# --- the check


def found_in(files: dict[str, str], folder: Path, fetcher: Fetcher, **given: Any) -> list[Any]:
    settings = Settings()
    relations, _ = analyse([read(each, settings) for each in sources(files, settings)], settings)
    return list(check_external(list(outlinks(relations)), folder, fetcher, **given))


def run(files: dict[str, str], folder: Path, time: float = NOON) -> list[Any]:
    with Fetcher(Addresses(resolver, allow_loopback=True), Politeness(), Clock(time).surroundings) as fetcher:
        return found_in(files, folder, fetcher)


def test_a_url_is_asked_for_once_and_reported_at_each_place(server: Server, fetcher: Fetcher, tmp_path: Path) -> None:
    server.pages["/gone"] = page(404)
    server.pages["/wall"] = page(999)
    server.pages["/"] = page(200)
    gone, wall, fine = server.url("/gone"), server.url("/wall"), server.url("/", "z.site.example")
    notes = {
        "notes/a.md": f"[a]({gone})\n[b]({gone}#part)\n[c]({fine}) <{wall}>\n",
        "notes/b.md": f"![b]({gone}) [c](http://private.example/) <a href='http://127.0.0.1:1/'>x</a>\n[n](http://no.example)\n",
        "notes/draft.md": f"---\ndraft: true\n---\n[a]({server.url('/secret')})\n",
    }
    steps: list[tuple[int, int]] = []
    found = found_in(notes, tmp_path, fetcher, progress=lambda done, total: steps.append((done, total)))
    assert [f"{each.path}:{each.line} {each.code}" for each in found] == [
        "notes/a.md:1 external-suspect",
        "notes/a.md:2 external-suspect",
        "notes/a.md:3 external-unknown",
        "notes/b.md:1 external-suspect",
        "notes/b.md:1 external-private-address",
        "notes/b.md:1 external-suspect",
        "notes/b.md:2 external-suspect",
    ]
    assert [path for _, path in server.seen].count("/gone") == 2  # HEAD and GET
    assert "/secret" not in [path for _, path in server.seen]
    assert steps == [(number, 6) for number in range(1, 7)]


def test_dead_on_the_third_day_and_what_is_known_is_not_asked_again(server: Server, tmp_path: Path) -> None:
    server.pages["/gone"] = page(404)
    server.pages["/"] = page(200)
    gone = server.url("/gone")
    notes = {"notes/a.md": f"[a]({gone}) [b]({server.url('/')})\n"}
    codes, asked = [], []
    for hours in (0, 1, 12, 24, 36, 48, 168, 24 * 8):
        server.seen.clear()
        found = run(notes, tmp_path, NOON + hours * 3600)
        codes.append([each.code for each in found])
        asked.append(sorted({path for _, path in server.seen}))
    suspect, dead = ["external-suspect"], ["external-dead"]
    assert codes == [suspect, suspect, suspect, suspect, suspect, dead, dead, dead]
    assert asked == [["/", "/gone"], [], [], ["/gone"], [], ["/gone"], ["/gone"], ["/", "/gone"]]
    assert found[0].suggestion == f"https://web.archive.org/web/{gone}"
    assert found[0].message == (
        f"{gone} is dead: 404 Not Found; it keeps failing since 2026-09-21 "
        f"(an archive to look in: https://web.archive.org/web/{gone})"
    )
    server.pages["/gone"] = page(200)
    assert run(notes, tmp_path, NOON + 10 * DAY) == []


def test_where_no_host_answers_nothing_is_held_against_the_pages(tmp_path: Path) -> None:
    notes = {"notes/a.md": "".join(f"[a](https://{host}.example/)\n" for host in ("a", "b", "c"))}
    for day in range(4):
        found = run(notes, tmp_path, NOON + day * DAY)
        assert {each.code for each in found} == {"external-unknown"}
    assert json.loads((tmp_path / NAME).read_text())["urls"] == {}


def test_what_was_learned_is_kept_when_a_run_is_interrupted(server: Server, fetcher: Fetcher, tmp_path: Path) -> None:
    def interrupt(done: int, _: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    server.pages["/"] = page(200)
    notes = {"notes/a.md": "".join(f"[a]({server.url('/', f'{host}.site.example')})\n" for host in "abcd")}
    with pytest.raises(KeyboardInterrupt):
        found_in(notes, tmp_path, fetcher, progress=interrupt)
    assert len(open_cache(tmp_path)) == 2


def test_an_address_with_a_password_is_an_error_without_asking_anybody() -> None:
    text = (
        "[a](https://user:secret@host.example/x) ![b](HTTP://user:secret@host.example/p.png) [c](https://TOKEN@host.example)\n"
        "[d](https://medium.example/@user) [e](https://host.example/?q=a@b) [f](mailto:a@b.example) [g](https://@host.example/)\n"
    )
    settings = Settings()
    relations, found = analyse([read(each, settings) for each in sources({"notes/a.md": text}, settings)], settings)
    found = tuple(each for each in found if each.code != "orphan")
    assert places(found) == ["1:1 url-credentials", "1:41 url-credentials", "1:85 url-credentials"]
    assert [each.suggestion for each in found][:2] == ["https://host.example/x", "HTTP://host.example/p.png"]
    assert not any("secret" in each.message for each in found)
    assert {link.url for link in outlinks(relations)} == {
        "https://medium.example/@user",
        "https://host.example/?q=a@b",
        "https://@host.example/",
    }


# --- the command line


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: Server) -> Path:
    """A knowledge base with one link to the test's server, which the real resolver is not asked about."""
    clock = Clock()

    class Opened(Fetcher):
        def __init__(self, _: Addresses) -> None:
            super().__init__(Addresses(resolver, allow_loopback=True), Politeness(), clock.surroundings)

    monkeypatch.setattr(fetch, "Fetcher", Opened)
    (tmp_path / "mkdocs.yml").write_text("site_name: a\ndocs_dir: notes\nplugins: [aikb]\n")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text(f"[a]({server.url('/')})\n")
    (tmp_path / "notes" / "b.md").write_text("[a](http://10.0.0.1/)\n")
    return tmp_path


def aikb(project: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["check", "-f", str(project / "mkdocs.yml"), *arguments])
    return result.exit_code, result.output


def test_the_command_line(project: Path, server: Server) -> None:
    server.pages["/"] = page(404)
    assert aikb(project)[0] == 0
    assert server.seen == []
    entry = Entry(NOON - 2 * DAY, Verdict.DEAD, "404 Not Found", ("2026-09-18", "2026-09-19"))
    folder = project / "kept"
    open_cache(folder)
    write_cache(folder, {server.url("/"): entry}, NOON)
    code, output = aikb(project, "--external", "--strict", "--cache", str(folder))
    assert code == 0
    assert "notes/a.md:1:1: warning: external-dead" in output
    assert "notes/b.md:1:1: warning: external-private-address" in output
    assert aikb(project, "--external", "--external-fail", "--cache", str(folder))[0] == 1
    code, output = aikb(
        project, str(project / "notes" / "b.md"), "--external", "--external-fail", "--cache", str(folder)
    )
    assert code == 0
    assert "a.md" not in output
    assert not (project / ".aikb-cache").exists()
    assert "external-suspect" in aikb(project, "--external", "--verbose")[1]
    assert (project / ".aikb-cache" / NAME).exists()


def test_usage(project: Path) -> None:
    assert aikb(project, "--external-fail")[0] == aikb(project, "--cache", "x")[0] == 2
    (project / "file").write_text("")
    assert aikb(project, "--external", "--cache", str(project / "file"))[0] == 2


def test_the_command_line_has_no_door_to_loopback(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text("site_name: a\ndocs_dir: notes\nplugins: [aikb]\n")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("<http://127.0.0.1:9/> <http://localhost:9/> <http://[::1]:9/>\n")
    code, output = aikb(tmp_path, "--external")
    assert code == 0
    assert output.count("external-private-address") == 3


def test_the_progress_bar_is_for_terminals(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    with progress("external links") as shown:
        assert shown is None
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with progress("external links") as shown:
        assert shown is not None
        shown(1, 2)
    out, err = capsys.readouterr()
    assert out == ""
    assert "external links" in err


def test_the_codes_and_the_ages() -> None:
    severities = {code.name: code.severity for code in CODES.values() if code.name.startswith("external-")}
    assert severities == {
        "external-dead": Severity.WARNING,
        "external-private-address": Severity.WARNING,
        "external-suspect": Severity.INFO,
        "external-unknown": Severity.INFO,
    }
    assert set(AGES) == set(Verdict)
