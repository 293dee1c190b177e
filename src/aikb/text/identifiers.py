"""Recognise what an address names: a paper by its arXiv id or its DOI, anything else by its address without what varies.

arXiv ids: https://info.arxiv.org/help/arxiv_identifier.html (`2302.04761`, with a version `v2`; until 2007 `hep-th/9901001`).
DOIs: https://www.doi.org/doi-handbook, `10.` and a registrant, `/`, and whatever it chose; letter case does not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias
from urllib.parse import unquote, urlsplit

IdentifierKind: TypeAlias = Literal["arxiv", "doi", "address"]

_NEW, _OLD = r"\d{4}\.\d{4,5}", r"[a-z][a-z-]{1,14}(?:\.[A-Z]{2})?/\d{7}"
_ARXIV_ID = re.compile(rf"({_NEW}|{_OLD})(?:v\d{{1,2}})?(?:\.pdf)?/?", re.IGNORECASE)
_ARXIV_HOST = re.compile(r"(?:[a-z]{1,8}\.)?arxiv\.org|ar5iv(?:\.labs\.arxiv)?\.org|(?:www\.)?alphaxiv\.org")
_ARXIV_PATH = re.compile(r"/(?:abs|pdf|html|format|src|e-print|overview|ps)/(.+)")
_HUGGING_FACE = re.compile(r"/papers/(.+)")
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>?#]{1,200}")
_DOI_PATH = re.compile(r"/(?:doi/(?:abs/|pdf/|epdf/|full/|book/)?|chapter/|article/|content/)(10\.\d{4,9}/[^\s?#]+)")
_WRITTEN = re.compile(
    rf"(?<![\w/.])(?:arxiv:\s?(?P<arxiv>{_NEW}|{_OLD})(?:v\d{{1,2}})?(?![\w/])|doi:\s?(?P<doi>10\.\d{{4,9}}/[^\s\"<>\])]{{1,200}}))",
    re.IGNORECASE,
)
_CAMPAIGN = re.compile(
    r"(?:utm_\w*|fbclid|gclid|msclkid|mc_[ce]id|igshid|si|ref_src|ref_url|ab_channel|feature)=", re.IGNORECASE
)
"""What is added to an address to count readers; it names no other page."""
_END = ".,;:)]}>’'\"”»*_"
"""What ends a sentence, and no identifier."""


@dataclass(frozen=True, slots=True, order=True)
class Identifier:
    """What an address names; equal for all addresses of one thing."""

    kind: IdentifierKind
    name: str
    """`2302.04761`, `10.1145/3442188.3445922`, `example.org/post`."""

    @property
    def year(self) -> int:
        """The year of the first version, which an arXiv id says; 0 where the identifier says none."""
        digits = self.name.rpartition("/")[2][:2] if self.kind == "arxiv" else ""
        return (1900 if int(digits) > 90 else 2000) + int(digits) if digits.isdigit() else 0

    @property
    def url(self) -> str:
        """The address that it is best known by; of an `address`, nothing: its scheme is not in it."""
        places = {"arxiv": "https://arxiv.org/abs/", "doi": "https://doi.org/", "address": ""}
        return places[self.kind] + self.name if places[self.kind] else ""

    @property
    def label(self) -> str:
        """How it is written where there is no title: `arXiv:2302.04761`, `doi:10.…`."""
        return {"arxiv": "arXiv:", "doi": "doi:", "address": ""}[self.kind] + self.name

    @property
    def paper(self) -> bool:
        """Whether it names a publication."""
        return self.kind != "address"


@lru_cache(maxsize=20_000)
def identify(url: str) -> Identifier | None:
    """Find what an address names; None for what is no address of the web, and for a host alone."""
    scheme, _, rest = url.partition(":")
    if scheme.casefold() == "doi" and (match := _DOI.match(rest)):
        return _of_doi(match[0])
    if scheme.casefold() not in ("http", "https"):
        return None
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.").rstrip(".")
    except ValueError:
        return None
    return _paper(host, unquote(parts.path)) or _address(host, parts.path, parts.query)


def written_in(text: str) -> Iterator[tuple[int, Identifier]]:
    """Find the identifiers that a text writes out, `arXiv:2302.04761` or `doi:10.1145/…`, and where each begins."""
    lowered = text.lower()  # to look for these two first takes a hundredth of the time
    if "arxiv:" not in lowered and "doi:" not in lowered:
        return
    for match in _WRITTEN.finditer(text):
        yield match.start(), _of_arxiv(match["arxiv"]) if match["arxiv"] else _of_doi(match["doi"])


def _paper(host: str, path: str) -> Identifier | None:
    paths = _HUGGING_FACE if host == "huggingface.co" else _ARXIV_PATH if _ARXIV_HOST.fullmatch(host) else None
    found = paths.match(path) if paths else None
    name = _ARXIV_ID.fullmatch(found[1]) if found else None
    if name is not None:
        return _of_arxiv(name[1])
    if host in ("doi.org", "dx.doi.org") and (doi := _DOI.fullmatch(path.lstrip("/"))):
        return _of_doi(doi[0])
    landing = _DOI_PATH.fullmatch(path)
    return _of_doi(landing[1].removesuffix(".pdf")) if landing else None


def _of_arxiv(name: str) -> Identifier:
    """One paper whatever its version; an archive's name is in lower case, and its subject class is not part of it."""
    archive, slash, number = name.rpartition("/")
    return Identifier("arxiv", f"{archive.partition('.')[0].lower()}{slash}{number}")


def _of_doi(name: str) -> Identifier:
    """Write a DOI in lower case; arXiv's own are arXiv ids."""
    name = name.rstrip(_END) if not name.endswith(")") or name.count("(") < name.count(")") else name
    name = name.rstrip("/").casefold()
    registrant, _, rest = name.partition("/")
    if registrant == "10.48550" and (match := _ARXIV_ID.fullmatch(rest.removeprefix("arxiv."))):
        return _of_arxiv(match[1])
    return Identifier("doi", name)


def _address(host: str, path: str, query: str) -> Identifier | None:
    """Write an address without scheme, `www.`, fragment, the last slash, an index page, and what counts readers."""
    kept = "&".join(each for each in query.split("&") if each and not _CAMPAIGN.match(each))
    path = re.sub(r"/(?:index\.(?:html?|php))?$", "", path)
    if not host or not (path or kept):
        return None
    if host == "youtu.be":
        host, path, kept = "youtube.com", "/watch", f"v={path.lstrip('/')}"
    if host.endswith("youtube.com") and (video := re.search(r"(?:^|&)v=([\w-]{11})", kept)):
        return Identifier("address", f"youtube.com/watch?v={video[1]}")
    return Identifier("address", f"{host}{path}{'?' if kept else ''}{kept}")
