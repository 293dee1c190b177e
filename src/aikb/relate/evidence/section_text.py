"""Cut notes into sections and tokenize them, for comparison with highlights."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from aikb.model.document import Document
from aikb.text.markup import plain_text, words_of

_NUMBER = re.compile(r"^(?:slide |page |p\. ?)?(\d{1,4})(?=[\s.:)–-]|$)", re.IGNORECASE)
_CONTENTS = re.compile(r"^[ \t]*(?:[-*+]|\d+[.)])[ \t]+\[[^\n]*\]\(#[^()\s]*\)[ \t]*$", re.MULTILINE)
"""A line of a table of contents, which says nothing by itself."""
_NAME = re.compile(r"\b(?=\w{4})(?:[A-Z]{4,}|[A-Z][a-z]+[A-Z]\w*|[a-z]+[A-Z]\w+)\b(?!-)")
"""A name that is written like no ordinary word."""
_CAPITALS = re.compile(r"^(?=[^\n]*[A-ZÀ-Þ]{2,}[^\w\n]+[A-ZÀ-Þ]{2,})[^a-zß-ÿ\n]+$", re.MULTILINE)
"""A line in capitals, whose words are no names for that."""
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:.*\n)*?---[ \t]*(?:\n|\Z)")
_QUOTED = re.compile(
    r"“([^“”\n]{8,600})”|«\s*([^«»\n]{8,600}?)\s*»|„([^„“”\n]{8,600})[“”]|(?<!\w)‘([^‘\n]{8,600}?)’(?!\w)"
    r"|(?<!\w)\"([^\"\n]{8,600})\"|((?:^[ \t]*>[^\n]*\n?)+)",
    re.MULTILINE,
)
"""What stands in quotation marks or in a quote block."""
_ELISION = re.compile(r"[\[(](?:…|\.{3}|\. \. \.|[^\W\d]{0,20}\.{3})[\])]|…|\.{3}|\[[^\[\]\n]{0,40}\]")
"""What a quotation leaves out, or what its author has put in."""


@dataclass(frozen=True)
class SectionText:
    """A section of a note as text, its words and its paragraphs made on demand."""

    document: Document
    id: str
    title: str
    text: str
    term: bool = False
    """Whether it defines a term."""

    @cached_property
    def words(self) -> list[str]:
        """Its words for comparison."""
        return words_of(self.text)

    @cached_property
    def paragraphs(self) -> list[str]:
        """Its paragraphs, the words of each with a blank between."""
        return [" ".join(words_of(each)) for each in re.split(r"\n\s*\n", self.text)]

    @cached_property
    def quotations(self) -> list[tuple[str, ...]]:
        """What it quotes, cut where something is left out; the words of each piece with a blank between."""
        found = ("".join(filter(None, match.groups())) for match in _QUOTED.finditer(self.text))
        pieces = ((" ".join(words_of(each)) for each in _ELISION.split(text.replace(">", " "))) for text in found)
        return [tuple(filter(None, each)) for each in pieces]

    @cached_property
    def quoted(self) -> list[str]:
        """All pieces of what it quotes."""
        return [piece for pieces in self.quotations for piece in pieces]

    @cached_property
    def passages(self) -> list[str]:
        """Its paragraphs and items of lists, as they are written."""
        return [each for each in re.split(r"\n\s*\n|\n(?=[ \t]*(?:[-*+]|\d+[.)])[ \t])", self.text) if each.strip()]

    @cached_property
    def number(self) -> int:
        """The number that its title begins with, of a slide or page; 0 without one."""
        match = _NUMBER.match(self.title)
        return int(match[1]) if match else 0

    @cached_property
    def heading(self) -> str:
        """The title's words without its number, between blanks."""
        return f" {' '.join(words_of(_NUMBER.sub('', self.title)))} "


def sections_of(document: Document) -> Iterator[SectionText]:
    """Cut a note into its sections; what stands above the first heading is one too."""
    text = document.source.text
    first = document.sections[0].span.start if document.sections else len(text)
    yield SectionText(document, "", document.title, _CONTENTS.sub("", _FRONT_MATTER.sub("", text[:first])))
    for section in document.sections:
        top = document.titled and section is document.sections[0]
        written = _CONTENTS.sub("", text[section.span.end : section.end])
        term = any(each.span.start <= section.span.start < each.span.end for each in document.terms)
        yield SectionText(document, "" if top else section.id, section.title, written, term)


def names_in(text: str) -> list[str]:
    """Find the names in a Markdown text that are written like no ordinary word: JEST, FineWeb."""
    return _NAME.findall(plain_text(_CAPITALS.sub(" ", text)))
