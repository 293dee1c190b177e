"""A real `mkdocs serve`: it reloads what is saved, and stays up with the last good site when a build fails."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

CONFIGURATION = "site_name: Notes\ndocs_dir: notes\ntheme: material\nplugins:\n  - aikb: {languages: [en, fr]}\n"
PATIENCE = 40.0
"""Seconds; a rebuild of three notes takes one."""


class Server:
    """`mkdocs serve` over a folder."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.log = (folder / "serve.log").open("w+", encoding="utf-8")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--livereload", "-a", f"127.0.0.1:{self.port}"],
            cwd=folder,
            stdout=self.log,
            stderr=self.log,
            env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
        )

    def page(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{path}", timeout=20) as answer:
            return str(answer.read().decode())

    def wait_for(self, path: str, text: str) -> None:
        """Ask until the page holds the text."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                if text in self.page(path):
                    return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                pass
            time.sleep(0.2)
        pytest.fail(f"{text!r} never came on /{path}; the log:\n{self.logged()}")

    def wait_for_end(self, path: str) -> None:
        """Ask until there is no such page."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                self.page(path)
            except urllib.error.HTTPError:
                return
            time.sleep(0.2)
        pytest.fail(f"/{path} is still there; the log:\n{self.logged()}")

    def wait_for_log(self, text: str) -> None:
        """Wait until something is printed."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if text in self.logged():
                return
            time.sleep(0.2)
        pytest.fail(f"{text!r} was never printed; the log:\n{self.logged()}")

    def logged(self) -> str:
        return (self.folder / "serve.log").read_text(encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    (tmp_path / "notes").mkdir()
    (tmp_path / "glossary").mkdir()
    (tmp_path / "mkdocs.yml").write_text(CONFIGURATION, encoding="utf-8")
    (tmp_path / "notes/a.md").write_text("# First\n\nold words\n", encoding="utf-8")
    (tmp_path / "glossary/terms.md").write_text("# Glossary\n\n## Token\n\nA piece of text.\n", encoding="utf-8")
    serving = Server(tmp_path)
    yield serving
    serving.process.terminate()
    serving.process.wait(timeout=20)
    serving.log.close()


def test_serve_follows_the_notes_and_survives_what_breaks(server: Server) -> None:
    server.wait_for("a/", "old words")
    server.wait_for("fr/glossary/", "A piece of text.")

    server.write("notes/a.md", "# First\n\nnew words, [dead](gone.md)\n")
    server.wait_for("fr/a/", "new words")
    server.wait_for_log("notes/a.md:3:12: error: link-missing")

    server.write("glossary/terms.md", "# Glossary\n\n## Token\n\nA changed definition.\n")
    server.wait_for("glossary/", "A changed definition.")

    server.write("mkdocs.yml", CONFIGURATION + "  - nosuchplugin\n")
    server.wait_for_log("the previous site stays")
    assert "new words" in server.page("a/")

    server.write("mkdocs.yml", CONFIGURATION)
    server.write("notes/a.md", "# First\n\nmended words\n")
    server.wait_for("a/", "mended words")

    assert server.process.poll() is None
    assert [path.name for path in server.folder.iterdir() if "aikb" in path.name] == []


def test_serve_needs_no_restart_when_folders_go_and_come_back(server: Server) -> None:
    server.wait_for("a/", "old words")
    shutil.rmtree(server.folder / "glossary")
    shutil.move(server.folder / "notes", server.folder / "other-branch")
    server.wait_for_log("the previous site stays")
    server.wait_for("a/", "The build failed")
    assert "old words" in server.page("a/")

    shutil.move(server.folder / "other-branch", server.folder / "notes")
    server.write("notes/a.md", "# First\n\nwords of the other branch\n")
    server.wait_for("a/", "words of the other branch")
    assert "The build failed" not in server.page("a/")

    server.write("notes/b.md", "# Second\n\nmore\n")
    server.wait_for("b/", "more")
    (server.folder / "glossary").mkdir()
    server.write("glossary/terms.md", "# Glossary\n\n## Word\n\nMade while serving.\n")
    server.wait_for("glossary/", "Made while serving.")
    (server.folder / "notes/b.md").unlink()
    server.wait_for_end("b/")


def test_a_page_tells_why_the_build_failed(server: Server) -> None:
    server.wait_for("a/", "old words")
    server.write("mkdocs.yml", CONFIGURATION + "  - nosuch<b>plugin\n")
    server.wait_for("fr/a/", "nosuch&lt;b&gt;plugin")
    server.write("mkdocs.yml", CONFIGURATION + "nav: [\n")
    server.wait_for("a/", "line 7")
    server.write("mkdocs.yml", CONFIGURATION)
    server.write("notes/a.md", "# First\n\nmended words\n")
    server.wait_for("a/", "mended words")
    assert 'role="alert"' not in server.page("a/")


@pytest.mark.skipif(sys.platform == "win32", reason="a process is not asked to end there")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_server_that_is_asked_to_end_leaves_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/index.md").write_text("# Home\n\nTide\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(CONFIGURATION, encoding="utf-8")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    serving = Server(tmp_path, TMPDIR=str(temporary))
    try:
        serving.wait_for("", "Tide")
        assert list(temporary.iterdir())
        serving.process.send_signal(getattr(signal, name))
        assert serving.process.wait(timeout=PATIENCE) == 0
    finally:
        serving.process.kill()
        serving.log.close()
    assert list(temporary.iterdir()) == []
    assert "Traceback" not in (tmp_path / "serve.log").read_text(encoding="utf-8")
