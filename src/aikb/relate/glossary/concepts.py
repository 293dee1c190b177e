"""Merge definitions of one thing into concepts: the glossary, its names, and what else leads to it."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from aikb.findings.finding import called, finding
from aikb.model.document import Anchor, Document
from aikb.model.finding import Diagnostic
from aikb.model.glossary import Alias, Term
from aikb.model.node import Node
from aikb.model.source import Span
from aikb.read.glossary.aliases import long_form
from aikb.text.folding import folded
from aikb.text.slug import Names, slug

FOLDER = "glossary"
"""Where the pages of terms are, in either tree."""

_NAMED = re.compile(r"(?P<long>[^()]+)\((?P<short>[A-Z][\w-]*)\)")

_ANCHOR = re.compile(r"<a\s+(?:name|id)\s*=", re.IGNORECASE)
_ANCHOR_WORDS = 5
_TAGS = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that the glossary defines, once in a language or in several."""

    id: str
    """Of its page and of its entry in the list; not written in other words in another tree."""
    terms: tuple[Term, ...]
    """Its definitions, one a language, the languages in the order of the settings."""
    labels: Mapping[str, str]
    """What it is called, by the language of the definition."""
    aliases: tuple[Alias, ...]

    def term(self, lang: str) -> Term:
        """Choose the definition for readers of a language: theirs where there is one and it says something."""
        if len(self.terms) == 1:
            return self.terms[0]
        return min(self.terms, key=lambda term: (not has_text(term), term.lang != lang))

    def label(self, lang: str) -> str:
        """Choose the label that readers of a language find it under."""
        return self.labels[self.term(lang).lang]

    @property
    def linked(self) -> bool:
        """Whether its mentions become links."""
        return all(term.linked for term in self.terms)


@dataclass(frozen=True, slots=True)
class Glossary:
    """All concepts, and the places that belong to them."""

    concepts: Mapping[str, Concept] = field(default_factory=dict)
    """By id, in the order of the files that define them."""
    places: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """The concept that a source and an id in it lead to."""
    anchors: Mapping[tuple[str, Span], tuple[Anchor, ...]] = field(default_factory=dict)
    """What a fragment can point at inside an entry, by its source and place."""


def has_text(term: Term) -> bool:
    """Tell whether a definition says anything: code and formulas do; a heading or a few words in an `<a name>` do not."""
    return any(_has_text(block) for block in term.blocks if block.kind != "heading")


def _has_text(block: Node) -> bool:
    named, words = False, 0
    for node in block.walk():
        if node.kind == "tag":
            named = _ANCHOR.match(node.text) is not None
            words = 0
        elif node.kind != "html" and node.text.strip():
            words += len(node.text.split())
            if not named or words > _ANCHOR_WORDS:
                return True
    return block.kind == "html" and bool(_TAGS.sub("", block.text).strip())


def merge_definitions(
    documents: Iterable[Document], languages: tuple[str, ...], taken: Collection[str]
) -> tuple[dict[str, tuple[Term, ...]], list[Diagnostic]]:
    """Merge definitions into concepts, by id, and report what is wrong with them. `taken` are the addresses of other pages.

    Definitions in two languages are one concept where they share a label, a file's address, a heading's id, or where the
    label of one is an alias of the other.
    """
    concepts = _ConceptMerger(languages)
    for document in documents:
        for term in document.terms:
            concepts.add(term, document)
    concepts.join_aliases()
    ids = _ids(concepts.groups, languages, taken)
    order = {lang: at for at, lang in enumerate(languages)}
    terms = (tuple(sorted(group, key=lambda term: order.get(term.lang, len(order)))) for group in concepts.groups)
    return dict(zip(ids, terms, strict=True)), concepts.found


@dataclass
class _ConceptMerger:
    """Merge definitions into concepts: `groups` of definitions of one thing, one a language."""

    languages: tuple[str, ...]
    groups: list[list[Term]] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._keys: dict[str, list[Term]] = {}
        self._documents: dict[str, Document] = {}

    def add(self, term: Term, document: Document) -> None:
        """Add a definition to those of the same thing in other languages."""
        self._documents[term.path] = document
        keys = _keys(term)
        group = next((self._keys[key] for key in keys if key in self._keys), None)
        first = next((each for each in group or () if each.lang == term.lang), None)
        if first:
            self._report("term-duplicate", term, label=term.label, first=self._place(first))
            return
        if not has_text(term):
            self._report("term-empty", term, label=term.label)
        if group is None:
            group = []
            self.groups.append(group)
        group.append(term)
        for key in keys:
            self._keys.setdefault(key, group)

    def join_aliases(self) -> None:
        """Make one of two concepts where one names the other in its own language; tell of aliases that are another's."""
        joined: set[int] = set()
        for term in [each for group in self.groups for each in group]:
            for alias in term.aliases:
                mine = self._keys[f"label:{folded(term.label)}"]
                other = self._keys.get(f"label:{folded(alias.text)}", mine)
                if other is not mine and not {each.lang for each in mine} & {each.lang for each in other}:
                    mine += other
                    joined.add(id(other))
                    self._keys |= {key: mine for each in other for key in _keys(each) if self._keys[key] is other}
        self.groups = [group for group in self.groups if id(group) not in joined]
        owners: dict[
            str, tuple[list[Term], Term]
        ] = {}  # by folded name, the concept that has it and the term that named it
        for group in self.groups:
            for at, term in enumerate(group):
                kept = tuple(alias for alias in term.aliases if self._is_free(alias, term, group, owners))
                if kept != term.aliases:
                    group[at] = replace(term, aliases=kept)

    def _is_free(self, alias: Alias, term: Term, group: list[Term], owners: dict[str, tuple[list[Term], Term]]) -> bool:
        """Tell whether an alias is no other concept's name."""
        key = folded(alias.text)
        owner, first = owners.setdefault(key, (group, term))
        labelled = self._keys.get(f"label:{key}", group)
        if labelled is not group:
            owner, first = labelled, labelled[0]
        if owner is group:
            return True
        if alias.declared:
            values = {"alias": alias.text, "label": term.label, "other": first.label, "first": self._place(first)}
            self._report("alias-conflict", term, **values)
        return False

    def _place(self, term: Term) -> str:
        return f"{called(term.path)}:{self._documents[term.path].source.position(term.span.start)[0]}"

    def _report(self, code: str, term: Term, **values: object) -> None:
        source = self._documents[term.path].source
        start = term.span.start
        self.found.append(finding(code, source, start, min(source.line_end(start), term.span.end), **values))


