"""Numbers sort as numbers, and a page shows its title once."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from aikb.text.folding import collation_key
from conftest import found, html_of, knowledge_base, page


@pytest.mark.parametrize(
    "titles",
    [
        ["Lesson 1", "Lesson 2", "Lesson 9", "Lesson 10"],
        ["1.2 Two", "1.9 Nine", "1.10 Ten", "2.1 One"],
        ["1. One", "2. Two", "10. Ten", "11. Eleven"],
        ["Chapter 2", "chapter 3", "Chapter 10"],
        ["v0.9", "v0.10", "v1.0", "v10.0"],
        ["Été 2", "Été 10", "Été 100"],
        ["007 Bond", "8 Ball", "12 Monkeys"],
        ["2023-02", "2023-10", "2024-1"],
        ["A", "A 1", "A 2 b", "A 10 a", "B"],
        ["part 99999999999999999998", "part 99999999999999999999", "part 100000000000000000000"],
    ],
)
def test_numbers_sort_as_numbers(titles: list[str]) -> None:
    backwards = titles[::-1]
    assert sorted(backwards, key=collation_key) == titles


@pytest.mark.parametrize(
    "titles",
    [
        ["Mist", "*nix", "Nutrition", "Oak"],
        ["Mist", "« Nord »", "Oak"],
        ["Mist", "“North” and south", "Oak"],
        ["Mist", "(North)", "Oak"],
        ["Mist", "#north", "Oak"],
        ["Mist", "_north", "Oak"],
        ["Mist", "…north", "Oak"],
        ["Mist", "🧭 North", "Oak"],
        ["Mist", "¿Norte?", "Oak"],
        ["Mist", "-- North", "Oak"],
        ["...", "1984", "2001", "Alpha"],
        ["!!!", "Zebra"],
        ["'9 lives", "'10 lives", "Alpha"],
    ],
)
def test_signs_before_the_first_letter_do_not_count(titles: list[str]) -> None:
    backwards = titles[::-1]
    assert sorted(backwards, key=collation_key) == titles


def test_a_list_has_each_letter_once_and_in_order() -> None:
    names = ["*nix", "Newts", "Nuts", "« Aube »", "Ash", "Été", "Elm", "_draft", "Dune", "42", "(7)", "🦕 Zebu", "!"]
    fill = [f"{letter}{at}" for letter in "BCMOP" for at in range(12)]
    files = {
        f"notes/{at}.md": f"# {title.replace('*', chr(92) + '*').replace('_', chr(92) + '_')}\n"
        for at, title in enumerate([*names, *fill])
    }
    site = knowledge_base({"notes/index.md": "# Home\n", **files})
    slot = next(each for each in page(site, "all/index.md").body.pieces if not isinstance(each, str))
    letters = [group["letter"] for group in slot.values["groups"]]
    assert letters == ["#", "A", "B", "C", "D", "E", "H", "M", "N", "O", "P", "Z"]


def test_lists_the_sidebar_and_neighbours_have_one_order() -> None:
    titles = ["1.1 A", "1.2 B", "1.10 C", "2 D"]
    files = {f"notes/course/{at}.md": f"# {title}\n" for at, title in zip("cadb", titles, strict=True)}
    site = knowledge_base(
        {**files, "notes/index.md": "# Home\n", "notes/part 10/x.md": "# X\n", "notes/part 9/x.md": "# X\n"}
    )
    listed = BeautifulSoup(html_of(page(site, "course/index.md")), "lxml")
    assert [link.text for link in listed.find_all("a") if link.text in titles] == titles
    second = page(site, "course/a.md")
    assert (second.previous, second.next) == ("course/c.md", "course/d.md")
    (course,) = (item for item in second.navigation if item.path == "course/index.md")
    assert [item.title for item in course.children] == titles
    assert [item.title for item in second.navigation if item.title.startswith("Part")] == ["Part 9", "Part 10"]


def titles(text: str, path: str = "notes/tides.md") -> tuple[str, list[str]]:
    """A page's title, and its first-level headings."""
    site = knowledge_base({"notes/index.md": "# Home\n", path: text})
    shown = page(site, path.removeprefix("notes/"))
    return shown.title, [each.text for each in BeautifulSoup(html_of(shown), "lxml").select("h1")]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Deep sea\n\ntext\n\n> # said in a quote\n", "Deep sea"),
        ("# Deep sea\n\n- # in an item\n", "Deep sea"),
        ("# Deep sea\n\n> [!note]\n> # in a box\n", "Deep sea"),
        ("---\ntitle: Trip\n---\n\n# Long title of the trip\n\ntext\n", "Trip"),
        ("---\ntitle: Trip\n---\n\n# Trip\n", "Trip"),
        ("---\ntitle: trip!\n---\n\n# Trip\n", "Trip"),
        ("---\ntitle: Trip\n---\n\ntext\n", "Trip"),
        ("# Tides\n\n# Moon\n\n# Sun\n", "Tides"),
        ("# Part one\n\n# Part two\n", "Tides"),
        ("---\ntitle: Trip\n---\n\n# Trip\n\n# Back\n", "Trip"),
        ("## Tides\n\ntext\n\n## Moon\n", "Tides"),
        ("Tides\n-----\n\ntext\n", "Tides"),
        ("---\ntitle: The tides\n---\n\n### The tides\n", "The tides"),
        ("text only\n", "Tides"),
    ],
)
def test_a_title_is_shown_once(text: str, title: str) -> None:
    shown, headings = titles(text)
    assert shown == title
    wanted = "Long title of the trip" if "Long" in text else title
    assert headings.count(wanted) == 1
    assert headings[0] == wanted


