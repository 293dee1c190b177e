"""Twice the text costs twice the time, whatever is repeated in it."""

from __future__ import annotations

import gc
import time
from collections.abc import Mapping

import pytest

from conftest import knowledge_base
from growth_patterns import FOLDERS, PATTERNS

SMALL, LARGE = 2_000, 8_000
DOUBLINGS = 2
SLACK = 0.12
"""Seconds that clocks and other work may take."""


def cost(text: str) -> float:
    return cost_of({"notes/a.md": text, "notes/b.md": "# B\n"})


def cost_of(files: Mapping[str, str]) -> float:
    gc.collect()
    gc.disable()  # as a build does: looking for cycles costs more the more there is
    try:
        start = time.process_time()
        knowledge_base(files, typography=True)
        return time.process_time() - start
    finally:
        gc.enable()


BOUNDED = ("quotes", "dashes")
"""What costs the parser the square of its depth, and is given up past a depth; that is tested below."""


@pytest.mark.parametrize("name", [name for name in PATTERNS if name not in BOUNDED])
def test_a_pattern_costs_what_it_is_long(name: str) -> None:
    make = PATTERNS[name]
    small, large = make(SMALL), make(LARGE)
    cost(small[:100])
    costs = []
    for _ in range(3):  # a machine may be busy; a square is one three times
        costs.append((cost(small), cost(large)))
        if costs[-1][1] <= 2.2**DOUBLINGS * costs[-1][0] + SLACK:
            return
    pytest.fail(f"{SMALL} and {LARGE} repeats cost {costs}")


@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_costs_what_it_holds(name: str) -> None:
    few, many = (1_000, 4_000) if name.startswith("works") else (50, 200)
    small, large = FOLDERS[name](few), FOLDERS[name](many)
    cost_of(FOLDERS[name](2))
    costs = []
    for _ in range(3):
        costs.append((cost_of(small), cost_of(large)))
        if costs[-1][1] <= 2.2**DOUBLINGS * costs[-1][0] + SLACK:
            return
    pytest.fail(f"{few} and {many} cost {costs}")


@pytest.mark.parametrize("text", [">" * 20_000 + " x", "> " * 20_000 + "x", "- " * 20_000 + "x", "1. " * 20_000 + "x"])
def test_what_is_nested_too_deeply_is_shown_as_it_is_written(text: str) -> None:
    site = knowledge_base({"notes/a.md": text, "notes/b.md": "# B\n"})
    assert [each.path for each in site.diagnostics if each.code == "page-failed"] == ["notes/a.md"]
    assert {each.path for each in site.pages} >= {"a.md", "b.md"}


@pytest.mark.parametrize("text", ["-" * 20_000, "*" * 20_000, "=" * 20_000, "- x\n" * 20_000, "> x\n" * 20_000])
def test_what_is_long_is_not_nested(text: str) -> None:
    site = knowledge_base({"notes/a.md": text})
    assert "page-failed" not in {each.code for each in site.diagnostics}
