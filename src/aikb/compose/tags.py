"""The index of all tags and a page for each, to which the tags in notes, in front matter and at highlights lead."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from aikb.compose.addresses import to_page
from aikb.compose.links import Reference, reference
from aikb.compose.lists import entry
from aikb.compose.tree import Tree, beside
from aikb.model.document import Document
from aikb.model.site import Body, Heading, Slot
from aikb.relate.index import Index
from aikb.relate.relations import Relations
from aikb.relate.tags import Tag, Tags
from aikb.text.folding import collation_key

ROWS = 400
"""Documents that the page of a tag lists."""
_PASSAGES = 3
"""Passages of one work that it links to."""


def tags_address(index: Index) -> str:
    """The address of the index, beside a folder of that name if there is one."""
    return beside("tags", index)


def tag_address(tag: Tag, index: Index) -> str:
    """The address of a tag's own page."""
    return f"{posixpath.dirname(tags_address(index))}/{tag.address}"


def has_tags(index: Index, tags: Tags) -> bool:
    """Whether there is an index: a note of that address takes its place."""
    return bool(tags.tags) and tags_address(index) not in index.variants


def tag_id(key: str) -> str:
    """The id of a tag in the index."""
    return f"tag-{key.replace('/', '-')}"


def tag_url(name: str, origin: str, relations: Relations) -> str:
    """The address of what is known of a tag, from the page at `origin`; empty for a tag that is left out."""
    tag = relations.tags.named(name)
    return url_of_tag(tag, origin, relations) if tag is not None else ""


def url_of_tag(tag: Tag, origin: str, relations: Relations) -> str:
    """The same of a tag; one that only others are inside of is written nowhere, and no name leads to it."""
    index = relations.index
    if not tag.listed or not has_tags(index, relations.tags):
        return ""
    address = tag_address(tag, index)
    if tag.paged and address not in index.variants:
        return to_page(address, origin, index.settings)
    return to_page(tags_address(index), origin, index.settings, tag_id(tag.key))


def tag_links(names: Iterable[str], origin: str, relations: Relations) -> tuple[tuple[str, str], ...]:
    """Links to tags as they are written; those of exporters are left out."""
    return tuple((name, tag_url(name, origin, relations)) for name in names if relations.tags.named(name) is not None)


def shown_tags(document: Document) -> tuple[str, ...]:
    """The tags of a document that its author does not hide."""
    return () if "tags" in document.metadata.hide else document.metadata.tags


def tag_pages(document: Document, relations: Relations) -> tuple[tuple[str, bool], ...]:
    """What the addresses of a document's tags are made of, for its body."""
    work = document.work
    names = [*document.metadata.tags, *document.hashtags]
    if work is not None:
        names += [*work.tags, *(name for highlight in work.highlights for name in highlight.tags)]
    found = (relations.tags.named(name) for name in dict.fromkeys(names)) if names else ()
    return tuple((tag.key, tag.paged) for tag in found if tag is not None)


def tags_body(tree: Tree) -> Body:
    """The index: every tag with its count, in alphabetical order, those inside others under them."""
    tags, origin = tree.ways.tags, tags_address(tree.index)
    rows = []
    for tag in (each for each in tags.tags.values() if each.listed):
        depth = tag.key.count("/")
        shown = _shown(tag, tree)
        few = () if tag.paged and len(tag.paths) > 1 else shown[:1]
        rows.append(
            {
                "id": tag_id(tag.key),
                "title": tag.label(tree.lang).rsplit("/", 1)[-1] if depth else tag.label(tree.lang),
                "href": _page_of(tag, tree, origin),
                "depth": min(depth, 3),
                "count": len(shown),
                "few": tuple(reference(each, to_page(each.address, origin, tree.index.settings)) for each in few),
            }
        )
    values = {"count": len(rows), "rows": tuple(rows), "title": tree.words["tags"]}
    return Body((Slot("tags", values),), (Heading(1, "tags", tree.words["tags"]),))


def tag_body(tag: Tag, tree: Tree) -> Body:
    """The page of a tag: notes and works that have it, the passages that have it, and the tags around it."""
    index = tree.index
    origin = tag_address(tag, index)
    documents = _shown(tag, tree)
    inner = tree.ways.tags.inside.get(tag.key, ())
    values: dict[str, Any] = {
        "title": f"#{tag.label(tree.lang)}",
        "count": len(documents),
        "others": tuple(sorted({name for name in tag.names.values() if name != tag.label(tree.lang)})),
        "index": to_page(tags_address(index), origin, index.settings, tag_id(tag.key)),
        "inner": tuple(Reference(f"#{each.label(tree.lang)}", _page_of(each, tree, origin), "") for each in inner),
        "rows": tuple(_row(tag, document, tree, origin) for document in documents[:ROWS]),
    }
    return Body((Slot("tag", values),), (Heading(1, "tag", escape(values["title"], quote=False)),))


def _row(tag: Tag, document: Document, tree: Tree, origin: str) -> dict[str, Any]:
    settings = tree.index.settings
    passages = tag.highlights.get(document.path, ())[:_PASSAGES]
    return {
        **entry(tree, document, origin),
        "date": tree.ways.dates.get(document.path, document.metadata.date),
        "passages": tuple(to_page(document.address, origin, settings, each) for each in passages),
    }


def _shown(tag: Tag, tree: Tree) -> Sequence[Document]:
    """The documents that a tree shows for a tag, one an address, by title."""
    found = (tree.index.documents[path] for path in tag.paths)
    shown = {each.address: tree.documents.get(each.address, each) for each in found if not each.in_glossary}
    return sorted(shown.values(), key=lambda each: (collation_key(each.title), each.address))


def _page_of(tag: Tag, tree: Tree, origin: str) -> str:
    """The address of a tag's page; empty where it has none."""
    address = tag_address(tag, tree.index)
    return to_page(address, origin, tree.index.settings) if tag.paged and address not in tree.documents else ""
