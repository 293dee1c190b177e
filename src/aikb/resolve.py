"""Where one link leads: the one resolver of the program, pure and total.

In this order: exact; percent-decoded; Unicode NFC; an alias (another tool's slug); then, with a warning, what differs only in
case, accents, dashes or underscores. Files are looked up by path, wikilinks by path and then by name, title or alias.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from aikb.diagnostics import Diagnostic, finding
from aikb.index import Index
from aikb.model import Anchor, Document, Link
from aikb.text import folded

SCHEMES = frozenset(
    "http https mailto tel sms ftp xmpp irc ircs matrix magnet doi urn geo zotero obsidian kindle logseq".split()
)
"""What a link may open. Anything else, `javascript:` and `data:` above all, is not published."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_USER = re.compile(r"((?:https?|ftp):[/\\]*)[^/?#\\@][^/?#\\]*@", re.IGNORECASE)
"""`https://user:password@`; an `@` in a path or query is none of it."""
_BROWSER_FRAGMENTS = ("", "top")


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a link means."""

    kind: str
    """`external`, `page`, `asset`, `broken` or `empty`."""
    path: str = ""
    """The source that a `page` link leads to, or the asset."""
    fragment: str = ""
    """The id on that page, as its page has it."""
    url: str = ""
    """Of an external link, ready to be written."""
    diagnostics: tuple[Diagnostic, ...] = ()


def _written(url: str) -> str:
    """An external address as it can be written; one that is none, `http://[x`, with its odd characters encoded."""
    try:
        urlsplit(url)
    except ValueError:
        return quote(url, safe="%/:?#@!$&'()*+,;=~")
    return url


def resolve(link: Link, origin: Document, index: Index) -> Resolution:
    """Find what `link`, written in `origin`, leads to. Never raises; what cannot be found is `broken`."""
    target = link.target.strip()
    if not target:
        return _broken(link, origin, "image-empty" if link.image else "link-empty", kind="empty")
    if target.startswith("//"):
        target = f"https:{target}"
    if match := _SCHEME.match(target):
        return _external(link, origin, target, match[1].lower())
    path, _, fragment = target.partition("#")
    if link.kind == "wikilink":
        return _wikilink(link, origin, index, path.strip(), fragment.strip())
    path = path.partition("?")[0]
    if not path:
        return _on_page(link, origin, origin, fragment, index)
    return _file(link, origin, index, path, fragment)


def _broken(link: Link, origin: Document, code: str, kind: str = "broken", **values: object) -> Resolution:
    return Resolution(kind, diagnostics=(_finding(code, link, origin, **values),))


def _finding(code: str, link: Link, origin: Document, **values: object) -> Diagnostic:
    return finding(code, origin.source, link.span.start, link.span.end, **values)


def _external(link: Link, origin: Document, target: str, scheme: str) -> Resolution:
    if scheme not in SCHEMES:
        return _broken(link, origin, "link-scheme", scheme=scheme)
    if _USER.match(target):
        return _broken(link, origin, "url-credentials", suggestion=_USER.sub(r"\1", target, count=1))
    if link.image:
        return Resolution(
            "external", url=_written(target), diagnostics=(_finding("image-remote", link, origin, target=target[:120]),)
        )
    return Resolution("external", url=_written(target))


def _on_page(link: Link, origin: Document, target: Document, fragment: str, index: Index) -> Resolution:
    """A link to a page that exists, at a fragment that may not."""
    if fragment.startswith(":~:") or fragment in _BROWSER_FRAGMENTS:
        return Resolution("page", target.path, fragment if fragment.startswith(":~:") else "")
    table = index.anchors(target.path)
    decoded = unicodedata.normalize("NFC", unquote(fragment))
    for name in (fragment, decoded):
        if anchor := table.by_id.get(name) or table.by_id.get(f"fn:{name}" if name.startswith("^") else ""):
            return Resolution("page", target.path, anchor.id)
    if anchor := table.aliases.get(decoded):
        return Resolution("page", target.path, anchor.id)
    if link.kind == "wikilink":
        heading = next((each for each in target.sections if folded(each.title) == folded(decoded.split("#")[-1])), None)
        if heading:
            return Resolution("page", target.path, heading.id)
    where = "on this page" if target is origin else f"in {target.path}"
    if near := table.by_fold.get(folded(decoded)):
        values = {"candidates": _quoted(near), "suggestion": f"#{near[0].id}"}
        diagnostic = _finding("anchor-case", link, origin, fragment=decoded, where=where, **values)
        return Resolution("page", target.path, near[0].id, diagnostics=(diagnostic,))
    close = process.extract(
        decoded, list(table.by_id), scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=0.6
    )
    near = [table.by_id[str(name)] for name, _, _ in close[:3]]
    hint = f" (did you mean {_quoted(near)}?)" if near else ""
    suggestion = f"#{near[0].id}" if near else ""
    diagnostic = _finding(
        "anchor-missing", link, origin, fragment=decoded, where=where, hint=hint, suggestion=suggestion
    )
    return Resolution("page", target.path, diagnostics=(diagnostic,))


def _quoted(anchors: list[Anchor]) -> str:
    return " or ".join(f"“{anchor.id}”" for anchor in anchors[:3])


def _file(link: Link, origin: Document, index: Index, path: str, fragment: str) -> Resolution:
    folder = posixpath.dirname(origin.path)
    notes = index.settings.docs_dir
    for name in dict.fromkeys((path, unicodedata.normalize("NFC", unquote(path)))):
        if name.startswith("/"):
            full = posixpath.normpath(f"{notes}/{name.lstrip('/')}")
        else:
            full = posixpath.normpath(posixpath.join(folder, name))
        if full in index.private:
            return _broken(link, origin, "link-to-private")
        for candidate in _candidates(full, name):
            if candidate in index.documents and not link.image:
                return _on_page(link, origin, index.documents[candidate], fragment, index)
        asset = full.removeprefix(f"{notes}/") if notes != "." else full
        if asset in index.assets and (notes == "." or full.startswith(f"{notes}/")):
            return Resolution("asset", asset)
    decoded = unquote(path)
    full = posixpath.normpath(posixpath.join(folder, decoded))
    if full.startswith(".."):
        return _broken(link, origin, "path-escape", target=path)
    if path.startswith("/"):
        return _broken(link, origin, "link-root-absolute", target=path)
    hint, suggestion = _near_file(decoded, origin, index, link.image)
    code = "image-missing" if link.image else "link-missing"
    return _broken(link, origin, code, target=path, hint=hint, suggestion=suggestion)


def _candidates(full: str, name: str) -> list[str]:
    if name.endswith("/") or name in (".", ".."):
        return [f"{full}/index.md", f"{full}/README.md"]
    if full.endswith((".md", ".markdown")):
        return [full]
    stem = full.removesuffix(".html")
    return [full, f"{stem}.md", f"{stem}/index.md", f"{stem}/README.md"]


def _near_file(path: str, origin: Document, index: Index, image: bool) -> tuple[str, str]:
    """A file of the same name elsewhere, as a link from here."""
    stem = posixpath.splitext(posixpath.basename(path))[0]
    folder = posixpath.dirname(origin.path)
    if image:
        base = posixpath.basename(path).casefold()
        notes = index.settings.docs_dir
        found = [f"{notes}/{each}" for each in index.assets if posixpath.basename(each).casefold() == base]
    else:
        found = list(index.names.get(folded(stem), ()))
    if not found:
        return "", ""
    relative = posixpath.relpath(found[0], folder or ".")
    return f" (did you mean “{relative}”?)", relative


def _wikilink(link: Link, origin: Document, index: Index, name: str, fragment: str) -> Resolution:
    if not name:
        return _on_page(link, origin, origin, fragment, index)
    name = unicodedata.normalize("NFC", name)
    notes = index.settings.docs_dir
    for base in (posixpath.dirname(origin.path), notes):
        full = posixpath.normpath(posixpath.join(base, name))
        for candidate in _candidates(full, name):
            if candidate in index.documents and not link.image:
                return _on_page(link, origin, index.documents[candidate], fragment, index)
        asset = full.removeprefix(f"{notes}/") if notes != "." else full
        if asset in index.assets:
            return Resolution("asset", asset)
    by_name = [asset for asset in index.assets if posixpath.basename(asset) == posixpath.basename(name)]
    if by_name:
        return Resolution("asset", by_name[0])
    paths = index.names.get(folded(posixpath.basename(name).removesuffix(".md")), ())
    if not paths:
        return Resolution("broken", diagnostics=())
    resolution = _on_page(link, origin, index.documents[_preferred(paths, origin, index)], fragment, index)
    addresses = {index.documents[path].address for path in paths}
    if len(addresses) == 1:
        return resolution
    values = {"target": name, "candidates": ", ".join(paths[:3])}
    extra = _finding("link-ambiguous", link, origin, **values)
    return Resolution(
        resolution.kind, resolution.path, resolution.fragment, diagnostics=(*resolution.diagnostics, extra)
    )


def _preferred(paths: tuple[str, ...], origin: Document, index: Index) -> str:
    """The twin in the origin's language, else the shortest path, as Obsidian has it."""
    return min(paths, key=lambda path: (index.documents[path].lang != origin.lang, path.count("/"), path))


def is_web(url: str) -> bool:
    """Whether an external address is one that a browser opens."""
    return url[:6].lower().startswith(("http:", "https:"))
