"""The rows of the fault corpus, `fault_rows`: each built alone, and all of them together. `make faults` prints their table."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from aikb.cli.main import main
from aikb.findings.report.formats import FORMATS
from aikb.findings.report.result import CheckResult
from aikb.findings.report.text import line
from aikb.model.finding import Diagnostic
from aikb.model.site import Site
from aikb.pipeline import build
from aikb.read.files.disk import load
from aikb.settings import Settings
from conftest import RENDERER, before_html, body_html, html_of
from fault_rows import CANARY, ELSEWHERE, ROWS, Row, write


def site(folder: Path) -> Site:
    settings = Settings(addresses="sources")
    loaded = load(folder, settings)
    return build(loaded.sources, settings, loaded.assets, loaded.diagnostics, renderer=RENDERER)


def own(row: Row, found: Site) -> list[Diagnostic]:
    """What is found in a row's folder."""
    return [each for each in found.diagnostics if each.path.startswith(f"notes/{row.id}/")]


def listed(row: Row, found: Site) -> list[str]:
    """The same, above info and where the row asks for it, as rows list it."""
    asked = {each.split()[-1] for each in row.found if " info " in each}
    return [
        f"{each.path.removeprefix(f'notes/{row.id}/')}:{each.line}:{each.column} {each.severity} {each.code}"
        for each in own(row, found)
        if each.severity != "info" or each.code in asked
    ]


def bodies(row: Row, found: Site) -> dict[str, str]:
    """The HTML of a row's pages, by path. The same text is in both trees."""
    return {each.path: body_html(each) for each in found.pages if each.path.startswith(f"{row.id}/") and each.source}


