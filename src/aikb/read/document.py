"""One source, parsed: its tree, and everything in it that can be linked to or that links."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from aikb.findings.finding import finding
from aikb.model.document import Anchor, Document, ExportFile, Kind, Link, LinkKind, Metadata, Section
from aikb.model.finding import Diagnostic
from aikb.model.node import Node
from aikb.model.source import Source, Span
from aikb.read.autolinks import with_autolinks
from aikb.read.exports.format import Text
from aikb.read.exports.recognise import may_be_export, read_export, recognised
from aikb.read.front_matter import FrontMatter, read_front_matter
from aikb.read.glossary import find_terms, term_anchors
from aikb.read.language import Reading, read_languages
from aikb.read.markdown import CONTROL, parse_blocks
from aikb.read.prose import prose_spans
from aikb.settings import Settings
from aikb.text.folding import folded
from aikb.text.slug import Slugger
from aikb.text.tags import tokens

_ATTRIBUTES = re.compile(r"(?<![ \t])[ \t]*(?<!\\)\{:?[ ]*([#.][^{}]*|[\w-]+=[^{}]*)\}[ \t]*$")
_HEADING_ATTRIBUTES = re.compile(r"\}[ \t]*(?:#+[ \t]*)?$", re.MULTILINE)


def parse(source: Source, settings: Settings) -> Document | ExportFile:
    """Read one source. Never raises for what is in it: that is what findings are for."""
    front = read_front_matter(source)
    return _shelf(source, front) or _note(source, front, settings)


def _shelf(source: Source, front: FrontMatter) -> ExportFile | None:
    """The works of an export of highlights; nothing where the file is none, or its front matter says that it is a note."""
    if source.root != "notes" or front.metadata.kind == Kind.NOTE:
        return None
    text = Text(source, front.metadata, front.data, front.offset)
    if not may_be_export(text):
        return None
    from aikb.read.exports import full_text, sync_log

    if sync_log.recognises(text):
        return ExportFile(source, front.metadata, (), (*front.diagnostics, finding("readwise-log", source)))
    form = None if full_text.recognises(text) else recognised(text)
    if form is None:
        return None
    export = read_export(text, form)
    return ExportFile(source, front.metadata, export.works, (*front.diagnostics, *export.diagnostics))


def _note(source: Source, front: FrontMatter, settings: Settings) -> Document:
    metadata, offset, found = front.metadata, front.offset, list(front.diagnostics)
    text = source.text
    body = re.sub(r"[^\n]", " ", text[:offset]) + text[offset:]  # blanked, so that offsets stay
    tree, undefined = parse_blocks(body)
    if "://" in body or "www." in body or "@" in body:
        tree = tuple(with_autolinks(node, body) for node in tree)
    if _HEADING_ATTRIBUTES.search(body):
        tree = tuple(_with_attributes(node) for node in tree)
    contents = Contents(source)
    for node in tree:
        contents.read(node)
    place = locate(source, settings)
    address = place.address
    said = metadata.lang if metadata.lang in settings.languages else place.lang
    reading = read_languages(tree, text, settings.languages, said)
    kind = _kind(source, metadata)
    title, titled = _title(metadata, contents.sections, tree, address, text, settings)
    found += _text_findings(source, tree, undefined, offset)
    spoken = _spoken(reading, settings, said)
    terms = find_terms(source, kind, tree, contents.sections, metadata, address, spoken)
    contents.anchors += term_anchors(terms, contents.sections, contents.anchors)
    if rival := place.rival or (place.lang if said != place.lang else ""):
        claim = f"its name says “{rival}”, its {'suffix' if place.rival else 'front matter'} “{said}”"
        values = {"claim": claim, "outcome": f"it counts as “{said}”"}
        found.append(finding("locale-ambiguous", source, **values))
    if metadata.lang not in ("", said) and "lang" in front.data:
        claim = f"its front matter says “{metadata.lang}”, which is no language of this site"
        found.append(finding("locale-ambiguous", source, claim=claim, outcome=f"it counts as “{reading.lang}”"))
    return Document(
        source=source,
        address=address,
        lang=reading.lang,
        kind=kind,
        title=title,
        titled=titled,
        metadata=metadata,
        blocks=tree,
        sections=tuple(contents.sections),
        anchors=tuple(contents.anchors),
        links=tuple(contents.links),
        terms=terms,
        diagnostics=tuple(found + contents.found),
        prose=prose_spans(tree),
        marked=bool(said),
        passages=reading.passages(tree),
        mixed=reading.mixed,
    )


def _spoken(reading: Reading, settings: Settings, said: str) -> Callable[[Span], str]:
    """The language that most words of a stretch of the text are in, of the site's; the page's where its author says it."""
    if said or all(block.lang == reading.lang for block in reading.blocks):
        return lambda _span: reading.lang
    counted = [each for each in reading.blocks if not each.heading and each.lang in settings.languages]
    counted.sort(key=lambda block: block.node.start)
    starts = [block.node.start for block in counted]

    def spoken(span: Span) -> str:
        words = Counter[str]()
        for block in counted[bisect_left(starts, span.start) : bisect_left(starts, span.end)]:
            words[block.lang] += max(block.words, 1)
        return words.most_common(1)[0][0] if words else reading.lang

    return spoken


@dataclass(frozen=True, slots=True)
class Place:
    """What a source's name says: its address in every tree, and its language, if it gives one."""

    address: str
    lang: str
    rival: str = ""
    """Another language that the name gives as well: that of the folder, where the suffix says otherwise."""


