"""Which document has which address, and in which language."""

from __future__ import annotations

import pytest

from conftest import Build, body_html, found, html_of, page

FRENCH = "Ceci est une note en français, avec assez de mots pour que la langue soit claire.\n"


def test_a_note_beside_a_folder_of_its_name_is_the_folders_page(kb: Build) -> None:
    site = kb({"notes/ai.md": "# About\n\n[d](ai/deep.md)\n", "notes/ai/deep.md": "# Deep\n\n[up](../ai.md)\n"})
    assert found(site) == []
    assert page(site, "ai/index.md").source == "notes/ai.md"
    assert '<a href="deep.md">d</a>' in body_html(page(site, "ai/index.md"))
    assert '<a href="index.md">up</a>' in body_html(page(site, "ai/deep.md"))


@pytest.mark.parametrize(
    ("path", "other"),
    [("notes/fr.md", "the home page in “fr”"), ("notes/glossary.md", "the page of the glossary")],
)
def test_a_note_does_not_take_the_place_of_a_page_that_the_site_needs(kb: Build, path: str, other: str) -> None:
    site = kb({path: "# Mine\n", "notes/a.md": "# A\n", "glossary/t.md": "# Glossary\n\n## T\n\nText.\n"})
    (collision,) = (each for each in found(site) if each.code == "output-collision")
    assert (collision.path, other in collision.message) == (path, True)
    assert path not in {each.source for each in site.pages}


def test_a_note_called_glossary_is_the_glossary_where_there_is_no_other(kb: Build) -> None:
    site = kb({"notes/glossary.md": "# Glossary\n\n## Token\n\nA piece of text.\n"})
    assert page(site, "glossary/index.md").source == "notes/glossary.md"


def test_an_unmarked_note_beside_its_marked_translation_is_in_the_other_language(kb: Build) -> None:
    site = kb({"notes/b.md": f"# Test\n\n{FRENCH}", "notes/b.fr.md": f"# Essai\n\n{FRENCH}"})
    assert [each.code for each in found(site)] == []
    assert (page(site, "b.md").source, page(site, "fr/b.md").source) == ("notes/b.md", "notes/b.fr.md")


def test_what_mkdocs_excludes_is_private(kb: Build) -> None:
    files = {"notes/private/diary.md": "# Secret\n", "notes/a.md": "[d](private/diary.md)\n"}
    site = kb(files, excluded="private/\n")
    assert [each.code for each in found(site)] == ["link-to-private"]
    assert not any("Secret" in html_of(each) for each in site.pages)
    assert not any("Secret" in each.title for each in site.records)


@pytest.mark.parametrize("heading", ["__config", "X {#__config}"])
def test_a_heading_does_not_take_an_id_of_the_themes(kb: Build, heading: str) -> None:
    body = body_html(page(kb({"notes/a.md": f"## {heading}\n"}), "a.md"))
    assert 'id="user-__config"' in body


PRIVATE = (
    "private",
    "Private",
    "_private",
    "privé",
    "PRIVE",
    "_drafts",
    "drafts",
    "_brouillons",
    ".trash",
    "a/private/b",
)


@pytest.mark.parametrize("folder", PRIVATE)
@pytest.mark.parametrize("root", ["notes", "glossary"])
def test_a_private_folder_is_not_published(kb: Build, folder: str, root: str) -> None:
    path = f"{root}/{folder}/x.md"
    site = kb({path: "# CANARYWORD\n\nCANARYWORD\n", "notes/b.md": f"[x](../{path})\n"})
    assert "CANARYWORD" not in "".join(f"{page.path}{page.title}{html_of(page)}" for page in site.pages)
    assert [each.text for each in site.records if "CANARYWORD" in each.text] == []
    assert {"link-to-private", "folder-private"} <= {each.code for each in site.diagnostics}


def test_a_picture_of_a_private_folder_is_not_published(kb: Build) -> None:
    site = kb({"notes/b.md": "![x](private/p.png)\n"}, ["private/p.png", "p.png"])
    assert site.assets == ()
    assert "link-to-private" in {each.code for each in site.diagnostics}


@pytest.mark.parametrize("folder", ["privateering", "draft-beer", "my private life", "republic", "undrafted"])
def test_other_folders_are_published(kb: Build, folder: str) -> None:
    assert any("WORD" in each.text for each in kb({f"notes/{folder}/x.md": "WORD\n"}).records)


def test_the_names_of_private_folders_can_be_set(kb: Build) -> None:
    site = kb({"notes/private/x.md": "SHOWN\n", "notes/Secret/y.md": "HIDDEN\n"}, private_folders=("secret",))
    assert [each.text for each in site.records if each.text in ("SHOWN", "HIDDEN")] == ["SHOWN"]


@pytest.mark.parametrize(
    ("block", "shown"),
    [
        ("publish: true", True),
        ("publish: oui", True),
        ("published: yes", True),
        ("dg-publish: true", True),
        ("publish: true\ndraft: true", False),
        ("publish: no", False),
        ("title: x", False),
        ("draft: false", False),
        ("published: 2024-01-01", False),
        ("publish: true\nx: [", False),
    ],
)
def test_an_allow_list_publishes_what_says_so(kb: Build, block: str, shown: bool) -> None:
    site = kb({"notes/a.md": f"---\n{block}\n---\nCANARYWORD\n"}, publish="marked")
    assert any("CANARYWORD" in each.text for each in site.records) is shown
