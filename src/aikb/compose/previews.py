"""The beginning of every place that can be linked to, for the script that shows it beside a link to it.

`previews/<number>.json` holds `{"a/b/#id": [[title, page, text, language], …]}`, where the address is that of the page in the
first tree; there are several where a text has translations. A fifth value is the language of the text, where the title has
another. The number is the address's CRC-32 modulo the number of files, which `previews/meta.json` names, so that a preview is
one small file whatever the size of the page.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from zlib import crc32

from aikb.compose.addresses import page_url
from aikb.compose.papers import ROWS, list_address, paper_id
from aikb.compose.tree import Tree, page_address
from aikb.compose.work_page import GROUP, added_days
from aikb.locales.words import added_on
from aikb.model.site import Record
from aikb.relate.relations import Relations
from aikb.settings import Settings
from aikb.text.sentences import shortened

_SIZE = 4_000
"""Characters of a file, about; none comes near the 15 kB that a preview may cost."""
_MOST = 4_096
"""Files, at most."""


def previews(records: Iterable[Record], unsearched: Iterable[Record], settings: Settings) -> dict[str, str]:
    """Cut the beginnings of records into files, by path; none where there is nothing to link to.

    `unsearched` are further places, and words for those that have none of their own.
    """
    places: dict[str, list[list[str]]] = {}
    for record in records:
        page = page_url(record.address, settings.addresses)
        entry = [record.title if record.headed else "", record.page, shortened(record.text[:1_000]), record.lang]
        if record.fragment:
            places.setdefault(f"{page}#{record.fragment}", []).append(entry)
        first = next((other for other in places.setdefault(page, []) if other[3] == record.lang), None)
        if first is None:
            places[page].append([record.page, "", entry[2], record.lang])
        else:
            first[2] = first[2] or entry[2]  # a page begins with its first text
    for record in unsearched:
        entries = places.setdefault(f"{page_url(record.address, settings.addresses)}#{record.fragment}", [])
        entry = _unsearched_entry(record)
        silent = [at for at, other in enumerate(entries) if not other[2]]
        if silent:
            entries[silent[0]] = entry
        elif not any(other[3] == entry[3] for other in entries):
            entries.append(entry)
    if not places:
        return {}
    size = sum(len(each[0]) + len(each[2]) + 40 for entries in places.values() for each in entries)
    count = min(1 << (size // _SIZE).bit_length(), _MOST)
    files: dict[int, dict[str, list[list[str]]]] = {}
    for place in sorted(places):
        files.setdefault(crc32(place.encode()) % count, {})[place] = places[place]
    texts = {f"previews/{number}.json": _encoded(found) for number, found in sorted(files.items())}
    meta = {"count": count, "trees": settings.languages[1:], "addresses": settings.addresses}
    return {"previews/meta.json": _encoded(meta), **texts}


def _unsearched_entry(record: Record) -> list[str]:
    entry = [record.title, record.page, shortened(record.text[:1_000]), record.titled or record.lang]
    return [*entry, record.lang] if record.titled not in {"", record.lang} else entry


def unsearched(records: Iterable[Record], relations: Relations, trees: Sequence[Tree]) -> tuple[Record, ...]:
    """List what previews show of days of a synchronisation, of papers, and of sections that only have highlights."""
    highlights = {(each.address, each.fragment): each for each in records if not each.headed}
    return (*_days(highlights, relations, trees), *_rested(highlights, relations), *_listed(trees[0]))


def _days(
    highlights: Mapping[tuple[str, str], Record], relations: Relations, trees: Sequence[Tree]
) -> Iterator[Record]:
    """Each day of a work's highlights, in the words of each tree, with the first of them."""
    for document in relations.index.documents.values():
        days = added_days(document) if document.work else {}
        first: dict[str, Record] = {}
        for each in document.work.highlights if days and document.work else ():
            record = highlights.get((page_address(document), each.id))
            if record and each.group:
                first.setdefault(" ".join(each.group.title.split()), record)
        for section in document.sections if first else ():
            if section.level == GROUP and section.title in days and section.title in first:
                shown = replace(first[section.title], fragment=section.id)
                for tree in trees:
                    yield replace(shown, title=added_on(tree.words, days[section.title]), titled=tree.lang)


def _rested(highlights: Mapping[tuple[str, str], Record], relations: Relations) -> Iterator[Record]:
    """Each section that rests on a highlight, with that; it is shown where the section has no words of its own."""
    for (path, section), ties in relations.evidence.by_section.items():
        note = relations.index.documents[path]
        found = [highlights.get((page_address(relations.index.documents[each.path]), each.highlight)) for each in ties]
        shown = next((each for each in found if each), None)
        if section and shown and note.metadata.searchable:
            yield Record(
                shown.path,
                section,
                " ".join(ties[0].title.split()),
                shown.text,
                lang=shown.lang,
                page=note.title,
                address=page_address(note),
                titled=note.lang,
            )


def _listed(tree: Tree) -> Iterator[Record]:
    """Each paper of the list, with what the first place says that names it."""
    for at, paper in enumerate(tree.ways.papers.papers):
        place = paper.places[0]
        document = tree.index.documents[place.path]
        address = list_address(tree, at // ROWS)
        yield Record(
            tree.path(address),
            paper_id(paper),
            paper.title or paper.of.label,
            place.naming.sentence or ", ".join(paper.authors),
            lang=document.lang,
            page=" · ".join([document.title, *([str(paper.year)] if paper.year else [])]),
            address=address,
        )


def _encoded(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
