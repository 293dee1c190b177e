"""Resolve one link: the one resolver of the program, pure and total.

A file: by path; then, with a finding and most often a fix, as the address of a page, in another letter case, or where its name
is unique. A wikilink: as `relate.wikilinks` says, and in a vault of Obsidian's a Markdown link likewise. A fragment: as
`relate.fragments` says.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from dataclasses import replace
from urllib.parse import quote, unquote, urlsplit

from aikb.findings.finding import called
from aikb.model.document import Document, Kind, Link
from aikb.model.finding import Fix, Severity
from aikb.relate.index import Index
from aikb.relate.links import page_addresses as addresses
from aikb.relate.links.address_dialects import block_in, is_template, link_in, wikilink_in, without_generator
from aikb.relate.links.fragments import is_missing, resolve_fragment
from aikb.relate.links.resolution import Resolution, address_fix, broken, link_finding, with_finding
from aikb.relate.links.wikilinks import File, Found

SCHEMES = frozenset(
    "http https mailto tel sms ftp xmpp irc ircs matrix magnet doi urn geo zotero obsidian kindle logseq".split()
)
"""What a link may open. Anything else, `javascript:` and `data:` above all, is not published."""
_UNSAFE = frozenset("javascript vbscript data file blob about view-source".split())
"""What runs, holds or shows something of its own, or of its reader's machine; other schemes are of applications."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_USER = re.compile(r"((?:https?|ftp):[/\\]*)[^/?#\\@][^/?#\\]*@", re.IGNORECASE)
"""`https://user:password@`; an `@` in a path or query is none of it."""
_MALFORMED = re.compile(r"(?P<scheme>https?):(?:/(?=[^/\\])|//(?P<twice>https?):?//+)(?=\w)", re.IGNORECASE)
"""`https:/x`, which leads to a page of the site, and `https://https://x`."""
_URL = re.compile(r"https?://|www\.")
_MISSING = frozenset({"image-missing", "link-missing", "link-root-absolute"})
_IMAGE_DATA = re.compile(r"data:image/", re.IGNORECASE)


def resolve(link: Link, origin: Document, index: Index) -> Resolution:
    """Find what `link`, written in `origin`, leads to. Never raises; what cannot be found is `broken`."""
    target = link.target.strip()
    if not target:
        code, bare = "image-empty" if link.image else "link-empty", link.image and not link.text.strip()
        finding = link_finding(
            code, link, origin, None, Severity.INFO if bare else None
        )  # `![]()` shows nothing anywhere
        return Resolution("empty", diagnostics=(finding,))
    if target.startswith("//"):
        target = f"https:{target}"
    if link.kind != "wikilink" and (resolution := _resolve_dialect(link, origin, index, target)):
        return resolution
    match = _SCHEME.match(target)
    if match and (link.kind != "wikilink" or "://" in target):
        return _external(link, origin, target, match[1].lower())
    path, _, fragment = target.partition("#")
    if link.kind == "wikilink":
        return _resolve_wikilink(link, origin, index, path.strip(), fragment.strip())
    path = path.partition("?")[0]
    if not path:
        return resolve_fragment(link, origin, origin, fragment, index)
    return _resolve_file(link, origin, index, path, fragment)


