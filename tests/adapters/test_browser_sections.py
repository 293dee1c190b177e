"""A real Chromium on what stands at a section: what leads to it, and the highlights that it rests on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from chromium import served, visiting
from conftest import built, on_disk

RUN = "the patient who wait at the edge of the tide pools of the far north inherit what is left there"
NOTES = {
    "mkdocs.yml": "site_name: N\ndocs_dir: notes\ntheme:\n  name: material\nplugins: [aikb]\n",
    "notes/a.md": f"# A\n\n## Part\n\nOf this they say that **{RUN}**.\n\n## Next\n\nText of the next part.\n",
    "notes/b.md": "# B\n\n## Method\n\nFirst read [what they say](a.md#part) of it. Then see [A](a.md).\n",
    "notes/book.md": (
        "# Tides\n\n## Metadata\n- Author: [[X]]\n- Full Title: Tides\n- Category: #books\n\n## Highlights\n"
        f"- {'Long before it. ' * 30}{RUN}, and after. ([Location 1](https://readwise.io/to_kindle?location=1))\n"
    ),
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The note with the sections, served."""
    with served(built(on_disk(tmp_path_factory.mktemp("sections"), NOTES))) as origin:
        yield f"{origin}/a/"


@pytest.fixture(params=[1700, 375])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    """The note, wide and on a phone; a complaint of the browser's fails the test."""
    with visiting(browser, viewport={"width": request.param, "height": 900}) as opened:
        opened.goto(address)
        yield opened


def test_a_section_counts_what_leads_to_it(page: Page) -> None:
    count = page.get_by_role("button", name="Links to this section (1)")
    expect(count).to_have_count(1)
    expect(page.locator("#next .aikb-linked")).to_have_count(0)
    count.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#part + .aikb-linked-box")).to_contain_text("First read what they say of it.")
    page.keyboard.press("Enter")
    expect(page.locator(".aikb-linked-box")).to_have_count(0)


def test_highlights_stand_beside_their_section_where_there_is_room(page: Page) -> None:
    evidence, heading = page.locator("details.aikb-evidence"), page.locator("#part")
    wide = page.viewport_size is not None and page.viewport_size["width"] > 1600
    if not wide:
        expect(evidence).not_to_have_attribute("open", "")
        assert evidence.evaluate("each => each.nextElementSibling.id") == "next"
        return
    box, place = evidence.bounding_box(), heading.bounding_box()
    assert box is not None
    assert place is not None
    assert abs(box["y"] - place["y"]) < 40
    assert box["x"] > place["x"] + 400
    edges = "all => all.map(each => Math.round(each.getBoundingClientRect().left))"
    assert len(set(page.locator(".md-grid").evaluate_all(edges))) == 1, "header, page and footer begin at one line"
    expect(evidence.locator("mark")).to_be_in_viewport()
    evidence.locator("mark").hover()
    assert page.evaluate("[...CSS.highlights.get('aikb-quoted')][0].toString()") == RUN
    page.set_viewport_size({"width": 900, "height": 900})
    assert evidence.evaluate("each => each.nextElementSibling.id") == "next"


def test_on_paper_evidence_is_there_on_request(page: Page) -> None:
    evidence = page.locator("details.aikb-evidence")
    wide = page.viewport_size is not None and page.viewport_size["width"] > 1600
    for asked in (False, True):
        if asked and not wide:
            evidence.locator("summary").click()
            evidence.locator("summary").click()  # asked for once, it is on paper wherever it is folded
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        expect(evidence).to_be_visible(visible=asked or wide)
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        page.emulate_media(media="screen")


def test_nothing_of_it_is_a_hindrance(page: Page) -> None:
    page.locator(".aikb-linked").click()
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa"]}).response["violations"]
    assert [each["id"] for each in found if "aikb-linked" in str(each) or "aikb-evidence" in str(each)] == []


@pytest.mark.parametrize("width", [1600, 1920, 2560])
def test_margin_and_contents_stand_beside_each_other(browser: Browser, address: str, width: int) -> None:
    with visiting(browser, viewport={"width": width, "height": 900}) as page:
        page.goto(address)
        boxes = [
            page.locator(each).bounding_box()
            for each in ("#part", "details.aikb-evidence q", ".md-nav--secondary .md-nav__list")
        ]
        text, evidence, contents = (each for each in boxes if each is not None)
        assert text["x"] + text["width"] <= evidence["x"]
        assert evidence["x"] + evidence["width"] <= contents["x"]
