"""Files of posts: what is one, what is not, and the address of each post."""

from __future__ import annotations

import pytest

from conftest import document

BOLD = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
    "".join([chr(0x1D5D4 + at) for at in range(52)] + [chr(0x1D7EC + at) for at in range(10)]),
)
"""To the sans-serif bold of Unicode."""


def bold(text: str) -> str:
    return text.translate(BOLD)


HEAD = bold("Three things about small models")
ITEMS = f"• {bold('Price')}: it falls.\n• {bold('Speed')}: it grows.\n"
POST = f"{HEAD}\n\nSome words.\n{ITEMS}\n#AI #LLM\n"
OTHER = f"{bold('Another thought for today')}\n\n🚀 one\n🎯 two\n\n#AI #Data\n"

POSTS = {
    "one": (POST, ["post-three-things-about-small-models"]),
    "labels": (
        f"Example 1:\n{POST}\nExample 2:\n{OTHER}",
        ["post-three-things-about-small-models", "post-another-thought-for-today"],
    ),
    "labels in French": (
        f"Exemple n° 1 :\n{POST}\nExemple n° 2 :\n{OTHER}",
        ["post-three-things-about-small-models", "post-another-thought-for-today"],
    ),
    "rules": (
        f"{POST}\n---\n\n{OTHER}",
        ["post-three-things-about-small-models", "post-another-thought-for-today"],
    ),
    "headings": (
        f"## Monday\n\n{POST}\n## Tuesday\n\n{OTHER}",
        ["post-monday", "post-tuesday"],
    ),
    "a title above": (f"# My posts\n\n{POST}", ["post-three-things-about-small-models"]),
    "twice the same": (
        f"{POST}\n---\n\n{POST}",
        ["post-three-things-about-small-models", "post-three-things-about-small-models-2"],
    ),
    "emoji bullets and tags, no styled letters": (
        "A plain first line\n\n🚀 one\n🎯 two\n\n#AI #LLM\n",
        ["post-a-plain-first-line"],
    ),
    "styled letters and bullets, no tags": (f"{HEAD}\n\n{ITEMS}", ["post-three-things-about-small-models"]),
    "numbers with strokes": (f"{HEAD}\n\n1/ one\n2/ two\n", ["post-three-things-about-small-models"]),
    "nothing but signs first": (f"❓❓\n\n{ITEMS}\n#AI #LLM\n", ["post"]),
}

NOTES = {
    "an ordinary note": "# Title\n\nSome text.\n\n- one\n- two\n",
    "tags at its end": "Some text.\n\nMore text.\n\n#ai #llm\n",
    "one styled word": f"The word {bold('word')} is styled.\n\n#ai #llm\n",
    "code": f"{POST}\n```py\nprint()\n```\n",
    "code in a line": f"{HEAD}\n\n`x` is code.\n{ITEMS}\n#AI #LLM\n",
    "a table": f"{POST}\n| a |\n| - |\n| b |\n",
    "a formula in styled letters": "Let $x$ be 𝑥𝑦𝑧 and 𝑎𝑏𝑐 and 𝑢𝑣𝑤.\n\n#math #algebra\n",
    "one part that is none": f"{POST}\n---\n\nA plain remark on it.\n",
    "an introduction": f"What I wrote this year.\n\n---\n\n{POST}",
    "its front matter says that it is a note": f"---\nkind: note\n---\n{POST}",
    "an emoji at a heading": "# 🚀 Start\n\n## 🎯 Aim\n\nSome text.\n",
    "tasks": "- [ ] one #work #home\n- [x] two #work #home\n",
    "a recipe": "1/2 cup of flour\n1/4 cup of milk\n\n#food #cake\n",
    "a daily note": "Morning: read a paper.\n\nEvening: wrote.\n\n#daily #journal\n",
    "a long text": POST.replace("Some words.", "Some words. " * 400),
    "html": f"<div>\n\n{POST}\n</div>\n",
    "a quotation of a post": "".join(f"> {line}\n" for line in POST.splitlines()),
    "nothing": "",
}


def ids(text: str) -> list[str]:
    return [anchor.id for anchor in document(text).anchors if anchor.kind == "post"]


@pytest.mark.parametrize("name", POSTS)
def test_posts_are_found_and_have_addresses(name: str) -> None:
    text, expected = POSTS[name]
    assert ids(text) == expected


@pytest.mark.parametrize("name", NOTES)
def test_no_other_note_is_a_file_of_posts(name: str) -> None:
    assert ids(NOTES[name]) == []
