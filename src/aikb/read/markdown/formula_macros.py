"""Write out the macros in the formulas of a note: its own, from where they are defined on, and those of the whole vault."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from aikb.model.node import Node
from aikb.text.macros import KNOWN, Macro, has_definitions, read_macros, written_out


def with_macros(tree: tuple[Node, ...], text: str, preamble: str) -> tuple[Node, ...]:
    """Add to each formula of a note, `text`, what its macros stand for; one that only defines some shows nothing."""
    if "\\" not in text or ("$" not in text and "math" not in text):
        return tree
    macros = dict(_vault(preamble))
    return tuple([_read(node, macros) for node in tree])


def _read(node: Node, macros: dict[str, Macro]) -> Node:
    """Read a node, in the order of the text; definitions in it are added to the macros."""
    if node.kind not in ("math", "math-block"):
        return node.with_children([_read(child, macros) for child in node.children]) if node.children else node
    if "\\" not in node.text:
        return node
    latex = node.text
    if has_definitions(latex):
        found, latex = read_macros(latex)
        macros |= found
        if found and not latex:
            return replace(node, kind="comment", text="")
    shown = written_out(latex, macros)
    return node if shown == node.text else replace(node, info=shown)


@lru_cache(maxsize=4)
def _vault(preamble: str) -> dict[str, Macro]:
    return {**KNOWN, **read_macros(preamble)[0]}
