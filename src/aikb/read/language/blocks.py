"""Which language each block of a text is in: what each says by itself, weighed against what stands around it.

`evidence` reads a block, `context` decides the blocks of a page together. What the author says settles it:
`{: lang=fr }` on a block, or `<!-- lang: fr -->` before it; before a heading, that is said of its whole section; and `lang: de`
in front matter of the whole note.

Lingua and fasttext were looked at: the first is 100 MB, the second needs a model from a hub.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from aikb.model.document import Passage
from aikb.model.node import Node
from aikb.read.language.context import Distribution, chain, decided_by_neighbours, headings, keeping, opening, sure
from aikb.read.language.evidence import FEW, SETTLED, Evidence, ask, foreign_language, may_hold_others, read_evidence

_VOTE = 20
"""A long block counts as this many words when a page's language is decided, so that one quotation does not."""
_INHERITED = ("neighbours", "headings", "page")
"""Reasons that lie outside of a block."""
_MIXED = 0.3
"""Which part of a page's words the second language must have for the page to be called mixed."""


@dataclass(slots=True)
class Block:
    """A block without blocks inside it that matter here: what was decided about it, and why."""

    node: Node
    section: int
    """Which heading it stands under, counted from 1; 0 above the first."""
    words: int = 0
    lang: str = ""
    certainty: float = 0.0
    reason: str = ""
    """`said`, `foreign`, `articles`, `letters`, `words`, `neighbours`, `headings` or `page`."""
    quoted: bool = False
    """Whether it stands in a quotation, which says nothing of the heading above it."""
    own: str = ""
    """The language it says by itself, where that is another than what was decided."""

    @property
    def heading(self) -> bool:
        """Whether it is one."""
        return self.node.kind == "heading"


@dataclass(frozen=True, slots=True)
class Reading:
    """A page's language, and its blocks'."""

    lang: str
    blocks: tuple[Block, ...]
    mixed: str
    """The second language, where it has a good part of the words."""
    keep: float = 1.0
    """How probable it is on this page that a block keeps the language of the one before it."""

    def passages(self, tree: Sequence[Node]) -> tuple[Passage, ...]:
        """What is in another language than the page, as few nodes as can say so, in the order of the text."""
        if all(block.lang == self.lang for block in self.blocks):
            return ()
        known = {id(block.node): block.lang for block in self.blocks}
        return tuple(passage for node in tree for passage in _cover(node, known, self.lang)[1])


def read_languages(
    tree: Sequence[Node], text: str, languages: tuple[str, ...], given: str = "", said: str = ""
) -> Reading:
    """Read the languages of a page and its blocks.

    `text` is the source's, `given` the language of the site that its name or its front matter says, `said` another that the
    author says of the whole text.
    """
    if len(languages) == 1 and "lang" not in text and not may_hold_others(text, languages):
        return Reading(given or languages[0], (), "")
    blocks: list[Block] = []
    _collect(tree, blocks, "" if said in languages else said)
    keep = _decide(blocks, text, languages, given)
    weights = _weights(blocks)
    page = given or max(languages, key=lambda lang: weights[lang])
    clear = _weights(block for block in blocks if block.reason not in _INHERITED)
    rest = {lang: count for lang, count in clear.items() if lang != page}
    second = max(rest, key=lambda lang: (rest[lang], lang), default="")
    mixed = second if clear[page] and second and rest[second] >= _MIXED * clear.total() else ""
    return Reading(page, tuple(blocks), mixed, keep)


def _weights(blocks: Iterable[Block]) -> Counter[str]:
    """Count how much of the page is in each language."""
    weights = Counter[str]()
    for block in blocks:
        if block.words:
            weights[block.lang] += min(block.words, _VOTE)
    return weights


# What is decided -------------------------------------------------------------------------------------------------------


