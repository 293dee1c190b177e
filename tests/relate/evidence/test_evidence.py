"""Evidence: which highlights a section quotes or discusses, and what is too little."""

from __future__ import annotations

import tracemalloc
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from aikb.analysis import read
from aikb.cli.main import main
from aikb.relate.evidence.ties import Evidence
from aikb.relate.index import build_index
from aikb.relate.relations import relate
from aikb.relate.works import merge_works
from aikb.settings import Settings
from conftest import Build, body_html, found, on_disk, page, sources

QUOTED = "It is the small and the patient who inherit the tide pools of the north."


def book(*items: str, title: str = "The Book of Tides", url: str = "https://example.org/tides") -> str:
    listed = "\n".join(f"- {item}" for item in items)
    return f"# {title}\n\n## Metadata\n- Author: [[Ann Author]]\n- URL: {url}\n\n## Highlights\n{listed}\n"


def ties_of(files: Mapping[str, str], **options: object) -> Evidence:
    settings = Settings(**options)  # type: ignore[arg-type]
    documents, _ = merge_works([read(source, settings) for source in sources(files, settings)], settings)
    index, _ = build_index(documents, [], settings)
    return relate(index).evidence


def ties(note: str, *items: str, **options: object) -> list[str]:
    """The ties of a note and a book as `kind section`."""
    evidence = ties_of({"notes/a.md": note, "notes/book.md": book(*items)}, **options)
    return [f"{tie.kind} {tie.section}" for tie in evidence.ties]


def test_a_run_of_words_is_a_quotation_whatever_its_letters() -> None:
    note = f"# A\n\n## B\n\nAs they say: *{QUOTED.replace('patient', 'PATIENT').replace('inherit', '**inherit**')}*\n"
    assert ties(note, QUOTED.replace("small", "sma\u00adll")) == ["quote b"]


def test_ligatures_accents_and_links_do_not_hide_a_quotation() -> None:
    note = "# A\n\n## B\n\nLe modèle [efficient](x.md) est celui qui finit sa phrase avant midi.\n"
    assert ties(note, "le modele eﬃcient est celui qui ﬁnit sa phrase avant midi") == ["quote b"]


def test_an_address_that_many_highlights_share_is_the_works_own() -> None:
    own = "([View Highlight](https://example.org/tides#:~:text=small))"
    apart = "([View Tweet](https://twitter.com/ann/status/7))"
    links = "[x](https://example.org/tides) [y](https://twitter.com/ann/status/7)"
    found = ties_of(
        {
            "notes/a.md": f"# A\n\n## B\n\n{links}\n",
            "notes/book.md": book(f"One. {own}", f"Two. {own}", f"Three. {apart}"),
        }
    )
    assert sorted(tie.words for tie in found.ties) == ["https://example.org/tides", "https://twitter.com/ann/status/7"]


def test_hostile_markup_takes_no_longer_than_its_length() -> None:
    for mark in ("[[", "[^", "](", "<", '](a "'):
        assert ties(f"# A\n\n## B\n\n{QUOTED}\n\n`{mark * 100_000}`\n", QUOTED) == ["quote b"]


def test_a_title_of_many_words_takes_little_room() -> None:
    tracemalloc.start()
    try:
        assert ties_of({"notes/book.md": book("One.", title="a long word " * 3_000)}).by_section == {}
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
    finally:
        tracemalloc.stop()


def test_the_command_cannot_be_made_to_steer_a_terminal(tmp_path: Path) -> None:
    on_disk(
        tmp_path,
        {
            "mkdocs.yml": "site_name: T\ndocs_dir: notes\ntheme: material\nplugins:\n  - aikb\n",
            "notes/a.md": f"# A\n\n{QUOTED}\n",
            "notes/book.md": book(f"\x1b[2J\u202e{QUOTED}"),
        },
    )
    result = CliRunner().invoke(main, ["evidence", "-f", str(tmp_path / "mkdocs.yml")])
    assert "small and the patient" in " ".join(result.stdout.split())
    assert not {"\x1b", "\u202e"} & set(result.stdout)


def test_the_length_of_a_quotation_is_a_setting() -> None:
    note = "# A\n\n## B\n\nThey speak of the small and the patient who wait for something.\n"
    assert ties(note, QUOTED) == []
    assert ties(note, QUOTED, evidence=6) == ["quote b"]
    assert ties(f"# A\n\n## B\n\n{QUOTED}\n", QUOTED, evidence=0) == []


def test_a_short_paragraph_that_is_nearly_all_quoted_is_enough() -> None:
    note = "# A\n\n## B\n\nThe patient who inherit the tides.\n"
    assert ties(note, "It is the patient who inherit the tide, they say.") == ["quote b"]


ABOUT = "# A\n\nOn [tides](https://example.org/tides).\n\n## B\n\n"
ITEMS = (
    "Yeast is older than ovens.",
    "A forecast is a promise made in public, and few are kept by anyone.",
    "Ovens are young.",
)


