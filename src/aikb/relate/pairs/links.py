"""Pair pages that a link at the head of one calls the same in another language (`read/language_links`).

A link that many pages have leads home, and pairs none of them.
"""

from __future__ import annotations

import posixpath
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from aikb.model.document import Document
from aikb.settings import Settings


def linked_twins(documents: Sequence[Document], settings: Settings) -> dict[str, Document]:
    """Find for each document the one that a link at its head calls the same in another language, by path."""
    if not any(document.twins for document in documents):
        return {}
    by_path = {document.path: document for document in documents}
    said: list[tuple[Document, Document]] = []
    for document in documents:
        for lang, target in document.twins:
            other = by_path.get(path := _path(document, target, settings)) or by_path.get(f"{path}.md")
            if other and other.path != document.path and lang == other.lang != document.lang:
                said.append((document, other))
    both = {(one.path, other.path) for one, other in said}
    claims = Counter((other.path, one.lang) for one, other in said)
    twins: dict[str, Document] = {}
    for one, other in said:
        mutual = (other.path, one.path) in both
        if mutual or (claims[other.path, one.lang] == 1 and other.path not in twins):
            twins.setdefault(one.path, other)
    return _leaders(twins, by_path, settings.languages)


def _leaders(
    twins: Mapping[str, Document], by_path: Mapping[str, Document], languages: Sequence[str]
) -> dict[str, Document]:
    """Choose of each pair the one whose language comes first; a document that two pairs hold keeps the first."""
    leaders: dict[str, Document] = {}
    taken: defaultdict[str, set[str]] = defaultdict(set)
    for path, other in twins.items():
        pair = sorted((by_path[path], other), key=lambda each: (languages.index(each.lang), each.path))
        first, second = pair
        if second.path in leaders or first.path in leaders or second.lang in taken[first.path]:
            continue
        taken[first.path].add(second.lang)
        leaders[second.path] = first
    return leaders


def _path(document: Document, target: str, settings: Settings) -> str:
    """Give the path that a link leads to; one with a slash before it is counted from the root of the notes."""
    if target.startswith("/"):
        return settings.note_path(target.lstrip("/"))
    return posixpath.normpath(posixpath.join(posixpath.dirname(document.path), target))
