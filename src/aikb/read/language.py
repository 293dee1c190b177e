"""Which language each block of a text is in: py3langid, limited to the languages of the site, on prose after NFKC.

A block with enough words, and clear ones, decides for itself; a heading only where there is little doubt. What is short or
unclear follows its neighbours in the section, then the section, then the page. What the author says settles it:
`{: lang=fr }` on a block, or `<!-- lang: fr -->` before it; before a heading, that is said of its whole section.

Lingua and fasttext were looked at: the first is 100 MB, the second needs a model from a hub.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from aikb.locales.words import words_of_its_own
from aikb.model.document import Passage
from aikb.model.node import Node
from aikb.read.language_model import identifier

_WORDS, _CERTAIN = 4, 0.85
"""From how many words, and from which certainty, a block decides for itself."""
_FEW, _CLEAR = 2, 0.95
"""The same where the words are few, and may be a name and nothing else."""
_AGREED = 0.7
"""From which certainty, where an article among them says the same."""
_FOREIGN, _DOUBTLESS = 7, 0.97
"""A block with fewer words in another language than its page must be this certain."""
_ENOUGH = 2
"""Articles, pronouns and the like of one language that settle it without more ado, where there is none of another."""
_OVER = 4
"""So many times as many settle it where there is."""
_CLEARLY = 0.9
"""Which part of the words so settled makes a page clearly one of a language."""
_SHORT = 3
"""Up to so many words, marks among them, are not asked about on such a page."""
_VOTE = 20
"""A long block counts as this many words when a page's language is decided, so that one quotation does not."""
_LENGTH, _ASKED = 200, 120
"""Characters of a block that are looked at, and that the model is asked about; more only cost time."""
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
    """`said`, `articles`, `words`, `neighbours`, `section` or `page`."""

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

    def passages(self, tree: Sequence[Node]) -> tuple[Passage, ...]:
        """What is in another language than the page, as few nodes as can say so, in the order of the text."""
        if all(block.lang == self.lang for block in self.blocks):
            return ()
        known = {id(block.node): block.lang for block in self.blocks}
        return tuple(passage for node in tree for passage in _cover(node, known, self.lang)[1])


def read_languages(tree: Sequence[Node], text: str, languages: tuple[str, ...], given: str = "") -> Reading:
    """The languages of a page and its blocks; `text` is the source's, `given` what its name or its front matter says."""
    if len(languages) == 1 and "lang" not in text:
        return Reading(given or languages[0], (), "")
    blocks: list[Block] = []
    _collect(tree, blocks, "")
    _decide_all(blocks, text, languages, given)
    weights = _weights(blocks)
    page = given or (max(languages, key=lambda lang: weights[lang]) if weights else _together(blocks, languages))
    for block in blocks:
        short = block.reason == "words" and block.words < _FOREIGN and block.certainty < _DOUBTLESS
        if short and block.lang != page:
            block.lang = block.reason = ""
    _inherit(blocks, page)
    rest = {lang: count for lang, count in weights.items() if lang != page}
    second = max(rest, key=lambda lang: (rest[lang], lang), default="")
    mixed = second if second and rest[second] >= _MIXED * weights.total() else ""
    return Reading(page, tuple(blocks), mixed)


@lru_cache(maxsize=10_000)
def detect(text: str, languages: tuple[str, ...]) -> tuple[str, float]:
    """The most likely of `languages` with its certainty from 0 to 1; the first of them for a text without words.

    Notes repeat themselves: headings of a template, items of a list; what was asked is remembered.
    """
    if len(languages) == 1 or not any(char.isalpha() for char in text):
        return languages[0], 0.0
    language, certainty = identifier(languages).classify(text)
    return (str(language), float(certainty)) if language in languages else (languages[0], 0.0)


# What is said ----------------------------------------------------------------------------------------------------------

_COMMENT = re.compile(r"<!--\s*lang(?:uage)?\s*[:=]\s*([A-Za-z]{2,3})\b[\w-]*\s*-->\s*\Z")
_ATTRIBUTE = re.compile(r"(?:^|[\s{:])lang=[\"']?([A-Za-z]{2,3})\b")
_LISTED = re.compile(r"\{:[^{}]*\}\s*\Z")
_LEAVES = frozenset({"paragraph", "plain", "heading", "table"})
_CONTAINERS = frozenset({"list", "item", "quote", "alert", "callout", "material", "footnote"})


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
                block.words = len(_words(node))
            blocks.append(block)
        elif node.kind in _CONTAINERS:
            _collect(node.children, blocks, lang)


