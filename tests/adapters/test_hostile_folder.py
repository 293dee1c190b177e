"""Whatever lies in the notes folder, the build ends, and publishes what it should and nothing else."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from aikb.read.files.disk import load
from aikb.settings import Settings
from conftest import built, on_disk

CONFIGURATION = (
    "site_name: Notes\nsite_url: https://example.org/\ndocs_dir: notes\ntheme: material\nplugins:\n  - aikb\n"
)
GOOD = {"notes/index.md": "# Home\n\n[a](a.md)\n", "notes/a.md": "# A\n\nText\n"}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small knowledge base."""
    return on_disk(tmp_path / "kb", {"mkdocs.yml": CONFIGURATION, **GOOD})


def loops(notes: Path) -> None:
    (notes / "one").symlink_to("..")
    (notes / "two").symlink_to("..")


def outside(notes: Path) -> None:
    for name, target in (("usr", "/usr"), ("top", "/"), ("home", Path.home()), ("up", "../..")):
        (notes / name).symlink_to(target)


def itself(notes: Path) -> None:
    (notes / "self.md").symlink_to("self.md")
    (notes / "here").symlink_to(".")
    (notes / "x").mkdir()
    (notes / "x/y").symlink_to("../x")
    (notes / "p").symlink_to("q")
    (notes / "q").symlink_to("p")


def pipes(notes: Path) -> None:
    for name in ("pipe.md", "pipe.txt", "pipe.json", "pipe.css", "pipe.png", "pipe.html", "pipe"):
        os.mkfifo(notes / name)
    (notes / "link.md").symlink_to("pipe.md")


def sockets(notes: Path) -> None:
    here = Path.cwd()
    os.chdir(notes)  # an address of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as opened:
            opened.bind("s.md")
    finally:
        os.chdir(here)
    (notes / "null.md").symlink_to("/dev/null")
    (notes / "zero.txt").symlink_to("/dev/zero")


def latin_1(notes: Path) -> None:
    top = os.fsencode(notes)
    for name in (b"caf\xe9.md", b"\xff.png", b"\xed\xa0\x80.txt"):
        Path(os.fsdecode(top + b"/" + name)).write_text("# Coffee\n")
    folder = Path(os.fsdecode(top + b"/dossier\xe9"))
    folder.mkdir()
    (folder / "x.md").write_text("# X\n")


def odd_names(notes: Path) -> None:
    for name in (
        "a\nb",
        "tab\tbed",
        "CON",
        "nul",
        "aux.x",
        "dot.",
        " blank ",
        "a:b",
        "q?",
        "100%",
        "#",
        "-rf",
        "é" * 120,
    ):
        (notes / f"{name}.md").write_text("# X\n")
    for name in ("Case.md", "CASE.md", "case.md"):
        (notes / name).write_text("# Case\n")


def deep(notes: Path) -> None:
    here = Path.cwd()
    os.chdir(notes)
    try:
        for _ in range(300):
            Path("d").mkdir()
            os.chdir("d")
        Path("deep.md").write_text("# Deep\n")
    finally:
        os.chdir(here)


def in_the_way(notes: Path) -> None:
    for name in (
        "x/index.html.md",
        "sitemap.xml.md",
        "404.html.md",
        "search/search_index.json.md",
        "assets/aikb.css.md",
        "a/index.html.md",
        "fr/sitemap.xml.md",
        "p.png.md",
        "glossary/terms.json.md",
        "index.html.md",
    ):
        (notes / name).parent.mkdir(parents=True, exist_ok=True)
        (notes / name).write_text("# X\n\n![p](p.png)\n")
    (notes / "p.png").write_bytes(b"png")


def huge(notes: Path) -> None:
    for name in ("huge.css", "huge.js", "huge.json", "huge.md", "huge.txt", "huge.html", "huge.csv"):
        with (notes / name).open("wb") as file:
            file.truncate(2_000_000_000)


def unreadable(notes: Path) -> None:
    (notes / "gone.md").symlink_to("nowhere.md")
    (notes / "locked.md").write_text("# L\n")
    (notes / "locked.md").chmod(0)
    (notes / "folder.md").mkdir()
    (notes / "folder.md/x.md").write_text("# X\n")
    (notes / "folder.png").mkdir()