def _resolve_dialect(link: Link, origin: Document, index: Index, target: str) -> Resolution | None:
    """Resolve an address that only another tool's author writes so; None for any other."""
    if target[:1] not in "([{@p" and "{" not in target and "<%" not in target:
        return None
    if block := block_in(target):
        home = next(iter(index.homes.get(block, ())), "")
        return Resolution("page", home, index.anchors(home).blocks[block].id) if home else None
    if name := wikilink_in(target):
        path, _, fragment = name.partition("#")
        meant = replace(link, kind="wikilink")
        resolution = _resolve_wikilink(meant, origin, index, path.strip(), fragment.strip())
        if resolution.kind == "broken" or not resolution.path:
            return resolution
        actual = posixpath.relpath(resolution.path, posixpath.dirname(origin.path) or ".")
        values = {"target": target, "actual": actual, "suggestion": actual}
        return with_finding(resolution, link_finding("link-dialect", link, origin, **values))
    if url := link_in(target):
        at = origin.source.text.find(f"]({target}", link.span.start, link.span.end) + 2
        fix = Fix(at, at + len(target), url) if at > 1 and not link.image else None
        finding = link_finding("url-malformed", link, origin, fix, target=target[:120], suggestion=url)
        return Resolution("external", url=_escape_url(url), diagnostics=(finding,))
    if (plain := without_generator(target)) != target:
        resolution = resolve(replace(link, target=plain), origin, index)
        if resolution.kind == "broken" and not any(each.code in _MISSING for each in resolution.diagnostics):
            return resolution
        found = (replace(each, severity=Severity.INFO, fix=None) for each in resolution.diagnostics)
        return replace(resolution, diagnostics=tuple(found))
    if is_template(target) and not _SCHEME.match(target):
        code = "image-missing" if link.image else "link-missing"
        values = {"target": target[:120], "hint": ""}
        return Resolution("broken", diagnostics=(link_finding(code, link, origin, None, Severity.INFO, **values),))
    return None


def _escape_url(url: str) -> str:
    """Escape an external address so that it can be written; of one that is none, `http://[x`, the odd characters."""
    try:
        urlsplit(url)
    except ValueError:
        return quote(url, safe="%/:?#@!$&'()*+,;=~")
    return url


def _external(link: Link, origin: Document, target: str, scheme: str) -> Resolution:
    if link.image and _IMAGE_DATA.match(target):
        return broken(link, origin, "image-inline")
    if scheme not in SCHEMES:
        severity = Severity.ERROR if scheme in _UNSAFE else Severity.WARNING
        return Resolution(
            "broken", diagnostics=(link_finding("link-scheme", link, origin, None, severity, scheme=scheme),)
        )
    if _USER.match(target):
        return broken(link, origin, "url-credentials", suggestion=_USER.sub(r"\1", target, count=1))
    if match := _MALFORMED.match(target):
        mended = f"{match['twice'] or match['scheme']}://{target[match.end() :]}"
        fix = (
            address_fix(link, origin, target, mended)
            if target.isascii() and quote(mended, safe="%/:") == mended
            else None
        )
        finding = link_finding("url-malformed", link, origin, fix, target=target[:120], suggestion=mended)
        return Resolution("external", url=_escape_url(mended), diagnostics=(finding,))
    if link.image:
        finding = link_finding("image-remote", link, origin, target=target[:120])
        return Resolution("external", url=_escape_url(target), diagnostics=(finding,))
    return Resolution("external", url=_escape_url(target))


def _in_twin(
    resolution: Resolution, link: Link, origin: Document, index: Index, target: Document, fragment: str
) -> Resolution | None:
    """Resolve a fragment that a page has not in its twins, the note's own language first; None where none has it."""
    if not is_missing(resolution) or target.in_glossary:
        return None
    variants = index.variants.get(target.address, {})
    for twin in sorted(variants.values(), key=lambda each: (each.lang != origin.lang, each.lang)):
        if twin is not target:
            found = resolve_fragment(link, origin, twin, fragment, index)
            if not is_missing(found):
                return found
    return None


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
            return _in_own_language(resolution, link, origin, index, path, fragment)
        actual = posixpath.relpath(full, folder or ".")
        fix = address_fix(link, origin, path, actual)
        values = {"target": path, "suggestion": actual}
        return with_finding(resolution, link_finding("link-root-relative", link, origin, fix, **values))
    if resolution := _resolve_address(link, origin, index, path, fragment):
        return resolution
    if (asset := addresses.asset_from_page(origin, index, path)) in index.assets:
        return _resolve_elsewhere(link, origin, index, "link-dialect", path, index.settings.note_path(asset), fragment)
    within = full.removeprefix(f"{notes}/")  # where the notes are may be outside, too
    if full.startswith("..") and (within == full or within.startswith("..")):
        return broken(link, origin, "path-escape", target=path)
    if _is_unread(full, index):
        return Resolution("broken")
    if actual_path := index.by_case.get(full.casefold()):
        code = "link-dialect" if actual_path == full else "link-case"  # `a.md/`, which MkDocs reads as `a.md`
        return _resolve_elsewhere(link, origin, index, code, path, actual_path, fragment)
    if actual_path := addresses.at_other_address(link, origin, index, path, full):
        return _resolve_elsewhere(link, origin, index, "link-dialect", path, actual_path, fragment)
    if path.startswith("/"):
        return _resolve_on_host(link, origin, index, path, fragment)
    return _resolve_by_name(link, origin, index, path, fragment)


