"""Define what every finding has: a name, a rank, words, an explanation and an example."""

from __future__ import annotations

from dataclasses import dataclass

from aikb.model.finding import Severity


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of finding."""

    name: str
    severity: Severity
    message: str
    """A format string for what was found; its fields are the `values` given to `finding`."""
    explanation: str
    """What it means for a reader, the first sentence by itself."""
    cure: str
    """What to do about it."""
    example: str
    """What triggers it, and nothing else: the text of `notes/index.md`; or files, each a line with its path and a colon,
    then its text indented by four spaces; a symbolic link is `path -> target`."""
