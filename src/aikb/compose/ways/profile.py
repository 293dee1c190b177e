"""Say of one document what it says by itself: its first sentence, its length, its words, and what it names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from aikb.compose.ways.namings import Naming, namings
from aikb.compose.ways.topics import Counted, counted, heading_of, is_label, strengths, strengths_of_part
from aikb.model.document import Document
from aikb.model.node import Node
from aikb.read.exports.dates import iso_date
from aikb.text.sentences import first_sentence
from aikb.text.slug import plain_letters

_WORD = re.compile(r"[^\W\d_]{3,40}")
_ADDRESS = re.compile(r"\]\([^()\s]*\)|https?://\S+")
_ADDRESSED = re.compile(r"[(<\[]?\s?https?://[^\s)>\]]*[^\s)>\].,;:!?][)>\]]?")
_BEFORE_SIGN = re.compile(r"[\s,;]*\s([,.;])")
_SEVERAL, _LONG = 3, 40
"""Headings of a note whose sections are told apart, and words of a section that says enough to be like others."""
_SENTENCE = 4
"""Words of a text that may be a sentence; a shorter one is a label."""
_SPEED = 230
"""Words that are read in a minute, by M. Brysbaert's review of 190 studies (2019)."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a document says by itself."""

    opening: str
    """Its first real sentence; empty where it has none."""
    words: int
    topics: Mapping[str, int]
    """What it is about: words by their folded stems, each with its strength."""
    sections: Mapping[str, Mapping[str, int]]
    """The same of each long section, by its id, in a note that has several."""
    spelled: Mapping[str, str]
    """How it writes each word first."""
    namings: tuple[Naming, ...]
    marked: Mapping[str, int]
    """How many highlights of a work were made on each day, in ISO 8601."""

    @property
    def minutes(self) -> int:
        """How long it takes to read, rounded up to whole minutes."""
        return -(-self.words // _SPEED)


def profile(document: Document) -> Profile:
    """Make the profile of a document."""
    texts = list(_texts(document))
    titles = "\n".join((document.title, *(section.title for section in document.sections)))
    found = [_WORD.findall(text) for text in texts]
    whole = counted(chain(*found, (word for word in _WORD.findall(titles) if not is_label(word))))
    return Profile(
        opening=opening(document),
        words=sum(len(text.split()) for text in (titles, *texts)),
        topics=strengths(whole, heading_of(_WORD.findall(document.title))),
        sections=_sections(document, found, whole),
        spelled=whole.spelled,
        namings=namings(document),
        marked=_marked(document),
    )


def _sections(document: Document, found: Sequence[Sequence[str]], whole: Counted) -> Mapping[str, Mapping[str, int]]:
    """Say what each long section of a note is about; `found` are the words above the first heading, and under each."""
    if document.work is not None or len(document.sections) < _SEVERAL:
        return {}
    first = 1 if document.titled else 0
    return {
        section.id: strengths_of_part(words, whole, heading_of(_WORD.findall(section.title)))
        for section, words in zip(document.sections[first:], found[1 + first :], strict=True)
        if section.id and len(words) >= _LONG
    }


def _marked(document: Document) -> Mapping[str, int]:
    """Count the highlights of a work by day: their own, else that of their group, else the work's last."""
    if document.work is None:
        return {}
    dates = [each.date or (each.group.date if each.group else "") for each in document.work.highlights]
    if not any(dates):
        dates = [document.work.updated] * len(dates)
    days = Counter(iso_date(date)[:10] for date in dates if date)
    return {day: count for day, count in days.items() if len(day) == len("2024-01-01")}


def opening(document: Document) -> str:
    """Find the first real sentence of a document: of a paragraph, else of an item; no label, no list of links."""
    if document.work is not None:
        return first_sentence(document.work.summary)
    title = document.title.casefold()
    for texts in (_paragraphs(document.blocks), _items(document.blocks)):
        for node in texts:
            text = node.plain_text.strip()
            if text.count(" ") >= _SENTENCE and text.casefold() != title and not _only_links(node):
                sentence = _without_addresses(first_sentence(plain_letters(text)))
                if sentence.count(" ") >= _SENTENCE or "://" not in text:
                    return sentence
    return ""


def _without_addresses(sentence: str) -> str:
    """Leave out bare addresses, which say nothing in a list or a preview; what leads to a list ends in dots."""
    if "://" in sentence:
        sentence = _ADDRESSED.sub(" ", sentence)
        sentence = _BEFORE_SIGN.sub(r"\1", " ".join(sentence.split())).strip(" -–—:,;|·•")
    return f"{sentence[:-1].rstrip()}…" if sentence.endswith(":") else sentence


def _paragraphs(blocks: Iterable[Node]) -> Iterator[Node]:
    return (block for block in blocks if block.kind == "paragraph")


def _items(blocks: Iterable[Node]) -> Iterator[Node]:
    for block in blocks:
        if block.kind in ("list", "quote", "alert", "callout", "material", "item", "definitions", "definition"):
            yield from (each for each in block.children if each.kind in ("paragraph", "plain"))
            yield from _items(block.children)


def _only_links(node: Node) -> bool:
    return all(
        each.kind in ("link", "soft-break", "hard-break", "tag", "image", "hashtag")
        or (not each.text.strip(" ,;|·•-–—") and not each.children)
        for each in node.children
    )


def _texts(document: Document) -> Iterator[str]:
    """List the running text of a document above its first heading and under each, or a work's highlights."""
    if document.work is not None:
        yield from (_ADDRESS.sub(" ", highlight.text) for highlight in document.work.highlights)
        return
    text, prose, sections = document.source.text, document.prose, document.sections
    at = 0
    for end in (sections[0].span.start if sections else len(text), *(each.end for each in sections)):
        pieces = []
        while at < len(prose) and prose[at] < end:
            pieces.append(text[prose[at] : prose[at + 1]])
            at += 2
        yield "\n".join(pieces)
