"""Damaged and hostile files of every format: whatever stands in them, they are read, rendered and let through the gate.

`AIKB_FUZZ_SECONDS=600` (as `make fuzz` sets it) is how long others are tried than the same sixty.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from aikb.analysis import read
from aikb.model.source import Source
from aikb.render.furniture import Furniture
from aikb.settings import Settings
from conftest import FIXTURES, ROOT, knowledge_base
from hostile import snippets

SECONDS = float(os.environ.get("AIKB_FUZZ_SECONDS", "0"))
FILES = {
    path.name: path.read_text(encoding="utf-8-sig", errors="replace")
    for folder in (FIXTURES / "readwise", ROOT / "tests" / "cases")
    for path in sorted(folder.rglob("*"))
    if path.suffix in (".md", ".json", ".csv", ".txt", ".html") and path.name not in ("pages.html", "README.txt")
}


def try_all(check: Callable[[str, str], None]) -> None:
    """Try sixty files, the same ones each time; then others until the time is up."""
    end, number = time.monotonic() + SECONDS / 2, 0
    while number == 0 or time.monotonic() < end:
        chosen = settings(max_examples=60, database=None, deadline=None, suppress_health_check=list(HealthCheck))
        seed(number)(chosen(given(damaged())(lambda file: check(*file))))()
        number += 1


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, str]:
    """A file's name and text, cut, repeated and filled with hostile words at some places."""
    name = draw(st.sampled_from(sorted(FILES)))
    text = FILES[name]
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(text)))
        to = min(len(text), at + draw(st.sampled_from([0, 0, 1, 3, 20, 400])))
        put = draw(
            st.one_of(
                snippets,
                st.just(""),
                st.just(text[at:to] * 2),
                st.sampled_from(
                    ['"', "\\", "{", "[", "]", "}", ",", "\n", "---\n", "\t", "\x00", "\ud7ff", ":", "- ", "  "]
                ),
            )
        )
        text = text[:at] + put + text[to:]
    return name, text


def test_a_damaged_file_is_read() -> None:
    def check(name: str, text: str) -> None:
        read(Source(f"notes/{name}", text), Settings())

    try_all(check)


def test_a_damaged_file_is_shown_and_nothing_of_it_is_refused() -> None:
    def check(name: str, text: str) -> None:
        refused: list[str] = []
        furniture = Furniture(report=lambda _page, tag: refused.append(tag))
        for page in knowledge_base({f"notes/{name}": text, "notes/b.md": "# B\n"}, ["i.png"]).pages:
            furniture.page(page, "")
        assert refused == []

    try_all(check)
