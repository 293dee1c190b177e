"""The beginnings of what can be linked to, in small files that a script finds by the address."""

from __future__ import annotations

import json
from zlib import crc32

from aikb.compose.previews import previews
from aikb.settings import Settings
from conftest import Build

SETTINGS = Settings(languages=("en", "fr"), addresses="directories")


def shown(kb: Build, files: dict[str, str], place: str) -> list[list[str]]:
    """What a script finds for a place."""
    texts = previews(kb(files, languages=("en", "fr")).records, SETTINGS)
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
    texts = previews(kb(files, languages=("en", "fr")).records, SETTINGS)
    assert "CANARY" not in repr(texts)


def test_a_file_stays_small_whatever_the_number_of_notes(kb: Build) -> None:
    sections = "".join(f"## Section {at}\n\n{'words of it ' * 60}\n\n" for at in range(40))
    texts = previews(kb({f"notes/n{at}.md": f"# N{at}\n\n{sections}" for at in range(20)}).records, SETTINGS)
    assert max(map(len, texts.values())) < 15_000
    assert len(texts) > 40


def test_nothing_to_link_to_makes_no_file() -> None:
    assert previews((), SETTINGS) == {}
