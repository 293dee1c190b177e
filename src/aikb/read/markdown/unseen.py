"""Find what raw HTML hides: elements that no browser shows (`<template>`), and those that their author does not let it show.

GitHub shows some of it, since it leaves out `style`; who wrote `display:none` meant it not to be read all the same. Of an
element that can be linked to, the tags stay.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from aikb.model.node import Node
from aikb.model.source import Span
from aikb.text.sanitize import VOID, is_hidden
from aikb.text.tags import Token, tokens

_NEVER = frozenset("template script style title noscript noembed noframes iframe datalist dialog".split())
"""Elements whose content browsers do not show; a dialog unless it is open."""
_ACROSS = frozenset("div section details table ul ol dl blockquote figure pre".split())
"""Elements that one block may open and a later one close."""
_TAG = re.compile(rf"<(?:[a-z][\w-]*\s|(?:{'|'.join(sorted(_NEVER))})\b)", re.IGNORECASE)
_HINT = re.compile(rf"\bhidden[\s=/>]|\bstyle\s*=|<(?:{'|'.join(sorted(_NEVER))})\b", re.IGNORECASE)
"""What a text holds where raw HTML may hide some of it."""
_INLINES = frozenset({"paragraph", "plain", "heading", "cell", "caption", "defined"})


def find_unseen(text: str, hidden: Sequence[Span], parse: Callable[[Sequence[Span]], tuple[Node, ...]]) -> list[Span]:
    """Find the stretches that raw HTML hides, and add them to those that are `hidden`; in the order of the text."""
    if "<" not in text or not _TAG.search(text) or not _HINT.search(text):
        return list(hidden)
    found = list(_unseen(text, list(_tags(parse(hidden), len(text)))))
    starts = [each.start for each in found]
    kept = (each for each in hidden if not covers(found, starts, each))
    return sorted((*found, *kept), key=lambda span: span.start) if found else list(hidden)


def covers(found: Sequence[Span], starts: Sequence[int], span: Span) -> bool:
    """Tell whether the beginning of a stretch lies in one of those found, which are in order; `starts` are their beginnings."""
    at = bisect_right(starts, span.start) - 1
    return at >= 0 and span.start < found[at].end


def _tags(tree: Sequence[Node], end: int) -> Iterator[tuple[Token, int]]:
    """List the tags of a text, each with where its block ends; the end of the text for those of raw HTML by itself."""
    waiting: list[tuple[Node, int]] = [(node, end) for node in reversed(tree)]
    while waiting:
        node, last = waiting.pop()
        if node.kind in ("html", "tag"):
            for token in tokens(node.text):
                if token.kind in ("open", "close"):
                    yield replace(token, start=token.start + node.start, end=token.end + node.start), last
        last = node.end if node.kind in _INLINES else last
        waiting += [(child, last) for child in reversed(node.children)]


def _unseen(text: str, tags: Sequence[tuple[Token, int]]) -> Iterator[Span]:
    done = 0
    ends, siblings = _matching([token for token, _ in tags]), _siblings(tags)
    blanks = [match.start() for match in re.finditer("\n\n", text)]
    for number, (token, last) in enumerate(tags):
        if token.start < done or token.kind != "open":
            continue
        hidden = is_hidden(token)
        if not hidden and (token.name not in _NEVER or (token.name == "dialog" and token.get("open") is not None)):
            continue
        if token.name in VOID or token.closed:
            if hidden:
                yield Span(token.start, token.end)
            continue
        end = ends.get(number)
        if end is not None and (end.start <= last or token.name in _ACROSS | _NEVER):
            whole = hidden and token.get("id") is None and token.get("name") is None
            span = Span(token.start, end.end) if whole else Span(token.end, end.start)
        elif hidden:
            span = Span(token.end, _end_of_open(text, tags, number, blanks, siblings))
        else:
            continue  # a text that speaks of `<template>`
        done = span.end
        if span.end > span.start:
            yield span


def _end_of_open(
    text: str, tags: Sequence[tuple[Token, int]], number: int, blanks: Sequence[int], siblings: Mapping[int, int]
) -> int:
    """Find where an element ends that nobody closes: where the next of its kind begins, with its block, or with the text."""
    token, last = tags[number]
    if token.name in _ACROSS:
        return len(text)
    at = bisect_left(blanks, token.end)
    last = min(last, blanks[at] if at < len(blanks) else len(text))
    return min(last, siblings.get(number, last))


def _siblings(tags: Sequence[tuple[Token, int]]) -> dict[int, int]:
    """Find where the next element of its kind begins, for each opening tag, by its number."""
    found: dict[int, int] = {}
    following: dict[str, int] = {}
    for number in range(len(tags) - 1, -1, -1):
        token = tags[number][0]
        if token.kind == "open":
            if token.name in following:
                found[number] = following[token.name]
            following[token.name] = token.start
    return found


def _matching(tags: Sequence[Token]) -> dict[int, Token]:
    """Find the end tag of each opening one, by its number."""
    found: dict[int, Token] = {}
    opened: dict[str, list[int]] = {}
    for number, token in enumerate(tags):
        if token.kind == "open" and not token.closed and token.name not in VOID:
            opened.setdefault(token.name, []).append(number)
        elif token.kind == "close" and opened.get(token.name):
            found[opened[token.name].pop()] = token
    return found