def locate(source: Source, settings: Settings) -> Place:
    """What a source's name says: `fr/b.md` and `b.fr.md` are `b.md` in French.

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
    if name in ("README", "index", "_index"):
        stem = posixpath.join(posixpath.dirname(stem), "index")
    return Place(f"{stem}.md", lang, rival)


def _kind(source: Source, metadata: Metadata) -> Kind:
    if metadata.kind in set(Kind):
        return Kind(metadata.kind)
    if source.root == "glossary":
        return Kind.GLOSSARY
    return Kind.NOTE


def _title(
    metadata: Metadata, sections: list[Section], tree: tuple[Node, ...], address: str, text: str, settings: Settings
) -> tuple[str, bool]:
    """A page's title, and whether its body shows it: a single first-level heading that stands above all others does."""
    tops = [section for section in sections if section.level == 1]
    heading = tops[0] if len(tops) == 1 and sections[0] is tops[0] and tree[0].kind in ("heading", "html") else None
    if heading and (not metadata.title or folded(metadata.title) == folded(heading.title)):
        return heading.title, True
    if metadata.title:
        return metadata.title, False
    if address == "index.md":
        return settings.site_name, False
    return spelled_out(posixpath.basename(address.removesuffix(".md").removesuffix("/index")), text), False


def spelled_out(name: str, text: str) -> str:
    """A file's name as a title: `state-of-ai` is State of AI, if the text writes AI so."""
    words = re.sub(r"[-_]+", " ", name).split()
    if name != name.lower():
        return " ".join(words)
    for at, word in enumerate(words):
        if word.isalpha() and len(word) < 6:
            capitals, small = (len(re.findall(rf"\b{re.escape(each)}\b", text)) for each in (word.upper(), word))
            words[at] = word.upper() if capitals > small else word
    title = " ".join(words)
    return title[:1].upper() + title[1:]


def _with_attributes(node: Node) -> Node:
    """Headings with their attribute list (`## Title {#id .class}`) taken out of the text, as Material reads it."""
    children = tuple(_with_attributes(child) for child in node.children)
    info = node.info
    if node.kind == "heading" and children and children[-1].kind == "text":
        last = children[-1]
        if match := _ATTRIBUTES.search(last.text):
            info = match[1].strip()
            rest = last.text[: match.start()]
            kept = (Node("text", last.start, last.end, text=rest),) if rest else ()
            children = (*children[:-1], *kept)
    if children == node.children:
        return node
    return replace(node, children=children, info=info)


def _text_findings(
    source: Source, tree: tuple[Node, ...], undefined: tuple[Node, ...], offset: int
) -> list[Diagnostic]:
    """What is wrong with the text itself, before any other file is known."""
    found: list[Diagnostic] = []
    for match in list(CONTROL.finditer(source.text))[:20]:
        number = f"{ord(match[0]):04X}"
        found.append(finding("text-control", source, match.start(), match.end(), number=number))
    for node in undefined:
        inner = source.text[node.start + 1 : node.start + 2]
        after = source.text[node.end : node.end + 1]
        told = node.start >= offset and inner not in ("[", "!", "") and node.text.strip() and after not in ("]", "(")
        if told and (undefined_reference := _undefined(source, node)):
            found.append(undefined_reference)
    if not any(mark in source.text for mark in ("```", "~~~", "<!")):
        return found
    for root in tree:
        for node in root.walk():
            if node.kind == "code" and _unclosed_fence(source.text, node):
                found.append(finding("fence-unclosed", source, node.start, source.line_end(node.start)))
            elif node.kind == "text" and _BROKEN_TAG.search(node.text):
                broken = _BROKEN_TAG.search(source.text, node.start, node.end)
                if broken:  # else the author escaped it
                    found.append(finding("html-malformed", source, broken.start(), broken.end(), text=broken[0]))
    return found


_LINK_KINDS: dict[str, LinkKind] = {"inline": "inline", "wikilink": "wikilink", "reference": "reference"}
_BLOCK_ID = re.compile(r"(?:^|\s)(\^[A-Za-z0-9-]+)$")
_BROKEN_TAG = re.compile(r"<!(?:--|\[\w*\[?|[A-Za-z]+)")
_NAME = re.compile(r"(?=.*[a-z])(?:[\w.-]*[a-z][\w.-]*[A-Z]|[\w.-]*[A-Za-z]-?\d)[\w.-]*")
"""A name that is written like no ordinary word: LoRA, o1-pro, k8s. Placeholders are capitals, insertions are words."""


