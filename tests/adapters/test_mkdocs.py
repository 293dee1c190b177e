"""Real builds by MkDocs with Material: what a user gets from six lines of configuration."""

from __future__ import annotations

import importlib.util
import json
import logging
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urljoin

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from mkdocs.utils import CountHandler

from conftest import ROOT, built, on_disk, soup

CONFIGURATION = "site_name: Mes notes\ndocs_dir: notes\ntheme: material\nplugins:\n  - aikb: {languages: [en, fr]}\n"
Make = Callable[..., Path]

NOTES = {
    "notes/a.md": "# Attention\n\nSee [the other](papers/b.md#le-résumé) and ![a figure](img/f.png).\n",
    "notes/papers/b.md": (
        "# Le papier\n\nCeci est une note en français sur l’architecture des modèles.\n\n"
        "## Le résumé\n\nVoir [l’autre](../a.md).\n"
    ),
    "notes/img/f.png": "not really a picture",
    "glossary/terms.md": "# Glossary\n\n## Token\n\nA token is a piece of text.\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Make:
    """Write a knowledge base: `folder({...}, configuration)` is where it is."""

    def make(files: Mapping[str, str | bytes] = NOTES, configuration: str = CONFIGURATION) -> Path:
        return on_disk(tmp_path, {**files, "mkdocs.yml": configuration})

    return make


def pages(site: Path) -> Iterator[Path]:
    return (path for path in sorted(site.rglob("*.html")) if path.name != "404.html")


def target(site: Path, page: Path, href: str) -> Path:
    """The file that a link leads to."""
    url = urljoin("/" + page.relative_to(site).as_posix(), href)
    path = site / unquote(url.partition("#")[0]).lstrip("/")
    return path / "index.html" if path.is_dir() else path


def test_six_lines_make_a_site_in_both_languages(folder: Make) -> None:
    site = built(folder())
    assert [path.relative_to(site).as_posix() for path in pages(site)] == [
        "a/index.html",
        "fr/a/index.html",
        "fr/glossary/index.html",
        "fr/glossary/token/index.html",
        "fr/index.html",
        "fr/papers/b/index.html",
        "fr/papers/index.html",
        "glossary/index.html",
        "glossary/token/index.html",
        "index.html",
        "papers/b/index.html",
        "papers/index.html",
    ]
    english, french = soup(site / "index.html"), soup(site / "fr/index.html")
    assert (english.html["lang"], french.html["lang"]) == ("en", "fr")
    assert english.select_one("[name=query]")["placeholder"] == "Search"
    assert french.select_one("[name=query]")["placeholder"] == "Rechercher"
    assert "Accueil" in french.select_one(".md-sidebar--primary").get_text()


@pytest.mark.parametrize(
    ("notes", "configuration", "languages"),
    [
        ({"notes/a.md": "# A\n\nThe sea and the shore.\n"}, "", ["en"]),
        ({"notes/a.md": "# A\n\nLa mer et le rivage sont là pour nous.\n"}, "", ["fr"]),
        ({"notes/a.md": "# A\n\nLa mer et le rivage sont là.\n", "notes/b.md": "# B\n\nThe sea.\n"}, "", ["fr", "en"]),
        ({"notes/a.md": "# A\n\nThe sea is so.\n", "notes/a.fr.md": "# A\n\nBref.\n"}, "", ["en", "fr"]),
        ({"notes/a.md": "# A\n"}, "", ["en", "fr"]),
        ({"notes/a.md": "# A\n"}, "theme: {name: material, language: fr}\n", ["fr"]),
        ({"notes/a.md": "# A\n\nThe sea and the shore.\n"}, "theme: {name: material, language: fr}\n", ["fr", "en"]),
        ({"notes/a.md": "# A\n\nDie See und das Ufer.\n"}, "theme: {name: material, language: de}\n", ["de"]),
        ({"notes/a.md": "# A\n"}, "theme: {name: material, language: pt-BR}\n", ["pt-BR"]),
        ({"notes/a.md": "# A\n"}, "theme: {name: material, language: sh}\n", ["sh"]),
    ],
)
def test_languages_follow_the_theme_and_the_notes(
    folder: Make, notes: dict[str, str], configuration: str, languages: list[str]
) -> None:
    six = "site_name: N\ndocs_dir: notes\nplugins: [aikb]\n" + (configuration or "theme: material\n")
    site = built(folder(notes, six))
    homes = {"": languages[0], **{f"{lang}/": lang for lang in languages[1:]}}
    assert {path: soup(site / path / "index.html").html["lang"] for path in homes} == homes
    assert len(list(site.rglob("a/index.html"))) == len(languages)
    assert bool(soup(site / "index.html").select(".aikb-switcher")) == (len(languages) > 1)


def test_every_link_and_picture_of_every_page_leads_to_a_file(folder: Make) -> None:
    site = built(folder())
    for page in pages(site):
        for element in soup(page).select("a[href], img[src], link[href], script[src]"):
            address = element.get("href") or element.get("src")
            if address.startswith(("http", "javascript:")):
                continue
            assert target(site, page, address).is_file(), (page, address)
            fragment = unquote(address.partition("#")[2])
            if element.name == "a" and fragment and not fragment.startswith("__"):
                assert soup(target(site, page, address)).find(id=fragment), (page, address)


@pytest.mark.parametrize("urls", [True, False])
def test_the_switcher_leads_to_the_same_page_of_the_other_tree(folder: Make, urls: bool) -> None:
    site = built(folder(), use_directory_urls=urls)
    for page in pages(site):
        link = soup(page).select_one(".aikb-switcher a")
        twin = target(site, page, link["href"])
        here, there = page.relative_to(site).as_posix(), twin.relative_to(site).as_posix()
        assert there == (here.removeprefix("fr/") if here.startswith("fr/") else f"fr/{here}")
        assert soup(twin).html["lang"] == link["hreflang"]


def test_a_text_in_the_other_language_says_so_and_carries_its_own(folder: Make) -> None:
    site = built(folder())
    english = soup(site / "papers/b/index.html").select_one("article")
    assert english.select_one(".aikb-notice").get_text() == "This text is in French."
    assert english.select_one("div[lang=fr] h1").get_text().startswith("Le papier")
    french = soup(site / "fr/papers/b/index.html").select_one("article")
    assert french.select_one(".aikb-notice") is None
    assert french.select_one("div[lang]") is None


def test_nothing_is_asked_of_another_host(folder: Make) -> None:
    site = built(folder({**NOTES, "notes/c.md": "![cover](https://example.org/cover.png)\n"}))
    for page in pages(site):
        for element in soup(page).select("img[src], script[src], link[rel=stylesheet], link[rel=preconnect], iframe"):
            assert "//" not in (element.get("src") or element.get("href"))
    for sheet in site.rglob("aikb.css"):
        assert re.findall(r"""@import|url\((?!["']?data:)""", sheet.read_text(encoding="utf-8")) == []


def test_what_the_user_wrote_is_not_overridden(folder: Make) -> None:
    configuration = """\
site_name: Mine
docs_dir: notes
theme:
  name: material
  language: fr
  font: {text: Inter}
  features: [navigation.top]
  palette: {scheme: slate}
  favicon: img/f.png
markdown_extensions:
  - toc: {permalink: "§"}
plugins:
  - search: {separator: "x"}
  - aikb: {languages: [fr, en], sidebar_limit: 5}
"""
    root = folder(configuration=configuration)
    config = load_config(str(root / "mkdocs.yml"))
    build(config)
    assert (config.theme["font"], config.theme["features"]) == ({"text": "Inter"}, ["navigation.top"])
    assert (config.theme["palette"], config.theme["favicon"]) == ({"scheme": "slate"}, "img/f.png")
    assert config["mdx_configs"]["toc"]["permalink"] == "§"
    assert soup(root / "site/index.html").html["lang"] == "fr"
    assert soup(root / "site/en/index.html").html["lang"] == "en"
    index = json.loads((root / "site/search/search_index.json").read_text(encoding="utf-8"))
    assert index["config"]["separator"] == "x"
    assert len(index["docs"]) > 3


def test_a_nav_of_the_users_own_is_the_sidebar(folder: Make) -> None:
    nav = "nav:\n  - Start: a.md\n  - Reading:\n      - papers/b.md\n"
    site = built(folder(configuration=CONFIGURATION + nav))
    sidebar = soup(site / "fr/a/index.html").select_one(".md-sidebar--primary .md-nav__list")
    assert [" ".join(item.get_text().split()) for item in sidebar.find_all("li", recursive=False)] == [
        "Start",
        "Reading Reading Le papier",  # the group's label, its title on small screens, and what it holds
    ]


def test_materials_search_of_the_users_own_finds_each_text_once_in_the_readers_tree(folder: Make) -> None:
    own = CONFIGURATION.replace("  - aikb", "  - search: {separator: '[- ]'}\n  - aikb")
    site = built(folder(configuration=own))
    indexes = [
        json.loads((site / tree / "search/search_index.json").read_text(encoding="utf-8")) for tree in ("", "fr")
    ]
    for tree, index in zip(("", "fr"), indexes, strict=True):
        locations = [entry["location"] for entry in index["docs"]]
        assert locations[:3] == ["a/", "papers/b/", "papers/b/#le-résumé"]
        assert any(location.endswith("glossary/token/") for location in locations)
        for location in locations:
            assert target(site, site / tree / "index.html", location).is_file()


def test_the_sidebar_and_the_pages_do_not_grow_with_the_other_notes(folder: Make, tmp_path: Path) -> None:
    def size(count: int) -> int:
        root = folder({f"notes/n{number:03}.md": f"# Note {number:03}\n\nText.\n" for number in range(count)})
        return len((built(root) / "n040/index.html").read_bytes())

    assert size(160) - size(80) < 100


def test_a_failed_strict_build_leaves_the_previous_site(folder: Make) -> None:
    root = folder()
    site = built(root)
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    (root / "notes/a.md").write_text("# Changed\n\n[dead](nowhere.md)\n", encoding="utf-8")
    with pytest.raises(Abort):
        built(root, strict=True)
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before
    assert [path.name for path in root.iterdir() if "aikb" in path.name] == []


def test_a_crashed_build_leaves_the_previous_site(folder: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    root = folder()
    before = (built(root) / "index.html").read_bytes()
    monkeypatch.setattr("aikb.adapters.mkdocs.documents.build", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        built(root)
    assert (root / "site/index.html").read_bytes() == before
    assert [path.name for path in root.iterdir() if "aikb" in path.name] == []


def test_a_new_site_forgets_old_pages_and_keeps_hidden_files(folder: Make) -> None:
    root = folder()
    site = built(root)
    (site / ".nojekyll").touch()
    (site / "old.html").touch()
    built(root)
    assert (site / ".nojekyll").exists()
    assert not (site / "old.html").exists()


def test_bad_files_are_findings_and_the_rest_is_built(
    folder: Make, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = folder(
        {
            "notes/good.md": "# Good\n",
            "notes/latin.md": "# Caf\xe9\n".encode("latin-1"),
            "notes/marked.md": "# Marked\n\ntext <![ x\n",
            "notes/meta.md": "---\ntitle: [a\nb: c\n---\n# Meta\n",
        }
    )
    (root / "notes/gone.md").symlink_to("nowhere.md")
    monkeypatch.chdir(root)  # paths are from where one stands
    caplog.set_level(logging.WARNING, "mkdocs.plugins.aikb")
    site = built(root)
    found = [re.match(r"(\S+?): (\w+): ([\w-]+)", record.message.removeprefix("aikb: ")) for record in caplog.records]
    assert [match.groups() for match in found if match] == [
        ("notes/gone.md:1:1", "error", "file-unreadable"),
        ("notes/latin.md:1:6", "error", "encoding"),
        ("notes/marked.md:3:6", "warning", "html-malformed"),
        ("notes/meta.md:3:2", "error", "frontmatter-yaml"),
    ]
    assert soup(site / "latin/index.html").h1.get_text().startswith("Café")
    assert "<![ x" in soup(site / "marked/index.html").article.get_text()
    assert "title:" not in soup(site / "meta/index.html").article.get_text()
    assert not (site / "gone").exists()


def test_strict_counts_what_check_counts(folder: Make) -> None:
    root = folder({"notes/a.md": "[x](gone.md) [y]()\n"})
    handler = CountHandler()
    logging.getLogger("mkdocs").addHandler(handler)
    try:
        built(root, site_url="https://example.org/")
    finally:
        logging.getLogger("mkdocs").removeHandler(handler)
    counted = dict(handler.get_counts())
    checked = run(root, "aikb.cli", "check")
    assert counted == {"ERROR": 1, "WARNING": 1}
    assert [line.split(": ")[1] for line in checked.stdout.splitlines()] == ["error", "warning"]


def test_drafts_are_nowhere(folder: Make) -> None:
    canary = "canaryword"
    root = folder(
        {
            **NOTES,
            "notes/d.md": f"---\ndraft: true\ntitle: {canary}\n---\n# {canary}\n\n{canary}\n",
            "notes/e.md": "[x](d.md)\n",
        }
    )
    site = built(root)
    holding = [path for path in site.rglob("*") if path.is_file() and canary.encode() in path.read_bytes()]
    assert holding == []


def test_only_files_that_a_note_shows_are_published(folder: Make) -> None:
    files = {**NOTES, "notes/tax.pdf": "private", "notes/.env": "secret", "notes/CNAME": "example.org"}
    site = built(folder(files))
    assert (site / "img/f.png").exists()
    assert (site / "CNAME").exists()
    assert not (site / "tax.pdf").exists()
    assert not (site / ".env").exists()


def test_hostile_front_matter_stays_text(folder: Make) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    site = built(
        folder(
            {
                "notes/a.md": f"---\ntitle: '{evil}'\ndescription: '\"{evil}'\nauthor: '{evil}'\ntags: ['{evil}']\n---\ntext\n"
            }
        )
    )
    for page in pages(site):
        parsed = soup(page)
        run = [tag for tag in parsed.find_all("script") if tag.get("type") != "application/ld+json"]
        assert [tag for tag in run if "alert" in tag.get_text()] == []
        assert parsed.select("[onerror]") == []


@pytest.mark.parametrize(
    ("configuration", "message"),
    [
        (
            CONFIGURATION.replace("- aikb: {languages: [en, fr]}", "- aikb: {glossry_dir: x}"),
            "unknown key “glossry_dir” (did you mean “glossary_dir”?)",
        ),
        (CONFIGURATION.replace("- aikb: {languages: [en, fr]}", "- aikb: {languages: [german]}"), "languages"),
        (CONFIGURATION.replace("theme: material", "theme: readthedocs"), "needs Material"),
    ],
)
def test_a_configuration_that_cannot_be_meant_is_one_line(folder: Make, configuration: str, message: str) -> None:
    result = run(folder(configuration=configuration), "mkdocs", "build")
    assert result.returncode == 1
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def run(folder: Path, module: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    code = (
        "from aikb.cli.main import main; main()" if module == "aikb.cli" else "from mkdocs.__main__ import cli; cli()"
    )
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
    )


def test_the_same_notes_give_the_same_bytes(folder: Make, tmp_path: Path) -> None:
    root = folder()
    trees = []
    for seed, zone, name in (("1", "UTC", "one"), ("2", "Pacific/Auckland", "two")):
        result = run(root, "mkdocs", "build", "-q", "-d", name, PYTHONHASHSEED=seed, TZ=zone, LC_ALL="C")
        assert result.returncode == 0, result.stderr
        site = root / name
        trees.append({path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()})
    assert trees[0] == trees[1]


# The user's own notes ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The four documents as they are, and their site."""
    notes = ROOT.parent / "shared" / "corpus" / "seeds"
    if not notes.is_dir():
        pytest.skip("the user's notes, ../shared/corpus/seeds, are not here")
    root = tmp_path_factory.mktemp("seeds")
    (root / "notes").symlink_to(notes)
    (root / "mkdocs.yml").write_text(CONFIGURATION, encoding="utf-8")
    return notes, built(root)


def test_all_fragments_of_the_report_land_on_the_heading_they_mean(seeds: tuple[Path, Path]) -> None:
    notes, site = seeds
    source = (notes / "state-of-ai.md").read_text(encoding="utf-8")
    written = re.findall(r"\]\(#([^)]*)\)", source)
    article = soup(site / "state-of-ai/index.html").article
    shown = [
        unquote(link["href"][1:])
        for link in article.select("a[href^='#']:not(.headerlink, .aikb-tick, .aikb-steps a, .aikb-alike a)")
    ]
    assert len(written) == 68
    assert shown == [fragment.replace("glossairelmsys", "glossaire_lmsys") for fragment in written]
    headings = {heading["id"] for heading in article.select("h1[id], h2[id], h3[id], h4[id]")}
    assert set(shown) <= headings


def test_the_reports_tags_are_no_headings_and_its_missing_pictures_are_seen(seeds: tuple[Path, Path]) -> None:
    _, site = seeds
    posts = soup(site / "posts/index.html").article
    assert [heading.get_text() for heading in posts.select("h1, h2, h3") if "#AI" in heading.get_text()] == []
    assert "#AI #ScalingLaws" in posts.get_text()
    report = soup(site / "state-of-ai/index.html").article
    assert report.select("img") == []
    assert len(report.select(".aikb-image--missing")) == 5


def test_the_yardstick_agrees_with_the_built_pages(seeds: tuple[Path, Path]) -> None:
    notes, site = seeds
    spec = importlib.util.spec_from_file_location("agreement", ROOT.parent / "shared" / "tools" / "agreement.py")
    assert spec is not None
    assert spec.loader is not None
    agreement = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(agreement)
    for name in ("state-of-ai", "llm", "posts"):
        for tree in ("", "fr"):
            note = (notes / f"{name}.md").read_text(encoding="utf-8")
            page = (site / tree / name / "index.html").read_text(encoding="utf-8")
            assert agreement.score(note, page)[0] == 1.0, (name, tree)


def test_two_processes_write_what_one_writes(folder: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    root = folder()
    trees = []
    for least in (1, 10_000):
        monkeypatch.setattr("aikb.system.parallel.WORTH_FORKING", least)
        monkeypatch.setattr("aikb.system.parallel.threading.active_count", lambda: 1)
        site = built(root)
        trees.append({path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()})
    assert trees[0] == trees[1]
    assert len([path for path in trees[0] if path.name == "index.html"]) == 12
