"""Find the file that a wikilink means, as Obsidian does, with tables that are built once.

A path is matched against all notes and other files: a file matches where its path *ends* with what is written, in whole
segments; `.md` may be left out, any other extension is written. A lower rank is asked only where those above have nothing:

1. the path from the note's folder, then from the root of the notes, exactly
2. the end of a path, exactly
3. the end of a path, in any letter case
4. the end of a path, without accents, spaces, hyphens and underscores
5. a folder, or its own page by any of the names that such a page has
6. an alias
7. a title, where only one note of the language or the folder has it: `# Done` of every day's note is no name

Within a rank: the note's own language, then its own folder, then the folder of attachments, then the shortest path, then the
alphabet.
"""

from __future__ import annotations

import posixpath
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from aikb.model.document import Document
from aikb.settings import Settings
from aikb.text.folding import folded

_FOLDER_PAGES = frozenset({"index", "readme", "_index"})
"""What the own page of a folder may be called, in lower case."""


_SHORTEST = "its path is the shortest"
_BY_CHANCE = frozenset({"", _SHORTEST})
"""Reasons for choosing one of several notes that say nothing of a title."""


def is_folder_page(name: str) -> bool:
    """Tell whether a file of this name, with or without extension and language, is its folder's own page."""
    return name.partition(".")[0].casefold() in _FOLDER_PAGES


@dataclass(frozen=True, slots=True)
class File:
    """Something that a wikilink can name."""

    path: str
    """Of a note, its source's; of any other file and of a folder, from the root of the notes."""
    name: str
    """Its path from the root of the notes."""
    kind: str
    """`note`, `asset`, `private` or `folder`."""
    lang: str = ""
    """Of a note; empty for an asset, which is named with its extension and so before a note called `p.png.md`."""
    address: str = ""
    """Where its page is; twins have one."""

    @property
    def depth(self) -> int:
        """How many folders it stands in."""
        return self.name.count("/")


@dataclass(frozen=True, slots=True)
class Found:
    """The file that was chosen, and those of its rank that were not."""

    file: File
    others: tuple[File, ...] = ()
    """The first of them, twins left out."""
    reason: str = ""
    """Why this one; empty where only the alphabet says so."""


class _Choices:
    """The files of one name and rank, so arranged that choosing takes the same time for two of them and for a thousand."""

    def __init__(self, files: Iterable[File]) -> None:
        groups: defaultdict[tuple[str | None, str | None], list[File]] = defaultdict(list)
        for file in sorted(set(files), key=lambda file: (file.depth, file.name)):
            folder = posixpath.dirname(file.name)
            for lang in (file.lang, None):
                for place in (folder, None):
                    groups[lang, place].append(file)
        self._groups = dict(groups)

    def choose(self, lang: str, folder: str, attachments: str | None) -> Found:
        """Choose for a note in a language and a folder; `attachments` is the folder for those, None where there is none."""
        for own in ("", lang, None):
            for place, reason in ((folder, "it is in the same folder"), (attachments, "attachments are kept there")):
                if place is not None and (group := self._groups.get((own, place))):
                    return self._found(group, own, reason)
            if group := self._groups.get((own, None)):
                return self._found(group, own, "it is in the note's language" if self._languages > 1 and own else "")
        raise AssertionError("there is a file where there are choices")

    @cached_property
    def _languages(self) -> int:
        return len({file.lang for file in self._groups[None, None]})

    def _found(self, group: list[File], lang: str | None, reason: str) -> Found:
        first = group[0]
        others = _apart(first, self._groups["" if lang == "" else None, None])
        equals = _apart(first, group)
        if equals and equals[0].depth == first.depth:
            reason = ""
        elif equals or not reason:
            reason = _SHORTEST
        return Found(first, others, reason if others else "")


def _apart(first: File, files: list[File], most: int = 2) -> tuple[File, ...]:
    """List the first files that are no twins of one."""
    found: list[File] = []
    for file in files:
        if file.path != first.path and not (file.address and file.address == first.address):
            found.append(file)
            if len(found) == most:
                break
    return tuple(found)


class _Names:
    """Files by name, under one reading of names."""

    def __init__(self, reading: Callable[[str], str] = lambda name: name) -> None:
        self._reading = reading
        self._files: defaultdict[str, list[File]] = defaultdict(list)
        self._choices: dict[str, _Choices] = {}

    def add(self, name: str, file: File) -> None:
        if key := self._reading(name):
            self._files[key].append(file)

    def get(self, name: str) -> _Choices | None:
        key = self._reading(name)
        if key not in self._files:
            return None
        if key not in self._choices:
            self._choices[key] = _Choices(self._files[key])
        return self._choices[key]


def _folded_path(path: str) -> str:
    """Fold each segment of a path; empty where a segment is nothing but joiners."""
    parts = [folded(part) for part in path.split("/")]
    return "/".join(parts) if all(parts) else ""


def _is_translation(file: File, name: str) -> bool:
    """Tell whether a note is called so by its address alone, as `tides.fr.md` is called `tides`: a name for its own readers."""
    stem = posixpath.splitext(posixpath.basename(file.name))[0]
    return file.kind == "note" and folded(posixpath.splitext(stem)[0]) == folded(posixpath.basename(name)) != folded(
        stem
    )


