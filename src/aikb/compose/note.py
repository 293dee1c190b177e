"""The page of a note or a source: its own text, and around it what the tree adds."""

from __future__ import annotations

from html import escape

from aikb.compose import work_page
from aikb.compose.quotation import Quotations
from aikb.compose.tree import Tree, date, href, page_address, relative
from aikb.locales.words import language_name, words
from aikb.model.document import Document
from aikb.model.highlights import Highlight
from aikb.model.node import Node
from aikb.model.source import Span
from aikb.relate.index import Index
from aikb.relate.relations import Backlink, Relations
from aikb.relate.resolve import Resolution
from aikb.render.escape import bracketed_address, lang_attribute, plain, raw, raw_block
from aikb.render.markdown import Writer
from aikb.render.term_links import term_links
from aikb.text.typography import typeset


def body(document: Document, index: Index, relations: Relations, quotations: Quotations) -> str:
    """A document's text, the same in every tree. It begins with a first-level heading."""

    def embedded(resolution: Resolution) -> list[str]:
        found = quotations.quote(resolution.path, resolution.fragment)
        return _embed(*found, document, index, relations, quotations) if found else []

    writer = _writer(document, page_address(document), index, relations)
    writer.heading_ids = {section.span.start: section.id for section in document.sections}
    writer.aliases = _older_ids(document, index)
    writer.block_ids = {each.span.start: each.id for each in document.anchors if each.kind in ("block", "term")}
    writer.embedded = embedded
    writer.preview = lambda resolution: (
        quotations.preview(resolution.path, resolution.fragment) if resolution.fragment else ""
    )
    if document.work:
        return work_page.body(document, writer, index, relations)
    text = writer.document(_supported(document, quotations))
    if document.titled:
        return text
    return f"{raw_block(f'<h1>{escape(document.title)}</h1>')}\n\n{text}"


def _writer(document: Document, address: str, index: Index, relations: Relations, within: Span | None = None) -> Writer:
    """What writes blocks of a document on the page at an address; `within`, those of a part of it only."""
    return Writer(
        resolutions=relations.resolutions[document.path],
        href=lambda resolution: href(resolution, address, index, document.lang),
        words=dict(words(document.lang)),
        mentions=term_links(document, relations, within),
        languages={passage.start: passage.lang for passage in document.passages},
        spelled=typeset if index.settings.typography else None,
        lang=document.lang,
    )


def _embed(
    document: Document,
    highlight: Highlight,
    quote: Node,
    origin: Document,
    index: Index,
    relations: Relations,
    quotations: Quotations,
) -> list[str]:
    """A highlight in place, with its source."""
    writer = _writer(document, page_address(origin), index, relations, Span(quote.start, quote.end))
    language = lang_attribute(document.lang, origin.lang)
    caption = quotations.source(document, highlight, origin)
    lines = writer.blocks([quote])
    opening = raw_block(f'<figure class="aikb-highlight"{language}>')
    return [opening, "", *lines, "", raw_block(f"<figcaption>{caption}</figcaption></figure>")]


def _supported(document: Document, quotations: Quotations) -> list[Node]:
    """The blocks of a note, with the evidence for each section at its end."""
    blocks: list[Node] = []
    waiting = iter([*document.sections, None])
    following = next(waiting)
    name = ""
    for block in [*document.blocks, None]:
        while following and (block is None or following.span.start <= block.start):
            blocks += _evidence(quotations.under(document, name), following.span.start)
            top = document.titled and following is document.sections[0]
            name, following = "" if top else following.id, next(waiting)
        if block is not None:
            blocks.append(block)
    return [*blocks, *_evidence(quotations.under(document, name), len(document.source.text))]


def _evidence(markup: str, at: int) -> list[Node]:
    return [Node("made", at, at, text=markup)] if markup else []


def _older_ids(document: Document, index: Index) -> dict[int, tuple[str, ...]]:
    """The ids that each heading had before it was renamed, by the heading's offset."""
    renamed = index.anchors(document.path).renamed
    return {
        section.span.start: tuple(old for old, anchor in renamed.items() if anchor.id == section.id)
        for section in document.sections
        if renamed
    }


