"""Find what an author hid in a text and what must reach no reader: Obsidian's comments, `%% … %%`, and those of other tools.

Those of template languages begin and end with marks of their own (`{# … #}`, `{% comment %} … {% endcomment %}`, `{/* … */}`);
without an end they are text. What raw HTML hides is found by `unseen`. Rules of Obsidian's comments
(https://help.obsidian.md/syntax#Comments, and Obsidian's reading view for what that leaves open):

- in code, in raw HTML's own comments and after a digit or a percent sign (`100%%`) the signs mean nothing;
- a comment that begins its line is a block, and ends with the next `%%`, wherever that is; without one it hides the rest;
- within a line it ends in the same paragraph; a lone `%%` is text. Where the next `%%` ends a line of a later paragraph, or
  both touch what stands between, it is taken for the end, and so is the last one of all where the first touches what follows
  it: rather too much is hidden than too little.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from aikb.model.node import Node
from aikb.model.source import Span
from aikb.read.markdown.events import COMMENT
from aikb.read.markdown.unseen import covers, find_unseen

Parser = Callable[[Sequence[Span]], tuple[Node, ...]]
"""Makes the tree of a text without some stretches of it."""
_MARKS = ("%%", "{#", "{%", "{{", "{/", "{ /", "{::", "--!>", "]: #", "]: <>")
"""What a text holds that may hold a comment; looked for first, since hardly any does."""
_SIGN = re.compile(
    r"(?P<obsidian>(?<![%\d\\])%%(?!%))"
    r"|(?P<jinja>\{#(?=[\s-]|[^{}\n]*#\}))"  # `{#id}` is an attribute list
    r"|(?P<liquid>\{%-?[ \t]*comment[ \t]*-?%\})|(?P<liquid_line>\{%-?[ \t]*#)"
    r"|(?P<shortcode>\{\{[<%][ \t]*comment\b[^\n>%]*[>%]\}\})|(?P<hugo>\{\{-?[ \t]*/\*)|(?P<mdx>\{[ \t]*/\*)"
    r"|(?P<handlebars>\{\{~?!--)|(?P<mustache>\{\{~?!)|(?P<kramdown>\{::comment\})|(?P<html><!--)"
    r"|(?P<definition>^[ \t>]*\[(?://|[_-]*comments?[_-]*)\]:[ \t]*(?:\#|<>)(?=[ \t\n]))",
    re.MULTILINE | re.IGNORECASE,
)
_ENDS = {
    "obsidian": re.compile(r"%%"),
    "jinja": re.compile(r"#\}"),
    "liquid": re.compile(r"\{%-?[ \t]*endcomment[ \t]*-?%\}"),
    "liquid_line": re.compile(r"%\}"),
    "shortcode": re.compile(r"\{\{[<%][ \t]*/[ \t]*comment[ \t]*[>%]\}\}"),
    "hugo": re.compile(r"\*/[ \t]*-?\}\}"),
    "mdx": re.compile(r"\*/[ \t]*\}"),
    "handlebars": re.compile(r"--~?\}\}"),
    "mustache": re.compile(r"\}\}"),
    "kramdown": re.compile(r"\{:/(?:comment)?\}"),
    "html": re.compile(r"-->|--!>"),
    "definition": re.compile(r"[^\n]*\S[^\n]*$|\n[ \t>]*[(\"'][^\n]*$|$", re.MULTILINE),
}
"""By what begins a comment, its end: https://jinja.palletsprojects.com/templates/#comments,
https://shopify.github.io/liquid/tags/template/#comment, https://gohugo.io/templates/introduction/#comments,
https://mdxjs.com/docs/what-is-mdx/#expressions, https://handlebarsjs.com/guide/#template-comments,
https://kramdown.gettalong.org/syntax.html#extensions, and `--!>`, which ends an HTML comment for browsers."""
_LATEX = re.compile(r"(?<![^\s])%[^\n$]*")
_FORMULA_WITH_REMARK = re.compile(r"\$\$[^$]*\s%|\$[^$%]*\s%[^$]*\$|```[ \t]*math[^`]*\s%")
_MARGIN = re.compile(r"[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]*)*")
_PREFIX = re.compile(r"[ \t>]*")
_AFTER_A_WORD = ",.;:!?)]}’”»"
"""What stands behind a word, so that signs before it are one: "close it with %%, or"."""
_GAP = re.compile(r"\n[ \t>]*\n")
_ROUNDS = 40
"""A comment may hold the beginning of what looks like code; the text is then read again without it, so many times at most."""


@dataclass(frozen=True, slots=True)
class Comments:
    """The comments of a text."""

    spans: tuple[Span, ...] = ()
    """In the order of the text, signs and all."""
    unclosed: bool = False
    """Whether the last one has no end and hides the rest of the text."""


def find_comments(text: str, parse: Parser) -> Comments:
    """Find what is hidden in a note's text; `parse` tells what is code in it."""
    spans, unclosed = _commented(text, parse) if any(mark in text for mark in _MARKS) else ([], False)
    spans = find_unseen(text, spans, parse)
    if "%" in text and _FORMULA_WITH_REMARK.search(text):
        spans = sorted((*spans, *_in_formulas(text, parse(spans), spans)), key=lambda span: span.start)
    return Comments(tuple(spans), unclosed)


def _in_formulas(text: str, tree: Iterable[Node], hidden: Sequence[Span]) -> Iterator[Span]:
    """Find LaTeX's comments in formulas: from a percent sign to the end of the line."""
    starts = [each.start for each in hidden]
    for root in tree:
        for node in root.walk():
            if node.kind in ("math", "math-block"):
                yield from (each for each in _remarks(text, node) if not covers(hidden, starts, each))


