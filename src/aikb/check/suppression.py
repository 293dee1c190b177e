"""`<!-- aikb: ignore CODE -->`: what an author has seen and accepted, for the next block."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from aikb.codes import CODES
from aikb.diagnostics import Diagnostic, finding
from aikb.model import Document, Node

_COMMENT = re.compile(r"<!--\s*aikb:\s*ignore\b([^>]*?)-->")


@dataclass(slots=True)
class _Suppression:
    node: Node
    codes: tuple[str, ...]
    lines: range
    used: set[str] = field(default_factory=set)


def suppress(document: Document, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings that are left, and those about the comments themselves."""
    if "aikb:" not in document.source.text:
        yield from found
        return
    suppressions, wrong = _read(document)
    yield from wrong
    for diagnostic in found:
        matching = [each for each in suppressions if diagnostic.code in each.codes and diagnostic.line in each.lines]
        for each in matching:
            each.used.add(diagnostic.code)
        if not matching:
            yield diagnostic
    for each in suppressions:
        for code in sorted(set(each.codes) - each.used):
            yield finding("suppression-unused", document.source, each.node.start, each.node.end, ignored=code)


def _read(document: Document) -> tuple[list[_Suppression], list[Diagnostic]]:
    suppressions: list[_Suppression] = []
    wrong: list[Diagnostic] = []
    for siblings in _families(document.blocks):
        for node, following in zip(siblings, [*siblings[1:], None], strict=True):
            match = _COMMENT.search(node.text) if node.kind in ("html", "tag") else None
            if not match:
                continue
            codes = tuple(match[1].replace(",", " ").split())
            unknown = [code for code in codes if code not in CODES]
            if not codes or unknown:
                values = {"problem": f"“{unknown[0]}” is no finding" if unknown else "it names no finding"}
                wrong.append(finding("suppression-invalid", document.source, node.start, node.end, **values))
            covered = following if following is not None and node.kind == "html" else node
            first = document.source.position(node.start)[0]
            last = document.source.position(max(covered.end - 1, covered.start))[0]
            suppressions.append(
                _Suppression(node, tuple(code for code in codes if code in CODES), range(first, last + 1))
            )
    return suppressions, wrong


def _families(nodes: Sequence[Node]) -> Iterator[Sequence[Node]]:
    """The siblings of every container."""
    yield nodes
    for node in nodes:
        if node.children:
            yield from _families(node.children)
