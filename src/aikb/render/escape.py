"""Inlines as Python-Markdown must be told them: every character that would mean something to it or to an extension escaped."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from html import escape

from aikb.model.node import Node
from aikb.text.formula import FormulaError, to_mathml

RAW, RAW_BLOCK, END_RAW = "<!--html-->", "<!--block-->", "<!--/html-->"
"""Around markup that is put aside unread by `adapters/python_markdown.py`: inside a line, or as a block."""


def raw(markup: str) -> str:
    """Markup inside a line."""
    return f"{RAW}{markup}{END_RAW}"


def raw_block(markup: str) -> str:
    """Markup as a block."""
    return f"{RAW_BLOCK}{markup}{END_RAW}"


def lang_attribute(lang: str, around: str) -> str:
    """The attribute that says a text's language, with a blank before it; nothing where the text around it is in the same."""
    return "" if lang == around else f' lang="{lang}"'


def fence(text: str, least: int = 1) -> str:
    """Backticks that nothing in a text could end."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    return "`" * max(least, longest + 1)


_SPECIAL = re.compile(r"[\\`*_\[\]<]|&(?=#?\w+;)|\{")
_ENTITIES = {"<": "&lt;", "&": "&amp;"}
_ATTRIBUTE = r"(?:[.#][\w-]+|[\w:-]+=(?:\"[^\"{}]*\"|'[^'{}]*'|[^\s{}\"']+))"
_ATTRIBUTE_LIST = re.compile(r"\{:?[ ]*" + _ATTRIBUTE + r"(?:[ ]+" + _ATTRIBUTE + r")*[ ]*\}")
LAST_ATTRIBUTES = re.compile(rf"(?<=\s){_ATTRIBUTE_LIST.pattern}\s*$")
_SAFE_ATTRIBUTE = re.compile(
    r"(?!#__|\.mermaid\b)[.#][\w-]+|(?:lang|title|width|height|loading|align|target|rel|start|data-(?!md-)[\w-]+)=(?:\"[^\"{}]*\"|'[^'{}]*'|[^\s{}\"']+)"
)


_ATTRIBUTED = frozenset({"link", "image", "emphasis", "strong", "code-span"})


def split_attributes(node: Node, previous: Node | None, following: Node | None, before: str) -> tuple[str, Node]:
    """The attribute list that a text begins with, where Material reads one, and the node without it.

    That is right after an inline, and on the last line of a paragraph. Anywhere else braces are text, as on GitHub.
    """
    match = _ATTRIBUTE_LIST.match(node.text) if node.kind == "text" and previous is not None else None
    if match is None or previous is None:
        return "", node
    rest = node.text[match.end() :]
    if previous.kind in _ATTRIBUTED and not before.endswith(END_RAW):
        return safe_attributes(match[0]), replace(node, text=rest)
    if previous.kind in _ATTRIBUTED and match[0].startswith("{:"):
        return "", replace(node, text=rest)  # what stands there, a placeholder say, takes no attributes
    if previous.kind == "soft-break" and following is None and not rest.strip():
        return safe_attributes(match[0]), replace(node, text="")
    return "", node


def escaped_text(text: str, following: Node | None, *, table: bool = False, after: str = "") -> str:
    """Plain text with everything escaped that Python-Markdown or an extension of Material would read as markup."""
    text = _escape(text)
    if text.endswith("!") and following is not None and following.kind in ("link", "term", "footnote-ref"):
        text = text[:-1] + "\\!"
    if text.startswith("(") and after.endswith("]"):
        text = "\\" + text
    return text.replace("|", "&#124;") if table else text


def plain(text: str) -> str:
    """A text that means nothing but itself, on one line."""
    return _escape(" ".join(text.split()))


def _escape(text: str) -> str:
    return _SPECIAL.sub(lambda match: _ENTITIES.get(match[0]) or f"\\{match[0]}", text)


def safe_attributes(written: str) -> str:
    """An attribute list without handlers and styles; nothing where none is left."""
    kept = [match[0] for match in re.finditer(_ATTRIBUTE, written) if _SAFE_ATTRIBUTE.fullmatch(match[0])]
    return "{: " + " ".join(kept) + " }" if kept else ""


_LINE_STARTS = re.compile(
    r"^(?:(?P<escaped>#|[-+](?=\s|-|$)|!(?=!!))|(?P<number>\d+)(?=[.)](?:\s|$))|(?P<entity>>|=(?=[=\s]|$)|\?(?=\?\?)|[:~](?=\s)|~(?=~~)))"
)


def safe_lines(text: str) -> list[str]:
    """The lines of a paragraph, none of which begins a block."""
    lines = []
    for number, line in enumerate(text.split("\n")):
        line = line.strip(" \t") if number else line.lstrip(" \t")
        if not line:
            continue
        match = _LINE_STARTS.match(line)
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


def code_span(text: str, *, table: bool) -> str:
    """Code in a line, in backticks where nothing in it could end them."""
    if (table and "|" in text) or "<!--" in text or not text.strip() or text != text.strip():
        return raw(f"<code>{escape(text, quote=False).replace('|', '&#124;')}</code>")
    marks = fence(text)
    padding = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{marks}{padding}{text}{padding}{marks}"


_MARKS = {"emphasis": ("*", "em"), "strong": ("**", "strong"), "strike": ("", "del")}


def emphasis(node: Node, inner: str, before: str, following: Node | None) -> str:
    """Markdown's marks where nothing near could confuse them, else HTML's."""
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
        return f"{mark}{inner}{mark}"
    return raw(f"<{name}>") + inner + raw(f"</{name}>")


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


def formula(node: Node) -> str:
    """A formula as MathML; as it is written where it cannot be read."""
    display = node.kind == "math-block"
    try:
        markup = to_mathml(node.text, display=display).replace("<math ", '<math class="aikb-math" ', 1)
        # the author's LaTeX stays in the page, unseen, for search and for copying
        markup = f"<span hidden>{escape(node.text, quote=False)}</span>{markup}"
    except FormulaError:
        mark = "$$" if display else "$"
        markup = f"<code>{escape(mark + node.text + mark, quote=False)}</code>"
    return raw(markup).replace("\n", " ")


def footnote_label(label: str, number: int) -> str:
    """A footnote's label, or one made of its number where Python-Markdown would not read the author's."""
    return label if re.fullmatch(r"[\w-]+", label) else f"n{number + 1}"


_LANGUAGE = re.compile(r"[\w#+.-]+")
_OPTION = re.compile(r"(?<!\s)\s+(?:title|linenums|hl_lines)=(?:\"[^\"]*\"|'[^']*'|\S+)")


def fence_options(info: str) -> str:
    """The language of a code block and the options superfences knows; anything else would hide the fence from it."""
    info = info.strip()
    if re.fullmatch(r"\{[^{}`]*\}", info):
        return f" {info}" if not re.search(r"\bon\w+=|style=", info) else ""
    language = _LANGUAGE.match(info)
    options = "".join(_OPTION.findall(info))
    return (language[0] if language else "") + options
