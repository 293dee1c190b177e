"""Bodies of the last build, for the next one: a text is rendered again where anything that it is made of has changed.

A body is made of its document, what its links mean, the terms and numbers it mentions, the evidence of its sections and what
is like them; of the documents that it embeds, quotes or is tied to; and of the addresses of all. All are compared, by identity
where nothing changed, so that a kept body is the one that a fresh build would make.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from aikb.compose.backlinks import KeptBacklinks
from aikb.compose.neighbourhood import Neighbourhoods
from aikb.compose.paragraphs import Sentences
from aikb.compose.related import RelatedPages
from aikb.compose.tags import tag_pages
from aikb.model.document import Document
from aikb.model.site import Body
from aikb.relate.evidence.ties import Tie
from aikb.relate.links.embeds import DEEPEST
from aikb.relate.relations import Relations
from aikb.render.renderer import Renderer
from aikb.system.kept import Compared

_FARTHEST = DEEPEST + 2
"""Steps from a page to what it may show: what it embeds, and then a work that this quotes and a text that is tied to it."""


class Bodies:
    """What a build remembers of bodies; kept while serving."""

    def __init__(self) -> None:
        """Start without any."""
        self._bodies = Compared[str, Body]()
        """Of documents, by path."""
        self._made = Compared[tuple[str, str], Body]()
        """Of pages that aikb makes, by language and address."""
        self._shape: object = None
        self.backlinks = KeptBacklinks()
        self.related = RelatedPages()
        self.around = Neighbourhoods()
        self._relations: Relations
        self._ties: Mapping[str, tuple[Tie, ...]] = {}
        self.sentences = Sentences()
        """Of the documents."""

    def start(self, relations: Relations, renderer: Renderer) -> None:
        """Begin a build: forget what the last one did not use, and everything if an address or an option has changed."""
        index = relations.index
        places = tuple((path, each.address, each.lang, each.kind) for path, each in index.documents.items())
        shape = places, index.settings, renderer, tuple(index.assets.values())
        for kept in (self._bodies, self._made):
            kept.start(anew=shape != self._shape)
        self.sentences.keep(index.documents)
        self.backlinks.start(anew=shape != self._shape)
        self.around.start(relations, self.sentences, anew=shape != self._shape)
        self._shape, self._relations = shape, relations
        ties: defaultdict[str, list[Tie]] = defaultdict(list)
        for tie in relations.evidence.ties:
            ties[tie.note].append(tie)
            if tie.path != tie.note:
                ties[tie.path].append(tie)
        self._ties = {path: tuple(each) for path, each in ties.items()}

    def body(self, document: Document, related: object, render: Callable[[], Body]) -> Body:
        """The body of a document: the last build's, if it would be the same, else what `render` makes.

        `related` is what its sections say of others that speak of the same.
        """
        return self._bodies.get(document.path, (related, *self._ingredients(document)), render)

    def made(self, lang: str, address: str, key: object, make: Callable[[], Body]) -> Body:
        """The text of a page that aikb makes: the last build's, if it was made of equal values."""
        return self._made.get((lang, address), key, make)

    def _ingredients(self, document: Document) -> Iterator[object]:
        """Everything that a body is made of, in an order that is the same in every build."""
        index = self._relations.index
        waiting, seen = [document.path], {document.path}
        for _ in range(_FARTHEST + 1):
            found = []
            for path in waiting:
                if path not in index.documents:
                    continue
                yield from self._of_document(index.documents[path])
                for other in self._others(index.documents[path]):
                    if other not in seen:
                        seen.add(other)
                        found.append(other)
            waiting = found

    def _of_document(self, document: Document) -> Iterator[object]:
        path = document.path
        yield document
        yield self._relations.resolutions[path]
        yield self._relations.mentions.get(path)
        yield self._relations.references.get(path)
        yield self._relations.index.remembered.get(path)
        yield self._ties.get(path)
        yield tag_pages(document, self._relations)

    def _others(self, document: Document) -> Iterator[str]:
        """The paths of other documents of which something is shown in a document's body, or whose ids its addresses name."""
        index = self._relations.index
        resolutions = self._relations.resolutions[document.path]
        for link in document.links:
            resolution = resolutions[link.span]
            if resolution.kind != "page" or resolution.path == document.path:
                continue
            target = index.documents[resolution.path]
            if link.image or target.work is not None:
                yield target.path
            elif (
                target.lang != document.lang
                and not target.in_glossary
                and (twin := index.variants[target.address].get(document.lang))
            ):
                yield from (target.path, twin.path)
        for tie in self._ties.get(document.path, ()):
            yield tie.path if tie.note == document.path else tie.note
