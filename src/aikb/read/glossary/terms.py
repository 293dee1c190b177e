"""Find terms: the headings of the glossary folder, of notes called a glossary, and of `# Glossary` sections of any.

Where such a text has headings, these are the terms, but for those that sort (`sorts`). Where it has none, and in
sections that only list, `# Acronyms`, the terms are what `entries` finds. A file of the glossary folder with no heading
but its title is a term.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import dropwhile

from aikb.model.document import Document, Kind, Metadata, Section
from aikb.model.glossary import Alias, Term
from aikb.model.node import Node
from aikb.model.source import Source, Span
from aikb.read.front_matter.parse import FrontMatter
from aikb.read.glossary.aliases import extract_aliases, full_form
from aikb.read.glossary.data import data_entries
from aikb.read.glossary.entries import Entry, is_part, read_entries
from aikb.read.glossary.html_lists import with_html_lists
from aikb.read.glossary.labels import label, names_in_label, operand_in, respell, versus
from aikb.read.glossary.parts import bold_heads, by_language, has_words, names_in_languages, without_lines
from aikb.read.glossary.sorts import Part, Sort, sort_parts
from aikb.read.glossary.tables import columns_of
from aikb.read.glossary.titles import heads_glossary, heads_list, is_called_glossary, is_called_list, stands_in_glossary
from aikb.read.glossary.translations import with_translations
from aikb.read.glossary.vocabulary import vocabulary
from aikb.text.folding import collation_key, folded
from aikb.text.slug import Names, slug

_FEW = 2
_LABEL = 6
"""Words of a label of most terms."""
_TEXTS = {
    "question": "a question is no term",
    "frame": "it stands around the terms",
    "text": "what stands beside it are categories of terms, and it has none",
    "term": "a heading of a list of terms that has none",
}
_BOXES = {"callout": "caption", "material": "caption", "quote": "heading"}
"""Blocks with a title of their own, and what that is."""
_CHAPTER = re.compile(r"(?:the|an?|le|la|les|un|une|des|my|mon|ma|mes|our|notre|nos)\s|l['’]", re.IGNORECASE)
"""How chapters begin, and terms hardly ever."""
_UNLINKED = re.compile(r"\.no-mentions\b|data-mentions=[\"']?none\b")


def find_terms(
    source: Source,
    kind: Kind,
    tree: tuple[Node, ...],
    sections: Sequence[Section],
    metadata: Metadata,
    address: str,
    language_of: Callable[[Span], str],
    front: FrontMatter | None = None,
) -> tuple[Term, ...]:
    """Find the terms a document defines, in order. A definition reaches to the next heading of its level or above.

    `spoken` tells the language of a stretch of the text.
    """
    reader = _Reader(source, tree, sections, language_of)
    terms = _read_terms(reader, kind, metadata, address)
    if front is not None and (kind is Kind.GLOSSARY or is_called_glossary("", metadata, address)):
        terms = (*reader.terms_of(data_entries(source, front.data, front.offset)), *terms)
    return with_translations(terms)


def explain_terms(document: Document) -> tuple[Verdict, ...]:
    """Say of each heading, row and bold words of a glossary why it is a term or not, in the order of the text."""
    reader = _Reader(document.source, document.blocks, document.sections, lambda _span: document.lang)
    _read_terms(reader, document.kind, document.metadata, document.address)
    said = {verdict.span.start for verdict in reader.verdicts}
    inside = [term.span for term in document.terms]
    for section in document.sections:
        if section.span.start not in said:
            part = any(span.start < section.span.start < span.end for span in inside)
            why = (
                "a part of the entry above"
                if part
                else "a title or a category"
                if document.terms
                else "not in a glossary"
            )
            reader.verdicts.append(Verdict(section.span, section.title, why))
    return tuple(sorted(reader.verdicts, key=lambda verdict: verdict.span.start))


def _read_terms(reader: _Reader, kind: Kind, metadata: Metadata, address: str) -> tuple[Term, ...]:
    source, sections = reader.source, reader.sections
    if kind is Kind.GLOSSARY:
        if (whole := reader.whole_file(metadata, address)) is not None:
            return (whole,)
        return reader.whole_note()
    head = sections[0].title if reader.is_titled() else ""
    if kind is Kind.NOTE and is_called_glossary(head, metadata, address):
        terms_of_note = reader.whole_note()
        short = sum(len(term.label.split()) <= _LABEL for term in terms_of_note)
        of_project = sum(folded(term.label) in vocabulary().projects for term in terms_of_note)
        chapters = sum(bool(_CHAPTER.match(term.label)) for term in terms_of_note)
        if 2 * short > len(terms_of_note) > 2 * max(of_project, chapters):
            return terms_of_note
    elif kind is Kind.NOTE and is_called_list(head, metadata, address):
        return reader.whole_note(headed=False)
    if (
        kind is Kind.NOTE
        and stands_in_glossary(address)
        and (whole := reader.whole_file(metadata, address, named=True))
    ):
        return (whole,)
    terms = [*reader.boxed_terms()]
    done = 0
    for index, section in enumerate(sections):
        if section.span.start < done or not reader.stands_free(section):
            continue
        headed = heads_glossary(section.title)
        if headed or heads_list(section.title):
            after = (later.span.start for later in sections[index + 1 :] if later.level <= section.level)
            done = next(after, len(source.text) + 1)
            found = reader.entries(section.level, section.span.end, done, headed=headed)
            terms += (term for term in found if term.label)
    return tuple(terms)


def _heads(title: str) -> bool:
    return heads_glossary(title) or heads_list(title)


def _may_frame(entry: Entry) -> bool:
    """Tell whether an entry may be what stands above the first one: a version, an author."""
    return folded(entry.title.strip(" :")) in vocabulary().edges


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a heading, a row or bold words were taken for, and why."""

    span: Span
    text: str
    verdict: str


