"""The folder a site is built in, and what of it MkDocs does not write: a search index and a sitemap for each tree."""

from __future__ import annotations

import atexit
import contextlib
import json
import logging
import os
import posixpath
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.utils import CountHandler, get_relative_url

from aikb.adapters.mkdocs import draw
from aikb.adapters.mkdocs.pages import SitePage
from aikb.model.site import Record, Site
from aikb.read.disk import reason
from aikb.settings import Settings

log = get_plugin_logger("aikb")

_SITE_FILES = (".css", ".js", ".mjs", ".ico", ".webmanifest", ".woff", ".woff2")
_SITE_NAMES = ("CNAME", "robots.txt", "_redirects", "_headers", "ads.txt", "humans.txt")
_STRING = r""""(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'"""
_CSS = re.compile(rf"/\*.*?\*/|url\(\s*({_STRING}|(?:\\.|[^)\\])*?)\s*\)|{_STRING}", re.DOTALL | re.IGNORECASE)


def static_files(files: Files, site: Site, config: MkDocsConfig) -> list[File]:
    """The files that are no notes: what a note shows or links to, what the site itself needs, what other plugins made.

    Names are compared in NFC. A note's picture is published by that name, any other file by the name it is asked for.
    """
    published = {asset.path for asset in site.assets}
    docs = os.path.normpath(config.docs_dir)
    kept, ours = [], []
    for file in files:
        if file.generated_by is not None or file.src_dir is None or os.path.normpath(file.src_dir) != docs:
            kept.append(file)
        elif not file.is_documentation_page():
            ours.append(file)
    needed = [*config.extra_css, *map(str, config.extra_javascript)]
    needed += [str(config.theme.get(key)) for key in ("favicon", "logo")]
    for file in ours:
        if file.src_uri.endswith(".css"):
            needed += _named_by(file)
    asked = {_nfc(name): name for name in reversed(needed)}  # the configuration's own word goes first
    for file in ours:
        name = _nfc(file.src_uri)
        of_the_site = posixpath.basename(name) in _SITE_NAMES or name.endswith(_SITE_FILES)
        there = file.abs_src_path is None or Path(file.abs_src_path).is_file()  # None: a plugin gave it other content
        if there and (name in published or name in asked or of_the_site):
            kept.append(file)
            target = name if name in published else asked.get(name, file.src_uri)
            if target != file.src_uri and target not in files.src_uris:
                _publish_as(file, target)
    return kept


def _publish_as(file: File, name: str) -> None:
    file.dest_uri = name
    for derived in ("url", "abs_dest_path"):  # MkDocs computes them once
        file.__dict__.pop(derived, None)


