"""Papers and addresses in notes: where there are notes on them, where they are only linked, and what they are called."""

from __future__ import annotations

import json

import pytest

from aikb.compose.ways.namings import namings
from aikb.model.site import Site
from conftest import Build, body_html, document, html_of, page

ARXIV = "https://arxiv.org/abs/2302.04761"


@pytest.mark.parametrize(
    ("text", "role", "title", "sentence"),
    [
        (f"# N\n\n## [Toolformer]({ARXIV})\n\nIt calls tools. Then more.\n", "noted", "Toolformer", "It calls tools."),
        (f"# N\n\n[Toolformer]({ARXIV})\n\n- It calls tools.\n- More\n", "noted", "Toolformer", "It calls tools."),
        (f"# N\n\n[Toolformer]({ARXIV}):\n\nIt calls tools.\n", "noted", "Toolformer", "It calls tools."),
        (f"# N\n\n## Toolformer\n\n[Paper]({ARXIV})\n\nIt calls tools.\n", "noted", "Toolformer", "It calls tools."),
        (f"# N\n\n## Toolformer\n\n- [arXiv]({ARXIV})\n- It calls tools.\n", "noted", "Toolformer", ""),
        (f"# N\n\n## Lecture\n\n- [Paper]({ARXIV})\n- [Paper]({ARXIV[:-1]}2)\n", "linked", "Paper", ""),
        (
            f"# N\n\n## Toolformer\n\n- [Paper]({ARXIV})\n- after [Voyager](https://arxiv.org/abs/2305.16291)\n",
            "noted",
            "Toolformer",
            "",
        ),
        (f"# N\n\nAs [Toolformer]({ARXIV}) does it. Next.\n", "linked", "Toolformer", "As Toolformer does it."),
        (f"# N\n\n- [Toolformer]({ARXIV})\n- other\n", "linked", "Toolformer", ""),
        (f"# N\n\n## [Toolformer]({ARXIV})\n\n## Next\n", "linked", "Toolformer", ""),
        (f"# N\n\n## [Toolformer]({ARXIV})\n", "linked", "Toolformer", ""),
        (f"# N\n\nSee {ARXIV} for it.\n", "linked", "", "See https://arxiv.org/abs/2302.04761 for it."),
        ("# N\n\nSee arXiv:2302.04761 for it.\n", "linked", "", "See arXiv:2302.04761 for it."),
        (f"# N\n\n[One]({ARXIV})\n\n[Two](https://example.org/two)\n", "linked", "One", ""),
        (f"# N\n\n> [Toolformer]({ARXIV})\n\ntext\n", "linked", "Toolformer", ""),
        (f"# N\n\n| a |\n| - |\n| [Toolformer]({ARXIV}) here |\n", "linked", "Toolformer", "Toolformer here"),
    ],
)
def test_a_place_notes_a_paper_or_links_to_it(text: str, role: str, title: str, sentence: str) -> None:
    first = namings(document(text))[0]
    assert (first.of.label, first.role, first.text, first.sentence) == ("arXiv:2302.04761", role, title, sentence)


@pytest.mark.parametrize(
    "text",
    [
        "`arXiv:2302.04761`",
        "```\narXiv:2302.04761\n```",
        "%% arXiv:2302.04761 %%",
        "![x](https://arxiv.org/abs/2302.04761)",
    ],
)
def test_what_is_code_or_hidden_names_nothing(text: str) -> None:
    assert namings(document(f"# N\n\n{text}\n")) == ()


NOTES = f"""# N

- [Toolformer]({ARXIV}) (notes below)
- [Voyager](https://arxiv.org/abs/2305.16291) (voir plus bas)
- [Other](https://arxiv.org/abs/1807.03819) (notes below)

## [Toolformer]({ARXIV}v2)

It calls tools.

## Voyager

[Papier](https://arxiv.org/pdf/2305.16291.pdf)

Il explore.
"""


def test_notes_below_leads_to_the_notes(kb: Build) -> None:
    html = body_html(page(kb({"notes/n.md": NOTES}), "n.md"))
    assert '(<a href="#toolformer">notes below</a>)' in html
    assert '(<a href="#voyager">voir plus bas</a>)' in html
    assert "(notes below)" in html  # beside what nobody took notes on


