"""Parse one source: its tree, and everything in it that can be linked to or that links."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from aikb.findings.finding import finding
from aikb.locales.words import is_language
from aikb.model.document import Anchor, Document, ExportFile, Kind, Metadata, Section
from aikb.model.finding import Diagnostic
from aikb.model.glossary import Term
from aikb.model.node import Node
from aikb.model.source import Source, Span
from aikb.read.abbreviations import find_abbreviations
from aikb.read.exports.detect import detect_format, may_be_export, read_export
from aikb.read.exports.format import Text
from aikb.read.exports.sniff import looks_like_export
from aikb.read.front_matter.parse import FrontMatter, read_front_matter
from aikb.read.glossary.anchors import term_anchors
from aikb.read.glossary.terms import find_terms
from aikb.read.language.blocks import Reading, read_languages
from aikb.read.language.links import language_links
from aikb.read.markdown.autolinks import with_links
from aikb.read.markdown.block_ids import take_block_ids
from aikb.read.markdown.comments import Comments, find_comments
from aikb.read.markdown.formula_macros import with_macros
from aikb.read.markdown.html_headings import with_html_headings
from aikb.read.markdown.obsidian import hashtags, with_obsidian
from aikb.read.markdown.outline_properties import take_properties
from aikb.read.markdown.parse import parse_blocks
from aikb.read.markdown.syntax import syntax_findings
from aikb.read.markdown.wikilink_labels import with_labels
from aikb.read.paragraphs import find_paragraphs
from aikb.read.permalinks import without_permalinks
from aikb.read.posts import find_posts
from aikb.read.prose import prose_spans
from aikb.read.symbols import Symbols, collect_symbols
from aikb.settings import Settings
from aikb.text.folding import unaccented

_ATTRIBUTES = re.compile(r"(?<![ \t])[ \t]*(?<!\\)\{:?[ ]*([#.][^{}]*|[\w-]+=[^{}]*)\}[ \t]*$")
_BETWEEN = re.compile(r"(?<![^\W_])([12]\d{3}[-_][01]\d(?:[-_][0-3]\d)?)(?![^\W_])|[-_]+")
"""A date in a name, or what stands between its words."""
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]\w{2,8})*")
"""A language as BCP 47 writes it, and as others do."""
_HEADING_ATTRIBUTES = re.compile(r"\}[ \t]*(?:#+[ \t]*)?$", re.MULTILINE)


def parse(source: Source, settings: Settings) -> Document | ExportFile:
    """Read one source. Never raises for what is in it: that is what findings are for."""
    front = read_front_matter(source)
    return _export_file(source, front, settings) or _note(source, front, settings)


def _export_file(source: Source, front: FrontMatter, settings: Settings) -> ExportFile | None:
    """Read the works of an export of highlights; None where the file is none, or its front matter says that it is a note."""
    if source.root != "notes" or front.metadata.kind == Kind.NOTE:
        return None
    text = Text(source, front.metadata, front.data, front.offset)
    if not may_be_export(text):
        return None
    from aikb.read.exports import full_text, sync_log

    if sync_log.recognises(text):
        return ExportFile(source, front.metadata, (), (*front.diagnostics, finding("readwise-log", source)))
    form = None if full_text.recognises(text) else detect_format(text)
    if form is None:
        suffix = posixpath.splitext(source.path)[1].lower()
        broken = looks_like_export(text.body, suffix)
        return ExportFile(source, front.metadata, (), (finding("readwise-unreadable", source),)) if broken else None
    export = read_export(text, form, discarded=settings.discarded)
    return ExportFile(source, front.metadata, export.works, (*front.diagnostics, *export.diagnostics))


def _note(source: Source, front: FrontMatter, settings: Settings) -> Document:
    source, tree, undefined, comments = _parse_body(source, front.offset, settings)
    text, tags = source.text, tuple(dict.fromkeys(hashtags(tree)))
    metadata = replace(front.metadata, tags=tuple(dict.fromkeys((*front.metadata.tags, *tags))))
    tree, block_ids = _take_ids(tree, text)
    place, kind, prose = locate(source, settings), _kind(source, metadata), prose_spans(tree)
    symbols, tree = collect_symbols(source, tree, block_ids), without_permalinks(tree, text)
    declared = metadata.lang if metadata.lang in settings.languages else place.lang
    reading = read_languages(tree, text, settings.languages, declared, _said_language(front))
    title, titled = _title(metadata, symbols.sections, tree, place.address, source, settings)
    language_of = _language_of(reading, settings, declared)
    terms = find_terms(source, kind, tree, symbols.sections, metadata, place.address, language_of, front)
    written = syntax_findings(source, tree, undefined, comments, front.offset, looked_up=settings.autorefs)
    found = (*front.diagnostics, *written, *symbols.diagnostics)
    return Document(
        source=source,
        address=place.address,
        lang=reading.lang,
        kind=kind,
        title=title,
        titled=titled,
        metadata=metadata,
        blocks=tree,
        sections=tuple(symbols.sections),
        anchors=_anchors(symbols, terms, tree, metadata, titled=titled),
        links=tuple(symbols.links),
        terms=terms,
        diagnostics=(*found, *_language_conflicts(source, front, place, declared, reading.lang)),
        prose=prose,
        marked=bool(declared),
        passages=reading.passages(tree),
        mixed=reading.mixed,
        hidden=comments.spans,
        hashtags=tags,
        paragraphs=tuple(find_paragraphs(text)) if kind is Kind.NOTE else (),
        abbreviations=find_abbreviations(text, prose),
        twins=language_links(tree, text, settings.languages),
    )


def _take_ids(tree: tuple[Node, ...], text: str) -> tuple[tuple[Node, ...], dict[int, str]]:
    """Take out of a tree what names its blocks: Obsidian's `^id`, and the `id::` of an outline."""
    tree, properties = take_properties(tree, text)
    tree, ids = take_block_ids(tree, text)
    return tree, properties | ids


