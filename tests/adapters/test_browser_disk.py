"""Pages opened from disk, under the policy: what needs no server works, and nothing is stopped or thrown."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from conftest import built, on_disk

CONFIGURATION = (
    "site_name: Notes\ndocs_dir: notes\ntheme: material\nuse_directory_urls: {}\n"
    "plugins:\n- aikb: {{languages: [en, fr], security_policy: always}}\n"
)
NOTES = {
    "notes/a.md": "# A\n\n```py linenums=1\nx\n```\n\nThe token. [b](deep/b.md)\n\n![p](p.png)\n",
    "notes/p.png": b"\x89PNG\r\n\x1a\n",
    "notes/deep/b.md": '# B\n\n=== "t"\n    x\n\n=== "u"\n    y\n\n$x^2$\n',
    "glossary/terms.md": "# Glossary\n\n## Token\n\nA piece of text.\n",
}
VIOLATIONS = """document.addEventListener("securitypolicyviolation", event => {
  console.error(`stopped: ${event.effectiveDirective} ${event.blockedURI}`)
})"""


@pytest.mark.parametrize("folders", ["true", "false"])
def test_pages_work_from_disk_under_the_policy(browser: Browser, tmp_path: Path, folders: str) -> None:
    site = built(on_disk(tmp_path, {**NOTES, "mkdocs.yml": CONFIGURATION.format(folders)}))
    context = browser.new_context(locale="en-GB")
    page, wrong = context.new_page(), list[str]()
    page.add_init_script(VIOLATIONS)
    page.on("console", lambda message: wrong.append(message.text) if "stopped" in message.text else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    pages = [path for path in sorted(site.rglob("*.html")) if path.name != "404.html"]  # which only a server shows
    assert len(pages) > 8
    for path in pages:
        page.goto(path.as_uri())
        assert "Content-Security-Policy" in page.content()
        assert page.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky"
        field = page.locator("[name=query]").first
        field.press_sequentially("token")
        page.wait_for_timeout(200)
    if folders == "false":  # else a link leads to a folder, of which a server shows the page
        page.goto((site / "index.html").as_uri())
        page.locator('article a[href$="a.html"]').first.click()
        page.wait_for_url("**/a.html")
    context.close()
    assert wrong == []
