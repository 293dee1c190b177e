"""Lint a knowledge base: everything the stages found, and the rules that need a whole document.

Stages report what they meet (`parse` a broken front matter, `index` two files at one address, `resolve` a dead link);
`rules.py` has the rest, one function each, in the order of RULES, and `translations.py` those about pairs. `suppression.py`
leaves out what an author has seen and accepted, and
`severity.py` ranks the rest as the configuration says. Findings come out once each, in the order of files and places.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from aikb.check import miswritten
from aikb.check.rules import RULES, knowledge_base
from aikb.check.severity import ranked
from aikb.check.suppression import suppress
from aikb.check.translations import languages
from aikb.ledgers.translations import Past
from aikb.model.document import Document
from aikb.model.finding import Diagnostic
from aikb.relate.relations import Relations


def lint(document: Document) -> Document:
    """Lint one document: add what the rules find in it, for which no other document is needed."""
    found = [
        diagnostic
        for rule in (*RULES, miswritten.swapped, miswritten.spaced, miswritten.footnotes, miswritten.formulas)
        for diagnostic in rule(document)
    ]
    return replace(document, diagnostics=(*document.diagnostics, *found))


def check(relations: Relations, found: Iterable[Diagnostic], past: Past | None = None) -> tuple[Diagnostic, ...]:
    """Collect, dedupe and sort all findings; `found` are those of the stages before."""
    index = relations.index
    by_path: defaultdict[str, set[Diagnostic]] = defaultdict(set)
    for diagnostic in (*found, *knowledge_base(relations), *languages(index, past or Past())):
        by_path[diagnostic.path].add(diagnostic)
    for path, document in index.documents.items():
        by_path[path].update(document.diagnostics)
        for resolution in relations.resolutions[path].values():
            by_path[path].update(resolution.diagnostics)
    for path, each in by_path.items():
        if any(diagnostic.code == "readwise-unreadable" for diagnostic in each):  # which is no unused asset
            by_path[path] = {diagnostic for diagnostic in each if diagnostic.code != "asset-unpublished"}
    if index.settings.mermaid:
        for path, each in by_path.items():
            by_path[path] = {diagnostic for diagnostic in each if diagnostic.code != "mermaid-undrawn"}
    everything: set[Diagnostic] = set()
    for path, each in by_path.items():
        everything.update(suppress(index.documents[path], each) if path in index.documents else each)
    return tuple(sorted(ranked(everything, index.settings), key=lambda diagnostic: diagnostic.order))
