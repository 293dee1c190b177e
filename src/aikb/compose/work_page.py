"""The page of a work: what it is, and its highlights as quotations that can be linked to.

Everything in it is other people's text: highlights are rendered through the parse tree and sanitised as notes are, and the rest
is escaped by the templates.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from aikb.compose.addresses import to_document, to_file
from aikb.compose.citations import bibtex_entry, cited_work, csl_item
from aikb.compose.links import Reference
from aikb.compose.tags import shown_tags, tag_links
from aikb.compose.tree import page_address
from aikb.locales.words import UNDATED
from aikb.model.document import Document
from aikb.model.highlights import Highlight
from aikb.model.node import Node
from aikb.model.site import BEFORE, Body, Heading, Slot
from aikb.read.exports.items import COLORS
from aikb.read.exports.normalise import LONG
from aikb.read.exports.preamble import is_private
from aikb.read.work import COVER, FULL_TEXT
from aikb.relate.index import Index
from aikb.relate.links.resolve import is_web
from aikb.relate.relations import Relations
from aikb.render.renderer import Renderer
from aikb.render.text import Numbering, Text

HUES = 6
"""How many colours typographic covers have."""
GROUP = 2
"""The level of the headings over the highlights of one synchronisation."""
_EXPORTERS = re.compile(r"(?:new )?highlights? (?:added|synced|first synced)\b", re.IGNORECASE)
"""How exporters begin them: Readwise's Obsidian and Logseq plugins, `New highlights added October 14, 2024 at 9:56 AM`."""
_BARE = frozenset(("highlights", "new highlights", "surlignages"))
"""How they head those of the first day."""
_SHORT = 70
"""Characters of a title that fit a cover."""


def body(document: Document, text: Text, relations: Relations, renderer: Renderer) -> Body:
    """Render the text of a work's page, the same in every tree: title, the reader's remarks on it, and its highlights."""
    assert document.work is not None  # noqa: S101 - only documents of works come here
    ids = {anchor.span.start: anchor.id for anchor in reversed(document.anchors) if anchor.kind == "highlight"}
    by_id = {highlight.id: highlight for highlight in document.work.highlights}
    page = _Page(document, text, relations, renderer)
    quotes, number = iter(document.blocks), 0
    blocks: list[Node | Slot] = []
    for block in quotes:
        name = ids.get(block.start, "")
        if name:
            highlight = by_id[name]
            number += 1
            blocks.append(page.highlight(highlight, number, block, next(quotes) if highlight.note else None))
        elif block.kind == "heading":
            blocks += [page.heading(block)] if BEFORE in blocks else [block, BEFORE]
        else:
            blocks.append(Slot("remark", {"text": page.body(_inside(block))}))
    rendered = renderer.render(blocks, text, document.title, page.numbering)
    return replace(rendered, headings=page.headings(rendered.headings)) if page.groups else rendered


def _inside(block: Node) -> Sequence[Node]:
    """The blocks of a remark, which is a quote by its form."""
    return block.children if block.kind == "quote" else [block]


class _Page:
    """Makes the parts of one page."""

    def __init__(self, document: Document, text: Text, relations: Relations, renderer: Renderer) -> None:
        self._document = document
        self._text = text
        self._relations = relations
        self._renderer = renderer
        self.numbering = Numbering()
        self.numbering.ids.update(text.heading_ids.values())
        self._sections = {section.span.start: section for section in document.sections}
        self._added = added_days(document)
        self.groups: dict[str, str] = {}
        """When what stands under some headings was added, by their ids."""

    def body(self, blocks: Sequence[Node], source: str = "", prefix: str = "") -> Body:
        """Render a part of the page."""
        return self._renderer.render(blocks, self._text, source, self.numbering, prefix)

    def heading(self, block: Node) -> Node | Slot:
        """A heading; one that an exporter writes over the highlights of a day is that day, in the words of the tree."""
        section = self._sections.get(block.start)
        added = self._added.get(section.title) if section and section.level == GROUP else None
        if section is None or added is None:
            return block
        self.groups[section.id] = added
        values = {"level": section.level, "id": section.id, "anchors": self._text.aliases.get(block.start, ())}
        return Slot("added", {**values, "added": added, "around": self._document.lang})

    def headings(self, found: Sequence[Heading]) -> tuple[Heading, ...]:
        """The page's headings, in their order, with those that say a day."""
        known = {heading.id: heading for heading in found}
        for section in self._document.sections:
            if section.id in self.groups:
                known[section.id] = Heading(section.level, section.id, "", added=self.groups[section.id])
        return tuple(known[each.id] for each in self._document.sections if each.id in known)

    def highlight(self, highlight: Highlight, number: int, quote: Node, note: Node | None) -> Slot:
        """A quotation with its number and permalink, the reader's note apart, and where it is used."""
        url = shown_address(highlight.url, self._relations.index)
        values = {
            "id": highlight.id,
            "number": number,
            "color": highlight.color if highlight.color in COLORS else "",
            "aliases": highlight.aliases,
            "text": self.body([quote], highlight.text, f"{highlight.id}-"),
            "long": len(highlight.text) > LONG,
            "note": self.body(_inside(note), highlight.note, f"{highlight.id}-n-") if note is not None else None,
            "place": place_of(highlight),
            "date": highlight.date[:10],
            "tags": tag_links(highlight.tags, page_address(self._document), self._relations),
            "url": url,
            "private": is_private(url),
            "uses": self._uses(highlight),
            "around": self._document.lang,
        }
        return Slot("highlight", values)

    def _uses(self, highlight: Highlight) -> tuple[Reference, ...]:
        """The sections of notes that quote or discuss a highlight."""
        index, origin = self._relations.index, page_address(self._document)
        ties = self._relations.evidence.uses.get((self._document.path, highlight.id), ())
        notes = [(tie, index.documents[tie.note]) for tie in ties]
        return tuple(
            Reference(tie.title, to_document(note, origin, index, tie.section), note.lang) for tie, note in notes
        )


