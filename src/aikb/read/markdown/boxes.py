"""Find the boxes, tabs and references of other tools, which stand between two lines of marks, as Material's blocks.

- GitBook: `{% hint style="info" %}`, `{% tab title="A" %}`, `{% content-ref %}`, `{% embed url="…" %}`, `{% file src="…" %}`
  (https://gitbook.com/docs/creating-content/blocks)
- Docusaurus, VitePress, Starlight: `:::note Title` or `:::note[Title]`, then `:::`
- Hugo's usual shortcodes, `{{< alert >}}` or `{{% notice info %}}`, and Logseq's `#+BEGIN_NOTE`

What has no end is text, as is what stands in code or in the middle of a paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from aikb.model.node import Node
from aikb.model.source import Span

_TYPES = (
    "note|tip|info|important|warning|caution|danger|success|question|example|abstract|summary|quote|failure|bug|details|hint"
    "|attention|error|seealso|notice|alert|pinned"
)
_MARGIN = r"^(?P<margin>[ \t]*(?:[-*+][ \t]+)?)"
_OPENING = re.compile(
    rf"{_MARGIN}(?:"
    rf"\{{%-?[ \t]*(?P<gitbook>hint|tab)\b(?P<gitbook_rest>[^%\n]*)%\}}"
    rf"|(?P<colons>:{{3,}})[ \t]*(?:(?P<type>{_TYPES})\b(?:\[(?P<bracketed>[^\]\n]*)\])?(?:\{{[^}}\n]*\}})?"
    rf"(?P<titled>[^\n\[\]{{}}]*)|[A-Za-z{{][^\n]*)"
    rf"|\{{\{{[<%][ \t]*(?P<hugo>{_TYPES}|callout|admonition|expand)\b(?P<hugo_rest>[^\n]*?)[%>]\}}\}}"
    rf"|\#\+BEGIN_(?P<org>NOTE|TIP|IMPORTANT|CAUTION|WARNING|PINNED)"
    r")[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_ENDING = re.compile(
    r"^[ \t]*(?:\{%-?[ \t]*end(?P<gitbook>hint|tab)[ \t]*-?%\}|(?P<colons>:{3,})"
    r"|\{\{[<%][ \t]*/[ \t]*(?P<hugo>[\w-]+)[ \t]*[%>]\}\}|\#\+END_(?P<org>\w+))[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_FAMILIES = ("gitbook", "colons", "hugo", "org")
_DROPPED = re.compile(
    r"^[ \t]*\{%-?[ \t]*(?:end)?(?:tabs|content-ref|stepper|step|columns|column|embed|file|code|swagger|updates?)\b"
    r"[^%\n]*%\}[ \t]*$",
    re.MULTILINE,
)
_SHOWN = re.compile(r"\{%-?[ \t]*(?:embed|file)\b[^%\n]*?\b(?:url|src)=[\"'](?P<url>[^\"'\n]+)[\"']")
_TITLE = re.compile(r"\btitle[ \t]*=[ \t]*(?P<quote>[\"'])(?P<title>[^\n]*?)(?P=quote)")
_STYLE = re.compile(
    rf"\b(?:style|type)[ \t]*=[ \t]*[\"']?(?P<style>{_TYPES})\b|^[ \t]*[\"']?(?P<first>{_TYPES})\b", re.IGNORECASE
)
_MATERIALS = {
    "alert": "warning",
    "notice": "note",
    "hint": "tip",
    "callout": "note",
    "admonition": "note",
    "pinned": "note",
    "attention": "warning",
    "caution": "warning",
    "important": "info",
    "error": "failure",
    "seealso": "info",
}
"""What Material calls a type that it has not."""
_MARKS = (
    "{% hint",
    "{% tab",
    "{% content-ref",
    "{% embed",
    "{% file",
    ":::",
    "{{<",
    "{{%",
    "#+BEGIN_",
    "{% step",
    "{%- ",
)


@dataclass(frozen=True, slots=True)
class Box:
    """A box: where its first line of marks begins, what Material would write there, its title, and what is in it."""

    start: int
    end: int
    opening: str
    title: Span | None
    body: tuple[tuple[int, str], ...]
    """For each line its offset in the text, after the indentation, and what stands there."""


def may_have_boxes(text: str) -> bool:
    """Tell whether it is worth looking."""
    return any(mark in text for mark in _MARKS) or "#+begin_" in text


def find_boxes(text: str, tree: Iterable[Node]) -> tuple[list[Box], list[Span]]:
    """Find the outermost boxes, and the lines of marks outside of them that show nothing, both in order."""
    code = _closed(tree)
    dropped = [match for match in _DROPPED.finditer(text) if not _inside(code, match.start())] if "{%" in text else []
    boxes = list(_opened(text, code, frozenset(match.end() for match in dropped)))
    found = [Span(box.start, box.end) for box in boxes]
    blank: list[Span] = []
    for match in dropped:
        if _inside(found, match.start()):
            continue
        if url := _SHOWN.search(match[0]):
            body = ((match.start() + url.start("url"), url["url"]),)
            boxes.append(Box(match.start(), match.end(), "", None, body))
        else:
            blank.append(Span(match.start(), match.end()))
    return sorted(boxes, key=lambda box: box.start), blank


def _opened(text: str, code: Sequence[Span], marks: frozenset[int]) -> Iterator[Box]:
    """Find the boxes that have an end; `marks` are where lines of marks end."""
    done = 0
    for match, end in _pairs(text, code):
        before = text.rfind("\n", 0, match.start())  # the end of the line above
        begins = before < 0 or before in marks or before == done or bool(match["margin"].strip())
        begins = begins or not text[text.rfind("\n", 0, before) + 1 : before].strip(" \t>")
        known = not match["colons"] or match["type"]
        box = _box(text, match, end) if match.start() >= done and begins and known else None
        if box is not None:
            done = box.end
            yield box


def _pairs(text: str, code: Sequence[Span]) -> list[tuple[re.Match[str], re.Match[str]]]:
    """Pair the lines that open a box with those that end it, in the order of the first; the inmost count first."""
    lines = [
        (match.start(), opens, match)
        for opens, what in ((True, _OPENING), (False, _ENDING))
        for match in what.finditer(text)
    ]
    opened: dict[tuple[str, str], list[re.Match[str]]] = {}
    pairs = []
    for at, opens, match in sorted(lines, key=lambda line: line[:2]):
        if _inside(code, at):
            continue
        name = next(each for each in _FAMILIES if match[each])
        waiting = opened.setdefault((name, match[name].lower()), [])
        if opens:
            waiting.append(match)
        elif waiting:
            pairs.append((waiting.pop(), match))
    return sorted(pairs, key=lambda pair: pair[0].start())


def _closed(tree: Iterable[Node]) -> list[Span]:
    """List where code stands, in order."""
    kinds = ("code", "code-span", "math-block")
    return [Span(node.start, node.end) for root in tree for node in root.walk() if node.kind in kinds]


def _inside(spans: Sequence[Span], at: int) -> bool:
    last = bisect_right(spans, at, key=lambda span: span.start) - 1
    return last >= 0 and at < spans[last].end


def _box(text: str, match: re.Match[str], end: re.Match[str]) -> Box | None:
    """Make a box of the lines that open and end it; None for one with nothing in it, or a tab without a name."""
    kind, title = _kind(match)
    body = list(_lines(text, match, end.start()))
    while body and not body[-1][1]:
        body.pop()
    while body and not body[0][1]:
        body.pop(0)
    if not body or (kind == "tab" and title is None):
        return None
    mark = "===" if kind == "tab" else f"??? {kind}" if kind == "details" else f"!!! {kind}"
    shown = (
        f' "{text[title.start : title.end].strip()}"'
        if title
        else ""
        if match["colons"] or kind == "details"
        else ' ""'
    )
    return Box(match.start() + len(match["margin"]), end.end(), mark + shown, title, tuple(body))


def _lines(text: str, match: re.Match[str], end: int) -> Iterator[tuple[int, str]]:
    """Cut the lines in a box: where each begins, after the indentation of the box, and what stands there."""
    indent = len(match["margin"].expandtabs(4))
    at = match.end() + 1
    while at < end:
        stop = text.find("\n", at)
        line = text[at:stop]
        cut = _without(line, indent)
        yield at + cut, line[cut:] if line.strip() else ""
        at = stop + 1


def _kind(match: re.Match[str]) -> tuple[str, Span | None]:
    """Read the type of a box, as Material calls it, and where its title stands."""
    rest = "gitbook_rest" if match["gitbook"] else "hugo_rest" if match["hugo"] else ""
    title = _TITLE.search(match[rest]) if rest else None
    if title and title["title"].strip():
        at = match.start(rest)
        span: Span | None = Span(at + title.start("title"), at + title.end("title"))
    else:
        span = next((Span(*match.span(name)) for name in ("bracketed", "titled") if (match[name] or "").strip()), None)
    style = _STYLE.search(match[rest]) if rest else None
    name = (
        (style["style"] or style["first"])
        if style
        else match["type"] or match["org"] or match["hugo"] or match["gitbook"]
    )
    name = "details" if match["hugo"] == "expand" else name.lower()
    return ("tab" if match["gitbook"] == "tab" else _MATERIALS.get(name, name)), span


def _without(line: str, indent: int) -> int:
    """Count the characters at the start of a line that make at most so many columns."""
    column = 0
    for index, char in enumerate(line):
        if column >= indent or char not in " \t":
            return index
        column += 4 - column % 4 if char == "\t" else 1
    return len(line)
