"""The other trees' pages, drawn by another process while MkDocs draws the first tree's.

Half of a build is templates and files, and MkDocs does one page at a time. Only where no other plugin could miss a page's
events, where the pages are many, and where a process can fork safely; elsewhere MkDocs draws them all.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterable, Iterator
from multiprocessing.context import ForkProcess
from multiprocessing.sharedctypes import SynchronizedArray
from typing import Any

import jinja2
from material.plugins.search.plugin import SearchPlugin
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.utils import write_file

from aikb.adapters.mkdocs.pages import SitePage
from aikb.system import parallel as processes

_drawing: list[ForkProcess] = []


def end() -> None:
    """Stop the process that draws: there is nothing more to draw for."""
    while _drawing:
        process = _drawing.pop()
        process.terminate()
        process.join()


class Apart:
    """Pages taken out of MkDocs' hands."""

    def __init__(self, env: jinja2.Environment, config: MkDocsConfig, files: Files, nav: Navigation) -> None:
        """Take what MkDocs draws pages with."""
        self._env, self._config, self._files, self._nav = env, config, files, nav
        self._pages: list[SitePage] = []
        self._process: ForkProcess | None = None
        self._left: SynchronizedArray[int]
        """Where the pages that nobody has begun start and end; both processes see it."""

    def start(self, pages: Iterable[SitePage], own: BasePlugin[Any]) -> None:
        """Begin to draw pages elsewhere, if that is worth it; MkDocs then does not know them any more."""
        wanted = list(pages)
        others = [
            each for each in self._config.plugins.values() if each is not own and not isinstance(each, SearchPlugin)
        ]
        if others or self._config.hooks or len(wanted) < processes.WORTH_FORKING or not processes.can_fork():
            return
        for page in wanted:
            self._files.remove(page.file)
        self._draw(wanted[:1])  # or both processes would compile the templates
        self._pages = wanted[1:]
        context = multiprocessing.get_context("fork")
        self._left = context.Array("i", [0, len(self._pages)])
        self._process = context.Process(target=self._draw_apart, daemon=True)
        self._process.start()
        _drawing.append(self._process)

    def finish(self) -> None:
        """Help with the pages that are left; what went wrong there is met again here, where MkDocs reports it."""
        if self._process is None:
            return
        self._draw(self._share(1))
        self._process.join()
        _drawing.remove(self._process)
        if self._process.exitcode != 0:
            self._draw(self._pages)

    def _draw_apart(self) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to both processes, and the first one ends this one
        self._draw(self._share(0))

    def _share(self, end: int) -> Iterator[SitePage]:
        """The pages that nobody has begun, one after the other: from the first, end 0, or from the last, end 1."""
        while True:
            with self._left.get_lock():
                first: int = self._left[0]
                last: int = self._left[1]
                if first >= last:
                    return
                self._left[end] += -1 if end else 1
            yield self._pages[last - 1 if end else first]

    def _draw(self, pages: Iterable[SitePage]) -> None:
        for page in pages:
            context = get_context(self._nav, self._files, self._config, page)
            page.active = True
            template = self._env.get_template(page.meta.get("template", "main.html"))
            context = self._config.plugins.on_page_context(context, page=page, config=self._config, nav=self._nav)
            output = self._config.plugins.on_post_page(template.render(context), page=page, config=self._config)
            page.active = False
            write_file(output.encode("utf-8", errors="xmlcharrefreplace"), page.file.abs_dest_path)
