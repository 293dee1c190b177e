"""What a page begins with, and how one goes through it: own contents folded, facts, numbered sections, empty ones."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from bs4 import BeautifulSoup, Tag

from conftest import Build, html_of, page

TITLES = ("One", "Two", "Three", "Four", "Five")


def note(head: str, titles: Sequence[str] = TITLES, words: str = "Words.") -> str:
    return f"# Note\n\n{head}\n\n" + "".join(f"## {title}\n\n{words}\n\n" for title in titles)


def drawn(kb: Build, text: str, path: str = "a.md", **files: str) -> Tag:
    site = kb(
        {"notes/a.md": text, **{f"notes/{name}.md": other for name, other in files.items()}}, languages=("en", "fr")
    )
    return BeautifulSoup(html_of(page(site, path)), "lxml").body


LIST = "\n".join(f"- [{title}](#{title.lower()})" for title in TITLES)


@pytest.mark.parametrize(
    ("head", "folded"),
    [
        (LIST, True),
        (LIST.replace("- ", "1. "), True),
        (LIST.replace("- [", "- 1.2 — ["), True),
        ("\n".join(LIST.splitlines()[:4]), True),  # four of five
        ("\n".join(LIST.splitlines()[:3]), False),
        (f"{LIST}\n- [elsewhere](b.md)", False),
        (f"{LIST}\n- [web](https://example.org)", False),
        (f"{LIST}\n- and more", False),
        (LIST.replace("- ", "- read "), False),
        ("- [One](#one)\n  - [Two](#two)\n    - [Three](#three)\n- [Four](#four)\n- [Five](#five)", True),
        ("- [[#One]]\n- [[#Two]]\n- [[#Three]]\n- [[#Four]]", True),
        (f"{LIST}\n- [Gone](#gone)", True),  # a section that was taken out is no other page
        (f"An introduction.\n\n{LIST}", True),
        ("- One\n- Two", False),
    ],
)
def test_the_authors_own_contents_are_folded(kb: Build, head: str, folded: bool) -> None:
    found = drawn(kb, note(head), b="# B\n").select("details:has(> .aikb-contents)")
    assert len(found) == folded
    if folded:
        assert found[0].summary.text == f"Contents · {len(found[0].select('a'))}"


def test_a_list_of_links_far_down_is_no_contents(kb: Build) -> None:
    assert not drawn(kb, note("Words.") + LIST).select(".aikb-contents")


def test_contents_have_the_words_of_the_tree(kb: Build) -> None:
    fr = drawn(kb, note(LIST, words="The cat sat on the mat and it looked at the dog."), "fr/a.md")
    assert fr.select_one("summary.aikb-contents").text == "Sommaire · 5"
    assert fr.select_one("summary.aikb-contents")["lang"] == "fr"


@pytest.mark.parametrize(
    ("titles", "numbers"),
    [
        (["10 Ten", "12 Twelve", "13 Thirteen", "20 Twenty", "99 Last"], ["10", "12", "13", "20", "99"]),
        (["1. A", "2. B", "3. C", "4. D", "5. E"], ["1", "2", "3", "4", "5"]),
        (["Slide 1 A", "Slide 2 B", "Slide 3 C", "slide 4 D", "Slide 7: E"], ["1", "2", "3", "4", "7"]),
        (["1) A", "2) B", "Between", "3) C", "4) D", "5) E"], ["1", "2", "3", "4", "5"]),
        (["5 E", "4 D", "3 C", "2 B", "1 A"], []),  # a countdown
        (["1 A", "2 B", "3 C", "4 D"], []),  # few
        (["3D printing", "4K", "5G", "6DoF", "7B models"], []),
        (["1 A", "2 B", "3 C", "4 D", "5 E", "F", "G", "H", "I", "J"], []),  # most have none
        (["2020-01-05 A", "2020-02-05 B", "2020-03-05 C", "2020-04-05 D", "2020-05-05 E"], []),  # dates
        (["1 A", "1 B", "2 C", "3 D", "4 E"], []),
    ],
)
def test_numbered_sections_have_a_strip_and_bars(kb: Build, titles: list[str], numbers: list[str]) -> None:
    body = drawn(kb, note("", titles))
    assert [each.text for each in body.select(".aikb-strip a")] == numbers
    bars = body.select(".aikb-steps")
    assert len(bars) == len(numbers)
    for at, bar in enumerate(bars):
        around = [f"‹ {each}" for each in numbers[:at][-1:]] + [f"{each} ›" for each in numbers[at + 1 :][:1]]
        assert [each.text for each in bar.select("a")] == around
        assert bar.span.text == f"{at + 1} of {len(numbers)}"
        assert bar.find_previous_sibling().name == "h2"
    targets = {each["href"].removeprefix("#") for each in body.select(".aikb-steps a, .aikb-strip a")}
    assert targets <= {each["id"] for each in body.select("h2")}


@pytest.mark.parametrize(
    ("titles", "labels"),
    [
        (["10 Ten", "12 **Twelve**", "13 `x`", "20 [a](b.md)", "99 Last"], ["10", "12", "13", "20", "99"]),
        (["1. A", "2.5 litres", "3) C", "4: D", "5 – E", "6 F"], ["1.", "3)", "4:", "5", "6"]),
        (["Slide 1 A", "Diapo 2 B", "p. 3 C", "slide 4", "Slide 7: E"], ["Slide 1", "Diapo 2", "slide 4", "Slide 7:"]),
        (["**1** A", "2 B &amp; B", "3 C", "4 D", "5 E", "6 F"], ["3", "4", "5", "6"]),
        (["1 A", "2 B", "3 C", "4 D"], []),
        (["3D printing", "4K", "5G", "6DoF", "7B models"], []),
    ],
)
def test_the_number_of_a_section_is_a_label(kb: Build, titles: list[str], labels: list[str]) -> None:
    body = drawn(kb, note("", titles), b="# B\n")
    assert [each.text.strip() for each in body.select("h2 > .slide-number") if each.text] == labels
    plain = [
        title.replace("**", "").replace("`", "").replace("[a](b.md)", "a").replace("&amp;", "&") for title in titles
    ]
    assert [each.get_text() for each in body.select("h2")] == plain


@pytest.mark.parametrize(
    ("text", "english", "french"),
    [
        ("The cat sat on the mat. " * 300, ["English", "8 min read"], ["8 min de lecture"]),
        ("Le chat dort sur le tapis. " * 300, ["8 min read"], ["Français", "8 min de lecture"]),
        (
            "The cat sat on the mat. " * 300 + "\n\n" + "Le chat dort sur le tapis. " * 30,
            ["English, with parts in French", "9 min read"],
            ["9 min de lecture"],
        ),
    ],
    ids=["in English", "in French", "in both"],
)
def test_the_language_of_a_text_is_said_once(kb: Build, text: str, english: list[str], french: list[str]) -> None:
    for path, said in {"a.md": english, "fr/a.md": french}.items():
        body = drawn(kb, f"# Note\n\n{text}\n", path)
        assert [each.text for each in body.select(".aikb-meta > span")] == said
        noticed = len(body.select(".aikb-notice"))
        assert noticed == (len(said) == 1), "either the line of facts says it or a notice"


def test_plain_sections_of_a_long_note_have_bars_only(kb: Build) -> None:
    titles = [f"Part {letter}" for letter in "abcdefghijkl"]
    body = drawn(kb, note("", titles))
    assert not body.select(".aikb-strip")
    assert len(body.select(".aikb-steps--plain")) == len(titles)
    assert not drawn(kb, note("", titles[:11])).select(".aikb-steps")


def test_a_section_without_words_says_so_in_a_long_note(kb: Build) -> None:
    text = note("", [*TITLES, "Six", "Seven"]) + "## Nothing\n\n## Above\n\n### Below\n\nWords.\n\n## Last\n"
    assert [each.find_previous_sibling().text for each in drawn(kb, text).select(".aikb-none")] == ["Nothing", "Last"]
    assert drawn(kb, text, "fr/a.md").select_one(".aikb-none").text == "Rien n’est encore noté ici."
    assert not drawn(kb, "# Note\n\n## Nothing\n").select(".aikb-none")


def test_facts_stand_under_the_title_and_tags_lead_to_their_list(kb: Build) -> None:
    head = "---\ndate: 2024-10-14\ntags: [Deep Work, b]\n---\n"
    body = drawn(kb, head + note("The cat sat on the mat. " * 200))
    facts = body.select_one("h1").find_next_sibling()
    assert facts["class"] == ["aikb-meta"]
    assert [each.text for each in facts.find_all(["time", "span", "a"], recursive=False)] == [
        "October 14, 2024", "English", "6 min read", "Deep Work", "b",
    ]  # fmt: skip
    assert [each["href"] for each in facts.select("a")] == ["tags/deep-work.md", "tags/b.md"]


def test_hidden_tags_are_in_no_list(kb: Build) -> None:
    site = kb({"notes/a.md": "---\ntags: [quiet]\nhide: [tags]\n---\n# A\n", "notes/b.md": "# B\n"})
    assert "tags/index.md" not in {each.path for each in site.pages}