def test_a_heading_that_becomes_the_title_keeps_its_id() -> None:
    files = {
        "notes/tides.md": "## Tides\n\n[x](#tides)\n",
        "notes/a.md": "# A\n\n[[tides#Tides]] [t](tides.md#tides)\n",
    }
    site = knowledge_base(files)
    assert found(site) == []
    assert '<h1 id="tides">Tides</h1>' in html_of(page(site, "tides.md"))


@pytest.mark.parametrize(
    ("written", "href"),
    [
        ("[p](paper.pdf#page=2)", "paper.pdf#page=2"),
        ("[[paper.pdf#page=2]]", "paper.pdf#page=2"),
        ("[[paper.pdf#page=2|p]]", "paper.pdf#page=2"),
        ("![[paper.pdf#page=2]]", "paper.pdf#page=2"),
        ("[p](table.csv#row=3)", "table.csv#row=3"),
        ("[[board.canvas#node]]", "board.canvas#node"),
        ("[p](clip.mp4#t=10)", "clip.mp4#t=10"),
        ("[p](sub#x)", "sub/index.md"),
        ("[p](sub/#x)", "sub/index.md"),
        ("[[sub#x]]", "sub/index.md"),
        ("[[sub/index#x]]", "sub/index.md"),
        ("<a href='paper.pdf#page=2'>p</a>", "paper.pdf#page=2"),
        ("[p][1]\n\n[1]: paper.pdf#page=2", "paper.pdf#page=2"),
        ("[p](https://example.org/a.pdf#page=2)", "https://example.org/a.pdf#page=2"),
    ],
)
def test_a_fragment_on_what_is_no_note_resolves(written: str, href: str) -> None:
    assets = ["paper.pdf", "table.csv", "board.canvas", "clip.mp4", "sub/x.png"]
    site = knowledge_base({"notes/a.md": f"# A\n\n{written}\n", "notes/sub/leaf.md": "# Leaf\n"}, assets)
    assert found(site) == []
    html = html_of(page(site, "a.md"))
    assert f'"{href}"' in html or f'"./{href}"' in html


@pytest.mark.parametrize("path", ["notes/glossary.md", "glossary/terms.md"])
def test_the_list_of_terms_is_named_once(path: str) -> None:
    site = knowledge_base(
        {"notes/index.md": "# Home\n", path: "# Glossary\n\n## Tide\n\nThe sea that comes and goes.\n"}
    )
    assert [item.title for item in page(site, "index.md").navigation].count("Glossary") == 1


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("2024-05-01", "2024-05-01"),
        ("2024_05_01", "2024-05-01"),
        ("2024-05", "2024-05"),
        ("2024-05-01-at-sea", "2024-05-01 at sea"),
        ("log-2024-05-01", "Log 2024-05-01"),
        ("2023-2024", "2023 2024"),
        ("part-10-2", "Part 10 2"),
        ("12024-05-01", "12024 05 01"),
    ],
)
def test_a_date_in_a_name_stays_a_date(name: str, title: str) -> None:
    site = knowledge_base(
        {"notes/index.md": "# Home\n", f"notes/days/{name}.md": "Text.\n", f"notes/{name}/x.md": "# X\n"}
    )
    assert page(site, f"days/{name}.md").title == title
    assert title in [item.title for item in page(site, "index.md").navigation]
