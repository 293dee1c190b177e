"""What is new in a tree, for programs that ask: its notes by their dates, and the highlights of each work and day."""

from __future__ import annotations

from itertools import islice

from aikb.compose.tree import Tree
from aikb.compose.work_page import passages
from aikb.model.document import Document
from aikb.model.highlights import Highlight
from aikb.model.site import Feed, FeedEntry
from aikb.read.exports.dates import iso_date

_ENTRIES, _QUOTES = 20, 30
"""Entries of a feed, and highlights in one of them."""


def feeds(tree: Tree) -> list[Feed]:
    """The feeds of a tree: one of what is in its own language, one of highlights; none without an entry."""
    made = (("feed.xml", "feed_notes", _notes(tree)), ("highlights.xml", "feed_highlights", _highlights(tree)))
    settings = tree.index.settings
    site = settings.title(tree.lang, "site_name", settings.site_name)
    return [
        Feed(path=tree.path(name), lang=tree.lang, title=tree.words[word].format(site=site), entries=entries)
        for name, word, entries in made
        if entries
    ]


def _notes(tree: Tree) -> tuple[FeedEntry, ...]:
    """The notes that are in the tree's language, the latest first."""
    dates = tree.ways.dates
    dated = [
        (dates[document.path], address, document)
        for address, document in tree.documents.items()
        if document.path in dates and document.lang == tree.lang and not document.work
    ]
    dated.sort(key=lambda each: (each[0], each[1]), reverse=True)
    return tuple(
        FeedEntry(path=tree.path(address), title=each.title, updated=date, summary=tree.ways.opening(each))
        for date, address, each in dated[:_ENTRIES]
    )


def _highlights(tree: Tree) -> tuple[FeedEntry, ...]:
    """The highlights of one work on one day are an entry; in the tree of the work's language."""
    days: dict[tuple[str, str], list[Highlight]] = {}
    works: dict[str, Document] = {}
    for address, document in tree.works.items():
        if document.work is None or document.lang != tree.lang:
            continue
        works[address] = document
        for highlight in document.work.highlights:
            day = iso_date(highlight.date or (highlight.group.date if highlight.group else ""))[:10]
            if len(day) == len("2024-01-01"):
                days.setdefault((day, address), []).append(highlight)
    entries = []
    for (day, address), found in sorted(days.items(), key=lambda each: each[0], reverse=True)[:_ENTRIES]:
        texts = dict(passages(works[address], None))
        quotes = tuple(islice((texts[each.id] for each in found if each.id in texts), _QUOTES))
        entries.append(
            FeedEntry(
                path=tree.path(address),
                fragment=found[0].id,
                title=works[address].title,
                updated=day,
                summary=quotes[0] if quotes else "",
                quotes=quotes,
            )
        )
    return tuple(entries)
