"""Which stretches of a text an extension of the user's reads, and must be told as they were written.

A text that takes the Markdown road is written anew with everything escaped that could mean something. What an extension reads
is left alone: its marks, and what stands between them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

from aikb.model.node import Node
from aikb.render.attributes import LIST, allowed, attribute_list
from aikb.text.reserved import unforged

_LIST = rf"(?:{LIST})?"
"""The attribute list that may stand after an inline."""
KEPT = {
    "abbr": r"^\*\[[^\]\n]+\][ ]?:",
    "pymdownx.arithmatex": r"\\\([^\n]+?\\\)|\\\[[^\n]+?\\\]|\\begin\{(?P<env>[a-z]+\*?)\}.*?\\end\{(?P=env)\}",
    "pymdownx.caret": rf"(?<=\^){LIST}",
    "pymdownx.critic": (
        r"\{(?:\+\+.*?\+\+|--.*?--|~~.*?~~|==.*?==|>>.*?<<)\}|\{(?:\+\+|--|~~|==|>>)|(?:\+\+|--|~~|==|<<)\}|\{$"
    ),
    "pymdownx.emoji": rf":[\w+-]+:{_LIST}",
    "pymdownx.keys": r"\+\+(?=[^\s+])[^\n]*?[^\s+]\+\+" + _LIST,
    "pymdownx.mark": r"==(?=[^\s=])",
    "pymdownx.progressbar": r"\[==?[^\[\]\n]*\](?:\{:?[^{}\n]*\})?",
    "pymdownx.smartsymbols": r"<-->|<--|-->",
    "pymdownx.tilde": rf"~(?=[^\s~])|(?<=~){LIST}",
}
"""What an extension reads in running text, as a regular expression, by its name."""
PLACEHOLDERS = r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}"
"""What plugins fill in that work as Jinja does."""
MARKERS = rf"{PLACEHOLDERS}|\$\{{[\w.:-]+\}}|\{{(?P<sign>[!*+=@&?<>~^|$/;,:-])[^\n{{}}]*(?P=sign)\}}|^\[[A-Z][A-Z_]+\]$"
"""What hooks, plugins and extensions that nobody knows may look for: `{{ x }}`, `${x}`, `{! file !}`, a line `[LIST]`."""
REFERENCES = r"\[[^\[\]\n]+\]\[[^\[\]\n]*\]"
"""What autorefs looks for: a reference that the text does not define."""
COMMENTS = r"<!--.*?-->"
"""The comments that they may look for: all."""
_ENDS = re.compile(rf"{LIST}$")
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
        out += [
            escape(_part(shown[at : match.start()], source=bool(raw))),
            _allowed(match[0]).replace(_COMMENT, "&lt;!--"),
        ]
        at = match.end()
    return "".join([*out, escape(_part(shown[at:], source=bool(raw)))])


def _allowed(kept: str) -> str:
    """What is kept, with no more in the attribute list at its end than an author may set."""
    match = _ENDS.search(kept) if kept.endswith("}") else None
    return kept[: match.start()] + attribute_list(allowed(match[0])) if match else kept


def written_text(node: Node, source: str) -> str:
    """A text as its source has it; a backslash that escapes its first character is not in its span."""
    start = node.start - 1 if node.start and source[node.start - 1 : node.start] == "\\" else node.start
    return unforged(source[start : node.end])


def _part(text: str, *, source: bool) -> str:
    return _plain(text) if source else text


def _plain(written: str) -> str:
    """Read backslashes and entities, as CommonMark does in running text."""
    return unescape(_ESCAPED.sub(r"\1", written))