def _anchors(
    symbols: Symbols, terms: tuple[Term, ...], tree: tuple[Node, ...], metadata: Metadata, *, titled: bool
) -> tuple[Anchor, ...]:
    """List the anchors of a note: its symbols', its terms' and its posts'."""
    anchors = (*symbols.anchors, *term_anchors(terms, symbols.sections, symbols.anchors))
    return (*anchors, *find_posts(tree, metadata, anchors, titled=titled))


def _parse_body(
    source: Source, offset: int, settings: Settings
) -> tuple[Source, tuple[Node, ...], tuple[Node, ...], Comments]:
    """Parse a note's text, which begins at an offset.

    The source without what its author hid, its blocks, the shortcut references that nothing defines, and its comments.
    """
    body = source.without([Span(0, offset)]).text
    lists = settings.definition_lists
    comments = find_comments(body, lambda hidden: parse_blocks(body, hidden, definitions=lists)[0])
    tree, undefined = parse_blocks(body, comments.spans, definitions=lists)
    tree = with_obsidian(with_labels(with_links(tree, body), body), body)
    if _HEADING_ATTRIBUTES.search(body):
        tree = tuple(_with_attributes(node) for node in tree)
    tree = with_macros(with_html_headings(tree, body), body, settings.macros)
    return source.without(comments.spans), tree, undefined, comments


def _said_language(front: FrontMatter) -> str:
    """Read the language that front matter says, whether or not the site has it: `de`, `pt-BR`; empty for what is none."""
    match = _TAG.fullmatch(str(front.data.get("lang", "")).strip())
    code = match[1].lower() if match else ""
    return code if is_language(code) else ""


def _language_conflicts(
    source: Source, front: FrontMatter, place: Place, declared: str, lang: str
) -> Iterator[Diagnostic]:
    """Report where the name and the front matter of a note say two languages; `lang` is the one it counts as."""
    metadata = front.metadata
    if rival := place.rival or (place.lang if declared != place.lang else ""):
        claim = f"its name says “{rival}”, its {'suffix' if place.rival else 'front matter'} “{declared}”"
        yield finding("locale-ambiguous", source, claim=claim, outcome=f"it counts as “{declared}”")
    if metadata.lang not in ("", declared) and "lang" in front.data and not _said_language(front):
        claim = f"its front matter says “{metadata.lang}”, which is no language of this site"
        yield finding("locale-ambiguous", source, claim=claim, outcome=f"it counts as “{lang}”")


def _language_of(reading: Reading, settings: Settings, declared: str) -> Callable[[Span], str]:
    """Make the function that tells the language of most words of a span; the page's where that is declared."""
    if declared or all(block.lang == reading.lang for block in reading.blocks):
        return lambda _span: reading.lang
    counted = [each for each in reading.blocks if not each.heading and each.lang in settings.languages]
    counted.sort(key=lambda block: block.node.start)
    starts = [block.node.start for block in counted]

    def language_of(span: Span) -> str:
        words = Counter[str]()
        for block in counted[bisect_left(starts, span.start) : bisect_left(starts, span.end)]:
            words[block.lang] += max(block.words, 1)
        return words.most_common(1)[0][0] if words else reading.lang

    return language_of


