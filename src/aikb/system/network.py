"""Prepare asking other hosts: whose certificates count, and how long to wait for a host that is busy.

Clock, sleep and chance come from outside, so that tests need not wait.
"""

from __future__ import annotations

import random
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import httpx


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What differs between a run and a test: the time, how it passes, and chance."""

    now: Callable[[], float] = time.time
    sleep: Callable[[float], object] = time.sleep
    chance: Callable[[], float] = random.random
    """From 0 to 1."""


REAL = Surroundings()


def certificates() -> ssl.SSLContext:
    """Load the authorities that both certifi and this machine trust."""
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    return context


def causes(error: BaseException) -> Iterator[BaseException]:
    """List an error and what it came from."""
    seen: set[int] = set()
    while error and id(error) not in seen:
        seen.add(id(error))
        yield error
        following = error.__cause__ or error.__context__
        if following is None:
            return
        error = following


def backoff(attempt: int, chance: Callable[[], float]) -> float:
    """Back off: the seconds to wait after a failed attempt, twice as long each time, give or take half."""
    return float(2**attempt) * (0.5 + chance())


def retry_after(header: str, now: float) -> float | None:
    """Parse a `Retry-After` header into seconds, which it says as such or as a date."""
    header = header.strip()
    if header.isascii() and header.isdigit():
        return float(header[:9])
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - now)
    except (ValueError, OverflowError):
        return None
