"""Terms: where they are found, what they are called, and which definitions are one thing."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from aikb.analysis import analyse, read
from aikb.model.glossary import Term
from aikb.model.site import Site
from aikb.pipeline import build
from aikb.read.files.disk import load
from aikb.read.glossary.aliases import extract_aliases, long_form
from aikb.read.glossary.labels import label, respell
from aikb.relate.index import Index
from aikb.relate.relations import Relations
from aikb.settings import Settings
from conftest import RENDERER, Build, body_html, document, html_of, lines, page

BOTH = {
    "glossary/t.en.md": "# Glossary\n\n## Token\n\nA piece of text.\n",
    "glossary/t.fr.md": "# Glossaire\n\n## Token\n\nUn morceau de texte.\n",
}


def terms(text: str, path: str = "glossary/t.md") -> list[Term]:
    return list(document(text, path).terms)


def labels(text: str, path: str = "glossary/t.md") -> list[str]:
    return [term.label for term in terms(text, path)]


def defined(text: str, path: str = "notes/a.md") -> dict[str, str]:
    """The terms of a note, and the text of their definitions."""
    return {term.label: " ".join(block.plain_text for block in term.blocks) for term in terms(text, path)}


def aliases(text: str, path: str = "glossary/t.md") -> list[str]:
    return [alias.text for term in terms(text, path) for alias in term.aliases]


def codes(site: Site) -> list[str]:
    return [each.code for each in site.diagnostics if each.code.startswith(("term", "alias"))]


# Where terms stand ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## Glossaire\n\n### MMLU\n\nUn test.\n\n#### Détail\n\nPlus.\n", {"MMLU": "Un test. Détail Plus."}),
        ("## Glossary\n\n**MMLU**: a test.\n\n**LoRA** — a method.\n", {"MMLU": "a test.", "LoRA": "a method."}),
        ("## Glossary\n\n**MMLU :** un test.\n", {"MMLU": "un test."}),
        ("## Glossary\n\n- **MMLU**: a test.\n- **LoRA** - a method.\n", {"MMLU": "a test.", "LoRA": "a method."}),
        (
            "## Glossary\n\nMMLU\n: a test\n: of many\n\nLoRA\n: a method\n",
            {"MMLU": "a test of many", "LoRA": "a method"},
        ),
        ("## Glossary\n\nMMLU\n\n: a test\n", {"MMLU": "a test"}),
        ("## Glossary\n\n### M\n\n**MMLU**: a test.\n\n### L\n\n#### LoRA\n\nx\n", {"MMLU": "a test.", "LoRA": "x"}),
        ("## Glossary\n\n### C\n\nA language.\n", {"C": "A language."}),
        ("## Glossary\n\n**Read** this first.\n\n### MMLU\n\n**Note**: a test.\n", {"MMLU": "Note: a test."}),
        ("## Terms\n\n**MMLU**: a test.\n", {}),
    ],
)
def test_terms_are_headings_definition_lists_or_bold_leads(text: str, expected: dict[str, str]) -> None:
    assert defined(f"# Note\n\n{text}") == expected


def test_a_note_may_have_two_glossaries() -> None:
    assert labels("# N\n\n# Glossaire\n\n## Jeton\n\nx\n\n# Glossary\n\n## Token\n\ny\n", "notes/a.md") == [
        "Jeton",
        "Token",
    ]


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("glossary/mmlu.md", "# MMLU\n\nA test.\n\n## History\n\nx\n", ["MMLU"]),
        ("glossary/m.md", "# MMLU\n\nA test.\n", ["MMLU"]),
        ("glossary/mmlu.fr.md", "Un test.\n", ["mmlu"]),
        ("glossary/m.md", "---\naliases: [x]\n---\n# MMLU\n\nA test.\n\n## History\n\nx\n", ["MMLU"]),
        ("glossary/m.md", "# Terms\n\n## MMLU\n\nx\n\n## LoRA\n\ny\n", ["MMLU", "LoRA"]),
        ("glossary/glossary.md", "# Glossary\n\nNothing yet.\n", []),
    ],
)
def test_a_file_of_the_folder_is_one_term_or_many(path: str, text: str, expected: list[str]) -> None:
    assert labels(text, path) == expected


def test_a_term_without_a_heading_has_an_anchor_on_its_notes_page(kb: Build) -> None:
    site = kb({"notes/a.md": "# A\n\nSee [it](#mmlu).\n\n## Glossary\n\n**MMLU**: a test of knowledge.\n"})
    assert lines(site) == []
    html = body_html(page(site, "a.md"))
    assert 'id="mmlu"' in html
    assert '<a data-term="mmlu" href="#mmlu">it</a>' in html


# What they are called -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Glossaire_MMLU", "MMLU"),
        ("Neuro-symbolic-systems", "Neuro-symbolic systems"),
        ("Representation_fine-tuning", "Representation fine-tuning"),
        ("𝗧𝗼𝗸𝗲𝗻", "Token"),
        ("Fine-tuning", "Fine-tuning"),
        ("Glossary", "Glossary"),
        ("Term frequency", "Term frequency"),
        ("Terme : Marée", "Marée"),
        ("term_ebb", "ebb"),
        ("Chain-of-thought", "Chain-of-thought"),
        ("human-in-the-loop", "human-in-the-loop"),
    ],
)
def test_a_label_is_the_heading_without_its_prefix(title: str, expected: str) -> None:
    assert label(title) == expected


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "Fine Tuning vs Model distillation",
            "Le fine-tuning et la model distillation.",
            "Fine-tuning vs model distillation",
        ),
        ("Fine Tuning", "Fine tuning and fine-tuning.", "Fine tuning"),
        ("Knowledge Distillation", "In knowledge distillation a student learns.", "Knowledge distillation"),
        ("Elo Rating", "The rating of Elo.", "Elo Rating"),
        ("Elo Rating", "An elo rating is a number.", "Elo rating"),
        ("KV Cache", "Nothing of it.", "KV Cache"),
    ],
)
def test_a_label_is_spelled_as_its_definition_spells_it(name: str, text: str, expected: str) -> None:
    assert respell(name, text) == expected


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("RAG", "Retrieval augmented generation (RAG) reads first.", ["Retrieval augmented generation"]),
        ("RAG", "RAG (retrieval-augmented generation) reads first.", ["retrieval-augmented generation"]),
        ("Representation fine-tuning", "Le Representation Fine-Tuning (ReFT) est…", ["ReFT"]),
        ("Chain of thought", "Une chaîne de pensée (en anglais : chain of thought) est…", ["chaîne de pensée"]),
        ("Systèmes neuronaux", "Les systèmes neuronaux (en anglais, neural systems) sont…", ["neural systems"]),
        ("LoRA", "LoRA (low-rank adaptation, en français : adaptation de rang faible) gèle…",
         ["low-rank adaptation", "adaptation de rang faible"]),
        # not certain: it is another thing's abbreviation, or nothing says that it is the same
        ("MMLU", "A test for large language models (LLM).", []),
        ("RAG", "RAG (2020) reads first.", []),
        ("Contamination", "La présence de questions (en anglais : test questions) est…", []),
        ("RAG", "RAG reads first. Retrieval augmented generation (RAG) is old.", []),
    ],
)  # fmt: skip
def test_names_are_mined_only_where_they_are_certain(name: str, text: str, expected: list[str]) -> None:
    assert [alias.text for alias in extract_aliases(name, text, "fr")] == expected


def test_an_abbreviation_is_the_last_words_that_have_its_letters() -> None:
    assert long_form("RAG", "we speak of retrieval augmented generation") == "retrieval augmented generation"
    assert long_form("XYZ", "we speak of retrieval augmented generation") == ""
    assert long_form("RAG", "") == ""


@pytest.mark.parametrize(
    "text",
    [
        "## Token\n\nA piece.\n\nAliases: word piece, *subword*\n",
        "## Token\n\nA piece.\nAlias : word piece ; subword\n",
        "## Token\n\nSynonymes : word piece, subword.\n\nA piece.\n",
    ],
)
def test_a_line_lists_other_names_and_is_no_part_of_the_definition(text: str) -> None:
    (term,) = terms(f"# G\n\n{text}")
    assert [alias.text for alias in term.aliases] == ["word piece", "subword"]
    assert "".join(block.plain_text for block in term.blocks) == "A piece."


def test_front_matter_lists_the_names_of_a_file_that_is_one_term() -> None:
    assert aliases("---\naliases: [word piece, subword]\n---\n# Token\n\nA piece.\n", "glossary/token.md") == [
        "word piece",
        "subword",
    ]


def test_a_term_is_called_what_every_link_calls_it(kb: Build) -> None:
    note = "# A\n\nIn a [chain-of-thought (COT)](#glossaire_chot) style.\n\n# Glossaire\n\n## Glossaire_CHOT\n\nUne suite.\n"
    html = body_html(page(kb({"notes/a.md": note}), "glossary/index.md"))
    assert ">COT</span></a></h2>" in html
    assert "CHOT</span>" in html  # still a name of it
    assert "chain-of-thought</span>" in html
    assert 'id="glossaire_chot"' in html


# One thing in two languages --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ({"glossary/token.en.md": "# Token\n\nA piece.\n"}, {"glossary/token.fr.md": "# Jeton\n\nUn morceau.\n"}),
        ({"glossary/e.en.md": "# G\n\n## Token {#k}\n\nA piece.\n\n## B\n\nx"},
         {"glossary/f.fr.md": "# G\n\n## Jeton {#k}\n\nUn morceau.\n\n## B\n\nx"}),
        ({"glossary/e.en.md": "# G\n\n## Token\n\nA piece.\n\n## B\n\nx"},
         {"glossary/f.fr.md": "# G\n\n## Jeton\n\nUn morceau.\n\nAlias : token\n\n## B\n\nx"}),
        ({"glossary/e.md": "# G\n\n## Token\n\n### English\n\nA piece.\n\n### Français\n\nUn morceau.\n\n## B\n\nx"}, {}),
    ],
)  # fmt: skip
def test_two_definitions_are_one_term(kb: Build, english: dict[str, str], french: dict[str, str]) -> None:
    site = kb({**english, **french})
    assert not [
        each for each in site.diagnostics if "“Token” has no" in each.message or "“Jeton” has no" in each.message
    ]
    first, second = (body_html(page(site, f"{tree}glossary/token.md")) for tree in ("", "fr/"))
    assert first.index("A piece.") < first.index("<details") < first.index("Un morceau.")
    assert second.index("Un morceau.") < second.index("<details") < second.index("A piece.")


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (BOTH, ["term-unused"]),
        ({"glossary/t.en.md": BOTH["glossary/t.en.md"]}, ["term-untranslated", "term-unused"]),
        ({**BOTH, "notes/a.md": "# A\n\nOne token.\n"}, []),
        ({"glossary/t.en.md": "# G\n\n## Token\n\n## B\n\nA b."}, ["term-empty", "term-untranslated", "term-unused"]),
        ({"notes/a.md": "# A\n\n## Glossary\n\n### X1\n<a name='X1'>X1 in a tag<a>\n"}, ["term-empty"]),
        ({**BOTH, "notes/a.md": "# A\n\nToken, RLHF, RLHF; RLHF.\n"}, ["term-candidate"]),
        ({**BOTH, "notes/a.md": "# A\n\nToken, RLHF, RLHF.\n"}, []),
        ({**BOTH, "notes/a.md": "# A\n\nToken. `RLHF` [RLHF](b.md) RLHF-2 RLHF\n", "notes/b.md": "# RLHF\n"}, []),
        ({"notes/a.md": "# A\n\nRLHF, RLHF, RLHF.\n"}, []),  # who has no glossary is not asked for one
    ],
)
def test_what_is_missing_in_a_glossary_is_said(kb: Build, files: dict[str, str], expected: list[str]) -> None:
    assert codes(kb(files)) == expected


def test_a_heading_without_words_is_no_term(kb: Build) -> None:
    site = kb({"glossary/t.en.md": "# G\n\n##\n\nx\n\n## Ebb\n\ny\n", "notes/a.md": "# A\n\n# Glossary\n\n##\n\nx\n"})
    assert [*json.loads(site.files["glossary/terms.json"])] == ["ebb"]


def test_what_stands_above_the_definitions_of_an_entry_is_kept(kb: Build) -> None:
    text = (
        "# G\n\n## Ebb\n\nVoir aussi la marée, qui monte et descend tous les jours.\n\n"
        "### English\n\nIt falls.\n\n### Français\n\nElle baisse.\n"
    )
    definitions = json.loads(kb({"glossary/t.md": text}).files["glossary/glossary.json"])["terms"][0]["definitions"]
    assert definitions["en"]["summary"] == "It falls."
    assert definitions["fr"]["summary"].startswith("Voir aussi la marée")


def test_a_term_defined_twice_is_told_with_both_places(kb: Build) -> None:  # GLO-01
    files = {"glossary/a.en.md": "# G\n\n## Glossaire_LMSYS\n\nx\n", "glossary/b.en.md": "# G\n\n## LMSYS\n\ny\n"}
    assert lines(kb(files)) == [
        "glossary/b.en.md:3:1: error: term-duplicate: “LMSYS” is already defined in this language at glossary/a.en.md:3"
    ]


def test_an_alias_that_is_another_terms_name_is_told_and_not_taken(kb: Build) -> None:  # GLO-06
    text = "# G\n\n## Token\n\nx\n\n## Subword\n\ny\n\nAliases: token\n"
    site = kb({"glossary/a.en.md": text, "notes/a.md": "# A\n\nOne token of the many.\n"})
    (line,) = (line for line in lines(site) if "alias" in line)
    assert line.startswith(
        "glossary/a.en.md:7:1: error: alias-conflict: “token” is listed as another name of “Subword”"
    )
    assert line.endswith("and already means “Token” (glossary/a.en.md:3)")
    assert 'data-term="token"' in body_html(page(site, "a.md"))


def test_a_circle_of_terms_is_shown_once_each(kb: Build) -> None:  # GLO-06
    text = (
        "# G\n\n## Ebb\n\nThe sea goes out: [flood](#flood).\n\n## Flood\n\nAfter the ebb, [ebb](#ebb), [ebb](#ebb).\n"
    )
    site = kb({"glossary/a.en.md": text})
    for name, other in (("ebb", "flood"), ("flood", "ebb")):
        see = body_html(page(site, f"glossary/{name}.md")).partition("aikb-see")[2].partition("</p>")[0]
        assert see.count("<a ") == see.count(f'data-term="{other}"') == 1


EVIL = '"><img src=x onerror=alert(1)>'


def test_hostile_markup_is_harmless_in_page_list_and_data(kb: Build) -> None:  # GLO-07
    note = f"# A\n\nOf evil things.\n\n## Glossary\n\n### Evil thing {EVIL}\n\nA thing {EVIL} `{EVIL}`.\n\nAliases: x{EVIL}\n"
    site = kb({"notes/a.md": note})
    for each in site.pages:
        html = BeautifulSoup(html_of(each), "lxml")
        assert html.find("img") is None
        assert not [name for element in html.find_all() for name in element.attrs if name.startswith("on")]
    terms = json.loads(site.files["glossary/terms.json"])  # the script sets it as text, never as markup
    assert [entry["label"].split()[:2] for entry in terms.values()] == [["Evil", "thing"]]


def test_an_id_with_signs_in_it_ends_no_link(kb: Build) -> None:
    site = kb({"notes/a.md": "# A\n\n# Glossary\n\n## Ebb {#a>b}\n\nx\n"})
    html = BeautifulSoup(body_html(page(site, "glossary/index.md")), "lxml")
    assert html.select_one('.aikb-origin a[href^="../a.md"]')["href"] == "../a.md#a%3Eb"


@pytest.mark.parametrize("anchor", ["GlossaireLMSYS", "glossaire_lmsys", "detail"])
def test_old_anchors_of_a_term_are_in_the_list_too(kb: Build, anchor: str) -> None:
    note = '# A\n\n# Glossaire\n\n## Glossaire_LMSYS\n\nUn site. <a name="GlossaireLMSYS"></a>\n\n### Detail\n\nx\n'
    site = kb({"notes/a.md": note})
    for tree in ("", "fr/"):
        assert f'id="{anchor}"' in body_html(page(site, f"{tree}glossary/index.md"))
    assert f'"{anchor}"' in body_html(page(site, "a.md"))


def test_a_note_keeps_its_address_beside_a_terms_page(kb: Build) -> None:
    site = kb({**BOTH, "notes/glossary/token.md": "# Mine\n", "notes/a.md": "# A\n\nOne token.\n"})
    assert page(site, "glossary/token.md").source == "notes/glossary/token.md"
    assert page(site, "glossary/token-1.md").kind == "term"
    assert "glossary/token-1.md" in body_html(page(site, "a.md"))


def test_the_data_has_each_definition_as_it_is_written(kb: Build) -> None:
    note = (
        "# A\n\n# Glossary\n\nEbb\n: The *sea*.\nFlow\n: Also.\n: It.\n\n**Tide**: Both `x`.\n\n"
        "- **Surf**: foam.\n\n  More.\n\n  Aliases: breakers\n"
    )
    data = json.loads(kb({"notes/a.md": note}).files["glossary/glossary.json"])
    written = [each["definitions"]["en"]["markdown"] for each in data["terms"]]
    assert written == ["The *sea*.", "Also.\n: It.", "Both `x`.", "foam.\n\n  More."]


TWINS = {
    "notes/a.en.md": "# A\n\nOf the tide.\n",
    "notes/a.fr.md": (
        "# A\n\n# Glossaire\n\n## Marée\n\nLa mer monte : [suite](b.fr.md#la-suite).\n\n<!-- lang: en -->\nIt ebbs.\n"
    ),
    "notes/b.en.md": "# B\n\n## Next\n\nx\n",
    "notes/b.fr.md": "# B\n\n## La suite\n\nx\n",
}


def test_a_definition_leads_to_what_its_tree_shows(kb: Build) -> None:
    site = kb(TWINS)
    for path in ("glossary/marée.md", "glossary/index.md"):
        english, french = body_html(page(site, path)), body_html(page(site, f"fr/{path}"))
        assert '<a href="../b.md#next">suite</a>' in english
        assert '<a href="../b.md#la-suite">suite</a>' in french
        assert '<a href="../fr/a.md#marée">A</a>' in english, "in the English tree that address is another text"
        assert '<a href="../a.md#marée">A</a>' in french


def test_a_definition_is_set_and_marked_as_its_note_is(kb: Build) -> None:
    site = kb(TWINS, typography=True)
    for path in ("fr/a.md", "fr/glossary/marée.md", "fr/glossary/index.md"):
        assert re.search("monte[\u00a0\u202f]: ", body_html(page(site, path)))
        assert '<div lang="en">' in body_html(page(site, path))


def test_the_other_languages_definition_repeats_no_id_and_keeps_its_code(kb: Build) -> None:
    text = '# G\n\n## MMLU\n\n{}.\n\n### More\n\n```\n## x {{id="y"}}\n```\n'
    site = kb({"glossary/a.en.md": text.format("A test"), "glossary/a.fr.md": text.format("Un test")})
    body = body_html(page(site, "glossary/mmlu.md"))
    assert body.count('id="more"') == 1
    assert body.count('## x {id="y"}') == 2


def test_terms_that_begin_with_no_letter_stand_together(kb: Build) -> None:
    text = "# G\n\n## $PATH\n\nx\n\n## 3D\n\ny\n\n## Ebb\n\nz\n"
    html = BeautifulSoup(body_html(page(kb({"glossary/a.en.md": text}), "glossary/index.md")), "lxml")
    assert [each.get_text() for each in html.select(".aikb-letters a")] == ["#", "E"]


# The notes this was asked for ------------------------------------------------------------------------------------------

LINKED = {
    "llm.md": [
        (220, "fine-tuning"),
        (316, "chain of thought"),
        (325, "finetuning"),
        (713, "decoder-only transformer"),
        (757, "fine-tuning"),
        (867, "COT"),
        (906, "COT"),
    ],
    "readwise-state-of-ai-2024.md": [
        (34, "MMLU"),
        (37, "chain-of-thought"),
        (43, "decoder-only transformer"),
        (53, "MMLU"),
        (57, "LMSYS"),
        (67, "fine-tuning"),
        (67, "distillation"),
        (75, "distillation"),
        (88, "representation fine tuning"),
        (88, "fine-tuning"),
        (136, "LMSYS"),
        (148, "distillation"),
        (202, "fine-tuning"),
        (231, "fine tuning"),
    ],
    "state-of-ai.md": [
        (116, "distillation"),
        (122, "distillation"),
        (130, "fine-tuning"),
        (226, "fine-tuning"),
        (299, "fine-tuning"),
        (299, "distillation de modèle"),
        (335, "Fine-tuning"),
        (335, "Distillation de modèle"),
        (345, "Fine-tuning"),
        (346, "Distillation de modèle"),
        (352, "ajustement fin"),
    ],
}
"""Read one by one: all of them speak of the term."""


@pytest.fixture(scope="module")
def seeds(corpus: Path) -> tuple[Index, Relations, Site]:
    settings = Settings(docs_dir="seeds")
    loaded = load(corpus, settings)
    relations, _ = analyse([read(source, settings) for source in loaded.sources], settings, loaded.assets)
    return relations.index, relations, build(loaded.sources, settings, loaded.assets, renderer=RENDERER)


def test_the_seeds_have_eight_terms_with_the_names_a_reader_expects(seeds: tuple[Index, Relations, Site]) -> None:
    _, relations, site = seeds
    names = [
        " / ".join([*concept.labels.values(), *(alias.text for alias in concept.aliases)])
        for concept in relations.glossary.concepts.values()
    ]
    assert names == [
        "COT / CHOT / chain-of-thought",
        "LMSYS",
        "MMLU / Massive Multitask Language Understanding",
        "Decoder-only transformer",
        "Neuro-symbolic systems / systèmes neuro-symboliques",
        "Fine-tuning / Ajustement fin",
        "Distillation de modèle / Model Distillation / distillation",
        "Representation fine-tuning / ReFT",
    ]
    empty = [each.line for each in site.diagnostics if each.code == "term-empty"]
    assert empty == [269]


def test_in_the_seeds_all_that_is_linked_is_a_term(seeds: tuple[Index, Relations, Site]) -> None:
    index, relations, _ = seeds
    linked: dict[str, list[tuple[int, str]]] = {}
    for path, mentions in relations.mentions.items():
        for each in mentions:
            if each.kind == "link":
                place = index.documents[path].source.position(each.span.start)[0], each.text
                linked.setdefault(path.removeprefix("seeds/"), []).append(place)
    assert linked == LINKED


def test_in_the_seeds_every_link_lands_on_its_term_and_its_page_lists_it(seeds: tuple[Index, Relations, Site]) -> None:
    _, _, site = seeds
    html = body_html(page(site, "state-of-ai.md"))
    found = re.findall(r'<a data-term="([\w-]+)" href="#([^"]+)"', html)
    assert [term for term, _ in found] == [
        "mmlu", "chot", "decoder-only-transformer", "lmsys", "neuro-symbolic-systems", "representation-fine-tuning", "lmsys",
    ]  # fmt: skip
    assert all(f'id="{fragment}"' in html for _, fragment in found)
    assert ("state-of-ai.md", 181, "anchor-case") in [
        (each.path.removeprefix("seeds/"), each.line, each.code) for each in site.diagnostics
    ]
    notes, _, highlights = html_of(page(site, "glossary/mmlu.md")).partition("In the highlights")
    assert "<mark>MMLU</mark>, but apparently underperforms it on MMLU-Pro" in notes
    assert highlights.count("<mark>MMLU</mark>") == 2


HIDDEN_BEHIND = [
    "<!-- CANARY -->",
    "%% CANARY %%",
    "<!--\nCANARY\n-->",
    "[//]: # (CANARY)",
    "[comment]: <> (CANARY)",
    "{# CANARY #}",
    "<p hidden>CANARY</p>",
    "<template>CANARY</template>",
    "<!-- a --> <!-- CANARY -->",
    "<script>CANARY</script>",
    "%%\n**CANARY**: x\n%%",
]


@pytest.mark.parametrize("hidden", HIDDEN_BEHIND)
@pytest.mark.parametrize("entry", ["**{}**: {}", "## {}\n\n{}", "- **{}**: {}", "{}\n: {}"])
def test_a_definition_as_data_ends_where_it_ends(kb: Build, hidden: str, entry: str) -> None:
    tide, harbour = entry.format("Tide", "water."), entry.format("Harbour", "a place.")
    text = f"# Glossary\n\n{tide}\n\n{hidden}\n\n{harbour}\n\n[unused]: b.md 'CANARY'\n\n{entry.format('Sea', 'z.')}\n"
    written = kb({"notes/a.md": "# A\n", "glossary/g.md": text}).files["glossary/glossary.json"]
    assert "CANARY" not in written
    terms = {each["labels"]["en"]: each["definitions"]["en"]["markdown"] for each in json.loads(written)["terms"]}
    assert [terms[name].strip() for name in ("Tide", "Harbour", "Sea")] == ["water.", "a place.", "z."]
