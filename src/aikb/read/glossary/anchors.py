"""Make the anchors of a glossary's terms that no heading names."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from aikb.model.document import Anchor, Section
from aikb.model.glossary import Term


def term_anchors(terms: Sequence[Term], sections: Sequence[Section], taken: Sequence[Anchor]) -> tuple[Anchor, ...]:
    """Make anchors for the terms that no heading names, at the block each stands in; one a block."""
    starts = [section.span.start for section in sections]
    ids, places = {anchor.id for anchor in taken}, set(starts)
    anchors: list[Anchor] = []
    for term in terms:
        if term.span.start not in places and term.id not in ids:
            places.add(term.span.start)
            above = bisect_right(starts, term.span.start)
            anchors.append(Anchor(term.id, "term", term.span, sections[above - 1].id if above else ""))
    return tuple(anchors)
