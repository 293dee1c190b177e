"""Markdown to HTML, each text once, by one Markdown instance; MkDocs would make an instance a page."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import posixpath
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from multiprocessing.connection import Connection
from typing import Any
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree as ET

import markdown
from markdown.treeprocessors import Treeprocessor
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.toc import AnchorLink, TableOfContents, get_toc
from mkdocs.utils import get_relative_url

from aikb.adapters.mkdocs.draw import WORTH_FORKING, can_fork
from aikb.adapters.python_markdown import AikbExtension
from aikb.model import Page

_WORKERS = 4

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

    def render_ahead(self, pages: Iterable[Page]) -> None:
        """Render what is new on all processors. Worth it for a first build only, and where a process can fork safely."""
        texts = {(page.address, text): None for page in pages for text in (page.before, page.body, page.after) if text}
        new = [key for key in texts if key not in self._cache]
        if len(new) < WORTH_FORKING or not can_fork():
            return
        workers = min(os.cpu_count() or 1, _WORKERS)
        context = multiprocessing.get_context("fork")
        shares = [new[at::workers] for at in range(workers)]
        children = []
        for share in shares[1:]:
            ours, theirs = context.Pipe(duplex=False)
            child = context.Process(target=self._render_share, args=(share, theirs), daemon=True)
            child.start()
            theirs.close()
            children.append((share, ours, child))
        self._cache.update((key, self._convert(*key)) for key in shares[0])
        for share, ours, child in children:
            with contextlib.suppress(
                EOFError, OSError
            ):  # what a child does not bring back is rendered when it is asked for
                self._cache.update(zip(share, ours.recv(), strict=True))
            child.join()

    def _render_share(self, share: list[tuple[str, str]], answer: Connection) -> None:
        answer.send([self._convert(*key) for key in share])
        answer.close()

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
        self._markdown.reset()
        return Rendered(self._markdown.convert(text), tuple(getattr(self._markdown, "toc_tokens", ())))

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