def _keys(term: Term) -> tuple[str, ...]:
    """Make the keys that tie a definition to others of the same thing."""
    return f"label:{folded(term.label)}", *term.keys


def _ids(groups: Iterable[list[Term]], languages: tuple[str, ...], taken: Collection[str]) -> list[str]:
    """Make an id for each concept, none of them an address that a note has."""
    used = {posixpath.splitext(address.removesuffix("/index.md"))[0] for address in taken}
    used = {address.removeprefix(f"{FOLDER}/") for address in used if address.startswith(f"{FOLDER}/")} | {
        "index",
        FOLDER,
    }
    names = Names(used)
    ids = []
    for group in groups:
        first = min(group, key=lambda term: languages.index(term.lang) if term.lang in languages else len(languages))
        ids.append(names(slug(first.label)[:80] or "term"))
    return ids


def build_glossary(
    terms: Mapping[str, tuple[Term, ...]], documents: Mapping[str, Document], links: Iterable[tuple[str, str, str]]
) -> Glossary:
    """Build the glossary: concepts named as authors name them. `links` are the path, fragment and text of every link."""
    places: dict[tuple[str, str], str] = {}
    anchors = _anchors_inside(terms, documents)
    for identifier, group in terms.items():
        for term in group:
            places.setdefault((term.path, term.id), identifier)
            if any(key.startswith("file:") for key in term.keys):
                places.setdefault((term.path, ""), identifier)
            for anchor in anchors[term.path, term.span]:
                if anchor.kind in ("name", "block"):
                    places.setdefault((term.path, anchor.id), identifier)
    texts: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for path, fragment, text in links:
        if (path, fragment) in places:
            texts[places[path, fragment]][text] = None
    names = {folded(name) for group in terms.values() for term in group for name in _names(term)}
    concepts = {}
    for identifier, group in terms.items():
        labels = {term.lang: term.label for term in group}
        aliases = {folded(alias.text): alias for term in group for alias in term.aliases}
        for label in labels.values():
            aliases.setdefault(folded(label), Alias(label, declared=False))
        for text in texts[identifier]:
            labels = _rename_labels(labels, text, aliases, names)
        for label in labels.values():
            aliases.pop(folded(label), None)
        concepts[identifier] = Concept(identifier, group, labels, tuple(aliases.values()))
    return Glossary(concepts, places, anchors)


def _anchors_inside(
    terms: Mapping[str, tuple[Term, ...]], documents: Mapping[str, Document]
) -> dict[tuple[str, Span], tuple[Anchor, ...]]:
    """Collect the anchors in each entry, footnotes left out."""
    inside: dict[tuple[str, Span], tuple[Anchor, ...]] = {}
    ordered: dict[str, tuple[list[Anchor], list[int]]] = {}
    for group in terms.values():
        for term in group:
            if term.path not in ordered:
                kept = [anchor for anchor in documents[term.path].anchors if anchor.kind != "footnote"]
                kept.sort(key=lambda anchor: anchor.span.start)
                ordered[term.path] = kept, [anchor.span.start for anchor in kept]
            anchors, starts = ordered[term.path]
            first = bisect_left(starts, term.span.start)
            inside[term.path, term.span] = tuple(anchors[first : bisect_left(starts, term.span.end, first)])
    return inside


def _names(term: Term) -> list[str]:
    return [term.label, *(alias.text for alias in term.aliases)]


def _rename_labels(labels: dict[str, str], text: str, aliases: dict[str, Alias], names: set[str]) -> dict[str, str]:
    """Rename the labels by what a link to the term calls it: “long form (SHORT)” says both names.

    An abbreviation that the heading writes with a letter more (CHOT, and every link says COT) is called what the links say.
    """
    match = _NAMED.fullmatch(text.strip())
    short, long = (match["short"], match["long"].strip()) if match else ("", "")
    if not any(char.isupper() for char in short[1:]) or not long_form(short, long):
        return labels
    related = any(folded(label) in (folded(short), folded(long)) for label in labels.values())
    misspelled = [lang for lang, label in labels.items() if label.isupper() and _is_abbreviation(short, label)]
    if not related and not misspelled:
        return labels
    for name in (short, long):
        if folded(name) not in names:
            aliases.setdefault(folded(name), Alias(name, declared=False))
    return {
        lang: short if lang in misspelled and folded(short) not in names else label for lang, label in labels.items()
    }


def _is_abbreviation(short: str, label: str) -> bool:
    """Tell whether an abbreviation is the other with letters left out, the first and the last kept."""
    letters = iter(label)
    return short != label and short[0] == label[0] and short[-1] == label[-1] and all(each in letters for each in short)


def entries_of(glossary: Glossary, document: Document) -> list[tuple[Term, str]]:
    """List the terms of a document, each with the id of its concept, in order."""
    return [
        (term, identifier)
        for term in document.terms
        if (identifier := glossary.places.get((document.path, term.id))) is not None
    ]
