"""`aikb check --fix` and `--diff`: edits by span, where a finding has one answer and nothing else in the file changes.

Findings carry offsets of the text as it was parsed; files are edited as they are on disk, with their line ends, their
byte-order mark and their final newline.
"""

from __future__ import annotations

import codecs
import difflib
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from aikb.diagnostics import Diagnostic, Fix


def fixes(found: Iterable[Diagnostic]) -> Mapping[str, tuple[Fix, ...]]:
    """The edits of each file, by path, from its end to its start; of two that overlap, the first in the file."""
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


def fixed(data: bytes, edits: Iterable[Fix]) -> bytes:
    """A file's bytes with its edits made. Files that are no UTF-8 come out as UTF-8."""
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8"
    text = data.removeprefix(mark).decode(encoding, "surrogateescape" if encoding == "utf-8" else "strict")
    places = _places(text)
    for fix in edits:
        if not fix.whole_file:
            text = text[: places[fix.start]] + fix.text + text[places[fix.end] :]
    return mark + text.encode("utf-8", "surrogateescape")


def _places(text: str) -> list[int]:
    """Where each character of the parsed text, whose line ends are single, is in the text on disk."""
    places, at = [], 0
    while at < len(text):
        places.append(at)
        at += 2 if text.startswith("\r\n", at) else 1
    places.append(len(text))
    return places


def write_fixes(folder: Path, edits: Mapping[str, tuple[Fix, ...]]) -> tuple[str, ...]:
    """Edit the files, each at once and whole; the paths that changed."""
    changed = []
    for path, each in edits.items():
        file = folder / path
        before = file.read_bytes()
        after = fixed(before, each)
        if after != before:
            _replace(file, after)
            changed.append(path)
    return tuple(changed)


def diff(folder: Path, edits: Mapping[str, tuple[Fix, ...]]) -> str:
    """What `write_fixes` would change, as a unified diff."""
    out: list[str] = []
    for path, each in edits.items():
        before = (folder / path).read_bytes()
        old, new = (data.decode("utf-8", "replace").splitlines(keepends=True) for data in (before, fixed(before, each)))
        lines = difflib.unified_diff(old, new, f"a/{path}", f"b/{path}")
        out += (line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
    return "".join(out)


def _replace(file: Path, data: bytes) -> None:
    """Write beside the file and rename, so that no reader and no crash meets half of it."""
    real = file.resolve()
    handle, name = tempfile.mkstemp(dir=real.parent, prefix=f".{real.name}.")
    try:
        with os.fdopen(handle, "wb") as temporary:
            temporary.write(data)
        Path(name).chmod(real.stat().st_mode & 0o7777)
        Path(name).replace(real)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