def _attribute(node: Node) -> str:
    """The language in a block's attribute list."""
    written = node.info if node.kind == "heading" else ""
    if node.kind in ("paragraph", "plain") and len(node.children) > 1:
        last, before = node.children[-1], node.children[-2]
        if last.kind == "text" and before.kind == "soft-break" and _LISTED.fullmatch(last.text):
            written = last.text
    match = _ATTRIBUTE.search(written) if written else None
    return match[1].lower() if match else ""


# What the words say ----------------------------------------------------------------------------------------------------

_WORD = re.compile(r"(?<![\\\w])[^\W\d_]+(?:['’\-‑][^\W\d_]+)*\.?")
_NO_PROSE = re.compile(r"\]\([^()]*\)?|`[^`]*`|\$[^$]*\$")
_ADDRESS = re.compile(r"[\w-]+(?:://|\.[^\W\d_])\S*")
_MAY_BE_ADDRESS = re.compile(r"\.[^\W\d_]|://")
_SILENT = frozenset({"code-span", "math", "math-block", "tag", "footnote-ref", "image"})


def _prose(node: Node) -> str:
    """What a reader sees of a block, up to the length that is looked at, without code and addresses."""
    pieces: list[str] = []
    size = 0
    stack = [node]
    while stack:
        each = stack.pop()
        if each.kind == "text":
            piece = each.text[: 2 * _LENGTH]
            pieces.append(_ADDRESS.sub(" ", piece) if _MAY_BE_ADDRESS.search(piece) else piece)
            size += len(pieces[-1])
            if size > _LENGTH:
                break
        elif each.kind in _SILENT:
            pieces.append(" ")
        elif each.kind.endswith("-break") or each.kind in ("cell", "row"):
            pieces.append(" ")
            stack.extend(reversed(each.children))
        elif each.children and not (each.kind == "link" and each.info == "autolink"):
            stack.extend(reversed(each.children))
    text = "".join(pieces)
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def _words(node: Node) -> list[str]:
    """A block's words: no numbers, abbreviations and, where enough words are left, no names."""
    text = _prose(node)
    words: list[str] = []
    small: list[str] = []
    first = True
    for word in _WORD.findall(text):
        ends = word[-1] == "."
        if ends:
            word = word[:-1]
        if word.islower():
            words.append(word)
            small.append(word)
        elif len(word) > 1 and (word[1:].islower() or word[1] in "'’"):
            words.append(word)
            if first:
                small.append(word)
        first = ends
    return small if len(small) >= _WORDS else words


@lru_cache(maxsize=8)
def _common_words(languages: tuple[str, ...]) -> Mapping[str, str]:
    """The articles, pronouns and the like that one of these languages has and no other, each with its language."""
    lists = {lang: frozenset(words_of_its_own(lang).get("common_words", "").split()) for lang in languages}
    shared = Counter(word for own in lists.values() for word in own)
    return {word: lang for lang, own in lists.items() for word in sorted(own) if shared[word] == 1}


def _decide_all(blocks: Sequence[Block], text: str, languages: tuple[str, ...], given: str) -> None:
    """Decide what decides for itself, by the cheapest means that is sure.

    Articles and pronouns settle most blocks of most notes, at a tenth of what asking the model costs: several of one language
    and none of another; on a page that is clearly in one language one of it is enough.
    """
    common = _common_words(languages)
    open_blocks: list[tuple[Block, list[str], dict[str, int]]] = []
    for block in blocks:
        if block.lang:
            continue
        node = block.node
        piece = text[node.start : min(node.end, node.start + _LENGTH)]
        if "](" in piece or "`" in piece or "$" in piece:
            piece = _NO_PROSE.sub(" ", piece)
        words = piece.lower().split()
        named = [common[word] for word in common.keys() & words]
        hits = {lang: count for lang in languages if (count := named.count(lang))} if named else {}
        if not hits:
            open_blocks.append((block, words, hits))
            continue
        most = max(hits.values())
        enough = _ENOUGH if given in ("", max(hits, key=lambda lang: hits[lang])) else _ENOUGH + 1
        if most >= enough and (len(hits) == 1 or most >= _OVER * (sum(hits.values()) - most)):
            _settle(block, hits, len(words), 1.0)
        else:
            open_blocks.append((block, words, hits))
    weights = _weights(blocks)
    ahead = max(weights, key=lambda lang: weights[lang], default="")
    clear = ahead if ahead and weights[ahead] >= _CLEARLY * weights.total() and given in ("", ahead) else ""
    for block, words, hits in open_blocks:
        if clear and list(hits) == [clear]:
            _settle(block, hits, len(words), 0.95)
        elif len(words) > _SHORT or not clear:
            _decide(block, languages, hits)
        else:
            block.words = len(words)


