"""Addresses as they stand in a page: made here, once, of what a link means; nothing reads them again.

A page's address is MkDocs' (mkdocs.structure.files.File): `a/b.md` is `a/b/`, or `a/b.html` without `use_directory_urls`.
Pages of a tree have the same addresses as every other tree's under its prefix, so a relative link is the same text in all. What
leaves the tree, a file or a page of another one, begins with ROOT, the way up to the site's root. For other engines pages
address each other by their sources, as `b.md`, which engines resolve and check; ROOT is then the way up from a page's file.
"""

from __future__ import annotations

import posixpath
from functools import lru_cache
from urllib.parse import quote

from aikb.compose.tree import page_address, term_address
from aikb.model.document import Document
from aikb.model.site import ROOT
from aikb.relate.index import Index
from aikb.relate.links.resolution import Resolution
from aikb.settings import Addresses, Settings

_ENCODED = {ord(char): f"%{ord(char):02X}" for char in '%#?: <>"\\`|'}
"""What would end a path or begin a scheme, or has a meaning in HTML, in the path of a source."""
_IN_FRAGMENT = {ord(char): f"%{ord(char):02X}" for char in ' <>"`\\|'}
"""What a fragment cannot hold (RFC 3986), but for letters of other alphabets, which browsers encode."""


@lru_cache(maxsize=100_000)
def page_url(path: str, kind: Addresses) -> str:
    """The address of a page from the root of the site, empty for the home page of a site with an address for each folder."""
    folder, name = posixpath.split(path)
    stem = name.removesuffix(".md")
    if kind == "sources":
        return path.translate(_ENCODED)
    if kind == "files":
        return quote(posixpath.join(folder, f"{stem}.html"))
    return quote("".join(f"{part}/" for part in (folder, "" if stem == "index" else stem) if part))


def to_page(address: str, origin: str, settings: Settings, fragment: str = "") -> str:
    """The address of a page, or of a place on it, from the page at `origin` of the same tree."""
    fragment = fragment.translate(_IN_FRAGMENT)
    if address == origin and fragment:
        return f"#{fragment}"
    url = _relative(address, origin, settings.addresses)
    return f"{url}#{fragment}" if fragment else url


@lru_cache(maxsize=100_000)
def _relative(address: str, origin: str, kind: Addresses) -> str:
    """The way from one address to another. `posixpath.relpath` takes five times as long: it asks for the current folder."""
    target, here = page_url(address, kind).split("/"), page_url(origin, kind).split("/")
    shared, most = 0, min(len(target), len(here)) - 1  # what follows the last slash is no folder
    while shared < most and target[shared] == here[shared]:
        shared += 1
    return "../" * (len(here) - 1 - shared) + "/".join(target[shared:]) or "./"


def to_file(path: str, settings: Settings, fragment: str = "") -> str:
    """The address of a file that is no page, by its path from the root of the notes."""
    url = ROOT + (path.translate(_ENCODED) if settings.addresses == "sources" else quote(path))
    return f"{url}#{fragment}" if fragment else url


def to_document(document: Document, origin: str, index: Index, fragment: str = "") -> str:
    """The address of the page that shows a document, from the page at `origin` of the same tree."""
    return to_page(page_address(document), origin, index.settings, fragment)


def to_own_tree(document: Document, index: Index, fragment: str = "") -> str:
    """The address of a document's page in the tree of its own language, from any other tree."""
    path = index.settings.tree_path(page_address(document), document.lang)
    url = ROOT + page_url(path, index.settings.addresses)
    return f"{url}#{fragment}" if fragment else url


def address_of(resolution: Resolution, origin: str, index: Index, lang: str = "") -> str:
    """The address of what a link means, from the page at `origin`.

    `lang` is the language of the text that links: where the page it leads to has a twin in it, that is what its readers see, so
    the fragment is the twin's. A link to a text's own twin leaves the tree.
    """
    settings = index.settings
    if resolution.kind == "asset":
        return to_file(resolution.path, settings, resolution.fragment)
    address, fragment = place_of(resolution, index, lang)
    if resolution.kind == "page" and address == origin:
        document = index.documents[resolution.path]
        if lang and document.lang != lang and not document.in_glossary and lang in index.variants[address]:
            return to_own_tree(document, index, resolution.fragment)
    return to_page(address, origin, settings, fragment)


def place_of(resolution: Resolution, index: Index, lang: str = "") -> tuple[str, str]:
    """The page that a link leads to, in whatever tree, and the place on it for the readers of a text in `lang`."""
    if resolution.kind == "term":
        return term_address(resolution.path), ""
    if resolution.kind == "folder":
        return f"{resolution.path}/index.md", ""
    document, fragment = index.documents[resolution.path], resolution.fragment
    address = page_address(document)
    if fragment and lang and document.lang != lang and not document.in_glossary:
        twin = index.variants[address].get(lang)
        if twin is not None:
            fragment = index.paired(document, twin).get(fragment, fragment)
    return address, fragment
