"""Mentions: what running text says of terms, what becomes a link, and what only looks like a term."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aikb.analysis import analyse, read
from aikb.compose.pages import compose
from aikb.compose.tree import Tree
from aikb.model.document import Anchor, Kind
from aikb.model.source import Span
from aikb.relate.glossary.lexicon import Lexicon
from aikb.relate.glossary.mentions import Declined, Mention, mentions_of
from aikb.render.renderer import Renderer
from aikb.settings import Settings
from aikb.text.inflection import forms
from conftest import Build, after_html, body_html, html_of, knowledge_base, page, sources

ENGLISH, FRENCH = "---\nlang: en\n---\n", "---\nlang: fr\n---\n"
TERMS = {
    "glossary/t.en.md": (
        "# Glossary\n\n## MMLU\n\nA test of knowledge.\n\n## Retrieval-augmented generation\n\nx\n\nAliases: RAG\n\n"
        "## Fine-tuning\n\nMore training.\n\n## LoRA\n\nA method.\n\n## Chain of thought\n\nSteps.\n\n## Agent\n\nA loop.\n\n"
        "## LoRA adapter\n\nWhat it learns.\n\n## COT\n\nSteps.\n\n## Large language model\n\n[LoRA](#lora).\n\n"
        "Aliases: LLM\n\n"
        "## C++\n\nA language.\n\n## .NET\n\nA frame.\n\n## Policy\n\nA rule.\n\n## Chat\n\nTalk.\n"
    ),
    "glossary/t.fr.md": (
        "# Glossaire\n\n## Réseau de neurones\n\nUn modèle.\n\n## Modèle génératif\n\nx.\n\n## Œuvre\n\ny.\n\n## Rang\n\nz.\n"
    ),
}


def examined(text: str, files: dict[str, str] = TERMS, **settings: object) -> list[Mention | Declined]:
    """Everything in `notes/a.md` that is a term or looks so, in order."""
    chosen = Settings(**settings)  # type: ignore[arg-type]
    documents = [read(each, chosen) for each in sources({**files, "notes/a.md": text}, chosen)]
    relations, _ = analyse(documents, chosen)
    index = relations.index
    lexicon = Lexicon.of(relations.glossary, chosen.mentions_stop)
    declined: list[Declined] = []
    document = index.documents["notes/a.md"]
    found = mentions_of(document, index, relations.glossary, lexicon, relations.resolutions["notes/a.md"], declined)
    assert found == relations.mentions.get("notes/a.md", ())
    return sorted([*found, *declined], key=lambda each: (each.span.start, each.span.end))


def linked(text: str, **settings: object) -> list[str]:
    """What becomes a link."""
    return [each.text for each in examined(text, **settings) if isinstance(each, Mention) and each.kind == "link"]  # type: ignore[arg-type]


def declined(text: str, **settings: object) -> list[str]:
    """Why what looks like a term is none."""
    return [each.reason for each in examined(text, **settings) if isinstance(each, Declined)]  # type: ignore[arg-type]


# Found -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "MMLU", "Fine-tuning", "fine-tuning", "fine tuning", "FINE-TUNING", "finetuning", "ﬁne-tuning", "fine‑tuning",
        "𝗠𝗠𝗟𝗨", "retrieval augmented generation", "RAG", "chains of thought", "chain-of-thought", "agents", "agent’s",
        "LLMs", "large language models", "LoRA", ".NET", "LoRA adapters", "policies", "MMLU-style", "chain of\nthought", "C++",
    ],
)  # fmt: skip
def test_a_term_is_found_however_it_is_written(words: str) -> None:
    found = linked(f"{ENGLISH}# A\n\nSpeak of {words}, they say.\n")
    assert found == [words.replace("\n", " ").removesuffix("’s").removesuffix("-style")]


@pytest.mark.parametrize(
    "words",
    ["réseau de neurones", "réseaux de neurones", "Reseau de neurones", "RÉSEAUX DE NEURONES", "modèles génératifs", "œuvre",
     "oeuvres", "re\u0301seau de neurones", "l’œuvre", "agents", "LLMs"],
)  # fmt: skip
def test_a_term_is_found_in_french(words: str) -> None:
    found = linked(f"{FRENCH}# A\n\nIl parle de {words}, dit-on.\n")
    assert found == [words.removeprefix("l’")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Speak of LoRA adapter and LoRA.", ["LoRA adapter", "LoRA"]),
        ("(RAG), “LoRA”; *MMLU* and **COT**: RAG/LoRA.", ["RAG", "LoRA", "MMLU", "COT"]),
        ("| RAG | x |\n|-----|---|\n| a LoRA | y |", ["LoRA"]),
        ("> Quoted MMLU.\n\n- an item on LoRA\n", ["MMLU", "LoRA"]),
        ("Costs \\$1 and MMLU \\$2.", ["MMLU"]),
        ("x[^1]\n\n[^1]: A note on LoRA.", ["LoRA"]),
        ("- A chain of\n  thought here.\n  And LoRA", ["chain of thought", "LoRA"]),
        ("> - A chain of\n>   thought, quoted.", ["chain of thought"]),
        ("> A chain of\n>\n> thought, in two paragraphs.", []),
    ],
)
def test_terms_are_found_in_every_kind_of_text(text: str, expected: list[str]) -> None:
    assert sorted(linked(f"{ENGLISH}# A\n\n{text}\n")) == sorted(expected + (["RAG"] if text.startswith("|") else []))


# Declined ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("MMLU-Pro is another.", "part of a longer word, “MMLU-Pro”"),  # GLO-04
        ("The non-MMLU part.", "part of a longer word, “non-MMLU”"),
        ("See mmlu.py there.", "part of an address or a file's name"),
        ("The tag #MMLU here.", "a tag, a name or a formula"),
        ("A small cot for a child.", "written in another case"),
        ("A lora is heard.", "written in another case"),
        ("Written `MMLU` here.", "in code"),  # GLO-03, to the end of this list
        ("```\nMMLU\n```", "in code"),
        ("## On MMLU", "in a heading"),
        ("See [the MMLU page](https://example.org).", "in a link"),
        ("See <https://example.org/MMLU>.", "in a link"),
        ("See ![MMLU](x.png).", "in an image's text"),
        ("$MMLU = 1$ here", "in a formula"),
        ("<div>MMLU</div>", "in raw HTML"),
        ("In <a href='https://example.org'>the MMLU</a> site.", "across other markup, or in HTML that takes no links"),
        ("A fine/tuning follows.", "not one name: a sign stands between its words"),
    ],
)
def test_what_only_looks_like_a_term_is_declined_with_the_reason(text: str, reason: str) -> None:
    body = f"{ENGLISH}# A\n\n{text}\n"
    assert linked(body) == []
    assert declined(body) == [reason]


@pytest.mark.parametrize(
    "text", ["A COTE of arms.", "They are ragged.", "Flora blooms.", "MMLUs? xMMLU", "C and C# and Objective-C"]
)
def test_part_of_a_word_is_no_term(text: str) -> None:  # GLO-04
    assert linked(f"{ENGLISH}# A\n\n{text}\n") == (["MMLUs"] if "MMLUs" in text else [])


def test_another_word_of_the_same_letters_is_no_term() -> None:
    files = {"glossary/t.fr.md": "# G\n\n## Cote\n\nUne mesure.\n\n## Côté\n\nUn bord.\n"}
    assert [each.text for each in examined(f"{FRENCH}# A\n\nLa cote.\n", files) if isinstance(each, Mention)] == [
        "cote"
    ]
    files = {"glossary/t.fr.md": "# G\n\n## Temperature\n\nUn réglage.\n\n## Cote\n\nUne mesure.\n"}
    assert [each.text for each in examined(f"{FRENCH}# A\n\nLa température.\n", files)] == ["température"]
    assert [each.reason for each in examined(f"{FRENCH}# A\n\nLe côté.\n", files) if isinstance(each, Declined)] == [
        "another word: its accents differ"
    ]


def test_an_ordinary_word_of_the_other_language_is_no_term() -> None:
    assert declined(f"{FRENCH}# A\n\nLe chat dort.\n") == ["an ordinary word in “fr”"]
    assert linked(f"{ENGLISH}# A\n\nThey chat.\n") == ["chat"]
    assert linked(f"{FRENCH}# A\n\nLe rang compte.\n") == ["rang"]
    assert declined(f"{ENGLISH}# A\n\nThe bell rang.\n") == ["an ordinary word in “en”"]


def test_a_terms_own_entry_and_other_labels_get_no_links(kb: Build) -> None:  # GLO-03
    note = "# A\n\n## Glossary\n\n**LoRA**: LoRA is not MMLU.\n\n**LoRA adapter**: what LoRA learns.\n\n**MMLU**: x.\n"
    html = body_html(page(kb({"notes/a.md": note}), "a.md"))
    assert re.findall(r'data-term="(\S+)" href="\S+">(\w+)', html) == [("mmlu", "MMLU"), ("lora", "LoRA")]


# Which of them become links ----------------------------------------------------------------------------------------------

SECTIONS = f"{ENGLISH}# A\n\nMMLU, MMLU.\n\n## B\n\nMMLU and MMLU.\n"


def test_the_first_mention_in_a_section_becomes_a_link() -> None:
    kinds = [each.kind for each in examined(SECTIONS) if isinstance(each, Mention)]
    assert kinds == ["link", "repeated", "link", "repeated"]
    assert len(linked(SECTIONS, mentions="all")) == 4
    assert linked(SECTIONS, mentions="none") == []
    assert [each.place for each in examined(SECTIONS) if isinstance(each, Mention)] == ["a", "a", "b", "b"]


@pytest.mark.parametrize(
    ("rule", "count"), [("none", 0), ("false", 0), ("all", 4), ("first-per-section", 2), ("true", 2)]
)
def test_a_note_has_a_rule_of_its_own(rule: str, count: int) -> None:
    assert len(linked(SECTIONS.replace("lang: en", f"lang: en\nmentions: {rule}"))) == count


def test_a_rule_that_is_none_is_told(kb: Build) -> None:
    site = kb({"notes/a.md": "---\nmentions: some\n---\n# A\n"})
    assert [each.code for each in site.diagnostics] == ["orphan", "frontmatter-type"]


@pytest.mark.parametrize(
    "files",
    [
        {"glossary/t.md": "# G\n\n## MMLU {.no-mentions}\n\nA test.\n\n## B\n\nx\n"},
        {"glossary/t.md": "# G\n\n## MMLU {data-mentions=none}\n\nA test.\n\n## B\n\nx\n"},
        {"glossary/mmlu.md": "---\nmentions: false\n---\n# MMLU\n\nA test.\n"},
    ],
)
def test_a_term_opts_out(files: dict[str, str]) -> None:
    assert [each.reason for each in examined(f"{ENGLISH}# A\n\nMMLU.\n", files) if isinstance(each, Declined)] == [
        "the term opts out"
    ]


def test_a_word_on_the_stop_list_is_never_linked() -> None:
    assert declined(f"{ENGLISH}# A\n\nAn agent and RAG.\n", mentions_stop=("Agents", "agent")) == ["on the stop list"]


def test_an_authors_link_is_a_mention_and_comes_first() -> None:
    text = f"{ENGLISH}# A\n\n[the test](../glossary/t.en.md#mmlu) is MMLU.\n"
    assert [each.kind for each in examined(text) if isinstance(each, Mention)] == ["written", "repeated"]
    text = f"{ENGLISH}# A\n\nMMLU is [the test](../glossary/t.en.md#mmlu).\n"
    assert [each.kind for each in examined(text) if isinstance(each, Mention)] == ["link", "written"]


def test_a_table_of_contents_is_no_mention() -> None:
    note = (
        f"{ENGLISH}# A\n\n- [MMLU](#mmlu)\n  1. [It](#mmlu)\n\nSee [it](#mmlu).\n\n## Glossary\n\n### MMLU\n\nA test.\n"
    )
    assert [each.text for each in examined(note, {}) if isinstance(each, Mention)] == ["[it](#mmlu)"]


# On the page ---------------------------------------------------------------------------------------------------------------


def test_a_mention_leads_to_the_terms_page_in_every_tree(kb: Build) -> None:
    site = kb({**TERMS, "notes/sub/a.md": f"{ENGLISH}# A\n\nMMLU.\n"})
    assert body_html(page(site, "sub/a.md")) == body_html(page(site, "fr/sub/a.md"))
    html = body_html(page(site, "sub/a.md"))
    assert '<a class="aikb-term" data-term="mmlu" href="../glossary/mmlu.md">MMLU</a>' in html
    assert {"glossary/mmlu.md", "fr/glossary/mmlu.md"} <= {each.path for each in site.pages}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A *chain\nof thought* here.", "chain of thought"),
        ("A chain\nof thought.", "chain of thought"),
        ("So MMLU!", "MMLU"),
        ("MMLU{.x} there", "MMLU"),
        ("Wow!MMLU", "MMLU"),
        ("**MMLU**", "MMLU"),
        ("Costs \\$1, \\_x\\_ and MMLU.", "MMLU"),
    ],
)
def test_the_words_stay_as_they_are(kb: Build, text: str, expected: str) -> None:
    with_links = body_html(page(kb({**TERMS, "notes/a.md": f"{ENGLISH}# A\n\n{text}\n"}), "a.md"))
    without = body_html(page(kb({"notes/a.md": f"{ENGLISH}# A\n\n{text}\n"}), "a.md"))
    links = re.findall(r'<a class="aikb-term"[^>]*>(.*?)</a>', with_links, re.DOTALL)
    assert [" ".join(link.split()) for link in links] == [expected]
    bare = re.sub(r'<a class="aikb-term"[^>]*>(.*?)</a>', r"\1", with_links, flags=re.DOTALL)
    assert " ".join(re.sub(r"</?(?:em|strong)>", "", bare).split()) == " ".join(
        re.sub(r"</?(?:em|strong)>", "", without).split()
    )


def test_a_term_in_emphasis_hides_none_after_it(kb: Build) -> None:
    site = kb({**TERMS, "notes/a.md": f"{ENGLISH}# A\n\nFirst **MMLU**, then *the LoRA* and RAG, `x` and COT.\n"})
    terms = re.findall(r'data-term="([^"]+)"', body_html(page(site, "a.md")))
    assert terms == ["mmlu", "lora", "retrieval-augmented-generation", "cot"]


def test_a_term_over_two_lines_of_a_quote_is_one_link_and_one_use(kb: Build) -> None:
    site = kb({**TERMS, "notes/a.md": f"{ENGLISH}# A\n\n- > Of a *good* chain of\n  > thought, we say: it helps.\n"})
    html = body_html(page(site, "a.md"))
    assert re.search(r'<a class="aikb-term" [^>]*>chain of\nthought</a>, we say: it helps\.', html)
    assert "good <mark>chain of thought</mark>, we say: it helps." in after_html(
        page(site, "glossary/chain-of-thought.md")
    )


def test_a_passage_is_read_in_its_own_language() -> None:
    english = "The model is trained on the dialogue of a chat with the people who use it every day.\n"
    text = f"{FRENCH}# A\n\nIl y a un chat dans la maison, et il dort toute la journée.\n\n{english}"
    found = [each for each in examined(text) if each.text == "chat"]
    assert [isinstance(each, Mention) for each in found] == [False, True]


def test_where_a_term_is_used_is_told_section_by_section(kb: Build) -> None:
    highlights = "# B\n\n## Metadata\n- Author: X\n\n## Highlights\n- They ran MMLU. And more.\n"
    link = "[it](../glossary/t.en.md#mmlu)"
    note = f"{ENGLISH}# A\n\nFirst. GPT passed MMLU & more, they say. Then MMLU again.\n\n## Part\n\nOf {link}.\n"
    site = kb({**TERMS, "notes/a.md": note, "notes/b.md": highlights})
    html = html_of(page(site, "glossary/mmlu.md"))
    notes, _, rest = html.partition("In the highlights")
    assert "In the notes" in notes
    assert "<q>GPT passed <mark>MMLU</mark> &amp; more, they say." in notes
    assert "they say. <small" in notes.replace("\n", " ")
    assert "×2</small> <a" in notes
    assert '<a href="../a.md#part">Part</a> <q>Of <mark>it</mark>.</q>' in notes
    assert "They ran <mark>MMLU</mark>." in rest
    assert "4 mentions" in body_html(page(site, "glossary/index.md"))
    assert "Dans les passages surlignés" in html_of(page(site, "fr/glossary/mmlu.md"))


def test_a_formula_is_plain_text_where_a_term_is_used(kb: Build) -> None:
    site = kb({**TERMS, "notes/a.md": f"{ENGLISH}# A\n\nFrom $n \\times n$ scores of MMLU.\n"})
    assert "From n×n scores of <mark>MMLU</mark>." in after_html(page(site, "glossary/mmlu.md"))


def test_a_term_in_a_table_is_shown_with_its_row(kb: Build) -> None:
    table = "| Test | By |\n| --- | --- |\n| MMLU | *Ann*, 2020 |\n| Other | [it](../glossary/t.en.md#lora) |\n"
    site = kb({**TERMS, "notes/a.md": f"{ENGLISH}# A\n\n{table}"})
    assert "<q><mark>MMLU</mark> · Ann, 2020 <a" in after_html(page(site, "glossary/mmlu.md"))
    assert "<q>Other · <mark>it</mark> <a" in after_html(page(site, "glossary/lora.md"))


def test_a_translation_is_used_in_its_own_tree(kb: Build) -> None:
    site = kb({**TERMS, "notes/a.en.md": "# A\n\nMMLU in English.\n", "notes/a.fr.md": "# A\n\nMMLU en français.\n"})
    english, french = (html_of(page(site, f"{tree}glossary/mmlu.md")) for tree in ("", "fr/"))
    assert ("in English" in english, "en français" in english) == (True, False)
    assert ("in English" in french, "en français" in french) == (False, True)


def test_a_highlight_is_a_place_of_its_own() -> None:
    settings = Settings(addresses="sources")
    text = f"{ENGLISH}# B\n\nkind: x\n\n> MMLU is one.\n\n> MMLU is two.\n"
    documents = [read(each, settings) for each in sources({**TERMS, "notes/b.md": text}, settings)]
    quotes = [block for block in documents[-1].blocks if block.kind == "quote"]
    anchors = tuple(Anchor(f"h-{at}", "highlight", Span(each.start, each.end)) for at, each in enumerate(quotes))
    documents[-1] = replace(documents[-1], kind=Kind.SOURCE, anchors=(*documents[-1].anchors, *anchors))
    relations, _ = analyse(documents, settings)
    assert [(each.place, each.kind) for each in relations.mentions["notes/b.md"]] == [("h-0", "link"), ("h-1", "link")]
    shown = next(
        each
        for each in compose([Tree("en", relations.index)], relations, Renderer())
        if each.path == "glossary/mmlu.md"
    )
    assert "In the highlights" in html_of(shown)
    assert 'href="../b.md#h-1"' in html_of(shown)


# Properties --------------------------------------------------------------------------------------------------------------

pieces = st.sampled_from(
    ["MMLU", "LoRA adapter", "LoRA", "fine-tuning", " ", "\n", "*", "**", "`", "[", "](#x)", "é", "ﬁ", "e\u0301", "-",
     "_", "\\",
     "\n  ", "\n> ", "chain of", "thought",
     "&amp;", "<b>", "</b>", "|", "!", "(", ")", "x", "# ", "> ", "- ", "$", "{.a}", "\n\n", "\u00ad"]
)  # fmt: skip
written = st.lists(pieces, max_size=14).map("".join)


@given(written)
def test_a_mention_is_whole_words_in_running_text(text: str) -> None:
    body = f"{ENGLISH}# A\n\n{text}\n"
    for each in examined(body):
        if isinstance(each, Mention) and each.kind != "written":
            assert re.sub(r"\n[ >]*", " ", body[each.span.start : each.span.end]) == each.text
            assert not body[each.span.start - 1].isalnum()
            assert not body[each.span.end : each.span.end + 1].isalnum()


@given(written)
def test_every_mention_is_a_link_and_changes_no_word(text: str) -> None:
    body = f"{ENGLISH}# A\n\n{text}\n"
    with_links, without = (
        body_html(page(knowledge_base({**files, "notes/a.md": body}), "a.md")) for files in (TERMS, {})
    )
    assert re.sub(r"<[^>]*>|\s", "", with_links) == re.sub(r"<[^>]*>|\s", "", without)
    links = [each for each in examined(body) if isinstance(each, Mention) and each.kind == "link"]
    assert with_links.count('class="aikb-term"') == len(links)


def test_a_compound_has_the_forms_of_its_words() -> None:
    assert {"Chain-of-thought", "Chains of thought"} <= set(forms("Chain-of-thought", "en"))


@given(st.text("abcdeéçs -'’", min_size=1, max_size=20), st.sampled_from(["en", "fr"]))
def test_a_name_is_among_its_own_forms(name: str, lang: str) -> None:
    assert next(forms(name, lang)) == name


def test_the_order_of_files_changes_nothing(kb: Build) -> None:
    files = {**TERMS, "notes/a.md": SECTIONS, "notes/b.md": SECTIONS}
    assert kb(files).files == kb(dict(reversed(files.items()))).files
