"""Sanitize raw HTML in notes: make it safe and whole.

GitHub's allow-list of elements, and a shorter one of attributes. The result is written anew, element by element, so nothing
passes that is not listed here: scripts, styles, frames and handlers go, unknown elements (`<bot>`) are shown as text, and
what is left open is closed where its container ends. nh3 was looked at: it repairs whole fragments, and half of an element
(`<details>` above Markdown, `</details>` below) is no fragment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import escape

from aikb.model.node import Node, NodeKind
from aikb.model.source import Span
from aikb.text.reserved import free_classes, is_reserved, printable, unforged
from aikb.text.tags import Token, tokens

ALLOWED = frozenset(
    "a abbr b bdo blockquote br caption center cite code col colgroup dd del details dfn div dl dt em figcaption figure h1 h2 "
    "h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small span strike strong sub summary sup table "
    "tbody td tfoot th thead time tr tt u ul var wbr".split()
)
VOID = frozenset("br col hr img wbr".split())
_OPTIONAL_END = frozenset("colgroup dd dt li p rp rt tbody td tfoot th thead tr".split())
_WITH_CONTENT = frozenset("script style template noscript title textarea xmp noembed noframes svg math object".split())
"""Elements that go with everything in them."""
_KNOWN = (
    ALLOWED
    | _WITH_CONTENT
    | frozenset(
        "acronym address applet area article aside audio base basefont bdi big body button canvas data datalist dialog dir "
        "embed fieldset font footer form frame frameset head header hgroup html iframe input label legend link main map "
        "marquee menu meta meter nav nobr optgroup option output param picture progress rb rtc search select slot source "
        "track video".split()
    )
)
_QUIETLY_DROPPED = frozenset("font picture source big nobr article aside header footer main nav section label".split())
_ATTRIBUTES = frozenset(
    "abbr align alt border class colspan datetime dir height id label lang loading open reversed rowspan scope "
    "start title valign value width".split()
)
_BOOLEAN = frozenset({"open", "reversed"})
_ROLES = frozenset({"list", "listitem"})
"""What an element may be called to those who hear the page: nothing that answers a key or is a part of the site's own frame."""
_OF_THE_WEB = re.compile(r"https?://[^\s\\@]+\Z", re.IGNORECASE)
"""An address of a page elsewhere, without a name and a password."""

VERBATIM = frozenset({"a", "code", "kbd", "pre", "samp"})
"""Elements in which brackets are no link."""
WIKILINK = re.compile(r"(?<!!)\[\[(?P<target>[^\[\]|\n]*[^\[\]|\s][^\[\]|\n]*)(?:\|(?P<words>[^\[\]\n]+))?\]\]")
"""As gardens of notes write them in HTML too; Obsidian and GitHub show the brackets."""
_HIDING_STYLE = re.compile(
    r"(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|content-visibility\s*:\s*hidden"
    r"|(?:opacity|font-size)\s*:\s*0*(?:\.0*)?(?:[a-z]+|%)?\s*(?:[;!]|$))",
    re.IGNORECASE,
)
_STYLE_REMARK = re.compile(r"/\*.*?\*/", re.DOTALL)

Problem = tuple[str, int, int, dict[str, str]]
"""A finding's code, where it starts and ends, and the values of its message."""
LinkWriter = Callable[[Token, Span], tuple[str, str]]
"""For an `<a href>`, an `<img src>` or a text that is a wikilink: the address to write and, if the element itself is replaced,
its markup."""


def _no_links(_token: Token, _span: Span) -> tuple[str, str]:
    return "", ""


def is_hidden(token: Token) -> bool:
    """Tell whether its author lets no browser show an element: by the attribute `hidden` or by a style."""
    style = token.get("style") or ""
    return token.get("hidden") is not None or bool(style and _HIDING_STYLE.search(_STYLE_REMARK.sub("", style)))


