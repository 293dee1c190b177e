"""Blank the metadata of files made of boxes (ISO/IEC 14496-12): AVIF, HEIC, JPEG XL, JPEG 2000, MP4, QuickTime.

Boxes tell places of others by their distance from the start, so nothing is cut: what goes becomes a free box, or blanks.
"""

from __future__ import annotations

from collections.abc import Iterator

_PARENTS = frozenset({b"moov", b"trak", b"moof", b"traf", b"mdia", b"minf", b"edts"})
_PRIVATE = frozenset({b"udta", b"uuid", b"XMP_", b"meta", b"Exif", b"xml ", b"jumb", b"brob", b"jbrd"})
"""`brob` holds another box, packed; `jbrd` what a JPEG needs to be made again of a JPEG XL, its metadata among it."""
_EMPTY_TIFF = b"\0\0\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0"
"""What an item of Exif holds that says nothing: the way to the TIFF block, and one without entries."""
_DEEPEST = 16


def clean_boxes(data: bytes) -> bytes | None:
    """Blank the metadata of pictures and films; None where the boxes are not as the standard has them."""
    out = bytearray(data)
    try:
        for kind, start, body, end, depth in _boxes(data, 0, len(data), 0):
            if kind == b"meta" and depth == 0:
                _blank_items(out, data, body + 4, end)
            elif kind in _PRIVATE:
                out[start + 4 : start + 8] = b"free"
                out[body:end] = bytes(end - body)
            elif kind in (b"mvhd", b"tkhd", b"mdhd"):  # when it was made
                width = 16 if data[body] == 1 else 8
                out[body + 4 : body + 4 + width] = bytes(width)
    except (ValueError, IndexError):
        return None
    return bytes(out)


def _boxes(data: bytes, at: int, end: int, depth: int) -> Iterator[tuple[bytes, int, int, int, int]]:
    """List boxes: kind, start, start of the content, end, depth. Raises ValueError for one that does not fit."""
    while at + 8 <= end:
        size, kind, body = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8], at + 8
        if size == 1:
            size, body = int.from_bytes(data[at + 8 : at + 16], "big"), at + 16
        elif size == 0:
            size = end - at
        if size < body - at or at + size > end:
            raise ValueError(kind)
        yield kind, at, body, at + size, depth
        if kind in _PARENTS and depth < _DEEPEST:
            yield from _boxes(data, body, at + size, depth + 1)
        at += size


def _blank_items(out: bytearray, data: bytes, at: int, end: int) -> None:
    """Blank the items of a picture that are Exif or XMP, wherever they lie, and the names of items."""
    inside = {kind: (body, close) for kind, _, body, close, _ in _boxes(data, at, end, 1)}
    if b"iinf" not in inside or b"iloc" not in inside:
        return
    kinds = dict(_item_kinds(data, *inside[b"iinf"]))
    base = inside.get(b"idat", (0, 0))[0]
    for item, in_data_box, start, length in _item_places(data, inside[b"iloc"][0]):
        kind = kinds.get(item)
        if kind in (b"Exif", b"mime", b"uri "):
            start += base if in_data_box else 0
            empty = _EMPTY_TIFF if kind == b"Exif" and length >= len(_EMPTY_TIFF) else b""
            blank = b"\0" if kind == b"Exif" else b" "
            if start + length <= len(data):
                out[start : start + length] = empty + blank * (length - len(empty))


def _item_kinds(data: bytes, at: int, end: int) -> Iterator[tuple[int, bytes]]:
    version = data[at]
    at += 6 if version == 0 else 8
    for kind, _, body, _, _ in _boxes(data, at, end, 2):
        if kind == b"infe" and data[body] >= 2:
            width = 2 if data[body] == 2 else 4
            identifier = int.from_bytes(data[body + 4 : body + 4 + width], "big")
            yield identifier, data[body + 6 + width : body + 10 + width]


def _item_places(data: bytes, at: int) -> Iterator[tuple[int, bool, int, int]]:
    """List the stretches of items: the item, whether it is counted from the data box, start, length."""

    def number(width: int) -> int:
        nonlocal at
        at += width
        return int.from_bytes(data[at - width : at], "big")

    version = number(1)
    number(3)
    sizes = number(2)
    offset, length, base, index = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    wide = 4 if version == 2 else 2
    for _ in range(min(number(wide), 10_000)):
        item = number(wide)
        method = number(2) & 15 if version else 0
        number(2)
        origin = number(base)
        for _ in range(min(number(2), 10_000)):
            number(index if version else 0)
            start = origin + number(offset)
            yield item, method == 1, start, number(length)
