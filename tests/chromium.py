"""A real Chromium, and a server for it to look at."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

expect.set_options(timeout=15_000)  # a busy machine is slow, not wrong

_ARGUMENTS = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"


def executable() -> str:
    """Where Debian's Chromium is; without one the test is skipped, and fails in CI."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        if os.environ.get("CI"):
            pytest.fail("no chromium in CI; .ci/run installs it")
        pytest.skip("no chromium on this machine (Debian: apt-get install chromium)")
    return found


@contextmanager
def launched() -> Iterator[Browser]:
    """A browser that asks nothing of anybody by itself."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=executable(), args=_ARGUMENTS.split())
        yield opened
        opened.close()


def watch(page: Page, wrong: list[str]) -> None:
    """Note what goes wrong on a page: an error in the console or in a script, a request that fails or leaves this machine."""
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("response", lambda answer: wrong.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith(("http://127.0.0.1:", "data:", "blob:")) else wrong.append(request.url)
        ),
    )


@contextmanager
def visiting(browser: Browser, **options: Any) -> Iterator[Page]:
    """A page of a new visitor, an English one unless `options` say otherwise; it fails its test for what goes wrong on it."""
    context = browser.new_context(**{"locale": "en-GB", **options})
    opened = context.new_page()
    wrong: list[str] = []
    watch(opened, wrong)
    yield opened
    context.close()
    assert wrong == []


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that has gone on to the next page."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder, without a slash at its end."""
    server = _Server(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def until(page: Page, expression: str, argument: object = None) -> None:
    """Wait till a JavaScript expression or function is true on a page; it fails after 15 seconds.

    Playwright's own `wait_for_function` evaluates a text inside the page, which our Content-Security-Policy forbids; only its
    first look goes past the policy, so it passes on a machine that is quick enough and fails on others.
    """
    end = time.monotonic() + 15
    while not page.evaluate(expression, argument):
        assert time.monotonic() < end, f"never true: {expression}"
        page.wait_for_timeout(20)


_SCROLLED = """still => new Promise(resolve => {
  let timer = setTimeout(resolve, still)
  addEventListener("scroll", () => { clearTimeout(timer); timer = setTimeout(resolve, still) })
})"""


def rested(page: Page) -> None:
    """Wait till a page has not scrolled for 0.4 seconds of its own; by then it has done what it does when scrolling ends."""
    page.evaluate(_SCROLLED, 400)


_SHIFTS = """if (window.shifted === undefined) new PerformanceObserver(list => {
  for (const each of list.getEntries()) if (!each.hadRecentInput) window.shifted += each.value
}).observe({ type: "layout-shift", buffered: true })
window.shifted ??= 0"""


def shifted(page: Page, address: str) -> float:
    """Load a page; how much of what a reader saw was moved by what came later (Cumulative Layout Shift)."""
    page.add_init_script(_SHIFTS)
    page.goto(address, wait_until="networkidle")
    return float(
        page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(() => done(window.shifted), 50)))")
    )


def answered(page: Page) -> None:
    """Wait till the rows of the search box are those of what is typed."""
    expect(page.locator(".md-search-result__list")).to_have_attribute("aria-busy", "false", timeout=15_000)


def ask(page: Page, query: str) -> list[str]:
    """Type a query into the box of a page; the addresses of the rows."""
    field = page.locator("[name=query]")
    field.fill("")
    field.press_sequentially(query)
    answered(page)
    return [
        unquote(link) for link in page.locator(".md-search-result__link").evaluate_all("all => all.map(a => a.href)")
    ]
