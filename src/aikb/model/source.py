"""What was read: a text file with its lines, a stretch of it, and files that are no text.

Offsets count code points of `Source.text` from 0; lines and columns count from 1. Paths are POSIX, NFC, and relative to the
folder that holds `mkdocs.yml`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

_VISIBLE = re.compile(r"[^\n]")


def line_starts(text: str) -> list[int]:
    """List the offsets at which the lines of a text begin, in code points."""
    starts, at = [0], text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts


@dataclass(frozen=True)
class Source:
    """One text file as it was read. Not slotted, so that the table of lines can be made once, on demand."""

    path: str
    """Relative to the folder of `mkdocs.yml`: `notes/a/b.md`."""
    text: str
    """Decoded, line ends as `\\n`; a byte-order mark is left out."""
    root: str = "notes"
    """Which folder of the knowledge base it stands in, `notes` or `glossary`, whatever they are called on disk."""
    origin: Source | None = None
    """The file, where this text was made of it: of a part, an export of highlights; of all, with what it includes."""
    places: tuple[tuple[int, int, int], ...] = ()
    """Where its stretches come from, in order: their offset here, and start and end in `origin`."""
    exact: bool = False
    """Whether the stretches stand in `origin` letter for letter; one of no length there is included from elsewhere."""

    def without(self, hidden: Iterable[Span]) -> Source:
        """Blank stretches of the text, so that nobody reads them there; lines and offsets stay."""
        out, done = list[str](), 0
        for span in hidden:
            out += [self.text[done : span.start], _VISIBLE.sub(" ", self.text[span.start : span.end])]
            done = span.end
        return replace(self, text="".join([*out, self.text[done:]])) if out else self

    @property
    def file(self) -> str:
        """The path of the file that its author knows."""
        return self.origin.path if self.origin else self.path

    @cached_property
    def _line_starts(self) -> list[int]:
        return line_starts(self.text)

    def position(self, offset: int) -> tuple[int, int]:
        """Convert an offset to a line and a column, both from 1, in the file."""
        if self.origin:
            return self.origin.position(self._in_origin(offset))
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def _in_origin(self, offset: int) -> int:
        """Find the offset in the file that the text at an offset comes from, as exactly as the file still has it."""
        assert self.origin is not None  # noqa: S101 - asked for where there is one only
        at = bisect_right(self.places, offset, key=lambda place: place[0]) - 1
        here, start, end = self.places[at] if at >= 0 else (0, 0, 0)
        if self.exact:
            return min(start + offset - here, end)
        written = self.text[offset : min(self.line_end(offset), offset + 40)]
        at_origin = self.origin.text.find(written, start, end) if written else -1
        return at_origin if at_origin >= 0 else start

    def stretch_in_origin(self, start: int, end: int) -> Span | None:
        """Find a stretch in the file; None where it stands there otherwise, or not at all."""
        at = bisect_right(self.places, start, key=lambda place: place[0]) - 1
        here, first, last = self.places[at] if self.exact and at >= 0 else (0, 0, -1)
        shift = first - here
        return Span(start + shift, end + shift) if first < last and end + shift <= last else None

    def line_end(self, offset: int) -> int:
        """Find where the line of an offset ends."""
        end = self.text.find("\n", offset)
        return len(self.text) if end < 0 else end


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that is not Markdown: an image, a PDF. The pipeline never reads its content."""

    path: str
    """Relative to the notes folder: `img/a.png`."""
    location: str
    """Where it is on this machine; only adapters use it."""
    active: bool = False
    """Whether it is a page that could run a script in its reader's browser, under the name of the site."""
    secret: tuple[str, str] | None = None
    """What it holds that opens something, and the first characters of that."""
    size: tuple[int, int] | None = None
    """Of a picture: its width and height, where its file tells them."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a source's text, end excluded."""

    start: int
    end: int
