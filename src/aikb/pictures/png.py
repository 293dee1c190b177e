"""Clean a PNG (W3C, third edition): keep the chunks that show something, and no other."""

from __future__ import annotations

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_SHOWN = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs hIST sPLT acTL fcTL fdAT cICP mDCV cLLI".split()
)


def clean_png(data: bytes) -> bytes | None:
    """Clean a PNG; None where it is not as the standard has it. What stands after its end goes too."""
    out, at = [SIGNATURE], len(SIGNATURE)
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        if end > len(data):  # one that breaks off is shown as far as it goes
            return b"".join([*out, data[at:]]) if kind == b"IDAT" else None
        if kind in _SHOWN:
            out.append(data[at:end])
        if kind == b"IEND":
            return b"".join(out)
        at = end
    return None
