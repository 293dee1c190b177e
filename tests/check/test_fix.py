"""`aikb check --fix`: where a finding has one answer the link is edited, and nothing else in the file changes."""

from __future__ import annotations

import codecs
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from aikb.check.fix import apply_fixes, diff, fixes, write_fixes
from aikb.cli.main import main
from aikb.findings.finding import finding
from aikb.model.finding import Fix
from aikb.model.site import Site
from aikb.model.source import Source
from conftest import knowledge_base

Files = Mapping[str, str | bytes]
OTHERS = {
    "notes/b.md": "# Bee\n\n## Glossaire_LMSYS\n\n## Pros & cons\n",
    "notes/sub/c.md": "# See\n",
    "notes/sub/my note (1).md": "# Mine\n\n## Été\n",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Files], Path]:
    """Writes files into a knowledge base that is the current folder, and returns its place."""

    def make(files: Files) -> Path:
        texts = {"mkdocs.yml": "site_name: Notes\ndocs_dir: notes\nplugins: [aikb]\n", **OTHERS, **files}
        for path, text in texts.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path

    monkeypatch.chdir(tmp_path)
    return make


def check(*arguments: str) -> Result:
    result = CliRunner().invoke(main, ["check", *arguments])
    assert result.exit_code in (0, 1), result.stderr
    return result


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def mended(text: str, **others: str) -> str:
    """A note, `notes/a.md`, after one fix; a second one has nothing to do."""
    files = {"notes/a.md": text, **OTHERS, **others}
    once = _applied(files)
    assert _applied(once) == once
    return once["notes/a.md"]


def _applied(files: Mapping[str, str]) -> dict[str, str]:
    edits = fixes(knowledge_base(files, ["img/I.png"]).diagnostics)
    return {path: apply_fixes(text.encode(), edits.get(path, ())).decode() for path, text in files.items()}


# What is edited --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "after"),
    [
        ("[x](b.md#glossairelmsys)", "[x](b.md#glossaire_lmsys)"),
        ("[x](b.md#pros-cons)", "[x](b.md#pros--cons)"),
        ("[x](B.md)", "[x](b.md)"),
        ("[x](c.md)", "[x](sub/c.md)"),
        ("[x](/b.md)", "[x](b.md)"),
        ("[x](B.md#GlossaireLMSYS)", "[x](b.md#glossaire_lmsys)"),
        ("[x](/b.md#GlossaireLMSYS)", "[x](b.md#glossaire_lmsys)"),
        ("[x](B.md 'B')", "[x](b.md 'B')"),
        ("[x](<B.md>)", "[x](<b.md>)"),
        ("[x](\n  B.md\n)", "[x](\n  b.md\n)"),
        ("[x](c.md?raw=1)", "[x](sub/c.md?raw=1)"),
        ("![x](img/i.png)", "![x](img/I.png)"),
        ("[![x](img/i.png)](B.md)", "[![x](img/I.png)](b.md)"),
        ("[[b#glossaire lmsys]]", "[[b#glossaire lmsys]]"),
        ("[[b#pros-cons]]", "[[b#Pros & cons]]"),
        ("[[b#pros-cons|x]]", "[[b#Pros & cons|x]]"),
        ("![[b#pros-cons]]", "![[b#Pros & cons]]"),
        ("| a |\n|---|\n| [[b#pros-cons\\|x]] |", "| a |\n|---|\n| [[b#Pros & cons\\|x]] |"),
        ("## C# & [[b|D]]: e\n\n[[#c-d-e]]", "## C# & [[b|D]]: e\n\n[[#C & b D e]]"),
        ("## `x` & **y**: z ##\n\n[[#x-y-z|here]]", "## `x` & **y**: z ##\n\n[[#`x` & **y** z|here]]"),
        ("## a & b {#own}\n\n[[#a-b]]", "## a & b {#own}\n\n[[#a & b]]"),
        ("## a & b ^id\n\n[[#a-b]]", "## a & b ^id\n\n[[#a & b]]"),
        ("[[B#pros-cons]]", "[[B#Pros & cons]]"),
        ("[[sub/../b#pros-cons]]", "[[sub/../b#Pros & cons]]"),
        ("[x](b.md#pros-cons) [[b#pros-cons]]", "[x](b.md#pros--cons) [[b#Pros & cons]]"),
        ("<a href='B.md#pros-cons'>x</a>", "<a href='b.md#pros--cons'>x</a>"),
        ("<img alt='x' src='img/i.png'>", "<img alt='x' src='img/I.png'>"),
        ("*[B.md](B.md)* B.md `B.md`", "*[B.md](b.md)* B.md `B.md`"),
        ("- é\n  > 👩‍👩‍👧 [x](B.md)\n", "- é\n  > 👩‍👩‍👧 [x](b.md)\n"),
        ("| x |\n|---|\n| [x](B.md) |", "| x |\n|---|\n| [x](b.md) |"),
        ('!!! note "t"\n    [x](B.md)', '!!! note "t"\n    [x](b.md)'),
        ("---\ntitle: B.md\n---\n[x](B.md)", "---\ntitle: B.md\n---\n[x](b.md)"),
        ("[x](B.md) [y](C.md) [z](B.md#pros-cons)", "[x](b.md) [y](sub/c.md) [z](b.md#pros--cons)"),
    ],
)
def test_the_address_is_edited(written: str, after: str) -> None:
    assert mended(written) == after


