"""The Python-Markdown side of `render/markdown.py`: raw HTML passes as it is, and swallows nothing.

What stands between the marks that `render/escape.py` names is put aside unread.
Python-Markdown's own HTML preprocessor, which reads up to the matching end tag, is taken out: composed pages write every other
`<` as an entity. Where a plugin or a hook has changed a text, what it wrote is read as Python-Markdown reads it.
Usable as a `markdown_extensions` entry by any engine that runs Python-Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from typing import Any
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import InlineProcessor as InlineTreeprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from aikb.render.escape import END_COMMENT, END_RAW, FOOTNOTES, NO_ROW, RAW, RAW_BLOCK
from aikb.text.tags import opening_tag, tokens

_PIECE = re.escape(RAW) + r"(.*?)" + re.escape(END_RAW)
_COMMENTS = re.compile(rf"<!--(?:(?!-->).)*-->{END_COMMENT}|{END_COMMENT}", re.DOTALL)
_BLOCK = re.compile(r"[ ]{0,3}" + re.escape(RAW_BLOCK) + r"(.*?)" + re.escape(END_RAW) + r"\s*", re.DOTALL)
_BLOCKS = re.compile(re.escape(RAW_BLOCK) + r"(.*?)" + re.escape(END_RAW), re.DOTALL)
_BLOCKS_ONLY = re.compile(
    r"(?:" + re.escape(RAW_BLOCK) + r"(?:(?!" + re.escape(END_RAW) + r").)*" + re.escape(END_RAW) + r"\s*)+", re.DOTALL
)
_ATTRIBUTE = r' [a-z][a-z-]*="[^"<>]*"'
_TAG = re.compile(rf"<[a-z][a-z0-9]*(?:{_ATTRIBUTE})++>")
_PLAIN = re.compile(rf"(?:[^<>]++|</?[a-z][a-z0-9]*(?:{_ATTRIBUTE})*+>)*+")
"""Markup in the one form that aikb itself writes, which need not be read by a parser: that takes twenty times as long."""
_ADDRESS = re.compile(r'( (?:href|src)=)"([^"<>]*)"')
_SEPARATOR = "<!-- -->"
"""What Python-Markdown takes for a block of HTML without an element."""


_NEVER_WRITTEN = (
    "reference image_reference short_reference short_image_ref autolink automail linebreak html em_strong2 not_strong"
).split()
"""Python-Markdown's inline patterns for what the dialect writes in another way."""
_HIDDEN = "<\ufdd4!["
"""What stands for `<![` while MkDocs looks for ids; no note holds the character."""


