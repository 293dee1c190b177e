"""Detect the logs that Readwise's plugins keep of their synchronisations, which hold no highlights: not published."""

from __future__ import annotations

import re

from aikb.read.exports.format import Text
from aikb.read.exports.items import lines

_RUN = re.compile(
    r"[ \t]*+(?:[-*] )?(?:"
    r"(?:\[\[)?[^\[\]]{4,40}(?:\]\])?.{0,40}\bSynced \d+ highlights? from \d+ (?:document|book|item)s?\.?"
    r"|On (?:\[\[)?[^\[\]]{4,40}(?:\]\])?(?: at .{1,20})? Readwise synced \d+ highlights? from \d+ (?:document|book|item)s?\.?"
    r"|#{1,3} \[\[[^\[\]]{4,40}\]\] \*\([^()]{1,20}\)\*"
    r")[ \t]*"
)
_PART = re.compile(r"[ \t]*+[-*] (?:\d+ highlights? from .+|\[\[[^\n]+\]\] \*\(\d+ highlights?\)\*)")
_OTHER = re.compile(r"[ \t]*+(?:#{1,6} Readwise(?: Syncs?)?|(?:- )?[\w-]{1,40}:: ?.*|[-*])[ \t]*")


def recognises(text: Text) -> bool:
    """Detect a file whose every line is about a synchronisation: a reader's own words would be lost with it."""
    if "ynced " not in text.source.text and "highlights)*" not in text.source.text:
        return False
    runs = 0
    for _, line in lines(text.source.text, text.offset):
        if not line.strip():
            continue
        if _RUN.fullmatch(line):
            runs += 1
        elif not _OTHER.fullmatch(line) and not (runs and _PART.fullmatch(line)):
            return False
    return runs > 0