@pytest.mark.parametrize(
    ("written", "after"),
    [
        ("[x](<my note (1).md>)", "[x](<sub/my note (1).md>)"),
        ("[x](my%20note%20(1).md)", "[x](sub/my%20note%20(1).md)"),
        ("[x](Sub/my%20Note%20(1).md#%C3%89T%C3%89)", "[x](sub/my%20note%20(1).md#été)"),
        ("[x](%62%2Emd#pros-cons)", "[x](%62%2Emd#pros--cons)"),
        ("[x](SUB%2Fc.md)", "[x](sub/c.md)"),
    ],
)
def test_a_path_with_spaces_or_percent_signs_is_written_so_that_it_leads_there(written: str, after: str) -> None:
    assert mended(written) == after


@pytest.mark.parametrize(
    "written",
    [
        "[x][r]\n\n[r]: B.md",
        "[r]\n\n[r]: b.md#pros-cons\n",
        "[x][r] [y](B\\.md)\n\n[r]: B.md",
        "<https://a.org/B.md> https://a.org/B.md",
        "[x](nope.md)",
        "[x](b.md#nope)",
        "[x](b.md#glossaire&#95;LMSYS)",
        "`[x](B.md)`",
        "    [x](B.md)",
        "```\n[x](B.md)\n```",
        "<!-- [x](B.md) -->",
        "\\[x](B.md)",
        "<!-- aikb: ignore link-case -->\n\n[x](B.md)",
    ],
)
def test_where_the_place_or_the_answer_is_not_one_nothing_is_edited(written: str) -> None:
    assert mended(written) == written


@pytest.mark.parametrize(
    ("written", "after"),
    [
        ("[x](B\\.md 'B.md')", "[x](B\\.md 'B.md')"),
        ("[x](B.md 'B.md')", "[x](b.md 'B.md')"),
        ("<a title='B.md' href='B.md'>x</a>", "<a title='B.md' href='b.md'>x</a>"),
        ("[![B.md](B.png)](B.md)", "[![B.md](B.png)](b.md)"),
        ("<a title='B.md' href='&#66;.md'>x</a>", "<a title='B.md' href='&#66;.md'>x</a>"),
        ("[x](/sub/my%20note%20(1).md)", "[x](sub/my%20note%20(1).md)"),
    ],
)
def test_only_the_address_is_edited_and_stays_one(written: str, after: str) -> None:
    assert mended(written) == after


