"""Two languages in a real Chromium: the switcher, the filter, the notice and the offer, with and without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from chromium import served, until, watch
from conftest import built, on_disk

MOON = """---
date: 2024-05-06
---
# The moon

The moon pulls at the water of the sea, and the water follows it around the earth.

## Why twice a day

There are two bulges, one on either side of the earth. In French: [la lune](moon.fr.md).

## Glossary of tides

### Ebb

The water goes out.

## The end

That is all there is to say about the moon and the sea.
"""
LUNE = """# La lune

La lune attire l’eau de la mer, et l’eau la suit autour de la terre. In English: [the moon](moon.md).

## Pourquoi deux fois par jour

Il y a deux bosses, une de chaque côté de la terre.

## Glossaire des marées

### Jusant

L’eau s’en va vers le large.
"""
FILES = {
    "mkdocs.yml": "site_name: Shore\ndocs_dir: notes\ntheme: material\nplugins:\n  - aikb: {languages: [en, fr]}\n",
    "notes/tides/moon.md": MOON + "\n" * 3 + "More about the sea. " * 400,
    "notes/tides/moon.fr.md": LUNE + "\n" * 3 + "Encore un mot sur la mer. " * 400,
    "notes/tides/seul.md": "# Une note seule\n\nCette note n’existe qu’en français, et personne ne l’a traduite.\n",
    "notes/tides/only.md": "# Only in English\n\nThis note is in English only, and nobody has translated it.\n",
    "notes/tides/slides.md": (
        "# Slides on the sea\n\n## The sea rises and falls twice a day\n\n"
        "Cette page explique que la mer monte et descend deux fois par jour, à cause de la lune.\n\n"
        "> The best thing one can do when it is raining is to let it rain.\n\n"
        "- Les marées sont plus fortes quand la lune est pleine\n- The spring tides come after the full moon\n"
    ),
    "notes/index.md": "# Home of the shore\n\nRead about [the moon](tides/moon.md) and the rest of it.\n",
    "notes/index.fr.md": "# Accueil du rivage\n\nLisez [la lune](tides/moon.fr.md), qui est la première note.\n",
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A bilingual knowledge base, built and served under a path."""
    top = tmp_path_factory.mktemp("languages")
    on_disk(top / "source", FILES)
    with served(top) as origin:
        built(top / "source", site_dir=str(top / "kb"), site_url=f"{origin}/kb/")
        yield f"{origin}/kb/"


Open = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """`visit(address, locale="fr-FR")` is a page in a browser that has never been there; it fails for what goes wrong."""
    contexts = []
    wrong: list[str] = []

    def make(url: str, **options: Any) -> Page:
        context = browser.new_context(**{"locale": "en-GB", **options})
        contexts.append(context)
        page = context.new_page()
        watch(page, wrong)
        page.goto(url)
        return page

    yield make
    for context in contexts:
        context.close()
    assert wrong == []


def switch(page: Page) -> None:
    page.locator(".aikb-switcher__link").click()
    page.wait_for_load_state()


# I18-03 of the fault corpus
def test_the_switcher_keeps_the_section(visit: Open, address: str) -> None:
    page = visit(f"{address}tides/moon/#glossary-of-tides")
    switch(page)
    page.wait_for_url(f"{address}fr/tides/moon/#glossaire-des-marées".replace("é", "%C3%A9"))
    assert page.locator("#glossaire-des-marées").evaluate("it => Math.abs(it.getBoundingClientRect().top) < 200")
    switch(page)
    page.wait_for_url(f"{address}tides/moon/#glossary-of-tides")


def test_a_section_without_a_twin_leads_to_the_one_above_it(visit: Open, address: str) -> None:
    page = visit(f"{address}tides/moon/#the-end")
    switch(page)
    page.wait_for_url("**/fr/tides/moon/#*")
    assert page.evaluate("document.getElementById(decodeURIComponent(location.hash.slice(1))) !== null")


def test_the_switcher_follows_instant_navigation(visit: Open, address: str) -> None:
    page = visit(address)
    page.locator("article").get_by_role("link", name="the moon", exact=True).click()
    page.wait_for_url(f"{address}tides/moon/")
    expect(page.locator("h1")).to_contain_text("The moon")
    expect(page.locator(".aikb-switcher__link")).to_have_attribute("href", f"{address}fr/tides/moon/")


def test_a_text_that_is_the_same_in_both_trees_keeps_the_fragment(visit: Open, address: str) -> None:
    page = visit(f"{address}tides/slides/#the-sea-rises-and-falls-twice-a-day")
    switch(page)
    page.wait_for_url(f"{address}fr/tides/slides/#the-sea-rises-and-falls-twice-a-day")
    expect(page.locator(".aikb-notice")).to_have_text("Ce texte est en anglais, avec des passages en français.")


