"""Format one line a finding, as compilers write them: `path:line:column: severity: code: message`.

On a terminal the line of the note follows, with a caret under the place:

    notes/a.md:3:5: error: link-missing: no such file: b.md
        See [the other](b.md) for the rest.
            ^~~~~~~~~~~~~~~~~
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from itertools import accumulate

from rich.cells import cell_len

from aikb.findings.report.repeats import fold
from aikb.findings.report.result import CheckResult, Terminal
from aikb.model.finding import Diagnostic, Severity

_UNPRINTABLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
    r"|(?<=#)#(?=\w*\[)|\A[ \xa0\u1680\u2000-\u200a\u202f\u205f\u3000]*:(?=:)"
)
"""Characters that control a terminal or turn the direction of a line; and what a runner of CI takes for a command to itself:
`##[error]` and `##vso[…]` anywhere in a line, `::error::` at its beginning."""
_COLORS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.INFO: "1;36"}
_INDENT = "    "
_NARROWEST = 20
"""Cells; a terminal with less wraps the lines of notes, too."""


def report(result: CheckResult) -> str:
    """Format the findings that a person is shown, one line each; on a terminal, with the lines of the notes."""
    lines: list[str] = []
    texts: dict[str, list[str]] = {}
    for each in fold(result.listed):
        found = each.first
        place = result.clicked(found.path)
        if result.terminal is None:
            lines.append(_line(found, each.message, place))
            continue
        paint = _COLORS[found.severity] if result.terminal.color else ""
        lines.append(_line(found, each.message, place, paint))
        if found.path not in texts:
            source = result.sources.get(found.path)
            texts[found.path] = source.text.split("\n") if source else []
        lines.extend(_excerpt(texts[found.path], found, result.terminal, paint))
    return "".join(f"{each}\n" for each in lines)


def line(diagnostic: Diagnostic, way: str = "") -> str:
    """Format a finding as one line, its path on the `way` to the knowledge base from the current folder.

    What file names and notes bring in cannot steer a terminal.
    """
    return _line(diagnostic, diagnostic.message, posixpath.normpath(posixpath.join(way, diagnostic.path)))


def printable(text: str) -> str:
    """Escape in a text, which may begin a line, what could steer a terminal or a runner of CI."""
    return _UNPRINTABLE.sub(lambda match: f"{match[0][:-1]}\\u{ord(match[0][-1]):04x}", text)


def printable_lines(text: str) -> str:
    """Do so in each line of a text. What is escaped in a string of JSON or Turtle is the same string."""
    return "\n".join(map(printable, text.split("\n")))


def counted(count: int, noun: str, plural: str = "") -> str:
    """Write a number with its noun: `1 file`, `2 files`."""
    return f"{count} {noun if count == 1 else plural or f'{noun}s'}"


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """Count the findings of each severity, in words."""
    counts = Counter(diagnostic.severity.value for diagnostic in diagnostics)
    if not counts:
        return "no findings"
    names = {"error": ("error", "errors"), "warning": ("warning", "warnings"), "info": ("info", "info")}
    return ", ".join(
        f"{counts[each]} {one if counts[each] == 1 else many}" for each, (one, many) in names.items() if counts[each]
    )


def _line(found: Diagnostic, message: str, path: str, paint: str = "") -> str:
    place = printable(f"{path}:{found.line}:{found.column}")
    return f"{place}: {_painted(found.severity, paint)}: {found.code}: {printable(message)}"


def _painted(text: str, paint: str) -> str:
    return f"\x1b[{paint}m{text}\x1b[0m" if paint else text


def _excerpt(lines: list[str], found: Diagnostic, terminal: Terminal, paint: str) -> tuple[str, ...]:
    """Excerpt the line of the note, cut to the terminal, and the caret. None for a finding about the whole file."""
    start, end = (found.line, found.column), (found.end_line, found.end_column)
    if found.line > len(lines) or start == end == (1, 1):
        return ()
    text = lines[found.line - 1]
    first = min(found.column - 1, len(text))
    last = min(found.end_column - 1, len(text)) if found.end_line == found.line else len(text)
    before, marked, after = _cut(text, first, max(first, last), terminal)
    caret = "^" + "~" * (cell_len(before + marked) - cell_len(before) - 1)
    return (
        f"{_INDENT}{before}{marked}{after}".rstrip(),
        f"{_INDENT}{' ' * cell_len(before)}{_painted(caret, paint)}",
    )


def _cut(text: str, first: int, last: int, terminal: Terminal) -> tuple[str, str, str]:
    """Cut a line into what stands before a place, in it and after it: as much as one line of the terminal holds."""
    room = max(terminal.width, _NARROWEST) - len(_INDENT) - 1
    low, high = max(0, first - 2 * room), first + 2 * room  # a line may have millions of characters
    shown = [_shown(character, terminal.encoding) for character in text[low:high]]
    edges = [0, *accumulate(cell_len(each) for each in shown)]
    first, last = first - low, last - low
    left, right = 0, len(shown)
    more = _shown("…", terminal.encoding)
    if low or high < len(text) or edges[-1] > room:
        room -= 2 * cell_len(more)
        right = bisect_right(edges, edges[first] + room * 2 // 3) - 1
        left = bisect_left(edges, edges[right] - room)
        right = bisect_right(edges, edges[left] + room) - 1
    last = min(last, right)
    return (
        (more if low or left else "") + "".join(shown[left:first]),
        "".join(shown[first:last]),
        "".join(shown[last:right]) + (more if right < len(shown) or high < len(text) else ""),
    )


def _shown(character: str, encoding: str) -> str:
    """Show a character as the terminal does: a tab is one column, and what it cannot show is escaped."""
    return " " if character == "\t" else printable(character).encode(encoding, "backslashreplace").decode(encoding)
