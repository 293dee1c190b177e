"""Builds folders of notes with MkDocs and compares every page with its note: structure as on GitHub, and what is lost.

    python bench/yardsticks.py            all folders of ../shared/corpus
    python bench/yardsticks.py seeds -v   one of them, with every difference

The measures are `../shared/tools/agreement.py` (the mean F1 of each folder's blocks) and `fidelity.py` (what stands in the note
and not on the page). A folder of `.mdx` is measured as if it were `.md`. The pages of exports are made of their highlights, and
are left out.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from aikb.mkdocs_file import read_settings
from aikb.pipeline import build
from aikb.read.files.disk import load
from aikb.read.language.site import with_languages

SHARED = Path(__file__).parents[2] / "shared"
CONFIGURATION = "site_name: Notes\ntheme: material\nuse_directory_urls: true\nplugins:\n  - aikb\n"


def copied(folder: Path, root: Path) -> None:
    """Make a knowledge base of a folder's files."""
    for file in folder.rglob("*"):
        if file.is_file():
            path = file.relative_to(folder)
            target = root / "docs" / path.with_suffix(".md" if path.suffix == ".mdx" else path.suffix)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.read_bytes())
    (root / "mkdocs.yml").write_text(CONFIGURATION)


def pages(root: Path) -> Iterator[tuple[Path, Path]]:
    """Yield each note with the page that was made of it, in the tree of its own language where there is one."""
    loaded = load(root, read_settings(root / "mkdocs.yml"))
    settings = with_languages(loaded.settings, loaded.sources)
    found: dict[str, str] = {}
    for page in build(loaded.sources, settings, loaded.assets).pages:
        if (
            (root / page.source).suffix == ".md"
            and (root / page.source).is_file()
            and (page.source not in found or page.tree == page.lang)
        ):
            found[page.source] = page.path
    for source, path in found.items():
        address = Path(path).with_suffix("")
        folder = address.parent if address.name.lower() in ("index", "readme") else address
        yield root / source, root / "site" / folder / "index.html"


def measured(folder: Path, show: int) -> str:
    """Build a folder and measure its pages: the figures, several lines."""
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        copied(folder, root)
        subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], cwd=root, check=True, capture_output=True)
        pairs = [str(path) for pair in pages(root) for path in pair]
        if not pairs:
            return "no notes"
        told = []
        for tool in ("agreement.py", "fidelity.py"):
            command = [sys.executable, str(SHARED / "tools" / tool), *pairs, "--show", str(show)]
            run = subprocess.run(command, check=False, capture_output=True, text=True)
            lines = [line.replace(f"{root}/docs/", "") for line in run.stdout.splitlines()]
            told += (
                lines
                if show
                else [each for each in lines if each.startswith("mean") or "lost" in each or "lose" in each]
            )
            told += run.stderr.splitlines()
        return "\n".join(told)


def main() -> None:
    """Measure the folders named, or all."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folders", nargs="*")
    parser.add_argument("-v", action="store_true", dest="verbose", help="print every difference")
    options = parser.parse_args()
    names = options.folders or sorted(each.name for each in (SHARED / "corpus").iterdir() if each.is_dir())
    for name in names:
        print(f"== {name}\n{measured(SHARED / 'corpus' / name, 50 if options.verbose else 0)}", flush=True)


if __name__ == "__main__":
    main()
