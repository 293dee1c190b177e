"""Where the built site goes, what is published beside the notes, and what an interrupted build leaves behind."""

from __future__ import annotations

import errno
import logging
import multiprocessing
import os
import signal
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File, InclusionLevel

from aikb.adapters.mkdocs.pages import SiteFiles
from conftest import built, on_disk, soup

CONFIGURATION = "site_name: Notes\ndocs_dir: notes\ntheme: material\nplugins:\n  - aikb: {languages: [en, fr]}\n"
NOTES = {"notes/a.md": "# Attention\n\nWords.\n"}
Make = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Make:
    """Write a knowledge base: `folder({...}, configuration)` is where it is."""

    def make(files: Mapping[str, str] = NOTES, configuration: str = CONFIGURATION) -> Path:
        return on_disk(tmp_path / "kb", {**files, "mkdocs.yml": configuration})

    return make


def leftovers(*folders: Path) -> list[str]:
    return [path.name for folder in folders for path in folder.iterdir() if "aikb" in path.name]


def article(page: Path) -> BeautifulSoup:
    return soup(page).article


# What is published ---------------------------------------------------------------------------------------------------

NFC, NFD = (unicodedata.normalize(form, "été/schéma.png") for form in ("NFC", "NFD"))


@pytest.mark.parametrize("on_disk", [NFC, NFD])
@pytest.mark.parametrize("in_note", [NFC, NFD])
def test_a_picture_is_published_whatever_the_normal_form_of_its_name(folder: Make, on_disk: str, in_note: str) -> None:
    site = built(folder({f"notes/{on_disk}": "a picture", "notes/a.md": f"# A\n\n![x]({in_note})\n"}))
    source = unquote(article(site / "a/index.html").img["src"])
    assert (site / "a" / source).resolve().read_text(encoding="utf-8") == "a picture"
    assert (site / NFC).is_file()


def test_a_renamed_picture_is_published_though_another_plugin_has_asked_for_its_address(folder: Make) -> None:
    hook = "def on_files(files, config):\n    [(each.url, each.abs_dest_path) for each in files]\n"
    files = {"hook.py": "from mkdocs.plugins import event_priority\n@event_priority(100)\n" + hook}
    files |= {f"notes/{NFD}": "a picture", "notes/a.md": f"![x]({NFC})\n"}
    assert (built(folder(files, CONFIGURATION + "hooks: [hook.py]\n")) / NFC).is_file()


def test_of_two_names_that_differ_in_normal_form_only_the_composed_one_is_shown(folder: Make) -> None:
    files = {f"notes/{NFC}": "composed", f"notes/{NFD}": "decomposed", "notes/a.md": f"![x]({NFC})\n"}
    site = built(folder(files))
    assert (site / NFC).read_text(encoding="utf-8") == "composed"


@pytest.mark.parametrize("written", [NFC, NFD])
def test_a_file_that_the_configuration_names_keeps_the_name_it_has_there(folder: Make, written: str) -> None:
    theme = f"theme:\n  name: material\n  logo: {written}\n"
    site = built(folder({**NOTES, f"notes/{NFD}": "a logo"}, CONFIGURATION.replace("theme: material\n", theme)))
    assert (site / written).read_text(encoding="utf-8") == "a logo"


def test_what_the_users_css_names_is_published_and_nothing_else(folder: Make) -> None:
    css = """\
/* url(img/comment.png) */
@font-face { src: url("fonts/own.otf?#iefix") format("opentype"), url(  'fonts/a%20b.otf'  ) }
.a { background: url(img/bg.png) } .b { background: URL(../top.png#x) }
.c { background: url(data:image/png;base64,/*img/data.png*/) } .d { background: url(/img/root.png) }
.e { background: url(https://example.org/img/host.png) } .f { background: url(//img/host.png) }
.g { background: url(img/gone.png) } .h { background: url(../../outside.png) } .i { content: "url(img/text.png)" }
.k { background: url(../.env) } .l { background: url(../a.md) } .j { background: url(img/la\\ st.png) }
"""
    kept = {"css/img/bg.png", "css/fonts/own.otf", "css/fonts/a b.otf", "top.png", "css/img/la st.png"}
    dropped = {f"css/img/{name}.png" for name in "comment data root host text other".split()} | {"img/root.png", ".env"}
    files = {**{f"notes/{name}": "bytes" for name in kept | dropped}, "outside.png": "bytes"}
    site = built(folder({**NOTES, **files, "notes/css/extra.css": css}, CONFIGURATION + "extra_css: [css/extra.css]\n"))
    assert {name for name in kept | dropped if (site / name).exists()} == kept
    assert not list(site.rglob("outside.png"))


