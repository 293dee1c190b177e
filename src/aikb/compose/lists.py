"""Lists of pages: of a folder, of all notes, of works. A long one is cut into several pages.

Without a script each is a plain list; with one it has a filter box, and a switch of its order (`theme/assets/aikb-ways.js`).
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from aikb.compose.addresses import to_page
from aikb.compose.links import Reference, Row, numbered, reference
from aikb.compose.tree import Tree, folder_slug
from aikb.model.document import Document
from aikb.model.highlights import Category
from aikb.model.site import Body, Heading, Slot
from aikb.read.exports.dates import iso_date
from aikb.text.folding import collation_key, unaccented

ROWS = 400
"""Pages that one page of a list names."""
_SHOWN = 8
"""Notes of a folder inside another that its page names."""
_OPENINGS, _LETTERS = 60, 30
"""Rows up to which each has its first sentence, and from which they stand under letters."""


def list_pages(count: int) -> int:
    """How many pages a list of so many rows takes."""
    return max(-(-count // ROWS), 1)


def list_address(tree: Tree, first: str, number: int) -> str:
    """The address of a page of a list, from 0, beside the first one."""
    address = first if number == 0 else f"{posixpath.dirname(first)}/page-{number + 1}.md"
    while number and address in tree.documents:
        address = f"{address.removesuffix('.md')}-.md"
    return address


def folder_body(tree: Tree, folder: str, number: int = 0) -> Body:
    """The page of a folder: its notes, and on the first page the folders in it."""
    first = f"{folder}/index.md"
    address = list_address(tree, first, number)
    children = tree.subfolders.get(folder, []) if number == 0 else []
    inside: list[dict[str, Any]] = []
    used: set[str] = set()
    for child in children:
        title = tree.folder_title(child)
        identifier = folder_slug(title)
        while identifier in used:
            identifier += "-1"
        used.add(identifier)
        href = to_page(f"{child}/index.md", address, tree.index.settings)
        rows = _rows(tree, tree.folders[child][:_SHOWN], address)
        inside.append({"id": identifier, "title": title, "href": href, "rows": rows})
    shown = [*tree.folders[folder], *(each for child in children for each in tree.folders[child])]
    values = _list(tree, tree.folders[folder], first, number)
    values |= {
        "title": tree.folder_title(folder),
        "count": tree.sizes[folder],
        "languages": languages_of(tree, shown),
        "folders": tuple(inside),
    }
    return Body((Slot("folder", values),), _headings(2, [(each["id"], each["title"]) for each in inside]))


def all_body(tree: Tree, number: int) -> Body:
    """A page of the list of all notes."""
    values = _list(tree, tree.notes, tree.all_notes, number)
    values |= {
        "title": tree.words["all_pages"],
        "count": len(tree.notes),
        "languages": languages_of(tree, tree.notes),
        "folders": (),
    }
    return Body((Slot("folder", values),), ())


def rows_key(tree: Tree, addresses: Sequence[str], number: int) -> object:
    """All that the rows of one page of a list are made of, to be compared with the last build's."""
    shown = [
        (document, tree.ways.dates.get(document.path))
        for address in addresses[number * ROWS : (number + 1) * ROWS]
        if (document := tree.documents.get(address))
    ]
    return shown, len(addresses)


def _list(tree: Tree, addresses: Sequence[str], first: str, number: int) -> dict[str, Any]:
    """One page of a list: its rows under letters, and the way to the other pages."""
    origin = list_address(tree, first, number)
    shown = addresses[number * ROWS : (number + 1) * ROWS]
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for address in shown:
        groups[_letter(tree.documents[address].title) if len(shown) > _LETTERS else ""].append(address)
    opening = len(shown) <= _OPENINGS
    return {
        "groups": tuple(
            {
                "id": f"letter-{folder_slug(letter)}" if letter != "#" else "letter-0",
                "letter": letter,
                "rows": tuple(entry(tree, tree.documents[each], origin, opening=opening) for each in own),
            }
            for letter, own in groups.items()
        ),
        "pages": _pages(tree, first, len(addresses), origin),
        "number": number + 1,
        "dated": sum(bool(tree.ways.dates.get(tree.documents[each].path)) for each in shown) > 1,
    }


