"""Time and size of a build against plain MkDocs with Material, on the same notes, in the same run.

Notes are made by resampling paragraphs of this repository's own. Both engines build each folder in turn; medians are
printed, and their ratios, which hold when the machine is slow or busy where seconds do not.
"""

from __future__ import annotations

import os
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import edit
import highlights
import walls

ROOT = Path(__file__).resolve().parent.parent
SIZES = (200, 1_000)
RUNS = 3
CHECKED = 10_000
EDITED = (1_000, 10_000) if "--large" in sys.argv else (1_000,)
HIGHLIGHTS = (4_000, 36_000)
NOTE = 2_000
"""Characters of a note, at least."""

CONFIGURATIONS = {
    "plain": "site_name: Bench\ndocs_dir: notes\ntheme: material\n",
    "aikb": "site_name: Bench\ndocs_dir: notes\ntheme: material\nplugins:\n  - aikb\n",
    "one tree": "site_name: Bench\ndocs_dir: notes\ntheme: material\nplugins:\n  - aikb:\n      languages: [en]\n",
}
LINEAR, THIRD, TREES, LIBRARY, WITH_TERMS = 6.0, 1 / 3, 1.6, 10.0, 1.3
"""What the project promises: 1,000 notes cost at most six times 200, at most a third of plain Material's time, and in two
languages at most 1.6 times what they cost in one; nine times the highlights cost at most ten times the time; 1,000 terms cost
at most 1.3 times the same notes without a glossary."""
COLD, AGAIN = 0.25, 0.20
"""1,000 notes in two trees against plain Material in one, processor time: with nothing kept (the aim is 0.20), and where
nothing changed."""
CHECK_COLD, CHECK_AGAIN = 1.6, 0.4
"""Milliseconds of processor a note of `aikb check`, likewise (the aim is 0.8 cold). They depend on the machine,
unlike all other promises."""
EDIT, SEEN = 0.12, 0.8
"""One edit under `mkdocs serve`: at most an eighth (the aim is a tenth) of the processor time of a cold build, and
seconds until it is seen."""
WALL = 0.03
"""The share of a build that the gate over every page, and the policy in every page, may take together."""
TERMS, SPOKEN = 1_000, 250
"""How many terms the large glossary has, and how many of them the notes speak of."""


