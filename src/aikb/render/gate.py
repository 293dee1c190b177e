"""The gate before the reader: what of a page's text may reach a browser, as an allow-list over the HTML as it is written.

Texts are escaped and sanitized piece by piece where they are written; the gate does not trust that. It scans the result with
one regular expression, in linear time, without building a tree, and knows no more than the few forms that the writers and
templates write: known elements, known attributes in double quotes, addresses of known schemes, no id of the theme's. Where
it meets anything else, that tag is shown as text.

nh3, which sanitizes by an allow-list in Rust, was looked at: it parses and writes each text anew, which takes ten times as
long and changes what is right.
"""

from __future__ import annotations

import re
from collections import Counter

from aikb.relate.links.resolve import SCHEMES
from aikb.text.formula import ATTRIBUTES as MATH_ATTRIBUTES
from aikb.text.formula import ELEMENTS as MATH_ELEMENTS
from aikb.text.sanitize import ALLOWED, VOID

_FURNITURE = frozenset({"aside", "audio", "button", "fieldset", "input", "label", "legend", "nav", "video"})
"""Elements of templates and of Material's own blocks, which no author's HTML becomes."""
_OF_EXTENSIONS = frozenset(
    "article autoref button canvas circle defs ellipse footer g header iframe line main meter path picture polygon polyline "
    "progress rect source svg track".split()
)
"""What extensions of Python-Markdown write that a user has switched on: icons, players, meters, references."""


def _words(words: frozenset[str] | str) -> str:
    names = words.split() if isinstance(words, str) else words
    return "|".join(sorted(map(re.escape, names), key=lambda name: (-len(name), name)))


_VALUE = r'="[^"<]*"'
_DATA = (
    "data-aikb-to data-caption data-caption-position data-description data-filter data-gallery data-label data-lang "
    "data-letter data-none data-preview data-search-exclude data-term data-title data-toc-label"
)
_PLAIN = (
    "abbr align alt aria-describedby aria-hidden aria-label border class colspan datetime dir height hidden label lang "
    f"loading reversed rowspan scope start title valign value width {_DATA}"
)
"""Attributes that say nothing to a script and load nothing."""
_MAP = r'svg class="aikb-map" aria-hidden="true" viewBox="0 0 \d{1,4} \d{1,4}" width="\d{1,4}" height="\d{1,4}"'
"""The one drawing of ours: a map of what surrounds a note, of numbers and words."""
_DRAWN = frozenset({"path", "svg", "text"})
"""Its elements."""
_FLAGS = "checked data-search-exclude disabled hidden open reversed"
_START = r"(?:[^\"<&:/?#\\\x00-\x20]|&(?:amp|quot|#34|#39|#x27);)"
"""What an address may begin with before the sign that ends its first part: no entity that could spell a letter or a colon."""
_HREF = rf' href="(?:(?i:{_words(SCHEMES)}):[^"<]*|{_START}*(?:[/?#][^"<]*)?)"'
_SRC = rf' src="(?:{_START}+(?:[/?#][^"<\\\x00-\x1f]*)?|\.{{0,2}}/(?![/\\])[^"<\\\x00-\x1f]*)"'
"""On the site itself: no scheme, no host."""
_ID = r' id="(?:(?!__)[^"<]*|__[a-z]+-[^"<]*-\d+|__tabbed_\d+_\d+|__[a-z]+-caption_[\d_]+)"'
"""The theme's own are taken but for those of lines of code, tabs and captions, which are numbered."""
_STYLE = r' style="(?:[a-z-]+: ?[\w#%., -]+;? ?)*"'
"""Of highlighters and tables that a user has set so; nothing in it loads anything."""
_ROLE = r'| role="list(?:item)?"'
_CITE = r' cite="(?i:https?)://[^"<]*"'
_COMMON = (
    rf'{_ID}| (?:{_words(_PLAIN)}){_VALUE}| (?:{_words(_FLAGS)})(?=[ />])|{_STYLE}|{_CITE}| open="(?:open)?"{_ROLE}'
)
_PLAYER = rf'{_SRC}| controls(?:="")?(?=[ />])| preload="(?:none|metadata)"'
_OWN = {
    "a": rf'{_HREF}| name="(?!__)[^"<]*"| name="__[a-z]+-[^"<]*-\d+"| (?:rel|target|hreflang){_VALUE}| tabindex="-1"',
    "audio": _PLAYER,
    "button": rf' type="button"| data-clipboard-text{_VALUE}',
    "div": r' data-tabs="\d+:\d+"',
    "img": _SRC,
    "input": r' type="(?:checkbox|radio)"| name="(?:__tabbed_\d+|aikb-[a-z]+)"| (?:checked|disabled)="[a-z]*"',
    "label": r' for="__tabbed_\d+_\d+"',
    "math": r' xmlns="http://www.w3.org/1998/Math/MathML"',
    "video": _PLAYER,
    "path": r' d="[MCh\d ]*"',
    "text": r' (?:x|y)="\d{1,4}"| text-anchor="end"',
}
"""Attributes of one element only."""
_FOREIGN = (
    r" (?!on|style|id|href|src|name|action|formaction|form|xlink|background|poster|data=|ping|http|is=)[a-zA-Z][\w:.-]*"
    rf"(?:{_VALUE}|(?=[ />]))|{_HREF}|{_SRC}|{_ID}|{_STYLE}"
)


