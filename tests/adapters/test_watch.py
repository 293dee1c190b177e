"""What is watched may come, go and come back, whoever tells of it: the kernel, or a look at every file."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers.polling import PollingObserver

from aikb.adapters.mkdocs import watch
from aikb.adapters.mkdocs.watch import Observer


class Told(FileSystemEventHandler):
    """What MkDocs' server would hear."""

    def __init__(self) -> None:
        self.times = 0

    def on_any_event(self, event: FileSystemEvent) -> None:
        if not event.is_directory:
            self.times += 1

    def hears(self, change: Callable[[], object], *, within: float = 5.0) -> bool:
        """Whether it is told after a change; the quiet before it is waited for."""
        heard = -1
        while heard != self.times:
            heard = self.times
            time.sleep(0.3)
        change()
        deadline = time.monotonic() + within
        while self.times == heard and time.monotonic() < deadline:
            time.sleep(0.02)
        return self.times != heard


@pytest.fixture(params=["kernel", "looking"])
def told(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Told]:
    """Watch `notes/`, `mkdocs.yml`, and a `glossary/` that is not there."""
    if request.param == "looking":
        monkeypatch.setattr(watch, "_kernels", lambda paths: None)
    (tmp_path / "notes/sub").mkdir(parents=True)
    (tmp_path / "notes/a.md").write_text("a", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: x", encoding="utf-8")
    observer, handler = Observer(PollingObserver(timeout=0.1)), Told()
    for name in ("notes", "mkdocs.yml"):
        observer.schedule(handler, str(tmp_path / name), recursive=True)
    observer.start()
    observer.schedule(handler, str(tmp_path / "glossary"), recursive=True)
    yield handler
    observer.stop()
    observer.join()


def write(path: Path, text: str = "new") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def save_by_renaming(path: Path) -> None:
    """As many editors save."""
    beside = path.with_name(f".{path.name}.tmp")
    beside.write_text("saved", encoding="utf-8")
    beside.replace(path)


CHANGES: dict[str, Callable[[Path], object]] = {
    "saved": lambda root: write(root / "notes/a.md", "changed"),
    "saved by renaming": lambda root: save_by_renaming(root / "notes/a.md"),
    "made": lambda root: write(root / "notes/sub/b.md"),
    "made in a new folder": lambda root: write(root / "notes/deep/er/b.md"),
    "renamed": lambda root: (root / "notes/a.md").rename(root / "notes/c.md"),
    "deleted": lambda root: (root / "notes/a.md").unlink(),
    "moved out": lambda root: (root / "notes/a.md").rename(root / "a.md"),
    "a folder moved out": lambda root: (root / "notes/sub").rename(root / "sub"),
    "configuration saved": lambda root: write(root / "mkdocs.yml", "site_name: other"),
    "configuration saved by renaming": lambda root: save_by_renaming(root / "mkdocs.yml"),
    "configuration deleted": lambda root: (root / "mkdocs.yml").unlink(),
    "a folder that was not there": lambda root: (root / "glossary").mkdir(),
    "the whole folder deleted": lambda root: shutil.rmtree(root / "notes"),
    "the whole folder moved": lambda root: (root / "notes").rename(root / "old"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_told(told: Told, tmp_path: Path, change: str) -> None:
    if change == "a folder moved out":
        write(tmp_path / "notes/sub/b.md")
    assert told.hears(lambda: CHANGES[change](tmp_path))


def test_what_is_read_or_made_elsewhere_is_not_told(told: Told, tmp_path: Path) -> None:
    def elsewhere() -> None:
        (tmp_path / "notes/a.md").read_bytes()
        write(tmp_path / "site/index.html")
        write(tmp_path / "other.md")

    assert not told.hears(elsewhere, within=1.0)


def test_a_folder_that_comes_back_is_watched_again(told: Told, tmp_path: Path) -> None:
    for _ in range(2):
        assert told.hears(lambda: shutil.rmtree(tmp_path / "notes"))
        assert told.hears(lambda: write(tmp_path / "notes/sub/b.md"))
        assert told.hears(lambda: write(tmp_path / "notes/sub/b.md", "changed again"))
        assert told.hears(lambda: write(tmp_path / "glossary/terms.md"))
        assert told.hears(lambda: write(tmp_path / "glossary/terms.md", "changed again"))
        assert told.hears(lambda: shutil.rmtree(tmp_path / "glossary"))


def test_a_configuration_that_comes_back_is_watched_again(told: Told, tmp_path: Path) -> None:
    assert told.hears((tmp_path / "mkdocs.yml").unlink)
    assert told.hears(lambda: write(tmp_path / "mkdocs.yml"))
    assert told.hears(lambda: write(tmp_path / "mkdocs.yml", "site_name: once more"))


def test_a_folder_behind_a_link_is_watched(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "notes").symlink_to(tmp_path / "elsewhere")
    observer, handler = Observer(PollingObserver(timeout=0.1)), Told()
    observer.schedule(handler, str(tmp_path / "notes"), recursive=True)
    observer.start()
    assert handler.hears(lambda: write(tmp_path / "elsewhere/a.md"))
    observer.stop()
    observer.join()


@pytest.mark.parametrize(("kind", "kernel"), [("ext4", True), ("nfs4", False), ("9p", False), ("fuse.sshfs", False)])
def test_only_of_local_disks_the_kernel_is_asked(monkeypatch: pytest.MonkeyPatch, kind: str, kernel: bool) -> None:
    monkeypatch.setattr(watch, "_file_system", lambda path: kind)
    observer = watch._kernels(["/somewhere"])
    assert (observer is not None) == kernel


def test_when_the_kernel_cannot_watch_all_every_file_is_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "notes/a.md")
    polling = PollingObserver(timeout=0.1)
    observer, handler = Observer(polling), Told()
    observer.schedule(handler, str(tmp_path / "notes"), recursive=True)
    observer.start()
    assert observer._observer is not polling
    monkeypatch.setattr(watch, "_held", lambda: 0)
    observer.look_after()
    assert observer._observer is polling
    assert handler.hears(lambda: write(tmp_path / "notes/b.md"))
    observer.stop()
    observer.join()