def before(document: Document, tree: Tree, relations: Relations) -> str:
    """What stands over the text: what it is, when it was written and by whom, and that it is in another language."""
    parts = [work_page.before(document, tree, relations) if document.work else _facts(document, tree)]
    if document.lang != tree.lang:
        parts.append(raw_block(f'<div lang="{document.lang}">'))
    if notice := _notice(document, tree):
        parts.insert(0, raw_block(f'<p class="aikb-notice">{escape(notice)}</p>'))
    return "\n\n".join(part for part in parts if part)


def _facts(document: Document, tree: Tree) -> str:
    facts = []
    metadata = document.metadata
    if metadata.authors and document.kind == "source":
        facts.append(escape(tree.words["by"].format(authors=", ".join(metadata.authors))))
    if metadata.date:
        facts.append(date(metadata.date, tree.lang))
    if "tags" not in metadata.hide:
        facts += [f'<span class="aikb-tag">{escape(tag)}</span>' for tag in metadata.tags]
    return raw_block(f'<p class="aikb-meta">{" ".join(facts)}</p>') if facts else ""


def _notice(document: Document, tree: Tree) -> str:
    """In which languages a text is, where that is not the tree's alone."""
    language, other = (language_name(lang, tree.lang) for lang in (document.lang, document.mixed or document.lang))
    if document.lang == tree.lang:
        return tree.words["notice_mixed"].format(language=other) if document.mixed else ""
    if document.mixed:
        return tree.words["notice_both"].format(language=language, other=other)
    return tree.words["notice"].format(language=language)


def after(document: Document, tree: Tree, relations: Relations) -> str:
    """What stands under the text: which sections of which notes lead here."""
    parts = []
    if document.lang != tree.lang:
        parts.append(raw_block("</div>"))
    origin = page_address(document)
    lines = _backlinks(_leading_here(document, tree, relations), origin, tree)
    if lines:
        heading = escape(tree.words["backlinks"])
        parts += [
            raw_block(f'<aside class="aikb-backlinks" aria-label="{heading}"><p class="aikb-heading">{heading}</p>'),
            raw_block(f"<ul>{''.join(lines)}</ul>"),
            raw_block("</aside>"),
        ]
    return "\n\n".join(parts)


def _leading_here(document: Document, tree: Tree, relations: Relations) -> tuple[Backlink, ...]:
    """What leads to a text or a twin of it, which for readers is the same page; links between the twins do not count."""
    variants = tree.index.variants.get(document.address, {}) if not document.in_glossary else {}
    if len(variants) < 2:
        return relations.backlinks.get(document.path, ())
    paths = [each.path for each in variants.values()]
    every = (backlink for path in paths for backlink in relations.backlinks.get(path, ()))
    return tuple(backlink for backlink in every if backlink.path not in paths)


def _backlinks(backlinks: tuple[Backlink, ...], origin: str, tree: Tree) -> list[str]:
    """A line for each page that leads here; the glossary's files are one page."""
    lines: dict[str, dict[str, str]] = {}
    titles: dict[str, str] = {}
    ours_first = sorted(backlinks, key=lambda backlink: tree.index.documents[backlink.path].lang != tree.lang)
    for backlink in sorted(ours_first, key=lambda backlink: page_address(tree.index.documents[backlink.path])):
        document = tree.index.documents[backlink.path]
        address = page_address(document)
        target = relative(address, origin)
        shown = tree.documents.get(address, document)
        if document.in_glossary:
            titles.setdefault(address, anchor(tree.words["glossary"], target, tree.lang, tree))
        titles.setdefault(address, anchor(shown.title, target, shown.lang, tree))
        section = backlink.section if shown is document else None
        if section:
            markup = anchor(section.title, f"{target}#{section.id}", document.lang, tree)
            lines.setdefault(address, {}).setdefault(section.id, markup)
    return [f"<li>{title}{_sections(lines.get(address, {}), tree)}</li>" for address, title in titles.items()]


def _sections(sections: dict[str, str], tree: Tree) -> str:
    return tree.words["colon"] + ", ".join(sections.values()) if sections else ""


def link(title: str, target: str, lang: str, tree: Tree) -> str:
    """A link with a plain text, marked with its language where that is not the tree's."""
    text = f"[{plain(title)}](<{bracketed_address(target)}>)"
    return text if lang == tree.lang else raw(f'<span lang="{lang}">') + text + raw("</span>")


def anchor(title: str, target: str, lang: str, tree: Tree) -> str:
    """The same as markup, for places where no Markdown stands."""
    language = lang_attribute(lang, tree.lang)
    return f'<a href="{escape(target)}"{language}>{escape(title)}</a>'
