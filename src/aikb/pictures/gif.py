"""Clean a GIF (89a): drop comments, texts and the blocks of programs but those that say how often it repeats."""

from __future__ import annotations

_REPEATS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


def clean_gif(data: bytes) -> bytes | None:
    """Clean a GIF; None where it is not as the standard has it. What stands after its end goes too."""
    try:
        at = 13 + _colours(data[10])
        out = [data[:at]]
        while data[at] != 0x3B:
            start, introducer = at, data[at]
            if introducer == 0x2C:
                at = _blocks_end(data, at + 11 + _colours(data[at + 9]))
                out.append(data[start:at])
            elif introducer == 0x21:
                at = _blocks_end(data, at + 2)
                application = data[start + 1] == 0xFF and data[start + 3 : start + 14] in _REPEATS
                if data[start + 1] == 0xF9 or application:
                    out.append(data[start:at])
            else:
                return None
    except IndexError:
        return None
    return b"".join([*out, b"\x3b"])


def _colours(flags: int) -> int:
    """Bytes of the table of colours that flags announce."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks_end(data: bytes, at: int) -> int:
    while data[at]:
        at += data[at] + 1
    return at + 1
