"""Write vector graphics anew without what could run or tell: scripts, handlers, foreign content, comments, editors' notes.

In an `<img>` nothing of it runs; but a reader may open the picture by itself, and then it would run as a page of the site.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET
from xml.parsers import expat

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_KEPT = frozenset({_SVG, _XLINK, "http://www.w3.org/XML/1998/namespace", ""})
_DROPPED = frozenset("script foreignObject handler listener metadata iframe object embed audio video".split())
_ANIMATED = frozenset("set animate animateMotion animateTransform".split())
_SAFE_ADDRESS = re.compile(r"#|data:image/(?:png|jpeg|gif|webp|avif)[;,]", re.IGNORECASE)
_STYLE = re.compile(r"@import|expression\s*\(|(?:java|vb)script:|url\(\s*['\"]?\s*(?!#|data:image/)|\\", re.IGNORECASE)


def clean_svg(data: bytes) -> bytes | None:
    """Clean vector graphics; None where they are no XML."""
    try:
        root = ET.fromstring(data)  # noqa: S314 - expat reads no other file, and limits what entities may grow to
    except (ET.ParseError, ValueError, LookupError, RecursionError, expat.ExpatError):
        return None
    if _name(root.tag) != (_SVG, "svg"):
        return None
    _clean(root)
    ET.register_namespace("", _SVG)
    ET.register_namespace("xlink", _XLINK)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _clean(root: ET.Element) -> None:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        for key, value in list(element.attrib.items()):
            if not _is_safe(key, value):
                del element.attrib[key]
        before: ET.Element | None = None
        for child in list(element):
            if _is_kept(child):
                waiting.append(child)
                before = child
                continue
            _keep_tail(element, before, child.tail or "")
            element.remove(child)
        if _name(element.tag)[1] == "style" and _STYLE.search(element.text or ""):
            element.text = ""


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
    if space not in _KEPT or name.casefold().startswith("on"):
        return False
    if name.casefold() in ("href", "src"):
        return bool(_SAFE_ADDRESS.match(value.strip()))
    return not _STYLE.search(value)
