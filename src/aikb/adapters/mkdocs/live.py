"""What `mkdocs serve` does beside building: it stays up when a build fails, says so on the page, and watches what it must."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import get_plugin_logger

from aikb.adapters.mkdocs.configuration import THEME
from aikb.adapters.mkdocs.watch import Observer

log = get_plugin_logger("aikb")

_MOST = 20
"""Lines of a log that are shown on a page."""
_STILL = 0.03
"""Seconds without a change after which a build begins; an editor saves in a few thousandths, MkDocs waits for 0.1."""


class _Heard(logging.Handler):
    """Keeps what is logged during a build."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def worst(self) -> list[str]:
        """The last lines, those of errors if there are any."""
        errors = [record for record in self.records if record.levelno >= logging.ERROR]
        return [record.getMessage() for record in (errors or self.records)[-_MOST:]]


class LiveSite:
    """A server of MkDocs that outlives every build.

    `wanted` are the files and folders whose changes matter now; `after` is what a build has to do once its pages are shown.
    """

    def __init__(
        self, server: LiveReloadServer, wanted: Callable[[], Iterable[Path]], after: Callable[[], None]
    ) -> None:
        """Take the place of the server's builder, its observer, and what answers requests."""
        self._server, self._wanted, self._after = server, wanted, after
        self._build, server.builder = server.builder, self.build
        self._failed: list[str] = []
        """What was said when the last build failed."""
        self._observer = Observer(server.observer)
        self._watched: set[str] = set()
        paths = list(server._watched_paths)  # noqa: SLF001 - the server has no other list of what it watches
        server._watched_paths.clear()  # noqa: SLF001 - same
        server._watch_refs.clear()  # noqa: SLF001 - same
        server.build_delay = _STILL
        server.observer = self._observer  # type: ignore[assignment]  # it does what the server asks of one
        for path in paths:
            server.watch(path)
        self._watch()
        server.set_app(self.answer)
        _end_as_by_ctrl_c()

    def build(self) -> None:
        """Build, and stay up whatever happens: MkDocs would leave every request waiting."""
        heard = _Heard()
        logging.getLogger("mkdocs").addHandler(heard)
        try:
            self._build()
            self._show()
            self._after()
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it was, the server stays up
            self._failed = [*heard.worst(), str(error)]
            log.error(  # noqa: TRY400 - one line; MkDocs has told the rest
                "the build failed, and the previous site stays: %s", error
            )
        finally:
            logging.getLogger("mkdocs").removeHandler(heard)
        self._watch()
        self._observer.look_after()

    def _show(self) -> None:
        """Let browsers have the new pages, as the server does when its builder has returned."""
        server, self._failed = self._server, []
        with server._epoch_cond:  # noqa: SLF001 - the server has no other way to say it
            server._visible_epoch = server._wanted_epoch  # noqa: SLF001 - same
            server._epoch_cond.notify_all()  # noqa: SLF001 - same

    def _watch(self) -> None:
        """Watch what the configuration names now."""
        wanted = {str(path) for path in self._wanted()}
        for path in sorted(wanted - self._watched):
            self._server.watch(path)
        for path in sorted(self._watched - wanted):
            self._server.unwatch(path)
        self._watched = wanted

    def answer(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer a request as the server does; a page says that it is not what the notes are, if it is not."""
        if not self._failed:
            return self._server.serve_request(environ, start_response)
        given: list[tuple[str, list[tuple[str, str]]]] = []
        body = b"".join(self._server.serve_request(environ, lambda *arguments: given.append(arguments)))
        status, headers = given[-1]
        if ("Content-Type", "text/html") in headers:
            body = _with_notice(body, self._failed)
            headers = [(name, str(len(body)) if name == "Content-Length" else value) for name, value in headers]
        start_response(status, headers)
        return [body]


def _end_as_by_ctrl_c() -> None:
    """End in order where the process is asked to end, by a closed terminal too: MkDocs removes its folder then."""
    if threading.current_thread() is not threading.main_thread():
        return
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)


def _with_notice(page: bytes, lines: Iterable[str]) -> bytes:
    """The page with the notice as the last thing in it, where it covers nothing that it should not."""
    loader = jinja2.FileSystemLoader(str(THEME))  # not the theme's: that may be what is broken
    template = jinja2.Environment(loader=loader, autoescape=True).get_template("partials/aikb-failed.html")
    before, end, after = page.rpartition(b"</body>")
    notice = template.render(lines=list(lines)).encode()
    return before + notice + end + after if end else page + notice
