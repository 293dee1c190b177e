"""Assign addresses, and pair the files that are one page in several languages.

Names say it: a suffix (`b.fr.md`, `b_fr.md`, `b.fr-CA.md`), or a folder named by a language, at the top or, where the same
file is in its sibling or above it, at any depth (`docs/fr/b.md` beside `docs/en/b.md`). So does front matter: a pointer
(`translation_of: b.md`, `altLangPage`), a word that the files share (`translationKey`, `ref`, `lang-ref`), a `permalink`.
So does a link at the head of a page, `[Version française](marees.md)`, where nothing else does. A pointer counts before a
shared word, and both before a name. Where two claims meet, `locale-ambiguous` tells.
"""

from __future__ import annotations

import posixpath
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from aikb.findings.finding import called, finding
from aikb.model.document import Document
from aikb.model.finding import Diagnostic
from aikb.read.language.blocks import read_languages
from aikb.relate.output_paths import collisions
from aikb.relate.pairs.links import linked_twins
from aikb.relate.pairs.names import apply_numbers, apply_suffixes, folder_language, original_address
from aikb.settings import Settings

_ENOUGH = 120
"""Characters of prose whose language is certain."""
_LONG = 50
"""Characters of prose by which a text is known not to be in the language of its folder."""
_PATTERNS = ("date", "pretty", "ordinal", "weekdate", "none")
"""What Jekyll takes for the name of a pattern, where others write an address."""
_CHAIN = 50
"""Pointers that are followed; ten thousand notes that each translate the next would be followed fifty million times."""


def assign_addresses(
    documents: Iterable[Document], settings: Settings, glossary: str, assets: Collection[str] = ()
) -> tuple[list[Document], list[Diagnostic]]:
    """Assign each document the address of its page; those that would be another's page are findings, and left out.

    A name that says its language comes first, then `index.md` before `README.md`; `ai.md` beside a folder `ai` is the page of
    that folder. An unmarked note beside its marked translation is in the other language, whatever was detected. `glossary` is
    the address of the glossary's page; `assets` are paths of files that may be published beside the pages.
    """
    documents = list(documents)
    reserved = {f"{lang}/index.md": f"the home page in “{lang}”" for lang in settings.languages[1:]}
    special = {*reserved, glossary}
    if any(document.in_glossary for document in documents):
        reserved[glossary] = "the page of the glossary"
    folders = folders_of(document.address for document in documents if not document.in_glossary)
    placed = apply_numbers(apply_suffixes(_apply_folders(documents, settings)), settings.languages)
    ordered, found = _apply_front_matter(sorted(placed, key=_precedence), settings)
    addresses = _Addresses(settings, folders, reserved, special, found)
    assigned = [each if each.in_glossary else addresses.assign(each) for each in ordered]
    placed = [each for each in assigned if each is not None]
    in_the_way = collisions([each.address for each in placed if not each.in_glossary], assets, settings)
    found += [
        finding("output-collision", each.source, other=called(in_the_way[each.address]))
        for each in placed
        if not each.in_glossary and each.address in in_the_way
    ]
    return [each for each in placed if each.in_glossary or each.address not in in_the_way], found


@dataclass(slots=True)
class _Addresses:
    """Assign addresses to documents, in the order of precedence."""

    settings: Settings
    folders: Collection[str]
    reserved: Mapping[str, str]
    """Addresses of pages that aikb makes, and what each is called in a message."""
    special: Collection[str]
    """Addresses that are a folder's own page, whether or not the folder holds a note."""
    found: list[Diagnostic]
    """Findings are added to it."""
    taken: defaultdict[str, dict[str, Document]] = field(default_factory=lambda: defaultdict(dict))
    """Documents by address, then by language."""

    def assign(self, document: Document) -> Document | None:
        """Give a document its address, and its language where that follows; None where another has its page."""
        address = self._folder_page(document.address)
        variants = self.taken[address]
        rival = variants.get(document.lang)
        if not document.marked and variants:
            detected = document.lang
            document, rival = _choose_free_language(document, variants, self.settings)
            if document.lang != detected and _is_written_in(document, detected):
                claim = f"this is written in “{detected}”, as {called(variants[detected].path)} is"
                outcome = f"by its place it counts as “{document.lang}”"
                self.found.append(finding("locale-ambiguous", document.source, claim=claim, outcome=outcome))
        elif rival and rival.marked:
            claim = f"“{document.lang}” of {address} is claimed by {called(rival.path)} as well"
            outcome = "this file has a page of its own"
            self.found.append(finding("locale-ambiguous", document.source, claim=claim, outcome=outcome))
            address = f"{address.removesuffix('.md')}-{document.lang}.md"
            variants = self.taken[address]
            rival = variants.get(document.lang)
        if address in self.reserved or rival:
            other = called(rival.path) if rival else self.reserved[address]
            self.found.append(finding("output-collision", document.source, other=other))
            return None
        variants[document.lang] = document
        return replace(document, address=address) if address != document.address else document

    def _folder_page(self, address: str) -> str:
        """Give the address of a folder's own page for a note beside the folder; any other address as it is."""
        stem = address.removesuffix(".md")
        page = f"{stem}/index.md"
        return page if stem in self.folders or page in self.special else address


