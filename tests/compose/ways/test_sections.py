"""Long sections that speak of the same: by what they make much of, in either language, and never what a reader meets anyway."""

from __future__ import annotations

import pytest

from aikb.compose.ways.related import POSTINGS
from aikb.model.site import Slot
from conftest import Build, page

WHALES = (
    "Whales filter krill. A whale eats krill by the ton, and other whales follow the krill through the polar summer. "
)
KRILL = "Krill swarm near the surface, where whales hunt krill at night. Whales swallow whole swarms of it. "
BRIDGES = "Masons build arches. An arch carries a bridge, and arches of stone outlast bridges of wood by centuries. "
LOOMS = "Weavers set up looms. A loom holds the warp, and looms with many shafts weave damask from a fine warp. "
BEES = "Bees keep a hive. The hive swarms in May, when bees leave the old hive and scouts look for hollow trees. "
PAD = "Nothing here is said of it again, and yet the text goes on for long enough that it counts as a long one. " * 3


def note(title: str, **sections: str) -> str:
    """A note of sections; `under_score` is a title of two words."""
    parts = [f"## {name.replace('_', ' ')}\n\n{text}{PAD}\n" for name, text in sections.items()]
    return f"# {title}\n\n" + "\n".join(parts)


def ties(build: Build, notes: dict[str, str], at: str = "a.md", **settings: tuple[str, ...]) -> dict[str, list[str]]:
    """The titles that stand under the sections of a page, in order, with the words that tie."""
    site = build({f"notes/{name}": text for name, text in notes.items()}, **settings)
    slots = [each for each in page(site, at).body.pieces if isinstance(each, Slot) and each.name == "related-sections"]
    return {row[0]: [row[1], row[4]] for slot in slots for row in slot.values["rows"]}


OTHERS = {
    "x.md": note("X", Arches=BRIDGES, Looms=LOOMS, Hives=BEES),
    "y.md": note("Y", Gates="Gates close at dusk. ", Ropes="Ropes fray in the wind. ", Wells="Wells run dry. "),
}


def test_sections_of_other_notes_are_named_with_the_words(kb: Build) -> None:
    notes = {"a.md": note("A", Feeding=WHALES, Ports="", Quays=""), "b.md": note("B", Swarms=KRILL, Nets="", Hooks="")}
    assert list(ties(kb, {**notes, **OTHERS})) == ["Swarms"]
    href, words = ties(kb, {**notes, **OTHERS})["Swarms"]
    assert href == "b.md#swarms"
    assert "krill" in words.casefold()


def test_sections_of_the_same_note_are_named_where_they_stand_apart(kb: Build) -> None:
    apart = note("A", Feeding=WHALES, Ports="", Swarms=KRILL)
    assert list(ties(kb, {"a.md": apart, **OTHERS})) == ["Swarms", "Feeding"]
    beside = note("A", Feeding=WHALES, Swarms=KRILL, Ports="")
    assert ties(kb, {"a.md": beside, **OTHERS}) == {}


def test_a_section_above_or_below_is_not_named(kb: Build) -> None:
    text = f"# A\n\n## Feeding\n\n{WHALES}{PAD}\n\n### Ports\n\n{PAD}\n\n### Swarms\n\n{KRILL}{PAD}\n"
    assert ties(kb, {"a.md": text, **OTHERS}) == {}


@pytest.mark.parametrize("link", ["[s](b.md#swarms)", "[[b#Swarms]]", "<b.md#swarms>"])
def test_what_a_section_links_to_is_not_named(kb: Build, link: str) -> None:
    b = note("B", Swarms=KRILL, Nets="", Hooks="")
    linked = {"a.md": note("A", Feeding=f"{WHALES} {link} ", Ports="", Quays=""), "b.md": b, **OTHERS}
    shown = ties(kb, linked)
    assert list(shown) == (["Swarms"] if link.startswith("<") else [])
    assert ties(kb, linked, "b.md") == {} or link.startswith("<")


def test_a_link_elsewhere_in_the_note_does_not_hide_a_section(kb: Build) -> None:
    notes = {
        "a.md": note("A", Feeding=WHALES, Ports="", Quays="See [b](b.md). "),
        "b.md": note("B", Swarms=KRILL, Nets="", Hooks=""),
    }
    assert list(ties(kb, {**notes, **OTHERS})) == ["Swarms"]


