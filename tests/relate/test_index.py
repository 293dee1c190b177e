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
