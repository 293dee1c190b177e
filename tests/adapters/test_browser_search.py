"""Search at its edges, typed into the box in Chromium: signs, letters of other scripts, hostile text, keys, a phone, speech."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from chromium import answered, ask, served, visiting
from conftest import built, on_disk

HOSTILE = "<img src=x onerror=alert(1)>"
NOTES = {
    "mkdocs.yml": "site_name: S\ndocs_dir: notes\ntheme: material\nplugins:\n  - aikb: {languages: [en, fr]}\n",
    "notes/names.md": (
        "# Names\n\n## Signs\n\nC++ and .NET, F#, a run of 10^6 steps.\n\n## Models\n\nThe o1-preview and GPT-4o.\n\n"
        "## Calls\n\nIt calls `parseHttpHeader` and check_tool_call.\n\n## Other\n\nThe 10 models, 6 previews, C and net.\n"
    ),
    "notes/rtl.md": "# שָׁלוֹם עולם\n\nמרחבא بالعالم, a greeting.\n",
    "notes/hostile.md": f"---\ntitle: 'A {HOSTILE} title'\ntags: ['{HOSTILE}']\n---\n\nThe `{HOSTILE}` canary.\n",
    "notes/many.md": "# Many\n\n" + "".join(f"## Part {at}\n\nA word of part {at}.\n\n" for at in range(30)),
    "notes/mots.fr.md": "# Mots\n\nUn mot d’une note en français, et le mensonge.\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(built(on_disk(tmp_path_factory.mktemp("edges"), NOTES))) as origin:
        yield f"{origin}/"


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    with visiting(browser, viewport={"width": 1200, "height": 800}) as opened:
        opened.goto(site)
        opened.keyboard.press("/")
        yield opened


def first(page: Page, site: str, query: str) -> str:
    """Where the best row for a query leads."""
    return (ask(page, query) or ["nowhere"])[0].removeprefix(site)


BEST = [
    ("C++", "names/#signs"),
    ("c++", "names/#signs"),
    (".NET", "names/#signs"),
    ("F#", "names/#signs"),
    ("10^6", "names/#signs"),
    ("o1-preview", "names/#models"),
    ("o1preview", "names/#models"),
    ("GPT-4o", "names/#models"),
    ("gpt 4o", "names/#models"),
    ("http header", "names/#calls"),
    ("parseHttp", "names/#calls"),
    ("tool_call", "names/#calls"),
    ("שלום", "rtl/"),
    ("بالعالم", "rtl/"),
    ("lying", "mots/"),
    (HOSTILE, "hostile/"),
    ("F", "names/#signs"),
    ("word " * 300 + "parseHttpHeader", "names/#calls"),
    (" ".join(f"w{at}" for at in range(300)) + " canary", "nowhere"),
]
SIGNS = ["???", "«»", '"', "🤖", "()[]{}", "lang:", "tag:"]


def test_names_with_signs_and_other_scripts_are_found(page: Page, site: str) -> None:
    field = page.locator("[name=query]")
    for query, best in BEST:
        field.fill("")
        field.fill(query)
        answered(page)
        links = page.locator(".md-search-result__link").evaluate_all("all => all.map(link => link.href)")
        assert ((links or ["nowhere"])[0].removeprefix(site), query) == (best, query)
        expect(page.locator(".md-search-result__meta")).not_to_have_text("")


def test_a_query_of_signs_says_that_it_found_nothing(page: Page) -> None:
    for query in SIGNS:
        assert ask(page, query) == []
        expect(page.locator(".md-search-result__meta")).not_to_have_text("")


def test_rows_are_written_from_the_side_that_their_script_is(page: Page, site: str) -> None:
    ask(page, "שלום")
    title = page.locator(".aikb-row__title").first
    assert title.evaluate("node => getComputedStyle(node).direction") == "rtl"
    assert page.locator("[name=query]").evaluate("node => getComputedStyle(node).direction") == "rtl"
    ask(page, "canary")
    assert title.evaluate("node => getComputedStyle(node).direction") == "ltr"


@pytest.mark.parametrize(
    "query", [HOSTILE, f"{HOSTILE} canary", "<b>zzyzzx</b>yyxx", "</script><script>alert(1)</script>"]
)
def test_a_hostile_address_title_tag_or_query_is_only_ever_text(browser: Browser, site: str, query: str) -> None:
    with visiting(browser) as page:
        page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        page.goto(site)
        page.goto(f"{site}?q={query.replace('&', '%26').replace('#', '%23')}")
        expect(page.locator("[name=query]")).to_have_value(query)
        answered(page)
        assert page.locator(".md-search img, .md-search-result b, .md-search-result script").count() == 0
        if "canary" in query:
            expect(page.locator(".aikb-row__title").first).to_have_text(f"A {HOSTILE} title")


def test_the_box_is_opened_walked_and_left_by_keys(browser: Browser, site: str) -> None:
    with visiting(browser, viewport={"width": 1200, "height": 800}) as page:
        page.goto(f"{site}names/")
        for key in ("f", "s", "/"):
            page.keyboard.press(key)
            expect(page.locator("[name=query]")).to_be_focused()
            page.keyboard.press("Escape")
            expect(page.locator("#__search")).not_to_be_checked()
        page.keyboard.press("/")
        ask(page, "word")
        links = page.locator(".md-search-result__link")
        for at in (0, 1, 2):
            page.keyboard.press("ArrowDown")
            expect(links.nth(at)).to_be_focused()
        page.keyboard.press("ArrowUp")
        expect(links.nth(1)).to_be_focused()
        where = links.nth(1).get_attribute("href")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{(where or '').removeprefix(site.rstrip('/')).partition('#')[0]}**")


def test_chips_are_reached_by_tab_and_pressed_by_space(page: Page, site: str) -> None:
    ask(page, "note")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "aikb-chip":
            break
    chip = page.locator(".aikb-chip:focus")
    token = chip.get_attribute("data-token")
    page.keyboard.press("Space")
    expect(page.locator(f".aikb-chip[data-token='{token}']")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[name=query]")).to_have_value(f"note {token}")


def test_a_screen_reader_is_told_the_box_the_count_and_the_rows(page: Page, site: str) -> None:
    ask(page, "canary")
    expect(page.get_by_role("textbox", name="Search")).to_be_focused()
    status = page.locator(".md-search").get_by_role("status")
    expect(status).to_have_text("1 result")
    assert status.evaluate("node => node.getAttribute('aria-live')") == "polite"
    expect(page.locator(".md-search").get_by_role("list", name="Search").get_by_role("link")).to_have_count(1)
    expect(page.get_by_role("dialog", name="Search")).to_be_visible()
    ask(page, "zzyzzx")
    expect(status).to_contain_text("zzyzzx")


def test_more_rows_are_a_button_away(page: Page, site: str) -> None:
    ask(page, "word")
    links = page.locator(".md-search-result__link")
    expect(links).to_have_count(10)
    page.locator(".aikb-more").click()
    expect(links).to_have_count(20)


def test_a_phone_shows_rows_within_its_width(browser: Browser, site: str) -> None:
    with visiting(browser, viewport={"width": 375, "height": 667}, has_touch=True) as page:
        page.goto(site)
        page.locator("label[for=__search]:visible").first.tap()
        expect(page.locator("[name=query]")).to_be_focused()
        ask(page, "parseHttpHeader")
        row = page.locator(".md-search-result__link").first
        box = row.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 375
        assert box["height"] >= 44
        row.tap()
        page.wait_for_url("**/names/**#calls")
        expect(page.locator("#__search")).not_to_be_checked()


def test_an_address_asks_from_anywhere_in_either_tree(browser: Browser, site: str) -> None:
    with visiting(browser) as page:
        for tree, found in (("names/", "mots/"), ("fr/", "fr/mots/")):
            page.goto(f"{site}{tree}?q=mensonge")
            expect(page.locator(".md-search-result__link").first).to_have_attribute("href", f"{site}{found}")


def test_files_hold_no_query(tmp_path: Path) -> None:
    folder = built(on_disk(tmp_path, {**NOTES, "notes/q.md": "# Q\n\n</script><img onerror=x>\n"}))
    for path in (folder / "search").glob("*.json"):
        assert path.read_bytes().startswith((b"[", b"{")), path.name
