"""A published site is brought up to date where it stands: old or new, whatever stops it, and nothing of others is lost."""

from __future__ import annotations

import errno
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from aikb.adapters.mkdocs.lock import Lock
from aikb.adapters.mkdocs.update import bring_up_to_date, listing, plan, resume
from conftest import built, contents, on_disk

CONFIGURATION = "site_name: Notes\ndocs_dir: notes\ntheme: material\nplugins:\n  - aikb: {languages: [en, fr]}\n"
OLD = {"a.html": "a", "b.html": "b", "same.html": "s", "x/index.html": "x", "y": "a file", "z/deep/er.html": "z"}
NEW = {"a.html": "A", "c/index.html": "c", "x": "a file now", "y/index.html": "y"}
KEPT = frozenset({"same.html"})
EXPECTED = {**NEW, "same.html": "s"}
STEPS = ("replace", "unlink", "rmdir", "mkdir")


def text(folder: Path) -> dict[str, str]:
    return {name: content.decode() for name, content in contents(folder).items()}


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aikb.adapters.mkdocs.update.can_fork", lambda: False)


def prepared(folder: Path) -> tuple[Path, Path]:
    new, site = folder / "new", folder / "site"
    return on_disk(new, NEW), on_disk(site, OLD)


def update(new: Path, site: Path) -> None:
    bring_up_to_date(new, site, plan(new, site, listing(site), KEPT))


def test_the_site_holds_what_is_new_and_what_is_kept(tmp_path: Path) -> None:
    new, site = prepared(tmp_path)
    update(new, site)
    assert text(site) == EXPECTED
    assert sorted(path.name for path in site.rglob("*") if path.is_dir()) == ["c", "y"]


def test_hidden_entries_of_the_top_folder_stay(tmp_path: Path) -> None:
    new, site = prepared(tmp_path)
    hidden = {".git/HEAD": "ref", ".nojekyll": ""}
    on_disk(site, {**hidden, "x/.hidden": "goes with its folder, as in MkDocs"})
    update(new, site)
    assert text(site) == {**EXPECTED, **hidden}


def test_a_file_that_is_the_same_is_not_replaced(tmp_path: Path) -> None:
    new, site = on_disk(tmp_path / "new", {"a.html": "a", "b.html": "B"}), on_disk(tmp_path / "site", OLD)
    update_ = plan(new, site, listing(site), KEPT)
    assert update_.replaced == ("b.html",)


@pytest.mark.parametrize("link", ["same", "x/index.html", "y/linked", "c"])
def test_links_of_others_are_removed_and_never_followed(tmp_path: Path, link: str) -> None:
    new, site = prepared(tmp_path)
    outside = on_disk(tmp_path / "outside", {"index.html": "precious", "a.html": "precious"})
    (site / link).parent.mkdir(parents=True, exist_ok=True) if not (site / link).parent.is_file() else None
    if (site / link).parent.is_dir():
        (site / link).unlink(missing_ok=True)
        (site / link).symlink_to(outside, target_is_directory=True)
    update(new, site)
    assert text(site) == EXPECTED
    assert text(outside) == {"index.html": "precious", "a.html": "precious"}


def stopping(patch: pytest.MonkeyPatch, step: int, error: type[BaseException] | OSError) -> list[str]:
    """Raise before (even) or after (odd) the given change of a disk; what was changed."""
    done = list[str]()

    def guarded(function: Callable[..., object]) -> Callable[..., object]:
        def call(path: Path, *arguments: object, **options: object) -> object:
            done.append(str(path))
            count = len(done)
            if step == 2 * count - 2:
                raise error
            result = function(path, *arguments, **options)
            if step == 2 * count - 1:
                raise error
            return result

        return call

    for name in STEPS:
        patch.setattr(Path, name, guarded(getattr(Path, name)))
    return done


