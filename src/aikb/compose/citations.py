"""The papers that the notes name, for programs that keep references: BibTeX and CSL-JSON.

A field is written where it is certain: an arXiv id says the year, a DOI nothing. bibtexparser and pybtex are made to read
BibTeX; to write a handful of fields neither is needed.
"""

from __future__ import annotations

import json
import re
from typing import Any

from aikb.compose.ways.papers import Paper, Papers

_SPECIAL = re.compile(r"[\\{}$&#%_^~]")
_ESCAPED = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}


def bibtex(papers: Papers) -> str:
    """Write the papers as BibTeX, UTF-8, one entry a paper."""
    return "\n".join(_entry(paper) for paper in papers.papers)


def csl_json(papers: Papers) -> str:
    """Write the papers as CSL-JSON (https://docs.citationstyles.org/en/stable/specification.html)."""
    return json.dumps([_item(paper) for paper in papers.papers], ensure_ascii=False, indent=1) + "\n"


def _key(paper: Paper) -> str:
    return re.sub(r"[^A-Za-z0-9.:/_-]", "", f"{paper.of.kind}:{paper.of.name}")


def _entry(paper: Paper) -> str:
    fields = {
        "title": f"{{{_escaped(paper.title)}}}" if paper.title else "",
        "author": " and ".join(f"{{{_escaped(name)}}}" for name in paper.authors),
        "year": str(paper.year) if paper.year else "",
    }
    if paper.of.kind == "arxiv":
        fields |= {"eprint": paper.of.name, "archiveprefix": "arXiv"}
    elif paper.of.kind == "doi":
        fields |= {"doi": paper.of.name}
    fields["url"] = re.sub(r"[{}\\\s]", "", paper.url)
    written = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{_key(paper)},\n{written}\n}}\n"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda match: _ESCAPED.get(match[0], f"\\{match[0]}"), " ".join(text.split()))


def _item(paper: Paper) -> dict[str, Any]:
    item: dict[str, Any] = {"id": _key(paper), "type": "article", "URL": paper.url}
    if paper.title:
        item["title"] = paper.title
    if paper.authors:
        item["author"] = [{"literal": name} for name in paper.authors]
    if paper.year:
        item["issued"] = {"date-parts": [[paper.year]]}
    if paper.of.kind == "arxiv":
        item |= {"number": f"arXiv:{paper.of.name}", "archive": "arXiv"}
    elif paper.of.kind == "doi":
        item["DOI"] = paper.of.name
    return item
