"""Parse dates as exports write them, in English and French, into ISO 8601; whatever the locale of this machine.

`datetime` is told English months only where the locale is English, and dateutil and dateparser guess at what is no date.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

_MONTHS = (
    "jan january janv janvier",
    "feb february fev fevr fevrier",
    "mar march mars",
    "apr april avr avril",
    "may mai",
    "jun june juin",
    "jul july juil juillet",
    "aug august aout",
    "sep sept september septembre",
    "oct october octobre",
    "nov november novembre",
    "dec december decembre",
)
_NUMBERS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d))?")
_WORDS = re.compile(
    r"(?:\b(?P<month>[a-z]+)\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})"
    r"|\b(?P<day2>\d{1,2})(?:er|st|nd|rd|th)? (?P<month2>[a-z]+)\.?,? (?P<year2>\d{4}))"
)
_TIME = re.compile(r"\b(\d{1,2})[:h](\d\d)(?::\d\d)?(?: ?([ap])\.?m\b)?")


def iso_date(text: str) -> str:
    """Parse the first date in a text: `2024-10-14`, with its time where there is one, `2024-10-14T09:56`; else nothing."""
    if match := _ISO.search(text):
        day = _day(int(match[1]), int(match[2]), int(match[3]))
        clock = f"T{match[4]}:{match[5]}" if match[4] else _clock(text[match.end() :])
        return f"{day}{clock}" if day else ""
    plain = _plain(text)
    for match in _WORDS.finditer(plain):
        month = _NUMBERS.get(match["month"] or match["month2"], 0)
        if day := _day(int(match["year"] or match["year2"]), month, int(match["day"] or match["day2"])):
            return f"{day}{_clock(plain[match.end() :])}"
    return ""


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(char for char in decomposed if not unicodedata.combining(char)).split())


def _day(year: int, month: int, day: int) -> str:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return ""


def _clock(text: str) -> str:
    match = _TIME.search(_plain(text))
    if match is None:
        return ""
    hour, minute = int(match[1]), int(match[2])
    if match[3]:
        hour = hour % 12 + (12 if match[3] == "p" else 0)
    return f"T{hour:02}:{minute:02}" if hour < 24 and minute < 60 else ""
