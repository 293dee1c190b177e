"""Read where a repository is published, from its `origin`: the address of its pages, and no credentials."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

_ADDRESS = re.compile(
    r"(?:(?:https?|ssh|git)://)?(?:[^@/\s]*@)?(?P<host>[\w.-]+)(?::\d+(?=/))?[:/]"
    r"(?P<owner>[\w.~-]+(?:/[\w.~-]+)*)/(?P<name>[\w.~-]+?)(?:\.git)?/?"
)
"""An address as git takes it; names and passwords before the host are left behind."""


@dataclass(frozen=True, slots=True)
class Remote:
    """A repository on a host."""

    host: str
    owner: str
    name: str

    @property
    def url(self) -> str:
        """The address of the repository."""
        return f"https://{self.host}/{self.owner}/{self.name}"

    @property
    def pages(self) -> str:
        """The address of the site that GitHub or GitLab publishes for it; empty for other hosts."""
        if self.host not in ("github.com", "gitlab.com"):
            return ""
        owner, _, group = self.owner.partition("/")
        home = f"{owner.lower()}.{self.host.removesuffix('.com')}.io"
        if not group and self.name.lower() == home:
            return f"https://{home}/"
        return f"https://{home}/{f'{group}/' if group else ''}{self.name}/"


def parse_remote(address: str) -> Remote | None:
    """Parse the address of a remote; None for a path, or what is no address."""
    match = _ADDRESS.fullmatch(address.strip())
    return Remote(match["host"].lower(), match["owner"], match["name"]) if match and "." in match["host"] else None


def git_root(folder: Path) -> Path | None:
    """Find the root of the repository that a folder is in; None outside one, or where git is not installed."""
    root = _git(folder, "rev-parse", "--show-toplevel")
    return Path(root) if root else None


def git_remote(folder: Path) -> Remote | None:
    """Find the `origin` of the repository that a folder is in."""
    return parse_remote(_git(folder, "remote", "get-url", "origin"))


def git_branch(folder: Path) -> str:
    """Find the branch that is checked out; `main` where there is none."""
    return _git(folder, "symbolic-ref", "--short", "HEAD") or "main"


def _git(folder: Path, *arguments: str) -> str:
    """Ask git; an empty answer where it has none."""
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)  # noqa: S603 - fixed words
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
