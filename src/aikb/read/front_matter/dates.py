"""Read the date of a note, as people write it, and tell what cannot be one."""

from __future__ import annotations

import datetime as dt
import re

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)")
_MONTH = re.compile(r"\d{4}[-/.](\d{1,2})")

AMBIGUOUS = "day and month cannot be told apart"


def read_date(written: str) -> tuple[str, str]:
    """Read a date: in ISO 8601 where numbers say one day, else as written; and what is wrong with it.

    `25/12/2024` has one reading, `11/10/2024` two.
    """
    year_first, year_last = _YEAR_FIRST.match(written), _YEAR_LAST.match(written)
    if year_first:
        year, month, day = map(int, year_first.groups())
    elif year_last:
        first, second, year = map(int, year_last.groups())
        if first <= 12 and second <= 12 and first != second:
            return written, AMBIGUOUS
        day, month = (first, second) if second <= 12 else (second, first)
    elif (match := _MONTH.fullmatch(written)) and not 1 <= int(match[1]) <= 12:
        return written, "there is no such month"
    else:
        return written, ""
    try:
        return dt.date(year, month, day).isoformat(), ""
    except ValueError:
        return written, "there is no such day"
