"""The tree of a text as HTML, block by block, as Material's templates and stylesheet expect it. Pure; knows no engine.

Python-Markdown with the extensions that `EXTENSIONS` of the adapter names gives the same HTML; a test compares both roads. Code
is drawn by pymdownx.highlight's own class, so that its options hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from typing import Any

from markdown.extensions.toc import strip_tags
from pymdownx.highlight import Highlight

from aikb.model.node import Node
from aikb.model.site import PERMALINK, Body, Heading, Slot
from aikb.render.attributes import allowed, of_cell, of_heading, of_paragraph
from aikb.render.callouts import box_of, title_of
from aikb.render.fence import expanded, is_diagram, read_fence
from aikb.render.inlines import Inlines, attribute, attributes_of, diagram, formula, lang_attribute
from aikb.render.options import Options, Permalink
from aikb.render.slots import Slots, cut
from aikb.render.text import Numbering, Text
from aikb.text.reserved import unforged
from aikb.text.sanitize import Cleaner

_ALIGNED = {"l": "left", "c": "center", "r": "right"}
_LIKE_ALERTS = {"important": "info", "caution": "danger"}
"""Material's boxes for those of GitHub's alerts that it has no box of the same name for."""


def write_html(
    blocks: Sequence[Node | Slot], text: Text, options: Options, numbering: Numbering, prefix: str = ""
) -> Body:
    """Write a text with its footnotes. `numbering` is the page's; `prefix` keeps footnotes of several texts on it apart."""
    return _Writer(text, options, numbering, prefix).document(blocks)


def permalink(identifier: str, options: Permalink) -> str:
    """Write the mark at a heading that links to it."""
    if not options.text:
        return ""
    # ours is filled in by the tree, and `attribute` lets no mark pass
    given = attribute("title", options.title) if options.title else ""
    title = f' title="{PERMALINK}"' if options.title == PERMALINK else given
    return f'<a class="{escape(options.names)}"{attribute("href", f"#{identifier}")}{title}>{escape(options.text)}</a>'


