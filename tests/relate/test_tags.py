"""Tags of front matter, of texts and of highlights are one thing whatever their letters and their language."""

from __future__ import annotations

import pytest

from aikb.model.site import Site
from conftest import Build, body_html, html_of, page

GLOSSARY = {
    "glossary/learning.en.md": "# Learning\n\nWhat a model does.\n",
    "glossary/learning.fr.md": "# Apprentissage\n\nCe que fait un modèle.\n",
}


def tags(site: Site) -> list[str]:
    return [each.path for each in site.pages if each.path.startswith("tags/") and each.path != "tags/index.md"]


@pytest.mark.parametrize(
    ("notes", "expected"),
    [
        (["---\ntags: [AI, ai]\n---\n# A\n", "# B\n\n#Ai here\n"], ["tags/ai.md"]),
        (["# A\n\n#ia/llm here\n"], ["tags/ia.md", "tags/ia/llm.md"]),
        (["# A\n\n#ia/llm here\n", "# B\n\n#ia here\n"], ["tags/ia.md", "tags/ia/llm.md"]),
        (["---\ntags: ['#sharp', 'two words']\n---\n# A\n"], ["tags/sharp.md", "tags/two-words.md"]),
        (["---\ntags: [articles, Readwise, kindle]\n---\n# A\n"], []),
        (
            ["---\ntags: [index, '..', 'a/../b']\n---\n# A\n"],
            ["tags/a.md", "tags/a/b.md", "tags/index-tag.md", "tags/tag.md"],
        ),
        (["# A\n\n`#code` and https://example.org/#part\n"], []),
        (["# A\n\n#élan here\n"], ["tags/élan.md"]),
    ],
)
def test_a_tag_has_a_page(kb: Build, notes: list[str], expected: list[str]) -> None:
    assert tags(kb({f"notes/{at}.md": note for at, note in enumerate(notes)})) == expected


def test_names_of_one_term_are_one_tag(kb: Build) -> None:
    site = kb(
        {
            **GLOSSARY,
            "notes/a.md": "# A\n\n#learning about it\n",
            "notes/b.fr.md": "# B\n\nDes mots #apprentissage sur le sujet\n",
        },
        languages=("en", "fr"),
    )
    assert tags(site) == ["tags/learning.md"]
    assert "#learning</h1>" in html_of(page(site, "tags/learning.md"))
    french = html_of(page(site, "fr/tags/learning.md"))
    assert "#apprentissage</h1>" in french
    assert "#learning" in french  # also written


def test_tags_of_highlights_lead_to_the_passage(kb: Build) -> None:
    export = (
        "# Book\n\n## Metadata\n- Author: [[Ann]]\n- Full Title: Book\n- Category: #books\n\n## Highlights\n"
        "- A passage that was marked.\n    - Tags: [[craft]]\n- Another one.\n"
    )
    site = kb({"notes/book.md": export})
    if not tags(site):  # an export without tags at highlights
        pytest.fail("the tag of the highlight is not known")
    assert tags(site) == ["tags/craft.md"]
    assert 'href="../book.md#h-' in html_of(page(site, "tags/craft.md"))


def test_the_tags_of_exporters_are_a_setting(kb: Build) -> None:
    files = {"notes/a.md": "---\ntags: [kindle, mine]\n---\n# A\n\ntext #kindle\n"}
    assert tags(kb(files)) == ["tags/mine.md"]
    assert "tags/" not in body_html(page(kb(files), "a.md"))
    assert tags(kb(files, exporter_tags=("mine",))) == ["tags/kindle.md"]


def test_a_tag_lists_what_is_inside_it(kb: Build) -> None:
    site = kb({"notes/a.md": "# Alpha\n\n#ia/llm here\n", "notes/b.md": "# Beta\n\n#ia here\n"})
    html = html_of(page(site, "tags/ia.md"))
    assert all(each in html for each in ("Alpha", "Beta", "#ia/llm"))
    assert "Beta" not in html_of(page(site, "tags/ia/llm.md"))


def test_thousands_of_tags_make_few_pages(kb: Build) -> None:
    files = {f"notes/{at}.md": f"---\ntags: [once{at}, twice{at // 2}]\n---\n# Note {at}\n" for at in range(800)}
    site = kb(files, languages=("en",))
    assert len(tags(site)) == 400
    index = html_of(page(site, "tags/index.md"))
    assert len(index) < 130_000
    assert "twice1<" in index


def test_tags_of_emoji_have_addresses_of_their_own(kb: Build) -> None:
    site = kb({"notes/a.md": "# A\n\n#📚 #🧠 #📚/new #to-do/✅ #books\n"}, languages=("en",))
    tags = {each.path for each in site.pages if each.path.startswith("tags/")} - {"tags/index.md"}
    assert tags >= {"tags/u1f4da.md", "tags/u1f9e0.md", "tags/u1f4da/new.md", "tags/to-do/u2705.md"}
