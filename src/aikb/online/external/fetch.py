"""Fetch one URL: HEAD, then GET for a small range, redirects followed by hand, patience with busy hosts.

Every hop of a redirect goes through the same door: its scheme, user name and address are checked, and its host's queue is
waited for. No cookie is kept, no credential sent, and of a page no more is read than tells a challenge from an answer.
"""

from __future__ import annotations

import re
from dataclasses import replace
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Self

import httpx

from aikb.online.external.address import AddressError, Addresses, NoSuchHostError, PrivateAddressError
from aikb.online.external.hosts import Hosts
from aikb.online.external.pinned import Deadline, PinnedTransport, certificate_problem, is_refused
from aikb.online.external.politeness import HEADERS, POLITE, Politeness, is_busy, pause, wants_get
from aikb.online.external.verdict import Answer, Outcome
from aikb.system.network import REAL, Surroundings, retry_after

_HOST = re.compile(rb"[\w.-]+|.*:.*")
"""A name, or IPv6; httpx lets more pass, escaped, than any host can be called."""

_CHALLENGE_HEADERS = {"cf-mitigated": "challenge", "x-amzn-waf-action": ""}
"""Headers, and what they say where a page is not the one that was asked for."""

_CHALLENGE_MARKS = (
    b"<title>just a moment...",
    b"_cf_chl_opt",
    b"cdn-cgi/challenge-platform",
    b"captcha-delivery.com",
    b"px-captcha",
    b"_incapsula_resource",
    b"awswafintegration",
    b"making sure you&#39;re not a bot",
    b"making sure you're not a bot",
    b"<title>ddos-guard",
)
"""In lower case: Cloudflare, DataDome, HUMAN, Imperva, AWS, Anubis, DDoS-Guard."""


def parse_url(url: str) -> httpx.URL | None:
    """Parse a URL without its fragment; None where it cannot be read."""
    try:
        read = httpx.URL(url)
        return read.copy_with(fragment=None) if _HOST.fullmatch(read.raw_host) else None
    except (httpx.InvalidURL, ValueError):
        return None


def host_of(url: httpx.URL) -> str:
    """Name the queue of a URL's host."""
    return url.raw_host.decode("ascii").lower().rstrip(".")


class Fetcher:
    """Asks for URLs. Safe for several threads; closed at the end."""

    def __init__(
        self,
        addresses: Addresses,
        politeness: Politeness = POLITE,
        surroundings: Surroundings = REAL,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """Take a `transport` that talks to the addresses that were checked."""
        self.politeness = politeness
        self.surroundings = surroundings
        self._addresses = addresses
        self._hosts = Hosts(politeness, surroundings)
        self._client = httpx.Client(
            transport=PinnedTransport(addresses, transport),
            headers=HEADERS,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            timeout=httpx.Timeout(politeness.timeout, connect=min(10.0, politeness.timeout)),
            follow_redirects=False,
            trust_env=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def ask(self, url: str) -> Answer:
        """Ask for `url` as a reader would who opens it, redirects and all."""
        target, seen = parse_url(url), set[str]()
        while target is not None:
            if target.scheme not in ("http", "https"):
                return Answer(Outcome.UNREADABLE, detail=f"it redirects to “{target.scheme}:”" if seen else "")
            if target.userinfo:
                return Answer(Outcome.CREDENTIALS)
            if str(target) in seen or len(seen) > self.politeness.redirects:
                return Answer(Outcome.REDIRECTS)
            seen.add(str(target))
            answer = self._patiently(target)
            if not answer.location:
                redirected = len(seen) > 1 and answer.outcome is not Outcome.PRIVATE
                return replace(answer, detail=_words(answer.detail, f"at {target}")) if redirected else answer
            target = _joined(target, answer.location)
        return Answer(Outcome.UNREADABLE)

    def _patiently(self, url: httpx.URL) -> Answer:
        """Ask until the answer is one, as often as politeness allows."""
        host, method, attempt = host_of(url), "HEAD", 0
        while True:
            answer = self._once(method, url, host)
            if method == "HEAD" and wants_get(answer):
                method = "GET"
                continue
            if not is_busy(answer):
                return answer
            attempt += 1
            if attempt >= self.politeness.attempts:
                if answer.status in (403, 429):
                    self._hosts.leave_alone(host)
                return answer
            if not self._hosts.postpone(host, pause(attempt, answer, self.surroundings.chance)):
                return answer

    def _once(self, method: str, url: httpx.URL, host: str) -> Answer:
        try:
            self._addresses.of(url.raw_host.decode("ascii"))
        except AddressError as error:
            return _unreachable(error)  # without waiting for a turn, since nobody is asked
        with self._hosts.turn(host) as allowed:
            answer = self._send(method, url) if allowed else Answer(Outcome.RESTING)
        if allowed:
            self._hosts.heard(host, anything=answer.outcome is not Outcome.TIMEOUT)
        return answer

    def _send(self, method: str, url: httpx.URL) -> Answer:
        """Send one request, and read what came of it."""
        deadline = Deadline()
        headers = {"Range": f"bytes=0-{self.politeness.body - 1}"} if method == "GET" else {}
        try:
            with (
                deadline.within(self.politeness.deadline),
                self._client.stream(method, url, headers=headers, extensions={"trace": deadline.trace}) as response,
            ):
                return self._read(response)
        except AddressError as error:
            return _unreachable(error)
        except httpx.TimeoutException:
            return Answer(Outcome.TIMEOUT)
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            return Answer(Outcome.TIMEOUT) if deadline.passed else _failure(error)

    def _read(self, response: httpx.Response) -> Answer:
        headers = response.headers
        status = response.status_code
        challenge = any(
            wanted in headers[name].lower() for name, wanted in _CHALLENGE_HEADERS.items() if name in headers
        )
        if status in (301, 302, 303, 307, 308) and headers.get("location") and not challenge:
            return Answer(Outcome.STATUS, status, location=headers["location"])
        body = b""
        if response.request.method == "GET" and not challenge:
            body = self._beginning(response).lower()
        asked = headers.get("retry-after")
        wait = retry_after(asked, self.surroundings.now()) if asked and status in (403, 429, 503) else None
        return Answer(
            Outcome.STATUS,
            status,
            challenge=challenge or any(mark in body for mark in _CHALLENGE_MARKS),
            retry_after=wait,
        )

    def _beginning(self, response: httpx.Response) -> bytes:
        """Read the first bytes of a page; fewer where the connection breaks, for the answer is known by then."""
        body = b""
        try:
            for part in response.iter_raw():
                body += part
                if len(body) >= self.politeness.body:
                    break
        except (httpx.HTTPError, OSError, ValueError):
            return body
        return body


def _joined(base: httpx.URL, location: str) -> httpx.URL | None:
    try:
        return parse_url(str(base.join(location)))
    except (httpx.InvalidURL, ValueError):
        return None


def _words(*words: str) -> str:
    return ", ".join(word for word in words if word)


def _unreachable(error: AddressError) -> Answer:
    if isinstance(error, PrivateAddressError):
        return Answer(Outcome.PRIVATE, detail=str(error))
    if isinstance(error, NoSuchHostError):
        return Answer(Outcome.NO_SUCH_HOST)
    return Answer(Outcome.NETWORK, detail=str(error))


def _failure(error: Exception) -> Answer:
    if problem := certificate_problem(error):
        return Answer(Outcome.CERTIFICATE, detail=problem)
    if is_refused(error):
        return Answer(Outcome.REFUSED)
    return Answer(Outcome.NETWORK, detail=error.__class__.__name__)
