"""What was read of the notes, kept from one build of `mkdocs serve` to the next, and the Site that is made of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path

from aikb.analysis import read_all
from aikb.ledgers.anchors import FILE as ANCHORS
from aikb.ledgers.anchors import read_anchors
from aikb.ledgers.translations import FILE as TRANSLATIONS
from aikb.ledgers.translations import Past, read_translations
from aikb.ledgers.unreadable import read_or_tell
from aikb.model.document import Document, ExportFile
from aikb.model.site import Site
from aikb.model.source import Source
from aikb.pipeline import LastBuild, build
from aikb.read.document_cache import DocumentCache
from aikb.read.files.disk import Loaded
from aikb.render.options import Options
from aikb.render.renderer import Renderer
from aikb.settings import Settings
from aikb.system.cache import user_cache
from aikb.system.git_dates import changed, is_shallow
from aikb.system.git_edits import edited


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

    def site(
        self, loaded: Loaded, folder: Path, settings: Settings, options: Options, last: LastBuild | None = None
    ) -> Site:
        """Make the Site of what was loaded from `folder`, its ledgers and git beside it; `last` is what the last build knew."""
        remembered, broken = read_or_tell(read_anchors, folder, ANCHORS)
        recorded, also_broken = read_or_tell(read_translations, folder, TRANSLATIONS)
        past = Past(
            recorded,
            cache(partial(changed, folder)),
            cache(partial(edited, folder)),
            cache(partial(is_shallow, folder)),
        )
        self.read(loaded.sources, settings)
        found = (*loaded.diagnostics, *broken, *also_broken)
        return build(loaded.sources, settings, loaded.assets, found, self.of, remembered, past, Renderer(options), last)
