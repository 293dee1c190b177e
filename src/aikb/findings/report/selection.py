"""Select the files that are reported when paths are named. All are read: a link is judged by where it leads."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA


class SelectionError(Exception):
    """A path that is no part of the knowledge base. Exit code 2."""


def select(known: Iterable[str], folder: Path, wanted: Sequence[Path]) -> frozenset[str]:
    """Select those of the `known` paths, relative to `folder`, that are one of the `wanted` or below; all, if none is named.

    `wanted` are relative to the current folder. Raises SelectionError where one has nothing to do with the knowledge base.
    """
    if not wanted:
        return frozenset(known)
    below: dict[str, set[str]] = {}
    for name in known:
        place = Path(_place(folder / name))
        for above in (place, *place.parents):
            below.setdefault(str(above), set()).add(name)
    chosen: set[str] = set()
    for path in wanted:
        real = os.path.relpath(
            os.path.realpath(path), os.path.realpath(folder)
        )  # for a way into the folder over a link
        names = below.get(_place(path)) or below.get(_place(folder / real))
        if names is None:
            raise SelectionError(f"{path} is no part of the knowledge base{_hint(path, folder, below)}")
        chosen |= names
    return frozenset(chosen)


def _hint(path: Path, folder: Path, below: Iterable[str]) -> str:
    """Suggest the file or folder that was meant, as it is written from here; empty where none is near."""
    here = Path(_place(folder))
    outside = {str(each) for each in (here, *here.parents)}
    names = {os.path.relpath(each): Path(each).stem for each in below if each not in outside}
    near = process.extractOne(path.stem, names, scorer=OSA.normalized_similarity, score_cutoff=0.65)
    return f" (did you mean {near[2]}?)" if near else ""


def _place(path: Path) -> str:
    """Normalise a path, links as they are named, spelt as `load` spells it whatever the disk and the command line do."""
    return unicodedata.normalize("NFC", os.path.normpath(Path.cwd() / path))
