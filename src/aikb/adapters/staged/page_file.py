"""A page as a file of Markdown: its text, all furniture in raw blocks, and what templates ask of it as front matter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape, unescape
from typing import Any
from urllib.parse import urljoin

import yaml
from mkdocs.config.defaults import MkDocsConfig

from aikb.adapters.mkdocs.pages import description
from aikb.compose.addresses import page_url
from aikb.locales.words import words
from aikb.model.site import NavigationItem, Page
from aikb.render.furniture import Furniture
from aikb.settings import Settings


class PageFiles:
    """Writes the pages of one Site."""

    def __init__(
        self, pages: Mapping[str, Page], settings: Settings, furniture: Furniture, config: MkDocsConfig
    ) -> None:
        """Take all pages by path, and what they are written with."""
        self._pages, self._settings, self._furniture, self._config = pages, settings, furniture, config
        self._site_url = config.site_url or ""

    def text(self, page: Page) -> str:
        """Write a page."""
        root = "../" * self._url(page.path).count("/")
        dumped = yaml.dump(self._meta(page, root), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
        text = self._furniture.as_markdown(page, "../" * page.path.count("/"))
        return f"---\n{dumped}---\n\n{text}\n"

    def _url(self, path: str) -> str:
        return page_url(path, self._settings.addresses)

    def _meta(self, page: Page, root: str) -> dict[str, Any]:
        given, home = page.metadata, page.address == "index.md"
        meta: dict[str, Any] = {
            "title": escape(page.title),  # the templates of both engines print it as it is
            "description": escape(description(page, self._config)),
            "author": escape(", ".join(given.authors)),
            "hide": [*given.hide, *(["toc"] if page.kind in ("home", "list") else [])],
            "status": escape(given.status),
            "icon": given.icon,
            "search": {"exclude": True} if page.canonical not in ("", page.path) else {},
        }
        known = {
            "tree": page.tree,
            "lang": page.lang,
            "home": self._link(self._settings.tree_path("index.md", page.tree), root),
            "is_home": home,
            "navigation": self._entries(page.navigation, page.path, root),
            "previous": self._neighbour(page.previous, root),
            "next": self._neighbour(page.next, root),
            "trees": [
                {
                    "lang": each.lang,
                    "href": self._link(each.path, root),
                    "name": words(each.lang)["language"],
                    "title": words(each.lang)["switch_to"],
                }
                for each in page.alternates
                if each.lang != page.tree
            ],
            "canonical": self._absolute(page.canonical),
            "contents": [] if page.body.markdown else self._contents(page),
            "translations": [
                {"lang": each.lang, "href": self._absolute(each.path)} for each in self._translations(page)
            ],
        }
        return {key: value for key, value in meta.items() if value} | {
            "aikb": {key: value for key, value in known.items() if value}
        }

    def _translations(self, page: Page) -> Iterable[Any]:
        return page.translations if self._site_url and len(page.alternates) > 1 else ()

    def _contents(self, page: Page) -> list[dict[str, str]]:
        """List the headings of a page that aikb made, in which the engine sees none; not the title's."""
        return [{"id": each.id, "title": unescape(each.title)} for each in page.body.headings if each.level > 1]

    def _absolute(self, path: str) -> str:
        return urljoin(self._site_url, self._url(path)) if self._site_url and path else ""

    def _link(self, path: str, root: str) -> str:
        """Make the address of a page from another; what is no page leads out of the site."""
        return (root + self._url(path)) or "./" if path in self._pages else path

    def _neighbour(self, path: str, root: str) -> dict[str, str]:
        page = self._pages.get(path)
        return {"title": page.title, "href": self._link(path, root)} if page else {}

    def _entries(self, items: Iterable[NavigationItem], path: str, root: str) -> list[dict[str, Any]]:
        entries = []
        for item in items:
            entry: dict[str, Any] = {
                "title": item.title,
                "href": self._link(item.path, root) if item.path else "",
                "lang": item.lang,
                "active": item.active,
                "current": item.path == path,
                "children": self._entries(item.children, path, root),
            }
            entries.append({key: value for key, value in entry.items() if value})
        return entries


class _Dumper(yaml.SafeDumper):
    """Writes a value twice rather than a reference to it."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the name is PyYAML's
        """Never refer back."""
        return True
