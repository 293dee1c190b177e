"""Know the addresses that other generators give the pages of these notes, by which their authors link.

- Jekyll: `/2017/07/06/title/`, with categories before it, of `_posts/2017-07-06-title.md`
- Docusaurus: no number that only orders: `/guide/setup` of `docs/01-guide/02-setup.md`; the `id` or `slug` of front matter
- Hugo, Starlight, VitePress: no folder of all notes, no language, folders left out: `/posts/a/` of `content/en/posts/_x/a.md`
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from aikb.model.document import Document

_NUMBER = re.compile(r"\A\d{1,4}\s*[-_.]+\s*(?=[^\s\d_.-])")
"""A number that orders files; `2021-11-a`, `7.0-b` and `3d` have none."""
_POST = re.compile(r"(?P<date>\d{4}-\d{2}-\d{2})-(?P<title>.+)")
_OWN = frozenset({"index", "_index", "readme"})
"""Names of the files that are their folder's page."""


@dataclass(frozen=True, slots=True)
class SiteAddresses:
    """The pages of all notes by the last part of their addresses."""

    by_last: Mapping[str, Sequence[tuple[tuple[str, ...], str]]]
    """The parts of an address and the path of the note."""

    @classmethod
    def of(cls, documents: Iterable[Document]) -> SiteAddresses:
        """List the addresses of documents, in their order."""
        found: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for document in documents:
            for parts in dict.fromkeys(_addresses(document)):
                found[parts[-1]].append((parts, document.path))
        return cls(found)

    def from_root(self, address: str) -> tuple[str, ...]:
        """List the notes that an address from the root of a site may mean, `/posts/a/`; most often one."""
        wanted = _parts(address)
        known = self.by_last.get(wanted[-1], ()) if wanted else ()
        for found in (
            [path for parts, path in known if parts[-len(wanted) :] == wanted],
            [path for parts, path in known if len(wanted) > 1 and _in_order(wanted, parts)],
            [path for parts, path in known if _is_post(parts) and wanted[-4:] == parts[-4:]],
        ):
            if found:
                return tuple(dict.fromkeys(found))
        return ()

    def from_folder(self, folder: str, address: str) -> tuple[str, ...]:
        """List the notes that an address beside the notes of a folder may mean: `../setup` of `../02-setup.md`."""
        wanted = _parts(posixpath.normpath(posixpath.join(folder, address)))
        known = self.by_last.get(wanted[-1], ()) if wanted else ()
        return tuple(dict.fromkeys(path for parts, path in known if parts == wanted))


def _addresses(document: Document) -> Iterable[tuple[str, ...]]:
    """List the parts of the addresses that a note may have."""
    folder, name = posixpath.split(document.path)
    stem = name.rpartition(".")[0]
    above = _parts(folder)
    own = above if stem.casefold().partition(".")[0] in _OWN else (*above, _plain(stem))
    slug = document.metadata.slug
    if slug.startswith("/"):
        own = _parts(slug)
    elif slug and own:
        own = (*own[:-1], *_parts(slug))
    if own:
        yield own
    if (post := _POST.fullmatch(stem)) and above:
        yield (*above, *post["date"].split("-"), (slug or post["title"]).casefold())


def _parts(address: str) -> tuple[str, ...]:
    """Split an address, or the path of a folder, into what a generator keeps of it."""
    plain = re.sub(r"(?:\A|/)(?:_?index|readme)(?:\.\w+)?/?\Z|\.html?\Z", "", address, flags=re.IGNORECASE)
    return tuple(_plain(each) for each in plain.split("/") if each not in ("", ".", ".."))


def _plain(name: str) -> str:
    return _NUMBER.sub("", name).casefold()


def _is_post(parts: Sequence[str]) -> bool:
    return len(parts) > 4 and "".join(parts[-4:-1]).isdigit()


def _in_order(wanted: Iterable[str], parts: Iterable[str]) -> bool:
    """Tell whether all of one stands in the other, in its order."""
    rest = iter(parts)
    return all(each in rest for each in wanted)
