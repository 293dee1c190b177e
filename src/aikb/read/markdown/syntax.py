"""Find what is wrong with the syntax of a text: control characters, forgotten definitions, unclosed fences, broken tags."""

from __future__ import annotations

import re
from dataclasses import replace

from aikb.findings.finding import finding
from aikb.model.finding import Diagnostic, Severity
from aikb.model.node import Node
from aikb.model.source import Source
from aikb.read.markdown.comments import Comments
from aikb.text.reserved import CONTROL

_BROKEN_TAG = re.compile(r"<!(?:--|\[\w*\[?|[A-Za-z]+)")
_NAME = re.compile(r"(?=.*[a-z])(?:[\w.-]*[a-z][\w.-]*[A-Z]|[\w.-]*[A-Za-z]-?\d)[\w.-]*")
"""A name that is written like no ordinary word: LoRA, o1-pro, k8s. Placeholders are capitals, insertions are words."""

_SHORTCUT = re.compile(r"(?<!\])\[[^\[\]\n]+\](?![\[(:])")
"""Brackets that could be a link by their label alone."""
_NEAR = 500
"""So many characters of a line are looked at before and behind brackets: a line may hold thousands of them."""


def syntax_findings(
    source: Source,
    tree: tuple[Node, ...],
    undefined: tuple[Node, ...],
    comments: Comments,
    offset: int,
    *,
    looked_up: bool,
) -> list[Diagnostic]:
    """Find what is wrong with the text itself, before any other file is known.

    `undefined` are the references that nothing defines; where a plugin has them `looked_up`, it says which it does not know.
    `offset` is where the body begins.
    """
    found: list[Diagnostic] = []
    if comments.unclosed:
        start = comments.spans[-1].start
        found.append(finding("comment-unclosed", source, start, start + 2))
    for match in list(CONTROL.finditer(source.text))[:20]:
        number = f"{ord(match[0]):04X}"
        found.append(finding("text-control", source, match.start(), match.end(), number=number))
    for node in undefined:
        inner = source.text[node.start + 1 : node.start + 2]
        after = source.text[node.end : node.end + 1]
        said = node.start < offset or (looked_up and "][" in source.text[node.start : node.end])
        reported = not said and inner not in ("[", "!", "") and node.text.strip() and after not in ("]", "(")
        if reported and (undefined_reference := _undefined(source, node)):
            found.append(undefined_reference)
    if not any(mark in source.text for mark in ("```", "~~~", "<!")):
        return found
    for root in tree:
        for node in root.walk():
            if node.kind == "code" and _unclosed_fence(source.text, node):
                found.append(finding("fence-unclosed", source, node.start, source.line_end(node.start)))
            elif node.kind == "text" and _BROKEN_TAG.search(node.text):
                broken = _BROKEN_TAG.search(source.text, node.start, node.end)
                if broken:  # else the author escaped it
                    found.append(finding("html-malformed", source, broken.start(), broken.end(), text=broken[0]))
    return found


def _undefined(source: Source, node: Node) -> Diagnostic | None:
    """Detect a link whose definition was forgotten: `[text][label]`, or `[label]` that is a whole heading or a name."""
    text = source.text
    if "][" in text[node.start : node.end]:
        found = finding("reference-undefined", source, node.start, node.end, label=node.text)
        written = text[node.start : node.end]
        indexed = re.match(r"\w", text[max(node.start - 1, 0) : node.start])  # `argv[i][0]`
        harmless = indexed or _is_citation(written) or _PRESSED.match(written)
        return replace(found, severity=Severity.INFO) if harmless else found
    near = max(node.start - _NEAR, 0)
    line_start = max(text.rfind("\n", near, node.start) + 1, near)
    line_end = min(source.line_end(node.end), node.end + _NEAR)
    heading = re.fullmatch(r"#{1,6} ", text[line_start : node.start]) and not text[node.end : line_end].strip()
    inside_word = text[node.start - 1 : node.start].isalnum()
    line = text[line_start:line_end]
    if (
        inside_word
        or _COMMIT.fullmatch(node.text)
        or _in_wikilink(line, node.start - line_start)
        or not (heading or (2 < len(node.text) <= 40 and _NAME.fullmatch(node.text)))
    ):
        return None
    found = finding("shortcut-undefined", source, node.start, node.end, label=node.text)
    placeholder = re.match(r"[ \t]*[:=]", text[node.end : line_end]) or len(_SHORTCUT.findall(line)) > 1
    return replace(found, severity=Severity.INFO) if placeholder and not heading else found


_PRESSED = re.compile(
    r"\[(?:ctrl|control|strg|cmd|command|⌘|⌃|⇧|⌥|shift|maj|alt|opt|option|meta|super|win|windows|fn|hyper|leader|prefix)\]",
    re.IGNORECASE,
)
"""The first of keys that are pressed together: `[Ctrl][Shift][U]`."""


_COMMIT = re.compile(r"(?=.*\d)[0-9a-f]{7,40}")
"""A commit, as logs of changes name them: `[2e6e81f]`."""


def _is_citation(written: str) -> bool:
    """Tell whether `[1][4]` is all numbers: citations that were pasted from a page with its marks."""
    return not re.search(r"[^\d\s\[\],;–-]", written)


def _in_wikilink(line: str, at: int) -> bool:
    """Tell whether a place in a line is inside the text of a wikilink."""
    opened = line.rfind("[[", 0, at)
    return 0 <= opened < at and "]]" not in line[opened:at] and "]]" in line[at:]


def _unclosed_fence(text: str, node: Node) -> bool:
    opening = re.match(r"(`{3,}|~{3,})", text[node.start : node.start + 40])
    if not opening or node.text.startswith(text[node.start : node.end].partition("\n")[0]):
        return False  # the second: indented code, which shows the line
    last = text[node.start : node.end].rstrip().rsplit("\n", 1)
    closing = last[-1].lstrip(" >\t") if len(last) > 1 else ""
    return not re.fullmatch(re.escape(opening[1][0]) + "{" + str(len(opening[1])) + r",}[ \t]*", closing)
