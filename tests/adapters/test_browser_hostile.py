"""A real Chromium on pages full of hostile words: hovered, focused, resized, searched, navigated. Nothing runs, nothing leaves.

`AIKB_FUZZ=4000 AIKB_SEED=7` are how many snippets of the grammar in `tests/hostile.py` are tried, and which ones; `make fuzz`
tries one piece after another until its time is up.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from playwright.sync_api import Browser, BrowserContext, Page

from chromium import answered, served
from conftest import on_disk, soup
from hostile import gathered, knowledge_base

SNIPPETS = int(os.environ.get("AIKB_FUZZ", "120"))
SEED = int(os.environ.get("AIKB_SEED", "1"))
EACH = 20 if SNIPPETS < 1_000 else 200
"""Snippets of a page: opening one takes as long as acting on a hundred."""

LANGUAGES = "en" if SNIPPETS < 1_000 else "en, fr"
"""Two trees take twice as long, and have facing pages."""

PLAIN = "site_name: Notes\ndocs_dir: notes\ntheme: material\nplugins:\n  - aikb:\n      languages: [@]\n".replace(
    "@", LANGUAGES
)
EVERYTHING = """\
site_name: Notes
docs_dir: notes
theme:
  name: material
  features: [content.tooltips, content.footnote.tooltips, content.code.annotate, content.code.copy, content.code.select,
    content.tabs.link, navigation.instant, navigation.tabs, navigation.indexes, navigation.footer, search.suggest,
    search.highlight, search.share, toc.follow, toc.integrate, navigation.top, announce.dismiss]
plugins:
  - aikb: {languages: [en], security_policy: never}
markdown_extensions:
  - abbr
  - def_list
  - md_in_html
  - smarty
  - pymdownx.arithmatex: {generic: true}
  - pymdownx.betterem
  - pymdownx.caret
  - pymdownx.critic
  - pymdownx.emoji: {emoji_generator: !!python/name:material.extensions.emoji.to_svg ''}
  - pymdownx.inlinehilite
  - pymdownx.keys
  - pymdownx.mark
  - pymdownx.smartsymbols
  - pymdownx.tilde
  - pymdownx.snippets
  - pymdownx.highlight: {linenums: true}
"""
"""What Material's manual offers, and no policy: the first wall alone."""

WATCH = """
window.__ran = []
for (const name of ["alert", "confirm", "prompt"]) window[name] = text => { window.__ran.push(`${name}(${text})`) }
document.addEventListener("securitypolicyviolation", event => {
  window.__ran.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sample}`)
})
"""
ACT = """
async pause => {
  const wait = time => new Promise(done => setTimeout(done, time))
  const all = [...document.querySelectorAll(
    "[title], a, abbr, summary, label, .md-ellipsis, [tabindex], .md-clipboard, .md-code__button, input, sup")]
  for (const one of all) {
    for (const type of ["pointerover", "pointerenter", "mouseover", "mouseenter"])
      one.dispatchEvent(new (type[0] === "p" ? PointerEvent : MouseEvent)(type, { bubbles: type.endsWith("over") }))
    one.focus?.({ preventScroll: true })
  }
  await wait(pause)
  for (const one of document.querySelectorAll("article details")) one.open = true
  for (const one of all) {
    one.dispatchEvent(new MouseEvent("mouseleave"))
    one.blur?.()
  }
}
"""
SEEN = """
() => {
  const bad = []
  const isMap = one => one.matches(".aikb-around > .aikb-map") && // of numbers and words
    [...one.querySelectorAll("*")].every(each => /^(path|text)$/.test(each.localName))
  for (const one of document.querySelectorAll("article *, .md-sidebar *, .md-footer *, .md-header *")) {
    const inside = one.closest(".md-content article")
    if (inside && /^(script|iframe|object|embed|base|meta|link|style|form|svg)$/i.test(one.localName)
      && !isMap(one) && !(one.localName === "script" && !one.src)
      && !one.closest(".twemoji, .md-content__button, .md-code__nav"))
      bad.push(one.outerHTML.slice(0, 200))
    for (const { name, value } of one.attributes) {
      if (/^on/i.test(name)) bad.push(`${one.localName} ${name}=${value}`)
      if (/^(href|src|action|formaction|xlink:href)$/.test(name) && /^\\s*(javascript|data|vbscript):/i.test(value))
        bad.push(`${name}=${value}`)
      if (inside && /^(id|name)$/.test(name) && /^__/.test(value)
        && !/^__(tabbed_\\d+(_\\d+)?|[a-z]+-.*-\\d+|code_.*|annotation.*|tooltip.*)$/.test(value))
        bad.push(`${name}=${value}`)
    }
  }
  const config = document.getElementById("__config")
  if (!config || config.localName !== "script") bad.push("the configuration is not Material's")
  if (document.querySelectorAll(".md-content article").length !== 1) bad.push("articles are not one")
  if (!document.querySelector(".md-content article")?.closest("main.md-main > .md-main__inner > .md-content"))
    bad.push("out of its place")
  if (!document.querySelector("body > .md-container > footer.md-footer")) bad.push("the page is broken open")
  return [...bad, ...window.__ran]
}
"""


