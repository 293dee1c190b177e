"""Sniff whether a file that is not Markdown is an export of highlights, by its head.

Most files of these kinds in a folder of notes are something else; so one word is never enough.
"""

from __future__ import annotations

import codecs
import re

HEAD = 4096
"""Bytes, or characters, that are looked at."""

_COLUMNS = re.compile(r'\s*"?Highlight"?([,;\t])"?Book Title"?\1"?Book Author"?(?:\1|\s|$)', re.IGNORECASE)
_KEY = re.compile(r'"(\w[\w-]*)"\s*:')
_BOOK = frozenset(
    "user_book_id readable_title cover_image_url book_tags document_note readwise_url unique_url source_url asin "
    "highlights".split()
)
_HIGHLIGHT = frozenset("highlighted_at location_type book_id is_favorite is_discard end_location".split())
_DOCUMENT = frozenset(
    "parent_id reading_progress word_count site_name image_url published_date first_opened_at last_opened_at saved_at "
    "last_moved_at reading_time".split()
)
_ROAM = frozenset("create-time edit-time uid create-email edit-email".split())
_CLIPPING = re.compile(
    r"\A\s*\S[^\n]*\n[ \t]*-[ \t]+(?:your |votre )?(?:highlight|note|bookmark|clip|surlignement|signet)\b[^\n]*\d",
    re.IGNORECASE,
)
_ADDED = re.compile(r"^[ \t]*-[^\n]*\|[ \t]*(?:added on|ajouté le)|^={10}[ \t]*$", re.IGNORECASE | re.MULTILINE)


SEPARATOR = re.compile(r"^={10}[ \t]*$", re.MULTILINE)
_SHAPE = re.compile(r"^[^\n]*\S[^\n]*\n[ \t]*-[ \t]+[^\n]*\d[^\n]*\|[^\n]*\d[^\n]*\n[ \t]*\n", re.MULTILINE)


_FIRST_COLUMN = re.compile(
    r'\s*"?Highlight"?[,;\t][^\n]*\b(?:Book Title|Highlighted at|Location Type)\b', re.IGNORECASE
)


def is_export(head: bytes, suffix: str) -> bool:
    """Sniff whether a file with a suffix, `.csv`, `.json` or `.txt`, holds highlights, by its first 4 kB."""
    head = head[:HEAD]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = head[: len(head) // 2 * 2].decode("utf-16", "ignore")
    else:
        text = head.decode("utf-8", "ignore")
    text = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    tests = {".csv": (is_csv,), ".json": (is_api, is_reader_api, is_roam, is_book), ".txt": (is_clippings,)}
    return any(tells(text) for tells in tests.get(suffix.lower(), ())) or looks_like_export(text, suffix.lower())


def delimiter(head: str) -> str:
    """Sniff what stands between the columns of Readwise's CSV: a comma, or a spreadsheet's; empty for other files."""
    match = _COLUMNS.match(head[:HEAD])
    return match[1] if match else ""


def is_csv(head: str) -> bool:
    """Sniff Readwise's CSV, by its columns."""
    return bool(delimiter(head))


def is_api(head: str) -> bool:
    """Sniff what the API exports: pages of books, or a book."""
    keys = _keys(head)
    if "user_book_id" in keys and len(keys & (_BOOK | {"nextPageCursor"})) >= 2:
        return True
    return len(keys & _BOOK) >= 3 and bool(keys & (_HIGHLIGHT | {"readable_title", "book_tags"}))


def is_reader_api(head: str) -> bool:
    """Sniff what Reader's API lists: documents, highlights and notes side by side."""
    keys = _keys(head)
    if not keys & _DOCUMENT or "category" not in keys:
        return False
    return len(keys & _DOCUMENT) >= 3 and ("read.readwise.io" in head[:HEAD] or "reading_progress" in keys)


def is_book(head: str) -> bool:
    """Sniff what Bookcision or KOReader writes of a book, or KOReader of several."""
    keys = _keys(head)
    kindle = {"title", "authors", "highlights"} <= keys and bool(keys & {"isNoteOnly", "asin"})
    return kindle or ({"title", "entries", "text"} <= keys and bool(keys & {"drawer", "chapter", "number_of_pages"}))


def is_roam(head: str) -> bool:
    """Sniff a graph that Roam exported: a list of pages with blocks."""
    if not head.lstrip().startswith("["):
        return False
    keys = _keys(head)
    return "title" in keys and bool(keys & _ROAM) and ("children" not in keys or "string" in keys)


def is_clippings(head: str) -> bool:
    """Sniff a Kindle's `My Clippings.txt`, by any of its first records: the first may be damaged.

    The shape needs no language: a title, `- … | …` with a number, an empty line, a text, `==========`.
    """
    head = head[:HEAD].replace("\ufeff", "")
    return bool((_CLIPPING.match(head) and _ADDED.search(head)) or (SEPARATOR.search(head) and _SHAPE.search(head)))


def looks_like_export(head: str, suffix: str) -> bool:
    """Sniff what was an export once, and is damaged: lines of `==========`, or a first column of highlights."""
    head = head[:HEAD].removeprefix("\ufeff")
    if suffix == ".txt":
        return len(SEPARATOR.findall(head)) > 1
    return suffix == ".csv" and bool(_FIRST_COLUMN.match(head))


def _keys(head: str) -> set[str]:
    head = head[:HEAD]
    return set(_KEY.findall(head)) if head.lstrip()[:1] in ("{", "[") else set()
