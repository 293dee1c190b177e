"""Make search records of the model: every text once, whatever the number of trees that show it.

A section, a highlight, a term, and a page without sections are a record each. Drafts, comments and private parts are in none:
they are not in the model's blocks.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import TypeAlias

from aikb.compose.definition import summary
from aikb.compose.posts import styled_runs
from aikb.compose.tree import Tree, term_address
from aikb.model.document import Document
from aikb.model.highlights import Category
from aikb.model.node import Node
from aikb.model.site import Record
from aikb.read.markdown.obsidian import hashtags
from aikb.read.posts import first_words
from aikb.relate.glossary.concepts import Concept, has_text
from aikb.relate.relations import Relations
from aikb.render.attributes import without_list
from aikb.settings import EXPORTER_TAGS
from aikb.system.kept import Compared
from aikb.text.slug import plain_letters

EXPORTERS_TAGS = frozenset(EXPORTER_TAGS)
_BEGINNING = 60
"""Characters of a highlight that stand for its title."""
_BETWEEN = 3
"""Highlights between two that are tied, at most, that are taken to follow the note's sections."""
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a document's text is shown."""

    path: str
    address: str
    trees: tuple[str, ...]


KeptRecords: TypeAlias = Compared[str, tuple[Record, ...]]
"""The records of documents by path; made of the document, its place, and where it defines terms or what it is evidence for."""


def records(relations: Relations, trees: Sequence[Tree], kept: KeptRecords | None = None) -> tuple[Record, ...]:
    """Make the records of all that search may find: documents in the order of their paths, then terms, then folders.

    `kept` are those of the last build.
    """
    kept = kept or KeptRecords()
    kept.start()
    places = _places(trees)
    found: list[Record] = []
    defined: dict[str, set[int]] = {}
    for concept in relations.glossary.concepts.values():
        for term in concept.terms:
            defined.setdefault(term.path, set()).add(term.span.start)
    for path, document in relations.index.documents.items():
        if path in places and document.metadata.searchable and not document.in_glossary:
            place = places[path]
            if document.work:
                about = _about(document, relations)
                found += kept.get(path, (document, place, about), partial(_cut, _work, document, place, about))
            else:
                terms = defined.get(path, set())
                found += kept.get(path, (document, place, terms), partial(_cut, _document, document, place, terms))
    for concept in relations.glossary.concepts.values():
        found += _term(concept, relations, trees)
    for tree in trees:
        found += _folders(tree)
    return tuple(found)


def _places(trees: Sequence[Tree]) -> dict[str, _Place]:
    """Find where each document's text is shown, by the document's path."""
    places: dict[str, _Place] = {}
    for tree in trees:
        for address, document in tree.documents.items():
            place = places.get(document.path) or _Place(tree.path(address), address, ())
            places[document.path] = replace(place, trees=(*place.trees, tree.lang))
    return places


def names(relations: Relations) -> tuple[tuple[str, ...], ...]:
    """List what the glossary gives several names: labels in every language, and aliases."""
    groups = (_names(concept) for concept in relations.glossary.concepts.values())
    return tuple(group for group in groups if len(group) > 1)


def _names(concept: Concept) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*concept.labels.values(), *(alias.text for alias in concept.aliases)]))


def _cut(cut: Callable[..., Iterable[Record]], *given: object) -> tuple[Record, ...]:
    """All the records that a document is cut into."""
    return tuple(cut(*given))


def _document(document: Document, place: _Place, defined: AbstractSet[int]) -> Iterator[Record]:
    """Cut a note into the records of its sections, a file of posts into those of its posts."""
    sections = {section.span.start: section for section in document.sections}
    language = _Languages(document)
    base = Record(
        place.path,
        "",
        document.title,
        "",
        document.metadata.tags,
        lang=document.lang,
        kind="note" if len(document.sections) > document.titled else "page",
        page=document.title,
        address=place.address,
        trees=place.trees,
        year=_year(document.metadata.date),
    )
    if any(each.kind == "post" for each in document.anchors):
        yield from _posts(document, replace(base, kind="page"), language)
        return
    current, blocks = base, list[Node]()
    for block in document.blocks:
        section = sections.get(block.start) if block.kind == "heading" else None
        if section is None:
            blocks.append(block)
            continue
        own = document.titled and section is document.sections[0]
        if not own:
            yield replace(current, text=_text(blocks), lang=language.of(blocks))
        blocks = []
        current = replace(
            base,
            fragment="" if own else section.id,
            title=_line(section.title),
            tags=base.tags if own else (),
            kind="term" if section.span.start in defined else base.kind,
        )
    yield replace(current, text=_text(blocks), lang=language.of(blocks))


