"""The Site's pages as MkDocs' pages, in memory only, and what templates may ask of them."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path
from typing import Any

from material.plugins.tags.plugin import TagsPlugin
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import TableOfContents

from aikb.adapters.mkdocs.linked_data import linked_data
from aikb.locales.words import territory
from aikb.model.site import Feed, Page, Site
from aikb.render.inlines import DIAGRAM
from aikb.settings import Settings
from aikb.text.sentences import shortened

log = get_plugin_logger("aikb")
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the sidebar as its template prints it: escaped, and relative to the page."""

    title: str
    href: str
    lang: str
    """A `lang` attribute, or nothing."""
    children: tuple[Entry, ...] = ()
    active: bool = False
    current: bool = False
    """Whether it is the page itself."""
    status: str = ""
    """What its front matter says of it, `new` for one."""
    apart: bool = False

    @property
    def leading(self) -> Entry:
        """The entry with the address of the first page in it, if it has none of its own."""
        first = next((each.leading for each in self.children if each.leading.href), None)
        return replace(self, href=first.href) if first and not self.href else self

    @property
    def plain(self) -> bool:
        """Whether it is a link and nothing else."""
        return bool(self.href) and not self.children and not self.active


@dataclass(frozen=True, slots=True)
class View:
    """What templates know of a page beyond MkDocs' own, as `page.kb`."""

    page: Page
    words: Mapping[str, str]
    navigation: tuple[Entry, ...]
    urls: Callable[[str], str]
    """The address of a page or an external link, relative to the site's root, for Material's `url` filter."""
    absolute: Callable[[str], str]
    """The same with the site's own address in front, where `site_url` is set."""
    all_words: Mapping[str, Mapping[str, str]]
    """The interface's words of every tree."""
    translate: Callable[[str], str]
    """Material's words in the tree's language."""
    feeds: tuple[Feed, ...] = ()
    """The feeds of the tree."""

    @property
    def tree(self) -> str:
        """The language of the interface."""
        return self.page.tree

    @property
    def tabs(self) -> tuple[Entry, ...]:
        """The entries at the top, each with an address: a group's is that of the first page in it."""
        return tuple(entry.leading for entry in self.navigation)

    @property
    def trail(self) -> tuple[Entry, ...]:
        """The entries that hold the page, from the top; not the page itself."""
        trail: list[Entry] = []
        entries = self.navigation
        while entry := next((each for each in entries if each.active and not each.current), None):
            trail.append(entry)
            entries = entry.children
        return tuple(trail)

    def territory(self, lang: str) -> str:
        """A language with a country, for `og:locale`."""
        return territory(lang)

    @property
    def alternates_json(self) -> str:
        """The page in the other trees for the switcher's script, as JSON between single quotes of an attribute."""
        root = "../" * self.urls(self.page.path).removeprefix("./").count("/")
        others = [
            {
                "lang": each.lang,
                "href": (root + self.urls(each.path).removeprefix("./")) or "./",
                "fragments": dict(each.fragments),
                "facing": bool(self.page.source) and each in self.page.translations,
            }
            for each in self.page.alternates
            if each.lang != self.tree
        ]
        return escape(_JSON.encode(others), quote=False).replace("'", "&#39;")

    @property
    def sitemap_entry(self) -> str:
        """The page's entry in its tree's sitemap: itself, and where there are translations all of them."""
        translations = self.page.translations
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{each.lang}" href="{escape(self.absolute(each.path))}"/>'
            for each in (translations if len(translations) > 1 else ())
        )
        changed = f"<lastmod>{self.page.updated}</lastmod>" if self.page.updated else ""
        return f"<url><loc>{escape(self.absolute(self.page.path))}</loc>{changed}{links}</url>"

    @property
    def linked_data(self) -> str:
        """What the page is, as JSON-LD of schema.org, safe inside a script element; empty for a page that aikb made."""
        data = linked_data(self.page, self.absolute(self.page.canonical or self.page.path))
        return _JSON.encode(data).replace("<", "\\u003c") if data else ""