@pytest.mark.parametrize(
    "spoil", [loops, outside, itself, pipes, sockets, latin_1, odd_names, deep, in_the_way, huge, unreadable]
)
@pytest.mark.parametrize("others", ["", "  - tags\n"], ids=["alone", "with another plugin"])
def test_the_rest_is_built(root: Path, spoil: object, others: str) -> None:
    assert callable(spoil)
    spoil(root / "notes")
    (root / "mkdocs.yml").write_text(CONFIGURATION + others)
    command = [sys.executable, "-m", "mkdocs", "build", "-q"]
    ended = subprocess.run(command, cwd=root, timeout=120, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "Traceback" not in ended.stderr
    assert "Text" in (root / "site/a/index.html").read_text()
    diagnostics = load(root, Settings(docs_dir="notes")).diagnostics
    assert all(each.path.encode() for each in diagnostics)
    # what can be published is said elsewhere: by names, or not at all
    assert diagnostics or spoil in (odd_names, in_the_way)


@pytest.mark.parametrize("forked", [1, 1_000_000], ids=["two processes", "one process"])
def test_a_full_disk_is_said_in_one_line(root: Path, forked: int) -> None:
    site = built(root)
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    for number in range(20):
        (root / f"notes/b{number}.md").write_text(f"# B{number}\n")
    hook = (
        "import errno, os, time, mkdocs.utils as u\n"
        "import aikb.adapters.mkdocs.draw as d\n"
        f"d.processes.WORTH_FORKING = {forked}\n"
        "first, written, write = os.getpid(), [], u.write_file\n"
        "def full(content, path):\n    written.append(path)\n    if len(written) < 2: return write(content, path)\n"
        "    if os.getpid() == first: time.sleep(0.5)  # the other one is to meet it, too\n"
        "    raise OSError(errno.ENOSPC, 'No space left on device', path)\n"
        "d.write_file = full\n"
        "import mkdocs.commands.build as b\n"
        "from mkdocs.__main__ import cli\n"
        "cli(['build', '-q'])\n"
    )
    ended = subprocess.run([sys.executable, "-c", hook], cwd=root, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert "no space left on device" in ended.stderr.casefold()
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


def test_files_that_nothing_names_stay_private(root: Path) -> None:
    on_disk(
        root,
        {
            "notes/x.js": "CANARY",
            "notes/x.css": "CANARY",
            "notes/f.woff2": "CANARY",
            "notes/sub/robots.txt": "CANARY",
            "notes/m.webmanifest": "CANARY",
            "notes/robots.txt": "User-agent: *",
            "notes/own/a.js": "import {b} from './b.js'; import('./c.mjs')",
            "notes/own/b.js": "export const b = 1",
            "notes/own/c.mjs": "1",
            "notes/own/a.css": '@import "b.css"; @font-face { src: url(f.woff2) }',
            "notes/own/b.css": ".b { background: url('b.png') }",
            "notes/own/b.png": "png",
            "notes/own/f.woff2": "font",
            "notes/own/t.css": "named by a template",
            "overrides/main.html": '{% extends "base.html" %}{% block extrahead %}'
            "<link rel=stylesheet href=\"{{ 'own/t.css'|url }}\">{% endblock %}",
            "mkdocs.yml": CONFIGURATION.replace("theme: material", "theme:\n  name: material\n  custom_dir: overrides")
            + "extra_css: [own/a.css]\nextra_javascript: [own/a.js]\n",
        },
    )
    site = built(root)
    assert [path for path in site.rglob("*") if path.is_file() and b"CANARY" in path.read_bytes()] == []
    named = ("a.js", "b.js", "c.mjs", "a.css", "b.css", "b.png", "f.woff2", "t.css")
    assert [name for name in named if not (site / "own" / name).is_file()] == []
    assert (site / "robots.txt").is_file()


def test_a_picture_is_published_without_its_metadata_and_kept_as_it_is(root: Path) -> None:
    head, frame = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff", b"\x2c\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0"
    picture = head + b"\x21\xfe\x06CANARY\0" + frame + b";"
    vector = b'<svg xmlns="http://www.w3.org/2000/svg"><script>CANARY</script><rect/></svg>'
    files: dict[str, str | bytes] = {
        "notes/p.gif": picture,
        "notes/v.svg": vector,
        "notes/broken.svg": "<svg onload=CANARY",
        "notes/page.html": "<script>CANARY</script>",
        "notes/a.md": "![p](p.gif) ![v](v.svg) ![w](broken.svg) [v](v.svg) [h](page.html)\n",
    }
    on_disk(root, files)
    site = built(root)
    assert (site / "p.gif").read_bytes() == picture.replace(b"\x21\xfe\x06CANARY\0", b"")
    assert b"<rect" in (site / "v.svg").read_bytes()
    assert [path for path in site.rglob("*") if path.is_file() and b"CANARY" in path.read_bytes()] == []
    assert (root / "notes/p.gif").read_bytes() == picture
    config = load_config(str(root / "mkdocs.yml"))
    config.plugins["aikb"].config["picture_metadata"] = True
    build(config)
    assert (site / "p.gif").read_bytes() == picture


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("p.jpg", b"\xff\xd8\xff\xe1\xff\xffExif\0\0CANARY"),
        ("p.png", b"\x89PNG\r\n\x1a\n\0\0\xff\xfftEXtCANARY"),
        ("p.gif", b"GIF89a\x01\0\x01\0\0\0\0\x21\xff\x0bXMP DataXMP<x:xmpmeta>CANARY"),
        ("p.webp", b"RIFF\0\x01\0\0WEBPEXIF\xff\xff\0\0CANARY"),
        ("p.avif", b"\0\0\0\x0cftypavif\xff\xff\xff\xffmetaExifCANARY"),
        ("p.mp4", b"\0\0\0\x0cftypisom\xff\xff\xff\xffudtaCANARY"),
        ("p.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>CANARY</script>".encode("utf-16")),
        ("q.svg", b"<\0s\0v\0g\0CANARY"),
        ("r.svg", b"\x1f\x8b\x08CANARY"),
        ("s.svg", b"\n" * 90 + b"<html xmlns='http://www.w3.org/1999/xhtml'><script>CANARY</script></html>"),
    ],
)
def test_what_cannot_be_cleaned_tells_nothing(root: Path, name: str, data: bytes) -> None:
    on_disk(root, {f"notes/{name}": data, "notes/a.md": f"![p]({name})\n"})
    site = built(root)
    assert [path for path in site.rglob("*") if path.is_file() and b"CANARY" in path.read_bytes()] == []


