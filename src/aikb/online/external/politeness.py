"""Set how politely other hosts are asked: rate limits, retries and backoff. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aikb import __version__
from aikb.online.external.verdict import Answer, Outcome
from aikb.system.network import backoff


@dataclass(frozen=True, slots=True, kw_only=True)
class Politeness:
    """The numbers; times in seconds."""

    hosts: int = 6
    """How many hosts are asked at once; each only one thing at a time."""
    delay: float = 1.0
    """Between two requests to one host."""
    timeout: float = 15.0
    """For each wait within a request."""
    deadline: float = 30.0
    """For a whole request."""
    attempts: int = 3
    """How often a host that is busy is asked for one page."""
    budget: float = 120.0
    """How long all waiting that one host asks for may take in a run; then it is left alone."""
    silences: int = 3
    """After how many time-outs in a row the rest of a host's pages is not asked for."""
    redirects: int = 10
    body: int = 16_384
    """How many bytes of a page are read, to see whether it is a challenge."""


POLITE = Politeness()

HEADERS = {
    "User-Agent": f"aikb/{__version__} (link check)",
    "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8",
    "Accept-Encoding": "identity",  # nothing to unpack, so nothing that could burst
    "Connection": "close",
}
"""All that is said of who is asking."""

_BUSY = (408, 425, 429, 500, 502, 503, 504)


def is_busy(answer: Answer) -> bool:
    """Tell whether the same question may be answered better in a moment."""
    busy = answer.status in _BUSY or answer.retry_after is not None  # GitHub says 403, and when to come again
    return answer.outcome is Outcome.STATUS and busy and not answer.challenge


def wants_get(answer: Answer) -> bool:
    """Tell whether the answer to HEAD is none for the page: many hosts refuse HEAD, or answer it wrongly."""
    if answer.outcome is Outcome.STATUS:
        return answer.status >= 400 and answer.status != 429 and answer.retry_after is None
    return answer.outcome in (Outcome.TIMEOUT, Outcome.NETWORK)


def pause(attempt: int, answer: Answer, chance: Callable[[], float]) -> float:
    """Compute the seconds to wait before asking again: what the host says, else twice as long each time, give or take half."""
    if answer.retry_after is not None:
        return answer.retry_after
    return backoff(attempt, chance)
