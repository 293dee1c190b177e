"""A finding as a value: what was found, where, how much it matters, and the edit that mends it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters to a reader of the site."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return ("error", "warning", "info").index(self.value)


@dataclass(frozen=True, slots=True)
class Fix:
    """An edit that mends a finding: this stretch of `Source.text`, replaced."""

    start: int
    end: int
    text: str
    whole_file: bool = False
    """Whether the file is only written anew, as UTF-8."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One finding, at its place: lines and columns count from 1, in code points."""

    code: str
    severity: Severity
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    message: str
    suggestion: str = ""
    fix: Fix | None = None
    """Where there is one answer only."""

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """Findings are listed by file and place."""
        return self.path, self.line, self.column, self.code, self.message
