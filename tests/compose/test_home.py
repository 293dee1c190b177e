"""The home page: useful with one note, calm with thousands, under the author's own or alone."""

from __future__ import annotations

import pytest

from aikb.model.site import Site
from conftest import Build, html_of, page

EXPORT = (
    "# Book\n\n## Metadata\n- Author: [[Ann]]\n- Full Title: Book\n- Category: #books\n\n## Highlights\n- One before.\n\n"
    "## New highlights added March 5, 2024 at 9:00 AM\n- A passage that was marked for its beauty.\n"
)


def home(site: Site, tree: str = "") -> str:
    return html_of(page(site, f"{tree}index.md"))


def dated(title: str, date: str) -> str:
    return f"---\ndate: {date}\n---\n# {title}\n\nThe first sentence of {title} says much. Then more.\n"


def test_news_are_told_by_week_the_latest_first(kb: Build) -> None:
    site = kb(
        {
            "notes/x/a.md": dated("A", "2024-03-04"),
            "notes/x/b.md": dated("B", "2024-03-10"),
            "notes/x/c.md": dated("C", "2024-02-01"),
        }
    )
    html = home(site)
    order = [html.index(each) for each in ("Week of March 4, 2024", ">B<", ">A<", "Week of January 29, 2024", ">C<")]
    assert order == sorted(order)
    assert "Semaine du 4 mars 2024" in home(site, "fr/")


def test_a_home_of_the_author_comes_first_and_may_stay_alone(kb: Build) -> None:
    files = {"notes/x/a.md": dated("A", "2024-03-04"), "notes/index.md": "# Mine\n\nWelcome.\n"}
    html = home(kb(files))
    assert html.index("Welcome.") < html.index("Week of March 4, 2024")
    files["notes/index.md"] = "---\nhide: [home]\n---\n# Mine\n\nWelcome.\n"
    assert "aikb-home" not in home(kb(files))


def test_folders_say_how_much_is_in_them_and_how_they_begin(kb: Build) -> None:
    site = kb(
        {
            "notes/x/index.md": "# The X\n\nAll about the letter x here.\n",
            "notes/x/a.md": "# A\n",
            "notes/x/y/b.md": "# B\n",
        }
    )
    html = home(site)
    assert "All about the letter x here." in html
    assert "2 notes" in html


def test_a_folder_of_a_page_alone_has_no_count(kb: Build) -> None:
    html = home(kb({"notes/a.md": "# A\n", "notes/b.md": "# B\n", "notes/c/index.md": "# Sea\n\nWhat is here.\n"}))
    assert "Sea" in html
    assert "0 notes" not in html


def test_works_lately_highlighted_have_their_weeks(kb: Build) -> None:
    html = home(kb({"notes/book.md": EXPORT}))
    assert "1 new highlight" in html
    assert html.count("<i class=") == 26
    assert html.count("aikb-week-1") == 1


def test_one_note_alone_is_the_home(kb: Build) -> None:
    html = home(kb({"notes/a.md": "# Alpha\n\nIt begins with a whole sentence.\n\n## One\n\n## Two\n"}))
    for each in ("It begins with a whole sentence.", 'href="a.md#one"', 'href="a.md#two"'):
        assert each in html


def test_a_thousand_notes_make_a_calm_home_and_bounded_lists(kb: Build) -> None:
    notes = {
        f"notes/{at}.md": dated(f"A note with a longer title of number {at}", f"2024-{at % 12 + 1:02}-01")
        for at in range(1_000)
    }
    site = kb(notes, languages=("en",))
    assert len(home(site)) < 20_000
    lists = [each.path for each in site.pages if each.path.startswith("all/")]
    assert lists == ["all/index.md", "all/page-2.md", "all/page-3.md"]
    assert max(len(html_of(page(site, each))) for each in lists) < 110_000
    shown = "".join(html_of(page(site, each)) for each in lists)
    assert all(f"number {at}<" in shown for at in range(1_000))


