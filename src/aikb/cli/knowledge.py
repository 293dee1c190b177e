"""Read a knowledge base as every command does: from disk, parsed on all processors, related."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Self

import click

from aikb.analysis import analyse, read_all
from aikb.check.severity import read_rules
from aikb.ledgers.anchors import FILE as ANCHORS
from aikb.ledgers.anchors import read_anchors
from aikb.ledgers.translations import FILE as TRANSLATIONS
from aikb.ledgers.translations import Past, read_translations
from aikb.ledgers.unreadable import read_or_tell
from aikb.mkdocs_file import read_settings
from aikb.model.finding import Diagnostic
from aikb.model.source import Source
from aikb.read.document_cache import DocumentCache
from aikb.read.files.disk import load
from aikb.read.language import model as language_model
from aikb.read.language.site import with_languages
from aikb.relate.index import Index
from aikb.relate.relations import Relations
from aikb.settings import Settings
from aikb.system.cache import user_cache
from aikb.system.git_dates import changed, is_shallow

cache_option = click.option("--no-cache", is_flag=True, help="Read every file anew, and keep nothing of it.")
"""For every command that reads notes."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """A knowledge base, read and understood."""

    settings: Settings
    sources: Mapping[str, Source]
    relations: Relations
    diagnostics: tuple[Diagnostic, ...]

    @classmethod
    def read(cls, config_file: Path, *, no_cache: bool, whole: bool = False) -> Self:
        """Read from disk; `whole`, with all that the documents hold, which the check does not need. Raises SettingsError."""
        return cls.of(config_file.parent, read_settings(config_file), no_cache=no_cache, whole=whole)

    @classmethod
    def of(cls, folder: Path, settings: Settings, *, no_cache: bool, whole: bool = False) -> Self:
        """Read the knowledge base in a folder with settings of one's own. Raises SettingsError."""
        read_rules(settings)
        cache = None if no_cache else user_cache()
        language_model.keep_in(cache)
        known = DocumentCache(cache) if cache else None
        loaded = load(folder, settings)
        settings = with_languages(loaded.settings, loaded.sources)
        parsed = read_all(loaded.sources, settings, known, _always if whole else _examined_again)
        remembered, broken = read_or_tell(read_anchors, folder, ANCHORS)
        recorded, also_broken = read_or_tell(read_translations, folder, TRANSLATIONS)
        past = Past(recorded, partial(changed, folder), shallow=partial(is_shallow, folder))
        told = (*loaded.diagnostics, *broken, *also_broken)
        relations, found = analyse(parsed, settings, loaded.assets, told, remembered, past)
        return cls(settings, {source.path: source for source in loaded.sources}, relations, found)

    @property
    def index(self) -> Index:
        """The look-up tables over all its documents."""
        return self.relations.index

    @property
    def paths(self) -> frozenset[str]:
        """Everything that a finding can be about."""
        assets = (self.settings.note_path(path) for path in self.index.assets)
        return frozenset((*assets, *self.sources, *(each.path for each in self.diagnostics)))

    def found(self, chosen: Collection[str]) -> tuple[Diagnostic, ...]:
        """Select the findings in some of its files."""
        return tuple(each for each in self.diagnostics if each.path in chosen)


def _always(_source: Source) -> bool:
    return True


def _examined_again(source: Source) -> bool:
    """Whether the check still looks at the blocks of a note that the rules have examined: where they may hold its comments."""
    return "aikb:" in source.text
