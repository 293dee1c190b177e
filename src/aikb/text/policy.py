"""The Content-Security-Policy that an HTML page meets: what may run and load, and nothing else.

Everything comes from the site itself; scripts and styles inside of a page are named by the hash of their text. Source of the
directives: https://www.w3.org/TR/CSP3/. A `<meta>` cannot say who may frame a page; the headers of a host can.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from urllib.parse import urlsplit

_META = '<meta http-equiv="Content-Security-Policy" content="'
_DATA = "json"
"""The end of a `type` that is no script."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a page, or some pages, need beside the site's own files."""

    scripts: frozenset[str] = frozenset()
    """Hashes of scripts inside of pages, and origins of others: sources as a policy names them."""
    styles: frozenset[str] = frozenset()
    """The same of styles."""
    connections: frozenset[str] = frozenset()
    """Origins that scripts ask."""
    attributes: bool = False
    """Whether elements may have styles of their own."""

    def __or__(self, other: Allowed) -> Allowed:
        """Join what two pages need."""
        return Allowed(
            self.scripts | other.scripts,
            self.styles | other.styles,
            self.connections | other.connections,
            self.attributes or other.attributes,
        )


def needs(html: str) -> Allowed:
    """Find what an HTML page needs: hashes of its inline scripts and styles, origins of those it loads from elsewhere."""
    scripts, styles = set[str](), set[str]()
    for opening, text in _elements(html, "script"):
        kind = _attribute(opening, "type").lower()
        if address := _attribute(opening, "src"):
            scripts.update(_origin(address))
        elif not kind.endswith(_DATA):
            scripts.add(_hash(text))
    styles.update(_hash(text) for _, text in _elements(html, "style"))
    for opening, _ in _elements(html, "link", void=True):
        if "stylesheet" in _attribute(opening, "rel").lower():
            styles.update(_origin(_attribute(opening, "href")))
    return Allowed(frozenset(scripts), frozenset(styles))


@lru_cache(maxsize=256)
def policy(allowed: Allowed) -> str:
    """Write a policy, its directives parted by `; `."""
    styles = {"'unsafe-inline'"} | {each for each in allowed.styles if each[0] != "'"}
    directives = {
        "default-src": ["'self'"],
        "script-src": ["'self'", *sorted(allowed.scripts)],
        "style-src": ["'self'", *sorted(styles if allowed.attributes else allowed.styles)],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'", *sorted(allowed.connections)],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


def with_policy(html: str, allowed: Allowed) -> str:
    """Write a policy into the head of a page."""
    start = html.find("<head")
    encoding = html.find("<meta charset", start, start + 1_000)  # which must stand in the first 1,024 bytes
    at = html.find(">", max(start, encoding)) + 1
    if start < 0 or not at:
        return html
    return f'{html[:at]}{_META}{policy(allowed)}">{html[at:]}'


def policy_in(html: str) -> str:
    """Find the policy that a page carries; empty for a page without one."""
    return html.partition(_META)[2].partition('"')[0]


def joined(policies: Iterable[str]) -> str:
    """Join the policies of several pages into one that all of them meet; the first one's order of directives."""
    sources: dict[str, dict[str, None]] = {}
    for written in policies:
        for directive in written.split(";"):
            name, *values = directive.split()
            sources.setdefault(name, {}).update(dict.fromkeys(values))
    return "; ".join(f"{name} {' '.join(sorted(values, key=_keyword_first))}" for name, values in sources.items())


def _keyword_first(source: str) -> tuple[bool, bool, str]:
    return source != "'self'", source.startswith("'sha256-"), source


def _elements(html: str, name: str, *, void: bool = False) -> Iterator[tuple[str, str]]:
    """Iterate over the elements of a name that a page's templates write: the opening tag, and the text in it."""
    at = html.find(f"<{name}")
    while at >= 0:
        end = html.find(">", at)
        close = end + 1 if void else html.find(f"</{name}", end)
        if end < 0 or close < 0:
            return
        if html[at + len(name) + 1] in " >\n\t/":
            yield html[at : end + 1], html[end + 1 : close]
        at = html.find(f"<{name}", close)


def _attribute(opening: str, name: str) -> str:
    """Find the value of an attribute of an opening tag, empty where it has none; with or without quotes."""
    _, found, rest = opening.replace("\n", " ").partition(f" {name}=")
    if not found:
        return ""
    return rest[1:].partition(rest[0])[0] if rest[:1] in "\"'" else rest.partition(" ")[0].rstrip("/>")


def _origin(address: str) -> list[str]:
    """Find the origin of an address that leads to another host, as a source; none of one on the site."""
    parts = urlsplit(address)
    if not parts.netloc or any(char in parts.netloc for char in " ;,'\""):
        return []
    return [f"{parts.scheme or 'https'}://{parts.netloc}"]


@lru_cache(maxsize=256)
def _hash(text: str) -> str:
    digest = sha256(text.replace("\r\n", "\n").encode()).digest()
    return f"'sha256-{b64encode(digest).decode('ascii')}'"
