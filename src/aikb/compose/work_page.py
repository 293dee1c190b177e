"""The page of a work: what it is, and its highlights as quotations that can be linked to.

Everything in it is other people's text: highlights are written through the parse tree and sanitised as notes are, and the rest
is escaped.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from html import escape

from aikb.compose.tree import Tree, date, href, page_address, relative
from aikb.locales.words import counted, day, words
from aikb.model.document import Document
from aikb.model.highlights import Highlight, Work
from aikb.model.node import Node
from aikb.read.exports.normalise import LONG
from aikb.read.exports.preamble import is_private
from aikb.read.work import COVER, FULL_TEXT
from aikb.relate.evidence import Evidence, Tie
from aikb.relate.index import Index
from aikb.relate.relations import Relations
from aikb.relate.resolve import is_web
from aikb.render.escape import lang_attribute, raw_block
from aikb.render.markdown import Writer

HUES = 6
"""How many colours typographic covers have."""


def body(document: Document, writer: Writer, index: Index, relations: Relations) -> str:
    """The text of a work's page, the same in every tree: its title, the reader's remarks on it, and its highlights."""
    work = document.work
    assert work is not None  # noqa: S101 - only documents of works come here
    ids = {anchor.span.start: anchor.id for anchor in reversed(document.anchors) if anchor.kind == "highlight"}
    by_id = {highlight.id: highlight for highlight in work.highlights}
    page = _Page(document, writer, index, relations)
    quotes = iter(document.blocks)
    parts: list[str] = []
    for block in quotes:
        name = ids.get(block.start, "")
        if not name:
            parts.append(page.other(block))
            continue
        highlight = by_id[name]
        note = next(quotes) if highlight.note else None
        parts.append(page.highlight(highlight, block, note))
    return "\n\n".join(part for part in parts if part) + "\n"


class _Page:
    """Writes the parts of one page."""

    def __init__(self, document: Document, writer: Writer, index: Index, relations: Relations) -> None:
        self._document = document
        self._writer = writer
        self._index = index
        self._evidence: Evidence = relations.evidence
        self._words = words(document.lang)

    def other(self, block: Node) -> str:
        """A heading, or a remark on the whole work."""
        text = "\n".join(self._writer.block(block))
        if block.kind == "heading":
            return text
        text = "\n".join(self._writer.blocks(block.children if block.kind == "quote" else [block]))
        return "\n\n".join((raw_block('<div class="aikb-remark">'), text, raw_block("</div>")))

    def highlight(self, highlight: Highlight, quote: Node, note: Node | None) -> str:
        """A quotation with its permalink, the reader's note apart, and where it is used."""
        others = "".join(f'<a id="{escape(name)}"></a>' for name in highlight.aliases)
        parts = [raw_block(f'<figure class="aikb-highlight" id="{escape(highlight.id)}">{others}')]
        text = "\n".join(self._writer.blocks([quote]))
        if len(highlight.text) > LONG:
            summary = escape(self._words["highlight_long"])
            parts += [raw_block(f"<details><summary>{summary}</summary>"), text, raw_block("</details>")]
        else:
            parts.append(text)
        if note is not None:
            label = escape(self._words["remark"])
            remark = "\n".join(self._writer.blocks(note.children if note.kind == "quote" else [note]))
            parts += [
                raw_block(f'<div class="aikb-remark"><p class="aikb-heading">{label}</p>'),
                remark,
                raw_block("</div>"),
            ]
        caption = " ".join((*self._facts(highlight), *self._used(highlight)))
        parts.append(raw_block(f"<figcaption>{caption}</figcaption></figure>"))
        return "\n\n".join(parts)

    def _facts(self, highlight: Highlight) -> Iterator[str]:
        """The permalink, which names the place, then date, tags, and the ways to the original."""
        place = place_of(highlight, self._words) or "#"
        label = escape(self._words["permalink"])
        target = f"#{escape(highlight.id)}"
        yield f'<a class="aikb-permalink" href="{target}" title="{label}">{escape(place)}</a>'
        if highlight.date:
            yield date(highlight.date[:10], self._document.lang, short=True)
        for tag in highlight.tags:
            yield f'<span class="aikb-tag">{escape(tag)}</span>'
        if url := shown_address(highlight.url, self._index):
            name = "open_readwise" if is_private(url) else "open_original"
            yield f'<a class="aikb-open" href="{escape(url)}" rel="noopener noreferrer">{escape(self._words[name])}</a>'

    def _used(self, highlight: Highlight) -> Iterator[str]:
        """The sections of notes that quote or discuss it."""
        uses = self._evidence.uses.get((self._document.path, highlight.id), ())
        links = [self._use(use) for use in uses]
        if links:
            lead = escape(self._words["used_in"])
            yield f'<span class="aikb-used">{lead}{self._words["colon"]}{", ".join(links)}</span>'

    def _use(self, use: Tie) -> str:
        document = self._index.documents[use.note]
        target = relative(page_address(document), page_address(self._document))
        fragment = f"#{use.section}" if use.section else ""
        language = lang_attribute(document.lang, self._document.lang)
        return f'<a href="{escape(target + fragment)}"{language}>{escape(use.title)}</a>'


