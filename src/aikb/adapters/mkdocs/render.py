"""What of rendering is MkDocs': options of the user's Markdown extensions, and Python-Markdown for texts that need it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from inspect import signature
from itertools import accumulate
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.toc import AnchorLink, TableOfContents
from pymdownx.highlight import Highlight

from aikb.adapters.mkdocs.report import tell
from aikb.findings.finding import finding
from aikb.locales.words import added_on, words
from aikb.model.site import Body, Heading, Page, Slot
from aikb.model.source import Source
from aikb.read.plain import plain_document
from aikb.render.furniture import Furniture
from aikb.render.kept import KEPT, MARKERS
from aikb.render.options import Options, Permalink
from aikb.render.python_markdown import AikbExtension
from aikb.render.renderer import Renderer
from aikb.render.road import MARKS, OURS, Road
from aikb.render.text import Numbering, Text
from aikb.render.verbatim import HEADS
from aikb.settings import Settings
from aikb.system.parallel import parallel_map

_BUNDLES = {
    "extra": ("abbr", "def_list", "footnotes", "tables"),
    "pymdownx.extra": ("abbr", "def_list", "footnotes", "tables", "pymdownx.superfences"),
}
"""Extensions that bring others; those that matter to a road."""
_TABS, _CODE, _FOOTNOTES, _TABLES = r"^[ >]*===[ !+]", r"^[ >]*(?:```|~~~)", r"\[\^", r"\|"
_HIGHLIGHT = frozenset(signature(Highlight.__init__).parameters) - {"self", "md"}


def options_of(config: MkDocsConfig, others: Rewriters) -> Options:
    """Read what the user's Markdown extensions ask for, and what `others` do to pages' Markdown, plugins and hooks."""
    configs = {_short(name): dict(options) for name, options in (config["mdx_configs"] or {}).items()}
    names = [_short(str(name)) for name in config.markdown_extensions]
    every = [*names, *(each for name in names for each in _BUNDLES.get(name, ()))]
    toc, tasks = configs.get("toc", {}), configs.get("pymdownx.tasklist", {})
    marks, unknown, kept = list(others.marks), list[str](), list(others.kept)
    for name in dict.fromkeys(every):
        if name in MARKS:
            marks.append(MARKS[name])
        elif name not in OURS:
            unknown.append(name)
        kept += [KEPT[name]] if name in KEPT else []
        marks += _marks_of_options(name, configs.get(name, {}))
    if "toc" in names and (marker := str(toc.get("marker", "[TOC]"))):
        marks.append(rf"^[ ]{{0,3}}{re.escape(marker)}[ \t]*$")
        kept.append(rf"^{re.escape(marker)}$")
    if unknown:
        kept.append(MARKERS)
    if toc.get("anchorlink") or str(toc.get("baselevel", "1")) != "1":
        unknown.append("toc")
    return Options(
        highlight={name: value for name, value in configs.get("pymdownx.highlight", {}).items() if name in _HIGHLIGHT},
        permalink=_permalink(toc),
        contents=_depth(toc.get("toc_depth", 6)),
        boxes=bool(tasks.get("custom_checkbox")),
        clickable=bool(tasks.get("clickable_checkbox")),
        breaks="nl2br" in names,
        road=Road(
            "|".join(mark for mark in marks if mark),
            others.every or bool(unknown),
            "|".join(dict.fromkeys(kept)),
            "|".join(others.comments),
            "|".join([*others.lines, *([HEADS] if any(name.startswith("pymdownx.blocks.") for name in every) else [])]),
            others.pairs,
            tuple(unknown),
            bool(others.every or others.marks or {name for name in every if name not in OURS}),
        ),
    )


def _short(name: str) -> str:
    return name.removeprefix("markdown.extensions.")


def _marks_of_options(name: str, options: Mapping[str, Any]) -> Iterator[str]:
    """What a text must hold for options of an extension that are not drawn from the tree."""
    given = {key for key, value in options.items() if value}
    if name == "pymdownx.superfences":
        for fence in options.get("custom_fences") or ():
            yield rf"{_CODE}[ ]*\{{?[ ]*\.?{re.escape(str(fence.get('name', '')))}\b"
        if given - {"custom_fences"}:
            yield _CODE
    elif name == "pymdownx.highlight":
        if given - _HIGHLIGHT:
            yield _CODE
    elif name == "pymdownx.tabbed":
        if not options.get("alternate_style") or given - {"alternate_style"}:
            yield _TABS
    elif name == "footnotes" and given:
        yield _FOOTNOTES
    elif name == "tables" and given - {"use_align_attribute"}:
        yield _TABLES
    elif name == "pymdownx.magiclink" and given & {"repo_url_shorthand", "social_url_shorthand"}:
        yield r"[@#!?]\w|\w/\w"


def _permalink(options: Mapping[str, Any]) -> Permalink:
    given = options.get("permalink")
    return Permalink(
        text=given if isinstance(given, str) else "¶" if given else "",
        title=str(options.get("permalink_title", "Permanent link")),
        names=str(options.get("permalink_class", "headerlink")),
        leading=bool(options.get("permalink_leading")),
    )


def _depth(given: object) -> tuple[int, int]:
    """The levels of headings in a table of contents: `3` or `2-4`."""
    top, _, bottom = str(given).rpartition("-")
    return (int(top or 1), int(bottom)) if f"{top or 1}{bottom}".isdigit() else (1, 6)


@dataclass(frozen=True, slots=True)
class Rewriters:
    """What other plugins and hooks do to pages' Markdown."""

    every: bool = False
    """Whether one of them could change any text."""
    marks: tuple[str, ...] = ()
    """What a text must hold for the others to do anything, as regular expressions."""
    kept: tuple[str, ...] = ()
    """What they read in it."""
    comments: tuple[str, ...] = ()
    """The comments that they read."""
    lines: tuple[str, ...] = ()
    """What they read as whole lines."""
    pairs: tuple[tuple[str, str], ...] = ()
    """The signs around what they fill in."""


