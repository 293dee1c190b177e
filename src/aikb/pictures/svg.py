"""Write vector graphics anew without what could run or tell: scripts, handlers, foreign content, comments, editors' notes.

In an `<img>` nothing of it runs; but a reader may open the picture by itself, and then it would run as a page of the site.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from xml.etree import ElementTree as ET
from xml.parsers import expat

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_KEPT = frozenset({_SVG, _XLINK, "http://www.w3.org/XML/1998/namespace", ""})
_DROPPED = frozenset("script foreignObject handler listener metadata iframe object embed audio video desc".split())
"""A description is words of programs and authors that no `<img>` shows."""
_ANIMATED = frozenset("set animate animateMotion animateTransform".split())
_SAFE_ADDRESS = re.compile(r"#|data:image/(?:png|jpeg|gif|webp|avif)[;,]", re.IGNORECASE)
_STYLE = re.compile(
    r"@import|expression\s*\(|(?:java|vb)script:|url\(\s*+['\"]?+\s*+(?!#|data:image/(?!svg))|\\", re.IGNORECASE
)


_EMBEDDED = re.compile(r"data:image/(?:png|jpe?g|gif|webp|avif)[^,\"')]*;base64,([A-Za-z0-9+/=\s]+)", re.IGNORECASE)
_REMARK = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)


def clean_svg(data: bytes, clean: Callable[[bytes], bytes | None] = lambda _picture: None) -> bytes | None:
    """Clean vector graphics, and the pictures inside them by `clean`; None where they are no XML."""
    try:
        root = ET.fromstring(data)  # noqa: S314 - expat reads no other file, and limits what entities may grow to
    except (ET.ParseError, ValueError, LookupError, RecursionError, expat.ExpatError):
        return None
    if _name(root.tag) != (_SVG, "svg"):
        return None
    _clean(root, lambda text: _EMBEDDED.sub(lambda match: _embedded(match, clean), text))
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", _XLINK)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _embedded(match: re.Match[str], clean: Callable[[bytes], bytes | None]) -> str:
    """Write a picture inside anew without what it tells; one that cannot be read is left out."""
    try:
        shown = clean(base64.b64decode(match[1]))
    except ValueError:
        return "data:,"
    head = match[0][: match.start(1) - match.start()]
    return head + base64.b64encode(shown).decode() if shown is not None else "data:,"


def _clean(root: ET.Element, without_traces: Callable[[str], str]) -> None:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        for key, value in list(element.attrib.items()):
            if not _is_safe(key, value):
                del element.attrib[key]
            elif "base64," in value or "/*" in value:
                element.attrib[key] = without_traces(_REMARK.sub("", value) if key == "style" else value)
        before: ET.Element | None = None
        for child in list(element):
            if _is_kept(child):
                waiting.append(child)
                before = child
                continue
            _keep_tail(element, before, child.tail or "")
            element.remove(child)
        if _name(element.tag)[1] == "style":
            rules = _REMARK.sub("", element.text or "")
            element.text = "" if _STYLE.search(rules) else without_traces(rules)


def _keep_tail(parent: ET.Element, before: ET.Element | None, tail: str) -> None:
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail


def _name(tag: object) -> tuple[str, str]:
    """Split a name into its namespace and what it is called there."""
    space, _, name = str(tag).removeprefix("{").rpartition("}")
    return space, name


def _is_kept(element: ET.Element) -> bool:
    space, name = _name(element.tag)
    if space not in (_SVG, "") or name in _DROPPED:
        return False
    target = element.get("attributeName", "").rpartition(":")[2].casefold()
    return not (name in _ANIMATED and (target.startswith("on") or target == "href"))


def _is_safe(key: str, value: str) -> bool:
    space, name = _name(key)
    if space not in _KEPT or name.casefold().startswith(("on", "data-", "aria-")):
        return False
    if name.casefold() in ("href", "src"):
        return bool(_SAFE_ADDRESS.match(value.strip()))
    return not _STYLE.search(value)
