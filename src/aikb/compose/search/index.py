"""Write the search index: static files that a browser asks for one by one, and `aikb search` reads likewise.

| file | what is in it |
| --- | --- |
| `search/meta.json` | which stems and records are in which file, and what every query needs: languages, kinds, pages |
| `search/<hash>.json` of stems | rows `[stem, spellings, postings, equivalents, records]` in the order of stems |
| `search/<hash>.json` of records | `pages` with address, title, trees; `records` with page, fragment, title, text, tags, year |
| `search/bundle.js` | all of them as one script, for a site that is opened from a disk; only if it is asked for |

Files are named by their content, so that caches keep them and an edit replaces those that changed. The same records give
the same files, whatever the machine.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from zlib import crc32

from aikb.compose.addresses import page_url
from aikb.compose.search.bridge import Bridged, Equivalent, equivalents
from aikb.compose.search.postings import Analysed, Row, index
from aikb.compose.search.words import ending, stems
from aikb.locales.word_list import own_words
from aikb.locales.words import words
from aikb.model.site import RECORD_KINDS, Record
from aikb.settings import Settings

VERSION = 1
"""Of the format."""
FOLDER = "search"
_STEMS = 22_000
"""Characters of a file of stems, 6 to 9 kB when it is sent."""
_RECORDS = 7_000
"""Characters of a file of records, some 3 kB when it is sent."""
_COMMON = 4_000
"""Stems, the commonest, that a reader knows of before any file of stems is read."""
_SHOWN = 3_000
"""Characters of a record's text that are shown, and looked through for a phrase."""
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_SMALL_WORDS = (
    "comment pourquoi combien quel quelle quels quelles quoi quand lorsque a à de en y on si tu te toi moi me ma mes lui eux "
    "nos vos notre votre ai as ont chez much many any or my us am had could should why where whom whose just also very "
    "make makes made making get gets got getting want wants need needs faire fait fais font peut peux"
)
"""Words of questions, and small words, that are not among a language's commonest."""


class KeptIndex:
    """What the last build knew of the index; kept while serving."""

    def __init__(self) -> None:
        """Start without any."""
        self.analysed, self.bridged = Analysed(), Bridged()
        self._lines: dict[str, tuple[Row, Sequence[Equivalent], tuple[str, list[object]]]] = {}

    def of(self, rows: Iterable[Row], bridge: Mapping[str, Sequence[Equivalent]]) -> list[tuple[str, list[object]]]:
        """Write rows, but for those that were the same in the last build."""
        lines: dict[str, tuple[Row, Sequence[Equivalent], tuple[str, list[object]]]] = {}
        for row in rows:
            last, found = self._lines.get(row.stem), bridge.get(row.stem, ())
            same = last is not None and last[0] is row and last[1] == found
            lines[row.stem] = last if last and same else (row, found, _line(row, found))
        self._lines = lines
        return [line for _, _, line in lines.values()]


def build_search(
    records: Sequence[Record],
    names: Iterable[Sequence[str]],
    settings: Settings,
    dictionary: Iterable[tuple[str, str]] = (),
    kept: KeptIndex | None = None,
) -> dict[str, str]:
    """Make the files of the index, by path from the root of the site.

    `dictionary` is what the user adds to our word list, `kept` what the last build knew.
    """
    kept = kept or KeptIndex()
    rows = index(records, kept.analysed)
    vocabulary = {row.stem: row.surfaces for row in rows}
    bridge = equivalents(records, names, [*own_words(), *dictionary], vocabulary, kept.bridged)
    lines = kept.of(rows, bridge)
    lines += [_line(Row(stem, (), 0, 0, ""), found) for stem, found in bridge.items() if stem not in vocabulary]
    lines += _endings(rows)
    lines.sort(key=lambda line: line[0].encode("utf-16-be"))  # as JavaScript compares
    files: dict[str, str] = {}
    keys, stem_files = [], []
    for group in _cut(lines, _STEMS):
        keys.append(group[0][0])
        stem_files.append(_add(files, [line for _, line in group]))
    starts, blocks = [], []
    for first, block in _blocks(records, settings):
        starts.append(first)
        blocks.append(_add(files, block))
    placed = {"keys": keys, "stems": stem_files, "starts": _steps(starts), "records": blocks, "common": _common(rows)}
    files[f"{FOLDER}/meta.json"] = _JSON({**_described(records, settings), **placed})
    if settings.search_bundle:
        files[f"{FOLDER}/bundle.js"] = f"window.aikbSearchFiles={_JSON(files)}\n"
    return files


