"""Tie highlights to the sections of notes that quote or discuss them. Precision first: a wrong tie is worse than none.

    quote      a run of words that both have and few others do; a shorter one where the whole paragraph is nearly the same
    slide      the section's number is the highlight's page
    heading    the section's title stands in the highlight, word for word, and in few others of the work
    name       both name what nothing else in the note and in the work does: JEST, FineWeb
    words      in a note about the work, both have numbers, names, code or cognates that no other has: another language's words
    order      the sections numbered one less and one more have the highlights before and after it, and a word is shared
    address    the section links to what the highlight or its work is, or names the same arXiv paper

Slides, headings and names are compared only within the works that a note is about: it quotes several of their highlights,
links to them, or has their title. Nothing is compared in pairs: the notes' runs of words are one table, in which each run of
each highlight is looked up. So the time is linear in the words of both; what is in more than a few sections is a phrase, and
is dropped.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from aikb.model.document import Document, Kind
from aikb.model.highlights import Highlight
from aikb.relate.evidence.quotations import COMMON, find_quotations, index_ngrams
from aikb.relate.evidence.section_text import SectionText, names_in, sections_of
from aikb.relate.evidence.shared_words import match_passages
from aikb.relate.works import plain_address
from aikb.text.markup import words_of

ABOUT = 3
"""Quotations that make a note one about a work."""
SHORT, LETTERS = 4, 14
"""Words and letters of a quotation, in quotation marks, in a note about the work, that is in one highlight of it only; with so
few words, one of them must be, too."""
TITLE = 30
"""Words of a title that are looked at."""

_ARXIV = re.compile(r"(?:arxiv\.org/(?:abs|pdf|html)/|arxiv:\s?)(\d{4}\.\d{4,5})", re.IGNORECASE)


TieKind: TypeAlias = Literal["quote", "slide", "heading", "name", "address", "words", "order"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A highlight, or a work as a whole, that belongs to a section."""

    path: str
    """The document of the work."""
    highlight: str
    """The highlight's id; empty for the work as a whole."""
    kind: TieKind
    """What ties them, as the head of this file says."""
    note: str
    """The document of the section."""
    section: str
    """The section's id; empty for what stands above all headings."""
    title: str
    """The section's title, or the note's."""
    words: str
    """What both have: the words of the run, the number, the title, the address."""
    size: int = 0
    """Words of the run, of a quotation."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All ties, both ways."""

    by_section: Mapping[tuple[str, str], tuple[Tie, ...]] = field(default_factory=dict)
    """By path of the note and id of the section, in the order of works and highlights."""
    uses: Mapping[tuple[str, str], tuple[Tie, ...]] = field(default_factory=dict)
    """By path of the work and id of the highlight, in the order of notes and sections."""
    near: tuple[Tie, ...] = ()
    """What was just too little to be tied."""

    @property
    def ties(self) -> Iterator[Tie]:
        """All of them, by note and section."""
        for ties in self.by_section.values():
            yield from ties


