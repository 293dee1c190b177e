"""Take an entry of a glossary apart: its definitions by language, its lines of other names, what it writes alone in bold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from aikb.model.glossary import Alias
from aikb.model.node import Node
from aikb.read.glossary.shapes import lines_of
from aikb.read.glossary.vocabulary import vocabulary
from aikb.text.folding import folded
from aikb.text.inflection import is_small

_SHORT = 6
"""Letters of a word that may mean too much by itself to be a name."""


def by_language(blocks: Sequence[Node]) -> tuple[Sequence[Node], list[tuple[str, tuple[Node, ...]]]]:
    """Split an entry by language, if its sub-headings are names of languages: what stands above, then each definition."""
    marks = [
        (at, lang)
        for at, node in enumerate(blocks)
        if node.kind == "heading" and (lang := vocabulary().language(node.plain_text))
    ]
    stops = [at for at, _ in marks[1:]] + [len(blocks)] * bool(marks)
    parts = [(lang, tuple(blocks[at + 1 : stop])) for (at, lang), stop in zip(marks, stops, strict=True)]
    return blocks[: marks[0][0]] if marks else (), parts


def bold_heads(blocks: Sequence[Node], named: tuple[str, tuple[str, ...]]) -> list[str]:
    """Find the head noun of a name of several words where the entry writes it alone in bold: `**distillation**`.

    It is the first word of `distillation de modèle`, the last of `model distillation`.
    """
    strong = (node.plain_text.strip(" :") for block in blocks for node in block.walk() if node.kind == "strong")
    bold = {folded(text) for text in strong}
    parts = [name.split() for name in (named[0], *named[1]) if " " in name]
    heads = [words[0] if any(map(is_small, words)) else words[-1] for words in parts]
    return [head.lower() for head in dict.fromkeys(heads) if folded(head) in bold and len(head) > _SHORT]


def has_words(block: Node) -> bool:
    """Tell whether a block says something; a row of pictures with links behind them does not."""
    return block.kind not in ("html", "rule", "comment") and bool(block.plain_text.strip())


def without_lines(blocks: tuple[Node, ...], wanted: re.Pattern[str]) -> tuple[list[Alias], tuple[Node, ...]]:
    """Take out the lines that list names, `Aliases:` or `Not:`: the names, and the blocks without them."""
    names: list[Alias] = []
    kept: list[Node] = []
    for block in blocks:
        if block.kind == "list":
            found, items = without_lines(tuple(each for item in block.children for each in item.children[:1]), wanted)
            starts = {item.start for item in items}
            left = tuple(item for item in block.children if item.children and item.children[0].start in starts)
            names += found
            kept += [replace(block, children=left)] if left else []
            continue
        lines = lines_of(block) if block.kind in ("paragraph", "plain") else []
        matches = [wanted.fullmatch("".join(node.plain_text for node in line)) for line in lines]
        if not any(matches):
            kept.append(block)
            continue
        for match in (each for each in matches if each):
            names += [_alias(each) for each in re.split(r"[,;]", match["names"]) if each.strip(" .")]
        rest: list[Node] = []
        for line, listed in zip(lines, matches, strict=True):
            if not listed:
                rest += [*([Node("soft-break", line[0].start, line[0].start)] if rest else []), *line]
        if rest:
            kept.append(replace(block, children=tuple(rest)))
    return names, tuple(kept)


def names_in_languages(blocks: Sequence[Node]) -> list[Alias]:
    """Find the lines and items that say a term's name in a language: `EN : halyard`, `**Anglais** : halyard`."""
    lines = [
        "".join(node.plain_text for node in line).strip()
        for block in blocks
        for each in (
            [item.children[0] for item in block.children if item.children] if block.kind == "list" else [block]
        )
        if each.kind in ("paragraph", "plain")
        for line in lines_of(each)
    ]
    matches = [_IN_LANGUAGE.fullmatch(line) for line in lines if ":" in line[:_HEAD] or "—" in line[:_HEAD]]
    return [
        Alias(match["name"].strip(' .*_`“”"«»'), lang)
        for match in matches
        if match
        and (lang := vocabulary().language(match["language"].strip(" ()")))
        and len(match["name"].split()) <= _NAME
    ]


_IN_LANGUAGE = re.compile(r"(?P<language>[^\W\d_][\w ()’']{1,20}?)\s*[:—]\s*(?P<name>[^\W\d_].*)")
_HEAD, _NAME = 24, 6
"""Letters before which the colon stands, and words of a name."""


def _alias(written: str) -> Alias:
    match = vocabulary().marked.search(written)
    text = written[: match.start()] if match else written
    return Alias(" ".join(text.strip(' .*_`“”"«»').split()), match[1] if match else "")
