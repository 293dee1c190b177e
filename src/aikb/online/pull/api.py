"""Call Readwise's export API, https://readwise.io/api_deets: one question at a time, with patience where it is busy.

The token goes to the API's own host and nowhere else: over TLS, through no proxy, after no redirect that leaves the host; and
nothing that the host says is repeated in a message.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from math import ceil
from types import TracebackType
from typing import Self, TypeVar

import httpx

from aikb import __version__
from aikb.online.pull.book import Book, Page, ShapeError, parse_json, read_page
from aikb.online.pull.token import WHERE, Token
from aikb.settings import SettingsError
from aikb.system.network import REAL, Surroundings, backoff, causes, certificates, retry_after
from aikb.system.time_limit import TimeLimitError, awaited

Answer = TypeVar("Answer")

API = "https://readwise.io/api/v2/"

_ATTEMPTS = 5
"""How often one question is asked while the connection or the host fails."""
_PATIENCE = 900.0
"""Seconds that one question may wait in all. Readwise's limits are by the minute."""
_BUSY_WAIT = 60.0
"""Seconds to wait for a host that is busy and does not say for how long."""
_BUSY = (408, 425, 500, 502, 503, 504)
_MOVED = (301, 302, 303, 307, 308)
_REDIRECTS = 5
_LARGEST = 100_000_000
"""Bytes of one page. 36,000 highlights have thirty million in all."""
_SECONDS = 300.0
"""How long one answer may take to come, drop by drop."""
_PAGES, _EMPTY_PAGES = 2_000, 5
"""Pages of one question, and pages in a row that say nothing new; no account has as many."""
_CURSOR = 4_000
"""Characters of what names the next page; it goes into an address."""
_TOTAL = 1_000_000_000
"""Bytes of all pages of one question."""
_FIRST_YEAR, _AHEAD = 2015, 172_800.0
"""Before it, Readwise was not; and how many seconds its clock may be ahead of this machine's."""
_IDS = 100
"""Books asked for by id at once; more would make an address that hosts refuse."""


class PullError(Exception):
    """A run that cannot be finished; the message says why. Exit code 1."""


