"""A real Chromium on what is shown beside a link: the place that it leads to, by pointer, by key and by touch."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from chromium import served, visiting
from conftest import built, on_disk

NOTES = {
    "mkdocs.yml": (
        "site_name: N\ndocs_dir: notes\ntheme:\n  name: material\nplugins:\n  - aikb:\n      languages: [en, fr]\n"
    ),
    "notes/a.md": (
        "# A\n\nSee [the first](b.md#one), [the second](b.md#two--é), [the page](b.md), [here](#below), "
        "[its title](b.md#b), [its block](b.md#^b), [this block](#^a), "
        "[a file](c.txt) and a note[^n].\n\n"
        "## Below\n\nWhat is *below* on this page.\n\n## Last\n\nA block. ^a\n\n[^n]: Said at the foot.\n"
    ),
    "notes/b.md": "# B\n\n## One\n\nThe first <b>text</b> of all.\n\n## Two & é\n\nThe second text, `<img onerror=x>`. ^b\n",
    "notes/c.txt": "text",
    "notes/nest.md": (
        "---\ntags: [sea]\n---\n# Nest\n\nGo to [the eggs](#eggs), [the *birds*](birds.md#on-the-wing), or "
        "[the list](birds.md#many).\n\n"
        "## Eggs\n\nThey are laid by [the birds](birds.md) 🐦 and by [the fish](birds.md#fish).\n"
    ),
    "notes/birds.md": (
        "# Birds\n\nAll birds have [a nest](nest.md).\n\n## On the wing\n\nThey fly, and see [nothing](c.txt).\n\n"
        "## Many\n\n### Gulls\n\nThey cry.\n\n### Terns\n\nThey dive.\n\n## Fish\n\nThey swim.\n"
    ),
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site, served under a path."""
    top = tmp_path_factory.mktemp("previews")
    built(on_disk(top, NOTES))
    with served(top) as origin:
        yield f"{origin}/site/"


@pytest.fixture(params=["a/", "fr/a/"])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """The note that links, in both trees; a complaint of the browser's fails the test."""
    with visiting(browser, has_touch=True) as opened:
        opened.goto(address + request.param)
        yield opened


def test_each_link_shows_its_own_place(page: Page) -> None:
    box = page.locator("#__aikb_tooltip")
    for _ in range(2):  # the second time too
        for name, shown in {
            "the first": "OneBThe first text of all.",
            "the second": "Two & éBThe second text, <img onerror=x>.",
            "the page": "BThe first text of all.",
            "its title": "BThe first text of all.",
            "its block": "BThe first text of all.",
            "this block": "A block.",
            "here": "BelowAWhat is below on this page.",
            "1": "Said at the foot.",
        }.items():
            page.get_by_role("link", name=name, exact=True).first.hover()
            expect(box).to_have_text(shown)
            assert box.locator("img").count() == 0
            page.mouse.move(0, 0)
            expect(box).to_have_count(0)


def test_keys_show_and_hide_it_and_a_click_pins_it(page: Page) -> None:
    box, link = page.locator("#__aikb_tooltip"), page.get_by_role("link", name="the first")
    page.get_by_role("link", name="the first").evaluate("link => link.previousElementSibling?.blur()")
    link.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(box).to_contain_text("The first text")
    page.keyboard.press("Escape")
    expect(box).to_have_count(0)
    expect(link).to_be_focused()
    page.keyboard.press("Tab")
    expect(box).to_contain_text("The second text")
    page.get_by_role("link", name="the page").hover()
    expect(box).to_contain_text("The first text")
    box.click()
    page.mouse.move(0, 0)
    page.wait_for_timeout(400)
    expect(box).to_have_count(1)
    page.locator("h1").click()
    expect(box).to_have_count(0)


def test_a_long_press_shows_and_a_tap_goes_there(page: Page) -> None:
    link = page.get_by_role("link", name="the first")
    at = link.bounding_box()
    assert at is not None
    session = page.context.new_cdp_session(page)
    touch = {"type": "touchStart", "touchPoints": [{"x": at["x"] + 5, "y": at["y"] + 5}]}
    session.send("Input.dispatchTouchEvent", touch)
    page.wait_for_timeout(700)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.locator("#__aikb_tooltip")).to_contain_text("The first text")
    assert page.url.endswith("/a/")
    link.tap()
    page.wait_for_url("**/b/#one")


def test_a_file_has_no_preview(page: Page) -> None:
    page.get_by_role("link", name="a file").hover()
    page.wait_for_timeout(600)
    expect(page.locator("#__aikb_tooltip")).to_have_count(0)


def press(page: Page, link: Locator) -> None:
    """Press a link with a finger, and hold it till something is shown."""
    at = link.bounding_box()
    assert at is not None
    session = page.context.new_cdp_session(page)
    touch = {"type": "touchStart", "touchPoints": [{"x": at["x"] + 5, "y": at["y"] + 5}]}
    shown = page.locator(".aikb-tooltip").count()
    session.send("Input.dispatchTouchEvent", touch)
    expect(page.locator(".aikb-tooltip")).to_have_count(shown + 1)
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.fixture
def nest(page: Page) -> Page:
    """The note whose previews lead on."""
    page.goto(page.url.replace("/a/", "/nest/"))
    return page