@dataclass
class _Reader:
    """One document, and where its terms are."""

    source: Source
    tree: tuple[Node, ...]
    sections: Sequence[Section]
    language_of: Callable[[Span], str]
    verdicts: list[Verdict] = field(default_factory=list)
    _ids: Names = field(default_factory=Names)

    def __post_init__(self) -> None:
        self._starts = [node.start for node in self.tree]

    def whole_file(self, metadata: Metadata, address: str, *, named: bool = False) -> Term | None:
        """Read a file that is one term: it has no heading but its title, or its title is its name.

        Where the file is none of the glossary's own folder, it has to be `named` as its title is.
        """
        name = posixpath.basename(address.removesuffix(".md"))
        tops = [section for section in self.sections if section.level == 1]
        head = self.sections[0] if self.sections and tops == [self.sections[0]] else None
        if self.sections and head is None and not self._is_one_entry(metadata):
            return None
        title = head.title if head else metadata.title or name
        called = folded(label(title)) == folded(name) or bool(metadata.aliases)
        if named and not called:
            return None
        blocks = self._blocks(head.span.end if head else 0, len(self.source.text) + 1)
        if vocabulary().section.fullmatch(title.strip(" :")) or name == "index":
            return None
        if not called and (len(self.sections) > 1 or not blocks or read_entries(blocks).found):
            return None
        span = Span(head.span.start if head else 0, len(self.source.text) + 1)
        lead = head.span if head else Span(0, 0)
        listed = tuple(Alias(each) for each in metadata.aliases)
        term = self._term(title, head.id if head else slug(name), span, lead, blocks, listed)
        return replace(term, keys=(f"file:{address}",), linked=metadata.mentions != "none" and term.linked)

    def _is_one_entry(self, metadata: Metadata) -> bool:
        """Tell whether a text without a title is one entry: it begins with words, and its headings name its parts."""
        above = self._blocks(0, self.sections[0].span.start)
        titles = [section.title for section in self.sections]
        parts = bool(metadata.aliases) or all(is_part(title) for title in titles)
        return bool(metadata.title) and parts and any(map(has_words, above))

    def is_titled(self) -> bool:
        """Tell whether the first heading is a title: it stands over all others, or over nothing and is called a glossary."""
        first, *rest = self.sections or (None,)
        if first is None or all(section.level > first.level for section in rest):
            return first is not None
        called = first.level == rest[0].level and vocabulary().named.search(first.title)
        return bool(called) and not any(has_words(block) for block in self._blocks(first.span.end, rest[0].span.start))

    def whole_note(self, *, headed: bool = True) -> tuple[Term, ...]:
        """Read the terms of a file that is a glossary, under its title."""
        start, level = 0, 0
        if self.is_titled():
            beside = any(section.level <= self.sections[0].level for section in self.sections[1:])
            start, level = self.sections[0].span.end if beside else 0, self.sections[0].level - beside
        terms = self.entries(level, start, len(self.source.text) + 1, headed=headed)
        return tuple(term for term in terms if term.label)

    def entries(self, level: int, start: int, end: int, *, headed: bool = True, above: Sort = "text") -> Iterator[Term]:
        """Read the terms between two offsets, under a heading of a level.

        Headings are terms only where they may be, `headed`; a letter `above` them says that all of them are.
        """
        inside = [section for section in self.sections if start <= section.span.start < end and section.level > level]
        top = min((section.level for section in inside), default=0)
        heads = [section for section in inside if section.level == top]
        stops = [head.span.start for head in heads[1:]] + [end] * bool(heads)
        blocks = self._blocks(start, heads[0].span.start if heads else end)
        parts = self._parts(heads, stops, lettered=above == "letter")
        if not any(part.sort == "term" for part in parts) or any(
            columns_of(block) for block in blocks if block.kind == "table"
        ):
            yield from self._entry_terms(read_entries(blocks, one=above != "text").found)
        for part in parts:
            head = part.head
            if part.sort in ("letter", "category"):
                yield from self.entries(head.level, head.span.end, part.stop, headed=headed, above=part.sort)
            elif part.sort == "term" and headed:
                yield from self._heading_terms(head, part.stop)
            else:
                self._say(head.span, head.title, f"text: {_TEXTS[part.sort]}")

    def stands_free(self, section: Section) -> bool:
        """Tell whether a heading stands in no list, quotation or box."""
        return bool(node := self._blocks(section.span.start, section.span.start + 1)) and node[0].kind == "heading"

    def boxed_terms(self) -> Iterator[Term]:
        """Read the terms in boxes and folds that are called a glossary."""
        blocks = with_html_lists(self.tree) if "<summary" in self.source.text else self.tree
        for block in blocks:
            first = block.children[0] if block.children else None
            if first and first.kind == _BOXES.get(block.kind) and _heads(first.plain_text):
                yield from self.terms_of(read_entries(block.children[1:]).found)
            elif first and block.kind == "list" and blocks is not self.tree and _heads(first.children[0].plain_text):
                yield from self.terms_of(read_entries(first.children[1:]).found)

    def terms_of(self, found: Iterable[Entry]) -> Iterator[Term]:
        """Make terms of entries."""
        for entry in found:
            identifier = self._ids(slug(label(entry.title)) or "term")
            yield self._term(
                entry.title, identifier, entry.span, entry.lead, entry.blocks, entry.listed, entry.lang, marked=True
            )

    def _entry_terms(self, found: Sequence[Entry]) -> Iterator[Term]:
        """Make terms of entries; what stands before the first and after the last is no term if it may be a frame of them."""
        titles = [entry.title for entry in found]
        ordered = len(titles) > _FEW and titles == sorted(titles, key=collation_key)
        yield from self.terms_of(found if ordered else dropwhile(_may_frame, found))

    def _parts(self, heads: Sequence[Section], stops: Sequence[int], *, lettered: bool) -> list[Part]:
        """Sort the headings of one level: terms, what sorts terms, and what is text."""
        parts = []
        for head, stop in zip(heads, stops, strict=True):
            below = self._headings(head, stop)
            own = self._blocks(head.span.end, min((each.start for each in below), default=stop))
            names = tuple(node.plain_text for node in below)
            parts.append(Part(head.title, head, stop, names, read_entries(own, one=True)))
        return sort_parts(parts, lettered=lettered)

    def _headings(self, head: Section, stop: int) -> list[Node]:
        """List the headings of the first level below one."""
        nodes = [node for node in self._blocks(head.span.end, stop) if node.kind == "heading"]
        top = min((node.level for node in nodes), default=0)
        return [node for node in nodes if node.level == top]

    def _say(self, span: Span, text: str, verdict: str) -> None:
        """Note what was decided of a heading, a row or bold words."""
        self.verdicts.append(Verdict(span, text, verdict))

    def _heading_terms(self, head: Section, stop: int) -> Iterator[Term]:
        """Read a heading's term; two of them where its sub-headings are names of languages."""
        blocks = self._blocks(head.span.end, stop)
        if operands := self._operands(head, stop):
            yield from operands
            return
        node = self._blocks(head.span.start, head.span.end)[:1]  # none, where the heading stands in a list or a quote
        info = node[0].info if node else ""
        key = (f"id:{head.id}",) if f"#{head.id}" in info else ()
        span, linked = Span(head.span.start, stop), not _UNLINKED.search(info)
        above, parts = by_language(blocks)
        if above and parts:
            own = self.language_of(Span(above[0].start, above[-1].end))
            at = next((at for at, (lang, _) in enumerate(parts) if lang == own), 0)
            parts[at] = parts[at][0], (*above, *parts[at][1])
        for lang, part in parts or [("", blocks)]:
            term = self._term(head.title, head.id, span, head.span, part, (), lang)
            yield replace(term, keys=(*key, f"entry:{self.source.path}:{head.id}") if lang else key, linked=linked)

    def _operands(self, head: Section, stop: int) -> list[Term]:
        """Read the two terms under `A vs B`, each a sub-heading that names one of them; none where no sub-heading does."""
        both = versus(label(head.title))
        if not both:
            return []
        inside = [each for each in self.sections if head.span.start < each.span.start < stop]
        terms = []
        for at, each in enumerate(inside):
            after = next((later.span.start for later in inside[at + 1 :] if later.level <= each.level), stop)
            if named := operand_in(each.title, both):
                blocks = self._blocks(each.span.end, after)
                names = [*named[1], *bold_heads(self._blocks(head.span.end, stop), named)]
                listed = tuple(Alias(name, declared=False) for name in names)
                terms.append(self._term(named[0], each.id, Span(each.span.start, after), each.span, blocks, listed))
        if terms:
            self._say(head.span, head.title, "two things compared, each a term of its own")
        return terms

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
        *,
        marked: bool = False,
    ) -> Term:
        names, blocks = without_lines(blocks, vocabulary().aliases)
        excluded, blocks = without_lines(blocks, vocabulary().excluded)
        names += names_in_languages(blocks)
        text = " ".join(node.plain_text for node in blocks if node.kind != "heading")
        lang = lang or self.language_of(Span(blocks[0].start, blocks[-1].end) if blocks else span)
        name, others = names_in_label(label(title, marked=marked))
        name = respell(name, text)
        first = next((node.plain_text for node in blocks if node.kind in ("paragraph", "plain")), "")
        known = {folded(name)}
        aliases: list[Alias] = []
        said = [Alias(other, declared=False) for other in others]
        for alias in (*listed, *said, *names, *extract_aliases(name, first, lang), *full_form(name, blocks)):
            key = folded(alias.text)
            if key and key not in known:
                known.add(key)
                aliases.append(alias)
        self._say(lead, title, f"a term: {name}")
        return Term(
            label=name,
            id=identifier,
            lang=lang,
            path=self.source.path,
            span=span,
            blocks=blocks,
            lead=lead,
            aliases=tuple(aliases),
            excluded=tuple(each.text for each in excluded),
        )
