"""Ask git when files were changed last; one question for all of them.

The author's date counts, in whole seconds: it is the same in every clone and survives a rebase. Where there is no repository,
no git, or one that git does not trust, nothing is known.
"""

from __future__ import annotations

import os
import re
import subprocess
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

SAFE = ("-c", "core.fsmonitor=false", "-c", "log.showSignature=false", "-c", "core.quotePath=false")
"""A repository's own configuration can name programs; none of them is run."""
SECONDS = 60
STAMP = re.compile(r"[0-9]{1,11}")
"""A date up to the year 5138; git keeps whatever a commit's author wrote."""


def changed(folder: Path) -> Mapping[str, int]:
    """Ask git for the last change of every file below a folder, in seconds since 1970, by its path from there."""
    head = head_of(folder)
    return _dates(folder, head) if head else {}


def head_of(folder: Path) -> str:
    """Ask git for the commit that a folder stands at; empty where there is none."""
    return _git(folder, "rev-parse", "HEAD")


def environment() -> dict[str, str]:
    """Make the environment that git runs in: it asks no other host for what a partial clone left out."""
    return {**os.environ, "GIT_NO_LAZY_FETCH": "1"}


def is_shallow(folder: Path) -> bool:
    """Ask git whether the history was left out of a clone; all files then seem of one age."""
    return _git(folder, "rev-parse", "--is-shallow-repository").strip() == "true"


@lru_cache(maxsize=4)
def _dates(folder: Path, _head: str) -> Mapping[str, int]:
    """Read the dates at one commit; cached, so that while serving a log that did not grow is not read again."""
    options = ["--no-merges", "--no-renames", "--no-ext-diff", "--relative", "--name-only", "-z", "--format=%x01%at"]
    return parse_log(_git(folder, "log", *options, "--", "."))


def _git(folder: Path, *arguments: str) -> str:
    """Run git, and give what it answers; empty where it does not."""
    try:
        answer = subprocess.run(  # noqa: S603 - nothing of the notes is in it
            ["git", *SAFE, *arguments],  # noqa: S607 - the user's own git
            cwd=folder,
            capture_output=True,
            check=True,
            timeout=SECONDS,
            stdin=subprocess.DEVNULL,
            env=environment(),
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return answer.stdout.decode("utf-8", "replace")


def parse_log(log: str) -> dict[str, int]:
    r"""Parse a log of commits, the latest first: each `\x01`, seconds, and names of files between NULs."""
    dates: dict[str, int] = {}
    for commit in log.split("\x01")[1:]:
        stamp, *names = commit.split("\0")
        if not STAMP.fullmatch(stamp.strip()):
            continue  # a name with this character in it, or a date that no calendar has
        for name in names:
            if name := name.strip("\n"):
                dates.setdefault(unicodedata.normalize("NFC", name), int(stamp))
    return dates
