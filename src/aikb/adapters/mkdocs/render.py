"""Markdown to HTML, each text once, by one Markdown instance; MkDocs would make an instance a page."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import quote, unquote, urlsplit
from xml.etree import ElementTree as ET

import markdown
from markdown.treeprocessors import Treeprocessor
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.toc import AnchorLink, TableOfContents, get_toc
from mkdocs.utils import get_relative_url

from aikb.model.site import Page
from aikb.render.python_markdown import AikbExtension
from aikb.system.parallel import parallel_map

_MARKS = {
    "admonition": "!!!",
    "footnotes": "[^",
    "pymdownx.details": "???",
    "pymdownx.highlight": "```",
    "pymdownx.superfences": "```",
    "pymdownx.tabbed": "===",
    "pymdownx.tasklist": " [",
    "tables": "|",
}
"""What a text must hold for an extension to do anything; each costs a look at every block and element."""

_ROOT = "\ufdef"
"""Stands for the way up to the site's root in a text that pages of different depth share; no note can hold it."""


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
        self._known: dict[tuple[str, bool, str], str] = {}
        """Addresses of pages: by the folder of the page that asks, whether it is the folder's own page, and the path."""
        self._cache: dict[tuple[str, str], Rendered] = {}
        self._used: dict[tuple[str, str], Rendered] = {}
        self._extension = AikbExtension(self._rewrite)
        self._names = list(config.markdown_extensions)
        self._configs = {key: dict(value) for key, value in (config["mdx_configs"] or {}).items()}
        self._instances: dict[frozenset[str], markdown.Markdown] = {}
        self._spoken: dict[str, str] = {}
        """The languages of the headings of a text that have their own, by id."""

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
        self._urls, self._known = urls, {}
        self._cache, self._used = self._used, {}

    def render_ahead(self, pages: Iterable[Page]) -> None:
        """Render what is new, on all processors."""
        texts = {(page.address, text): None for page in pages for text in (page.before, page.body, page.after) if text}
        new = [key for key in texts if key not in self._cache]
        self._cache.update(zip(new, parallel_map(lambda key: self._convert(*key), new), strict=True))

    def render(self, page: Page, url: str) -> tuple[str, TableOfContents]:
        """A page as HTML. `url` is its own, to find the way to the root."""
        parts = [self._part(text, page.address) for text in (page.before, page.body, page.after) if text]
        root = "../" * url.count("/")
        html = "\n".join(part.html for part in parts).replace(_ROOT, root or "./")
        tokens = [token for part in parts for token in part.toc]
        return html, _contents(page.title, get_toc(tokens))  # type: ignore[arg-type]  # the toc extension's own shape

    def _part(self, text: str, address: str) -> Rendered:
        key = address, text
        rendered = self._used.get(key) or self._cache.get(key) or self._convert(address, text)
        self._used[key] = rendered
        return rendered

    def _convert(self, address: str, text: str) -> Rendered:
        self._address = address
        html = self._extension.markup_of(text)
        if html is not None:
            return Rendered(html, ())
        md = self._instance(text)
        md.reset()
        self._spoken.clear()
        html = md.convert(text)
        return Rendered(html, tuple(_marked(token, self._spoken) for token in getattr(md, "toc_tokens", ())))

    def _instance(self, text: str) -> markdown.Markdown:
        """The Markdown instance for a text: with the user's extensions, less those that would find nothing in it."""
        inline_code = "pymdownx.inlinehilite" in self._names  # it takes highlight's options
        idle = frozenset(
            name
            for name, mark in _MARKS.items()
            if mark not in text and not (inline_code and name == "pymdownx.highlight")
        )
        if idle not in self._instances:
            names = [name for name in self._names if name not in idle]
            configs = {name: self._configs[name] for name in names if name in self._configs}
            md = markdown.Markdown(extensions=[*names, self._extension], extension_configs=configs)
            md.treeprocessors.register(_Links(md, self._rewrite, self._spoken), "aikb-links", 0)
            self._instances[idle] = md
        return self._instances[idle]

    def _rewrite(self, address: str) -> str:
        """From the path of a Markdown file or an asset, relative to the page's address, to an address of the site."""
        path, _, fragment = address.partition("#")
        key = posixpath.dirname(self._address), self._address.endswith("index.md"), path
        if (known := self._known.get(key)) is not None:
            return f"{known}#{fragment}" if fragment else known
        parts = urlsplit(address)
        if address.startswith("/") and (page := unquote(parts.path[1:])) in self._urls:
            fragment = f"#{parts.fragment}" if parts.fragment else ""
            return _ROOT + (self._urls[page] or "") + fragment
        if parts.scheme or address.startswith(("#", "/", _ROOT)) or not parts.path:
            return address
        target = posixpath.normpath(posixpath.join(posixpath.dirname(self._address), unquote(parts.path)))
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        if target in self._urls:
            url = get_relative_url(self._urls[target] or "./", self._urls.get(self._address, ""))
            if target != self._address and not parts.query:
                self._known[key] = url
            return url + fragment
        return _ROOT + quote(target) + fragment


class _Links(Treeprocessor):
    """Rewrites the links and images of the tree; those in raw HTML go through AikbExtension. Notes what headings speak."""

    def __init__(self, md: markdown.Markdown, rewrite: Callable[[str], str], spoken: dict[str, str]) -> None:
        super().__init__(md)
        self._rewrite = rewrite
        self._spoken = spoken

    def run(self, root: ET.Element) -> None:
        for element in root.iter():
            if element.tag == "a" and (address := element.get("href")):
                element.set("href", self._rewrite(address))
            elif element.tag == "img" and (address := element.get("src")):
                element.set("src", self._rewrite(address))
                element.set("loading", "lazy")
            elif element.tag in _HEADINGS and (lang := element.get("lang")):
                self._spoken[element.get("id", "")] = lang


_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def _marked(token: dict[str, Any], spoken: Mapping[str, str]) -> dict[str, Any]:
    """An entry of the table of contents, and those under it, each in its heading's language."""
    if not spoken:
        return token
    lang, name = spoken.get(token["id"]), token["name"]
    return {
        **token,
        "name": f'<span lang="{escape(lang)}">{name}</span>' if lang else name,
        "children": [_marked(child, spoken) for child in token["children"]],
    }


def _contents(title: str, toc: TableOfContents) -> TableOfContents:
    """With one first-level entry: Material shows only the first one's children, and notes have many `#` headings."""
    items = list(toc)
    if len(items) < 2 or not any(item.level == 1 for item in items):
        return toc
    top = AnchorLink(escape(title), "", 1)
    top.children = items
    return TableOfContents([top])
