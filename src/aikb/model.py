"""The nouns of a knowledge base, as frozen values.

Offsets count code points of `Source.text` from 0; lines and columns count from 1. Paths are POSIX, NFC, and relative to
the folder that holds `mkdocs.yml` (`Source.path`) or to the root of the site (`Page.path`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from aikb.text import line_starts
from aikb.work import Work

if TYPE_CHECKING:
    from aikb.diagnostics import Diagnostic


class Kind(StrEnum):
    """What a document is, recognised by its content; front matter `kind:` settles doubt."""

    NOTE = "note"
    SOURCE = "source"
    """Highlights exported by Readwise."""
    GLOSSARY = "glossary"
    """A file of the glossary folder."""


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
    """The file, where this text was made of a part of it: an export of highlights."""
    places: tuple[tuple[int, int, int], ...] = ()
    """Where its stretches come from, in order: their offset here, and start and end in `origin`."""

    @property
    def file(self) -> str:
        """The path of the file that its author knows."""
        return self.origin.path if self.origin else self.path

    @cached_property
    def _line_starts(self) -> list[int]:
        return line_starts(self.text)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1, in the file."""
        if self.origin:
            return self.origin.position(self._in_origin(offset))
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def _in_origin(self, offset: int) -> int:
        """The offset in the file that the text at an offset comes from, as exactly as the file still has it."""
        assert self.origin is not None  # noqa: S101 - asked for where there is one only
        at = bisect_right(self.places, offset, key=lambda place: place[0]) - 1
        _, start, end = self.places[at] if at >= 0 else (0, 0, 0)
        written = self.text[offset : min(self.line_end(offset), offset + 40)]
        found = self.origin.text.find(written, start, end) if written else -1
        return found if found >= 0 else start

    def line_end(self, offset: int) -> int:
        """Where the line of an offset ends."""
        end = self.text.find("\n", offset)
        return len(self.text) if end < 0 else end


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that is not Markdown: an image, a PDF. Its content is never read by the pipeline."""

    path: str
    """Relative to the notes folder: `img/a.png`."""
    location: str
    """Where it is on this machine; only adapters use it."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a source's text, end excluded."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Node:
    """A block or inline of a note, as GitHub reads it.

    The kinds and what their fields hold:

    | kind | fields |
    | --- | --- |
    | `paragraph`, `plain` (text of a tight list item), `quote`, `item`, `row`, `cell`, `head` | children |
    | `heading` | level 1-6, `info` its attribute list, children |
    | `list` | `level` the first number, or -1 for bullets; children are items |
    | `code` | `info` the language line, `text` |
    | `alert` | `info` note, tip, important, warning or caution |
    | `material` | `info` the line that opens an admonition, details or tab; children, its `caption` first |
    | `html`, `tag` | `text`: raw HTML as a block, or inline |
    | `footnote`, `footnote-ref` | `info` the label |
    | `table` | `info` one letter a column: `n`, `l`, `c` or `r` |
    | `rule`, `soft-break`, `hard-break` | |
    | `text`, `code-span` | `text` |
    | `math`, `math-block` | `text` in LaTeX |
    | `task` | `info` `x` or empty |
    | `emphasis`, `strong`, `strike` | children |
    | `made` | `text`: what aikb puts between blocks, as the composed Markdown has it; no parser makes one |
    | `link`, `image` | `info` how it is written, `target`, `title`, children |
    """

    kind: str
    start: int
    end: int
    children: tuple[Node, ...] = ()
    text: str = ""
    info: str = ""
    level: int = 0
    target: str = ""
    title: str = ""

    def walk(self) -> Iterator[Node]:
        """This node and everything under it, in the order of the text."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            if node.children:
                stack.extend(reversed(node.children))

    @property
    def plain_text(self) -> str:
        """What a reader sees of it, without markup, as GitHub counts it for an anchor."""
        return "".join(
            node.text if node.kind in ("text", "code-span", "math") else " " if node.kind.endswith("-break") else ""
            for node in self.walk_visible()
        )

    @property
    def alternative(self) -> str:
        """The text inside an image, which stands in its place; of a link, its text likewise."""
        return "".join(node.text for node in self.walk() if node.kind in ("text", "code-span"))

    def walk_visible(self) -> Iterator[Node]:
        """Like `walk`, without what stands inside an image: its alternative text is not on the page."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            if node.children and node.kind != "image":
                stack.extend(reversed(node.children))


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text under it, up to the next heading."""

    id: str
    """The heading's id on its page, by GitHub's rule."""
    title: str
    level: int
    span: Span
    """Of the heading alone."""
    end: int
    """Where the next heading of any level begins."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Something a fragment can point at."""

    id: str
    kind: str
    """`heading`, `name` (an `<a name>` or any `id` in HTML or an attribute list), `footnote`, `block` (Obsidian's `^id`), or
    `highlight`, or `term` (a term that no heading names)."""
    span: Span
    section: str = ""
    """The id of the section it stands in."""