@dataclass(frozen=True)
class FileTable:
    """Every file by what a wikilink may call it. Built once, in time linear in the paths."""

    settings: Settings
    exact: _Names = field(default_factory=_Names)
    """By the whole path."""
    ends: tuple[_Names, ...] = field(
        default_factory=lambda: (_Names(), _Names(str.casefold), _Names(_folded_path)),
    )
    """By every end of a path, under the readings of ranks 2 to 4."""
    folder_paths: _Names = field(default_factory=lambda: _Names(str.casefold))
    folders: _Names = field(default_factory=lambda: _Names(_folded_path))
    """By every end of their paths."""
    aliases: _Names = field(default_factory=lambda: _Names(folded))
    titles: _Names = field(default_factory=lambda: _Names(folded))

    def find(self, written: str, origin: Document) -> Found | None:
        """Find what a wikilink's path means in a note; None where nothing is called so."""
        name = unicodedata.normalize("NFC", written.strip().rstrip("/"))
        folder = posixpath.dirname(self.settings.in_notes(origin.path))
        translated: Found | None = None
        titled = self.titles.get(name)
        for choices in self._ranked(name, folder):
            if choices is not None:
                found = choices.choose(origin.lang, folder, self._attachments(folder))
                if found.others and choices is titled and found.reason in _BY_CHANCE:
                    break
                if found.file.lang == origin.lang or not _is_translation(found.file, name):
                    return found
                translated = translated or found
        return translated

    def find_file(self, written: str, origin: Document) -> Found | None:
        """Find a file by the end of its path alone, as Obsidian follows a Markdown link."""
        folder = posixpath.dirname(self.settings.in_notes(origin.path))
        name = unicodedata.normalize("NFC", written)
        for names in self.ends[:2]:
            if (choices := names.get(name)) is not None:
                return choices.choose(origin.lang, folder, self._attachments(folder))
        return None

    def _ranked(self, name: str, folder: str) -> Iterator[_Choices | None]:
        relative = posixpath.normpath(posixpath.join(folder, name)) if name else ""
        rooted = posixpath.normpath(name.lstrip("/")) if name else ""
        if not name.startswith("/"):
            yield self.exact.get(relative)
        if not name.startswith(("./", "../")):
            yield self.exact.get(rooted)
            for names in self.ends:
                yield names.get(rooted)
        yield self.folder_paths.get(relative)
        yield self.folders.get(rooted)
        *above, last = relative.split("/")
        if is_folder_page(last):
            yield self.folder_paths.get("/".join(above))
            yield self.folders.get(posixpath.dirname(rooted))
        yield self.aliases.get(name)
        yield self.titles.get(name)

    def _attachments(self, folder: str) -> str | None:
        """Find the folder of attachments for a note in a folder: Obsidian's `./x` is beside the note."""
        written = self.settings.attachments
        beside = written == "." or written.startswith("./")
        return posixpath.normpath(posixpath.join(folder, written)) if beside else written or None


def build_file_table(
    documents: Mapping[str, Document],
    assets: Iterable[str],
    private: Iterable[str],
    repeated: Mapping[str, str],
    folders: Iterable[str],
    settings: Settings,
) -> FileTable:
    """Index every note, asset, private file, export shown by another note, and folder by its names."""
    table = FileTable(settings)
    for document in documents.values():
        _add_note(table, document, document.path, settings)
        for alias in document.metadata.aliases:
            table.aliases.add(alias, _note(document, settings))
        table.titles.add(document.title, _note(document, settings))
    for other, path in repeated.items():
        if path in documents:
            _add_note(table, documents[path], other, settings)
    for path in assets:
        if settings.note_path(path) not in documents:
            _add_path(table, path, File(path, path, "asset"))
    for path in private:
        name = settings.in_notes(path)
        for each in (name, posixpath.splitext(name)[0]):
            _add_path(table, each, File(path, name, "private", "?"))
    for folder in folders:
        file = File(folder, folder, "folder")
        table.folder_paths.add(folder, file)
        for end in _ends(folder):
            table.folders.add(end, file)
    return table


def _note(document: Document, settings: Settings) -> File:
    return File(document.path, settings.in_notes(document.path), "note", document.lang, document.address)


def _add_note(table: FileTable, document: Document, path: str, settings: Settings) -> None:
    """Add a note under its path and its address, each with and without extension."""
    file, name = _note(document, settings), settings.in_notes(path)
    names = [name, posixpath.splitext(name)[0]]
    if not document.in_glossary:
        names += [document.address, document.address.removesuffix(".md")]
    for each in dict.fromkeys(names):
        _add_path(table, each, file)


def _add_path(table: FileTable, name: str, file: File) -> None:
    table.exact.add(name, file)
    if any(part.startswith(".") for part in name.split("/")):
        return  # what is hidden is found by its whole path alone
    for end in _ends(name):
        for names in table.ends:
            names.add(end, file)


def _ends(path: str) -> Iterator[str]:
    """List a path without its first segments, the whole of it first."""
    while True:
        yield path
        _, slash, path = path.partition("/")
        if not slash:
            return
