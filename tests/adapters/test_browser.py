"""A real Chromium on the project's own knowledge base: what a visitor sees, and what the browser says about it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, Page, expect

from chromium import served, until, visiting
from conftest import ROOT

SUBPATH = "/kb"
"""The site is served under a path, as on GitHub Pages."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The own knowledge base, built and served under a path."""
    top = tmp_path_factory.mktemp("browser")
    with served(top) as origin:
        build(load_config(str(ROOT / "mkdocs.yml"), site_dir=str(top / "kb"), site_url=f"{origin}{SUBPATH}/"))
        yield f"{origin}{SUBPATH}/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails its test for a console error, a failed request, or a request to another host."""
    with visiting(browser) as opened:
        yield opened


@pytest.mark.parametrize(
    "path",
    [
        "",
        "concepts/lora/",
        "reports/ai-index-2025/",
        "concepts/",
        "glossary/",
        "sources/",
        "readwise/scaling-laws-in-practice/",
    ],
)
@pytest.mark.parametrize(("tree", "lang"), [("", "en"), ("fr/", "fr")])
def test_pages_load_in_their_language_without_a_complaint(
    page: Page, address: str, path: str, tree: str, lang: str
) -> None:
    page.goto(address + tree + path)
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page.locator("h1")).not_to_have_count(0)
    placeholder = {"en": "Search", "fr": "Rechercher"}[lang]
    expect(page.locator("[name=query]")).to_have_attribute("placeholder", placeholder)


def test_the_switcher_changes_the_whole_interface_and_keeps_the_page(page: Page, address: str) -> None:
    page.goto(address + "concepts/attention/")
    page.locator(".aikb-switcher a").click()
    page.wait_for_url(address + "fr/concepts/attention/")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator("[name=query]")).to_have_attribute("placeholder", "Rechercher")
    page.locator(".aikb-switcher a").click()
    page.wait_for_url(address + "concepts/attention/")


# LNG-03 of the fault corpus
@pytest.mark.parametrize(
    ("tree", "query", "expected"),
    [("", "fixed", "readwise/"), ("fr/", "architecture", "concepts/transformer/"), ("", "efficient", "papers/")],
)
def test_search_finds_through_elisions_and_ligatures_in_the_readers_tree(
    page: Page, address: str, tree: str, query: str, expected: str
) -> None:
    page.goto(address + tree)
    field = page.locator("[name=query]")
    ready = re.compile("Type to search|Tapez pour")  # until then Material forgets what is typed
    expect(page.locator(".md-search-result__meta")).to_have_text(ready, timeout=30_000)
    field.press_sequentially(query)  # `fill` presses no key, and Material listens to keys
    results = page.locator(".md-search-result__link")
    expect(results).not_to_have_count(0, timeout=15_000)
    until(  # rows are drawn as soon as there are some, and again when all are known
        page,
        "([start, part]) => [...document.querySelectorAll('.md-search-result__link')]"
        ".some(link => link.href.startsWith(start) && link.href.includes(part))",
        [address + tree, expected],
    )
    links = results.evaluate_all("links => links.map(link => link.href)")
    assert all(link.startswith(address) for link in links)
    assert any(link.startswith(address + tree) and expected in link for link in links)


def test_instant_navigation_stays_in_the_tree(page: Page, address: str) -> None:
    page.goto(address + "fr/concepts/")
    page.locator("article a", has_text="LoRA").first.click()
    page.wait_for_url(address + "fr/concepts/lora/")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator("h1").first).to_contain_text("LoRA")


def test_formulas_are_drawn_without_a_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "concepts/attention/")
    box = page.locator("math").first.bounding_box()
    context.close()
    assert box is not None
    assert box["width"] > 10


@pytest.mark.parametrize(
    "path", ["", "concepts/lora/", "papers/inference/", "glossary/", "sources/", "readwise/scaling-laws-in-practice/"]
)
def test_nothing_is_wider_than_a_phone(browser: Browser, address: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(address + path)
    width = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert width <= 390


def test_evidence_opens_and_leads_to_the_highlight_and_back(page: Page, address: str) -> None:
    page.goto(address + "concepts/scaling-laws/#limits")
    evidence = page.locator("details.aikb-evidence").first
    expect(evidence.locator("li")).to_be_hidden()
    evidence.locator("summary").click()
    evidence.locator("a").first.click()
    page.wait_for_url(f"{address}readwise/**#h-*")
    used = page.locator("figure:target .aikb-used a")
    expect(used).to_have_count(1)
    used.click()
    page.wait_for_url(address + "concepts/scaling-laws/#limits")
