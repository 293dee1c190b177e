"""The beginning of every place that can be linked to, for the script that shows it beside a link to it.

`previews/<number>.json` holds `{"a/b/#id": [[title, page, text, language], …]}`, where the address is that of the page in the
first tree; there are several where a text has translations. The number is the address's CRC-32 modulo the number of files,
which `previews/meta.json` names, so that a preview is one small file whatever the size of the page.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from zlib import crc32

from aikb.compose.addresses import page_url
from aikb.model.site import Record
from aikb.settings import Settings
from aikb.text.sentences import shortened

_SIZE = 4_000
"""Characters of a file, about; none comes near the 15 kB that a preview may cost."""
_MOST = 4_096
"""Files, at most."""


def previews(records: Iterable[Record], settings: Settings) -> dict[str, str]:
    """Cut the beginnings of records into files, by path; none where there is nothing to link to."""
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


def _encoded(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
