"""Search on a built site: what is written, and what a reader does with the box in Chromium."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import random
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from mkdocs.config import load_config
from playwright.sync_api import Browser, Page, expect

from aikb.adapters.mkdocs.search_files import descriptions
from aikb.compose.search import index
from aikb.locales.words import words as words_of
from aikb.settings import Settings
from chromium import answered, ask, served, until, visiting, watch
from conftest import built, contents, on_disk
from queries.speed import asked_for, kinds, records

CONFIGURATION = """\
site_name: Sea
site_url: {origin}/kb/
docs_dir: notes
theme: material
plugins:
  - aikb{options}
"""
NOTES = {
    "notes/tides.md": "# Tides\n\nThe sea rises twice a day.\n\n## Moon\n\nThe moon pulls the sea, ﬁrst of all.\n",
    "notes/seasons.fr.md": "# Saisons\n\nL’été revient chaque année. Le SAID et le modèle de marée.\n",
    "notes/hostile.md": "---\ntags: ['<img src=x onerror=alert(1)>']\n---\n# Hostile\n\n`<img onerror=alert(2)>` canary\n",
    "notes/calls.md": "# Calls\n\n## `app:setTimeout(cb)`\n\nThe host-whitelist, check_tool_call, A-B.\n",
    "glossary/t.md": "# Glossary\n\n## Spring tide\n\nThe highest tide, after a new moon.\n",
    "glossary/t.fr.md": "# Glossaire\n\n## Vive-eau\n\nAlias : spring tide\n\nLa plus forte marée, après la nouvelle lune.\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    top = tmp_path_factory.mktemp("search")
    with served(top) as origin:
        folder = on_disk(
            top / "src", {"mkdocs.yml": CONFIGURATION.format(origin=origin, options=": {languages: [en, fr]}"), **NOTES}
        )
        (top / "kb").symlink_to(built(folder))
        yield top / "kb", f"{origin}/kb/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with visiting(browser, viewport={"width": 1200, "height": 800}) as opened:
        yield opened


def test_material_is_given_nothing_to_load(site: tuple[Path, str]) -> None:
    names = {name for name in contents(site[0]) if "search" in name and not name.startswith("assets/")}
    assert not {name for name in names if name.endswith(("search_index.json", "bundle.js"))}
    assert {"search/meta.json", "search/opensearch.en.xml", "search/opensearch.fr.xml"} <= names


def test_browsers_are_told_how_to_search_each_tree(site: tuple[Path, str]) -> None:
    folder, address = site
    for lang, home in (("en", address), ("fr", f"{address}fr/")):
        root = ET.parse(folder / f"search/opensearch.{lang}.xml").getroot()
        url = root.find("{http://a9.com/-/spec/opensearch/1.1/}Url")
        assert url is not None
        assert url.get("template") == f"{home}?q={{searchTerms}}"
        html = (folder / ("" if lang == "en" else "fr") / "tides/index.html").read_text(encoding="utf-8")
        assert re.search(rf'rel="search"[^>]*href="(\.\./)+search/opensearch\.{lang}\.xml"', html)


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Notes", "Notes"),
        ("Fifteen letters & more", "Fifteen letters "),
        ("Fourteen lett & more", "Fourteen lett & "),
        ('A <b> & "c"', 'A <b> & "c"'),
        ("&&&&&&&&&&&&&&&&&&&&", "&" * 16),
        ("<<<<<<<<<<<<<<<<<<<<", "<" * 16),
        ("]]>", "]]>"),
        ("a\x01b\x0b\ufffe\uffff", "ab"),
        ("&amp;", "&amp;"),
        ("Carnet d’été", "Carnet d’été"),
    ],
)
def test_a_name_of_any_signs_is_told_to_browsers(name: str, short: str) -> None:
    config = load_config(site_name=name, site_url="https://example.org/", docs_dir=str(Path(__file__).parent))
    for text in descriptions(config, Settings()).values():
        root = ET.fromstring(text)
        assert root.findtext("{http://a9.com/-/spec/opensearch/1.1/}ShortName") == short


@pytest.mark.parametrize(
    ("plugins", "written"),
    [
        ("  - aikb\n", "ours"),
        ("  - search\n  - aikb\n", "ours"),
        ("  - search:\n      lang: [en, fr]\n  - aikb\n", "ours"),
        ("  - search:\n      separator: '[- ]'\n  - aikb\n", "Material's"),
        ("  - search:\n      enabled: false\n  - aikb\n", "none"),
        ("  - aikb:\n      search_bundle: true\n", "bundle"),
    ],
)
def test_search_is_as_the_user_wrote_it(tmp_path: Path, plugins: str, written: str) -> None:
    configuration = "site_name: S\ndocs_dir: notes\ntheme: material\nplugins:\n" + plugins
    folder = built(on_disk(tmp_path, {"mkdocs.yml": configuration, "notes/a.md": "# A\n\nSea.\n"}))
    there = {name for name in ("meta.json", "search_index.json", "bundle.js") if (folder / "search" / name).is_file()}
    assert (
        there
        == {
            "ours": {"meta.json"},
            "bundle": {"meta.json", "bundle.js"},
            "Material's": {"search_index.json"},
            "none": set(),
        }[written]
    )
    html = (folder / "index.html").read_text(encoding="utf-8")
    assert ("data-aikb-words" in html, 'name="search"' in html) == (
        written in ("ours", "bundle"),
        written == "Material's",
    )


def test_nothing_is_asked_for_before_the_box_is_used(page: Page, site: tuple[Path, str]) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site[1]}tides/")
    page.wait_for_timeout(400)
    assert [url for url in asked if "search" in url] == []
    page.keyboard.press("/")
    assert ask(page, "moon")[0] == f"{site[1]}tides/#moon"
    assert any("search/meta.json" in url for url in asked)


@pytest.mark.parametrize(
    ("tree", "query", "first"),
    [
        ("", "été", "fr/seasons/"),
        ("", "modele", "fr/seasons/"),
        ("fr/", "said", "fr/seasons/"),
        ("fr/", "first moon", "fr/tides/#moon"),
        ("", "setTimeout", "calls/#appsettimeoutcb"),
        ("", "tool_call", "calls/#appsettimeoutcb"),
        ("", "canary", "hostile/"),
    ],
)
def test_rows_lead_to_the_section_in_the_readers_tree(
    page: Page, site: tuple[Path, str], tree: str, query: str, first: str
) -> None:
    page.goto(site[1] + tree)
    page.locator("[name=query]").click()
    found = ask(page, query)
    assert found[0].removeprefix(site[1]).removeprefix("fr/") == first.removeprefix("fr/")
    if tree:
        assert found[0].startswith(site[1] + tree)


def test_keys_open_the_best_row_and_its_words_are_marked(page: Page, site: tuple[Path, str]) -> None:
    page.goto(site[1])
    page.keyboard.press("s")
    ask(page, "pulls")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".md-search-result__link").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("[name=query]")).to_be_focused()
    with page.context.expect_page() as opened:
        page.keyboard.press("Control+Enter")
    opened.value.wait_for_load_state()
    assert "/tides/?h=pull#moon" in opened.value.url
    page.keyboard.press("Enter")
    page.wait_for_url("**/tides/**#moon")
    expect(page.locator(".md-content mark[data-aikb]")).to_have_text(["pulls"])
    expect(page.locator("#__search")).not_to_be_checked()


def test_an_address_asks_and_escape_forgets_it(page: Page, site: tuple[Path, str]) -> None:
    page.goto(f"{site[1]}fr/?q=spring+tide")
    expect(page.locator("[name=query]")).to_have_value("spring tide")
    answer = page.locator(".aikb-answer")
    expect(answer).to_contain_text("La plus forte marée")
    expect(answer.locator("a")).to_have_attribute("href", re.compile("/fr/glossary/"))
    expect(page.locator(".md-search-result__meta")).to_have_text(re.compile("résultat"))
    page.keyboard.press("Escape")
    expect(page).to_have_url(f"{site[1]}fr/")


def test_chips_limit_the_rows(page: Page, site: tuple[Path, str]) -> None:
    page.goto(site[1])
    page.keyboard.press("/")
    ask(page, "tide")
    chip = page.locator(".aikb-chip", has_text="Français")
    chip.click()
    expect(chip).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[name=query]")).to_have_value("tide lang:fr")
    answered(page)
    assert set(page.locator(".md-search-result__item .aikb-badge").all_inner_texts()) <= {"FR"}
    chip.click()
    expect(page.locator("[name=query]")).to_have_value("tide")


def test_the_chips_of_a_phone_are_one_line(browser: Browser, site: tuple[Path, str]) -> None:
    with visiting(browser, viewport={"width": 375, "height": 760}) as page:
        page.goto(f"{site[1]}?q=tide")
        answered(page)
        tops = page.locator(".aikb-chip").evaluate_all("all => all.map(each => each.getBoundingClientRect().top)")
        assert len(tops) > 4
        assert len(set(tops)) == 1
        until(page, "document.documentElement.scrollWidth <= 375")  # when the box has opened


def test_hostile_text_is_only_ever_text(page: Page, site: tuple[Path, str]) -> None:
    page.goto(site[1])
    page.keyboard.press("/")
    assert ask(page, "<img src=x onerror=alert(1)> canary")
    assert ask(page, "tag:img-src-x-onerror-alert-1") == [f"{site[1]}hostile/"]
    expect(page.locator(".aikb-row__tags").first).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator(".md-search img").count() == 0
    ask(page, "<b>zzyzzx</b>yyxxyy")
    assert page.locator(".md-search-result b").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 375])
def test_the_open_box_has_no_fault_that_axe_knows(
    browser: Browser, site: tuple[Path, str], scheme: str, width: int
) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 760})  # type: ignore[arg-type]
    page = context.new_page()
    for tree, query in (("", "spring tide"), ("fr/", "lang:fr marée"), ("", "zzyzzx")):
        page.goto(f"{site[1]}{tree}?q={query}")
        answered(page)
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [(each["id"], each["nodes"][0]["target"]) for each in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_a_strict_policy_reports_nothing(browser: Browser, site: tuple[Path, str]) -> None:
    context = browser.new_context()
    page = context.new_page()
    wrong: list[str] = []
    watch(page, wrong)

    def strict(route: object) -> None:
        answer = route.fetch()  # type: ignore[attr-defined]
        scripts = re.findall(r"<script>(.*?)</script>", answer.text(), re.DOTALL)  # Material's own, in its pages
        digests = (base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in scripts)
        hashes = " ".join(f"'sha256-{digest}'" for digest in digests)
        policy = (
            f"default-src 'self'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
        )
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": policy})  # type: ignore[attr-defined]

    page.route(re.compile(r"/kb/(\?.*)?$"), strict)
    page.goto(f"{site[1]}?q=moon")
    expect(page.locator(".md-search-result__link")).not_to_have_count(0)
    context.close()
    assert wrong == []


def test_a_site_on_a_disk_is_searched_through_its_bundle(browser: Browser, tmp_path: Path) -> None:
    configuration = (
        "site_name: S\ndocs_dir: notes\nuse_directory_urls: false\ntheme: material\n"
        "plugins:\n  - aikb: {search_bundle: true}\n"
    )
    folder = built(on_disk(tmp_path, {"mkdocs.yml": configuration, **NOTES}))
    page = browser.new_page()
    page.goto((folder / "index.html").as_uri())
    page.keyboard.press("/")
    found = ask(page, "moon")
    page.close()
    assert found[0] == f"{(folder / 'tides.html').as_uri()}#moon"


_NONE = words_of("en")["search_none"].partition("{")[0]
_SAID = "[firstSaid, document.querySelector('.md-search-result__meta').textContent]"
_SMALL = "site_name: S\ndocs_dir: notes\ntheme: material\nplugins:\n  - aikb: {languages: [en, fr]}\n"
_COUNT = """new MutationObserver((_, observer) => {
  if (!document.querySelector(".md-search-result__link")) return
  observer.disconnect()
  window.atFirstRow = performance.getEntriesByType("resource").filter(each => each.name.includes("/search/")).length
}).observe(document.querySelector(".md-search-result__list"), { childList: true })"""
"""Counts the files of the index that have come when the first row is drawn."""


def test_a_thousand_notes_stay_within_their_bytes(browser: Browser, tmp_path: Path) -> None:
    words = [
        f"{one}{two}{three}"
        for one in "bdfglmnprst"
        for two in "aeiou"
        for three in ("ra", "lin", "sek", "mo", "pta", "gu")
    ]
    notes = {
        f"notes/{at % 30}/n{at}.md": f"# Note {words[at % 330]} {at}\n\n"
        + "".join(
            f"## Part {words[(at * 7 + part) % 330]}\n\n"
            + " ".join(words[(at * 13 + part * 31 + step * (at % 17 + 1)) % 330] for step in range(110))
            + f" unique{at}.\n\n"
            for part in range(3)
        )
        for at in range(1_000)
    }
    configuration = "site_name: S\ndocs_dir: notes\ntheme: material\nplugins:\n  - aikb: {languages: [en]}\n"
    folder = built(on_disk(tmp_path, {"mkdocs.yml": configuration, **notes}))
    sizes: list[int] = []
    with served(folder) as origin:
        page = browser.new_page()
        page.goto(f"{origin}/")
        page.on("response", lambda answer: sizes.append(_sent(folder, answer.url)))
        page.keyboard.press("/")
        page.wait_for_timeout(300)
        page.evaluate(_COUNT)
        page.locator("[name=query]").fill("unique500 balin dera fosek lumo napta rigu sera")
        expect(page.locator(".md-search-result__link").first).to_have_attribute("href", re.compile("n500/"))
        requests = page.evaluate("window.atFirstRow")
        page.close()
    assert 3 <= requests <= 6
    assert sum(sizes) <= 120_000
    assert len(list((folder / "search").glob("*.json"))) < 1_000


@pytest.mark.parametrize("size", [22_000, 2_200], ids=["a thousand notes", "as many files as of ten thousand"])
def test_a_first_query_of_any_kind_takes_six_requests(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(index, "_STEMS", size)
    made = records(1_000, random.Random(size))
    folder = built(on_disk(tmp_path / "small", {"mkdocs.yml": _SMALL, "notes/a.md": "# A\n\nSea.\n"}))
    shutil.rmtree(folder / "search")
    on_disk(folder, index.build_search(made, (), Settings(languages=("en", "fr"))))
    requests = {}
    with served(folder) as origin, visiting(browser) as page:
        for kind, queries in kinds(made, random.Random(size), 1).items():
            for query in queries:
                count = len(asked_for(page, origin, query))
                answered(page)
                said, now = page.evaluate(_SAID)
                assert not said.startswith(_NONE) or said == now, query  # not before it is known
                if "of no text" not in kind:  # that nothing has a word is known when all that it may be was looked up
                    requests[kind, query] = count
    assert {query: count for query, count in requests.items() if not 1 <= count <= 6} == {}


def _sent(folder: Path, url: str) -> int:
    """The bytes of a file as hosts send it, compressed."""
    return len(gzip.compress((folder / url.split("/", 3)[3].partition("?")[0]).read_bytes(), 9))


def test_the_sample_of_queries_is_answered(browser: Browser, corpus: Path, tmp_path: Path) -> None:
    """Rows as a reader sees them, in Chromium on the built notes: recall of five and reciprocal rank of ten, both 0.95."""
    notes: dict[str, str | bytes] = {
        f"notes/{path.name}": path.read_bytes() for path in (corpus / "seeds").glob("*.md")
    }
    folder = built(on_disk(tmp_path, {"mkdocs.yml": CONFIGURATION.format(origin="https://e.org", options=""), **notes}))
    recall, rank = [], []
    with served(folder) as origin:
        page = browser.new_page()
        page.goto(f"{origin}/")
        page.keyboard.press("/")
        for each in json.loads((corpus.parent / "search-queries.json").read_text(encoding="utf-8"))["queries"]:
            rows = [row.removeprefix(f"{origin}/") for row in ask(page, each["query"])]
            hits = [[_is(row, wanted) for wanted in each["expected"]] for row in rows]
            recall.append(sum(map(any, zip(*hits[:5], strict=True))) / min(5, len(each["expected"])))
            rank.append(next((1 / at for at, hit in enumerate(hits[:10], 1) if any(hit)), 0.0))
        page.close()
    assert sum(recall) / len(recall) >= 0.95
    assert sum(rank) / len(rank) >= 0.95


def _is(row: str, wanted: dict[str, str]) -> bool:
    """Whether a row leads to an expected section; the file of posts has one page and no headings."""
    address, _, fragment = row.partition("#")
    own = address.strip("/") == wanted["file"].removesuffix(".md")
    return own and (wanted["file"] == "posts.md" or fragment in (wanted["anchor"], f"h-{wanted['anchor']}"))
