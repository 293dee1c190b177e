"""Find the paragraphs of a note that are long enough to be known again in another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b

from aikb.model.document import Paragraph
from aikb.text.markup import words_of

LEAST = 25
"""Words of a paragraph that nobody writes twice by chance."""
_PARAGRAPH = re.compile(r"(?:^(?![ \t]*(?:\||```|~~~|---|\Z)).*\S.*(?:\n|\Z))+", re.MULTILINE)
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:.*\n)*?---[ \t]*(?:\n|\Z)")
_SAMPLE = 4_000
"""Characters of a paragraph that are compared."""


def find_paragraphs(text: str) -> Iterator[Paragraph]:
    """Find the paragraphs of a text that have LEAST words. Linear in the text."""
    front = _FRONT_MATTER.match(text)
    for match in _PARAGRAPH.finditer(text, front.end() if front else 0):
        written = match[0][:_SAMPLE]
        if len(written) < 2 * LEAST:
            continue
        words = words_of(written)
        if len(words) < LEAST:
            continue
        key = blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
        start = match.start() + len(match[0]) - len(match[0].lstrip())
        yield Paragraph(key, match.start(), start, match.start() + len(match[0].rstrip()))
