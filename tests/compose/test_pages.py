"""Two trees from one knowledge base: addresses, pairs, fallbacks, backlinks, sidebars and the glossary."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup

from aikb.model.site import NavigationItem, Page, Site
from conftest import Build, after_html, before_html, body_html, found, html_of, page

ENGLISH = "The cat sat on the mat and looked at the dog.\n"
FRENCH = "Le chat est assis sur le tapis et regarde le chien.\n"

PAIR = {
    "notes/a.md": f"# English\n\n{ENGLISH}",
    "notes/a.fr.md": f"# Français\n\n{FRENCH}",
    "notes/sub/only.md": f"# Seulement\n\n{FRENCH}",
}


def paths(site: Site) -> list[str]:
    return [each.path for each in site.pages]


def titles(items: tuple[NavigationItem, ...]) -> list[str]:
    return [title for item in items for title in (item.title, *titles(item.children))]


def test_every_page_is_in_both_trees(kb: Build) -> None:
    assert paths(kb(PAIR)) == [
        "a.md",
        "fr/a.md",
        "fr/index.md",
        "fr/sub/index.md",
        "fr/sub/only.md",
        "index.md",
        "sub/index.md",
        "sub/only.md",
    ]


def test_one_language_makes_one_tree(kb: Build) -> None:
    site = kb({"notes/a.md": FRENCH}, languages=("fr",))
    assert [(each.path, each.tree, each.lang) for each in site.pages] == [
        ("a.md", "fr", "fr"),
        ("index.md", "fr", "fr"),
    ]


def test_the_first_language_is_at_the_root(kb: Build) -> None:
    site = kb(PAIR, languages=("fr", "en"))
    assert (page(site, "a.md").title, page(site, "en/a.md").title) == ("Français", "English")


@pytest.mark.parametrize("twin", ["notes/a.fr.md", "notes/fr/a.md"])
def test_a_twin_is_known_by_suffix_or_folder(kb: Build, twin: str) -> None:
    site = kb({"notes/a.md": PAIR["notes/a.md"], twin: PAIR["notes/a.fr.md"]})
    assert [(page(site, path).title, page(site, path).lang) for path in ("a.md", "fr/a.md")] == [
        ("English", "en"),
        ("Français", "fr"),
    ]
    assert found(site) == []


def test_two_files_at_one_address_are_a_finding(kb: Build) -> None:
    site = kb({"notes/a/README.md": f"# One\n\n{ENGLISH}", "notes/a/index.md": f"# Two\n\n{ENGLISH}"})
    assert page(site, "a/index.md").title == "Two"
    assert [(each.path, each.code) for each in found(site)] == [("notes/a/README.md", "output-collision")]


def test_a_page_without_a_translation_says_so_and_points_home(kb: Build) -> None:
    site = kb(PAIR)
    own, other = page(site, "fr/sub/only.md"), page(site, "sub/only.md")
    assert (own.lang, own.tree, own.canonical) == ("fr", "fr", "fr/sub/only.md")
    assert (other.lang, other.tree, other.canonical) == ("fr", "en", "fr/sub/only.md")
    assert "aikb-notice" not in html_of(own)
    assert '<p class="aikb-notice">' in before_html(other)
    assert "This text is in French." in before_html(other)
    assert html_of(other).count('<div lang="fr">') == 1
    said = BeautifulSoup(html_of(other), "lxml").select_one(".aikb-notice")
    assert (said.parent["lang"], said.find_previous_sibling()) == ("en", None)
    assert said.parent.find_previous_sibling().name == "h1"
    assert body_html(own) == body_html(other)


def test_alternates_are_complete_and_mutual(kb: Build) -> None:
    site = kb(PAIR)
    for each in site.pages:
        assert [alternate.lang for alternate in each.alternates] == ["en", "fr"]
        for alternate in each.alternates:
            other = page(site, alternate.path)
            assert [(each.lang, each.path, each.own) for each in other.alternates] == [
                (each.lang, each.path, each.own) for each in each.alternates
            ]
    assert {each.canonical for each in site.pages} <= set(paths(site))


def test_a_draft_is_nowhere(kb: Build) -> None:
    site = kb(
        {"notes/a.md": ENGLISH, "notes/d.md": "---\ndraft: true\ntitle: Canary\n---\n# Canary\n\n## Canary term\n"}
    )
    assert "d.md" not in paths(site)
    assert "canary" not in repr(site).lower()


LINKED = {
    "notes/a.md": f"# A\n\n[b](b.md)\n\n## Method & co\n\n{ENGLISH}\nSee [b](b.md#part).\n",
    "notes/b.md": f"# B\n\n## Part\n\n{ENGLISH}\n[back](sub/c.md)\n",
    "notes/sub/c.md": f"# C *em* <b>\n\n{ENGLISH}\n[b](../b.md)\n",
}


def test_backlinks_lead_to_the_sections_that_link(kb: Build) -> None:
    after = after_html(page(kb(LINKED), "b.md"))
    assert 'class="aikb-backlinks"' in after
    assert re.findall(r'<a href="([^"]+)"[^>]*>([^<]*)</a>', after) == [
        ("a.md", "A"),
        ("a.md#method--co", "Method &amp; co"),
        ("sub/c.md", "C em"),
    ]


def test_a_page_that_nothing_links_to_has_no_backlinks(kb: Build) -> None:
    assert after_html(page(kb(LINKED), "a.md")) == ""


def targets(site: Site, shown: Page) -> list[str]:
    """The pages that a page's text leads to."""
    html = html_of(shown)
    addresses = [address.partition("#")[0] for address in re.findall(r'(?:href|src)="([^"]*)"', html)]
    folder = posixpath.dirname(shown.path)
    return [posixpath.normpath(posixpath.join(folder, unquote(each))) for each in addresses if each and ":" not in each]


