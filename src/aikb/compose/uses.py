"""Where terms are used: the sentences that speak of them, place by place, made once for all trees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from aikb.compose.paragraphs import Sentences
from aikb.relate.glossary.mentions import Mention
from aikb.relate.relations import Relations

LIMIT = 60
"""How many places the page of a term shows; the glossary for other tools names all."""


@dataclass(frozen=True, slots=True)
class Use:
    """A place that speaks of a term, and how often."""

    path: str
    """Of the source."""
    place: str
    """The id of its section or highlight."""
    before: str
    words: str
    """The term, as it stands in the sentence."""
    after: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Uses:
    """All uses of one concept that are no part of a definition."""

    shown: tuple[Use, ...]
    """The first in each place, in the order of the notes; at most LIMIT."""
    places: Mapping[str, int]
    """How many places there are, by the path of the source."""
    counts: Mapping[str, int]
    """How many mentions, likewise."""


def uses(relations: Relations, sentences: Sentences) -> dict[str, Uses]:
    """The uses of each concept by its id."""
    first: defaultdict[str, dict[tuple[str, str], Mention]] = defaultdict(dict)
    counts: defaultdict[str, defaultdict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    for path, mentions in relations.mentions.items():
        for mention in mentions:
            if not mention.inside:
                key = path, mention.place
                first[mention.concept].setdefault(key, mention)
                counts[mention.concept][key] += 1
    found = {}
    for concept, places in first.items():
        shown = []
        for key, mention in list(places.items())[:LIMIT]:
            path, place = key
            sentence = sentences.of(relations.index.documents[path]).around_mention(mention)
            shown.append(Use(path, place, *sentence, counts[concept][key]))
        by_path, mentioned = defaultdict[str, int](int), defaultdict[str, int](int)
        for (path, _), count in counts[concept].items():
            by_path[path] += 1
            mentioned[path] += count
        found[concept] = Uses(tuple(shown), by_path, mentioned)
    return found
