"""Read how large a picture is drawn from its first bytes, so that a page leaves room for it before it is there.

PNG (RFC 2083), GIF89a, JPEG (ITU T.81), WebP (RFC 9649), AVIF, SVG. Others are not told: the page makes room when they arrive.
"""

from __future__ import annotations

import re
from math import ceil
from typing import TypeAlias

from aikb.pictures.exif import HEADER, orientation
from aikb.pictures.png import SIGNATURE

Size: TypeAlias = tuple[int, int]
"""Width and height in pixels of CSS."""

HEAD = 160_000
"""Bytes that tell a size: a photograph's metadata, with a small picture of it and a colour profile, stands before it."""
_LARGEST = 100_000
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""Markers of JPEG that begin a frame."""
_SIDEWAYS = 5
"""From here on an orientation exchanges width and height."""
_EXTENT = re.compile(rb"\0\0\0\x14ispe\0\0\0\0(.{4})(.{4})", re.DOTALL)
"""The box that says how wide and high one picture is (ISO/IEC 23008-12, 6.5.3)."""
_TURN = re.compile(rb"\0\0\0\x09irot(.)", re.DOTALL)
"""The box that turns a picture, by quarters (6.5.10)."""
_ROOT = re.compile(rb"<svg\b[^<>]{0,4000}>")
_SIDE = re.compile(rb"\s(width|height)\s*=\s*[\"']\s*(\d{1,5}(?:\.\d{0,6})?)(?:px)?\s*[\"']")
_VIEW = re.compile(
    rb"\sviewBox\s*=\s*[\"']\s*[-+.\d]+[\s,]+[-+.\d]+[\s,]+(\d{1,5}(?:\.\d{0,6})?)[\s,]+(\d{1,5}(?:\.\d{0,6})?)\s*[\"']"
)
_WIDE = 1_200
"""Pixels that no column of text is wide: a drawing without a size of its own is as wide as its column."""


def size_of(data: bytes) -> Size | None:
    """Read the size of a picture; None where its first bytes do not tell it."""
    try:
        size = _size(data)
    except IndexError:
        return None
    return size if size and 0 < size[0] <= _LARGEST and 0 < size[1] <= _LARGEST else None


def _size(data: bytes) -> Size | None:
    if data.startswith(SIGNATURE) and data[12:16] == b"IHDR":
        return _number(data[16:20]), _number(data[20:24])
    if data.startswith((b"GIF87a", b"GIF89a")):
        return _little(data[6:8]), _little(data[8:10])
    if data.startswith(b"\xff\xd8\xff"):
        return _jpeg(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return _webp(data)
    if data[4:8] == b"ftyp":
        return _boxed(data)
    root = _ROOT.search(data[:HEAD]) if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else None
    return _svg(root[0]) if root else None


def _jpeg(data: bytes) -> Size | None:
    at, turned = 2, 1
    while at + 9 < len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker in _FRAMES:
            height, width = _number(data[at + 5 : at + 7]), _number(data[at + 7 : at + 9])
            return (height, width) if turned >= _SIDEWAYS else (width, height)
        if marker == 0xE1 and data.startswith(HEADER, at + 4):
            turned = orientation(data[at + 4 + len(HEADER) : at + 2 + _number(data[at + 2 : at + 4])])
        at += 2 + _number(data[at + 2 : at + 4])
    return None


def _webp(data: bytes) -> Size | None:
    kind = data[12:16]
    if kind == b"VP8X" and len(data) >= 30:
        return _little(data[24:27]) + 1, _little(data[27:30]) + 1
    if kind == b"VP8L" and len(data) >= 25 and data[20] == 0x2F:
        bits = _little(data[21:25])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        return _little(data[26:28]) & 0x3FFF, _little(data[28:30]) & 0x3FFF
    return None


def _boxed(data: bytes) -> Size | None:
    """Read the size of the largest picture of an AVIF or a HEIC: others are tiles of it, or small copies."""
    sizes = [(_number(each[1]), _number(each[2])) for each in _EXTENT.finditer(data)]
    largest = max(sizes, key=lambda each: each[0] * each[1], default=None)
    turn = _TURN.search(data)
    return largest[::-1] if largest and turn and turn[1][0] & 1 else largest


def _svg(root: bytes) -> Size | None:
    sides = {name: float(value) for name, value in _SIDE.findall(root)}
    if len(sides) == 2:
        return round(sides[b"width"]), round(sides[b"height"])
    view = _VIEW.search(root)
    if view is None or sides or re.search(rb"\s(?:width|height|preserveAspectRatio|style)\s*=", root):
        return None
    width, height = float(view[1]), float(view[2])
    larger = ceil(_WIDE / width) if width else 0
    return round(width * larger), round(height * larger)


def _number(data: bytes) -> int:
    return int.from_bytes(data, "big")


def _little(data: bytes) -> int:
    return int.from_bytes(data, "little")
