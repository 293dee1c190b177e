"""Which road a text takes: HTML from the tree, or Python-Markdown with the user's extensions.

An extension can act only where its mark is in the text. No mark of any extension that is on: HTML from the tree. A mark:
Python-Markdown. An extension that is not in the table: Python-Markdown for every text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

OURS = frozenset(
    "toc tables attr_list def_list footnotes admonition fenced_code codehilite md_in_html sane_lists meta nl2br wikilinks "
    "extra legacy_em legacy_attrs pymdownx.details pymdownx.superfences pymdownx.highlight pymdownx.tabbed "
    "pymdownx.tasklist pymdownx.extra pymdownx.betterem pymdownx.saneheaders pymdownx.snippets pymdownx.pathconverter "
    "pymdownx.b64".split()
)
"""Extensions that the tree has read already, or that would find nothing in a composed text."""

MARKS = {
    "abbr": r"^\*\[",
    "smarty": r"[\"']|--|\.\.\.|<<|>>",
    "pymdownx.arithmatex": r"\$|\\\(|\\\[|\\begin\{",
    "pymdownx.blocks.admonition": r"^///",
    "pymdownx.blocks.caption": r"^///",
    "pymdownx.blocks.definition": r"^///",
    "pymdownx.blocks.details": r"^///",
    "pymdownx.blocks.html": r"^///",
    "pymdownx.blocks.tab": r"^///",
    "pymdownx.caret": r"\^",
    "pymdownx.critic": r"\{(?:\+\+|--|~~|==|>>)",
    "pymdownx.emoji": r":[\w+-]+:",
    "pymdownx.escapeall": r"\\",
    "pymdownx.fancylists": r"^[ >]*(?:[a-zA-Z#]|[ivxIVX]+)[.)][ \t]",
    "pymdownx.inlinehilite": r"`(?:#!|:::)",
    "pymdownx.keys": r"\+\+",
    "pymdownx.magiclink": r"",
    "pymdownx.mark": r"==",
    "pymdownx.progressbar": r"\[=",
    "pymdownx.quotes": r"\[!",
    "pymdownx.smartsymbols": r"\((?:c|tm|r)\)|c/o|\+/-|-->|<--|<-->|=/=|\d/\d|\d(?:st|nd|rd|th)\b",
    "pymdownx.striphtml": r"<",
    "pymdownx.tilde": r"~",
}
"""What a text must hold for an extension to do anything, as a regular expression; empty where nothing is left for it to do."""


@dataclass(frozen=True, slots=True)
class Road:
    """Decides the road of each text."""

    marks: str = ""
    """A regular expression of all marks; empty where no extension could act."""
    every: bool = False
    """Whether every text needs Python-Markdown."""
    kept: str = ""
    """What extensions read in running text, which is not escaped for them; a regular expression."""
    comments: str = ""
    """The comments that other plugins read, likewise."""
    lines: str = ""
    """What they read as whole lines; a regular expression."""
    pairs: tuple[tuple[str, str], ...] = ()
    """The signs around what they read, over several lines, too."""
    unknown: tuple[str, ...] = ()
    """The extensions and options for which that is so."""
    foreign: bool = False
    """Whether an extension or another plugin may write HTML that the tree does not; a mark of ours, `[TOC]`, makes none."""

    @property
    def patterns(self) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
        """What of a text is told as it is written: in running text, and comments; None for nothing."""
        return (
            re.compile(self.kept, re.MULTILINE) if self.kept else None,
            re.compile(self.comments, re.DOTALL | re.IGNORECASE) if self.comments else None,
        )

    def needs_markdown(self, text: str) -> bool:
        """Whether an extension could act on a text, as it stands in its source."""
        return self.every or (
            bool(self.marks) and re.search(self.marks, text, re.MULTILINE | re.IGNORECASE) is not None
        )