def test_every_link_of_every_page_leads_to_a_page(kb: Build) -> None:
    glossary = "# Glossary\n\n## LoRA\n\nSee [b](../notes/b.md#part) and [c](../notes/sub/c.md).\n"
    site = kb(
        {
            **PAIR,
            **LINKED,
            "notes/sub/x y#1.md": f"# X\n\n[t](../../glossary/t.md#lora)\n{ENGLISH}",
            "glossary/t.md": glossary,
        }
    )
    known = set(paths(site))
    for shown in site.pages:
        assert [target for target in targets(site, shown) if target not in known] == []


def test_links_inside_a_page_stay_in_it(kb: Build) -> None:
    site = kb({"notes/sub/a.md": f"# A\n\n[x](a.md#part) [y](#part)\n\n## Part\n\n{ENGLISH}"})
    assert body_html(page(site, "fr/sub/a.md")).count('href="#part"') == 2


def test_a_name_is_spelled_out_as_a_title(kb: Build) -> None:
    site = kb({"notes/state-of-ai.md": "About AI, and AI again.\n", "notes/How_To.md": ENGLISH})
    assert [page(site, path).title for path in ("state-of-ai.md", "How_To.md")] == ["State of AI", "How To"]


def test_a_text_without_its_title_is_given_it(kb: Build) -> None:
    site = kb({"notes/a.md": "---\ntitle: <b>T</b>\n---\n## Sub\n", "notes/b.md": "# Own\n"})
    assert body_html(page(site, "a.md")).startswith("<h1>&lt;b&gt;T&lt;/b&gt;</h1>")
    assert body_html(page(site, "b.md")) == '<h1 id="own">Own</h1>'


def test_front_matter_cannot_bring_markup(kb: Build) -> None:
    values = ("title: '@'", "author: '@'", "date: '@'", "tags: ['@']", "description: '@'")
    front = "---\n" + "\n".join(values).replace("@", "<script>x</script>") + "\n"
    site = kb({"notes/a.md": f"{front}kind: source\n---\n{ENGLISH}", "notes/b.md": f"[x](a.md)\n{ENGLISH}"})
    for shown in site.pages:
        assert "<script" not in html_of(shown)


def test_a_folder_without_a_page_of_its_own_lists_what_is_in_it(kb: Build) -> None:
    files = {f"notes/deep/er/n{number}.md": f"# Note {number}\n\n{ENGLISH}" for number in range(12)}
    site = kb(files)
    listed = page(site, "deep/er/index.md")
    assert (listed.kind, listed.title) == ("list", "Er")
    assert sorted(set(targets(site, listed))) == sorted(f"deep/er/n{number}.md" for number in range(12))
    assert "deep/er/index.md" in targets(site, page(site, "deep/index.md"))


def test_a_folder_or_home_page_of_the_notes_is_kept(kb: Build) -> None:
    site = kb(
        {
            "notes/README.md": f"# Home\n\n{ENGLISH}",
            "notes/sub/index.md": f"# Sub\n\n{ENGLISH}",
            "notes/sub/a.md": ENGLISH,
        }
    )
    assert (page(site, "index.md").title, page(site, "index.md").source) == ("Home", "notes/README.md")
    assert page(site, "sub/index.md").source == "notes/sub/index.md"
    assert "Sub" in titles(page(site, "sub/a.md").navigation)


def test_neighbours_are_those_of_the_folder(kb: Build) -> None:
    site = kb({f"notes/{name}.md": f"# {name}\n\n{ENGLISH}" for name in ("b", "É", "a", "z/y")})
    assert [(page(site, path).previous, page(site, path).next) for path in ("a.md", "b.md", "É.md", "z/y.md")] == [
        ("", "b.md"),
        ("a.md", "É.md"),
        ("b.md", ""),
        ("", ""),
    ]
    assert page(site, "fr/b.md").next == "fr/É.md"


def size(items: tuple[NavigationItem, ...]) -> int:
    return len(titles(items))


def test_a_sidebar_does_not_grow_with_the_notes(kb: Build) -> None:
    small = kb({f"notes/f{number % 5}/n{number}.md": f"# N{number}" for number in range(200)}, sidebar_limit=10)
    large = kb({f"notes/f{number % 5}/n{number}.md": f"# N{number}" for number in range(400)}, sidebar_limit=10)
    assert size(page(small, "f0/n100.md").navigation) == size(page(large, "f0/n100.md").navigation) <= 20


