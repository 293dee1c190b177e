"""Find paragraphs that two notes hold word for word. Linear in the text: each paragraph is looked up by its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeAlias

from aikb.model.document import Document, Kind
from aikb.relate.section_text import words_of
from aikb.system.kept import Kept

LEAST = 25
"""Words of a paragraph that nobody writes twice by chance."""
_PARAGRAPH = re.compile(r"(?:^(?![ \t]*(?:\||```|~~~|---|\Z)).*\S.*(?:\n|\Z))+", re.MULTILINE)
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:.*\n)*?---[ \t]*(?:\n|\Z)")
_SAMPLE = 4_000
"""Characters of a paragraph that are compared."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """A paragraph of a note that another has as well."""

    document: Document
    start: int
    end: int
    other: Document
    """The note that has it first, in the order of paths."""
    line: int
    """Where, from 1."""


@dataclass(frozen=True, slots=True)
class _Passage:
    """A paragraph that is long enough to be spoken of."""

    words: bytes
    """A hash of its words."""
    at: int
    """Where its match begins, blank characters included."""
    start: int
    end: int


KeptPassages: TypeAlias = Kept[str, tuple[_Passage, ...]]
"""The paragraphs of notes by their texts."""


def repeated_passages(documents: Iterable[Document], kept: KeptPassages | None = None) -> Iterator[Repeated]:
    """Find them in notes: those of the second note and of every later one; a note that repeats itself is not spoken of.

    `kept` are those of the last build.
    """
    kept = kept or KeptPassages()
    kept.start()
    first: dict[bytes, tuple[Document, int]] = {}
    for document in documents:
        if document.kind is not Kind.NOTE:
            continue
        for each in kept.get(document.source.text, lambda text: tuple(_passages(text))):
            other, at = first.setdefault(each.words, (document, each.at))
            if other is not document:
                yield Repeated(document, each.start, each.end, other, other.source.position(at)[0])


def _passages(text: str) -> Iterator[_Passage]:
    """Find the paragraphs of a text that have LEAST words."""
    front = _FRONT_MATTER.match(text)
    for match in _PARAGRAPH.finditer(text, front.end() if front else 0):
        written = match[0][:_SAMPLE]
        if len(written) < 2 * LEAST:
            continue
        words = words_of(written)
        if len(words) < LEAST:
            continue
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        key = sha256(" ".join(words).encode("utf-8", "surrogatepass")).digest()
        yield _Passage(key, match.start(), start, match.start() + len(match[0].rstrip()))
