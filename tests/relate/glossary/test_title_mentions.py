"""Titles are found where they name a note for certain, and nowhere else."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from aikb.compose.backlinks import LIMIT
from aikb.pipeline import LastBuild, build
from aikb.settings import Settings
from conftest import RENDERER, Build, after_html, page, sources


def told(html: str) -> list[str]:
    """What the box says: each page with its sections and its sentences, `[…]` around the title."""
    rows = []
    for row in BeautifulSoup(html, "lxml").select(".aikb-unlinked > ul > li"):
        said = []
        for place in row.select("li"):
            place.mark.replace_with(f"[{place.mark.text}]")
            for arrow in place.select("q + a"):
                arrow.decompose()
            said.append(f"{place.a.text if place.a else ''}|{place.q.text.strip()}")
        rows += [f"{row.a.text}: {each}" for each in said]
    return rows


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Scaling laws", "We know scaling laws well.", ["|We know [scaling laws] well."]),
        ("Scaling laws", "A scaling law is found.", []),
        ("Scaling law", "The Scaling Laws hold.", ["|The [Scaling Laws] hold."]),
        ("Scaling laws", "The scaling\nlaws hold.", ["|The [scaling laws] hold."]),
        ("Scaling laws", "Of **scaling laws** much.", ["|Of [scaling laws] much."]),
        ("Scaling laws", "## Part\n\nThe scaling laws.\n\nThe scaling laws again.", ["Part|The [scaling laws]."]),
        ("Scaling laws", "## Scaling laws\n\nText.", []),
        ("Scaling laws", "`scaling laws` and [scaling laws](https://example.org)", []),
        ("Scaling laws", "See [this](b.md). The scaling laws hold.", []),
        ("Scaling laws", "down-scaling laws and scaling lawsuits", []),
        ("Réseaux de neurones", "Les réseaux de neurones apprennent.", ["|Les [réseaux de neurones] apprennent."]),
        ("Meeting notes", "The meeting notes say so.", []),
        ("March 2024", "In March 2024 it rained.", []),
        ("Notes de lecture", "Voir mes notes de lecture.", []),
        ("2024-05-01", "On 2024-05-01 it rained.", []),
        ("How to use", "This is how to use it.", []),
        ("The System", "Change the system now.", []),
        ("The System", "I read The System twice.", ["|I read [The System] twice."]),
        ("Le voyage", "Puis le Voyage. Le voyage fut long.", []),
        ("Project Apollo", "Of Project Apollo they spoke.", ["|Of [Project Apollo] they spoke."]),
        ("Temperature", "The temperature is high.", []),
        ("Temperature", "The Temperature is high. A temperature is low.", []),
        ("Temperature", "Temperature is high.", []),
        ("Zettelkasten", "Ahrens's Zettelkasten grew.", ["|Ahrens's [Zettelkasten] grew."]),
        ("LoRA", "Trained with LoRA again.", ["|Trained with [LoRA] again."]),
        ("LoRA", "Said lora again.", []),
        ("AI", "All of AI is here.", []),
        ("README", "See README there.", []),
        ("notebook", "A Notebook is here.", []),
    ],
)
def test_a_title_is_found_where_it_names_the_note(kb: Build, title: str, text: str, expected: list[str]) -> None:
    site = kb({"notes/a.md": f"# Aaa\n\n{text}\n", "notes/b.md": f"---\ntitle: {title}\n---\nText.\n"})
    assert told(after_html(page(site, "b.md"))) == [f"Aaa: {each}" for each in expected]


def test_an_alias_is_found_as_the_title_is(kb: Build) -> None:
    site = kb(
        {"notes/a.md": "# A\n\nOf chain of thought.\n", "notes/b.md": "---\naliases: [Chain of thought]\n---\n# CoT\n"}
    )
    assert told(after_html(page(site, "b.md"))) == ["A: |Of [chain of thought]."]


def test_a_title_of_two_notes_names_neither(kb: Build) -> None:
    files = {
        "notes/a.md": "# A\n\nOf scaling laws.\n",
        "notes/b.md": "# Scaling laws\n",
        "notes/c/b.md": "# Scaling Laws\n",
    }
    assert not told(after_html(page(kb(files), "b.md")))


def test_a_title_that_the_glossary_defines_is_the_terms(kb: Build) -> None:
    files = {"notes/a.md": "# A\n\nOf scaling laws.\n", "notes/b.md": "# Scaling laws\n\nText.\n"}
    files["glossary/t.md"] = "# Scaling laws\n\nHow loss falls with size.\n"
    assert not told(after_html(page(kb(files), "b.md")))


def test_an_ordinary_word_is_one_wherever_it_is_written_small(kb: Build) -> None:
    files = {
        "notes/a.md": "# A\n\nThe Temperature.\n",
        "notes/b.md": "# Temperature\n",
        "notes/c.md": "# C\n\nA temperature.\n",
    }
    assert not told(after_html(page(kb(files), "b.md")))


def test_the_longest_title_is_meant(kb: Build) -> None:
    files = {"notes/a.md": "# A\n\nOf large language models.\n", "notes/b.md": "# Language models\n"}
    files["notes/c.md"] = "# Large language models\n"
    site = kb(files)
    assert not told(after_html(page(site, "b.md")))
    assert told(after_html(page(site, "c.md"))) == ["A: |Of [large language models]."]


def test_a_page_and_its_twin_are_one(kb: Build) -> None:
    files = {
        "notes/a.md": "# A\n\nThis is what the scaling laws say about the size of a model.\n",
        "notes/b.en.md": "# Scaling laws\n\nThis is what they say, and the scaling laws hold.\n",
        "notes/b.fr.md": "# Lois d’échelle\n\nCe sont les scaling laws, et elles tiennent.\n",
    }
    site = kb(files, languages=("en", "fr"))
    expected = ["A: |This is what the [scaling laws] say about the size of a model."]
    assert told(after_html(page(site, "b.md"))) == told(after_html(page(site, "fr/b.md"))) == expected


def test_a_highlight_is_led_to(kb: Build) -> None:
    work = (
        "# A Book\n\n## Metadata\n- Author: [[A. Author]]\n- Full Title: A Book\n- Category: #books\n\n## Highlights\n"
        "- A first passage on scaling laws. ([Location 10](https://readwise.io/to_kindle?location=10))\n"
    )
    html = after_html(page(kb({"notes/b.md": "# Scaling laws\n", "notes/book.md": work}), "b.md"))
    assert told(html) == ["A Book: |A first passage on [scaling laws]."]
    assert BeautifulSoup(html, "lxml").select_one(".aikb-unlinked q + a")["href"].startswith("book.md#h-")


def test_the_box_is_closed_and_bounded(kb: Build) -> None:
    files = {f"notes/n{number}.md": f"# N{number}\n\nOf scaling laws.\n" for number in range(100)}
    files |= {f"notes/l{number}.md": f"# L{number}\n\nSee [it](b.md) there.\n" for number in range(LIMIT - 5)}
    html = BeautifulSoup(after_html(page(kb({**files, "notes/b.md": "# Scaling laws\n"}), "b.md")), "lxml")
    box = html.select_one("details.aikb-unlinked")
    assert not box.has_attr("open")
    assert (box.summary.text, len(box.select("q")), box.select_one(".aikb-none").text) == (
        "Also mentioned in · 100",
        5,
        "And 95 more places.",
    )


@pytest.mark.parametrize(
    ("title", "count"),
    [
        ("Scaling laws " + "of the sea " * 9, 1),
        ("Scaling laws " + "of the sea " * 10, 0),
        ("Scaling laws " + "word " * 10_000, 0),
        ("Scaling laws " + "mot, " * 10_000, 0),
        ("Scaling laws " + "é" * 10_000, 0),
    ],
)
@pytest.mark.parametrize("where", ["heading", "front matter", "alias"])
def test_a_title_that_nobody_writes_in_a_sentence_is_not_looked_for(
    kb: Build, title: str, count: int, where: str
) -> None:
    title = title.strip()
    notes = {
        "heading": f"# {title}\n",
        "front matter": f"---\ntitle: {title!r}\n---\nx\n",
        "alias": f"---\naliases: [{title!r}]\n---\n# B\n",
    }
    site = kb({"notes/a.md": f"# A\n\nHere {title} is.\n", "notes/b.md": notes[where]})
    assert after_html(page(site, "b.md")).count("<mark>") == count


def test_a_first_build_looks_for_no_name_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_form: object) -> str:
        pytest.fail("all documents are read anyway")

    monkeypatch.setattr("aikb.relate.glossary.title_mentions._spellings", fail)
    files = {"notes/a.md": "# A\n\nScaling laws hold.\n", "notes/b.md": "# Scaling laws\n"}
    site = build(sources(files, Settings()), Settings(), renderer=RENDERER)
    assert "<mark>Scaling laws</mark>" in after_html(page(site, "b.md"))


def test_hostile_text_stays_text(kb: Build) -> None:
    site = kb({"notes/a.md": "# A<b>\n\nOf scaling laws &lt;i&gt;x.\n", "notes/b.md": "# Scaling laws\n"})
    assert "<i>" not in after_html(page(site, "b.md"))


def test_edits_show_what_a_fresh_build_shows() -> None:
    settings, last = Settings(addresses="sources"), LastBuild()
    files = {"notes/a.md": "# A\n\nOf scaling laws and of data quality.\n", "notes/b.md": "# Scaling laws\n"}
    for edit in (
        {},
        {"notes/b.md": "# Data quality\n"},
        {"notes/a.md": "# A\n\nOf nothing.\n"},
        {"notes/a.md": "# A\n\nOf the data quality.\n"},
        {"notes/c.md": "# Data quality\n"},
        {"notes/b.md": "# The data\n"},
        {"notes/d.md": "# D\n\nOf Mode\u0300le-De\u0301rive\u0301, mo\u00addèle\n> dérivé, \U0001d426odèle dérivé.\n"},
        {"notes/b.md": "# Mod\u00e8le d\u00e9riv\u00e9\n"},
        {
            "notes/b.md": "# \u0152uvre d\u2019art\n",
            "notes/e.md": "# E\n\nUne \u0153uvre d\u2019art, une oeuvre d'art.\n",
        },
        {"notes/b.md": "# Oeuvres d'art\n"},
    ):
        files |= edit
        kept, fresh = (
            build(sources(files, settings), settings, renderer=RENDERER, last=each) for each in (last, LastBuild())
        )
        assert [after_html(each) for each in kept.pages] == [after_html(each) for each in fresh.pages]
