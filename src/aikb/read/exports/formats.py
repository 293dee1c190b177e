"""List the formats, in the order in which they are asked: the more particular first."""

from __future__ import annotations

from aikb.read.exports import (
    api,
    book_json,
    canonical,
    clippings,
    csv_export,
    kindle_sync,
    logseq,
    markdown,
    mirror,
    notebook,
    obsidian,
    quotes,
    reader_api,
    roam,
    table,
)
from aikb.read.exports.format import Format

FORMATS: tuple[Format, ...] = (
    canonical.FORMAT,
    csv_export.FORMAT,
    api.FORMAT,
    book_json.FORMAT,
    reader_api.FORMAT,
    clippings.FORMAT,
    roam.FORMAT,
    kindle_sync.FORMAT,
    mirror.FORMAT,
    notebook.FORMAT,
    logseq.FORMAT,
    table.FORMAT,
    markdown.FORMAT,
    quotes.FORMAT,
    obsidian.FORMAT,
)
