"""Clean a JPEG (ITU T.81): drop its application segments and comments, and what stands after its end.

Kept are JFIF's (without its thumbnail), Adobe's, which says how colours are coded, the colour profile, and which way up it is.
"""

from __future__ import annotations

from aikb.pictures.exif import HEADER, only_orientation

_END, _SCAN = 0xD9, 0xDA
_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
"""Markers without a length."""


def clean_jpeg(data: bytes) -> bytes | None:
    """Clean a JPEG; None where it is not as the standard has it. One that breaks off is shown as far as it goes."""
    out, at, scanned = [data[:2]], 2, False
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == _END:
            break
        if marker in _ALONE:
            out.append(data[at : at + 2])
            at += 2
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if end > len(data) or end < at + 4:
            break
        out.append(_kept(marker, data[at:end]))
        at = end
        if marker == _SCAN:
            at, scanned = _scan_end(data, at), True
            out.append(data[end:at])
    if data[at : at + 2] == b"\xff\xd9":
        return b"".join([*out, b"\xff\xd9"])
    return b"".join(out) if scanned else None


def _kept(marker: int, segment: bytes) -> bytes:
    """Choose what stays of a segment."""
    body = segment[4:]
    if marker < 0xC0 or marker >= 0xE0:  # programs', comments, and reserved ones
        if marker == 0xE0 and body.startswith(b"JFIF\0") and len(body) >= 14:
            return b"\xff\xe0\x00\x10" + body[:12] + b"\0\0"
        if marker == 0xE1 and body.startswith(HEADER):
            block = only_orientation(body[len(HEADER) :])
            length = (2 + len(HEADER) + len(block)).to_bytes(2, "big")
            return b"\xff\xe1" + length + HEADER + block if block else b""
        if marker == 0xE2 and body.startswith(b"ICC_PROFILE\0"):
            return segment
        return segment if marker == 0xEE and body.startswith(b"Adobe") else b""
    return segment


def _scan_end(data: bytes, at: int) -> int:
    """Find where the coded picture of a scan ends: at a marker that is neither a stuffed byte nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            return len(data)
        if data[at + 1] == 0 or 0xD0 <= data[at + 1] <= 0xD7:
            at += 2
        elif data[at + 1] == 0xFF:
            at += 1
        else:
            return at
