"""How large a picture is, by its first bytes; and what a page says of it."""

from __future__ import annotations

import struct

import pytest

from aikb.model.source import Asset, Source
from aikb.pictures.size import size_of
from aikb.pipeline import LastBuild, build
from aikb.settings import Settings
from conftest import RENDERER, body_html, page


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + struct.pack(">II", width, height) + b"\x08\x02\0\0\0"


def jpeg(width: int, height: int, *, turned: int = 0, frame: int = 0xC0) -> bytes:
    tiff = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, 0x0112, 3, 1, turned, 0, 0)
    exif = b"\xff\xe1" + struct.pack(">H", 8 + len(tiff)) + b"Exif\0\0" + tiff if turned else b""
    tables = b"\xff\xdb\0\x04\0\0"
    return (
        b"\xff\xd8" + exif + tables + bytes([0xFF, frame]) + struct.pack(">HBHHB", 11, 8, height, width, 1) + bytes(9)
    )


def webp(kind: bytes, body: bytes) -> bytes:
    return b"RIFF\0\0\0\0WEBP" + kind + struct.pack("<I", len(body)) + body


def svg(attributes: str, before: str = "") -> bytes:
    return f"{before}<svg xmlns='http://www.w3.org/2000/svg' {attributes}><path d='M0 0'/></svg>".encode()


def avif(*sizes: tuple[int, int], turn: int | None = None) -> bytes:
    boxes = b"".join(b"\0\0\0\x14ispe\0\0\0\0" + struct.pack(">II", *each) for each in sizes)
    turned = b"" if turn is None else b"\0\0\0\x09irot" + bytes([turn])
    return b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf\0\0\1\0meta" + turned + boxes


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (png(640, 480), (640, 480)),
        (b"GIF89a" + struct.pack("<HH", 10, 20) + b"\0\0\0", (10, 20)),
        (jpeg(4000, 3000), (4000, 3000)),
        (jpeg(4000, 3000, frame=0xC2), (4000, 3000)),
        (jpeg(4000, 3000, turned=6), (3000, 4000)),
        (jpeg(4000, 3000, turned=3), (4000, 3000)),
        (jpeg(4000, 3000).replace(b"\xff\xdb", b"\xff\xff\xdb"), (4000, 3000)),
        (webp(b"VP8X", b"\0\0\0\0" + (799).to_bytes(3, "little") + (599).to_bytes(3, "little")), (800, 600)),
        (webp(b"VP8L", b"\x2f" + (99 | 49 << 14).to_bytes(4, "little")), (100, 50)),
        (webp(b"VP8 ", b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", 320, 200)), (320, 200)),
        (avif((800, 600)), (800, 600)),
        (avif((64, 48), (800, 600), (512, 512)), (800, 600)),
        (avif((800, 600), turn=1), (600, 800)),
        (avif((800, 600), turn=2), (800, 600)),
        (avif((0, 600)), None),
        (avif(), None),
        (avif((800, 600))[:-6], None),
        (svg("width='300' height='150.4px' viewBox='0 0 3 1'"), (300, 150)),
        (svg("viewBox='0 0 720 462'"), (1440, 924)),
        (svg("viewBox='-8,-8, 24 24'", "\ufeff<?xml version='1.0'?>\n<!-- by <b> -->\n"), (1200, 1200)),
        (svg("width='100%' viewBox='0 0 720 462'"), None),
        (svg("width='10em' height='5em'"), None),
        (svg("viewBox='0 0 0 0'"), None),
        (svg("viewBox='0 0 720 462' preserveAspectRatio='none'"), None),
        (svg(""), None),
        (png(0, 480), None),
        (png(640, 480)[:18], None),
        (jpeg(4000, 3000)[:12], None),
        (webp(b"VP8L", b"\x2f"), None),
        (b"RIFF\0\0\0\0WEBP", None),
        (b"\xff\xd8\xff", None),
        (b"<html><p>no picture", None),
        (b"", None),
    ],
)
def test_the_first_bytes_tell_the_size(data: bytes, size: tuple[int, int] | None) -> None:
    assert size_of(data) == size


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("![p](p.png)", 'width="640" height="480"'),
        ("![p|320](p.png)", 'width="320" height="240"'),
        ("![[p.png|320]]", 'width="320" height="240"'),
        ("![[p.png|320x100]]", 'width="320" height="100"'),
        ('![p](p.png){ width="160" }', 'width="160" height="120"'),
        ('![p](p.png){ width="50%" }', 'width="50%"'),
        ('![p](p.png){ height="90" }', 'height="90"'),
        ("![p](q.png)", ""),
        ("![[p.png|words|64]]", 'width="64" height="48"'),
        ('<img src="p.png">', 'width="640" height="480"'),
        ('<p align="center"><img src="p.png" alt="p"></p>', 'width="640" height="480"'),
        ('Words <img width="320" src="p.png"/> on.', 'width="320" height="240"'),
        ("<img src=p.png width=50%>", 'width="50%"'),
        ('<img src="p.png" height="90">', 'height="90"'),
        ('<img src="p.png" width="10" height="10">', 'width="10" height="10"'),
        ('<img src="q.png">', ""),
        ('<table><tr><td><img src="p.png"></td></tr></table>', 'width="640" height="480"'),
        ("| ![p](p.png) |\n| --- |\n| x |", 'width="640" height="480"'),
    ],
)
def test_a_page_leaves_room_for_a_picture(text: str, shown: str) -> None:
    settings = Settings(addresses="sources")
    assets = [Asset("p.png", "", size=(640, 480)), Asset("q.png", "")]
    site = build([Source("notes/a.md", f"# A\n\n{text}\n", "notes")], settings, assets, renderer=RENDERER)
    html = body_html(page(site, "a.md"))
    picture = html[html.index("<img") :].partition(">")[0]
    said = " ".join(
        each.rstrip("/") for each in sorted(picture.split(), reverse=True) if each.startswith(("width", "height"))
    )
    assert said == shown


def test_a_picture_that_changes_is_given_its_new_room() -> None:
    settings, sources = Settings(addresses="sources"), [Source("notes/a.md", "# A\n\n![p](p.png)\n", "notes")]
    widths, last = [], LastBuild()
    for size in ((640, 480), (320, 480)):
        site = build(sources, settings, [Asset("p.png", "", size=size)], renderer=RENDERER, last=last)
        widths.append(f'width="{size[0]}"' in body_html(page(site, "a.md")))
    assert widths == [True, True]