def _described(records: Sequence[Record], settings: Settings) -> dict[str, object]:
    """Say what every query needs to know of the records, in their order."""
    return {
        "version": VERSION,
        "count": len(records),
        "languages": list(settings.languages),
        "trees": [settings.tree_path("", lang) for lang in settings.languages],
        "kinds": list(RECORD_KINDS),
        "stop": sorted({stem for lang in settings.languages for stem in stop_words(lang)}),
        "pages": [len(list(group)) for _, group in groupby(records, key=lambda record: record.path)],
        "langs": _runs([record.lang for record in records]),
        "kinds_of": _runs([RECORD_KINDS.index(record.kind) for record in records]),
    }


def _endings(rows: Iterable[Row]) -> Iterator[tuple[str, list[object]]]:
    """List stems by their last letters, the commonest first, for typos in the first ones.

    A word is looked for in the file that its beginning names; with these rows also by its end. Counts are taken by powers of
    two, so that an edit leaves most rows as they were.
    """
    found: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: -row.count.bit_length()):
        if len(row.stem) > 3 and row.stem.isalpha():
            found.setdefault(ending(row.stem), []).append(row.stem)
    for key, stems_ in found.items():
        yield key, [key, " ".join(stems_), ""]


def _common(rows: Iterable[Row]) -> str:
    """Write the commonest stems as a Bloom filter of one hash (CRC-32) and eight bits a stem, in base 64.

    A reader that may ask for few files asks for those of words that are somewhere. Of the words that are nowhere, one of
    eight passes.
    """
    chosen = sorted((row for row in rows if row.stem[0] != ":"), key=lambda row: -row.count)[:_COMMON]
    bits = bytearray(len(chosen))
    for row in chosen:
        at = crc32(row.stem.encode()) % (8 * len(chosen))
        bits[at >> 3] |= 1 << (at & 7)
    return b64encode(bits).decode()


def stop_words(lang: str) -> set[str]:
    """List the stems of a language's commonest words, which say little beside others."""
    return set(stems(f"{words(lang)['common_words']} {_SMALL_WORDS}"))


def _line(row: Row, found: Sequence[Equivalent]) -> tuple[str, list[object]]:
    line: list[object] = [row.stem, " ".join(row.surfaces), row.postings]
    if found or row.count != row.kept:
        line.append("|".join(each.encoded for each in found))
    if row.count != row.kept:
        line.append(row.count)
    return row.stem, line


def _cut(lines: Sequence[tuple[str, list[object]]], size: int) -> Iterator[list[tuple[str, list[object]]]]:
    """Cut rows into files of about a size."""
    group: list[tuple[str, list[object]]] = []
    total = 0
    for line in lines:
        length = _size(line)
        if group and total + length > size:
            yield group
            group, total = [], 0
        group.append(line)
        total += length
    if group:
        yield group


def _size(line: tuple[str, list[object]]) -> int:
    return sum([len(cell) if isinstance(cell, str) else len(str(cell)) for cell in line[1]], 3 * len(line[1]))


def _blocks(records: Sequence[Record], settings: Settings) -> Iterator[tuple[int, dict[str, list[object]]]]:
    """Put neighbouring records together as they are shown, each block with the number of its first."""
    first, size = 0, 0
    block: dict[str, list[object]] = {"pages": [], "records": []}
    last = ""
    for number, record in enumerate(records):
        shown = record.text[:_SHOWN]
        if block["records"] and size + len(shown) > _RECORDS:
            yield first, block
            first, size, last = number, 0, ""
            block = {"pages": [], "records": []}
        if record.path != last:
            trees = [settings.languages.index(tree) for tree in record.trees]
            url = page_url(record.address, "directories" if settings.addresses == "sources" else settings.addresses)
            block["pages"].append([url, record.page, trees, record.lang])
            last = record.path
        extra = [list(record.tags), record.year]
        block["records"].append([len(block["pages"]) - 1, record.fragment, record.title, shown, *extra])
        size += len(shown) + len(record.title) + 60
    if block["records"]:
        yield first, block


def _add(files: dict[str, str], content: object) -> str:
    """Add a file named by its content; the name without its ending."""
    text = _JSON(content)
    name = hashlib.sha256(text.encode()).hexdigest()[:10]
    files[f"{FOLDER}/{name}.json"] = text
    return name


def _steps(numbers: Sequence[int]) -> list[int]:
    return [number - (numbers[at - 1] if at else 0) for at, number in enumerate(numbers)]


def _runs(values: Sequence[str | int]) -> list[str | int]:
    """Write values as runs: a value, how often it follows, the next value."""
    return [cell for value, group in groupby(values) for cell in (value, len(list(group)))]
