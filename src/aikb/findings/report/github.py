"""Format annotations for GitHub Actions, and the summary of a job as Markdown.

GitHub shows ten annotations of a step and drops the rest without a word, so ours are the worst ten and the number of the rest;
the summary has them all, or nearly.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from aikb.findings.report.repeats import Repeated, fold
from aikb.findings.report.result import CheckResult
from aikb.findings.report.text import printable, summary
from aikb.model.finding import Severity

ANNOTATIONS = 10
ROWS = 200
_CELL = 300
"""Characters; GitHub takes a summary of one megabyte."""
_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_MARKUP = re.compile(r"[^\w\s.,;“”’…/-]|_|(?<=www)\.", re.IGNORECASE)


def report(result: CheckResult) -> str:
    """Format workflow commands for the standard output of a step."""
    worst = _worst_first(result)
    lines = [_annotation(each, result.hosted(each.first.path)) for each in worst[:ANNOTATIONS]]
    if rest := worst[ANNOTATIONS:]:
        lines.append(f"::notice title=aikb::and {_counted(rest)} that GitHub has no room for here")
    return "".join(f"{line}\n" for line in lines)


def job_summary(result: CheckResult) -> str:
    """Format Markdown to be appended to the file that `$GITHUB_STEP_SUMMARY` names."""
    counts = [str(sum(each.severity is severity for each in result.findings)) for severity in Severity]
    lines = [
        "## aikb check",
        "",
        "| errors | warnings | info |",
        "| --- | --- | --- |",
        f"| {' | '.join(counts)} |",
        "",
    ]
    worst = _worst_first(result)
    if worst:
        lines += ["| severity | place | finding | message |", "| --- | --- | --- | --- |"]
        lines += [_row(each, result.hosted(each.first.path)) for each in worst[:ROWS]]
        lines.append("")
    if rest := worst[ROWS:]:
        lines += [f"And {_counted(rest)}.", ""]
    return "".join(f"{line}\n" for line in lines)


def _worst_first(result: CheckResult) -> list[Repeated]:
    return sorted(fold(result.listed), key=lambda each: each.first.severity.rank)


def _counted(rest: Iterable[Repeated]) -> str:
    return summary(found for each in rest for found in (each.first, *each.others)).replace(", ", " and ") + " more"


def _annotation(repeated: Repeated, path: str) -> str:
    found = repeated.first
    columns = found.end_line == found.line  # GitHub takes them on one line only
    place = [
        ("file", path),
        ("line", found.line),
        *([("col", found.column)] if columns else []),
        ("endLine", found.end_line),
        *([("endColumn", found.end_column)] if columns else []),
        ("title", found.code),
    ]
    properties = ",".join(f"{name}={_property(value)}" for name, value in place)
    return f"::{_COMMANDS[found.severity]} {properties}::{_escaped(repeated.message)}"


def _escaped(text: str) -> str:
    """Escape a message of a workflow command: GitHub's own escapes, and ours for what could steer a terminal."""
    return printable(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: object) -> str:
    return _escaped(str(text)).replace(":", "%3A").replace(",", "%2C")


def _row(repeated: Repeated, path: str) -> str:
    found = repeated.first
    place = f"{path}:{found.line}:{found.column}"
    return "| " + " | ".join(_cell(each) for each in (found.severity, place, found.code, repeated.message)) + " |"


def _cell(text: str) -> str:
    """Escape text that Markdown shows as it is: a character reference never opens a tag, a link or the next cell."""
    shown = printable(text if len(text) <= _CELL else f"{text[:_CELL]}…")
    return _MARKUP.sub(lambda match: f"&#{ord(match[0])};", shown)
