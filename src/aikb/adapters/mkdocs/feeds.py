"""Writes feeds as Atom (RFC 4287), with whole texts: addresses in them are relative to their page, as `xml:base` says.

feedgen was looked at: it writes the clock into a feed, and needs lxml for what the standard library does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

from mkdocs.config.defaults import MkDocsConfig

from aikb.adapters.mkdocs.pages import SitePage
from aikb.model.site import Feed, FeedEntry
from aikb.render.furniture import Furniture

_ATOM = "http://www.w3.org/2005/Atom"
_XML = "http://www.w3.org/XML/1998/namespace"
_FORBIDDEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535, *range(55296, 57344)))
"""What XML 1.0 cannot hold."""


def write_feeds(
    site_dir: Path, feeds: Iterable[Feed], pages: Mapping[str, SitePage], furniture: Furniture, config: MkDocsConfig
) -> None:
    """Write the feeds of a site that has an address; without one, nothing in them could be found."""
    if not config.site_url:
        return
    ET.register_namespace("", _ATOM)
    for feed in feeds:
        target = site_dir / feed.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(
            ET.tostring(_feed(feed, pages, furniture, config), encoding="utf-8", xml_declaration=True) + b"\n"
        )


def _feed(feed: Feed, pages: Mapping[str, SitePage], furniture: Furniture, config: MkDocsConfig) -> ET.Element:
    root = ET.Element(f"{{{_ATOM}}}feed", {f"{{{_XML}}}lang": feed.lang})
    address = urljoin(config.site_url or "", feed.path)
    _add(root, "id", address)
    _add(root, "title", feed.title)
    _add(root, "updated", _time(feed.entries[0].updated))
    _add(root, "link", rel="self", type="application/atom+xml", href=address)
    _add(root, "link", rel="alternate", type="text/html", href=urljoin(address, "./"))
    _add(_add(root, "author"), "name", config.site_author or config.site_name)
    for each in feed.entries:
        _entry(_add(root, "entry"), each, pages[each.path], furniture, config)
    return root


def _entry(entry: ET.Element, of: FeedEntry, page: SitePage, furniture: Furniture, config: MkDocsConfig) -> None:
    base = urljoin(config.site_url or "", page.url)
    address = f"{base}#{of.fragment}" if of.fragment else base
    _add(entry, "id", address)
    _add(entry, "title", of.title)
    _add(entry, "updated", _time(of.updated))
    _add(entry, "link", rel="alternate", type="text/html", href=address)
    for name in page.kb.page.metadata.authors if not of.quotes else ():
        _add(_add(entry, "author"), "name", name)
    if of.summary:
        _add(entry, "summary", of.summary)
    content = _add(entry, "content", _content(of, page, furniture), type="html")
    content.set(f"{{{_XML}}}base", base)
    content.set(f"{{{_XML}}}lang", page.kb.page.lang)


def _content(of: FeedEntry, page: SitePage, furniture: Furniture) -> str:
    """The HTML of an entry: the page's own text, or the highlights."""
    if of.quotes:
        whole = ET.Element("div")
        for quote in of.quotes:
            ET.SubElement(whole, "blockquote").text = quote
        return ET.tostring(whole, encoding="unicode", method="html")
    own = replace(page.kb.page, before=(), after=(), tree=page.kb.page.lang)
    return furniture.page(own, "../" * page.url.count("/"))


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    made.text = text.translate(_FORBIDDEN) or None
    return made


def _time(day: str) -> str:
    """A day as Atom has it: noon in Greenwich is the same day nearly everywhere."""
    return f"{day}T12:00:00Z"
