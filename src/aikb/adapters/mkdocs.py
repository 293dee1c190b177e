"""MkDocs and Material: the plugin. The only file that imports mkdocs.

Pages exist in memory only. Every text is rendered once, by one Markdown instance, whatever the number of trees that show it;
MkDocs would make an instance a page. The traps this file works around are listed in the engine's notes: a build empties the
site folder first, `serve` hangs after a failed build, navigation grows with the square of the notes.
"""

from __future__ import annotations

import json
import logging
import os
import posixpath
import shutil
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree as ET

import jinja2
import markdown
from markdown.treeprocessors import Treeprocessor
from material import templates as material_templates
from material.plugins.search.plugin import SearchPlugin
from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents, get_toc
from mkdocs.utils import CountHandler, get_relative_url

from aikb.adapters.python_markdown import AikbExtension
from aikb.diagnostics import Severity
from aikb.load import load
from aikb.model import NavigationItem, Page, Record, Site
from aikb.parse import parse
from aikb.pipeline import build
from aikb.report.text import line, summary
from aikb.settings import Settings, SettingsError, flatten_navigation, from_options, read_config

log = get_plugin_logger("aikb")

THEME = Path(__file__).parent.parent / "theme"

EXTENSIONS: Mapping[str, Mapping[str, Any]] = {
    "toc": {"permalink": True, "permalink_title": "Permalink"},
    "tables": {},
    "attr_list": {},
    "footnotes": {},
    "admonition": {},
    "pymdownx.details": {},
    "pymdownx.superfences": {},
    "pymdownx.highlight": {"anchor_linenums": True, "line_spans": "__span", "pygments_lang_class": True},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.tasklist": {"custom_checkbox": True},
}
"""Python-Markdown's extensions, unless the user named them; `abbr`, `def_list` and the like are theirs to add."""

FEATURES = (
    "content.code.copy",
    "content.tooltips",
    "navigation.footer",
    "navigation.instant",
    "navigation.instant.progress",
    "navigation.top",
    "navigation.tracking",
    "search.highlight",
    "search.share",
    "search.suggest",
    "toc.follow",
)
PALETTE: tuple[Mapping[str, Any], ...] = (
    {"media": "(prefers-color-scheme)", "toggle": {"icon": "material/brightness-auto", "name": "palette_light"}},
    {
        "media": "(prefers-color-scheme: light)",
        "scheme": "default",
        "primary": "custom",
        "accent": "custom",
        "toggle": {"icon": "material/weather-sunny", "name": "palette_dark"},
    },
    {
        "media": "(prefers-color-scheme: dark)",
        "scheme": "slate",
        "primary": "custom",
        "accent": "custom",
        "toggle": {"icon": "material/weather-night", "name": "palette_auto"},
    },
)
SEPARATOR = r"[\s\u00a0\u202f\-_,:;.!?…()\[\]{}«»\"“”„/\\|=+*#&<>•●—–]+|\b(?:[ldjmnstcLDJMNSTC]|[qQ]u|[jJ]usqu|[lL]orsqu|[pP]uisqu)['’]|['’]"
"""Where Material's search cuts words: at French elisions too, so that `architecture` finds « l'architecture »."""

_SITE_FILES = (".css", ".js", ".mjs", ".ico", ".webmanifest", ".woff", ".woff2")
_SITE_NAMES = ("CNAME", "robots.txt", "_redirects", "_headers", "ads.txt", "humans.txt")
_ROOT = "\ufdef"
"""Stands for the way up to the site's root in a text that pages of different depth share; no note can hold it."""


class AikbConfig(base.Config):
    """The plugin's options; `settings.Settings` says what they mean and checks them."""

    languages = c.Optional(c.Type(list))
    glossary_dir = c.Optional(c.Type(str))
    sidebar_limit = c.Optional(c.Type(int))


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


