"""Find terms: the headings of the glossary folder, and what stands under a `# Glossary` or `# Glossaire` of any note.

Where such a section has headings, these are the terms; those of one letter only sort them. Where it has none, its terms are
definition lists (`MMLU`, then `: a test`) and paragraphs or items that begin in bold (`**MMLU**: a test`). A file of the
glossary folder that has no heading but its title is one term.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from aikb.model.document import Anchor, Kind, Metadata, Section
from aikb.model.glossary import Alias, Term
from aikb.model.node import Node
from aikb.model.source import Source, Span
from aikb.read.aliases import extract_aliases
from aikb.read.vocabulary import vocabulary
from aikb.text.folding import folded
from aikb.text.inflection import is_small
from aikb.text.slug import plain_letters, slug

_LETTER = re.compile(r"[^\W\d_]|#|0-9|[^\W\d_]\s?[-–]\s?[^\W\d_]")
_UNLINKED = re.compile(r"\.no-mentions\b|data-mentions=[\"']?none\b")


def find_terms(
    source: Source,
    kind: Kind,
    tree: tuple[Node, ...],
    sections: Sequence[Section],
    metadata: Metadata,
    address: str,
    language_of: Callable[[Span], str],
) -> tuple[Term, ...]:
    """Find the terms a document defines, in order. A definition reaches to the next heading of its level or above.

    `spoken` tells the language of a stretch of the text.
    """
    reader = _Reader(source, tree, sections, language_of)
    if kind is Kind.GLOSSARY:
        if (whole := reader.whole_file(metadata, address)) is not None:
            return (whole,)
        tops = [section for section in sections if section.level == 1]
        entries = reader.entries(1 if len(tops) == 1 else 0, 0, len(source.text) + 1)
        return tuple(term for term in entries if term.label)
    terms: list[Term] = []
    done, named = 0, vocabulary().section
    for index, section in enumerate(sections):
        if section.span.start >= done and named.fullmatch(section.title.strip(" :")):
            after = (later.span.start for later in sections[index + 1 :] if later.level <= section.level)
            done = next(after, len(source.text) + 1)
            terms += (term for term in reader.entries(section.level, section.span.end, done) if term.label)
    return tuple(terms)


def term_anchors(terms: Sequence[Term], sections: Sequence[Section], taken: Sequence[Anchor]) -> tuple[Anchor, ...]:
    """Make anchors for the terms that no heading names, at the block each stands in; one a block."""
    ids, places = {anchor.id for anchor in taken}, {section.span.start for section in sections}
    anchors: list[Anchor] = []
    for term in terms:
        if term.span.start not in places and term.id not in ids:
            places.add(term.span.start)
            section = next((each.id for each in reversed(sections) if each.span.start <= term.span.start), "")
            anchors.append(Anchor(term.id, "term", term.span, section))
    return tuple(anchors)


def label(title: str) -> str:
    """Turn a heading into a label, as a reader names the term: `Glossaire_MMLU` is MMLU, `Neuro-symbolic-systems` three words.

    A compound with a small word in it, `chain-of-thought`, is a word already.
    """
    title = plain_letters(title)
    title = vocabulary().prefix.sub("", title.strip()) or title.strip()
    if "_" in title:
        return title.replace("_", " ")
    if " " not in title and len(parts := title.split("-")) > 2 and not any(map(is_small, parts)):
        return f"{parts[0]}-{' '.join(parts[1:])}"
    return title


def respell(name: str, text: str) -> str:
    """Respell a label as the definition spells its words: `Fine Tuning` is Fine-tuning where that is what it speaks of.

    Only capitals at the start of words and blanks between them are doubted, and only where the text writes them otherwise.
    """
    words = name.split(" ")
    if not 1 < len(words) <= 12:
        return name
    out, at = [words[0]], 0
    for at in range(1, len(words)):
        before, word = words[at - 1], words[at]
        small = word[:1].lower() + word[1:]
        pair = rf"\b{re.escape(before)}%s{re.escape(word)}\b"
        if word[:1].isalpha() and before[:1].isalpha() and len(before) > 1 < len(word):
            joined = re.search(pair % "-", text, re.IGNORECASE) and not re.search(pair % r"\s", text, re.IGNORECASE)
            written = re.search(rf"\b{re.escape(small)}\b", text)
            if written and small != word and small[1:].islower():
                word = small
            if joined:
                out[-1] += f"-{word}"
                continue
        out.append(word)
    return " ".join(out)


@dataclass
class _Reader:
    """One document, and where its terms are."""

    source: Source
    tree: tuple[Node, ...]
    sections: Sequence[Section]
    language_of: Callable[[Span], str]
    _ids: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._starts = [node.start for node in self.tree]

    def whole_file(self, metadata: Metadata, address: str) -> Term | None:
        """Read a file that is one term: it has no heading but its title, or its title is its name."""
        name = posixpath.basename(address.removesuffix(".md"))
        tops = [section for section in self.sections if section.level == 1]
        head = self.sections[0] if self.sections and tops == [self.sections[0]] else None
        if self.sections and head is None:
            return None
        title = head.title if head else metadata.title or name
        named = folded(label(title)) == folded(name) or bool(metadata.aliases)
        blocks = self._blocks(head.span.end if head else 0, len(self.source.text) + 1)
        if vocabulary().section.fullmatch(title.strip(" :")) or name == "index":
            return None
        if not named and (len(self.sections) > 1 or not blocks or any(_has_leads(block) for block in blocks)):
            return None
        span = Span(head.span.start if head else 0, len(self.source.text) + 1)
        lead = head.span if head else Span(0, 0)
        listed = tuple(Alias(each) for each in metadata.aliases)
        term = self._term(title, head.id if head else slug(name), span, lead, blocks, listed)
        return replace(term, keys=(f"file:{address}",), linked=metadata.mentions != "none" and term.linked)

    def entries(self, level: int, start: int, end: int) -> Iterator[Term]:
        """Read the terms between two offsets, under a heading of a level."""
        inside = [section for section in self.sections if start <= section.span.start < end and section.level > level]
        top = min((section.level for section in inside), default=0)
        heads = [section for section in inside if section.level == top]
        if all(_LETTER.fullmatch(head.title.strip()) for head in heads):
            yield from self._unheaded_terms(self._blocks(start, heads[0].span.start if heads else end))
        stops = [head.span.start for head in heads[1:]] + [end] * bool(heads)
        for head, stop in zip(heads, stops, strict=True):
            if _LETTER.fullmatch(head.title.strip()) and self._is_letter(head, stop):
                yield from self.entries(head.level, head.span.end, stop)
            else:
                yield from self._heading_terms(head, stop)

    def _is_letter(self, head: Section, stop: int) -> bool:
        """Detect that a heading of one letter stands over terms, and is not itself the term C or R."""
        blocks = self._blocks(head.span.end, stop)
        return any(block.kind == "heading" or _has_leads(block) for block in blocks)

    def _heading_terms(self, head: Section, stop: int) -> Iterator[Term]:
        """Read a heading's term; two of them where its sub-headings are names of languages."""
        blocks = self._blocks(head.span.end, stop)
        node = self._blocks(head.span.start, head.span.end)[:1]  # none, where the heading stands in a list or a quote
        info = node[0].info if node else ""
        key = (f"id:{head.id}",) if f"#{head.id}" in info else ()
        span, linked = Span(head.span.start, stop), not _UNLINKED.search(info)
        above, parts = _by_language(blocks)
        if above and parts:
            own = self.language_of(Span(above[0].start, above[-1].end))
            at = next((at for at, (lang, _) in enumerate(parts) if lang == own), 0)
            parts[at] = parts[at][0], (*above, *parts[at][1])
        for lang, part in parts or [("", blocks)]:
            term = self._term(head.title, head.id, span, head.span, part, (), lang)
            yield replace(term, keys=(*key, f"entry:{self.source.path}:{head.id}") if lang else key, linked=linked)

    def _unheaded_terms(self, blocks: Sequence[Node]) -> Iterator[Term]:
        """Read terms that no heading names."""
        pending: Node | None = None
        for block in blocks:
            if block.kind == "list":
                for item in block.children:
                    first = item.children[0] if item.children else None
                    if first is not None and (lead := _lead(first)):
                        yield self._bold_term(lead, item, item.children[1:])
                continue
            if block.kind != "paragraph":
                continue
            lines = _lines(block)
            if lead := _lead(block):
                yield self._bold_term(lead, block, ())
            elif pending is not None and _is_definition(lines[0]):
                yield from self._definition_list_terms([[*pending.children], *lines], pending)
            else:
                yield from self._definition_list_terms(lines, block)
            pending = block if len(lines) == 1 and not _is_definition(lines[0]) else None

    def _definition_list_terms(self, lines: Sequence[Sequence[Node]], block: Node) -> Iterator[Term]:
        """Read definition lists: `term`, then lines that begin with a colon."""
        at = 0
        while at + 1 < len(lines):
            name, at = lines[at], at + 1
            body: list[Node] = []
            while at < len(lines) and _is_definition(lines[at]):
                first = lines[at][0]
                text = re.sub(r"^\s*:\s+", "", first.text)
                gap = [Node("soft-break", first.start, first.start)] if body else []
                body += [*gap, replace(first, start=first.end - len(text), text=text), *lines[at][1:]]
                at += 1
            if body and name:
                span, inner = Span(name[0].start, name[-1].end), Node("paragraph", block.start, block.end, tuple(body))
                title = "".join(node.plain_text for node in name)
                whole = Span(block.start if name is lines[0] else name[0].start, body[-1].end)
                yield self._term(title, self._id(title), whole, span, (inner,))

    def _bold_term(self, found: tuple[Node, tuple[Node, ...]], block: Node, more: Sequence[Node]) -> Term:
        """Read a term in bold, with what follows it."""
        strong, rest = found
        inner = Node("paragraph", block.start, block.end, rest)
        title = strong.plain_text.strip(" :\u00a0\u202f")
        span, lead = Span(block.start, block.end), Span(strong.start, strong.end)
        if block.kind == "item":
            span = Span(block.children[0].start, block.end)
        return self._term(title, self._id(title), span, lead, (inner, *more))

    def _id(self, title: str) -> str:
        base = identifier = slug(label(title)) or "term"
        number = 0
        while identifier in self._ids:
            number += 1
            identifier = f"{base}-{number}"
        self._ids.add(identifier)
        return identifier

    def _blocks(self, start: int, stop: int) -> tuple[Node, ...]:
        first = bisect_left(self._starts, start)
        return self.tree[first : bisect_left(self._starts, stop, first)]

    def _term(
        self,
        title: str,
        identifier: str,
        span: Span,
        lead: Span,
        blocks: tuple[Node, ...],
        listed: tuple[Alias, ...] = (),
        lang: str = "",
    ) -> Term:
        names, blocks = _without_aliases(blocks)
        text = " ".join(node.plain_text for node in blocks if node.kind != "heading")
        lang = lang or self.language_of(Span(blocks[0].start, blocks[-1].end) if blocks else span)
        name = respell(label(title), text)
        first = next((node.plain_text for node in blocks if node.kind in ("paragraph", "plain")), "")
        known = {folded(name)}
        aliases: list[Alias] = []
        for alias in (*listed, *names, *extract_aliases(name, first, lang)):
            key = folded(alias.text)
            if key and key not in known:
                known.add(key)
                aliases.append(alias)
        return Term(
            label=name,
            id=identifier,
            lang=lang,
            path=self.source.path,
            span=span,
            blocks=blocks,
            lead=lead,
            aliases=tuple(aliases),
        )


