"""What parts of a build take of its processor time: the walls before the reader, and what helps to find one's way.

All are called thousands of times for microseconds each, so they are timed where they are called, in a build of one process:
`python bench/walls.py FOLDER` builds the knowledge base in the current folder into FOLDER and prints the shares of the walls,
`python bench/walls.py FOLDER ways` those of the ways. What the clock itself takes is measured in the same run and left out.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

WALLS = {
    "gate": (("aikb.render.furniture", "pass_gate"), ("aikb.render.furniture", "balance")),
    "policy": (
        ("aikb.adapters.mkdocs.security.PagePolicy", "page"),
        ("aikb.adapters.mkdocs.security.PagePolicy", "template"),
    ),
}
"""The functions of each wall, where they are looked up."""
WAYS = {
    "profiles of notes": (("aikb.compose.ways.survey", "profile"),),
    "related notes and sections, found": (
        ("aikb.compose.ways.related.RelatedIndex", "relate"),
        ("aikb.compose.ways.sections.KeptSections", "_of_note"),
    ),
    "related notes, composed": (("aikb.compose.related.RelatedPages", "slots"),),
    "papers": (("aikb.compose.ways.survey", "merge_namings"), ("aikb.compose.papers", "papers_body")),
    "neighbourhoods": (("aikb.compose.neighbourhood.Neighbourhoods", "slots"),),
    "home, lists and tags": (("aikb.compose.pages", "_made_pages"),),
    "feeds and Markdown": (("aikb.pipeline", "feeds"), ("aikb.pipeline", "markdown_files")),
    "furniture of all of them": (("aikb.render.furniture.Furniture", "_shown"),),
}
"""The functions of each way, likewise."""
FURNITURE = frozenset(
    ("related", "related-sections", "neighbourhood", "home", "folder", "lists", "papers", "tag", "tags", "works")
)
"""The templates of the ways."""
Parts = Mapping[str, Sequence[tuple[str, str]]]


def shares(folder: Path) -> dict[str, float]:
    """Build a knowledge base twice, in processes of their own; the smaller share of each wall, from 0 to 1."""
    runs = []
    with tempfile.TemporaryDirectory() as kept:
        for run in range(2):
            command = [sys.executable, str(Path(__file__)), f"walls-{run}"]
            environment = {**os.environ, "AIKB_NO_CACHE": "1", "AIKB_CACHE_DIR": kept, "NO_MKDOCS_2_WARNING": "1"}
            printed = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, env=environment)
            runs.append(json.loads(printed.stdout.splitlines()[-1]))
    return {name: min(run[name] for run in runs) for name in WALLS}


def build(site: str, parts: Parts) -> dict[str, float]:
    """Build in this process alone, some parts timed; their shares of its processor time."""
    from mkdocs.commands.build import build as build_with_mkdocs
    from mkdocs.config import load_config

    from aikb.system import parallel

    parallel.can_fork = lambda: False
    spent = dict.fromkeys(parts, 0.0)
    calls = dict.fromkeys(parts, 0)
    for name, functions in parts.items():
        for place, function in functions:
            owner = _owner(place)
            setattr(owner, function, _timed(getattr(owner, function), name, spent, calls))
    before = time.process_time()
    build_with_mkdocs(load_config("mkdocs.yml", site_dir=site))
    whole = time.process_time() - before
    clock = _cost_of_clock()
    return {name: max(0.0, spent[name] - calls[name] * clock) / whole for name in parts}


def _owner(place: str) -> Any:
    module, _, name = place.rpartition(".")
    if name[0].isupper():
        return getattr(__import__(module, fromlist=[name]), name)
    return __import__(place, fromlist=["_"])


def _timed(
    function: Callable[..., Any], name: str, spent: dict[str, float], calls: dict[str, int]
) -> Callable[..., Any]:
    def call(*given: Any, **options: Any) -> Any:
        if function.__name__ == "_shown" and getattr(given[1], "name", "") not in FURNITURE:
            return function(*given, **options)
        started = time.process_time()
        try:
            return function(*given, **options)
        finally:
            spent[name] += time.process_time() - started
            calls[name] += 1

    return call


def _cost_of_clock() -> float:
    started = time.process_time()
    for _ in range(10_000):
        time.process_time()
    return (time.process_time() - started) / 10_000


if __name__ == "__main__":
    print(json.dumps(build(sys.argv[1], WAYS if sys.argv[2:] == ["ways"] else WALLS)))
