"""Find terms: the headings of the glossary folder, of notes called a glossary, and of `# Glossary` sections of any.

Where such a text has headings, these are the terms. One with no text of its own over headings, bold words or a table is
a category, and what stands beside it without terms is text; one of one letter only sorts. Without headings, the terms are
definition lists (`MMLU`, then `: a test`), paragraphs or items that begin in bold (`**MMLU**: a test`) and the rows of a table
whose first column is headed `Term`, or by a language. A file of the glossary folder with no heading but its title is a term.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from aikb.model.document import Document, Kind, Metadata, Section
from aikb.model.glossary import Alias, Term
from aikb.model.node import Node
from aikb.model.source import Source, Span
from aikb.read import term_shapes as shapes
from aikb.read.aliases import extract_aliases
from aikb.read.glossary_titles import heads_glossary, is_called_glossary
from aikb.read.term_labels import label, names_in_label, operand_in, respell, versus
from aikb.read.term_parts import bold_heads, by_language, has_words, without_lines
from aikb.read.term_shapes import Lead
from aikb.read.vocabulary import vocabulary
from aikb.text.folding import folded
from aikb.text.slug import Names, slug

_LABEL = 6
"""Words of a label of most terms."""
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
    return _read_terms(_Reader(source, tree, sections, language_of), kind, metadata, address)


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
        if 2 * short > len(terms_of_note) > 2 * of_project:
            return terms_of_note
    terms: list[Term] = []
    done = 0
    for index, section in enumerate(sections):
        if section.span.start >= done and heads_glossary(section.title):
            after = (later.span.start for later in sections[index + 1 :] if later.level <= section.level)
            done = next(after, len(source.text) + 1)
            terms += (term for term in reader.entries(section.level, section.span.end, done) if term.label)
    return tuple(terms)


def _is_question(title: str) -> bool:
    """Tell whether a heading asks; one word and the mark, `LoRA ?`, is a term that somebody is not sure of."""
    return title.rstrip(" *_").endswith("?") and len(re.findall(r"\w+", title)) > 1


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
        if not named and (len(self.sections) > 1 or not blocks or any(shapes.has_leads(block) for block in blocks)):
            return None
        span = Span(head.span.start if head else 0, len(self.source.text) + 1)
        lead = head.span if head else Span(0, 0)
        listed = tuple(Alias(each) for each in metadata.aliases)
        term = self._term(title, head.id if head else slug(name), span, lead, blocks, listed)
        return replace(term, keys=(f"file:{address}",), linked=metadata.mentions != "none" and term.linked)

    def is_titled(self) -> bool:
        """Tell whether the first heading is a title: it stands over all others, or over nothing and is called a glossary."""
        first, *rest = self.sections or (None,)
        if first is None or all(section.level > first.level for section in rest):
            return first is not None
        called = first.level == rest[0].level and vocabulary().named.search(first.title)
        return bool(called) and not any(has_words(block) for block in self._blocks(first.span.end, rest[0].span.start))

    def whole_note(self) -> tuple[Term, ...]:
        """Read the terms of a file that is a glossary, under its title."""
        start, level = 0, 0
        if self.is_titled():
            beside = any(section.level <= self.sections[0].level for section in self.sections[1:])
            start, level = self.sections[0].span.end if beside else 0, self.sections[0].level - beside
        return tuple(term for term in self.entries(level, start, len(self.source.text) + 1) if term.label)

    def entries(self, level: int, start: int, end: int) -> Iterator[Term]:
        """Read the terms between two offsets, under a heading of a level."""
        inside = [section for section in self.sections if start <= section.span.start < end and section.level > level]
        top = min((section.level for section in inside), default=0)
        heads = [section for section in inside if section.level == top]
        stops = [head.span.start for head in heads[1:]] + [end] * bool(heads)
        categories = self._categories(list(zip(heads, stops, strict=True)))
        above = self._blocks(start, heads[0].span.start if heads else end)
        if all(_LETTER.fullmatch(head.title.strip()) for head in heads) or any(
            block.kind == "table" for block in above
        ):
            yield from self._unheaded_terms(above)
        for head, stop in zip(heads, stops, strict=True):
            letter = _LETTER.fullmatch(head.title.strip()) and self._is_letter(head, stop)
            if letter or head.span.start in categories:
                yield from self.entries(head.level, head.span.end, stop)
            elif _is_question(head.title):
                self._say(head.span, head.title, "text: a question is no term")
            elif categories and not _LETTER.fullmatch(head.title.strip()):
                self._say(head.span, head.title, "text: what stands beside it are categories of terms, and it has none")
            else:
                yield from self._heading_terms(head, stop)

    def _categories(self, heads: Sequence[tuple[Section, int]]) -> frozenset[int]:
        """Find the headings that only sort: no text of their own, and headings, bold words or a table of terms below."""
        below: list[tuple[Section, list[str]]] = []
        for head, stop in heads:
            if versus(label(head.title)):
                continue
            own = self._blocks(head.span.end, min((each.start for each in self._headings(head, stop)), default=stop))
            names = [node.plain_text for node in self._headings(head, stop)]
            if any(vocabulary().language(name) for name in names):
                continue
            if names and not any(block.kind not in ("html", "rule") for block in own):
                below.append((head, names))
            elif not names and (leads := shapes.only_leads(own)):
                below.append((head, leads))
        repeated = Counter(name for _, names in below for name in {folded(label(each)) for each in names})
        return frozenset(
            head.span.start
            for head, names in below
            if not any(
                (repeated[folded(label(each))] > 1 and len(below) > 1)
                or folded(label(each).strip(" :")) in vocabulary().parts
                for each in names
            )
        )

    def _headings(self, head: Section, stop: int) -> list[Node]:
        """List the headings of the first level below one."""
        nodes = [node for node in self._blocks(head.span.end, stop) if node.kind == "heading"]
        top = min((node.level for node in nodes), default=0)
        return [node for node in nodes if node.level == top]

    def _say(self, span: Span, text: str, verdict: str) -> None:
        """Note what was decided of a heading, a row or bold words."""
        self.verdicts.append(Verdict(span, text, verdict))

    def _is_letter(self, head: Section, stop: int) -> bool:
        """Detect that a heading of one letter stands over terms, and is not itself the term C or R."""
        blocks = self._blocks(head.span.end, stop)
        return any(block.kind == "heading" or shapes.has_leads(block) for block in blocks)

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

    def _unheaded_terms(self, blocks: Sequence[Node]) -> Iterator[Term]:
        """Read terms that no heading names."""
        pending: Node | None = None
        titles = shapes.bold_titles(blocks)
        under = 0
        for at, block in enumerate(blocks):
            if at < under:
                continue
            if at in titles:
                under = next((later for later in titles if later > at), len(blocks))
                more = blocks[at + 1 : under]
                yield self._bold_term(Lead(titles[at], ()), replace(block, end=more[-1].end), more)
                continue
            if block.kind == "list":
                plain = shapes.plain_leads(block)
                for number, item in enumerate(block.children):
                    first = item.children[0] if item.children else None
                    found = plain[number] if plain else shapes.lead_of(first) if first is not None else None
                    if found is not None:
                        yield self._bold_term(found, item, item.children[1:])
                continue
            if block.kind in ("table", "definitions"):
                yield from self._row_terms(block) if block.kind == "table" else self._defined_terms(block)
            if block.kind != "paragraph":
                continue
            lines = shapes.lines_of(block)
            if lead := shapes.lead_of(block):
                yield self._bold_term(lead, block, ())
            elif pending is not None and shapes.is_definition(lines[0]):
                yield from self._definition_list_terms([[*pending.children], *lines], pending)
            else:
                yield from self._definition_list_terms(lines, block)
            pending = block if len(lines) == 1 and not shapes.is_definition(lines[0]) else None

    def _definition_list_terms(self, lines: Sequence[Sequence[Node]], block: Node) -> Iterator[Term]:
        """Read definition lists: `term`, and other names of it on lines of their own, then lines that begin with a colon."""
        at = 0
        while at < len(lines):
            above = list(takewhile(lambda line: not shapes.is_definition(line), lines[at:]))
            at += len(above)
            body: list[Node] = []
            while at < len(lines) and shapes.is_definition(lines[at]):
                first = lines[at][0]
                text = re.sub(r"^\s*:\s+", "", first.text)
                gap = [Node("soft-break", first.start, first.start)] if body else []
                body += [*gap, replace(first, start=first.end - len(text), text=text), *lines[at][1:]]
                at += 1
            if body and above:
                name, *others = shapes.short_lines(above)
                span, inner = Span(name[0].start, name[-1].end), Node("paragraph", block.start, block.end, tuple(body))
                title = shapes.written_in(name)
                whole = Span(block.start if name is lines[0] else name[0].start, body[-1].end)
                listed = tuple(Alias(shapes.written_in(each), declared=False) for each in others)
                yield self._term(title, self._id(title), whole, span, (inner,), listed)

    def _defined_terms(self, block: Node) -> Iterator[Term]:
        """Read a definition list that was read as one."""
        for names, said, end in shapes.defined_in(block):
            name, *others = shapes.short_lines(names)
            title, lead = shapes.written_in(name), Span(name[0].start, name[-1].end)
            listed = tuple(Alias(shapes.written_in(each), declared=False) for each in others)
            yield self._term(title, self._id(title), Span(lead.start, end), lead, said, listed)

    def _row_terms(self, table: Node) -> Iterator[Term]:
        """Read the rows of a table of terms: the name, names in languages, and what the other cells say."""
        columns = shapes.columns_of(table)
        for row in table.children[1:] if columns else ():
            cells = [cell for cell in row.children if cell.kind == "cell"]
            title = cells[0].plain_text.strip(" :") if cells else ""
            if not title or columns is None:
                continue
            named = columns.languages
            listed = tuple(
                Alias(name, named[at])
                for at, cell in enumerate(cells)
                if at in named and (name := cell.plain_text.strip())
            )
            texts = [cell for at, cell in enumerate(cells) if at and at not in named and cell.children]
            texts = texts or [cell for cell in cells[1:] if cell.children]
            blocks = tuple(Node("paragraph", cell.start, cell.end, cell.children) for cell in texts)
            span, lead = Span(row.start, row.end), Span(cells[0].start, cells[0].end)
            yield self._term(title, self._id(title), span, lead, blocks, listed, columns.lang)

    def _bold_term(self, found: Lead, block: Node, more: Sequence[Node]) -> Term:
        """Read a term in bold, with what follows it."""
        strong = found.strong
        inner = (Node("paragraph", block.start, block.end, found.rest),) if found.rest else ()
        title = strong.plain_text.strip(" :\u00a0\u202f")
        span, lead = Span(block.start, block.end), Span(strong.start, strong.end)
        if block.kind == "item":
            span = Span(block.children[0].start, block.end)
        listed = (Alias(found.name),) if found.name else ()
        return self._term(title, self._id(title), span, lead, (*inner, *more), listed)

    def _id(self, title: str) -> str:
        return self._ids(slug(label(title)) or "term")

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
        names, blocks = without_lines(blocks, vocabulary().aliases)
        excluded, blocks = without_lines(blocks, vocabulary().excluded)
        text = " ".join(node.plain_text for node in blocks if node.kind != "heading")
        lang = lang or self.language_of(Span(blocks[0].start, blocks[-1].end) if blocks else span)
        name, others = names_in_label(label(title))
        name = respell(name, text)
        first = next((node.plain_text for node in blocks if node.kind in ("paragraph", "plain")), "")
        known = {folded(name)}
        aliases: list[Alias] = []
        said = [Alias(other, declared=False) for other in others]
        for alias in (*listed, *said, *names, *extract_aliases(name, first, lang)):
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
