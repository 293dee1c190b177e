"""Clean a WebP (RFC 9649): keep the chunks of its container that show something, and which way up it is."""

from __future__ import annotations

from aikb.pictures.exif import HEADER, only_orientation

_SHOWN = (b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP")
_HAS_EXIF, _HAS_XMP = 0x08, 0x04


def clean_webp(data: bytes) -> bytes | None:
    """Clean a WebP; None where it is not as the standard has it."""
    chunks, at = list[tuple[bytes, bytes]](), 12
    end = min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    while at + 8 <= end:
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if at + 8 + size > len(data):
            return None
        body = data[at + 8 : at + 8 + size]
        if kind in _SHOWN:
            chunks.append((kind, _frame(body) if kind == b"ANMF" else body))
        elif kind == b"EXIF" and (block := only_orientation(body.removeprefix(HEADER))):
            chunks.append((kind, block))
        at += 8 + size + size % 2
    turned = any(kind == b"EXIF" for kind, _ in chunks)
    packed = b"".join(_chunk(kind, _flags(body, turned=turned) if kind == b"VP8X" else body) for kind, body in chunks)
    return b"RIFF" + (4 + len(packed)).to_bytes(4, "little") + b"WEBP" + packed if chunks else None


def _frame(body: bytes) -> bytes:
    """Choose what stays of a frame, which is its place and chunks of its own; nothing of one that does not fit."""
    out, at = [body[:16]], 16
    while at + 8 <= len(body):
        end = at + 8 + int.from_bytes(body[at + 4 : at + 8], "little")
        if body[at : at + 4] in (b"VP8 ", b"VP8L", b"ALPH") and end <= len(body):
            out.append(_chunk(body[at : at + 4], body[at + 8 : end]))
        at = end + end % 2
    return b"".join(out)


def _flags(body: bytes, *, turned: bool) -> bytes:
    flags = body[0] & ~(_HAS_EXIF | _HAS_XMP) if body else 0
    return bytes([flags | (_HAS_EXIF if turned else 0)]) + body[1:]


def _chunk(kind: bytes, body: bytes) -> bytes:
    return kind + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)
