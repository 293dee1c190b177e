"""GitHub's Markdown written anew as Python-Markdown's, from the parse tree.

Python-Markdown needs a blank line before a list, four spaces of nesting, and reads `#tag` as a heading and `:` lists as
definitions; no setting makes it read notes written for GitHub: of one note's 374 bullets it shows 218. So nothing of the
source is passed on as it stands: every block is written in the one form that Python-Markdown reads as GitHub reads the
original, and every character of text that would mean something to it is escaped. What only Material knows (attribute lists,
admonitions, tabs, options of a code fence) is written as the author wrote it.

Raw HTML, formulas and placeholders are wrapped in two marks, noncharacters of Unicode, that `render/python_markdown.py` takes
out again: Python-Markdown's own reading of HTML swallows the Markdown around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape

from aikb.model.node import Node
from aikb.model.site import Body, Slot
from aikb.model.source import Span
from aikb.relate.links.resolution import Resolution
from aikb.render.added_links import with_added_links
from aikb.render.attributes import Attributes, allowed, attribute_list, of_cell, of_heading, of_paragraph
from aikb.render.callouts import FOLDS, box_of, title_of
from aikb.render.escape import (
    END_COMMENT,
    NO_ROW,
    bracketed_address,
    code_span,
    emphasis,
    escaped_text,
    indented,
    one_block,
    plain,
    prefixed,
    quoted_title,
    raw,
    raw_block,
    safe_lines,
    would_merge,
)
from aikb.render.inlines import ADDED, ELEMENTS, STATES, figure, footnote_label, formula, hashtag, placeholder, state
from aikb.render.kept import written_text
from aikb.render.list_lines import definition_lines, list_lines
from aikb.render.options import Options
from aikb.render.pictures import code_block, picture
from aikb.render.slots import Slots
from aikb.render.text import Numbering, Text
from aikb.render.verbatim import Lines, Stretches, stretches
from aikb.text.reserved import unforged
from aikb.text.sanitize import Cleaner
from aikb.text.tags import Token


def write_markdown(
    blocks: Sequence[Node | Slot], text: Text, numbering: Numbering, options: Options, prefix: str
) -> Body:
    """Write a text for Python-Markdown, footnotes at its end; its slots are marks in raw blocks."""
    kept, comments = options.road.patterns if text.written else (None, None)
    found = stretches(text.written, options.road.lines, options.road.pairs)
    return Writer(text, numbering, prefix, kept, comments, options.diagrams, found).body(blocks)


@dataclass(slots=True)
class Writer:
    """Writes the blocks of one document."""

    text: Text
    numbering: Numbering
    prefix: str = ""
    kept: re.Pattern[str] | None = None
    comments: re.Pattern[str] | None = None
    diagrams: bool = False
    stretches: Stretches = field(default_factory=Stretches)
    slots: Slots = field(default_factory=Slots)
    lang: str = ""
    _footnotes: list[Node] = field(default_factory=list)
    _labels: dict[str, str] = field(default_factory=dict)
    _inside: bool = False
    """Whether the blocks being written stand in an item or a footnote, whose first line must be text."""

    def body(self, blocks: Sequence[Node | Slot]) -> Body:
        """The whole text as a body that has to be converted."""
        self.lang = self.text.lang
        self.numbering.ids.update(self.text.heading_ids.values())
        return Body(markdown=self.document(blocks), pieces=tuple(self.slots.kept))

    def document(self, blocks: Sequence[Node | Slot]) -> str:
        """The whole text, footnotes at its end."""
        lines = self.blocks(blocks)
        for note in self._footnotes:
            inner = self._within(self.blocks, note.children)
            if not inner or note.children[0].kind not in ("plain", "paragraph"):
                inner = [raw(""), "", *inner]  # only text may stand on the line of the label
            lines += ["", f"[^{self._label(note.info)}]: {inner[0]}", *indented(inner[1:])]
        return "\n".join(lines).strip("\n") + "\n"

    def _label(self, label: str) -> str:
        """A footnote's label as Python-Markdown can read it."""
        return self._labels.setdefault(label, self.prefix + footnote_label(label, len(self._labels)))

    def blocks(self, nodes: Sequence[Node | Slot]) -> list[str]:
        """The blocks of one container as lines, with a blank line between them."""
        lines: list[str] = []
        cleaner = Cleaner(self._html_link, self.numbering.claim, self.text.size_at)
        previous: Node | Slot | Lines | None = None
        spoken = ""
        for node in self.stretches.grouped(nodes) if self.stretches.spans else nodes:
            if isinstance(node, Slot):
                block, lang = [raw_block(self.slots.mark(node))], ""
            elif isinstance(node, Lines):
                block, lang = list(node.lines), ""
            else:
                block = self._html(node, cleaner) if node.kind == "html" else self.block(node)
                lang = self._wrapped(node)
            if not block:
                continue
            if spoken and lang != spoken:
                lines += ["", raw_block("</div>")]
            if lines:
                lines.append("")
            if lang != spoken:
                lines += [raw_block(f'<div lang="{escape(lang)}">'), ""] if lang else []
                spoken = lang
            elif isinstance(previous, Node) and isinstance(node, Node) and would_merge(previous, node):
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
        itself = node.kind in ("heading", "plain") or (node.kind == "paragraph" and self._inside)
        return "" if itself or not self.text.languages else self.text.languages.get(node.start, "")

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
        if self.text.typeset is None or node.start not in self.text.languages:
            return write(self, node)
        outer, self.lang = self.lang, self.text.languages[node.start]
        try:
            return write(self, node)
        finally:
            self.lang = outer

    def _paragraph(self, node: Node) -> list[str]:
        if pieces := self.text.around_embeds(node, self.numbering):
            return self.blocks(pieces)
        if figured := figure(node, self.text):
            return raw_block(figured).split("\n")
        attributes, children = of_paragraph(node.children)
        lang = self.text.languages.get(node.start, "") if self._inside and self.text.languages else ""
        box = self.inline(children[:1]) if lang and children and children[0].kind == "task" else ""
        lines = safe_lines(self.inline(children[bool(box) :]), self.kept)
        if lang and lines:
            lines[0] = box + raw(f'<span lang="{escape(lang)}">') + lines[0]
            lines[-1] += raw("</span>")
        if node.start in self.text.block_ids:
            lines = lines or [""]
            lines[-1] += self._block_id(node)
        if lines and (given := attribute_list(allowed(attributes))):
            lines.append(given)
        return lines

    def _heading(self, node: Node) -> list[str]:
        self.numbering.level = node.level
        text = " ".join(self.inline(node.children).split("\n")).strip()
        text = re.sub(r"(?<!#)#+$", lambda match: match[0].replace("#", "\\#"), text) or raw("")
        identifier, lang = self.text.heading_ids.get(node.start, ""), self.text.languages.get(node.start, "")
        attributes = attribute_list(of_heading(node.info, identifier, lang))
        text = "".join(raw(f'<a id="{escape(old)}"></a>') for old in self.text.aliases.get(node.start, ())) + text
        return ["#" * node.level + f" {text}" + (f" {attributes}" if attributes else "")]

    def _list(self, node: Node) -> list[str]:
        return list_lines(node, self._item)

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
        return [f"{marker}{body[0]}", *indented(body[1:])]

    def _tight(self, children: Sequence[Node]) -> list[str]:
        """A tight item: its text, and its lists right under it."""
        lines: list[str] = []
        previous: Node | None = None
        for child in children:
            if previous and (would_merge(previous, child) or child.kind == "plain"):
                lines += ["", raw_block(""), ""] if child.kind == "list" else [""]
            lines += self.block(child)
            previous = child
        return lines

    def _definitions(self, node: Node) -> list[str]:
        return definition_lines(node, self._item, self._defined)

    def _defined(self, node: Node) -> str:
        written, children = of_cell(node.children)
        given, text = attribute_list(allowed(written)), " ".join(safe_lines(self.inline(children))) or raw("")
        return f"{text}{self._block_id(node)} {given}".rstrip()

    def _block_id(self, node: Node) -> str:
        """Obsidian's id of a block, or that of a term."""
        identifier = self.text.block_ids.get(node.start, "")
        return raw(f'<a id="{escape(identifier)}"></a>') if identifier else ""

    def _quote(self, node: Node) -> list[str]:
        return prefixed(self.blocks(node.children) or [raw("")], ">")

    def _alert(self, node: Node) -> list[str]:
        kind = {"important": "info", "caution": "danger"}.get(node.info, node.info)
        title = escape(self.text.words.get(f"alert_{node.info}", node.info.capitalize()))
        opening = raw_block(f'<div class="admonition {kind}"><p class="admonition-title">{title}</p>')
        return [opening, "", *self.blocks(node.children), "", raw_block("</div>")]

    def _callout(self, node: Node) -> list[str]:
        """Obsidian's box in Material's words for one, `!!! note "Title"`; one that folds is `???`, open `???+`."""
        first = node.children[0] if node.children else None
        titled = first is not None and first.kind == "caption"
        caption = self.inline(first.children).replace("\n", " ") if first is not None and titled else ""
        title = caption or plain(title_of(node.info, self.text.words))
        inner = self.blocks(node.children[titled:]) or [raw_block("")]
        return [f'{FOLDS[node.text]} {box_of(node.info)} "{title}"', "", *indented(inner)]

    def _material(self, node: Node) -> list[str]:
        first = node.children[0] if node.children else None
        caption = self.inline(first.children).replace("\n", " ") if first and first.kind == "caption" else ""
        return [f'{node.info} "{caption}"' if caption else node.info, "", *indented(self.blocks(node.children))]

    def _code(self, node: Node) -> list[str]:
        return code_block(node, diagrams=self.diagrams)

    def _table(self, node: Node) -> list[str]:
        head, *rows = node.children
        width = max(len(node.info), 1)
        marks = {"l": ":---", "c": ":---:", "r": "---:"}
        lines = [self._row(head, width), "| " + " | ".join(marks.get(each, "---") for each in node.info) + " |"]
        return lines + ([self._row(row, width) for row in rows] or [f"| {NO_ROW} |"])

    def _row(self, row: Node, width: int) -> str:
        cells = [self._cell(cell).replace("\n", " ").strip() for cell in row.children]
        cells += [""] * (width - len(cells))
        return "| " + " | ".join(cells[:width]) + " |"

    def _cell(self, cell: Node) -> str:
        written, children = of_cell(cell.children)
        given = attribute_list(allowed(written))
        return f"{self.inline(children, table=True)} {given}" if given else self.inline(children, table=True)

    def _rule(self, _node: Node) -> list[str]:
        return ["---"]

    def _footnote(self, node: Node) -> list[str]:
        self._footnotes.append(node)
        return []

    def _html(self, node: Node, cleaner: Cleaner) -> list[str]:
        if self.comments and self.comments.fullmatch(node.text.strip()):
            return f"{node.text.strip()}{END_COMMENT}".split("\n")
        markup = one_block(cleaner.feed(node.text, node.start))
        return raw_block(markup).split("\n") if markup else []

    def inline(self, nodes: Sequence[Node], *, table: bool = False, linked: bool = False) -> str:
        """Inlines as one text; `linked` inside a link, where no other link may stand."""
        out: list[str] = []
        cleaner = Cleaner(self._html_link, self.numbering.claim, self.text.size_at)
        if self.text.adds_links and nodes and not linked and (found := self.text.mentions_in(nodes)):
            nodes = with_added_links(nodes, found)
        rest: str | None = None
        for at, node in enumerate(nodes):
            following = nodes[at + 1] if at + 1 < len(nodes) else None
            before = "".join(out[-1:])
            if node.kind == "tag":
                read = self.comments and self.comments.fullmatch(node.text)
                markup = "" if read else cleaner.feed(node.text, node.start).replace("\n", " ")
                out.append(node.text + END_COMMENT if read else raw(markup) if markup else "")
            elif node.kind == "text":
                text = node.text if rest is None else rest
                text = self.text.typeset(text, self.lang) if self.text.typeset else text
                written = written_text(node, self.text.written) if rest is None else ""
                out.append(escaped_text(text, following, table=table, after=before, kept=self.kept, written=written))
                rest = None
            else:
                given, rest = self.text.attributes(nodes, at, linked=linked)
                out.append(self._inline(node, following, before, given, table=table, linked=linked))
        if left := cleaner.close():
            out.append(raw(left))
        return "".join(out)

    def _added(self, node: Node, *, table: bool) -> str:
        """A link that aikb adds; as markup, so that it costs a reading of Markdown no second look."""
        resolution, term = self.text.resolution(node), f' data-term="{escape(node.info)}"' if node.info else ""
        address = escape(bracketed_address(self.text.url(resolution or Resolution("term", node.info))))
        opening = f'<a class="{ADDED[node.kind]}"{term} href="{address}">'
        if len(node.children) == 1 and node.children[0].kind == "text":
            return raw(f"{opening}{escape(node.children[0].text, quote=False).replace('|', '&#124;')}</a>")
        return raw(opening) + self.inline(node.children, table=table, linked=True) + raw("</a>")

    def _inline(
        self, node: Node, following: Node | None, before: str, given: Attributes, *, table: bool, linked: bool
    ) -> str:
        kind = node.kind
        if kind == "hard-break" or (kind == "soft-break" and self.text.breaks):
            return raw("<br>") + ("" if table else "\n")
        if kind == "soft-break":
            return "\n"
        if kind == "code-span":
            return code_span(node.text, given, table=table)
        if kind in ELEMENTS:
            return emphasis(node, self.inline(node.children, table=table, linked=linked), before, following, given)
        if kind == "link":
            return self._link(node, table, linked) + attribute_list(given)
        if kind in ADDED:
            return self._added(node, table=table)
        if kind == "image":
            return picture(node, self.text, given, linked=linked)
        if kind in ("math", "math-block"):
            return raw(formula(node))
        if kind == "task":
            done = "x" if node.info == "x" else " "
            return f"[{done}] {raw(state(node, self.text.words))}" if node.info in STATES else f"[{done}] "
        if kind == "hashtag":
            return raw(hashtag(node, self.text.tag_url(node.info), linked=linked).replace("|", "&#124;"))
        if kind == "footnote-ref":
            return f"[^{self._label(node.info)}]"
        return ""

    def _link(self, node: Node, table: bool, linked: bool) -> str:
        if node.info == "wikilink" and self.kept and self.kept.fullmatch(read := written_text(node, self.text.written)):
            return read  # `[[ x ]]`, where these are the signs of a plugin
        text = self.inline(node.children, table=table, linked=True)
        resolution = self.text.resolutions.get(Span(node.start, node.end))
        if resolution is None or linked or resolution.kind == "empty":
            return text
        if resolution.kind == "broken":
            hint = escape(self.text.words.get("link_broken", ""))
            opening = raw(f'<span class="aikb-broken" title="{hint}">')
            return text if node.info == "wikilink" else opening + text + raw("</span>")
        address = self._address(resolution)
        if not text.strip():
            text = raw("")
        mention = self.text.mentions.get(Span(node.start, node.end))
        term = f'{{: data-term="{mention.concept}" }}' if mention is not None else ""
        return f"[{text}](<{address}>{quoted_title(node.title or self.text.preview(resolution))}){term}"

    def _html_link(self, token: Token, span: Span) -> tuple[str, str]:
        resolution = self.text.resolutions.get(span)
        if resolution is None:
            return "", ""
        if token.name == "img" and resolution.kind != "asset":
            return "", placeholder(token.get("alt") or "", self.text.words, resolution.url)
        if resolution.kind in ("broken", "empty"):
            return "", ""
        return self._address(resolution), ""

    def _address(self, resolution: Resolution) -> str:
        return bracketed_address(unforged(resolution.url) or self.text.url(resolution))


_BLOCKS: dict[str, Callable[[Writer, Node], list[str]]] = {
    "paragraph": Writer._paragraph,
    "plain": Writer._paragraph,
    "heading": Writer._heading,
    "list": Writer._list,
    "definitions": Writer._definitions,
    "quote": Writer._quote,
    "alert": Writer._alert,
    "callout": Writer._callout,
    "material": Writer._material,
    "code": Writer._code,
    "table": Writer._table,
    "rule": Writer._rule,
    "footnote": Writer._footnote,
}
