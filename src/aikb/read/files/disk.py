"""Read the knowledge base from disk: list and decode its files; the only module that does.

Hidden files and folders (`.obsidian`, `.git`, `.env`) are not listed, nor what programs install and `.gitignore` names.
Symbolic links are followed inside the folder only, and each real folder once. A file that cannot be read is a finding; the rest
is loaded.
"""

from __future__ import annotations

import codecs
import os
import stat
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aikb.findings.finding import finding
from aikb.model.finding import Diagnostic, Fix
from aikb.model.source import Asset, Source
from aikb.read.exports.sniff import HEAD, is_export
from aikb.read.files.active import is_active
from aikb.read.files.asset_secrets import secret_in
from aikb.read.files.hidden import MARKDOWN, hidden_files
from aikb.read.files.ignored import Ignored
from aikb.read.files.picture_size import picture_size
from aikb.read.files.vault import templates, with_vault, without
from aikb.settings import Settings, SettingsError
from aikb.system.regular_file import is_folder, read_head

SIZE_LIMIT = 8_000_000
"""Bytes of a note. War and Peace has 3.2 million."""
EXPORT_LIMIT = 200_000_000
"""Bytes of an export of highlights that is no Markdown; a hundred thousand highlights are some 70 million."""

DEEPEST = 100
"""Folders in folders that are read."""
_SPECIAL: tuple[tuple[str, Callable[[int], bool]], ...] = (
    ("a named pipe", stat.S_ISFIFO),
    ("a socket", stat.S_ISSOCK),
    ("a device", stat.S_ISBLK),
    ("a device", stat.S_ISCHR),
)
"""What would be waited for, or never end, if it were read."""

_EXPORTS = {".csv", ".json", ".txt"}
"""What may be an export of highlights; its head tells."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What is on disk, in the order of paths."""

    sources: tuple[Source, ...]
    assets: tuple[Asset, ...]
    diagnostics: tuple[Diagnostic, ...]
    settings: Settings
    """The settings, with what the vault's own say: what is excluded, where attachments are."""


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Handle a decoding error: a stray byte in UTF-8 is most often Windows' Latin-1."""
    assert isinstance(error, UnicodeDecodeError)  # noqa: S101 - only ever registered for decoding
    piece = error.object[error.start : error.end]
    return piece.decode("cp1252", errors="replace"), error.end


codecs.register_error("aikb-windows-1252", _as_windows_1252)


def load(folder: Path, settings: Settings) -> Loaded:
    """Read the notes and glossary of the knowledge base in `folder`. Raises SettingsError where there is nothing to read."""
    notes, glossary = folder / settings.docs_dir, folder / settings.glossary_dir
    _check_folders(notes, glossary, settings)
    sources, assets, diagnostics = list[Source](), list[Asset](), list[Diagnostic]()
    for root, top in (("notes", notes), ("glossary", glossary)):
        if not is_folder(top) or (root == "glossary" and notes.resolve() in (top.resolve(), *top.resolve().parents)):
            continue  # a glossary folder inside the notes is part of the notes
        shown = settings.docs_dir if root == "notes" else settings.glossary_dir
        for path, problem in files_in(top):
            relative = _shown_path(path, top)
            name = f"{shown}/{relative}" if shown != "." else relative
            if problem:
                code, values = problem
                diagnostics.append(finding(code, name, **values))
            elif path.suffix.lower() in MARKDOWN:
                source, found = _read(path, name, root)
                diagnostics.extend(found)
                if source:
                    sources.append(source)
            elif root == "notes":
                assets.append(_asset(relative, path))
                if path.suffix.lower() in _EXPORTS and is_export(head(path), path.suffix):
                    source, found = _read(path, name, root, EXPORT_LIMIT)
                    diagnostics.extend(found)
                    if source:
                        sources.append(source)
    if not sources and not diagnostics:
        raise SettingsError(f"docs_dir: no notes in “{settings.docs_dir}”: no file there ends in .md or .markdown")
    assets += (_asset(name, path) for name, path in hidden_files(sources, notes, settings))
    sources.sort(key=lambda source: source.path)
    assets.sort(key=lambda asset: asset.path)
    sources = _with_snippets(sources, folder, settings, diagnostics)
    found_templates = templates(sources, settings)
    diagnostics += (finding("template-unpublished", path) for path in found_templates)
    settings = without(with_vault(settings, folder), found_templates)
    return Loaded(tuple(sources), tuple(assets), tuple(diagnostics), settings)


def _asset(name: str, path: Path) -> Asset:
    return Asset(name, str(path), is_active(path), secret_in(path), picture_size(path))


def _with_snippets(sources: list[Source], folder: Path, settings: Settings, found: list[Diagnostic]) -> list[Source]:
    """Include in notes what they ask for, where the setting allows it."""
    if not settings.snippets or not settings.snippet_paths:
        return sources
    from aikb.read.files.snippets import with_snippets  # it loads Python-Markdown

    return with_snippets(sources, folder, settings, found)