def _resolve_on_host(link: Link, origin: Document, index: Index, path: str, fragment: str) -> Resolution:
    """Resolve a path from the root of the server: of the site, where that is below a path, or of what is beside it."""
    within, beside = addresses.on_host(path, index.settings.site_url)
    if within and (found := _resolve_file(link, origin, index, within, fragment)).kind != "external":
        return found
    if not beside or link.image:
        return broken(link, origin, "link-root-absolute", target=path)
    finding = link_finding("link-root-absolute", link, origin, None, Severity.INFO, target=path)
    return Resolution("external", url=_escape_url(f"{beside}#{fragment}".rstrip("#")), diagnostics=(finding,))


def _resolve_by_name(link: Link, origin: Document, index: Index, path: str, fragment: str) -> Resolution:
    """Resolve a path that leads nowhere by the file's name alone: in a vault as Obsidian does, else where it is unique."""
    if origin.path in index.obsidian and not path.startswith("."):
        found = index.names.find_file(unquote(path), origin)
        if found and not (link.image and found.file.kind == "note"):
            return _resolve_in_vault(link, origin, index, path, found, fragment)
    if _URL.match(link.text) and re.fullmatch(r"[\w-]+", path):
        return Resolution("broken")  # `[https://a](Title)`: swapped, which `check.miswritten` tells
    candidates = _files_named(unquote(path), index, image=link.image)
    if len(candidates) == 1:
        severity = None if "/" in path else Severity.INFO  # a name alone is right where notes are found by their names
        return _resolve_elsewhere(link, origin, index, "link-moved", path, candidates[0], fragment, severity)
    if not candidates and not link.image:
        stem = posixpath.splitext(posixpath.basename(path))[0]
        found = index.names.find(unquote(stem), origin) if stem.casefold() not in ("readme", "index") else None
        near = (found.file, *found.others) if found else ()
        candidates = tuple(page for page in (_page_of(file, origin, index) for file in near) if page)
    candidates = candidates or addresses.near_file(origin, index, unquote(path))
    relative = [posixpath.relpath(each, posixpath.dirname(origin.path) or ".") for each in candidates[:3]]
    hint = f" (did you mean {' or '.join(f'“{each}”' for each in relative)}?)" if relative else ""
    code = "image-missing" if link.image else "link-missing"
    return broken(link, origin, code, target=path, hint=hint, suggestion=relative[0] if relative else "")


def _resolve_in_vault(link: Link, origin: Document, index: Index, path: str, found: Found, fragment: str) -> Resolution:
    """Resolve a Markdown link to the file that Obsidian finds by its name; of several, no edit says that one is meant."""
    actual_path = index.settings.note_path(found.file.path) if found.file.kind == "asset" else found.file.path
    resolution = _resolve_elsewhere(link, origin, index, "link-dialect", path, actual_path, fragment)
    if found.others:
        resolution = replace(resolution, diagnostics=tuple(replace(each, fix=None) for each in resolution.diagnostics))
    return _report_rivals(resolution, link, origin, path, found)


def _is_unread(full: str, index: Index) -> bool:
    """Tell whether a path is that of a file, or in a folder, that could not be read."""
    while full and index.unread:
        if full in index.unread:
            return True
        full = posixpath.dirname(full)
    return False


