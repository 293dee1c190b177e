"""Find paragraphs that two notes hold word for word. Linear in the text: each paragraph is looked up by its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from aikb.model.document import Document, Kind
from aikb.relate.section_text import words_of

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


def repeated_passages(documents: Iterable[Document]) -> Iterator[Repeated]:
    """Find them in notes: those of the second note and of every later one; a note that repeats itself is not spoken of."""
    first: dict[str, tuple[Document, int]] = {}
    for document in documents:
        if document.kind is not Kind.NOTE:
            continue
        text = document.source.text
        front = _FRONT_MATTER.match(text)
        for match in _PARAGRAPH.finditer(text, front.end() if front else 0):
            written = match[0][:_SAMPLE]
            if len(written) < 2 * LEAST:
                continue
            words = words_of(written)
            if len(words) < LEAST:
                continue
            other, at = first.setdefault(" ".join(words), (document, match.start()))
            if other is not document:
                start = match.start() + len(match[0]) - len(match[0].lstrip())
                yield Repeated(
                    document, start, match.start() + len(match[0].rstrip()), other, other.source.position(at)[0]
                )