@dataclass(frozen=True, slots=True)
class Converted:
    """A text as Python-Markdown made it."""

    html: str
    headings: tuple[Heading, ...]


class Converter:
    """Converts Markdown to HTML with the user's extensions; each text once, and not again while serving."""

    def __init__(self, config: MkDocsConfig) -> None:
        """Take the extensions that the configuration names."""
        self._made_for = self._key(config)
        self._known: dict[str, Converted] = {}
        self._used: dict[str, Converted] = {}
        self._bodies: dict[int, tuple[Body, tuple[str, ...]]] = {}
        """The texts in the bodies of the last build, by the identity of each: most are those of the next."""
        self._languages: dict[str, str] = {}
        """The languages of the headings of a text that have their own, by id."""
        configs = {key: dict(value) for key, value in (config["mdx_configs"] or {}).items()}
        # what snippets include is in the text by now, and what others wrote there must not be read as an include
        names = [name for name in config.markdown_extensions if _short(str(name)) != "pymdownx.snippets"]
        self._make: Callable[[bool], markdown.Markdown] = lambda rewritten: self._instance(names, configs, rewritten)
        self._markdown: dict[bool, markdown.Markdown] = {}
        """One for texts as they were composed, one for those that others have changed."""

    @staticmethod
    def _key(config: MkDocsConfig) -> str:
        return repr((list(config.markdown_extensions), config["mdx_configs"]))

    def serves(self, config: MkDocsConfig) -> bool:
        """Whether this converter was made for the same configuration."""
        return self._made_for == self._key(config)

    def start(self, pages: Iterable[Page]) -> None:
        """Begin a build: convert what is new on all processors, and forget what the last build did not use."""
        bodies = {id(page.body): page.body for page in pages}
        self._bodies = {key: self._bodies.get(key) or (body, tuple(_texts(body))) for key, body in bodies.items()}
        texts = dict.fromkeys(text for _, inside in self._bodies.values() for text in inside)
        self._known, self._used = {text: self._used[text] for text in texts if text in self._used}, {}
        new = [text for text in texts if text not in self._known]
        self._known.update(zip(new, parallel_map(self._converted, new), strict=True))
        self._used = dict(self._known)

    def convert(self, text: str) -> Converted:
        """Convert a text."""
        return self._known.get(text) or self._known.setdefault(text, self._converted(text))

    def convert_rewritten(self, text: str) -> Converted:
        """Convert a text that a plugin or a hook has changed: what that wrote is read as Python-Markdown reads it."""
        return self._known.get(text) or self._known.setdefault(text, self._converted(text, rewritten=True))

    def _converted(self, text: str, *, rewritten: bool = False) -> Converted:
        md = self._markdown.get(rewritten) or self._markdown.setdefault(rewritten, self._make(rewritten))
        md.reset()
        self._languages.clear()
        html = md.convert(text)
        return Converted(html, tuple(self._headings(getattr(md, "toc_tokens", ()))))

    def _headings(self, tokens: Iterable[Mapping[str, Any]]) -> Iterator[Heading]:
        for token in tokens:
            yield Heading(token["level"], token["id"], token["name"], self._languages.get(token["id"], ""))
            yield from self._headings(token["children"])

    def _instance(self, names: Sequence[str], configs: Mapping[str, Any], rewritten: bool) -> markdown.Markdown:
        extensions: list[str | Extension] = [*names, AikbExtension(rewritten=rewritten)]
        md = markdown.Markdown(extensions=extensions, extension_configs=dict(configs))
        md.treeprocessors.register(_Marks(md, self._languages), "aikb-marks", 0)
        return md


