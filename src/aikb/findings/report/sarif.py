"""Format all findings as SARIF 2.1.0, for code scanning. Like `json.py`, it is ASCII."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, metadata
from typing import Any
from urllib.parse import quote

from aikb import __version__
from aikb.findings.codes.code import Code
from aikb.findings.codes.table import CODES
from aikb.findings.report.result import CheckResult
from aikb.findings.report.text import printable, printable_lines
from aikb.model.finding import Diagnostic, Severity

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_RULES = {name: number for number, name in enumerate(CODES)}
_PLACEHOLDER = re.compile(r"\{(\d+)\}")


def report(result: CheckResult) -> str:
    """Format one SARIF run: every code as a rule, every finding as a result."""
    seen: Counter[str] = Counter()
    log = {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "aikb",
                        "version": __version__,
                        "rules": [_rule(code) for code in CODES.values()],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(each, result.hosted(each.path), seen) for each in result.listed],
            }
        ],
    }
    return printable_lines(json.dumps(log, indent=2)) + "\n"


@lru_cache(maxsize=1)
def documentation() -> str:
    """Look up where the documentation of the installed aikb is published; empty where its metadata do not say."""
    try:
        urls = metadata("aikb").get_all("Project-URL") or []
    except PackageNotFoundError:
        return ""
    named = dict(str(url).split(", ", 1) for url in urls if ", " in str(url))
    return named.get("Documentation", "").rstrip("/")


def _rule(code: Code) -> dict[str, Any]:
    home = documentation()
    return {
        **({"helpUri": f"{home}/reference/findings/#{code.name}"} if home else {}),
        "id": code.name,
        "shortDescription": {"text": re.split(r"(?<=\.) ", code.explanation)[0]},
        "fullDescription": {"text": code.explanation},
        "help": {"text": f"{code.cure} (aikb explain {code.name})"},
        "defaultConfiguration": {"level": _LEVELS[code.severity]},
    }


def _result(found: Diagnostic, path: str, seen: Counter[str]) -> dict[str, Any]:
    identity = f"{found.code}\0{found.path}\0{found.message}".encode("utf-8", "backslashreplace")
    fingerprint = hashlib.sha256(identity).hexdigest()[:32]
    seen[fingerprint] += 1
    return {
        "ruleId": found.code,
        "ruleIndex": _RULES[found.code],
        "level": _LEVELS[found.severity],
        "message": {"text": _message(found.message)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {
                        "uri": quote(path, errors="surrogateescape"),
                        "uriBaseId": "%SRCROOT%",
                    },
                    "region": {
                        "startLine": found.line,
                        "startColumn": found.column,
                        "endLine": found.end_line,
                        "endColumn": found.end_column,
                    },
                }
            }
        ],
        # no line in it: a finding that only moved is the same finding; the number tells repeats in one file apart
        "partialFingerprints": {"aikbFinding/v1": f"{fingerprint}:{seen[fingerprint]}"},
    }


def _message(text: str) -> str:
    """Escape plain text of SARIF: what a note brings in is neither a link nor a placeholder for a viewer to fill in."""
    text = _PLACEHOLDER.sub(r"{{\1}}", printable(text))
    return re.sub(r"([\\\[\]])", r"\\\1", text) if "](" in text else text
