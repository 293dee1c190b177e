"""Make the files that a new site needs, from what its folder is: texts by path, and nothing is written here."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from string import Template

import yaml

from aikb import __version__
from aikb.read.files.layout import Layout
from aikb.system.git_remote import Remote

IGNORED = ("site/", ".site.aikb-*/", ".aikb-cache/")
"""What a build leaves behind."""
BASELINE = "aikb-baseline.json"
_STARTER: Traversable = files("aikb.cli") / "starter"
REQUIREMENT = "aikb>={},<{}".format(
    __version__, f"{__version__.partition('.')[0]}.{int(__version__.split('.')[1]) + 1}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What is known of a folder that shall become a site."""

    name: str
    """Of the site."""
    layout: Layout
    languages: Sequence[str]
    remote: Remote | None = None
    branch: str = "main"
    baseline: bool = False
    """Whether there are errors to accept."""

    @property
    def config(self) -> str:
        """The path of the configuration, which is in a folder of its own where the notes are at the root."""
        return self.layout.config or (".aikb/mkdocs.yml" if self.layout.notes_dir == "." else "mkdocs.yml")

    @property
    def folder(self) -> str:
        """The folder of the configuration with a slash; empty for the root."""
        return self.config.removesuffix(posixpath.basename(self.config))


def configuration(start: Start) -> str:
    """Make `mkdocs.yml`."""
    layout = start.layout
    root = layout.notes_dir == "."
    lines = [f"site_name: {_scalar(start.name)}"]
    if start.remote and start.remote.pages:
        lines.append(f"site_url: {start.remote.pages}")
    lines.append(f"docs_dir: {'..' if root else _scalar(layout.notes_dir or 'notes')}")
    if root:
        lines.append(f"site_dir: {_scalar(f'../../{start.name}-site')} # MkDocs wants it outside the notes")
    if layout.left_out:
        lines += ["exclude_docs: |", *(f"  /{_pattern(folder)}/" for folder in layout.left_out)]
    lines += ["theme: material", "plugins:"]
    options = [f"      languages: [{', '.join(start.languages)}]"]
    if layout.glossary_dir not in ("", "glossary"):
        options.append(f"      glossary_dir: {_scalar(layout.glossary_dir)}")
    if start.baseline:
        options.append(f"      baseline: {BASELINE}")
    lines += ["  - aikb:", *options]
    return "\n".join(lines) + "\n"


def starter_files(start: Start) -> dict[str, str]:
    """Make every file but the baseline: configuration, what publishes the site, a hook, and notes where there are none."""
    option = f" -f {start.config}" if start.folder else ""
    values = {
        "branches": yaml.safe_dump([start.branch], default_flow_style=True, allow_unicode=True, width=10_000).strip(),
        "config": start.config,
        "config_option": option,
        "requirement": REQUIREMENT,
    }
    made = {} if start.layout.config else {start.config: configuration(start)}
    host = start.remote.host if start.remote else ""
    if host != "gitlab.com":
        made[".github/workflows/site.yml"] = _filled("github.yml", values)
    if host != "github.com":
        made[".gitlab-ci.yml"] = _filled("gitlab.yml", values)
    made[".pre-commit-config.yaml"] = _filled("pre-commit.yml", values)
    if not start.layout.notes_dir:
        made |= dict(_texts(_STARTER / "example"))
    return made


def ignore_lines(text: str) -> str:
    """Add to the text of a `.gitignore` what a build leaves behind."""
    present = {line.strip().strip("/") for line in text.splitlines()}
    missing = [line for line in IGNORED if line.strip("/") not in present]
    gap = "" if not text or text.endswith("\n") else "\n"
    return text + gap + "".join(f"{line}\n" for line in missing)


def _filled(name: str, values: Mapping[str, str]) -> str:
    return Template((_STARTER / name).read_text(encoding="utf-8")).substitute(values)


def _texts(folder: Traversable, above: str = "") -> list[tuple[str, str]]:
    """Read all texts below a folder of ours, by path."""
    found: list[tuple[str, str]] = []
    for each in sorted(folder.iterdir(), key=lambda entry: entry.name):
        name = f"{above}{each.name}"
        found += _texts(each, f"{name}/") if each.is_dir() else [(name, each.read_text(encoding="utf-8"))]
    return found


def _scalar(text: str) -> str:
    """Write a text as YAML reads it back."""
    return yaml.safe_dump(text, allow_unicode=True, width=10_000, default_style=None).removesuffix("...\n").strip()


def _pattern(folder: str) -> str:
    """Write a folder as a pattern of gitignore."""
    return "".join(f"\\{character}" if character in "*?[]\\!# " else character for character in folder)