@dataclass(frozen=True, slots=True)
class Link:
    """A reference as the author wrote it, before anything is resolved."""

    target: str
    """The address as CommonMark reads it: escapes and entities resolved, percent signs as written."""
    span: Span
    kind: str = "inline"
    """How it is written: inline, reference, autolink, wikilink or html."""
    image: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name of a term."""

    text: str
    lang: str = ""
    """Its language, where that is said."""
    declared: bool = True
    """Whether the author lists it; else the definition says it in a form that leaves no doubt."""


@dataclass(frozen=True, slots=True)
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
    lead: Span = Span(0, 0)
    """Where the label stands."""
    aliases: tuple[Alias, ...] = ()
    keys: tuple[str, ...] = ()
    """What ties definitions of one thing in two languages, besides a label they share: the file's address, the heading's id."""
    linked: bool = True
    """Whether its mentions become links."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A block, or a run of them in one container, in another language than its page."""

    start: int
    """Where its outermost node begins."""
    end: int
    lang: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What front matter says, as plain typed text; markup in it is text and is escaped wherever it is shown."""

    title: str = ""
    description: str = ""
    date: str = ""
    lang: str = ""
    kind: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    draft: bool = False
    template: str = ""
    """A template of the theme, by its file's name alone."""
    hide: tuple[str, ...] = ()
    """Parts of the page that are not shown: navigation, toc, footer, path, tags."""
    status: str = ""
    icon: str = ""
    """The name of an icon: letters, digits, `-` and `/` only."""
    searchable: bool = True
    mentions: str = ""
    """Which mentions of terms become links, where the note has its own rule: `first-per-section`, `all` or `none`."""
    translation_of: str = ""
    """The note that this one translates: a path from its own folder or from the root of the notes, or an address."""
    permalink: str = ""
    """An address that several files share if they are translations of one another."""


@dataclass(frozen=True, slots=True)
class Document:
    """A source, understood: its tree, and what can be found in it."""

    source: Source
    address: str
    """Where it is in either tree, without language: `a/b.md`; a folder's own page is `a/index.md`."""
    lang: str
    kind: Kind
    title: str
    titled: bool
    """Whether the body shows the title itself, as its one first-level heading."""
    metadata: Metadata
    blocks: tuple[Node, ...]
    sections: tuple[Section, ...]
    anchors: tuple[Anchor, ...]
    links: tuple[Link, ...]
    terms: tuple[Term, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    prose: tuple[int, ...] = ()
    """Where its running text stands, as offsets in the source: a start, an end, the next start. No heading, link or code is
    in it."""
    marked: bool = False
    """Whether its name or its front matter says the language; else it was detected."""
    passages: tuple[Passage, ...] = ()
    """What is in another language than the page, in the order of the text; none stands inside another."""
    mixed: str = ""
    """The second language, where a good part of the words is in it."""
    work: Work | None = None
    """What was read, where the document is an export of highlights; its blocks are then made of it: a heading, and a quote for
    each highlight and each remark on one."""
    others: tuple[str, ...] = ()
    """The paths of other exports of the same work, whose highlights are among these."""

    @property
    def path(self) -> str:
        """The path of its source."""
        return self.source.path

    @property
    def in_glossary(self) -> bool:
        """Whether it is a file of the glossary folder, all of which make one page."""
        return self.kind is Kind.GLOSSARY and self.source.root == "glossary"


@dataclass(frozen=True, slots=True)
class Shelf:
    """An export of highlights, as one file was read: the works in it, before those of all files are put together."""

    source: Source
    metadata: Metadata
    works: tuple[Work, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Page:
    """A page of one tree: Markdown, and what a template needs around it."""

    path: str
    """`a/b.md`, or `fr/a/b.md` in the second tree."""
    tree: str
    """The language of the interface around it."""
    lang: str
    """The language of its text."""
    title: str
    body: str
    """Markdown. The same string in every tree that shows this text, so that an adapter renders it once. Links to pages
    are relative to `address`, and those to assets too."""
    address: str
    kind: str
    before: str = ""
    """Markdown in the tree's language above the body."""
    after: str = ""
    """Markdown in the tree's language below the body."""
    source: str = ""
    """The path of the source it shows; empty for a page that aikb made."""
    canonical: str = ""
    """The path of the page that search engines should know, when it is not this one."""
    alternates: tuple[Alternate, ...] = ()
    navigation: tuple[NavigationItem, ...] = ()
    previous: str = ""
    next: str = ""
    metadata: Metadata = field(default_factory=Metadata)

    @property
    def translations(self) -> tuple[Alternate, ...]:
        """What search engines should know of the page in other languages; nothing, where it is no text of its tree's."""
        own = tuple(alternate for alternate in self.alternates if alternate.own)
        here = any(alternate.lang == self.tree for alternate in own)
        return own if here else ()

    @property
    def markdown(self) -> str:
        """The whole page as one Markdown text."""
        return "\n\n".join(part for part in (self.before, self.body, self.after) if part) + "\n"


@dataclass(frozen=True, slots=True)
class Record:
    """What search knows of a section."""

    path: str
    """Of the page, in the first tree that shows the text."""
    fragment: str
    """The section's id; empty for the top of the page."""
    title: str
    text: str
    """Plain text, folded for search; it is escaped where it becomes HTML."""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that is published, and everything that was found."""

    pages: tuple[Page, ...]
    assets: tuple[Asset, ...]
    records: tuple[Record, ...]
    diagnostics: tuple[Diagnostic, ...]
    words: Mapping[str, Mapping[str, str]]
    """The interface's words by language, for templates."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Texts that are published beside the pages, by path: what the glossary's script asks for, and the glossary itself."""