@dataclass(frozen=True, slots=True)
class TreeNavigation:
    """What Material's templates ask of a navigation: here, only the way home."""

    homepage: MkDocsPage
    items: tuple[()] = ()
    pages: tuple[()] = ()

    def __iter__(self) -> Iterator[Any]:
        """List its entries, as MkDocs' own does: none."""
        return iter(self.items)

    def __len__(self) -> int:
        """Count them."""
        return len(self.items)

    def __bool__(self) -> bool:
        """Tell that there is one: Material draws no sidebar beside a navigation that is nothing."""
        return True


@dataclass(slots=True)
class Surroundings:
    """What pages ask of the site around them. Pages outlive a build of `serve`: what changes, changes here."""

    translate: Callable[[str, str], str]
    """Material's word of a key in a language: `(tree, key)`."""
    render: Callable[[SitePage], tuple[str, TableOfContents]]
    """A page's HTML and table of contents."""
    settings: Settings = field(default_factory=Settings)
    pages: dict[str, SitePage] = field(default_factory=dict)
    """All pages by their path."""


class SitePage(MkDocsPage):
    """A page of the Site in MkDocs' terms."""

    def __init__(self, page: Page, site: Site, around: Surroundings, config: MkDocsConfig) -> None:
        """Make the file in memory, too."""
        file = File.generated(config, page.path, content=page.body.markdown, inclusion=InclusionLevel.NOT_IN_NAV)
        in_notes = around.settings.in_notes(page.source)
        if in_notes != page.source:
            file.edit_uri = in_notes
        if page.source:
            folder = Path(config.config_file_path).parent
            file.abs_src_path, file._content = os.path.normpath(folder / page.source), None  # noqa: SLF001
            file.generated_by = None  # it is a note, whose source is that file; other pages say who made them
        super().__init__(escape(page.title), file, config)
        self._around = around
        self.has_diagrams = False
        self.kb = View(
            page,
            site.words[page.tree],
            (),
            self._url,
            self._absolute,
            site.words,
            lambda key: around.translate(page.tree, key),
            tuple(feed for feed in site.feeds if feed.lang == page.tree),
        )
        self.update_date = page.metadata.date if _is_date(page.metadata.date) else "1980-01-01"  # never the clock

    def _url(self, path: str) -> str:
        page = self._around.pages.get(path)
        return path if page is None else page.url or "./"  # what is no page leads out of the site

    def _absolute(self, path: str) -> str:
        return self._around.pages[path].canonical_url or ""

    @property
    def is_homepage(self) -> bool:
        """The home of its own tree."""
        return self.kb.page.address == "index.md"

    @property
    def is_original(self) -> bool:
        """Whether it is the page that search engines are told of where several show its text."""
        return self.kb.page.canonical in ("", self.kb.page.path)

    def read_source(self, config: MkDocsConfig) -> None:
        """There is no file to read; front matter has been read, and what of it reaches a template is escaped."""
        page = self.kb.page
        self.markdown = page.body.markdown
        self.meta = self._meta(config)
        # MkDocs has set them from a navigation of its own, which knows the first tree's pages only
        self.previous_page = self._around.pages.get(page.previous)
        self.next_page = self._around.pages.get(page.next)

    def _meta(self, config: MkDocsConfig) -> dict[str, Any]:
        page = self.kb.page
        meta: dict[str, Any] = {
            # Material unescapes page.title in the page's head; a home without a title of its own has the site's there
            "title": escape(page.metadata.title if self.is_homepage else page.title),
            **front_matter(page, config),
            "template": self._template(config),
            "search": {"exclude": True},  # the Site's records are the index
        }
        if any(isinstance(plugin, TagsPlugin) for plugin in config.plugins.values()):
            meta["tags"] = [escape(tag) for tag in page.metadata.tags]
        return {key: value for key, value in meta.items() if value}

    def _template(self, config: MkDocsConfig) -> str:
        name, source = self.kb.page.metadata.template, self.kb.page.source
        if not name or any((Path(folder) / name).is_file() for folder in config.theme.dirs):
            return name
        if self.kb.tree == self._around.settings.languages[0]:  # once is enough
            log.warning("%s: there is no template “%s” in the theme", source, name)
        return ""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Fill what the page is made of."""
        self.content, self.toc = self._around.render(self)
        self.has_diagrams = bool(self._around.settings.mermaid) and DIAGRAM in self.content
        self.present_anchor_ids = None  # aikb has checked every link

    def validate_anchor_links(self, *, files: Files, log_level: int) -> None:
        """Aikb has checked every link."""


class SiteFiles(Files):
    """MkDocs' files, which list the pages once while they are drawn: MkDocs asks for the list on every page.

    They copy only what the site does not have yet.
    """

    def __init__(self, files: Iterable[File], has: Callable[[File], bool] = lambda _: False) -> None:
        """Take all files of the site; `has` says which static ones it has as they are."""
        super().__init__(files)
        self._has = has
        self._listed: dict[Any, Sequence[File]] | None = None

    def copy_static_files(
        self,
        dirty: bool = False,  # noqa: FBT002 - as MkDocs' own
        *,
        inclusion: Callable[[InclusionLevel], bool] = InclusionLevel.is_included,
    ) -> None:
        """Copy what is no page into the folder the site is built in."""
        for file in self:
            if not file.is_documentation_page() and inclusion(file.inclusion) and not self._has(file):
                file.copy_file(dirty)

    def take_pages(self) -> Sequence[File]:
        """Take the pages out, so that MkDocs draws none; templates may still list them."""
        taken = self.documentation_pages()
        for file in taken:
            self.remove(file)
        return taken

    def settle(self) -> None:
        """From here on, only adding or removing a file changes a list."""
        self._listed = {}

    def documentation_pages(
        self, *, inclusion: Callable[[InclusionLevel], bool] = InclusionLevel.is_included
    ) -> Sequence[File]:
        """The pages' files."""
        if self._listed is None:
            return super().documentation_pages(inclusion=inclusion)
        if inclusion not in self._listed:
            self._listed[inclusion] = super().documentation_pages(inclusion=inclusion)
        return self._listed[inclusion]

    def append(self, file: File) -> None:
        """Add a file."""
        super().append(file)
        if self._listed:
            self._listed = {}

    def remove(self, file: File) -> None:
        """Remove a file."""
        super().remove(file)
        if self._listed:
            self._listed = {}


def status_of(page: SitePage | None) -> str:
    """What a page's front matter says of it, as part of the name of a class; empty for what could be none."""
    status = page.kb.page.metadata.status if page else ""
    return status if status.replace("-", "").replace("_", "").isalnum() else ""


def _is_date(text: str) -> bool:
    try:
        time.strptime(text, "%Y-%m-%d")
    except ValueError:
        return False
    return True


def front_matter(page: Page, config: MkDocsConfig) -> dict[str, Any]:
    """What Material's templates read of a page's front matter, escaped."""
    given = page.metadata
    return {
        "description": escape(_description(page, config)),
        "author": escape(", ".join(given.authors)),
        "hide": [*given.hide, *(["toc"] if page.kind in ("home", "list") else [])],
        "status": escape(given.status),
        "icon": given.icon,
    }


def _description(page: Page, config: MkDocsConfig) -> str:
    """What search engines say of a page: what it says of itself, a work's first highlight, or what it is called and where.

    A home page without a text of its own is left to `site_description`.
    """
    said = page.metadata.description or page.summary or next((shortened(text) for _, text in page.passages), "")
    if said or page.kind == "home":
        return said or ("" if config.site_description else config.site_name)
    return f"{page.title} · {config.site_name}"
