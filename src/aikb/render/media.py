"""What an embedded file is shown as, and what stands behind bars in it: `![[p.png|words|300x200]]`, `![words|300](p.png)`.

Sizes and players are Obsidian's (https://help.obsidian.md/embeds); what no browser shows in a page is a link.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from aikb.model.node import Node

MediaKind: TypeAlias = Literal["image", "audio", "video", "file"]

_KINDS: dict[str, MediaKind] = {
    **dict.fromkeys("apng avif bmp gif heic ico jfif jpeg jpg png svg tif tiff webp".split(), "image"),
    **dict.fromkeys("3gp aac flac m4a mp3 oga ogg opus wav".split(), "audio"),
    **dict.fromkeys("m4v mkv mov mp4 ogv webm".split(), "video"),
}
_SIZE = re.compile(r"\s*(\d{1,5})(?:x(\d{1,5}))?\s*")
_PAGE = re.compile(r"(?:^|&)page=(\d{1,5})(?:&|$)")


@dataclass(frozen=True, slots=True)
class Media:
    """An embedded file."""

    kind: MediaKind
    name: str
    """The file's."""
    words: str = ""
    """What the author says it shows; empty where nothing is said."""
    width: str = ""
    height: str = ""
    caption: bool = False
    """Whether the words are a caption as well: they stand beside a size in `![[…]]`."""
    suffix: str = ""
    """The kind of a file that is shown as a link: `PDF`."""
    page: str = ""
    """The page of it that is meant."""


def words_of(alternative: str) -> str:
    """Cut the size off an alternative text: `words|300` and `words|300x200` are the words, `300` alone is text."""
    words, bar, last = alternative.rpartition("|")
    return words.strip() if bar and _SIZE.fullmatch(last) else alternative


def media_of(node: Node, path: str, fragment: str = "") -> Media:
    """Read an image node that shows the file at a path."""
    name = posixpath.basename(path)
    ending = posixpath.splitext(name)[1].removeprefix(".").lower()
    kind = _KINDS.get(ending, "file") if ending else "image"
    wikilink = node.info == "wikilink"
    written = node.alternative
    if wikilink and written.replace(" > ", "#") == node.target:  # it has no words of its own
        written = ""
    parts = written.split("|")
    size = _SIZE.fullmatch(parts[-1]) if wikilink or len(parts) > 1 else None
    words = "|".join(parts[:-1] if size else parts).strip(" |")
    page = _PAGE.search(fragment)
    return Media(
        kind=kind,
        name=name,
        words=words,
        width=size[1] if size else "",
        height=(size[2] or "") if size else "",
        caption=wikilink and bool(words) and size is not None and kind == "image",
        suffix=ending.upper() if kind == "file" else "",
        page=page[1] if page else "",
    )
