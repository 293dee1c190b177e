"""Detect whole documents, which Readwise puts beside the notes of their highlights when it is asked to.

A note of highlights leads to one under the heading `Full Document`; the document has the same metadata, and its text under the
same heading. Its folder is `Full Document Contents` where the reader chose no other.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from aikb.read.exports.format import Text

_FOLDER = "full document contents"
_NAMED = re.compile(
    r"^#{1,4}[ \t]+Full Document[ \t]*\n\s*"
    r"(?:\[\[(?P<wiki>[^\n|]{1,500}?)\\?(?:\|[^\n]*?)?\]\]|\[[^\]\n]*\]\((?P<link><[^<>\n]+>|[^\s()]+)\))[ \t]*$",
    re.MULTILINE,
)
_EMBEDDED = re.compile(r"^#{2,3}[ \t]+Full Document[ \t]*$", re.MULTILINE)
_METADATA = re.compile(r"^#{2,3}[ \t]+Metadata[ \t]*\n(?:[ \t]*\n)?[-*] Author:", re.MULTILINE)
_HIGHLIGHTS = re.compile(
    r"^(?:#{1,3}[ \t]+)?(?:Highlights|New highlights added .*|Nouveaux surlignages ajoutés .*)$", re.MULTILINE
)
_HEAD = 40_000


def recognises(text: Text) -> bool:
    """Tell whether a file holds a whole document and no highlights."""
    source, start = text.source.text, text.offset
    metadata = _METADATA.search(source, start, start + _HEAD)
    embedded = metadata and _EMBEDDED.search(source, metadata.end(), start + _HEAD)
    if embedded and not _NAMED.match(source, embedded.start()):
        return _HIGHLIGHTS.search(source, embedded.end()) is None
    folders = [folder.casefold() for folder in text.source.path.split("/")[:-1]]
    return _FOLDER in folders and _HIGHLIGHTS.search(source, start) is None


def named_in(body: str) -> str:
    """Find the note that a note of highlights names as its whole text; empty where it names none.

    It is the target of the link, without its `.md`, as wikilinks are written.
    """
    match = _NAMED.search(body)
    if match is None:
        return ""
    return (match["wiki"] or unquote((match["link"] or "").strip("<> "))).removesuffix(".md")
