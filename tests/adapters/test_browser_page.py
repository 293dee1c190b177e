"""A real Chromium on a long note: the address, Back, the keyboard, the contents, a page without scripts."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, Page, expect

from chromium import ask, rested, served, shifted, until, visiting
from conftest import on_disk

TITLES = [f"{number} Slide about {number}" for number in range(10, 70, 2)]
CONTENTS = "\n".join(f"- [{title}](#{title.lower().replace(' ', '-')})" for title in TITLES)
HIGHLIGHTS = "".join(f"- Highlight {number} says that the tide is late. " * 6 + "\n" for number in range(30))
NOTES = {
    "mkdocs.yml": "site_name: Notes\ndocs_dir: notes\ntheme: material\nplugins:\n  - aikb: {languages: [en, fr]}\n",
    "notes/report.md": f"---\ndate: 2024-10-14\ntags: [tides]\n---\n# Report\n\n{CONTENTS}\n\n"
    + "".join(f"## {title}\n\n{'The tide comes in and it goes out again. ' * 30}^b{title[:2]}\n\n" for title in TITLES)
    + "- [x] Done\n- [ ] Read [the other](other.md)\n",
    "notes/other.md": "Nothing but words here, and no heading: see [slide 30](report.md#30-slide-about-30).\n\n- [ ] To do\n",
    "notes/long.md": "# Long\n\n"
    + "".join(
        f"## Heading {number} of many\n\n### Below {number}\n\nWords.\n\n" for number in range(250)
    ),
    "notes/steps.md": "# Steps\n\n" + f"## Étape 1 & 2\n\n{'The tide comes in and it goes out. ' * 300}\n\n" * 2,
    "notes/read.md": f"# Tides\n\n## Metadata\n- Author: X\n\n## Highlights\n{HIGHLIGHTS}",
    "notes/folder/a.md": "# In a folder\n\nThe ebb, on slide 30 of [the report](report.md), and [a paper](https://example.org/paper).\n\n"
    "See [it](https://example.org/paper) again and <https://example.org/bare>. Of sea levels.\n",
    "notes/folder/b.md": "# Sea levels\n\n```\ncode\n```\n\n```\nmore\n```\n",
    "glossary/t.md": "# Glossary\n\n## Ebb\n\nThe sea going out.\n",
}  # fmt: skip
PAGES = (
    "",
    "report/",
    "other/",
    "read/",
    "folder/",
    "folder/a/",
    "folder/b/",
    "sources/",
    "glossary/ebb/",
    "tags/",
    "404.html",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The notes, built and served under a path: its address, and its folder."""
    folder, top = tmp_path_factory.mktemp("notes"), tmp_path_factory.mktemp("served")
    on_disk(folder, NOTES)
    with served(top) as origin:
        build(load_config(str(folder / "mkdocs.yml"), site_dir=str(top / "kb"), site_url=f"{origin}/kb/"))
        yield f"{origin}/kb/", top / "kb"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails its test for a console error, a failed request, or a request to another host."""
    with visiting(browser, viewport={"width": 1360, "height": 900}) as opened:
        yield opened


def wheel(page: Page, by: int) -> None:
    before = page.evaluate("scrollY")
    page.mouse.move(600, 500)
    page.mouse.wheel(0, by)
    until(page, "before => scrollY !== before", before)  # a busy browser begins late
    rested(page)


def fragment(page: Page) -> str:
    return str(page.evaluate("decodeURIComponent(location.hash.slice(1))"))


@pytest.mark.parametrize("target", ["30-slide-about-30", "^b30", "h-"], ids=["a heading", "a block", "a highlight"])
def test_the_address_stays_until_the_reader_passes_on(page: Page, site: tuple[str, Path], target: str) -> None:
    address = f"{site[0]}{'read' if target == 'h-' else 'report'}/"
    if target == "h-":
        page.goto(address)
        target = str(page.locator(".aikb-highlight").nth(2).get_attribute("id"))
    page.goto(f"{address}#{target}")
    rested(page)
    wheel(page, 40)
    assert fragment(page) == target
    wheel(page, -60)
    assert fragment(page) == target
    wheel(page, 1_500)
    assert fragment(page) not in ("", target)
    landed = page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", fragment(page))
    assert landed < 200  # it is what the reader has come to
    wheel(page, -90_000)
    assert "#" not in page.url


@pytest.mark.parametrize(("fragment", "number"), [("etape-1-2", 0), ("etape-1-2_1", 1), ("%C3%A9tape-1--2-1", 1)])
def test_an_id_as_python_markdown_makes_it_lands_at_its_heading(
    page: Page, site: tuple[str, Path], fragment: str, number: int
) -> None:
    page.goto(f"{site[0]}steps/#{fragment}")
    expect(page.locator("h2").nth(number)).to_be_in_viewport()


def test_back_and_the_switch_lead_to_the_same_place(page: Page, site: tuple[str, Path]) -> None:
    page.goto(f"{site[0]}other/")
    page.locator("article a", has_text="slide 30").click()
    page.wait_for_url("**/report/#30-slide-about-30")
    until(page, "scrollY > 0")  # the address changes before the page is there
    rested(page)
    wheel(page, 2_000)
    place, height = fragment(page), page.evaluate("scrollY")
    assert place not in ("", "30-slide-about-30")
    page.locator("article .aikb-meta a").evaluate("link => link.click()")
    page.wait_for_url("**/tags/tides/")
    expect(page.locator("h1")).to_contain_text("tides", ignore_case=True)
    rested(page)  # Material writes down where the reader is a tenth of a second after a page is shown
    page.go_back()
    page.wait_for_url(f"**/report/#{place}")
    rested(page)
    until(page, "height => Math.abs(scrollY - height) < 10", height)
    page.locator(".aikb-switcher__link").click()
    page.wait_for_url(f"**/fr/report/#{place}")
    top = page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", place)
    assert 0 < top < 200


def test_arrow_keys_go_from_section_to_section_but_not_while_typing(page: Page, site: tuple[str, Path]) -> None:
    page.goto(f"{site[0]}report/")
    rested(page)
    before = page.evaluate("history.length")
    for expected in ("10-slide-about-10", "12-slide-about-12", "14-slide-about-14"):
        page.keyboard.press("ArrowRight")
        assert fragment(page) == expected
    page.keyboard.press("ArrowLeft")
    assert fragment(page) == "12-slide-about-12"
    assert page.evaluate("history.length") == before
    jump = page.locator(".md-nav--secondary .aikb-find")
    jump.fill("about 44")
    jump.press("ArrowLeft")
    assert fragment(page) == "12-slide-about-12"
    assert page.locator(".md-nav--secondary li:visible").all_inner_texts() == ["44 Slide about 44"]
    jump.press("Enter")
    page.wait_for_url("**/report/#44-slide-about-44")
    page.goto(f"{site[0]}other/")
    page.keyboard.press("ArrowRight")
    assert "#" not in page.url


def test_contents_are_written_once_and_are_whole(page: Page, site: tuple[str, Path]) -> None:
    html = (site[1] / "long/index.html").read_text(encoding="utf-8")
    assert (
        html.count('class="md-nav__link" href="#heading-0-of-many"')
        + html.count('href="#heading-0-of-many" class="md-nav__link"')
        == 1
    )
    page.goto(f"{site[0]}long/")
    expect(page.locator(".md-nav--secondary a")).to_have_count(500)
    wheel(page, 4_000)
    expect(page.locator(".md-nav--secondary .md-nav__link--active")).to_have_count(1)


def test_pages_are_light(site: tuple[str, Path]) -> None:
    for file in site[1].rglob("index.html"):
        html = file.read_text(encoding="utf-8")
        before, _, rest = html.partition("<article")
        around = before + rest.partition("</article>")[2]
        assert len(around.encode()) <= 40_000, file
    scripts = (site[1] / "assets").glob("aikb*.js")
    assert sum(len(gzip.compress(each.read_bytes())) for each in scripts) <= 25 * 1024


@pytest.mark.parametrize("path", ["report/", "other/", "read/", "folder/", "glossary/ebb/", "404.html"])
def test_the_first_tab_leads_past_the_navigation(page: Page, site: tuple[str, Path], path: str) -> None:
    page.goto(site[0] + path)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#__content")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("article :focus, footer :focus")).to_have_count(1)


@pytest.mark.parametrize("path", ["report/", "404.html"])
def test_a_place_on_the_page_is_gone_to_without_loading_it_again(page: Page, site: tuple[str, Path], path: str) -> None:
    page.goto(site[0] + path, wait_until="networkidle")
    page.evaluate("document.querySelector('article').dataset.same = ''")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    reached = page.locator(":focus").element_handle()
    page.wait_for_load_state("networkidle")
    rested(page)
    assert page.locator("article[data-same] :focus").count() == 1
    assert page.evaluate("reached => reached === document.activeElement", reached)


def test_back_on_the_page_leads_to_where_the_reader_was(page: Page, site: tuple[str, Path]) -> None:
    for start in ("other/", "report/"):  # by instant navigation, and without
        page.goto(site[0] + start)
        if start == "other/":
            page.locator("article a", has_text="slide 30").click()
            page.wait_for_url("**/report/#30-slide-about-30")
            until(page, "scrollY > 0")
            rested(page)
        page.evaluate("document.querySelector('article').dataset.same = ''")
        wheel(page, 700)
        before = page.evaluate("scrollY")
        for number in (44, 60):
            page.locator(".md-nav--secondary a", has_text=f"{number} Slide").click()
            page.wait_for_url(f"**/report/#{number}-slide-about-{number}")
            rested(page)
        page.go_back()
        page.wait_for_url("**/report/#44-slide-about-44")
        page.go_back()
        until(page, "before => Math.abs(scrollY - before) < 3", before)
        expect(page.locator("article[data-same]")).to_have_count(1)


@pytest.mark.parametrize("tree", ["", "fr/"])
def test_a_phone_has_the_contents_without_scripts(browser: Browser, site: tuple[str, Path], tree: str) -> None:
    context = browser.new_context(viewport={"width": 375, "height": 800}, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site[0]}{tree}report/")
    first = page.locator("article p", has_text="The tide comes in").first.bounding_box()
    link = page.locator(".md-nav--secondary a", has_text="44 Slide").first
    expect(link).to_be_hidden()
    page.keyboard.press("Tab")
    page.locator("#__contents").focus()
    page.keyboard.press("Space")
    expect(link).to_be_visible()
    link.click()
    box = page.locator("[id='44-slide-about-44']").bounding_box()
    width = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert first is not None
    assert box is not None
    assert first["y"] < 2 * 800  # on the second screen at the latest
    assert 0 <= box["y"] < 800
    assert width <= 375


def test_a_highlight_is_copied_as_a_quotation_with_its_source(browser: Browser, site: tuple[str, Path]) -> None:
    with visiting(browser, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(f"{site[0]}read/")
        figure = page.locator("figure.aikb-highlight").nth(1)
        figure.hover()
        figure.locator(".aikb-copy").click()
        expect(page.locator(".md-dialog")).to_contain_text("Copied")
        copied = page.evaluate("navigator.clipboard.readText()").split("\n")
        assert copied[0].startswith("> Highlight 1 says that the tide is late.")
        assert copied[1:] == ["> ", f"> — X, *Tides* <{site[0]}read/#{figure.get_attribute('id')}>"]


def test_on_paper_addresses_are_notes(page: Page, site: tuple[str, Path]) -> None:
    page.goto(f"{site[0]}folder/a/")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("article sup.aikb-printed").all_text_contents() == ["1", "1"]
    assert page.locator("article ol.aikb-printed li").all_text_contents() == ["https://example.org/paper"]
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".aikb-printed")).to_have_count(0)


def test_on_paper_contents_begin_under_the_title(page: Page, site: tuple[str, Path]) -> None:
    page.goto(f"{site[0]}report/")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    contents = page.locator("details:has(> .aikb-contents)")
    expect(contents.locator("li").first).to_be_visible()
    assert contents.evaluate("each => getComputedStyle(each).breakInside") == "auto", "else a page with the title alone"


SMALL = """() => [...document.querySelectorAll("a[href], button, summary")].filter(each => {
  const box = each.getBoundingClientRect()
  const words = [...each.parentElement.childNodes].some(node => node.nodeType === 3 && node.data.trim())
  if (!box.width || getComputedStyle(each).visibility === "hidden" || words) return false
  return box.height < 24 && !each.closest("li, nav, td, h1, h2, h3") || box.width < 24
}).map(each => each.outerHTML.slice(0, 120))"""
"""What is smaller than 24 pixels and stands neither in a sentence nor on a line of its own."""


def test_a_very_narrow_screen_holds_every_page(browser: Browser, site: tuple[str, Path]) -> None:
    with visiting(browser, viewport={"width": 320, "height": 700}) as page:
        for path in [path for path in PAGES if not path.endswith(".html")]:
            page.goto(site[0] + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
            assert page.evaluate(SMALL) == [], path


@pytest.mark.parametrize("width", [1300, 1900, 2560])
def test_header_page_and_footer_begin_at_one_line(browser: Browser, site: tuple[str, Path], width: int) -> None:
    edges = "[...document.querySelectorAll('.md-grid')].map(each => Math.round(each.getBoundingClientRect().left))"
    with visiting(browser, viewport={"width": width, "height": 900}) as page:
        for path in ("", "report/", "read/", "folder/a/"):
            page.goto(site[0] + path)
            for kind in ("aikb-beside", "aikb-faces"):
                page.evaluate(f"document.body.classList.toggle('{kind}')")
                assert len(set(page.evaluate(edges))) == 1, (path, kind)


def test_the_way_back_to_the_top_is_a_small_button_at_the_foot(page: Page, site: tuple[str, Path]) -> None:
    page.goto(f"{site[0]}report/")
    wheel(page, 3000)
    wheel(page, -200)
    button = page.locator(".md-top")
    expect(button).to_be_in_viewport()
    box = button.bounding_box()
    assert box is not None
    assert box["height"] < 60
    assert box["y"] > 800
    button.click()
    until(page, "scrollY === 0")


@pytest.mark.parametrize("width", [1360, 375])
def test_nothing_moves_while_a_page_loads(browser: Browser, site: tuple[str, Path], width: int) -> None:
    with visiting(browser, viewport={"width": width, "height": 900}) as page:
        for path in ("report/", "long/", "read/", "glossary/"):
            assert shifted(page, site[0] + path) < 0.003, path


@pytest.mark.parametrize(("scheme", "width"), [("light", 375), ("dark", 1360)])
def test_axe_finds_nothing(browser: Browser, site: tuple[str, Path], scheme: str, width: int) -> None:
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 900}, reduced_motion="reduce"
    )  # type: ignore[arg-type]  # a literal
    page = context.new_page()
    found = []
    for path in [*PAGES, "fr/report/", "fr/read/"]:
        page.goto(site[0] + path)
        page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        found += [f"{path}: {each['id']} {each['nodes'][0]['html']}" for each in Axe().run(page).response["violations"]]
    context.close()
    assert found == []


@pytest.mark.parametrize("path", ["", "fr/report/", "read/", "fr/glossary/ebb/", "404.html"])
def test_axe_finds_nothing_with_the_menu_or_the_box_open(browser: Browser, site: tuple[str, Path], path: str) -> None:
    scheme = "dark" if path.startswith("fr/") else "light"
    with visiting(
        browser, color_scheme=scheme, viewport={"width": 375, "height": 900}, reduced_motion="reduce"
    ) as page:
        page.goto(site[0] + path)
        page.locator(".md-header label[for=__drawer]").click()
        rested(page)
        found = [f"menu: {each['id']} {each['nodes'][0]['html']}" for each in Axe().run(page).response["violations"]]
        page.goto(site[0] + path)
        page.locator("label.md-header__button[for=__search]").click()
        assert ask(page, "tide")
        found += [f"box: {each['id']} {each['nodes'][0]['html']}" for each in Axe().run(page).response["violations"]]
    assert found == []
