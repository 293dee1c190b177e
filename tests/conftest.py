"""Knowledge bases in memory: most tests are five lines of Markdown and what becomes of them.

`pytest --golden` writes the expected files of `tests/cases` anew.
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import pytest
import yaml
from bs4 import BeautifulSoup
from hypothesis import settings
from mkdocs.commands.build import build as build_with_mkdocs
from mkdocs.config import load_config

from aikb.findings.report.text import line
from aikb.model.document import Document, Metadata
from aikb.model.finding import Diagnostic
from aikb.model.node import Node
from aikb.model.site import Body, Page, Site
from aikb.model.source import Asset, Source
from aikb.pipeline import build
from aikb.read.document import parse
from aikb.read.exports.format import Text
from aikb.render.furniture import Furniture
from aikb.render.options import Options, Permalink
from aikb.render.renderer import Renderer
from aikb.settings import Settings

settings.register_profile("steady", derandomize=True, deadline=None, max_examples=100)
settings.register_profile("long", deadline=None, max_examples=400)
settings.load_profile("steady")

ROOT = Path(__file__).parent.parent
FIXTURES = Path(__file__).parent / "fixtures"
CORPUS = ROOT.parent / "shared" / "corpus"
TOOLS = CORPUS.parent / "tools"


ADVICE = ("orphan", "asset-unpublished", "term-unused", "term-untranslated")


class Build(Protocol):
    """The `kb` fixture."""

    def __call__(self, files: Mapping[str, str], assets: Iterable[str] = (), **settings: Any) -> Site:
        """Build the site of `files`; `assets` are paths from the root of the notes."""


def sources(files: Mapping[str, str], settings: Settings) -> list[Source]:
    """Files as `load` would hand them over; what is not in the glossary folder is in the notes."""
    glossary = f"{settings.glossary_dir}/"
    return [Source(path, text, "glossary" if path.startswith(glossary) else "notes") for path, text in files.items()]


def knowledge_base(files: Mapping[str, str], assets: Iterable[str] = (), **settings: Any) -> Site:
    """The site of a knowledge base that is nowhere on disk."""
    chosen = Settings(**{"addresses": "sources", **settings})
    return build(sources(files, chosen), chosen, [Asset(path, "") for path in assets], renderer=RENDERER)


def document(text: str, path: str = "notes/a.md", **settings: Any) -> Document:
    """One file, parsed."""
    chosen = Settings(**settings)
    parsed = parse(sources({path: text}, chosen)[0], chosen)
    assert isinstance(parsed, Document), "an export of highlights is no document by itself"
    return parsed


def export_text(text: str, path: str = "notes/a.md") -> Text:
    """A file as a reader of highlights is given it."""
    offset = text.index("\n---\n") + 5 if text.startswith("---\n") else 0
    data = yaml.safe_load(text[4 : offset - 4]) if offset else {}
    return Text(Source(path, text), Metadata(title=str(data.get("title", ""))), data, offset)


def nodes(text: str, kind: str) -> list[Node]:
    """The nodes of one kind in a note."""
    return [node for block in document(text).blocks for node in block.walk() if node.kind == kind]


def page(site: Site, path: str) -> Page:
    """A page by its path."""
    return next(each for each in site.pages if each.path == path)


def found(site: Site) -> list[Diagnostic]:
    """What was found, without the advice that every tiny knowledge base draws: that nothing links to its notes or terms."""
    return [diagnostic for diagnostic in site.diagnostics if diagnostic.code not in ADVICE]


def lines(site: Site) -> list[str]:
    """The same as `aikb check --verbose` prints it."""
    return [line(diagnostic) for diagnostic in found(site)]


def places(found: Iterable[Diagnostic]) -> list[str]:
    """Findings as `line:column code`."""
    return [f"{each.line}:{each.column} {each.code}" for each in found]


PLAIN = Permalink(text="")
"""No marks at headings."""
RENDERER = Renderer(Options(permalink=PLAIN))
_FURNITURE = Furniture(mark=PLAIN)


def _root(page: Page) -> str:
    """The way from the file of a page to all of them."""
    return "../" * page.path.count("/")


def html_of(page: Page) -> str:
    """All that a page shows, as HTML without marks at headings; addresses are those of sources."""
    return _FURNITURE.page(page, _root(page))


def body_html(page: Page) -> str:
    """The same without what stands around the text."""
    return _FURNITURE.page(replace(page, before=(), after=(), lang=page.tree), _root(page))


def before_html(page: Page) -> str:
    """What stands above a page's text."""
    return _FURNITURE.page(replace(page, body=Body(), after=(), lang=page.tree), _root(page)).strip()


def after_html(page: Page) -> str:
    """What stands below a page's text."""
    return _FURNITURE.page(replace(page, body=Body(), before=(), lang=page.tree), _root(page)).strip()


def shown(text: str, assets: Iterable[str] = (), **files: str) -> str:
    """The HTML of one note, `notes/a.md`, without the title that aikb gives it and without line ends between elements.

    Addresses of files beside it are written as in a note: `p.png` for `./p.png`.
    """
    others = {f"notes/{name}.md": other for name, other in files.items()}
    html = (
        body_html(page(knowledge_base({"notes/a.md": text, **others}, assets), "a.md"))
        .replace(' loading="lazy"', "")
        .replace('="./', '="')
    )
    return html.replace(">\n", ">").replace("\n<", "<").removeprefix("<h1>A</h1>")


def on_disk(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write a knowledge base, `mkdocs.yml` and all, for a real build; `root`."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def built(folder: Path, **options: object) -> Path:
    """Build with MkDocs in this process; the site's folder. Raises what `mkdocs build` would die of."""
    build_with_mkdocs(load_config(str(folder / "mkdocs.yml"), **options))
    return folder / "site"


def soup(path: Path) -> BeautifulSoup:
    """A built page, to look into."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file, hidden ones and those of subfolders too."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="session")
def kb() -> Build:
    """`kb({"notes/a.md": "…"})` is a Site."""
    return knowledge_base


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A Chromium for the tests of one file."""
    from chromium import launched  # playwright is loaded where a browser is wanted only

    with launched() as opened:
        yield opened


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Notes of other people, which are beside the repository where this is developed and in CI."""
    if not CORPUS.is_dir():
        pytest.skip("the corpus of real notes, ../shared/corpus, is not here")
    return CORPUS


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--golden`."""
    parser.addoption("--golden", action="store_true", help="write the expected files of tests/cases anew")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> bool:
    """Whether expected files are written instead of compared."""
    return bool(request.config.getoption("--golden"))


def pytest_configure(config: pytest.Config) -> None:
    """Keep what is cached, by commands that tests start too, away from the user's; and let Ctrl-C reach them.

    A shell starts what it runs in the background with SIGINT ignored, and so would be every process of a test.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ["AIKB_CACHE_DIR"] = tempfile.mkdtemp(prefix="aikb-cache-")
    os.environ.pop("AIKB_NO_CACHE", None)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Delete it."""
    shutil.rmtree(os.environ["AIKB_CACHE_DIR"], ignore_errors=True)
