"""Format findings for people and machines: one file a format, each a function from the result of a check to text.

To add a format, write its file and its row in FORMATS; `aikb check --format` offers what stands there.
"""

from __future__ import annotations

from collections.abc import Callable

from aikb.findings.report import github, json, sarif, text
from aikb.findings.report.result import CheckResult

FORMATS: dict[str, Callable[[CheckResult], str]] = {
    "text": text.report,
    "json": json.report,
    "github": github.report,
    "sarif": sarif.report,
}