class _PassingError(Exception):
    """A failure that may be over in a moment."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        """Take `wait`, for how many seconds the host wants to be left alone."""
        super().__init__(reason)
        self.wait = wait


class Readwise:
    """An account. Closed at the end."""

    def __init__(
        self, token: Token, say: Callable[[str], None], api: str = API, surroundings: Surroundings = REAL
    ) -> None:
        """Take `say`, called at every wait, and `api`, on this machine for tests. Raises SettingsError for other addresses."""
        self._token = token
        self._say = say
        self._surroundings = surroundings
        self._api = _permitted(api)
        self._received = 0
        self._client = httpx.Client(
            headers={"User-Agent": f"aikb/{__version__} (pull)", "Accept": "application/json"},
            timeout=httpx.Timeout(60.0, connect=15.0),
            verify=certificates(),
            follow_redirects=False,
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def now(self) -> datetime | None:
        """Ask for the time by Readwise's clock, if it says so; the first thing to ask, for it tells if the token is good.

        A time to come is none: nothing would ever be newer.
        """
        response, _ = self._patiently(self._api.join("auth/"), lambda _: None)
        try:
            said = parsedate_to_datetime(response.headers.get("date", "")).astimezone(UTC)
            ahead = said.timestamp() - self._surroundings.now()
        except (ValueError, TypeError, OverflowError):
            return None
        return said if said.year >= _FIRST_YEAR and ahead < _AHEAD else None

    def export(self, show: Callable[[int, int], None] | None = None, **query: str) -> Iterator[Book]:
        """Fetch the books of all pages; one with many highlights may be on several. Raises PullError and SettingsError."""
        cursor, seen, done = "", set[str](), 0
        bounds = _Bounds()
        while True:
            asked = query | ({"pageCursor": cursor} if cursor else {})
            page = self._page(self._api.join("export/").copy_merge_params(asked))
            bounds.count(page)
            yield from page.books
            done += len(page.books)
            if show:
                show(done, max(done, page.count))
            if not page.cursor:
                return
            if page.cursor in seen:
                raise PullError("Readwise's pages lead in a circle")
            if len(page.cursor) > _CURSOR:
                raise PullError("Readwise's pages have no address that can be asked for")
            seen.add(page.cursor)
            cursor = page.cursor

    def whole(self, ids: list[int]) -> Iterator[Book]:
        """Fetch books by their ids with all their highlights."""
        for at in range(0, len(ids), _IDS):
            yield from self.export(ids=",".join(map(str, ids[at : at + _IDS])))

    def _page(self, url: httpx.URL) -> Page:
        response, data = self._patiently(url, parse_json)
        self._received += len(response.content)
        if self._received > _TOTAL:
            raise PullError("Readwise's answers are larger than any can be")
        try:
            return read_page(data)
        except ShapeError as error:
            raise PullError(f"Readwise's answer is not as documented ({error})") from None

    def _patiently(self, url: httpx.URL, read: Callable[[bytes], Answer]) -> tuple[httpx.Response, Answer]:
        """Ask until there is an answer that can be read, within reason."""
        failures, waited = 0, 0.0
        while True:
            try:
                response = self._once(url)
                return response, _readable(response, read)
            except _PassingError as problem:
                failures += problem.wait is None
                if failures >= _ATTEMPTS:
                    raise PullError(f"{problem}, {failures} times in a row") from None
                pause = backoff(failures, self._surroundings.chance) if problem.wait is None else max(problem.wait, 1.0)
                waited += pause
                if waited > _PATIENCE:
                    raise PullError(f"{problem} and stays so; try again in {ceil(pause / 60)} min") from None
                self._say(f"{problem}; asking again in {pause:.0f} s")
            self._surroundings.sleep(pause)

    def _once(self, url: httpx.URL) -> httpx.Response:
        """Send one question, whatever the answer; redirects within the API's own host are followed."""
        for _ in range(_REDIRECTS):
            response = self._send(url)
            if response.status_code not in _MOVED:
                return response
            url = _joined(url, response.headers.get("location", ""))
            if _origin(url) != _origin(self._api):
                raise PullError("Readwise redirects to another host, which the token is not sent to")
        raise PullError("Readwise redirects in a circle")

    def _read(self, url: httpx.URL, body: bytearray) -> httpx.Response:
        """Read an answer into `body`, part by part."""
        headers = {"Authorization": f"Token {self._token.secret}"}
        with self._client.stream("GET", url, headers=headers) as response:
            for part in response.iter_bytes():
                body += part
                if len(body) > _LARGEST:
                    raise PullError("Readwise's answer is larger than any can be")
        return response

    def _send(self, url: httpx.URL) -> httpx.Response:
        """Send one request, and read the answer whole."""
        body = bytearray()
        try:
            with awaited(_SECONDS):
                response = self._read(url, body)
        except (httpx.TimeoutException, TimeLimitError):
            raise _PassingError("Readwise did not answer in time") from None
        except httpx.ConnectError as error:
            if any(isinstance(each, ssl.SSLCertVerificationError) for each in causes(error)):
                raise PullError(
                    "what answers in Readwise's place cannot prove that it is Readwise (certificate)"
                ) from None
            raise _PassingError("Readwise cannot be reached") from None
        except (httpx.RequestError, OSError):
            raise _PassingError("the connection to Readwise was cut") from None
        kept = {
            name: response.headers[name] for name in ("date", "location", "retry-after") if name in response.headers
        }
        status = response.status_code
        if status in (401, 403):
            raise SettingsError(f"Readwise refuses the token from {self._token.origin} ({status}); {WHERE}")
        if status == 429 or (status in _BUSY and "retry-after" in kept):
            wait = retry_after(kept.get("retry-after", ""), self._surroundings.now())
            raise _PassingError(f"Readwise is busy ({status})", _BUSY_WAIT if wait is None else wait)
        if status in _BUSY:
            raise _PassingError(f"Readwise has a fault ({status})")
        if not 200 <= status < 300 and status not in _MOVED:
            raise PullError(f"Readwise answers with an error ({status})")
        written = [(name.encode(), value.encode()) for name, value in kept.items()]  # httpx writes texts in ASCII only
        return httpx.Response(status, headers=written, content=bytes(body))


class _Bounds:
    """Counts pages, so that a host that always has another one comes to an end."""

    def __init__(self) -> None:
        """Start without any page."""
        self._pages = self._empty = 0
        self._seen: set[tuple[int, object]] = set()

    def count(self, page: Page) -> None:
        """Count a page. Raises PullError where there have been more than can be, or nothing new for some time."""
        said = {(book.id, each["id"]) for book in page.books for each in book.highlights}
        said |= {(book.id, None) for book in page.books}
        self._pages, self._empty = self._pages + 1, 0 if said - self._seen else self._empty + 1
        self._seen |= said
        if self._pages > _PAGES or self._empty >= _EMPTY_PAGES:
            raise PullError("Readwise's pages come to no end")


def _readable(response: httpx.Response, read: Callable[[bytes], Answer]) -> Answer:
    try:
        return read(response.content)
    except ValueError:
        raise _PassingError("Readwise's answer cannot be read, or its end is missing") from None


def _permitted(api: str) -> httpx.URL:
    """Check the address of an API that may have the token: Readwise's, or one on this machine. Raises SettingsError."""
    try:
        url = httpx.URL(api)
        if api == API or (url.scheme in ("http", "https") and ip_address(url.host).is_loopback and not url.userinfo):
            return url
    except (httpx.InvalidURL, ValueError):
        pass
    raise SettingsError(f"--api: the token is sent to {API} or to a loopback address, and nowhere else")


def _joined(url: httpx.URL, location: str) -> httpx.URL:
    try:
        return url.join(location)
    except httpx.InvalidURL:
        raise PullError("Readwise redirects to what is no address") from None


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port