@pytest.mark.parametrize(
    "written",
    [
        "« Yeast is older than »",
        "He says “yeast is OLDER than” so.",
        "„is older than ovens“",
        "‘is older than ovens’",
        '"A forecast is a promise […] few are kept"',
        "« a forecast (...) few are kept by anyone »",
        "“forecast … made in public”",
        "“a forecast is [in truth] made in public”",
        "> promise made in public",
        "> a forecast is … kept by anyone",
    ],
)
def test_a_quotation_in_marks_may_be_short_or_elided_in_a_note_about_the_work(written: str) -> None:
    assert ties(f"{ABOUT}{written}\n", *ITEMS) in (["address ", "quote b"], ["quote b", "address "])


@pytest.mark.parametrize(
    "written",
    [
        "« older than »",
        "“made in public few”",
        "“few are kept […] a forecast is”",
        "“older than bread”",
        "> ovens",
        "“promise”",
        "« is a »",
    ],
)
def test_a_few_words_that_are_no_quotation_tie_nothing(written: str) -> None:
    assert ties(f"{ABOUT}{written}\n", *ITEMS) == ["address "]


def test_a_phrase_of_three_common_words_in_marks_ties_nothing() -> None:
    items = ("Now the very large language model reads all day.", "The language is very large.", "Every model is wrong.")
    assert ties(f"{ABOUT}This “very large language model” is not one.\n", *items) == ["address "]
    assert ties(f"{ABOUT}A “large language model” is not one.\n", *items) == ["address "]


def test_a_phrase_that_many_sections_have_ties_nothing() -> None:
    note = "# A\n\n" + "".join(f"## {name}\n\n{QUOTED}\n\n" for name in "BCDEF")
    assert ties(note, QUOTED) == []


def test_a_table_of_contents_quotes_nothing() -> None:
    note = f"# A\n\n- [{QUOTED}](#b)\n\n## B\n\nText.\n"
    assert ties(note, QUOTED) == []


def test_numbers_are_compared_within_a_note_about_the_work_only() -> None:
    note = "## 23 Pools\n\nMine.\n\n## 24 Rocks\n\nMine.\n"
    slide = "Pools of the north #tides | 23 → They are cold and clear in every season."
    assert ties(note, slide) == []
    assert ties(f"See [the book](https://www.example.org/tides/?utm_source=x).\n\n{note}", slide) == [
        "address ",
        "slide 23-pools",
    ]
    assert ties(f"# The Book of Tides\n\n{note}", slide) == ["slide 23-pools"]


@pytest.mark.parametrize(
    ("note", "between", "expected"),
    [
        ("## 8 Tidal harbours", ["Few harbour towns keep a log of every ebb."], ["order 8-tidal-harbours"]),
        (
            "## 8 Ports à marée : les harbours",
            ["Few harbour towns keep a log."],
            ["order 8-ports-à-marée--les-harbours"],
        ),
        ("## 8 Tidal harbours", ["Few towns keep a log of every ebb."], []),  # no word of the title
        ("## 8 Tidal harbours", ["Few harbour towns keep a log.", "And one harbour does."], []),  # two may be meant
        ("## 8 Tidal harbours", [], []),
        ("## 8 Tidal harbours\n\n## Lamps", ["Few harbour towns keep a log."], ["order 8-tidal-harbours"]),
        ("## 8 Tidal harbours\n\n## 10 Lamps", ["Few harbour towns keep a log."], []),
        ("## 18 Tidal harbours", ["Few harbour towns keep a log."], []),
        ("## Tidal harbours", ["Few harbour towns keep a log."], []),
    ],
)
def test_a_numbered_section_takes_the_one_highlight_between_those_of_its_neighbours(
    note: str, between: list[str], expected: list[str]
) -> None:
    before, after = (
        "Seven pilots waited under a lamp for the ninth bell.",
        "Nine barges lay aground off the marsh by noon.",
    )
    text = f"# The Book of Tides\n\n## 7 Pilots\n\n{before}\n\n{note}\n\n## 9 Barges\n\n{after}\n"
    found_ties = [each for each in ties(text, before, *between, after) if not each.startswith("quote")]
    assert found_ties == expected


def test_a_title_that_stands_in_few_highlights_is_discussed() -> None:
    note = "# The Book of Tides\n\n## Neap tides\n\nMine.\n\n## Water\n\nMine.\n"
    items = ("What we call neap tides come twice a month.", "Water is wet.", "All of it is water.")
    assert ties(note, *items) == ["heading neap-tides"]


def test_a_name_that_nothing_else_has_is_discussed() -> None:
    note = "# The Book of Tides\n\n## Tools\n\nIls ont construit TideNet.\n\n## Others\n\nNOAA et NOAA.\n"
    items = ("With TideNet they measured it.", "NOAA has data.", "NOAA publishes it.")
    assert ties(note, *items) == ["name tools"]


def test_a_paper_is_the_same_by_its_arxiv_number() -> None:
    files = {
        "notes/a.md": "# A\n\n## B\n\nSee arXiv:2106.09685v2.\n",
        "notes/p.md": book("Some words.", url="https://arxiv.org/abs/2106.09685"),
    }
    assert [(tie.kind, tie.section, tie.highlight) for tie in ties_of(files).ties] == [("address", "b", "")]


