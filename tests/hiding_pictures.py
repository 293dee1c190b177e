"""Pictures that hold a word besides what they show."""

from __future__ import annotations

import base64
import struct
import zlib
from collections.abc import Mapping


def chunk(kind: bytes, body: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(*chunks: bytes, tail: bytes = b"") -> bytes:
    """A picture of one dot, with more chunks."""
    shown = chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + shown + tail


def _segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def _jpeg(*segments: bytes, tail: bytes = b"") -> bytes:
    scan = _segment(0xDB, bytes(65)) + _segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x12\x34\x56"
    return b"\xff\xd8" + b"".join(segments) + scan + b"\xff\xd9" + tail


def _webp(*chunks: tuple[bytes, bytes]) -> bytes:
    whole = ((b"VP8X", b"\x1c" + bytes(9)), (b"VP8L", b"picture"), *chunks)
    packed = b"".join(kind + struct.pack("<I", len(body)) + body + bytes(len(body) % 2) for kind, body in whole)
    return b"RIFF" + struct.pack("<I", len(packed) + 4) + b"WEBP" + packed


def _tiff(text: bytes) -> bytes:
    """Exif of a description and of Windows' comment, in UTF-16."""
    wide = text.decode().encode("utf-16-le")
    entries = struct.pack("<HHII", 0x010E, 2, len(text), 38) + struct.pack(
        "<HHII", 0x9C9C, 1, len(wide), 38 + len(text)
    )
    return struct.pack("<2sHI", b"II", 42, 8) + struct.pack("<H", 2) + entries + bytes(4) + text + wide


def pictures(text: bytes) -> Mapping[str, bytes]:
    """Pictures with a word in them, by name."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://www.inkscape.org/namespaces/inkscape" width="9" height="9"'
    rect = '<rect width="9" height="9"/>'
    note = text.decode()
    photo = b"".join(base64.b64encode(png(chunk(b"tEXt", b"Comment\0" + text))).splitlines()).decode()
    vectors = {
        "comment": f"{svg}><!-- {note} -->{rect}</svg>",
        "metadata": f"{svg}><metadata><x>{note}</x></metadata>{rect}</svg>",
        "editor": f'{svg} i:label="{note}" i:docname="/home/{note}/x.svg">{rect}</svg>',
        "instruction": f'<?xml version="1.0"?><?note {note}?>{svg}>{rect}</svg>',
        "entity": f'<!DOCTYPE svg [<!ENTITY note "{note}">]>{svg}>{rect}</svg>',
        "script": f"{svg}><script>/* {note} */</script>{rect}</svg>",
        "foreign": f"{svg}><foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>{note}</p></foreignObject>{rect}</svg>",
        "data": f"{svg}><rect width='9' height='9' data-note='{note}' data-name='{note}'/></svg>",
        "style": f"{svg}><style>/* {note} */ rect {{ fill: red }}</style>{rect}</svg>",
        "photo": f"{svg}><image width='9' height='9' href='data:image/png;base64,{photo}'/></svg>",
        "handler": f"{svg} onload='{note}'>{rect}</svg>",
        "description": f"{svg}><desc>{note}</desc>{rect}</svg>",
    }
    pictures = {
        "exif.jpg": _jpeg(_segment(0xE1, b"Exif\0\0" + _tiff(text))),
        "xmp.jpg": _jpeg(_segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + text)),
        "iptc.jpg": _jpeg(_segment(0xED, b"Photoshop 3.0\0" + text)),
        "comment.jpg": _jpeg(_segment(0xFE, text)),
        "behind.jpg": _jpeg(tail=text),
        "named.jpeg": png(chunk(b"tEXt", b"Comment\0" + text)),
        "text.png": png(chunk(b"tEXt", b"Comment\0" + text)),
        "packed.png": png(chunk(b"zTXt", b"Comment\0\0" + zlib.compress(text))),
        "international.png": png(chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + text)),
        "exif.png": png(chunk(b"eXIf", _tiff(text))),
        "unknown.png": png(chunk(b"prVt", text)),
        "behind.png": png(tail=text),
        "exif.webp": _webp((b"EXIF", _tiff(text)), (b"XMP ", text), (b"JUNK", text)),
        "comment.gif": b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff\x21\xfe" + bytes([len(text)]) + text
        + b"\0\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0;",
    }  # fmt: skip
    return {**pictures, **{f"{name}.svg": text.encode() for name, text in vectors.items()}}
