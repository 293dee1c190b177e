"""Inlines of the tree as HTML: text, emphasis, links, pictures, code, formulas, footnote marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from aikb.model.node import Node
from aikb.model.source import Span
from aikb.relate.links.resolution import Resolution
from aikb.render.added_links import with_added_links
from aikb.render.attributes import Attributes
from aikb.render.media import Media, media_of, words_of
from aikb.render.options import Options
from aikb.render.text import Numbering, Text
from aikb.text.formula import FormulaError, to_mathml
from aikb.text.reserved import printable, unforged
from aikb.text.sanitize import Cleaner
from aikb.text.tags import Token

ELEMENTS = {"emphasis": "em", "strong": "strong", "strike": "del", "mark": "mark"}
ADDED = {"term": "aikb-term", "reference": "aikb-numbered"}
"""The classes of links that aikb adds to a text."""
_TASK = '<span class="task-list-indicator"></span></label> '


def text_of(text: str) -> str:
    """Escape text for the space between elements."""
    text = unforged(text)
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    return text.replace(">", "&gt;") if ">" in text else text


def attribute(name: str, value: str) -> str:
    """Write an attribute, with a blank before it. Addresses are ours, or have been freed of marks."""
    text = value if name in ("href", "src") else unforged(value)
    return f' {name}="{escape(text, quote=False)}"' if '"' not in text else f' {name}="{escape(text)}"'


def attributes_of(given: Attributes) -> str:
    """Write attributes in the order of their names, each with a blank before it."""
    return "".join(attribute(name, value) for name, value in sorted(given))


_UNSAFE = {" ": "%20", "<": "%3C", ">": "%3E", '"': "%22", "`": "%60", "\\": "%5C", "|": "%7C", "\n": "", "\t": "%09"}
_ENCODED = {ord(char): code for char, code in _UNSAFE.items()}


def external(url: str) -> str:
    """Write an address of another host with those characters encoded that an address cannot hold (RFC 3986)."""
    return unforged(url).translate(_ENCODED)


def lang_attribute(lang: str, around: str = "") -> str:
    """Write the language of an element; nothing where the text around it is in the same."""
    return "" if lang == around else attribute("lang", lang)


class Inlines:
    """Writes the inlines of one text."""

    def __init__(self, text: Text, options: Options, numbering: Numbering, prefix: str = "") -> None:
        """Take what is known of the text. `prefix` keeps the footnotes of several texts on one page apart."""
        self._text = text
        self._options = options
        self._numbering = numbering
        self._prefix = prefix
        self._lang = text.lang
        self.labels: dict[str, str] = {}
        """Labels of footnotes as ids have them, by the author's, in the order of their numbers."""
        self.references: dict[str, int] = {}
        """How often each footnote is referred to."""
        self.numbered: list[str] = []
        """Labels in the order of their numbers."""
        self._numbers: dict[str, int] = {}

    def within(self, lang: str) -> str:
        """Set the language of what follows, for its punctuation; the one before."""
        before, self._lang = self._lang, lang or self._text.lang
        return before

    def write(self, nodes: Sequence[Node], *, linked: bool = False) -> str:
        """Write inlines; `linked` inside a link, where no other link may stand."""
        if self._text.adds_links and nodes and not linked and (found := self._text.mentions_in(nodes)):
            nodes = with_added_links(nodes, found)
        out: list[str] = []
        cleaner: Cleaner | None = None
        rest: str | None = None
        for at, node in enumerate(nodes):
            if node.kind == "text":
                out.append(self._plain(node.text if rest is None else rest))
                rest = None
            elif node.kind == "tag":
                cleaner = cleaner or self.cleaner()
                out.append(cleaner.feed(node.text, node.start).replace("\n", " "))
            else:
                given, rest = self._text.attributes(nodes, at, linked=linked)
                out.append(self._one(node, given, linked=linked))
        if cleaner is not None:
            out.append(cleaner.close())
        return "".join(out)

    def cleaner(self) -> Cleaner:
        """Make what cleans the raw HTML of one container."""
        return Cleaner(self._html_link, self._numbering.claim, self._text.size_at)

    def _plain(self, text: str) -> str:
        return text_of(self._text.typeset(text, self._lang) if self._text.typeset else text)

    def _one(self, node: Node, given: Attributes, *, linked: bool) -> str:
        kind = node.kind
        if kind == "soft-break":
            return "<br>\n" if self._options.breaks or self._text.breaks else "\n"
        if kind == "hard-break":
            return "<br>\n"
        if name := ELEMENTS.get(kind):
            return f"<{name}{attributes_of(given)}>{self.write(node.children, linked=linked)}</{name}>"
        if kind == "code-span":
            return f"<code{attributes_of(given)}>{text_of(node.text)}</code>"
        if kind == "link":
            return self._link(node, given, linked=linked)
        if kind == "image":
            return self._image(node, given, linked=linked)
        if kind in ADDED:
            return self._added(node)
        if kind in ("math", "math-block"):
            return formula(node)
        if kind == "task":
            return self._task(node)
        if kind == "hashtag":
            return hashtag(node, self._text.tag_url(node.info), linked=linked)
        return self._reference(node) if kind == "footnote-ref" else ""

    def _added(self, node: Node) -> str:
        resolution = Resolution("term", node.info) if node.kind == "term" else self._text.resolution(node)
        text = self.write(node.children, linked=True)
        if resolution is None:
            return text
        term = attribute("data-term", node.info) if node.kind == "term" else ""
        return f'<a class="{ADDED[node.kind]}"{term}{attribute("href", self._text.url(resolution))}>{text}</a>'

    def _task(self, node: Node) -> str:
        checked = " checked" if node.info == "x" else ""
        disabled = "" if self._options.clickable else " disabled"
        box = f'<input type="checkbox"{disabled}{checked}/>'
        written = f'<label class="task-list-control">{box}{_TASK}' if self._options.boxes else f"{box} "
        return written + state(node, self._text.words)

    def _link(self, node: Node, given: Attributes, *, linked: bool) -> str:
        text = self.write(node.children, linked=True)
        resolution = self._text.resolution(node)
        if resolution is None or linked or resolution.kind == "empty":
            return text
        if resolution.kind == "broken":
            if node.info == "wikilink":
                return text
            hint = attribute("title", self._text.words.get("link_broken", ""))
            return f'<span class="aikb-broken"{hint}>{text}</span>'
        values = {"href": self._address(resolution)}
        if title := node.title or self._text.preview(resolution):
            values["title"] = title.replace("\n", " ")
        if (mention := self._text.mentions.get(Span(node.start, node.end))) is not None:
            values["data-term"] = mention.concept
        return f"<a{attributes_of(_merged(values, given))}>{text}</a>"

    def _address(self, resolution: Resolution) -> str:
        return external(resolution.url) or self._text.url(resolution)

    def _image(self, node: Node, given: Attributes, *, linked: bool) -> str:
        resolution = self._text.resolution(node)
        alternative = alternative_of(node, resolution)
        if resolution is not None and resolution.kind == "asset":
            return embedded_file(node, resolution, self._text, given, linked=linked)
        if resolution is not None and resolution.kind == "page":  # an embedded note, shown as a link
            words = text_of(alternative)
            return (
                words
                if linked
                else f"<a{attribute('href', self._text.url(resolution))}{attributes_of(given)}>{words}</a>"
            )
        url = resolution.url if resolution is not None and resolution.kind == "external" else ""
        return placeholder(alternative, self._text.words, url, linked=linked)

    def figure(self, node: Node) -> str:
        """A paragraph that is nothing but a picture with a caption; empty where it is none."""
        return figure(node, self._text)

    def _reference(self, node: Node) -> str:
        label = self.label(node.info)
        count = self.references[label] = self.references.get(label, 0) + 1
        number = self.number(label)
        back = f"fnref{count if count > 1 else ''}:{label}"
        return f'<sup id="{back}"><a class="footnote-ref" href="#fn:{label}">{number}</a></sup>'

    def number(self, label: str) -> int:
        """The number of a footnote, from 1; it gets the next one where it has none."""
        if label not in self._numbers:
            self.numbered.append(label)
            self._numbers[label] = len(self.numbered)
        return self._numbers[label]

    def label(self, written: str) -> str:
        """The label of a footnote as ids have it."""
        if written not in self.labels:
            self.labels[written] = self._prefix + footnote_label(written, len(self.labels))
        return self.labels[written]

    def _html_link(self, token: Token, span: Span) -> tuple[str, str]:
        resolution = self._text.resolutions.get(span)
        if resolution is None:
            return "", ""
        if token.name == "img" and resolution.kind != "asset":
            return "", placeholder(token.get("alt") or "", self._text.words, resolution.url)
        if resolution.kind in ("broken", "empty"):
            return "", ""
        return self._address(resolution), ""


