"""Two whole trees, as MkDocs writes them: heads, sitemaps, switchers, on a small knowledge base and on a real one."""

from __future__ import annotations

import json
import logging
import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup
from lxml import etree

from conftest import built, on_disk, soup

CONFIGURATION = "site_name: Shore\ndocs_dir: notes\ntheme: material\nplugins:\n  - aikb: {languages: [en, fr]}\n"
ADDRESS = "https://example.org/kb/"
EN = "The sea rises and falls twice a day, and the shore lives with it.\n"
FR = "La mer monte et descend deux fois par jour, et le rivage la suit.\n"
FILES = {
    "mkdocs.yml": CONFIGURATION,
    "notes/index.md": f"# Home\n\n{EN}\n[b](x/b.md) [s](seul.md) [o](only.md)\n",
    "notes/index.fr.md": f"# Accueil\n\n{FR}",
    "notes/x/b.md": f"# Tides\n\n## Why it’s so\n\n{EN}\n[fr](b.fr.md)\n",
    "notes/x/b.fr.md": f"# Marées\n\n## L’explication\n\n{FR}\n[en](b.md)\n",
    "notes/seul.md": f"# Seule\n\n{FR}",
    "notes/only.md": f"# Only\n\n{EN}",
    "notes/draft.md": f"# Draft\n\n{EN}",
    "notes/draft.fr.md": f"---\ndraft: true\n---\n# Brouillon\n\n{FR}",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(on_disk(tmp_path_factory.mktemp("site"), FILES), site_url=ADDRESS)


def address_of(file: Path, site: Path) -> str:
    return ADDRESS + file.relative_to(site).as_posix().removesuffix("index.html")


def pages(site: Path) -> dict[str, BeautifulSoup]:
    return {address_of(file, site): soup(file) for file in sorted(site.rglob("index.html"))}


def twins(page: BeautifulSoup) -> dict[str, str]:
    return {link["hreflang"]: link["href"] for link in page.select("link[hreflang]")}


def wrong_twins(found: dict[str, BeautifulSoup]) -> list[str]:
    """Pages whose `hreflang` is not absolute, not complete, or not returned."""
    wrong = []
    for address, page in found.items():
        told = twins(page)
        if told and (address not in told.values() or "x-default" not in told):
            wrong.append(address)
        wrong += [f"{address} -> {twin}" for twin in told.values() if twin not in found or twins(found[twin]) != told]
    return wrong


def dead_switches(found: dict[str, BeautifulSoup]) -> list[str]:
    """Pages whose switcher leads to no page, or to none that leads back."""
    targets = {
        address: urljoin(address, page.select_one(".aikb-switcher__link")["href"]) for address, page in found.items()
    }
    return [address for address, target in targets.items() if targets.get(target) != address]


def test_twins_are_absolute_mutual_and_have_a_default(site: Path) -> None:
    found = pages(site)
    assert wrong_twins(found) == []
    assert twins(found[f"{ADDRESS}fr/x/b/"]) == {
        "en": f"{ADDRESS}x/b/",
        "x-default": f"{ADDRESS}x/b/",
        "fr": f"{ADDRESS}fr/x/b/",
    }
    assert twins(found[f"{ADDRESS}fr/draft/"]) == {}
    assert list(twins(found[f"{ADDRESS}draft/"])) == ["en", "x-default"]


def test_material_takes_no_twin_for_a_site(site: Path) -> None:
    links = soup(site / "x/b/index.html").select("link[hreflang]")
    assert {tuple(link["rel"]) for link in links} == {("alternate", "translation")}


def test_a_text_that_nobody_translated_is_canonical_in_its_own_tree_only(site: Path) -> None:
    for path, canonical in (("seul", "fr/seul/"), ("fr/seul", "fr/seul/"), ("only", "only/"), ("fr/only", "only/")):
        assert soup(site / path / "index.html").select_one("link[rel=canonical]")["href"] == ADDRESS + canonical


def test_every_page_says_what_it_is(site: Path) -> None:
    said = {path: page.select_one("meta[name=description]") for path, page in pages(site).items() if "404" not in path}
    assert [path for path, each in said.items() if each is None or not each["content"].strip()] == []


def test_the_head_says_the_language_of_the_text(site: Path) -> None:
    def locales(path: str) -> list[str]:
        return [meta["content"] for meta in soup(site / path / "index.html").select("meta[property^='og:locale']")]

    assert locales("x/b") == ["en_US", "fr_FR"]
    assert locales("fr/x/b") == ["fr_FR", "en_US"]
    assert locales("seul") == ["fr_FR"]


def test_each_tree_has_a_sitemap_of_its_own_texts_with_their_twins(site: Path) -> None:
    def entries(path: str) -> dict[str, list[str]]:
        root = etree.fromstring((site / path).read_bytes())
        names = {"s": root.nsmap[None], "x": "http://www.w3.org/1999/xhtml"}
        return {
            entry.findtext("s:loc", namespaces=names).removeprefix(ADDRESS): [
                link.get("href").removeprefix(ADDRESS) for link in entry.findall("x:link", names)
            ]
            for entry in root.findall("s:url", names)
        }

    english, french = entries("sitemap.xml"), entries("fr/sitemap.xml")
    assert english["x/b/"] == french["fr/x/b/"] == ["x/b/", "fr/x/b/"]
    assert {"only/", "draft/"} <= set(english)
    assert "seul/" not in english
    assert "fr/seul/" in french
    assert not {"fr/only/", "fr/draft/"} & set(french)
    assert {"fr/seul/", "fr/x/b/"} <= set(english)  # the one that robots find has every text at its canonical address
    assert not {"fr/only/", "fr/draft/"} & set(english)


def test_robots_find_the_sitemap_and_a_file_of_ones_own_stays(site: Path, tmp_path: Path) -> None:
    assert f"Sitemap: {ADDRESS}sitemap.xml\n" in (site / "robots.txt").read_text(encoding="utf-8")
    own = built(on_disk(tmp_path, {**FILES, "notes/robots.txt": "User-agent: *\nDisallow: /\n"}))
    assert (own / "robots.txt").read_text(encoding="utf-8") == "User-agent: *\nDisallow: /\n"


def test_the_page_for_what_is_not_there_speaks_every_language(site: Path) -> None:
    page = soup(site / "404.html")
    homes = [link["href"] for link in page.select("article p[lang] a")]
    assert homes == ["/", "/fr/"] or [urljoin(ADDRESS, each) for each in homes] == [ADDRESS, f"{ADDRESS}fr/"]
    assert [each["lang"] for each in page.select(".aikb-nearest span")] == ["en", "fr"]
    assert page.select_one("[data-aikb-words] input[name=query]") is not None
    assert page.select_one(".md-copyright").text.split()[0] == "Made"  # as the first tree does


def test_the_switcher_of_every_page_leads_to_its_twin_and_back(site: Path) -> None:
    assert dead_switches(pages(site)) == []


def test_the_switchers_data_survives_quotes(site: Path) -> None:
    data = soup(site / "x/b/index.html").select_one("[data-aikb-alternates]")["data-aikb-alternates"]
    (french,) = json.loads(data)
    assert french["href"] == "../../fr/x/b/"
    assert french["fragments"] == {"tides": "marées", "why-its-so": "lexplication"}


def test_the_table_of_contents_speaks_as_the_headings_do(tmp_path: Path) -> None:
    text = f"# Tides\n\n{EN}\n{EN}\n{EN}\n## Pourquoi la mer monte et descend\n\n{FR}\n## The moon and the sea\n\n{EN}"
    out = built(on_disk(tmp_path, {"mkdocs.yml": CONFIGURATION, "notes/a.md": text}))
    entries = {
        link.get_text(strip=True): link.find_parent(lang=True)["lang"] if not link.select("[lang]") else "fr"
        for tree in ("", "fr/")
        for link in soup(out / tree / "a/index.html").select(".md-nav--secondary .md-nav__link[href]")
    }
    assert entries == {"Pourquoi la mer monte et descend": "fr", "The moon and the sea": "en"}
    assert soup(out / "a/index.html").select_one(".md-nav--secondary span[lang=fr]").get_text().startswith("Pourquoi")


def test_a_link_to_the_own_twin_leaves_the_tree(site: Path) -> None:
    for path, text, target in (("x/b", "fr", "fr/x/b/"), ("fr/x/b", "en", "x/b/")):
        link = soup(site / path / "index.html").select_one("article").find("a", string=text)
        assert urljoin(f"{ADDRESS}{path}/", link["href"]) == ADDRESS + target


@pytest.mark.parametrize(("strict", "level"), [(False, logging.WARNING), (True, logging.INFO)])
def test_without_an_address_of_the_site_one_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, strict: bool, level: int
) -> None:
    root = on_disk(tmp_path, {**FILES, "notes/index.md": f"# Home\n\n{EN}"})
    with caplog.at_level(logging.INFO, "mkdocs"):
        out = built(root, strict=strict)
    assert [record.levelno for record in caplog.records if "site_url" in record.message] == [level]
    page = soup(out / "x/b/index.html")
    assert twins(page) == {}
    assert page.select_one(".aikb-switcher__link")["href"] == "../../fr/x/b/"
    assert page.select_one("meta[property='og:locale']")["content"] == "en_US"