def _check_folders(notes: Path, glossary: Path, settings: Settings) -> None:
    """Raise SettingsError where there are no notes, for a whole disk, and for a glossary that is above the notes."""
    if not is_folder(notes):
        raise SettingsError(f"docs_dir: no such folder: {settings.docs_dir}")
    notes, glossary = notes.resolve(), glossary.resolve()
    if notes == Path(notes.anchor):
        raise SettingsError(f"docs_dir: this is a whole disk: {notes}")
    if glossary in notes.parents:
        raise SettingsError(f"glossary_dir: this folder holds the notes themselves: {glossary}")


_Problem = tuple[str, dict[str, Any]]


def files_in(top: Path) -> Iterator[tuple[Path, _Problem | None]]:
    """List every visible file under `top` that is content, and can be read and named, or what is wrong with it."""
    ignored = Ignored(top)
    inside = top.resolve()
    seen = {inside}
    stack = [(top, inside, 0)]
    while stack:
        folder, place, depth = stack.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            yield folder, ("file-unreadable", {"reason": reason(error)})
            continue
        for entry in entries:
            if entry.name.startswith(".") or entry.name.endswith("~"):
                continue
            path = Path(entry.path)
            if ignored(path, is_folder=entry.is_dir(follow_symlinks=False)):
                continue
            real, problem = _checked(entry, place, inside)
            if problem or real is None or not is_folder(real):
                yield path, problem
            elif depth >= DEEPEST:
                yield path, ("folder-deep", {"limit": DEEPEST})
            elif real not in seen:
                seen.add(real)
                stack.append((path, real, depth + 1))


def _checked(entry: os.DirEntry[str], place: Path, inside: Path) -> tuple[Path | None, _Problem | None]:
    """Find where an entry of a folder really is, or say why it is left out: only what has a name in UTF-8 and is a file.

    `place` is where the folder really is.
    """
    if not _is_utf_8(entry.name):
        return None, ("file-name-encoding", {})
    try:
        real, problem = _real(Path(entry.path), inside) if entry.is_symlink() else (place / entry.name, None)
        if real is None or problem:
            return None, problem
        mode = real.stat().st_mode
    except OSError as error:
        return None, ("file-unreadable", {"reason": reason(error)})
    kind = next((name for name, is_one in _SPECIAL if is_one(mode)), "")
    return (None, ("file-special", {"kind": kind})) if kind else (real, None)


def _is_utf_8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:  # bytes that are not UTF-8 are surrogates to Python
        return False
    return True


def _shown_path(path: Path, top: Path) -> str:
    """Write a path from the root of its folder: in NFC, and bytes that are no UTF-8 by their numbers."""
    relative = os.fsencode(path.relative_to(top).as_posix()).decode("utf-8", "backslashreplace")
    return unicodedata.normalize("NFC", relative)


def _real(path: Path, inside: Path) -> tuple[Path | None, _Problem | None]:
    """Follow a symbolic link to its file, or say why it is not followed."""
    try:
        real = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return None, ("file-unreadable", {"reason": "a symbolic link to nothing"})
    if inside not in (real, *real.parents):
        return None, ("path-escape", {"target": path.readlink()})
    here = path.parent.resolve()
    return (None, ("symlink-loop", {})) if real in (here, *here.parents) else (real, None)


def reason(error: OSError) -> str:
    """Describe why the system refused, in its own words."""
    return (error.strerror or error.__class__.__name__).lower()


def head(path: Path) -> bytes:
    """Read the first bytes of a file; none where it cannot be read."""
    try:
        return read_head(path, HEAD)
    except OSError:
        return b""


def _read(path: Path, name: str, root: str, most: int = 0) -> tuple[Source | None, list[Diagnostic]]:
    """Read and decode a file of `most` bytes, by default SIZE_LIMIT; None with findings where it cannot be."""
    most = most or SIZE_LIMIT
    try:
        size = path.stat().st_size
        if size > most:
            values: dict[str, Any] = {"size": round(size / 1e6, 1), "limit": most // 1_000_000}
            return None, [finding("size-limit", name, **values)]
        data = path.read_bytes()
    except OSError as error:
        return None, [finding("file-unreadable", name, reason=reason(error))]
    return decode(data, name, root)


def decode(data: bytes, name: str, root: str = "notes") -> tuple[Source | None, list[Diagnostic]]:
    """Decode a file: UTF-8, else as well as can be, with a finding. None where the bytes are no text at all."""
    encoding, outcome, problem = "utf-8", "", None
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding, outcome = "utf-16", "it is read as UTF-16"
    elif b"\0" in data[:8192]:
        values: dict[str, Any] = {
            "byte": "00",
            "offset": data.index(b"\0"),
            "outcome": "this is no text, and is left out",
        }
        return None, [finding("encoding", name, **values)]
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        problem, outcome = error, outcome or "the byte is read as Windows-1252"
        text = data.decode(encoding, "aikb-windows-1252" if encoding == "utf-8" else "replace")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    source = Source(name, text, root)
    if not outcome:
        return source, []
    start = problem.start if problem else 0
    before = data[:start].decode(encoding, "replace").removeprefix("\ufeff").replace("\r\n", "\n")
    at = min(len(before), len(text))
    values = {"byte": f"{data[start]:02X}", "offset": start, "outcome": outcome}
    fix = Fix(0, 0, "", whole_file=True) if encoding == "utf-16" and not problem else None
    return source, [finding("encoding", source, at, at, fix, **values)]
