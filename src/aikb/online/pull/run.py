"""Pull once: ask what is new, complete it, and write it, all at the end.

The first run, and `full`, ask for everything. Later ones ask for what was updated since, with what was deleted; that answer
holds a book with its changed highlights only, which go into the book's file by their ids. A book that has no file to go into
is asked for whole: it may be an old one whose file was lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from aikb.online.pull.api import PullError, Readwise
from aikb.online.pull.book import Book, file_name, merge_books, to_bytes, without_deleted
from aikb.online.pull.folder import STATE, Folder, read_folder, same_file, state_bytes
from aikb.settings import SettingsError
from aikb.system.atomic_write import replace_files

_MOST_REMOVED = 0.1
"""The part of the books, and of the highlights, that an answer which leaves them out may remove without a question."""
_OVERLAP = timedelta(minutes=1)
"""What is asked for again, in case the host's own copies lag behind its clock. It comes to the same bytes."""


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a run did, in books, and what there is now."""

    new: int
    changed: int
    removed: int
    books: int
    highlights: int


def pull(
    readwise: Readwise, path: Path, *, full: bool, sure: bool = False, show: Callable[[int, int], None] | None = None
) -> Pulled:
    """Bring `path` up to date. Raises PullError and SettingsError, and leaves every file as it was.

    `sure` says that a complete answer may remove more than a tenth of the books.
    """
    folder = read_folder(path)
    since = "" if full else folder.since
    now = readwise.now()
    if since:
        answer = _dedupe(readwise.export(show, updatedAfter=since, includeDeleted="true"))
        unknown = [book.id for book in answer.values() if folder.book(book.id) is None and not book.deleted]
        whole = _dedupe(readwise.whole(sorted({*unknown, *folder.damaged})))
        answer |= whole
        books = {book.id: book for files in folder.books.values() for file in files[:1] if (book := file.book)}
        books |= {id_: each if id_ in whole else merge_books(books.get(id_), each) for id_, each in answer.items()}
    else:
        books = answer = _dedupe(readwise.export(show))
        if not any(without_deleted(book).highlights for book in answer.values()) and folder.books:
            raise PullError(f"Readwise sends no highlights at all, and {len(folder.books)} books are here")
    try:
        changes, pulled = _changes(folder, _current_books(books, answer), complete=not since)
    except RecursionError:
        raise PullError("Readwise's answer is nested too deeply") from None
    if not since and not sure:
        _ask(folder, books, pulled)
    if now and (changes or not folder.since):  # else Git would show a change where there is none
        changes[STATE] = state_bytes(now - _OVERLAP)
    _write(path, changes)
    return pulled


def _ask(folder: Folder, books: dict[int, Book], pulled: Pulled) -> None:
    """Ask whether that is meant where a complete answer leaves out much of what is here. Raises PullError."""
    held = {
        each["id"]
        for files in folder.books.values()
        for file in files[:1]
        if file.book
        for each in file.book.highlights
    }
    gone = len(held - {each["id"] for book in books.values() for each in book.highlights})
    for count, known, noun in ((pulled.removed, len(folder.books), "books"), (gone, len(held), "highlights")):
        if count > known * _MOST_REMOVED:
            question = f"{count} of {known} {noun} would be removed, as Readwise does not send them"
            raise PullError(f"{question} (--yes, if that is meant)")


def _dedupe(books: Iterable[Book]) -> dict[int, Book]:
    """Dedupe books: by id, each once."""
    folded: dict[int, Book] = {}
    for book in books:
        folded[book.id] = merge_books(folded.get(book.id), book)
    return folded


def _current_books(books: dict[int, Book], answer: dict[int, Book]) -> dict[int, Book]:
    """Drop empty books, and highlights that were moved from all but their new book."""
    moved = {
        each["id"]: id_
        for id_, book in answer.items()
        for each in book.highlights
        if each.get("is_deleted") is not True
    }
    settled = {}
    for id_, book in books.items():
        gone = [each["id"] for each in book.highlights if moved.get(each["id"], id_) != id_]
        left = without_deleted(book, gone) if gone or id_ in answer else book
        if not (left.deleted or left.empty):
            settled[id_] = left
    return settled


def _changes(folder: Folder, books: dict[int, Book], *, complete: bool) -> tuple[dict[str, bytes | None], Pulled]:
    """Plan what to write and remove; files of books not in `books` go, unless they are damaged and may be."""
    changes: dict[str, bytes | None] = {}
    new = changed = removed = 0
    for id_ in sorted(books.keys() | folder.books.keys()):
        files = folder.books.get(id_, ())
        if id_ not in books:
            if complete or any(file.book for file in files):
                changes |= dict.fromkeys((file.name for file in files), None)
                removed += 1
            continue
        if books[id_] is folder.book(id_):
            continue  # nothing was said of it
        name, data = file_name(books[id_]), to_bytes(books[id_])
        name = next((file.name for file in files if file.data == data or same_file(file.name, name)), name)
        here: dict[str, bytes | None] = {file.name: None for file in files if file.name != name}
        if all(file.name != name or file.data != data for file in files):
            here[name] = data
        changes |= here
        new, changed = new + (not files), changed + bool(files and here)
    highlights = sum(len(book.highlights) for book in books.values())
    return changes, Pulled(new, changed, removed, len(books), highlights)


def _write(path: Path, changes: dict[str, bytes | None]) -> None:
    """Make the changes; the state, which says that they are made, comes last."""
    if not changes:
        return
    try:
        path.mkdir(parents=True, exist_ok=True)
        replace_files(path, changes)
    except OSError as error:
        raise SettingsError(f"{path}: cannot be written: {error.strerror}") from None
