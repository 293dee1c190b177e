"""Section records: every text once, whatever the number of trees that show it.

Texts are NFKC, so that ligatures (`ﬁ`) and styled letters (`𝗧𝗵𝗲`) are found by the letters a reader types.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from aikb.compose.tree import Tree, page_address
from aikb.model.document import Document
from aikb.model.node import Node
from aikb.model.site import Page, Record


def records(pages: Iterable[Page], documents: Mapping[str, Document], trees: Sequence[Tree]) -> tuple[Record, ...]:
    """The records of the documents that search may find, in the order of their paths.

    A document's place is the first tree that shows it.
    """
    places: dict[str, str] = {}
    for page in sorted(pages, key=lambda page: [tree.lang for tree in trees].index(page.tree)):
        if page.source:
            places.setdefault(page.source, page.path)
    found: list[Record] = []
    for path, document in documents.items():
        if not document.metadata.searchable:
            continue
        place = places.get(path) or _glossary_page(document, trees)
        found += _work(document, place) if document.work else _document(document, place)
    return tuple(found)


def _glossary_page(document: Document, trees: Sequence[Tree]) -> str:
    """Definitions are shown in the tree of their language."""
    tree = next((tree for tree in trees if tree.lang == document.lang), trees[0])
    return tree.path(page_address(document))


def _document(document: Document, path: str) -> Iterator[Record]:
    ids = {section.span.start: section for section in document.sections}
    title, fragment, texts = document.title, "", list[str]()
    tags = document.metadata.tags
    for block in document.blocks:
        section = ids.get(block.start) if block.kind == "heading" else None
        if section is None:
            texts.append(_text(block))
            continue
        own = document.titled and section is document.sections[0]
        if not own:
            yield Record(path, fragment, title, _joined(texts), tags if not fragment else ())
        title, texts = _folded(section.title), []
        fragment = "" if own else section.id
    yield Record(path, fragment, title, _joined(texts), tags if not fragment else ())


def _work(document: Document, path: str) -> Iterator[Record]:
    """A work, and each of its highlights by itself, with the reader's note on it."""
    work = document.work
    if work is None:
        return
    about = [work.summary, work.note, ", ".join(work.authors)]
    yield Record(path, "", _folded(document.title), _joined(about), document.metadata.tags)
    quotes = {block.start: number for number, block in enumerate(document.blocks)}
    by_id = {highlight.id: highlight for highlight in work.highlights}
    for anchor in document.anchors:
        highlight = by_id.get(anchor.id) if anchor.kind == "highlight" else None
        if highlight:
            at = quotes[anchor.span.start]
            texts = [_text(block) for block in document.blocks[at : at + 1 + bool(highlight.note)]]
            text = _joined(texts)
            yield Record(path, highlight.id, _beginning(text), text, highlight.tags)


def _beginning(text: str) -> str:
    """The first words of a highlight, which has no title."""
    return text if len(text) <= 60 else f"{text[:60].rsplit(' ', 1)[0]} …"


def _text(block: Node) -> str:
    pieces = []
    for node in block.walk():
        if node.kind in ("text", "code-span", "code", "math", "math-block"):
            pieces.append(node.text)
        elif node.kind in ("soft-break", "hard-break", "item", "cell", "paragraph", "plain"):
            pieces.append(" ")
    return "".join(pieces)


def _joined(texts: list[str]) -> str:
    return _folded(" ".join(texts))


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).replace("\u00ad", "").split())
