"""Suppress findings by `<!-- aikb: ignore CODE -->`: what an author has seen and accepted, for the next block."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from aikb.findings.codes.table import CODES
from aikb.findings.finding import finding
from aikb.model.document import Document
from aikb.model.finding import Diagnostic
from aikb.model.node import Node

_COMMENT = re.compile(r"<!--\s*aikb:\s*ignore\b([^>]*?)-->")


@dataclass(slots=True)
class _Suppression:
    node: Node
    codes: tuple[str, ...]
    lines: range
    used: set[str] = field(default_factory=set)


def suppress(document: Document, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Drop the findings that comments accept, and report what is wrong with the comments."""
    if "aikb:" not in document.source.text:
        yield from found
        return
    suppressions, wrong = _read(document)
    yield from wrong
    yield from _left(found, suppressions)
    for each in suppressions:
        for code in sorted(set(each.codes) - each.used):
            if not code.startswith("external-"):  # found by `--external` only
                yield finding("suppression-unused", document.source, each.node.start, each.node.end, ignored=code)


def accepted(document: Document, found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Drop the findings that comments accept, of a later stage; the comments themselves are not judged again."""
    yield from _left(found, _read(document)[0] if "aikb:" in document.source.text else [])


def _left(found: Iterable[Diagnostic], suppressions: Sequence[_Suppression]) -> Iterator[Diagnostic]:
    by_line: defaultdict[int, list[_Suppression]] = defaultdict(list)
    for each in suppressions:
        for line in each.lines:
            by_line[line].append(each)
    for diagnostic in found:
        matching = [each for each in by_line.get(diagnostic.line, ()) if diagnostic.code in each.codes]
        for each in matching:
            each.used.add(diagnostic.code)
        if not matching:
            yield diagnostic


def _read(document: Document) -> tuple[list[_Suppression], list[Diagnostic]]:
    """Parse the comments of a document: what each suppresses, and findings about those that name no code."""
    suppressions: list[_Suppression] = []
    wrong: list[Diagnostic] = []
    for siblings in _families(document.blocks):
        covered = _covered(siblings)
        for at, node in enumerate(siblings):
            for match in _COMMENT.finditer(node.text) if node.kind in ("html", "tag") else ():
                codes = tuple(match[1].replace(",", " ").split())
                unknown = [code for code in codes if code not in CODES]
                if not codes or unknown:
                    values = {"problem": f"“{unknown[0]}” is no finding" if unknown else "it names no finding"}
                    wrong.append(finding("suppression-invalid", document.source, node.start, node.end, **values))
                known = tuple(code for code in codes if code in CODES)
                suppressions.append(_Suppression(node, known, _lines(document, node, covered[at])))
    return suppressions, wrong


def _covered(siblings: Sequence[Node]) -> list[Node]:
    """Find what a comment at the place of each block is about: the next block that is no such comment; else itself."""
    covered: list[Node] = []
    following: Node | None = None
    for node in reversed(siblings):
        covered.append(node if node.kind != "html" or following is None else following)
        if node.kind != "html" or not _COMMENT.search(node.text):
            following = node
    return covered[::-1]


def _lines(document: Document, comment: Node, covered: Node) -> range:
    """Find the lines that a comment is about: its own, and those of the block that it covers."""
    first = document.source.position(comment.start)[0]
    return range(first, document.source.position(max(covered.end - 1, covered.start))[0] + 1)


def _families(nodes: Sequence[Node]) -> Iterator[Sequence[Node]]:
    """List the siblings in every container."""
    yield nodes
    for node in nodes:
        if node.children:
            yield from _families(node.children)
