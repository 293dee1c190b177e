"""Reading a folder: a file that cannot be read is one finding, and everything else is loaded."""

from __future__ import annotations

import codecs
import os
import unicodedata
from pathlib import Path

import pytest

from aikb.read.files import disk as reader
from aikb.read.files.disk import Loaded, decode, load
from aikb.settings import Settings, SettingsError
from conftest import on_disk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "good.md").write_text("# Good\n", encoding="utf-8")
    return tmp_path


def paths(loaded: Loaded) -> list[str]:
    return [source.path for source in loaded.sources]


def found(loaded: Loaded) -> list[str]:
    return [f"{each.path}:{each.line}:{each.column} {each.code}" for each in loaded.diagnostics]


def test_notes_glossary_and_files_are_told_apart(folder: Path) -> None:
    for name in ("glossary/terms.md", "notes/sub/b.markdown", "notes/img/a.png", "notes/tax.pdf", "other/x.md"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x", encoding="utf-8")
    loaded = load(folder, Settings())
    assert [(source.path, source.root) for source in loaded.sources] == [
        ("glossary/terms.md", "glossary"),
        ("notes/good.md", "notes"),
        ("notes/sub/b.markdown", "notes"),
    ]
    assert [asset.path for asset in loaded.assets] == ["img/a.png", "tax.pdf"]
    assert found(loaded) == []


def test_a_byte_of_latin_1_is_read_and_found_at_its_place(folder: Path) -> None:
    (folder / "notes" / "bad.md").write_bytes("# Titre\n\nUn été à Paris, ".encode() + b"l'\xe9t\xe9\n")
    loaded = load(folder, Settings())
    assert [source.text for source in loaded.sources] == ["# Titre\n\nUn été à Paris, l'été\n", "# Good\n"]
    assert found(loaded) == ["notes/bad.md:3:19 encoding"]
    assert loaded.diagnostics[0].message == "not UTF-8: byte E9 at offset 30; the byte is read as Windows-1252"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_read_as_such(folder: Path, encoding: str) -> None:
    mark = codecs.BOM_UTF16_LE if encoding == "utf-16-le" else codecs.BOM_UTF16_BE
    (folder / "notes" / "bad.md").write_bytes(mark + "# Été\r\ntext".encode(encoding))
    loaded = load(folder, Settings())
    assert loaded.sources[0].text == "# Été\ntext"
    assert found(loaded) == ["notes/bad.md:1:1 encoding"]


def test_a_picture_named_as_a_note_is_left_out(folder: Path) -> None:
    (folder / "notes" / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    loaded = load(folder, Settings())
    assert paths(loaded) == ["notes/good.md"]
    assert found(loaded) == ["notes/picture.md:1:1 encoding"]


def test_a_byte_order_mark_is_nothing(folder: Path) -> None:
    (folder / "notes" / "bom.md").write_bytes(codecs.BOM_UTF8 + b"---\ntitle: x\n---\n")
    loaded = load(folder, Settings())
    assert loaded.sources[0].text == "---\ntitle: x\n---\n"
    assert found(loaded) == []


def test_line_ends_become_one() -> None:
    source, problems = decode(b"a\r\nb\rc\n", "notes/a.md")
    assert (source.text if source else None, problems) == ("a\nb\nc\n", [])


def test_a_dangling_link_is_a_finding(folder: Path) -> None:
    (folder / "notes" / "dangling.md").symlink_to("nowhere.md")
    loaded = load(folder, Settings())
    assert paths(loaded) == ["notes/good.md"]
    assert found(loaded) == ["notes/dangling.md:1:1 file-unreadable"]


def test_a_link_back_up_is_not_followed(folder: Path) -> None:
    (folder / "notes" / "sub").mkdir()
    (folder / "notes" / "sub" / "b.md").write_text("b", encoding="utf-8")
    (folder / "notes" / "sub" / "loop").symlink_to("..")
    assert paths(load(folder, Settings())) == ["notes/good.md", "notes/sub/b.md"]


def test_a_link_to_itself_is_a_finding(folder: Path) -> None:
    (folder / "notes" / "self").symlink_to("self")
    loaded = load(folder, Settings())
    assert paths(loaded) == ["notes/good.md"]
    assert found(loaded) == ["notes/self:1:1 file-unreadable"]


def test_a_link_inside_the_notes_is_followed_once(folder: Path) -> None:
    (folder / "notes" / "real").mkdir()
    (folder / "notes" / "real" / "b.md").write_text("b", encoding="utf-8")
    (folder / "notes" / "one").symlink_to("real")
    (folder / "notes" / "two").symlink_to("real")
    assert [source.text for source in load(folder, Settings()).sources] == ["# Good\n", "b"]


@pytest.mark.parametrize("target", ["../secret", "../secret/key.md"])
def test_a_link_out_of_the_notes_is_not_followed(folder: Path, target: str) -> None:
    (folder / "secret").mkdir()
    (folder / "secret" / "key.md").write_text("canary", encoding="utf-8")
    (folder / "notes" / "out.md").symlink_to(target)
    loaded = load(folder, Settings())
    assert [source.text for source in loaded.sources] == ["# Good\n"]
    assert found(loaded) == ["notes/out.md:1:1 path-escape"]
    assert loaded.diagnostics[0].message.startswith(f"“{target}” leads outside")


@pytest.mark.parametrize("name", [".obsidian/plugin.md", ".env", ".hidden.md", "draft.md~", "sub/.trash/old.md"])
def test_hidden_files_are_never_read(folder: Path, name: str) -> None:
    (folder / "notes" / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / "notes" / name).write_text("canary", encoding="utf-8")
    loaded = load(folder, Settings())
    assert paths(loaded) == ["notes/good.md"]
    assert loaded.assets == ()


@pytest.mark.parametrize("name", ["locked.md", "locked"])
def test_what_may_not_be_read_is_a_finding(folder: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    locked = folder / "notes" / name
    if name.endswith(".md"):
        locked.write_text("x", encoding="utf-8")
    else:
        locked.mkdir()
    read_bytes, scandir = Path.read_bytes, os.scandir

    def refuse(path: Path) -> None:
        if Path(path) == locked:
            raise PermissionError(13, "Permission denied")

    def refusing_read(path: Path) -> bytes:
        refuse(path)
        return read_bytes(path)

    def refusing_scan(path: Path) -> object:
        refuse(path)
        return scandir(path)

    monkeypatch.setattr(Path, "read_bytes", refusing_read)
    monkeypatch.setattr(os, "scandir", refusing_scan)
    loaded = load(folder, Settings())
    assert paths(loaded) == ["notes/good.md"]
    assert [each.code for each in loaded.diagnostics] == ["file-unreadable"]
    assert loaded.diagnostics[0].path == f"notes/{name}"
    assert loaded.diagnostics[0].message == "cannot be read: permission denied"


def test_a_file_that_is_too_large_is_left_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "SIZE_LIMIT", 1_000_000)
    (folder / "notes" / "large.md").write_bytes(b"x" * 2_500_000)
    loaded = load(folder, Settings())
    assert paths(loaded) == ["notes/good.md"]
    assert found(loaded) == ["notes/large.md:1:1 size-limit"]
    assert loaded.diagnostics[0].message == "2.5 MB is more than a note may have (1 MB); it is left out"


def test_names_are_composed_unicode(folder: Path) -> None:
    (folder / "notes" / unicodedata.normalize("NFD", "café.md")).write_text("x", encoding="utf-8")
    assert paths(load(folder, Settings())) == [unicodedata.normalize("NFC", "notes/café.md"), "notes/good.md"]


def test_a_glossary_inside_the_notes_is_read_once(folder: Path) -> None:
    (folder / "notes" / "terms").mkdir()
    (folder / "notes" / "terms" / "t.md").write_text("# T\n", encoding="utf-8")
    loaded = load(folder, Settings(glossary_dir="notes/terms"))
    assert paths(loaded) == ["notes/good.md", "notes/terms/t.md"]


def test_notes_may_lie_beside_the_configuration(folder: Path) -> None:
    assert paths(load(folder / "notes", Settings(docs_dir="."))) == ["good.md"]


def test_a_folder_without_notes_is_a_mistake_of_configuration(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="docs_dir: no such folder: notes"):
        load(tmp_path, Settings())


RUNS = "<script>alert(1)</script>"
XHTML = f'<?xml version="1.0"?><feed xmlns:h="http://www.w3.org/1999/xhtml"><h:{RUNS[1:-9]}</h:script></feed>'


@pytest.mark.parametrize(
    ("name", "content", "active"),
    [
        ("x.html", RUNS, True),
        ("x.HTM", RUNS, True),
        ("x.rss", XHTML, True),
        ("x.atom", XHTML, True),
        ("x.rdf", XHTML, True),
        ("x.kml", XHTML, True),
        ("x.gpx", XHTML, True),
        ("x.mathml", XHTML, True),
        ("x.opml", XHTML, True),
        ("x.xspf", XHTML, True),
        ("x.owl", XHTML, True),
        ("x.unknown", RUNS, True),
        ("x", RUNS, True),
        ("x.html.bak2", RUNS, True),
        ("x.vcf", "\n\n \t" + RUNS, True),
        ("x.dat", "\n" * 3_000 + RUNS, True),
        ("x.dat", "\ufeff" + RUNS, True),
        ("x.kml", "<kml><Placemark/></kml>", False),
        ("x.opml", "<opml><outline text='a'/></opml>", False),
        ("x.unknown", "words and then " + RUNS, False),
        ("x.txt", RUNS, False),
        ("x.csv", RUNS, False),
        ("x.pdf", "%PDF " + RUNS, False),
        ("x.ics", "BEGIN:VCALENDAR", False),
    ],
)
def test_a_file_that_could_run_as_a_page_is_known(tmp_path: Path, name: str, content: str, active: bool) -> None:
    on_disk(tmp_path, {"notes/a.md": f"[x]({name})\n", f"notes/{name}": content})
    loaded = load(tmp_path, Settings(docs_dir="notes"))
    assert [each.active for each in loaded.assets] == [active]


def test_a_page_in_utf_16_is_known_whatever_it_is_called(tmp_path: Path) -> None:
    on_disk(tmp_path, {"notes/a.md": "[x](x.dat)\n", "notes/x.dat": RUNS.encode("utf-16")})
    assert [each.active for each in load(tmp_path, Settings(docs_dir="notes")).assets] == [True]


@pytest.mark.parametrize("name", [".aikb", "site"])
def test_notes_may_lie_around_the_folder_of_their_configuration(tmp_path: Path, name: str) -> None:
    on_disk(tmp_path / "vault", {"a.md": "# A\n", f"{name}/x/b.txt": ""})
    loaded = load(tmp_path / "vault" / name, Settings(docs_dir=".."))
    assert [each.path for each in loaded.sources] == ["../a.md"]


@pytest.mark.parametrize("place", ["/", "..", "../..", "../../", "x/../..", "notes/../..", ".", "", "notes/..", "up"])
def test_no_folder_above_the_notes_is_a_glossary(tmp_path: Path, place: str) -> None:
    top = on_disk(tmp_path / "deep" / "kb", {"notes/a.md": "# A\n", "x/b.md": "# B\n"})
    (top / "up").symlink_to("..")
    with pytest.raises(SettingsError, match="glossary_dir: this folder holds the notes themselves"):
        load(top, Settings(glossary_dir=place))


@pytest.mark.parametrize("place", ["/", "//", "/usr/..", "root"])
def test_a_whole_disk_is_no_folder_of_notes(tmp_path: Path, place: str) -> None:
    (tmp_path / "root").symlink_to("/")
    with pytest.raises(SettingsError, match="docs_dir: this is a whole disk"):
        load(tmp_path, Settings(docs_dir=place))


def test_the_configuration_may_lie_below_the_notes(tmp_path: Path) -> None:
    top = on_disk(tmp_path, {"a.md": "# A\n", ".aikb/mkdocs.yml": ""})
    assert [each.path for each in load(top / ".aikb", Settings(docs_dir="..")).sources] == ["../a.md"]


@pytest.mark.parametrize("place", ["../glossary", "terms", "notes/terms", "notes", "nowhere", "../other/kb"])
def test_a_glossary_may_lie_elsewhere(tmp_path: Path, place: str) -> None:
    files = {"kb/notes/a.md": "# A\n", "glossary/t.md": "# T\n", "kb/terms/t.md": "# T\n", "other/kb/t.md": "# T\n"}
    loaded = load(on_disk(tmp_path, files) / "kb", Settings(glossary_dir=place))
    assert "notes/a.md" in [each.path for each in loaded.sources]
