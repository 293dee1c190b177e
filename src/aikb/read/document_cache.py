"""Keeps what was read of each file between runs, so that a run reads only what changed.

The key is everything that the reading of a file depends on: its text, its name, the options that reading looks at, and the
program: aikb's own files, and the versions of the libraries that understand notes.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import aikb
from aikb.model.document import Document, ExportFile
from aikb.model.source import Source
from aikb.read.serialize import Packed, SerializeError, unpack
from aikb.settings import Settings
from aikb.system.cache import Cache

OPTIONS = ("discarded", "languages", "docs_dir", "glossary_dir", "macros", "site_name", "definition_lists", "autorefs")
"""The settings that the reading of one file looks at; a test reads the corpus with nothing else."""
_LIBRARIES = ("latex2mathml", "msgspec", "py3langid", "pyromark", "PyYAML", "rapidfuzz")
"""Whose answers are in a document or its findings."""
_HEAD, _BLOCKS = b"h", b"b"


@dataclass(frozen=True, slots=True)
class DocumentCache:
    """Documents and exports by what they were read of."""

    cache: Cache

    def get(
        self, sources: Iterable[Source], settings: Settings, blocks: Callable[[Source], bool]
    ) -> dict[Source, Document | ExportFile]:
        """Look some sources up; a document comes with its blocks where `blocks` asks for those of its source."""
        stamp = _stamp(settings)
        keyed = [(source, _key(source, stamp), blocks(source)) for source in sources]
        wanted = [key + part for _, key, whole in keyed for part in ((_HEAD, _BLOCKS) if whole else (_HEAD,))]
        stored = self.cache.get(wanted)
        known: dict[Source, Document | ExportFile] = {}
        for source, key, whole in keyed:
            # taken out: the bytes of all would stand beside the trees of all
            head, tree = stored.pop(key + _HEAD, None), stored.pop(key + _BLOCKS, b"")
            if head is not None:
                with suppress(SerializeError):
                    known[source] = unpack(Packed(head, tree), source, blocks=whole)
        return known

    def put(self, packed: Mapping[Source, Packed], settings: Settings) -> None:
        """Keep what was read of some sources."""
        stamp = _stamp(settings)
        values: dict[bytes, bytes] = {}
        for source, each in packed.items():
            key = _key(source, stamp)
            values[key + _HEAD] = each.head
            if each.blocks:
                values[key + _BLOCKS] = each.blocks
        self.cache.put(values)


def _key(source: Source, stamp: bytes) -> bytes:
    name = f"{source.root}\0{source.path}\0{len(source.text)}\0".encode("utf-8", "surrogatepass")
    text = source.text.encode("utf-8", "surrogatepass")
    if source.origin is not None:
        text += b"\0" + source.origin.text.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(name + text, digest_size=20, key=stamp).digest()


def _stamp(settings: Settings) -> bytes:
    options = [getattr(settings, name) for name in OPTIONS]
    return hashlib.blake2b(repr((options, _program())).encode(), digest_size=32).digest()


@cache
def _program() -> tuple[object, ...]:
    """Identify the program that reads. One that is edited, as a developer's is, is another with every save."""
    versions = [importlib.metadata.version(name) for name in _LIBRARIES]
    files = [
        (path.name, status.st_size, status.st_mtime_ns)
        for path in sorted(Path(aikb.__file__).parent.rglob("*"))
        if path.suffix in (".py", ".yml")
        for status in [path.stat()]
    ]
    return aikb.__version__, sys.version, versions, files
