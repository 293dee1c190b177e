"""What surrounds a note."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from conftest import Build, html_of, knowledge_base, page

STAR = {
    "notes/a.md": "# A\n\nSee [the bee](b.md#part), then [sea](c.md).\n\nBack to [d](d.md).\n",
    "notes/b.md": "# B\n\n## Part\n\nThe tide comes from [a](a.md) again.\n",
    "notes/c.md": "# C\n",
    "notes/d.md": "# D & y\n",
    "notes/e.md": "# E\n\nOver there is [a](a.md) too.\n",
}


def _around(files: dict[str, str], path: str = "a.md", *, neighbourhood: int = 4, **settings: Any) -> Tag | None:
    html = html_of(page(knowledge_base(files, neighbourhood=neighbourhood, **settings), path))
    return BeautifulSoup(html, "lxml").select_one("details.aikb-around")


def _rows(around: Tag | None) -> dict[str, list[tuple[str, str, str]]]:
    assert around is not None
    return {
        heading.get_text(): [
            (str(link["href"]), link.get_text(), quote.get_text() if (quote := row.find("q")) else "")
            for row in heading.find_next_sibling("ul").find_all("li")  # type: ignore[union-attr]
            if isinstance(link := row.a, Tag)
        ]
        for heading in around.select(".aikb-heading")
    }


def test_pages_are_told_by_what_they_are_to_the_note() -> None:
    assert _rows(_around(STAR)) == {
        "Linked both ways": [("b.md#part", "B", "See the bee, then sea.")],
        "Linked from": [("e.md", "E", "")],
        "Links to": [("c.md", "C", "See the bee, then sea."), ("d.md", "D & y", "Back to d.")],
    }
    assert "Liens réciproques" in _rows(_around(STAR, "fr/a.md"))


def test_the_map_says_the_same_and_is_no_place_to_stop_at() -> None:
    around = _around(STAR)
    assert around is not None
    drawing = around.svg
    assert drawing is not None
    assert drawing["aria-hidden"] == "true"
    assert not drawing.find_all("a"), "scripts of pages take every link's address for a text"
    labels = {text.get_text() for text in drawing.find_all("text")}
    assert labels == {row[1] for rows in _rows(around).values() for row in rows}
    numbers = [(int(str(text["x"])), int(str(text["y"]))) for text in drawing.find_all("text")]
    assert len(set(numbers)) == len(numbers)
    width, height = map(int, str(drawing["viewbox"]).split()[2:])
    assert all(0 <= x <= width and 0 <= y <= height for x, y in numbers)


@pytest.mark.parametrize(
    ("path", "settings", "shown"),
    [
        ("a.md", {}, True),
        ("b.md", {}, False),
        ("b.md", {"neighbourhood": 1}, True),
        ("c.md", {"neighbourhood": 1}, False),  # all of it are backlinks, right above
        ("a.md", {"neighbourhood": 5}, False),
        ("a.md", {"neighbourhood": 0}, False),
    ],
)
def test_a_note_has_one_from_a_number_of_neighbours_on(path: str, settings: dict[str, int], *, shown: bool) -> None:
    assert (_around(STAR, path, **settings) is not None) == shown


def test_an_author_hides_it() -> None:
    hidden = {**STAR, "notes/a.md": f"---\nhide: [neighbourhood]\n---\n{STAR['notes/a.md']}"}
    assert _around(hidden) is None


def test_terms_and_works_belong_to_it() -> None:
    files = {
        "notes/a.md": "# A\n\nSee [b](b.md). A tide is seen, and the ebb after a tide.\n",
        "notes/b.md": "# B\n",
        "notes/glossary.md": "# Glossary\n\n**Tide**: the sea that comes.\n\n**Ebb**: the sea that goes.\n",
    }
    rows = _rows(_around(files, neighbourhood=3))
    assert [row[1] for row in rows["Speaks of"]] == ["Tide", "Ebb"]
    assert rows["Speaks of"][0][2] == "A tide is seen, and the ebb after a tide."


def test_there_are_at_most_forty_and_the_rest_is_counted(kb: Build) -> None:
    files = {f"notes/n{n:03}.md": f"# N {n}\n\nTo [a](a.md).\n" for n in range(60)}
    files["notes/a.md"] = "# A\n\n" + "".join(f"[x{n}](m{n}.md) " for n in range(60)) + "\n"
    files |= {f"notes/m{n}.md": f"# M {n}\n" for n in range(60)}
    html = html_of(page(kb(files), "a.md"))
    around = html[html.index('<details class="aikb-around"') :]
    assert len(re.findall("<text", around)) <= 39
    assert "100 more" in around
    assert len(around.encode()) < 16_000


def test_the_order_of_files_changes_nothing() -> None:
    assert str(_around(STAR)) == str(_around(dict(reversed(STAR.items()))))


def test_twins_are_one_page() -> None:
    files = {
        **STAR,
        "notes/b.fr.md": "# Bé\n\nLa mer vient de [a](a.md) et elle y retourne encore.\n",
        "notes/b.md": "# B\n\nThe sea that comes here, from [a](a.md), goes there.\n",
    }
    rows = _rows(_around(files, "fr/a.md"))
    assert [row[1] for row in rows["Liens réciproques"]] == ["Bé"]