class AikbPlugin(BasePlugin[AikbConfig]):
    """`plugins: [aikb]`."""

    def __init__(self) -> None:
        """Start without a site; everything that outlives one build of `serve` is made here."""
        self._parse = lru_cache(maxsize=50_000)(parse)
        self._renderer: Renderer | None = None
        self._output: Output | None = None
        self._pages: dict[str, SitePage] = {}
        self.templates: Templates
        self._entry_cache: dict[tuple[str, str, str], Entry] = {}
        self._settings = Settings()
        self._records: tuple[Record, ...] = ()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Its presence makes MkDocs keep this object, and so the cache of parsed notes, while serving."""

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Fill in what the user left open, and have the site built beside the one that is there."""
        self._settings = _settings(self.config, config)
        _set_theme(config, self._settings)
        _set_markdown(config)
        _set_search(config, self._settings)
        self._output = Output(config)
        return config

    @event_priority(-50)
    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Build the site from the notes, and take the place of the Markdown files MkDocs found."""
        started = time.monotonic()
        folder = Path(config.config_file_path).parent
        try:
            loaded = load(folder, self._settings)
        except SettingsError as error:
            raise PluginError(str(error)) from None
        site = build(loaded.sources, self._settings, loaded.assets, loaded.diagnostics, read=self._parse)
        _report(site, time.monotonic() - started, len(loaded.sources))
        kept = _static_files(files, site, config)
        if self._renderer is None or not self._renderer.serves(config):
            self._renderer = Renderer(config)
        self._records = site.records
        self._entry_cache = {}
        self._pages = {page.path: SitePage(page, site, self, config) for page in site.pages}
        self._renderer.start({path: page.url for path, page in self._pages.items()})
        for page in self._pages.values():
            page.previous_page = self._pages.get(page.kb.page.previous)
            page.next_page = self._pages.get(page.kb.page.next)
        return Files([*kept, *(page.file for page in self._pages.values())])

    def on_env(self, env: jinja2.Environment, /, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Let our templates reach Material's of the same name, and keep what is the same on every page."""
        self.templates = Templates(env)
        return env

    def on_page_context(self, context: Any, /, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation) -> Any:
        """Give Material's templates the page's own tree: its home, its root, its twins."""
        if not isinstance(page, SitePage):
            return context
        kb = page.kb.page
        page.kb = replace(page.kb, navigation=self._entries(kb.navigation, page))
        home = self._pages[_tree_path("index.md", kb.tree, self._settings)]
        context["nav"] = TreeNavigation(home)
        context["base_url"] = get_relative_url(home.url or ".", page.url)
        canonical = self._pages.get(kb.canonical)
        if canonical is not None and canonical.canonical_url:
            page.canonical_url = canonical.canonical_url
        return context

    def _entries(self, items: Iterable[NavigationItem], page: SitePage) -> tuple[Entry, ...]:
        root = "../" * page.url.count("/")
        entries = []
        for item in items:
            key = item.path, item.title, root
            entry = self._entry_cache.get(key) if not (item.active or item.children) else None
            if entry is None:
                url = "" if not item.path else page.kb.urls(item.path)
                href = url if "://" in url or not url else (root + url.removeprefix("./")) or "./"
                entry = Entry(
                    escape(item.title),
                    escape(href),
                    f' lang="{item.lang}"' if item.lang else "",
                    self._entries(item.children, page),
                    item.active,
                    item.path == page.kb.page.path,
                )
                if not (item.active or item.children):
                    self._entry_cache[key] = entry
            entries.append(entry)
        return tuple(entries)

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write what each tree needs of its own, and put the new site in the old one's place."""
        for lang in self._settings.languages:
            _write_tree_files(Path(config.site_dir), lang, self._settings, self._pages, self._records)
        if self._output is not None:
            self._output.finish(config)

    def on_build_error(self, *, error: Exception, **_: Any) -> None:
        """Leave the previous site as it was."""
        if self._output is not None:
            self._output.discard()

    def on_serve(self, server: Any, /, *, config: MkDocsConfig, builder: Callable[..., None]) -> Any:
        """Watch the glossary too, and stay up when a build fails: MkDocs would leave every request waiting."""
        folder = Path(config.config_file_path).parent
        glossary = folder / self._settings.glossary_dir
        if glossary.is_dir():
            server.watch(str(glossary))
        build_site = server.builder

        def resilient() -> None:
            try:
                build_site()
            except (Exception, SystemExit) as error:
                log.error("the build failed, and the previous site stays: %s", error)

        server.builder = resilient
        return server

    def render(self, page: SitePage) -> tuple[str, TableOfContents]:
        """A page's HTML and table of contents."""
        assert self._renderer is not None  # noqa: S101 - set in on_files, before any page is rendered
        return self._renderer.render(page.kb.page, page.url)


