"""Detect files that run scripts in the browser of whoever opens them, with all that the site's own scripts may do."""

from __future__ import annotations

import html
import re
from pathlib import Path

PAGES = frozenset(
    {".htm", ".html", ".shtml", ".xht", ".xhtml", ".xml", ".xsl", ".xslt", ".mht", ".mhtml", ".svgz", ".hta"}
)
"""Kinds of files that a browser opens as a page. Vector graphics are written anew where they are copied."""
_LARGEST = 4_000_000
"""Bytes that are looked at; a page that is larger is taken for one that runs scripts."""
_ACTIVE = re.compile(
    r"<[\w-]*:?(?:script|iframe|frame|object|embed|applet|base|form|portal|handler|set|animate)\b|[\s\"'/]on[a-z]{3,30}\s*="
    r"|(?:java|vb|live)\s*script\s*:|http-equiv\s*=[\s\"']*(?:refresh|set-cookie)|<\?xml-stylesheet|<!entity|data:text/html",
    re.IGNORECASE,
)


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
