"""Run on more than one processor, where that is safe and worth it: pure work is shared among forked processes."""

from __future__ import annotations

import contextlib
import ctypes
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

WORTH_FORKING = 150
"""Pieces of work of a millisecond; below that, starting a process costs more than it saves."""
_WORKERS = 4


def can_fork() -> bool:
    """Tell whether a second process would help and be safe: processors to spare, no threads that could hold a lock."""
    return sys.platform == "linux" and (os.cpu_count() or 1) > 1 and threading.active_count() == 1


def parallel_map(function: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    """Map a function over items, on all processors where that pays. Results must be picklable."""
    if len(items) < WORTH_FORKING or not can_fork():
        return [function(item) for item in items]
    workers = min(os.cpu_count() or 1, _WORKERS)
    context = multiprocessing.get_context("fork")
    children: list[tuple[int, Connection, ForkProcess]] = []
    for number in range(1, workers):
        ours, theirs = context.Pipe(duplex=False)
        task = (os.getpid(), (ours, *(each[1] for each in children)), theirs, function, items[number::workers])
        child = context.Process(target=_answer, args=task, daemon=True)
        child.start()
        theirs.close()
        children.append((number, ours, child))
    results: list[Any] = [None] * len(items)
    results[::workers] = [function(item) for item in items[::workers]]
    for number, ours, child in children:
        share: list[Any] | None = None
        with contextlib.suppress(EOFError, OSError):
            share = ours.recv()
        child.join()
        if share is None:  # the child died; what it died of is met again here
            share = [function(item) for item in items[number::workers]]
        results[number::workers] = share
    return results


def _answer(
    parent: int,
    others: Sequence[Connection],
    connection: Connection,
    function: Callable[[Any], Any],
    items: Sequence[Any],
) -> None:
    die_with(parent)
    for each in others:  # else this process would read what it writes itself, and wait for ever
        each.close()
    with contextlib.suppress(Exception):  # the parent meets it again, and tells it once
        connection.send([function(item) for item in items])
    connection.close()


_PR_SET_PDEATHSIG = 1


def die_with(parent: int) -> None:
    """End this process when its parent ends, however that does (prctl(2)), and by the signals that the parent listens to."""
    if sys.platform != "linux":
        return
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it has ended before this was said
        os._exit(1)
