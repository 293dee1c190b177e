"""One edit under a real `mkdocs serve`: from the save of a note to the page as the browser gets it.

Processor time is read from the kernel's account of the server, after it has come to rest, so that what it does after the
reload counts too; it is compared with that of a build of the same notes into a new folder.
"""

from __future__ import annotations

import contextlib
import os
import re
import resource
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

EDITS = 5
"""Edits of a kind; the first of each is left out, as it fills what is kept."""
PATIENCE = 180.0
"""Seconds to wait for anything."""
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Measured:
    """Medians of the edits of one kind, in seconds."""

    processor: float
    wall: float


class Server:
    """`mkdocs serve` over a folder, asked as a browser with live reload asks."""

    def __init__(self, folder: Path) -> None:
        """Start it, and wait for its first page."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._address = f"127.0.0.1:{free.getsockname()[1]}"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--livereload", "-a", self._address],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        )
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                self.page("")
                return
            time.sleep(0.1)
        raise TimeoutError("mkdocs serve did not start")

    def page(self, path: str) -> str:
        """Ask for a page as a browser does."""
        with urllib.request.urlopen(f"http://{self._address}/{path}", timeout=PATIENCE) as answer:
            return str(answer.read().decode())

    def reloaded(self, since: str) -> None:
        """Wait for the signal on which browsers reload; `since` is a page of before."""
        known = re.findall(r"livereload\((\d+), (\d+)\)", since)[-1]
        with urllib.request.urlopen(
            f"http://{self._address}/livereload/{known[0]}/{known[1]}", timeout=PATIENCE
        ) as answer:
            answer.read()

    def processor(self) -> float:
        """Seconds of all processors so far, those of ended children included."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / _TICKS

    def rest(self) -> float:
        """Wait until it does nothing any more; `processor` then."""
        before, since = self.processor(), time.monotonic()
        while time.monotonic() - since < 0.6:
            time.sleep(0.1)
            if (now := self.processor()) > before + 0.02:
                before, since = now, time.monotonic()
        return self.processor()

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait(timeout=PATIENCE)


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """Serve within the block."""
    server = Server(folder)
    try:
        yield server
    finally:
        server.stop()


def edits(folder: Path) -> Mapping[str, tuple[str, Callable[[int], str]]]:
    """List the kinds of edits: what page to look at, and a function that does one and names the words to wait for."""
    note, terms = folder / "notes" / "note-00007.md", folder / "glossary" / "terms.md"
    first = note.read_text(encoding="utf-8")

    def save(text: str) -> None:
        note.write_text(text, encoding="utf-8")

    def paragraph(number: int) -> str:
        save(f"{first}\nParagraph number {number} of the bench.\n")
        return f"Paragraph number {number} of the bench."

    def heading(number: int) -> str:
        save(f"{first}\n## Heading number {number}\n\nWords.\n")
        return f"Heading number {number}"

    def title(number: int) -> str:
        save(re.sub(r"\A# .*", f"# Title number {number}", first))
        return f"Title number {number}"

    def term(number: int) -> str:
        terms.write_text(f"# Glossary\n\n## Quasibench\n\nDefinition number {number}.\n", encoding="utf-8")
        return f"Definition number {number}."

    return {
        "paragraph": ("note-00007/", paragraph),
        "heading": ("note-00007/", heading),
        "title": ("note-00007/", title),
        "glossary term": ("glossary/", term),
    }


def measure(folder: Path) -> dict[str, Measured]:
    """Every kind of edit, EDITS times, under one server."""
    (folder / "glossary").mkdir(exist_ok=True)
    (folder / "glossary" / "terms.md").write_text("# Glossary\n\n## Quasibench\n\nA thing.\n", encoding="utf-8")
    measured = {}
    with serving(folder) as server:
        for kind, (path, edit) in edits(folder).items():
            processor, wall = [], []
            for number in range(EDITS):
                server.rest()
                page, before, started = server.page(path), server.processor(), time.perf_counter()
                expected = edit(number)
                while expected not in page:
                    server.reloaded(page)
                    page = server.page(path)
                wall.append(time.perf_counter() - started)
                processor.append(server.rest() - before)
            measured[kind] = Measured(statistics.median(processor[1:]), statistics.median(wall[1:]))
    return measured


def cold(folder: Path, run: int) -> float:
    """Build into a new folder, with nothing kept of an earlier run; processor seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", f"edited-{run}"],
        cwd=folder,
        check=True,
        capture_output=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", "AIKB_NO_CACHE": "1"},
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
