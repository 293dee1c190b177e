"""Draw the entries of sidebars: the Site's navigation, with addresses from the page that shows it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from aikb.adapters.mkdocs.pages import Entry, SitePage, Surroundings, status_of
from aikb.compose.navigation import OUTSIDE
from aikb.model.site import NavigationItem


class Sidebar:
    """The entries of one build's sidebars; most of them stand in many, and are made once at each depth of folders."""

    def __init__(self, around: Surroundings) -> None:
        """Take the pages that entries lead to."""
        self._around = around
        self._known: dict[tuple[int, str], Entry] = {}

    def entries(self, items: Iterable[NavigationItem], page: SitePage) -> tuple[Entry, ...]:
        """Draw items as a page shows them."""
        root = "../" * page.url.count("/")
        entries = []
        for item in items:
            key = id(item), root  # the Site keeps the items
            entry = self._known.get(key)
            if entry is None:
                entry = self._entry(item, page, root)
                if not item.active:
                    self._known[key] = entry
            entries.append(entry)
        return tuple(entries)

    def _entry(self, item: NavigationItem, page: SitePage, root: str) -> Entry:
        href, shown = item.path, self._around.pages.get(item.path)
        if shown:
            href = (root + page.kb.urls(item.path).removeprefix("./")) or "./"
        elif href and not OUTSIDE.match(href):  # a file; else it is a group
            href = root + quote(href)
        return Entry(
            escape(item.title),
            escape(href),
            f' lang="{item.lang}"' if item.lang else "",
            self.entries(item.children, page),
            item.active,
            item.path == page.kb.page.path,
            status_of(shown),
            item.apart,
        )
