"""Inlines as Python-Markdown must be told them: every character that would mean something to it or to an extension escaped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape

from aikb.model.node import Node
from aikb.render.attributes import Attributes, attribute_list
from aikb.render.inlines import attributes_of
from aikb.render.kept import escape_around
from aikb.text.reserved import unforged
from aikb.text.tags import tokens

RAW, RAW_BLOCK, END_RAW = "\ufdd9", "\ufdda", "\ufddb"
"""Around markup that is put aside unread by `render/python_markdown.py`: inside a line, or as a block. No text from outside
can hold them."""


END_COMMENT = "\ufdd3"
"""After a comment that a plugin or a hook may look for; what none of them took is left out with it."""


def without_marks(html: str) -> str:
    """Leave out marks that are left where an extension has taken a text for something else."""
    if html.isascii():
        return html
    return html.replace(RAW, "").replace(RAW_BLOCK, "").replace(END_RAW, "").replace(END_COMMENT, "")


NO_ROW = "\ufddc"
"""The only cell of the row of a table that has a head only; `render/python_markdown.py` takes it out."""


FOOTNOTES = "\ufdde"
"""A paragraph in whose place a text's footnotes are put; without one they stand at the end, below all furniture."""


def raw(markup: str) -> str:
    """Markup inside a line."""
    return f"{RAW}{markup}{END_RAW}"


def raw_block(markup: str) -> str:
    """Markup as a block."""
    return f"{RAW_BLOCK}{markup}{END_RAW}"


def unbroken(markup: str) -> str:
    """Markup on one line, which can stand anywhere in a text: no reader of lines takes a part of it for something else."""
    if "\n" not in markup and "\t" not in markup:
        return markup
    parts, done = [], 0
    for token in tokens(markup):
        if token.kind not in ("open", "close"):
            continue
        parts += [markup[done : token.start].translate(_AS_ENTITIES), " ".join(markup[token.start : token.end].split())]
        done = token.end
    return "".join([*parts, markup[done:].translate(_AS_ENTITIES)])


_AS_ENTITIES = {ord("\n"): "&#10;", ord("\t"): "&#9;"}


def one_block(markup: str) -> str:
    """Raw HTML that Python-Markdown takes for one block: no line of it is blank, and no fence opens in it."""
    markup = markup.strip("\n")
    if "<pre" in markup:
        markup = markup.replace("\n", "&#10;")
    markup = "\n".join(line for line in markup.split("\n") if line.strip())
    return markup.replace("```", "&#96;&#96;&#96;").replace("~~~", "&#126;&#126;&#126;")


