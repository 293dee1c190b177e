"""Limit the time of a piece of work, where the system can interrupt it: POSIX, in the first thread."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType


class TimeLimitError(Exception):
    """The work took longer than it may."""


def limited(seconds: float) -> contextlib.AbstractContextManager[None]:
    """Run a block for so many seconds of the processor's time at most; waiting does not count. Raises TimeLimitError.

    Python looks for signals between its own instructions and inside a regular expression, not inside other libraries.
    """
    return _stopped_after(seconds, "ITIMER_VIRTUAL", "SIGVTALRM")


def awaited(seconds: float) -> contextlib.AbstractContextManager[None]:
    """Run a block for so many seconds at most, waiting included. Raises TimeLimitError."""
    return _stopped_after(seconds, "ITIMER_REAL", "SIGALRM")


@contextlib.contextmanager
def _stopped_after(seconds: float, timer: str, alarm: str) -> Iterator[None]:
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TimeLimitError(f"more than {seconds:.0f} s")

    number, clock = getattr(signal, alarm), getattr(signal, timer)
    before = signal.signal(number, stop)
    signal.setitimer(clock, seconds)
    try:
        yield
    finally:
        signal.setitimer(clock, 0)
        signal.signal(number, before)
