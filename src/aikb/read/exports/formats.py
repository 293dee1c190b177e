"""List the formats, in the order in which they are asked: the more particular first."""

from __future__ import annotations

from aikb.read.exports import (
    api,
    canonical,
    clippings,
    csv_export,
    kindle_sync,
    logseq,
    markdown,
    mirror,
    obsidian,
    quotes,
    reader_api,
    roam,
)
from aikb.read.exports.format import Format

FORMATS: tuple[Format, ...] = (
    canonical.FORMAT,
    csv_export.FORMAT,
    api.FORMAT,
    reader_api.FORMAT,
    clippings.FORMAT,
    roam.FORMAT,
    kindle_sync.FORMAT,
    mirror.FORMAT,
    logseq.FORMAT,
    markdown.FORMAT,
    quotes.FORMAT,
    obsidian.FORMAT,
)