def test_a_sidebar_shows_the_page_and_a_way_to_all(kb: Build) -> None:
    site = kb({f"notes/n{number:02}.md": f"# N{number:02}" for number in range(40)}, sidebar_limit=10)
    for number in (0, 20, 39):
        navigation = page(site, f"n{number:02}.md").navigation
        assert [item.title for item in navigation if item.active] == [f"N{number:02}"]
        assert navigation[-1] == NavigationItem("All 40 notes", "index.md")


def test_a_sidebar_marks_titles_in_the_other_language(kb: Build) -> None:
    items = {item.title: item.lang for item in page(kb(PAIR), "sub/only.md").navigation[-1].children}
    assert items == {"Seulement": "fr"}


def test_the_users_own_navigation_is_kept(kb: Build) -> None:
    navigation = (
        ("Start", ""),
        ("", "a.md"),
        ("Deep", "sub/only.md"),
        ("Web", "https://example.org"),
        ("Gone", "gone.md"),
    )
    items = page(kb(PAIR, navigation=navigation), "fr/a.md").navigation
    assert [(item.title, item.path, item.active) for item in items] == [
        ("Start", "", False),
        ("Français", "fr/a.md", True),
        ("Deep", "fr/sub/only.md", False),
        ("Web", "https://example.org", False),
    ]


GLOSSARY = {
    "glossary/terms.en.md": "# Glossary\n\n## Token\n\nA piece of text.\n\n## Zebra\n\nAn animal.\n\n## Agent\n\nA loop.\n",
    "glossary/terms.fr.md": "# Glossaire\n\n## Token\n\nUn morceau de texte.\n\n## Étalon\n\nUne mesure.\n",
    "notes/a.md": f"# A\n\n{ENGLISH}\n[t](../glossary/terms.en.md#token)\n\n## Glossary\n\n### MoE\n\nMany *experts*.\n",
}


def headings(shown: Page) -> list[str]:
    return re.findall(r"<h2[^>]*>(.*?)</h2>", re.sub(r"</?(?:span|a)\b[^>]*>", "", body_html(shown)))


def test_a_glossary_is_in_the_order_of_a_dictionary_in_each_tree(kb: Build) -> None:
    site = kb(GLOSSARY)
    assert headings(page(site, "glossary/index.md")) == ["Agent", "Étalon", "MoE", "Token", "Zebra"]
    assert headings(page(site, "fr/glossary/index.md")) == ["Agent", "Étalon", "MoE", "Token", "Zebra"]


def test_a_definition_is_in_the_trees_language_where_there_is_one(kb: Build) -> None:
    site = kb(GLOSSARY)
    english, french = body_html(page(site, "glossary/index.md")), body_html(page(site, "fr/glossary/index.md"))
    assert "A piece of text." in english
    assert "Un morceau" not in english
    assert "Un morceau de texte." in french
    assert re.search(r'<div lang="fr">\s*<p>Une mesure.</p>', english)
    assert re.search(r'<div lang="en">\s*<p>An animal.</p>', french)


def test_a_link_to_a_term_leads_to_the_glossarys_page(kb: Build) -> None:
    site = kb(GLOSSARY)
    assert 'href="glossary/index.md#token"' in body_html(page(site, "a.md"))
    assert 'id="token"' in body_html(page(site, "fr/glossary/index.md"))


def test_a_term_defined_in_a_note_says_where(kb: Build) -> None:
    html = body_html(page(kb(GLOSSARY), "fr/glossary/index.md"))
    assert '<a href="../a.md#moe">A</a>' in html


def test_without_terms_there_is_no_glossary(kb: Build) -> None:
    assert "glossary/index.md" not in paths(kb(PAIR))


def test_ids_of_the_glossary_are_unique(kb: Build) -> None:
    site = kb({"glossary/a.md": "# G\n\n## Glossary\n\nx\n\n## C++\n\ny\n\n## C#\n\nz\n\n## 日本\n\nw\n\n## !?\n\nv\n"})
    ids = re.findall(r'id="([^"]*)"', body_html(page(site, "glossary/index.md")))
    assert len(ids) == len(set(ids)) >= 6


def test_a_term_defined_twice_keeps_its_first_definition(kb: Build) -> None:
    site = kb(
        {
            "glossary/a.md": f"# G\n\n## LoRA\n\nFirst. {ENGLISH}",
            "glossary/b.md": f"# G\n\n## Lora\n\nSecond. {ENGLISH}",
        }
    )
    assert [(each.path, each.line, each.code) for each in found(site)] == [("glossary/b.md", 3, "term-duplicate")]
    assert "Second" not in body_html(page(site, "glossary/index.md"))


def test_an_empty_knowledge_base_has_home_pages(kb: Build) -> None:
    assert paths(kb({})) == ["fr/index.md", "index.md"]
