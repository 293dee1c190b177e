"""A real Chromium on two languages facing: what stands beside what, on a wide screen and on a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from chromium import served, visiting
from conftest import built, on_disk

NOTES = {
    "mkdocs.yml": "site_name: N\ndocs_dir: notes\ntheme:\n  name: material\nplugins:\n  - aikb:\n      languages: [en, fr]\n",
    "notes/a.en.md": (
        "# Tides\n\nThe sea comes and goes twice a day.\n\n## Why\n\nThe moon draws the water.\n\nAnd the sun.\n\n"
        "## Where\n\nOn [every shore](b.en.md).\n"
    ),
    "notes/a.fr.md": (
        "# Marées\n\nLa mer vient et s'en va deux fois par jour.\n\n## Pourquoi\n\nLa lune attire l'eau.\n\nEt le soleil.\n\n"
        "- Encore\n\n## Où\n\nSur [tous les rivages](b.fr.md).\n"
    ),
    "notes/b.en.md": "# Shores\n\nThe text about the shores of the sea, in English alone of them.\n",
    "notes/b.fr.md": "# Rivages\n\nLe texte sur les rivages de la mer, en français pour sa part.\n",
    "notes/c.en.md": "# Alone\n\nThis text has no translation into any other language.\n",
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site, served under a path."""
    top = tmp_path_factory.mktemp("facing")
    built(on_disk(top, NOTES))
    with served(top) as origin:
        yield f"{origin}/site/"


@pytest.fixture(params=[1400, 375])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page, wide and on a phone; a complaint of the browser's fails the test."""
    with visiting(browser, viewport={"width": request.param, "height": 900}) as opened:
        yield opened


def rows(page: Page) -> list[str]:
    """What stands on the left and on the right of each row, their blocks on one line."""
    return page.evaluate(
        """() => [...document.querySelectorAll("div.aikb-facing")].map(row => [row.firstElementChild, row.lastElementChild]
          .map(side => [...side.children].map(each => each.firstChild?.textContent.trim() || each.textContent.trim()).join(" "))
          .join(" | "))"""
    )


def test_a_page_faces_its_translation(page: Page, address: str) -> None:
    page.goto(f"{address}a/")
    before = page.locator(".md-content__inner").inner_html()
    button = page.get_by_role("button", name="Both languages side by side")
    button.click()
    expect(page.locator("div.aikb-facing")).not_to_have_count(0)
    assert rows(page) == [
        "Tides | Marées",
        "The sea comes and goes twice a day. | La mer vient et s'en va deux fois par jour.",
        "Why | Pourquoi",
        "The moon draws the water. | La lune attire l'eau.",
        "And the sun. | Et le soleil. Encore",
        "Where | Où",
        "On | Sur",
    ]
    twin = page.locator(".aikb-facing__twin a", has_text="rivages")
    assert twin.get_attribute("href") == f"{address}fr/b/"
    assert page.locator(".aikb-facing__twin").first.get_attribute("lang") == "fr"
    assert page.evaluate("new Set([...document.querySelectorAll('[id]')].map(each => each.id)).size") == page.evaluate(
        "document.querySelectorAll('[id]').length"
    )
    button.click()
    expect(page.locator("div.aikb-facing")).to_have_count(0)
    assert page.locator(".md-content__inner").inner_html() == before


def test_on_a_phone_a_tap_shows_the_twin_of_a_passage(page: Page, address: str) -> None:
    page.goto(f"{address}fr/a/")
    page.get_by_role("button", name="Les deux langues face à face").click()
    twin = page.locator(".aikb-facing__twin", has_text="The moon draws the water.")
    narrow = page.viewport_size is not None and page.viewport_size["width"] < 900
    if narrow:
        expect(twin).to_be_hidden()
        page.get_by_text("La lune attire l'eau.").click()
    expect(twin).to_be_visible()


def test_on_paper_both_stand_side_by_side_where_they_face(page: Page, address: str) -> None:
    page.goto(f"{address}a/")
    page.get_by_role("button", name="Both languages side by side").click()
    twin = page.locator(".aikb-facing__twin", has_text="La lune attire")
    expect(twin).to_have_count(1)
    page.emulate_media(media="print")
    expect(twin).to_be_visible()
    own, other = page.get_by_text("The moon draws the water.").bounding_box(), twin.bounding_box()
    assert own is not None
    assert other is not None
    assert abs(own["y"] - other["y"]) < 20
    assert other["x"] > own["x"] + 100


def test_the_choice_is_remembered_and_asks_nothing_where_there_is_no_translation(page: Page, address: str) -> None:
    page.goto(f"{address}a/")
    page.get_by_role("button", name="Both languages side by side").click()
    page.goto(f"{address}b/")
    expect(page.locator(".aikb-facing__twin").first).to_contain_text("Rivages")
    page.goto(f"{address}c/")
    expect(page.get_by_role("button", name="Both languages side by side")).to_have_count(0)
