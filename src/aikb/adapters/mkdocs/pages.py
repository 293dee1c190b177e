"""The Site's pages as MkDocs' pages, in memory only, and what templates may ask of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage

from aikb.model import Page, Site
from aikb.settings import Settings

if TYPE_CHECKING:
    from aikb.adapters.mkdocs.plugin import AikbPlugin


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

    @property
    def tree(self) -> str:
        """The language of the interface."""
        return self.page.tree


@dataclass(frozen=True, slots=True)
class TreeNavigation:
    """What Material's templates ask of a navigation: here, only the way home."""

    homepage: MkDocsPage
    items: tuple[()] = ()
    pages: tuple[()] = ()


class SitePage(MkDocsPage):
    """A page of the Site in MkDocs' terms."""

    def __init__(self, page: Page, site: Site, plugin: AikbPlugin, config: MkDocsConfig) -> None:
        """Make the file in memory, too."""
        file = File.generated(config, page.path, content=page.markdown, inclusion=InclusionLevel.NOT_IN_NAV)
        docs = f"{plugin.settings.docs_dir}/"
        if page.source.startswith(docs):
            file.edit_uri = page.source.removeprefix(docs)
        super().__init__(escape(page.title), file, config)
        self._plugin = plugin
        self.kb = View(
            page,
            site.words[page.tree],
            (),
            self._url,
            self._absolute,
            site.words,
            lambda key: plugin.templates.translate(page.tree, key),
        )
        self.update_date = page.metadata.date if _is_date(page.metadata.date) else "1980-01-01"  # never the clock

    def _url(self, path: str) -> str:
        if "://" in path:
            return path
        return self._plugin.pages[path].url or "./"

    def _absolute(self, path: str) -> str:
        return self._plugin.pages[path].canonical_url or ""

    @property
    def is_homepage(self) -> bool:
        """The home of its own tree."""
        return self.kb.page.address == "index.md"

    def read_source(self, config: MkDocsConfig) -> None:
        """There is no file to read; front matter has been read, and what of it reaches a template is escaped."""
        page = self.kb.page
        self.markdown = page.markdown
        self.meta = {"search": {"exclude": True}}  # the Site's records are the index
        if page.metadata.description:
            self.meta["description"] = escape(page.metadata.description)
        if page.metadata.authors:
            self.meta["author"] = escape(", ".join(page.metadata.authors))
        if page.kind in ("home", "list"):
            self.meta["hide"] = ["toc"]

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Render with the plugin's one Markdown instance."""
        self.content, self.toc = self._plugin.render(self)
        self.present_anchor_ids = None  # aikb has checked every link

    def validate_anchor_links(self, *, files: Files, log_level: int) -> None:
        """Aikb has checked every link."""


def _is_date(text: str) -> bool:
    try:
        time.strptime(text, "%Y-%m-%d")
    except ValueError:
        return False
    return True


def tree_path(address: str, lang: str, settings: Settings) -> str:
    """The path of the page at an address of a tree."""
    return address if lang == settings.languages[0] else f"{lang}/{address}"