def _posts(document: Document, base: Record, language: _Languages) -> Iterator[Record]:
    """Make a record of a file of posts, and of each post, in plain letters and with its own tags."""
    kept = tuple(tag for tag in base.tags if tag not in document.hashtags)
    yield replace(base, tags=kept)
    posts = [each for each in document.anchors if each.kind == "post"]
    blocks_at = [node.start for node in document.blocks]
    sections = document.sections[document.titled :]
    sections_at = [each.span.start for each in sections]
    for number, post in enumerate(posts):
        blocks = document.blocks[bisect_left(blocks_at, post.span.start) : bisect_left(blocks_at, post.span.end)]
        end = posts[number - 1].span.end if number else 0
        over = sections[bisect_left(sections_at, end) : bisect_left(sections_at, post.span.start)]
        written = _text(blocks)
        yield replace(
            base,
            fragment=post.id,
            title=plain_letters(_line(over[-1].title)) if over else _beginning(first_words(blocks)),
            text=plain_letters(written),
            about=tuple(plain_letters(written[start:stop]) for start, stop in styled_runs(written)),
            tags=tuple(dict.fromkeys([*kept, *hashtags(blocks)])),
            lang=language.of(blocks),
            kind="post",
        )


class _Languages:
    """The language of a record: of most of its text."""

    def __init__(self, document: Document) -> None:
        self._lang = document.lang
        self._passages = sorted(document.passages, key=lambda each: each.end)  # those of footnotes stand last
        self._ends = [each.end for each in self._passages]

    def of(self, blocks: Sequence[Node]) -> str:
        """Tell in which language most of some blocks is."""
        if not blocks or not self._passages:
            return self._lang
        start, end = blocks[0].start, blocks[-1].end
        lengths: dict[str, int] = {}
        for at in range(bisect_right(self._ends, start), len(self._passages)):
            each = self._passages[at]
            if each.start >= end:
                break
            inside = min(each.end, end) - max(each.start, start)
            lengths[each.lang] = lengths.get(each.lang, 0) + inside
        other = max(lengths, key=lambda lang: (lengths[lang], lang), default=self._lang)
        return other if lengths.get(other, 0) * 2 > end - start else self._lang


def _work(document: Document, place: _Place, about: Mapping[str, tuple[str, ...]]) -> Iterator[Record]:
    """Make a record of a work, and of each of its highlights by itself, with the reader's note on it."""
    work = document.work
    if work is None:
        return
    said = " ".join([work.summary, work.note, ", ".join(work.authors)])
    base = Record(
        place.path,
        "",
        _line(document.title),
        _line(said),
        tuple(tag for tag in document.metadata.tags if tag.casefold() not in EXPORTERS_TAGS),
        lang=document.lang,
        kind="post" if work.category is Category.TWEET else "page",
        page=_line(document.title),
        address=place.address,
        trees=place.trees,
        source=(document.title, *work.authors),
        year=_year(work.date or document.metadata.date),
    )
    yield base
    yield from _highlights(document, base, about)


def _highlights(document: Document, base: Record, about: Mapping[str, tuple[str, ...]]) -> Iterator[Record]:
    assert document.work is not None  # noqa: S101 - only documents of works come here
    language = _Languages(document)
    quotes = {block.start: number for number, block in enumerate(document.blocks)}
    by_id = {highlight.id: highlight for highlight in document.work.highlights}
    for anchor in document.anchors:
        highlight = by_id.get(anchor.id) if anchor.kind == "highlight" else None
        if highlight:
            at = quotes[anchor.span.start]
            blocks = document.blocks[at : at + 1 + bool(highlight.note)]
            text = _text(blocks)
            yield replace(
                base,
                fragment=highlight.id,
                title=_beginning(text),
                text=text,
                tags=highlight.tags,
                lang=language.of(blocks[:1]),
                kind="post" if document.work.category is Category.TWEET else "highlight",
                headed=False,
                about=about[highlight.id],
            )


