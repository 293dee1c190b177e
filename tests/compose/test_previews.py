"""The beginnings of what can be linked to, in small files that a script finds by the address."""

from __future__ import annotations

import json
from zlib import crc32

from aikb.compose.previews import previews
from aikb.model.site import Site
from aikb.settings import Settings
from conftest import Build

SETTINGS = Settings(languages=("en", "fr"), addresses="directories")


def made(site: Site) -> dict[str, str]:
    return previews(site.records, site.unsearched, site.leads, SETTINGS)


def shown(kb: Build, files: dict[str, str], place: str) -> list[list[str]]:
    """What a script finds for a place."""
    texts = made(kb(files, languages=("en", "fr")))
    meta = json.loads(texts["previews/meta.json"])
    assert meta["trees"] == ["fr"]
    entries: list[list[str]] = json.loads(texts[f"previews/{crc32(place.encode()) % meta['count']}.json"]).get(
        place, []
    )
    return entries


NOTE = (
    "# Tides\n\n## The moon & co\n\nThe moon draws the **water** of the sea.\n\n## The sun\n\nThe sun draws it, too.\n"
)


def test_a_section_shows_its_own_beginning(kb: Build) -> None:
    assert shown(kb, {"notes/a.md": NOTE}, "a/#the-sun") == [["The sun", "Tides", "The sun draws it, too.", "en"]]


def test_a_page_shows_its_first_text(kb: Build) -> None:
    assert shown(kb, {"notes/a.md": NOTE}, "a/") == [["Tides", "", "The moon draws the water of the sea.", "en"]]


def test_translations_stand_beside_each_other(kb: Build) -> None:
    files = {"notes/a.md": NOTE, "notes/a.fr.md": "# Marées\n\nLa lune attire les eaux de la mer vers elle.\n"}
    assert [(entry[0], entry[3]) for entry in shown(kb, files, "a/")] == [("Marées", "fr"), ("Tides", "en")]


def test_markup_is_text_and_what_is_hidden_is_nowhere(kb: Build) -> None:
    files = {
        "notes/a.md": '# <img onerror="x">\n\nThe words `<script>` and %%CANARY%% of the text.\n',
        "notes/b.md": "---\ndraft: true\n---\n# CANARY\n",
        "notes/c.md": "---\nsearch:\n  exclude: true\n---\n# Excluded CANARY\n",
    }
    texts = made(kb(files, languages=("en", "fr")))
    assert "CANARY" not in repr(texts)


def test_a_file_stays_small_whatever_the_number_of_notes(kb: Build) -> None:
    sections = "".join(f"## Section {at}\n\n{'words of it ' * 60}\n\n" for at in range(40))
    texts = made(kb({f"notes/n{at}.md": f"# N{at}\n\n{sections}" for at in range(20)}))
    assert max(map(len, texts.values())) < 15_000
    assert len(texts) > 40


TEXT = "The second says that the tide is early and that the sun is to blame."
EXPORT = (
    "# The Book of Seas\n\n## Metadata\n- Author: X Y\n\n## Highlights\n- The first says that it is late.\n\n"
    f"## New highlights added October 14, 2024 at 9:56 AM\n- {TEXT}\n"
)


def test_the_day_of_a_synchronisation_is_said_in_the_words_of_each_tree(kb: Build) -> None:
    files = {"notes/sea.md": EXPORT}
    assert shown(kb, files, "sea/#new-highlights-added-october-14-2024-at-956-am") == [
        ["Added on October 14, 2024", "The Book of Seas", TEXT, "en"],
        ["Ajoutés le 14 octobre 2024", "The Book of Seas", TEXT, "fr", "en"],
    ]
    assert "New highlights" not in "".join(made(kb(files, languages=("en", "fr"))).values())


