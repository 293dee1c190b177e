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
_XML = "http://www.w3.org/XML/1998/namespace"
_ELEMENTS = frozenset(
    "a altGlyph animate animateColor animateMotion animateTransform circle clipPath color-profile cursor defs ellipse "
    "feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap "
    "feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode "
    "feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence filter flowPara flowRegion "
    "flowRoot flowSpan font font-face font-face-format font-face-name font-face-src g glyph glyphRef hkern image line "
    "linearGradient marker mask mesh meshgradient meshpatch meshrow missing-glyph mpath path pattern polygon polyline "
    "radialGradient rect set solidcolor stop style svg switch symbol text textPath title tref tspan use view vkern".split()
)
"""What draws (https://www.w3.org/TR/SVG2/eltindex.html, and SVG 1.1); no scripts, no foreign content, no `desc`, whose words
no `<img>` shows."""
_ATTRIBUTES = frozenset(
    "accumulate additive alignment-baseline amplitude arabic-form ascent attributeName attributeType azimuth baseFrequency "
    "baseProfile baseline-shift bbox begin bias by calcMode cap-height class clip clip-path clip-rule clipPathUnits color "
    "color-interpolation color-interpolation-filters color-profile color-rendering cx cy d descent diffuseConstant "
    "direction display divisor dominant-baseline dur dx dy edgeMode elevation enable-background end exponent fill fill- "
    "opacity fill-rule filter filterRes filterUnits flood-color flood-opacity font font-family font-feature-settings font- "
    "kerning font-size font-size-adjust font-stretch font-style font-variant font-variation-settings font-weight format fr "
    "from fx fy g1 g2 glyph-name glyph-orientation-horizontal glyph-orientation-vertical glyphRef gradientTransform "
    "gradientUnits hanging height horiz-adv-x horiz-origin-x horiz-origin-y href id ideographic image-rendering in in2 "
    "inline-size intercept isolation k k1 k2 k3 k4 kernelMatrix kernelUnitLength kerning keyPoints keySplines keyTimes lang "
    "lengthAdjust letter-spacing lighting-color limitingConeAngle line-height local marker marker-end marker-mid marker- "
    "start markerHeight markerUnits markerWidth mask mask-type maskContentUnits maskUnits mathematical max media method min "
    "mix-blend-mode mode name numOctaves offset opacity operator order orient orientation origin overflow overline-position "
    "overline-thickness paint-order panose-1 path pathLength patternContentUnits patternTransform patternUnits pointer- "
    "events points pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits r radius refX refY "
    "rendering-intent repeatCount repeatDur requiredExtensions requiredFeatures restart result role rotate rx ry scale seed "
    "shape-inside shape-margin shape-padding shape-rendering shape-subtract side slope solid-color solid-opacity spacing "
    "specularConstant specularExponent spreadMethod startOffset stdDeviation stemh stemv stitchTiles stop-color stop- "
    "opacity strikethrough-position strikethrough-thickness string stroke stroke-dasharray stroke-dashoffset stroke-linecap "
    "stroke-linejoin stroke-miterlimit stroke-opacity stroke-width style surfaceScale systemLanguage tableValues target "
    "targetX targetY text-align text-anchor text-decoration text-orientation text-overflow text-rendering textLength title "
    "to transform transform-box transform-origin type u1 u2 underline-position underline-thickness unicode unicode-bidi "
    "unicode-range units-per-em v-alphabetic v-hanging v-ideographic v-mathematical values vector-effect version vert-adv-y "
    "vert-origin-x vert-origin-y viewBox viewTarget visibility white-space width widths word-spacing writing-mode x "
    "x-height x1 x2 xChannelSelector y y1 y2 yChannelSelector z zoomAndPan".split()
)
"""What says how it is drawn (https://www.w3.org/TR/SVG2/attindex.html). Programs keep more in others: draw.io in `content` the
whole drawing, with pages that are not shown."""
_FOREIGN = frozenset({f"{{{_XLINK}}}href", f"{{{_XLINK}}}title", f"{{{_XML}}}space", f"{{{_XML}}}lang"})
_ANIMATED = frozenset("set animate animateColor animateMotion animateTransform".split())
_SAFE_ADDRESS = re.compile(r"#|data:image/(?:png|jpe?g|gif|webp|avif)[^,]*;base64,", re.IGNORECASE)
_STYLE = re.compile(
    r"@import|expression\s*\(|(?:java|vb)script:|url\(\s*+['\"]?+\s*+(?!#|data:image/(?:png|jpe?g|gif|webp|avif)[^,]*;base64,"
    r"|data:(?:font/|application/(?:x-)?font-))|\\"
    r"|(?:image-set|cross-fade|\bimage|\bsrc)\s*\(",
    re.IGNORECASE,
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
            shown = _REMARK.sub(" ", value) if key == "style" else value
            if not _is_safe(key, shown):
                del element.attrib[key]
            else:
                element.attrib[key] = without_traces(shown) if "base64," in shown else shown
        if _name(element.tag)[1] == "style":
            rules = _REMARK.sub(" ", "".join([element.text or "", *(child.tail or "" for child in element)]))
            element[:] = []
            element.text = "" if _STYLE.search(rules) else without_traces(rules)
            continue
        before: ET.Element | None = None
        for child in list(element):
            if _is_kept(child):
                waiting.append(child)
                before = child
                continue
            _keep_tail(element, before, child.tail or "")
            element.remove(child)


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
    if space != _SVG or name not in _ELEMENTS:
        return False
    target = element.get("attributeName", "").rpartition(":")[2].strip().casefold()
    return not (name in _ANIMATED and (target.startswith("on") or target == "href"))


def _is_safe(key: str, value: str) -> bool:
    if key not in _ATTRIBUTES and key not in _FOREIGN:
        return False
    if _name(key)[1] == "href":
        return bool(_SAFE_ADDRESS.match(value.strip()))
    return not _STYLE.search(value)
