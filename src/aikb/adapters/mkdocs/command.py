"""Run MkDocs' own `build` and `serve` as they are run from a shell, with what they say told in another way."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from click import ClickException
from mkdocs.commands.build import build
from mkdocs.commands.serve import serve
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from aikb.adapters.mkdocs.configuration import NO_ADDRESS
from aikb.settings import SettingsError

Say = Callable[[str, str], None]
"""Is told each thing that MkDocs says: `error`, `warning` or `info`, and the text."""
PORTS = range(8000, 8021)
"""Where a site is served: the first of them that nobody uses."""


@dataclass(slots=True)
class _Listener(logging.Handler):
    """Hands on what MkDocs logs, and counts what is wrong."""

    say: Say
    wrong: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        logging.Handler.__init__(self)

    __hash__ = logging.Handler.__hash__

    def emit(self, record: logging.LogRecord) -> None:
        """Hand on one record."""
        name = (
            "error" if record.levelno >= logging.ERROR else "warning" if record.levelno >= logging.WARNING else "info"
        )
        if name != "info" and NO_ADDRESS not in record.getMessage():
            self.wrong.append(record.levelno)
        self.say(name, record.getMessage())


@contextmanager
def listening(say: Say) -> Iterator[_Listener]:
    """Listen to MkDocs; what it raises for its user becomes a SettingsError of one line."""
    log, listener = logging.getLogger("mkdocs"), _Listener(say)
    level = log.level
    log.addHandler(listener)
    log.setLevel(logging.INFO)
    try:
        yield listener
    except (ClickException, MkDocsException) as error:
        raise SettingsError(
            " ".join(str(getattr(error, "message", error)).split()) or "the build was stopped"
        ) from None
    finally:
        log.removeHandler(listener)
        log.setLevel(level)


def build_site(config_file: Path, site_dir: Path | None, say: Say) -> tuple[Path, int]:
    """Build a site; its folder, and how many errors and warnings there were. Raises SettingsError."""
    with listening(say) as listener:
        options = {"site_dir": str(site_dir.resolve())} if site_dir else {}
        config = load_config(str(config_file), **options)
        place = Path(config.site_dir)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
    return place, len(listener.wrong)


def serve_site(config_file: Path, address: str, say: Say, *, opened: bool) -> None:
    """Serve a site until it is interrupted, built again whenever a file changes. Raises SettingsError."""
    with listening(say):
        try:
            serve(str(config_file), dev_addr=address, open_in_browser=opened)
        except OSError as error:
            raise SettingsError(f"{address}: {(error.strerror or str(error)).lower()}") from None


def free_address(host: str, port: int | None) -> str:
    """Choose where to serve: the port that is asked for, else the first that nobody uses."""
    return f"{host}:{port or next((each for each in PORTS if _is_free(host, each)), PORTS[0])}"


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
