"""A text becomes a Body, by the road that the user's extensions ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from aikb.model.node import Node
from aikb.model.site import Body, Slot
from aikb.render.html import write_html
from aikb.render.markdown import write_markdown
from aikb.render.options import Options
from aikb.render.text import Numbering, Text


@dataclass(frozen=True, slots=True)
class Renderer:
    """Renders texts with the options of the user's `mkdocs.yml`."""

    options: Options = field(default_factory=Options)

    def render(
        self, blocks: Sequence[Node | Slot], text: Text, source: str, numbering: Numbering, prefix: str = ""
    ) -> Body:
        """Render a text. `source` is what its author wrote, in which marks of extensions are looked for.

        `numbering` is the page's; `prefix` keeps the footnotes of several texts on it apart.
        """
        if self.options.road.needs_markdown(source):
            return write_markdown(blocks, text, numbering, self.options, prefix)
        return write_html(blocks, text, self.options, numbering, prefix)
