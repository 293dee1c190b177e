"""Which files are one page in two languages: five ways to say it, and what happens where two claims meet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aikb.read.document import locate
from aikb.relate.pairs.match import pair_ids
from aikb.settings import Settings
from conftest import Build, after_html, body_html, document, found, knowledge_base, lines, page

EN = "The sea rises and falls twice a day, and the shore lives with it.\n"
FR = "La mer monte et descend deux fois par jour, et le rivage la suit.\n"
ENGLISH, FRENCH = f"# Tides\n\n{EN}", f"# Marées\n\n{FR}"


def front(text: str, **keys: str) -> str:
    block = "".join(f"{key}: {value}\n" for key, value in keys.items())
    return f"---\n{block}---\n{text}"


FIVE = {
    "suffix": {"notes/b.md": ENGLISH, "notes/b.fr.md": FRENCH},
    "suffix on both": {"notes/b.en.md": ENGLISH, "notes/b.fr.md": FRENCH},
    "suffix after an underscore": {"notes/b_en.md": ENGLISH, "notes/b_fr.md": FRENCH},
    "suffix after a hyphen": {"notes/b-en.md": ENGLISH, "notes/b-fr.md": FRENCH},
    "suffix after a hyphen on one": {"notes/b.md": ENGLISH, "notes/b-fr.md": FRENCH},
    "suffix in capitals": {"notes/b_EN.md": ENGLISH, "notes/b_FR.md": FRENCH},
    "countries": {"notes/b.en-GB.md": ENGLISH, "notes/b.fr-CA.md": FRENCH},
    "countries after an underscore": {"notes/b_en_US.md": ENGLISH, "notes/b_fr_FR.md": FRENCH},
    "folders with names": {"notes/english/b.md": ENGLISH, "notes/french/b.md": FRENCH},
    "folders with their own names": {"notes/English/b.md": ENGLISH, "notes/Français/b.md": FRENCH},
    "a named folder beside": {"notes/b.md": ENGLISH, "notes/french/b.md": FRENCH},
    "folder": {"notes/b.md": ENGLISH, "notes/fr/b.md": FRENCH},
    "folders for both": {"notes/en/b.md": ENGLISH, "notes/fr/b.md": FRENCH},
    "folder with other names": {
        "notes/b.md": ENGLISH,
        "notes/fr/marees.md": front(FRENCH, translation_of="b.md"),
    },
    "pointer": {"notes/b.md": ENGLISH, "notes/marees.md": front(FRENCH, lang="fr", translation_of="b.md")},
    "pointer without a language": {"notes/b.md": ENGLISH, "notes/marees.md": front(FRENCH, translation_of="b")},
    "pointer from below": {"notes/b.md": ENGLISH, "notes/x/marees.md": front(FRENCH, translation_of="../b.md")},
    "pointer to the original in French": {
        "notes/b.md": FRENCH,
        "notes/tides.md": front(ENGLISH, translation_of="b.md"),
    },
    "permalink": {
        "notes/b.md": front(ENGLISH, permalink="/sea/tides/"),
        "notes/marees.md": front(FRENCH, permalink="/sea/tides/"),
    },
    "permalink with languages": {
        "notes/b.md": front(ENGLISH, permalink="/en/tides/"),
        "notes/marees.md": front(FRENCH, permalink="/fr/tides"),
    },
}


@pytest.mark.parametrize("files", FIVE.values(), ids=FIVE)
def test_a_pair_is_one_page_in_two_trees(kb: Build, files: dict[str, str]) -> None:
    site = kb(files)
    assert found(site) == []
    english, french = page(site, "b.md"), page(site, "fr/b.md")
    assert (english.lang, french.lang) == ("en", "fr")
    assert (english.title, french.title) == ("Tides", "Marées")
    assert {english.source, french.source} == set(files)
    assert len([each for each in site.pages if each.source]) == 2
    assert [each.own for each in english.alternates] == [True, True]


@pytest.mark.parametrize("files", FIVE.values(), ids=FIVE)
def test_the_order_of_files_changes_no_pair(files: dict[str, str]) -> None:
    assert knowledge_base(dict(reversed(files.items()))) == knowledge_base(files)


@pytest.mark.parametrize(
    "files",
    [
        {"notes/made-in.md": ENGLISH, "notes/made-fr.md": FRENCH},
        {"notes/plan_en.md": ENGLISH, "notes/plan_b.md": FRENCH},
        {"notes/plan.md": ENGLISH, "notes/plan_en.md": ENGLISH},
        {"notes/plan.md": FRENCH, "notes/plan-fr.md": FRENCH},
        {"notes/plan_en.md": FRENCH, "notes/plan_fr.md": ENGLISH},
        {"notes/x/plan_en.md": ENGLISH, "notes/y/plan_fr.md": FRENCH},
        {"notes/_en.md": ENGLISH, "notes/_fr.md": FRENCH},
        {"notes/plan-de.md": ENGLISH, "notes/plan-fr.md": FRENCH},
        {"notes/french/a.md": FRENCH, "notes/english/b.md": ENGLISH},
        {"notes/french toast/a.md": FRENCH, "notes/a.md": ENGLISH},
    ],
)
def test_names_that_only_look_like_a_pair(kb: Build, files: dict[str, str]) -> None:
    own = [each for each in kb(files).pages if each.source]
    assert [
        each.alternates for each in own if each.lang == each.tree and all(other.own for other in each.alternates)
    ] == []


@pytest.mark.parametrize(
    "name",
    ["report.v2.md", "notes.io.md", "a.b.md", "guide.de.md", "fr.md", ".fr.md", "x/fr/b.md", "french/b.md", "b.FR.md"],
)
def test_names_that_say_no_language(name: str) -> None:
    place = locate(document("", f"notes/{name}").source, Settings())
    assert (place.lang, place.rival) == ("", "")


@pytest.mark.parametrize(
    ("files", "code", "path", "message"),
    [
        (
            {"notes/b.md": ENGLISH, "notes/b.fr.md": FRENCH, "notes/fr/b.md": FRENCH},
            "locale-ambiguous",
            "notes/fr/b.md",
            "“fr” of b.md is claimed by notes/b.fr.md as well; this file has a page of its own",
        ),
        (
            {"notes/fr/b.en.md": ENGLISH},
            "locale-ambiguous",
            "notes/fr/b.en.md",
            "its name says “fr”, its suffix “en”; it counts as “en”",
        ),
        (
            {"notes/b.fr.md": front(ENGLISH, lang="en")},
            "locale-ambiguous",
            "notes/b.fr.md",
            "its name says “fr”, its front matter “en”; it counts as “en”",
        ),
        (
            {"notes/b.md": ENGLISH, "notes/c.md": front(ENGLISH, translation_of="b.md")},
            "locale-ambiguous",
            "notes/c.md",
            "this and notes/b.md, which it is said to translate, are both in “en”; each has a page of its own",
        ),
        (
            {"notes/b.md": ENGLISH, "notes/c.md": ENGLISH, "notes/b.fr.md": front(FRENCH, translation_of="c.md")},
            "locale-ambiguous",
            "notes/b.fr.md",
            "its name makes this a translation of notes/b.md, its front matter one of notes/c.md; the front matter counts",
        ),
        (
            {
                "notes/b.md": front(ENGLISH, permalink="/x/y/"),
                "notes/c.md": front(FRENCH, permalink="/x/y/"),
                "notes/d.md": front(FRENCH, permalink="/x/y/"),
            },
            "locale-ambiguous",
            "notes/d.md",
            "“fr” of b.md is claimed by notes/c.md as well; this file has a page of its own",
        ),
        (
            {"notes/b.fr.md": front(FRENCH, translation_of="gone.md")},
            "translation-unresolved",
            "notes/b.fr.md",
            "translation_of: no note is “gone.md”",
        ),
    ],
)
def test_where_two_claims_meet_one_counts_and_every_text_is_published(
    kb: Build, files: dict[str, str], code: str, path: str, message: str
) -> None:
    site = kb(files)
    told = [(each.code, each.path, each.message) for each in site.diagnostics if each.severity == "warning"]
    assert told == [(code, path, message)]
    assert {each.source for each in site.pages if each.source} == set(files)


def test_pointers_in_a_ring_end(kb: Build) -> None:
    site = kb({"notes/a.md": front(ENGLISH, translation_of="b.md"), "notes/b.md": front(FRENCH, translation_of="a.md")})
    assert {each.source for each in site.pages if each.source} == {"notes/a.md", "notes/b.md"}


def test_a_pattern_of_permalinks_pairs_nothing(kb: Build) -> None:
    site = kb({"notes/a.md": front(ENGLISH, permalink="pretty"), "notes/b.md": front(FRENCH, permalink="pretty")})
    assert page(site, "a.md").source == page(site, "fr/a.md").source == "notes/a.md"


# Links between languages ---------------------------------------------------------------------------------------------


# I18-02 of the fault corpus
def test_a_link_to_the_other_language_is_told_and_mended(kb: Build) -> None:
    site = kb(
        {
            "notes/index.md": f"# Home\n\n{EN}",
            "notes/index.fr.md": f"# Accueil\n\n{FR}\nLire [ceci](tides.md#why).\n",
            "notes/tides.md": f"{ENGLISH}\n## Why\n\n{EN}",
            "notes/tides.fr.md": f"{FRENCH}\n## Why\n\n{FR}",
        }
    )
    (told,) = (each for each in site.diagnostics if each.code == "locale-mismatch")
    assert (told.path, told.line, told.suggestion) == ("notes/index.fr.md", 5, "tides.fr.md")
    assert told.fix is not None
    assert told.fix.text == "tides.fr.md"


def test_a_link_to_a_section_leads_readers_to_its_twin(kb: Build) -> None:
    site = kb(
        {
            "notes/index.fr.md": f"# Accueil\n\n{FR}\nLire [ceci](tides.md#why).\n",
            "notes/tides.md": f"{ENGLISH}\n## Why\n\n{EN}",
            "notes/tides.fr.md": f"{FRENCH}\n## Pourquoi\n\n{FR}",
        }
    )
    assert '<a href="tides.md#pourquoi">ceci</a>' in body_html(page(site, "fr/index.md"))
    (told,) = (each for each in site.diagnostics if each.code == "locale-mismatch")
    assert told.fix is None  # there is no such section in the other file


def test_a_link_to_the_twin_is_a_switch(kb: Build) -> None:
    site = kb(
        {"notes/x/b.md": f"{ENGLISH}\n[fr](b.fr.md)\n", "notes/x/b.fr.md": f"{FRENCH}\n[en](b.md#tides)\n"},
    )
    assert not any("locale-mismatch" in each for each in lines(site))
    assert '<a href="../fr/x/b.md">fr</a>' in body_html(page(site, "x/b.md"))
    assert '<a href="../../x/b.md#tides">en</a>' in body_html(page(site, "fr/x/b.md"))


# Sections ------------------------------------------------------------------------------------------------------------


def ids(one: str, other: str) -> dict[str, str]:
    return pair_ids(document(one), document(other, "notes/a.fr.md"))


def test_sections_are_paired_by_order_and_level() -> None:
    english = "# Tides\n## Why\n### Moon\n## Glossary\n"
    french = "# Marées\n## Pourquoi\n### Lune\n## Glossaire\n"
    assert ids(english, french) == {
        "tides": "marées",
        "why": "pourquoi",
        "moon": "lune",
        "glossary": "glossaire",
    }


def test_equal_ids_hold_the_rest_in_place() -> None:
    english = "# Tides\n## Extra\n## LoRA\n## Why\n"
    french = "# Marées\n## LoRA\n## Pourquoi\n"
    assert ids(english, french) == {"tides": "marées", "extra": "marées", "lora": "lora", "why": "pourquoi"}


def test_what_has_no_twin_leads_to_what_stands_above_it() -> None:
    assert ids("## A\n\n## B\n\n### C\n", "## X\n\n## Y\n") == {"a": "x", "b": "y", "c": "y"}
    assert ids('### A\n\n<a id="n"></a>\n', "text\n") == {"a": "", "n": ""}
    assert ids('# A\n\n<a id="n"></a>\n', '# X\n\n<a id="n"></a>\n')["n"] == "n"


HEADINGS = st.lists(st.tuples(st.integers(1, 4), st.sampled_from("abcdef")), max_size=8)


@given(one=HEADINGS, other=HEADINGS)
def test_every_section_lands_on_one_that_is_there(one: list[tuple[int, str]], other: list[tuple[int, str]]) -> None:
    texts = ["".join(f"{'#' * level} {word}\n\n" for level, word in each) for each in (one, other)]
    there = {section.id for section in document(texts[1]).sections}
    pairs = ids(*texts)
    assert set(pairs.values()) <= there | {""}
    assert ids(texts[0], texts[0]) == {each: each for each in pairs}


def test_a_page_knows_where_its_sections_are_in_the_other_tree(kb: Build) -> None:
    site = kb({"notes/b.md": "# Tides\n## Why\n## LoRA\n", "notes/b.fr.md": "# Marées\n## Pourquoi\n## LoRA\n"})
    fragments = [each.fragments for each in page(site, "b.md").alternates]
    assert fragments == [(), (("tides", "marées"), ("why", "pourquoi"))]


# What search engines know --------------------------------------------------------------------------------------------


def test_only_translations_are_told_to_search_engines(kb: Build) -> None:
    site = kb({"notes/b.md": ENGLISH, "notes/b.fr.md": FRENCH, "notes/only.md": ENGLISH, "notes/seul.md": FRENCH})
    told = {each.path: [alternate.path for alternate in each.translations] for each in site.pages if each.source}
    assert told == {
        "b.md": ["b.md", "fr/b.md"],
        "fr/b.md": ["b.md", "fr/b.md"],
        "fr/only.md": [],
        "fr/seul.md": ["fr/seul.md"],
        "only.md": ["only.md"],
        "seul.md": [],
    }


# I18-05 of the fault corpus
def test_a_draft_is_nobodys_translation(kb: Build) -> None:
    site = kb({"notes/b.md": ENGLISH, "notes/b.fr.md": front(FRENCH, draft="true")})
    assert [each.path for each in page(site, "b.md").translations] == ["b.md"]
    assert page(site, "fr/b.md").lang == "en"


def test_what_leads_to_one_twin_leads_to_both_but_they_do_not_lead_to_each_other(kb: Build) -> None:
    site = kb(
        {
            "notes/index.md": "# Home\n\n[b](b.md)\n",
            "notes/b.md": f"{ENGLISH}\n[fr](b.fr.md)\n",
            "notes/b.fr.md": f"{FRENCH}\n[en](b.md)\n",
        }
    )
    for path in ("b.md", "fr/b.md"):
        assert "Home" in after_html(page(site, path))
        assert after_html(page(site, path)).count("<li>") == 1


IN_ENGLISH = "This is a note in English, with enough words in it that nobody could take it for anything else. " * 2


@pytest.mark.parametrize(
    ("text", "told"),
    [(IN_ENGLISH, True), (FRENCH * 3, False), ("# Short\n\nA title\n", False), (FRENCH * 3 + IN_ENGLISH, False)],
)
def test_a_note_in_the_language_of_its_marked_twin_is_told(kb: Build, text: str, told: bool) -> None:
    site = kb({"notes/x.md": f"# X\n\n{text}\n", "notes/x.en.md": f"# X\n\n{IN_ENGLISH}\n", "notes/b.md": "# B\n"})
    said = [each.path for each in site.diagnostics if each.code == "locale-ambiguous"]
    assert said == (["notes/x.md"] if told else [])
