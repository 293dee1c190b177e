"""Draws pages where no other plugin could miss a page's events; elsewhere MkDocs draws them, one at a time.

Half of a build is templates and files. Here the pages are shared between two processes where they are many and where a process
can fork safely, each is rendered, drawn and written before the next so that none stays in memory, and one that the site has
already is not written.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from multiprocessing.context import ForkProcess
from multiprocessing.sharedctypes import SynchronizedArray
from typing import Any

import jinja2
from material.plugins.search.plugin import SearchPlugin
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.utils import write_file

from aikb.adapters.mkdocs.output import Output
from aikb.adapters.mkdocs.pages import SitePage
from aikb.adapters.mkdocs.search_files import OwnSearch
from aikb.system import parallel as processes

log = get_plugin_logger("aikb")
_drawing: list[ForkProcess] = []


def end() -> None:
    """Stop the process that draws: there is nothing more to draw for."""
    while _drawing:
        process = _drawing.pop()
        process.terminate()
        process.join()


def alone(config: MkDocsConfig, own: BasePlugin[Any]) -> bool:
    """Whether nobody else looks at pages: no hook, no plugin but Material's search, no template of the user's own files.

    Of any other an event could depend on anything, or do anything.
    """
    return not (config.hooks or config.extra_templates) and all(
        each is own or type(each) in (SearchPlugin, OwnSearch) for each in config.plugins.values()
    )


class Drawing:
    """Pages taken out of MkDocs' hands."""

    def __init__(
        self, env: jinja2.Environment, config: MkDocsConfig, nav: Navigation, all_pages: Sequence[File]
    ) -> None:
        """Take what MkDocs draws pages with; `all_pages` are those that a template may list."""
        self._env, self._config, self._nav, self._all_pages = env, config, nav, all_pages
        self._output: Output | None = None
        self._pages: Sequence[SitePage] = ()
        self._left: SynchronizedArray[int]
        """Where the pages that nobody has begun start and end; both processes see it."""

    def draw(self, pages: Sequence[SitePage], output: Output, also: Callable[[], None]) -> None:
        """Draw the pages, and do what is `also` to be done, which the other process need not wait for.

        What went wrong in the other process is met again in this one.
        """
        self._pages, self._output = pages, output
        if len(pages) < processes.WORTH_FORKING or not processes.can_fork():
            self._draw(pages)
            also()
            return
        self._draw(pages[:1])  # or both processes would compile the templates
        context = multiprocessing.get_context("fork")
        self._left = context.Array("i", [1, len(pages)])
        process = context.Process(target=self._draw_apart, args=(os.getpid(),), daemon=True)
        process.start()
        _drawing.append(process)
        also()
        self._draw(self._share(1))
        process.join()
        _drawing.remove(process)
        if process.exitcode != 0:
            self._draw(pages)

    def _draw_apart(self, parent: int) -> None:
        processes.die_with(parent)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to both processes, and the first one ends this one
        try:
            self._draw(self._share(0))
        except Exception:  # noqa: BLE001 - the first process meets it again, and says it
            sys.exit(1)

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
        assert self._output is not None  # noqa: S101 - `draw` has set it
        for page in pages:
            try:
                content = self._drawn(page)
            except Exception as error:
                message = f"Error building page '{page.file.src_uri}':"
                log.error(message if isinstance(error, BuildError) else f"{message} {error}")  # noqa: TRY400 - MkDocs tells the rest
                raise
            if not self._output.has_bytes(page.file.dest_uri, content):
                write_file(content, page.file.abs_dest_path)

    def _drawn(self, page: SitePage) -> bytes:
        config = self._config
        address = page.canonical_url
        page.read_source(config)
        page.render(config, Files(()))
        context = get_context(self._nav, self._all_pages, config, page)
        page.active = True
        template = self._env.get_template(page.meta.get("template", "main.html"))
        context = config.plugins.on_page_context(context, page=page, config=config, nav=self._nav)
        output = config.plugins.on_post_page(template.render(context), page=page, config=config)
        page.active, page.content, page.canonical_url = False, None, address
        return output.encode("utf-8", errors="xmlcharrefreplace")
