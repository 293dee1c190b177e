"""Links that aikb makes, and other small values that the templates of several pieces of furniture are given."""

from __future__ import annotations

from dataclasses import dataclass

from aikb.model.document import Document


@dataclass(frozen=True, slots=True)
class Reference:
    """A link that aikb makes."""

    title: str
    href: str
    lang: str
    """Of the title."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list of pages."""

    link: Reference
    date: str = ""
    """In ISO 8601, or as its author wrote it."""
    authors: str = ""
    highlights: int = 0


def reference(document: Document, href: str) -> Reference:
    """Make a link to a document, by its title."""
    return Reference(document.title, href, document.lang)
