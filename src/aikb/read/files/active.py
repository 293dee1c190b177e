"""Detect files that run scripts in the browser of whoever opens them, with all that the site's own scripts may do."""

from __future__ import annotations

import html
import re
from pathlib import Path

PAGES = frozenset(
    {".htm", ".html", ".shtml", ".xht", ".xhtml", ".xml", ".xsl", ".xslt", ".mht", ".mhtml", ".svgz", ".hta"}
)
"""Kinds of files that a browser opens as a page. Vector graphics are written anew where they are copied."""
_INERT = frozenset(
    ".7z .aac .avi .avif .bmp .bz2 .csv .css .doc .docx .eot .epub .flac .gif .gz .heic .ico .jpeg .jpg .js .json .m4a .m4v "
    ".mjs .mkv .mobi .mov .mp3 .mp4 .odp .ods .odt .ogg .opus .otf .pdf .png .ppt .pptx .rar .svg .tar .tex .tif .tiff .tsv "
    ".ttf .txt .wav .webm .webp .woff .woff2 .xls .xlsx .xz .yaml .yml .zip".split()
)
"""Kinds of files that no host serves as a page, whatever is in them."""
_HEAD = 2_000
"""Bytes by which a browser tells a page, where its host does not say what a file is."""
_LARGEST = 4_000_000
"""Bytes that are looked at; a page that is larger is taken for one that runs scripts."""
_ACTIVE = re.compile(
    r"<[\w-]*:?(?:script|iframe|frame|object|embed|applet|base|form|portal|handler|set|animate)\b|[\s\"'/]on[a-z]{3,30}\s*="
    r"|(?:java|vb|live)\s*script\s*:|http-equiv\s*=[\s\"']*(?:refresh|set-cookie)|<\?xml-stylesheet|<!entity|data:text/html",
    re.IGNORECASE,
)


def is_active(path: Path) -> bool:
    """Tell whether a file is a page that could run something: by its name, or of a name that says nothing, by its beginning.

    Hosts serve `.rss`, `.kml` and many others as XML, which may hold a script; some let the browser guess of what they do not
    know.
    """
    ending = path.suffix.lower()
    if ending in _INERT or not (ending in PAGES or _begins_as_page(path)):
        return False
    return runs_scripts(path)


def _begins_as_page(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False  # nor can it be copied
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n\f\v\0")
    return text.startswith((b"<", b"\xff\xfe", b"\xfe\xff")) or bool(head and not text)


def runs_scripts(path: Path) -> bool:
    """Tell whether a page could run something; one that cannot be read as text, UTF-16 among it, could."""
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError:
        return True
    if len(data) > _LARGEST or b"\0" in data or b"+AD" in data:  # UTF-16, UTF-7
        return True
    text = data.decode("latin-1")
    # an entity may stand for any letter of a script's address: &#106;avascript:
    return bool(_ACTIVE.search(text) or ("&" in text and _ACTIVE.search(html.unescape(text))))
