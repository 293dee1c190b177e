"""The beginning of every place that can be linked to, for the script that shows it beside a link to it.

`previews/<number>.json` holds `{"a/b/#id": [[title, page, text, language], …]}`, where the address is that of the page in the
first tree; there are several where a text has translations. A fifth value is the language of the text, where the title has
another. A sixth are the links in the text, each as its beginning, its length and where it leads to from the home of a tree. The
number is the address's CRC-32 modulo the number of files, which `previews/meta.json` names, so that a preview is one small file
whatever the size of the page.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias
from zlib import crc32

from aikb.compose.addresses import page_url
from aikb.model.site import Leads, Record
from aikb.settings import Settings
from aikb.text.sentences import shortened

_SIZE = 4_000
"""Characters of a file, about; none comes near the 15 kB that a preview may cost."""
_MOST = 4_096
"""Files, at most."""


Entry: TypeAlias = list[Any]
"""Title, page, text, language; the language of the text and its links where there are any."""


def previews(
    records: Iterable[Record], unsearched: Iterable[Record], leads: Leads, settings: Settings
) -> dict[str, str]:
    """Cut the beginnings of records into files, by path; none where there is nothing to link to.

    `unsearched` are further places, and words for those that have none of their own; `leads` are the links of both.
    """
    places: dict[str, list[Entry]] = {}
    for record in (each for each in records if each.kind != "list"):
        page = page_url(record.address, settings.addresses)
        text = shortened(record.text[:1_000])
        more = _more(record.lang, record.lang, _linked(record, text, leads, settings))
        if record.fragment:
            title = record.title if record.headed else ""
            places.setdefault(f"{page}#{record.fragment}", []).append([title, record.page, text, record.lang, *more])
        first = next((other for other in places.setdefault(page, []) if other[3] == record.lang), None)
        if first is None:
            places[page].append([record.page, "", text, record.lang, *more])
        elif not first[2]:
            first[2:] = [text, record.lang, *more]  # a page begins with its first text
    for record in unsearched:
        place = page_url(record.address, settings.addresses) + (f"#{record.fragment}" if record.fragment else "")
        entries = places.setdefault(place, [])
        text = shortened(record.text[:1_000])
        named = record.titled or record.lang
        more = _more(named, record.lang, _linked(record, text, leads, settings))
        entry = [record.title, record.page, text, named, *more]
        silent = [at for at, other in enumerate(entries) if not other[2] and (record.fragment or other[3] == named)]
        if silent:
            entries[silent[0]] = entry
        elif not any(other[3] == entry[3] for other in entries):
            entries.append(entry)
    return _files(places, settings) if places else {}


def _files(places: Mapping[str, list[Entry]], settings: Settings) -> dict[str, str]:
    size = sum(
        len(each[0]) + len(each[2]) + 40 + 40 * len(each[5] if len(each) > 5 else ())
        for entries in places.values()
        for each in entries
    )
    count = min(1 << (size // _SIZE).bit_length(), _MOST)
    files: dict[int, dict[str, list[Entry]]] = {}
    for place in sorted(places):
        files.setdefault(crc32(place.encode()) % count, {})[place] = places[place]
    texts = {f"previews/{number}.json": _encoded(found) for number, found in sorted(files.items())}
    meta = {"count": count, "trees": settings.languages[1:], "addresses": settings.addresses}
    return {"previews/meta.json": _encoded(meta), **texts}


def _more(named: str, spoken: str, links: list[tuple[int, int, str]]) -> list[Any]:
    """What an entry has beside its first four values."""
    return [spoken, links] if links else [spoken] if spoken != named else []


def _linked(record: Record, text: str, leads: Leads, settings: Settings) -> list[tuple[int, int, str]]:
    """Find the words of a record's links in what is shown of its text, one after the other."""
    found, after = [], 0
    for lead in leads.get((record.path, record.fragment, record.lang), ()):
        words = " ".join(lead.words.split())
        at = _whole(words, text, after)
        if at >= 0:
            after = at + len(words)
            url = page_url(lead.address, settings.addresses)
            found.append((at, len(words), f"{url}#{lead.fragment}" if lead.fragment else url))
    return found


def _whole(words: str, text: str, start: int) -> int:
    """Where words stand in a text that are no part of longer ones; -1 where they do not."""
    at = text.find(words, start) if words else -1
    while at >= 0 and (text[at - 1 : at].isalnum() or text[at + len(words) : at + len(words) + 1].isalnum()):
        at = text.find(words, at + 1)
    return at


def _encoded(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
