"""Check external links: each URL is asked for once, and reported wherever it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from aikb.findings.finding import finding
from aikb.model.document import Document
from aikb.model.finding import Diagnostic
from aikb.model.source import Span
from aikb.online.external.cache import is_fresh, open_cache, write_cache
from aikb.online.external.fetch import Fetcher, host_of, parse_url
from aikb.online.external.hosts import ask_all
from aikb.online.external.verdict import Answer, Entry, Outcome, Verdict, is_network_down, offline, update_entry
from aikb.relate.links.resolve import is_web
from aikb.relate.relations import Relations

Progress = Callable[[int, int], None]
"""Called with how many URLs are done, and how many there are."""

WAYBACK = "https://web.archive.org/web/"
_NO_FAULT_OF_THE_PAGE = (Outcome.PRIVATE, Outcome.OFFLINE, Outcome.RESTING)
_SHOWN = 300


@dataclass(frozen=True, slots=True)
class Outlink:
    """A link that leaves the knowledge base."""

    document: Document
    span: Span
    url: str
    """Without fragment: what is behind a `#` is not checked."""


def outlinks(relations: Relations) -> Iterator[Outlink]:
    """List every link to the web, in the order of documents. Drafts are not in the index, so theirs stay private."""
    for path, document in relations.index.documents.items():
        for span, resolution in relations.resolutions[path].items():
            if resolution.kind == "external" and is_web(resolution.url):
                yield Outlink(document, span, resolution.url.partition("#")[0])


def check_external(
    links: Sequence[Outlink], folder: Path, fetcher: Fetcher, progress: Progress | None = None
) -> tuple[Diagnostic, ...]:
    """Ask for what is not known from the cache in `folder`, and say what is wrong. Raises SettingsError for the folder.

    What was learned is kept even when the run is interrupted.
    """
    now = fetcher.surroundings.now
    known = open_cache(folder)
    stale = [
        url for url in dict.fromkeys(link.url for link in links) if url not in known or not is_fresh(known[url], now())
    ]
    answers: dict[str, Answer] = {}
    hosts = {url: host_of(read) if (read := parse_url(url)) else "" for url in stale}
    try:
        for url, answer in ask_all(fetcher.ask, ((hosts[url], url) for url in stale), fetcher.politeness.hosts):
            answers[url] = answer
            if progress:
                progress(len(answers), len(stale))
    finally:
        if is_network_down((hosts[url], answer) for url, answer in answers.items()):
            answers = {url: offline(answer) for url, answer in answers.items()}
        for url, answer in answers.items():
            if answer.outcome not in _NO_FAULT_OF_THE_PAGE:
                known[url] = update_entry(known.get(url), answer, now())
        write_cache(folder, known, now())
    found = {each for link in links for each in _findings(link, answers.get(link.url), known.get(link.url))}
    return tuple(sorted(found, key=lambda diagnostic: diagnostic.order))


def _findings(link: Outlink, answer: Answer | None, entry: Entry | None) -> Iterator[Diagnostic]:
    """Report on one link: by its answer where that is not kept, else by what is known."""
    url = link.url if len(link.url) <= _SHOWN else f"{link.url[:_SHOWN]}…"

    def found(code: str, **values: str) -> Diagnostic:
        return finding(code, link.document.source, link.span.start, link.span.end, url=url, **values)

    if answer and answer.outcome is Outcome.PRIVATE:
        yield found("external-private-address", detail=answer.detail)
    elif answer and answer.outcome in _NO_FAULT_OF_THE_PAGE:
        yield found("external-unknown", reason=answer.reason)
    elif entry is None or entry.verdict is Verdict.OK:
        return
    elif entry.verdict is Verdict.UNKNOWN:
        yield found("external-unknown", reason=entry.reason)
    elif entry.dead:
        yield found("external-dead", reason=entry.reason, first=entry.failed[0], suggestion=f"{WAYBACK}{link.url}")
    else:
        yield found("external-suspect", reason=entry.reason, first=entry.failed[0])