def _decide(blocks: Sequence[Block], text: str, languages: tuple[str, ...], given: str) -> float:
    """Decide every block that the author says nothing of: the body as a chain, then its headings. Returns its number."""
    evidence = [_evidence(block, text, languages) for block in blocks]
    body = [at for at, block in enumerate(blocks) if not block.heading]
    heads = [at for at, block in enumerate(blocks) if block.heading]
    number = languages.index(given) if given in languages else None
    _ask(evidence, body, languages, frozenset(at for at in body if _is_contents(blocks[at].node)))
    for at in body:
        if not blocks[at].lang and max(evidence[at].weights) < SETTLED and blocks[at].words:
            _recognise_foreign(blocks[at], evidence[at], text, languages)
    for at in heads:
        ask(evidence[at], languages)
    said = [evidence[at].weights for at in body]
    keep, start = keeping(said), opening([each.weights for each in evidence], len(languages), number)
    solved = dict(zip(body, chain(said, keep, start), strict=True))
    page = _page(blocks, solved, len(languages), number)
    following = _following(blocks, heads, solved, page)
    solved |= dict(zip(heads, headings([evidence[at].weights for at in heads], following, page), strict=True))
    for at, block in enumerate(blocks):
        if not block.lang:
            _settle(block, evidence[at], solved[at], languages, alone=len(body) == 1)
    return keep


def _evidence(block: Block, text: str, languages: tuple[str, ...]) -> Evidence:
    """Read what a block says; what the author says of it weighs as much as can be."""
    evidence = read_evidence(block.node, text, languages)
    block.words = evidence.words
    if block.lang:
        weights = [SETTLED if lang == block.lang else 0.0 for lang in languages]
        return Evidence(evidence.words, weights, "said")
    return evidence


def _is_contents(node: Node) -> bool:
    """Tell whether an item is a line of a table of contents: nothing but a link to a place of its own page."""
    return len(node.children) == 1 and node.children[0].kind == "link" and node.children[0].target.startswith("#")


def _ask(
    evidence: Sequence[Evidence], body: Sequence[int], languages: tuple[str, ...], contents: Collection[int]
) -> None:
    """Ask the model about the blocks whose neighbours do not settle it.

    The items of a list are alike, and the model errs in all of them alike: a run of few words each is one
    witness. Lines of `contents` repeat headings, each a text of its own.
    """
    weights, bounds = [evidence[at].weights for at in body], [evidence[at].bound for at in body]
    closed = dict(zip(body, decided_by_neighbours(weights, bounds), strict=True))

    def says_little(at: int) -> bool:
        return at not in contents and not any(evidence[at].weights) and len(evidence[at].prose) <= FEW

    for few, run in groupby(body, key=says_little):
        together = [at for at in run if evidence[at].prose]
        belief = 1 / max(len(together), 1) if few else 1.0
        for at in together:
            if not closed[at]:
                ask(evidence[at], languages, belief)


def _recognise_foreign(block: Block, evidence: Evidence, text: str, languages: tuple[str, ...]) -> None:
    if lang := foreign_language(block.node, text, languages):
        block.lang, block.certainty, block.reason = lang, 1.0, "foreign"
        evidence.weights = [0.0] * len(languages)


def _following(
    blocks: Sequence[Block], heads: Sequence[int], solved: dict[int, Distribution], page: Distribution
) -> list[Distribution | None]:
    """Find for each heading what the first text under it is in, that of its sub-headings included; None where there is none.

    A quotation may be in any; a heading over nothing else is taken to be over what most of the page is in.
    """
    following: list[Distribution | None] = []
    after: Distribution | None = None
    levels: list[tuple[int, Distribution | None]] = []
    wanted = set(heads)
    for at in range(len(blocks) - 1, -1, -1):
        if at not in wanted:
            after = solved[at] if not blocks[at].quoted else after or page
            continue
        level = blocks[at].node.level
        below: Distribution | None = None
        while levels and levels[-1][0] > level:
            nearest = levels.pop()[1]
            below = below or nearest
        own = after or below
        following.append(own)
        if levels and levels[-1][0] == level:  # one entry a level, so that the stack stays short
            farther = levels.pop()[1]
            own = own or farther
        levels.append((level, own))
        after = None
    following.reverse()
    return following


def _page(blocks: Sequence[Block], solved: dict[int, Distribution], count: int, given: int | None) -> Distribution:
    """Weigh what the body is in, by its words."""
    totals = [1.0] * count
    if given is not None:
        totals[given] += _VOTE
    for at, each in solved.items():
        for number, probability in enumerate(each):
            totals[number] += probability * min(blocks[at].words, _VOTE)
    return tuple(total / sum(totals) for total in totals)