def test_an_update_that_was_stopped_anywhere_is_ended_by_the_next(tmp_path: Path) -> None:
    step, stopped = 0, True
    while stopped:
        new, site = prepared(tmp_path / str(step))
        with pytest.MonkeyPatch.context() as patch:
            stopping(patch, step, KeyboardInterrupt)
            try:
                update(new, site)
            except KeyboardInterrupt:
                pass
            else:
                stopped = False
        before = text(site)
        resume(new, site)
        assert text(site) in (EXPECTED, OLD), step
        assert text(site) == EXPECTED or before == OLD, step
        resume(new, site)
        assert text(site) in (EXPECTED, OLD), step
        step += 1
    assert step > 20


def refusing(patch: pytest.MonkeyPatch, step: int) -> None:
    """Refuse one renaming, from 0 on; the first of all is the journal's."""
    replace, done = Path.replace, list[Path]()

    def refuse(path: Path, target: Path) -> Path:
        done.append(path)
        if len(done) == step + 2:
            raise OSError(errno.EACCES, "Permission denied")
        return replace(path, target)

    patch.setattr(Path, "replace", refuse)


def test_a_step_that_the_system_refuses_undoes_the_others(tmp_path: Path) -> None:
    step, refused = 0, True
    while refused:
        new, site = prepared(tmp_path / str(step))
        work = plan(new, site, listing(site), KEPT)
        with pytest.MonkeyPatch.context() as patch:
            refusing(patch, step)
            try:
                bring_up_to_date(new, site, work)
            except OSError:
                assert text(site) == OLD, step
            else:
                refused = False
        step += 1
    assert step > 4
    assert text(site) == EXPECTED


def test_half_a_journal_is_none(tmp_path: Path) -> None:
    new, site = prepared(tmp_path)
    (new / ".aikb-journal").write_text('{"replaced": ["a.h', encoding="ascii")
    resume(new, site)
    assert text(site) == OLD


def test_the_lock_is_one_processes_at_a_time(tmp_path: Path) -> None:
    first, second = Lock(tmp_path), Lock(tmp_path)
    assert first.take()
    assert not second.take()
    first.release()
    assert second.take()
    second.release()


# With a real build ---------------------------------------------------------------------------------------------------


def note(word: str) -> Mapping[str, str]:
    return {f"notes/n{number}.md": f"# Note {number}\n\nIt says {word}.\n" for number in range(4)}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return on_disk(tmp_path / "kb", {**note("old"), "notes/gone.md": "# Gone\n", "mkdocs.yml": CONFIGURATION})


def changed(root: Path) -> None:
    on_disk(root, note("new"))
    (root / "notes/gone.md").unlink(missing_ok=True)


def fresh(root: Path) -> dict[str, bytes]:
    """What a build into a new folder makes."""
    built(root, site_dir=str(root.parent / "fresh"))
    return contents(root.parent / "fresh")


def leftovers(root: Path) -> list[str]:
    return [path.name for folder in (root, root / "site") for path in folder.iterdir() if "aikb" in path.name]


def test_a_build_over_the_last_site_writes_what_differs(root: Path) -> None:
    site = built(root)
    (site / ".nojekyll").touch()
    (site / "stray/deep.html").parent.mkdir()
    (site / "stray/deep.html").touch()
    before = {path: path.stat().st_ino for path in site.rglob("*")}
    on_disk(root, {"notes/n1.md": "# Note 1\n\nOther words.\n"})
    built(root)
    after = {path: path.stat().st_ino for path in site.rglob("*")}
    touched = {path.relative_to(site).as_posix() for path in before | after if before.get(path) != after.get(path)}
    pages = {"n1/index.html", "fr/n1/index.html", "stray", "stray/deep.html"}
    assert {name for name in touched if not name.startswith(("search", "previews"))} == pages
    assert contents(site) == {**fresh(root), ".nojekyll": b""}


