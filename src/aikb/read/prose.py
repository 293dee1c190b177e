"""Find the running text of a document: what may hold a mention of a term, and nothing else."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from aikb.model.node import Node, NodeKind
from aikb.text.tags import tokens

_SKIPPED: frozenset[NodeKind] = frozenset(
    {"heading", "code", "html", "math", "math-block", "code-span", "link", "image", "caption", "rule", "text"}
)
_CLOSED_TO_LINKS = frozenset("a button code h1 h2 h3 h4 h5 h6 kbd label pre samp script style summary textarea".split())
"""Elements of raw HTML whose text gets no links: a link in a link is none."""


def prose_spans(blocks: Sequence[Node]) -> tuple[int, ...]:
    """Find the running text: a start, an end, the next start and so on, in order; text that wraps over lines is one stretch."""
    runs: list[tuple[int, int]] = []
    stack = [node for node in blocks if node.kind not in _SKIPPED]
    while stack:
        children = stack.pop().children
        for child in children:
            if child.kind == "tag":
                children = tuple(_open_to_links(children))
                break
        start = end = -1
        for child in children:
            kind = child.kind
            if kind == "text" or (kind == "soft-break" and start >= 0):
                start, end = (child.start if start < 0 else start), child.end
                continue
            if start >= 0:
                runs.append((start, end))
                start = -1
            if child.children and kind not in _SKIPPED:
                stack.append(child)
        if start >= 0:
            runs.append((start, end))
    runs.sort()
    return tuple(offset for run in runs for offset in run)


def covered(prose: Sequence[int], start: int, end: int) -> bool:
    """Tell whether a stretch lies within one run of running text; `prose` is that of `prose_spans`."""
    at = bisect_right(prose, start)
    return at % 2 == 1 and end <= prose[at]


def _open_to_links(nodes: Sequence[Node]) -> Iterator[Node]:
    """List the nodes that no element is opened around in which no link may stand."""
    closed = 0
    for node in nodes:
        if node.kind == "tag":
            for token in tokens(node.text):
                if token.name in _CLOSED_TO_LINKS:
                    closed = max(closed + {"open": 1, "close": -1}.get(token.kind, 0), 0)
            yield node
        elif not closed:
            yield node
