"""What names a page without a link to it, with the sentence around its title: a reader opens it below the backlinks."""

from __future__ import annotations

from typing import Any, TypeAlias

from aikb.compose.addresses import to_page
from aikb.compose.backlinks import LIMIT, page_link
from aikb.compose.links import Reference
from aikb.compose.paragraphs import Sentences
from aikb.compose.tree import Tree, page_address
from aikb.model.document import Document
from aikb.model.site import Slot
from aikb.relate.glossary.title_mentions import TitleMention
from aikb.relate.relations import Relations

_MOST = 20
"""How many places a page shows; of the others it says how many there are. With its backlinks they are not more than LIMIT."""
_Pages: TypeAlias = dict[str, tuple[Reference, list[dict[str, Any]]]]


def unlinked(document: Document, tree: Tree, relations: Relations, sentences: Sentences) -> tuple[Slot, ...]:
    """What speaks of a page without a link, as one slot: by page, in the order of its text; none where nothing does.

    A page that links to it elsewhere is among the backlinks, and not here.
    """
    found = tree.ways.unlinked.get(document.address, ()) if not document.in_glossary else ()
    if not found:
        return ()
    linking, links = _linking(document, tree, relations)
    most = max(min(_MOST, LIMIT - links), 0)
    pages: _Pages = {}
    shown = rest = 0
    for each in sorted(found, key=lambda each: (page_address(tree.index.documents[each.path]), each.path)):
        source = tree.index.documents[each.path]
        address = page_address(source)
        # readers of a tree that shows the twin of the source see something else
        if address in linking or tree.documents.get(address, source) is not source:
            continue
        if shown == most:
            rest += 1
            continue
        shown += 1
        page = pages.setdefault(address, (page_link(source, address, document, tree), []))
        page[1].append(_place(each, source, document, tree, sentences))
    groups = tuple((page, tuple(places)) for page, places in pages.values())
    return (Slot("unlinked", {"pages": groups, "count": shown + rest, "rest": rest}),) if groups else ()


def _linking(document: Document, tree: Tree, relations: Relations) -> tuple[set[str], int]:
    """The addresses of the pages that link to a page, itself among them, and how many links they have."""
    twins = tree.index.variants.get(document.address, {document.lang: document})
    paths = [link.path for each in twins.values() for link in relations.backlinks.get(each.path, ())]
    return {document.address, *(page_address(tree.index.documents[path]) for path in paths)}, len(paths)


def _place(found: TitleMention, source: Document, origin: Document, tree: Tree, sentences: Sentences) -> dict[str, Any]:
    """The sentence, and where it stands: a section with its title, a highlight without one, or the top of a note."""
    section = next((each for each in source.sections if each.id and each.id == found.mention.place), None)
    title = section.title if section and not (source.titled and section is source.sections[0]) else ""
    fragment = found.mention.place if title or source.work else ""
    return {
        "title": title,
        "href": to_page(page_address(source), page_address(origin), tree.index.settings, fragment),
        "sentence": sentences.of(source).around_mention(found.mention),
        "lang": source.lang,
    }
