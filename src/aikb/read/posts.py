"""Find the posts in a file of posts: texts pasted from social networks, which stand there as they were written for one.

Such texts have no Markdown: letters of the Mathematical Alphanumeric Symbols block for bold, emoji for bullets, a last line of
hashtags. A file is one of posts only where every part of it has these marks; any other note stays what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aikb.model.document import Anchor, Metadata
from aikb.model.node import Node
from aikb.model.source import Span
from aikb.text.slug import Names, plain_letters, slug

STYLED = re.compile(r"[\U0001d400-\U0001d7ff]")
LABEL = re.compile(
    r"(?:example|exemple|post|publication|tweet|thread)\s*(?:n[o°º.]{0,2}|#)?\s*\d{1,3}\s*[:.–-]?", re.IGNORECASE
)
"""A line of its own that numbers what follows: `Example 1:`."""
BULLETS = "•●▪◦‣▸►·∙⁃○"
ITEM = re.compile(
    rf"(?:[{BULLETS}]|(?:[\u2190-\u21ff\u231a-\u27bf\u2b00-\u2bff][\ufe0f]?|[\U0001f1e6-\U0001f1ff]{{2}}|[\U0001f300-\U0001faff]"
    r"|[0-9]\ufe0f?\u20e3|[\u2460-\u24ff]|[0-9]{1,2}[/)]|[\U0001d7ce-\U0001d7ff]{1,2}[/).:])[^\w\s]{0,6}\s)"
)
"""How a line begins that is an item of a list: a bullet, an arrow, an emoji, a flag, `1/`."""
DASH = re.compile(r"[–—]\s")
"""How an item may begin too, where several lines do: one alone begins a signature."""
_STYLED_WORD = re.compile(r"[\U0001d400-\U0001d7ff]{3,}")
_LETTERS = re.compile(r"[^\W\d_]")
_KINDS = frozenset({"paragraph", "list", "quote", "heading"})
_FOREIGN = frozenset({"math", "math-block", "code-span", "code", "table", "footnote-ref", "html", "tag", "task"})
"""What no network takes; a text that has it was written as a note."""
_STYLED_LEAST = 3
_TAGS_LEAST = 2
_ITEMS_LEAST = 2
_LONGEST = 4_000
"""Characters of a post: LinkedIn's limit is 3,000, and styled letters and addresses may be counted otherwise."""
_WORDS_OF_ID = 8


def find_posts(tree: Sequence[Node], metadata: Metadata, taken: Sequence[Anchor], *, titled: bool) -> Iterator[Anchor]:
    """Find the posts of a note: an anchor each, whose span is from its first block to its last; none in another note.

    `taken` are the anchors that the page has already. An id is made of the post's heading where it has one of its own, else of
    its first words. A heading is not in the span: it stands over the post.
    """
    if metadata.kind:
        return
    parts = _parts(tree[1:] if titled else tree)
    if not parts or not all(_is_post(part) for part in parts):
        return
    names = Names((each.id for each in taken), first=2, key=str.casefold)
    for part in parts:
        own = [node for node in part if node.kind != "heading"]
        words = [word for word in slug(first_words(part)).split("-") if word][:_WORDS_OF_ID]
        yield Anchor(names("-".join(["post", *words])), "post", Span(own[0].start, own[-1].end))


def lines_of(node: Node) -> list[list[Node]]:
    """Cut the inlines of a paragraph at its line breaks, which are in none of the lines."""
    lines: list[list[Node]] = [[]]
    for child in node.children:
        if child.kind.endswith("-break"):
            lines.append([])
        else:
            lines[-1].append(child)
    return lines


def text_of(line: Sequence[Node]) -> str:
    """Read a line as it is written."""
    return "".join(node.plain_text for node in line).strip()


def first_words(blocks: Sequence[Node]) -> str:
    """Read the first line of a post in plain letters, without a label before it."""
    for block in blocks:
        for line in lines_of(block) if block.kind == "paragraph" else [[block]]:
            text = text_of(line)
            if text and not LABEL.fullmatch(text):
                return plain_letters(text)
    return ""


def _parts(tree: Sequence[Node]) -> list[list[Node]]:
    """Cut a note where its author did: at labels, at headings, or at rules; else it is one part."""
    for begins in (_labelled, lambda node: node.kind == "heading"):
        if tree and begins(tree[0]):
            parts: list[list[Node]] = []
            for node in tree:
                if begins(node):
                    parts.append([])
                if node.kind != "rule":
                    parts[-1].append(node)
            return parts
    parts = [[]]
    for node in tree:
        if node.kind == "rule":
            parts.append([])
        else:
            parts[-1].append(node)
    return [part for part in parts if part]


def _labelled(node: Node) -> bool:
    return node.kind == "paragraph" and LABEL.fullmatch(text_of(lines_of(node)[0])) is not None


def _is_post(part: Sequence[Node]) -> bool:
    """Tell whether a part bears the marks of a post: a line of hashtags at its end, and styled words or bullets of its own."""
    own = part[1:] if part[0].kind == "heading" else part
    if not own or part[-1].end - part[0].start > _LONGEST or any(node.kind not in _KINDS for node in own):
        return False
    inner = [node for root in own for node in root.walk()]
    if any(node.kind in _FOREIGN or node.kind == "heading" for node in inner):
        return False
    lines = [text_of(line) for node in own if node.kind == "paragraph" for line in lines_of(node)]
    if not any(_LETTERS.search(plain_letters(line)) for line in lines):
        return False
    styled = sum(len(_STYLED_WORD.findall(line)) for line in lines)
    items = sum(1 for line in lines if ITEM.match(line))
    tagged = own[-1].kind == "paragraph" and _only_tags(lines_of(own[-1])[-1])
    if tagged:
        return styled >= _STYLED_LEAST or items >= _ITEMS_LEAST
    return styled >= _STYLED_LEAST and items >= _ITEMS_LEAST


def _only_tags(line: Sequence[Node]) -> bool:
    """Tell whether a line is nothing but hashtags, and several."""
    tags = sum(node.kind == "hashtag" for node in line)
    rest = [node for node in line if node.kind != "hashtag"]
    return tags >= _TAGS_LEAST and not any(node.plain_text.strip() for node in rest)
