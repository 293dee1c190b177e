"""GitHub's Markdown written anew as Python-Markdown's, from the parse tree.

Python-Markdown needs a blank line before a list, four spaces of nesting, and reads `#tag` as a heading and `:` lists as
definitions; no setting makes it read notes written for GitHub: of one note's 374 bullets it shows 218. So nothing of the
source is passed on as it stands: every block is written in the one form that Python-Markdown reads as GitHub reads the
original, and every character of text that would mean something to it is escaped. What only Material knows (attribute lists,
admonitions, tabs, options of a code fence) is written as the author wrote it.

Raw HTML, formulas and placeholders are wrapped in two comments, `<!--html-->` or `<!--block-->` and `<!--/html-->`, that
`adapters/python_markdown.py` takes out again: Python-Markdown's own reading of HTML swallows the Markdown around it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape

from aikb.model.node import Node
from aikb.model.source import Span
from aikb.relate.mentions import Mention
from aikb.relate.resolve import Resolution
from aikb.render.escape import (
    LAST_ATTRIBUTES,
    bracketed_address,
    code_span,
    emphasis,
    escaped_text,
    fence,
    fence_options,
    footnote_label,
    formula,
    quoted_title,
    raw,
    raw_block,
    safe_attributes,
    safe_lines,
    split_attributes,
)
from aikb.render.term_links import with_term_links
from aikb.text.sanitize import Cleaner
from aikb.text.tags import Token

Href = Callable[[Resolution], str]
"""How a page or an asset is addressed from here; an adapter's page links are relative paths of Markdown files."""


