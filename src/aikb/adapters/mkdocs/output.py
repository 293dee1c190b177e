"""The folder a site is built in, and what of it MkDocs does not write: a search index and a sitemap for each tree."""

from __future__ import annotations

import json
import logging
import os
import posixpath
import shutil
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.utils import CountHandler, get_relative_url

from aikb.adapters.mkdocs.pages import SitePage, tree_path
from aikb.model import Record, Site
from aikb.settings import Settings

_SITE_FILES = (".css", ".js", ".mjs", ".ico", ".webmanifest", ".woff", ".woff2")
_SITE_NAMES = ("CNAME", "robots.txt", "_redirects", "_headers", "ads.txt", "humans.txt")


def static_files(files: Files, site: Site, config: MkDocsConfig) -> list[File]:
    """The files that are no notes: what a note shows or links to, what the site itself needs, what other plugins made."""
    published = {asset.path for asset in site.assets}
    needed = {*config.extra_css, *(str(script) for script in config.extra_javascript)}
    needed |= {str(config.theme.get(key)) for key in ("favicon", "logo")}
    docs = os.path.normpath(config.docs_dir)
    kept = []
    for file in files:
        ours = file.generated_by is None and file.src_dir is not None and os.path.normpath(file.src_dir) == docs
        if not ours:
            kept.append(file)
        elif not file.is_documentation_page():
            name = posixpath.basename(file.src_uri)
            if (
                file.src_uri in published
                or file.src_uri in needed
                or name in _SITE_NAMES
                or (name.endswith(_SITE_FILES) and Path(file.abs_src_path or "").is_file())
            ):
                kept.append(file)
    return kept


class Output:
    """The folder a site is built in, beside the one that is published until the new one is whole."""

    def __init__(self, config: MkDocsConfig) -> None:
        """Send MkDocs to a folder of its own."""
        self._final = Path(config.site_dir)
        self._config = config
        self._building = self._final.with_name(f".{self._final.name}.aikb-{os.getpid()}")
        shutil.rmtree(self._building, ignore_errors=True)
        config.site_dir = str(self._building)

    def discard(self) -> None:
        """Forget the new site."""
        self._config.site_dir = str(self._final)
        shutil.rmtree(self._building, ignore_errors=True)

    def finish(self, config: MkDocsConfig) -> None:
        """Put the new site in place, unless MkDocs is about to abort for a warning under `--strict`."""
        if config.strict and _counted_warnings():
            self.discard()
            return
        config.site_dir = str(self._final)
        if self._final.is_dir():
            for kept in self._final.glob(".*"):  # MkDocs leaves hidden files alone, `.git` of a worktree among them
                if not (self._building / kept.name).exists():
                    shutil.move(str(kept), self._building / kept.name)
        try:
            self._swap()
        except OSError:  # the folder is a mount point, or another process holds it
            self._final.mkdir(parents=True, exist_ok=True)
            for old in self._final.iterdir():
                shutil.rmtree(old) if old.is_dir() and not old.is_symlink() else old.unlink()
            for new in self._building.iterdir():
                shutil.move(str(new), self._final / new.name)
            shutil.rmtree(self._building, ignore_errors=True)

    def _swap(self) -> None:
        old = self._building.with_name(f"{self._building.name}-old")
        if self._final.exists():
            self._final.rename(old)
        self._building.rename(self._final)
        shutil.rmtree(old, ignore_errors=True)


def _counted_warnings() -> bool:
    handlers = logging.getLogger("mkdocs").handlers
    return any(isinstance(handler, CountHandler) and handler.get_counts() for handler in handlers)


def write_tree_files(
    site_dir: Path, lang: str, settings: Settings, pages: Mapping[str, SitePage], found: tuple[Record, ...]
) -> None:
    """A tree's own search index: the same texts, at this tree's addresses; and its sitemap, for instant navigation."""
    first = lang == settings.languages[0]
    folder = site_dir if first else site_dir / lang
    if not first:
        tree = (page for page in pages.values() if page.kb.tree == lang and page.canonical_url)
        locations = "".join(f"<url><loc>{escape(page.kb.absolute(page.kb.page.path))}</loc></url>" for page in tree)
        namespace = "http://www.sitemaps.org/schemas/sitemap/0.9"
        text = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{namespace}">{locations}</urlset>\n'
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
    twin = pages[tree_path(page.address, lang, settings)]
    shown = twin if page.source and twin.kb.page.source == page.source else pages[record.path]
    home = pages[tree_path("index.md", lang, settings)]
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
