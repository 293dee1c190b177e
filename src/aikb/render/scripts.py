"""Makes the scripts that are published of those of the theme: without comments and indentation, those of a page in one file.

Each page asks for one file instead of six, which is also a fifth smaller. Search has a file of its own, of two: it is loaded
when somebody looks for something.
"""

from __future__ import annotations

from functools import cache

from rjsmin import jsmin

from aikb.render.furniture import THEME

PAGE = "assets/aikb.js"
"""What every page loads."""
_PARTS = ("aikb", "aikb-page", "aikb-sections", "aikb-facing", "aikb-previews", "aikb-glossary", "aikb-ways")
"""What it is made of, in the order they run; each is a program by itself."""
_SEARCH = ("aikb-search", "aikb-search-box")


@cache
def scripts() -> dict[str, bytes]:
    """Make the published scripts, by their path in the site."""
    parts = {PAGE: _PARTS, "assets/aikb-search.js": _SEARCH}
    return {name: b";\n".join(map(_small, each)) for name, each in parts.items()}


def _small(name: str) -> bytes:
    return bytes(jsmin((THEME / "assets" / f"{name}.js").read_bytes()))
