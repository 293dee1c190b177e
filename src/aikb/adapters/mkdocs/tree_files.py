"""What each tree has of its own beside its pages, a search index and a sitemap; and the texts that all trees share."""

from __future__ import annotations

import gzip
import json
from collections.abc import Collection, Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.utils import get_build_timestamp, get_relative_url

from aikb.adapters.mkdocs.pages import SitePage
from aikb.model.site import Record
from aikb.settings import Settings

ROBOTS = "robots.txt"


def write_files(site_dir: Path, files: Mapping[str, str]) -> None:
    """The texts that the Site publishes beside its pages."""
    for name, text in files.items():
        target = site_dir / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")


def robots(config: MkDocsConfig, files: Iterable[File]) -> dict[str, str]:
    """Write the file that leads robots to the sitemap, by its name; nothing without an address, or where there is one."""
    if not config.site_url or any(file.dest_uri == ROBOTS for file in files):
        return {}
    return {ROBOTS: f"User-agent: *\nAllow: /\n\nSitemap: {urljoin(config.site_url, 'sitemap.xml')}\n"}


def write_tree_sitemap(site_dir: Path, lang: str, pages: Mapping[str, SitePage]) -> None:
    """The sitemap of a tree other than the first, for instant navigation."""
    tree = (page.kb for page in pages.values() if page.kb.tree == lang and page.canonical_url)
    locations = "".join(f"{kb.sitemap_entry}\n" for kb in tree if kb.page.translations)
    namespaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {namespaces}>\n{locations}</urlset>\n'
    (site_dir / lang).mkdir(parents=True, exist_ok=True)
    (site_dir / lang / "sitemap.xml").write_text(text, encoding="utf-8")


class SearchIndexes:
    """Each tree's search index: the same texts, at the tree's addresses. Kept while serving, with the texts as JSON."""

    def __init__(self) -> None:
        """Know no text."""
        self._texts: dict[Record, str] = {}

    def write(
        self, site_dir: Path, settings: Settings, pages: Mapping[str, SitePage], records: Collection[Record]
    ) -> None:
        """Fill in what Material's plugin has written, for every tree; nothing where the user switched search off."""
        written = site_dir / "search" / "search_index.json"
        if not written.is_file():
            return
        texts = [(record, self._texts.get(record) or _text(record)) for record in records]
        self._texts = dict(texts)
        head = _JSON({**json.loads(written.read_text(encoding="utf-8")), "docs": []}).removesuffix("]}")
        for lang in settings.languages:
            first = lang == settings.languages[0]
            target = written if first else site_dir / lang / "search" / "search_index.json"
            paths = dict.fromkeys(record.path for record in records)
            places = {path: _JSON(_location(path, lang, settings, pages))[1:-1] for path in paths}
            entries = (f'{{"location":"{places[record.path]}{text}' for record, text in texts)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(f"{head}{','.join(entries)}]}}", encoding="utf-8")


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _text(record: Record) -> str:
    """What a record is in every tree: the end of a JSON object, from the fragment of its address on."""
    entry: dict[str, Any] = {"title": escape(record.title), "text": escape(record.text, quote=False)}
    if record.tags:
        entry["tags"] = [escape(tag) for tag in record.tags]
    fragment = f"#{record.fragment}" if record.fragment else ""
    return f"{_JSON(fragment)[1:]},{_JSON(entry)[1:]}"


def _location(path: str, lang: str, settings: Settings, pages: Mapping[str, SitePage]) -> str:
    """Where a tree shows a page's text, from its home; where it shows another text there, the page's own tree's page."""
    page = pages[path].kb.page
    twin = pages[settings.tree_path(page.address, lang)]
    shown = twin if page.source and twin.kb.page.source == page.source else pages[path]
    home = pages[settings.tree_path("index.md", lang)]
    location = get_relative_url(shown.url or "./", home.url or "./")
    return "" if location == "./" else location


def write_packed_sitemap(site_dir: Path, pages: Collection[SitePage]) -> None:
    """Pack the sitemap as MkDocs does, with the date of the pages; it knows of none, and would take the clock's."""
    sitemap, packed = site_dir / "sitemap.xml", site_dir / "sitemap.xml.gz"
    if sitemap.is_file():
        with (
            packed.open("wb") as raw,
            gzip.GzipFile(filename=str(packed), mode="wb", fileobj=raw, mtime=get_build_timestamp(pages=pages)) as file,
        ):
            file.write(sitemap.read_bytes())