def test_a_link_in_a_preview_has_one_of_its_own(nest: Page) -> None:
    first, second = nest.locator("#__aikb_tooltip"), nest.locator("#__aikb_tooltip1")
    nest.get_by_role("link", name="the eggs").first.hover()
    expect(first).to_contain_text("They are laid by the birds 🐦 and by the fish.")
    for name, shown in {"the fish": "They swim.", "the birds": "All birds have a nest."}.items():
        first.get_by_role("link", name=name).hover()
        expect(second).to_contain_text(shown)
    second.get_by_role("link", name="a nest").hover()
    expect(nest.locator(".aikb-tooltip")).to_have_count(2)  # and no third
    first.locator("strong").hover()
    expect(second).to_have_count(0)
    expect(first).to_be_visible()
    first.get_by_role("link", name="the fish").click()
    nest.wait_for_url("**/birds/#fish")
    expect(nest.locator(".aikb-tooltip")).to_have_count(0)
    assert ("/fr/" in nest.url) == (nest.locator("html").get_attribute("lang") == "fr")


def test_a_section_of_sections_and_a_tag_list_what_is_in_them(nest: Page) -> None:
    first, second = nest.locator("#__aikb_tooltip"), nest.locator("#__aikb_tooltip1")
    nest.get_by_role("link", name="the list").hover()
    expect(first.locator("p")).to_have_text("Gulls · Terns")
    first.get_by_role("link", name="Terns").hover()
    expect(second).to_contain_text("They dive.")
    nest.mouse.move(0, 0)
    expect(first).to_have_count(0)
    nest.locator("article .aikb-meta a", has_text="sea").hover()
    expect(first.locator("p")).to_have_text("Nest")


def test_a_pinned_preview_stays_until_it_is_left(nest: Page) -> None:
    first, second = nest.locator("#__aikb_tooltip"), nest.locator("#__aikb_tooltip1")
    nest.get_by_role("link", name="the eggs").first.hover()
    first.locator("strong").click()
    nest.get_by_role("link", name="the birds").last.hover()  # on the page: another one waits
    expect(first).to_have_class("aikb-tooltip md-typeset aikb-tooltip--pinned")
    expect(first).to_contain_text("They are laid")
    first.get_by_role("link", name="the fish").hover()
    expect(second).to_contain_text("They swim.")
    found = [f"{each['id']} {each['nodes'][0]}" for each in Axe().run(nest).response["violations"]]
    assert found == []
    nest.keyboard.press("Escape")
    expect(second).to_have_count(0)
    expect(first).to_be_visible()
    nest.keyboard.press("Escape")
    expect(first).to_have_count(0)


def test_keys_lead_into_a_preview_and_out_of_it(nest: Page) -> None:
    first, second = nest.locator("#__aikb_tooltip"), nest.locator("#__aikb_tooltip1")
    link = nest.locator("article p a", has_text="the eggs")
    link.evaluate("link => link.focus({ focusVisible: true })")
    expect(first).to_contain_text("They are laid")
    nest.keyboard.press("Alt+ArrowDown")
    expect(first.get_by_role("link", name="the birds")).to_be_focused()
    expect(second).to_contain_text("All birds")
    nest.keyboard.press("Tab")
    expect(first.get_by_role("link", name="the fish")).to_be_focused()
    expect(second).to_contain_text("They swim.")
    nest.keyboard.press("Escape")
    expect(second).to_have_count(0)
    expect(first.get_by_role("link", name="the fish")).to_be_focused()
    nest.keyboard.press("Escape")
    expect(first).to_have_count(0)
    expect(link).to_be_focused()
    nest.keyboard.press("Tab")
    expect(first).to_contain_text("They fly, and see nothing.")
    nest.keyboard.press("Shift+Tab")
    expect(first).to_contain_text("They are laid")
    nest.keyboard.press("Alt+ArrowDown")
    nest.keyboard.press("Tab")
    nest.keyboard.press("Tab")  # out of it, to the link that follows
    expect(nest.locator("article p a", has_text="the birds").first).to_be_focused()


def test_a_long_press_shows_a_link_in_a_preview(nest: Page) -> None:
    first, second = nest.locator("#__aikb_tooltip"), nest.locator("#__aikb_tooltip1")
    press(nest, nest.locator("article p a", has_text="the eggs"))
    press(nest, first.get_by_role("link", name="the fish"))
    expect(second).to_contain_text("They swim.")
    assert nest.url.endswith("/nest/")
    first.get_by_role("link", name="the birds").tap()
    nest.wait_for_url("**/birds/")


def test_without_scripts_links_are_plain(browser: Browser, address: str) -> None:
    with visiting(browser, java_script_enabled=False) as page:
        page.goto(f"{address}nest/")
        page.locator("article p a", has_text="the eggs").hover()
        page.locator("article p a", has_text="the eggs").click()
        page.wait_for_url("**/nest/#eggs")
        expect(page.locator(".aikb-tooltip")).to_have_count(0)