def _settle(block: Block, evidence: Evidence, solved: Distribution, languages: tuple[str, ...], *, alone: bool) -> None:
    """Write down what was decided of a block, and what decided it."""
    best = max(range(len(languages)), key=lambda at: solved[at])
    block.lang, block.certainty = languages[best], solved[best]
    own = sure(evidence.weights)
    highest = max(range(len(languages)), key=lambda at: evidence.weights[at])
    if own == best and evidence.reason:
        block.reason = evidence.reason
    else:
        block.reason = "headings" if block.heading else "page" if alone else "neighbours"
        says = evidence.weights[highest] - min(evidence.weights) > math.log(2)
        block.own = languages[highest] if says and highest != best else ""


# What is said ----------------------------------------------------------------------------------------------------------

_COMMENT = re.compile(r"<!--\s*lang(?:uage)?\s*[:=]\s*([A-Za-z]{2,3})\b[\w-]*\s*-->\s*\Z")
_ATTRIBUTE = re.compile(r"(?:^|[\s{:])lang=[\"']?([A-Za-z]{2,3})\b")
_LISTED = re.compile(r"\{:[^{}]*\}\s*\Z")
_LEAVES = frozenset({"paragraph", "plain", "heading", "table"})
_CONTAINERS = frozenset(
    {"list", "item", "quote", "alert", "callout", "material", "footnote", "definitions", "definition"}
)
_ITEMS = frozenset({"item", "footnote", "definition"})
"""Containers that say their language at their words."""


def _collect(nodes: Iterable[Node], blocks: list[Block], said: str) -> None:
    """The blocks under some nodes in order, with what the author says of them."""
    following = section_lang = ""
    section_level = 7
    for node in nodes:
        if node.kind == "html":
            if match := _COMMENT.search(node.text):
                following = match[1].lower()
            continue
        if node.kind == "heading" and node.level <= section_level:
            section_lang, section_level = following, node.level if following else 7
        lang = following or section_lang or said
        following = ""
        if node.kind in _LEAVES:
            lang = _attribute(node) or lang
            number = blocks[-1].section if blocks else 0
            block = Block(node, number + 1 if node.kind == "heading" else number)
            if lang:
                block.lang, block.certainty, block.reason = lang, 1.0, "said"
            blocks.append(block)
        elif node.kind in _CONTAINERS:
            first = len(blocks)
            _collect(node.children, blocks, lang)
            if node.kind == "quote":
                for block in blocks[first:]:
                    block.quoted = True


def _attribute(node: Node) -> str:
    """The language in a block's attribute list."""
    written = node.info if node.kind == "heading" else ""
    if node.kind in ("paragraph", "plain") and len(node.children) > 1:
        last, before = node.children[-1], node.children[-2]
        if last.kind == "text" and before.kind == "soft-break" and _LISTED.fullmatch(last.text):
            written = last.text
    match = _ATTRIBUTE.search(written) if written else None
    return match[1].lower() if match else ""


# What is marked --------------------------------------------------------------------------------------------------------


def _cover(
    node: Node, known: dict[int, str], page: str, *, in_item: bool = False
) -> tuple[frozenset[str], list[Passage]]:
    """The languages under a node, and the passages that say so where they are not the page's."""
    own = known.get(id(node))
    if own is not None:
        return frozenset((own,)), [] if own == page else [Passage(node.start, node.end, own)]
    if node.kind not in _CONTAINERS:
        return frozenset(), []
    inside = in_item or node.kind in _ITEMS
    parts = [_cover(child, known, page, in_item=inside) for child in node.children]
    languages = frozenset[str]().union(*(each for each, _ in parts))
    found = [passage for _, passages in parts for passage in passages]
    whole = node.kind not in _ITEMS and not (node.kind in ("list", "definitions") and in_item)
    if whole and len(languages) == 1 and found:
        return languages, [Passage(node.start, node.end, next(iter(languages)))]
    return languages, found
