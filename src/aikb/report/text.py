"""One line a finding, as compilers write them: `path:line:column: severity: code: message`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from aikb.diagnostics import Diagnostic

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def line(diagnostic: Diagnostic) -> str:
    """A finding as one line; what file names and notes bring in cannot steer a terminal."""
    place = f"{diagnostic.path}:{diagnostic.line}:{diagnostic.column}"
    return printable(f"{place}: {diagnostic.severity}: {diagnostic.code}: {diagnostic.message}")


def printable(text: str) -> str:
    """Text with control and direction characters written as escapes."""
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """How many findings there are of each severity."""
    counts = Counter(diagnostic.severity.value for diagnostic in diagnostics)
    if not counts:
        return "no findings"
    names = {"error": ("error", "errors"), "warning": ("warning", "warnings"), "info": ("info", "info")}
    return ", ".join(
        f"{counts[each]} {one if counts[each] == 1 else many}" for each, (one, many) in names.items() if counts[each]
    )