def _together(blocks: Sequence[Block], languages: tuple[str, ...]) -> str:
    """The language of a page none of whose blocks has enough words, by all of them at once."""
    words = [word for block in blocks[:_VOTE] for word in _words(block.node)]
    lang, certainty = detect(" ".join(words)[:_LENGTH], languages)
    return lang if len(words) >= _WORDS and certainty > _CLEAR else languages[0]


def _settle(block: Block, hits: Mapping[str, int], words: int, certainty: float) -> None:
    block.lang = max(hits, key=lambda lang: hits[lang])
    block.certainty, block.reason, block.words = certainty, "articles", words


def _weights(blocks: Iterable[Block]) -> Counter[str]:
    """How much of the page is in each language, by what is decided."""
    weights = Counter[str]()
    for block in blocks:
        if block.lang:
            weights[block.lang] += min(max(block.words, 1), _VOTE)
    return weights


def _decide(block: Block, languages: tuple[str, ...], hits: Mapping[str, int]) -> None:
    """Ask the model. Few words must be clear, unless an article among them says the same."""
    words = _words(block.node)
    block.words = len(words)
    if block.words < _FEW:
        return
    lang, certainty = detect(" ".join(words)[:_ASKED], languages)
    least = _AGREED if list(hits) == [lang] else _CLEAR if block.words < _WORDS else _CERTAIN
    block.certainty = certainty
    if certainty >= least:
        block.lang, block.reason = lang, "words"


# What is inherited -----------------------------------------------------------------------------------------------------


def _inherit(blocks: Sequence[Block], page: str) -> None:
    """Give what is undecided the language of what stands around it."""
    if all(block.lang for block in blocks):
        return
    before: list[str] = []
    last, section = "", -1
    for block in blocks:
        if block.section != section:
            last, section = "", block.section
        before.append(last)
        if block.lang and not block.heading:
            last = block.lang
    weights: dict[int, Counter[str]] = {}
    for block in blocks:
        if block.lang:
            weights.setdefault(block.section, Counter())[block.lang] += max(block.words, 1)
    following, section = "", -1
    inherited: list[tuple[Block, str, str]] = []
    for block, previous in zip(reversed(blocks), reversed(before), strict=True):
        if block.section != section:
            following, section = "", block.section
        if not block.lang:
            inherited.append((block, *_around(previous, following, weights.get(block.section), page)))
        elif not block.heading:
            following = block.lang
    for block, lang, reason in inherited:
        block.lang, block.reason = lang, reason


def _around(previous: str, following: str, section: Counter[str] | None, page: str) -> tuple[str, str]:
    near = {previous, following} - {""}
    if len(near) == 1:
        return near.pop(), "neighbours"
    if section:
        most = max(section.values())
        leading = [lang for lang, weight in section.items() if weight == most]
        if len(leading) == 1:
            return leading[0], "section"
    return page, "page"


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
    inside = in_item or node.kind in ("item", "footnote")
    parts = [_cover(child, known, page, in_item=inside) for child in node.children]
    languages = frozenset[str]().union(*(each for each, _ in parts))
    found = [passage for _, passages in parts for passage in passages]
    whole = node.kind not in ("item", "footnote") and not (node.kind == "list" and in_item)
    if whole and len(languages) == 1 and found:
        return languages, [Passage(node.start, node.end, next(iter(languages)))]
    return languages, found
