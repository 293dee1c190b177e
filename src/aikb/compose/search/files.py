"""Read the files of an index, each once: what `index` wrote, from memory or from a built site."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """A row of stems, read."""

    stem: str
    surfaces: tuple[str, ...]
    postings: Mapping[int, int]
    equivalents: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]
    """Bond, the stems that must follow, what is looked up."""
    count: int


class Files:
    """The files of an index, each read once."""

    def __init__(self, files: Mapping[str, str]) -> None:
        """Take the texts of `build_search`, or of a built site, by path."""
        self._files = files
        self._rows: dict[str, dict[str, Row]] = {}
        self.meta: dict[str, Any] = json.loads(files["search/meta.json"])
        self._keys = [order(key) for key in self.meta["keys"]]
        self.starts = list(accumulate(self.meta["starts"]))
        self.pages = list(accumulate(self.meta["pages"], initial=0))[:-1]
        self.langs, self.kinds = _runs(self.meta["langs"]), _runs(self.meta["kinds_of"])

    def at(self, stem: str) -> int:
        """Find the file that a stem would be in, by number."""
        return max(0, bisect_right(self._keys, order(stem)) - 1)

    def stems(self, number: int) -> Mapping[str, Row]:
        """Read a file of stems."""
        names = self.meta["stems"]
        if not 0 <= number < len(names):
            return {}
        if names[number] not in self._rows:
            rows = json.loads(self._files[f"search/{names[number]}.json"])
            self._rows[names[number]] = {row[0]: _row(row) for row in rows}
        return self._rows[names[number]]

    def record(self, number: int) -> tuple[list[Any], list[Any]]:
        """Read a record as it is shown, and its page."""
        at = bisect_right(self.starts, number) - 1
        block = json.loads(self._files[f"search/{self.meta['records'][at]}.json"])
        record = block["records"][number - self.starts[at]]
        return record, block["pages"][record[0]]


def order(text: str) -> bytes:
    """Make a key that sorts as JavaScript compares texts, by UTF-16."""
    return text.encode("utf-16-be", "surrogatepass")


def _row(cells: Sequence[Any]) -> Row:
    equivalents = []
    for each in (cells[3] if len(cells) > 3 else "").split("|"):
        rest, equals, target = each[1:].partition("=")
        if equals:
            equivalents.append((each[0], tuple(rest.split()), tuple(target.split())))
    postings = _decoded(cells[2])
    count = cells[4] if len(cells) > 4 else len(postings)
    return Row(cells[0], tuple(cells[1].split()), postings, tuple(equivalents), count)


def _decoded(text: str) -> dict[int, int]:
    """Read postings as `postings.encoded` writes them."""
    found, number, step = {}, -1, 0
    for char in text:
        if char.isupper():
            number += step or 1
            found[number] = ord(char) - 64
            step = 0
        else:
            step = step * 36 + int(char, 36)
    return found


def _runs(cells: Sequence[Any]) -> list[Any]:
    return [cells[at] for at in range(0, len(cells), 2) for _ in range(cells[at + 1])]
