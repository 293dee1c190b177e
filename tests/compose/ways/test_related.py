"""Documents that speak of the same: by words that few others have, in either language, and never what is linked already."""

from __future__ import annotations

import random

from aikb.compose.ways.related import NEAR, RelatedIndex
from aikb.compose.ways.topics import translations
from conftest import Build, after_html, page

FILLER = {
    f"notes/other{at}.md": f"# Other {at}\n\nGardens grow vegetables number {at} beside quiet walls.\n"
    for at in range(8)
}
WHALES = "Whales migrate through arctic plankton blooms every summer, filtering krill."
TOKENS = "Byte tokenizers split rare words and fertility suffers for morphologically rich scripts."


def test_what_speaks_of_the_same_is_named_with_the_words(kb: Build) -> None:
    site = kb(
        {
            "notes/a.md": f"# A\n\n{WHALES}\n",
            "notes/b.md": "# B\n\nKrill and plankton feed whales.\n",
            "notes/c.md": f"# C\n\n{TOKENS}\n",
            **FILLER,
        }
    )
    html = after_html(page(site, "a.md"))
    assert 'href="b.md"' in html
    assert "c.md" not in html
    assert "plankton" in html
    assert "krill" in html


def test_what_is_linked_or_a_translation_is_not_named(kb: Build) -> None:
    site = kb(
        {
            "notes/a.md": f"# A\n\n{WHALES} See [b](b.md).\n",
            "notes/b.md": f"# B\n\n{WHALES}\n",
            "notes/d.md": f"# D\n\n{WHALES}\n",
            "notes/d.fr.md": "# D\n\nLes baleines whales plankton krill arctic.\n",
            **FILLER,
        },
        languages=("en", "fr"),
    )
    html = after_html(page(site, "a.md"))
    related = html.partition("aikb-related")[2]
    assert 'href="b.md"' not in related
    assert related.count('href="d.md"') == 1


def test_a_note_may_hide_it(kb: Build) -> None:
    hidden = f"---\nhide: [related]\n---\n# A\n\n{WHALES}\n"
    site = kb({"notes/a.md": hidden, "notes/b.md": f"# B\n\n{WHALES}\n", **FILLER})
    assert "aikb-related" not in after_html(page(site, "a.md"))


def test_the_glossary_bridges_languages(kb: Build) -> None:
    site = kb(
        {
            "glossary/t.en.md": "# Tokenizer\n\nIt cuts words.\n\n# Embedding\n\nIt places words.\n",
            "glossary/t.fr.md": "# Découpeur\n\nIl coupe les mots.\n\n# Plongement\n\nIl place les mots.\n",
            "notes/a.md": "# A\n\nA tokenizer comes before the embedding.\n",
            "notes/b.fr.md": "# B\n\nLe tokenizer vient avant les plongements, et les embedding aussi.\n",
            **FILLER,
        },
        languages=("en", "fr"),
    )
    assert 'href="b.md"' in after_html(page(site, "a.md"))


def test_words_of_the_list_are_one_word() -> None:
    found = translations()
    assert len(found) > 300
    assert not set(found) & set(found.values())


def words(seed: int, count: int) -> dict[str, dict[str, int]]:
    rng = random.Random(seed)
    return {
        f"notes/{at}.md": {f"w{int(rng.paretovariate(0.6)) % 500}": rng.randrange(1, 5) for _ in range(30)}
        for at in range(count)
    }


def test_what_is_kept_gives_what_a_fresh_index_gives() -> None:
    rng = random.Random(7)
    kept, documents = RelatedIndex(9), words(1, 60)
    kept.relate(documents)
    for step in range(40):
        path = f"notes/{rng.randrange(70)}.md"
        if rng.random() < 0.2:
            documents.pop(path, None)
        else:
            documents[path] = words(step + 10, 1)["notes/0.md"]
        assert kept.relate(dict(documents)) == RelatedIndex(9).relate(dict(documents))


def test_the_order_of_documents_says_nothing() -> None:
    documents = words(3, 40)
    backwards = dict(reversed(documents.items()))
    one, other = RelatedIndex(9).relate(documents), RelatedIndex(9).relate(backwards)
    assert one == {path: other[path] for path in one}


def test_at_most_so_many_are_found() -> None:
    same = {f"notes/{at}.md": {"rare": 8, "words": 8} for at in range(20)}
    others = {f"notes/x{at}.md": {f"x{at}": 1} for at in range(400)}
    assert {len(each) for path, each in RelatedIndex(9).relate({**same, **others}).items() if path in same} == {NEAR}