_REFERENCE = (
    r" (?:backlink-anchor|backlink-type|class|domain|filepath|identifier|lineno|origin|role|slug|title)"
    rf"{_VALUE}| (?:hover|optional)(?=[ />])"
)
"""Of what autorefs puts a link in the place of."""


def _compile(elements: frozenset[str], *, foreign: bool = False) -> re.Pattern[str]:
    """Compile the longest text that may pass, from its beginning."""
    own = "|".join(rf"{name}(?:{written}|{_COMMON})*+" for name, written in _OWN.items())
    plain = _words(elements - frozenset(_OWN))
    formula = f"(?:{_words(MATH_ELEMENTS)})(?: (?:{_words(MATH_ATTRIBUTES | {'class'})}){_VALUE})*+"
    more = rf"|autoref(?:{_REFERENCE})*+|(?:{_words(_OF_EXTENSIONS | elements)})(?:{_FOREIGN})*+" if foreign else ""
    every = _words(elements | _DRAWN | MATH_ELEMENTS | (_OF_EXTENSIONS if foreign else frozenset()))
    return re.compile(
        rf"(?:[^<]++|</(?:{every})>|<(?:(?:{plain})(?:{_COMMON})*+|{own}|{formula}|{_MAP}{more}) ?/?>|<!-- -->)*+"
    )


_ELEMENTS = ALLOWED | VOID | _FURNITURE
_STRICT = _compile(_ELEMENTS)
_LENIENT = _compile(_ELEMENTS, foreign=True)


def pass_gate(html: str, refused: list[str], *, extended: bool = False) -> str:
    """Let HTML pass; a tag that may not is shown as text, and the beginning of it is added to `refused`.

    Comments are left out. `extended` is for what the user's own extensions of Python-Markdown have written.
    """
    scan = (_LENIENT if extended else _STRICT).match
    match = scan(html)
    if match is None or match.end() == len(html):
        return html
    out, done = list[str](), 0
    while match is not None and (at := match.end()) < len(html):
        if extended and (end := _end_of_comment(html, at)):  # an icon's file says in one where it comes from
            out.append(html[done:at])
            done = end
            match = scan(html, done)
            continue
        refused.append(html[at : at + 60].partition("\n")[0])
        out += [html[done:at], "&lt;"]
        done = at + 1
        match = scan(html, done)
    return "".join([*out, html[done:]])


def _end_of_comment(html: str, at: int) -> int:
    """Find where a comment that begins here ends for a browser; 0 where there is none, or none that ends."""
    if not html.startswith("<!--", at):
        return 0
    match = _COMMENT_END.search(html, at + 2)
    return match.end() if match else 0


_COMMENT_END = re.compile(r"--!?>")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:[^<>\"]|\"[^\"]*\")*+>")
_CLOSED = VOID | {"input", "source", "track"}
"""Elements without an end tag."""


def balance(html: str) -> str:
    """Close what is left open in HTML that has passed the gate, and leave out end tags of what is not open.

    The tree's own HTML is whole as it is written. An extension of Python-Markdown may move half of an element into a place
    where it is text; the other half would close an element of the page around it.
    """
    out, done = list[str](), 0
    opened, count = list[str](), Counter[str]()
    for match in _TAG.finditer(html):
        name = match[2].lower()
        if name in _CLOSED or match[0].endswith("/>"):
            continue
        if not match[1]:
            opened.append(name)
            count[name] += 1
            continue
        out.append(html[done : match.start()])
        done = match.end()
        while count[name]:
            last = opened.pop()
            count[last] -= 1
            out.append(f"</{last}>")
            if last == name:
                break
    out += [html[done:], *(f"</{each}>" for each in reversed(opened))]
    return "".join(out)