def test_a_short_section_a_short_note_and_words_that_any_text_uses_tie_nothing(kb: Build) -> None:
    general = "It seems that the approach is able to improve the result, and the result seems better than before. "
    notes = {
        "a.md": note("A", One=general, Two="", Three=""),
        "b.md": note("B", Four=general, Five="", Six=""),
        "c.md": "# C\n\n## Whales\n\nWhales eat krill, and krill feeds whales.\n\n## P\n\n## Q\n",
        "d.md": "# D\n\n## Krill\n\nWhales eat krill, and krill feeds whales.\n\n## P\n\n## Q\n",
        **OTHERS,
    }
    for at in ("a.md", "b.md", "c.md", "d.md"):
        assert ties(kb, notes, at) == {}


def test_a_word_said_once_ties_nothing(kb: Build) -> None:
    one = "Lighthouses, trawlers, harbours and shoals are all that the chart of this coast shows to a sailor. "
    other = "From the harbours one sees trawlers, shoals and lighthouses, and far away a sailor who waves a flag. "
    notes = {"a.md": note("A", Chart=one, P="", Q=""), "b.md": note("B", View=other, P="", Q=""), **OTHERS}
    assert ties(kb, notes) == {}


def test_headings_that_only_label_tie_nothing(kb: Build) -> None:
    notes = {"a.md": note("A", Notes=BRIDGES, P="", Q=""), "b.md": note("B", Notes=BEES, P="", Q=""), **OTHERS}
    assert "Notes" not in ties(kb, notes)


def test_a_copy_is_named_once(kb: Build) -> None:
    copies = {f"{name}.md": note(name, Swarms=KRILL, P="", Q="") for name in "bc"}
    shown = ties(kb, {"a.md": note("A", Feeding=WHALES, P="", Q=""), **copies, **OTHERS})
    assert list(shown) == ["Swarms"]
    assert shown["Swarms"][0] == "b.md#swarms"


def test_a_translation_is_not_named_and_the_word_list_bridges_languages(kb: Build) -> None:
    english = "A language model learns. The memory of a model is its training, and training a model asks for memory. "
    french = (
        "Un modèle apprend. La mémoire d’un modèle est son entraînement, et entraîner un modèle demande de la mémoire. "
    )
    notes = {
        "a.md": note("A", Recall=english, P="", Q=""),
        "a.fr.md": note("A", Rappel=french, P="", Q=""),
        "b.fr.md": note("B", Souvenir=french, P="", Q=""),
        **OTHERS,
    }
    assert list(ties(kb, notes, languages=("en", "fr"))) == ["Souvenir"]


def test_the_same_paper_ties_two_sections(kb: Build) -> None:
    paper = "https://arxiv.org/abs/2301.10226"
    notes = {
        "a.md": note(
            "A",
            Marks=f"[A watermark for models]({paper}) is what masons carve on stones. Masons sign stones. ",
            P="",
            Q="",
        ),
        "b.md": note(
            "B", Signs=f"See [the paper]({paper}): a mason leaves a sign, and signs of masons differ. ", P="", Q=""
        ),
        **OTHERS,
    }
    assert list(ties(kb, notes)) == ["Signs"]


@pytest.mark.parametrize("front", ["hide: [related]", "search: {exclude: true}"])
def test_front_matter_hides_them(kb: Build, front: str) -> None:
    a = f"---\n{front}\n---\n" + note("A", Feeding=WHALES, P="", Q="")
    assert ties(kb, {"a.md": a, "b.md": note("B", Swarms=KRILL, P="", Q=""), **OTHERS}) == {}


def test_a_title_is_text(kb: Build) -> None:
    notes = {
        "a.md": note("A", Feeding=WHALES, P="", Q=""),
        "b.md": f"# B\n\n## Swarms `<b>` & co\n\n{KRILL}{PAD}\n\n## P\n\n## Q\n",
        **OTHERS,
    }
    assert list(ties(kb, notes)) == ["Swarms <b> & co"]


def test_a_section_may_be_near_one_that_is_not_near_it(kb: Build) -> None:
    # more notes hold the word than a list of it does: who is cut from that finds the others by it, and is not found
    often, otters = "Krill drift and krill glow. " * 6, "An otter floats, otters sleep, and one otter wakes. "
    heavy = {
        f"a{at:02}.md": note(f"A{at}", Krill=often + (otters if at == 0 else ""), P="", Q="")
        for at in range(POSTINGS + 5)
    }
    fill = {f"x{at:03}.md": note(f"X{at}", P="", Q="", R="") for at in range(120)}
    notes = {**heavy, "z.md": note("Z", Depths=f"Krill sink; krill rise. {otters}", P="", Q=""), **fill}
    assert ties(kb, notes, "a00.md") == {}
    assert ties(kb, notes, "z.md")["Krill"][0] == "a00.md#krill"