def folders_of(addresses: Iterable[str]) -> frozenset[str]:
    """List all folders above some addresses."""
    folders: set[str] = set()
    for address in addresses:
        folder = posixpath.dirname(address)
        while folder and folder not in folders:
            folders.add(folder)
            folder = posixpath.dirname(folder)
    return frozenset(folders)


def original(variants: Mapping[str, Document], settings: Settings) -> Document:
    """Choose the text that others translate: what they point at, else the one whose name says no language, else the first."""
    order = sorted(variants.values(), key=lambda document: settings.languages.index(document.lang))
    return min(order, key=lambda document: (bool(document.metadata.translation_of), document.marked))


def pair_ids(one: Document, other: Document) -> dict[str, str]:
    """Pair the ids of a text with the same places in its twin: by equal ids first, then by order and level of headings.

    What has no counterpart leads to the nearest one above it; empty for the top of the page.
    """
    pairs = _pair_headings(one, other)
    there = {anchor.id for anchor in other.anchors}
    result: dict[str, str] = {}
    last = ""
    for section in one.sections:
        last = result[section.id] = pairs.get(section.id, last)
    for anchor in one.anchors:
        if anchor.id not in result:
            result[anchor.id] = anchor.id if anchor.id in there else result.get(anchor.section, "")
    return result


def _pair_headings(one: Document, other: Document) -> dict[str, str]:
    ours, theirs = ([section.id for section in document.sections] for document in (one, other))
    levels, their_levels = ([section.level for section in document.sections] for document in (one, other))
    pairs: dict[str, str] = {}
    start = their_start = 0
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    for at, their_at, size in blocks:
        gap, their_gap = levels[start:at], their_levels[their_start:their_at]
        if gap == their_gap:
            pairs.update(zip(ours[start:at], theirs[their_start:their_at], strict=True))
        else:
            for found, their_found, length in SequenceMatcher(None, gap, their_gap).get_matching_blocks():
                for step in range(length):
                    pairs[ours[start + found + step]] = theirs[their_start + their_found + step]
        pairs.update({each: each for each in ours[at : at + size]})
        start, their_start = at + size, their_at + size
    return pairs


def _precedence(document: Document) -> tuple[bool, bool, bool, str]:
    """Sort by who keeps an address that two files claim."""
    name = posixpath.basename(document.path)
    inside = not document.address.endswith("/index.md") and document.address != "index.md"
    return not document.marked, inside, name.lower().startswith("readme"), document.path


def _choose_free_language(
    document: Document, variants: Mapping[str, Document], settings: Settings
) -> tuple[Document, Document | None]:
    """Move an unmarked note beside others at its address to a language that is free, or find who has its place."""
    if not all(each.marked for each in variants.values()):
        return document, next(iter(variants.values()))
    free = [lang for lang in settings.languages if lang not in variants]
    if not free:
        return document, variants.get(document.lang)
    return document if document.lang in free else _in_language(document, free[0], settings), None


def _is_written_in(document: Document, lang: str) -> bool:
    """Tell whether a text that counts as another language is in this one: most of it, and enough to tell."""
    length = sum(each.end - each.start for each in document.passages if each.lang == lang)
    prose = sum(end - start for start, end in zip(document.prose[::2], document.prose[1::2], strict=True))
    return length >= _ENOUGH and length > prose * 0.8