def test_a_large_folder_is_cut_beside_its_notes(kb: Build) -> None:
    notes = {f"notes/f/n{at}.md": f"# Note {at}\n" for at in range(401)} | {"notes/f/page-2.md": "# Page of mine\n"}
    site = kb(notes, languages=("en",))
    assert "Page of mine" in html_of(page(site, "f/page-2.md"))
    assert "Note 400" in html_of(page(site, "f/page-2-.md"))
    assert 'href="page-2-.md"' in html_of(page(site, "f/index.md"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# T\n\nA whole first sentence. Then more.\n", "A whole first sentence."),
        ("# T\n\nShort label\n\nA whole first sentence stands here.\n", "A whole first sentence stands here."),
        (
            "# T\n\n[One](a.md) · [Two](b.md) · [Three of them](c.md)\n\nA whole first sentence here.\n",
            "A whole first sentence here.",
        ),
        (
            "# T\n\n- [One](#one)\n- [Two](#two)\n\n## One\n\nA whole first sentence here.\n",
            "A whole first sentence here.",
        ),
        ("# T\n\n𝗔 𝗽𝗼𝘀𝘁 with enough words in it.\n", "A post with enough words in it."),
        ("# T\n\n- An item with enough words in it.\n", "An item with enough words in it."),
        ("# T\n\n> [!note] Title\n> A callout with enough words in it.\n", "A callout with enough words in it."),
        ("# T\n\n```\ncode with a lot of words in it\n```\n", ""),
        (
            "# T\n\n%% hidden words that nobody shall see %%\n\nA whole first sentence here.\n",
            "A whole first sentence here.",
        ),
        ("---\ndescription: Said by its author.\n---\n# T\n\nA whole first sentence here.\n", "Said by its author."),
        ("# A title that is also the text\n\nA title that is also the text\n", ""),
    ],
)
def test_the_first_real_sentence(kb: Build, text: str, expected: str) -> None:
    html = home(kb({"notes/t.md": text}))
    opening = html.partition('<small class="aikb-opening">')[2].partition("</small>")[0]
    assert opening == expected


def test_works_are_listed_once_the_latest_of_a_kind_first(kb: Build) -> None:
    books = {
        f"notes/{name}.md": EXPORT.replace("Book", name).replace("March 5", f"March {day}")
        for name, day in (("Alpha", 3), ("Beta", 7), ("Gamma", 5))
    }
    html = html_of(page(kb(books), "sources/index.md"))
    assert [html.count(f">{each}</a>") for each in ("Alpha", "Beta", "Gamma")] == [1, 1, 1]
    assert sorted(("Beta", "Gamma", "Alpha"), key=html.index) == ["Beta", "Gamma", "Alpha"]
    assert 'id="kind-books"' in html


def test_what_is_read_next_is_of_the_same_kind(kb: Build) -> None:
    site = kb(
        {
            "notes/x/lesson 2.md": "# Lesson 2\n",
            "notes/x/lesson 10.md": "# Lesson 10\n",
            "notes/x/book.md": EXPORT.replace("Book", "Lesson 5"),
        }
    )
    assert (page(site, "x/lesson 2.md").previous, page(site, "x/lesson 2.md").next) == ("", "x/lesson 10.md")
    assert (page(site, "x/book.md").previous, page(site, "x/book.md").next) == ("", "")


@pytest.mark.parametrize(
    "tag", ["p/q", "a/b/c", "Été/Mer", "<b>x</b>", "x<y/z", "a /b", "p/q/", "é/é", "1a/2b", "p-q/r_s"]
)
def test_a_tag_that_only_others_are_inside_of_has_its_page(kb: Build, tag: str) -> None:
    for path in ("", "fr/"):
        html = home(kb({"notes/a.md": f"---\ntags: ['{tag}']\n---\n# A\n\nwords\n"}), path)
        assert 'class="aikb-tag"' in html
        assert 'class="aikb-tag" href=""' not in html