def test_the_switcher_is_a_plain_link_without_scripts(visit: Open, address: str) -> None:
    page = visit(f"{address}tides/moon/", java_script_enabled=False)
    switch(page)
    assert page.url == f"{address}fr/tides/moon/"
    assert page.locator(".aikb-offer").count() == 0


def test_a_text_links_to_its_own_twin(visit: Open, address: str) -> None:
    page = visit(f"{address}tides/moon/")
    page.locator("article a", has_text="la lune").click()
    page.wait_for_url(f"{address}fr/tides/moon/")
    page.locator("article").get_by_role("link", name="the moon", exact=True).click()
    page.wait_for_url(f"{address}tides/moon/")


def test_the_browsers_language_is_offered_once(visit: Open, address: str) -> None:
    page = visit(address, locale="fr-FR")
    offer = page.locator(".aikb-offer")
    expect(offer).to_be_visible()
    expect(offer).to_contain_text("Ce site existe aussi en français.")
    assert page.url == address
    page.reload()
    expect(page.locator(".aikb-offer")).to_be_hidden()


def test_the_offer_leads_home_and_can_be_closed(visit: Open, address: str) -> None:
    page = visit(address, locale="fr-CA")
    page.locator(".aikb-offer button").press("Enter")
    expect(page.locator(".aikb-offer")).to_be_hidden()
    other = visit(address, locale="fr-CA")
    other.locator(".aikb-offer a").click()
    other.wait_for_url(f"{address}fr/")


@pytest.mark.parametrize(("path", "locale"), [("", "en-GB"), ("", "de-DE"), ("fr/", "en-GB"), ("tides/", "fr-FR")])
def test_nobody_else_is_offered_anything(visit: Open, address: str, path: str, locale: str) -> None:
    page = visit(address + path, locale=locale)
    expect(page.locator("h1").first).to_be_visible()
    until(page, "document.querySelector('.aikb-switcher__link').onclick !== null")
    assert page.locator(".aikb-offer:visible").count() == 0


def shown(page: Page) -> list[str]:
    return [text.strip() for text in page.locator(".aikb-list li:visible a").all_inner_texts()]


ALL = ["Only in English", "Slides on the sea", "The moon", "Une note seule"]


def test_lists_are_filtered_by_keyboard_and_remember_it(visit: Open, address: str) -> None:
    page = visit(f"{address}tides/")
    assert shown(page) == ALL
    page.get_by_role("radio", name="All").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="English")).to_be_checked()
    assert shown(page) == ALL[:3]
    page.keyboard.press("ArrowRight")
    assert shown(page) == ALL[3:]
    page.reload()
    expect(page.get_by_role("radio", name="Français")).to_be_checked()
    assert shown(page) == ALL[3:]
    page.goto(f"{address}fr/tides/")
    assert shown(page) == ["La lune", "Une note seule"]
    page.get_by_role("radio", name="Toutes").check(force=True)
    assert len(shown(page)) == 4


def test_lists_are_whole_without_scripts(visit: Open, address: str) -> None:
    page = visit(f"{address}tides/", java_script_enabled=False)
    assert shown(page) == ALL
    assert not page.locator(".aikb-filter").is_visible()
    assert page.locator(".aikb-badge").all_inner_texts() == ["FR"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["", "tides/", "fr/tides/", "tides/slides/", "fr/tides/slides/", "tides/seul/"])
def test_axe_has_nothing_to_say(visit: Open, address: str, path: str, scheme: str) -> None:
    page = visit(address + path, color_scheme=scheme, locale="fr-FR")
    until(page, "document.querySelector('.aikb-switcher__link').onclick !== null")
    rules = [
        "html-has-lang",
        "html-lang-valid",
        "valid-lang",
        "html-xml-lang-mismatch",
        "label",
        "fieldset",
        "radiogroup",
    ]
    found = Axe().run(page, context=None, options={"resultTypes": ["violations"]}).response["violations"]
    ours = [
        (each["id"], node["target"])
        for each in found
        for node in each["nodes"]
        if each["id"] in rules or "aikb" in str(node["target"])
    ]
    assert ours == []


@pytest.mark.parametrize("path", ["", "tides/", "tides/slides/", "fr/tides/slides/"])
def test_nothing_is_wider_than_a_phone(visit: Open, address: str, path: str) -> None:
    page = visit(address + path, viewport={"width": 390, "height": 844}, locale="fr-FR")
    until(page, "document.querySelector('.aikb-switcher__link').onclick !== null")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    box = page.locator(".aikb-offer").bounding_box() if page.locator(".aikb-offer:visible").count() else None
    assert box is None or (box["x"] >= 0 and box["x"] + box["width"] <= 390)


def test_quotation_marks_and_hyphens_follow_the_language_of_a_passage(visit: Open, address: str) -> None:
    page = visit(f"{address}tides/slides/")
    quotes = page.locator("article [lang=fr] p").first.evaluate("it => getComputedStyle(it).quotes")
    assert quotes.startswith('"«')
    assert page.locator("article blockquote").evaluate("it => it.closest('[lang]').lang") == "en"
