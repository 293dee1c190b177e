"""The glossary as data: what the script of the pages asks for, and everything, for other tools."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from aikb.compose.definition import summary
from aikb.compose.tree import Tree, page_address, term_address
from aikb.model.glossary import Term
from aikb.model.node import Node
from aikb.model.source import Span
from aikb.read.plain import without_comments
from aikb.relate.concepts import FOLDER
from aikb.relate.relations import Relations
from aikb.text.sanitize import Cleaner


def files(trees: Sequence[Tree], relations: Relations) -> dict[str, str]:
    """The texts that are published beside the pages, by path."""
    if not relations.glossary.concepts:
        return {}
    found = {tree.path(f"{FOLDER}/terms.json"): _compact(tooltips(tree, relations)) for tree in trees}
    return {**found, f"{FOLDER}/glossary.json": _compact(glossary_data(trees, relations))}


def tooltips(tree: Tree, relations: Relations) -> dict[str, dict[str, str]]:
    """Label and first sentence of every term, as plain text, in the tree's language where there is one."""
    entries = {}
    for concept in relations.glossary.concepts.values():
        term = concept.term(tree.lang)
        entry = {"label": concept.label(tree.lang), "text": summary(term) or tree.words["no_definition"]}
        if term.lang != tree.lang and summary(term):
            entry["lang"] = term.lang
        entries[concept.id] = entry
    return entries


def glossary_data(trees: Sequence[Tree], relations: Relations) -> dict[str, Any]:
    """All concepts: labels and definitions by language, aliases, addresses, and every use."""
    index = trees[0].index
    uses: dict[str, list[dict[str, Any]]] = {identifier: [] for identifier in relations.glossary.concepts}
    for path, mentions in relations.mentions.items():
        source = index.documents[path].source
        for mention in mentions:
            line, column = source.position(mention.span.start)
            entry = {"path": path, "line": line, "column": column, "place": mention.place, "kind": mention.kind}
            if mention.inside:
                entry["inside"] = mention.inside
            uses[mention.concept].append(entry)
    concepts = [
        {
            "id": concept.id,
            "labels": dict(concept.labels),
            "aliases": [
                {"text": alias.text, "lang": alias.lang or None, "declared": alias.declared}
                for alias in concept.aliases
            ],
            "definitions": {term.lang: _definition(term, trees) for term in concept.terms},
            "pages": {tree.lang: tree.path(term_address(concept.id)) for tree in trees},
            "uses": uses[concept.id],
        }
        for concept in relations.glossary.concepts.values()
    ]
    return {"version": 1, "languages": list(index.settings.languages), "terms": concepts}


def _definition(term: Term, trees: Sequence[Tree]) -> Mapping[str, str]:
    """A definition's first sentence, its whole text as written but for comments, and where it stands."""
    document = trees[0].index.documents[term.path]
    blocks = [node for node in term.blocks if node.end > node.start]
    text = as_written(blocks, document.source.text) if blocks else ""
    return {
        "summary": summary(term),
        "markdown": text,
        "source": term.path,
        "anchor": f"{page_address(document)}#{term.id}",
    }


def as_written(blocks: Sequence[Node], source: str) -> str:
    """Take the text of some blocks, with what a page would show of its HTML, and without comments."""
    out, at = list[str](), _inside(blocks[0]).start
    for node in (node for block in blocks for node in block.walk() if node.kind in ("html", "tag")):
        if node.start >= at:
            out += [source[at : node.start], Cleaner().feed(source[node.start : node.end], node.start)]
            at = node.end
    return without_comments("".join([*out, source[at : _inside(blocks[-1]).end]])).strip()


def _inside(block: Node) -> Span:
    """Where the text of a block is: a paragraph may have begun with the term, or be shared with another."""
    nodes = block.children if block.kind in ("paragraph", "plain") and block.children else (block,)
    return Span(nodes[0].start, nodes[-1].end)


def _compact(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"
