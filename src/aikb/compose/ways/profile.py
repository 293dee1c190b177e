"""Say of one document what it says by itself: its first sentence, its length, its words, and what it names."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from aikb.compose.search.stem import stem
from aikb.compose.ways.namings import Naming, namings
from aikb.compose.ways.related import translations
from aikb.locales.words import known, words_of_its_own
from aikb.model.document import Document
from aikb.model.node import Node
from aikb.read.exports.dates import iso_date
from aikb.text.folding import unaccented
from aikb.text.sentences import first_sentence
from aikb.text.slug import plain_letters

_WORD = re.compile(r"[^\W\d_]{3,40}")
_ADDRESS = re.compile(r"\]\([^()\s]*\)|https?://\S+")
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
    stems: Mapping[str, int]
    """How often it has each word, by its folded stem; without those that every text is full of."""
    spelled: Mapping[str, str]
    """How it writes each of them first."""
    namings: tuple[Naming, ...]
    marked: Mapping[str, int]
    """How many highlights of a work were made on each day, in ISO 8601."""

    @property
    def minutes(self) -> int:
        """How long it takes to read, rounded up to whole minutes."""
        return -(-self.words // _SPEED)


def profile(document: Document) -> Profile:
    """Make the profile of a document."""
    text = "\n".join(_texts(document))
    stems, spelled = _stemmed(Counter(_WORD.findall(text)))
    return Profile(opening(document), len(text.split()), stems, spelled, namings(document), _marked(document))


def _stemmed(counts: Mapping[str, int]) -> tuple[dict[str, int], dict[str, str]]:
    """Count words by their stems, and note how each is written first."""
    stems: dict[str, int] = {}
    spelled: dict[str, str] = {}
    for word, count in counts.items():
        if root := _stem(word):
            stems[root] = stems.get(root, 0) + count
            spelled.setdefault(root, word if word.isascii() else unicodedata.normalize("NFKC", word))
    return stems, spelled


def section_profiles(document: Document) -> Mapping[str, tuple[Mapping[str, int], Mapping[str, str]]]:
    """Count the words of each long section of a note, by its id, and how it writes them; nothing of a work's."""
    found: dict[str, tuple[Mapping[str, int], Mapping[str, str]]] = {}
    if document.work is not None:
        return found
    text, prose = document.source.text, list(zip(document.prose[::2], document.prose[1::2], strict=False))
    at = 0
    for section in document.sections[1 if document.titled else 0 :]:
        pieces = [section.title]
        while at < len(prose) and prose[at][0] < section.end:
            if prose[at][0] >= section.span.end:
                pieces.append(text[prose[at][0] : prose[at][1]])
            at += 1
        counts = Counter(_WORD.findall("\n".join(pieces)))
        if section.id and counts.total() >= _LONG:
            found[section.id] = _stemmed(counts)
    return found


_LONG = 40
"""Words of a section that says enough to be like others."""


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
                return first_sentence(plain_letters(text))
    return ""


def _paragraphs(blocks: Iterable[Node]) -> Iterator[Node]:
    return (block for block in blocks if block.kind == "paragraph")


def _items(blocks: Iterable[Node]) -> Iterator[Node]:
    for block in blocks:
        if block.kind in ("list", "quote", "alert", "callout", "material", "item"):
            yield from (each for each in block.children if each.kind in ("paragraph", "plain"))
            yield from _items(block.children)


def _only_links(node: Node) -> bool:
    return all(
        each.kind in ("link", "soft-break", "hard-break", "tag", "image", "hashtag")
        or (not each.text.strip(" ,;|·•-–—") and not each.children)
        for each in node.children
    )


def _texts(document: Document) -> Iterator[str]:
    """List the running text of a document and its headings, or the highlights of a work."""
    if document.work is not None:
        yield document.work.title
        for highlight in document.work.highlights:
            yield _ADDRESS.sub(" ", highlight.text)
        return
    text, prose = document.source.text, document.prose
    yield document.title
    for start, end in zip(prose[::2], prose[1::2], strict=False):
        yield text[start:end]
    yield from (section.title for section in document.sections)


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    """Fold and stem a word, and translate it where the word list knows one word for it; empty for one that all texts have."""
    plain = unaccented(word).casefold()
    root = stem(plain)
    return "" if plain in _common() else translations().get(root, root)


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """The commonest words of all languages of the interface, folded; they say nothing of what a text is about."""
    keys = ("common_words", "binding_words")
    texts = (words_of_its_own(lang).get(key, "") for lang in known() for key in keys)
    return frozenset(unaccented(word).casefold() for text in texts for word in text.split())
