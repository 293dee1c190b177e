"""A user's own `nav:`, what Material documents of front matter, titles that are markup, and mkdocs.yml as MkDocs reads it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from html import unescape
from pathlib import Path

import pytest
import yaml
from bs4 import Tag
from mkdocs.config import load_config

from aikb.mkdocs_file import read_settings
from aikb.model.document import Metadata
from aikb.model.site import NavigationItem, Site
from aikb.settings import Settings, frozen_navigation
from conftest import Build, built, document, on_disk, page, places, soup

CONFIGURATION = "site_name: Mine\ndocs_dir: notes\ntheme: material\nplugins:\n  - aikb: {languages: [en, fr]}\n"
ENGLISH = "This is a note about the architecture of large language models and how they are trained.\n"
NOTES = {
    "notes/a.md": f"# A\n\n{ENGLISH}",
    "notes/b.md": f"# B\n\n{ENGLISH}",
    "notes/c.md": f"# C\n\n{ENGLISH}",
    "notes/sub/d.md": f"# D\n\n{ENGLISH}",
    "notes/sub/deep/e.md": f"# E\n\n{ENGLISH}",
    "notes/own/README.md": f"# Own page\n\n{ENGLISH}",
    "notes/secret.md": f"---\ndraft: true\n---\n# Secret\n\n{ENGLISH}",
    "glossary/terms.md": "# Glossary\n\n## Token\n\nA token is a piece of text.\n",
}
NAV = """\
nav:
  - index.md
  - Terms: glossary/index.md
  - B first: b.md
  - Group:
      - sub/index.md
      - Inner:
          - sub/deep/e.md
          - own/README.md
      - a.md
  - Other group:
      - sub/d.md
  - Mail: mailto:me@example.org
  - Elsewhere: /other/
  - Web: https://example.org/x
  - Gone: gone.md
  - secret.md