@pytest.mark.parametrize(
    ("words", "link"),
    [
        ("(see below)", True), ("(see notes below)", True), ("[notes below]", True), ("(my notes are below)", True),
        ("(cf. ci-dessous)", True), ("(notes plus bas)", True), ("(voir ci-dessus)", True), ("(Notes below.)", True),
        ("(todo)", False), ("notes below", False), ("(below average)", False), ("(the notes)", False),
    ],
)  # fmt: skip
def test_words_that_point(kb: Build, words: str, link: bool) -> None:
    text = f"# N\n\n- [Toolformer]({ARXIV}) {words}\n\n## [Toolformer]({ARXIV})\n\nIt calls tools.\n"
    assert ('href="#toolformer"' in body_html(page(kb({"notes/n.md": text}), "n.md"))) is link


def papers(site: Site) -> str:
    return html_of(page(site, "papers/index.md"))


def test_the_list_ties_all_places_of_a_paper(kb: Build) -> None:
    site = kb({"notes/n.md": NOTES, "notes/m.md": "# M\n\nBetter than https://ar5iv.org/abs/2302.04761 is.\n"})
    html = papers(site)
    assert html.count('id="arxiv-230204761"') == 1
    item = html.partition('id="arxiv-230204761"')[2].partition("</ul></li>")[0]
    assert [item.count(each) for each in ('href="../n.md#toolformer"', 'href="../m.md"', "Toolformer")] == [1, 1, 1]
    assert html.index("2023") < html.index("2018")  # the year is the id's


def test_other_addresses_are_listed_where_two_sections_name_them(kb: Build) -> None:
    once = "# A\n\nSee [this](https://example.org/once).\n"
    site = kb(
        {
            "notes/a.md": f"{once}\n[x](https://example.org/x?utm_source=a)\n",
            "notes/b.md": "# B\n\nhttp://www.example.org/x/\n",
        }
    )
    html = papers(site)
    assert "example.org/x" in html
    assert "example.org/once" not in html
    assert "Addresses" in html


def test_a_work_that_was_read_is_the_paper(kb: Build) -> None:
    export = (
        "# Toolformer\n\n## Metadata\n- Author: [[Timo Schick]]\n- Full Title: Toolformer: Models Use Tools\n"
        f"- Category: #articles\n- URL: {ARXIV}\n\n## Highlights\n- A passage that was marked.\n"
    )
    site = kb({"notes/w.md": export, "notes/n.md": f"# N\n\nAs {ARXIV} says.\n"})
    item = json.loads(site.files["papers/papers.json"])[0]
    assert (item["title"], item["issued"], item["number"]) == (
        "Toolformer: Models Use Tools", {"date-parts": [[2023]]}, "arXiv:2302.04761",
    )  # fmt: skip
    assert "Highlights" in papers(site)


def test_references_survive_what_titles_may_hold(kb: Build) -> None:
    site = kb({"notes/n.md": "# N\n\n## [100% of {A} & B_c ~ #1](https://doi.org/10.1000/AbC)\n\nText.\n"})
    entry = site.files["papers/papers.bib"]
    assert r"title = {{100\% of \{A\} \& B\_c \textasciitilde{} \#1}}" in entry
    assert "doi = {10.1000/abc}" in entry
    assert "year" not in entry
    assert entry.count("{") == entry.count("}")


def test_a_thousand_papers_are_cut_into_pages(kb: Build) -> None:
    text = "\n".join(
        f"- [A paper of number {at}](https://arxiv.org/abs/2301.{at:05}) is linked here" for at in range(1, 401)
    )
    site = kb({"notes/n.md": f"# N\n\n{text}\n"}, languages=("en",))
    pages = [each.path for each in site.pages if each.path.startswith("papers/")]
    assert pages == ["papers/2.md", "papers/3.md", "papers/index.md"]
    assert all(len(html_of(page(site, each))) < 100_000 for each in pages)


def test_without_addresses_there_is_no_list(kb: Build) -> None:
    assert not [each for each in kb({"notes/n.md": "# N\n\ntext\n"}).pages if "papers" in each.path]


def test_a_note_of_that_address_keeps_it(kb: Build) -> None:
    site = kb({"notes/papers/a.md": NOTES, "notes/papers.md": "# My papers\n"})
    assert {each.path for each in site.pages if each.tree == "en" and "papers" in each.path} == {
        "papers/a.md", "papers/index.md", "papers-1/index.md",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Universal Transformers", True),
        ("tools for language models", True),
        ("some thing", False),
        ("VPT", False),
        ("PDF", False),
    ],
)
def test_what_a_link_says_may_be_a_title(kb: Build, text: str, title: bool) -> None:
    site = kb({"notes/n.md": f"# N\n\nAs in [{text}]({ARXIV}) it is.\n"})
    assert ("title" in json.loads(site.files["papers/papers.json"])[0]) is title
