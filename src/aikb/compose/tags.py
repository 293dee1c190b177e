"""The page of all tags, to which the tags in notes lead. A tag in a text is known there, and one in front matter too."""

from __future__ import annotations

from collections import defaultdict
from html import escape
from typing import Any

from aikb.compose.addresses import to_page
from aikb.compose.links import Row, reference
from aikb.compose.tree import Tree, page_address
from aikb.model.document import Document
from aikb.model.site import Body, Heading, Slot
from aikb.relate.index import Index
from aikb.text.folding import collation_key
from aikb.text.slug import slug


def tags_address(index: Index) -> str:
    """The address of the page, beside a folder of that name if there is one."""
    return "tags-1/index.md" if "tags" in index.folders else "tags/index.md"


def has_tags(index: Index) -> bool:
    """Whether a note has a tag, so that the page is wanted."""
    return any(document.hashtags or shown_tags(document) for document in index.documents.values())


def shown_tags(document: Document) -> tuple[str, ...]:
    """The tags of a document that its author does not hide."""
    return () if "tags" in document.metadata.hide else document.metadata.tags


def tag_links(document: Document, index: Index) -> tuple[tuple[str, str], ...]:
    """The tags of a document, each with the address of its list from the document's page."""
    origin, target = page_address(document), tags_address(index)
    return tuple((name, to_page(target, origin, index.settings, tag_id(name))) for name in shown_tags(document))


def tag_id(name: str) -> str:
    """The id of a tag on the page; letter case says nothing, as in Obsidian."""
    return f"tag-{slug(name.casefold().replace('/', '-')) or 'tag'}"


def tags_body(tree: Tree) -> Body:
    """The page: every tag with its notes, in alphabetical order."""
    names: dict[str, str] = {}
    tagged: defaultdict[str, dict[str, Document]] = defaultdict(dict)
    for address, document in tree.documents.items():
        for name in shown_tags(document):
            identifier = tag_id(name)
            names.setdefault(identifier, name)
            tagged[identifier][address] = document
    groups: list[dict[str, Any]] = []
    for identifier in sorted(tagged, key=lambda each: (collation_key(names[each]), each)):
        documents = sorted(tagged[identifier].items(), key=lambda each: (collation_key(each[1].title), each[0]))
        origin = tags_address(tree.index)
        rows = tuple(
            Row(reference(document, to_page(address, origin, tree.index.settings)), document.metadata.date)
            for address, document in documents
        )
        groups.append({"id": identifier, "title": names[identifier], "rows": rows})
    headings = (
        Heading(1, "tags", tree.words["tags"]),
        *(Heading(2, each["id"], escape(each["title"])) for each in groups),
    )
    return Body((Slot("tags", {"groups": tuple(groups)}),), headings)