class Templates:
    """What pages share while they are rendered: Material's words, and pieces that depend on the tree alone."""

    def __init__(self, env: jinja2.Environment) -> None:
        """Add `once` to the templates, and Material's own under `material/`."""
        self._env = env
        self._pieces: dict[tuple[str, str], str] = {}
        self._words: dict[tuple[str, str], str] = {}
        material = jinja2.FileSystemLoader(str(Path(material_templates.__file__).parent))
        if env.loader is not None:
            env.loader = jinja2.ChoiceLoader([env.loader, jinja2.PrefixLoader({"material": material})])
        env.globals["once"] = self.once

    def once(self, name: str, page: Any, caller: Callable[[], str]) -> str:
        """`{% call once("name", page) %}…{% endcall %}`: render the body for the first page of a tree only."""
        key = name, page.kb.tree if page and isinstance(page, SitePage) else ""
        if key not in self._pieces:
            self._pieces[key] = caller()
        return self._pieces[key]

    def translate(self, tree: str, key: str) -> str:
        """A word of Material's in the language of a tree."""
        if (tree, key) not in self._words:
            word = tree if key == "language" else self._word(tree, key) or self._word("en", key) or key
            self._words[tree, key] = word
        return self._words[tree, key]

    def _word(self, lang: str, key: str) -> str:
        module: Any = self._env.get_template(f"partials/languages/{lang}.html").module
        return str(module.t(key))


# The user's configuration ----------------------------------------------------------------------------------------------


def _settings(options: AikbConfig, config: MkDocsConfig) -> Settings:
    folder = Path(config.config_file_path).parent
    given = {key: value for key, value in options.items() if value is not None}
    try:
        return from_options(
            given,
            Settings(
                site_name=config.site_name or "",
                site_description=config.site_description or "",
                docs_dir=Path(os.path.relpath(config.docs_dir, folder)).as_posix(),
                navigation=flatten_navigation(config.nav),
            ),
        )
    except SettingsError as error:
        raise PluginError(str(error)) from None


def _user_theme(config: MkDocsConfig) -> dict[str, Any]:
    """What the user wrote under `theme:`; MkDocs has filled the rest with defaults."""
    try:
        theme = read_config(Path(config.config_file_path)).get("theme")
    except SettingsError as error:
        raise PluginError(str(error)) from None
    return theme if isinstance(theme, dict) else {}


def _set_theme(config: MkDocsConfig, settings: Settings) -> None:
    theme, written = config.theme, _user_theme(config)
    if not (theme.name or "").startswith("material"):
        raise PluginError(f"theme: aikb needs Material for MkDocs (“theme: material”), not “{theme.name}”")
    own_place = 1 if theme.custom_dir else 0
    if str(THEME) not in theme.dirs:
        theme.dirs.insert(own_place, str(THEME))
    if "font" not in written:
        theme["font"] = False
    if "language" not in written:
        theme["language"] = settings.languages[0]
    if "palette" not in written:
        theme["palette"] = [dict(option) for option in PALETTE]
    if "features" not in written:
        theme["features"] = [feature for feature in FEATURES if config.site_url or "instant" not in feature]
    if "favicon" not in written:
        theme["favicon"] = "assets/aikb.svg"
    icon = dict(theme.get("icon") or {})
    if "logo" not in written:
        icon.setdefault("logo", "material/notebook-outline")
    theme["icon"] = icon
    # true but no list: the header shows our switcher, and the head none of Material's links, which lead to whole trees
    config.extra["alternate"] = len(settings.languages) > 1
    if "assets/aikb.css" not in config.extra_css:
        config.extra_css.insert(0, "assets/aikb.css")


def _set_markdown(config: MkDocsConfig) -> None:
    configs = config["mdx_configs"]
    for name, options in EXTENSIONS.items():
        if name not in config.markdown_extensions:
            config.markdown_extensions.append(name)
        configs[name] = {**options, **(configs.get(name) or {})}


def _set_search(config: MkDocsConfig, settings: Settings) -> None:
    """Material's search, in all languages at once, unless the user set it up; MkDocs drops its default beside `plugins:`."""
    if any(isinstance(plugin, SearchPlugin) for plugin in config.plugins.values()):
        return
    plugin = SearchPlugin()
    plugin.load_config({"lang": list(settings.languages), "separator": SEPARATOR})
    config.plugins["material/search"] = plugin


def _static_files(files: Files, site: Site, config: MkDocsConfig) -> list[File]:
    """The files that are no notes: what a note shows or links to, what the site itself needs, what other plugins made."""
    published = {asset.path for asset in site.assets}
    needed = {*config.extra_css, *(str(script) for script in config.extra_javascript)}
    needed |= {str(config.theme.get(key)) for key in ("favicon", "logo")}
    docs = os.path.normpath(config.docs_dir)
    kept = []
    for file in files:
        ours = file.generated_by is None and file.src_dir is not None and os.path.normpath(file.src_dir) == docs
        if not ours:
            kept.append(file)
        elif not file.is_documentation_page():
            name = posixpath.basename(file.src_uri)
            if (
                file.src_uri in published
                or file.src_uri in needed
                or name in _SITE_NAMES
                or (name.endswith(_SITE_FILES) and os.path.isfile(file.abs_src_path or ""))
            ):
                kept.append(file)
    return kept