"""


def navigation(text: str) -> tuple[object, ...]:
    """A `nav:` as Settings hold it."""
    return frozen_navigation(yaml.safe_load(text)["nav"])


def outline(items: tuple[NavigationItem, ...], depth: int = 0) -> list[str]:
    lines = []
    for item in items:
        lines.append(f"{'  ' * depth}{'*' if item.active else ''}{item.title} → {item.path}")
        lines += outline(item.children, depth + 1)
    return lines


def written(kb: Build) -> Site:
    return kb(NOTES, navigation=navigation(NAV))


def test_a_nav_names_every_page_and_keeps_its_groups(kb: Build) -> None:
    assert outline(page(written(kb), "sub/deep/e.md").navigation) == [
        "Home → index.md",
        "Terms → glossary/index.md",
        "B first → b.md",
        "*Group → ",
        "  Sub → sub/index.md",
        "  *Inner → ",
        "    *E → sub/deep/e.md",
        "    Own page → own/index.md",
        "  A → a.md",
        "Other group → ",
        "  D → sub/d.md",
        "Mail → mailto:me@example.org",
        "Elsewhere → /other/",
        "Web → https://example.org/x",
    ]


def test_a_nav_is_the_same_in_every_tree(kb: Build) -> None:
    items = outline(page(written(kb), "fr/glossary/index.md").navigation)
    assert items[:3] == ["Accueil → fr/index.md", "*Terms → fr/glossary/index.md", "B first → fr/b.md"]
    assert "  Sub → fr/sub/index.md" in items
    assert "Elsewhere → /other/" in items


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("sub/README.md", "sub/index.md"),
        ("sub/", "sub/index.md"),
        ("./a.md", "a.md"),
        ("own/index.md", "own/index.md"),
        ("b.fr.md", "b.md"),
        ("a.png", None),
        ("glossary/terms.md", None),
        ("a:b.md", "a:b.md"),
        ("#top", "#top"),
        ("tel:+33", "tel:+33"),
    ],
)
def test_a_path_of_a_nav_is_an_address(kb: Build, path: str, target: str | None) -> None:
    notes = {**NOTES, "notes/a:b.md": ENGLISH, "notes/b.fr.md": "# B\n\nCeci est une note en français.\n"}
    items = page(kb(notes, navigation=(("T", path),)), "a.md").navigation
    assert [item.path for item in items] == ([] if target is None else [target])


def test_a_title_in_the_other_language_says_so(kb: Build) -> None:
    notes = {"notes/a.md": f"# A\n\n{ENGLISH}", "notes/f.fr.md": "# Le papier\n\nCeci est une note en français.\n"}
    items = page(kb(notes, navigation=(("G", (("", "f.fr.md"), ("Mine", "f.fr.md"))),)), "a.md").navigation
    assert [(each.title, each.lang) for each in items[0].children] == [("Le papier", "fr"), ("Mine", "")]


def test_previous_and_next_follow_the_nav(kb: Build) -> None:
    site = written(kb)
    around = {
        path: (page(site, path).previous, page(site, path).next) for path in ("b.md", "sub/deep/e.md", "sub/d.md")
    }
    assert around == {
        "b.md": ("glossary/index.md", "sub/index.md"),
        "sub/deep/e.md": ("sub/index.md", "own/index.md"),
        "sub/d.md": ("a.md", ""),
    }
    assert (page(site, "c.md").previous, page(site, "c.md").next) == ("", "")
    french = page(site, "fr/own/index.md")
    assert (french.previous, french.next) == ("fr/sub/deep/e.md", "fr/a.md")


def test_a_page_that_aikb_made_has_neighbours_too(kb: Build) -> None:
    made = page(written(kb), "fr/glossary/index.md")
    assert (made.previous, made.next) == ("fr/index.md", "fr/b.md")


def test_a_page_named_twice_is_opened_once(kb: Build) -> None:
    site = kb(NOTES, navigation=(("One", (("", "a.md"),)), ("Two", (("", "a.md"), ("", "b.md")))))
    assert outline(page(site, "a.md").navigation) == ["*One → ", "  *A → a.md", "Two → ", "  A → a.md", "  B → b.md"]
    assert (page(site, "a.md").previous, page(site, "a.md").next) == ("", "b.md")


def test_groups_that_no_page_opens_are_one_value_for_all_pages(kb: Build) -> None:
    site = written(kb)
    first, second = (page(site, path).navigation for path in ("a.md", "b.md"))
    assert first[4].title == "Other group"
    assert first[4] is second[4]


# Real builds.

Make = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Make:
    """Write a knowledge base: `folder({...}, configuration)` is where it is."""

    def make(files: Mapping[str, str], configuration: str = CONFIGURATION) -> Path:
        return on_disk(tmp_path, {**files, "mkdocs.yml": configuration})

    return make


def drawn(element: Tag) -> list[object]:
    """A list of the sidebar as nested [title, address or open/closed, children]."""
    entries: list[object] = []
    for item in element.find_all("li", recursive=False):
        toggle = item.find("input", recursive=False)
        inner = item.find("nav", recursive=False)
        if inner and "md-nav--secondary" not in inner["class"]:
            label = item.find("label", recursive=False)
            assert label["for"] == toggle["id"]
            assert inner["aria-label"] == toggle["aria-label"]
            state = "open" if toggle.has_attr("checked") else "closed"
            entries.append([" ".join(label.get_text().split()), state, drawn(inner.find("ul"))])
        else:
            link = item.find("a", recursive=False)
            entries.append([" ".join(link.get_text().split()), link["href"]])
    return entries


def test_a_nav_is_drawn_with_its_groups(folder: Make) -> None:
    site = built(folder(NOTES, CONFIGURATION + NAV))
    sidebar = soup(site / "fr/sub/deep/e/index.html").select_one(".md-sidebar--primary .md-nav__list")
    ids = [each["id"] for each in sidebar.select("[id]")]
    assert len(ids) == len(set(ids))
    assert drawn(sidebar)[3:5] == [
        [
            "Group",
            "open",
            [
                ["Sub", "../../../../fr/sub/"],
                ["Inner", "open", [["E", "../../../../fr/sub/deep/e/"], ["Own page", "../../../../fr/own/"]]],
                ["A", "../../../../fr/a/"],
            ],
        ],
        ["Other group", "closed", [["D", "../../../../fr/sub/d/"]]],
    ]


@pytest.mark.parametrize("prefix", ["", "fr/"])
def test_addresses_outside_the_site_stay_as_they_are(folder: Make, prefix: str) -> None:
    site = built(folder(NOTES, CONFIGURATION + NAV))
    sidebar = soup(site / f"{prefix}sub/deep/e/index.html").select_one(".md-sidebar--primary .md-nav__list")
    assert [entry[1] for entry in drawn(sidebar)[5:]] == ["mailto:me@example.org", "/other/", "https://example.org/x"]


@pytest.mark.parametrize("prefix", ["", "fr/"])
def test_the_footer_follows_the_nav(folder: Make, prefix: str) -> None:
    nav = NAV.replace("own/README.md", "own/index.md")  # both are one page to aikb, to MkDocs only the second is
    site = built(folder(NOTES, CONFIGURATION + nav))
    parsed = soup(site / f"{prefix}own/index.html")
    hrefs = [link["href"] for link in parsed.select(".md-footer__link")]
    assert hrefs == ["../sub/deep/e/", "../a/"]
    assert soup(site / f"{prefix}c/index.html").select(".md-footer__link, link[rel=prev], link[rel=next]") == []


def test_a_readme_in_the_nav_has_neighbours_in_the_first_tree_too(folder: Make) -> None:
    site = built(folder(NOTES, CONFIGURATION + NAV))
    for prefix in ("", "fr/"):
        assert len(soup(site / f"{prefix}own/index.html").select(".md-footer__link")) == 2
        assert "/own/" in soup(site / f"{prefix}a/index.html").select_one(".md-footer__link--prev")["href"]


def test_mkdocs_misses_no_page_that_the_nav_names(folder: Make, caplog: pytest.LogCaptureFixture) -> None:
    built(folder(NOTES, CONFIGURATION + NAV))
    missed = [record.getMessage() for record in caplog.records if record.name == "mkdocs.structure.nav"]
    assert [message.split("'")[1] for message in missed] == ["gone.md", "secret.md"]


# What Material documents of front matter.


def metadata(block: str) -> Metadata:
    return document(f"---\n{block}\n---\nText\n").metadata


def findings(block: str) -> list[str]:
    return places(document(f"---\n{block}\n---\nText\n").diagnostics)


@pytest.mark.parametrize(
    ("block", "field", "value"),
    [
        ("template: home.html", "template", "home.html"),
        ("hide: [navigation, toc, footer, path, tags]", "hide", ("navigation", "toc", "footer", "path", "tags")),
        ("hide:\n  - toc", "hide", ("toc",)),
        ("hide: toc", "hide", ("toc",)),
        ("hide: [toc, everything, toc]", "hide", ("toc",)),
        ("hide:", "hide", ()),
        ("status: new", "status", "new"),
        ("icon: material/emoticon-happy", "icon", "material/emoticon-happy"),
        ("icon: ../../secret", "icon", ""),
        ("icon: 🧠", "icon", ""),
        ("search:\n  exclude: true", "searchable", False),
        ("search:\n  exclude: false", "searchable", True),
        ("search:\n  boost: 2", "searchable", True),
        ("search:", "searchable", True),
        ("title: A", "searchable", True),
    ],
)
def test_what_material_documents_is_read(block: str, field: str, value: object) -> None:
    assert getattr(metadata(block), field) == value
    assert findings(block) == []


@pytest.mark.parametrize(
    ("block", "field", "value"),
    [
        ("template: ../x.html", "template", ""),
        ("template: a/x.html", "template", ""),
        ("template: 'a\\x.html'", "template", ""),
        ("template: .x", "template", ""),
        ("template: [x.html, y.html]", "template", ""),
        ("hide: {toc: true}", "hide", ()),
        ("hide: true", "hide", ()),
        ("hide: 3", "hide", ()),
        ("search: true", "searchable", True),
        ("search: {exclude: 'yes'}", "searchable", True),
        ("search: [exclude]", "searchable", True),
    ],
)
def test_what_is_of_another_kind_is_a_finding(block: str, field: str, value: object) -> None:
    assert getattr(metadata(block), field) == value
    assert findings(block) == ["2:1 frontmatter-type"]


def test_a_note_that_search_excludes_has_no_record(kb: Build) -> None:
    site = kb({"notes/a.md": f"---\nsearch:\n  exclude: true\n---\n# A\n\n## Part\n\n{ENGLISH}", "notes/b.md": ENGLISH})
    assert {record.path for record in site.records} == {"b.md"}


def test_front_matter_reaches_the_page(folder: Make) -> None:
    files = {
        **NOTES,
        "notes/a.md": (
            "---\ntemplate: own.html\nhide: [navigation, toc, footer]\nstatus: '<b>'\nicon: material/star\n"
            f"search: {{exclude: true}}\ncustom: x\n---\n# A\n\n{ENGLISH}"
        ),
        "overrides/own.html": (
            '{% extends "main.html" %}{% block announce %}'
            "<pre>{{ page.meta.items() | list | tojson }}</pre>{% endblock %}"
        ),
    }
    configuration = CONFIGURATION.replace("theme: material", "theme:\n  name: material\n  custom_dir: overrides")
    site = built(folder(files, configuration))
    for prefix in ("", "fr/"):
        parsed = soup(site / f"{prefix}a/index.html")
        assert dict(json.loads(parsed.select_one(".md-banner pre").get_text())) == {
            "title": "A",
            "description": "This is a note about the architecture of large language models and how they are trained.",
            "template": "own.html",
            "hide": ["navigation", "toc", "footer"],
            "status": "&lt;b&gt;",
            "icon": "material/star",
            "search": {"exclude": True},
        }
        assert parsed.select_one(".md-sidebar--primary").has_attr("hidden")
        assert parsed.select_one(".md-sidebar--secondary").has_attr("hidden")
        assert soup(site / f"{prefix}b/index.html").select_one(".md-banner") is None
    index = "".join(path.read_text(encoding="utf-8") for path in (site / "search").glob("*.json"))
    assert '"a/"' not in index
    assert '"b/"' in index


def test_a_template_that_is_not_there_is_passed_over(folder: Make, caplog: pytest.LogCaptureFixture) -> None:
    site = built(folder({"notes/a.md": f"---\ntemplate: gone.html\n---\n# A\n\n{ENGLISH}"}))
    assert "A" in soup(site / "a/index.html").select_one("h1").get_text()
    assert "notes/a.md: there is no template “gone.html”" in caplog.text


def test_tags_reach_the_tags_plugin(folder: Make) -> None:
    files = {"notes/a.md": f"---\ntags: [ai, '<i>x']\nhide: [tags]\n---\n# A\n\n{ENGLISH}", "notes/b.md": ENGLISH}
    root = folder(files, CONFIGURATION + "  - tags\n")
    parsed = soup(built(root) / "fr/a/index.html")
    assert [tag.get_text() for tag in parsed.select(".md-tags .md-tag")] == ["<i>x", "ai"]
    assert parsed.select_one(".md-tags").has_attr("hidden")


def test_without_the_tags_plugin_there_are_no_tags_of_its_own(folder: Make) -> None:
    site = built(folder({"notes/a.md": f"---\ntags: [ai]\n---\n# A\n\n{ENGLISH}"}))
    assert soup(site / "a/index.html").select(".md-tags") == []


# Titles.

EVIL = "</title><script>alert(1)</script>"


def test_a_title_is_text_on_every_page(folder: Make) -> None:
    files = {
        "notes/code.md": f"# `{EVIL}`\n\n{ENGLISH}",
        "notes/front.md": f"---\ntitle: '{EVIL}'\n---\n\n{ENGLISH}",
        "notes/double.md": f"---\ntitle: '&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;'\n---\n\n{ENGLISH}",
        "notes/sub/index.md": f"# &lt;/title>&lt;script>alert(1)&lt;/script>\n\n## `{EVIL}`\n\n{ENGLISH}",
        "notes/amp.md": f"# R&D “q”\n\n{ENGLISH}",
        "glossary/terms.md": f"# Glossary\n\n## `{EVIL}`\n\nA token.\n",
    }
    site = built(folder(files))
    for path in site.rglob("*.html"):
        parsed = soup(path)
        run = [script for script in parsed.find_all("script") if script.get("type") != "application/ld+json"]
        assert [script for script in run if "alert" in script.get_text()] == [], path
        assert [unescape(script) for script in parsed.body.strings if "alert(1)" in script.parent.name] == []
    assert soup(site / "code/index.html").title.get_text() == f"{EVIL} - Mine"
    assert soup(site / "fr/front/index.html").title.get_text() == f"{EVIL} - Mine"
    assert soup(site / "amp/index.html").title.get_text() == "R&D “q” - Mine"
    assert soup(site / "index.html").title.get_text() == soup(site / "fr/index.html").title.get_text() == "Mine"


# mkdocs.yml as MkDocs reads it.


@pytest.mark.parametrize(
    ("text", "environment", "expected"),
    [
        ('!ENV [DOCS, "notes"]', {}, "notes"),
        ('!ENV [DOCS, "notes"]', {"DOCS": "mine"}, "mine"),
        ("!ENV [DOCS, OTHER, notes]", {"OTHER": "other"}, "other"),
        ("!ENV [DOCS, OTHER, notes]", {"DOCS": "mine", "OTHER": "other"}, "mine"),
        ("!ENV [DOCS, OTHER]", {"OTHER": "ignored"}, "OTHER"),
        ("!ENV DOCS", {"DOCS": "mine"}, "mine"),
        ("!ENV DOCS", {}, "docs"),
        ("!ENV [DOCS]", {}, "docs"),
        ("!ENV [DOCS, null]", {}, "docs"),
    ],
)
def test_environment_variables_mean_what_mkdocs_means(
    folder: Make, monkeypatch: pytest.MonkeyPatch, text: str, environment: dict[str, str], expected: str
) -> None:
    for name in ("DOCS", "OTHER"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    root = folder({f"{expected}/a.md": "# A\n"}, CONFIGURATION.replace("docs_dir: notes", f"docs_dir: {text}"))
    assert read_settings(root / "mkdocs.yml").docs_dir == expected
    assert Path(load_config(str(root / "mkdocs.yml")).docs_dir) == root / expected


def test_what_is_excluded_is_read_as_text(folder: Make) -> None:
    text = "exclude_docs: |\n  /private/\n  *.tmp.md\ndraft_docs: |\n  drafts/\n"
    settings = read_settings(folder({}, CONFIGURATION + text) / "mkdocs.yml")
    assert (settings.excluded, settings.drafts) == ("/private/\n*.tmp.md\n", "drafts/\n")


@pytest.mark.parametrize("text", ["", "exclude_docs:\ndraft_docs: |\n"])
def test_nothing_is_excluded_unless_a_text_says_so(folder: Make, text: str) -> None:
    settings = read_settings(folder({}, CONFIGURATION + text) / "mkdocs.yml")
    assert (settings.excluded, settings.drafts) == (Settings().excluded, Settings().drafts) == ("", "")


@pytest.mark.parametrize(
    ("nav", "expected"),
    [
        (None, ()),
        ("a.md", (("", "a.md"),)),
        ([{"G": ["a.md", {"T": "b.md"}]}], (("G", (("", "a.md"), ("T", "b.md"))),)),
        ([{"G": {"T": "b.md", "H": [{"U": "c.md"}]}}], (("G", (("T", "b.md"), ("H", (("U", "c.md"),)))),)),
        ([{"G": None}, {"H": []}, 3], (("G", ""), ("H", ""))),
    ],
)
def test_a_nav_keeps_its_hierarchy(nav: object, expected: object) -> None:
    assert frozen_navigation(nav) == expected


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Text only.\n", "Given"),
        ("## Second level\n\nText.\n", "Given"),
        ("# Own\n\nText.\n", "Own"),
        ("---\ntitle: Of its front matter\n---\nText.\n", "Of its front matter"),
        ("# One\n\nText.\n\n# Two\n\nText.\n", "Given"),
    ],
)
def test_a_note_without_a_title_has_that_of_the_nav(kb: Build, text: str, title: str) -> None:
    notes = {"notes/index.md": "# Home\n\nSee [it](sub/a.md).\n", "notes/sub/a.md": text}
    given = (("", "index.md"), ("Group", (("Given", "sub/a.md"), ("Again", "sub/a.md"))))
    shown = page(kb(notes, navigation=given), "sub/a.md")
    assert shown.title == title
    assert [each.title for item in shown.navigation for each in item.children][:1] == ["Given"]
