"""Hold the result of a check, as the formats see it."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field

from aikb.model.finding import Diagnostic, Severity
from aikb.model.source import Source


@dataclass(frozen=True, slots=True)
class Terminal:
    """What a report is read on, when a person reads it."""

    width: int = 80
    color: bool = False
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What was found, and what else a format may need to show it."""

    findings: tuple[Diagnostic, ...]
    """What is reported, in the order of files and places."""
    sources: Mapping[str, Source] = field(default_factory=dict)
    """The texts that the findings point into, by path."""
    verbose: bool = False
    """Whether people are shown what is only informative, too. Programs always are."""
    terminal: Terminal | None = None
    """None where the report goes to a file or another program."""
    folder: str = ""
    """Where the knowledge base is in its repository, for formats whose paths start there: `docs/`."""
    way: str = ""
    """The way to the knowledge base from the current folder, for people, who click on paths."""

    def hosted(self, path: str) -> str:
        """Name a file as the host of the repository does; notes may lie above the configuration."""
        return posixpath.normpath(self.folder + path)

    def clicked(self, path: str) -> str:
        """Name a file from the current folder."""
        return posixpath.normpath(posixpath.join(self.way.replace("\\", "/"), path))

    @property
    def listed(self) -> tuple[Diagnostic, ...]:
        """The findings that a person is shown."""
        if self.verbose:
            return self.findings
        return tuple(each for each in self.findings if each.severity is not Severity.INFO)
