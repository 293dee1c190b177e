"""Ask git which sections of the notes were added and revised, and when; one question for all of them.

The answer is read from the newest commit on, up to a bound, so that a long history costs no more than a short one. Notes that
were put there whole, by a first commit, tell nothing, and are left out. git names the section that a change stands in, as it
names the function of a change in a program (gitattributes(5), xfuncname).
"""

from __future__ import annotations

import re
import subprocess
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import Indel

from aikb.system.git_dates import SAFE, SECONDS, STAMP, environment, head_of

_COMMITS, _BYTES = 200, 4_000_000
"""How far back is looked."""
_LETTERS = 24
"""How many letters must go or come before a section was revised: less is a slip that was mended."""
_COMPARED = 4_000
"""Letters of a change that are compared."""
_HEADING = re.compile(r"[ ]{0,3}#{1,6}[ \t]+\S")
_HUNK = re.compile(r"@@ -[0-9,]+ \+[0-9,]+ @@ ?(.*)")
_CONFIG = (
    "-c", f"core.attributesFile={Path(__file__).with_name('markdown.gitattributes')}",
    "-c", r"diff.aikb.xfuncname=^ {0,3}#{1,6}[ 	]+.*$",
)  # fmt: skip
_LOG = (
    "log --no-merges --find-renames --diff-filter=MR --patch --unified=0 --ignore-all-space --no-color --no-ext-diff "
    "--no-textconv --relative --src-prefix=a/ --dst-prefix=b/ --format=%x01%at"
).split()


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of a note: when, in seconds since 1970, and the headings of sections, as they stand in the file."""

    seconds: int
    added: tuple[str, ...] = ()
    revised: tuple[str, ...] = ()
    """git cuts these after eighty bytes."""


def edited(folder: Path) -> Mapping[str, tuple[Edit, ...]]:
    """Ask git for the edits of every note below a folder, the latest first, by its path from there."""
    head = head_of(folder)
    return _edits(folder, head) if head else {}


@lru_cache(maxsize=4)
def _edits(folder: Path, _head: str) -> Mapping[str, tuple[Edit, ...]]:
    """Read the edits at one commit; cached, so that while serving a log that did not grow is not read again."""
    return parse_patches(_answer(folder).split("\n"))


def _answer(folder: Path) -> str:
    """Run git up to a bound; empty where it does not run. What was cut off is left out with its commit."""
    arguments = ["git", *SAFE, *_CONFIG, *_LOG, f"--max-count={_COMMITS}", "--", "*.md", "*.markdown"]
    try:
        with subprocess.Popen(  # noqa: S603 - nothing of the notes is in it
            arguments, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
            env=environment(),
        ) as process:  # fmt: skip
            assert process.stdout is not None  # noqa: S101 - it is a pipe
            data = process.stdout.read(_BYTES)
            whole = len(data) < _BYTES
            if not whole:
                process.kill()
            process.wait(timeout=SECONDS)
    except (OSError, subprocess.SubprocessError):
        return ""
    text = data.decode("utf-8", "replace")
    return text if whole else text.rpartition("\n\x01")[0]


@dataclass(slots=True)
class _Patch:
    """What one commit does to one note."""

    path: str
    seconds: int
    added: dict[str, None] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    gone: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    come: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Lines by the heading that they stand under."""

    def edit(self) -> Edit:
        """Sum up what it does; a section that only moved is neither new nor another."""
        added = tuple(heading for heading in self.added if heading not in self.removed)
        touched = dict.fromkeys((*self.come, *self.gone))
        revised = tuple(each for each in touched if each and each not in added and self._is_revised(each))
        return Edit(self.seconds, added, revised)

    def _is_revised(self, heading: str) -> bool:
        gone, come = (" ".join(lines.get(heading, ()))[:_COMPARED] for lines in (self.gone, self.come))
        return Indel.distance(gone, come, score_cutoff=_LETTERS) >= _LETTERS


def parse_patches(lines: Iterable[str]) -> dict[str, tuple[Edit, ...]]:
    r"""Parse a log of patches, the latest first: `\x01` and seconds, then files, hunks and their lines.

    What a note was called before it was renamed counts as its own.
    """
    edits: defaultdict[str, list[Edit]] = defaultdict(list)
    now: dict[str, str] = {}
    for patch, old in _patches(lines):
        path = now.get(patch.path, patch.path)
        if old:
            now[old] = path
        edit = patch.edit()
        if edit.added or edit.revised:
            edits[path].append(edit)
    return {path: tuple(found) for path, found in edits.items()}


def _patches(lines: Iterable[str]) -> Iterator[tuple[_Patch, str]]:
    """Cut a log into patches, each with the name that the note had before, where that was another."""
    seconds, old, patch = 0, "", _Patch("", 0)
    under = {"-": "", "+": ""}
    inside = False
    for line in lines:
        first = line[:1]
        if inside and first in under:
            _take(patch, first, line[1:], under)
        elif first == "@" and (hunk := _HUNK.match(line)):
            inside = True
            under = dict.fromkeys(under, hunk[1].rstrip("\ufffd"))
        elif first == "\x01" or line.startswith("diff --git "):
            if patch.path and seconds:
                yield patch, old
            inside, old, patch = False, "", _Patch("", seconds)
            if first == "\x01":
                seconds = int(line[1:]) if STAMP.fullmatch(line[1:]) else 0
        elif line.startswith("rename from "):
            old = _name(line.removeprefix("rename from "))
        elif line.startswith(("rename to ", "+++ b/")):
            patch = _Patch(_name(line.removeprefix("rename to ").removeprefix("+++ b/")), seconds)
    if patch.path and seconds:
        yield patch, old


def _take(patch: _Patch, sign: str, line: str, under: dict[str, str]) -> None:
    """Take a line that came or went; a heading among them stands over what follows."""
    if _HEADING.match(line):
        under[sign] = line.strip()
        if sign == "+":
            patch.added[under[sign]] = None
        else:
            patch.removed.add(under[sign])
        return
    if text := line.strip():
        (patch.come if sign == "+" else patch.gone)[under[sign]].append(text)


def _name(written: str) -> str:
    return unicodedata.normalize("NFC", written.rstrip("\t"))
