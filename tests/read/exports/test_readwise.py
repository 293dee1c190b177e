"""Exports of highlights: Readwise's to Obsidian, default and customised, cleaned, named, each passage once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aikb.model.finding import Diagnostic
from aikb.model.highlights import Category, Group, Heading, Highlight, Location, Work
from aikb.model.source import Source
from aikb.read.exports import canonical
from aikb.read.exports.clean import clean, vocabulary
from aikb.read.exports.dates import iso_date
from aikb.read.exports.detect import detect_format, read_export
from aikb.read.exports.format import Export, Text
from aikb.read.exports.normalise import truncated
from aikb.read.front_matter.parse import read_front_matter
from conftest import Build, html_of, page

HEAD = "# A Book\n\n## Metadata\n- Author: [[Ann Author]]\n- Category: #books\n\n## Highlights\n"


def as_text(content: str, path: str = "notes/a.md") -> Text:
    source = Source(path, content)
    front = read_front_matter(source)
    return Text(source, front.metadata, front.data, front.offset)


def export(content: str, path: str = "notes/a.md") -> Export:
    text = as_text(content, path)
    form = detect_format(text)
    assert form is not None
    return read_export(text, form)


def work(content: str, path: str = "notes/a.md") -> Work:
    return export(content, path).works[0]


def highlights(items: str) -> tuple[Highlight, ...]:
    """The highlights of items in the default form."""
    return work(HEAD + items).highlights


def texts(items: str) -> list[str]:
    return [each.text for each in highlights(items)]


def codes(found: Iterable[Diagnostic]) -> list[str]:
    return [f"{each.line} {each.code}" for each in found]


def bare(made: Work) -> Work:
    """A work without what tells where it stands in its file."""
    kept = tuple(replace(each, raw="", start=0, end=0) for each in made.highlights)
    return replace(made, form="", start=0, highlights=kept)


# What is an export ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (HEAD + "- One.", "obsidian"),
        ("## Highlights\n- One. ([View Highlight](https://read.readwise.io/read/01x))", "obsidian"),
        ("![rw-book-cover](c.png)\n\n## New highlights added October 14, 2024 at 9:56 AM\n* One.", "obsidian"),
        ("## Metadata\n- URL: x\n\n## Nouveaux surlignages ajoutés le 14 octobre 2024 à 9:56\n- Un.", "obsidian"),
        ("## Metadata\n- URL: x\n\n## Highlights [[2024-01-05]] at 9:00 AM\n\n> One.", "quotes"),
        ("## Metadata\n- URL: x\n\n## Highlights #to-process\n\n> One.", "quotes"),
        (HEAD + "- One.\n- Two.\n\n> Mine.\n> Also mine.\n> And this.\n", "obsidian"),
        (HEAD + "- One.\n\n> Mine.\n", "obsidian"),
        (HEAD + "> One.\n\n- Tags: #a\n- [note] Mine.\n* [Location 12](u)\n- My list.\n", "quotes"),
    ],
)
def test_an_export_is_recognised_by_what_it_says(content: str, name: str) -> None:
    form = detect_format(as_text(content))
    assert form is not None
    assert form.name == name


@pytest.mark.parametrize(
    "content",
    [
        "# Notes on Readwise\n\n## Highlights of the year\n- One.",
        "# Notes\n\n## Highlights\n- My own list, of nothing exported.",
        "How Readwise writes:\n\n### Highlights header\n\n> {{ highlight_text }}\n",
    ],
)
def test_a_note_about_highlights_is_none(content: str) -> None:
    assert detect_format(as_text(content)) is None


# What is known of the work -------------------------------------------------------------------------------------------


def test_a_default_export_is_read_whole() -> None:
    made = work(
        "# State of Things\n\n![rw-book-cover](https://example.org/c.png)\n\n## Metadata\n- Author: [[Ann Author]]\n"
        "- Full Title: State of Things, and More\n- Category: #articles\n- Document Note: First line.\n   Second line.\n"
        "- Document Tags: [[a]] [[b c]] \n- Summary: It says things.\n- URL: https://example.org/things\n\n"
        "## Highlights\n- One. ([View Highlight](https://read.readwise.io/read/01J9X))\n"
    )
    assert (made.title, made.authors, made.category) == (
        "State of Things, and More",
        ("Ann Author",),
        Category.ARTICLE,
    )
    assert (made.note, made.tags, made.summary) == ("First line.\nSecond line.", ("a", "b c"), "It says things.")
    assert (made.url, made.cover, made.remarks) == ("https://example.org/things", "https://example.org/c.png", "")
    assert [each.id for each in made.highlights] == ["h-01j9x"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("[[Ann Able, Bob Best and Cy Cox]]", ("Ann Able", "Bob Best", "Cy Cox")),
        ("[[A]], [[B]]", ("A", "B")),
        ("[[@name on Twitter]]", ("@name on Twitter",)),
        ("[[ann@example.org]]", ("ann@example.org",)),
        ("[[https://example.org/a, b]]", ("https://example.org/a, b",)),
        ("[[Simon & Schuster]]", ("Simon & Schuster",)),
        ("None", ()),
        ("", ()),
    ],
)
def test_authors_stand_in_one_link_or_in_many(written: str, read: tuple[str, ...]) -> None:
    assert work(f"# T\n\n## Metadata\n- Author: {written}\n- URL: x\n\n## Highlights\n- One.").authors == read


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("title: x: y: z", "x: y: z"),
        ('title: "say "hi""', 'say "hi"'),
        ('title: "Claude&#39;s Syste..."', "Claude's Syste..."),
        ("title: Rhythm &amp;amp; Blues", "Rhythm & Blues"),
    ],
)
def test_front_matter_that_yaml_refuses_is_read(line: str, title: str) -> None:
    content = f"---\nauthor: [[A]], [[B]]\n{line}\n---\n## Metadata\n- URL: x\n\n## Highlights\n- One."
    assert (work(content).title, work(content).authors) == (title, ("A", "B"))


def test_a_template_that_was_not_filled_in_says_nothing() -> None:
    made = work("# T\n\n## Metadata\n- URL: {{url}}\n- Author: None\n\n## Highlights\n- One.")
    assert (made.url, made.authors) == ("", ())


def test_what_is_not_understood_is_kept_as_a_remark_and_hashtags_as_tags() -> None:
    made = work(HEAD.replace("## Highlights", "Bought in Paris.\n\n## Highlights") + "- One.\n\nMy own words.\n")
    assert made.remarks == "Bought in Paris.\n\nMy own words."
    assert work(f"{HEAD}- One.\n\n#reviewed #later\n").tags == ("reviewed", "later")


def test_a_category_comes_from_the_folder_where_nothing_else_says_it() -> None:
    content = "## Metadata\n- URL: x\n\n## Highlights\n- One."
    assert work(content, "notes/Readwise/Podcasts/a.md").category is Category.PODCAST


# Items ---------------------------------------------------------------------------------------------------------------


def test_an_item_has_a_label_tags_and_a_note() -> None:
    (one,) = highlights(
        "- First line\n  second line ([Location\u00a0226](https://readwise.io/to_kindle?action=open&asin=B0&location=226))\n"
        "    - Tags: [[blue]] [[favorite]] \n    - Note: My view.\n      And more.\n"
    )
    assert (one.text, one.tags, one.note) == ("First line\nsecond line", ("blue", "favorite"), "My view.\nAnd more.")
    assert one.location == Location("location", "226")


@pytest.mark.parametrize(
    ("label", "place"),
    [
        ("([Time\u00a00:12:44](https://share.snipd.com/snip/1))", Location("time", "0:12:44")),
        ("(Page\u00a012)", Location("page", "12")),
        ("([Page 12](https://example.org/(x)))", Location("page", "12")),
        ("(Location 55-56)", Location("location", "55-56")),
        ("([View Tweet](https://twitter.com/u/status/1))", None),
        ("", None),
    ],
)
def test_the_place_is_in_the_label(label: str, place: Location | None) -> None:
    (one,) = highlights(f"- A sentence. {label}\n")
    assert (one.text, one.location) == ("A sentence.", place)


def test_many_highlights_have_no_label_at_all() -> None:
    assert texts("- One.\n- Two,\n  in two lines.\n* Three.\n") == ["One.", "Two,\nin two lines.", "Three."]


def test_lists_headings_tables_and_code_stay_inside_their_item() -> None:
    items = (
        "- Intro:\n  - a\n    - b\n\n  ## Not a heading of the page\n\n  | x | y |\n  |---|---|\n  | 1 | 2 |\n"
        "- ```\n- yaml: item\n```\n  after ([View Highlight](https://read.readwise.io/read/2))\n- Last.\n"
    )
    assert texts(items) == [
        "Intro:\n- a\n  - b\n\n## Not a heading of the page\n\n| x | y |\n|---|---|\n| 1 | 2 |",
        "```\n- yaml: item\n```\nafter",
        "Last.",
    ]


def test_an_open_fence_or_comment_ends_with_its_item() -> None:
    made = export(f"{HEAD}- ```\n  code\n- Two <!-- of\n  it.\n- Three.\n")
    assert [each.text for each in made.works[0].highlights] == ["```\ncode\n```", "Two \\<!-- of\nit.", "Three."]
    assert codes(made.diagnostics) == ["8 fence-unclosed", "10 html-malformed"]


def test_groups_are_dated_and_the_first_is_as_old_as_the_file() -> None:
    made = work(
        "---\ndate: 2024-10-11\n---\n## Metadata\n- URL: x\n\n## Highlights\n- One.\n"
        "## New highlights added October 14, 2024 at 9:56 PM\n- Two.\n"
        "## Nouveaux surlignages ajoutés le 15 octobre 2024 à 9:56\n- Trois.\n"
    )
    assert [each.group for each in made.highlights] == [
        Group("Highlights", "2024-10-11"),
        Group("New highlights added October 14, 2024 at 9:56 PM", "2024-10-14T21:56"),
        Group("Nouveaux surlignages ajoutés le 15 octobre 2024 à 9:56", "2024-10-15T09:56"),
    ]


def test_a_group_is_dated_by_a_date_alone_and_a_heading_has_a_title() -> None:
    (one,) = work("---\ndate: some day\n---\n## Metadata\n- URL: x\n\n## Highlights\n###  \n- One.\n").highlights
    assert (one.group, one.headings) == (Group("Highlights"), ())


def test_the_first_line_of_a_file_may_be_a_later_group() -> None:
    made = work(
        "## New highlights added October 14, 2024 at 9:56 AM\n- One. ([View Highlight](https://read.readwise.io/read/1))"
    )
    assert [each.text for each in made.highlights] == ["One."]


def test_headings_between_items_are_chapters_and_unknown_ones_a_finding() -> None:
    made = export(f"{HEAD}- One.\n### Chapter 1\n- Two.\n#### 1.1 Part\n- Three.\n## Mine\n- Four.\n")
    assert [each.headings for each in made.works[0].highlights] == [
        (),
        (Heading(3, "Chapter 1"),),
        (Heading(3, "Chapter 1"), Heading(4, "1.1 Part")),
        (Heading(2, "Mine"),),
    ]
    assert codes(made.diagnostics) == ["13 readwise-heading"]


def test_a_heading_without_highlights_stays_with_the_words_below_it() -> None:
    made = export(f"{HEAD}- One.\n### Empty\n### Chapter\n- Two.\n\n## Elsewhere\n\n### [Mine](m.md)\n\nMy words.\n")
    assert [each.headings for each in made.works[0].highlights] == [(), (Heading(3, "Chapter"),)]
    assert made.works[0].remarks == "### Empty\n\n## Elsewhere\n\n### [Mine](m.md)\n\nMy words."
    assert codes(made.diagnostics) == []


def test_a_block_id_may_stand_alone_after_the_item() -> None:
    assert [each.id for each in highlights("- One.\n^rwID-123\n- Two. ^rwhi456\n")] == ["h-123", "h-456"]


# Customised exports --------------------------------------------------------------------------------------------------

META = "## Metadata\n- URL: https://example.org\n\n## Highlights\n\n"


def test_a_heading_with_the_id_and_a_quote() -> None:
    (one, two) = work(
        f"{META}### id451234\n\n> First.\n> \\- [(View Highlight)](https://read.readwise.io/read/01)\n\n"
        "**Initial thought or note on:** [(View Highlight)](https://read.readwise.io/read/01)\nMy view.\n\n"
        "### Location 417\n\n> Second.\n> Third.\n"
    ).highlights
    assert (one.id, one.text, one.note) == ("h-451234", "First.", "My view.")
    assert one.url == "https://read.readwise.io/read/01"
    assert (two.text, two.location) == ("Second.\nThird.", Location("location", "417"))


def test_under_a_heading_of_its_own_a_highlight_is_alone() -> None:
    label = "> \\- [(View Highlight)](https://read.readwise.io/read/0{})"
    (one, two, three, four) = work(
        f"{META}### id451234\n\n> First.\n\n> Its second part.\n{label.format(1)}\n\n"
        "**Initial thought or note on:** [(View Highlight)](https://read.readwise.io/read/01)\n\n> My quote.\n\n- My list.\n\n"
        f"### Location 417\n\n> Second.\n{label.format(2)}\n\n> Third.\n{label.format(3)}\n\n### Location 418\n\n> Fourth.\n"
    ).highlights
    assert (one.id, one.text, one.note) == ("h-451234", "First.\n\nIts second part.", "> My quote.\n\n- My list.")
    assert (two.text, three.text, three.location, four.text) == ("Second.", "Third.", None, "Fourth.")
    assert four.location == Location("location", "418")


def test_code_in_a_remark_stays_in_it() -> None:
    fence = "```sh\n# install\n\n> out\n---\n```"
    (one, two) = work(f"{META}### id451234\n\n> First.\n\nMine:\n\n{fence}\n\n### id451235\n\n> Second.\n").highlights
    assert (one.note, one.headings) == (f"Mine:\n\n{fence}", ())
    assert (two.text, two.headings) == ("Second.", ())
    (one, two) = work(f"{META}### id451234\n\n> First.\n\n```sh\n\n### id451235\n\n> Second.\n\n```\n").highlights
    assert (one.note, two.text) == ("```sh", "Second.")


def test_an_id_is_of_what_stands_right_under_it() -> None:
    (one,) = work(f"{META}### id451234\n\n### Chapter\n\n> First.\n").highlights
    assert (one.id, one.headings) != ("h-451234", ())
    assert one.headings == (Heading(3, "Chapter"),)


def test_callouts_labels_below_and_tags() -> None:
    (one, two) = work(
        f"{META}> [!quote] [View Highlight](https://read.readwise.io/read/02)\n> First.\n\n> [!note]\n> Mine.\n\n"
        "> Second. ^rwhi77\n* [Location\u00a012](https://readwise.io/to_kindle?location=12)\n- Tags: #a #b\n- [note] Theirs.\n"
    ).highlights
    assert (one.id, one.text, one.note) == ("h-02", "First.", "Mine.")
    assert (two.id, two.text, two.tags, two.note) == ("h-77", "Second.", ("a", "b"), "Theirs.")
    assert two.location == Location("location", "12")


def test_a_remark_may_stand_above_its_quote() -> None:
    (one, two) = work(f"{META}Mine.\n\n> First.\n\n---\n\nOurs.\n\n> Second.\n").highlights
    assert (one.note, one.text, two.note, two.text) == ("Mine.", "First.", "Ours.", "Second.")


# Cleaning ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ﬁnd the ﬂow of eﬃcient o\u00adffice\u200b", "find the flow of efficient office"),
        ("Intro ● one ● two", "Intro\n- one\n- two"),
        ("● ● doubled\n● next", "- doubled\n- next"),
        ("• one\n• two", "- one\n- two"),
        ("AI • ML • data", "AI • ML • data"),
        ("- - empty first", "- empty first"),
        ("a\n-\nb", "a\nb"),
        ("a ● - ● b ● - c", "a\n- b\n- c"),
        ("R&amp;amp;D and &amp;#39;quotes&amp;#39;", "R&amp;D and &#39;quotes&#39;"),
        ("[1]: a line that is no definition", "\\[1]: a line that is no definition"),
        ("```\n● code • stays ﬁne\n```", "```\n● code • stays fine\n```"),
        ("- [1]: nor in a list\n> [^a]: nor in a quote", "- \\[1]: nor in a list\n> \\[^a]: nor in a quote"),
        ("```\n[key]: value\n<!-- open\n```", "```\n[key]: value\n<!-- open\n```"),
        ("Write `<!--` to begin one.", "Write `<!--` to begin one."),
        ("<!-- a --> b <!-- c <!-- d", "<!-- a --> b \\<!-- c \\<!-- d"),
    ],
)
def test_a_text_is_made_readable(text: str, shown: str) -> None:
    assert clean(text, frozenset()).text == shown


@pytest.mark.parametrize(
    ("text", "shown", "page"),
    [
        ("A title #deck2024 | 23 → The text.", "A title\n\nThe text.", 23),
        ("A title #deck | 48 + → The text.", "A title\n\nThe text.", 48),
        ("#deck | 7 The text.", "The text.", 7),
        ("A title #deck | 7 #deck | 8 → One. #deck | 9 Two.", "A title\n\nOne.\n\nTwo.", 7),
        ("#tag at the start", "#tag at the start", 0),
        ("a | 23 b", "a | 23 b", 0),
    ],
)
def test_the_furniture_of_a_slide_becomes_its_number(text: str, shown: str, page: int) -> None:
    cleaned = clean(text, frozenset())
    assert (cleaned.text, cleaned.page) == (shown, page)


@pytest.mark.parametrize(
    ("text", "elsewhere", "shown"),
    [
        ("what is re- quired", "it is required", "what is required"),
        ("what is re- quired", "", "what is required"),
        ("a state-of-the- art model", "", "a state-of-the-art model"),
        ("a multi- step plan", "multi-step", "a multi-step plan"),
        ("long- and short-term", "", "long- and short-term"),
        ("Yes- No", "", "Yes- No"),
    ],
)
def test_a_word_that_a_line_end_cut_is_joined_as_the_work_writes_it(text: str, elsewhere: str, shown: str) -> None:
    assert clean(text, vocabulary([text, elsewhere])).text == shown


@pytest.mark.parametrize("piece", ["a", "a-", "#a | 1 ", "[\n", "<!--", "&amp;amp;", "● "])
def test_a_long_line_takes_no_longer_than_its_length(piece: str) -> None:
    text = piece * (200_000 // len(piece)) + "\nEnd"
    assert clean(text, vocabulary([text])).text.endswith("End")


@pytest.mark.parametrize("piece", ["\u00a0", "![", "<img ", "[["])
@pytest.mark.parametrize("place", ["- {}\n", "> {}\n", "synced {}\n"])
def test_a_long_line_anywhere_is_read_in_time_linear_in_it(piece: str, place: str) -> None:
    line = place.replace("{}", piece * (200_000 // len(piece)) + "x")
    made = work(f"# A Book\n\n## Metadata\n- Author: [[A]]\n{line}\n## Highlights\n- One.\n{line}\n- Last one.\n")
    assert made.highlights[-1].text == "Last one."


@given(st.text(alphabet="ab●•-* \n>#|1ﬁ`[]:<!&;amp→", max_size=60))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text, frozenset()).text
    assert clean(once, frozenset()).text == once


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("odels built for mobile.", "start"),
        ("“and so on.”", "start"),
        ("iPhone sales rose.", ""),
        ("- a list\n- of items", ""),
        ("Whole.", ""),
        ("Readwise adds its own…", "end"),
        ("A sentence that is long enough to be sure that its last letters are the generatio", "end"),
        ("Short title without a stop", ""),
    ],
)
def test_a_cut_is_told_and_never_mended(text: str, cut: str) -> None:
    assert truncated(text) == cut


# Identity ------------------------------------------------------------------------------------------------------------


def test_a_highlight_that_comes_again_is_shown_once_with_the_newest_text() -> None:
    made = export(
        f"{HEAD}- Old text. ([View Highlight](https://read.readwise.io/read/01A))\n    - Tags: [[a]]\n- Other.\n"
        "## New highlights added October 14, 2024 at 9:56 AM\n- New text. ([View Highlight](https://read.readwise.io/read/01a))\n"
        "    - Tags: [[b]]\n    - Note: Mine.\n- other\n"
    )
    one, other = made.works[0].highlights
    assert (one.id, one.text, one.tags, one.note) == ("h-01a", "New text.", ("a", "b"), "Mine.")
    assert other.text == "other"
    assert set(codes(made.diagnostics)) == {
        "1 private-source-url",
        "12 highlight-duplicate",
        "15 highlight-duplicate",
        "15 highlight-truncated",
    }


def test_an_id_without_an_address_depends_on_the_words_alone() -> None:
    (one,) = highlights("- The ﬁrst word.\n")
    (other,) = highlights("- The first  word\n  (Page 3)\n")
    assert one.id == other.id
    assert one.id.startswith("h-")
    assert len(one.id) == 14


def test_an_item_without_text_is_left_out() -> None:
    made = export(f"{HEAD}- One.\n- ([View Highlight](https://example.org))\n")
    assert [each.text for each in made.works[0].highlights] == ["One."]
    assert codes(made.diagnostics) == ["9 highlight-empty"]


# Our own form --------------------------------------------------------------------------------------------------------

words = st.text(alphabet="abéﬁ ●>-#*`|<![]:\n1\u00a0", max_size=30)
lines = st.text(alphabet="abé 1[]#:'\"", min_size=1, max_size=20).map(lambda text: " ".join(text.split())).filter(bool)


@given(
    st.builds(
        Work,
        title=lines,
        authors=st.lists(lines, max_size=2).map(tuple),
        category=st.sampled_from(Category),
        note=words.map(str.strip),
        remarks=words.map(lambda text: text.strip("\n")),
        tags=st.lists(lines, max_size=2, unique=True).map(tuple),
        highlights=st.lists(
            st.builds(
                Highlight,
                words.filter(lambda text: bool(clean(text, frozenset()).text.strip())),
                id=st.sampled_from(["", "01j9", "77"]),
                note=words.map(str.strip),
                tags=st.lists(lines, max_size=2, unique=True).map(tuple),
                color=st.sampled_from(["", "blue"]),
                location=st.sampled_from([None, Location("page", "12"), Location("time", "0:12:44")]),
                group=st.sampled_from([None, Group("Highlights"), Group("Later", "2024-10-14T09:56")]),
                headings=st.sampled_from([(), (Heading(1, "A"),), (Heading(1, "A"), Heading(2, "B"))]),
            ),
            max_size=4,
        ).map(tuple),
    )
)
def test_a_work_is_read_back_as_it_was_written(made: Work) -> None:
    first = _finished(made)
    assert bare(work(canonical.write(first))) == bare(first)


def _finished(made: Work) -> Work:
    from aikb.read.exports.normalise import normalise

    return normalise(Export((made,)), Source("notes/a.md", "")).works[0]


def test_every_export_of_the_corpus_is_read_back_as_it_was_written(corpus: Path) -> None:
    read = 0
    for path in sorted(corpus.rglob("*.md")):
        text = as_text(path.read_text(encoding="utf-8"), str(path))
        form = detect_format(text)
        if form is None:
            continue
        for each in read_export(text, form).works:
            assert bare(work(canonical.write(each))) == bare(each), path
            read += 1
    assert read > 250


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("October 14, 2024 at 9:56 AM", "2024-10-14T09:56"),
        ("October 14, 2024 at 12:05 AM", "2024-10-14T00:05"),
        ("le 1er février 2024 à 9:56", "2024-02-01T09:56"),
        ("2024-01-05 at 9:00 AM", "2024-01-05T09:00"),
        ("Nov 19th, 2022", "2022-11-19"),
        ("2024-02-31", ""),
        ("May 2024", ""),
    ],
)
def test_dates_are_read_in_both_languages_and_in_no_locale(text: str, date: str) -> None:
    assert iso_date(text) == date


def test_the_seed_is_read_whole(corpus: Path) -> None:
    path = corpus / "seeds" / "readwise-state-of-ai-2024.md"
    made = work(path.read_text(encoding="utf-8"), "notes/readwise-state-of-ai-2024.md")
    groups = [each.group.title if each.group else "" for each in made.highlights]
    assert [groups.count(title) for title in dict.fromkeys(groups)] == [8, 1, 58]
    assert len({each.id for each in made.highlights}) == 67
    assert (made.authors, made.date, made.category) == (("Nathan Benaich",), "2024-10-11", Category.ARTICLE)
    assert made.title == "State of AI Report - 2024"
    assert made.url == "https://readwise.io/reader/document_raw_content/224919358"
    assert [each.page for each in made.highlights if each.page] == [23, 25, 28, 29, 38, 48, 56, 61, 83]
    shown = "\n".join(each.text for each in made.highlights)
    assert not {"●", "ﬁ", "ﬂ", "|"} & set(shown)
    assert shown.count("\n- ") > 150


@pytest.mark.parametrize("place", ["verse 12", "Page 12", "page", "page ", " 12", "{label} 3", "at_page 1"])
def test_a_place_of_an_unknown_kind_is_none(kb: Build, place: str) -> None:
    text = f"---\naikb: work\ntitle: T\n---\n\n> Words of a passage.\n\n- Id: 1\n- Place: {place}\n"
    assert "Words of a passage." in html_of(page(kb({"notes/a.md": text}), "a.md"))
