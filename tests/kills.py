"""Builds that are killed at random, disks that are full, sites that cannot be written, builds at once; `make kills` tells.

Whatever happens, the site is the old one or the new one, whole; no process stays behind; and the next build is clean.
What needs a disk of its own runs in a mount namespace (`unshare`), and says so where that may not be made.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

CONFIGURATION = "site_name: Notes\ndocs_dir: notes\ntheme: material\nplugins:\n  - aikb: {languages: [en, fr]}\n"
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
_MARK = "AIKB_KILLS"
_LATE = "too late"
"""A build that had ended before it was to be killed."""
_PATIENCE = 20.0
"""Seconds in which the process that ends an update out of the reach of signals is done."""


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a site, by path, but for those of a build under way in it."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if not name.startswith((".aikb-", ".filler"))}


def write_notes(folder: Path, count: int, edition: int) -> None:
    """Write notes of which every edition has other words, and some other names."""
    shutil.rmtree(folder / "notes", ignore_errors=True)
    (folder / "notes/part").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(CONFIGURATION, encoding="utf-8")
    (folder / f"notes/of-{edition}.md").write_text(f"# Only in {edition}\n", encoding="utf-8")
    for number in range(count):
        words = f"# Note {number}\n\nThe edition is number {edition}. See [the next](n{(number + 1) % count}.md).\n"
        (folder / f"notes/part/n{number}.md").write_text(words * 3, encoding="utf-8")


@dataclass(slots=True)
class Base:
    """A folder of notes in two editions, and what a build of each gives."""

    folder: Path
    count: int
    site: Path = field(init=False)
    editions: list[dict[str, bytes]] = field(init=False)

    def __post_init__(self) -> None:
        """Build both editions, each in a place of its own."""
        self.site = self.folder / "site"
        self.editions = []
        for edition in (0, 1):
            write_notes(self.folder, self.count, edition)
            done = self.run("-d", str(self.folder / "expected"))
            assert done.returncode == 0, done.stdout
            self.editions.append(contents(self.folder / "expected"))
            shutil.rmtree(self.folder / "expected")
        assert self.editions[0] != self.editions[1]

    def write(self, edition: int) -> None:
        """Put one edition of the notes in place."""
        write_notes(self.folder, self.count, edition)

    def forget(self) -> None:
        """Delete what is kept of earlier builds."""
        shutil.rmtree(self.folder / "cache", ignore_errors=True)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a build in a session of its own. Its processes are known by a mark in their environment."""
        environment = {
            **os.environ,
            _MARK: str(self.folder),
            "NO_MKDOCS_2_WARNING": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        environment["AIKB_CACHE_DIR"] = str(self.folder / "cache")
        command = [sys.executable, "-m", "mkdocs", "build", "-f", str(self.folder / "mkdocs.yml"), *arguments]
        return subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment,
            start_new_session=True,
        )

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Build, and wait."""
        process = self.start(*arguments)
        output, _ = process.communicate(timeout=300)
        return subprocess.CompletedProcess(process.args, process.returncode, output)

    def left_processes(self) -> list[int]:
        """List the builds of this folder that still run, once they had time to end."""
        deadline = time.monotonic() + _PATIENCE
        while (found := list(_marked(str(self.folder)))) and time.monotonic() < deadline:
            time.sleep(0.05)
        return found

    def left_files(self, site: Path | None = None) -> list[str]:
        """List what builds have left beside the site or in it."""
        site = site or self.site
        places = (self.folder, site.parent, site)
        return sorted({path.name for each in places for path in each.iterdir() if ".aikb-" in path.name})

    def next_is_clean(self, edition: int, site: Path | None = None) -> str:
        """Build once more; what is wrong then, or nothing."""
        done = self.run("-d", str(site or self.site))
        if done.returncode:
            return f"the next build ends with {done.returncode}: {done.stdout[-500:]}"
        if "Traceback" in done.stdout:
            return "the next build shows a traceback"
        if contents(site or self.site) != self.editions[edition]:
            return "the next build is not the whole new site"
        return f"left behind: {left}" if (left := self.left_files(site)) else ""


def _marked(folder: str) -> Iterator[int]:
    mark = f"{_MARK}={folder}\0".encode()
    for place in Path("/proc").iterdir():
        if place.name.isdigit() and int(place.name) != os.getpid():
            with contextlib.suppress(OSError):
                zombie = (place / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z"
                if not zombie and mark in (place / "environ").read_bytes() + b"\0":
                    yield int(place.name)


def killed(base: Base, seconds: float, edition: int, number: signal.Signals, *, group: bool) -> tuple[str, str]:
    """Kill one build of an edition after so many seconds; which site is there afterwards, and what is wrong."""
    base.write(edition)
    before = contents(base.site)
    process = base.start()
    time.sleep(seconds)
    with contextlib.suppress(ProcessLookupError):
        (os.killpg if group else os.kill)(process.pid, number)
    output, _ = process.communicate(timeout=120)
    if left := base.left_processes():
        return "", f"processes are left: {left}"
    after = contents(base.site)
    seen = "new" if after == base.editions[edition] else "old" if after == before else "a mix"
    told = f"a traceback: {output[-1500:]}" if "Traceback" in output else ""
    wrong = "the site is a mix" if seen == "a mix" else told
    if process.returncode == 0 and not wrong:
        seen = _LATE
    return seen, wrong or base.next_is_clean(edition)


def kills(base: Base, count: int, seed: int) -> list[str]:
    """Kill `count` builds before they end; a line for each that went wrong. What was seen is printed.

    Every other one has nothing kept of what was read before, so that processes read notes, too, when they are killed.
    """
    rng, seen, wrong = random.Random(seed), Counter[str](), list[str]()
    base.write(0)
    base.run()
    seconds = [_timed(base, 1, anew=False), _timed(base, 0, anew=True)]
    hits = tries = 0
    while hits < count and tries < 4 * count:
        number, group, anew = SIGNALS[tries % 4], bool(tries // 4 % 2), bool(tries // 8 % 2)
        if anew:
            base.forget()
        site, problem = killed(base, rng.uniform(0.05, 1.0) * seconds[anew], rng.randrange(2), number, group=group)
        seen[f"{number.name} {site}"] += 1
        hits += site != _LATE
        if problem:
            wrong.append(f"kill {tries}, {number.name}{' of the group' if group else ''}: {problem}")
        seconds[anew] *= 0.97 if site == _LATE else 1.01  # a busy machine becomes a quiet one, and the other way round
        tries += 1
    report(f"{hits} kills", ", ".join(f"{name}: {times}" for name, times in sorted(seen.items())))
    return wrong


def _timed(base: Base, edition: int, *, anew: bool) -> float:
    """Measure the seconds that a build over another edition takes."""
    base.write(edition)
    if anew:
        base.forget()
    start = time.monotonic()
    base.run()
    return time.monotonic() - start


def at_once(base: Base, *pauses: float) -> list[str]:
    """Start three builds into one site, with a pause between them; so for each pause."""
    wrong = []
    for number, pause in enumerate(pauses):
        edition = number % 2
        base.write(edition)
        processes = []
        for _ in range(3):
            processes.append(base.start())
            time.sleep(pause)
        for process in processes:
            output, _ = process.communicate(timeout=300)
            if process.returncode:
                wrong.append(f"three at once: {process.returncode}: {output[-500:]}")
        if contents(base.site) != base.editions[edition]:
            wrong.append("three at once: not the whole new site")
        wrong += [f"three at once: {problem}" for problem in [base.next_is_clean(edition)] if problem]
    return wrong


def _one_line(done: subprocess.CompletedProcess[str]) -> str:
    """What is wrong with how a build says that it cannot be done."""
    if done.returncode != 1:
        return f"it ends with {done.returncode}"
    if "Traceback" in done.stdout:
        return f"a traceback: {done.stdout[-1500:]}"
    told = [each for each in done.stdout.splitlines() if each.startswith(("ERROR", "Error:"))]
    return "" if len(told) == 1 else f"its cause is not one line: {done.stdout[-300:]}"


def on_a_full_disk(base: Base, *, inside: bool) -> list[str]:
    """Build onto a tmpfs that has room for the old site and less and less for the new one; `inside`, the site is its root."""
    disk = base.folder / "disk"
    disk.mkdir(exist_ok=True)
    size = sum(len(each) for each in base.editions[0].values()) + 4_096 * 3 * len(base.editions[0])
    wrong = []
    with mounted(disk, f"size={3 * size}"):
        site = disk if inside else disk / "www"
        base.write(0)
        base.run("-d", str(site))
        base.write(1)
        for share in (0.0, 0.02, 0.2, 0.5, 0.9):
            before = contents(site)
            free = shutil.disk_usage(disk).free
            with (disk / ".filler").open("wb") as filler:
                filler.write(b"x" * max(free - int(share * size), 0))
            done = base.run("-d", str(site))
            after = contents(site)
            (disk / ".filler").unlink()
            if done.returncode == 0:
                problem = "" if after == base.editions[1] else "it is said to be built, and is not"
                base.write(0)
                base.run("-d", str(site))
                base.write(1)
            else:
                problem = _one_line(done) or ("" if after == before else "the old site has changed")
            wrong += [f"full disk, {share:.0%} of the room, {site == disk}: {problem}"] if problem else []
        wrong += [f"after a full disk: {problem}" for problem in [base.next_is_clean(1, site)] if problem]
    return wrong


def read_only(base: Base) -> list[str]:
    """Build onto a disk that cannot be written: the site, or the folder around it."""
    disk = base.folder / "disk"
    disk.mkdir(exist_ok=True)
    wrong = []
    for inside in (True, False):
        with mounted(disk, "size=200m"):
            site = disk if inside else disk / "www"
            base.write(0)
            base.run("-d", str(site))
            subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
            base.write(1)
            problem = _one_line(base.run("-d", str(site)))
            if not problem and contents(site) != base.editions[0]:
                problem = "the old site has changed"
            wrong += [f"read-only: {problem}"] if problem else []
    return wrong


def on_a_mount_point(base: Base, count: int, seed: int) -> list[str]:
    """Kill builds whose site is a mount point."""
    base.site.mkdir(exist_ok=True)
    with mounted(base.site, "size=500m"):
        return [f"mount point: {each}" for each in kills(base, count, seed)]


@contextlib.contextmanager
def mounted(folder: Path, options: str) -> Iterator[None]:
    """Have a disk in memory on a folder within the block."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def in_a_namespace() -> bool:
    """Whether mounts of this process are its own."""
    return os.environ.get(f"{_MARK}_MOUNTS") == "yes"