class Visit:
    """A context whose pages note what runs, what leaves this machine, and what breaks."""

    def __init__(self, browser: Browser) -> None:
        self.context: BrowserContext = browser.new_context(locale="en-GB")
        self.wrong: list[str] = []
        self.page: Page = self.context.new_page()
        self.page.add_init_script(WATCH)
        self.page.on("pageerror", lambda error: self.wrong.append(f"{self.page.url}: {error}"))
        self.page.on("dialog", lambda dialog: (self.wrong.append(f"a dialog: {dialog.message}"), dialog.dismiss()))
        self.context.route(lambda url: not url.startswith("http://127.0.0.1:"), self._elsewhere)

    def _elsewhere(self, route: object) -> None:
        request = route.request  # type: ignore[attr-defined]
        self.wrong.append(f"{self.page.url} asked {request.url}")
        route.abort()  # type: ignore[attr-defined]

    def look(self) -> None:
        """What is there, and what has run by now."""
        self.wrong += [f"{self.page.url}: {each}" for each in self.page.evaluate(SEEN)]

    def act(self) -> None:
        """Hover and focus everything, in a wide and in a narrow window."""
        for width, pause in ((1300, 40), (640, 220)):  # the glossary's tooltips wait 180 ms
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.evaluate(ACT, pause)
        self.look()


def _build(top: Path, configuration: str, origin: str) -> None:
    texts = gathered(SNIPPETS, SEED)
    on_disk(top, {**knowledge_base(texts, EACH, SEED), "mkdocs.yml": configuration})
    build(load_config(str(top / "mkdocs.yml"), site_url=f"{origin}/site/"))


@pytest.fixture(scope="module", params=[PLAIN, EVERYTHING], ids=["six lines, policy", "everything, no policy"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A site of hostile words: its address, and its folder."""
    top = tmp_path_factory.mktemp("hostile")
    with served(top) as origin:
        _build(top, request.param, origin)
        yield f"{origin}/site/", top / "site"


@pytest.fixture
def site(made: tuple[str, Path]) -> tuple[str, list[str]]:
    """The address of the site, and its pages."""
    address, folder = made
    pages = [path.relative_to(folder).as_posix().removesuffix("index.html") for path in sorted(folder.rglob("*.html"))]
    return address, pages


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    opened = Visit(browser)
    yield opened
    opened.context.close()


def test_nothing_runs_and_nothing_leaves_on_any_page(site: tuple[str, list[str]], visit: Visit) -> None:
    address, pages = site
    assert len(pages) > SNIPPETS // EACH
    for path in pages:
        visit.page.goto(address + path)
        visit.act()
    assert visit.wrong == []


def test_nothing_runs_in_what_search_finds(site: tuple[str, list[str]], visit: Visit) -> None:
    address, _ = site
    visit.page.goto(address)
    field = visit.page.locator("[name=query]")
    for query in ("alert", "script", "<img src=x onerror=alert(1)>", "onerror"):
        field.fill("")
        field.press_sequentially(query)
        answered(visit.page)
        visit.page.evaluate(ACT, 40)
        visit.look()
    visit.page.goto(f"{address}?q=<img src=x onerror=alert(1)>&h=<script>alert(1)</script>")
    answered(visit.page)
    visit.look()
    assert visit.wrong == []


def test_nothing_runs_on_the_way_from_page_to_page(site: tuple[str, list[str]], visit: Visit) -> None:
    address, pages = site
    visit.page.goto(address)
    for path in [each for each in pages if each.startswith(("page-", "b/", "glossary/"))][:12]:
        visit.page.evaluate(
            "path => { const link = document.createElement('a'); link.href = path;"
            " document.querySelector('article').append(link); link.click() }",
            address + path,
        )
        visit.page.wait_for_url(address + path + "**")
        visit.page.wait_for_timeout(500)
        visit.page.evaluate(ACT, 40)
        visit.look()
    assert visit.wrong == []


def test_nothing_runs_in_what_programs_read(made: tuple[str, Path], visit: Visit) -> None:
    address, folder = made
    files = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*.xml"))]
    assert {"feed.xml", "sitemap.xml"} <= set(files)
    for path in files:
        ET.parse(folder / path)
        visit.page.goto(address + path)
        visit.page.wait_for_timeout(50)
    for path in folder.rglob("*.json"):
        json.loads(path.read_text(encoding="utf-8"))
    assert visit.wrong == []


def test_what_a_page_is_for_machines_is_one_block_of_json(made: tuple[str, Path]) -> None:
    _, folder = made
    for path in sorted(folder.rglob("*.html")):
        blocks = soup(path).find_all("script", type="application/ld+json")
        assert len(blocks) <= 1, path
        for block in blocks:
            described = json.loads(block.string or "")
            for key in ("url", "mainEntityOfPage", "image"):
                assert str(described.get(key, "http:")).startswith("http:"), (path, key)
        for tag in soup(path).head.find_all("meta", property="og:image") if soup(path).head else ():
            assert str(tag["content"]).startswith("http://127.0.0.1:"), path


@pytest.mark.parametrize(
    ("markup", "what"),
    [
        ("<img src=x onerror=alert(1)>", "alert(1)"),
        ("<p onclick=x>", "p onclick=x"),
        ("<a href='javascript:x'>x</a>", "href=javascript:x"),
        ("<p id=__config>", "id=__config"),
        ("<img src='https://evil.example/p.png'>", "asked https://evil.example/p.png"),
        ("</article></div></div><article>", "articles are not one"),
    ],
)
def test_the_watch_sees_what_is_bad(
    visit: Visit, tmp_path: Path, markup: str, what: str, site: tuple[str, list[str]]
) -> None:
    address, pages = site
    visit.page.goto(address + next(path for path in pages if path.startswith("page-")))
    visit.page.evaluate(
        "markup => { document.querySelector('article').outerHTML = `<article>${markup}</article>` }", markup
    )
    visit.page.wait_for_timeout(200)
    visit.look()
    blocked = "script-src-attr" if what == "alert(1)" else "img-src" if "asked" in what else what
    assert [each for each in visit.wrong if what in each or blocked in each]
