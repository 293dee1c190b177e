"""Compare headings as Obsidian does, whose links name a heading by its text, not by an id.

Obsidian writes the heading's Markdown with `# | ^ : %% [[ ]]` as blanks, and compares both sides with most ASCII punctuation as
blanks, runs of blanks as one, in any letter case (`stripHeading` and `stripHeadingForLink` of its API).
"""

from __future__ import annotations

import re
import unicodedata

_SOURCE = re.compile(r"^[ ]{0,3}#{1,6}[ \t]+|(?:[ \t]+#+)?[ \t]*$|\n[ \t>]*(?:=+|-+)[ \t]*$")
"""The marks of a heading around its text: of `## Title ##`, and of the underlined kind."""
_ATTRIBUTES = re.compile(r"[ \t]*\{:?[ ]*[#.][^{}\n]*\}[ \t]*$")
_BLOCK_ID = re.compile(r"\s\^[A-Za-z0-9-]+[ \t]*$")
_UNWRITABLE = re.compile(r"%%|\[\[|\]\]|[#|^:\\\n]")
_COMPARED_AS_BLANK = re.compile(r"[!\"#$%&()*+,./:;<=>?@^`{|}~\[\]\\]")


def heading_text(written: str) -> str:
    """Take the Markdown of a heading's text out of the heading as it stands in the file."""
    text = _SOURCE.sub("", written.strip())
    return _BLOCK_ID.sub("", _ATTRIBUTES.sub("", text)).strip()


def link_text(written: str) -> str:
    """Write the text of a heading as Obsidian writes it after `#` in a link."""
    return " ".join(_UNWRITABLE.sub(" ", written).split())


def spelled(text: str) -> str:
    """Make the key of texts that differ in letter case and runs of blanks only."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def heading_key(text: str) -> str:
    """Make the key by which Obsidian compares two headings; empty where nothing but punctuation is left."""
    return spelled(_COMPARED_AS_BLANK.sub(" ", text))
