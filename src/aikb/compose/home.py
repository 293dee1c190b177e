"""The home page: what is new, where to go on, what was highlighted lately, and the ways into everything.

Nothing in it asks the clock: what is new is so beside the latest date of all, and the same notes give the same page.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from html import escape
from typing import Any

from aikb.compose.addresses import to_page
from aikb.compose.links import Reference, reference
from aikb.compose.lists import entry, languages_of
from aikb.compose.papers import ROWS as PAPERS_OF_PAGE
from aikb.compose.papers import list_address, list_pages, paper_id
from aikb.compose.tags import has_tags, tags_address, url_of_tag
from aikb.compose.tree import Tree, folder_slug, term_address
from aikb.compose.uses import Uses
from aikb.model.document import Document
from aikb.model.site import Body, Heading, Slot
from aikb.relate.index import GLOSSARY_ADDRESS
from aikb.relate.relations import Relations

HOME = "index.md"
_WEEKS, _OF_WEEK = 4, 7
"""Weeks that are told of, and what is named of each."""
_FOLDERS, _NOTES, _FIRST = 24, 12, 5
"""Folders, notes outside folders, and notes of each folder that are named."""
_WORKS, _STRIP = 6, 26
"""Works lately highlighted, and the weeks of the strip beside each."""
_WORDS, _PAPERS = 12, 5
"""Terms and tags, and papers."""


def home_body(tree: Tree, relations: Relations, used: Mapping[str, Uses]) -> Body:
    """The home page of a knowledge base that has no `index.md`."""
    settings = tree.index.settings
    values, headings = _values(tree, relations, used)
    values |= {
        "site_name": settings.title(tree.lang, "site_name", settings.site_name),
        "site_description": settings.title(tree.lang, "site_description", settings.site_description),
    }
    return Body((Slot("home", values),), headings)


def home_rows(tree: Tree, relations: Relations, used: Mapping[str, Uses]) -> Slot:
    """The same under an `index.md` of the author's, without a title of its own."""
    values, _ = _values(tree, relations, used)
    return Slot("home", {**values, "site_name": "", "site_description": ""})


def _values(tree: Tree, relations: Relations, used: Mapping[str, Uses]) -> tuple[dict[str, Any], tuple[Heading, ...]]:
    documents = {address: each for address, each in tree.documents.items() if address != HOME}
    alone = next(iter(documents.values())) if len(tree.documents) == 1 and documents and not tree.works else None
    values: dict[str, Any] = {
        "languages": languages_of(tree, documents),
        "alone": _alone(alone, tree) if alone else None,
        "weeks": () if alone else _news(tree),
        "folders": tuple(_folder(tree, each) for each in tree.subfolders.get("", [])[:_FOLDERS]),
        "notes": () if alone else _notes(tree),
        "all": _way(tree, tree.all_notes, len(tree.notes)) if tree.has_list else None,
        "works": _works(tree),
        "all_works": _way(tree, tree.sources, len(tree.works)),
        "terms": _terms(tree, relations, used),
        "all_terms": _way(tree, GLOSSARY_ADDRESS, len(tree.index.terms)),
        "tags": _tags(tree, relations),
        "all_tags": _way(tree, tags_address(tree.index), len(relations.tags.tags)) if relations.tags.tags else None,
        "papers": _papers(tree),
        "all_papers": _way(tree, tree.papers, len(tree.ways.papers.papers)) if list_pages(tree.ways.papers) else None,
    }
    titles = [
        ("new", "new", "weeks"), ("folders", "go_on", "folders"), ("notes", "notes", "notes"),
        ("works", "lately_marked", "works"), ("papers", "papers_noted", "papers"),
        ("terms", "terms_used", "terms"), ("tags", "tags_used", "tags"),
    ]  # fmt: skip
    shown = [(name, tree.words[word]) for name, word, key in titles if values[key]]
    return values, tuple(Heading(2, name, escape(title, quote=False)) for name, title in shown)


def _way(tree: Tree, address: str, count: int) -> dict[str, Any] | None:
    """The way to a whole list, of which the home shows the beginning."""
    return {"href": to_page(address, HOME, tree.index.settings), "count": count} if count else None


def _link(tree: Tree, document: Document, fragment: str = "") -> Reference:
    return reference(document, to_page(document.address, HOME, tree.index.settings, fragment))


def _alone(document: Document, tree: Tree) -> dict[str, Any]:
    """The one note there is: its beginning and its sections."""
    sections = [each for each in document.sections[1 if document.titled else 0 :] if each.title]
    top = min((each.level for each in sections), default=0)
    links = [
        Reference(each.title, to_page(document.address, HOME, tree.index.settings, each.id), document.lang)
        for each in sections
        if each.level <= top + 1
    ]
    return {"entry": entry(tree, document, HOME), "sections": tuple(links[:60])}


def _notes(tree: Tree) -> tuple[dict[str, Any], ...]:
    """The notes outside all folders."""
    addresses = [each for each in tree.folders.get("", ()) if not tree.documents[each].work]
    return tuple(entry(tree, tree.documents[each], HOME) for each in addresses[:_NOTES])


