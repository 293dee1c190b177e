"""The plugin: MkDocs' events, in their order."""

from __future__ import annotations

import gc
import logging
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from html import escape
from pathlib import Path
from typing import Any, Literal

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import TableOfContents
from mkdocs.utils import get_relative_url

from aikb.adapters.mkdocs.configuration import AikbConfig, set_markdown, set_theme, settings_of, written_in
from aikb.adapters.mkdocs.draw import Apart
from aikb.adapters.mkdocs.output import Output, static_files, write_files, write_tree_files
from aikb.adapters.mkdocs.pages import Entry, SiteFiles, SitePage, TreeNavigation
from aikb.adapters.mkdocs.render import Converter, drawn, options_of
from aikb.adapters.mkdocs.search_files import for_material, set_search, write_search
from aikb.adapters.mkdocs.templates import Templates
from aikb.findings.report.repeats import fold
from aikb.findings.report.text import line, summary
from aikb.ledgers.anchors import read_anchors
from aikb.ledgers.translations import Past, read_translations
from aikb.model.document import Document, ExportFile
from aikb.model.finding import Severity
from aikb.model.site import NavigationItem, Record, Site
from aikb.model.source import Source
from aikb.pipeline import build, read_all
from aikb.read import language
from aikb.read.disk import load
from aikb.render.furniture import Furniture
from aikb.render.renderer import Renderer
from aikb.settings import Settings, SettingsError
from aikb.system.git_dates import changed

log = get_plugin_logger("aikb")


