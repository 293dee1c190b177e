"""Each text as clean Markdown beside its page, and `llms.txt`, which lists them (https://llmstxt.org).

Clean means: what its page shows, without front matter, comments and hidden parts. Only a published site has them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from aikb.compose.export import as_written
from aikb.compose.tree import Tree
from aikb.model.document import Document
from aikb.relate.relations import Relations
from aikb.text.reserved import CONTROL

LIST = "llms.txt"


def markdown_files(trees: Sequence[Tree], relations: Relations) -> dict[str, str]:
    """The texts by path; nothing while serving, or where the settings want none."""
    settings = relations.index.settings
    if settings.serving or not settings.markdown_pages or not trees:
        return {}
    found: dict[str, str] = {}
    lines = [f"# {_line(settings.site_name)}", ""]
    if settings.site_description:
        lines += [f"> {_line(settings.site_description)}", ""]
    for tree in trees:
        own = {
            address: each
            for address, each in tree.documents.items()
            if each.lang == tree.lang and each.metadata.searchable
        }
        lines += [f"## {tree.words['language']}", ""] if own else []
        for address, document in own.items():
            path = tree.path(address)
            found[path] = _text(document, relations)
            opening = _line(tree.ways.opening(document))
            lines.append(f"- [{_line(document.title)}]({_address(path)}){f': {opening}' if opening else ''}")
        lines += [""] if own else []
    return {LIST: "\n".join(lines), **found} if found else {}


def _line(text: str) -> str:
    """A text on one line, without what would end the text of a link or control a terminal."""
    return " ".join(CONTROL.sub("", text).split()).replace("\\", "\\\\").replace("[", "(").replace("]", ")")


def _address(path: str) -> str:
    return re.sub(r"[^\w/.~-]", lambda match: quote(match[0]), path)


def _text(document: Document, relations: Relations) -> str:
    """A note as its author wrote it, or a work as quotations."""
    if document.work is not None:
        quotes = [" ".join(block.plain_text.split()) for block in document.blocks if block.kind == "quote"]
        parts = [f"# {_line(document.title)}", ", ".join(document.work.authors), *(f"> {quote}" for quote in quotes)]
        return CONTROL.sub("", "\n\n".join(filter(None, parts))) + "\n"
    text = ""
    if document.blocks:
        text = as_written(document.blocks, document.source.text, relations.resolutions.get(document.path))
    return f"{text}\n" if document.titled else f"# {CONTROL.sub('', document.title)}\n\n{text}\n"
