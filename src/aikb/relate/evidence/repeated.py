"""Find paragraphs that two notes hold word for word. Linear in the text: each paragraph is looked up by its words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from aikb.model.document import Document


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
        for each in document.paragraphs:
            other, at = first.setdefault(each.words, (document, each.at))
            if other is not document:
                yield Repeated(document, each.start, each.end, other, other.source.position(at)[0])