def _merged(values: Mapping[str, str], given: Attributes) -> Attributes:
    """Attributes of an element with those of its attribute list, which says nothing of its address."""
    return tuple(
        {**values, **{name: value for name, value in given if name not in ("href", "src", "data-term")}}.items()
    )


def embedded_file(
    node: Node, resolution: Resolution, text: Text, given: Attributes = (), *, linked: bool = False
) -> str:
    """Write an embedded file: a picture, a player, or a link with the file's name and kind."""
    media, address = media_of(node, resolution.path, resolution.fragment), text.url(resolution)
    if media.kind == "image":
        sizes = sizes_of(media, given, text.size(resolution.path))
        title = {"title": node.title.replace("\n", " ")} if node.title else {}
        values = {"alt": media.words, "src": address, **sizes, **title, "loading": "lazy"}
        return f"<img{attributes_of(_merged(values, given))} />"
    shown = text_of(media.words or media.name)
    if linked:
        return shown
    if media.kind == "file":
        place = text.words.get("at_page", "{label}").format(label=media.page) if media.page else ""
        kind = text_of(", ".join(each for each in (media.suffix, place) if each))
        linking = _merged({"class": "aikb-file", "href": address}, given)
        return f"<a{attributes_of(linking)}>{shown} <small>({kind})</small></a>"
    link = f"<a{attribute('href', address)}>{shown}</a>"
    values = {"src": address, "preload": "metadata" if media.kind == "video" else "none"}
    if media.width:
        values["width"] = media.width
    given = _merged({**values, "aria-label": media.words or media.name}, given)
    return f"<{media.kind} controls{attributes_of(given)}>{link}</{media.kind}>"


