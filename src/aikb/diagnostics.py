"""Findings as values.

A finding is made where it is discovered, worded by the table in `codes/`, and printed by `report/`. Severities: error = the
reader gets something broken or unsafe; warning = degraded or ambiguous, fails under `--strict`; info = repaired or advisory.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aikb.codes import CODES, Severity

if TYPE_CHECKING:
    from aikb.model import Source


@dataclass(frozen=True, slots=True)
class Fix:
    """An edit that mends a finding: this stretch of `Source.text`, replaced."""

    start: int
    end: int
    text: str
    whole_file: bool = False
    """Whether the file is only written anew, as UTF-8."""


@dataclass(frozen=True, slots=True)
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


def finding(
    code: str,
    source: Source | str,
    start: int = 0,
    end: int | None = None,
    fix: Fix | None = None,
    /,
    **values: object,
) -> Diagnostic:
    """Make a finding. `source` is a path where there is no text to point into; the place is then its first character.

    `values` fill the message; the value `suggestion` is kept apart as well.
    """
    entry = CODES[code]
    if isinstance(source, str):
        path, line, column, end_line, end_column = source, 1, 1, 1, 1
    else:
        path = source.file
        fix = None if source.origin else fix  # there is no such text in the file
        line, column = source.position(start)
        end_line, end_column = source.position(start if end is None else end)
    return Diagnostic(
        code,
        entry.severity,
        path,
        line,
        column,
        end_line,
        end_column,
        entry.message.format(**values),
        str(values.get("suggestion", "")),
        fix,
    )