def test_one_language_needs_no_address_and_no_switch(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    root = on_disk(
        tmp_path,
        {**FILES, "mkdocs.yml": CONFIGURATION.replace("- aikb: {languages: [en, fr]}", "- aikb: {languages: [en]}")},
    )
    with caplog.at_level(logging.INFO, "mkdocs"):
        out = built(root)
    assert not any("site_url" in record.message for record in caplog.records)
    assert soup(out / "only/index.html").select(".aikb-switcher__link, [data-aikb-alternates]") == []


# A translated guide ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def guide(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twins of a real site. They are MDX, which is a program as much as a text: aikb reads Markdown, so they are renamed."""
    root = tmp_path_factory.mktemp("guide")
    folder = corpus / "bilingual-suffix" / "pages"
    texts = {
        f"notes/{path.relative_to(folder).with_suffix('.md').as_posix()}": path.read_text(encoding="utf-8")
        for path in folder.rglob("*.mdx")
    }
    built(on_disk(root, {"mkdocs.yml": CONFIGURATION, **texts}), site_url=ADDRESS)
    return root


def test_all_pairs_of_a_real_guide_are_found_in_their_language(guide: Path) -> None:
    names: dict[str, set[str]] = {}
    for path in (guide / "notes").rglob("*.md"):
        name, _, lang = path.relative_to(guide / "notes").with_suffix("").as_posix().rpartition(".")
        names.setdefault(name, set()).add(lang)
    found = pages(guide / "site")
    assert sum(len(langs) == 2 for langs in names.values()) == 62
    for name, langs in names.items():
        address = re.sub(r"(^|/)index$", r"\1", name)
        for lang, prefix in (("en", ""), ("fr", "fr/")):
            page = found[ADDRESS + prefix + (f"{address}/" if address else "")]
            assert page.html["lang"] == lang
            whole = page.select("article > div[lang] h1, article > div[lang] > .headerlink")
            assert bool(twins(page)) == (lang in langs), (name, lang)
            assert not (whole and lang in langs), (name, lang)


def test_switching_on_a_real_guide_never_ends_nowhere(guide: Path) -> None:
    found = pages(guide / "site")
    assert len(found) > 120
    assert dead_switches(found) == []
    assert wrong_twins(found) == []


def test_the_site_and_its_folders_are_called_as_each_language_says(tmp_path: Path) -> None:
    titles = "{fr: {site_name: Rivage & mer, site_description: Des mots, x: Rives}}"
    configuration = CONFIGURATION.replace("[en, fr]", f"[en, fr], titles: {titles}") + "site_description: Words\n"
    files = {name: text for name, text in FILES.items() if "index" not in name}
    out = built(on_disk(tmp_path, {**files, "mkdocs.yml": configuration}))

    def names(path: str) -> list[str]:
        page = soup(out / path / "index.html")
        shown = [page.title.string, page.select_one("meta[name=description]")["content"]]
        return [*shown, page.select_one(".md-header__topic").get_text(strip=True), page.select_one(".md-logo")["title"]]

    said = "La mer monte et descend deux fois par jour, et le rivage la suit."
    assert names("fr/x/b") == ["Marées - Rivage & mer", said, "Rivage & mer", "Rivage & mer"]
    assert names("fr")[1:3] == ["Des mots", "Rivage & mer"]
    assert names("x/b")[0] == "Tides - Shore"
    assert names("")[1:] == ["Words", "Shore", "Shore"]
    assert soup(out / "fr/index.html").select_one("h1").get_text() == "Rivage & mer"
    assert soup(out / "fr/x/index.html").select_one("h1").get_text() == "Rives"
    assert soup(out / "x/index.html").select_one("h1").get_text() == "X"