def _resolve_path(link: Link, origin: Document, index: Index, full: str, name: str, fragment: str) -> Resolution | None:
    """Resolve a path of the knowledge base, as GitHub and as browsers of a site would."""
    for candidate in (*addresses.candidates(full, name), index.folder_pages.get(full, "")):
        if candidate in index.private:
            return _private(link, origin, index, candidate)
        candidate = index.repeated.get(candidate, candidate)
        if candidate in index.documents and not link.image:
            return resolve_fragment(link, origin, index.documents[candidate], fragment, index)
    notes = index.settings.docs_dir
    asset = index.settings.in_notes(full)
    if asset in index.folders and not link.image:
        return Resolution("folder", asset)
    if asset in index.assets and (notes == "." or full.startswith(f"{notes}/")):
        return Resolution("asset", asset, fragment)
    if asset in index.file_folders and not link.image:
        return broken(link, origin, "link-to-folder", target=name)
    return None


def _private(link: Link, origin: Document, index: Index, path: str) -> Resolution:
    """Resolve a link to a file that is not published: a draft, or one that only a plugin of Obsidian's can show."""
    if path in index.boards:
        return Resolution("broken")  # that it is not published is told of the file
    return broken(link, origin, "asset-active" if path in index.active else "link-to-private")


def _resolve_address(link: Link, origin: Document, index: Index, path: str, fragment: str) -> Resolution | None:
    """Resolve an address of a page, `../other/`, where a file's path is meant: from the page, then from its folder."""
    name = unicodedata.normalize("NFC", unquote(path))
    if link.image or origin.in_glossary or (not name.endswith("/") and "." in posixpath.basename(name)):
        return None
    page = origin.address.removesuffix(".md").removesuffix("/index").removesuffix("index")
    for base in ("",) if name.startswith("/") else (page, posixpath.dirname(origin.address)):
        target = posixpath.normpath(posixpath.join(base, name.lstrip("/")))
        if document := addresses.page_at(target, origin, index, rooted=name.startswith("/")):
            actual = posixpath.relpath(document.path, posixpath.dirname(origin.path) or ".")
            resolution = resolve_fragment(link, origin, document, fragment, index)
            finding = link_finding("link-dialect", link, origin, target=path, actual=actual, suggestion=actual)
            return with_finding(resolution, finding)
    return None


def _in_own_language(
    resolution: Resolution, link: Link, origin: Document, index: Index, written: str, fragment: str
) -> Resolution:
    """Warn where the note that is linked to has a twin in the language of the one that links.

    A note may link to its own twin: that is a switch of languages. Where only the twin has the fragment, the link leads there.
    """
    target = index.documents.get(resolution.path) if resolution.kind == "page" else None
    if target is None or target.lang == origin.lang or target.in_glossary or origin.in_glossary:
        return resolution
    twin = index.variants[target.address].get(origin.lang)
    if twin is None or twin is origin or origin.address == target.address:
        return resolution
    served = _in_twin(resolution, link, origin, index, target, fragment)
    if served is None and is_missing(resolution):
        return resolution  # the cause is told, and that is enough
    actual = posixpath.relpath(twin.path, posixpath.dirname(origin.path) or ".")
    kept = not fragment or served is not None or resolution.fragment in index.anchors(twin.path).by_id
    values = {"target": written, "lang": target.lang, "own": origin.lang, "suggestion": actual}
    fix = address_fix(link, origin, written, actual) if kept else None
    named = (
        index.settings.in_notes(target.path) != target.address
    )  # `b.md` may mean the text in any language, `b.fr.md` not
    return with_finding(
        served or resolution,
        link_finding("locale-mismatch", link, origin, fix, None if named else Severity.INFO, **values),
    )


