"""What was read of the notes, kept from one build of `mkdocs serve` to the next."""

from __future__ import annotations

from collections.abc import Sequence

from aikb.model.document import Document, ExportFile
from aikb.model.source import Source
from aikb.pipeline import read_all
from aikb.read.document_cache import DocumentCache
from aikb.settings import Settings
from aikb.system.cache import user_cache


class Documents:
    """The documents of the last build, by what they were read from."""

    def __init__(self) -> None:
        """Start without any."""
        self._known: dict[tuple[Source, Settings], Document | ExportFile] = {}

    def read(self, sources: Sequence[Source], settings: Settings) -> None:
        """Read what the last build did not know, on all processors, and forget what is gone."""
        new = [source for source in sources if (source, settings) not in self._known]
        cache = user_cache()
        read = dict(zip(new, read_all(new, settings, DocumentCache(cache) if cache else None), strict=True))
        self._known = {(source, settings): read.get(source) or self._known[source, settings] for source in sources}

    def of(self, source: Source, settings: Settings) -> Document | ExportFile:
        """Find the document of a source. Raises KeyError for one that `read` was not given."""
        return self._known[source, settings]