def test_an_aborted_build_leaves_the_site_as_it_was(root: Path) -> None:
    before = contents(built(root))
    on_disk(root, {"notes/n1.md": "# Note 1\n\n[dead](gone-for-ever.md)\n"})
    with pytest.raises(Abort):
        built(root, strict=True)
    assert contents(root / "site") == before
    assert leftovers(root) == []


def test_a_second_build_at_the_same_time_replaces_the_whole(root: Path) -> None:
    site = built(root)
    lock = Lock(site)
    assert lock.take()
    inode = site.stat().st_ino
    changed(root)
    config = load_config(str(root / "mkdocs.yml"))
    config = config.plugins.on_config(config)
    lock.release()
    build(load_config(str(root / "mkdocs.yml")))
    assert b"new" in (site / "n1/index.html").read_bytes()
    config.plugins.on_build_error(error=Exception())
    assert site.stat().st_ino == inode


KILLED = """
import os, pathlib, signal, sys
from mkdocs.commands.build import build
from mkdocs.config import load_config
who, at, replace, builder = sys.argv[1], int(sys.argv[2]), pathlib.Path.replace, os.getpid()
count = 0
def killing(path, target):
    global count
    count += 1
    if count == at and os.getpid() != builder:
        if who in ("builder", "both"):
            os.kill(builder, signal.SIGKILL)
        if who in ("helper", "both"):
            os.kill(os.getpid(), signal.SIGKILL)
    return replace(path, target)
pathlib.Path.replace = killing
build(load_config("mkdocs.yml"))
"""


@pytest.mark.parametrize("at", [3, 7])
@pytest.mark.parametrize("who", ["builder", "helper", "both"])
def test_kills_in_the_middle_of_an_update(root: Path, who: str, at: int) -> None:
    site = built(root)
    old = contents(site)
    changed(root)
    new = fresh(root)
    process = subprocess.Popen([sys.executable, "-c", KILLED, who, str(at)], cwd=root, stderr=subprocess.DEVNULL)
    assert process.wait(timeout=60) == (0 if who == "helper" else -signal.SIGKILL)
    deadline = time.monotonic() + 10
    while who == "builder" and time.monotonic() < deadline and contents(site) != new:
        time.sleep(0.05)
    if who == "both":
        assert contents(site) not in (old, new)  # and the next build, of whatever, ends it first
        (root / "notes/n1.md").write_text("# Note 1\n\n[dead](gone-for-ever.md)\n", encoding="utf-8")
        with pytest.raises(Abort):
            built(root, strict=True)
    assert contents(site) == new
    if who != "builder":
        assert leftovers(root) == []
    built(root)
    assert leftovers(root) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_build_that_is_ended_before_its_update_changes_nothing(root: Path, number: signal.Signals) -> None:
    before = contents(built(root))
    changed(root)
    hook = f"import os, signal\ndef on_pre_build(**_):\n    os.kill(os.getpid(), {int(number)})\n"
    on_disk(root, {"hook.py": hook, "mkdocs.yml": CONFIGURATION + "hooks: [hook.py]\n"})
    process = subprocess.run([sys.executable, "-m", "mkdocs", "build"], cwd=root, capture_output=True, check=False)
    assert process.returncode != 0
    assert contents(root / "site") == before


def test_a_full_disk_changes_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(built(root))
    changed(root)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("aikb.adapters.mkdocs.draw.write_file", full)
    with pytest.raises(OSError, match="No space"):
        built(root)
    assert contents(root / "site") == before
    assert leftovers(root) == []


def test_a_mount_point_is_brought_up_to_date_from_within(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(built(root))
    monkeypatch.setattr("aikb.adapters.mkdocs.output._is_mounted", lambda folder: True)
    changed(root)
    built(root)
    pages = {name for name in before if not name.startswith("search/")}
    after = {name for name in contents(root / "site") if not name.startswith("search/")}
    assert after == pages - {"gone/index.html", "fr/gone/index.html"}
    assert b"new" in (root / "site/n1/index.html").read_bytes()
    assert leftovers(root) == []