def _resolve_elsewhere(
    link: Link,
    origin: Document,
    index: Index,
    code: str,
    written: str,
    path: str,
    fragment: str,
    severity: Severity | None = None,
) -> Resolution:
    """Resolve a link to a file that the author wrote otherwise, with the edit that mends it."""
    actual = posixpath.relpath(path, posixpath.dirname(origin.path) or ".")
    resolution = _resolve_path(link, origin, index, path, path, fragment)
    if resolution is None:
        return broken(link, origin, "image-missing" if link.image else "link-missing", target=written, hint="")
    if resolution.kind == "broken":
        return resolution
    fix = address_fix(link, origin, written, actual)
    values = {"target": written, "actual": actual, "suggestion": actual}
    return with_finding(resolution, link_finding(code, link, origin, fix, severity, **values))


def _files_named(path: str, index: Index, *, image: bool) -> tuple[str, ...]:
    """Find the files of this name; a note by its file's name only, as titles and aliases are no part of a path."""
    base = posixpath.basename(path.rstrip("/"))
    if image or posixpath.splitext(base)[1].lower() not in ("", ".md", ".markdown", ".html"):
        return index.files.get(base.casefold(), ())
    stem = posixpath.splitext(base)[0]
    if stem.casefold() in ("readme", "index", ""):
        return ()  # every folder has one
    return index.files.get(f"{stem.casefold()}.md", ())


# Wikilinks -----------------------------------------------------------------------------------------------------------


def _resolve_wikilink(link: Link, origin: Document, index: Index, name: str, fragment: str) -> Resolution:
    name = name.removesuffix("\\").rstrip()  # of `\|`, as Obsidian writes in a table
    fragment = fragment.removesuffix("\\").rstrip()
    if not name:
        return resolve_fragment(link, origin, origin, fragment, index)
    found = index.names.find(name, origin) or index.names.find(unquote(name), origin)
    if found is None:
        if origin.kind is Kind.SOURCE:
            return Resolution("broken")  # Readwise writes authors and tags so
        full = posixpath.normpath(posixpath.join(posixpath.dirname(origin.path), name))
        if _is_unread(full, index) or _is_unread(f"{full}.md", index):
            return Resolution("broken")
        return broken(link, origin, "wikilink-unresolved", target=name)
    resolution = _resolve_found(link, origin, index, found.file, fragment)
    return _report_rivals(resolution, link, origin, name, found)


def _resolve_found(link: Link, origin: Document, index: Index, file: File, fragment: str) -> Resolution:
    """Resolve a wikilink to the file that was found."""
    if file.kind == "private":
        return _private(link, origin, index, file.path)
    if file.kind == "asset":
        return Resolution("asset", file.path, fragment)
    path = _page_of(file, origin, index)
    if not path:
        return Resolution("folder", file.path)
    target = index.documents[path]
    resolution = resolve_fragment(link, origin, target, fragment, index)
    return _in_twin(resolution, link, origin, index, target, fragment) or resolution


def _page_of(file: File, origin: Document, index: Index) -> str:
    """Find the path of a note, or of a folder's own page in the note's language; empty where there is none."""
    if file.kind == "folder" and (variants := index.variants.get(f"{file.path}/index.md")):
        return (variants.get(origin.lang) or next(iter(variants.values()))).path
    return file.path if file.kind == "note" else ""


def _report_rivals(resolution: Resolution, link: Link, origin: Document, written: str, found: Found) -> Resolution:
    """Say which of several files was taken, and why: a warning where nothing but the alphabet speaks for it."""
    if not found.others or resolution.kind == "broken":
        return resolution
    candidates = ", ".join(called(file.path) for file in (found.file, *found.others))
    severity = Severity.INFO if found.reason else Severity.WARNING
    reason = found.reason or "it comes first in the alphabet"
    values = {"target": written, "candidates": candidates, "reason": reason}
    return with_finding(resolution, link_finding("link-ambiguous", link, origin, None, severity, **values))


def is_web(url: str) -> bool:
    """Tell whether an external address is one that a browser opens."""
    return url[:6].lower().startswith(("http:", "https:"))
