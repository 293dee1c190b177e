"""What of rendering the user's `mkdocs.yml` decides: options of Markdown extensions, and which texts need Python-Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aikb.render.road import Road


@dataclass(frozen=True, slots=True)
class Permalink:
    """The mark at a heading that links to it; options of Python-Markdown's `toc`."""

    text: str = "¶"
    """Empty for no mark."""
    title: str = "Permalink"
    names: str = "headerlink"
    """Its classes."""
    leading: bool = False
    """Whether it stands before the heading's words."""


@dataclass(frozen=True, slots=True)
class Options:
    """How texts become HTML."""

    highlight: Mapping[str, Any] = field(
        default_factory=lambda: {"anchor_linenums": True, "line_spans": "__span", "pygments_lang_class": True}
    )
    """Options of pymdownx.highlight."""
    permalink: Permalink = field(default_factory=Permalink)
    contents: tuple[int, int] = (1, 6)
    """The highest and the lowest level of headings in a table of contents."""
    boxes: bool = True
    """Whether tasks have boxes that a style sheet can draw; pymdownx.tasklist's `custom_checkbox`."""
    clickable: bool = False
    """Whether a reader can tick them."""
    breaks: bool = False
    """Whether a line break in a paragraph is one on the page; the extension `nl2br`."""
    diagrams: bool = False
    """Whether Mermaid's diagrams are drawn; else they are code."""
    road: Road = field(default_factory=Road)
