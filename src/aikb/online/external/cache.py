"""Cache what earlier runs found, in one JSON file: who was asked last week is not asked again today.

Whatever in the file cannot be read is asked for anew. The folder keeps itself out of Git, since addresses may be private.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from aikb.online.external.verdict import Entry, Verdict
from aikb.settings import SettingsError
from aikb.system.atomic_write import replace_files
from aikb.system.regular_file import read_regular_text

NAME = "external.json"

_HOUR = 3600.0
_DAY = 24 * _HOUR
AGES: Mapping[Verdict, float] = {
    Verdict.OK: 7 * _DAY,
    Verdict.DEAD: 1 * _DAY - _HOUR,  # so that a daily job which starts a little early still counts the day
    Verdict.UNKNOWN: 1 * _HOUR,
}
"""For how many seconds a verdict holds."""

_LONGEST_WAIT = 7 * _DAY
_FORGOTTEN = 180 * _DAY
_VERSION = 1


def is_fresh(entry: Entry, now: float) -> bool:
    """Tell whether an entry still holds. One from the future does not: a clock was wrong."""
    age = max(AGES[entry.verdict], min(entry.wait, _LONGEST_WAIT))
    return 0 <= now - entry.checked < age


def open_cache(folder: Path) -> dict[str, Entry]:
    """Read what is known, by URL, and make the folder. Raises SettingsError where that is impossible."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n", encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"{folder}: the cache cannot be kept here: {error.strerror or error}") from None
    try:
        data = json.loads(read_regular_text(folder / NAME))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(data, dict) or data.get("version") != _VERSION or not isinstance(data.get("urls"), dict):
        return {}
    entries = {str(url): _entry(fields) for url, fields in data["urls"].items()}
    return {url: entry for url, entry in entries.items() if entry}


def _entry(fields: object) -> Entry | None:
    if not isinstance(fields, dict):
        return None
    try:
        failed = tuple(str(day) for day in fields.get("failed", []))
        wait = float(fields.get("wait", 0))
        verdict = Verdict(fields["verdict"])
        if verdict is Verdict.DEAD and not failed:
            return None
        return Entry(float(fields["checked"]), verdict, str(fields.get("reason", "")), failed, max(wait, 0))
    except (KeyError, TypeError, ValueError, OverflowError):
        return None


def write_cache(folder: Path, entries: Mapping[str, Entry], now: float) -> None:
    """Write what is known, all or nothing. What nobody has asked about for half a year is left out."""
    urls = {
        url: {
            "checked": round(entry.checked, 3),
            "verdict": entry.verdict.value,
            **({"reason": entry.reason} if entry.reason else {}),
            **({"failed": list(entry.failed)} if entry.failed else {}),
            **({"wait": entry.wait} if entry.wait else {}),
        }
        for url, entry in sorted(entries.items())
        if now - entry.checked < _FORGOTTEN
    }
    text = json.dumps({"version": _VERSION, "urls": urls}, ensure_ascii=False, indent=1) + "\n"
    try:
        replace_files(folder, {NAME: text.encode()})
    except (OSError, UnicodeEncodeError) as error:
        raise SettingsError(f"{folder}: the cache cannot be written: {error}") from None