def test_a_dead_link_among_the_sites_own_files_is_left_out(folder: Make) -> None:
    root = folder(configuration=CONFIGURATION + "extra_css: [extra.css]\n")
    for name in ("CNAME", "extra.css"):
        (root / "notes" / name).symlink_to("nowhere")
    site = built(root)
    assert not (site / "CNAME").exists()


# Where the site goes -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("there", [True, False])
def test_a_site_that_is_a_symbolic_link_stays_one(folder: Make, tmp_path: Path, there: bool) -> None:
    root, target = folder(), tmp_path / "www"
    (root / "site").symlink_to(target, target_is_directory=True)
    if there:
        target.mkdir()
        (target / "old.html").touch()
    config = load_config(str(root / "mkdocs.yml"))
    build(config)
    assert (root / "site").is_symlink()
    assert (target / "a/index.html").is_file()
    assert not (target / "old.html").exists()
    assert config.site_dir == str(root / "site")
    assert leftovers(root, tmp_path) == []


@pytest.fixture
def locked(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Make a folder one whose entries nobody can add or rename; tests may run as root."""

    def lock(folder: Path) -> None:
        def guarded(function: Callable[..., None]) -> Callable[..., None]:
            def call(*paths: object, **options: object) -> None:
                for path in paths:
                    if isinstance(path, str | os.PathLike) and Path(path).parent == folder:
                        raise PermissionError(errno.EACCES, "Permission denied", str(path))
                function(*paths, **options)

            return call

        monkeypatch.setattr(os, "mkdir", guarded(os.mkdir))
        monkeypatch.setattr(os, "rename", guarded(os.rename))

    return lock


def test_a_site_whose_parent_cannot_be_written_is_built(
    folder: Make, tmp_path: Path, locked: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, temporary = folder(), tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    for path in (root / "site/.git/HEAD", root / "site/old/index.html", root / "site/a/index.html"):
        path.parent.mkdir(parents=True)
        path.write_text("old", encoding="utf-8")
    locked(root)
    site = built(root)
    assert article(site / "a/index.html").h1.get_text().startswith("Attention")
    assert (site / ".git/HEAD").read_text(encoding="utf-8") == "old"
    assert not (site / "old").exists()
    assert list(temporary.iterdir()) == []


def test_a_site_that_can_be_nowhere_is_one_line(
    folder: Make, locked: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    root = folder()
    locked(root)
    with pytest.raises(Abort):
        built(root)
    assert [record.message for record in caplog.records if "site_dir" in record.message] == [
        f"site_dir: {root / 'site'} cannot be written: permission denied"
    ]


def test_a_site_that_cannot_be_renamed_is_filled_and_keeps_hidden_files(
    folder: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = folder()
    site = built(root)
    (site / ".nojekyll").touch()
    (site / "old.html").touch()
    rename = os.rename

    def refuse(source: str, target: str) -> None:  # as for a mount point
        if site in (Path(source), Path(target)):
            raise OSError(errno.EBUSY, "Device or resource busy")
        rename(source, target)

    monkeypatch.setattr(os, "rename", refuse)
    built(root)
    assert (site / ".nojekyll").exists()
    assert (site / "a/index.html").is_file()
    assert not (site / "old.html").exists()
    assert leftovers(root) == []


@pytest.mark.parametrize(("here", "shown"), [("kb", "site/"), ("kb/site", "./"), ("elsewhere", "{root}/site/")])
def test_the_log_says_where_the_site_is(
    folder: Make,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    here: str,
    shown: str,
) -> None:
    root = folder()
    (tmp_path / here).mkdir(exist_ok=True)
    caplog.set_level(logging.INFO, "mkdocs.plugins.aikb")
    config = load_config(str(root / "mkdocs.yml"))
    monkeypatch.chdir(tmp_path / here)
    build(config)
    said = [record.message for record in caplog.records if "the site is in" in record.message]
    assert said == [f"aikb: the site is in {shown.format(root=root)}"]


# What is interrupted -------------------------------------------------------------------------------------------------

HOOK = "import os, signal\ndef on_page_context(context, **_):\n    os.kill(os.getpid(), signal.SIGINT)\n"


def mkdocs(root: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        start_new_session=True,
    )


def test_ctrl_c_leaves_nothing_but_the_previous_site(folder: Make) -> None:
    root = folder({**NOTES, "hook.py": HOOK, "site/index.html": "old"}, CONFIGURATION + "hooks: [hook.py]\n")
    process = mkdocs(root)
    output, _ = process.communicate(timeout=60)
    assert process.returncode != 0, output
    assert "Aborted!" in output
    assert (root / "site/index.html").read_text(encoding="utf-8") == "old"
    assert leftovers(root) == []


def test_ctrl_c_ends_the_process_that_draws_the_other_trees(folder: Make) -> None:
    root = folder({f"notes/n{number:03}.md": f"# Note {number}\n\nText.\n" for number in range(400)})
    process = mkdocs(root)
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and not list(root.glob(".site.aikb-*/fr/n*")):
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: every process of the group
    output, _ = process.communicate(timeout=60)
    assert "Aborted!" in output
    assert "Traceback" not in output
    assert leftovers(root) == []


def test_a_failed_build_ends_the_process_that_draws_the_other_trees(
    folder: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = folder()
    monkeypatch.setattr("aikb.system.parallel.WORTH_FORKING", 1)
    monkeypatch.setattr("aikb.system.parallel.threading.active_count", lambda: 1)
    monkeypatch.setattr("aikb.adapters.mkdocs.draw.Drawing._draw_apart", lambda *_: time.sleep(30))
    ours = os.getpid()

    def fail(self: object, context: object, **_: object) -> object:
        if os.getpid() == ours and multiprocessing.active_children():
            raise ZeroDivisionError
        return context

    monkeypatch.setattr("aikb.adapters.mkdocs.plugin.AikbPlugin.on_page_context", fail)
    with pytest.raises(ZeroDivisionError):
        built(root)
    assert multiprocessing.active_children() == []
    assert leftovers(root) == []


def test_what_builds_left_that_were_killed_is_removed(folder: Make) -> None:
    root = folder()
    gone = subprocess.Popen(["true"])
    gone.wait()
    for name in (f".site.aikb-{gone.pid}", f".site.aikb-{os.getppid()}", f".other.aikb-{gone.pid}", ".site.aikb-notes"):
        (root / name / "fr").mkdir(parents=True)
    built(root)
    assert sorted(leftovers(root)) == sorted(
        [f".site.aikb-{os.getppid()}", f".other.aikb-{gone.pid}", ".site.aikb-notes"]
    )


@pytest.mark.parametrize("again", [True, False])
def test_no_interruption_of_the_swap_loses_hidden_files_or_the_site(
    folder: Make, monkeypatch: pytest.MonkeyPatch, again: bool
) -> None:
    """Stopped before or after each of its steps; then by the end of the process (Ctrl-C), or by the next build (kill)."""
    root = folder()
    site = built(root)
    at_exit: list[Callable[[], None]] = []
    monkeypatch.setattr("atexit.register", at_exit.append)
    for step in range(12):
        (site / "assets/aikb.css").unlink(missing_ok=True)  # a folder that aikb has not built is replaced as a whole
        (site / ".git").mkdir(exist_ok=True)
        (site / ".git/HEAD").write_text("ref", encoding="utf-8")
        (site / ".nojekyll").touch()
        at_exit.clear()
        with monkeypatch.context() as patch:
            count = _interrupt(patch, step)
            try:
                built(root)
            except KeyboardInterrupt:
                finished = False
            else:
                finished = True
        assert list(root.glob("**/.git/HEAD")), step
        if again:
            built(root)
        else:
            for function in at_exit:
                function()
        assert (site / ".git/HEAD").read_text(encoding="utf-8") == "ref", step
        assert (site / ".nojekyll").exists(), step
        assert (site / "a/index.html").is_file(), step
        assert leftovers(root) == [], step
        if finished:
            break
    assert finished
    assert len(count) >= 4  # both folders, and each hidden file


def _interrupt(patch: pytest.MonkeyPatch, step: int) -> list[str]:
    """Raise KeyboardInterrupt before (even) or after (odd) the given renaming of the swap; what was renamed."""
    rename, done = os.rename, list[str]()

    def stopping(source: str, target: str) -> None:
        done.append(str(source))
        if step == 2 * len(done) - 2:
            raise KeyboardInterrupt
        rename(source, target)
        if step == 2 * len(done) - 1:
            raise KeyboardInterrupt

    patch.setattr(os, "rename", stopping)
    return done


def test_the_list_of_pages_is_made_once_and_again_when_a_file_goes(tmp_path: Path) -> None:
    included = InclusionLevel.INCLUDED
    made = [
        File(name, str(tmp_path), str(tmp_path), use_directory_urls=True, inclusion=included)
        for name in ("a.md", "b.md", "c.png")
    ]
    files = SiteFiles(made)
    files.settle()
    listed = files.documentation_pages()
    assert [each.src_uri for each in listed] == ["a.md", "b.md"]
    assert files.documentation_pages() is listed
    files.remove(made[0])
    assert [each.src_uri for each in files.documentation_pages()] == ["b.md"]
    files.append(made[0])
    assert [each.src_uri for each in files.documentation_pages()] == ["b.md", "a.md"]
