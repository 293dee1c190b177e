"""Read, write and compare a baseline: findings that are accepted for now, so that only new ones fail.

The file counts findings by path, code and message, not by line, so that it survives edits elsewhere in a note.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aikb.findings.finding import finding
from aikb.model.finding import Diagnostic
from aikb.settings import SettingsError

Key = tuple[str, str, str]
"""Path, code and message."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Findings against a baseline."""

    new: tuple[Diagnostic, ...]
    known: int
    """How many of the baseline's findings are still there."""


_SHIFTING = re.compile(r" \(did you mean .*\?\)|(?<=\bline )\d+")
"""What a message says of other lines and other files; it changes when those do."""


def key(diagnostic: Diagnostic) -> Key:
    """Make the key by which a baseline knows a finding."""
    return diagnostic.path, diagnostic.code, _SHIFTING.sub("", diagnostic.message)


def to_json(found: Iterable[Diagnostic]) -> str:
    """Write the text of a baseline, one finding a line, in order."""
    counts = Counter(key(diagnostic) for diagnostic in found if not diagnostic.code.startswith("external-"))
    rows: list[dict[str, Any]] = [
        {"path": path, "code": code, "message": message, "count": count}
        for (path, code, message), count in sorted(counts.items())
    ]
    lines = ",\n".join("    " + json.dumps(row, ensure_ascii=False) for row in rows)
    return '{\n  "version": 1,\n  "findings": [' + (f"\n{lines}\n  " if rows else "") + "]\n}\n"


def read(path: Path) -> Mapping[Key, int]:
    """Read the findings of a baseline, and how often each occurs. Raises SettingsError for a file that is none."""
    known: Counter[Key] = Counter()
    try:
        for row in json.loads(path.read_text(encoding="utf-8-sig"))["findings"]:
            known[str(row["path"]), str(row["code"]), _SHIFTING.sub("", str(row["message"]))] += int(
                row.get("count", 1)
            )
    except FileNotFoundError:
        raise SettingsError(f"{path}: no such baseline (make it with --write-baseline)") from None
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise SettingsError(f"{path}: this is no baseline: {error.__class__.__name__}: {error}") from None
    return known


def write(path: Path, found: Iterable[Diagnostic]) -> None:
    """Make these findings the baseline. Raises SettingsError where the file cannot be written."""
    try:
        path.write_text(to_json(found), encoding="utf-8", newline="\n")
    except OSError as error:
        raise SettingsError(f"{path}: cannot be written: {error.strerror}") from None


def compare(found: Iterable[Diagnostic], known: Mapping[Key, int], name: str) -> Compared:
    """Compare findings with a baseline: what is new, how much is known, and a finding where `name` lists what is gone."""
    left = Counter(known)
    new: list[Diagnostic] = []
    matched = 0
    for diagnostic in found:
        if left[key(diagnostic)] > 0:
            left[key(diagnostic)] -= 1
            matched += 1
        else:
            new.append(diagnostic)
    stale = [each for each, count in sorted(left.items()) if count > 0]
    if stale:
        example = f"{stale[0][0]}: {stale[0][1]}"
        new.append(finding("baseline-stale", name, count=len(stale), example=example))
    return Compared(tuple(new), matched)
