"""Make a document of a file that cannot be understood, or not in time: its text and nothing else, with a finding.

A fault of aikb's own, or a text that costs more than a page may, takes its own page down and no other.
"""

from __future__ import annotations

import posixpath
import re

from aikb.findings.finding import finding
from aikb.model.document import Document, ExportFile, Kind, Metadata
from aikb.model.finding import Diagnostic
from aikb.model.node import Node
from aikb.model.source import Source
from aikb.read.document import locate, spelled_out
from aikb.read.front_matter.parse import FrontMatter, read_front_matter
from aikb.settings import Settings
from aikb.system.time_limit import TimeLimitError, limited

SECONDS, SECONDS_A_MEGABYTE = 10.0, 5.0
"""Processor time that a file may take, and what it may take more for its size."""


def seconds_for(source: Source) -> float:
    """Limit the time for reading or composing a file."""
    return SECONDS + SECONDS_A_MEGABYTE * len(source.text) / 1_000_000


def failure(source: Source | str, stage: str, error: BaseException) -> Diagnostic:
    """Make the finding that a page failed, with what the code that failed says."""
    words = str(error).split("\n", maxsplit=1)[0][:100]
    slow = isinstance(error, TimeLimitError)
    problem = f"it takes {words} to be {stage}" if slow else f"{type(error).__name__}{f': {words}' if words else ''}"
    return finding("page-failed", source, stage=stage, problem=problem)


def plain_document(source: Source, settings: Settings, *found: Diagnostic) -> Document:
    """Make the document of a file whose text is shown as it is; a private one stays private, comments stay hidden."""
    try:
        with limited(SECONDS):
            front = read_front_matter(source)
    except Exception:  # noqa: BLE001 - what may be hidden is
        front = FrontMatter(Metadata(draft=True))
    place = locate(source, settings)
    metadata = front.metadata
    lang = next((each for each in (metadata.lang, place.lang) if each in settings.languages), settings.languages[0])
    name = posixpath.basename(place.address.removesuffix(".md").removesuffix("/index"))
    text = without_comments(source.text[front.offset :])
    return Document(
        source=source,
        address=place.address,
        lang=lang,
        kind=Kind.GLOSSARY if source.root == "glossary" else Kind.NOTE,
        title=metadata.title or spelled_out(name, ""),
        titled=False,
        metadata=metadata,
        blocks=(Node("code", front.offset, len(source.text), text=text),) if text.strip() else (),
        sections=(),
        anchors=(),
        links=(),
        diagnostics=(*front.diagnostics, *found),
        marked=True,
    )


def plain_export(file: ExportFile, *found: Diagnostic) -> ExportFile:
    """Make an export of which nothing is shown; other people's words are no page by themselves."""
    return ExportFile(file.source, file.metadata, (), (*file.diagnostics, *found))


def without_comments(text: str) -> str:
    """Take comments out of a text that is shown as it was written: HTML's, Obsidian's, and those of link definitions.

    One that is never closed goes to the end.
    """
    text = re.sub(r"^[ >\t]{0,9}\[(?://|comment|#)\]:[^\n]*$", "", text, flags=re.MULTILINE | re.IGNORECASE)
    for opening, closing in (("<!--", "-->"), ("%%", "%%")):
        kept, at = [], 0
        while (start := text.find(opening, at)) >= 0:
            kept.append(text[at:start])
            end = text.find(closing, start + len(opening))
            at = len(text) if end < 0 else end + len(closing)
        text = "".join([*kept, text[at:]])
    return text
