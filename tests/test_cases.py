"""Small knowledge bases with the findings and pages they should have, one folder of `cases` each.

`pytest tests/test_cases.py --golden` writes `findings.txt` and `pages.html` anew; read the difference before you keep it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from aikb.findings.report.text import line
from aikb.model.site import Page, Site
from aikb.pipeline import build
from aikb.read.files.disk import load
from aikb.settings import Settings
from conftest import RENDERER, html_of
from test_properties import is_safe

CASES = sorted(path for path in (Path(__file__).parent / "cases").iterdir() if path.is_dir())
HOW = "if that is right, run: pytest tests/test_cases.py --golden"


def site(folder: Path) -> Site:
    """A case, built."""
    settings = Settings(site_name="Cases", addresses="sources")
    loaded = load(folder, settings)
    return build(loaded.sources, settings, loaded.assets, loaded.diagnostics, renderer=RENDERER)


def shown(page: Page) -> str:
    """A page with what its template is given."""
    facts = {
        "title": page.title,
        "language": page.lang,
        "of": page.source,
        "canonical": page.canonical if page.canonical != page.path else "",
        "previous": page.previous,
        "next": page.next,
    }
    head = "".join(f"{name}: {value}\n" for name, value in facts.items() if value)
    return f"=== {page.path} ===\n{head}\n{html_of(page)}\n"


def findings(built: Site) -> str:
    """What `aikb check --verbose` prints."""
    return "".join(f"{line(diagnostic)}\n" for diagnostic in built.diagnostics)


def pages(built: Site) -> str:
    """All pages of the first tree, and of the others those that differ from it."""
    first = {page.address: page for page in built.pages if page.tree == "en"}
    kept = [page for page in built.pages if page.tree == "en" or html_of(page) != html_of(first[page.address])]
    return "\n".join(shown(page) for page in kept)


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_a_case_has_its_findings_and_pages(folder: Path, *, golden: bool) -> None:
    built = site(folder)
    for name, actual in (("findings.txt", findings(built)), ("pages.html", pages(built))):
        expected = folder / name
        if golden:
            expected.write_text(actual, encoding="utf-8", newline="\n")
        assert actual == expected.read_text(encoding="utf-8"), f"{folder.name}/{name} differs; {HOW}"


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_a_case_is_shown_safely(folder: Path) -> None:
    html = "\n".join(html_of(page) for page in site(folder).pages)
    assert is_safe(html)
    assert "canary" not in html.lower()


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_a_case_says_what_it_is_for(folder: Path) -> None:
    assert (folder / "README.txt").read_text(encoding="utf-8").endswith(".\n")


def test_there_are_cases() -> None:
    assert len(CASES) >= 6
