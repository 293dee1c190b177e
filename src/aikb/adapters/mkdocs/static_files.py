"""The files that are published beside the pages, and how they get into the site."""

from __future__ import annotations

import contextlib
import filecmp
import os
import posixpath
import re
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from aikb.adapters.mkdocs.output import Output
from aikb.model.site import Site

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
            if name in published:
                file.inclusion = (
                    InclusionLevel.INCLUDED
                )  # MkDocs leaves out what is in a hidden folder, or in `templates/`
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


class Copies:
    """Which static files the published site has as they are, so that they need not be copied again.

    While serving, a file is not even read again that has the size, the time and the number it had when it was compared.
    """

    def __init__(self) -> None:
        """Know nothing of any file."""
        self._known: dict[str, _State] = {}
        self._seen: dict[str, _State] = {}
        self._output: Output | None = None
        self.kept: set[str] = set()
        """Files of the site that stay, by their path in it."""

    def start(self, output: Output) -> None:
        """Begin a build."""
        self._output, self._seen, self.kept = output, {}, set()

    def published(self) -> None:
        """End a build whose site has taken the place of the one before."""
        self._known = self._seen

    def has(self, file: File) -> bool:
        """Whether the site has the file as it is."""
        path, output = file.dest_uri, self._output
        state = None if file.abs_src_path is None else _state(file.abs_src_path)
        if state is not None:
            self._seen[path] = state
        if output is None or not output.has(path):
            return False
        if state is not None and self._known.get(path) == state:
            same = True
        elif file.abs_src_path is None:
            same = output.has_bytes(path, file.content_bytes)
        else:
            same = _equal(file.abs_src_path, output.place(path))
        if same:
            self.kept.add(path)
        return same


_State = tuple[str, int, int, int]
"""A file's path, size, time of change in nanoseconds, and number on its disk."""
_SETTLED = 2_000_000_000
"""Nanoseconds after which a second change must show in a file's time; disks count in steps of up to two seconds."""


def _state(path: str) -> _State | None:
    """What tells a file from what it was; None where it cannot, because it has just been written."""
    with contextlib.suppress(OSError):
        found = Path(path).stat()
        if found.st_mtime_ns < time.time_ns() - _SETTLED:
            return path, found.st_size, found.st_mtime_ns, found.st_ino
    return None


def _equal(source: str, published: Path) -> bool:
    with contextlib.suppress(OSError):
        return filecmp.cmp(source, published, shallow=False)
    return False
