"""Clean a picture of its metadata, whatever its name says that it is.

Pillow was looked at: it decodes a picture and codes it anew, which costs quality; piexif knows JPEG and one kind of WebP, and
exiv2's bindings are under the GPL. The formats are short lists of chunks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from aikb.pictures.boxes import clean_boxes
from aikb.pictures.gif import clean_gif
from aikb.pictures.jpeg import clean_jpeg
from aikb.pictures.png import SIGNATURE, clean_png
from aikb.pictures.riff import clean_webp
from aikb.pictures.svg import clean_svg

Cleaner: TypeAlias = Callable[[bytes], bytes | None]

CLEANED = frozenset(
    ".3g2 .3gp .apng .avif .avifs .gif .heic .heics .heif .heifs .hif .jfif .jp2 .jpe .jpeg .jpg .jpx .jxl .m4a .m4v .mov "
    ".mp4 .pjp .pjpeg .png .qt .svg .webp".split()
)
"""Endings of files that are cleaned."""
HEAD = 64
"""Bytes that tell the format."""


def cleaner_of(head: bytes) -> Cleaner | None:
    """Find the cleaner of a format by the first bytes of a file; None for a format that has none."""
    for start, cleaner in ((b"\xff\xd8\xff", clean_jpeg), (SIGNATURE, clean_png), (b"GIF8", clean_gif)):
        if head.startswith(start):
            return cleaner
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return clean_webp
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"JXL ", b"jP  "):
        return clean_boxes
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16
        return clean_drawing
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return clean_drawing if text.startswith(b"<") or (head and not text) else None


def clean_drawing(data: bytes) -> bytes | None:
    """Clean vector graphics and the pictures of other formats inside them."""
    return clean_svg(data, lambda inside: None if cleaner_of(inside[:HEAD]) is clean_drawing else cleaned(inside))


def cleaned(data: bytes) -> bytes | None:
    """Clean a picture; None where it is none that can be read."""
    cleaner = cleaner_of(data[:HEAD])
    return None if cleaner is None else cleaner(data)
