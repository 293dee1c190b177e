"""What leads to a page: its sections, with the sentence around each link."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from aikb.compose.backlinks import LIMIT
from conftest import Build, after_html, page

B = "# B\n\n## Part\n\nText\n\n## Other\n\nText\n"


def told(html: str) -> list[str]:
    """Each line below the pages: what it leads to, its section, and its sentence with `[…]` around the link."""
    rows = []
    for row in BeautifulSoup(html, "lxml").select("ul ul > li"):
        section, sentence = row.find("a", recursive=False), row.find("q")
        said = ""
        if sentence:
            sentence.mark.replace_with(f"[{sentence.mark.text}]")
            said = sentence.text
        rows.append(f"{row.get('data-aikb-to', '')}|{section.text if section else ''}|{said}")
    return rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Before. Then read [the text](b.md) now. After.", ["||Then read [the text] now."]),
        ("Read [[b]] now.", ["||Read [b] now."]),
        ("Read [[b#Part|that part]] now.", ["part||Read [that part] now."]),
        ("- [b](b.md)", []),
        ("- one\n- read [b](b.md)", ["||read [b]"]),
        ("## S\n\n[b](b.md)", ["|S|"]),
        ("## S\n\n![[b]]\n\nSee [b](b.md) there.", ["|S|See [b] there."]),
        ("## S\n\nSee [b](b.md) there.\n\n![[b]]", ["|S|See [b] there."]),
        ("Of [one](b.md#part) and [two](b.md#other).", ["part other||Of [one] and two."]),
        ("| a | b |\n|---|---|\n| x | see [b](b.md) |", ["||x · see [b]"]),
        ("> said of *the [b](b.md)* once", ["||said of the [b] once"]),
        ("With `code` and [**bold** b](b.md), here.", ["||With code and [bold b], here."]),
        ("A <script>alert(1)</script> [b & c](b.md) <b>x</b>", ["||A  [b & c] x"]),
        ("%%hidden CANARY%% Said [b](b.md) here.", ["||Said [b] here."]),
        ("[b](b.md#part)", ["part||"]),
    ],
)
def test_the_sentence_around_a_link_is_shown(kb: Build, text: str, rows: list[str]) -> None:
    html = after_html(page(kb({"notes/a.md": f"# A\n\n{text}\n", "notes/b.md": B}), "b.md"))
    assert '<a href="a.md">A</a>' in html
    assert told(html) == rows
    assert "CANARY" not in html


def test_what_many_link_to_stays_small(kb: Build) -> None:
    links = "".join(f"## S{at}\n\nNumber {at} speaks of [b](b.md#part) here.\n\n" for at in range(200))
    html = after_html(
        page(kb({"notes/a.md": f"# A\n\n{links}", "notes/b.md": B, "notes/c.md": "# C\n\n[b](b.md)\n"}), "b.md")
    )
    assert len(told(html)) == LIMIT
    assert "And 141 more places." in html
    assert len(html) < 20_000


def test_a_twin_speaks_in_its_own_tree(kb: Build) -> None:
    files = {
        "notes/a.en.md": "# A\n\nThere is much to read in [the b text](b.en.md#part) of them.\n",
        "notes/a.fr.md": "# A\n\nIl y a beaucoup à lire dans [le texte b](b.fr.md#partie) de cela.\n",
        "notes/b.en.md": "# B\n\n## Part\n\nThis is the text of the thing.\n",
        "notes/b.fr.md": "# B\n\n## Partie\n\nCeci est le texte de la chose.\n",
    }
    site = kb(files, languages=("en", "fr"))
    assert told(after_html(page(site, "b.md"))) == ["part||There is much to read in [the b text] of them."]
    assert told(after_html(page(site, "fr/b.md"))) == ["partie||Il y a beaucoup à lire dans [le texte b] de cela."]


def test_the_glossary_speaks_the_language_of_the_tree(kb: Build) -> None:
    files = {
        "notes/b.md": B,
        "glossary/terms.en.md": "# Glossary\n\n## Tide\n\nThe water that comes and goes, see [the note](../notes/b.md).\n",
        "glossary/terms.fr.md": "# Glossaire\n\n## Marée\n\nL'eau qui vient et qui va, voir [la note](../notes/b.md).\n",
    }
    site = kb(files, languages=("en", "fr"))
    assert told(after_html(page(site, "b.md"))) == ["|Tide|The water that comes and goes, see [the note]."]
    assert told(after_html(page(site, "fr/b.md"))) == ["|Marée|L'eau qui vient et qui va, voir [la note]."]