def _is_long(document: Document) -> bool:
    """Tell whether a text is long enough for its language to be known: what lies in `french/` may be about French."""
    return sum(end - start for start, end in zip(document.prose[::2], document.prose[1::2], strict=True)) >= _LONG


def _in_language(document: Document, lang: str, settings: Settings) -> Document:
    """Change the language of a document from what was detected, its passages marked against that."""
    reading = read_languages(document.blocks, document.source.text, settings.languages, lang)
    return replace(document, lang=lang, passages=reading.passages(document.blocks), mixed=reading.mixed)


def _apply_folders(documents: Sequence[Document], settings: Settings) -> list[Document]:
    """Move documents in a folder named by a language to the address of the same file in a sibling or above."""
    moves: defaultdict[str, dict[str, Document]] = defaultdict(dict)
    known = frozenset(document.address for document in documents)
    for document in documents:
        parts = document.address.split("/")
        folder = folder_language(parts[:-1], settings.languages)
        if folder and not document.marked and not document.in_glossary:
            at, lang = folder
            if parts[at] in settings.languages or document.lang == lang or not _is_long(document):
                moves[original_address(document.address, at, known)].setdefault(lang, document)
    if not moves:
        return list(documents)
    above = {document.address: document for document in documents if document.address in moves}
    moved: dict[str, Document] = {}
    for address, variants in moves.items():
        original_lang = above[address].lang if address in above else ""
        kept = {lang: document for lang, document in variants.items() if lang != original_lang}
        if len(kept) + (address in above) > 1:
            for lang, document in kept.items():
                spoken = document if document.lang == lang else _in_language(document, lang, settings)
                moved[document.path] = replace(spoken, address=address, marked=True)
    return [moved.get(document.path, document) for document in documents]


def _apply_front_matter(ordered: Sequence[Document], settings: Settings) -> tuple[list[Document], list[Diagnostic]]:
    """Move documents to the addresses that front matter gives them, and report what is wrong with that."""
    alone = Counter(document.address for document in ordered)
    twins = linked_twins([each for each in ordered if alone[each.address] == 1], settings)
    if not twins and not any(_says_pair(document) for document in ordered):
        return list(ordered), []
    found: list[Diagnostic] = []
    by_path = {document.path: document for document in ordered}
    by_address: defaultdict[str, list[Document]] = defaultdict(list)
    for document in ordered:
        by_address[document.address].append(document)
    leaders = {**twins, **_permalink_leaders(ordered, settings), **_key_leaders(ordered, settings)}
    leaders |= _other_page_leaders(ordered, by_path, by_address, settings)
    targets: dict[str, Document] = {}
    for document in ordered:
        target = leaders.get(document.path)
        if pointer := document.metadata.translation_of:
            target = _resolve_pointer(document, pointer, by_path, by_address, settings)
            if target is None:
                found.append(finding("translation-unresolved", document.source, target=pointer))
        if target is None or target.path == document.path:
            continue
        if target.lang == document.lang:
            claim = f"this and {target.path}, which it is said to translate, are both in “{document.lang}”"
            values = {"claim": claim, "outcome": "each has a page of its own"}
            found.append(finding("locale-ambiguous", document.source, **values))
            continue
        targets[document.path] = target
        beside = [each for each in by_address[document.address] if each.lang != document.lang]
        if beside and document.address != target.address:
            claim = f"its name makes this a translation of {beside[0].path}, its front matter one of {target.path}"
            values = {"claim": claim, "outcome": "the front matter counts"}
            found.append(finding("locale-ambiguous", document.source, **values))
    moved = []
    for document in ordered:
        address = _follow_pointers(document, targets)
        # what is said to be a translation is as good as marked: its language is not changed to fit
        moved.append(replace(document, address=address, marked=True) if document.path in targets else document)
    return moved, found


def _follow_pointers(document: Document, targets: Mapping[str, Document]) -> str:
    """Follow a chain of pointers to its address; a ring of them ends where it began, and what has no end breaks off."""
    seen = {document.path}
    while len(seen) <= _CHAIN and (target := targets.get(document.path)) is not None and target.path not in seen:
        seen.add(target.path)
        document = target
    return document.address


