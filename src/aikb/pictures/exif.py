"""Read which way up a picture is from its Exif block (CIPA DC-008, TIFF 6.0), and write a block that says only that."""

from __future__ import annotations

import struct

HEADER = b"Exif\0\0"
_ORIENTATION = 0x0112


def orientation(block: bytes) -> int:
    """Read the orientation of a TIFF block, 1 to 8; 1, upright, where it says nothing that can be read."""
    order = {b"II": "<", b"MM": ">"}.get(block[:2])
    try:
        if order is None:
            return 1
        (start,) = struct.unpack_from(f"{order}I", block, 4)
        (count,) = struct.unpack_from(f"{order}H", block, start)
        for entry in range(min(count, 1_000)):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", block, start + 2 + 12 * entry)
            if tag == _ORIENTATION and kind == 3 and 1 <= value <= 8:
                return int(value)
    except struct.error:
        pass
    return 1


def only_orientation(block: bytes) -> bytes:
    """Make a TIFF block of the orientation alone; nothing for a picture that is upright."""
    turned = orientation(block)
    if turned == 1:
        return b""
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, turned, 0, 0)