def paragraphs() -> list[str]:
    """Read the paragraphs, lists and tables of the own notes, without links into them."""
    found = []
    for path in sorted(ROOT.glob("notes/**/*.md")):
        text = re.sub(r"\A---\n.*?\n---\n", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        text = re.sub(r"!?\[([^\[\]]*)\]\((?!https?:)[^()]*\)", r"\1", text)
        blocks = re.split(r"\n{2,}", text)
        found += [
            block for block in blocks if 20 < len(block) < 1_500 and not re.search(r"```|\[\^|^>", block, re.MULTILINE)
        ]
    return found


def write_notes(folder: Path, count: int, links: int = 1) -> None:
    """Make `count` notes, each with a title, some paragraphs, and links to others."""
    folder.mkdir(parents=True)
    rng, pieces = random.Random(count), paragraphs()
    for number in range(count):
        parts, size = [f"# Note {number}"], 0
        while size < NOTE:
            piece = rng.choice(pieces)
            parts.append(piece)
            size += len(piece)
        others = (rng.randrange(count) for _ in range(links))
        parts.append("See " + ", ".join(f"[another note](note-{other:05}.md)" for other in others) + ".")
        (folder / f"note-{number:05}.md").write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def write_glossary(folder: Path) -> None:
    """Make TERMS terms in both languages; some are phrases that the notes are full of, the others nobody names."""
    folder.mkdir(parents=True)
    rng, words = random.Random(TERMS), " ".join(paragraphs())
    pairs = sorted(set(re.findall(r"\b[a-z]{5,} [a-z]{5,}\b", words)))
    names = rng.sample(pairs, SPOKEN)
    names += [f"{first} {second}s" for first, second in zip(rng.choices(names, k=TERMS), range(TERMS), strict=True)]
    for lang, title, text in (("en", "Glossary", "is a thing that"), ("fr", "Glossaire", "est une chose que")):
        entries = [
            f"## {name.capitalize()}\n\n{name.capitalize()} {text} {rng.choice(names)} {rng.choice(names)}."
            for name in names[:TERMS]
        ]
        (folder / f"terms.{lang}.md").write_text("\n\n".join([f"# {title}", *entries]) + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command takes, in seconds."""

    wall: float
    processor: float
    """Of all processors; other programs change it less than the wall time."""


def cost_of(command: list[str], folder: Path, kept: Path | None = None) -> Cost:
    """Run a command. `kept` is where aikb keeps what it reads; None for an empty place, as on the first run of all."""
    with tempfile.TemporaryDirectory() as empty:
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "AIKB_CACHE_DIR": str(kept or empty)}
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(command, cwd=folder, check=False, capture_output=True, env=environment)
        wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def seconds_of(command: list[str], folder: Path) -> float:
    """Measure the wall time of a command."""
    return cost_of(command, folder).wall


def median(costs: list[Cost]) -> Cost:
    """Take the median of each figure."""
    return Cost(statistics.median(each.wall for each in costs), statistics.median(each.processor for each in costs))


def build(folder: Path, run: int, kept: Path | None = None) -> Cost:
    """Build once, into a new folder: ext4 is slow to make files where it has just deleted some."""
    return cost_of([sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", f"site-{run}"], folder, kept)


def size(folder: Path) -> int:
    """Bytes of the pages of a site."""
    return sum(path.stat().st_size for path in (folder / "site-0").rglob("*.html"))


def check_large(scratch: Path) -> list[tuple[str, float, float]]:
    """Time the link check on 10,000 notes with 100,000 links, against reading them and a strict build of 1,000."""
    folder = scratch / "check"
    write_notes(folder / "notes", CHECKED, links=10)
    (folder / "mkdocs.yml").write_text(CONFIGURATIONS["aikb"], encoding="utf-8")
    checks = [sys.executable, "-c", "from aikb.cli.main import main; main()", "check"]
    measured: dict[str, list[Cost]] = {"cold": [], "again": [], "cat": [], "strict": []}
    cost_of(checks, folder, scratch / "kept")
    for run in range(RUNS):
        print(f"  check of {CHECKED} notes, run {run + 1} of {RUNS}", flush=True)
        measured["cold"].append(cost_of(checks, folder))
        measured["again"].append(cost_of(checks, folder, scratch / "kept"))
        measured["cat"].append(cost_of(["sh", "-c", "cat notes/*.md >/dev/null"], folder))
        strict = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", f"strict-{run}"]
        measured["strict"].append(cost_of(strict, scratch / f"plain-{SIZES[-1]}"))
    cold, again, cat, strict_build = (median(costs) for costs in measured.values())
    print(
        f"\naikb check, {CHECKED} notes and {10 * CHECKED} links: {cold.wall:.2f} s; where nothing changed {again.wall:.2f} s"
    )
    print(f"  {cold.wall / cat.wall:.0f} times cat of the same files ({cat.wall:.2f} s)")
    print(f"  {cold.wall / strict_build.wall:.2f} times mkdocs build --strict of {SIZES[-1]} of them")
    return [
        (f"milliseconds of processor a note, check of {CHECKED}", cold.processor * 1e3 / CHECKED, CHECK_COLD),
        ("milliseconds of processor a note, where nothing changed", again.processor * 1e3 / CHECKED, CHECK_AGAIN),
    ]


def processor_seconds(command: list[str], folder: Path) -> float:
    """Measure what a command takes of all processors."""
    return cost_of(command, folder).processor


def glossary_large(scratch: Path) -> list[tuple[str, float, float]]:
    """1,000 terms over 10,000 notes against the same notes without them: the check three times, the build once.

    In seconds of the processors: one long run of each would compare what else the machine was doing.
    """
    write_notes(scratch / "many", CHECKED)
    for name in ("without", "with"):
        folder = scratch / f"{name}-terms"
        folder.mkdir()
        (folder / "notes").symlink_to(scratch / "many")
        (folder / "mkdocs.yml").write_text(CONFIGURATIONS["aikb"], encoding="utf-8")
    write_glossary(scratch / "with-terms" / "glossary")
    command = [sys.executable, "-c", "from aikb.cli.main import main; main()"]
    checks: dict[str, list[float]] = {"without": [], "with": []}
    builds = {}
    for run in range(RUNS):
        print(f"  check of {CHECKED} notes with {TERMS} terms, run {run + 1} of {RUNS}", flush=True)
        for name, times in checks.items():
            times.append(processor_seconds([*command, "check"], scratch / f"{name}-terms"))
    for name in checks:
        print(f"  build of {CHECKED} notes {name} {TERMS} terms", flush=True)
        mkdocs = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
        builds[name] = processor_seconds(mkdocs, scratch / f"{name}-terms")
    listed = subprocess.run(
        [*command, "glossary"], cwd=scratch / "with-terms", capture_output=True, text=True, check=True
    )
    spoken = sum(int(count) for count in re.findall(r"; (\d+) mentions?\)", listed.stdout))
    without, with_terms = statistics.median(checks["without"]), statistics.median(checks["with"])
    print(f"\n{TERMS} terms, {spoken} mentions in {CHECKED} notes ({spoken / CHECKED:.1f} a note)")
    print(f"  aikb check: {without:.1f} s of processors without, {with_terms:.1f} s with")
    print(f"  mkdocs build: {builds['without']:.1f} s of processors without, {builds['with']:.1f} s with")
    return [
        (f"processor time of aikb check with {TERMS} terms / without", with_terms / without, WITH_TERMS),
        (f"processor time of a build with {TERMS} terms / without", builds["with"] / builds["without"], WITH_TERMS),
    ]


def read_highlights(scratch: Path) -> float:
    """Time reading a library of highlights, and tying it to notes that quote it, growing from 4,000 to 36,000."""
    checks = [sys.executable, "-c", "from aikb.cli.main import main; main()", "check"]
    medians = []
    for count in HIGHLIGHTS:
        folder = scratch / f"highlights-{count}"
        texts = []
        for name, content in highlights.library(count, 1).items():
            path = folder / "notes" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            texts += re.findall(r"^- (\S[^(\n]{60,200})", content.decode(), re.MULTILINE)
        for number in range(count // 40):
            quoted = "\n\n".join(f"## Part {at}\n\n{texts[(number * 7 + at) % len(texts)]}" for at in range(5))
            (folder / "notes" / f"note-{number:04}.md").write_text(f"# Note {number}\n\n{quoted}\n", encoding="utf-8")
        (folder / "mkdocs.yml").write_text(CONFIGURATIONS["aikb"], encoding="utf-8")
        times = []
        for run in range(RUNS):
            print(f"  {count} highlights, run {run + 1} of {RUNS}", flush=True)
            times.append(seconds_of(checks, folder))
        medians.append(statistics.median(times))
        print(f"\n{count} highlights and {count // 40} notes, read and tied: {medians[-1]:.2f} s")
    return medians[1] / medians[0]


def edit_notes(scratch: Path, count: int) -> list[tuple[str, float, float]]:
    """Measure one edit of each kind under `mkdocs serve`, against a cold build of the same notes."""
    folder = scratch / f"edited-{count}"
    write_notes(folder / "notes", count)
    (folder / "mkdocs.yml").write_text(CONFIGURATIONS["aikb"], encoding="utf-8")
    print(f"  cold builds of {count} notes, and edits of them under mkdocs serve", flush=True)
    cold = statistics.median(edit.cold(folder, run) for run in range(RUNS))
    promises = []
    print(f"\n{count} notes: {cold:.2f} s of processors for a cold build; one edit")
    for kind, measured in edit.measure(folder).items():
        print(f"  {kind}: {measured.processor:.2f} s of processors, {measured.wall:.2f} s until it is seen")
        promises.append(
            (f"{count} notes, edit of a {kind}: processor time / cold build", measured.processor / cold, EDIT)
        )
        promises.append(
            (f"{count} notes, edit of a {kind}: seconds until it is seen", measured.wall, SEEN * count / SIZES[-1])
        )
    return promises


def share_of_walls(scratch: Path) -> list[tuple[str, float, float]]:
    """Measure which share of a build of 1,000 notes the gate and the policy take."""
    print(f"  the gate and the policy in a build of {SIZES[-1]} notes", flush=True)
    taken = walls.shares(scratch / f"aikb-{SIZES[-1]}")
    print("\n" + ", ".join(f"the {name} takes {share:.1%} of a build" for name, share in taken.items()))
    return [(f"share of the gate and the policy in a build of {SIZES[-1]} notes", sum(taken.values()), WALL)]


def build_all(scratch: Path, count: int) -> dict[str, list[Cost]]:
    """Build as many notes with each configuration in turn; aikb with nothing kept, and again."""
    write_notes(scratch / f"notes-{count}", count)
    for name, configuration in CONFIGURATIONS.items():
        folder = scratch / f"{name}-{count}"
        folder.mkdir()
        (folder / "mkdocs.yml").write_text(configuration, encoding="utf-8")
        (folder / "notes").symlink_to(scratch / f"notes-{count}")
    measured: dict[str, list[Cost]] = {name: [] for name in (*CONFIGURATIONS, "aikb, again")}
    kept = scratch / f"kept-{count}"
    build(scratch / f"aikb-{count}", RUNS, kept)
    for run in range(RUNS):
        for name in CONFIGURATIONS:
            print(f"  {name}, {count} notes, run {run + 1} of {RUNS}", flush=True)
            measured[name].append(build(scratch / f"{name}-{count}", run))
        measured["aikb, again"].append(build(scratch / f"aikb-{count}", RUNS + 1 + run, kept))
    return measured


def of_builds(
    costs: Mapping[tuple[str, int], Cost], sizes: Mapping[tuple[str, int], int]
) -> list[tuple[str, float, float]]:
    """List what was promised of builds: in words, as measured, and the limit."""
    small, large = SIZES
    first, many = (costs[name, small].processor for name in ("plain", "aikb, again"))
    plain, cold, again, one = (costs[name, large] for name in ("plain", "aikb", "aikb, again", "one tree"))
    return [
        (f"aikb, time of {large} notes / {small}", cold.wall / costs["aikb", small].wall, LINEAR),
        (f"aikb, size of {large} notes / {small}", sizes["aikb", large] / sizes["aikb", small], LINEAR),
        (f"time at {large} notes, aikb (two trees) / plain (one)", cold.wall / plain.wall, THIRD),
        (f"processor time at {large} notes, aikb / plain", cold.processor / plain.processor, COLD),
        ("the same where nothing changed", again.processor / plain.processor, AGAIN),
        (f"processor time at {small} notes, aikb again / plain", many / first, 1.0),
        (f"time at {large} notes, two trees / one", cold.wall / one.wall, TREES),
    ]


def main() -> int:
    """Print the table and what was promised; the exit code is 1 where a promise is broken."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed package is compiled, and so is ours
    costs: dict[tuple[str, int], Cost] = {}
    sizes: dict[tuple[str, int], int] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for count in SIZES:
            measured = build_all(Path(scratch), count)
            for name, each in measured.items():
                costs[name, count] = median(each)
                sizes[name, count] = size(Path(scratch) / f"{name.removesuffix(', again')}-{count}")
        promises = [
            *of_builds(costs, sizes),
            *share_of_walls(Path(scratch)),
            *check_large(Path(scratch)),
            *glossary_large(Path(scratch)),
            (f"time of {HIGHLIGHTS[1]} highlights / {HIGHLIGHTS[0]}", read_highlights(Path(scratch)), LIBRARY),
            *(promise for count in EDITED for promise in edit_notes(Path(scratch), count)),
        ]
    print(f"\n{'':12}{'notes':>8}{'seconds':>10}{'processor':>11}{'MB of pages':>14}")
    for (name, count), cost in costs.items():
        megabytes = sizes[name, count] / 1e6
        print(f"{name:12}{count:>8}{cost.wall:>10.2f}{cost.processor:>11.2f}{megabytes:>14.1f}")
    print()
    for text, ratio, limit in promises:
        print(f"{text}: {ratio:.2f} (at most {limit:.2f}){'' if ratio <= limit else '  BROKEN'}")
    return any(ratio > limit for _, ratio, limit in promises)


if __name__ == "__main__":
    sys.exit(main())
