"""Read formulas where pulldown-cmark's reading is not GitHub's or Obsidian's: blocks, fences, backticks, amounts of money.

Rules: https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/writing-mathematical-expressions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from aikb.model.node import Node
from aikb.read.markdown.events import FORMULA, restored

_DISPLAYED = re.compile(r"(?<![\\$\w])\$\$(?!\$)((?:(?!\$\$).){1,5000}?)(?<!\\)\$\$(?!\$)", re.DOTALL)
_MARGIN = re.compile(r"[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]*)*")
_GAP = re.compile(r"\n[ \t>]*\n")
_LONGEST = 40
"""Lines of a formula with empty lines in it; what is longer are two signs that have nothing to do with each other."""
_PROSE_MONEY = re.compile(r"\d[\d.,]*\s*\S*[\s,;:)–—-]")
_SIGNS = re.compile(r"[\\_^]")
_MORE_SIGNS = re.compile(r"[={}<>+|]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_VARIABLE = re.compile(
    r"[A-Z][A-Z0-9_]{2,}(?![A-Za-z])|[a-z]+_[a-z_]+\b|\{[A-Za-z_]\w+[}:/%#,^@\[]|\([a-z][\w.-]*[ )]|[@*?!#](?=[\"'\s)])"
)
"""What follows the dollar sign of a shell: `$PATH`, `${name}`, `$(date)`, `$@`."""
_COMMAND = re.compile(r"\\[a-zA-Z]{2}")


def displayed(text: str, tree: Iterable[Node]) -> Iterator[tuple[int, int]]:
    """Find the insides of formulas of several lines between `$$`, which may begin like lists, quotations or headings."""
    closed: list[tuple[int, int]] | None = None
    for match in _DISPLAYED.finditer(text):
        inside = match[1]
        if "\n" not in inside or not inside.strip():
            continue
        if closed is None:
            closed = [
                (node.start, node.end)
                for root in tree
                for node in root.walk()
                if node.kind in ("code", "code-span", "html", "comment")
            ]
        if any(start <= match.start() < end for start, end in closed):
            continue
        line = text.rfind("\n", 0, match.start()) + 1
        margin = text[line : match.start()]
        quotes = margin.count(">") if _MARGIN.fullmatch(margin) else 0
        lines = inside.split("\n")
        if quotes and any(each.lstrip(" \t")[:1] != ">" for each in lines[1:]):
            continue
        alone = _MARGIN.fullmatch(margin) and not lines[0].strip() and not lines[-1].strip(" \t>")
        if _GAP.search(inside) and not (alone and len(lines) <= _LONGEST):
            continue
        yield match.start(1), match.end(1)


def source_of(text: str, start: int, end: int) -> str:
    """Read the LaTeX between two offsets of a note, without the marks of the quotations around it."""
    margin = text[text.rfind("\n", 0, start) + 1 : start - 2]
    quotes = margin.count(">") if _MARGIN.fullmatch(margin) else 0
    first, *rest = text[start:end].split("\n")
    return "\n".join([first, *(re.sub(rf"^[ \t]*(?:>[ \t]?){{0,{quotes}}}", "", line) for line in rest)])


def is_money(chars: Sequence[str], node: Node) -> bool:
    """Detect that what stands between two dollar signs is no formula: amounts of money, or part of a word."""
    before = chars[node.start - 1] if node.start else ""
    after = chars[node.end] if node.end < len(chars) else ""
    if after.isdigit() or before.isdigit() or before in ("$", "\\"):
        return True
    if _SIGNS.search(node.text):
        return False
    if after.isalnum() or before.isalnum():
        return True
    return (
        bool(_WORD.search(node.text))
        and not _MORE_SIGNS.search(node.text)
        and bool(_PROSE_MONEY.match(node.text[:200]))
    )


def is_shell(chars: Sequence[str], node: Node) -> bool:
    """Detect that two dollar signs begin two variables or commands of a shell, in text that ought to be code."""
    after = chars[node.end] if node.end < len(chars) else ""
    if not after.isalnum() and after not in ("_", "{", "(", "@", "*", "?", "!", "#"):
        return False
    return bool(_VARIABLE.match(node.text)) and not _COMMAND.search(node.text[:200])


def with_formulas(node: Node, text: str) -> Node:
    """Take formulas out of backticks and fences (```` ```math ````), and restore those that were masked in `text`."""
    if node.kind == "code":
        if node.info.strip().lower() != "math" or not node.text.strip():
            return node
        formula = Node("math-block", node.start, node.end, text=node.text.strip("\n"))
        return Node("paragraph", node.start, node.end, (formula,))
    if node.kind in ("math", "math-block"):
        if FORMULA in node.text:
            return replace(node, text=restored(source_of(text, node.start + 2, node.end - 2)))
        if node.kind == "math" and len(node.text) > 2 and node.text[0] == node.text[-1] == "`":
            return replace(node, text=node.text.strip("`").strip())
        return node
    if FORMULA in node.text:  # no formula after all
        return replace(node, text=restored(text[node.start : node.end]))
    if not node.children:
        return node
    return node.with_children([with_formulas(child, text) for child in node.children])
