"""A document's text with all that rendering needs to know of it, for whatever page shows it or a part of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from aikb.compose.addresses import address_of
from aikb.compose.tags import tag_url
from aikb.locales.words import words
from aikb.model.document import Document, Passage
from aikb.model.source import Span
from aikb.relate.links.resolution import Resolution
from aikb.relate.relations import Relations
from aikb.render.added_links import number_links, term_links
from aikb.render.text import Text
from aikb.text.typography import typeset


def passages_in(document: Document, within: Span | None) -> Sequence[Passage]:
    """List the passages that begin in a part of a document, or all: a list of terms asks for those of each."""
    found = document.passages
    if within is None:
        return found
    first = bisect_left(found, within.start, key=lambda each: each.start)
    return found[first : bisect_left(found, within.end, first, key=lambda each: each.start)]


def text_of(document: Document, origin: str, relations: Relations, within: Span | None = None, **more: Any) -> Text:
    """Gather what is known of a document's text, shown on the page at `origin`; `within`, of a part of it only.

    `more` are fields of Text that this page alone has: ids, embeds, tooltips.
    """
    index = relations.index
    resolutions, references = relations.resolutions[document.path], number_links(document, relations, within)
    if references:
        meant = {each.span: Resolution("page", each.path, each.fragment) for each in references}
        resolutions = {**resolutions, **meant}
    return Text(
        resolutions=resolutions,
        references=references,
        url=lambda resolution: address_of(resolution, origin, index, document.lang),
        words=words(document.lang),
        mentions=term_links(document, relations, within),
        languages={passage.start: passage.lang for passage in passages_in(document, within)},
        typeset=typeset if index.settings.typography else None,
        lang=document.lang,
        written="" if document.work else document.source.text,
        size=lambda path: index.assets[path].size if path in index.assets else None,
        tag_url=lambda name: tag_url(name, origin, relations),
        breaks=index.settings.breaks == "obsidian",
        **more,
    )
