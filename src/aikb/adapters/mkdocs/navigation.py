"""Navigation as MkDocs has it: what the user wrote by the paths of pages, and what a plugin made as sidebars of every tree.

MkDocs forgets the titles that a navigation gives to pages which are there already, as ours are. Those of a `nav` are read from
it; a plugin that makes the whole navigation anew, as awesome-nav does of `.nav.yml`, is shown files without pages, as it would
find them without us.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from html import escape, unescape
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Link, Navigation

from aikb.adapters.mkdocs.pages import SitePage, Surroundings
from aikb.compose.navigation import written_navigation
from aikb.model.site import NavigationItem

Shape = tuple[Any, ...]


def shape_of_navigation(nav: Navigation) -> Shape:
    """Describe a navigation by value, to see whether somebody changed it."""
    return tuple(_shape(item) for item in nav.items)


def _shape(item: Any) -> Shape:
    children = tuple(_shape(each) for each in item.children or ())
    return type(item).__name__, str(item.title), getattr(item, "url", None), children


def hide_pages(around: Surroundings, config: MkDocsConfig) -> None:
    """Take the pages from their files while a plugin makes the navigation that keeps no page of another kind."""
    if any(type(plugin).__module__.startswith("mkdocs_awesome_nav") for plugin in config.plugins.values()):
        for page in around.pages.values():
            page.file.page = None


def put_back_pages(around: Surroundings) -> None:
    """Undo `hide_pages`."""
    for page in around.pages.values():
        page.file.page = page


def use_navigation(nav: Navigation, around: Surroundings, config: MkDocsConfig) -> None:
    """Give every page of every tree the sidebar and the neighbours that a navigation of the first tree's pages means."""
    titles = dict(_titles(config.nav))
    for lang in around.settings.languages:
        pages = {page.kb.page.path: page for page in around.pages.values() if page.kb.tree == lang}
        written = written_navigation(tuple(_items(nav.items, lang, around, titles)), {path: path for path in pages})
        for path, page in pages.items():
            at = written.positions.get(path)
            before = written.order[at - 1] if at else ""
            after = written.order[at + 1] if at is not None and at + 1 < len(written.order) else ""
            shown = replace(page.kb.page, navigation=written.sidebar(path), previous=before, next=after)
            page.kb = replace(page.kb, page=shown)


def _titles(nav: Any) -> Iterator[tuple[str, str]]:
    """List the titles that a `nav` gives to pages, by their paths."""
    for entry in nav if isinstance(nav, list) else ():
        for title, value in entry.items() if isinstance(entry, dict) else ():
            if isinstance(value, str):
                yield value, str(title or "")
            else:
                yield from _titles(value)


def _items(
    items: Iterable[Any], lang: str, around: Surroundings, titles: Mapping[str, str]
) -> Iterator[NavigationItem]:
    for item in items:
        children = tuple(_items(item.children or (), lang, around, titles))
        page = _page(item, around)
        if page is not None:
            twin = around.pages[around.settings.tree_path(page.kb.page.address, lang)]
            given = titles.get(page.kb.page.path) or str(item.title or "")
            named = given not in ("", escape(page.kb.page.title))
            title = unescape(given) if named else twin.kb.page.title
            yield NavigationItem(title, twin.kb.page.path, children, lang=_foreign(twin, named=named))
        elif isinstance(item, Link):
            yield NavigationItem(str(item.title), item.url)
        elif children:
            yield NavigationItem(str(item.title), children=children)


def _page(item: Any, around: Surroundings) -> SitePage | None:
    """Find the page of an entry; a section of section-index is one, too."""
    file = getattr(item, "file", None)
    return around.pages.get(file.src_uri) if file is not None else None


def _foreign(page: SitePage, *, named: bool) -> str:
    """The language of a page's own title, where it is not its tree's."""
    shown = page.kb.page
    return "" if named or shown.lang == shown.tree else shown.lang


def in_pages(nav: Any, paths: Mapping[str, str]) -> Any:
    """The user's `nav` by the pages' paths, which is how MkDocs knows them: `sub/README.md` is `sub/index.md`."""
    if isinstance(nav, list):
        return [in_pages(entry, paths) for entry in nav]
    if isinstance(nav, dict):
        return {title: in_pages(entry, paths) for title, entry in nav.items()}
    return paths.get(nav, nav) if isinstance(nav, str) else nav
