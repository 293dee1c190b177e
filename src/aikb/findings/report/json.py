"""Format all findings as JSON, for programs; `findings.schema.json` says what is in it.

It is ASCII, so that it is the same bytes and valid in every locale.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from aikb.findings.report.result import CheckResult
from aikb.findings.report.text import printable_lines
from aikb.model.finding import Diagnostic, Severity

VERSION = 1
"""Of the format; it grows when a program that read the last one would err."""


def report(result: CheckResult) -> str:
    """Format all findings, and how many there are of each severity."""
    counts = {severity.value: sum(each.severity is severity for each in result.findings) for severity in Severity}
    data = {"version": VERSION, "findings": [_finding(each) for each in result.findings], "counts": counts}
    return printable_lines(json.dumps(data, indent=2)) + "\n"


def _finding(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "path": diagnostic.path,
        "line": diagnostic.line,
        "column": diagnostic.column,
        "end_line": diagnostic.end_line,
        "end_column": diagnostic.end_column,
        "message": diagnostic.message,
        "suggestion": diagnostic.suggestion,
        "fix": asdict(diagnostic.fix) if diagnostic.fix else None,
    }