def place_of(highlight: Highlight, texts: Mapping[str, str]) -> str:
    """Where in the work a highlight is, in words: page 23, location 226, 0:12:44."""
    if highlight.page:
        return texts["at_page"].format(label=highlight.page)
    if highlight.location and highlight.location.kind != "order":
        return texts[f"at_{highlight.location.kind}"].format(label=highlight.location.label)
    return ""


def shown_address(url: str, index: Index) -> str:
    """An address that may be published: one that a browser opens, and the reader's own library only where that is wanted."""
    settings = index.settings
    private = settings.readwise_links == "always" or (settings.readwise_links == "serve" and settings.serving)
    if not is_web(url) or (is_private(url) and not private):
        return ""
    return url


def before(document: Document, tree: Tree, relations: Relations) -> str:
    """What stands over the title: a cover, the kind of work, its authors, date, address, and how much of it was highlighted."""
    work = document.work
    assert work is not None  # noqa: S101 - only documents of works come here
    by = tree.words["by"].format(authors=", ".join(work.authors)) if work.authors else ""
    kind = tree.words[f"kind_{work.category or 'unknown'}"]
    facts = [f"<span>{escape(f'{kind} {by}'.strip())}</span>"]
    if work.date:
        facts.append(date(work.date[:10], tree.lang))
    elif work.updated:
        told = tree.words["last_highlighted"].format(date=day(work.updated[:10], tree.lang))
        facts.append(f"<span>{escape(told)}</span>")
    facts.append(f"<span>{escape(counted(tree.words, 'highlight_count', len(work.highlights)))}</span>")
    if url := shown_address(work.url, tree.index):
        name = "open_readwise" if is_private(url) else "open_original"
        facts.append(f'<a href="{escape(url)}" rel="noopener noreferrer">{escape(tree.words[name])}</a>')
    whole = relations.resolutions[document.path].get(FULL_TEXT)
    if whole is not None and whole.kind == "page":
        target = href(whole, page_address(document), tree.index)
        facts.append(f'<a href="{escape(target)}">{escape(tree.words["full_text"])}</a>')
    if "tags" not in document.metadata.hide:
        facts += [f'<span class="aikb-tag">{escape(tag)}</span>' for tag in work.tags]
    return raw_block(f'{_cover(document, work, tree, relations)}<p class="aikb-meta">{" ".join(facts)}</p>')


def _cover(document: Document, work: Work, tree: Tree, relations: Relations) -> str:
    """The cover, where its file is in the notes; else one made of the title. It says nothing that the page does not."""
    resolution = relations.resolutions[document.path].get(COVER)
    if resolution is not None and resolution.kind == "asset":
        return f'<img class="aikb-cover" src="{escape(href(resolution, page_address(document), tree.index))}" alt="">'
    hue = hashlib.sha256(document.title.encode()).digest()[0] % HUES
    author = f"<span>{escape(work.authors[0])}</span>" if work.authors else ""
    language = lang_attribute(document.lang, tree.lang)
    title = f"<strong>{escape(_short(document.title))}</strong>"
    return f'<div class="aikb-cover aikb-cover--{hue}" aria-hidden="true"{language} data-search-exclude>{title}{author}</div>'


def _short(title: str, size: int = 70) -> str:
    return title if len(title) <= size else f"{title[:size].rsplit(' ', 1)[0]}…"
