"""The list of papers and addresses that the notes name: what each is called, and where there are notes on it."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Sequence
from html import escape
from typing import Any

from aikb.compose.addresses import to_page
from aikb.compose.citations import bibtex, csl_json
from aikb.compose.links import Reference, numbered
from aikb.compose.tree import Tree, page_address
from aikb.compose.ways.namings import POINTING, Naming, namings
from aikb.compose.ways.papers import Paper, Papers, Place
from aikb.model.document import Document
from aikb.model.node import Node
from aikb.model.site import Body, Heading, Slot
from aikb.model.source import Span
from aikb.relate.links.resolution import Resolution
from aikb.text.slug import slug

ROWS = 150
"""Papers on one page of the list."""
_ADDRESSES = 60
"""Other addresses that it lists: those that most places name."""
_PLACES = 4
"""Places of a paper that it names."""
FILES = ("papers.bib", "papers.json")
"""The same list for programs, beside its first page."""


def list_pages(papers: Papers) -> int:
    """Count the pages of the list."""
    return max(-(-len(papers.papers) // ROWS), 1 if papers.papers or papers.addresses else 0)


def list_title(tree: Tree) -> str:
    """What the list is called: without a paper it is one of addresses."""
    return tree.words["papers" if tree.ways.papers.papers else "addresses_alone"]


def citation_files(tree: Tree) -> dict[str, str]:
    """The list for programs, by path; nothing where there are no papers."""
    papers = tree.ways.papers
    return dict(zip(_files(tree), (bibtex(papers), csl_json(papers)), strict=True)) if papers.papers else {}


def list_address(tree: Tree, number: int) -> str:
    """The address of a page of the list, from 0."""
    return tree.papers if number == 0 else f"{posixpath.dirname(tree.papers)}/{number + 1}.md"


def paper_id(paper: Paper) -> str:
    """The id of a paper on its page of the list."""
    return f"{paper.of.kind}-{slug(paper.of.name) or 'x'}"


def papers_body(tree: Tree, number: int) -> Body:
    """A page of the list: papers by year, the latest first, and on the last page other addresses."""
    papers, origin = tree.ways.papers, list_address(tree, number)
    count = list_pages(papers)
    last = number + 1 == count
    years = _years(tree, papers.papers[number * ROWS : (number + 1) * ROWS], origin)
    addresses = [_row(paper, tree, origin) for paper in papers.addresses[:_ADDRESSES]] if last else []
    values = {
        "title": list_title(tree),
        "papers": len(papers.papers),
        "noted": papers.noted,
        "years": tuple(years),
        "addresses": tuple(addresses),
        "more": max(len(papers.addresses) - _ADDRESSES, 0) if last else 0,
        "pages": numbered([list_address(tree, each) for each in range(count)], origin, tree.index.settings),
        "number": number + 1,
        "files": tuple(posixpath.relpath(each, _folder(origin, tree)) for each in _files(tree))
        if papers.papers
        else (),
    }
    headings = [Heading(1, "papers", escape(list_title(tree), quote=False))]
    headings += [Heading(2, each["id"], escape(each["title"], quote=False)) for each in years]
    headings += [Heading(2, "addresses", escape(tree.words["addresses"], quote=False))] * bool(addresses)
    return Body((Slot("papers", values),), tuple(headings))


def _files(tree: Tree) -> tuple[str, ...]:
    """The paths of the lists for programs, which the first tree alone has."""
    return tuple(posixpath.join(posixpath.dirname(tree.papers), name) for name in FILES)


def _folder(origin: str, tree: Tree) -> str:
    """The folder that a browser takes a page of the list to be in."""
    path = tree.path(origin)
    whole = tree.index.settings.addresses == "directories" and posixpath.basename(path) != "index.md"
    return path.removesuffix(".md") if whole else posixpath.dirname(path)


def _years(tree: Tree, papers: Sequence[Paper], origin: str) -> list[dict[str, Any]]:
    years: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for paper in papers:
        years[paper.year].append(_row(paper, tree, origin))
    return [
        {"id": f"year-{year or 'none'}", "title": str(year) if year else tree.words["undated"], "rows": tuple(rows)}
        for year, rows in years.items()
    ]


def _row(paper: Paper, tree: Tree, origin: str) -> dict[str, Any]:
    roles: dict[str, list[dict[str, Any]]] = {"noted": [], "highlighted": [], "linked": []}
    for each in paper.places:
        if len(roles[each.naming.role]) < _PLACES:
            roles[each.naming.role].append(_place(each, tree, origin, paper))
    shown = sum(map(len, roles.values()))
    return {
        "id": paper_id(paper),
        "title": paper.title or paper.of.label,
        "href": paper.url,
        "label": paper.of.label if paper.title and paper.of.paper else "",
        "host": paper.of.name.partition("/")[0] if paper.title and not paper.of.paper else "",
        "authors": ", ".join(paper.authors[:3]),
        "roles": tuple((role, tuple(places)) for role, places in roles.items() if places),
        "more": len(paper.places) - shown,
    }


def _place(place: Place, tree: Tree, origin: str, paper: Paper) -> dict[str, Any]:
    document, naming = tree.index.documents[place.path], place.naming
    repeated = naming.title.strip(" .:") == paper.title or not naming.place
    return {
        "page": _reference(document, naming, tree, origin),
        "section": "" if repeated else naming.title,
        "sentence": naming.sentence,
        "lang": document.lang,
    }


def _reference(document: Document, naming: Naming, tree: Tree, origin: str) -> Reference:
    address = page_address(document)
    shown = tree.documents.get(address, document)
    fragment = naming.place
    if shown is not document and fragment:
        fragment = tree.index.paired(document, shown).get(fragment, "")
    title = tree.words["glossary"] if document.in_glossary else shown.title
    return Reference(title, to_page(address, origin, tree.index.settings, fragment), shown.lang)


def with_pointers(document: Document) -> tuple[tuple[Node, ...], dict[Span, Resolution]]:
    """The blocks of a document with "(notes below)" beside a link as a link to the notes, and what these links mean."""
    found = namings(document) if any(word in document.source.text for word in POINTING) else ()
    pointed = [each for each in found if each.pointer]
    if not pointed:
        return document.blocks, {}
    places = {each.of: each.place for each in reversed(found) if each.role == "noted" and each.place}
    targets = {each.pointer: places[each.of] for each in pointed if each.pointer and each.of in places}
    links = {span: Resolution("page", document.path, place) for span, place in targets.items()}
    starts = sorted(span.start for span in links)
    blocks = tuple(
        _with_links(block, links) if any(block.start <= start < block.end for start in starts) else block
        for block in document.blocks
    )
    return blocks, links


def _with_links(node: Node, links: dict[Span, Resolution]) -> Node:
    children: list[Node] = []
    for child in node.children:
        span = next((each for each in links if child.kind == "text" and child.start <= each.start < child.end), None)
        if span is None:
            inside = any(child.start <= each.start < child.end for each in links)
            children.append(_with_links(child, links) if inside and child.children else child)
            continue
        before, words, after = (
            child.text[: span.start - child.start],
            child.text[span.start - child.start : span.end - child.start],
            child.text[span.end - child.start :],
        )
        text = Node("text", span.start, span.end, text=words)
        children.append(Node("text", child.start, span.start, text=before))
        children.append(Node("link", span.start, span.end, (text,), info="inline", target=f"#{links[span].fragment}"))
        if after:
            children.append(Node("text", span.end, child.end, text=after))
    return node.with_children(children)