class AikbExtension(Extension):
    """Registers the processors. `url` rewrites the addresses of links and images in raw HTML.

    A `rewritten` text is one that somebody else has changed: it holds whatever Python-Markdown reads. `alone` says that the
    engine has no plugin of ours.
    """

    def __init__(
        self, url: Callable[[str], str] | None = None, *, rewritten: bool = False, alone: bool = False, **kwargs: Any
    ) -> None:
        """Take the function that turns a composed address into one of the site; without it, MkDocs' own does, if that runs."""
        self._url, self._rewritten, self._alone = url, rewritten, alone
        self._md: Markdown | None = None
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Called by Python-Markdown."""
        self._md = md
        blocks = md.parser.blockprocessors
        if self._rewritten:
            md.preprocessors.register(_RawPieces(md, self), "aikb-raw", 21)  # before HTML is read, after fences
            md.postprocessors.register(_Written(md), "aikb-written", 5)
        else:
            md.preprocessors.deregister("html_block", strict=False)
            for name in _NEVER_WRITTEN:  # each costs a search in every piece of text
                md.inlinePatterns.deregister(name, strict=False)
            for name in ("olist", "ulist", "code"):
                blocks.deregister(name, strict=False)
        if self._alone:
            md.preprocessors.register(_Sections(md, "<![", _HIDDEN), "aikb-hidden-sections", 21.5)
            md.preprocessors.register(_Sections(md, _HIDDEN, "<!["), "aikb-sections", 20.5)
        md.preprocessors.register(_Comments(md), "aikb-comments", 40)
        md.inlinePatterns.register(_RawInline(_PIECE, md, self), "aikb-raw", 200)
        md.treeprocessors.register(_Inline(md), "inline", 20)
        md.treeprocessors.register(_FootnoteRule(md), "aikb-footnotes", 1)
        md.treeprocessors.register(_NoRow(md), "aikb-no-row", 1)
        blocks.register(_RawBlock(md.parser, self), "aikb-raw", 200)
        blocks.register(_List(md.parser), "aikb-list", 95)

    def url(self, address: str) -> str:
        """The address of the site for a composed one."""
        if self._url is None and self._md is not None and "relpath" in self._md.treeprocessors:
            url: str = self._md.treeprocessors["relpath"].path_to_url(address)  # type: ignore[attr-defined]  # MkDocs' own
            return url
        return self._url(address) if self._url else address

    def store(self, md: Markdown, markup: str) -> str:
        """Put markup aside, its addresses rewritten; the result stands for it in the text."""
        return md.htmlStash.store(self._linked(markup))

    def markup_of(self, text: str) -> str | None:
        """The HTML of a text that is raw blocks and nothing else; None for one that is Markdown."""
        pieces = _BLOCKS.findall(text) if text.startswith(RAW_BLOCK) and _BLOCKS_ONLY.fullmatch(text) else None
        return None if pieces is None else "\n".join(self._linked(piece) for piece in pieces)

    def _linked(self, markup: str) -> str:
        if " href=" not in markup and " src=" not in markup:
            return markup
        if _PLAIN.fullmatch(markup):
            return _TAG.sub(self._tag, markup)
        out, done = [], 0
        for token in tokens(markup):
            if token.kind == "open" and any(name in ("href", "src") for name, _ in token.attributes):
                written = "".join(
                    f' {name}="{escape(self.url(value) if name in ("href", "src") else value)}"'
                    for name, value in token.attributes
                )
                out += [markup[done : token.start], f"<{token.name}{written}>"]
                done = token.end
        return "".join([*out, markup[done:]])

    def _tag(self, match: re.Match[str]) -> str:
        return _ADDRESS.sub(lambda found: f'{found[1]}"{escape(self.url(unescape(found[2])))}"', match[0])


class _FootnoteRule(Treeprocessor):
    """Takes out the rule that Python-Markdown draws over footnotes; on GitHub it is a border, not a thematic break.

    Footnotes go where the text has a place for them.
    """

    def run(self, root: ET.Element) -> None:
        for place in [each for each in root.findall("p") if (each.text or "").strip() == FOOTNOTES]:
            for notes in root.findall("div[@class='footnote']"):
                root.remove(notes)
                root.insert(list(root).index(place), notes)
            root.remove(place)
        for notes in root.iter("div"):
            if notes.get("class") == "footnote":
                for rule in notes.findall("hr"):
                    notes.remove(rule)


class _NoRow(Treeprocessor):
    """Takes out the row that Python-Markdown needs below the head of a table, where the table has none."""

    def run(self, root: ET.Element) -> None:
        for body in root.iter("tbody"):
            for row in body.findall("tr"):
                if len(row) and (row[0].text or "").strip() == NO_ROW:
                    body.remove(row)


class _Inline(InlineTreeprocessor):
    """Passes over the texts in which none of the patterns would find anything, which are most: each costs a search a pattern.

    Where the user's extensions brought patterns of their own, every text is searched.
    """

    _NAMES = ("aikb-raw", "backtick", "escape", "footnote", "link", "image_link", "entity", "em_strong")
    _BEGINNING = re.compile(rf"[{RAW}`\\\[&*_]")
    """What each of these begins with."""

    def run(self, tree: ET.Element, ancestors: list[str] | None = None) -> ET.Element:
        patterns = self.md.inlinePatterns
        known = sum(name in patterns for name in self._NAMES)
        quiet = []
        for element in tree.iter() if known == len(patterns) else ():
            text = element.text
            if text and not isinstance(text, AtomicString) and not self._BEGINNING.search(text):
                element.text = AtomicString(text)
                quiet.append(element)
        result: ET.Element = super().run(tree, ancestors)
        for element in quiet:  # other processors pass over such strings, too
            element.text = str(element.text)
        return result


class _Comments(Preprocessor):
    """Leaves out the comments that nobody took, and the marks of those that somebody did."""

    def run(self, lines: list[str]) -> list[str]:
        if not any(END_COMMENT in line for line in lines):
            return lines
        return _COMMENTS.sub("", "\n".join(lines)).split("\n")


class _Sections(Preprocessor):
    """Hides `<![` from MkDocs, which looks for ids in all of a text, where Python's parser fails on what is no marked section.

    It does before Python 3.13.6 (gh-77057), and one note with `<![x]` in its code would end the build of a staged folder.
    """

    def __init__(self, md: Markdown, written: str, instead: str) -> None:
        super().__init__(md)
        self._written, self._instead = written, instead

    def run(self, lines: list[str]) -> list[str]:
        return [line.replace(self._written, self._instead) for line in lines]


class _RawPieces(Preprocessor):
    """Puts our markup aside before Python-Markdown reads the HTML of others, which could end in it."""

    def __init__(self, md: Markdown, extension: AikbExtension) -> None:
        super().__init__(md)
        self._extension = extension

    def run(self, lines: list[str]) -> list[str]:
        text = _BLOCKS.sub(lambda match: self._extension.store(self.md, _as_block(self.md, match[1])), "\n".join(lines))
        text = re.sub(_PIECE, lambda match: self._extension.store(self.md, match[1]) if match[1] else "", text)
        return text.split("\n")


class _Written(Postprocessor):
    """Writes the tags of others as the gate knows them: names in lower case, values in double quotes, no comments."""

    def run(self, text: str) -> str:
        out, done = [], 0
        for token in tokens(text):
            if token.kind == "open" and ("'" in (tag := text[token.start : token.end]) or not _TAG.fullmatch(tag)):
                out += [text[done : token.start], opening_tag(token)]
                done = token.end
            elif token.kind == "close" and text[token.start : token.end] != f"</{token.name}>":
                out += [text[done : token.start], f"</{token.name}>"]
                done = token.end
            elif token.kind == "comment" and text[token.start : token.end] != _SEPARATOR:
                out.append(text[done : token.start])
                done = token.end
        return "".join([*out, text[done:]])


class _RawInline(InlineProcessor):
    def __init__(self, pattern: str, md: Markdown, extension: AikbExtension) -> None:
        super().__init__(pattern, md)
        self._extension = extension

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802
        markup = m[1]
        return (self._extension.store(self.md, markup) if markup else ""), m.start(0), m.end(0)


class _RawBlock(BlockProcessor):
    def __init__(self, parser: Any, extension: AikbExtension) -> None:
        super().__init__(parser)
        self._extension = extension

    def test(self, parent: ET.Element, block: str) -> bool:
        return bool(_BLOCK.fullmatch(block))

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        match = _BLOCK.fullmatch(blocks.pop(0))
        md = self.parser.md
        ET.SubElement(parent, "p").text = self._extension.store(md, _as_block(md, match[1] if match else ""))


def _as_block(md: Markdown, markup: str) -> str:
    """Markup that Python-Markdown takes for a block."""
    name = re.match(r"</?([a-z][a-z0-9]*)", markup)
    return (
        markup if name and md.is_block_level(name[1]) else _SEPARATOR + markup
    )  # or it would be wrapped in a paragraph


class _List(BlockProcessor):
    """Lists as `render/markdown.py` writes them: four spaces under the marker, two after it where the list is loose.

    Python-Markdown's own processors lose count of the nesting where items hold several blocks.
    """

    _MARKER = re.compile(r"(?:-|(\d+)\.)(  ?)")

    def test(self, parent: ET.Element, block: str) -> bool:
        return bool(self._MARKER.match(block.lstrip("\n")))

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        text = blocks.pop(0).lstrip("\n")
        first = self._MARKER.match(text)
        ordered = bool(first and first[1])
        loose = bool(first and first[2] == "  ")
        while blocks and (blocks[0].lstrip("\n").startswith("    ") or self._continues(blocks[0], ordered)):
            loose = loose or self._continues(blocks[0], ordered)
            text += "\n\n" + blocks.pop(0).lstrip("\n")
        element = self._element(parent, ordered, first[1] if first else "")
        for item in self._items(text):
            li = ET.SubElement(element, "li")
            self.parser.state.set("looselist" if loose else "list")
            self.parser.parseBlocks(li, item)
            self.parser.state.reset()

    def _continues(self, block: str, ordered: bool) -> bool:
        match = self._MARKER.match(block.lstrip("\n"))
        return match is not None and bool(match[1]) == ordered

    def _element(self, parent: ET.Element, ordered: bool, start: str) -> ET.Element:
        tag = "ol" if ordered else "ul"
        last = self.lastChild(parent)
        if last is not None and last.tag == tag and not (last.tail or "").strip():
            return last  # an admonition or a tab hands its blocks over one by one
        element = ET.SubElement(parent, tag)
        if ordered and start != "1":
            element.set("start", str(int(start)))
        return element

    def _items(self, text: str) -> list[list[str]]:
        """The blocks of each item."""
        items: list[list[str]] = []
        for line in text.split("\n"):
            match = self._MARKER.match(line)
            if match:
                items.append([line[match.end() :]])
            else:
                items[-1].append(line.removeprefix("    "))
        return [self._split(lines) for lines in items]

    def _split(self, lines: list[str]) -> list[str]:
        """The blocks of an item; a list right under text is one of its own."""
        blocks: list[list[str]] = [[]]
        for line in lines:
            nested = bool(self._MARKER.match(line)) and bool(blocks[-1]) and not self._MARKER.match(blocks[-1][0])
            if not line.strip() or nested:
                blocks.append([])
            if line.strip():
                blocks[-1].append(line)
        return ["\n".join(block) for block in blocks if block]


def makeExtension(**kwargs: Any) -> AikbExtension:  # noqa: N802 - Python-Markdown's name
    """Entry point for `markdown_extensions: [aikb.render.python_markdown]`."""
    return AikbExtension(alone=True, **kwargs)
