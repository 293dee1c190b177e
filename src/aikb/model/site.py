"""What is published: the pages of every tree, what search knows, and what was found.

Paths are POSIX, NFC, and relative to the root of the site.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import Any, Literal, TypeAlias

from aikb.model.document import Kind, Metadata
from aikb.model.finding import Diagnostic
from aikb.model.source import Asset


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in a tree, its own among them."""

    lang: str
    path: str
    own: bool = True
    """Whether it is in the tree's language there, and no original that nobody has translated."""
    fragments: tuple[tuple[str, str], ...] = ()
    """Ids of this page whose place has another id there; every other id is the same there."""


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """A line of the sidebar. Sidebars are bounded: they never list more than the page's own folder."""

    title: str
    path: str = ""
    """The page it leads to; empty for a heading of a group."""
    children: tuple[NavigationItem, ...] = ()
    active: bool = False
    lang: str = ""
    """Of the title, where it is not the tree's."""
    apart: bool = False
    """Whether a gap stands before it: over it are lists of everything, from it on folders and notes."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page, for its table of contents."""

    level: int
    """1 to 6."""
    id: str
    title: str
    """HTML without elements: what the heading says, escaped."""
    lang: str = ""
    """Where it is not the page's."""
    added: str = ""
    """When the highlights under it were added, in ISO 8601 or `locales.words.UNDATED`: its title, in the words of the tree."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A piece of furniture, to be filled by the template of its name in the words of each tree that shows it."""

    name: str
    """Of a partial template, `partials/aikb/<name>.html`."""
    values: Mapping[str, Any] = field(default_factory=dict)
    """What the template is given: texts, numbers, addresses as they stand on the page; Bodies and Slots, alone or in tuples and
    mappings, are filled first."""


@dataclass(frozen=True, slots=True)
class Body:
    """A text as HTML, the same in every tree. ROOT stands for the way up to the root of the site."""

    pieces: tuple[str | Slot, ...] = ()
    """HTML and furniture, in order."""
    headings: tuple[Heading, ...] = ()
    markdown: str = ""
    """The text as Markdown, where an extension of the user's must read it; `pieces` are then the slots that it names."""


ROOT = "\ufdef"
"""Stands for the way up to the root of the site in a text that pages of different depth share; no note can hold it."""


PERMALINK = "\ufdee"
"""Stands for the title of the mark at a heading, in the words of the tree that shows the text."""


BEFORE = Slot("before")
"""Where in a body stands what the page says of its text, in the tree's words; without it, that stands on top."""


PageKind: TypeAlias = Kind | Literal["home", "list", "sources", "glossary", "term"]
"""The kind of the document that a page shows, or what aikb made a page for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of one tree, and what a template needs around it."""

    path: str
    """`a/b.md`, or `fr/a/b.md` in the second tree."""
    tree: str
    """The language of the interface around it."""
    lang: str
    """The language of its text."""
    title: str
    body: Body
    address: str
    kind: PageKind
    before: tuple[Slot, ...] = ()
    """What is said of the body, in the tree's language: under its title, or above it where it has none."""
    after: tuple[Slot, ...] = ()
    """What stands below the body, in the tree's language."""
    source: str = ""
    """The path of the source it shows; empty for a page that aikb made."""
    canonical: str = ""
    """The path of the page that search engines should know, when it is not this one."""
    alternates: tuple[Alternate, ...] = ()
    navigation: tuple[NavigationItem, ...] = ()
    summary: str = ""
    """Its first real sentence, for whoever shows a link to it."""
    updated: str = ""
    """The day of its last change, in ISO 8601; empty where none is known."""
    passages: tuple[tuple[str, str], ...] = ()
    """The first highlights of a work: id and text."""
    previous: str = ""
    next: str = ""
    metadata: Metadata = field(default_factory=Metadata)

    @property
    def translations(self) -> tuple[Alternate, ...]:
        """What search engines should know of the page in other languages; nothing, where it is no text of its tree's."""
        own = tuple(alternate for alternate in self.alternates if alternate.own)
        here = any(alternate.lang == self.tree for alternate in own)
        return own if here else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """A page that is new or changed, or highlights that were made on one day."""

    path: str
    """Of the page."""
    fragment: str = ""
    title: str
    updated: str
    """The day, in ISO 8601."""
    summary: str = ""
    quotes: tuple[str, ...] = ()
    """The highlights; of a page, nothing: its own text is the content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """News of a tree for programs that ask for them."""

    path: str
    """`feed.xml`."""
    lang: str
    title: str
    entries: tuple[FeedEntry, ...]
    """The latest first."""


RecordKind: TypeAlias = Literal["note", "highlight", "term", "post", "page", "list"]
RECORD_KINDS: tuple[RecordKind, ...] = ("note", "highlight", "term", "post", "page", "list")
"""What a reader may look for; `page` is a text without sections, `list` a page that aikb made."""


@dataclass(frozen=True, slots=True)
class Record:
    """What search knows of a section, a highlight, a term or a page."""

    path: str
    """Of the page, in the first tree that shows the text."""
    fragment: str
    """The section's id; empty for the top of the page."""
    title: str
    text: str
    """Plain text as it is written; it is folded where it is indexed, and escaped where it becomes HTML."""
    tags: tuple[str, ...] = ()
    _: KW_ONLY
    lang: str = ""
    kind: RecordKind = "note"
    page: str = ""
    """The title of the page."""
    address: str = ""
    """The page without its tree: `a/b.md`."""
    trees: tuple[str, ...] = ()
    """The languages of the trees that show this text at the address, in the order of the settings."""
    source: tuple[str, ...] = ()
    """What it was read in: the work's title and its authors."""
    year: str = ""
    about: tuple[str, ...] = ()
    """Titles of sections that a highlight is evidence for, and what a post says in styled letters: whoever looks for one of
    them looks for it too."""
    headed: bool = True
    """Whether the title is words of its own, and not the beginning of the text."""
    names: tuple[str, ...] = ()
    """What a term is called, in this language or any; a query that is one of these is answered with the record."""
    found: bool = True
    """Whether its words are indexed; else the same text is a record of its own, and this only answers."""
    titled: str = ""
    """The language of the title, where the text is in another."""


@dataclass(frozen=True, slots=True)
class Lead:
    """A link in the text of a record."""

    words: str
    address: str
    """The page that it leads to, without its tree: `a/b.md`."""
    fragment: str = ""


Leads: TypeAlias = Mapping[tuple[str, str, str], tuple[Lead, ...]]
"""The links in the beginnings of records, in the order of the text, by path, fragment and language of the record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Everything that is published, and everything that was found."""

    pages: tuple[Page, ...]
    assets: tuple[Asset, ...]
    records: tuple[Record, ...]
    unsearched: tuple[Record, ...]
    """What previews show of places that search finds by what is in them, or not at all."""
    leads: Leads
    """The links in what previews show."""
    names: tuple[tuple[str, ...], ...]
    """What the glossary gives several names, in whatever language: one tuple a thing."""
    diagnostics: tuple[Diagnostic, ...]
    words: Mapping[str, Mapping[str, str]]
    """The interface's words by language, for templates."""
    feeds: tuple[Feed, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    """Texts that are published beside the pages, by path: what the glossary's script asks for, and the glossary itself."""
