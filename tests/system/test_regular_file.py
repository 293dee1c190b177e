"""Reading what should be a file: no pipe is waited for, no device is read to its end."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from aikb.read.files.disk import load
from aikb.settings import Settings
from aikb.system.regular_file import read_regular, read_regular_text
from conftest import built, on_disk

NOTES = {
    "notes/index.md": "# Home\n",
    "mkdocs.yml": "site_name: N\ndocs_dir: notes\ntheme: {name: material, custom_dir: own}\nplugins: [aikb]\n",
    "own/partials/x.txt": "x",
}
IN_THE_WAY = (
    "notes/.gitignore notes/.obsidian/app.json notes/.obsidian/templates.json .gitignore anchors.json translations.json "
    "own/x.html own/a.js own/b.css notes/a.css"
).split()


@pytest.mark.parametrize("path", IN_THE_WAY)
@pytest.mark.parametrize("pipe", [True, False], ids=["pipe", "device"])
def test_no_build_waits_for_what_is_no_file(tmp_path: Path, path: str, pipe: bool) -> None:
    on_disk(tmp_path, NOTES)
    place = tmp_path / path
    place.parent.mkdir(parents=True, exist_ok=True)
    if pipe:
        os.mkfifo(place)
    else:
        place.symlink_to("/dev/zero")
    assert [each.path for each in load(tmp_path, Settings(docs_dir="notes")).sources] == ["notes/index.md"]
    assert (built(tmp_path) / "index.html").is_file()


def test_a_file_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xef\xbb\xbfa\r\nb\rc")
    assert read_regular(tmp_path / "a") == b"\xef\xbb\xbfa\r\nb\rc"
    assert read_regular_text(tmp_path / "a") == "a\nb\nc"


@pytest.mark.parametrize("most", [0, 1, 9])
def test_one_that_is_larger_is_not_read(tmp_path: Path, most: int) -> None:
    (tmp_path / "a").write_bytes(b"0123456789")
    with pytest.raises(OSError, match="large"):
        read_regular(tmp_path / "a", most)
