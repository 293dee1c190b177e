"""What is known of a text before it is rendered: all that a writer needs besides the blocks."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from aikb.model.node import Node
from aikb.model.site import Slot
from aikb.model.source import Span
from aikb.relate.glossary.mentions import Mention
from aikb.relate.links.resolution import Resolution
from aikb.relate.numbered import NumberReference
from aikb.render.attributes import Attributes, after_inline, allowed


@dataclass
class Numbering:
    """What is counted over all texts of one page, so that no id is given twice."""

    ids: set[str] = field(default_factory=set)
    """Ids that the page has."""
    codes: int = -1
    """The number of the last code block, from 0."""
    tabs: int = 0
    """How many sets of tabs there are."""
    level: int = 1
    """The level of the heading that the text stands under."""
    footnotes: set[str] = field(default_factory=set)
    """Labels of footnotes."""

    def claim(self, identifier: str) -> bool:
        """Take an id; whether it was free."""
        free = identifier not in self.ids
        self.ids.add(identifier)
        return free


@dataclass(frozen=True)
class Text:
    """The text of one document, or a part of it, as a page shows it. Offsets are those of the source."""

    resolutions: Mapping[Span, Resolution] = field(default_factory=dict)
    url: Callable[[Resolution], str] = lambda resolution: resolution.path
    """The address of what a link means, from the page that shows the text."""
    heading_ids: Mapping[int, str] = field(default_factory=dict)
    """By offset of the heading."""
    aliases: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    """Other ids of a heading, by its offset."""
    block_ids: Mapping[int, str] = field(default_factory=dict)
    """Obsidian's `^id` of a block, by its offset."""
    words: Mapping[str, str] = field(default_factory=dict)
    """The interface's words in the language of the text."""
    mentions: Mapping[Span, Mention] = field(default_factory=dict)
    """The terms that become links or are linked to, in the order of the text."""
    references: tuple[NumberReference, ...] = ()
    """The places named by their number, which become links, likewise; what each means is among the resolutions."""
    languages: Mapping[int, str] = field(default_factory=dict)
    """By offset of the block: its language, where it is not the text's."""
    typeset: Callable[[str, str], str] | None = None
    """Sets the punctuation of a text in a language; None to leave it as it is written."""
    lang: str = ""
    """The language of the text."""
    written: str = ""
    """The source that the offsets count in, where extensions may act on it; other people's words are only shown."""
    embed: Callable[[Resolution, Numbering], Slot | None] = lambda _resolution, _numbering: None
    """What stands in place of an embed of another page or a part of one; None where it is shown as a link."""
    tag_url: Callable[[str], str] = lambda _name: ""
    """The address of what is known of a tag; empty for nowhere."""
    size: Callable[[str], tuple[int, int] | None] = lambda _path: None
    """The width and height of a picture, by its path; None where they are not known."""
    breaks: bool = False
    """Whether a line break in a paragraph is one on the page, as in Obsidian."""
    preview: Callable[[Resolution], str] = lambda _resolution: ""
    """What a link's tooltip says, where its author gave it no title."""

    def size_at(self, place: Span) -> tuple[int, int] | None:
        """The width and height of the picture that a link shows, by the link's place; None where they are not known."""
        meant = self.resolutions.get(place)
        return self.size(meant.path) if meant is not None and meant.kind == "asset" else None

    @cached_property
    def _links(self) -> tuple[list[int], list[Mention | NumberReference]]:
        """What becomes a link, and where each starts."""
        links: list[Mention | NumberReference] = [each for each in self.mentions.values() if each.kind == "link"]
        links = sorted([*links, *self.references], key=lambda each: each.span.start)
        return [each.span.start for each in links], links

    @cached_property
    def adds_links(self) -> bool:
        """Whether aikb adds links to the text."""
        return bool(self._links[1])

    def mentions_in(self, nodes: Sequence[Node]) -> Sequence[Mention | NumberReference]:
        """The mentions in some inlines that become links."""
        starts, links = self._links
        first = bisect_left(starts, nodes[0].start)
        return links[first : bisect_left(starts, nodes[-1].end, first)] if first < len(starts) else ()

    def resolution(self, node: Node) -> Resolution | None:
        """What a link or image means; None where it is none that was resolved."""
        return self.resolutions.get(Span(node.start, node.end))

    def around_embeds(self, node: Node, numbering: Numbering) -> list[Node | Slot]:
        """Cut a paragraph at the embeds of other pages that end a line; empty where there is none."""
        if not any(child.kind == "image" for child in node.children):
            return []
        pieces: list[Node | Slot] = []
        run: list[Node] = []
        for line in _lines(node.children):
            before, slot = self._embedded(line, numbering)
            run += before
            if slot is None:
                continue
            pieces += [_part(node, run)] if run else []
            pieces.append(slot)
            run = []
        return [*pieces, *([_part(node, run)] if run else [])] if pieces else []

    def _embedded(self, line: Sequence[Node], numbering: Numbering) -> tuple[Sequence[Node], Slot | None]:
        """Cut the embed of another page off a line: what stands before it, and what in its place; None where there is none."""
        last = len(line)
        while last and (line[last - 1].kind.endswith("-break") or _is_blank(line[last - 1])):
            last -= 1
        resolution = self.resolution(line[last - 1]) if last and line[last - 1].kind == "image" else None
        slot = self.embed(resolution, numbering) if resolution is not None and resolution.kind == "page" else None
        if slot is None:
            return line, None
        return () if all(map(_is_blank, line[: last - 1])) else line[: last - 1], slot

    def takes_attributes(self, node: Node, *, linked: bool) -> bool:
        """Whether an inline becomes an element of its own, and not what stands for a link or picture that leads nowhere."""
        if node.kind not in ("link", "image"):
            return True
        resolution = self.resolution(node)
        if resolution is None:
            return False
        if node.kind == "image":
            return resolution.kind in ("asset", "page")
        return not linked and resolution.kind not in ("empty", "broken")

    def attributes(self, nodes: Sequence[Node], at: int, *, linked: bool) -> tuple[Attributes, str | None]:
        """The attributes that a list after an inline gives it, and the text after the list; None where there is no list.

        What stands for a link or picture that leads nowhere takes none; its list is hidden where it begins with `{:`.
        """
        split = after_inline(nodes, at)
        if split is None:
            return (), None
        written, rest = split
        if self.takes_attributes(nodes[at], linked=linked):
            return allowed(written), rest
        return (), rest if written.startswith("{:") else None


def _lines(nodes: Sequence[Node]) -> Iterator[list[Node]]:
    """Cut inlines at line breaks; each line has the break that ends it."""
    line: list[Node] = []
    for node in nodes:
        line.append(node)
        if node.kind.endswith("-break"):
            yield line
            line = []
    if line:
        yield line


def _is_blank(node: Node) -> bool:
    """Tell whether an inline shows nothing."""
    return node.kind == "comment" or (node.kind == "text" and not node.text.strip())


def _part(node: Node, inlines: Sequence[Node]) -> Node:
    """Make a paragraph of some lines of one, without the break at its end."""
    last = inlines[-1].kind.endswith("-break")
    return replace(node, children=tuple(inlines[:-1] if last else inlines), start=inlines[0].start)
