"""What was read, and what was highlighted in it: one model for every way an export of highlights is written.

`read/exports/` makes works of files; a work's page is composed from it, not from the file. Offsets count code points of the
file's text from 0.
"""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from enum import StrEnum
from typing import Literal, TypeAlias


class Category(StrEnum):
    """The kind of a work, by Readwise's own words."""

    BOOK = "books"
    ARTICLE = "articles"
    TWEET = "tweets"
    PODCAST = "podcasts"
    SUPPLEMENTAL = "supplementals"
    UNKNOWN = ""


LocationKind: TypeAlias = Literal["page", "location", "time", "figure", "order"]


@dataclass(frozen=True, slots=True)
class Location:
    """Where in a work something stands."""

    kind: LocationKind
    """`location` is Kindle's; `order`, the place among the highlights, is not shown."""
    label: str
    """As it is written: `226`, `55-56`, `0:12:44`, `xii`."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading between highlights: a chapter of the work."""

    level: int
    """1 for the highest."""
    title: str


@dataclass(frozen=True, slots=True)
class Group:
    """The highlights of one synchronisation."""

    title: str
    """As the file has it: `New highlights added October 14, 2024 at 9:56 AM`."""
    date: str = ""
    """When they were added, in ISO 8601 without a zone: `2024-10-14T09:56`, or a day alone."""


@dataclass(frozen=True, slots=True)
class Highlight:
    """A passage that a reader marked."""

    text: str
    """Markdown, as it is shown: cleaned once `read.exports.normalise` has seen it."""
    _: KW_ONLY
    id: str = ""
    """`h-` and the Readwise id in lower case, else `h-` and a hash of the cleaned text. Before `normalise` has made it, what
    the file has for an id, if it has one."""
    raw: str = ""
    """The text as the file has it, before it was cleaned; nothing of it is shown."""
    note: str = ""
    """The reader's remark, Markdown."""
    tags: tuple[str, ...] = ()
    color: str = ""
    location: Location | None = None
    url: str = ""
    """Where the highlight is to be opened: in Readwise, in a tweet, in a Kindle."""
    date: str = ""
    """When it was made, in ISO 8601, as exact as the export says."""
    group: Group | None = None
    headings: tuple[Heading, ...] = ()
    """The headings it stands under, the highest first."""
    start: int = 0
    end: int = 0
    """Its place in the file."""
    aliases: tuple[str, ...] = ()
    """Other ids of the same passage."""
    page: int = 0
    """The number of the slide or page it was on, taken from the page's furniture; 0 where there was none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A book, an article, a thread, an episode: what its export says of it, and its highlights in their order."""

    title: str
    authors: tuple[str, ...] = ()
    category: Category = Category.UNKNOWN
    id: str = ""
    """Readwise's id of it (`user_book_id`, a document's id), where the export names one."""
    url: str = ""
    """The work's own address."""
    readwise_url: str = ""
    """Where it is in the reader's own library."""
    cover: str = ""
    """An address or a path, as the export has it; nothing is ever loaded from another host."""
    date: str = ""
    """Published or saved, in ISO 8601, as exact as the export says."""
    updated: str = ""
    """The last highlight or change, likewise."""
    tags: tuple[str, ...] = ()
    note: str = ""
    """The reader's remark on the whole, Markdown."""
    summary: str = ""
    full_text: str = ""
    """The note that holds the whole text, as the export names it."""
    remarks: str = ""
    """Whatever else stands in the file, Markdown: nothing of it is lost."""
    highlights: tuple[Highlight, ...] = ()
    form: str = ""
    """The name of the format that it was read from, `read.exports.formats`."""
    start: int = 0
    """Where in the file it begins."""
