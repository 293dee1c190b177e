"""`mkdocs.yml` files as people publish them: no traceback, no page and no word lost that plain Material shows."""

from __future__ import annotations

import logging
import re
import shutil
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException

from aikb.cli.main import main
from conftest import ROOT
from elsewhere import written_hosts

FOLDERS = ROOT / "tests/published"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360f8cfc000000301010018dd8db00000000049454e44ae426082"
)
SYNTAX = frozenset("20 bash hl lines title warning wide width x".split())
"""Words of the notes that are syntax, and that plain Material shows where the extension for it is off."""


@dataclass(frozen=True)
class Expected:
    """What a configuration needs, and what comes of it."""

    says: str = ""
    """What the build says of what it does not do."""
    fails: bool = False
    """Whether it is refused, in one line."""
    modules: tuple[str, ...] = ()
    """What must be installed."""
    environment: Mapping[str, str] = field(default_factory=dict)
    file: str = "mkdocs.yml"
    moved: frozenset[str] = frozenset()
    """Pages that have another address on purpose."""
    renamed: frozenset[str] = frozenset()
    """Words of titles that the menu alone has: a note keeps its own title above its text and in lists."""


PUBLISHED = {
    "a-german-site-with-tabs": Expected(),
    "a-manual-in-many-sections-with-a-mascot": Expected("navigation.prune", renamed=frozenset({"care", "set", "up"})),
    "a-right-to-left-theme-without-extensions": Expected("navigation.prune"),
    "all-of-material-recommended-extensions": Expected(),
    "awesome-nav": Expected(modules=("mkdocs_awesome_nav",)),
    "blog": Expected("blog", fails=True),
    "codehilite-smarty-wikilinks-and-nl2br": Expected(),
    "custom-dir-with-a-block-a-partial-and-a-404": Expected(),
    "docs-dir-is-the-folder-itself": Expected("docs_dir", fails=True),
    "edit-template-draft-docs-and-watch": Expected(),
    "exclude-docs-and-draft-docs": Expected(),
    "extensions-with-rare-options": Expected(),
    "extra-social-analytics-consent-version-alternate": Expected("google"),
    "features-palette-and-icons": Expected(),
    "flat-addresses": Expected(),
    "hooks": Expected(),
    "i18n-switched-off-by-the-environment": Expected(
        modules=("mkdocs_static_i18n",), moved=frozenset({"guide/lamp.fr/index.html"})
    ),
    "inherit-and-env": Expected(environment={"NAME_OF_SITE": "From outside", "VERSION_OF_SITE": "7"}),
    "inherited-twice-with-mappings-and-env": Expected(environment={"NAME_OF_SITE": "From outside", "OWNER": "Wardens"}),
    "macros-with-variables": Expected(modules=("mkdocs_macros",)),
    "many-hooks-and-a-made-page": Expected(),
    "meta-group-info-privacy-and-offline": Expected(),
    "nav-with-groups-links-and-a-title": Expected(),
    "notes-in-the-vault-configuration-in-a-folder": Expected(file=".site/mkdocs.yml"),
    "overrides-of-blocks-a-home-template-and-icons": Expected(),
    "redirects-minify-and-glightbox": Expected(
        modules=("mkdocs_redirects", "mkdocs_minify_plugin", "mkdocs_glightbox")
    ),
    "reference-made-of-code-with-a-literate-menu": Expected(
        modules=("mkdocs_gen_files", "mkdocs_literate_nav", "mkdocs_section_index", "mkdocstrings")
    ),
    "relative-paths-for-snippets-and-base64": Expected(),
    "repository-edit-links-and-dates-of-git": Expected(modules=("mkdocs_git_revision_date_localized_plugin",)),
    "several-stylesheets-and-scripts": Expected("unpkg.com"),
    "snippets-abbreviations-and-blocks": Expected(),
    "strict-with-validation": Expected(),
    "tags": Expected(),
    "the-theme-read-the-docs": Expected("material", fails=True),
    "validation-with-addresses-from-the-root": Expected(),
}


def copied(name: str, folder: Path) -> Path:
    """The files of a configuration, with the notes beside it."""
    shutil.copytree(FOLDERS / "notes", folder / "docs")
    shutil.copytree(FOLDERS / name, folder, dirs_exist_ok=True)
    (folder / "docs/img").mkdir()
    (folder / "docs/img/lamp.png").write_bytes(PNG)
    return folder


def without_aikb(text: str) -> str:
    """A configuration without the plugin, and with Material's search, which it takes the place of."""
    searched = re.search(r"- search|search:", text) is not None
    text = re.sub(r"(?m)^[ ]*- aikb(?::.*)?\n", "" if searched else "  - search\n", text)
    return re.sub(r", aikb: \{[^}]*\}", "", text.replace("plugins: [aikb]", "plugins: [search]"))


def built(file: Path) -> Path:
    """The folder of the site of a configuration. Raises MkDocsException or Abort where it is refused."""
    config = load_config(str(file))
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    return Path(config.site_dir)


def words(html: str) -> frozenset[str]:
    """The words of an article, its marks and buttons left out."""
    article = BeautifulSoup(html, "lxml").select_one("article")
    if article is None:
        return frozenset()
    for mark in article.select(".headerlink, .md-content__button, .md-source-file, script, .linenos, .md-tags"):
        mark.decompose()
    return frozenset(re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", article.get_text(" ")).lower()))


def test_every_folder_is_tried() -> None:
    assert {each.name for each in FOLDERS.iterdir() if each.is_dir()} == {"notes", *PUBLISHED}
    assert len(PUBLISHED) == 35


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_configuration_loses_nothing(
    name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = PUBLISHED[name]
    if missing := [module for module in expected.modules if find_spec(module) is None]:
        pytest.skip(f"not installed: {', '.join(missing)}")
    for variable, value in expected.environment.items():
        monkeypatch.setenv(variable, value)
    caplog.set_level(logging.INFO)
    file = copied(name, tmp_path / "ours") / expected.file
    if expected.fails:
        with pytest.raises((MkDocsException, Abort)) as refused:
            built(file)
        said = f"{refused.value}{caplog.text}"
        assert expected.says in said
        assert "Traceback" not in said
        return
    ours, said = built(file), caplog.text
    assert expected.says in said
    assert [host for host in sorted(written_hosts(ours)) if host not in said] == []  # or one line says so
    assert CliRunner().invoke(main, ["check", "--config-file", str(file), "--no-cache"]).exit_code == 0
    folder = copied(name, tmp_path / "plain")
    for each in folder.rglob("*.yml"):
        each.write_text(without_aikb(each.read_text("utf-8")), encoding="utf-8")
    plain = built(folder / expected.file)
    lost = dict[str, list[str]]()
    for page in sorted(set(plain.rglob("*.html")) - {plain / "404.html"}):
        path = page.relative_to(plain)
        if path.as_posix() in expected.moved:
            continue
        assert (ours / path).is_file(), f"no page {path}"
        if gone := words(page.read_text("utf-8")) - words((ours / path).read_text("utf-8")) - SYNTAX - expected.renamed:
            lost[str(path)] = sorted(gone)
    assert lost == {}
