"""The files that are published beside the pages, and how they get into the site."""

from __future__ import annotations

import contextlib
import filecmp
import os
import posixpath
import re
import time
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel

from aikb.adapters.mkdocs.configuration import THEME
from aikb.adapters.mkdocs.output import Output
from aikb.model.site import Site
from aikb.pictures.clean import CLEANED, HEAD, clean_drawing, cleaned, cleaner_of
from aikb.render.scripts import scripts
from aikb.system.regular_file import read_regular

log = get_plugin_logger("aikb")

_SITE_NAMES = frozenset(
    "CNAME robots.txt _redirects _headers ads.txt app-ads.txt humans.txt security.txt favicon.ico".split()
)
"""Files at the root of the notes that are there for hosts and browsers, which ask for them without a link."""
_LARGEST = 4_000_000
"""Bytes of a style sheet, a script or a template that is read for the files it names."""
_TRACE = re.compile(
    rb"Exif|EXIF|eXIf|GPS|xmpmeta|adobe:ns:meta|Photoshop 3|tEXt|[iz]TXt|udta|\xa9(?:xyz|nam|cmt)|com\.apple\.quicktime"
)
"""What metadata has at least one of."""
_STRING = r""""(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'"""
_CSS = re.compile(
    rf"/\*.*?\*/|@import\s+({_STRING})|url\(\s*({_STRING}|(?:\\.|[^)\\])*?)\s*\)|{_STRING}", re.DOTALL | re.IGNORECASE
)


_IMPORT = re.compile(r"""\b(?:import|from)\s{0,9}\(?\s{0,9}["']([^"'\n]{1,300})["']""")


def static_files(files: Files, site: Site, config: MkDocsConfig, *, keep_metadata: bool) -> list[File]:
    """The files that are no notes: what a note shows or links to, what the site itself needs, what other plugins made.

    Names are compared in NFC. A note's picture is published by that name, any other file by the name it is asked for.
    Pictures are written without metadata, unless they are to `keep_metadata`.
    """
    published = {asset.path for asset in site.assets}
    docs = os.path.normpath(config.docs_dir)
    kept, ours = list[File](), list[File]()
    for file in files:
        if file.generated_by is None and file.src_dir == str(THEME) and file.src_uri.endswith(".js"):
            if file.src_uri in scripts():
                kept.append(Script(file.src_uri, file.src_dir, config.site_dir, config.use_directory_urls))
        elif file.generated_by is not None or file.src_dir is None or os.path.normpath(file.src_dir) != docs:
            kept.append(file)
        elif not file.is_documentation_page():
            ours.append(file)
    needed = _needed(ours, config)
    asked = {_nfc(name): name for name in reversed(needed)}  # the configuration's own word goes first
    for file in ours:
        name = _nfc(file.src_uri)
        there = file.abs_src_path is None or Path(file.abs_src_path).is_file()  # None: a plugin gave it other content
        if there and (name in published or name in asked or name in _SITE_NAMES):
            published_file = file if keep_metadata else _picture(file, config)
            if published_file is None:
                continue
            kept.append(published_file)
            if name in published:  # MkDocs leaves out what is in a hidden folder, or in `templates/`
                published_file.inclusion = InclusionLevel.INCLUDED
            target = name if name in published else asked.get(name, file.src_uri)
            if target != file.src_uri and target not in files.src_uris:
                _publish_as(published_file, target)
    return kept


def published(files: Files, site: Files, assets: Collection[str], config: MkDocsConfig, path: str) -> File | None:
    """Find a file by its path from the root of the notes, and publish it, too, where it is one of the `assets` of the notes.

    None where there is none, or where it may not be published. A picture that was not asked for before has no metadata.
    """
    if path not in site.src_uris:
        file = files.src_uris.get(path) if path in assets else None
        shown = None if file is None or file.is_documentation_page() else _picture(file, config)
        if shown is None:
            return None
        shown.inclusion = InclusionLevel.INCLUDED
        site.append(shown)
    found = site.src_uris[path]
    return None if found.is_documentation_page() else found


def _needed(ours: Sequence[File], config: MkDocsConfig) -> list[str]:
    """The files that the site itself needs: named by the configuration, the user's templates, and what those files name."""
    needed = [*config.extra_css, *map(str, config.extra_javascript), *_of_navigation(config.nav)]
    needed += [str(config.theme.get(key)) for key in ("favicon", "logo")]
    by_name = {_nfc(file.src_uri): file for file in ours}
    needed += _named_by_templates(config, by_name)
    seen = set[str]()
    for name in needed:  # grows
        file = by_name.get(_nfc(name))
        if file is not None and file.src_uri not in seen:
            seen.add(file.src_uri)
            needed += _named_by(file)
    return needed


