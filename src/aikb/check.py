"""The findings of a knowledge base: everything the stages found, and the rules that need a whole document.

Stages report what they meet (`parse` a broken front matter, `index` two files at one address, `resolve` a dead link); the
rules here are the rest, in the order of RULES. Findings come out once each, in the order of files and places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from aikb.diagnostics import Diagnostic, finding
from aikb.formula import FormulaError, to_mathml
from aikb.index import Index
from aikb.model import Document
from aikb.relate import Relations
from aikb.sanitize import examine

Rule = Callable[[Document], Iterator[Diagnostic]]


def check(index: Index, relations: Relations, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """All findings, ordered; `found` are those of the stages before."""
    everything = set(found)
    for path, document in index.documents.items():
        everything.update(document.diagnostics)
        for resolution in relations.resolutions[path].values():
            everything.update(resolution.diagnostics)
        for rule in RULES:
            everything.update(rule(document))
    return tuple(sorted(everything, key=lambda diagnostic: diagnostic.order))


def raw_html(document: Document) -> Iterator[Diagnostic]:
    """Elements that are no HTML, could run something, or are left open."""
    if "<" not in document.source.text:
        return
    for code, start, end, values in examine(document.blocks):
        yield finding(code, document.source, start, end, **values)


def formulas(document: Document) -> Iterator[Diagnostic]:
    """Formulas that cannot be converted."""
    if "$" not in document.source.text:
        return
    for block in document.blocks:
        for node in block.walk():
            if node.kind in ("math", "math-block"):
                try:
                    to_mathml(node.text, display=node.kind == "math-block")
                except FormulaError as error:
                    yield finding("math-invalid", document.source, node.start, node.end, problem=error)


RULES: tuple[Rule, ...] = (raw_html, formulas)