def _report(site: Site, seconds: float, sources: int) -> None:
    for diagnostic in site.diagnostics:
        if diagnostic.severity is not Severity.INFO:
            level = logging.ERROR if diagnostic.severity is Severity.ERROR else logging.WARNING
            log.log(level, line(diagnostic))
    log.info("%d files read, %d pages, %s (%.1f s)", sources, len(site.pages), summary(site.diagnostics), seconds)


# Pages -----------------------------------------------------------------------------------------------------------------


class SitePage(MkDocsPage):
    """A page of the Site in MkDocs' terms."""

    def __init__(self, page: Page, site: Site, plugin: AikbPlugin, config: MkDocsConfig) -> None:
        """Make the file in memory, too."""
        file = File.generated(config, page.path, content=page.markdown, inclusion=InclusionLevel.NOT_IN_NAV)
        docs = f"{plugin._settings.docs_dir}/"
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
        return self._plugin._pages[path].url or "./"

    def _absolute(self, path: str) -> str:
        return self._plugin._pages[path].canonical_url or ""

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
        """aikb has checked every link."""


def _is_date(text: str) -> bool:
    try:
        time.strptime(text, "%Y-%m-%d")
    except ValueError:
        return False
    return True


def _tree_path(address: str, lang: str, settings: Settings) -> str:
    return address if lang == settings.languages[0] else f"{lang}/{address}"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A text as HTML, its way to the root still open."""

    html: str
    toc: tuple[dict[str, Any], ...]


class Renderer:
    """Markdown to HTML, each text once. Kept while serving: a text that did not change is not rendered again."""

    def __init__(self, config: MkDocsConfig) -> None:
        """Take the extensions that the configuration names."""
        self._made_for = self._key(config)
        self._address = ""
        self._urls: Mapping[str, str] = {}
        self._cache: dict[tuple[str, str], Rendered] = {}
        self._used: dict[tuple[str, str], Rendered] = {}
        self._extension = AikbExtension(self._rewrite)
        self._markdown = markdown.Markdown(
            extensions=[*config.markdown_extensions, self._extension],
            extension_configs=config["mdx_configs"] or {},
        )
        self._markdown.treeprocessors.register(_Links(self._markdown, self._rewrite), "aikb-links", 0)

    @staticmethod
    def _key(config: MkDocsConfig) -> str:
        return repr((list(config.markdown_extensions), config["mdx_configs"], config.use_directory_urls))

    def serves(self, config: MkDocsConfig) -> bool:
        """Whether this instance was made for the same configuration."""
        return self._made_for == self._key(config)

    def start(self, urls: Mapping[str, str]) -> None:
        """Begin a build: `urls` are the pages' addresses by their path. What the last build did not use is forgotten."""
        if set(urls) != set(self._urls):
            self._used = {}
        self._urls = urls
        self._cache, self._used = self._used, {}

    def render(self, page: Page, url: str) -> tuple[str, TableOfContents]:
        """A page as HTML. `url` is its own, to find the way to the root."""
        parts = [self._part(text, page.address) for text in (page.before, page.body, page.after) if text]
        root = "../" * url.count("/")
        html = "\n".join(part.html for part in parts).replace(_ROOT, root or "./")
        tokens = [token for part in parts for token in part.toc]
        return html, _contents(page.title, get_toc(tokens))

    def _part(self, text: str, address: str) -> Rendered:
        key = address, text
        rendered = self._used.get(key) or self._cache.get(key)
        if rendered is None:
            self._address = address
            html = self._extension.markup_of(text)
            if html is None:
                self._markdown.reset()
                rendered = Rendered(self._markdown.convert(text), tuple(getattr(self._markdown, "toc_tokens", ())))
            else:
                rendered = Rendered(html, ())
        self._used[key] = rendered
        return rendered

    def _rewrite(self, address: str) -> str:
        """From the path of a Markdown file or an asset, relative to the page's address, to an address of the site."""
        parts = urlsplit(address)
        if parts.scheme or address.startswith(("#", "/", _ROOT)) or not parts.path:
            return address
        target = posixpath.normpath(posixpath.join(posixpath.dirname(self._address), parts.path))
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        if target in self._urls:
            return get_relative_url(self._urls[target] or "./", self._urls.get(self._address, "")) + fragment
        return _ROOT + quote(target, safe="/%") + fragment


