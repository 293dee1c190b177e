"""A real Chromium on the home, lists, tags and papers: filter, order, no scripts, a phone; and what axe-core says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, Page, expect

from chromium import served, shifted, visiting
from conftest import on_disk

ARXIV = "https://arxiv.org/abs/2302.04761"
NOTES = {
    "mkdocs.yml": "site_name: Notes\ndocs_dir: notes\ntheme: material\nplugins:\n  - aikb: {languages: [en, fr]}\n",
    "notes/n.md": (
        "# Reading\n\nPapers that were read this year.\n\n"
        f"- [Toolformer]({ARXIV}) (notes below)\n"
        + "".join(f"- [A paper of number {at}](https://arxiv.org/abs/23{at:02}.00001)\n" for at in range(1, 13))
        + f"\n## [Toolformer]({ARXIV})\n\nIt calls tools by itself.\n"
    ),
    "notes/sea.md": (
        "# Sea\n\nSee [reading](n.md) and [the first](many/m00.md).\n\n## Feeding\n\n"
        + "Whales filter krill, and one whale eats krill by the ton. " * 6
        + "\n\n## Ports\n\nPorts are quiet.\n\n## Swarms\n\n"
        + "Swarms of krill draw whales, and whales follow krill. " * 6
        + "\n"
    ),
    "notes/more.md": "# More\n\n"
    + "".join(f"## Part {at}\n\n" + f"The wind {at} turns a mill. " * 12 + "\n\n" for at in "abcdef"),
    "notes/book.md": (
        "# Book\n\n## Metadata\n- Author: [[Ann]]\n- Full Title: Book\n- Category: #books\n\n## Highlights\n- One before.\n\n"
        "## New highlights added March 5, 2024 at 9:00 AM\n- A passage that was marked for its beauty.\n"
    ),
    **{
        f"notes/many/m{at:02}.md": (
            f"---\ndate: 2024-01-{at + 1:02}\ntags: [ia/llm, other]\n---\n# {chr(90 - at % 26)}ebra {at}\n\n"
            "Plankton and krill feed whales here. More.\n"
        )
        for at in range(31)
    },
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Notes to find the way in, built and served under a path."""
    folder, top = tmp_path_factory.mktemp("notes"), tmp_path_factory.mktemp("served")
    on_disk(folder, NOTES)
    with served(top) as origin:
        build(load_config(str(folder / "mkdocs.yml"), site_dir=str(top / "kb"), site_url=f"{origin}/kb/"))
        yield f"{origin}/kb/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails its test for an error."""
    with visiting(browser) as opened:
        yield opened


def test_a_list_is_filtered_and_put_in_order(page: Page, address: str) -> None:
    page.goto(f"{address}many/")
    rows = page.locator(".aikb-entries li:visible")
    expect(rows).to_have_count(31)
    box = page.locator(".aikb-tools .aikb-find")
    box.fill("zebra 26")
    expect(rows).to_have_count(1)
    box.press("Escape")
    expect(rows).to_have_count(31)
    box.fill("nothing of that name")
    expect(page.locator(".aikb-tools [role=status]")).to_have_text("Nothing here has these words.")
    box.fill("")
    page.get_by_role("button", name="By date").click()
    expect(rows.first).to_contain_text("ebra 30")
    expect(page.locator(".aikb-letter:visible")).to_have_count(0)
    page.get_by_role("button", name="By title").click()
    expect(rows.first).to_contain_text("Aebra 25")


def test_papers_are_filtered_over_all_years(page: Page, address: str) -> None:
    page.goto(f"{address}papers/")
    page.locator(".aikb-find").fill("toolformer")
    expect(page.locator(".aikb-papers > ul > li:visible")).to_have_count(1)
    page.locator(".aikb-papers li:visible a").nth(1).click()
    expect(page).to_have_url(f"{address}n/#toolformer")


@pytest.mark.parametrize("path", ["", "many/", "papers/", "tags/", "all/", "n/", "fr/sources/"])
@pytest.mark.parametrize("width", [1360, 375])
def test_nothing_moves_while_a_page_loads(browser: Browser, address: str, path: str, width: int) -> None:
    with visiting(browser, viewport={"width": width, "height": 900}) as page:
        assert shifted(page, address + path) < 0.003


def test_notes_below_leads_to_the_notes(page: Page, address: str) -> None:
    page.goto(f"{address}n/")
    page.get_by_role("link", name="notes below").click()
    expect(page).to_have_url(f"{address}n/#toolformer")


def test_without_scripts_lists_are_plain(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(f"{address}many/")
    assert opened.locator(".aikb-entries li:visible").count() == 31
    assert opened.locator(".aikb-find").count() == 0
    opened.goto(f"{address}tags/")
    opened.locator("a", has_text="/llm").click()
    assert opened.locator("h1").inner_text().startswith("#ia/llm")
    context.close()


def test_without_scripts_what_is_like_a_section_leads_there(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(f"{address}fr/sea/")
    box = opened.locator("details.aikb-alike").first
    expect(box.locator("a")).to_be_hidden()
    box.locator("summary").click()
    expect(box).to_contain_text("krill")
    box.get_by_role("link", name="Swarms").click()
    expect(opened).to_have_url(f"{address}fr/sea/#swarms")
    context.close()


PATHS = ["", "many/", "tags/", "tags/ia/llm/", "papers/", "fr/", "fr/all/", "many/m00/", "sea/", "fr/sea/"]


@pytest.mark.parametrize(
    ("path", "scheme"), [*((path, "light") for path in PATHS), ("", "dark"), ("papers/", "dark"), ("fr/sea/", "dark")]
)
def test_axe_finds_nothing_and_a_phone_scrolls_one_way(browser: Browser, address: str, path: str, scheme: str) -> None:
    context = browser.new_context(viewport={"width": 375, "height": 700}, color_scheme=scheme)
    opened = context.new_page()
    opened.goto(f"{address}{path}")
    opened.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert opened.evaluate("document.documentElement.scrollWidth") <= 375
    found = Axe().run(opened, {"include": [[".md-content"]]}).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    context.close()
