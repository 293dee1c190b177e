"""Put our search in the place of Material's: its box is drawn, nothing of its index is made, and our files are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any
from unicodedata import normalize

from material.plugins.search.plugin import SearchPlugin
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from aikb.adapters.mkdocs.output import Output
from aikb.adapters.mkdocs.pages import SitePage
from aikb.adapters.mkdocs.tree_files import SearchIndexes, write_files
from aikb.compose.previews import previews
from aikb.compose.search.bridge import read_words
from aikb.compose.search.index import KeptIndex, build_search
from aikb.locales.words import words
from aikb.model.site import Leads, Record, Site
from aikb.settings import Settings, SettingsError
from aikb.system.atomic_write import replace_files

_LEFT = frozenset({"enabled", "lang"})
"""Options of Material's search that ours takes too: it speaks every language."""

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no XML has, however they are written."""


class OwnSearch(SearchPlugin):  # type: ignore[misc]  # Material has no types
    """Material's search plugin as its templates ask for it, without what it does."""

    ours = True

    def on_page_context(self, context: Any, **_: Any) -> None:
        """Index nothing."""

    def on_post_build(self, **_: Any) -> None:
        """Write nothing."""


def set_search(config: MkDocsConfig, written: Mapping[str, Any]) -> None:
    """Take the place of Material's search, unless the user gave it options or switched it off.

    MkDocs drops its default beside `plugins:`, so mostly there is none.
    """
    name = next((name for name, plugin in config.plugins.items() if isinstance(plugin, SearchPlugin)), "")
    if name and (not config.plugins[name].config.enabled or set(_options(written)) - _LEFT):
        return
    own = OwnSearch()
    own.load_config({})
    if not name:
        config.plugins["material/search"] = own
    elif not isinstance(config.plugins[name], OwnSearch):
        old = config.plugins[name]
        for listeners in config.plugins.events.values():
            listeners[:] = [each for each in listeners if getattr(each, "__self__", None) is not old]
        dict.__setitem__(config.plugins, name, own)


def is_ours(config: MkDocsConfig) -> bool:
    """Tell whether the search is aikb's."""
    return any(isinstance(plugin, OwnSearch) for plugin in config.plugins.values())


def _options(written: Mapping[str, Any]) -> Mapping[str, Any]:
    """Find the options that the user wrote for search."""
    plugins = written.get("plugins")
    entries = [plugins] if isinstance(plugins, dict) else plugins if isinstance(plugins, list) else []
    for entry in entries:
        for name, options in entry.items() if isinstance(entry, dict) else ():
            if name in ("search", "material/search") and isinstance(options, dict):
                return options
    return {}


def for_material(config: MkDocsConfig, records: Iterable[Record]) -> tuple[Record, ...]:
    """Choose what Material's own search is given, its letters plain, as it folds none itself; nothing where search is ours."""
    if is_ours(config):
        return ()
    return tuple(
        replace(record, title=normalize("NFKC", record.title), text=normalize("NFKC", record.text))
        for record in records
        if record.found
    )


class SearchFiles:
    """The files of search and of previews, of one build after the other; one that is as it was is not written again."""

    def __init__(self) -> None:
        """Start without records."""
        self._material, self._kept_index = SearchIndexes(), KeptIndex()
        self._records: tuple[Record, ...] = ()
        self._unsearched: tuple[Record, ...] = ()
        self._leads: Leads = {}
        self._names: tuple[tuple[str, ...], ...] = ()
        self._made: Mapping[str, str] = {}
        self._published: Mapping[str, str] = {}
        """The texts of the published site, by path."""
        self.waits = False
        """Whether somebody calls `catch_up` after each build."""
        self._late: tuple[MkDocsConfig, Settings] | None = None
        """What the files are to be made with that were put off."""
        self.kept: AbstractSet[str] = frozenset()
        """Files of the site that stay, by their path in it."""

    def take(self, site: Site) -> None:
        """Take over what is to be found in a Site."""
        self._records, self._unsearched, self._names = site.records, site.unsearched, site.names
        self._leads = site.leads

    def write(
        self, config: MkDocsConfig, settings: Settings, pages: Mapping[str, SitePage], output: Output, *, serving: bool
    ) -> None:
        """Write them, of our search or of Material's; ours are put off where pages may be shown first.

        Raises PluginError for a word list that cannot be read.
        """
        if self.waits and output.updates and is_ours(config):
            self._late, self._made, self.kept = (config, settings), self._published, self._published.keys()
            return
        site_dir = Path(config.site_dir)
        self._material.write(site_dir, settings, pages, for_material(config, self._records))
        self._made, last = self._texts(config, settings, serving=serving), self._published
        self.kept = {path for path, text in self._made.items() if last.get(path) == text and output.has(path)}
        write_files(site_dir, {path: text for path, text in self._made.items() if path not in self.kept})

    def published(self) -> None:
        """End a build whose site has taken the place of the one before."""
        self._published = self._made

    def catch_up(self) -> None:
        """Make what was put off, and bring the published files up to date: nobody looks for what he has just written.

        Raises PluginError and OSError.
        """
        if self._late is None:
            return
        (config, settings), self._late = self._late, None
        made, last = self._texts(config, settings, serving=True), self._published
        changes: dict[str, bytes | None] = {
            path: text.encode() for path, text in made.items() if last.get(path) != text
        }
        replace_files(Path(config.site_dir), {**changes, **dict.fromkeys(last.keys() - made.keys())})
        self._published = made

    def _texts(self, config: MkDocsConfig, settings: Settings, *, serving: bool) -> dict[str, str]:
        shown = previews(self._records, self._unsearched, self._leads, settings)
        if not is_ours(config):
            return shown
        try:
            dictionary = read_words(Path(config.config_file_path).parent, settings)
        except SettingsError as error:
            raise PluginError(str(error)) from None
        kept = self._kept_index if serving else None
        files = build_search(self._records, self._names, settings, dictionary, kept)
        return {**files, **descriptions(config, settings), **shown}


def descriptions(config: MkDocsConfig, settings: Settings) -> dict[str, str]:
    """Describe the search of each tree to browsers, by OpenSearch 1.1; only a site with an address can be asked."""
    if not config.site_url:
        return {}
    root = config.site_url.rstrip("/") + "/"
    called = _NOT_XML.sub("", config.site_name)
    texts = {}
    for lang in settings.languages:
        page = "" if settings.addresses == "directories" else "index.html"
        home = root + settings.tree_path(page, lang)
        name = escape(words(lang)["search_site"].format(site=called))
        texts[f"search/opensearch.{lang}.xml"] = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
            f"<ShortName>{escape(called[:16])}</ShortName>\n"
            f"<Description>{name}</Description>\n<Language>{lang}</Language>\n<InputEncoding>UTF-8</InputEncoding>\n"
            f'<Url type="text/html" template="{escape(home)}?q={{searchTerms}}"/>\n'
            "</OpenSearchDescription>\n"
        )
    return texts