def added_days(document: Document) -> dict[str, str]:
    """When the highlights of a synchronisation were added, by the title of its heading: the day, in ISO 8601, or UNDATED.

    With its time, where two have the same day. Only of titles that say no more than that.
    """
    highlights = document.work.highlights if document.work else ()
    groups = {" ".join(each.group.title.split()): each.group.date for each in highlights if each.group}
    dated = {title: date for title, date in groups.items() if date and _EXPORTERS.match(title)}
    days = Counter(date[:10] for date in dated.values())
    bare = {title: UNDATED for title in groups if title.casefold() in _BARE}
    return bare | {title: date if days[date[:10]] > 1 else date[:10] for title, date in dated.items()}


def place_of(highlight: Highlight) -> tuple[str, str] | None:
    """Where in the work a highlight is: a kind of place and its label; None where that is not known."""
    if highlight.page:
        return "page", str(highlight.page)
    if highlight.location and highlight.location.kind != "order":
        return highlight.location.kind, highlight.location.label
    return None


def shown_address(url: str, index: Index) -> str:
    """An address that may be published: one that a browser opens, and the reader's own library only where that is wanted."""
    settings = index.settings
    private = settings.readwise_links == "always" or (settings.readwise_links == "serve" and settings.serving)
    if not is_web(url) or (is_private(url) and not private):
        return ""
    return url


def header(document: Document, relations: Relations) -> Slot:
    """What stands over the title: a cover, the kind of work, its authors, date, address, and how much of it was highlighted."""
    work = document.work
    assert work is not None  # noqa: S101 - only documents of works come here
    index, resolutions = relations.index, relations.resolutions[document.path]
    url = shown_address(work.url, index)
    cover, whole = resolutions.get(COVER), resolutions.get(FULL_TEXT)
    origin = page_address(document)
    picture = to_file(cover.path, index.settings) if cover is not None and cover.kind == "asset" else ""
    cited = cited_work(work, "" if is_private(url) else url)
    text = index.documents[whole.path] if whole is not None and whole.kind == "page" else None
    values = {
        "title": _shortened(document.title),
        "text_lang": document.lang,
        "author": work.authors[0] if work.authors else "",
        "authors": ", ".join(work.authors),
        "cover": picture,
        "hue": hashlib.sha256(document.title.encode()).digest()[0] % HUES,
        "kind": str(work.category or "unknown"),
        "date": work.date[:10],
        "updated": "" if work.date else work.updated[:10],
        "count": len(work.highlights),
        "url": url,
        "private": is_private(url),
        "full_text": to_document(text, origin, index) if text else "",
        "tags": tag_links(shown_tags(document), origin, relations),
        "quoted": ", ".join((*work.authors, f"*{' '.join(document.title.split())}*")),
        "bibtex": bibtex_entry(cited).rstrip(),
        "csl_json": json.dumps(csl_item(cited), ensure_ascii=False, indent=1),
    }
    return Slot("work-header", values)


def _shortened(title: str) -> str:
    return title if len(title) <= _SHORT else f"{title[:_SHORT].rsplit(' ', 1)[0]}…"


_PASSAGES = 20
"""Highlights that search engines are told of, of one work."""


def passages(document: Document, most: int | None = _PASSAGES) -> tuple[tuple[str, str], ...]:
    """The highlights of a work as plain text, each with its id, the first ones or all (None); of a note, nothing."""
    if document.work is None:
        return ()
    ids = {anchor.span.start: anchor.id for anchor in reversed(document.anchors) if anchor.kind == "highlight"}
    quotes = (block for block in document.blocks if block.start in ids)
    return tuple((ids[each.start], " ".join(each.plain_text.split())) for each in islice(quotes, most))
