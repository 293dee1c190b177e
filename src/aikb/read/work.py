"""Make a document of a work of an export: what its page, its links and its search are made from.

Its text is made anew of the highlights, a block quote for each, so that nothing in one (a heading, a fence that is never
closed, a comment) reaches the next. Findings are told at the highlight's place in the file.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from aikb.findings.finding import finding
from aikb.model.document import Anchor, Document, Kind, Link, Metadata, Section
from aikb.model.finding import Diagnostic
from aikb.model.highlights import Highlight, Work
from aikb.model.node import Node
from aikb.model.source import Source, Span
from aikb.read.document import locate, spelled_out
from aikb.read.language.blocks import read_languages
from aikb.read.markdown.autolinks import with_links
from aikb.read.markdown.parse import parse_blocks
from aikb.read.prose import prose_spans
from aikb.read.symbols import collect_symbols
from aikb.settings import Settings
from aikb.text.sanitize import lint_html
from aikb.text.secrets import find_secrets

_UNDERLINE = re.compile(r" {0,3}(?:-+|=+)[ \t]*")
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
    """Make the document of one work, at a path of its own where its file holds several; `given` is the file's front matter."""
    place = locate(Source(path, "", file.root), settings)
    title = work.title or spelled_out(posixpath.basename(place.address.removesuffix(".md")), file.text[:20_000])
    written = _write_markdown(work, title, len(file.text))
    text = "".join(written.pieces)
    source = Source(path, text, file.root, file, tuple(written.places))
    tree = tuple(_headings_to_bold(node) for node in with_links(parse_blocks(text)[0], text))
    symbols = collect_symbols(source, tree)
    metadata = _metadata(given, work, title)
    declared = metadata.lang if metadata.lang in settings.languages else place.lang
    reading = read_languages(tree, text, settings.languages, declared)
    return Document(
        source=source,
        address=place.address,
        lang=reading.lang,
        kind=Kind.SOURCE,
        title=title,
        titled=True,
        metadata=metadata,
        blocks=tree,
        sections=tuple(symbols.sections),
        anchors=(*symbols.anchors, *_highlight_anchors(written.highlights, tree, symbols.sections)),
        links=(*_links_of(work), *symbols.links),
        prose=prose_spans(tree),
        marked=bool(declared),
        passages=reading.passages(tree),
        mixed=reading.mixed,
        diagnostics=(*_lost(tree, source), *_secrets(source)),
        work=work,
    )


def _lost(tree: Sequence[Node], source: Source) -> Iterator[Diagnostic]:
    """Find what is left out of highlights: words of a passage about HTML may be among it, which nobody would miss."""
    if "<" not in source.text:
        return
    for code, start, end, values in lint_html(tree):
        if code == "html-unsafe":
            yield finding(code, source, start, end, **values)


def _secrets(source: Source) -> Iterator[Diagnostic]:
    """Find keys in what is shown of an export, remarks among it."""
    for secret in find_secrets(source.text):
        if not secret.shared:
            yield finding("secret-published", source, secret.start, secret.end, what=secret.what, start=secret.first)


def _highlight_anchors(
    highlights: Mapping[int, Highlight], tree: Sequence[Node], sections: Sequence[Section]
) -> Iterator[Anchor]:
    """Make the anchors of each highlight, its id and its aliases, over its quote and the remark on it.

    `highlights` are by the offset of the quote, a top-level block; a heading stands above all of them.
    """
    numbers = {node.start: number for number, node in enumerate(tree)}
    starts = [section.span.start for section in sections]
    for at, highlight in highlights.items():
        last = tree[numbers[at] + bool(highlight.note)]
        section = sections[bisect_right(starts, at) - 1].id
        for name in (highlight.id, *highlight.aliases):
            yield Anchor(name, "highlight", Span(at, last.end), section)


def _write_markdown(work: Work, title: str, end: int) -> _Text:
    """Write the work as Markdown: title, groups and chapters as headings, highlights and remarks as quotes."""
    text = _Text()
    text.add(f"# {_escaped(title)}", work.start, work.start)
    above: tuple[object, ...] = ()
    for each in work.highlights:
        headings = [(1, each.group.title)] if each.group else []
        headings += [(max(heading.level - 1, 2), heading.title) for heading in each.headings]
        for at, heading in enumerate(headings):
            if tuple(headings[: at + 1]) != above[: at + 1]:
                text.add(f"{'#' * min(heading[0] + 1, 6)} {_escaped(heading[1])}", each.start, each.end)
        above = tuple(headings)
        text.highlights[text.add(_quoted(each.text), each.start, each.end)] = each
        if each.note:
            text.add(_quoted(each.note), each.start, each.end)
    for remark in (work.note, work.summary, work.remarks):
        if remark:
            text.add(_quoted(remark), work.start, end)
    return text


def _escaped(text: str) -> str:
    """Escape a text so that it means nothing but itself; CommonMark lets every ASCII punctuation be escaped."""
    return _PUNCTUATION.sub(r"\\\1", " ".join(text.split()))


def _quoted(text: str) -> str:
    """Quote a text; a line of dashes in it is a rule, and makes no heading of the line above."""
    rows: list[str] = []
    fence = False
    for line in text.replace("[!", "\\[!", text.startswith("[!")).split("\n"):
        fence ^= line.lstrip().startswith(("```", "~~~"))
        if not fence and rows and rows[-1].strip() and _UNDERLINE.fullmatch(line):
            rows += ["", line] if line.strip().startswith("---") else [f"\\{line.strip()}"]
        else:
            rows.append(line)
    return "\n".join(f"> {row}".rstrip() for row in rows)


def _headings_to_bold(node: Node) -> Node:
    """Turn the headings in a quote into bold text: they are no sections of the page."""
    if node.kind == "heading":
        return node
    return _bold(node)


def _bold(node: Node) -> Node:
    children = tuple(_bold(child) for child in node.children)
    if node.kind == "heading":
        return Node("paragraph", node.start, node.end, (Node("strong", node.start, node.end, children),))
    return node.with_children(children)


def _metadata(given: Metadata, work: Work, title: str) -> Metadata:
    return replace(
        given,
        title=title,
        description=given.description or work.summary,
        date=work.date[:10],
        authors=work.authors,
        tags=work.tags,
    )


def _links_of(work: Work) -> Iterable[Link]:
    """Make the links of a work: to a cover that is a file of the notes, and to the note with the whole text."""
    if work.cover and not re.match(r"(?:[a-z][\w+.-]*:|//)", work.cover, re.IGNORECASE):
        yield Link(work.cover, COVER, image=True)
    if work.full_text:
        yield Link(work.full_text, FULL_TEXT, kind="wikilink")


COVER, FULL_TEXT = Span(0, 0), Span(0, 1)
"""Where these links stand: before all others, in what no reader sees."""
