"""Pages that aikb makes: the home page, one for each folder without a page of its own, and the list of works."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from aikb.compose.addresses import to_page
from aikb.compose.links import Row, reference
from aikb.compose.tree import Tree, folder_slug
from aikb.locales.words import counted
from aikb.model.document import Document
from aikb.model.highlights import Category
from aikb.model.site import Body, Heading, Slot
from aikb.read.exports.dates import iso_date
from aikb.relate.index import GLOSSARY_ADDRESS
from aikb.text.folding import collation_key

_SHOWN = 8
"""How many notes of a folder the home page names."""
_LATEST = 4
"""How many dated notes it names."""


def home_body(tree: Tree) -> Body:
    """The home page of a knowledge base that has no `index.md`: every folder with its first notes, and the glossary."""
    settings = tree.index.settings
    cards = [_card(tree, folder) for folder in tree.subfolders.get("", [])]
    folders = bool(cards)
    if tree.works:
        cards.append(_link_card(tree, "sources", tree.sources, counted(tree.words, "source_count", len(tree.works))))
    if tree.index.terms:
        count = counted(tree.words, "term_count", len(tree.index.terms))
        cards.append(_link_card(tree, "glossary", GLOSSARY_ADDRESS, count))
    latest = sorted(
        (document for document in tree.documents.values() if document.metadata.date),
        key=lambda document: (document.metadata.date, document.address),
        reverse=True,
    )[:_LATEST]
    notes = _rows(tree, tree.folders.get("", ()), "index.md")
    recent = _rows(tree, [document.address for document in latest], "index.md") if len(latest) > 1 else ()
    values = {
        "site_name": settings.title(tree.lang, "site_name", settings.site_name),
        "site_description": settings.title(tree.lang, "site_description", settings.site_description),
        "languages": _languages(tree, tree.documents),
        "folders": folders,
        "cards": tuple(cards),
        "notes": notes,
        "recent": recent,
    }
    titles = [("notes", tree.words["notes"])] * bool(notes and not folders)
    titles += [(card["id"], card["title"]) for card in cards]
    titles += [("recent", tree.words["recent"])] * bool(recent)
    titles += [("notes", tree.words["notes"])] * bool(notes and folders)
    return Body((Slot("home", values),), _headings(2, titles))


def folder_body(tree: Tree, folder: str) -> Body:
    """The page of a folder: its notes, and the folders in it."""
    address = f"{folder}/index.md"
    children = tree.subfolders.get(folder, [])
    shown = [*tree.folders[folder], *(each for child in children for each in tree.folders[child])]
    used: set[str] = set()
    inside: list[dict[str, Any]] = []
    for child in children:
        title = tree.folder_title(child)
        identifier = folder_slug(title)
        while identifier in used:
            identifier += "-1"
        used.add(identifier)
        href = to_page(f"{child}/index.md", address, tree.index.settings)
        rows = _rows(tree, tree.folders[child][:_SHOWN], address)
        inside.append({"id": identifier, "title": title, "href": href, "rows": rows})
    values = {
        "title": tree.folder_title(folder),
        "count": tree.sizes[folder],
        "languages": _languages(tree, shown),
        "rows": _rows(tree, tree.folders[folder], address),
        "folders": tuple(inside),
    }
    return Body((Slot("folder", values),), _headings(2, [(each["id"], each["title"]) for each in inside]))


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


def _languages(tree: Tree, addresses: Iterable[str]) -> tuple[str, ...]:
    """The languages that lists can be limited to: of those pages, where they are in several."""
    present = {tree.documents[address].lang for address in addresses}
    return tuple(lang for lang in tree.index.settings.languages if lang in present) if len(present) > 1 else ()


def _card(tree: Tree, folder: str) -> dict[str, Any]:
    """A folder on the home page: its first notes, and how many there are if that is not all."""
    title = tree.folder_title(folder)
    addresses = tree.folders[folder] or [
        address for child in tree.subfolders.get(folder, []) for address in tree.folders[child]
    ]
    href = to_page(f"{folder}/index.md", "index.md", tree.index.settings)
    rows = tuple(Row(row.link) for row in _rows(tree, addresses[:_SHOWN], "index.md"))
    more = tree.sizes[folder] if tree.sizes[folder] > len(rows) else 0
    return {"id": folder_slug(title), "title": title, "href": href, "rows": rows, "all": more}


def _link_card(tree: Tree, name: str, address: str, count: str) -> dict[str, Any]:
    """The works or the glossary on the home page: what they are, and how much there is."""
    href = to_page(address, "index.md", tree.index.settings)
    return {"id": name, "title": tree.words[name], "href": href, "intro": tree.words[f"{name}_intro"], "count": count}


def works_body(tree: Tree) -> Body:
    """The list of works: by kind, the newest first, and by year, each with the number of its highlights."""
    works = sorted(tree.works.items(), key=lambda each: (collation_key(each[1].title), each[0]))
    kinds: list[dict[str, Any]] = []
    for category in Category:
        own = [each for each in works if each[1].work and each[1].work.category is category]
        own.sort(key=lambda each: _date(each[1]), reverse=True)
        if own:
            name = str(category or "unknown")
            kinds.append({"id": f"kind-{name}", "title": tree.words[f"kinds_{name}"], "rows": _work_rows(tree, own)})
    by_year: defaultdict[str, list[tuple[str, Document]]] = defaultdict(list)
    for each in sorted(works, key=lambda each: _date(each[1]), reverse=True):
        by_year[_date(each[1])[:4]].append(each)
    years: list[dict[str, Any]] = [
        {"id": f"date-{year or 'none'}", "title": year or tree.words["undated"], "rows": _work_rows(tree, own)}
        for year, own in by_year.items()
        if list(by_year) != [""]  # else it would be the same list again
    ]
    values = {
        "works": len(works),
        "highlights": sum(len(document.work.highlights) for _, document in works if document.work),
        "languages": _languages(tree, tree.works),
        "kinds": tuple(kinds),
        "years": tuple(years),
    }
    headings = _headings(1, [("sources", tree.words["sources"])])
    for identifier, word, groups in (("by-kind", "by_kind", kinds), ("by-date", "by_date", years)):
        if groups or word == "by_kind":
            headings += _headings(2, [(identifier, tree.words[word])])
            headings += _headings(3, [(group["id"], group["title"]) for group in groups])
    return Body((Slot("works", values),), headings)


def _date(document: Document) -> str:
    """When a work was published or saved, else when it was last highlighted; empty where neither is told as a date."""
    work = document.work
    dates = (iso_date(each)[:10] for each in ((work.date, work.updated) if work else ()))
    return next((date for date in dates if date), "")


def _work_rows(tree: Tree, works: Sequence[tuple[str, Document]]) -> tuple[Row, ...]:
    return tuple(
        Row(
            reference(document, to_page(address, tree.sources, tree.index.settings)),
            _date(document),
            ", ".join(document.metadata.authors),
            len(document.work.highlights) if document.work else 0,
        )
        for address, document in works
    )
