"""What each tree has of its own beside its pages: a search index and a sitemap; and the texts that all trees share."""

from __future__ import annotations

import gzip
import json
from collections.abc import Collection, Mapping
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.utils import get_build_timestamp, get_relative_url

from aikb.adapters.mkdocs.pages import SitePage
from aikb.model.site import Record
from aikb.settings import Settings


def write_files(site_dir: Path, files: Mapping[str, str]) -> None:
    """The texts that the Site publishes beside its pages."""
    for name, text in files.items():
        target = site_dir / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")


def write_tree_files(
    site_dir: Path, lang: str, settings: Settings, pages: Mapping[str, SitePage], found: tuple[Record, ...]
) -> None:
    """A tree's own search index: the same texts, at this tree's addresses; and its sitemap, for instant navigation."""
    first = lang == settings.languages[0]
    folder = site_dir if first else site_dir / lang
    if not first:
        tree = (page.kb for page in pages.values() if page.kb.tree == lang and page.canonical_url)
        locations = "".join(f"{kb.sitemap_entry}\n" for kb in tree if kb.page.translations)
        namespaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
        text = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {namespaces}>\n{locations}</urlset>\n'
        folder.mkdir(parents=True, exist_ok=True)
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
    twin = pages[settings.tree_path(page.address, lang)]
    shown = twin if page.source and twin.kb.page.source == page.source else pages[record.path]
    home = pages[settings.tree_path("index.md", lang)]
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


def write_packed_sitemap(site_dir: Path, pages: Collection[SitePage]) -> None:
    """Pack the sitemap as MkDocs does, with the date of the pages; it knows of none, and would take the clock's."""
    sitemap, packed = site_dir / "sitemap.xml", site_dir / "sitemap.xml.gz"
    if sitemap.is_file():
        with (
            packed.open("wb") as raw,
            gzip.GzipFile(filename=str(packed), mode="wb", fileobj=raw, mtime=get_build_timestamp(pages=pages)) as file,
        ):
            file.write(sitemap.read_bytes())