def _nfc(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _named_by(sheet: File) -> Iterator[str]:
    """The files a style sheet names by `url(…)`, where they lie beside it or below `docs_dir`."""
    try:
        text = sheet.content_bytes.decode("utf-8", "replace")
    except OSError:
        return
    for match in _CSS.finditer(text):
        address = re.sub(r"\\(.)", r"\1", (match[1] or "").strip("\"'"))
        with contextlib.suppress(ValueError):
            parts = urlsplit(address)
            if parts.path and not (parts.scheme or parts.netloc or parts.path.startswith("/")):
                yield posixpath.normpath(posixpath.join(posixpath.dirname(sheet.src_uri), unquote(parts.path)))


class Output:
    """The folder a site is built in, beside the one that is published until the new one is whole.

    A build that ends early, by Ctrl-C too, leaves nothing; what one left that was killed is cleared away by the next.
    """

    def __init__(self, config: MkDocsConfig) -> None:
        """Send MkDocs to a folder of its own."""
        self._config = config
        self._given = config.site_dir
        self._shown = _shown(Path(config.site_dir))
        self._final = Path(os.path.realpath(config.site_dir))  # a symbolic link stays one
        self._process = os.getpid()
        _clear(self._final)
        self._building = self._final.with_name(f".{self._final.name}.aikb-{self._process}")
        self._old = self._building.with_name(f"{self._building.name}-old")
        self._beside = True
        atexit.register(self._forget)
        try:
            self._building.mkdir(parents=True)
        except OSError as error:
            if not (self._final.is_dir() and os.access(self._final, os.W_OK)):
                raise PluginError(f"site_dir: {self._given} cannot be written: {reason(error)}") from None
            self._building, self._beside = Path(tempfile.mkdtemp(prefix="aikb-")), False
        config.site_dir = str(self._building)

    def discard(self) -> None:
        """Forget the new site."""
        self._config.site_dir = self._given
        self._forget()
        atexit.unregister(self._forget)

    def finish(self, config: MkDocsConfig) -> None:
        """Put the new site in place, unless MkDocs is about to abort for a warning under `--strict`."""
        if config.strict and _counted_warnings():
            self.discard()
            return
        try:
            if not (self._beside and self._swap()):
                self._fill()
        except OSError as error:
            raise PluginError(f"site_dir: {self._given} cannot be written: {reason(error)}") from error
        self.discard()
        if not Path(self._given).name.startswith("mkdocs_"):  # the temporary folder of `mkdocs serve`
            log.info("the site is in %s", self._shown)

    def _swap(self) -> bool:
        """Rename the folders, if they can be. Hidden files follow when the new site is in place."""
        try:
            if self._final.exists():
                self._final.rename(self._old)
            self._building.rename(self._final)
        except OSError:  # the folder is a mount point, or another process holds it
            _settle(self._old, self._final)
            return False
        _settle(self._old, self._final)
        return True

    def _fill(self) -> None:
        """Replace what is in the published folder."""
        self._final.mkdir(parents=True, exist_ok=True)
        new = {each.name for each in self._building.iterdir()}
        for old in self._final.iterdir():
            if old.name in new or not old.name.startswith("."):
                shutil.rmtree(old) if old.is_dir() and not old.is_symlink() else old.unlink()
        for name in new:
            shutil.move(self._building / name, self._final / name)

    def _forget(self) -> None:
        """Remove what is beside the site; at the end of the process too, whatever it was doing."""
        if os.getpid() == self._process:  # not in a forked one
            draw.end()
            with contextlib.suppress(OSError):
                _settle(self._old, self._final)
            shutil.rmtree(self._building, ignore_errors=True)


def _settle(old: Path, final: Path) -> None:
    """End a swap wherever it stopped. MkDocs leaves hidden files of a site alone, `.git` of a worktree among them."""
    if not os.path.lexists(old):
        return
    if not final.exists():
        old.rename(final)
        return
    for hidden in sorted(old.glob(".*")):
        if not os.path.lexists(final / hidden.name):
            hidden.rename(final / hidden.name)
    shutil.rmtree(old, ignore_errors=True)


def _clear(final: Path) -> None:
    """Remove what builds left beside the site that were killed, and put back what they had moved."""
    pattern = re.compile(rf"{re.escape(f'.{final.name}.aikb-')}(\d+)(-old)?")
    with contextlib.suppress(OSError):
        for left in sorted(final.parent.iterdir()):
            match = pattern.fullmatch(left.name)
            if not match or _runs(int(match[1])):
                continue
            if match[2]:
                _settle(left, final)
            else:
                shutil.rmtree(left, ignore_errors=True)


def _runs(process: int) -> bool:
    """Whether a process other than this one has the number."""
    if os.name != "posix":
        return process != os.getpid()  # elsewhere `os.kill` ends it, whatever the signal
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return process != os.getpid()


def _shown(site: Path) -> str:
    """The folder as the log names it: from the current one, where it is below that."""
    with contextlib.suppress(OSError, ValueError):  # the current folder is gone, or the site is not below it
        site = site.relative_to(Path.cwd())
    return f"{site.as_posix()}/"


def _counted_warnings() -> bool:
    handlers = logging.getLogger("mkdocs").handlers
    return any(isinstance(handler, CountHandler) and handler.get_counts() for handler in handlers)


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
