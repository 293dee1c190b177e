"""Suggest aliases and terms: offered to the author, never taken."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from aikb.model.document import Document
from aikb.read.glossary.aliases import long_form
from aikb.relate.glossary.concepts import Glossary
from aikb.relate.glossary.lexicon import key_of
from aikb.relate.relations import Relations
from aikb.text.folding import folded

_EXPLAINED = re.compile(r"\(([A-Z][\w-]*[A-Z][\w-]*?)s?\)")
_POINTING = re.compile(
    r"(?:here|there|this|that|above|below|see|link|ici|là|voir|ceci|cela|plus bas|plus haut|lien|\W|\d)+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An abbreviation that is used and not defined."""

    text: str
    count: int
    path: str
    start: int
    """Where it stands first."""


def candidates(documents: Iterable[Document], glossary: Glossary, least: int = 3) -> list[Candidate]:
    """Find abbreviations in the running text that are in no term's name, used `least` times or more, the commonest first."""
    names = {
        word
        for concept in glossary.concepts.values()
        for name in (*concept.labels.values(), *(alias.text for alias in concept.aliases))
        for word in (key_of(name), *key_of(name).split())
    }
    counts: defaultdict[str, int] = defaultdict(int)
    first: dict[str, tuple[str, int]] = {}
    for document in documents:
        for each in document.abbreviations:
            counts[each.text] += each.count
            first.setdefault(each.text, (document.path, each.start))
    frequent = [Candidate(text, count, *first[text]) for text, count in counts.items() if count >= least]
    return sorted(
        (each for each in frequent if key_of(each.text) not in names), key=lambda each: (-each.count, each.text)
    )


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line of advice, and the place that gave rise to it."""

    path: str
    line_number: int
    text: str

    @property
    def line(self) -> str:
        """As it is printed."""
        return f"{self.path}:{self.line_number}: {self.text}"


def suggestions(relations: Relations) -> Iterator[Suggestion]:
    """Suggest aliases first, then abbreviations that no term explains, the commonest first."""
    names = {
        folded(name): concept.id
        for concept in relations.glossary.concepts.values()
        for name in (*concept.labels.values(), *(alias.text for alias in concept.aliases))
    }
    suggested: set[tuple[str, str]] = set()
    for path, document in relations.index.documents.items():
        text = document.source.text
        spans = {mention.span: mention for mention in relations.mentions.get(path, ()) if mention.kind == "written"}
        for link in document.links:
            mention = spans.get(link.span)
            words = " ".join(link.text.split())
            if mention is None or not words or folded(words) in names or _POINTING.fullmatch(words):
                continue
            if all(folded(part) in names for part in re.split(r"\s*[()]\s*", words) if part):
                continue  # “long form (SHORT)”, both known
            if (folded(words), mention.concept) not in suggested and len(words.split()) <= 6:
                suggested.add((folded(words), mention.concept))
                label = relations.glossary.concepts[mention.concept].label(document.lang)
                advice = f"“{words}” is linked to {label}: an alias?"
                yield Suggestion(path, document.source.position(link.span.start)[0], advice)
        for match in _EXPLAINED.finditer(text):
            long = long_form(match[1], text[max(match.start() - 120, 0) : match.start()].rsplit("\n", 1)[-1])
            short_of, long_of = names.get(folded(match[1])), names.get(folded(long)) if long else None
            if not long or (short_of is None) == (long_of is None):
                continue
            known, new = (match[1], long) if short_of else (long, match[1])
            concept = short_of or long_of or ""
            if (folded(new), concept) not in suggested:
                suggested.add((folded(new), concept))
                advice = f"“{new}” is explained as “{known}”: an alias?"
                yield Suggestion(path, document.source.position(match.start())[0], advice)
    for each in candidates(relations.index.documents.values(), relations.glossary):
        line = relations.index.documents[each.path].source.position(each.start)[0]
        yield Suggestion(each.path, line, f"“{each.text}” is used {each.count} times: a term?")


def counted_terms(relations: Relations) -> Counter[str]:
    """Count how often each term is mentioned outside of definitions, by id."""
    return Counter(
        mention.concept for mentions in relations.mentions.values() for mention in mentions if not mention.inside
    )
