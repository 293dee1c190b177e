"""Throttle requests: one at a time for a host, with a pause between two, whichever page or redirect it is for.

Everything is counted by host name. A host that asks for more patience than the budget has, or that stays silent, is left
alone for the rest of the run.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue

from aikb.online.external.politeness import Politeness
from aikb.online.external.verdict import Answer
from aikb.system.network import Surroundings


class _Host:
    """What is known of one host in this run; changed only while its lock is held."""

    def __init__(self, budget: float) -> None:
        self.lock = threading.Lock()
        self.next = 0.0
        self.budget = budget
        self.silences = 0
        self.resting = False


class Hosts:
    """The queue of each host. Safe for several threads."""

    def __init__(self, politeness: Politeness, surroundings: Surroundings) -> None:
        """Begin with nobody asked yet."""
        self._politeness = politeness
        self._surroundings = surroundings
        self._lock = threading.Lock()
        self._hosts: dict[str, _Host] = {}

    def _host(self, name: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(name, _Host(self._politeness.budget))

    @contextmanager
    def turn(self, name: str) -> Iterator[bool]:
        """Wait for the host's turn and hold it. Says whether it may be asked; False where it is to be left alone."""
        host = self._host(name)
        with host.lock:
            if host.resting:
                yield False
                return
            wait = host.next - self._surroundings.now()
            if wait > 0:
                self._surroundings.sleep(wait)
            try:
                yield True
            finally:
                host.next = max(host.next, self._surroundings.now() + self._politeness.delay)

    def postpone(self, name: str, seconds: float) -> bool:
        """Ask the host nothing for so long. False where that is more than the budget has: it is left alone then."""
        host = self._host(name)
        with host.lock:
            if host.resting or seconds > host.budget:
                host.resting = True
                return False
            host.budget -= seconds
            host.next = max(host.next, self._surroundings.now() + seconds)
            return True

    def leave_alone(self, name: str) -> None:
        """Ask the host nothing more in this run."""
        host = self._host(name)
        with host.lock:
            host.resting = True

    def heard(self, name: str, *, anything: bool) -> None:
        """Count how often in a row the host did not answer at all."""
        host = self._host(name)
        with host.lock:
            host.silences = 0 if anything else host.silences + 1
            host.resting = host.resting or host.silences >= self._politeness.silences


def ask_all(
    ask: Callable[[str], Answer], urls: Iterable[tuple[str, str]], at_once: int
) -> Iterator[tuple[str, Answer]]:
    """Ask for (host, URL) pairs, each host's in order, a few hosts at once; answers come as they are known.

    The threads do not outlive the program: an interrupt ends it at once, whatever they wait for.
    """
    queues: defaultdict[str, list[str]] = defaultdict(list)
    for host, url in urls:
        queues[host].append(url)
    waiting: SimpleQueue[list[str]] = SimpleQueue()
    for queue in sorted(queues.values(), key=len, reverse=True):  # the longest first, since it decides when all is done
        waiting.put(queue)
    answers: SimpleQueue[tuple[str, Answer | Exception]] = SimpleQueue()
    stopped = threading.Event()

    def work() -> None:
        while not stopped.is_set():
            try:
                queue = waiting.get_nowait()
            except Empty:
                return
            for url in queue:
                if stopped.is_set():
                    return
                try:
                    answers.put((url, ask(url)))
                except Exception as error:  # noqa: BLE001 - raised again by whoever takes it out
                    answers.put((url, error))

    for _ in range(min(at_once, len(queues))):
        threading.Thread(target=work, daemon=True).start()
    try:
        for _ in range(sum(len(queue) for queue in queues.values())):
            url, answer = answers.get()
            if isinstance(answer, Exception):
                raise answer
            yield url, answer
    finally:
        stopped.set()
