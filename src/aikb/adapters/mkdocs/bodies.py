"""Keeps rendered texts while serving, and renders only what would come out otherwise.

A text is rendered from values, which are compared, and by asking what links mean on other pages; those questions are noted
with their answers and asked again. Equal values and answers give an equal body.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from aikb.model.node import Node
from aikb.model.site import Body, Slot
from aikb.relate.resolve import Resolution
from aikb.render.renderer import Renderer
from aikb.render.text import Numbering, Text

_ASKED = ("url", "preview", "embed")
_VALUES = tuple(each.name for each in fields(Text) if each.name not in _ASKED)
_Key = tuple[str, str, str]
"""What a text's author wrote, the prefix of its footnotes, and its language; two of a key cost time, nothing else."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A body and all that it was rendered from."""

    blocks: Sequence[Node | Slot]
    values: tuple[Any, ...]
    """Of the text; not what it asks, which knows the whole site of its time."""
    urls: dict[Resolution, str]
    """What addresses were asked for, and what was answered."""
    previews: dict[Resolution, str]
    body: Body
    numbering: Numbering
    """As it was afterwards."""

    def serves(self, blocks: Sequence[Node | Slot], text: Text) -> bool:
        """Whether the text would be rendered as it was."""
        return (
            list(blocks) == list(self.blocks)
            and _values(text) == self.values
            and all(text.url(asked) == answer for asked, answer in self.urls.items())
            and all(text.preview(asked) == answer for asked, answer in self.previews.items())
        )


@dataclass(frozen=True, slots=True)
class KeptRenderer(Renderer):
    """A Renderer that knows what the last build rendered, with the same options."""

    known: dict[_Key, _Kept] = field(default_factory=dict)
    used: dict[_Key, _Kept] = field(default_factory=dict)
    """What this build rendered or took over, for the next."""

    def render(
        self, blocks: Sequence[Node | Slot], text: Text, source: str, numbering: Numbering, prefix: str = ""
    ) -> Body:
        """Render a text, or give its body of before. Only the first text of a page: others go on with its numbers."""
        if numbering != Numbering():
            return Renderer.render(self, blocks, text, source, numbering, prefix)
        key = source, prefix, text.lang
        kept = self.known.get(key)
        if kept is None or not kept.serves(blocks, text):
            kept = self._rendered(blocks, text, source, prefix)
        else:
            self.used[key] = kept
        for each in fields(Numbering):
            value = getattr(kept.numbering, each.name)
            setattr(numbering, each.name, set(value) if isinstance(value, set) else value)
        return kept.body

    def _rendered(self, blocks: Sequence[Node | Slot], text: Text, source: str, prefix: str) -> _Kept:
        numbering, embeds = Numbering(), list[Resolution]()
        urls, previews = dict[Resolution, str](), dict[Resolution, str]()

        def embed(resolution: Resolution, numbering: Numbering) -> Slot | None:
            embeds.append(resolution)
            return text.embed(resolution, numbering)

        asking = replace(text, url=_noting(text.url, urls), preview=_noting(text.preview, previews), embed=embed)
        body = Renderer.render(self, blocks, asking, source, numbering, prefix)
        kept = _Kept(blocks, _values(text), urls, previews, body, numbering)
        if not embeds:  # what is embedded numbers its own parts
            self.used[source, prefix, text.lang] = kept
        return kept


def _values(text: Text) -> tuple[Any, ...]:
    return tuple(getattr(text, name) for name in _VALUES)


def _noting(ask: Callable[[Resolution], str], answers: dict[Resolution, str]) -> Callable[[Resolution], str]:
    def noting(resolution: Resolution) -> str:
        answer = answers[resolution] = ask(resolution)
        return answer

    return noting
