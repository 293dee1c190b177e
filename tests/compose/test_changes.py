"""The changes of a note, under its title."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from aikb.ledgers.translations import Past
from aikb.model.site import Site
from aikb.pipeline import build
from aikb.settings import Settings
from aikb.system.git_edits import Edit
from conftest import html_of, page, sources

DAY = 86_400
MARCH = 1_709_287_200
NOTE = "# T\n\n## One\n\nx\n\n## Two [link](https://example.org) `code`\n\ny\n\n### Twice\n\n### Twice\n"


def _site(text: str, edits: Sequence[Edit], *, shallow: bool = False) -> Site:
    settings = Settings(languages=("en", "fr"), addresses="sources")
    past = Past(edited=lambda: {"notes/a.md": tuple(edits)}, shallow=lambda: shallow)
    return build(sources({"notes/a.md": text}, settings), settings, past=past)


def _shown(text: str, *edits: Edit, tree: str = "") -> str:
    return html_of(page(_site(text, edits), f"{tree}a.md"))


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (Edit(MARCH, ("## One",)), 'added: <a href="#one">One</a>'),
        (Edit(MARCH, (), ("## One ##",)), 'revised: <a href="#one">One</a>'),
        (
            Edit(MARCH, ("## Two [link](https://example.org) `code`",)),
            'added: <a href="#two-link-code">Two link code</a>',
        ),
        (Edit(MARCH, ("### Twice",)), ""),  # nobody knows which
        (Edit(MARCH, ("## Gone",)), ""),
        (Edit(MARCH, (), ("# T",)), ""),
        (Edit(MARCH, ("## One",), ("## One",)), 'added: <a href="#one">One</a>'),
    ],
)
def test_sections_that_the_note_still_has_are_told(edit: Edit, expected: str) -> None:
    html = _shown(NOTE, edit)
    assert ("aikb-changes" in html) == bool(expected)
    assert expected in html


def test_a_heading_that_git_cut_is_found() -> None:
    long = "## " + "A heading that has many words " * 4
    assert 'added: <a href="#a-heading' in _shown(f"# T\n\n{long}\n\nx\n", Edit(MARCH, (long[:80],)))


def test_the_days_are_few_and_a_section_is_told_by_the_latest() -> None:
    html = _shown(NOTE, *(Edit(MARCH - each * DAY, (), ("## One",)) for each in range(9)))
    assert html.count("<time") == 1
    many = _shown(
        "# T\n" + "".join(f"\n## S{n}\n" for n in range(9)), *(Edit(MARCH - n * DAY, (f"## S{n}",)) for n in range(9))
    )
    assert many.count('<time class="aikb-date" datetime') == 5
    crowd = _shown(
        "# T\n" + "".join(f"\n## S{n}\n" for n in range(9)), Edit(MARCH, tuple(f"## S{n}" for n in range(9)))
    )
    assert "+3" in crowd


def test_they_speak_the_language_of_the_tree() -> None:
    html = _shown(NOTE, Edit(MARCH, ("## One",)), tree="fr/")
    assert "Modifié le 1er mars 2024" in html
    assert "ajouté" in html


@pytest.mark.parametrize("front", ["hide: [changes]\n", "hide: changes\n"])
def test_an_author_hides_them(front: str) -> None:
    assert "aikb-changes" not in _shown(f"---\n{front}---\n{NOTE}", Edit(MARCH, ("## One",)))


def test_a_shallow_clone_tells_nothing() -> None:
    site = _site(NOTE, [Edit(MARCH, ("## One",))], shallow=True)
    assert "aikb-changes" not in html_of(page(site, "a.md"))


def test_a_heading_is_a_text() -> None:
    html = _shown("# T\n\n## a <b> & “c”\n\nx\n", Edit(MARCH, ("## a <b> & “c”",)))
    assert "aikb-changes" in html
    assert "<b>" not in html.partition("</details>")[0]
