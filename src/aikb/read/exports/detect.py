"""Detect the format of an export by its content, and read it; `normalise` cleans and names what was read.

A format is a module with a `FORMAT`, a row of `formats`: whether a file is one, and the works in it. Files of one work and of
hundreds alike become works. Twelve formats are a third of what parsing loads, and most notes are none: what no export lacks is
looked for first.
"""

from __future__ import annotations

import posixpath
from dataclasses import replace

from aikb.model.highlights import Work
from aikb.read.exports.format import Export, Format, Text

_SIGNS = (
    "highlight", "surlign", "markierung", "hervorhebung", "subrayado", "destaca", "destaque", "evidenziazion", "markering",
    "synced ", "%%", "kindle", "aikb", "full document", "readwise", "==========", "zotero://open", "omnivore.app/",
    "hypothes.is/", "hyp.is/", "instapaper.com/read", "snipd.com/snip", "play.google.com/books", "# page ",
)  # fmt: skip
"""In lower case; every export of notes in Markdown has one of them in its text or its folder."""


def may_be_export(text: Text) -> bool:
    """Tell cheaply whether it is worth while to ask the formats, logs and whole documents."""
    path = text.source.path.casefold()
    if not path.endswith((".md", ".markdown")):
        return True
    body = text.source.text.casefold()
    return any(sign in body or sign in path for sign in _SIGNS)


def detect_format(text: Text) -> Format | None:
    """Detect the format of a file, if it is an export of highlights."""
    from aikb.read.exports.formats import FORMATS

    suffix = posixpath.splitext(text.source.path)[1].lower()
    return next((form for form in FORMATS if suffix in form.suffixes and form.recognises(text)), None)


def holds_export(text: Text) -> bool:
    """Tell whether a file is an export of highlights."""
    return may_be_export(text) and detect_format(text) is not None


def read_export(text: Text, form: Format, *, discarded: bool = True) -> Export:
    """Read the works in a file, their highlights cleaned and named; the `discarded` ones, if that is asked for."""
    from aikb.read.exports.normalise import normalise

    export = form.read(text)
    if not discarded:
        export = replace(export, works=tuple(map(_without_discarded, export.works)))
    return normalise(export, text.source)


def _without_discarded(work: Work) -> Work:
    """Leave out the highlights that Readwise's own tag `discard` marks, and no one's words on them."""
    return replace(
        work,
        highlights=tuple(
            each for each in work.highlights if "discard" not in map(str.casefold, each.tags) or each.note
        ),
    )
