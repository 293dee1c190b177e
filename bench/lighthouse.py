"""What Lighthouse says of every kind of page, in both trees, and of a note among 1,000: the median of three.

python bench/lighthouse.py                    the own knowledge base, and 1,000 notes made as for the other measurements
python bench/lighthouse.py FOLDER PAGE…       pages of the knowledge base in FOLDER, each in its first tree and in /fr/

Lighthouse is `lighthouse` on the PATH, else npm's, whose version is pinned here; Chromium is the machine's. It measures a
telephone on a slow network, as it does by default; the pages are sent compressed, as hosts of static sites send them.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import bench

LIGHTHOUSE = "lighthouse@12.8.2"
RUNS = 3
PROMISED = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
PAGES = {
    "home": "",
    "note": "concepts/lora/",
    "report": "reports/ai-index-2025/",
    "source": "readwise/scaling-laws-in-practice/",
    "term": "glossary/mixture-of-experts/",
    "list": "sources/",
}
"""A page of each kind in the own knowledge base."""
MANY = 1_000
COMPRESSED = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt"}


class _Host(http.server.SimpleHTTPRequestHandler):
    """Sends text compressed and keeps connections open, like the hosts that publish static sites."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer with a file, or with the site's own page for what is not there."""
        root, path = Path(self.directory), Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        status, path = (200, path) if path.is_file() else (404, root / "404.html")
        body = path.read_bytes()
        self.send_response(status)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Cache-Control", "max-age=600")
        if path.suffix in COMPRESSED:
            body = gzip.compress(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def hosted(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine; its address, with a slash at its end."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Host, directory=str(folder)))
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def built(folder: Path, site: Path) -> Path:
    """Build the knowledge base in a folder into `site`."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site)]
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise SystemExit(f"{folder} could not be built:\n{ended.stderr.strip()[-1_000:]}")
    return site


def run_of(address: str) -> Mapping[str, object]:
    """Run Lighthouse on a page once; its report."""
    command = ["lighthouse"] if shutil.which("lighthouse") else ["npx", "--yes", LIGHTHOUSE]
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome") or ""
    flags = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"
    asked = [address, "--quiet", "--output=json", f"--only-categories={','.join(PROMISED)}", f"--chrome-flags={flags}"]
    environment = {**os.environ, "CHROME_PATH": browser}
    ended = subprocess.run([*command, *asked], capture_output=True, text=True, env=environment, check=False)
    if ended.returncode:
        raise SystemExit(f"Lighthouse could not look at {address}:\n{ended.stderr.strip()[-1_000:]}")
    report: Mapping[str, object] = json.loads(ended.stdout)
    return report


def scores(report: Mapping[str, object]) -> dict[str, int]:
    """Read the points of each category, 0 to 100."""
    categories = report["categories"]
    assert isinstance(categories, dict)
    return {name: round(100 * (categories[name]["score"] or 0)) for name in PROMISED}


def failed(report: Mapping[str, object]) -> list[str]:
    """List what costs points in the categories that must be whole, with the first element of each."""
    categories, audits, found = report["categories"], report["audits"], []
    assert isinstance(categories, dict)
    assert isinstance(audits, dict)
    for category, least in PROMISED.items():
        for row in categories[category]["auditRefs"] if least == 100 else ():
            audit = audits[row["id"]]
            if row["weight"] and audit["score"] is not None and audit["score"] < 1:
                items = (audit.get("details") or {}).get("items") or [""]
                found.append(f"{audit['title']}: {json.dumps(items[0], ensure_ascii=False)[:200]}")
    return found


def look(name: str, address: str) -> bool:
    """Measure a page, print the median of its runs, and tell whether what was promised holds."""
    reports = [run_of(address) for _ in range(RUNS)]
    each = [scores(report) for report in reports]
    medians = {category: round(statistics.median(run[category] for run in each)) for category in PROMISED}
    broken = [category for category, least in PROMISED.items() if medians[category] < least]
    figures = "".join(f"{medians[category]:>16}" for category in PROMISED)
    print(f"{name:32}{figures}{'  BROKEN' if broken else ''}", flush=True)
    for text in dict.fromkeys(text for report in reports for text in failed(report)):
        print(f"  {text}")
    return not broken


def look_all(folder: Path, pages: Mapping[str, str]) -> bool:
    """Measure pages of a knowledge base in both of its trees."""
    with tempfile.TemporaryDirectory() as scratch:
        site = built(folder, Path(scratch) / "site")
        with hosted(site) as address:
            trees = ("", "fr/") if (site / "fr").is_dir() else ("",)
            held = [look(f"{tree}{name}", address + tree + path) for name, path in pages.items() for tree in trees]
    return all(held)


def main() -> int:
    """Print the table; the exit code is 1 where a promise is broken."""
    print(f"{'':32}{''.join(f'{category:>16}' for category in PROMISED)}", flush=True)
    if arguments := sys.argv[1:]:
        return not look_all(Path(arguments[0]), {path or "home": path for path in arguments[1:] or [""]})
    held = look_all(bench.ROOT, PAGES)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        bench.write_notes(folder / "notes", MANY)
        (folder / "mkdocs.yml").write_text(bench.CONFIGURATIONS["aikb"], encoding="utf-8")
        return not (look_all(folder, {f"note among {MANY}": f"note-{MANY // 2:05}/"}) and held)


if __name__ == "__main__":
    sys.exit(main())
