"""Time and size of a build against plain MkDocs with Material, on the same notes, in the same run.

Notes are made by resampling paragraphs of this repository's own. Both engines build each folder in turn; medians are
printed, and their ratios, which hold when the machine is slow or busy where seconds do not.
"""

from __future__ import annotations

import os
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZES = (200, 1_000)
RUNS = 3
NOTE = 2_000
"""Characters of a note, at least."""

CONFIGURATIONS = {
    "plain": "site_name: Bench\ndocs_dir: notes\ntheme: material\n",
    "aikb": "site_name: Bench\ndocs_dir: notes\ntheme: material\nplugins:\n  - aikb\n",
}
LINEAR, THIRD = 6.0, 1 / 3
"""What the project promises: 1,000 notes cost at most six times 200, and at most a third of plain Material's time."""


def paragraphs() -> list[str]:
    """The paragraphs, lists and tables of the own notes, without links into them."""
    found = []
    for path in sorted(ROOT.glob("notes/**/*.md")):
        text = re.sub(r"\A---\n.*?\n---\n", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        text = re.sub(r"!?\[([^\[\]]*)\]\((?!https?:)[^()]*\)", r"\1", text)
        blocks = re.split(r"\n{2,}", text)
        found += [
            block for block in blocks if 20 < len(block) < 1_500 and not re.search(r"```|\[\^|^>", block, re.MULTILINE)
        ]
    return found


def write_notes(folder: Path, count: int) -> None:
    """Make `count` notes, each with a title, headings and a link to another."""
    folder.mkdir(parents=True)
    rng, pieces = random.Random(count), paragraphs()
    for number in range(count):
        parts, size = [f"# Note {number}"], 0
        while size < NOTE:
            piece = rng.choice(pieces)
            parts.append(piece)
            size += len(piece)
        parts.append(f"See [another note](note-{rng.randrange(count):04}.md).")
        (folder / f"note-{number:04}.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def build(folder: Path) -> tuple[float, int]:
    """Build once; seconds of wall time, and peak memory of the children so far in kilobytes."""
    shutil.rmtree(folder / "site", ignore_errors=True)
    started = time.perf_counter()
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=environment)
    return time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


def size(folder: Path) -> int:
    """Bytes of the pages of a site."""
    return sum(path.stat().st_size for path in (folder / "site").rglob("*.html"))


def main() -> int:
    """Print the table and what was promised; the exit code is 1 where a promise is broken."""
    seconds: dict[tuple[str, int], float] = {}
    sizes: dict[tuple[str, int], int] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for count in SIZES:
            write_notes(Path(scratch) / f"notes-{count}", count)
            for name, configuration in CONFIGURATIONS.items():
                folder = Path(scratch) / f"{name}-{count}"
                folder.mkdir()
                (folder / "mkdocs.yml").write_text(configuration, encoding="utf-8")
                (folder / "notes").symlink_to(Path(scratch) / f"notes-{count}")
            measured: dict[str, list[float]] = {name: [] for name in CONFIGURATIONS}
            for run in range(RUNS):
                for name in CONFIGURATIONS:
                    print(f"  {name}, {count} notes, run {run + 1} of {RUNS}", flush=True)
                    measured[name].append(build(Path(scratch) / f"{name}-{count}")[0])
            for name, times in measured.items():
                seconds[name, count] = statistics.median(times)
                sizes[name, count] = size(Path(scratch) / f"{name}-{count}")
    print(f"\n{'':8}{'notes':>8}{'seconds':>10}{'MB of pages':>14}")
    for (name, count), value in seconds.items():
        print(f"{name:8}{count:>8}{value:>10.2f}{sizes[name, count] / 1e6:>14.1f}")
    small, large = SIZES
    promises = (
        (f"aikb, time of {large} notes / {small}", seconds["aikb", large] / seconds["aikb", small], LINEAR),
        (f"aikb, size of {large} notes / {small}", sizes["aikb", large] / sizes["aikb", small], LINEAR),
        (
            f"time at {large} notes, aikb (two trees) / plain (one)",
            seconds["aikb", large] / seconds["plain", large],
            THIRD,
        ),
    )
    print()
    for text, ratio, limit in promises:
        print(f"{text}: {ratio:.2f} (at most {limit:.2f}){'' if ratio <= limit else '  BROKEN'}")
    return any(ratio > limit for _, ratio, limit in promises)


if __name__ == "__main__":
    sys.exit(main())