class _Links(Treeprocessor):
    """Rewrites the links and images of the tree; those in raw HTML go through AikbExtension."""

    def __init__(self, md: markdown.Markdown, rewrite: Callable[[str], str]) -> None:
        super().__init__(md)
        self._rewrite = rewrite

    def run(self, root: ET.Element) -> None:
        for element in root.iter():
            if element.tag == "a" and (address := element.get("href")):
                element.set("href", self._rewrite(address))
            elif element.tag == "img" and (address := element.get("src")):
                element.set("src", self._rewrite(address))
                element.set("loading", "lazy")


def _contents(title: str, toc: TableOfContents) -> TableOfContents:
    """With one first-level entry: Material shows only the first one's children, and notes have many `#` headings."""
    items = list(toc)
    if len(items) < 2 or not any(item.level == 1 for item in items):
        return toc
    top = AnchorLink(escape(title), "", 1)
    top.children = items
    return TableOfContents([top])


# Output ----------------------------------------------------------------------------------------------------------------


class Output:
    """The folder a site is built in, beside the one that is published until the new one is whole."""

    def __init__(self, config: MkDocsConfig) -> None:
        """Send MkDocs to a folder of its own."""
        self._final = Path(config.site_dir)
        self._config = config
        self._building = self._final.with_name(f".{self._final.name}.aikb-{os.getpid()}")
        shutil.rmtree(self._building, ignore_errors=True)
        config.site_dir = str(self._building)

    def discard(self) -> None:
        """Forget the new site."""
        self._config.site_dir = str(self._final)
        shutil.rmtree(self._building, ignore_errors=True)

    def finish(self, config: MkDocsConfig) -> None:
        """Put the new site in place, unless MkDocs is about to abort for a warning under `--strict`."""
        if config.strict and _counted_warnings():
            self.discard()
            return
        config.site_dir = str(self._final)
        if self._final.is_dir():
            for kept in self._final.glob(".*"):  # MkDocs leaves hidden files alone, `.git` of a worktree among them
                if not (self._building / kept.name).exists():
                    shutil.move(str(kept), self._building / kept.name)
        try:
            self._swap()
        except OSError:  # the folder is a mount point, or another process holds it
            self._final.mkdir(parents=True, exist_ok=True)
            for old in self._final.iterdir():
                shutil.rmtree(old) if old.is_dir() and not old.is_symlink() else old.unlink()
            for new in self._building.iterdir():
                shutil.move(str(new), self._final / new.name)
            shutil.rmtree(self._building, ignore_errors=True)

    def _swap(self) -> None:
        old = self._building.with_name(f"{self._building.name}-old")
        if self._final.exists():
            self._final.rename(old)
        self._building.rename(self._final)
        shutil.rmtree(old, ignore_errors=True)


def _counted_warnings() -> bool:
    handlers = logging.getLogger("mkdocs").handlers
    return any(isinstance(handler, CountHandler) and handler.get_counts() for handler in handlers)


def _write_tree_files(
    site_dir: Path, lang: str, settings: Settings, pages: Mapping[str, SitePage], found: tuple[Record, ...]
) -> None:
    """A tree's own search index: the same texts, at this tree's addresses; and its sitemap, for instant navigation."""
    first = lang == settings.languages[0]
    folder = site_dir if first else site_dir / lang
    if not first:
        tree = (page for page in pages.values() if page.kb.tree == lang and page.canonical_url)
        locations = "".join(f"<url><loc>{escape(page.kb.absolute(page.kb.page.path))}</loc></url>" for page in tree)
        namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
        text = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{namespace}">{locations}</urlset>\n'
        (folder / "sitemap.xml").write_text(text, encoding="utf-8")
    written = site_dir / "search" / "search_index.json"
    if not written.is_file():
        return  # the user switched search off
    index = json.loads(written.read_text(encoding="utf-8"))
    index["docs"] = [_search_entry(record, lang, settings, pages) for record in found]
    target = folder / "search" / "search_index.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _search_entry(record: Record, lang: str, settings: Settings, pages: Mapping[str, SitePage]) -> dict[str, Any]:
    """A record as Material's search reads it; where this tree shows another text at the address, its own tree's page."""
    page = pages[record.path].kb.page
    twin = pages[_tree_path(page.address, lang, settings)]
    shown = twin if twin.kb.page.source == page.source else pages[record.path]
    home = pages[_tree_path("index.md", lang, settings)]
    location = get_relative_url(shown.url or "./", home.url or "./")
    location = "" if location == "./" else location
    fragment = f"#{record.fragment}" if record.fragment else ""
    entry: dict[str, Any] = {
        "location": location + fragment,
        "title": escape(record.title),
        "text": escape(record.text, quote=False),
    }
    if record.tags:
        entry["tags"] = [escape(tag) for tag in record.tags]
    return entry
