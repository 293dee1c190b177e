"""A work of an export as a document: what its page, its links and its search are made from.

Its text is made anew of the highlights, a block quote for each, so that nothing in one (a heading, a fence that is never
closed, a comment) reaches the next. Findings are told at the highlight's place in the file.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from aikb.model.document import Anchor, Document, Kind, Link, Metadata
from aikb.model.highlights import Highlight, Work
from aikb.model.node import Node
from aikb.model.source import Source, Span
from aikb.read.autolinks import with_autolinks
from aikb.read.document import Contents, locate, spelled_out
from aikb.read.language import read_languages
from aikb.read.markdown import parse_blocks
from aikb.read.prose import prose_spans
from aikb.settings import Settings

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


@dataclass(slots=True)
class _Text:
    """A text on its way, and where its stretches come from."""

    pieces: list[str] = field(default_factory=list)
    places: list[tuple[int, int, int]] = field(default_factory=list)
    highlights: dict[int, Highlight] = field(default_factory=dict)
    """By offset of the quote that shows each."""
    size: int = 0

    def add(self, text: str, start: int, end: int) -> int:
        """Append a block that comes from a stretch of the file; its offset."""
        at = self.size
        self.places.append((at, start, end))
        self.pieces.append(f"{text}\n\n")
        self.size += len(text) + 2
        return at


def document_of(file: Source, given: Metadata, work: Work, settings: Settings, path: str) -> Document:
    """The document of one work of a file, at a path of its own where the file holds several; `given` is its front matter."""
    place = locate(Source(path, "", file.root), settings)
    address = place.address
    title = work.title or spelled_out(posixpath.basename(address.removesuffix(".md")), file.text[:20_000])
    made = _written(work, title, len(file.text))
    text = "".join(made.pieces)
    source = Source(path, text, file.root, file, tuple(made.places))
    tree = tuple(_headings_to_bold(node) for node in with_links(parse_blocks(text)[0], text))
    contents = Contents(source)
    for node in tree:
        contents.read(node)
    places = {node.start: number for number, node in enumerate(tree)}
    anchors = list(contents.anchors)
    starts = [section.span.start for section in contents.sections]
    for at, highlight in made.highlights.items():
        number = places[at]
        end = tree[number + bool(highlight.note)].end  # the remark on it belongs to it
        section = contents.sections[bisect_right(starts, at) - 1].id
        names = (highlight.id, *highlight.aliases)
        anchors += [Anchor(name, "highlight", Span(at, end), section) for name in names]
    metadata = _metadata(given, work, title)
    said = metadata.lang if metadata.lang in settings.languages else place.lang
    reading = read_languages(tree, text, settings.languages, said)
    return Document(
        source=source,
        address=address,
        lang=reading.lang,
        kind=Kind.SOURCE,
        title=title,
        titled=True,
        metadata=metadata,
        blocks=tree,
        sections=tuple(contents.sections),
        anchors=tuple(anchors),
        links=(*_around(work), *contents.links),
        prose=prose_spans(tree),
        marked=bool(said),
        passages=reading.passages(tree),
        mixed=reading.mixed,
        work=work,
    )


def with_links(tree: tuple[Node, ...], text: str) -> tuple[Node, ...]:
    """A tree with bare addresses as links, as GitHub reads them."""
    if "://" in text or "www." in text or "@" in text:
        return tuple(with_autolinks(node, text) for node in tree)
    return tree


def _written(work: Work, title: str, end: int) -> _Text:
    """The work as Markdown: its title, its groups and chapters as headings, its highlights and their remarks as quotes."""
    made = _Text()
    made.add(f"# {_escaped(title)}", work.start, work.start)
    above: tuple[object, ...] = ()
    for each in work.highlights:
        headings = [(1, each.group.title)] if each.group else []
        headings += [(max(heading.level - 1, 2), heading.title) for heading in each.headings]
        for at, heading in enumerate(headings):
            if tuple(headings[: at + 1]) != above[: at + 1]:
                made.add(f"{'#' * min(heading[0] + 1, 6)} {_escaped(heading[1])}", each.start, each.end)
        above = tuple(headings)
        made.highlights[made.add(_quoted(each.text), each.start, each.end)] = each
        if each.note:
            made.add(_quoted(each.note), each.start, each.end)
    for text in (work.note, work.summary, work.remarks):
        if text:
            made.add(_quoted(text), work.start, end)
    return made


def _escaped(text: str) -> str:
    """A text that means nothing but itself; CommonMark lets every ASCII punctuation be escaped."""
    return _PUNCTUATION.sub(r"\\\1", " ".join(text.split()))


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.replace("[!", "\\[!", text.startswith("[!")).split("\n"))


def _headings_to_bold(node: Node) -> Node:
    """A quote without headings of its own: they are text in bold, and no sections of the page."""
    if node.kind == "heading":
        return node
    return _bold(node)


def _bold(node: Node) -> Node:
    children = tuple(_bold(child) for child in node.children)
    if node.kind == "heading":
        return Node("paragraph", node.start, node.end, (Node("strong", node.start, node.end, children),))
    return node if children == node.children else replace(node, children=children)


def _metadata(given: Metadata, work: Work, title: str) -> Metadata:
    return replace(
        given,
        title=title,
        description=given.description or work.summary,
        date=work.date[:10],
        authors=work.authors,
        tags=work.tags,
    )


def _around(work: Work) -> Iterable[Link]:
    """A cover that is a file of the notes, and the note with the whole text; what another host has is not asked for."""
    if work.cover and not re.match(r"(?:[a-z][\w+.-]*:|//)", work.cover, re.IGNORECASE):
        yield Link(work.cover, COVER, image=True)
    if work.full_text:
        yield Link(work.full_text, FULL_TEXT, kind="wikilink")


COVER, FULL_TEXT = Span(0, 0), Span(0, 1)
"""Where these links stand: before all others, in what no reader sees."""
