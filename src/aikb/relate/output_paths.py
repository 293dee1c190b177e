"""Find pages whose folder would stand where the site has a file: `x/index.html.md` is `x/index.html/index.html`."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterator

from aikb.settings import Settings

_MADE = frozenset(
    "index.html 404.html sitemap.xml sitemap.xml.gz objects.inv search/search_index.json glossary/terms.json "
    "glossary/glossary.json CNAME robots.txt favicon.ico _redirects _headers llms.txt feed.xml highlights.xml papers.bib "
    "papers.json papers/papers.bib papers/papers.json".split()
)
"""Files that every site has, or may have, at these places of each tree."""
_FOLDERS = ("assets/", "search/", "previews/")
_KINDS = frozenset(".css .js .json .map .png .svg .woff .woff2 .xml".split())
"""Kinds of files below the folders of the theme, of search and of previews."""


def collisions(addresses: Collection[str], assets: Collection[str], settings: Settings) -> dict[str, str]:
    """Find the addresses whose pages cannot be written, each with the file that is in the way."""
    folders = {folder for address in addresses for folder in _folders(address)}
    pages = {
        output_path(address, settings): address for address in (*addresses, *(f"{each}/index.md" for each in folders))
    }
    others = {
        *assets,
        *_MADE,
        *(addresses if settings.markdown_pages else ()),
    }  # a text's Markdown stands at its address
    found = {}
    for address in addresses:
        for folder in _folders(output_path(address, settings)):
            tree, _, inside = folder.partition("/")
            own = inside if tree in settings.languages[1:] else folder
            made = own.startswith(_FOLDERS) and posixpath.splitext(own)[1] in _KINDS
            if folder in pages or own in others or made:
                found[address] = pages.get(folder, folder)
    return found


def output_path(address: str, settings: Settings) -> str:
    """Make the path of a page's file in its tree."""
    stem = address.removesuffix(".md")
    flat = settings.addresses == "files" or posixpath.basename(stem) == "index"
    return f"{stem}.html" if flat else f"{stem}/index.html"


def _folders(path: str) -> Iterator[str]:
    """List the folders that a path leads through, the innermost first."""
    folder = posixpath.dirname(path)
    while folder:
        yield folder
        folder = posixpath.dirname(folder)