def _texts(value: object) -> Iterator[str]:
    """The Markdown in a body, and in what its slots hold."""
    if isinstance(value, Body):
        if value.markdown:
            yield value.markdown
        for piece in value.pieces:
            if isinstance(piece, Slot):
                yield from _texts(piece)
    elif isinstance(value, Slot):
        for each in value.values.values():
            yield from _texts(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)


_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class _Marks(Treeprocessor):
    """Lets browsers load pictures late, and notes the languages of headings."""

    def __init__(self, md: markdown.Markdown, languages: dict[str, str]) -> None:
        super().__init__(md)
        self._languages = languages

    def run(self, root: ET.Element) -> None:
        for element in root.iter():
            if element.tag == "img":
                element.set("loading", "lazy")
            elif element.tag in _HEADINGS and (lang := element.get("lang")):
                self._languages[element.get("id", "")] = lang


def report_refused(home: Path, page: Page, tag: str) -> None:
    """Say that the gate has refused a tag: a defect of ours, or of an extension."""
    tell(finding("html-refused", page.source or page.path, tag=tag), home)


def drawn(
    page: Page,
    text: str | None,
    url: str,
    furniture: Furniture,
    converter: Converter,
    relink: Callable[[str, bool], str],
) -> tuple[str, TableOfContents]:
    """A page as HTML and its table of contents. `text` is its Markdown where another plugin changed it; `url` is its own.

    `relink` resolves the links of others in its HTML, with whether they have changed its text.
    """
    rewritten = text is not None and text != page.body.markdown
    if text is not None and rewritten:
        page = replace(page, body=replace(page.body, markdown=text))
        converter.convert_rewritten(text)
    headings = converter.convert(page.body.markdown).headings if page.body.markdown else page.body.headings
    html = furniture.page(page, "../" * url.count("/"), lambda each: relink(each, rewritten))
    return html, contents(page.title, [_in_words(each, page) for each in headings])


def _in_words(heading: Heading, page: Page) -> Heading:
    """A heading as the page's tree says it."""
    if not heading.added:
        return heading
    title = escape(added_on(words(page.tree), heading.added), quote=False)
    return replace(heading, title=title, lang="" if page.lang == page.tree else page.tree)


CONTENT = "__content"
"""The id of the text in our template."""
_ENTRIES, _LETTERS = 80, 5_000
"""How many entries a page's table of contents has, and how many characters they may be long: pages stay light, however many
headings they have. A script adds the others."""
_FEW = 8
"""Fewer headings tell nothing of a long text."""


def contents(title: str, headings: Sequence[Heading]) -> TableOfContents:
    """Nest headings by level under one first-level entry: Material leads past the navigation to it, and lists its children."""
    top: list[AnchorLink] = []
    above: list[AnchorLink] = []
    kept = _kept(headings)
    for heading in kept:
        shown = heading.title.replace("<", "&lt;")  # there is no element in it; Material prints it as it is
        if heading.lang:
            shown = f'<span lang="{escape(heading.lang)}">{shown}</span>'
        entry = AnchorLink(shown, heading.id, heading.level)
        while above and above[-1].level >= heading.level:
            above.pop()
        (above[-1].children if above else top).append(entry)
        above.append(entry)
    one = len(top) == 1 and top[0].level == 1
    whole = AnchorLink(escape(title), CONTENT, 1)
    whole.children = top[0].children if one else top
    whole.active = True  # type: ignore[attr-defined]  # MkDocs marks the first one so
    whole.count = len(headings) - one  # type: ignore[attr-defined]  # for our template
    whole.cut = len(kept) < len(headings)  # type: ignore[attr-defined]  # likewise
    return TableOfContents([whole])


def _kept(headings: Sequence[Heading]) -> Sequence[Heading]:
    """The headings that a table of contents has: all, or those of the highest levels where they tell enough, or the first."""
    for level in range(6, 0, -1):
        kept = [heading for heading in headings if heading.level <= level]
        letters = accumulate(len(each.title) + len(each.id) for each in kept)
        fitting = [each for each, length in zip(kept[:_ENTRIES], letters, strict=False) if length <= _LETTERS]
        above = sum(heading.level < level for heading in headings)
        if len(fitting) == len(kept) or above < _FEW:
            return fitting
    return headings


def plain_html(source: Source, settings: Settings) -> str:
    """The HTML of a text as its author wrote it, for a page that cannot be drawn."""
    blocks = plain_document(source, settings).blocks
    body = Renderer().render(blocks, Text(), "", Numbering())
    return "".join(piece for piece in body.pieces if isinstance(piece, str))
