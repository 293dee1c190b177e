"""Highlights from every kind of export, one file a format, chosen by content; `finish` cleans and names what they read.

A format is a module with a `FORMAT`: whether a file is one, and the works in it. Files of one work and of hundreds alike become
works.
"""

from __future__ import annotations

import posixpath

from aikb.parse.readwise import (
    api,
    canonical,
    clippings,
    csv_export,
    full_text,
    kindle_sync,
    logseq,
    markdown,
    mirror,
    obsidian,
    quotes,
    reader_api,
    roam,
    sync_log,
)
from aikb.parse.readwise.finish import finish
from aikb.parse.readwise.format import Export, Format, Text

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
"""In the order in which they are asked: the more particular first."""

__all__ = ["FORMATS", "Export", "Format", "Text", "full_text", "read_export", "recognised", "sync_log"]


def recognised(text: Text) -> Format | None:
    """The format of a file, if it is an export of highlights."""
    suffix = posixpath.splitext(text.source.path)[1].lower()
    return next((form for form in FORMATS if suffix in form.suffixes and form.recognises(text)), None)


def read_export(text: Text, form: Format) -> Export:
    """The works in a file, their highlights cleaned and named."""
    return finish(form.read(text), text.source)