def test_a_section_without_words_shows_what_it_rests_on(kb: Build) -> None:
    note = "# The Book of Seas\n\n## 30 Barriers\n\n## 31 The sun\n\nThe sun.\n"
    furniture = "\n".join(
        f"- Dams of the north #tides | {at} → Since 1932 dam {at} holds it back." for at in range(29, 32)
    )
    files = {"notes/n.md": note, "notes/sea.md": f"{EXPORT}{furniture}\n"}
    rested = ["30 Barriers", "The Book of Seas", "Dams of the north Since 1932 dam 30 holds it back.", "en"]
    assert shown(kb, files, "n/#30-barriers") == [rested]
    assert shown(kb, files, "n/#31-the-sun") == [["31 The sun", "The Book of Seas", "The sun.", "en"]]


def test_a_paper_of_the_list_shows_who_names_it(kb: Build) -> None:
    text = "# Reading\n\nThe best is [Attention Is All You Need](https://arxiv.org/abs/1706.03762), of course.\n"
    assert shown(kb, {"notes/r.md": text}, "papers/#arxiv-170603762") == [
        ["Attention Is All You Need", "Reading · 2017", "The best is Attention Is All You Need, of course.", "en"]
    ]


def test_nothing_to_link_to_makes_no_file() -> None:
    assert previews((), (), {}, SETTINGS) == {}


LEADING = {
    "notes/a.md": "---\ntags: [sea]\n---\n# A\n\n"
    "See [b](b.md), [[b#Two|the second]] and `[c](b.md)`, 𝐚 [out](https://example.org) ebb.\n\n"
    "## Parts\n\n### First\n\nOne.\n\n### Second\n\n[A note](a.md) on the ebb.\n",
    "notes/b.md": "# B\n\n## Two\n\nA bee, then b, in [b][r].\n\n[r]: b.md\n",
    "glossary/g.md": "# Glossary\n\n## Ebb\n\nThe sea going out; see [b](../notes/b.md).\n",
}


def links(kb: Build, place: str, files: dict[str, str] = LEADING) -> list[tuple[str, str]]:
    """The words of the links in a preview, and where each leads to."""
    [entry, *_] = shown(kb, files, place)
    return [(entry[2][start : start + length], to) for start, length, to in (entry[5] if len(entry) > 5 else ())]


def test_a_preview_has_the_links_of_its_text(kb: Build) -> None:
    assert links(kb, "a/") == [("b", "b/"), ("the second", "b/#two"), ("ebb", "glossary/ebb/")]
    assert links(kb, "a/#second") == [("A note", "a/"), ("ebb", "glossary/ebb/")]
    assert links(kb, "glossary/ebb/") == [("b", "b/")]


def test_words_of_a_link_are_no_part_of_a_longer_word(kb: Build) -> None:
    assert links(kb, "b/#two") == [("b", "b/")]
    assert shown(kb, LEADING, "b/#two")[0][5][0][0] == len("A bee, then ")


def test_a_list_shows_what_it_begins_with(kb: Build) -> None:
    assert links(kb, "a/#parts") == [("First", "a/#first"), ("Second", "a/#second")]
    assert links(kb, "tags/#tag-sea") == [("A", "a/")]
    folder = {f"notes/f/{name}.md": f"# {name.upper()}\n\nText.\n" for name in "cab"}
    assert [entry[:4] for entry in shown(kb, folder, "f/")] == [
        ["F", "3 notes", "A · B · C", "en"],
        ["F", "3 notes", "A · B · C", "fr"],
    ]
    assert links(kb, "f/", folder) == [("A", "f/a/"), ("B", "f/b/"), ("C", "f/c/")]


def test_a_link_leads_to_the_place_in_the_language_of_its_text(kb: Build) -> None:
    files = {
        "notes/a.md": "# Tides\n\nThe words of this note lead to [the moon](b.md#the-moon) and back.\n",
        "notes/b.md": "# B\n\n## The moon\n\nIt draws the water.\n",
        "notes/b.fr.md": "# B\n\n## La lune\n\nElle attire les eaux de la mer.\n",
        "notes/c.fr.md": "# Marées\n\nLes mots de cette note mènent à [la lune](b.md#the-moon) et retour.\n",
    }
    assert links(kb, "a/", files) == [("the moon", "b/#the-moon")]
    assert links(kb, "c/", files) == [("la lune", "b/#la-lune")]
