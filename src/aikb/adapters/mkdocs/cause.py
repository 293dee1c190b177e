"""Says what a build died of in one line, where Python would print how."""

from __future__ import annotations

import sys
from types import TracebackType

from aikb.findings.report.text import printable
from aikb.read.files.disk import reason


def say_cause_of(expected: Exception) -> None:
    """Have the cause of an error printed if it ends the process; of any other, what is usual (`sys.excepthook`).

    The error is known by its number: a reference would keep alive what it passed through.
    """
    number, words, otherwise = id(expected), cause(expected), sys.excepthook

    def say(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if id(error) == number:
            sys.stderr.write(f"Error: {printable(words)}\n")
        else:
            otherwise(kind, error, trace)

    sys.excepthook = say


def cause(error: Exception) -> str:
    """What a build died of: the system's words and the file, or what the code that failed says."""
    if isinstance(error, OSError):
        place = f"{error.filename}: " if error.filename else ""
        return f"{place}{reason(error)}; the site is as it was"
    first = str(error).split("\n", maxsplit=1)[0][:300]
    return f"{type(error).__name__}{f': {first}' if first else ''}; the site is as it was (mkdocs -v shows where)"
