"""Passages that two notes hold word for word, in whatever they stand."""

from __future__ import annotations

import pytest

from aikb.model.finding import Diagnostic
from aikb.model.site import Site
from aikb.read.paragraphs import find_paragraphs
from conftest import Build, found

P = (
    "The pilot waits for the tide at the mouth of the river, and nobody on board says a word about the weather, although "
    "everybody can see what it is going to be before night."
)
HALF, REST = P[:60], P[60:]


def repeated(site: Site) -> list[Diagnostic]:
    return [each for each in found(site) if each.code == "passage-repeated"]


@pytest.mark.parametrize(
    "written",
    [
        P,
        f"> {P}",
        f"> {HALF}\n> {REST}",
        f"> [!quote] Marsh, page 12\n> {P}",
        f"> [!quote]-\n> {HALF}\n> {REST}",
        f"> {P}\n> — Marsh, p. 12",
        f"> {P}\n> -- *Marsh*",
        f"- {P}",
        f"- {P}\n- and another",
        f"1. another\n2. {P}",
        f"{P} ^tide",
        f"{P}[^1]\n\n[^1]: Marsh",
        P.replace("tide", "**tide**").replace("river", "[river](river.md)"),
        f"As I wrote: “{P}” And so on it goes.",
        f"Comme je l'écrivais : « {P} » Et ainsi de suite.",
        f'He says "{P}" on page 12.',
        f"> He says “{P}”, and more.\n> — Marsh",
    ],
)
def test_a_passage_is_known_again_whatever_it_stands_in(kb: Build, written: str) -> None:
    site = kb({"notes/a.md": f"# A\n\n{P}\n", "notes/b.md": f"# B\n\n{written}\n"})
    (finding,) = repeated(site)
    assert (finding.path, "notes/a.md:3" in finding.message) == ("notes/b.md", True)


@pytest.mark.parametrize(
    "written",
    [
        f"```\n{P}\n```",
        f"~~~text\n{P}\n~~~",
        f"> ```\n> {P}\n> ```",
        f"```\n{P}",
        P[:100],
        f"“{P[:100]}”",
        f"Another beginning. {P}",
        f"| {P} |\n| --- |",
        f"---\n{P}\n---",
    ],
)
def test_code_pieces_and_tables_are_no_such_passage(kb: Build, written: str) -> None:
    site = kb({"notes/a.md": f"# A\n\n{P}\n", "notes/b.md": f"# B\n\ntext\n\n{written}\n"})
    assert [each.path for each in repeated(site)] in ([], ["notes/b.md"] * written.startswith("---"))


def test_a_note_that_repeats_itself_is_not_spoken_of(kb: Build) -> None:
    assert repeated(kb({"notes/a.md": f"# A\n\n{P}\n\n> {P}\n"})) == []


@pytest.mark.parametrize("piece", ['"', "“", "« ", "> ", "- ", "```\n", "^a ", "> [!a]\n"])
def test_hostile_text_takes_no_longer_than_its_length(piece: str) -> None:
    assert len(list(find_paragraphs(piece * 100_000))) <= 1
