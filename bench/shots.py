"""Screenshots of the own knowledge base, to be looked at: both languages, wide and phone-narrow, light and dark.

python bench/shots.py [FOLDER]      into build/shots, or FOLDER
"""

from __future__ import annotations

import functools
import http.server
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PAGES = (
    "",
    "concepts/",
    "concepts/lora/",
    "papers/inference/",
    "reports/ai-index-2025/",
    "posts/small-models/",
    "glossary/",
)
SIZES = {"wide": (1360, 900), "phone": (390, 844)}


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def main() -> int:
    """Build, serve, and take every page in every way."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build" / "shots")
    folder.mkdir(parents=True, exist_ok=True)
    browser_path = shutil.which("chromium") or shutil.which("chromium-browser")
    if not browser_path:
        print("no chromium on this machine")
        return 2
    with tempfile.TemporaryDirectory() as site, sync_playwright() as playwright:
        subprocess.run(
            [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", f"{site}/s"], cwd=ROOT, check=True
        )
        handler = functools.partial(_Quiet, directory=f"{site}/s")
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        for scheme in ("light", "dark"):
            for name, (width, height) in SIZES.items():
                context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
                page = context.new_page()
                for tree in ("", "fr/"):
                    for path in PAGES:
                        page.goto(f"http://127.0.0.1:{server.server_port}/{tree}{path}")
                        page.wait_for_timeout(300)
                        title = (tree + path).strip("/").replace("/", "-") or "home"
                        page.screenshot(path=folder / f"{title}-{name}-{scheme}.png")
                context.close()
        browser.close()
        server.shutdown()
    print(f"{len(list(folder.glob('*.png')))} screenshots in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