def fence(text: str, least: int = 1) -> str:
    """Backticks that nothing in a text could end."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    return "`" * max(least, longest + 1)


_SPECIAL = re.compile(r"[\\`*_\[\]<]|&(?=#?\w+;)|\{")
_ENTITIES = {"<": "&lt;", "&": "&amp;"}


def escaped_text(
    text: str,
    following: Node | None,
    table: bool = False,  # noqa: FBT002 - one of five that a writer hands on
    after: str = "",
    kept: re.Pattern[str] | None = None,
    written: str = "",
) -> str:
    """Plain text with everything escaped that Python-Markdown or an extension of Material would read as markup.

    What `kept` finds is left to an extension; `written` is the text in its source.
    """
    text = escape_around(text, written, kept, _escape) if kept else _escape(text)
    if text.endswith("!") and following is not None and following.kind in ("link", "term", "reference", "footnote-ref"):
        text = text[:-1] + "\\!"
    if text.startswith("(") and after.endswith("]"):
        text = "\\" + text
    return text.replace("|", "&#124;") if table else text


def plain(text: str) -> str:
    """A text that means nothing but itself, on one line."""
    return _escape(" ".join(text.split()))


def _escape(text: str) -> str:
    return _SPECIAL.sub(lambda match: _ENTITIES.get(match[0]) or f"\\{match[0]}", unforged(text))


_LINE_STARTS = re.compile(
    r"^(?:(?P<escaped>#|[-+](?=\s|-|$)|!(?=!!))|(?P<number>\d+)(?=[.)](?:\s|$))|(?P<entity>>|=(?=[=\s]|$)|\?(?=\?\?)|[:~](?=\s)|~(?=~~)))"
)


def safe_lines(text: str, kept: re.Pattern[str] | None = None) -> list[str]:
    """The lines of a paragraph, none of which begins a block, but for what an extension reads."""
    lines = []
    for number, line in enumerate(text.split("\n")):
        line = line.strip(" \t") if number else line.lstrip(" \t")
        if not line:
            continue
        match = None if kept and kept.match(line) else _LINE_STARTS.match(line)
        if match and match["escaped"]:
            line = f"\\{line}"
        elif match and match["number"]:
            line = f"{match['number']}\\{line[match.end() :]}"
        elif match and not (line[0] == ":" and number):
            line = f"&#{ord(line[0])};{line[1:]}"
        elif number == 1 and re.fullmatch(r"[|:\-\s]+", line) and "-" in line:
            line = line.replace("-", "\\-", 1)
        lines.append(line)
    return lines


def code_span(text: str, given: Attributes = (), *, table: bool) -> str:
    """Code in a line, in backticks where nothing in it could end them."""
    text = unforged(text)
    if (table and "|" in text) or not text.strip() or text != text.strip():
        return raw(f"<code{attributes_of(given)}>{escape(text, quote=False).replace('|', '&#124;')}</code>")
    marks = fence(text)
    padding = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{marks}{padding}{text}{padding}{marks}{attribute_list(given)}"


_MARKS = {"emphasis": ("*", "em"), "strong": ("**", "strong"), "strike": ("", "del"), "mark": ("", "mark")}


def emphasis(node: Node, inner: str, before: str, following: Node | None, given: Attributes = ()) -> str:
    """Markdown's marks where nothing near could confuse them, else HTML's."""
    if node.kind == "mark" and before.endswith("{") and not before.endswith("\\{"):
        return f"=={inner}=="  # a mark of critic's
    mark, name = _MARKS[node.kind]
    after = (
        following.text[:1] if following is not None and following.kind == "text" else "" if following is None else "x"
    )
    simple = all(child.kind in ("text", "code-span", "soft-break") for child in node.children)
    clear = not (before and (before[-1].isalnum() or before[-1] in "*_\\>")) and not (
        after.isalnum() or after in ("*", "_")
    )
    if (
        mark
        and simple
        and clear
        and inner.strip() == inner
        and inner
        and inner[0] not in "*_"
        and inner[-1] not in "*_\\"
    ):
        return f"{mark}{inner}{mark}{attribute_list(given)}"
    return raw(f"<{name}{attributes_of(given)}>") + inner + raw(f"</{name}>")


@lru_cache(maxsize=10_000)
def bracketed_address(url: str) -> str:
    """An address that can stand between angle brackets."""
    unsafe = {
        " ": "%20",
        "<": "%3C",
        ">": "%3E",
        '"': "%22",
        "`": "%60",
        "\\": "%5C",
        "|": "%7C",
        "\n": "",
        "\t": "%09",
        "*": "%2A",
    }
    return "".join(unsafe.get(char, char) for char in url)


def quoted_title(title: str) -> str:
    """A link's title, with the blank before it; nothing where there is none."""
    return f' "{_escape(title.replace(chr(10), " ")).replace(chr(34), "&quot;")}"' if title else ""


def indented(lines: Sequence[str]) -> list[str]:
    """Indent lines by what makes them belong to an item or a box."""
    return [f"    {line}" if line else "" for line in lines]


def prefixed(lines: Sequence[str], prefix: str) -> list[str]:
    """Put a mark before each line, as a quotation has it."""
    return [f"{prefix} {line}" if line else prefix for line in lines]


def would_merge(previous: Node, node: Node) -> bool:
    """Tell whether Python-Markdown would make one block of these two neighbours."""
    if previous.kind != node.kind:
        return previous.kind == "list" and node.kind == "code"
    return node.kind in ("quote", "list", "alert", "table")
