"""A real Chromium on what is shown beside a link: the place that it leads to, by pointer, by key and by touch."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

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
