"""What a page is, in the words of schema.org: an article, a term with its definition, a work with quotations."""

from __future__ import annotations

from typing import Any

from aikb.model.document import Kind
from aikb.model.site import Page


def linked_data(page: Page, url: str) -> dict[str, Any]:
    """Describe a page as JSON-LD; nothing for one that aikb made. `url` is empty where the site has no address."""
    if page.kind == "term":
        data = _described("DefinedTerm", page, url)
        return {**data, "name": page.title}
    if not page.source:
        return {}
    data = _described("CreativeWork" if page.passages else "Article", page, url)
    data["name" if page.passages else "headline"] = page.title
    if page.metadata.authors:
        data["author"] = [{"@type": "Person", "name": name} for name in page.metadata.authors]
    if page.metadata.tags:
        data["keywords"] = list(page.metadata.tags)
    if page.updated and page.kind != Kind.SOURCE:
        data["dateModified"] = page.updated
    if page.passages:
        data["hasPart"] = [
            {"@type": "Quotation", "text": text, **({"url": f"{url}#{name}"} if url else {})}
            for name, text in page.passages
        ]
    return data


def _described(kind: str, page: Page, url: str) -> dict[str, Any]:
    data: dict[str, Any] = {"@context": "https://schema.org", "@type": kind, "inLanguage": page.lang}
    description = page.metadata.description or page.summary
    return data | ({"url": url} if url else {}) | ({"description": description} if description else {})