def _pages(tree: Tree, first: str, count: int, origin: str) -> tuple[Reference, ...]:
    """The way to the pages of a list of `count` rows."""
    addresses = [list_address(tree, first, number) for number in range(list_pages(count))]
    return numbered(addresses, origin, tree.index.settings)


def _letter(title: str) -> str:
    """The letter that a title stands under; `#` for a number or a sign."""
    first = next((char for char in unaccented(title) if char.isalnum()), "#").upper()[:1]
    return first if first.isalpha() else "#"


def entry(tree: Tree, document: Document, origin: str, *, opening: bool = True) -> dict[str, Any]:
    """A line for a page, as the templates of lists are given it."""
    profile = tree.ways.profiles.get(document.path)
    return {
        "link": reference(document, to_page(document.address, origin, tree.index.settings)),
        "date": tree.ways.dates.get(document.path, "" if document.work else document.metadata.date),
        "minutes": profile.minutes if profile and not document.work else 0,
        "opening": tree.ways.opening(document) if opening else "",
        "highlights": len(document.work.highlights) if document.work else 0,
        "passages": (),
    }


def _headings(level: int, titles: Iterable[tuple[str, str]]) -> tuple[Heading, ...]:
    return tuple(Heading(level, identifier, escape(title, quote=False)) for identifier, title in titles)


def _rows(tree: Tree, addresses: Iterable[str], origin: str) -> tuple[Row, ...]:
    """A line for each page, seen from the page at `origin`."""
    rows = []
    for address in addresses:
        document = tree.documents[address]
        link = reference(document, to_page(address, origin, tree.index.settings))
        rows.append(Row(link, document.metadata.date))
    return tuple(rows)


def languages_of(tree: Tree, addresses: Iterable[str]) -> tuple[str, ...]:
    """The languages that lists can be limited to: of those pages, where they are in several."""
    present = {tree.documents[address].lang for address in addresses}
    return tuple(lang for lang in tree.index.settings.languages if lang in present) if len(present) > 1 else ()


def works_body(tree: Tree, number: int = 0) -> Body:
    """A page of the list of works: each once, by kind, the latest first, with the number of its highlights."""
    works = sorted_works(tree)
    origin = list_address(tree, tree.sources, number)
    shown = works[number * ROWS : (number + 1) * ROWS]
    kinds: list[dict[str, Any]] = []
    for category in Category:
        own = [each for each in shown if each[1].work and each[1].work.category is category]
        if own:
            name = str(category or "unknown")
            kinds.append(
                {"id": f"kind-{name}", "title": tree.words[f"kinds_{name}"], "rows": _work_rows(tree, own, origin)}
            )
    values = {
        "works": len(works),
        "highlights": sum(len(document.work.highlights) for _, document in works if document.work),
        "languages": languages_of(tree, tree.works),
        "kinds": tuple(kinds),
        "pages": _pages(tree, tree.sources, len(works), origin),
        "number": number + 1,
        "dated": sum(bool(_date(document)) for _, document in shown) > 1,
    }
    headings = _headings(1, [("sources", tree.words["sources"])])
    return Body((Slot("works", values),), headings + _headings(2, [(each["id"], each["title"]) for each in kinds]))


def sorted_works(tree: Tree) -> list[tuple[str, Document]]:
    """The works by kind, of each the latest first, then by title."""
    order = list(Category)
    works = sorted(tree.works.items(), key=lambda each: (collation_key(each[1].title), each[0]))
    works.sort(key=lambda each: _date(each[1]), reverse=True)
    return sorted(works, key=lambda each: order.index(each[1].work.category) if each[1].work else len(order))


def _date(document: Document) -> str:
    """When a work was published or saved, else when it was last highlighted; empty where neither is told as a date."""
    work = document.work
    dates = (iso_date(each)[:10] for each in ((work.date, work.updated) if work else ()))
    return next((date for date in dates if date), "")


def _work_rows(tree: Tree, works: Sequence[tuple[str, Document]], origin: str) -> tuple[Row, ...]:
    return tuple(
        Row(
            reference(document, to_page(address, origin, tree.index.settings)),
            _date(document),
            ", ".join(document.metadata.authors),
            len(document.work.highlights) if document.work else 0,
        )
        for address, document in works
    )