def test_two_files_of_a_name_have_no_single_answer() -> None:
    assert mended("[x](d.md)", **{"notes/one/d.md": "# D", "notes/two/d.md": "# D"}) == "[x](d.md)"


def test_two_places_that_differ_in_case_only_have_no_single_answer() -> None:
    text = "<a name='Foo'></a>\n\n## B\n\n<a name='fOO'></a> [x](#foo)"
    assert mended(text) == text


# The file on disk ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"# A\r\n\r\n[x](B.md)\r\n", b"# A\r\n\r\n[x](b.md)\r\n"),
        (b"\r[x](B.md)\r\n\n[x](B.md)\r", b"\r[x](b.md)\r\n\n[x](b.md)\r"),
        (b"a\n[x](B.md)", b"a\n[x](b.md)"),
        (codecs.BOM_UTF8 + b"[x](B.md)\r\n", codecs.BOM_UTF8 + b"[x](b.md)\r\n"),
        (codecs.BOM_UTF8 + b"---\ntitle: A\n---\n[x](B.md)", codecs.BOM_UTF8 + b"---\ntitle: A\n---\n[x](b.md)"),
        (b"\xe9t\xe9 \xe2\x82 [x](B.md) \xff\n", b"\xe9t\xe9 \xe2\x82 [x](b.md) \xff\n"),
        (
            b"\x0c\x1b [x](B.md)\x0b\xc2\x85\xe2\x80\xa8[x](B.md)",
            b"\x0c\x1b [x](b.md)\x0b\xc2\x85\xe2\x80\xa8[x](b.md)",
        ),
        ("𝗧 👩‍👩‍👧 e\u0301 [x](B.md) é\r\n".encode(), "𝗧 👩‍👩‍👧 e\u0301 [x](b.md) é\r\n".encode()),
        (codecs.BOM_UTF16_LE + "é\r\n[x](B.md)".encode("utf-16-le"), "é\r\n[x](b.md)".encode()),
        (codecs.BOM_UTF16_BE + "é\n𝗧 [x](b.md)\n".encode("utf-16-be"), "é\n𝗧 [x](b.md)\n".encode()),
        (codecs.BOM_UTF16_LE + "\ufeff[x](B.md)".encode("utf-16-le"), "\ufeff[x](b.md)".encode()),
    ],
)
def test_line_ends_marks_and_stray_bytes_stay(folder: Callable[[Files], Path], before: bytes, after: bytes) -> None:
    note = folder({"notes/a.md": before}) / "notes" / "a.md"
    assert check("--fix").stderr.endswith("; mended: notes/a.md\n")
    assert note.read_bytes() == after
    assert "mended" not in check("--fix").stderr
    assert note.read_bytes() == after


@pytest.mark.parametrize(
    "before",
    [
        codecs.BOM_UTF16_LE + "[x](B.md)".encode("utf-16-le") + b"\x00\xd8",
        codecs.BOM_UTF16_LE + "[x](B.md)".encode("utf-16-le") + b"x",
        codecs.BOM_UTF16_BE + b"\xdc\x00" + "[x](B.md)".encode("utf-16-be"),
        b"\x89PNG\r\n\x1a\n\0\0[x](B.md)",
    ],
)
def test_what_cannot_be_read_whole_is_left_alone(folder: Callable[[Files], Path], before: bytes) -> None:
    note = folder({"notes/a.md": before}) / "notes" / "a.md"
    assert "encoding" in check("--fix", "--verbose").stdout
    assert check("--diff").stdout_bytes == b""
    assert note.read_bytes() == before


@pytest.mark.parametrize("mode", [0o644, 0o600, 0o755, 0o444])
def test_a_files_mode_stays(folder: Callable[[Files], Path], mode: int) -> None:
    note = folder({"notes/a.md": "[x](B.md)"}) / "notes" / "a.md"
    note.chmod(mode)
    check("--fix")
    assert (note.read_text(encoding="utf-8"), note.stat().st_mode & 0o7777) == ("[x](b.md)", mode)
    assert names(note.parent) == ["a.md", "b.md", "sub"]