def _remarks(text: str, formula: Node) -> Iterator[Span]:
    marks = 2 if formula.kind == "math-block" or text.startswith("$`", formula.start) else 1
    closing = formula.end - marks
    for match in _LATEX.finditer(text, formula.start, formula.end):
        if (end := min(match.end(), closing)) > match.start():
            yield Span(match.start(), end)


def _commented(text: str, parse: Parser) -> tuple[list[Span], bool]:
    """Find the comments, and tell whether the last one has no end."""
    spans = list[Span]()
    usual = "--!>" not in text
    if all(usual and match.lastgroup == "html" for match in _SIGN.finditer(text)):
        return spans, False
    unclosed, at, ends = False, 0, _Ends(text)
    for _ in range(_ROUNDS):
        code = _closed_to_comments(parse(spans))
        at, unclosed = _scan(ends, code, at, spans)
        if at >= len(text):
            break
    else:
        _, unclosed = _scan(ends, (), at, spans)
    return spans, unclosed


class _Ends:
    """Where the ends of comments stand in a text; each stretch is searched once, however many begin before it."""

    def __init__(self, text: str) -> None:
        """Take the text."""
        self.text = text
        self._next: dict[str, re.Match[str] | None] = {}
        self._from: dict[str, int] = {}

    def after(self, kind: str, at: int) -> re.Match[str] | None:
        """Find the first end of a kind of comment from an offset on."""
        known = self._next.get(kind)
        if kind in self._from and self._from[kind] <= at and (known is None or known.start() >= at):
            return known
        self._next[kind], self._from[kind] = _ENDS[kind].search(self.text, at), at
        return self._next[kind]


def _closed_to_comments(tree: Iterable[Node]) -> list[tuple[int, int]]:
    """List the stretches in which the signs mean nothing, in order."""
    found = []
    for root in tree:
        for node in root.walk():
            own = node.kind in ("code", "code-span")
            if own or (node.kind in ("html", "tag") and node.text.lstrip().startswith("<!--")):
                found.append((node.start, node.end))
    return sorted(found)


def _scan(ends: _Ends, code: Sequence[tuple[int, int]], at: int, spans: list[Span]) -> tuple[int, bool]:
    """Add the comments from an offset on; where to go on after a comment that swallows the beginning of code."""
    text = ends.text
    while match := _SIGN.search(text, at):
        start = match.start()
        if inside := _stretch(code, start):
            at = max(inside[1], match.end())
            continue
        if match.lastgroup != "obsidian":
            end = _end_of_other(ends, match)
        else:
            begins_line = _begins_line(text, start)
            end = _end(ends, start, begins_line=begins_line)
            if end < 0 and begins_line and _PREFIX.fullmatch(text, text.rfind("\n", 0, start) + 1, start):
                spans.append(Span(start, len(text)))
                return len(text), True
        if end < 0:
            at = match.end()
            continue
        spans.append(Span(start, end))
        at = end
        if (across := _stretch(code, end - 1)) and across[0] > start and across[1] > end:
            return at, False
    return len(text), False


def _end_of_other(ends: _Ends, match: re.Match[str]) -> int:
    """Find where a comment of a template language ends; -1 for nowhere. An HTML comment is one where browsers alone end it."""
    kind = str(match.lastgroup)
    end = ends.after(kind, match.end())
    return -1 if end is None or (kind == "html" and end[0] == "-->") else end.end()


def _stretch(code: Sequence[tuple[int, int]], at: int) -> tuple[int, int] | None:
    number = bisect_right(code, at, key=lambda each: each[0]) - 1
    return code[number] if number >= 0 and at < code[number][1] else None


def _begins_line(text: str, start: int) -> bool:
    line = text.rfind("\n", 0, start) + 1
    return _MARGIN.fullmatch(text, line, start) is not None


def _end(ends: _Ends, start: int, *, begins_line: bool) -> int:
    """Find where Obsidian's comment that begins at an offset ends; -1 for nowhere."""
    text, match = ends.text, ends.after("obsidian", start + 2)
    if match is None:
        return -1
    if begins_line or not _GAP.search(text, start, match.start()):
        return match.end()
    last = not text[match.end() : _line_end(text, match.end())].strip()
    touches = text[start - 1].isspace() and not any(map(str.isspace, (text[start + 2], text[match.start() - 1])))
    if not _begins_line(text, match.start()):
        return match.end() if last or touches else -1
    opens = text[start - 1].isspace() and not (text[start + 2].isspace() or text[start + 2] in _AFTER_A_WORD)
    return match.end() if opens and ends.after("obsidian", match.end()) is None else -1


def masked(text: str, spans: Iterable[Span]) -> str:
    """Mask the comments of a text for the parser: those that fill their lines are blank lines, others are no characters.

    Blanks in their place would break a line at its end or indent its beginning.
    """
    out, done = list[str](), 0
    for span in spans:
        fills = _begins_line(text, span.start) and not text[span.end : _line_end(text, span.end)].strip()
        first, *rest = text[span.start : span.end].split("\n")
        mask = " " if fills else COMMENT
        lines = [mask * len(first)]
        for line in rest:
            kept = len(line) - len(line.lstrip(" \t>")) if fills else 0
            lines.append(line[:kept] + mask * (len(line) - kept))
        out += [text[done : span.start], ("\n" if fills else COMMENT).join(lines)]
        done = span.end
    return "".join([*out, text[done:]])


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end