@dataclass(slots=True)
class Writer:
    """Writes the blocks of one document."""

    resolutions: Mapping[Span, Resolution] = field(default_factory=dict)
    href: Href = lambda resolution: resolution.path
    heading_ids: dict[int, str] = field(default_factory=dict)
    """By offset of the heading."""
    aliases: dict[int, tuple[str, ...]] = field(default_factory=dict)
    """Older ids of a heading, by its offset."""
    block_ids: dict[int, str] = field(default_factory=dict)
    """Obsidian's `^id` of a block, by its offset."""
    words: dict[str, str] = field(default_factory=dict)
    """The interface's words in the language of the text."""
    mentions: dict[Span, Mention] = field(default_factory=dict)
    """The terms that become links or are linked to, in the order of the text."""
    languages: dict[int, str] = field(default_factory=dict)
    """By offset of the block: its language, where it is not the text's."""
    spelled: Callable[[str, str], str] | None = None
    """How a text of a language is set, if not as it is written: its punctuation."""
    lang: str = ""
    """The language of the text, for `spelled`."""
    embedded: Callable[[Resolution], list[str]] = lambda _resolution: []
    """What stands in place of an embed of a part of another page, as lines; none where it is shown as a link."""
    preview: Callable[[Resolution], str] = lambda _resolution: ""
    """What a link's tooltip says, where its author gave it no title."""
    _footnotes: list[Node] = field(default_factory=list)
    _labels: dict[str, str] = field(default_factory=dict)
    _ids: set[str] = field(default_factory=set)
    _term_links: tuple[list[int], list[Mention]] | None = None
    _inside: bool = False
    """Whether the blocks being written stand in an item or a footnote, whose first line must be text."""

    def document(self, blocks: Sequence[Node]) -> str:
        """The whole text, footnotes at its end."""
        lines = self.blocks(blocks)
        for note in self._footnotes:
            inner = self._within(self.blocks, note.children) or [raw("")]
            lines += ["", f"[^{self._label(note.info)}]: {inner[0]}", *_indented(inner[1:])]
        return "\n".join(lines).strip("\n") + "\n"

    def _claim(self, identifier: str) -> bool:
        """Whether an id in raw HTML is the first of its name on the page; headings have theirs."""
        if not self._ids:
            self._ids.update(self.heading_ids.values())
        free = identifier not in self._ids
        self._ids.add(identifier)
        return free

    def _label(self, label: str) -> str:
        """A footnote's label as Python-Markdown can read it."""
        return self._labels.setdefault(label, footnote_label(label, len(self._labels)))

    # Blocks ----------------------------------------------------------------------------------------------------------

    def blocks(self, nodes: Sequence[Node]) -> list[str]:
        """The blocks of one container as lines, with a blank line between them."""
        lines: list[str] = []
        cleaner = Cleaner(self._html_link, self._claim)
        previous: Node | None = None
        spoken = ""
        for node in nodes:
            block = self._html(node, cleaner) if node.kind == "html" else self.block(node)
            if not block:
                continue
            lang = self._wrapped(node)
            if spoken and lang != spoken:
                lines += ["", raw_block("</div>")]
            if lines:
                lines.append("")
            if lang != spoken:
                lines += [raw_block(f'<div lang="{escape(lang)}">'), ""] if lang else []
                spoken = lang
            elif previous and _would_merge(previous, node):
                lines += [raw_block(""), ""]
            lines += block
            previous = node
        if spoken:
            lines += ["", raw_block("</div>")]
        if rest := cleaner.close():
            lines += ["", raw_block(rest)]
        return lines

    def _wrapped(self, node: Node) -> str:
        """The language of a block that an element around it says; a heading, and text in an item, say it themselves."""
        itself = node.kind in ("heading", "plain", "made") or (node.kind == "paragraph" and self._inside)
        return "" if itself or not self.languages else self.languages.get(node.start, "")

    def _within(self, write: Callable[[Sequence[Node]], list[str]], nodes: Sequence[Node]) -> list[str]:
        outer, self._inside = self._inside, True
        try:
            return write(nodes)
        finally:
            self._inside = outer

    def block(self, node: Node) -> list[str]:
        """One block as lines; none for what is written elsewhere."""
        write = _BLOCKS.get(node.kind)
        if write is None:
            return []
        if self.spelled is None or node.start not in self.languages:
            return write(self, node)
        outer, self.lang = self.lang, self.languages[node.start]
        try:
            return write(self, node)
        finally:
            self.lang = outer

    def _paragraph(self, node: Node) -> list[str]:
        only = node.children[0] if len(node.children) == 1 else None
        resolution = self.resolutions.get(Span(only.start, only.end)) if only is not None else None
        if only is not None and only.kind == "image" and resolution is not None and resolution.kind == "page":
            lines = self.embedded(resolution)
            if lines:
                return lines
        lines = safe_lines(self.inline(node.children))
        lang = self.languages.get(node.start, "") if self._inside and self.languages else ""
        if lang and lines:
            lines[0] = raw(f'<span lang="{escape(lang)}">') + lines[0]
            lines[-1] += raw("</span>")
        if node.start in self.block_ids and lines:
            lines[-1] += raw(f'<a id="{escape(self.block_ids[node.start])}"></a>')
        return lines

    def _heading(self, node: Node) -> list[str]:
        text = " ".join(self.inline(node.children).split("\n")).strip()
        text = re.sub(r"(?<!#)#+$", lambda match: match[0].replace("#", "\\#"), text) or raw("")
        identifier = self.heading_ids.get(node.start, "")
        others = [word for word in node.info.split() if re.fullmatch(r"\.[\w-]+|data-[\w-]+=[\w-]+", word)]
        if lang := self.languages.get(node.start):
            others.append(f'lang="{escape(lang)}"')
        text = "".join(raw(f'<a id="{escape(old)}"></a>') for old in self.aliases.get(node.start, ())) + text
        attributes = " ".join([f'id="{escape(identifier)}"'] * bool(identifier) + others)
        return ["#" * node.level + f" {text}" + (f" {{{attributes}}}" if attributes else "")]

    def _list(self, node: Node) -> list[str]:
        lines: list[str] = []
        loose = any(child.kind == "paragraph" for item in node.children for child in item.children)
        gap = "  " if loose else " "  # a second space tells a loose list from a tight one where it has one item only
        for number, item in enumerate(node.children, max(node.level, 0)):
            marker = "-" if node.level < 0 else f"{number}."
            if lines and loose:
                lines.append("")
            lines += self._item(item, marker + gap)
        return lines

    def _item(self, item: Node, marker: str) -> list[str]:
        children = list(item.children)
        first = children[0] if children else None
        if first is None or first.kind not in ("plain", "paragraph") or not self.inline(first.children).strip():
            # Python-Markdown wants text on the line of the marker
            body = [raw("")]
            rest = self._within(self.blocks, children)
            body += ["", *rest] if rest else []
        elif first.kind == "plain" and all(child.kind in ("plain", "list") for child in children):
            body = self._within(self._tight, children)
        else:
            body = self._within(self.blocks, children)
        return [f"{marker}{body[0]}", *_indented(body[1:])]

    def _tight(self, children: Sequence[Node]) -> list[str]:
        """A tight item: its text, and its lists right under it."""
        lines: list[str] = []
        previous: Node | None = None
        for child in children:
            if previous and (_would_merge(previous, child) or child.kind == "plain"):
                lines += ["", raw_block(""), ""] if child.kind == "list" else [""]
            lines += self.block(child)
            previous = child
        return lines

    def _quote(self, node: Node) -> list[str]:
        return _prefixed(self.blocks(node.children) or [raw("")], ">")

    def _alert(self, node: Node) -> list[str]:
        kind = {"important": "info", "caution": "danger"}.get(node.info, node.info)
        title = escape(self.words.get(f"alert_{node.info}", node.info.capitalize()))
        opening = raw_block(f'<div class="admonition {kind}"><p class="admonition-title">{title}</p>')
        return [opening, "", *self.blocks(node.children), "", raw_block("</div>")]

    def _material(self, node: Node) -> list[str]:
        first = node.children[0] if node.children else None
        caption = (
            self.inline(first.children).replace("\n", " ") if first is not None and first.kind == "caption" else ""
        )
        return [f'{node.info} "{caption}"' if caption else node.info, "", *_indented(self.blocks(node.children))]

    def _code(self, node: Node) -> list[str]:
        marks = fence(node.text, 3)
        return [marks + fence_options(node.info), *node.text.removesuffix("\n").split("\n"), marks]

    def _table(self, node: Node) -> list[str]:
        head, *rows = node.children
        width = max(len(node.info), 1)
        marks = {"l": ":---", "c": ":---:", "r": "---:"}
        lines = [self._row(head, width), "| " + " | ".join(marks.get(each, "---") for each in node.info) + " |"]
        return lines + [self._row(row, width) for row in rows]

    def _row(self, row: Node, width: int) -> str:
        cells = [self._cell(cell).replace("\n", " ").strip() for cell in row.children]
        cells += [""] * (width - len(cells))
        return "| " + " | ".join(cells[:width]) + " |"

    def _cell(self, cell: Node) -> str:
        last = cell.children[-1] if cell.children else None
        match = LAST_ATTRIBUTES.search(last.text) if last is not None and last.kind == "text" else None
        if last is None or match is None:
            return self.inline(cell.children, table=True)
        rest = replace(last, text=last.text[: match.start()])
        return f"{self.inline((*cell.children[:-1], rest), table=True)} {safe_attributes(match[0])}"

    def _rule(self, _node: Node) -> list[str]:
        return ["---"]

    def _made(self, node: Node) -> list[str]:
        return [node.text]

    def _footnote(self, node: Node) -> list[str]:
        self._footnotes.append(node)
        return []

    def _html(self, node: Node, cleaner: Cleaner) -> list[str]:
        markup = cleaner.feed(node.text, node.start).strip("\n")
        if "<pre" in markup:
            markup = markup.replace("\n", "&#10;")
        markup = "\n".join(line for line in markup.split("\n") if line.strip())  # a blank line would end the block
        markup = markup.replace("```", "&#96;&#96;&#96;").replace("~~~", "&#126;&#126;&#126;")  # no fence opens in HTML
        return raw_block(markup).split("\n") if markup else []

    # Inlines ---------------------------------------------------------------------------------------------------------

    def inline(self, nodes: Sequence[Node], *, table: bool = False, linked: bool = False) -> str:
        """Inlines as one text; `linked` inside a link, where no other link may stand."""
        out: list[str] = []
        cleaner = Cleaner(self._html_link, self._claim)
        if self.mentions and nodes and not linked and (found := self._mentions_in(nodes)):
            nodes = with_term_links(nodes, found)
        for index, node in enumerate(nodes):
            previous = nodes[index - 1] if index else None
            following = nodes[index + 1] if index + 1 < len(nodes) else None
            if node.kind == "tag":
                markup = cleaner.feed(node.text, node.start).replace("\n", " ")
                out.append(raw(markup) if markup else "")
            else:
                before = "".join(out[-1:])
                attributes, node = split_attributes(node, previous, following, before)
                out.append(attributes + self._inline(node, following, before, table, linked))
        if rest := cleaner.close():
            out.append(raw(rest))
        return "".join(out)

    def _mentions_in(self, nodes: Sequence[Node]) -> Sequence[Mention]:
        """The mentions in these inlines that become links."""
        if self._term_links is None:
            links = sorted(
                (each for each in self.mentions.values() if each.kind == "link"), key=lambda each: each.span.start
            )
            self._term_links = [each.span.start for each in links], links
        starts, links = self._term_links
        first = bisect_left(starts, nodes[0].start)
        return links[first : bisect_left(starts, nodes[-1].end, first)] if first < len(starts) else ()

    def _term(self, node: Node, *, table: bool) -> str:
        """A mention of a term as a link; as markup, so that it costs a reading of Markdown no second look."""
        address = bracketed_address(self.href(Resolution("term", node.info)))
        opening = f'<a class="aikb-term" data-term="{escape(node.info)}" href="{escape(address)}">'
        if len(node.children) == 1 and node.children[0].kind == "text":
            return raw(f"{opening}{escape(node.children[0].text, quote=False).replace('|', '&#124;')}</a>")
        return raw(opening) + self.inline(node.children, table=table, linked=True) + raw("</a>")

    def _inline(self, node: Node, following: Node | None, before: str, table: bool, linked: bool) -> str:
        kind = node.kind
        if kind == "text":
            text = self.spelled(node.text, self.lang) if self.spelled else node.text
            return escaped_text(text, following, table=table, after=before)
        if kind == "soft-break":
            return "\n"
        if kind == "hard-break":
            return raw("<br>") + ("" if table else "\n")
        if kind == "code-span":
            return code_span(node.text, table=table)
        if kind in ("emphasis", "strong", "strike"):
            return emphasis(node, self.inline(node.children, table=table, linked=linked), before, following)
        if kind == "link":
            return self._link(node, table, linked)
        if kind == "term":
            return self._term(node, table=table)
        if kind == "image":
            return self._image(node, linked)
        if kind in ("math", "math-block"):
            return formula(node)
        if kind == "task":
            return f"[{node.info or ' '}] "
        if kind == "footnote-ref":
            return f"[^{self._label(node.info)}]"
        return ""

    def _link(self, node: Node, table: bool, linked: bool) -> str:
        text = self.inline(node.children, table=table, linked=True)
        resolution = self.resolutions.get(Span(node.start, node.end))
        if resolution is None or linked or resolution.kind == "empty":
            return text
        if resolution.kind == "broken":
            if node.info == "wikilink":
                return text
            hint = escape(self.words.get("link_broken", ""))
            return raw(f'<span class="aikb-broken" title="{hint}">') + text + raw("</span>")
        address = bracketed_address(resolution.url or self.href(resolution))
        if not text.strip():
            text = raw("")
        mention = self.mentions.get(Span(node.start, node.end))
        term = f'{{: data-term="{mention.concept}" }}' if mention is not None else ""
        return f"[{text}](<{address}>{quoted_title(node.title or self.preview(resolution))}){term}"

    def _image(self, node: Node, linked: bool) -> str:
        alternative = node.alternative
        resolution = self.resolutions.get(Span(node.start, node.end))
        if resolution is not None and resolution.kind == "asset":
            if node.info == "wikilink":
                alternative = ""
            address = bracketed_address(self.href(resolution))
            return f"![{escaped_text(alternative, None)}](<{address}>{quoted_title(node.title)})"
        if resolution is not None and resolution.kind == "page":  # an embedded note, shown as a link
            return f"[{escaped_text(alternative, None)}](<{bracketed_address(self.href(resolution))}>)"
        url = resolution.url if resolution is not None and resolution.kind == "external" else ""
        return raw(self.placeholder(alternative, url, linked=linked))

    def placeholder(self, alternative: str, url: str = "", *, linked: bool = False) -> str:
        """What stands for an image that is missing, or that another host has: its alternative text, and its address."""
        label = self.words.get("image_remote" if url else "image_missing", "image")
        shown = escape(alternative.strip() or label)
        if url and not linked:
            shown = f'<a href="{escape(url)}" rel="noopener noreferrer">{shown}</a>'
        kind = "aikb-image aikb-image--remote" if url else "aikb-image aikb-image--missing"
        return f'<small class="{kind}" title="{escape(label)}">{shown}</small>'

    def _html_link(self, token: Token, span: Span) -> tuple[str, str]:
        resolution = self.resolutions.get(span)
        if resolution is None:
            return "", ""
        if token.name == "img" and resolution.kind != "asset":
            return "", self.placeholder(token.get("alt") or "", resolution.url)
        if resolution.kind in ("broken", "empty"):
            return "", ""
        return resolution.url or bracketed_address(self.href(resolution)), ""


_BLOCKS: dict[str, Callable[[Writer, Node], list[str]]] = {
    "paragraph": Writer._paragraph,
    "plain": Writer._paragraph,
    "heading": Writer._heading,
    "list": Writer._list,
    "quote": Writer._quote,
    "alert": Writer._alert,
    "material": Writer._material,
    "code": Writer._code,
    "table": Writer._table,
    "rule": Writer._rule,
    "footnote": Writer._footnote,
    "made": Writer._made,
}


# Small pieces --------------------------------------------------------------------------------------------------------


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"    {line}" if line else "" for line in lines]


def _prefixed(lines: Sequence[str], prefix: str) -> list[str]:
    return [f"{prefix} {line}" if line else prefix for line in lines]


def _would_merge(previous: Node, node: Node) -> bool:
    """Whether Python-Markdown would make one block of these two neighbours."""
    if previous.kind != node.kind:
        return previous.kind == "list" and node.kind == "code"
    return node.kind in ("quote", "list", "alert", "table")
