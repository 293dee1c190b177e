"""Define what every format's reader has in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aikb.model.document import Metadata
from aikb.model.finding import Diagnostic
from aikb.model.highlights import Work
from aikb.model.source import Source

MARKDOWN = (".md", ".markdown")
"""Suffixes of notes."""


@dataclass(frozen=True, slots=True)
class Text:
    """A file to be read: its text, and its front matter where it has some."""

    source: Source
    metadata: Metadata = field(default_factory=Metadata)
    """What front matter says to every kind of note."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """The front matter itself, keys in lower case."""
    offset: int = 0
    """Where the body begins."""

    @property
    def body(self) -> str:
        """The text after the front matter."""
        return self.source.text[self.offset :]


@dataclass(frozen=True, slots=True)
class Export:
    """What a file of highlights holds."""

    works: tuple[Work, ...]
    """Highlights with `text` as in the file, and `start` and `end` in it; `normalise` does the rest."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """Records that could not be read, each with its place; the others are read."""


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write highlights down."""

    name: str
    suffixes: tuple[str, ...]
    """Of the files that may be one, in lower case."""
    recognises: Callable[[Text], bool]
    """Whether a file is one. Cheap: it looks at the head of the file, or for a mark that no other text has."""
    read: Callable[[Text], Export]
    """The works of a file that is one. Never raises for what is in it."""