def _folder(tree: Tree, folder: str) -> dict[str, Any]:
    """A folder: how much is in it, its first sentence, its first notes."""
    title = tree.folder_title(folder)
    inside = tree.folders[folder] or [
        each for child in tree.subfolders[folder] for each in tree.folders[child][:_FIRST]
    ]
    own = tree.documents.get(f"{folder}/index.md")
    return {
        "id": folder_slug(title),
        "link": Reference(
            title, to_page(f"{folder}/index.md", HOME, tree.index.settings), own.lang if own else tree.lang
        ),
        "count": tree.sizes[folder],
        "opening": tree.ways.opening(own) if own else "",
        "notes": tuple(_link(tree, tree.documents[each]) for each in inside[:_FIRST]),
    }


def _week(day: str) -> str:
    """The Monday of a day's week."""
    date = dt.date.fromisoformat(day)
    return (date - dt.timedelta(days=date.weekday())).isoformat()


def _news(tree: Tree) -> tuple[dict[str, Any], ...]:
    """The last weeks in which something was written or highlighted, the latest first."""
    days: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    marked: dict[tuple[str, str], int] = {}
    for address, document in tree.documents.items():
        date = tree.ways.dates.get(document.path)
        if date and address != HOME:
            days[_week(date)].append((date, address))
        profile = tree.ways.profiles.get(document.path)
        last: dict[str, str] = {}
        for day, count in sorted(profile.marked.items()) if profile else ():
            week = _week(day)
            last[week] = day
            marked[week, address] = marked.get((week, address), 0) + count
        for week, day in last.items():
            days[week].append((day, address))
    weeks = []
    for week in sorted(days, reverse=True)[:_WEEKS]:
        found = sorted(days[week], key=lambda each: (each[0], each[1]), reverse=True)
        entries = [
            {**entry(tree, tree.documents[address], HOME), "date": day, "highlights": marked.get((week, address), 0)}
            for day, address in found[:_OF_WEEK]
        ]
        weeks.append({"date": week, "entries": tuple(entries), "more": max(len(found) - _OF_WEEK, 0)})
    return tuple(weeks)


def _works(tree: Tree) -> tuple[dict[str, Any], ...]:
    """The works highlighted last, each with a strip of the weeks before the latest highlight of all."""
    profiles = tree.ways.profiles
    dated = [
        (max(profile.marked), address, document, profile.marked)
        for address, document in tree.works.items()
        if (profile := profiles.get(document.path)) and profile.marked
    ]
    if not dated:
        some = sorted(
            tree.works.values(), key=lambda each: (-len(each.work.highlights if each.work else ()), each.address)
        )
        return tuple({**entry(tree, each, HOME), "strip": (), "recent": 0} for each in some[:_WORKS])
    end = dt.date.fromisoformat(_week(max(last for last, *_ in dated)))
    works = []
    for last, _, document, marked in sorted(dated, key=lambda each: (each[0], each[1]), reverse=True)[:_WORKS]:
        weeks = [0] * _STRIP
        for day, count in marked.items():
            back = (end - dt.date.fromisoformat(_week(day))).days // 7
            if 0 <= back < _STRIP:
                weeks[_STRIP - 1 - back] += count
        strip = tuple(min(count.bit_length(), 4) for count in weeks)
        works.append({**entry(tree, document, HOME), "date": last, "strip": strip, "recent": sum(weeks)})
    return tuple(works)


def _terms(tree: Tree, relations: Relations, used: Mapping[str, Uses]) -> tuple[dict[str, Any], ...]:
    """The terms that most is said of."""
    counts = {concept: sum(uses.counts.values()) for concept, uses in used.items()}
    concepts = relations.glossary.concepts
    most = sorted((each for each in counts if each in concepts), key=lambda each: (-counts[each], each))[:_WORDS]
    settings = tree.index.settings
    return tuple(
        {
            "id": each,
            "link": Reference(
                concepts[each].label(tree.lang),
                to_page(term_address(each), HOME, settings),
                concepts[each].term(tree.lang).lang,
            ),
            "count": counts[each],
        }
        for each in most
    )


def _tags(tree: Tree, relations: Relations) -> tuple[dict[str, Any], ...]:
    """The tags that most pages have."""
    if not has_tags(tree.index, relations.tags):
        return ()
    most = sorted(relations.tags.tags.values(), key=lambda tag: (-len(tag.paths), tag.key))[:_WORDS]
    return tuple(
        {"link": Reference(f"#{tag.label(tree.lang)}", url_of_tag(tag, HOME, relations), ""), "count": len(tag.paths)}
        for tag in most
    )


def _papers(tree: Tree) -> tuple[dict[str, Any], ...]:
    """The latest papers with notes."""
    noted = [
        (at, paper) for at, paper in enumerate(tree.ways.papers.papers) if paper.title and paper.noted
    ][:_PAPERS]  # fmt: skip
    settings = tree.index.settings
    return tuple(
        {
            "title": paper.title,
            "year": paper.year,
            "href": to_page(list_address(tree, at // PAPERS_OF_PAGE), HOME, settings, paper_id(paper)),
        }
        for at, paper in noted
    )
