"""Read, write and compare a baseline: findings that are accepted for now, so that only new ones fail.

The file lists findings by path, code and message, not by line, so that it survives edits elsewhere in a note: one a row, and
the same one twice where it is there twice, so that branches merge. A note that was renamed is known by its findings.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from aikb.findings.finding import finding
from aikb.ledgers.unreadable import read_or_tell
from aikb.model.finding import Diagnostic
from aikb.settings import SettingsError
from aikb.system.regular_file import read_regular_text

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
    keys = sorted(key(diagnostic) for diagnostic in found if not diagnostic.code.startswith("external-"))
    rows = [{"path": path, "code": code, "message": message} for path, code, message in keys]
    lines = ",\n".join("    " + json.dumps(row, ensure_ascii=False) for row in rows)
    return '{\n  "version": 1,\n  "findings": [' + (f"\n{lines}\n  " if rows else "") + "]\n}\n"


def read(path: Path) -> Mapping[Key, int]:
    """Read the findings of a baseline, and how often each occurs. Raises SettingsError for a file that is none."""
    known: Counter[Key] = Counter()
    try:
        for row in json.loads(read_regular_text(path))["findings"]:
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


def compare(
    found: Iterable[Diagnostic], known: Mapping[Key, int], name: str, present: Collection[str] | None = None
) -> Compared:
    """Compare findings with a baseline: what is new, how much is known, and a finding where `name` lists what is gone.

    `present` are the paths of all files there are: findings that the baseline has in a file that is gone, and that are met in
    one that the baseline does not know, are those of a renamed file.
    """
    left = Counter(known)
    new: list[Diagnostic] = []
    matched = 0
    for diagnostic in found:
        if left[key(diagnostic)] > 0:
            left[key(diagnostic)] -= 1
            matched += 1
        else:
            new.append(diagnostic)
    if present is not None:
        renamed = _renamed(new, left, {path for path, _, _ in known} - set(present), {path for path, _, _ in known})
        matched += len(new) - len(renamed)
        new = renamed
    stale = [each for each, count in sorted(left.items()) if count > 0]
    if stale:
        example = f"{stale[0][0]}: {stale[0][1]}"
        new.append(finding("baseline-stale", name, count=len(stale), example=example))
    return Compared(tuple(new), matched)


def unaccepted(
    folder: Path, name: str, found: Iterable[Diagnostic], present: Collection[str]
) -> tuple[Diagnostic, ...]:
    """Leave out what the baseline `name`, beside `mkdocs.yml`, accepts. One that cannot be read is a finding."""
    if not name:
        return tuple(found)
    known, broken = read_or_tell(read, folder / name, name)
    return compare((*found, *broken), known, name, present).new


def _renamed(
    new: Iterable[Diagnostic], left: Counter[Key], gone: Collection[str], listed: Collection[str]
) -> list[Diagnostic]:
    """Take the findings of renamed files out of what is new and out of what is left of the baseline.

    A file that is gone and one that is new are the same where most of the new one's findings are the old one's.
    """
    rest: list[Diagnostic] = []
    remaining: dict[str, Counter[tuple[str, str]]] = {old: Counter() for old in sorted(gone)}
    for (old, code, message), count in left.items():
        if old in remaining:
            remaining[old][code, message] = count
    by_path: dict[str, list[Diagnostic]] = {}
    for each in new:
        by_path.setdefault(each.path, []).append(each)
    for path, findings in by_path.items():
        wanted = Counter(key(each)[1:] for each in findings)
        alike = {old: (wanted & counts).total() for old, counts in remaining.items()} if path not in listed else {}
        best = max(alike, key=lambda old: alike[old], default="")
        if alike.get(best, 0) * 2 < len(findings) or not alike.get(best):
            rest += findings
            continue
        for each in findings:
            _, code, message = key(each)
            if remaining[best][code, message] > 0:
                remaining[best][code, message] -= 1
                left[best, code, message] -= 1
            else:
                rest.append(each)
    return rest
