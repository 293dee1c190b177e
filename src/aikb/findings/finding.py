"""Make findings, worded by the table of codes.

A finding is made where it is discovered, worded by the table in `codes/`, and printed by `report/`. Severities: error = the
reader gets something broken or unsafe; warning = degraded or ambiguous, fails under `--strict`; info = repaired or advisory.
"""

from __future__ import annotations

from dataclasses import replace

from aikb.findings.codes.table import CODES
from aikb.model.finding import Diagnostic, Fix
from aikb.model.source import Source
from aikb.text.secrets import mask_secrets


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
        fix = _in_file(fix, source) if fix and source.origin else fix
        line, column = source.position(start)
        end_line, end_column = source.position(start if end is None else end)
    return Diagnostic(
        code=code,
        severity=entry.severity,
        path=path,
        line=line,
        column=column,
        end_line=end_line,
        end_column=end_column,
        message=mask_secrets(entry.message.format(**values)),
        suggestion=mask_secrets(str(values.get("suggestion", ""))),
        fix=fix,
    )


def called(path: str) -> str:
    """Name a file in a message: from the folder of the notes, where the configuration lies in one of its own (`.aikb/`)."""
    while path.startswith("../"):
        path = path[3:]
    return path


def _in_file(fix: Fix, source: Source) -> Fix | None:
    """Move an edit to where its text stands in the file; None where there is no such text."""
    place = source.stretch_in_origin(fix.start, fix.end)
    return replace(fix, start=place.start, end=place.end) if place else None
