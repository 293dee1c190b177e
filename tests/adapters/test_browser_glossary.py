"""A real Chromium on links to terms: hover, keyboard, tap, Escape, no scripts; and what axe-core says of the pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, Page, expect

from chromium import served, visiting
from conftest import on_disk

NOTES = {
    "mkdocs.yml": "site_name: Notes\ndocs_dir: notes\ntheme: material\nplugins:\n  - aikb: {languages: [en, fr]}\n",
    "notes/a.md": (
        "# A note\n\nThe ebb follows.\n\n## Part\n\nIn this part the [sea goes out](../glossary/t.en.md#ebb), for "
        "hours, and then a bore comes in, `<img onerror>` and all.\n\n- See [b](b.md).\n"
    ),
    "notes/b.md": "# Another note\n\nThe ebb again.\n",
    "notes/c.md": "# Surlignages\n\n## Metadata\n- Author: X\n\n## Highlights\n- Le jusant, encore.\n- The bore is here.\n",
    "glossary/t.en.md": (
        "# Glossary\n\n## Ebb\n\nThe sea going out. Six hours.\n\nAliases: jusant (fr)\n\n### Why\n\nThe moon.\n\n"
        '## Bore\n\nA wave "><img src=x onerror=alert(1)> that runs upstream. See [ebb](#ebb).\n\n## Estuary\n\nWide.\n'
    ),
    "glossary/t.fr.md": "# Glossaire\n\n## Ebb\n\nLe jusant : la mer qui se retire. Fin.\n\n## Étale\n\nRien ne bouge.\n",
}
TIP = "#__aikb_tooltip"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Notes with a glossary, built and served under a path."""
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


@pytest.mark.parametrize(
    ("tree", "text"), [("", "The sea going out."), ("fr/", "Le jusant : la mer qui se retire.")], ids=["en", "fr"]
)
def test_hovering_tells_what_a_term_means_in_the_trees_language(page: Page, address: str, tree: str, text: str) -> None:
    page.goto(f"{address}{tree}a/")
    link = page.locator("a.aikb-term").first
    link.hover()
    tip = page.locator(TIP)
    expect(tip).to_have_attribute("role", "tooltip")
    expect(tip).to_have_text(f"Ebb{text}")
    expect(link).to_have_attribute("aria-describedby", "__aikb_tooltip")
    tip.hover()  # the pointer may enter it, and it stays
    page.wait_for_timeout(400)
    expect(tip).to_be_visible()
    page.locator("h1").first.hover()
    expect(tip).to_have_count(0)


def test_an_authors_link_to_a_term_has_one_too(page: Page, address: str) -> None:
    page.goto(f"{address}a/")
    page.get_by_text("sea goes out").hover()
    expect(page.locator(TIP)).to_contain_text("The sea going out.")


def test_a_keyboard_opens_it_and_escape_closes_it(page: Page, address: str) -> None:
    page.goto(f"{address}a/")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('a[data-term]')"):
            break
    expect(page.locator(TIP)).to_contain_text("The sea going out.")
    page.keyboard.press("Escape")
    expect(page.locator(TIP)).to_have_count(0)
    assert page.evaluate("document.activeElement.matches('a[data-term]')")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}glossary/ebb/")


def test_escape_closes_what_a_pointer_opened(page: Page, address: str) -> None:
    page.goto(f"{address}a/")
    page.locator("a.aikb-term").first.hover()
    expect(page.locator(TIP)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(TIP)).to_have_count(0)


def test_the_first_tap_tells_and_the_second_goes_there(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(f"{address}a/")
    link = page.locator("a.aikb-term").first
    link.tap()
    tip = page.locator(TIP)
    expect(tip).to_contain_text("The sea going out.")
    box = tip.bounding_box()
    width = page.evaluate("document.documentElement.scrollWidth")
    page.locator("h1").first.tap()
    expect(tip).to_have_count(0)
    link.tap()
    link.tap()
    page.wait_for_url(f"{address}glossary/ebb/")
    context.close()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width == 390


def test_it_works_after_instant_navigation(page: Page, address: str) -> None:
    page.goto(f"{address}a/")
    page.locator("article").get_by_role("link", name="b", exact=True).click()
    page.wait_for_url(f"{address}b/")
    page.locator("a.aikb-term").first.hover()
    expect(page.locator(TIP)).to_contain_text("The sea going out.")


def test_markup_in_a_definition_is_text(page: Page, address: str) -> None:
    page.goto(f"{address}a/")
    page.locator("a.aikb-term", has_text="bore").hover()
    expect(page.locator(TIP)).to_contain_text("that runs upstream.")
    expect(page.locator(f"{TIP} img")).to_have_count(0)


def test_without_scripts_the_link_leads_to_the_term(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}fr/a/")
    page.locator("a.aikb-term").first.click()
    page.wait_for_url(f"{address}fr/glossary/ebb/")
    expect(page.locator("h1")).to_contain_text("Ebb")
    context.close()


def test_the_list_is_filtered_without_regard_to_accents(page: Page, address: str) -> None:
    page.goto(f"{address}fr/glossary/")
    names = page.locator(".md-content h2:visible")
    expect(names).to_have_count(4)
    box = page.get_by_role("searchbox", name="Filtrer les termes")
    box.fill("etal")
    expect(names).to_have_count(1)
    box.fill("jusant")  # another name of it
    expect(names).to_have_count(1)
    box.fill("zzz")
    expect(names).to_have_count(0)
    expect(page.get_by_text("Aucun terme de ce nom.")).to_be_visible()
    box.fill("")
    expect(names).to_have_count(4)


def test_a_fragment_is_marked_on_arrival(page: Page, address: str) -> None:
    page.goto(f"{address}glossary/#ebb")
    assert page.locator("h2#ebb").evaluate("element => getComputedStyle(element).animationName") == "aikb-arrival"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["glossary/", "fr/glossary/", "glossary/ebb/", "fr/glossary/ebb/", "a/"])
def test_axe_finds_nothing_serious(browser: Browser, address: str, path: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address + path)
    if path == "a/":
        page.locator("a.aikb-term").first.hover()
        expect(page.locator(TIP)).to_be_visible()
    found = (
        Axe()
        .run(page, context=".md-content" if path != "a/" else ".md-content, #__aikb_tooltip")
        .response["violations"]
    )
    context.close()
    serious = [each for each in found if each["impact"] in ("serious", "critical")]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in serious] == []


@pytest.mark.parametrize("path", ["glossary/ebb/", "fr/glossary/"])
def test_nothing_is_wider_than_a_phone(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(address + path)
    width = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert width <= 390


def test_the_data_is_published(address: str, page: Page) -> None:
    answer = page.request.get(f"{address}glossary/glossary.json").json()
    (ebb,) = [each for each in answer["terms"] if each["id"] == "ebb"]
    assert (ebb["labels"], ebb["pages"]["fr"]) == ({"en": "Ebb", "fr": "Ebb"}, "fr/glossary/ebb.md")
    assert {use["path"] for use in ebb["uses"]} >= {"notes/a.md", "notes/b.md", "notes/c.md"}
