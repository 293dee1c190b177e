"""Links that aikb makes, and other small values that the templates of several pieces of furniture are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aikb.compose.addresses import to_page
from aikb.model.document import Document
from aikb.settings import Settings


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


def numbered(addresses: Sequence[str], origin: str, settings: Settings) -> tuple[Reference, ...]:
    """Make links to the pages of a list, by their numbers, from the one at `origin`; none to a list of one page."""
    if len(addresses) < 2:
        return ()
    return tuple(
        Reference(str(number), to_page(address, origin, settings), "") for number, address in enumerate(addresses, 1)
    )


def reference(document: Document, href: str) -> Reference:
    """Make a link to a document, by its title."""
    return Reference(document.title, href, document.lang)