def namespace() -> list[str]:
    """The command that gives another one mounts of its own; nothing where none may be made."""
    for command in (["unshare", "--mount"], ["unshare", "--user", "--map-root-user", "--mount"]):
        with contextlib.suppress(OSError):
            tried = [*command, "sh", "-c", "mount -t tmpfs none /mnt"]
            if subprocess.run(tried, check=False, capture_output=True).returncode == 0:
                return command
    return []


def report(name: str, said: str) -> None:
    """Print a line."""
    print(f"{name:24} {said}", flush=True)  # noqa: T201


def main(arguments: list[str] | None = None) -> int:
    """Run everything; how much went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--notes", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="the steps whose name begins so")
    options = parser.parse_args(arguments)
    if not in_a_namespace() and (command := namespace()):
        again = [sys.executable, __file__, *(sys.argv[1:] if arguments is None else arguments)]
        environment: Mapping[str, str] = {**os.environ, f"{_MARK}_MOUNTS": "yes"}
        return subprocess.run([*command, *again], env=environment, check=False).returncode
    wrong: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        base = Base(Path(folder), options.notes)
        steps: dict[str, Callable[[], list[str]]] = {
            "kills": lambda: kills(base, options.kills, options.seed),
            "three at once": lambda: at_once(base, 0.0, 0.3, 0.9),
        }
        if in_a_namespace():
            steps |= {
                "a full disk": lambda: on_a_full_disk(base, inside=False),
                "a full mount point": lambda: on_a_full_disk(base, inside=True),
                "read-only": lambda: read_only(base),
                "kills, a mount point": lambda: on_a_mount_point(base, options.kills // 5, options.seed),
            }
        else:
            report("disks", "left out: mounts of one's own are not allowed here")
        for name, step in steps.items():
            if not name.startswith(options.only):
                continue
            found = step()
            report(name, "✓" if not found else "\n  ".join(["✗", *found]))
            wrong += found
    return len(wrong)


if __name__ == "__main__":
    sys.exit(main())