class AikbPlugin(BasePlugin[AikbConfig]):  # type: ignore[no-untyped-call]  # mkdocs' own is untyped
    """`plugins: [aikb]`."""

    def __init__(self) -> None:
        """Start without a site; everything that outlives one build of `serve` is made here."""
        self._serving = False
        self._known: dict[tuple[Source, Settings], Document | ExportFile] = {}
        """What was read by the last build."""
        self._converter: Converter | None = None
        self._furniture = Furniture()
        self._output: Output | None = None
        self._nav: Navigation | None = None
        self._apart: Apart | None = None
        self.pages: dict[str, SitePage] = {}
        self.templates: Templates
        self._entry_cache: dict[tuple[int, str], Entry] = {}
        self.settings = Settings()
        self._records: tuple[Record, ...] = ()
        self._names: tuple[tuple[str, ...], ...] = ()
        self._files: Mapping[str, str] = {}

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Know what the site is for. Its presence makes MkDocs keep this object, and so the parsed notes, while serving."""
        self._serving = command == "serve"

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Fill in what the user left open, and have the site built beside the one that is there."""
        written = written_in(config)
        self.settings = settings_of(self.config, config, written, serving=self._serving)
        set_theme(config, self.settings, written)
        set_markdown(config)
        set_search(config, written)
        if not config.site_url and len(self.settings.languages) > 1:
            # under --strict a warning would fail a site that works
            level = logging.INFO if config.strict else logging.WARNING
            log.log(
                level, "site_url is not set: search engines are not told which pages are translations of each other"
            )
        self._output = Output(config)
        language.prepare(self.settings.languages)
        return config

    @event_priority(-50)
    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Build the site from the notes, and take the place of the Markdown files MkDocs found."""
        started = time.monotonic()
        gc.disable()  # a site is a hundred thousand values without a cycle; looking for one takes a tenth of the build
        folder = Path(config.config_file_path).parent
        # the offline plugin changes it after our on_config
        self.settings = replace(self.settings, addresses="directories" if config.use_directory_urls else "files")
        try:
            loaded = load(folder, self.settings)
            remembered = read_anchors(folder)
            past = Past(read_translations(folder), partial(changed, folder))
        except SettingsError as error:
            raise PluginError(str(error)) from None
        self._read_new(loaded.sources)
        rewritten = bool(_listeners(config, "page_markdown"))
        options = options_of(config, rewritten=rewritten)
        site = build(
            loaded.sources,
            self.settings,
            loaded.assets,
            loaded.diagnostics,
            self._recalled,
            remembered,
            past,
            Renderer(options),
        )
        _report(site, time.monotonic() - started, len(loaded.sources))
        kept = static_files(files, site, config)
        converter = self._converter
        if converter is None or not converter.serves(config):
            converter = self._converter = Converter(config)
        converter.start(site.pages)
        self._furniture = Furniture(config.theme.dirs, options.permalink, lambda text: converter.convert(text).html)
        self._records, self._names = site.records, site.names
        self._files = site.files
        self._entry_cache = {}
        self.pages = {page.path: SitePage(page, site, self, config) for page in site.pages}
        first = [page for page in site.pages if page.tree == self.settings.languages[0]]
        paths = {self.settings.in_notes(page.source): page.path for page in first if page.source}
        config.nav = _in_pages(config.nav, paths)
        gc.freeze()  # and a forked process would copy what the collector touches
        return SiteFiles([*kept, *(page.file for page in self.pages.values())])

    def _read_new(self, sources: Sequence[Source]) -> None:
        """Read what the last build did not know, on all processors, and forget what is gone."""
        new = [source for source in sources if (source, self.settings) not in self._known]
        read = dict(zip(new, read_all(new, self.settings), strict=True))
        self._known = {
            (source, self.settings): read.get(source) or self._known[source, self.settings] for source in sources
        }

    def _recalled(self, source: Source, settings: Settings) -> Document | ExportFile:
        return self._known[source, settings]

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> None:
        """Keep what pages are drawn with."""
        self._nav = nav

    @event_priority(-100)
    def on_env(self, env: jinja2.Environment, /, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Let our templates reach Material's of the same name, and keep what is the same on every page."""
        self.templates = Templates(env)
        if isinstance(files, SiteFiles):
            files.settle()
        if self._nav is not None:
            self._apart = Apart(env, config, files, self._nav)
            first = self.settings.languages[0]
            self._apart.start((page for page in self.pages.values() if page.kb.tree != first), self)
        return env

    def on_page_context(self, context: Any, /, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation) -> Any:
        """Give Material's templates the page's own tree: its home, its root, its twins."""
        if not isinstance(page, SitePage):
            return context
        kb = page.kb.page
        page.kb = replace(page.kb, navigation=self._entries(kb.navigation, page))
        home = self.pages[self.settings.tree_path("index.md", kb.tree)]
        context["nav"] = TreeNavigation(home)
        context["base_url"] = get_relative_url(home.url or ".", page.url)
        canonical = self.pages.get(kb.canonical)
        if canonical is not None and canonical.canonical_url:
            page.canonical_url = canonical.canonical_url
        return context

    def _entries(self, items: Iterable[NavigationItem], page: SitePage) -> tuple[Entry, ...]:
        root = "../" * page.url.count("/")
        entries = []
        for item in items:
            key = id(item), root  # the Site keeps the items; most stand in many sidebars
            entry = self._entry_cache.get(key)
            if entry is None:
                href = item.path
                if item.path in self.pages:  # else it is a group, or leads out of the site
                    href = (root + page.kb.urls(item.path).removeprefix("./")) or "./"
                entry = Entry(
                    escape(item.title),
                    escape(href),
                    f' lang="{item.lang}"' if item.lang else "",
                    self._entries(item.children, page),
                    item.active,
                    item.path == page.kb.page.path,
                )
                if not item.active:
                    self._entry_cache[key] = entry
            entries.append(entry)
        return tuple(entries)

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what each tree needs of its own, and put the new site in the old one's place."""
        if self._apart is not None:
            self._apart.finish()
        for lang in self.settings.languages:
            write_tree_files(Path(config.site_dir), lang, self.settings, self.pages, for_material(self._records))
        write_files(Path(config.site_dir), self._files)
        write_search(config, self.settings, self._records, self._names)
        if self._output is not None:
            self._output.finish(config)
        gc.unfreeze()
        gc.enable()

    def on_build_error(self, *, error: Exception, **_: Any) -> None:
        """Leave the previous site as it was."""
        if self._output is not None:
            self._output.discard()
        gc.unfreeze()
        gc.enable()

    def on_serve(self, server: Any, /, *, config: MkDocsConfig, builder: Callable[..., None]) -> Any:
        """Watch the glossary too, and stay up when a build fails: MkDocs would leave every request waiting."""
        folder = Path(config.config_file_path).parent
        glossary = folder / self.settings.glossary_dir
        if glossary.is_dir():
            server.watch(str(glossary))
        build_site = server.builder

        def resilient() -> None:
            try:
                build_site()
            except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it was, the server stays up
                log.error(  # noqa: TRY400 - one line; MkDocs has told the rest
                    "the build failed, and the previous site stays: %s", error
                )

        server.builder = resilient
        return server

    def render(self, page: SitePage) -> tuple[str, TableOfContents]:
        """A page's HTML and table of contents."""
        assert self._converter is not None  # noqa: S101 - set in on_files, before any page is rendered
        return drawn(page.kb.page, page.markdown, page.url, self._furniture, self._converter)


def _listeners(config: MkDocsConfig, event: str) -> list[Any]:
    """The plugins and hooks that listen to an event."""
    return list(config.plugins.events[event])


def _in_pages(nav: Any, paths: Mapping[str, str]) -> Any:
    """The user's `nav` by the pages' paths, which is how MkDocs knows them: `sub/README.md` is `sub/index.md`."""
    if isinstance(nav, list):
        return [_in_pages(entry, paths) for entry in nav]
    if isinstance(nav, dict):
        return {title: _in_pages(entry, paths) for title, entry in nav.items()}
    return paths.get(nav, nav) if isinstance(nav, str) else nav


def _report(site: Site, seconds: float, sources: int) -> None:
    for each in fold(diagnostic for diagnostic in site.diagnostics if diagnostic.severity is not Severity.INFO):
        level = logging.ERROR if each.first.severity is Severity.ERROR else logging.WARNING
        log.log(level, line(replace(each.first, message=each.message)))
    log.info("%d files read, %d pages, %s (%.1f s)", sources, len(site.pages), summary(site.diagnostics), seconds)