def test_a_name_in_two_character_accents_is_found_on_disk(folder: Callable[[Files], Path]) -> None:
    name = unicodedata.normalize("NFD", "été/café.md")
    base = folder({f"notes/{name}": "[x](../B.md)"})
    assert check("--diff").stdout_bytes.startswith("--- a/notes/été/café.md\n".encode())
    assert check("--fix").stderr.endswith("mended: notes/été/café.md\n")
    assert (base / "notes" / name).read_text(encoding="utf-8") == "[x](../b.md)"
    assert not (base / "notes" / "été").exists()


def test_a_note_is_edited_at_its_own_place_and_not_through_a_link(folder: Callable[[Files], Path]) -> None:
    notes = folder({"notes/z.md": "[x](b.md#pros-cons) [y](c.md)"}) / "notes"
    (notes / "a.md").symlink_to("z.md")
    (notes / "sub" / "d.md").symlink_to("../z.md")
    check("--fix")
    assert (notes / "z.md").read_text(encoding="utf-8") == "[x](b.md#pros--cons) [y](sub/c.md)"
    assert (notes / "a.md").is_symlink()
    assert (notes / "sub" / "d.md").is_symlink()


def test_a_file_that_changed_meanwhile_is_left_alone(folder: Callable[[Files], Path]) -> None:
    base = folder({"notes/a.md": "new text [x](B.md)"})
    edits = {"notes/a.md": (Fix(4, 8, "b.md"),), "notes/gone.md": (Fix(0, 1, "x"),)}
    sources = {path: Source(path, "[x](B.md)") for path in edits}
    assert write_fixes(base, edits, sources) == ()
    assert diff(base, edits, sources) == b""
    assert (base / "notes" / "a.md").read_bytes() == b"new text [x](B.md)"


