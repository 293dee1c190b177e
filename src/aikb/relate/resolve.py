"""Resolve one link: the one resolver of the program, pure and total.

A fragment, in this order: exact; percent-decoded; Unicode NFC; an alias (an older id of the heading, another tool's slug);
then, with a warning and a fix, what differs only in case, accents, dashes or underscores. A file: by path; then, with a warning
and a fix, in another letter case, or where its name is unique. A wikilink: by path, then by name, title or alias, the shortest
path first, as Obsidian has it.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias
from urllib.parse import quote, unquote, urlsplit

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from aikb.findings.finding import finding
from aikb.model.document import Anchor, Document, Kind, Link
from aikb.model.finding import Diagnostic, Fix
from aikb.relate.index import AnchorTable, Index
from aikb.text.folding import folded

SCHEMES = frozenset(
    "http https mailto tel sms ftp xmpp irc ircs matrix magnet doi urn geo zotero obsidian kindle logseq".split()
)
"""What a link may open. Anything else, `javascript:` and `data:` above all, is not published."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_USER = re.compile(r"((?:https?|ftp):[/\\]*)[^/?#\\@][^/?#\\]*@", re.IGNORECASE)
"""`https://user:password@`; an `@` in a path or query is none of it."""
_GUESSES = 200
"""For so many dead fragments of a page something alike is looked for; a page with more has another defect."""
_BROWSER_FRAGMENTS = ("", "top")


ResolutionKind: TypeAlias = Literal["external", "page", "folder", "asset", "term", "broken", "empty"]


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a link means."""

    kind: ResolutionKind
    """`empty` is a link without an address; `term`, the page of a concept, is no author's link."""
    path: str = ""
    """The source that a `page` link leads to; the asset or the folder, from the root of the notes."""
    fragment: str = ""
    """The id on that page, as its page has it; of an asset, what is written: `#page=2` of a PDF."""
    url: str = ""
    """Of an external link, ready to be written."""
    diagnostics: tuple[Diagnostic, ...] = ()


def _escape_url(url: str) -> str:
    """Escape an external address so that it can be written; of one that is none, `http://[x`, the odd characters."""
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
    match = _SCHEME.match(target)
    if match and (link.kind != "wikilink" or "://" in target):
        return _external(link, origin, target, match[1].lower())
    path, _, fragment = target.partition("#")
    if link.kind == "wikilink":
        return _resolve_wikilink(link, origin, index, path.strip(), fragment.strip())
    path = path.partition("?")[0]
    if not path:
        return _resolve_fragment(link, origin, origin, fragment, index)
    return _resolve_file(link, origin, index, path, fragment)


def _broken(link: Link, origin: Document, code: str, kind: ResolutionKind = "broken", **values: object) -> Resolution:
    return Resolution(kind, diagnostics=(_finding(code, link, origin, **values),))


def _finding(code: str, link: Link, origin: Document, fix: Fix | None = None, /, **values: object) -> Diagnostic:
    return finding(code, origin.source, link.span.start, link.span.end, fix, **values)


def _add_finding(resolution: Resolution, diagnostic: Diagnostic) -> Resolution:
    return replace(resolution, diagnostics=(*resolution.diagnostics, diagnostic))


_WRITTEN = {
    "inline": re.compile(r"\]\(\s*(?:<(?P<angled>[^<>\n]*)>|(?P<plain>[^\s<]\S*?))(?:\s.*)?\)", re.DOTALL),
    "wikilink": re.compile(r"!?\[\[(?P<plain>[^\[\]|\n]*).*", re.DOTALL),
    "html": re.compile(
        r".*?\s(?:href|src)\s*=\s*(?:\"(?P<angled>[^\"]*)\"|'(?P<single>[^']*)'|(?P<plain>[^\s\"'>]+)).*",
        re.IGNORECASE | re.DOTALL,
    ),
}
"""Where the address stands in a link, by how the link is written."""


def _fix(link: Link, origin: Document, old: str, new: str) -> Fix | None:
    """Make the edit that writes `new` for `old` in a link's address; None where the author wrote it in another way."""
    text, start, end = origin.source.text, link.span.start, link.span.end
    if link.kind == "inline":
        start = text.rfind("](", start, end)
    pattern = _WRITTEN.get(link.kind)
    match = pattern.fullmatch(text, start, end) if pattern and old and start >= 0 else None
    if match is None:
        return None
    group = match.lastgroup or "plain"
    at = match[group].find(old)
    if at < 0 or match[group].find(old, at + 1) >= 0:
        return None
    if not old.startswith("#"):
        new = quote(new, safe="/~!$&'()*+,;=:@" + (" " if group != "plain" else ""))
    return Fix(match.start(group) + at, match.start(group) + at + len(old), new)


def _external(link: Link, origin: Document, target: str, scheme: str) -> Resolution:
    if scheme not in SCHEMES:
        return _broken(link, origin, "link-scheme", scheme=scheme)
    if _USER.match(target):
        return _broken(link, origin, "url-credentials", suggestion=_USER.sub(r"\1", target, count=1))
    if link.image:
        return Resolution(
            "external",
            url=_escape_url(target),
            diagnostics=(_finding("image-remote", link, origin, target=target[:120]),),
        )
    return Resolution("external", url=_escape_url(target))


# Fragments -----------------------------------------------------------------------------------------------------------


def _resolve_fragment(link: Link, origin: Document, target: Document, fragment: str, index: Index) -> Resolution:
    """Resolve the fragment of a link to a page that exists."""
    if fragment.startswith(":~:") or fragment in _BROWSER_FRAGMENTS:
        return Resolution("page", target.path, fragment if fragment.startswith(":~:") else "")
    table = index.anchors(target.path)
    decoded = unicodedata.normalize("NFC", unquote(fragment))
    for name in (fragment, decoded):
        if anchor := table.by_id.get(name) or table.by_id.get(f"fn:{name}" if name.startswith("^") else ""):
            return Resolution("page", target.path, anchor.id)
    where = "on this page" if target is origin else f"in {target.path}"
    for aliases, code in ((table.renamed, "anchor-renamed"), (table.aliases, "anchor-dialect")):
        if anchor := aliases.get(decoded):
            fix = _fix(link, origin, f"#{fragment}", f"#{anchor.id}")
            values = {"fragment": decoded, "id": anchor.id, "where": where, "suggestion": f"#{anchor.id}"}
            return Resolution(
                "page", target.path, anchor.id, diagnostics=(_finding(code, link, origin, fix, **values),)
            )
    if link.kind == "wikilink":
        heading = next((each for each in target.sections if folded(each.title) == folded(decoded.split("#")[-1])), None)
        if heading:
            return Resolution("page", target.path, heading.id)
    if near := table.by_fold.get(folded(decoded)):
        places = {anchor.section for anchor in near}
        fix = _fix(link, origin, f"#{fragment}", f"#{near[0].id}") if len(places) == 1 else None
        values = {"fragment": decoded, "where": where, "candidates": _quoted(near), "suggestion": f"#{near[0].id}"}
        diagnostic = _finding("anchor-case", link, origin, fix, **values)
        return Resolution("page", target.path, near[0].id, diagnostics=(diagnostic,))
    if (resolution := _in_twin(origin, target, decoded, index)) is not None:
        return resolution
    hint, suggestion = _guess_fragment(decoded, table, target, origin, index)
    values = {"fragment": decoded, "where": where, "hint": hint, "suggestion": suggestion}
    return Resolution("page", target.path, diagnostics=(_finding("anchor-missing", link, origin, **values),))


def _quoted(anchors: Iterable[Anchor]) -> str:
    return " or ".join(f"“{anchor.id}”" for anchor in list(anchors)[:3])


def _guess_fragment(
    fragment: str, table: AnchorTable, target: Document, origin: Document, index: Index
) -> tuple[str, str]:
    """Guess what a fragment meant, best first: anchors of the page that are spelled alike, then the same id in other notes."""
    if fragment not in table.near and len(table.near) < _GUESSES:
        close = process.extract(
            fragment, list(table.by_id), scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=0.6, limit=3
        )
        table.near[fragment] = tuple(str(name) for name, _, _ in close)
    guesses = [(f"#{name}", table.titles.get(name, "")) for name in table.near.get(fragment, ())]
    for path in index.homes.get(fragment, ()):
        if path != target.path:
            relative = posixpath.relpath(path, posixpath.dirname(origin.path) or ".")
            title = index.anchors(path).titles.get(fragment, "")
            guesses.append((f"{relative}#{fragment}", title))
    if not guesses:
        return "", ""
    shown = " or ".join(f"“{address}”" + (f" ({title})" if title else "") for address, title in guesses[:3])
    return f" (did you mean {shown}?)", guesses[0][0]


# Files ---------------------------------------------------------------------------------------------------------------


def _resolve_file(link: Link, origin: Document, index: Index, path: str, fragment: str) -> Resolution:
    folder = posixpath.dirname(origin.path)
    notes = index.settings.docs_dir
    full = ""
    for name in dict.fromkeys((path, unicodedata.normalize("NFC", unquote(path)))):
        base = notes if name.startswith("/") else folder
        full = posixpath.normpath(posixpath.join(base, name.lstrip("/")))
        if (resolution := _resolve_path(link, origin, index, full, name, fragment)) is None:
            continue
        if not name.startswith("/") or resolution.kind == "broken":
            return _warn_other_language(resolution, link, origin, index, path)
        actual = posixpath.relpath(full, folder or ".")
        fix = _fix(link, origin, path, actual)
        return _add_finding(
            resolution, _finding("link-root-relative", link, origin, fix, target=path, suggestion=actual)
        )
    if full.startswith("..") and not full.startswith(f"{notes}/"):  # where the notes are may be outside, too
        return _broken(link, origin, "path-escape", target=path)
    if actual_path := index.by_case.get(full.casefold()):
        return _resolve_elsewhere(link, origin, index, "link-case", path, actual_path, fragment)
    if path.startswith("/"):
        return _broken(link, origin, "link-root-absolute", target=path)
    candidates = _files_named(unquote(path), index, image=link.image)
    if len(candidates) == 1:
        return _resolve_elsewhere(link, origin, index, "link-moved", path, candidates[0], fragment)
    candidates = candidates or (
        () if link.image else index.names.get(folded(posixpath.splitext(posixpath.basename(path))[0]), ())
    )
    relative = [posixpath.relpath(each, folder or ".") for each in candidates[:3]]
    hint = f" (did you mean {' or '.join(f'“{each}”' for each in relative)}?)" if relative else ""
    code = "image-missing" if link.image else "link-missing"
    return _broken(link, origin, code, target=path, hint=hint, suggestion=relative[0] if relative else "")


def _resolve_path(link: Link, origin: Document, index: Index, full: str, name: str, fragment: str) -> Resolution | None:
    """Resolve a path of the knowledge base, as GitHub and as browsers of a site would."""
    for candidate in _candidates(full, name):
        if candidate in index.private:
            return _broken(link, origin, "link-to-private")
        candidate = index.repeated.get(candidate, candidate)
        if candidate in index.documents and not link.image:
            return _resolve_fragment(link, origin, index.documents[candidate], fragment, index)
    notes = index.settings.docs_dir
    asset = index.settings.in_notes(full)
    if asset in index.folders and not link.image and link.kind != "wikilink":
        return Resolution("folder", asset)
    if asset in index.assets and (notes == "." or full.startswith(f"{notes}/")):
        return Resolution("asset", asset, fragment)
    return None


def _in_twin(origin: Document, target: Document, fragment: str, index: Index) -> Resolution | None:
    """Resolve a fragment that only the text in the language of the link's note has; None where it has none."""
    twin = (
        index.variants[target.address].get(origin.lang)
        if not target.in_glossary and target.lang != origin.lang
        else None
    )
    if twin is None or twin is origin or fragment not in index.anchors(twin.path).by_id:
        return None
    return Resolution("page", twin.path, fragment)


def _warn_other_language(
    resolution: Resolution, link: Link, origin: Document, index: Index, written: str
) -> Resolution:
    """Warn where the note that is linked to has a twin in the language of the one that links.

    A note may link to its own twin: that is a switch of languages.
    """
    target = index.documents.get(resolution.path) if resolution.kind == "page" else None
    if target is None or target.lang == origin.lang or target.in_glossary or origin.in_glossary:
        return resolution
    twin = index.variants[target.address].get(origin.lang)
    if twin is None or twin is origin or origin.address == target.address:
        return resolution
    actual = posixpath.relpath(twin.path, posixpath.dirname(origin.path) or ".")
    fragment = resolution.fragment
    kept = not fragment or fragment in index.anchors(twin.path).by_id
    values = {"target": written, "lang": target.lang, "own": origin.lang, "suggestion": actual}
    fix = _fix(link, origin, written, actual) if kept else None
    return _add_finding(resolution, _finding("locale-mismatch", link, origin, fix, **values))


def _resolve_elsewhere(
    link: Link, origin: Document, index: Index, code: str, written: str, path: str, fragment: str
) -> Resolution:
    """Resolve a link to a file that the author wrote otherwise, with the edit that mends it."""
    actual = posixpath.relpath(path, posixpath.dirname(origin.path) or ".")
    resolution = _resolve_path(link, origin, index, path, path, fragment)
    if resolution is None:
        return _broken(link, origin, "image-missing" if link.image else "link-missing", target=written, hint="")
    fix = _fix(link, origin, written, actual)
    return _add_finding(resolution, _finding(code, link, origin, fix, target=written, actual=actual, suggestion=actual))


def _candidates(full: str, name: str) -> list[str]:
    if name.endswith("/") or name in (".", ".."):
        return [f"{full}/index.md", f"{full}/README.md"]
    if full.endswith((".md", ".markdown")):
        return [full]
    stem = full.removesuffix(".html")
    return [full, f"{stem}.md", f"{stem}/index.md", f"{stem}/README.md"]


def _files_named(path: str, index: Index, *, image: bool) -> tuple[str, ...]:
    """Find the files of this name; a note by its file's name only, as titles and aliases are no part of a path."""
    base = posixpath.basename(path.rstrip("/"))
    if image or posixpath.splitext(base)[1].lower() not in ("", ".md", ".markdown", ".html"):
        return index.files.get(base.casefold(), ())
    stem = posixpath.splitext(base)[0]
    if stem.casefold() in ("readme", "index", ""):
        return ()  # every folder has one
    return index.files.get(f"{stem.casefold()}.md", ())


def _resolve_wikilink(link: Link, origin: Document, index: Index, name: str, fragment: str) -> Resolution:
    if not name:
        return _resolve_fragment(link, origin, origin, fragment, index)
    name = unicodedata.normalize("NFC", name)
    for base in (posixpath.dirname(origin.path), index.settings.docs_dir):
        full = posixpath.normpath(posixpath.join(base, name))
        if (resolution := _resolve_path(link, origin, index, full, name, fragment)) is not None:
            return resolution
    files = index.files.get(posixpath.basename(name).casefold(), ())
    assets = [path for path in files if path not in index.documents]
    if assets and (resolution := _resolve_path(link, origin, index, assets[0], assets[0], fragment)) is not None:
        return resolution
    paths = index.names.get(folded(posixpath.basename(name).removesuffix(".md")), ())
    if not paths:
        if origin.kind is Kind.SOURCE:
            return Resolution("broken")  # Readwise writes authors and tags so
        return _broken(link, origin, "wikilink-unresolved", target=name)
    resolution = _resolve_fragment(
        link, origin, index.documents[_choose_document(paths, origin, index)], fragment, index
    )
    if len({index.documents[path].address for path in paths}) == 1:
        return resolution
    values = {"target": name, "candidates": ", ".join(paths[:3])}
    return _add_finding(resolution, _finding("link-ambiguous", link, origin, **values))


def _choose_document(paths: tuple[str, ...], origin: Document, index: Index) -> str:
    """Choose the twin in the origin's language, else the shortest path, as Obsidian has it."""
    return min(paths, key=lambda path: (index.documents[path].lang != origin.lang, path.count("/"), path))


def is_web(url: str) -> bool:
    """Tell whether an external address is one that a browser opens."""
    return url[:6].lower().startswith(("http:", "https:"))
