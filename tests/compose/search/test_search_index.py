"""The files of the index: the same for the same notes, small, and safe."""

from __future__ import annotations

import gzip
import json
from collections import Counter

import pytest

from aikb.compose.search.bridge import acronyms, compounds, families, initials
from aikb.compose.search.files import Files
from aikb.compose.search.index import build_search
from aikb.compose.search.postings import encoded
from aikb.compose.search.words import stems
from aikb.locales.word_list import own_words, word_list
from aikb.model.site import Record, Site
from aikb.settings import Settings
from conftest import Build

NOTES = {
    f"notes/n{at}.md": f"# Note {at}\n\nWords of the note{at}, sea and salt.\n\n## Part\n\nMore.\n" for at in range(60)
}


def built(site: Site, **settings: object) -> dict[str, str]:
    return build_search(site.records, site.names, Settings(**settings))  # type: ignore[arg-type]


def test_the_same_notes_give_the_same_files_in_whatever_order(kb: Build) -> None:
    assert built(kb(NOTES)) == built(kb(dict(reversed(NOTES.items()))))


def test_files_are_named_by_their_content_so_an_edit_leaves_others_alone(kb: Build) -> None:
    before = built(kb(NOTES))
    after = built(kb({**NOTES, "notes/n59.md": "# Note 59\n\nOther words altogether.\n\n## Part\n\nMore.\n"}))
    assert len(before.keys() & after.keys()) > 1
    assert all(before[name] == after[name] for name in before.keys() & after.keys() if name != "search/meta.json")


def test_postings_come_back_as_they_were(kb: Build) -> None:
    files = Files(built(kb(NOTES)))
    row = files.stems(files.at("salt"))["salt"]
    assert list(row.postings) == [2 * at for at in range(60)]
    assert encoded([0 << 5 | 1, 1 << 5 | 26, 38 << 5 | 5, 5000 << 5 | 2]) == "AZ11E3tuB"


def test_the_bundle_holds_every_file_and_is_written_on_demand_only(kb: Build) -> None:
    site = kb({"notes/a.md": "# A\n\n</script><b>\n"})
    assert "search/bundle.js" not in built(site)
    files = built(site, search_bundle=True)
    text = files.pop("search/bundle.js")
    assert json.loads(text.removeprefix("window.aikbSearchFiles=")) == files


def test_an_index_of_nothing_is_an_index(kb: Build) -> None:
    files = Files(built(kb({})))
    assert files.meta["count"] == 0


def test_files_of_stems_stay_small(kb: Build) -> None:
    words = [f"{a}{b}{c}" for a in "bdfgklmnpr" for b in "aeiou" for c in ("ta", "ro", "lin", "sek", "mu", "pon", "gi")]
    notes = {f"notes/{at}.md": f"# {word}\n\n" + " ".join(words[at : at + 80]) for at, word in enumerate(words)}
    files = built(kb(notes))
    sizes = [len(gzip.compress(text.encode(), 9)) for name, text in files.items() if name != "search/meta.json"]
    assert max(sizes) < 13_000


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Retrieval augmented generation (RAG) helps.", [("RAG", "retrieval augmented generation")]),
        ("RAG (retrieval augmented generation) helps.", [("RAG", "retrieval augmented generation")]),
        ("Large language models (LLMs) help.", [("LLM", "large language models")]),
        ("It costs (USD) and (see AB).", []),
        (
            "They say that our own new large language models (LLMs) and parts (SAEs).",
            [("LLM", "large language models")],
        ),
        ("Generation (RAG), retrieval augmented generation(RAG).", []),
        (f"{'word ' * 60}fine-grained low rank adaptation (LoRA)", [("LoRA", "low rank adaptation")]),
        (f"{'x' * 300} augmented (XXA)", []),
    ],
)
def test_acronyms_are_found_where_a_text_explains_them(text: str, found: list[tuple[str, str]]) -> None:
    assert acronyms([Record("a.md", "", "", text)]) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("General Circulation Models", ["GCM"]),
        ("We asked the National Weather Service of it.", ["NWS"]),
        ("A Ministry of Public Health", ["MOPH", "MPH"]),
        ("The Very-Large-Scale Integration of parts", ["VLSI"]),
        ("Le Bureau International du Travail est à Genève.", ["BIDT", "BIT"]),
        ("L’École Normale Supérieure, et rien d’autre", ["ÉNS"]),
        ("Low Earth Orbit, and Deep Space Network.", ["DSN", "LEO"]),
        ("The Quick Note", []),
        ("READ THIS FIRST", []),
        ("a sea of small words. The next one begins Here", []),
        ("One Two Three Four Five Six Seven Eight", ["OTTFFS"]),
    ],
)
def test_names_are_known_by_their_first_letters(text: str, found: list[str]) -> None:
    assert [short for short, _ in initials([Record("a.md", "", "", text)])] == found


@pytest.mark.parametrize(
    ("word", "typed"),
    [
        ("outbreak", "outbroken"),
        ("misunderstand", "misunderstood"),
        ("withdraw", "withdrawn"),
        ("overrun", "overran"),
        ("foresee", "foresaw"),
        ("rebuild", "rebuilt"),
        ("undertake", "undertook"),
        ("unreliable", "unreliability"),
        ("inaccurate", "inaccuracy"),
        ("overthink", "overthought"),
    ],
)
def test_a_word_that_ends_in_one_of_a_family_has_its_forms(word: str, typed: str) -> None:
    assert (typed, word) in compounds({word: ()})


def test_short_words_and_tags_have_no_forms_of_others() -> None:
    assert compounds({"great": (), "break": (), ":tag:outbreak": ()}) == []


def test_a_word_list_is_read_line_by_line() -> None:
    text = "# comment\nmodèle = model\nmarée | flot = tide | flow # both\nnothing\n= x\n"
    assert word_list(text) == [
        ("modèle", "model"),
        ("marée", "tide"),
        ("marée", "flow"),
        ("flot", "tide"),
        ("flot", "flow"),
    ]


def test_families_of_words_have_at_least_two_members_and_none_twice() -> None:
    seen = Counter(tuple(sorted(family)) for family in families())
    assert all(len(set(family)) == len(family) > 1 and all(family) for family in families())
    assert [family for family, count in seen.items() if count > 1] == []


def test_our_word_list_has_no_pair_twice() -> None:
    assert [pair for pair, count in Counter(own_words()).items() if count > 1] == []


def test_our_word_list_bridges_six_hundred_pairs_that_stems_do_not() -> None:
    assert len([pair for pair in own_words() if stems(pair[0]) != stems(pair[1])]) > 600