def _says_pair(document: Document) -> bool:
    metadata = document.metadata
    return bool(metadata.translation_of or metadata.permalink or metadata.translation_key or metadata.other_page)


def _permalink_leaders(ordered: Sequence[Document], settings: Settings) -> dict[str, Document]:
    """Find for each document that shares its permalink the one whose address they all have.

    A permalink without a slash may be many things to many programs: it makes a pair of two files in two languages, no others.
    """
    groups: defaultdict[tuple[bool, str], list[Document]] = defaultdict(list)
    for document in ordered:
        permalink = document.metadata.permalink.strip()
        if permalink and permalink not in _PATTERNS:
            groups["/" in permalink, _without_language(permalink, settings)].append(document)
    return _leaders((group for (address, _), group in groups.items() if address or _one_each(group)), settings)


def _key_leaders(ordered: Sequence[Document], settings: Settings) -> dict[str, Document]:
    """Find the same for documents that share a word."""
    groups: defaultdict[str, list[Document]] = defaultdict(list)
    for document in ordered:
        if document.metadata.translation_key:
            groups[document.metadata.translation_key].append(document)
    return _leaders((group for group in groups.values() if _one_each(group)), settings)


def _one_each(group: Sequence[Document]) -> bool:
    """Tell whether documents are one a language."""
    return len({document.lang for document in group}) == len(group)


def _leaders(groups: Iterable[Sequence[Document]], settings: Settings) -> dict[str, Document]:
    leaders: dict[str, Document] = {}
    for group in groups:
        leader = min(group, key=lambda each: (settings.languages.index(each.lang), each.path))
        leaders.update({document.path: leader for document in group if len(group) > 1})
    return leaders


def _other_page_leaders(
    ordered: Sequence[Document],
    by_path: Mapping[str, Document],
    by_address: Mapping[str, Sequence[Document]],
    settings: Settings,
) -> dict[str, Document]:
    """Find the same for documents that name their page in the other language; a name that leads nowhere is another site's."""
    permalinks: defaultdict[str, list[Document]] = defaultdict(list)
    for document in ordered:
        if document.metadata.permalink:
            permalinks[_page_name(document.metadata.permalink)].append(document)
    pairs = []
    for document in ordered:
        if not document.metadata.other_page:
            continue
        name = _page_name(document.metadata.other_page)
        named = permalinks.get(name, ())
        target = named[0] if len(named) == 1 else _resolve_pointer(document, name, by_path, by_address, settings)
        if target is not None and target.lang != document.lang:
            pairs.append((document, target))
    return _leaders(pairs, settings)


def _page_name(address: str) -> str:
    """Strip an address of what says nothing about its page: `/solde.html` and `/solde/` are `solde`."""
    name = address.strip().strip("/").removesuffix(".md").removesuffix(".html")
    return name.removesuffix("/index")


def _without_language(permalink: str, settings: Settings) -> str:
    """Strip a permalink of the language that it may begin with."""
    parts = [part for part in permalink.strip().split("/") if part]
    if parts and parts[0] in settings.languages:
        parts = parts[1:]
    return "/".join(parts).removesuffix(".html")


def _resolve_pointer(
    document: Document,
    pointer: str,
    by_path: Mapping[str, Document],
    by_address: Mapping[str, Sequence[Document]],
    settings: Settings,
) -> Document | None:
    """Resolve a pointer: a path from its own folder, from the root of the notes, or from the project's; or a page."""
    pointer = pointer.strip().removeprefix("/")
    here = posixpath.normpath(posixpath.join(posixpath.dirname(document.path), pointer))
    bases = (here, settings.note_path(pointer), pointer)
    for base in bases:
        for path in (base, f"{base}.md", f"{base}/index.md", f"{base}/README.md"):
            if path in by_path and path != document.path:
                return by_path[path]
    name = pointer.strip("/").removesuffix(".md")
    for address in (f"{name}.md", f"{name}/index.md"):
        others = [each for each in by_address.get(address, ()) if each.path != document.path]
        if others:
            return next((each for each in others if each.lang != document.lang), others[0])
    return None
