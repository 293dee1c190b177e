"""Merge exports of the same work: every work once, as a document.

The same work stands in several files where an export was made again, moved or renamed, or comes by two ways: they are one page,
with every highlight once. Works are compared by keys, never in pairs, so time is linear in the highlights.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import urlsplit

from aikb.findings.finding import called, finding
from aikb.model.document import Document, ExportFile
from aikb.model.finding import Diagnostic
from aikb.model.highlights import Highlight, Work
from aikb.read.exports.normalise import merge_highlights, passage
from aikb.read.exports.preamble import is_private
from aikb.read.work import document_of
from aikb.settings import Settings
from aikb.text.folding import folded
from aikb.text.slug import Names, slug


@dataclass(frozen=True, slots=True)
class _Entry:
    """A work, the file it stands in, and the path its document gets."""

    file: ExportFile
    work: Work
    path: str

    def __hash__(self) -> int:
        """Hash what is short; a file may have thousands of highlights, which are compared where this is equal."""
        return hash((self.path, self.work.start))


def merge_works(parsed: Sequence[Document | ExportFile], settings: Settings) -> tuple[list[Document], list[Diagnostic]]:
    """Merge exports of the same work: notes as they are, one document for each work, and the findings of the exports."""
    documents = [each for each in parsed if isinstance(each, Document)]
    exports = [each for each in parsed if isinstance(each, ExportFile)]
    found = [diagnostic for file in exports for diagnostic in file.diagnostics]
    names = Names([each.path for each in documents] + [each.source.path for each in exports])
    entries = [entry for file in exports for entry in _entries(file, names)]
    kept: list[tuple[_Entry, tuple[str, ...]]] = []
    for duplicates in _group_duplicates(entries):
        first, *others = sorted(duplicates, key=lambda entry: (not entry.path.endswith(".md"), entry.path))
        work = first.work
        for other in others:
            work = _merge(work, other.work)
            source = other.file.source
            found.append(
                finding(
                    "readwise-repeated",
                    source,
                    other.work.start,
                    source.line_end(other.work.start),
                    other=called(first.path),
                )
            )
        kept.append((replace(first, work=work), tuple(other.path for other in others)))
    made = _made([entry for entry, _ in kept], settings)
    documents += (replace(made[entry.path], others=others) for entry, others in kept)
    return documents, found


def _made(entries: Sequence[_Entry], settings: Settings) -> dict[str, Document]:
    """Make the document of each work, by its path."""
    by_file: defaultdict[str, list[_Entry]] = defaultdict(list)
    for entry in entries:
        by_file[entry.file.source.path].append(entry)
    return {
        entry.path: document
        for each in by_file.values()
        for entry, document in zip(
            each, _documents(each[0].file, tuple((entry.path, entry.work) for entry in each), settings), strict=True
        )
    }


@lru_cache(maxsize=10_000)
def _documents(file: ExportFile, works: tuple[tuple[str, Work], ...], settings: Settings) -> tuple[Document, ...]:
    """Make the documents of the works of a file; cached while serving, since of a library of hundreds of files one changes."""
    return tuple(document_of(file.source, file.metadata, work, settings, path) for path, work in works)


def _entries(file: ExportFile, names: Names) -> list[_Entry]:
    """List the works of a file with a path each; the file's own where it holds one."""
    path = file.source.path
    if len(file.works) == 1:
        return [_Entry(file, file.works[0], path)]
    entries = []
    for work in file.works:
        base = f"{posixpath.splitext(path)[0]}/{slug(work.title)[:80].strip('-') or 'untitled'}"
        entries.append(_Entry(file, work, names(base, ".md")))
    return entries


def _group_duplicates(entries: list[_Entry]) -> list[list[_Entry]]:
    """Group the entries of one work, in the order of each work's first."""
    groups: dict[int, list[_Entry]] = {}
    owner: dict[tuple[str, ...], int] = {}
    addresses: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for entry in entries:
        addresses[_name(entry.work)].add(_address(entry.work))
    series = {name for name, each in addresses.items() if name and len(each - {""}) > 1}
    for number, entry in enumerate(entries):
        known = sorted({owner[key] for key in _keys(entry.work, series) if key in owner})
        home = known[0] if known else number
        joined = groups.setdefault(home, [])
        for other in known[1:]:
            joined += groups.pop(other)
        joined.append(entry)
        for each in joined if len(known) > 1 else [entry]:
            owner.update(dict.fromkeys(_keys(each.work, series), home))
    return list(groups.values())


def _keys(work: Work, series: Collection[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Make the keys that two exports of one work share, and no two works: an id, an address, or title and author.

    In a series, such as a letter of links with one title every week, it is title, author and a highlight.
    """
    name = _name(work)
    if work.id:
        yield "id", work.id
    if address := _address(work):
        yield "address", address
    if name in series:
        for highlight in work.highlights:
            yield "passage", *name, passage(highlight.text)
    elif name:
        yield "name", *name


def _name(work: Work) -> tuple[str, ...]:
    """Make a key of title and author; empty where one of them is missing."""
    title = folded(work.title)
    return (title, folded(work.authors[0])) if title and work.authors else ()


def _address(work: Work) -> str:
    """Normalise the address of a work for comparison, if it is open to others."""
    return "" if is_private(work.url) else plain_address(work.url)


def plain_address(url: str) -> str:
    """Normalise an address: without scheme, `www.`, fragment and campaigns' ids; empty for a host alone."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    query = "&".join(
        each for each in parts.query.split("&") if each and not re.match(r"utm_|fbclid|si=|ab_channel", each)
    )
    path = parts.path.rstrip("/")
    return f"{parts.netloc.casefold().removeprefix('www.')}{path}?{query}" if path or query else ""


def _merge(first: Work, other: Work) -> Work:
    """Merge two exports of one work: highlights in the first one's order, then what only the other has."""
    kept: dict[str, Highlight] = {each.id: each for each in first.highlights}
    names: dict[str, str] = {}
    for each in first.highlights:
        names |= dict.fromkeys(_names(each), each.id)
    for each in other.highlights:
        known = next((names[name] for name in _names(each) if name in names), "")
        if known:
            kept[known] = merge_highlights(kept[known], each, newer=_age(each) >= _age(kept[known]))
        else:
            kept[each.id] = replace(each, start=first.start, end=first.start)
            names |= dict.fromkeys(_names(each), each.id)
    fields = ("category", "id", "url", "readwise_url", "cover", "date", "updated", "note", "summary", "full_text")
    filled = {name: getattr(first, name) or getattr(other, name) for name in fields}
    return replace(
        first,
        **filled,
        authors=first.authors or other.authors,
        tags=tuple(dict.fromkeys((*first.tags, *other.tags))),
        highlights=tuple(kept.values()),
    )


def _names(highlight: Highlight) -> tuple[str, ...]:
    """List what another export may call the same highlight."""
    return (highlight.id, *highlight.aliases, f"h-{passage(highlight.text)}")


def _age(highlight: Highlight) -> str:
    return highlight.date or (highlight.group.date if highlight.group else "")