def _lines(block: Node) -> list[list[Node]]:
    """Split the inlines of a paragraph into lines."""
    lines: list[list[Node]] = [[]]
    for node in block.children:
        if node.kind in ("soft-break", "hard-break"):
            lines.append([])
        else:
            lines[-1].append(node)
    return [line for line in lines if line] or [[]]


def _is_definition(line: Sequence[Node]) -> bool:
    return bool(line) and line[0].kind == "text" and bool(re.match(r"\s*:\s+\S|\s*:\s+$", line[0].text))


_BLANKS = re.compile(r"\s*")
_AFTER_LEAD = re.compile(r"^\s*(?:[:—–]|-\s)\s*")


def _lead(block: Node) -> tuple[Node, tuple[Node, ...]] | None:
    """Split off the bold words a paragraph begins with, and what they stand before: a colon or a dash is between them."""
    if block.kind not in ("paragraph", "plain") or not block.children or block.children[0].kind != "strong":
        return None
    strong, *rest = block.children
    if not rest:
        return None
    first = rest[0]
    after = _BLANKS if strong.plain_text.rstrip().endswith(":") else _AFTER_LEAD
    match = after.match(first.text) if first.kind == "text" else None
    if match is None and after is _BLANKS:
        return strong, tuple(rest)
    if match is None:
        return (strong, tuple(rest[1:])) if first.kind in ("soft-break", "hard-break") and rest[1:] else None
    kept = replace(first, start=first.start + match.end(), text=first.text[match.end() :])
    return strong, ((kept, *rest[1:]) if kept.text else tuple(rest[1:]))


