"""The scoreboard of the fault corpus: `make faults` builds its rows with aikb and with plain Material, and prints the table.

Each row is built alone, and all are built together. A row is *survived* if a build ends without a traceback, in time, and the
note beside the row is published; *safe* if no file of the site shows what an author hid, and nothing of the row could run in a
page; *detected* if all that it asks for is told, at its line and column (for plain MkDocs, any warning that names a file of the
row is enough); and a *false alarm* is a warning or an error that it does not ask for. Without a site nothing is said of safety.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup

from fault_rows import CANARY, ELSEWHERE, ROWS, Row, write

PLAIN = (
    "site_name: Faults\ndocs_dir: notes\ntheme: material\nvalidation:\n  omitted_files: ignore\n  absolute_links: warn\n"
    "  unrecognized_links: warn\n  anchors: warn\n  not_found: warn\n"
)
BESIDE = {"beside.md": "# Beside\n\nThe note beside the row.\n"}
LIMIT = 120
"""Seconds."""
_RUNS = ("<script>alert", "onerror=alert", 'onclick="alert', "onmouseover=alert", 'style="position:fixed')


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a row."""

    survived: bool
    safe: bool | None
    detected: bool | None
    """None where nothing is asked for."""
    alarm: bool


def run(command: list[str], folder: Path) -> tuple[int, str, str]:
    """Run a command in a knowledge base: its exit code, -1 for none in time, what it prints and what it logs."""
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "AIKB_CACHE_DIR": str(folder / ".cache"), "COLUMNS": "400"}
    try:
        done = subprocess.run(
            [sys.executable, "-c", *command],
            cwd=folder,
            env=environment,
            capture_output=True,
            timeout=LIMIT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return -1, "", "Traceback: no end"
    return done.returncode, done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")


BUILD = ["import sys; from mkdocs.__main__ import cli; cli(sys.argv[1:])", "build"]
CHECK = ["import sys; from aikb.cli.main import main; main(sys.argv[1:])", "check", "-v", "--format", "json"]


def published(folder: Path) -> dict[str, str]:
    """All files of the site as text, compressed ones unpacked; the theme's own are left out."""
    found = {}
    for path in (folder / "site").rglob("*"):
        name = path.relative_to(folder / "site").as_posix()
        if path.is_file() and not name.startswith("assets/"):
            data = path.read_bytes()
            found[name] = (gzip.decompress(data) if path.suffix == ".gz" else data).decode(errors="replace")
    return found


def _is_safe(row: Row, files: dict[str, str]) -> bool | None:
    """Whether no file of the site shows a canary, and nothing of the row could run in a page of it; None without a site."""
    if not files:
        return None
    if CANARY in "".join(files.values()):
        return False
    own = (
        text
        for name, text in files.items()
        if name.removeprefix("fr/").casefold().startswith(f"{row.id}/".casefold()) and name.endswith(".html")
    )
    return not any("\x1b" in text or _runs(BeautifulSoup(text, "lxml")) for text in own)


def _runs(page: BeautifulSoup) -> bool:
    """Whether a page has an element that runs what only a hostile note would write."""
    for element in page.find_all(True):
        data = str(element.get("type", "")).casefold().endswith("json")  # a block of words, which no browser runs
        if element.name == "script" and not data and "alert(" in element.get_text():
            return True
        for name, value in element.attrs.items():
            if name.startswith("on") or (
                name in ("href", "to") and str(value).strip().casefold().startswith("javascript:")
            ):
                return True
            if name == "style" and "fixed" in str(value):
                return True
    return False


def _survived(code: int, said: str, files: dict[str, str]) -> bool:
    return code == 0 and "Traceback" not in said and "beside/index.html" in files


def by_aikb(rows: list[Row], folder: Path) -> dict[str, Verdict]:
    """Build and check rows with aikb."""
    code, _, said = run(BUILD, folder)
    files = published(folder)
    checked, report, logged = run(CHECK, folder)
    told = json.loads(report)["findings"] if checked in (0, 1) else []
    survived = _survived(code, said, files) and checked in (0, 1) and "Traceback" not in logged
    verdicts = {}
    for row in rows:
        asked = {each.split()[-1] for each in row.found if " info " in each}
        listed = Counter(
            f"{each['path'].removeprefix(f'notes/{row.id}/')}:{each['line']}:{each['column']} {each['severity']} {each['code']}"
            for each in told
            if each["path"].startswith(f"notes/{row.id}/") and (each["severity"] != "info" or each["code"] in asked)
        )
        wanted = Counter(row.found)
        verdicts[row.id] = Verdict(
            survived, _is_safe(row, files), (wanted <= listed) if wanted else None, bool(listed - wanted)
        )
    return verdicts


def by_plain(rows: list[Row], folder: Path) -> dict[str, Verdict]:
    """Build rows with MkDocs and Material."""
    (folder / "mkdocs.yml").write_text(PLAIN, encoding="utf-8")
    code, _, said = run(BUILD, folder)
    files = published(folder)
    warned = [each for each in said.splitlines() if re.match(r"WARNING|ERROR|Error", each)]
    verdicts = {}
    for row in rows:
        own = any(f"{row.id}/" in each for each in warned)
        verdicts[row.id] = Verdict(
            _survived(code, said, files), _is_safe(row, files), own if row.found else None, own and not row.found
        )
    return verdicts


def judged(rows: Iterable[Row]) -> tuple[dict[str, Verdict], dict[str, Verdict]]:
    """Build rows in one folder: what aikb and what plain MkDocs make of them."""
    rows = list(rows)
    found = []
    for judge in (by_aikb, by_plain):
        with tempfile.TemporaryDirectory() as top:
            folder = Path(top) / "kb"
            write(rows, folder)
            for name, text in BESIDE.items():
                (folder / "notes" / name).write_text(text, encoding="utf-8")
            found.append(judge(rows, folder))
    return found[0], found[1]


def table(verdicts: dict[str, Verdict]) -> str:
    """Sum up: what share of the rows was survived, safe and detected, and how many false alarms there are."""
    every = list(verdicts.values())
    shares = ([each.survived for each in every], [each.safe for each in every], [each.detected for each in every])
    asked = ([each for each in share if each is not None] for share in shares)
    shown = [f"{sum(share) / len(share):6.1%}" if share else "     –" for share in asked]
    return " | ".join([*shown, f"{sum(each.alarm for each in every):4}"])


def main() -> int:
    """Print the table; how many rows aikb gets wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="*", help="ids, by default all")
    chosen = [row for row in ROWS if row.id in parser.parse_args().rows or not parser.parse_args().rows]
    alone: tuple[dict[str, Verdict], dict[str, Verdict]] = ({}, {})
    for row in chosen:
        for known, new in zip(alone, judged([row]), strict=True):
            known.update(new)
        marks = " ".join(_marks(each[row.id]) for each in alone)
        print(f"{row.id:8} {marks}", flush=True)  # noqa: T201
    together = judged(chosen)
    lines = [
        f"{len(chosen)} rows        | survived |  safe  | detected | false alarms",
        *(f"aikb, {name:10} | {table(each[0])}" for name, each in (("each alone", alone), ("together", together))),
        *(f"plain, {name:9} | {table(each[1])}" for name, each in (("each alone", alone), ("together", together))),
        f"{len(ELSEWHERE)} rows are about more than a folder: "
        + ", ".join(f"{name} ({test})" for name, test in ELSEWHERE.items()),
    ]
    print("\n".join(lines))  # noqa: T201
    ours = [*alone[0].values(), *together[0].values()]
    return sum(
        not (each.survived and each.safe is not False and each.detected is not False and not each.alarm)
        for each in ours
    )


def _marks(verdict: Verdict) -> str:
    told = "-" if verdict.detected is None else "d" if verdict.detected else "."
    return (
        ("S" if verdict.survived else ".")
        + ("." if verdict.safe is False else "s" if verdict.safe else "-")
        + told
        + ("!" if verdict.alarm else " ")
    )


if __name__ == "__main__":
    sys.exit(min(main(), 1))
