"""Bring together the tags of front matter, of texts and of highlights: one tag whatever its letter case or its language.

A tag that is a name of a term is one with the names that the glossary gives the term in other languages: `#apprentissage` and
`#learning`. A tag with `/` is inside the one before it, as in Obsidian.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from aikb.model.document import Document
from aikb.relate.glossary.concepts import Concept
from aikb.relate.index import Index
from aikb.text.folding import collation_key, folded
from aikb.text.slug import slug

_DEEPEST = 50
"""Levels of a nested tag that count; each has a page."""
PAGES, LISTED = 400, 600
"""Tags that have a page, and that stand in the index, the most used first."""
_LONGEST = 60
"""Characters of a part of a key; file systems have no room for much more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A tag, and what has it."""

    key: str
    """Its place: `ia/llm`, as ids and addresses have it."""
    name: str
    """As it is written most often, without `#`."""
    names: Mapping[str, str]
    """As texts of each language write it most often."""
    paths: tuple[str, ...]
    """Of the documents that have it or a tag inside it, in their order."""
    highlights: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The highlights that have it, by path of the document."""
    paged: bool = True
    """Whether it has a page of its own."""
    listed: bool = True
    """Whether it stands in the index."""

    @property
    def address(self) -> str:
        """Below the folder of tags."""
        return f"{self.key}.md"

    def label(self, lang: str) -> str:
        """Choose the name for readers of a language."""
        return self.names.get(lang, self.name)


@dataclass(frozen=True, slots=True)
class Tags:
    """All tags, and what each name means."""

    tags: Mapping[str, Tag] = field(default_factory=dict)
    """By key, in alphabetical order."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """The key of each name, by the name in lower case."""
    inside: Mapping[str, tuple[Tag, ...]] = field(default_factory=dict)
    """The tags right inside each, by its key."""

    def named(self, name: str) -> Tag | None:
        """Look up the tag that a name means; None for one that is left out."""
        return self.tags.get(self.keys.get(name.strip("#/ ").casefold(), ""))


def tag_key(name: str) -> str:
    """Make the key of a tag; letter case says nothing, as in Obsidian."""
    parts = [_address_part(part.strip()) for part in name.strip("#/ ").casefold().split("/")]
    return "/".join(f"{part}-tag" if part == "index" else part for part in parts if part) or "tag"


def _address_part(part: str) -> str:
    """Make the part of an address for one of a tag's: GitHub's slug, and emoji, which have none there, by their numbers."""
    words = slug(part)[:_LONGEST].strip("-")
    signs = () if part.isascii() else (f"u{ord(sign):x}" for sign in part if unicodedata.category(sign) == "So")
    return "-".join(filter(None, (words, *signs)))[: 2 * _LONGEST]


def merge_tags(index: Index, concepts: Mapping[str, Concept]) -> Tags:
    """Merge the tags of all documents; those of exporters are left out."""
    hidden = frozenset(name.casefold() for name in index.settings.exporter_tags)
    aliases = _paired(concepts, index)
    names: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    paths: defaultdict[str, dict[str, None]] = defaultdict(dict)
    marked: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    keys: dict[str, str] = {}
    for path, document in index.documents.items():
        for name, highlight in _tags_of(document):
            written = name.strip("#/ ")
            if not written or written.casefold() in hidden:
                continue
            key = aliases.get(folded(written)) or tag_key(written)
            key = "/".join(key.split("/", _DEEPEST)[:_DEEPEST])
            keys[written.casefold()] = key
            names[key][document.lang, written] += 1
            for above in _with_parents(key):
                paths[above][path] = None
            if highlight:
                marked[key][path].append(highlight)
    tags = _made(names, paths, marked)
    inside: defaultdict[str, list[Tag]] = defaultdict(list)
    for key, tag in tags.items():
        if "/" in key:
            inside[key.rpartition("/")[0]].append(tag)
    return Tags(tags, keys, {key: tuple(each) for key, each in inside.items()})


def _made(
    names: Mapping[str, Counter[tuple[str, str]]],
    paths: Mapping[str, Mapping[str, None]],
    marked: Mapping[str, Mapping[str, list[str]]],
) -> Mapping[str, Tag]:
    used_first = sorted(paths, key=lambda key: (-len(paths[key]), key))
    paged, listed = set(used_first[:PAGES]), set(used_first[:LISTED])
    outer = _outer_names(names)
    tags = []
    for key, own in paths.items():
        counts = names.get(key) or Counter({("", outer[key]): 1})
        ordered = sorted(counts, key=lambda each: (-counts[each], each))
        by_lang = {lang: name for lang, name in reversed(ordered) if lang}
        highlights = {path: tuple(dict.fromkeys(each)) for path, each in marked.get(key, {}).items()}
        tags.append(
            Tag(
                key=key,
                name=ordered[0][1],
                names=by_lang,
                paths=tuple(own),
                highlights=highlights,
                paged=key in paged,
                listed=key in listed,
            )
        )
    tags.sort(key=lambda tag: (collation_key(tag.key), tag.key))
    return {tag.key: tag for tag in tags}


def _outer_names(names: Mapping[str, Counter[tuple[str, str]]]) -> dict[str, str]:
    """Name the tags that others stand in, by their keys: each by the first of those, as far as its own parts go."""
    first: dict[str, str] = {}
    for key, counts in names.items():
        name = min(name for _, name in counts)
        for above in _with_parents(key.rpartition("/")[0]):
            first[above] = min(first.get(above, name), name)
    return {above: "/".join(name.split("/")[: above.count("/") + 1]) for above, name in first.items()}


def _with_parents(key: str) -> Iterator[str]:
    while key:
        yield key
        key = key.rpartition("/")[0]


def _tags_of(document: Document) -> Iterator[tuple[str, str]]:
    """List the tags of a document, each with the highlight that has it, or nothing."""
    work = document.work
    shown = () if "tags" in document.metadata.hide else (*document.metadata.tags, *(work.tags if work else ()))
    for name in dict.fromkeys((*shown, *document.hashtags)):
        yield name, ""
    if work:
        for highlight in work.highlights:
            for name in highlight.tags:
                yield name, highlight.id


def _paired(concepts: Mapping[str, Concept], index: Index) -> dict[str, str]:
    """Make the key of each name of a term that a tag may be, by the folded name: its label's in the site's first language."""
    keys: dict[str, str] = {}
    for concept in concepts.values():
        if len(concept.labels) < 2 and not concept.aliases:
            continue
        key = tag_key(concept.label(index.settings.languages[0]))
        for name in (*concept.labels.values(), *(alias.text for alias in concept.aliases)):
            keys.setdefault(folded(name), key)
    return keys