def _of_navigation(nav: object) -> Iterator[str]:
    """List what a user's `nav` names."""
    if isinstance(nav, str):
        yield nav
    else:
        for entry in nav.values() if isinstance(nav, dict) else nav if isinstance(nav, list) else ():
            yield from _of_navigation(entry)


def _named_by_templates(config: MkDocsConfig, names: Collection[str]) -> list[str]:
    """The files of the notes folder that the user's own templates name."""
    if not config.theme.custom_dir:
        return []
    texts = []
    for template in sorted(Path(config.theme.custom_dir).rglob("*.html")):
        with contextlib.suppress(OSError):
            texts.append(read_regular(template, _LARGEST).decode("utf-8", "replace"))
    words = set(re.findall(r"[^\s\"'(){}<>=|]+", " ".join(texts)))
    return [name for name in sorted(names) if name in words or f"/{name}" in words]


class Rewritten(File):
    """A file that is not published as it is. It is read when it is asked for."""

    def shown_bytes(self) -> bytes:
        """What is published."""
        return Path(self.abs_src_path or "").read_bytes()

    def copy_file(self, dirty: bool = False) -> None:  # noqa: FBT002 - as MkDocs' own
        """Write it into the folder the site is built in."""
        target = Path(self.abs_dest_path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(self.shown_bytes())


class Script(Rewritten):
    """A script of ours."""

    def shown_bytes(self) -> bytes:
        """What is published."""
        return scripts()[self.src_uri]


class Picture(Rewritten):
    """A picture of the notes, written without its metadata."""

    def shown_bytes(self) -> bytes:
        """What is published: of a damaged picture that tells more than it shows, nothing."""
        data = super().shown_bytes()
        shown = cleaned(data)
        if shown is None and _TRACE.search(data):
            log.warning(
                "%s: this picture is damaged, and what a camera wrote into it cannot be taken out; it is published empty",
                self.src_uri,
            )
            return b""
        return data if shown is None else shown


def _picture(file: File, config: MkDocsConfig) -> File | None:
    """A picture as one that is written without metadata, any other file as it is; None for one that must not be served."""
    if posixpath.splitext(file.src_uri)[1].lower() not in CLEANED or file.abs_src_path is None:
        return file
    path = Path(file.abs_src_path)
    with contextlib.suppress(OSError):
        with path.open("rb") as opened:
            cleaner = cleaner_of(opened.read(HEAD))
        is_drawing = path.suffix.lower() == ".svg"
        if cleaner is None and not is_drawing:
            return file
        if (cleaner is clean_drawing or is_drawing) and cleaned(path.read_bytes()) is None:
            log.warning("%s: this is no picture that can be read; it is not published", file.src_uri)
            return None
    return Picture(file.src_uri, file.src_dir, config.site_dir, config.use_directory_urls, inclusion=file.inclusion)


def _publish_as(file: File, name: str) -> None:
    file.dest_uri = name
    for derived in ("url", "abs_dest_path"):  # MkDocs computes them once
        file.__dict__.pop(derived, None)


def _nfc(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _named_by(file: File) -> Iterator[str]:
    """The files that a style sheet names by `url(…)` and a script by `import`, where they lie beside it or below `docs_dir`."""
    sheet = file.src_uri.endswith(".css")
    if not sheet and not file.src_uri.endswith((".js", ".mjs")):
        return
    try:
        if file.abs_src_path is not None and Path(file.abs_src_path).stat().st_size > _LARGEST:
            return
        text = file.content_bytes.decode("utf-8", "replace")
    except OSError:
        return
    for match in (_CSS if sheet else _IMPORT).finditer(text):
        written = next((group for group in match.groups() if group), "")
        address = re.sub(r"\\(.)", r"\1", written.strip("\"'"))
        with contextlib.suppress(ValueError):
            parts = urlsplit(address)
            if parts.path and not (parts.scheme or parts.netloc or parts.path.startswith("/")):
                yield posixpath.normpath(posixpath.join(posixpath.dirname(file.src_uri), unquote(parts.path)))


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
        elif isinstance(file, Rewritten):
            same = output.has_bytes(path, file.shown_bytes())
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
