"""Terms as the glossary defines them, one value a definition."""

from __future__ import annotations

from dataclasses import dataclass, field

from aikb.model.node import Node
from aikb.model.source import Span


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a term."""

    text: str
    lang: str = ""
    """Its language, where that is said."""
    declared: bool = True
    """Whether the author lists it; else the definition says it in a form that leaves no doubt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word that the glossary defines, with the place of its definition."""

    label: str
    id: str
    lang: str
    """Of the definition."""
    path: str
    """Of the source that defines it."""
    span: Span
    """Of the whole entry."""
    blocks: tuple[Node, ...]
    """The definition, with its sub-headings."""
    lead: Span = field(default_factory=lambda: Span(0, 0))
    """Where the label stands."""
    aliases: tuple[Alias, ...] = ()
    keys: tuple[str, ...] = ()
    """What ties definitions of one thing in two languages, besides a label they share: the file's address, the heading's id."""
    excluded: tuple[str, ...] = ()
    """Phrases that have its name in them and are something else, which its `Not:` line lists."""
    linked: bool = True
    """Whether its mentions become links."""
