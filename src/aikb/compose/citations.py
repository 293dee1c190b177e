"""Papers that the notes name, and works that were read, for programs that keep references: BibTeX and CSL-JSON.

A field is written where it is certain: an arXiv id says the year, a DOI nothing. bibtexparser and pybtex are made to read
BibTeX; to write a handful of fields neither is needed.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import accumulate
from typing import Any
from urllib.parse import quote

from aikb.compose.ways.papers import Paper, Papers
from aikb.model.highlights import Category, Work
from aikb.text.identifiers import IdentifierKind, identify
from aikb.text.slug import slug

_SPECIAL = re.compile(r"[\\{}$&#%_^~]")
_ESCAPED = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
_BRACES = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
"""For those that have no other: BibTeX counts a brace behind a backslash, too."""


_CSL_TYPES = {Category.BOOK: "book", Category.ARTICLE: "webpage", Category.TWEET: "post", Category.PODCAST: "broadcast"}
"""What CSL calls the kinds of works (https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """What is said of a thing where it is cited."""

    key: str
    title: str
    authors: tuple[str, ...]
    year: int
    """0 where it is not known."""
    url: str
    kind: IdentifierKind = "address"
    name: str = ""
    """Its arXiv id or its DOI."""
    category: Category = Category.UNKNOWN


def bibtex(papers: Papers) -> str:
    """Write the papers as BibTeX, UTF-8, one entry a paper."""
    return "\n".join(bibtex_entry(_paper(paper)) for paper in papers.papers)


def csl_json(papers: Papers) -> str:
    """Write the papers as CSL-JSON (https://docs.citationstyles.org/en/stable/specification.html)."""
    return json.dumps([csl_item(_paper(paper)) for paper in papers.papers], ensure_ascii=False, indent=1) + "\n"


def _paper(paper: Paper) -> Cited:
    return Cited(
        key=_key(f"{paper.of.kind}:{paper.of.name}"),
        title=paper.title,
        authors=paper.authors,
        year=paper.year,
        url=paper.url,
        kind=paper.of.kind,
        name=paper.of.name,
    )


def cited_work(work: Work, url: str) -> Cited:
    """What is said of a work; `url` is its address, empty where that is not published."""
    year = int(work.date[:4]) if re.match(r"(?:19|20)\d\d", work.date) else 0
    thing = identify(url) if url else None
    if thing is not None and thing.paper:
        key, year = f"{thing.kind}:{thing.name}", thing.year or year
        url = thing.url or url
    else:
        author = slug(work.authors[0].split()[-1]) if work.authors and work.authors[0].split() else ""
        word = max(slug(work.title).split("-")[:4], key=len, default="")
        key, thing = f"{author}{year or ''}{word}" or "work", None
    known = {"kind": thing.kind, "name": thing.name} if thing else {"category": work.category}
    return Cited(key=_key(key), title=work.title, authors=work.authors, year=year, url=url, **known)


def _key(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9.:/_-]", "", text)


def bibtex_entry(of: Cited) -> str:
    """Write one entry of BibTeX, with a line end."""
    fields = {
        "title": f"{{{_escaped(of.title)}}}" if of.title else "",
        "author": " and ".join(f"{{{_escaped(name)}}}" for name in of.authors),
        "year": str(of.year) if of.year else "",
    }
    if of.kind == "arxiv":
        fields |= {"eprint": _bare(of.name), "archiveprefix": "arXiv"}
    elif of.kind == "doi":
        fields |= {"doi": _bare(of.name)}
    fields["url"] = _bare(of.url)
    written = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@{'book' if of.category is Category.BOOK else 'misc'}{{{of.key},\n{written}\n}}\n"


def csl_item(of: Cited) -> dict[str, Any]:
    """Make one item of CSL-JSON."""
    kind = "article" if of.name else _CSL_TYPES.get(of.category, "document")
    item: dict[str, Any] = {"id": of.key, "type": kind}
    if of.url:
        item["URL"] = of.url
    if of.title:
        item["title"] = of.title
    if of.authors:
        item["author"] = [{"literal": name} for name in of.authors]
    if of.year:
        item["issued"] = {"date-parts": [[of.year]]}
    if of.kind == "arxiv":
        item |= {"number": f"arXiv:{of.name}", "archive": "arXiv"}
    elif of.kind == "doi":
        item["DOI"] = of.name
    return item


def _bare(address: str) -> str:
    """Write an address or an identifier, which BibTeX takes as it is, without what could end its field."""
    return re.sub(r"[{}\\\s\x00-\x1f\x7f]", lambda match: quote(match[0]), address)


def _escaped(text: str) -> str:
    text = " ".join(text.split())
    escaped = _ESCAPED if _balanced(text) else _ESCAPED | _BRACES
    return _SPECIAL.sub(lambda match: escaped.get(match[0], f"\\{match[0]}"), text)


def _balanced(text: str) -> bool:
    """Tell whether every brace has its other one behind it."""
    depths = accumulate((char == "{") - (char == "}") for char in text)
    return text.count("{") == text.count("}") and min(depths, default=0) >= 0
