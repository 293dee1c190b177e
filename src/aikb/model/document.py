"""A source, understood: its tree, and what in it can be linked to or links."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias

from aikb.model.finding import Diagnostic
from aikb.model.glossary import Term
from aikb.model.highlights import Work
from aikb.model.node import Node
from aikb.model.source import Source, Span


class Kind(StrEnum):
    """What a document is, recognised by its content; front matter `kind:` settles doubt."""

    NOTE = "note"
    SOURCE = "source"
    """Highlights exported by Readwise."""
    GLOSSARY = "glossary"
    """A file of the glossary folder."""


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


AnchorKind: TypeAlias = Literal["heading", "name", "footnote", "block", "highlight", "term", "post"]
LinkKind: TypeAlias = Literal["inline", "reference", "autolink", "wikilink", "html"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """Something a fragment can point at."""

    id: str
    kind: AnchorKind
    """`heading`, `name` (an `<a name>` or any `id` in HTML or an attribute list), `footnote`, `block` (Obsidian's `^id`),
    `highlight`, `term` (a term that no heading names), or `post` (pasted from a social network; the span is all of it)."""
    span: Span
    section: str = ""
    """The id of the section it stands in."""


@dataclass(frozen=True, slots=True)
class Link:
    """A reference as the author wrote it, before anything is resolved."""

    target: str
    """The address as CommonMark reads it: escapes and entities resolved, percent signs as written."""
    span: Span
    kind: LinkKind = "inline"
    """How it is written."""
    image: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A block, or a run of them in one container, in another language than its page."""

    start: int
    """Where its outermost node begins."""
    end: int
    lang: str


@dataclass(frozen=True, slots=True, kw_only=True)
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
    """Whether it is not to be published."""
    publish: bool = False
    """Whether it says in so many words that it is to be published."""
    plugin: str = ""
    """The plugin of Obsidian's that alone can show the file, a drawing or a board: `excalidraw`, `kanban`."""
    template: str = ""
    """A template of the theme, by its file's name alone."""
    hide: tuple[str, ...] = ()
    """Parts of the page that are not shown: navigation, toc, footer, path, tags, related; home, what follows an `index.md`."""
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
    slug: str = ""
    """What its generator calls the page in its address, or the whole of that: `slug`, Hugo's `url`, Docusaurus' `id`."""
    translation_key: str = ""
    """A word that the translations of one text share: Hugo's `translationKey`, `ref` or `lang-ref` on Jekyll sites."""
    other_page: str = ""
    """The page in the other language: its address, its permalink or its file (`altLangPage`, of the Government of Canada)."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A long paragraph; its places are offsets in the source."""

    words: str
    """A hash of its words."""
    at: int
    """Where it begins, blank characters included."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """Capitals in the running text of a note that a glossary may want to explain."""

    text: str
    count: int
    start: int
    """Where it stands first."""


@dataclass(frozen=True, slots=True, kw_only=True)
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
    hidden: tuple[Span, ...] = ()
    """Where the author's comments stand in the file; the source has blanks there."""
    hashtags: tuple[str, ...] = ()
    """The tags in its text, which are among those of its metadata."""
    others: tuple[str, ...] = ()
    """The paths of other exports of the same work, whose highlights are among these."""
    paragraphs: tuple[Paragraph, ...] = ()
    """Of a note, those that are long enough to be known again in another."""
    abbreviations: tuple[Abbreviation, ...] = ()
    """Those in its running text, in the order in which they first appear."""
    twins: tuple[tuple[str, str], ...] = ()
    """Links at its head that are named by a language: the language, and the path that is written."""

    @property
    def path(self) -> str:
        """The path of its source."""
        return self.source.path

    @property
    def in_glossary(self) -> bool:
        """Whether it is a file of the glossary folder, all of which make one page."""
        return self.kind is Kind.GLOSSARY and self.source.root == "glossary"


@dataclass(frozen=True, slots=True)
class ExportFile:
    """An export of highlights, as one file was read: the works in it, before those of all files are put together."""

    source: Source
    metadata: Metadata
    works: tuple[Work, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
