"""The glossary as data: what the script of the pages asks for, and everything, for other tools."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from aikb.compose.definition import summary
from aikb.compose.tree import Tree, page_address, term_address
from aikb.model.glossary import Term
from aikb.model.node import Node
from aikb.model.source import Span
from aikb.relate.glossary.concepts import FOLDER
from aikb.relate.links.resolution import Resolution
from aikb.relate.relations import Relations
from aikb.text.reserved import CONTROL
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


def as_written(blocks: Sequence[Node], source: str, resolutions: Mapping[Span, Resolution] | None = None) -> str:
    """Take the text of some blocks, with what a page would show of its HTML, and without what their author hid.

    It has no control character, since a terminal may be what reads it. Links to what is private, by their `resolutions`, are
    their text; definitions of links that nobody uses are left out.
    """
    start, end = _inside(blocks[0]).start, _inside(blocks[-1]).end
    out, at, cleaner = list[str](), start, Cleaner()
    changed = [*_changed(blocks, source, resolutions or {}), *_unused(blocks, source, start, end)]
    for first, last, node in sorted(changed, key=lambda each: each[:2]):
        if first >= at:
            shown = node if isinstance(node, str) else cleaner.feed(source[first:last], first)
            out += [source[at:first], shown]
            at = last
    return CONTROL.sub("", "".join([*out, source[at:end]])).strip()


_TEXTS = frozenset({"paragraph", "plain", "heading", "code", "html", "table", "math-block"})
"""Blocks in which a line that looks like a definition is none."""
_DEFINITION = re.compile(
    r"^[ \t>]*\[(?P<label>[^\^\[\]\n][^\[\]\n]{0,300})\]:[ \t]*(?:\n[ \t>]*)?(?:<[^<>\n]*>|\S+)"
    r"(?:[ \t]*\n?[ \t]*(?:\"[^\"\n]*(?:\n[^\"\n]+){0,9}\"|'[^'\n]*(?:\n[^'\n]+){0,9}'"
    r"|\([^()\n]*(?:\n[^()\n]+){0,9}\)))?[ \t]*$\n?",
    re.MULTILINE,
)
_LABEL = re.compile(r"\[([^\[\]\n]{1,300})\](?!:)")


def _changed(
    blocks: Sequence[Node], source: str, resolutions: Mapping[Span, Resolution]
) -> Iterator[tuple[int, int, Node | str]]:
    """List the stretches that are written otherwise: start, end, and what is written or the raw HTML that is cleaned."""
    for node in (node for block in blocks for node in block.walk()):
        if node.kind in ("html", "tag"):
            yield node.start, node.end, node
        elif node.kind == "heading" and source.startswith("<", node.start):  # raw HTML
            yield node.start, node.children[0].start, f"<h{node.level}>"
            yield node.children[-1].end, node.end, f"</h{node.level}>"
        elif node.kind in ("link", "image") and _is_private(resolutions.get(Span(node.start, node.end))):
            yield node.start, node.end, "" if node.kind == "image" and node.info == "wikilink" else node.alternative


def _is_private(resolution: Resolution | None) -> bool:
    return resolution is not None and resolution.is_private


def _unused(blocks: Sequence[Node], source: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """List the definitions of links, in the stretch of some blocks, that no text of the file names."""
    if source.find("]:", start, end) < 0:
        return
    texts = sorted((node.start, node.end) for block in blocks for node in block.walk() if node.kind in _TEXTS)
    for match in _DEFINITION.finditer(source, start, end):
        at = match.start("label")
        number = bisect_right(texts, (at, at)) - 1
        inside = number >= 0 and at < texts[number][1]
        if not inside and " ".join(match["label"].casefold().split()) not in _labels(source):
            yield match.start(), match.end(), ""


@lru_cache(maxsize=1)
def _labels(source: str) -> frozenset[str]:
    """List what the links of a file name; its definitions are asked for one after the other."""
    return frozenset(" ".join(match[1].casefold().split()) for match in _LABEL.finditer(source))


def _inside(block: Node) -> Span:
    """Where the text of a block is: a paragraph may have begun with the term, or be shared with another."""
    nodes = block.children if block.kind in ("paragraph", "plain") and block.children else (block,)
    return Span(nodes[0].start, nodes[-1].end)


def _compact(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"