def _has_leads(block: Node) -> bool:
    """Tell whether a block holds terms without headings."""
    if block.kind == "list":
        return any(item.children and _lead(item.children[0]) for item in block.children)
    return bool(_lead(block)) or any(_is_definition(line) for line in _lines(block) if block.kind == "paragraph")


def _by_language(blocks: Sequence[Node]) -> tuple[Sequence[Node], list[tuple[str, tuple[Node, ...]]]]:
    """Split an entry by language, if its sub-headings are names of languages: what stands above, then each definition."""
    marks = [
        (at, lang)
        for at, node in enumerate(blocks)
        if node.kind == "heading" and (lang := vocabulary().language(node.plain_text))
    ]
    stops = [at for at, _ in marks[1:]] + [len(blocks)] * bool(marks)
    parts = [(lang, tuple(blocks[at + 1 : stop])) for (at, lang), stop in zip(marks, stops, strict=True)]
    return blocks[: marks[0][0]] if marks else (), parts


def _without_aliases(blocks: tuple[Node, ...]) -> tuple[list[Alias], tuple[Node, ...]]:
    """Take out the `Aliases:` lines: the names that they list, and the blocks without them."""
    names: list[Alias] = []
    kept: list[Node] = []
    for block in blocks:
        lines = _lines(block) if block.kind == "paragraph" else []
        matches = [vocabulary().aliases.fullmatch("".join(node.plain_text for node in line)) for line in lines]
        if not any(matches):
            kept.append(block)
            continue
        for match in (each for each in matches if each):
            names += [_alias(each) for each in re.split(r"[,;]", match["names"]) if each.strip(" .")]
        rest: list[Node] = []
        for line, listed in zip(lines, matches, strict=True):
            if not listed:
                rest += [*([Node("soft-break", line[0].start, line[0].start)] if rest else []), *line]
        if rest:
            kept.append(replace(block, children=tuple(rest)))
    return names, tuple(kept)


def _alias(written: str) -> Alias:
    match = vocabulary().marked.search(written)
    text = written[: match.start()] if match else written
    return Alias(" ".join(text.strip(' .*_`“”"«»').split()), match[1] if match else "")