def _about(document: Document, relations: Relations) -> dict[str, tuple[str, ...]]:
    """List, by highlight, the titles of the sections that it is evidence for.

    A note on a work mostly follows it. So where two highlights are tied to two sections of a note, and between these stand as
    many highlights as sections, few and none of them tied, those belong together in their order. That is good enough for a row
    lower down, and not for evidence on the page.
    """
    uses = relations.evidence.uses
    order = [highlight.id for highlight in document.work.highlights] if document.work else []
    found = {each: [_line(tie.title) for tie in uses.get((document.path, each), ()) if tie.section] for each in order}
    tied: dict[str, dict[str, int]] = {}
    for at, each in enumerate(order):
        for tie in uses.get((document.path, each), ()):
            tied.setdefault(tie.note, {}).setdefault(tie.section, at)
    for note, places in tied.items():
        sections = relations.index.documents[note].sections
        known = [(number, places[section.id]) for number, section in enumerate(sections) if section.id in places]
        for (first, start), (last, end) in pairwise(known):
            inside = range(start + 1, end)
            if 0 < len(inside) == last - first - 1 <= _BETWEEN and not any(found[order[at]] for at in inside):
                for at, section in zip(inside, sections[first + 1 : last], strict=True):
                    found[order[at]].append(_line(section.title))
    return {each: tuple(dict.fromkeys(titles)) for each, titles in found.items()}


def _term(concept: Concept, relations: Relations, trees: Sequence[Tree]) -> Iterator[Record]:
    """Make a record of each definition of a term; it leads to the term's page, which every tree has."""
    address, called = term_address(concept.id), _names(concept)
    for term in concept.terms:
        document = relations.index.documents[term.path]
        if not document.metadata.searchable or not (has_text(term) or term is concept.terms[0]):
            continue
        own = document.in_glossary
        yield Record(
            trees[0].path(address),
            "",
            _line(concept.labels[term.lang]),
            _text([block for block in term.blocks if block.end > block.start]) if own else summary(term),
            lang=term.lang,
            kind="term",
            page=_line(concept.labels[term.lang]),
            address=address,
            trees=tuple(tree.lang for tree in trees),
            names=called,
            found=own,
        )


def _folders(tree: Tree) -> Iterator[Record]:
    """Make a record of each folder that has no page of its own, and so is a list of what is in it."""
    for folder in tree.folders:
        address = posixpath.join(folder, "index.md")
        if folder and address not in tree.documents:
            title, name = tree.folder_title(folder), posixpath.basename(folder)
            yield Record(
                tree.path(address),
                "",
                title,
                name if name.casefold() != title.casefold() else "",
                lang=tree.lang,
                kind="list",
                page=title,
                address=address,
                trees=(tree.lang,),
            )


def _beginning(text: str) -> str:
    """Cut the first words of a highlight, which has no title."""
    return text if len(text) <= _BEGINNING else f"{text[:_BEGINNING].rsplit(' ', 1)[0]} …"


def _year(date: str) -> str:
    match = _YEAR.search(date)
    return match[0] if match else ""


def _text(blocks: Sequence[Node]) -> str:
    """Write blocks as a line of plain text, as a reader sees them but for what is markup.

    A table of contents is left out: its words are the titles of other records.
    """
    pieces = []
    for block in blocks:
        if block.kind == "list" and _is_contents(block):
            continue
        waiting, begun = [block], False
        while waiting:
            node = waiting.pop()
            if node.kind == "text":
                pieces.append(without_list(node.text) if begun and node.text[:1] == "{" else node.text)
                begun = True
            elif node.kind in ("code-span", "code", "math", "math-block"):
                pieces.append(node.text)
            elif (
                node.kind == "image" and node.info == "wikilink" and node.alternative.replace(" > ", "#") == node.target
            ):
                continue  # the name of a file, and no words about it
            elif node.kind in ("soft-break", "hard-break", "item", "cell", "defined", "paragraph", "plain"):
                pieces.append(" ")
                begun = begun and node.kind.endswith("-break")
            if node.children:
                waiting += node.children[::-1]
        pieces.append(" ")
    return _line("".join(pieces))


def _is_contents(block: Node) -> bool:
    """Tell whether a list is a table of contents: each item's own line is a link into the page, and there are several."""
    items = [node for node in block.walk() if node.kind == "item"]
    return len(items) > 2 and all(_leads_inside(item) for item in items)


def _leads_inside(item: Node) -> bool:
    own = [child for block in item.children if block.kind in ("paragraph", "plain") for child in block.children]
    own = [child for child in own if child.kind != "text" or child.text.strip()]
    return len(own) == 1 and own[0].kind == "link" and own[0].target.startswith("#")


def _line(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").split())