def test_what_is_too_little_is_told_apart() -> None:
    note = "# A\n\n## B\n\nThey speak of the small and the patient who wait for something.\n"
    near = ties_of({"notes/a.md": note, "notes/book.md": book(QUOTED)}).near
    assert [(tie.words, tie.size) for tie in near] == [("the small and the patient who", 6)]


def test_the_note_shows_the_sentence_and_the_work_shows_the_section(kb: Build) -> None:
    site = kb(
        {"notes/a.md": f"# A\n\n## B\n\n{QUOTED}\n\n## C\n\nMine.\n", "notes/book.md": book(f"Before. {QUOTED} After.")}
    )
    note = body_html(page(site, "a.md"))
    assert note.index("aikb-evidence") < note.index('id="c"')
    assert f"<q>Before. <mark>{QUOTED.removesuffix('.')}</mark>. After.</q>" in note
    work = body_html(page(site, "book.md"))
    assert 'Used in: <a href="a.md#b">B</a>' in work
    (identifier,) = {tie.highlight for tie in ties_of({"notes/a.md": QUOTED, "notes/book.md": book(QUOTED)}).ties}
    assert f'href="book.md#{identifier}"' in body_html(
        page(kb({"notes/a.md": QUOTED, "notes/book.md": book(QUOTED)}), "a.md")
    )


def test_other_peoples_markup_is_text_in_evidence(kb: Build) -> None:
    hostile = f"<img src=x onerror=alert(1)> {QUOTED} <script>alert(2)</script>"
    site = kb({"notes/a.md": f"# A\n\n## B\n\n{QUOTED}\n", "notes/book.md": book(hostile, title="<b>T</b> **x**")})
    note = body_html(page(site, "a.md"))
    assert "<script" not in note
    assert "onerror" not in note.replace("&lt;img src=x onerror", "")
    assert "&lt;b&gt;T&lt;/b&gt; **x**" in note


def test_the_order_of_files_changes_nothing() -> None:
    files = {
        "notes/a.md": QUOTED,
        "notes/b.md": f"# B\n\n{QUOTED}",
        "notes/book.md": book(QUOTED),
        "notes/c.md": book(QUOTED, title="C"),
    }
    backwards = dict(reversed(files.items()))
    assert ties_of(files) == ties_of(backwards)


def test_the_command_prints_every_tie(tmp_path: Path) -> None:
    on_disk(
        tmp_path,
        {
            "mkdocs.yml": "site_name: T\ndocs_dir: notes\n",
            "notes/a.md": f"# A\n\n## B [bold]\n\n{QUOTED}\n\n## C\n\nIt is the small and the many others.\n",
            "notes/book.md": book(QUOTED),
        },
    )
    result = CliRunner().invoke(main, ["evidence", "--near", "-f", str(tmp_path / "mkdocs.yml")])
    assert result.exit_code == 0
    assert "quote 15" in result.stdout
    assert "not tied:" in result.stdout
    assert "1 tie of 1 of 1 highlight; 1 near miss" in result.stderr


def test_the_seeds_ties_are_those_read_by_eye(corpus: Path) -> None:
    files = {f"notes/{path.name}": path.read_text(encoding="utf-8") for path in (corpus / "seeds").glob("*.md")}
    found_ties = [(tie.kind, tie.section) for tie in ties_of(files).ties]
    sections = {section for kind, section in found_ties if kind == "quote"}
    assert sections >= {
        "12-gpt-4o",
        "13-chain-of-thougt-cot",
        "15-llama-3",
        "19-lmsys-chatbot",
        "21-shrink-models-with-minimal-impact-on-performance",
        "25-reft",
        "33-context-proves-a-crucial-driver-of-performance",
        "37-chinese-vllms-storm-the-leaderboards-despite-sanctions",
    }
    assert {section for kind, section in found_ties if kind == "slide"} == {
        "23-models-built-for-mobile-compete-with-their-larger-peers",
        "28-reign-of-the-transformers",
        "29-synthetic-data-starts-gaining-more-widespread-adoption",
    }
    assert {section for kind, section in found_ties if kind == "order"} == {
        "24-quantization",
        "26-hybrid-models-begin-to-gain-traction",
        "32-retrieval-and-embeddings-hit-the-center-stage",
    }
    assert len(found_ties) == 25


@pytest.mark.parametrize("count", [0, 1])
def test_without_works_or_notes_there_is_nothing_to_tie(count: int) -> None:
    files = {"notes/book.md": book(QUOTED)} if count else {"notes/a.md": QUOTED}
    assert ties_of(files) == Evidence()


def test_a_near_miss_is_found_where_its_section_is(kb: Build) -> None:
    note = "# A\n\n## B\n\nThey speak of the small and the patient who wait for something.\n"
    site = kb({"notes/a.md": note, "notes/book.md": book(QUOTED)})
    assert [(each.code, each.path, each.line) for each in found(site) if each.code == "evidence-near"] == [
        ("evidence-near", "notes/a.md", 3)
    ]
