"""Judge an answer: ok, dead or unknown. Pure rules, which never call a page dead that may only be having a bad day.

Two kinds of answers say that a page is gone: its host says so (404, 410), or there is no such host to ask. Everything else,
above all what walls against robots say (403, 429, 999, a challenge), leaves the question open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from http import HTTPStatus

DAYS_TO_DIE = 3
"""On how many different days a link has to fail before it is called dead."""

_DAYS_KEPT = 10
_HOSTS_TO_DOUBT = 3


class Verdict(StrEnum):
    """What one answer says of a page."""

    OK = "ok"
    DEAD = "dead"
    """It failed. Whether that is the end of it, `Entry.dead` knows."""
    UNKNOWN = "unknown"


class Outcome(StrEnum):
    """How asking ended."""

    STATUS = "status"
    """With an answer in HTTP; all others are ways of not getting one."""
    NO_SUCH_HOST = "no such host"
    REFUSED = "connection refused"
    CERTIFICATE = "certificate not valid"
    TIMEOUT = "no answer in time"
    NETWORK = "connection failed"
    OFFLINE = "not one host could be reached"
    PRIVATE = "no public address"
    CREDENTIALS = "an address with a user name or password is never fetched"
    REDIRECTS = "it redirects in a circle, or too often"
    UNREADABLE = "this is no address that can be fetched"
    RESTING = "not asked, its host wants to be left alone for now"


@dataclass(frozen=True, slots=True)
class Answer:
    """How asking for one URL ended."""

    outcome: Outcome
    status: int = 0
    """Of HTTP, where there is one."""
    detail: str = ""
    """What more is known, in words."""
    challenge: bool = False
    """Whether it is a page that wants to know if a human is asking."""
    retry_after: float | None = None
    """For how many seconds the host wants to be left alone."""
    location: str = ""
    """Where a redirect leads."""

    @property
    def reason(self) -> str:
        """The answer in words, for a reader of the report."""
        if self.outcome is not Outcome.STATUS:
            return f"{self.outcome.value} ({self.detail})" if self.detail else self.outcome.value
        try:
            words = f"{self.status} {HTTPStatus(self.status).phrase}"
        except ValueError:
            words = str(self.status)
        words += " (it asks whether a human is there)" if self.challenge else ""
        return f"{words} ({self.detail})" if self.detail else words


_FAILURES = (Outcome.NO_SUCH_HOST, Outcome.REFUSED, Outcome.CERTIFICATE)
_EXISTS = (304, 416)
"""Not modified, and a range that the page is too short for: it is there."""
_GONE = (404, 410)


def judge(answer: Answer) -> Verdict:
    """Judge what one answer says of the page."""
    if answer.outcome in _FAILURES:
        return Verdict.DEAD
    if answer.outcome is not Outcome.STATUS or answer.challenge:
        return Verdict.UNKNOWN
    if 200 <= answer.status < 300 or answer.status in _EXISTS:
        return Verdict.OK
    return Verdict.DEAD if answer.status in _GONE else Verdict.UNKNOWN


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of a URL."""

    checked: float
    """When it was last asked for, in seconds since 1970."""
    verdict: Verdict
    """Of the last answer alone."""
    reason: str = ""
    failed: tuple[str, ...] = ()
    """The different days (UTC) on which it failed since it was last found; the first, and the latest few."""
    wait: float = 0
    """For how many seconds its host wanted to be left alone."""

    @property
    def dead(self) -> bool:
        """Whether it has failed often enough to say so."""
        return self.verdict is Verdict.DEAD and len(self.failed) >= DAYS_TO_DIE


def update_entry(before: Entry | None, answer: Answer, now: float) -> Entry:
    """Update what is known with one more answer. Only finding the page ends a series of failures."""
    verdict = judge(answer)
    failed = before.failed if before and verdict is not Verdict.OK else ()
    today = datetime.fromtimestamp(now, UTC).date().isoformat()
    if verdict is Verdict.DEAD and today not in failed:
        failed = (*failed[:1], *failed[1:][2 - _DAYS_KEPT :], today)
    reason = "" if verdict is Verdict.OK else answer.reason
    return Entry(now, verdict, reason, failed, answer.retry_after or 0)


def is_network_down(answers: Iterable[tuple[str, Answer]]) -> bool:
    """Tell whether the fault is rather this machine's network: several hosts were asked, and not one answered."""
    asked, answered = set[str](), set[str]()
    for host, answer in answers:
        if answer.outcome not in _NOT_ASKED:
            (answered if answer.outcome is Outcome.STATUS else asked).add(host)
    return len(asked) >= _HOSTS_TO_DOUBT and not answered


_NOT_ASKED = (Outcome.PRIVATE, Outcome.CREDENTIALS, Outcome.UNREADABLE, Outcome.RESTING)


def offline(answer: Answer) -> Answer:
    """Turn an answer into one that is not held against the page, for a run in which the network is at fault."""
    return answer if answer.outcome in _NOT_ASKED else replace(answer, outcome=Outcome.OFFLINE)
