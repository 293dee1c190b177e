"""Draw every page as a build would, and find what a build would meet there: `aikb check --pages`.

The pages are drawn with the options of six lines of `mkdocs.yml`. What other extensions of Python-Markdown, other plugins and
templates of one's own add is met by `aikb build` alone.
"""

from __future__ import annotations

from collections.abc import Collection

from aikb.check.severity import ranked
from aikb.cli.knowledge import Knowledge
from aikb.compose.pages import compose
from aikb.compose.tree import Tree
from aikb.compose.ways.survey import Surveyor
from aikb.findings.finding import finding
from aikb.model.finding import Diagnostic
from aikb.model.site import Page
from aikb.read.plain import SECONDS, failure, seconds_for
from aikb.render.furniture import Furniture
from aikb.render.renderer import Renderer
from aikb.system.time_limit import limited


def findings_of_pages(knowledge: Knowledge, chosen: Collection[str]) -> tuple[Diagnostic, ...]:
    """Compose and draw all pages of a knowledge base that was read whole; what was found in the chosen files."""
    relations = knowledge.relations
    ways = Surveyor().survey(relations)
    trees = [Tree(lang, relations.index, ways) for lang in knowledge.settings.languages]
    found = list[Diagnostic]()
    pages = compose(trees, relations, Renderer(), failed=found)

    def refused(page: Page, tag: str) -> None:
        found.append(finding("html-refused", page.source or page.path, tag=tag))

    furniture = Furniture(report=refused)
    for page in pages:
        found += _drawn(page, furniture, knowledge)
    shown = (
        each for each in ranked(found, knowledge.settings) if each.path in chosen or each.path not in knowledge.sources
    )
    return tuple(sorted(dict.fromkeys(shown), key=lambda each: each.order))


def _drawn(page: Page, furniture: Furniture, knowledge: Knowledge) -> list[Diagnostic]:
    """Draw a page, within the time that a page may take; why it cannot be drawn."""
    source = knowledge.sources.get(page.source)
    try:
        with limited(seconds_for(source) if source else SECONDS):
            furniture.page(page, "../" * page.address.count("/"))
    except Exception as error:  # noqa: BLE001 - the other pages are drawn
        return [failure(source or page.path, "drawn", error)]
    return []