def marked(rows: Iterable[Row]) -> list[object]:
    """Rows as parameters; those with a known fault are expected to fail."""
    return [
        pytest.param(row, id=row.id, marks=[pytest.mark.xfail(reason=row.broken)] if row.broken else []) for row in rows
    ]


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of all rows."""
    folder = tmp_path_factory.mktemp("together")
    write(ROWS, folder / "kb")
    return folder / "kb"


@pytest.fixture(scope="module")
def all_rows(together: Path) -> Site:
    return site(together)


def holds(row: Row, found: Site) -> None:
    """Fail where a row does not hold."""
    assert listed(row, found) == list(row.found)
    messages = "\n".join(each.message for each in own(row, found))
    shown = "\n".join(body for body in bodies(row, found).values())
    for each in row.says:
        assert each in messages
    for each in row.shows:
        assert each in shown
    for each in row.hides:
        assert each not in shown
    assert CANARY not in shown + messages


@pytest.mark.parametrize("row", marked(ROWS))
def test_alone(row: Row, tmp_path: Path) -> None:
    write([row], tmp_path / "kb")
    found = site(tmp_path / "kb")
    holds(row, found)
    for form in FORMATS.values():
        assert str(tmp_path) not in form(CheckResult(found.diagnostics, verbose=True))
    again = site(tmp_path / "kb")
    assert (again.diagnostics, again.pages, again.records) == (found.diagnostics, found.pages, found.records)


@pytest.mark.parametrize("row", marked(ROWS))
def test_beside_all_others(row: Row, all_rows: Site) -> None:
    holds(row, all_rows)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_one_bad_note_changes_no_other(row: Row, all_rows: Site, tmp_path: Path) -> None:
    write([row], tmp_path / "kb")
    alone = site(tmp_path / "kb")
    assert own(row, alone) == own(row, all_rows)
    assert bodies(row, alone) == bodies(row, all_rows)


def test_every_row_is_a_fault_of_the_table() -> None:
    table = Path(__file__).parent.parent.parent / "shared" / "reference" / "faults.md"
    if not table.is_file():
        pytest.skip("the table of faults, ../shared/reference/faults.md, is not here")
    ids = re.findall(r"^\| ([A-Z]+\d*-\d+) \|", table.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted({row.id.rstrip("b") for row in ROWS} | ELSEWHERE.keys()) == sorted(ids)


# What rows say beyond a list of findings -----------------------------------------------------------------------------------


def one(identifier: str, all_rows: Site) -> tuple[list[Diagnostic], BeautifulSoup]:
    """The findings and the page `a.md` of one row."""
    row = next(row for row in ROWS if row.id == identifier)
    return own(row, all_rows), BeautifulSoup(bodies(row, all_rows)[f"{identifier}/a.md"], "lxml")


def test_lnk_01_is_marked_from_bracket_to_parenthesis_and_mended(all_rows: Site) -> None:
    found = next(each for each in one("LNK-01", all_rows)[0] if each.code == "anchor-case")
    assert (found.line, found.column, found.end_line, found.end_column) == (
        7,
        5,
        7,
        5 + len("[LMSYS](#glossairelmsys)"),
    )
    assert found.fix is not None
    assert found.fix.text == "#glossaire_lmsys"


def test_lnk_01_stands_where_the_seed_has_it(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_bytes((corpus / "seeds" / "state-of-ai.md").read_bytes())
    (found,) = (each for each in site(tmp_path).diagnostics if each.code == "anchor-case")
    assert (found.line, found.column, found.end_line, found.end_column) == (181, 93, 181, 117)


def test_lnk_02_has_at_most_three_near_ids(all_rows: Site) -> None:
    found = next(each for each in one("LNK-02", all_rows)[0] if each.code == "anchor-missing")
    assert re.findall(r"“(#[^”]+)”", found.message) == ["#nopes", "#nape", "#none"]


def test_lnk_13_is_what_markdown_links_are(tmp_path: Path) -> None:
    texts = {"a.md": "<a href='x.md'>x</a> <img src='x.png' alt='x'>\n", "b.md": "[x](x.md) ![x](x.png)\n"}
    write([Row("X", texts)], tmp_path / "kb")
    found: dict[str, list[tuple[str, str]]] = {"a.md": [], "b.md": []}
    for each in site(tmp_path / "kb").diagnostics:
        if each.severity == "error":
            found[Path(each.path).name].append((each.code, each.message))
    assert found["a.md"] == found["b.md"] != []


def test_lnk_19_is_said_once(all_rows: Site) -> None:
    found = [each for each in all_rows.diagnostics if each.path == "notes/LNK-19/a.md"]
    assert [line(each) for each in found] == ["notes/LNK-19/a.md:1:1: info: orphan: no other note leads here"]


@pytest.mark.parametrize("identifier", ["SLG-01", "SLG-07", "SLG-08", "SLG-11"])
def test_ids_are_unique_on_a_page(identifier: str, all_rows: Site) -> None:
    ids = [each["id"] for each in one(identifier, all_rows)[1].find_all(id=True)]
    assert len(ids) == len(set(ids)) > 0


def test_fil_04_shows_each_file_once(all_rows: Site) -> None:
    assert sorted(each.path for each in all_rows.pages if "FIL-04" in each.source and each.tree == "en") == [
        "FIL-04/a/b.md",
        "FIL-04/a/c.md",
    ]


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), FileNotFoundError(2, "No such file")])
def test_fil_05_a_file_that_cannot_be_read_keeps_no_other_from_being_built(
    error: OSError, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # not by its mode, which the user that runs the tests may read all the same
    def read(path: Path) -> bytes:
        if path.name == "gone.md":
            raise error
        return original(path)

    original: Callable[[Path], bytes] = Path.read_bytes
    write([Row("X", {"a.md": "# A\n\n[g](gone.md)\n", "gone.md": "# G\n"})], tmp_path / "kb")
    monkeypatch.setattr(Path, "read_bytes", read)
    found = site(tmp_path / "kb")
    assert [line(each) for each in found.diagnostics if each.severity == "error"] == [
        "notes/X/a.md:3:1: error: link-missing: no such file: gone.md",
        f"notes/X/gone.md:1:1: error: file-unreadable: cannot be read: {str(error.strerror).lower()}",
    ]
    assert "X/a.md" in {each.path for each in found.pages}


def test_rw_01_has_every_highlight_in_its_group_and_in_order(all_rows: Site) -> None:
    source = one("RW-01", all_rows)[1]
    groups = [each.get_text() for each in source.select("h2")]
    assert groups == [
        "Highlights",
        "Added on October 14, 2024 at 9:56\u00a0AM",
        "Added on October 14, 2024 at 11:56\u00a0AM",
    ]
    of = [each.find_previous("h2").get_text() for each in source.select("figure")]
    assert [of.count(each) for each in groups] == [8, 1, 58]
    assert [each["id"] for each in source.select("figure")] == [f"h-01full{number:02}" for number in range(67)]
    (page,) = (each for each in all_rows.pages if each.path == "RW-01/a.md")
    assert "2024-10-11" in before_html(page)


def test_rw_12_the_readers_own_library_is_on_no_page(all_rows: Site) -> None:
    pages = [html_of(each) for each in all_rows.pages if each.path.removeprefix("fr/").startswith("RW-12/")]
    assert len(pages) == 4  # the folder's and the work's, in both trees
    assert not [each for each in pages if "readwise.io" in each]
    codes = [each.code for each in all_rows.diagnostics if each.path == "notes/RW-12/a.md"]
    assert codes.count("private-source-url") == 1


def test_fil_10_publishes_what_is_used(all_rows: Site) -> None:
    assert sorted(each.path for each in all_rows.assets) == ["FIL-10/used10.pdf", "SEC-07/p07.svg", "img/lnk11.png"]
    assert not [each for each in all_rows.diagnostics if "/." in each.path]


# Rules for every row -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", list(FORMATS))
def test_the_check_prints_findings_and_no_place_of_this_machine(
    form: str, together: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(together)  # paths are written from where the reader stands
    arguments = ["check", "--config-file", str(together / "mkdocs.yml"), "--format", form, "--verbose"]
    first, second = (CliRunner().invoke(main, arguments) for _ in range(2))
    assert (first.exit_code, second.exit_code) == (1, 1)
    assert (first.stdout, first.stderr) == (second.stdout, second.stderr)
    for output in (first.stdout, first.stderr):
        assert str(together) not in output
        assert "Traceback" not in output
        assert CANARY not in output


def test_all_rows_are_a_site(together: Path, tmp_path: Path) -> None:
    code = "from mkdocs.__main__ import cli; cli()"
    arguments = ["build", "-f", str(together / "mkdocs.yml"), "-d", str(tmp_path / "site")]
    result = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert "Traceback" not in result.stderr
    for file in (tmp_path / "site").rglob("*"):
        data = file.read_bytes() if file.is_file() else b""
        assert str(together).encode() not in data
        assert CANARY.encode() not in data
    built = {
        path: (tmp_path / "site" / path / "index.html").read_text(encoding="utf-8") for path in ("SLG-05/a", "MD-11/a")
    }
    for text in built.values():
        contents = BeautifulSoup(text, "lxml").select_one(".md-nav--secondary")
        assert contents is not None
        assert not contents.select("a a")  # SLG-05: no link in a link
        assert all(str(each["href"]).startswith("#") for each in contents.find_all("a"))
    deep = BeautifulSoup(built["MD-11/a"], "lxml").select_one(".md-nav--secondary a[href='#deep']")
    assert deep is not None  # MD-11: a tree in spite of the jump
    assert json.loads((tmp_path / "site" / "search" / "meta.json").read_text(encoding="utf-8"))["count"]
