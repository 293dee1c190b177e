"""Mend what has one answer (`aikb check --fix`, `--diff`): edits by span, where nothing else in the file changes.

Findings carry offsets of the text as it was parsed; files are edited as they are on disk, with their line ends, their
byte-order mark and their final newline.
"""

from __future__ import annotations

import codecs
import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from aikb.model.finding import Diagnostic, Fix
from aikb.model.source import Source
from aikb.read.files.disk import decode
from aikb.settings import SettingsError
from aikb.system.atomic_write import replace_files


def fixes(found: Iterable[Diagnostic]) -> Mapping[str, tuple[Fix, ...]]:
    """Order the edits of each file, by path, from its end to its start; of two that overlap, the first in the file."""
    by_path: defaultdict[str, set[Fix]] = defaultdict(set)
    for diagnostic in found:
        if diagnostic.fix is not None:
            by_path[diagnostic.path].add(diagnostic.fix)
    chosen: dict[str, tuple[Fix, ...]] = {}
    for path in sorted(by_path):
        kept: list[Fix] = []
        for fix in sorted(by_path[path], key=lambda fix: (fix.start, fix.end, fix.text)):
            if not kept or fix.start >= kept[-1].end:
                kept.append(fix)
        chosen[path] = tuple(reversed(kept))
    return chosen


def apply_fixes(data: bytes, edits: Iterable[Fix]) -> bytes:
    """Apply edits to a file's bytes, in the order of `fixes`. Files that are no UTF-8 come out as UTF-8."""
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8"
    try:
        text = data.decode(encoding, "surrogateescape" if encoding == "utf-8" else "strict")
    except UnicodeDecodeError:  # what is broken UTF-16 would be lost
        return data
    places = _offsets_on_disk(text)
    for fix in edits:
        if not fix.whole_file:
            text = text[: places[fix.start]] + fix.text + text[places[fix.end] :]
    return text.encode("utf-8", "surrogateescape")


def _offsets_on_disk(text: str) -> list[int]:
    """Map each character of the parsed text, without byte-order mark and with single line ends, to its offset on disk."""
    places, at = [], 1 if text.startswith("\ufeff") else 0
    while at < len(text):
        places.append(at)
        at += 2 if text.startswith("\r\n", at) else 1
    places.append(len(text))
    return places


def write_fixes(folder: Path, edits: Mapping[str, tuple[Fix, ...]], sources: Mapping[str, Source]) -> tuple[str, ...]:
    """Edit the files, each at once and whole; the paths that changed. Raises SettingsError for one that cannot be written."""
    changed = []
    for path, file, _, after in _changes(folder, edits, sources):
        try:
            replace_files(file.parent, {file.name: after})
        except OSError as error:
            raise SettingsError(f"{path}: cannot be written: {error.strerror}") from None
        changed.append(path)
    return tuple(changed)


def diff(folder: Path, edits: Mapping[str, tuple[Fix, ...]], sources: Mapping[str, Source]) -> bytes:
    """Write what `write_fixes` would change as a unified diff for `git apply` and `patch`, in the files' own bytes."""
    out: list[str] = []
    for path, _, before, after in _changes(folder, edits, sources):
        old_name, new_name = _quote(f"a/{path}"), _quote(f"b/{path}")
        if before.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            out.append(f"Binary files {old_name} and {new_name} differ\n")  # as `diff -u` has it
            continue
        old, new = (_lines(data.decode("utf-8", "surrogateescape")) for data in (before, after))
        lines = difflib.unified_diff(old, new, old_name, new_name)
        out += (line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
    return "".join(out).encode("utf-8", "surrogateescape")


def _changes(
    folder: Path, edits: Mapping[str, tuple[Fix, ...]], sources: Mapping[str, Source]
) -> Iterator[tuple[str, Path, bytes, bytes]]:
    """List the files that change: path, place, and their bytes before and after.

    A file that is no longer what was parsed is left alone, and so is a symbolic link: its note is edited at its own place,
    from where its links lead elsewhere.
    """
    for path, each in edits.items():
        file = _on_disk(folder, path)
        if file.is_symlink() or not file.is_file():
            continue
        before = file.read_bytes()
        parsed, now = sources.get(path), decode(before, path)[0]
        if parsed is None or now is None or now.text != (parsed.origin or parsed).text:
            continue
        after = apply_fixes(before, each)
        if after != before:
            yield path, file, before, after


def _on_disk(folder: Path, path: str) -> Path:
    """Find the file of a path, whose letters with accents may be written in two characters on disk."""
    file = folder
    for name in path.split("/"):
        if not (file / name).exists() and file.is_dir():
            same = (each.name for each in sorted(file.iterdir()) if unicodedata.normalize("NFC", each.name) == name)
            name = next(same, name)
        file /= name
    return file


def _lines(text: str) -> list[str]:
    """Split into lines as diffs count them: a form feed and its like end none."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _quote(name: str) -> str:
    """Quote a file's name for a diff's header, where it could be misread; a tab ends it where it holds spaces."""
    if re.search(r'["\\\x00-\x1f\x7f]', name):
        return '"' + re.sub(r'["\\\x00-\x1f\x7f]', lambda match: f"\\{ord(match[0]):03o}", name) + '"'
    return f"{name}\t" if " " in name else name