class _Writer:
    """Writes the blocks of one text."""

    def __init__(self, text: Text, options: Options, numbering: Numbering, prefix: str) -> None:
        self._text = text
        self._options = options
        self._numbering = numbering
        self._inlines = Inlines(text, options, numbering, prefix)
        self._highlight: Any = None
        self._slots = Slots()
        self._headings: list[Heading] = []
        self._footnotes: list[Node] = []
        self._inside = False
        """Whether the blocks being written stand in an item or a footnote, which says its language at its words."""

    def document(self, blocks: Sequence[Node | Slot]) -> Body:
        """Write all blocks, and footnotes after them."""
        self._numbering.ids.update(self._text.heading_ids.values())
        html = self._blocks(blocks)
        if self._footnotes:
            html = f"{html}\n{self._notes()}"
        return Body(cut(html, self._slots.kept), tuple(self._headings))

    # Containers --------------------------------------------------------------------------------------------------------

    def _blocks(self, nodes: Sequence[Node | Slot]) -> str:
        """The blocks of one container, runs in another language in an element that says so."""
        out: list[str] = []
        cleaner: Cleaner | None = None
        open_lang = ""
        for at, node in enumerate(nodes):
            if isinstance(node, Slot):
                block = self._slots.mark(node)
            elif node.kind == "html":
                cleaner = cleaner or self._inlines.cleaner()
                block = cleaner.feed(node.text, node.start).strip("\n")
            elif _is_tab(node):
                block = self._tabs(nodes, at)
            else:
                block = self._block(node)
            if not block:
                continue
            lang = self._wrapped(node) if self._text.languages else ""
            if lang != open_lang:
                out += ["</div>"] * bool(open_lang) + [f"<div{lang_attribute(lang)}>"] * bool(lang)
                open_lang = lang
            out.append(block)
        out += ["</div>"] * bool(open_lang)
        if cleaner is not None and (rest := cleaner.close()):
            out.append(rest)
        return "\n".join(out)

    def _wrapped(self, node: Node | Slot) -> str:
        """The language that an element around a block says; a heading, and text in an item, say it themselves."""
        if isinstance(node, Slot) or node.kind in ("heading", "plain") or (node.kind == "paragraph" and self._inside):
            return ""
        return self._text.languages.get(node.start, "")

    def _block(self, node: Node) -> str:
        write = _BLOCKS.get(node.kind)
        if write is None:
            return ""
        if self._text.typeset is None or node.start not in self._text.languages:
            return write(self, node)
        before = self._inlines.within(self._text.languages[node.start])
        try:
            return write(self, node)
        finally:
            self._inlines.within(before)

    def _within(self, nodes: Sequence[Node]) -> str:
        outer, self._inside = self._inside, True
        try:
            return self._blocks(nodes)
        finally:
            self._inside = outer

    # Blocks ------------------------------------------------------------------------------------------------------------

    def _paragraph(self, node: Node) -> str:
        if pieces := self._text.around_embeds(node, self._numbering):
            return "\n".join(
                self._slots.mark(piece) if isinstance(piece, Slot) else self._paragraph(piece) for piece in pieces
            )
        if figure := self._inlines.figure(node):
            return figure
        written, children = of_paragraph(node.children)
        lang = self._text.languages.get(node.start, "") if self._inside and self._text.languages else ""
        box = self._inlines.write(children[:1]) if lang and children and children[0].kind == "task" else ""
        text = self._inlines.write(children[bool(box) :]).strip()
        if lang and text:
            text = f"{box}<span{lang_attribute(lang)}>{text}</span>"
        if node.start in self._text.block_ids:
            text += f"<a{attribute('id', self._text.block_ids[node.start])}></a>"
        if not text or node.kind == "plain":
            return text
        return f"<p{attributes_of(allowed(written))}>{text}</p>"

    def _heading(self, node: Node) -> str:
        self._numbering.level = node.level
        text = " ".join(self._inlines.write(node.children).split("\n")).strip()
        identifier = self._text.heading_ids.get(node.start, "")
        lang = self._text.languages.get(node.start, "")
        attributes = attributes_of(of_heading(node.info, identifier, lang))
        if identifier and self._options.contents[0] <= node.level <= self._options.contents[1]:
            shown = text
            for each in (each for child in node.children for each in child.walk() if each.kind == "math"):
                shown = shown.replace(formula(each), escape(each.text, quote=False))  # both forms of it would be told
            self._headings.append(Heading(node.level, identifier, strip_tags(shown), lang))
        text = "".join(f"<a{attribute('id', old)}></a>" for old in self._text.aliases.get(node.start, ())) + text
        mark = permalink(identifier, self._options.permalink) if identifier else ""
        text = mark + text if self._options.permalink.leading else text + mark
        return f"<h{node.level}{attributes}>{text}</h{node.level}>"

    def _list(self, node: Node) -> str:
        items, tasks = [], False
        for item in node.children:
            first = item.children[0] if item.children else None
            task = bool(
                first and first.kind in ("paragraph", "plain") and first.children and first.children[0].kind == "task"
            )
            tasks = tasks or task
            inner = self._within(item.children)
            opening = '<li class="task-list-item">' if task else "<li>"
            start = "" if first is None or first.kind == "plain" else "\n"
            items.append(f"{opening}{start}{inner}{chr(10) if start or len(item.children) > 1 else ''}</li>")
        name = ' class="task-list"' if tasks else ""
        lines = "\n".join(items)
        if node.level < 0:
            return f"<ul{name}>\n{lines}\n</ul>"
        first_number = f' start="{node.level}"' if node.level != 1 else ""
        return f"<ol{name}{first_number}>\n{lines}\n</ol>"

    def _definitions(self, node: Node) -> str:
        lines: list[str] = []
        for child in node.children:
            if child.kind == "defined":
                written, children = of_cell(child.children)
                text = self._inlines.write(children).strip()
                if child.start in self._text.block_ids:
                    text += f"<a{attribute('id', self._text.block_ids[child.start])}></a>"
                lines.append(f"<dt{attributes_of(allowed(written))}>{text}</dt>")
            else:
                inner, first = self._within(child.children), child.children[0] if child.children else None
                around = "" if first is None or (first.kind == "plain" and len(child.children) == 1) else "\n"
                lines.append(f"<dd>{around}{inner}{around}</dd>")
        return f"<dl>\n{chr(10).join(lines)}\n</dl>"

    def _quote(self, node: Node) -> str:
        return f"<blockquote>\n{self._blocks(node.children)}\n</blockquote>"

    def _alert(self, node: Node) -> str:
        kind = _LIKE_ALERTS.get(node.info, node.info)
        title = escape(self._text.words.get(f"alert_{node.info}", node.info.capitalize()))
        head = f'<p class="admonition-title">{title}</p>'
        return f'<div class="admonition {kind}">{head}\n{self._blocks(node.children)}\n</div>'

    def _callout(self, node: Node) -> str:
        """A box of Obsidian's; one that folds is an element of its own."""
        caption, rest = self._caption(node)
        kind, inner = box_of(node.info), self._blocks(rest)
        title = caption if caption is not None else escape(title_of(node.info, self._text.words))
        if node.text:
            opened = ' open="open"' if node.text == "+" else ""
            return f'<details class="{kind}"{opened}>\n<summary>{title}</summary>\n{inner}\n</details>'
        head = f'<p class="admonition-title">{title}</p>'
        return f'<div class="admonition {kind}">\n{head}\n{inner}\n</div>'

    def _material(self, node: Node) -> str:
        """An admonition `!!! note "Title"` or details `??? note`, open with `???+`."""
        caption, rest = self._caption(node)
        mark, *classes = re.sub(r"^(!!!|\?{3}\+?)", r"\1 ", node.info.removesuffix('""')).split()
        title = caption if caption is not None else (classes[0].capitalize() if classes else "")
        if node.info.endswith('""'):
            title = ""
        names = attribute("class", " ".join(classes)) if classes else ""
        inner = self._blocks(rest)
        if mark.startswith("???"):
            opened = ' open="open"' if mark.endswith("+") else ""
            return f"<details{names}{opened}>\n<summary>{title}</summary>\n{inner}\n</details>"
        head = f'<p class="admonition-title">{title}</p>\n' if title else ""
        return f"<div{attribute('class', ' '.join(('admonition', *classes)))}>\n{head}{inner}\n</div>"

    def _caption(self, node: Node) -> tuple[str | None, Sequence[Node]]:
        """The title of one of Material's blocks, None where it has none, and its blocks."""
        first = node.children[0] if node.children else None
        if first is None or first.kind != "caption":
            return None, node.children
        return self._inlines.write(first.children).replace("\n", " "), node.children[1:]

    def _tabs(self, nodes: Sequence[Node | Slot], at: int) -> str:
        """A set of tabs, written where its first one stands; `===!` begins another set, `===+` is the tab shown first."""
        before = nodes[at - 1] if at else None
        if isinstance(before, Node) and _is_tab(before) and not _is_tab(nodes[at], first=True):
            return ""
        end = at + 1
        while end < len(nodes) and _is_tab(nodes[end]) and not _is_tab(nodes[end], first=True):
            end += 1
        run = [node for node in nodes[at:end] if isinstance(node, Node)]
        self._numbering.tabs += 1
        number = self._numbering.tabs
        checked = next((at for at, node in enumerate(run) if "+" in node.info), 0)
        inputs, labels, blocks = [], [], []
        for place, node in enumerate(run):
            caption, rest = self._caption(node)
            name = f"__tabbed_{number}"
            state = ' checked="checked"' if place == checked else ""
            inputs.append(f'<input{state} id="{name}_{place + 1}" name="{name}" type="radio" />')
            labels.append(f'<label for="{name}_{place + 1}">{caption or ""}</label>')
            blocks.append(f'<div class="tabbed-block">\n{self._blocks(rest)}\n</div>\n')
        opening = f'<div class="tabbed-set tabbed-alternate" data-tabs="{number}:{len(run)}">{"".join(inputs)}'
        head = f'<div class="tabbed-labels">{"".join(labels)}</div>'
        return f'{opening}{head}\n<div class="tabbed-content">\n{"".join(blocks)}</div>\n</div>'

    def _code(self, node: Node) -> str:
        if self._highlight is None:
            self._highlight = Highlight(None, **self._options.highlight)
        fence = read_fence(node.info)
        if self._options.diagrams and is_diagram(fence):
            return diagram(node)
        start, step, special = (*(int(each) for each in fence.numbers.split()), -1, -1, -1)[:3]
        self._numbering.codes += 1
        html: str = self._highlight.highlight(
            unforged(node.text.removesuffix("\n")),
            fence.language,
            "highlight",
            hl_lines=expanded(fence.lines),
            linestart=start,
            linestep=step,
            linespecial=special,
            classes=list(fence.classes),
            id_value=fence.id,
            title=fence.title or None,
            code_block_count=self._numbering.codes,
        )
        return html

    def _table(self, node: Node) -> str:
        head, *rows = node.children
        align = [_ALIGNED.get(each, "") for each in node.info] or [""]
        body = "".join(self._row(row, "td", align) for row in rows)
        return f"<table>\n<thead>\n{self._row(head, 'th', align)}</thead>\n<tbody>\n{body}</tbody>\n</table>"

    def _row(self, row: Node, name: str, align: Sequence[str]) -> str:
        cells = []
        for at, side in enumerate(align):
            written, children = of_cell(row.children[at].children) if at < len(row.children) else ("", ())
            text = self._inlines.write(children).replace("\n", " ").strip()
            given = {"align": side, **dict(allowed(written))} if side else dict(allowed(written))
            cells.append(f"<{name}{attributes_of(tuple(given.items()))}>{text}</{name}>\n")
        return f"<tr>\n{''.join(cells)}</tr>\n"

    def _rule(self, _node: Node) -> str:
        return "<hr />"

    def _footnote(self, node: Node) -> str:
        self._footnotes.append(node)
        return ""

    # Footnotes ---------------------------------------------------------------------------------------------------------

    def _notes(self) -> str:
        """All footnotes, those that are referred to first, in the order of their numbers."""
        notes = {self._inlines.label(node.info): node for node in reversed(self._footnotes)}
        items = [self._note(label, self._within(notes[label].children)) for label in self._order(notes)]
        lines = "\n".join(items)
        return f'<div class="footnote">\n<ol>\n{lines}\n</ol>\n</div>'

    def _order(self, labels: Iterable[str]) -> Iterator[str]:
        """Labels of footnotes in their order, each when it is its turn: writing one may number others."""
        rest, known, at = iter(labels), set(labels), 0
        while True:
            numbered = self._inlines.numbered
            label = numbered[at] if at < len(numbered) else next(rest, "")
            at += 1
            if not label:
                return
            if label in known:
                known.remove(label)
                yield label

    def _note(self, label: str, inner: str) -> str:
        number = self._inlines.number(label)
        title = f"Jump back to footnote {number} in the text"
        count = self._inlines.references.get(label, 1)
        backs = "".join(
            f'<a class="footnote-backref" href="#fnref{at if at > 1 else ""}:{label}" title="{title}">&#8617;</a>'
            for at in range(1, count + 1)
        )
        inner = f"{inner[:-4]}&#160;{backs}</p>" if inner.endswith("</p>") else f"{inner}\n<p>{backs}</p>"
        return f'<li id="fn:{label}">\n{inner}\n</li>'


def _is_tab(node: Node | Slot, *, first: bool = False) -> bool:
    """Whether a block is one of Material's tabs; `first`, whether it begins a set of its own."""
    return isinstance(node, Node) and node.kind == "material" and node.info.startswith("===!" if first else "===")


_BLOCKS: dict[str, Callable[[_Writer, Node], str]] = {
    "paragraph": _Writer._paragraph,
    "plain": _Writer._paragraph,
    "heading": _Writer._heading,
    "list": _Writer._list,
    "definitions": _Writer._definitions,
    "quote": _Writer._quote,
    "alert": _Writer._alert,
    "callout": _Writer._callout,
    "material": _Writer._material,
    "code": _Writer._code,
    "table": _Writer._table,
    "rule": _Writer._rule,
    "footnote": _Writer._footnote,
}
