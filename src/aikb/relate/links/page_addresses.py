"""Read addresses as the published site has them, in a note: from the page's own address, or from the root of the site."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from rapidfuzz import process
from rapidfuzz.distance import OSA

from aikb.model.document import Document, Link
from aikb.relate.index import Index

_MADE = re.compile(r"/(?:sitemap\.xml(?:\.gz)?|robots\.txt|404\.html|objects\.inv|feed[\w.-]*\.(?:xml|json))")
"""What a build writes beside the pages."""


def asset_from_page(origin: Document, index: Index, path: str) -> str:
    """Read the address of a file from a page's own, a folder deeper than its note's: `../img/x.png`, as raw HTML has it."""
    if origin.in_glossary or index.settings.addresses == "files" or not path.startswith("../"):
        return ""
    page = origin.address.removesuffix(".md").removesuffix("/index").removesuffix("index")
    return posixpath.normpath(posixpath.join(page, unicodedata.normalize("NFC", unquote(path))))


def near_file(origin: Document, index: Index, path: str) -> tuple[str, ...]:
    """Find the file of the folder that is meant whose name is written almost so; none where no name is near."""
    folder, name = posixpath.split(posixpath.normpath(posixpath.join(posixpath.dirname(origin.path), path)))
    stem, suffix = posixpath.splitext(name.casefold())
    stems = {
        each: posixpath.splitext(each.casefold())[0]
        for each in index.in_folder(folder)
        if each.casefold().endswith(suffix or ".md") and posixpath.join(folder, each) != origin.path
    }
    near = (
        process.extractOne(stem, stems, scorer=OSA.normalized_similarity, score_cutoff=0.75) if len(stem) > 2 else None
    )
    return (posixpath.join(folder, near[2]),) if near and any(map(str.isalpha, stem)) else ()


def page_at(address: str, origin: Document, index: Index, *, rooted: bool) -> Document | None:
    """Find the note whose page stands at an address; `rooted`, it may begin with a language, as sites have it: `/fr/b/`."""

    def variants(name: str) -> Mapping[str, Document]:
        return index.variants.get(f"{name}.md") or index.variants.get(f"{name}/index.md".lstrip("/")) or {}

    if found := variants(address):
        return found.get(origin.lang) or next(iter(found.values()))
    if rooted and (named := index.permalinks.get(address)):
        return named.get(origin.lang) or next(iter(named.values()))
    lang, _, rest = address.partition("/")
    if not rooted or lang not in index.settings.languages:
        return None
    return variants(rest).get(lang)


def named_in_languages(link: Link, origin: Document, index: Index, full: str) -> str:
    """Find the note in the origin's language that a path means by the name without it: `b.md` of `b.de.md` and `b.en.md`."""
    variants = {} if link.image else index.variants.get(index.settings.in_notes(full), {})
    return (variants.get(origin.lang) or next(iter(variants.values()))).path if variants else ""


def at_other_address(link: Link, origin: Document, index: Index, path: str, full: str) -> str:
    """Find the file that a path means as another tool reads it; empty where none does."""
    return named_in_languages(link, origin, index, full) or at_site_address(link, origin, index, path)


def on_host(path: str, site_url: str) -> tuple[str, str]:
    """Read a path from the root of a server, where the site is below a path of it.

    The path on the site, `/b/` of `/project/b/`, or else the address of what is beside the site; both empty where nobody knows.
    """
    site = urlsplit(site_url)
    base = f"/{site.path.strip('/')}"
    if not site.netloc or base == "/":
        return "", ""
    if f"{path}/".startswith(f"{base}/") and not _MADE.fullmatch(path[len(base) :]):
        return path[len(base) :] or "/", ""
    return "", f"{site.scheme}://{site.netloc}{path}"


def candidates(full: str, name: str) -> list[str]:
    """List the files that a path, `full`, written as `name`, may mean."""
    if name.endswith("/") or name in (".", ".."):
        return [f"{full}/index.md", f"{full}/README.md"]
    if full.endswith((".md", ".markdown")):
        return [full]
    stem = full.removesuffix(".html")
    return [full, f"{stem}.md", f"{stem}/index.md", f"{stem}/README.md"]


def at_site_address(link: Link, origin: Document, index: Index, path: str) -> str:
    """Find the file that an address on the site of another generator means; empty where none does, or several do."""
    name = unicodedata.normalize("NFC", unquote(path))
    suffix = posixpath.splitext(name)[1].lower()
    if link.image or suffix not in ("", ".html", ".htm"):
        ending = posixpath.normpath(f"/{name}").lstrip("/")
        named = index.files.get(posixpath.basename(ending).casefold(), ()) if name.startswith("/") else ()
        found = tuple(each for each in named if f"/{each}".endswith(f"/{ending}") and not each.endswith(".md"))
    elif name.startswith("/"):
        found = index.site_addresses().from_root(name)
    else:
        found = index.site_addresses().from_folder(posixpath.dirname(origin.path), name)
    own = [each for each in found if each in index.documents and index.documents[each].lang == origin.lang]
    found = tuple(own) if own and len(found) > 1 else found
    return found[0] if len(found) == 1 else ""