@pytest.mark.parametrize("place", ["notes", ".", "..", "notes/../notes", "link", "own/.."])
def test_a_folder_of_templates_that_holds_the_notes_is_refused(
    root: Path, place: str, caplog: pytest.LogCaptureFixture
) -> None:
    (root / "own").mkdir()
    (root / "link").symlink_to("notes")
    on_disk(root, {"notes/d.md": "---\ndraft: true\n---\nCANARY\n"})
    theme = f"theme: {{name: material, custom_dir: {place}}}"
    (root / "mkdocs.yml").write_text(CONFIGURATION.replace("theme: material", theme))
    with pytest.raises(Abort):
        built(root)
    assert "theme.custom_dir: this folder holds the notes" in caplog.text


_UNPRIVILEGED = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
"""Root may enter every folder, unless that is taken from it."""


@pytest.mark.skipif(bool(_UNPRIVILEGED) and not shutil.which("setpriv"), reason="root may enter every folder")
@pytest.mark.parametrize("mode", [0o000, 0o444, 0o111])
@pytest.mark.parametrize(
    "shut",
    [
        ("notes/shut", "notes/deep/shut"),
        ("glossary",),
        ("glossary/shut", "notes/.git", "notes/.obsidian", "notes/pictures", "snippets", "notes/.gitignore"),
    ],
    ids=", ".join,
)
def test_what_may_not_be_entered_is_told_and_the_rest_is_read(root: Path, shut: tuple[str, ...], mode: int) -> None:
    on_disk(
        root,
        {
            "mkdocs.yml": f"{CONFIGURATION}markdown_extensions:\n  - pymdownx.snippets: {{base_path: [snippets]}}\n",
            "notes/a.md": '# A\n\n![x](pictures/x.png) [s](shut/x.md) [missing](b.md)\n\n--8<-- "x.md"\n',
            **{f"{each}/x.md": "# X\n" for each in (*shut, "notes/pictures") if "gitignore" not in each},
            "notes/.gitignore": "y.md\n",
        },
    )
    for each in shut:
        (root / each).chmod(mode)
    command = [*_UNPRIVILEGED, sys.executable, "-c", "from aikb.cli.main import main; main()", "check"]
    ended = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    for each in shut:
        (root / each).chmod(0o755)  # so that it can be deleted
    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert "link-missing: no such file: b.md" in ended.stdout
    if mode != 0o111:  # such a folder can be entered, and not listed
        told = [line for line in ended.stdout.splitlines() if "file-unreadable" in line]
        for each in shut:
            assert "/." in each or each == "snippets" or any(line.startswith(each) for line in told)
