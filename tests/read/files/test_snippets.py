"""What `--8<--` includes where the setting allows it, and what it never does."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from aikb.check.fix import fixes, write_fixes
from aikb.cli.knowledge import Knowledge
from aikb.mkdocs_file import read_settings
from aikb.read.files.disk import load
from conftest import on_disk

YML = (
    "site_name: N\ndocs_dir: notes\ntheme: material\nplugins: [aikb: {{languages: [en], snippets: {on}}}]\n"
    "markdown_extensions:\n- pymdownx.snippets: {{{options}}}\n"
)
FILES = {
    "inc/a.md": "included *a*\n",
    "inc/b.md": "before\n--8<-- [start:part]\nthe part\n--8<-- [end:part]\nafter\n",
    "inc/deep/c.md": '--8<-- "deep/d.md"\n',
    "inc/deep/d.md": "deepest\n",
    "inc/lines.txt": "one\ntwo\nthree\nfour\n",
    "inc/loop.md": 'round\n--8<-- "loop.md"\n',
    "inc/.env": "SECRET\n",
    "inc/private/p.md": "SECRET\n",
    "inc/image.bin": b"\xff\xfe\x00SECRET",
    "outside.md": "SECRET\n",
}


def text_of(folder: Path, note: str, options: str = "base_path: inc", on: str = "true") -> tuple[str, list[str]]:
    """What a note is read as, and what is found while files are read."""
    files: Mapping[str, str | bytes] = {
        "mkdocs.yml": YML.format(on=on, options=options),
        "notes/index.md": note,
        **FILES,
    }
    on_disk(folder, files)
    loaded = load(folder, read_settings(folder / "mkdocs.yml"))
    told = [f"{each.line} {each.code} {each.message}" for each in loaded.diagnostics]
    return next(each.text for each in loaded.sources if each.path == "notes/index.md"), told


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ('x\n\n--8<-- "a.md"\n\ny\n', "x\n\nincluded *a*\n\n\ny\n"),
        ("x\n\n--8<--\na.md\n; b.md\ndeep/d.md\n--8<--\n\ny\n", "x\n\nincluded *a*\n\ndeepest\n\n\ny\n"),
        ("--8<-- 'b.md:part'\n", "the part\n"),
        ('--8<-- "b.md"\n', "before\nthe part\nafter\n\n"),
        ('--8<-- "lines.txt:2:3"\n', "two\nthree\n"),
        ('--8<-- "lines.txt::1"\n', "one\n"),
        ('--8<-- "lines.txt:-3:-2"\n', "three\nfour\n"),
        ('```\n--8<-- "lines.txt:1:2"\n```\n', "```\none\ntwo\n```\n"),
        ('- x\n\n    --8<-- "lines.txt:1:2"\n', "- x\n\n    one\n    two\n"),
        ('--8<-- "deep/c.md"\n', "deepest\n\n\n"),
        ('--8<-- "loop.md"\n', "round\n\n"),
        (';--8<-- "a.md"\n', '--8<-- "a.md"\n'),
        ('words --8<-- "a.md"\n', 'words --8<-- "a.md"\n'),
        ('---8<--- "a.md"\n', "included *a*\n\n"),
        ("# A\n", "# A\n"),
    ],
)
def test_a_part_of_another_file_is_included(tmp_path: Path, note: str, expected: str) -> None:
    assert text_of(tmp_path, note) == (expected, [])


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("nowhere.md", "no such file"),
        ("b.md:none", "could not be located"),
        ("../outside.md", "no such file"),
        ("../mkdocs.yml", "no such file"),
        ("/etc/passwd", "no such file"),
        ("link.md", "no such file"),
        (".env", "hidden"),
        ("./.env", "hidden"),
        ("private/p.md", "private"),
        ("https://example.org/a.md", "another host"),
        ("image.bin", "UTF-8"),
        ("deep", "no such file"),
    ],
)
def test_what_is_not_below_the_base_path_is_not_included(tmp_path: Path, target: str, reason: str) -> None:
    (tmp_path / "inc").mkdir()
    (tmp_path / "inc/link.md").symlink_to(tmp_path / "outside.md")
    text, told = text_of(tmp_path, f'x\n\n--8<-- "{target}"\n')
    assert "SECRET" not in text
    assert len(told) == 1
    assert told[0].startswith("3 include-failed")
    assert reason in told[0]


def test_an_include_that_doubles_itself_ends(tmp_path: Path) -> None:
    doubling = {f"inc/x{n}.md": f'--8<-- "x{n + 1}.md"\n' * 10 for n in range(8)}
    on_disk(tmp_path, {**doubling, "inc/x8.md": "word " * 1000})
    text, told = text_of(tmp_path, '--8<-- "x0.md"\n')
    assert len(text) < 10
    assert "2 MB" in told[0]


def test_nothing_is_included_unless_the_setting_and_the_extension_say_so(tmp_path: Path) -> None:
    note = '--8<-- "a.md"\n'
    assert text_of(tmp_path, note, on="false") == (note, [])
    (tmp_path / "mkdocs.yml").write_text("docs_dir: notes\nplugins: [aikb: {snippets: true}]\n", encoding="utf-8")
    assert load(tmp_path, read_settings(tmp_path / "mkdocs.yml")).sources[0].text == note


@pytest.mark.parametrize(
    "options",
    [
        "base_path: [nowhere, inc]",
        "base_path: !relative $config_dir/inc",
        "base_path: ['.', inc]",
        "base_path: inc, check_paths: true, url_download: true, restrict_base_path: false",
    ],
)
def test_the_base_path_as_people_write_it(tmp_path: Path, options: str) -> None:
    assert text_of(tmp_path, '--8<-- "a.md"\n', options) == ("included *a*\n\n", [])


@pytest.mark.parametrize(
    ("options", "target", "text"),
    [
        ("base_path: [!relative , inc]", "beside.txt", "beside\n"),
        ("base_path: [inc, !relative ]", "sub/below.txt", "below\n"),
        ("base_path: [!relative ]", "beside.txt", "beside\n"),
        ("base_path: [!relative , inc]", "a.md", "included *a*\n\n"),
        ("base_path: !relative $docs_dir", "sub/below.txt", "below\n"),
        ("base_path: [!relative ]", "../outside.md", None),
        ("base_path: !relative , auto_append: beside.txt", "a.md", None),
    ],
)
def test_what_is_beside_the_note_is_included_by_relative(
    tmp_path: Path, options: str, target: str, text: str | None
) -> None:
    on_disk(tmp_path, {"notes/beside.txt": "beside\n", "notes/sub/below.txt": "below\n"})
    read, told = text_of(tmp_path, f'--8<-- "{target}"\n', options)
    assert read.strip() == (text or "").strip()
    assert bool(told) == (text is None)


def test_what_is_appended_stands_at_the_end_of_every_note_but_no_export(tmp_path: Path) -> None:
    export = (
        "# Book\n\n## Metadata\n- Author: [[A]]\n- Full Title: Book\n- Category: #books\n\n## Highlights\n"
        "- One thing ([Location 1](https://x.org))\n"
    )
    on_disk(tmp_path, {"inc/abbr.md": "*[HTML]: Hyper Text\n", "notes/book.md": export})
    text, told = text_of(tmp_path, "# A\n\nHTML\n", "base_path: inc, auto_append: [abbr.md]")
    assert (text, told) == ("# A\n\nHTML\n\n\n*[HTML]: Hyper Text\n\n\n", [])
    loaded = load(tmp_path, read_settings(tmp_path / "mkdocs.yml"))
    assert next(each.text for each in loaded.sources if each.path == "notes/book.md") == export


def test_findings_and_fixes_are_at_their_place_in_the_file(tmp_path: Path) -> None:
    note = 'x\n\n--8<-- "lines.txt"\n\nA [b](B.md) and [c](nowhere.md).\n\n--8<-- "bad.md"\n'
    on_disk(tmp_path, {"inc/bad.md": "see\n[d](gone.md) [e](B.md)\n", "notes/b.md": "# B\n"})
    text_of(tmp_path, note)
    knowledge = Knowledge.read(tmp_path / "mkdocs.yml", no_cache=True)
    told = {(each.line, each.column, each.code) for each in knowledge.diagnostics if each.code.startswith("link-")}
    assert told == {(5, 3, "link-case"), (5, 17, "link-missing"), (7, 1, "link-missing"), (7, 1, "link-case")}
    assert write_fixes(tmp_path, fixes(knowledge.diagnostics), knowledge.sources) == ("notes/index.md",)
    assert (tmp_path / "notes/index.md").read_text(encoding="utf-8") == note.replace("B.md", "b.md")