def sizes_of(media: Media, given: Attributes, known: tuple[int, int] | None) -> dict[str, str]:
    """Choose width and height of a picture: what its author says, and what keeps its room on the page till it is there."""
    said = {name: value for name, value in (("width", media.width), ("height", media.height)) if value}
    width = dict(given).get("width", media.width)
    if known is None or media.height or "height" in dict(given) or (width and not width.isdecimal()):
        return said
    height = str(max(1, round(int(width) * known[1] / known[0]))) if width else str(known[1])
    return {"width": width or str(known[0]), "height": height}


def figure(node: Node, text: Text) -> str:
    """Write a paragraph that is nothing but a picture with a caption; empty where it is none."""
    only = node.children[0] if len(node.children) == 1 else None
    resolution = text.resolution(only) if only is not None and only.kind == "image" else None
    if only is None or resolution is None or resolution.kind != "asset":
        return ""
    media = media_of(only, resolution.path)
    if not media.caption:
        return ""
    picture = embedded_file(only, resolution, text)
    return f"<figure>\n{picture}\n<figcaption>{text_of(media.words)}</figcaption>\n</figure>"


def hashtag(node: Node, address: str, *, linked: bool = False) -> str:
    """Write a tag in a text, as a link where it leads somewhere."""
    if linked or not address:
        return f'<span class="hashtag">{text_of(node.text)}</span>'
    return f'<a class="aikb-tag"{attribute("href", address)}>{text_of(node.text)}</a>'


STATES = {
    "/": "half",
    "-": "cancelled",
    ">": "forwarded",
    "<": "scheduled",
    "!": "urgent",
    "?": "question",
    "*": "starred",
    '"': "quotation",
}
"""What the sign of a task means that is neither done nor open, as Obsidian's themes have it."""


def state(node: Node, words: Mapping[str, str]) -> str:
    """Write the state of a task behind its box, as a sign and in words for screen readers; nothing for the usual two."""
    name = STATES.get(node.info)
    if name is None:
        return ""
    return (
        f'<span class="aikb-state aikb-state--{name}"><span>{text_of(words.get(f"task_{name}", name))}</span></span> '
    )


def alternative_of(node: Node, resolution: Resolution | None) -> str:
    """The text that stands for an image; none where it would be the name of what is private."""
    unsaid = resolution is not None and resolution.is_private and node.info == "wikilink"
    return "" if unsaid else node.alternative


def placeholder(alternative: str, words: Mapping[str, str], url: str = "", *, linked: bool = False) -> str:
    """Write what stands for an image that is missing, or that another host has: its alternative text, and its address."""
    label = words.get("image_remote" if url else "image_missing", "image")
    shown = escape(printable(unforged(words_of(alternative).strip())) or label)
    if url and not linked:
        shown = f'<a{attribute("href", url)} rel="noopener noreferrer">{shown}</a>'
    kind = "aikb-image aikb-image--remote" if url else "aikb-image aikb-image--missing"
    return f'<small class="{kind}"{attribute("title", label)}>{shown}</small>'


DIAGRAM = '<pre class="mermaid">'
"""What Material looks for."""


def diagram(node: Node) -> str:
    """Write a diagram as Material looks for it, on one line."""
    lines = text_of(unforged(node.text.removesuffix("\n"))).replace("\n", "&#10;")
    return f"{DIAGRAM}<code>{lines}</code></pre>"


POSTED = {
    "list": ('<span class="post-list" role="list">', "</span>"),
    "bullet-item": ('<span class="post-item" role="listitem">', "</span>"),
    "sign-item": ('<span class="post-item post-item--wide" role="listitem">', "</span>"),
    "sign": ('<span class="post-item post-item--wide">', "</span>"),
    "label": ("<small>", "</small>"),
}
"""What stands around lines of a post: a list, an item behind a bullet, behind a sign of the author's own, a line with a sign
that is alone, a small label."""
SLIDE_NUMBER = ('<span class="slide-number">', "</span>")
"""What stands around the number that a heading begins with."""


def formula(node: Node) -> str:
    """Write a formula as MathML; as it is written where it cannot be read."""
    display = node.kind == "math-block"
    try:
        markup = unforged(to_mathml(node.latex, display=display)).replace("<math ", '<math class="aikb-math" ', 1)
        # the author's LaTeX stays in the page, unseen, for search and for copying
        markup = f"<span hidden>{text_of(node.text)}</span>{markup}"
    except FormulaError:
        mark = "$$" if display else "$"
        markup = f"<code>{text_of(mark + node.text + mark)}</code>"
    return markup.replace("\n", " ")


def footnote_label(label: str, number: int) -> str:
    """Make an id's part of a footnote's label: the label itself if it is a word, else one with its number, from 0."""
    plain = label.replace("-", "").replace("_", "")
    return label if plain.isalnum() else f"n{number + 1}"