def test_a_folder_that_cannot_be_written_is_one_line(
    folder: Callable[[Files], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "/secret/notes/.aikb-1234")

    folder({"notes/a.md": "[x](B.md)"})
    monkeypatch.setattr("tempfile.mkdtemp", refused)
    result = CliRunner().invoke(main, ["check", "--fix"])
    assert (result.exit_code, result.output) == (2, "aikb: notes/a.md: cannot be written: Permission denied\n")


def test_a_crash_while_writing_leaves_the_file_whole(
    folder: Callable[[Files], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def failed(*_: object) -> None:
        raise OSError(28, "No space left on device")

    notes = folder({"notes/a.md": "[x](B.md)"}) / "notes"
    monkeypatch.setattr(Path, "replace", failed)
    assert CliRunner().invoke(main, ["check", "--fix"]).exit_code == 2
    assert (notes / "a.md").read_bytes() == b"[x](B.md)"
    assert names(notes) == ["a.md", "b.md", "sub"]


# Edits -----------------------------------------------------------------------------------------------------------------


def test_of_edits_that_overlap_the_first_is_made() -> None:
    source = Source("notes/a.md", "abcdefgh")
    edits = [Fix(0, 2, "1"), Fix(1, 3, "2"), Fix(2, 4, "3"), Fix(2, 6, "4"), Fix(6, 7, "5"), Fix(6, 7, "5")]
    found = [finding("link-empty", source, 0, 1, edit) for edit in reversed(edits)]
    assert fixes(found) == {"notes/a.md": (Fix(6, 7, "5"), Fix(2, 4, "3"), Fix(0, 2, "1"))}
    assert apply_fixes(b"abcdefgh", fixes(found)["notes/a.md"]) == b"13ef5h"


def test_findings_without_an_answer_are_no_edits() -> None:
    assert fixes([finding("link-empty", "notes/a.md")]) == {}


def test_only_the_files_that_are_named_are_edited(folder: Callable[[Files], Path]) -> None:
    base = folder({"notes/a.md": "[x](B.md)", "notes/sub/d.md": "[x](../B.md)"})
    check("--fix", "notes/sub")
    assert (base / "notes/a.md").read_bytes() == b"[x](B.md)"
    assert (base / "notes/sub/d.md").read_bytes() == b"[x](../b.md)"


def test_what_is_left_is_reported(folder: Callable[[Files], Path]) -> None:
    folder({"notes/a.md": "[x](B.md) [y](nope.md)"})
    result = check("--fix")
    assert result.stdout == "notes/a.md:1:11: error: link-missing: no such file: nope.md\n"
    assert result.stderr == "4 files, 1 error, 3 info; mended: notes/a.md\n"


# The diff --------------------------------------------------------------------------------------------------------------

ODD = {
    "notes/a.md": b"# A\r\n\r\n[x](B.md)\r\n\x0c\x1b\rmore\r\n",
    "notes/no end.md": b"one\n\xe2\x80\xa8two\n[x](B.md)",
    'notes/m\xe9 "q"\\\'.md': b"[x](B.md)\nno end either: \xe9",
    "notes/tab\tname.md": codecs.BOM_UTF8 + b"[x](B.md)\n" + b"line\n" * 20 + b"[x](B.md)\n\n[y](c.md)\n",
    "notes/-dash.md": b"\xff [x](B.md)\n",
}


@pytest.mark.parametrize(
    "tool", [["git", "apply", "-p1"], ["patch", "-p1", "--binary", "--silent"]], ids=["git", "patch"]
)
def test_the_diff_is_what_the_fix_does(folder: Callable[[Files], Path], tool: list[str]) -> None:
    if shutil.which(tool[0]) is None:
        pytest.skip(f"{tool[0]} is not here")
    base = folder(ODD)
    patch = check("--diff").stdout_bytes
    assert {path: (base / path).read_bytes() for path in ODD} == ODD
    subprocess.run(tool, input=patch, check=True, cwd=base)
    patched = {path: (base / path).read_bytes() for path in ODD}
    assert not list(base.rglob("*.orig"))
    folder(ODD)
    check("--fix")
    assert patched == {path: (base / path).read_bytes() for path in ODD} != ODD
    assert check("--diff").stdout_bytes == b""


def test_a_diff_is_written_with_the_lines_around(folder: Callable[[Files], Path]) -> None:
    folder({"notes/a.md": "# A\n\none\n\n[x](B.md)\n\ntwo\n\nthree"})
    result = check("--diff")
    assert result.stdout == (
        "--- a/notes/a.md\n+++ b/notes/a.md\n@@ -2,7 +2,7 @@\n \n one\n \n-[x](B.md)\n+[x](b.md)\n \n two\n \n"
    )
    assert result.stderr == "4 files, 1 warning, 3 info\n"
    assert check("--diff", "--strict").exit_code == 1


def test_a_diff_of_other_encodings_says_that_they_change(folder: Callable[[Files], Path]) -> None:
    folder({"notes/a.md": "[x](b.md)".encode("utf-16")})
    assert check("--diff").stdout == "Binary files a/notes/a.md and b/notes/a.md differ\n"


def test_a_diff_is_of_what_a_fix_does_with_a_baseline_too(folder: Callable[[Files], Path]) -> None:
    folder({"notes/a.md": "[x](B.md)"})
    whole = check("--diff").stdout
    check("--baseline", "b.json", "--write-baseline")
    assert check("--diff", "--baseline", "b.json").stdout == whole != ""


# Any note --------------------------------------------------------------------------------------------------------------

ADDRESSES = (
    "b.md", "B.md", "./B.md", "c.md", "/b.md", "/sub/c.md", "sub/C.md", "my%20note%20(1).md", "nope.md", "", "b", "C",
    "../notes/B.md", "B.md?x=1", "%42.md", "b&amp;.md", "../../x.md",
)  # fmt: skip
FRAGMENTS = (
    "", "", "#", "#glossairelmsys", "#Glossaire_LMSYS", "#pros-cons", "#nope", "#ete", "#%C3%A9t%C3%A9", "#here",
    "#HERE", "#-here-", "#:~:text=x",
)  # fmt: skip
FORMS = (
    "[x](@)", "[@](@)", "[x](<@>)", "[x](@ 'B.md')", "![x](@)", "[![x](@)](@)", "[x][@]", "[r]\n\n[r]: @\n", "<@>",
    "[[@]]", "[[@|B.md]]", "<a href='@'>B.md</a>", "<a title='@' href=\"@\">x</a>", "<img src=@ alt=x>", "`@`", "@",
    "[x](@", "> [x](@)", "\n- [x](@)\n  [y](@)\n", "\n!!! note\n    [x](@)\n", "\n| a |\n|---|\n| [x](@) |\n",
    "\n## Here {#here}\n", "\n# [x](@)\n", "<!-- @ -->", "\n```\n[x](@)\n```\n", "**[x](@)**", "https://a.org/@",
)  # fmt: skip
GAPS = (" ", "\n", "\n\n", "é", "\r\n", "𝗧 ", "\x0c", "\u2028")
addresses = st.tuples(st.sampled_from(ADDRESSES), st.sampled_from(FRAGMENTS)).map("".join)
links = st.tuples(st.sampled_from(FORMS), addresses).map(lambda pair: pair[0].replace("@", pair[1]))
texts = st.lists(st.tuples(links, st.sampled_from(GAPS)).map("".join), max_size=8).map("".join)


def _site(text: str, others: Mapping[str, str] = OTHERS) -> Site:
    return knowledge_base({"notes/a.md": text, **others})


@given(texts)
def test_one_fix_is_enough_and_touches_nothing_but_its_spans(written: str) -> None:
    text = re.sub(r"\r\n?", "\n", written)
    before = _site(text)
    edits = fixes(before.diagnostics).get("notes/a.md", ())
    kept, at = [], len(text)
    for edit in edits:
        kept.append(text[edit.end : at])
        at = edit.start
    kept.append(text[:at])
    after = apply_fixes(text.encode(), edits).decode()
    place = 0
    for part, written_anew in zip(reversed(kept), [*(edit.text for edit in reversed(edits)), ""], strict=True):
        assert after.startswith(part + written_anew, place)
        place += len(part + written_anew)
    assert place == len(after)
    again = _site(after)
    assert fixes(again.diagnostics) == {}
    left = [each for each in before.diagnostics if each.fix is None]
    assert [(each.code, each.message) for each in again.diagnostics] == [(each.code, each.message) for each in left]
    assert apply_fixes(written.encode(), edits).decode().replace("\r\n", "\n") == after  # with line ends as on disk


# Real notes ------------------------------------------------------------------------------------------------------------


def test_of_real_notes_one_line_changes(corpus: Path, folder: Callable[[Files], Path]) -> None:
    originals = {f"notes/{each.name}": each.read_bytes() for each in (corpus / "seeds").glob("*.md")}
    base = folder(originals)
    before = check("--verbose").stdout.splitlines()
    check("--fix")
    changed = []
    for path, original in originals.items():
        now = (base / path).read_bytes()
        assert now.count(b"\n") == original.count(b"\n")
        lines = enumerate(zip(original.split(b"\n"), now.split(b"\n"), strict=True), 1)
        changed += [(path, number, old, new) for number, (old, new) in lines if old != new]
    ((path, number, old, new),) = changed
    assert (path, number) == ("notes/state-of-ai.md", 181)
    assert new == old.replace(b"[LMSYS](#glossairelmsys)", b"[LMSYS](#glossaire_lmsys)")
    (gone,) = set(before) - set(check("--verbose").stdout.splitlines())
    assert gone.startswith("notes/state-of-ai.md:181:93: warning: anchor-case: ")
    assert check("--diff").stdout == ""