@dataclass(slots=True)
class _Ties:
    """Collect ties, each pair of section and highlight once, by the surest kind."""

    kept: dict[tuple[str, str, str, str], Tie] = field(default_factory=dict)
    near: dict[tuple[str, str, str, str], Tie] = field(default_factory=dict)
    quoted: defaultdict[str, defaultdict[str, int]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(int))
    )
    """How much ties a note, by its path, to works, by theirs."""
    within: defaultdict[tuple[str, str], defaultdict[str, list[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(list))
    )
    """By note and work, the highlights of each section."""

    def add(self, tie: Tie, *, sure: bool = True) -> None:
        """Keep a tie, unless a surer one of the same pair is there."""
        key = tie.note, tie.section, tie.path, tie.highlight
        if not sure:
            self.near.setdefault(key, tie)
        elif key not in self.kept:
            self.kept[key] = tie
            if tie.highlight:
                self.within[tie.note, tie.path][tie.section].append(tie.highlight)
            self.quoted[tie.note][tie.path] += ABOUT if tie.kind == "address" else 1


def evidence(documents: Iterable[Document], least: int) -> Evidence:
    """Tie highlights to sections, in all notes and works; `least` words make a quotation, and 0 makes no tie at all."""
    everything = list(documents)
    works = {document.path: document for document in everything if document.work}
    if not works or not least:
        return Evidence()
    notes = {document.path: list(sections_of(document)) for document in everything if document.kind is Kind.NOTE}
    parts = [part for sections in notes.values() for part in sections]
    ties = _Ties()
    table = index_ngrams(parts)
    addresses, papers = _index_links(notes)
    for document in works.values():
        for highlight in _highlights(document):
            for quote in find_quotations(highlight.text, table, parts, least):
                tie = _tie(document, highlight.id, "quote", quote.section, quote.words, quote.size)
                ties.add(tie, sure=quote.sure)
        _tie_addresses(document, addresses, papers, ties)
    titles = _index_titles(works.values())
    tables: dict[str, _Table] = {}
    for sections in notes.values():
        for document in _works_about(sections[0].document, ties, titles, works):
            work = tables[document.path] = tables.get(document.path) or _index_work(document)
            _tie_short_quotations(work, sections, ties)
            _tie_within_works(work, sections, ties)
            _tie_words(document, sections, ties)
            _tie_in_order(document, sections, ties)
    return _sort_ties(ties, everything)


def _highlights(document: Document) -> tuple[Highlight, ...]:
    return document.work.highlights if document.work else ()


def _sort_ties(ties: _Ties, documents: Sequence[Document]) -> Evidence:
    """Sort ties by section and by highlight, in the order of the texts."""
    sections = {
        (document.path, section.id): number
        for document in documents
        for number, section in enumerate(document.sections, 1)
    }
    places = {
        (document.path, highlight.id): number
        for document in documents
        for number, highlight in enumerate(_highlights(document), 1)
    }

    def order(tie: Tie) -> tuple[str, int, str, int]:
        return tie.note, sections.get((tie.note, tie.section), 0), tie.path, places.get((tie.path, tie.highlight), 0)

    by_section: defaultdict[tuple[str, str], list[Tie]] = defaultdict(list)
    uses: defaultdict[tuple[str, str], list[Tie]] = defaultdict(list)
    for tie in sorted(ties.kept.values(), key=order):
        by_section[tie.note, tie.section].append(tie)
        uses[tie.path, tie.highlight].append(tie)
    return Evidence(
        {key: tuple(each) for key, each in by_section.items()},
        {key: tuple(each) for key, each in uses.items()},
        tuple(sorted((tie for key, tie in ties.near.items() if key not in ties.kept), key=order)),
    )


def _tie(document: Document, highlight: str, kind: TieKind, part: SectionText, words: str, size: int = 0) -> Tie:
    return Tie(
        path=document.path,
        highlight=highlight,
        kind=kind,
        note=part.document.path,
        section=part.id,
        title=part.title,
        words=words,
        size=size,
    )


def _index_links(
    notes: Mapping[str, list[SectionText]],
) -> tuple[Mapping[str, list[SectionText]], Mapping[str, list[SectionText]]]:
    """Index sections by the addresses they link to, and by the arXiv ids they name; each section once for each."""
    addresses: defaultdict[str, list[SectionText]] = defaultdict(list)
    papers: defaultdict[str, list[SectionText]] = defaultdict(list)
    for sections in notes.values():
        document = sections[0].document
        starts = [section.span.start for section in document.sections]
        linked = dict.fromkeys(
            (address, bisect_right(starts, link.span.start))
            for link in document.links
            if "://" in link.target and (address := plain_address(link.target))
        )
        for address, at in linked:
            addresses[address].append(sections[at])
        for part in sections:
            for paper in dict.fromkeys(_ARXIV.findall(part.text)):
                papers[paper].append(part)
    return addresses, papers


def _tie_addresses(
    document: Document, addresses: Mapping[str, list[SectionText]], papers: Mapping[str, list[SectionText]], ties: _Ties
) -> None:
    """Tie the sections that link to a work or to where one of its highlights is, and those that name its paper."""
    work = document.work
    if work is None:
        return
    for part in addresses.get(plain_address(work.url), []) if work.url else []:
        ties.add(_tie(document, "", "address", part, work.url))
    for paper in _ARXIV.findall(f"{work.url} {work.title}"):
        for part in papers.get(paper, []):
            ties.add(_tie(document, "", "address", part, f"arXiv:{paper}"))
    places = [(highlight, plain_address(highlight.url)) for highlight in work.highlights if highlight.url]
    shared = Counter([plain_address(work.url), *(address for _, address in places)])
    for highlight, address in places:
        for part in addresses.get(address, []) if shared[address] == 1 else []:
            ties.add(_tie(document, highlight.id, "address", part, highlight.url))


def _index_titles(works: Iterable[Document]) -> Mapping[str, list[Document]]:
    """Index works by the first words of their title, three or more of them, as a note's title may have them."""
    titles: defaultdict[str, list[Document]] = defaultdict(list)
    for document in works:
        words = words_of(document.title)
        for size in range(3, min(len(words), TITLE) + 1):
            titles[" ".join(words[:size])].append(document)
    return titles


def _works_about(
    note: Document, ties: _Ties, titles: Mapping[str, list[Document]], works: Mapping[str, Document]
) -> list[Document]:
    """Find the works that a note is about."""
    about = {path: works[path] for path, count in ties.quoted[note.path].items() if count >= ABOUT}
    same = titles.get(" ".join(words_of(note.title)), [])
    if len(same) <= COMMON:
        about |= {document.path: document for document in same}
    return [about[path] for path in sorted(about)]


@dataclass(frozen=True, slots=True)
class _Table:
    """The highlights of a work, to be looked up by what a note about it may have."""

    document: Document
    pages: Mapping[int, list[Highlight]]
    words: Mapping[str, list[tuple[Highlight, str]]]
    """With their words between blanks, by each of the words."""
    names: Mapping[str, list[Highlight]]


def _index_work(document: Document) -> _Table:
    table = _Table(document, defaultdict(list), defaultdict(list), defaultdict(list))
    for highlight in _highlights(document):
        if highlight.page:
            table.pages[highlight.page].append(highlight)
        words = words_of(highlight.text)
        text = f" {' '.join(words)} "
        for word in set(words):
            table.words[word].append((highlight, text))
        for name in set(names_in(highlight.text)):
            table.names[name].append(highlight)
    return table


def _tie_short_quotations(table: _Table, parts: Sequence[SectionText], ties: _Ties) -> None:
    """Tie what a note about a work has in quotation marks, however short, to the one highlight that has all of it in order."""
    for part in parts:
        for pieces in part.quotations:
            words = " … ".join(pieces)
            size = sum(piece.count(" ") + 1 for piece in pieces)
            if size < SHORT or len(words) < LETTERS or not any(" " in piece for piece in pieces):
                continue
            rarest = min((table.words.get(word, []) for piece in pieces for word in piece.split()), key=len)
            having = [highlight for highlight, text in rarest if _in_order(pieces, text)]
            if len(having) == 1 and (size > SHORT or len(rarest) == 1):
                ties.add(_tie(table.document, having[0].id, "quote", part, words, size))


def _in_order(pieces: Sequence[str], text: str) -> bool:
    """Tell whether a text, its words between blanks, has all the pieces, one after the other."""
    at = 0
    for piece in pieces:
        at = text.find(f" {piece} ", at)
        if at < 0:
            return False
        at += len(piece) + 1
    return True


def _tie_within_works(table: _Table, parts: Sequence[SectionText], ties: _Ties) -> None:
    """Tie, within a note about a work, sections and highlights by number and by title."""
    document = table.document
    parts = [part for part in parts if not part.term]  # the glossary tells where its terms are used
    for name, (part, highlight) in _rare_names(parts, table).items():
        ties.add(_tie(document, highlight.id, "name", part, name))
    for part in parts:
        for highlight in table.pages.get(part.number, []) if part.number else []:
            ties.add(_tie(document, highlight.id, "slide", part, str(part.number)))
        words = part.heading.split()
        if not part.id or not words:
            continue
        rarest = min((table.words.get(word, []) for word in words), key=len)
        having = [highlight for highlight, text in rarest if part.heading in text]
        sure = len(words) > 1 and len(part.heading) > 10
        for highlight in having if len(having) <= COMMON - 1 else []:
            ties.add(_tie(document, highlight.id, "heading", part, part.heading.strip()), sure=sure)


def _tie_words(document: Document, parts: Sequence[SectionText], ties: _Ties) -> None:
    """Tie the passages of a note about a work to the highlights that say the same in other words, or in another language."""
    owners = [(part, passage) for part in parts if not part.term for passage in part.passages]
    highlights = _highlights(document)
    texts, places = [each.text for each in highlights], {each.id: at for at, each in enumerate(highlights)}
    whole = [(part, f"{part.title}\n{part.text}") for part in parts if not part.term]
    note = parts[0].document.path
    quoted = {
        section: [places[each] for each in names if ties.kept[note, section, document.path, each].kind == "quote"]
        for section, names in ties.within[note, document.path].items()
    }
    for units in (owners, whole):
        tied = {(at, other) for at, (part, _) in enumerate(units) for other in quoted.get(part.id, ())}
        for match in match_passages([text for _, text in units], texts, tied):
            part = units[match.passage][0]
            ties.add(_tie(document, highlights[match.highlight].id, "words", part, ", ".join(match.words)))


def _tie_in_order(document: Document, parts: Sequence[SectionText], ties: _Ties) -> None:
    """Tie a numbered section without a tie to the one free highlight between those of its neighbours, 23 and 25 of 24.

    Readers go through slides and chapters in their order, and so does an export. A reader may highlight one slide twice and the
    next not at all; so a rare word of the section's title must stand in the highlight, too.
    """
    tied = ties.within[parts[0].document.path, document.path]
    highlights = _highlights(document)
    places = {highlight.id: at for at, highlight in enumerate(highlights)}
    taken = {identifier for each in tied.values() for identifier in each}
    stems: list[frozenset[str]] = []
    for before, part, after in _triples([part for part in parts if part.number and not part.term]):
        if part.id in tied or before.id not in tied or after.id not in tied:
            continue
        last = max(places[each] for each in tied[before.id])
        free = highlights[last + 1] if min(places[each] for each in tied[after.id]) == last + 2 else None
        if free is None or free.id in taken or free.page:
            continue
        if free.group not in (highlights[last].group, highlights[last + 2].group):
            continue
        stems = stems or [_stems(each.text) for each in highlights]
        shared = sorted(
            stem
            for stem in _stems(part.heading) & stems[last + 1]
            if sum(stem in each for each in stems) <= max(COMMON, len(stems) // 4)
        )
        if shared:
            words = f"{before.number} · {after.number}: {', '.join(shared)}"
            ties.add(_tie(document, free.id, "order", part, words))


def _triples(parts: Sequence[SectionText]) -> Iterator[tuple[SectionText, SectionText, SectionText]]:
    """List each three sections in a row whose numbers follow one another."""
    for before, part, after in zip(parts, parts[1:], parts[2:], strict=False):
        if before.number + 1 == part.number == after.number - 1:
            yield before, part, after


def _stems(text: str) -> frozenset[str]:
    """Cut the long words of a text after six letters, as languages share them."""
    return frozenset(word[:6] for word in words_of(text) if len(word) > 4)


def _rare_names(parts: Sequence[SectionText], table: _Table) -> Mapping[str, tuple[SectionText, Highlight]]:
    """Find names that one section and one highlight have, and no other."""
    here: defaultdict[str, list[SectionText]] = defaultdict(list)
    for part in parts:
        for name in sorted(set(names_in(part.text))):
            here[name].append(part)
    few = (name for name in here if len(here[name]) == len(table.names.get(name, [])) == 1)
    return {name: (here[name][0], table.names[name][0]) for name in few}
