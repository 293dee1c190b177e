"""Which stretches of a text an extension of the user's reads, and must be told as they were written.

A text that takes the Markdown road is written anew with everything escaped that could mean something. What an extension reads
is left alone: its marks, and what stands between them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import unescape

from aikb.model.node import Node
from aikb.model.site import Slot
from aikb.text.reserved import unforged

KEPT = {
    "abbr": r"^\*\[[^\]\n]+\][ ]?:",
    "def_list": r"^:[ \t]+(?=\S)",
    "pymdownx.arithmatex": r"\\\([^\n]+?\\\)|\\\[[^\n]+?\\\]|\\begin\{(?P<env>[a-z]+\*?)\}.*?\\end\{(?P=env)\}",
    "pymdownx.critic": (
        r"\{(?:\+\+.*?\+\+|--.*?--|~~.*?~~|==.*?==|>>.*?<<)\}|\{(?:\+\+|--|~~|==|>>)|(?:\+\+|--|~~|==|<<)\}|\{$"
    ),
    "pymdownx.emoji": r":[\w+-]+:",
    "pymdownx.keys": r"\+\+(?=[^\s+])[^\n]*?[^\s+]\+\+",
    "pymdownx.mark": r"==(?=[^\s=])",
    "pymdownx.progressbar": r"\[==?[^\[\]\n]*\](?:\{:?[^{}\n]*\})?",
    "pymdownx.smartsymbols": r"<-->|<--|-->",
    "pymdownx.tilde": r"~(?=[^\s~])",
}
"""What an extension reads in running text, as a regular expression, by its name."""
PLACEHOLDERS = r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}"
"""What plugins fill in that work as Jinja does."""
MARKERS = rf"{PLACEHOLDERS}|\$\{{[\w.:-]+\}}|\{{![^\n{{}}]*!\}}|^\[[A-Z][A-Z_]+\]$"
"""What hooks, and plugins that nobody knows, may look for: `{{ x }}`, `${x}`, `{! file !}`, a line `[LIST]`."""
COMMENTS = r"<!--.*?-->"
"""The comments that they may look for: all."""
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_COMMENT = "<!--"


def escape_around(text: str, written: str, pattern: re.Pattern[str], escape: Callable[[str], str]) -> str:
    """Escape a text but for what a pattern finds. `written` is the text in its source, empty where that is not known.

    A comment is never kept: one could put markup aside (`render/python_markdown`).
    """
    raw = written if _plain(written) == text else ""
    shown = raw or text
    if not pattern.search(shown):
        return escape(text)
    out, at = [], 0
    for match in pattern.finditer(shown):
        out += [escape(_part(shown[at : match.start()], source=bool(raw))), match[0].replace(_COMMENT, "&lt;!--")]
        at = match.end()
    return "".join([*out, escape(_part(shown[at:], source=bool(raw)))])


def written_text(node: Node, source: str) -> str:
    """A text as its source has it; a backslash that escapes its first character is not in its span."""
    start = node.start - 1 if node.start and source[node.start - 1 : node.start] == "\\" else node.start
    return unforged(source[start : node.end])


def continues_definition(node: Node | Slot, lines: Sequence[str], kept: re.Pattern[str], source: str) -> bool:
    """Tell whether an indented block goes on with the definition before it; on GitHub, which has none, it is code."""
    if not isinstance(node, Node) or node.kind != "code" or source.startswith(("```", "~~~"), node.start):
        return False
    before = next((line for line in reversed(lines) if line and not line.startswith("    ")), "")
    return bool(before.startswith(":") and kept.match(": x") and kept.match(before))


def _part(text: str, *, source: bool) -> str:
    return _plain(text) if source else text


def _plain(written: str) -> str:
    """Read backslashes and entities, as CommonMark does in running text."""
    return unescape(_ESCAPED.sub(r"\1", written))