def _undefined(source: Source, node: Node) -> Diagnostic | None:
    """A link whose definition was forgotten: `[text][label]` always, `[label]` as a whole heading or where it is a name."""
    text = source.text
    if "][" in text[node.start : node.end]:
        return finding("reference-undefined", source, node.start, node.end, label=node.text)
    line_start, line_end = text.rfind("\n", 0, node.start) + 1, source.line_end(node.end)
    heading = re.fullmatch(r"#{1,6} ", text[line_start : node.start]) and not text[node.end : line_end].strip()
    inside_word = text[node.start - 1 : node.start].isalnum()
    if inside_word or not (heading or (2 < len(node.text) <= 40 and _NAME.fullmatch(node.text))):
        return None
    return finding("shortcut-undefined", source, node.start, node.end, label=node.text)


def _unclosed_fence(text: str, node: Node) -> bool:
    opening = re.match(r"(`{3,}|~{3,})", text[node.start : node.start + 40])
    if not opening:
        return False
    last = text[node.start : node.end].rstrip().rsplit("\n", 1)
    closing = last[-1].lstrip(" >\t") if len(last) > 1 else ""
    return not re.fullmatch(re.escape(opening[1][0]) + "{" + str(len(opening[1])) + r",}[ \t]*", closing)


@dataclass
class Contents:
    """Collects, in one walk, what a document offers to links and what it links to."""

    source: Source
    sections: list[Section] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._slugger = Slugger()
        self._ids: dict[str, int] = {}

    def read(self, root: Node) -> None:
        """Read one top-level block and everything in it."""
        for node in root.walk():
            if node.kind == "heading":
                self._heading(node)
            elif node.kind in ("link", "image"):
                self._link(node)
            elif node.kind in ("html", "tag"):
                self._html(node)
            elif node.kind in ("paragraph", "plain"):
                self._block_id(node)
            elif node.kind == "footnote":
                span = Span(node.start, node.end)
                self.anchors.append(Anchor(f"fn:{node.info}", "footnote", span, self._section))

    @property
    def _section(self) -> str:
        return self.sections[-1].id if self.sections else ""

    def _heading(self, node: Node) -> None:
        title = " ".join(node.plain_text.split())
        explicit = re.search(r"#([^\s.{}]+)", node.info)
        slugged = self._slugger(node.plain_text)
        identifier = explicit[1] if explicit else slugged
        if explicit and identifier in self._ids:
            self._duplicate(identifier, node.start, node.end)
            identifier = slugged
        if identifier.startswith("__"):
            identifier = f"user-{identifier}"  # Material keeps its own elements under such ids
        span = Span(node.start, node.end)
        if self.sections:
            last = self.sections[-1]
            self.sections[-1] = Section(last.id, last.title, last.level, last.span, node.start)
        self.sections.append(Section(identifier, title, node.level, span, len(self.source.text)))
        self._ids.setdefault(identifier, node.start)
        self.anchors.append(Anchor(identifier, "heading", span, identifier))

    def _block_id(self, node: Node) -> None:
        """Obsidian's `^id` at the end of a block."""
        last = node.children[-1] if node.children else None
        match = _BLOCK_ID.search(last.text) if last is not None and last.kind == "text" else None
        if match:
            span = Span(node.start, node.end)
            self.anchors.append(Anchor(match[1], "block", span, self._section))

    def _duplicate(self, identifier: str, start: int, end: int) -> None:
        first = self.source.position(self._ids[identifier])[0]
        self.found.append(finding("id-duplicate", self.source, start, end, id=identifier, first=first))

    def _link(self, node: Node) -> None:
        kind = _LINK_KINDS.get(node.info, "autolink")
        image = node.kind == "image"
        self.links.append(Link(node.target, Span(node.start, node.end), kind, image, node.alternative))

    def _html(self, node: Node) -> None:
        for token in tokens(node.text):
            if token.kind != "open":
                continue
            span = Span(node.start + token.start, min(node.start + token.end, node.end))
            for name in ("id", "name") if token.name == "a" else ("id",):
                if identifier := token.get(name):
                    if identifier in self._ids and not (name == "name" and token.get("id") == identifier):
                        self._duplicate(identifier, span.start, span.end)
                    self._ids.setdefault(identifier, span.start)
                    self.anchors.append(Anchor(identifier, "name", span, self._section))
            target = token.get("href") if token.name == "a" else token.get("src") if token.name == "img" else None
            if target is not None:
                self.links.append(Link(target, span, "html", token.name == "img", token.get("alt") or ""))
