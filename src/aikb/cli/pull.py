"""`aikb pull`: a reader's highlights from Readwise, as JSON files among the notes."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aikb.cli.configuration import config_option
from aikb.cli.output import tell
from aikb.mkdocs_file import read_settings
from aikb.settings import SettingsError

if TYPE_CHECKING:
    from aikb.online.pull.run import Pulled

_FOLDER = "readwise"


@click.command()
@config_option
@click.option("--into", type=click.Path(path_type=Path), help="The folder.  [default: readwise, in the notes]")
@click.option("--full", is_flag=True, help="Fetch everything again, and not only what is new.")
@click.option("--yes", is_flag=True, help="Remove what Readwise does not send any more, however much.")
@click.option("--token-file", type=click.Path(path_type=Path), help="Where the token is, if not in READWISE_TOKEN.")
@click.option("--api", hidden=True, help="A server on this machine that speaks for Readwise, for tests.")
@click.option("--debug", is_flag=True, help="Show where a fault of aikb's own happened.")
def pull(
    config_file: Path,
    *,
    into: Path | None,
    token_file: Path | None,
    api: str | None,
    **flags: bool,
) -> None:
    """Fetch your highlights from Readwise. The first time all of them, then what is new.

    The token is read from the variable READWISE_TOKEN, or from a file outside the notes that only you can read, by default
    ~/.config/aikb/readwise-token.
    """
    from aikb.findings.report.progress import progress
    from aikb.online.pull.api import API, PullError, Readwise
    from aikb.online.pull.run import pull as run
    from aikb.online.pull.token import find_token
    from aikb.system.network import REAL

    try:
        folder = into or config_file.parent / read_settings(config_file).docs_dir / _FOLDER
        grounds = (folder, config_file.parent) if config_file.exists() else (folder,)
        token = find_token(token_file, os.environ, grounds)
        with Readwise(token, _say, API if api is None else api, REAL) as readwise, progress("Readwise") as shown:
            pulled = run(readwise, folder, full=flags["full"], sure=flags["yes"], show=shown)
    except SettingsError as error:
        tell(f"aikb: {error}")
        sys.exit(2)
    except PullError as error:
        tell(f"aikb: {error}; nothing was changed")
        sys.exit(1)
    except KeyboardInterrupt:
        tell("aikb: stopped; nothing was changed")
        sys.exit(1)
    except Exception as error:  # noqa: BLE001 - a fault of ours has an exit code of its own
        if flags["debug"]:
            traceback.print_exc()
        tell(f"aikb: a fault of aikb's own: {error.__class__.__name__} (--debug shows where)")
        sys.exit(3)
    _say_what_changed(folder, pulled)


def _say_what_changed(folder: Path, pulled: Pulled) -> None:
    done = [f"{count} {word}" for word in ("new", "changed", "removed") if (count := getattr(pulled, word))]
    here = f"{_counted(pulled.highlights, 'highlight')} in {_counted(pulled.books, 'book')}"
    tell(f"{folder}: {', '.join(done) or 'nothing new'}; {here}")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _say(what: str) -> None:
    tell(f"aikb: {what}")
