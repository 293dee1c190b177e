"""Check pairs: what is not translated, and what was translated from an older text."""

from __future__ import annotations

import datetime as dt
import posixpath
from collections import defaultdict
from collections.abc import Iterator, Mapping

from aikb.findings.finding import called, finding
from aikb.ledgers.translations import Past, digest
from aikb.locales.words import missing
from aikb.model.document import Document, Kind
from aikb.model.finding import Diagnostic
from aikb.relate.index import Index
from aikb.relate.pairs.signature import doubtful

_NAMED = 5
"""Notes that are named in one finding."""


def languages(index: Index, past: Past) -> Iterator[Diagnostic]:
    """Find what is wrong between the two trees; nothing where the site has one."""
    if len(index.settings.languages) > 1:
        yield from _untranslated(index)
        yield from _doubtful(index)
        yield from _stale(index, past)
    for lang in index.settings.languages:
        if keys := missing(lang):
            yield finding("words-missing", f"locales/{lang}.yml", count=len(keys), keys=", ".join(keys[:5]))


def _untranslated(index: Index) -> Iterator[Diagnostic]:
    """Find notes without a twin in folders that are translated otherwise, more than half of them; a finding a folder."""
    folders: defaultdict[str, list[Mapping[str, Document]]] = defaultdict(list)
    for address, variants in index.variants.items():
        if next(iter(variants.values())).kind is Kind.NOTE:
            folders[posixpath.dirname(address)].append(variants)
    for folder, notes in folders.items():
        for lang in index.settings.languages:
            left = [next(iter(variants.values())) for variants in notes if lang not in variants]
            twins = sum(lang in variants and len(variants) > 1 for variants in notes)
            if left and twins >= len(left):
                names = ", ".join(posixpath.basename(document.path) for document in left[:_NAMED])
                more = f" and {len(left) - _NAMED} more" if len(left) > _NAMED else ""
                place = f"{len(left)} of {len(notes)} notes" + (f" in {called(folder)}/" if folder else "")
                yield finding("translation-missing", left[0].path, lang=lang, place=place, names=names + more)


def _doubtful(index: Index) -> Iterator[Diagnostic]:
    """Find pairs by name that share nothing, where another file shares much."""
    for first, translation, better in doubtful(index):
        yield finding(
            "translation-doubtful", translation.path, other=called(first.path), suggestion=called(better.path)
        )


def _stale(index: Index, past: Past) -> Iterator[Diagnostic]:
    dates: Mapping[str, int] | None = None
    for first, translation in index.translations():
        if dates is None:
            if past.shallow():
                yield finding("history-shallow", first.path)
            dates = {} if past.shallow() else past.changed()
        if (when := _later(first, translation, past, dates)) is not None:
            yield finding("translation-stale", translation.path, other=called(first.path), when=when)


def _later(first: Document, translation: Document, past: Past, dates: Mapping[str, int]) -> str | None:
    """Tell that an original was changed after its translation, in words for a message; None where nothing shows it."""
    entry = past.recorded.get(translation.path)
    if entry and entry.of == first.path:
        if entry.original == digest(first):
            return None  # somebody looked, and said that it is up to date
        if entry.own == digest(translation) and first.path not in dates:
            return ""
    original_date, own_date = dates.get(first.path), dates.get(translation.path)
    if original_date is None or own_date is None or original_date <= own_date:
        return None
    return f" ({_day(original_date)}; this text {_day(own_date)})"


def _day(seconds: int) -> str:
    return dt.datetime.fromtimestamp(seconds, dt.UTC).date().isoformat()