@dataclass(frozen=True, slots=True)
class Place:
    """What a source's name says: its address in every tree, and its language, if it gives one."""

    address: str
    lang: str
    rival: str = ""
    """Another language that the name gives as well: that of the folder, where the suffix says otherwise."""


def locate(source: Source, settings: Settings) -> Place:
    """Parse the name of a source into address and language: `fr/b.md` and `b.fr.md` are `b.md` in French.

    Only the site's languages count, as a whole suffix or the topmost folder: `report.v2.md` and `notes.io.md` name none.
    """
    folder = settings.docs_dir if source.root == "notes" else settings.glossary_dir
    address = source.path.removeprefix(f"{folder}/") if folder != "." else source.path
    lang = ""
    first, _, rest = address.partition("/")
    if rest and first in settings.languages:
        address, lang = rest, first
    stem = posixpath.splitext(address)[0]
    base, suffix = posixpath.splitext(stem)
    rival = ""
    if suffix[1:] in settings.languages and posixpath.basename(base):
        rival = lang if lang != suffix[1:] else ""
        stem, lang = base, suffix[1:]
    name = posixpath.basename(stem)
    if name.casefold() in ("readme", "index", "_index"):
        stem = posixpath.join(posixpath.dirname(stem), "index")
    return Place(f"{stem}.md", lang, rival)


def _kind(source: Source, metadata: Metadata) -> Kind:
    if metadata.kind in set(Kind):
        return Kind(metadata.kind)
    if source.root == "glossary":
        return Kind.GLOSSARY
    return Kind.NOTE


def _title(
    metadata: Metadata,
    sections: list[Section],
    tree: tuple[Node, ...],
    address: str,
    source: Source,
    settings: Settings,
) -> tuple[str, bool]:
    """Choose a page's title, and tell whether its body shows one.

    A first-level heading above all does, where no other stands beside it (one inside an item or a quote is no title), or where
    it says the same as the front matter or the file's name; and so does any heading that says the same above all others, where
    none is of the first level.
    """
    tops = [node.start for node in tree if node.kind == "heading" and node.level == 1]
    first = sections[0] if sections and tree[0].kind in ("heading", "html") else None
    heading = first if first and tops and first.span.start == tops[0] else None
    if heading and not metadata.title and len(tops) == 1:
        return heading.title, True
    title = metadata.title or _name_in_words(address, source, settings)
    if heading and _same_words(title, heading.title):
        return heading.title, True
    if not tops and tree and tree[0].kind == "heading" and _same_words(title, tree[0].plain_text):
        return " ".join(tree[0].plain_text.split()), True
    return title, heading is not None and len(tops) == 1


def _name_in_words(address: str, source: Source, settings: Settings) -> str:
    """Take the title that the user's `nav` gives, or make one of a note's address; of the home page, the site's name."""
    if address == "index.md":
        return settings.site_name
    name = posixpath.basename(address.removesuffix(".md").removesuffix("/index"))
    return settings.given_title(source.path) or spelled_out(name, source.text)


def _same_words(one: str, other: str) -> bool:
    """Tell whether two titles differ in punctuation, accents and letter case at most."""
    return re.findall(r"\w+", unaccented(one).casefold()) == re.findall(r"\w+", unaccented(other).casefold())


def name_in_words(name: str) -> str:
    """Put spaces between the words of a file's or folder's name; a date in it stays one: `2024_05_01` is 2024-05-01."""
    return " ".join(_BETWEEN.sub(lambda found: found[1].replace("_", "-") if found[1] else " ", name).split())


def spelled_out(name: str, text: str) -> str:
    """Turn a file's name into a title: `state-of-ai` is State of AI, if the text writes AI so."""
    words = name_in_words(name).split()
    if name != name.lower():
        return " ".join(words)
    for at, word in enumerate(words):
        if word.isalpha() and len(word) < 6:
            capitals, small = (
                len(re.findall(rf"\b{re.escape(each)}\b", text)) if each in text else 0 for each in (word.upper(), word)
            )
            words[at] = word.upper() if capitals > small else word
    title = " ".join(words)
    return title[:1].upper() + title[1:]


def _with_attributes(node: Node) -> Node:
    """Take the attribute list out of headings (`## Title {#id .class}`), as Material reads it."""
    if not node.children:
        return node
    children = tuple([_with_attributes(child) for child in node.children])
    info = node.info
    if node.kind == "heading" and children and children[-1].kind == "text":
        last = children[-1]
        if match := _ATTRIBUTES.search(last.text):
            info = match[1].strip()
            rest = last.text[: match.start()]
            kept = (Node("text", last.start, last.end, text=rest),) if rest else ()
            children = (*children[:-1], *kept)
    return node.with_children(children) if info == node.info else replace(node, children=children, info=info)