@dataclass
class Cleaner:
    """Cleans the pieces of raw HTML of one container (a list item, a paragraph, a page), in their order."""

    link: LinkWriter = _no_links
    claim: Callable[[str], bool] = lambda _identifier: True
    """Whether an id is free, and taken from now on; the first place on a page keeps it."""
    problems: list[Problem] = field(default_factory=list)
    _open: list[tuple[str, int, int]] = field(default_factory=list)

    def feed(self, text: str, offset: int) -> str:
        """Sanitize the next piece. `offset` is where it starts in the note."""
        out: list[str] = []
        skipping = ""
        for token in tokens(text):
            if skipping:
                if token.kind == "close" and token.name == skipping:
                    skipping = ""
                continue
            if token.kind == "text":
                out.append(self._words(token, offset))
            elif token.kind == "open":
                if token.name in _WITH_CONTENT and token.name not in ALLOWED:
                    skipping = "" if token.closed else token.name
                    self._report("html-unsafe", token, offset, what=f"<{token.name}>")
                else:
                    out.append(self._opening(token, text, offset))
            elif token.kind == "close":
                out.append(self._closing(token, text))
        return "".join(out)

    def _words(self, token: Token, offset: int) -> str:
        """Write a text: what it says, and links for those wikilinks in it that lead somewhere."""
        text = token.text
        if text.startswith("&") and text.endswith(";"):
            return text
        if "[[" not in text or any(name in VERBATIM for name, _, _ in self._open):
            return _escaped(unforged(text))
        out, done = list[str](), 0
        for match in WIKILINK.finditer(text):
            span = Span(offset + token.start + match.start(), offset + token.start + match.end())
            address, _ = self.link(Token("text", token.start, token.end, name="wikilink"), span)
            if address:
                words = _escaped(unforged(match["words"] or match["target"].replace("#", " > ")))
                out += [_escaped(unforged(text[done : match.start()])), f'<a href="{escape(address)}">{words}</a>']
                done = match.end()
        return "".join([*out, _escaped(unforged(text[done:]))])

    def close(self) -> str:
        """Close the elements that the container's author forgot; the end tags."""
        out = []
        while self._open:
            name, start, end = self._open.pop()
            if name not in _OPTIONAL_END:
                self.problems.append(("html-unclosed", start, end, {"tag": name}))
            out.append(f"</{name}>")
        return "".join(out)

    @property
    def depth(self) -> int:
        """How many elements are open."""
        return len(self._open)

    def _report(self, code: str, token: Token, offset: int, **values: str) -> None:
        self.problems.append((code, offset + token.start, offset + token.end, values))

    def _opening(self, token: Token, text: str, offset: int) -> str:
        name = token.name
        if name not in _KNOWN:
            self._report("html-unknown", token, offset, tag=name)
            return _escaped(text[token.start : token.end])
        if name not in ALLOWED:
            if name not in _QUIETLY_DROPPED:
                self._report("html-unsafe", token, offset, what=f"<{name}>")
            return ""
        before = ""
        if name == "a" and any(each[0] == "a" for each in self._open):
            before = self._end("a", reported=True)
            if not token.attributes:
                return before  # `<a>` for `</a>`
        attributes, replacement = self._attributes(token, offset)
        if replacement:
            return before + replacement
        if name not in VOID:
            self._open.append((name, offset + token.start, offset + token.end))
            if token.closed:
                return f"{before}<{name}{attributes}>{self._end(name)}"
        return f"{before}<{name}{attributes}>"

    def _attributes(self, token: Token, offset: int) -> tuple[str, str]:
        """Sanitize the attributes of a tag: their text, and what stands in place of the whole tag, if anything."""
        out, seen, claimed = [], set[str](), set[str]()
        hidden = is_hidden(token)  # it stays as a place to link to
        for name, value in token.attributes:
            if name in seen or (hidden and name not in ("id", "name")):
                continue
            seen.add(name)
            value = printable(unforged(value))
            if (token.name, name) in (("a", "href"), ("img", "src")):
                address, replacement = self.link(token, Span(offset + token.start, offset + token.end))
                if replacement:
                    return "", replacement
                if address:
                    out.append(f' {name}="{escape(address)}"')
            elif name == "id" or (
                name == "name" and token.name == "a"
            ):  # `<img name="body">` would hide `document.body`
                if value not in claimed and (is_reserved(value) or not self.claim(value)):
                    continue
                claimed.add(value)
                out.append(f' {name}="{escape(value)}"')
            elif name == "class":
                classes = free_classes(value.split())
                out.append(f' class="{escape(" ".join(classes))}"' if classes else "")
            elif name == "cite":  # no browser shows it, but it tells: `file:///home/…`
                out.append(f' cite="{escape(value)}"' if _OF_THE_WEB.match(value) else "")
            elif name in _ATTRIBUTES or (name == "role" and value in _ROLES):
                out.append(f" {name}" if name in _BOOLEAN else f' {name}="{escape(value)}"')
            elif name.startswith("on") or name in ("srcdoc", "formaction"):
                self._report("html-unsafe", token, offset, what=f"the attribute “{name}”")
        return "".join(out), ""

    def _closing(self, token: Token, text: str) -> str:
        if token.name not in _KNOWN:
            return _escaped(text[token.start : token.end])
        return self._end(token.name) if token.name in ALLOWED and token.name not in VOID else ""

    def _end(self, name: str, *, reported: bool = False) -> str:
        """Close an element, and what stands open inside it; nothing if it is not open."""
        if not any(each[0] == name for each in self._open):
            return ""
        out = []
        while True:
            last, start, end = self._open.pop()
            if (last != name and last not in _OPTIONAL_END) or (last == name and reported):
                self.problems.append(("html-unclosed", start, end, {"tag": last}))
            out.append(f"</{last}>")
            if last == name:
                return "".join(out)


def _escaped(text: str) -> str:
    return escape(text, quote=False)


BLOCK_CONTAINERS: frozenset[NodeKind] = frozenset(
    {"item", "quote", "alert", "callout", "material", "footnote", "definition"}
)
"""Nodes whose blocks share one Cleaner: an element opened in one block may be closed in a later one."""


def lint_html(blocks: Iterable[Node]) -> Iterator[Problem]:
    """Lint the raw HTML of a document: list what is wrong with it."""
    cleaner = Cleaner()
    for block in blocks:
        yield from _lint(block, cleaner)
    cleaner.close()
    yield from cleaner.problems


def _lint(node: Node, cleaner: Cleaner) -> Iterator[Problem]:
    if node.kind == "html":
        cleaner.feed(node.text, node.start)
        return
    if node.kind in BLOCK_CONTAINERS:
        yield from lint_html(node.children)
        return
    if node.kind in ("paragraph", "plain", "heading", "cell", "caption", "defined"):
        inline = Cleaner()
        for child in node.walk():
            if child.kind == "tag":
                inline.feed(child.text, child.start)
        inline.close()
        yield from inline.problems
        return
    for child in node.children:
        yield from _lint(child, cleaner)
