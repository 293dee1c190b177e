"""Which language a block is taken for, and how a page says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from aikb.cli.main import main
from aikb.model.source import Source
from aikb.read.document import parse
from aikb.read.language.blocks import Reading, read_languages
from aikb.relate.works import merge_works
from aikb.settings import Settings
from aikb.text.typography import typeset
from conftest import Build, before_html, body_html, document, knowledge_base, lines, page, shown

EN = "The sea rises and falls twice a day, and the shore lives with it."
FR = "La mer monte et descend deux fois par jour, et le rivage la suit."
BOTH = ("en", "fr")


def reading(text: str, given: str = "", languages: tuple[str, ...] = BOTH) -> Reading:
    return read_languages(document(text).blocks, text, languages, given)


def decided(text: str, given: str = "") -> list[tuple[str, str]]:
    """The language and the reason of each block."""
    return [(block.lang, block.reason) for block in reading(text, given).blocks]


def spoken(text: str, **settings: object) -> BeautifulSoup:
    """The body of one note, to ask who speaks which language."""
    site = knowledge_base({"notes/a.md": text}, **settings)
    return BeautifulSoup(f'<main lang="{page(site, "a.md").lang}">{body_html(page(site, "a.md"))}</main>', "lxml")


def lang_of(soup: BeautifulSoup, words: str) -> str:
    """The language that a screen reader would read some words in."""
    text = soup.find(string=lambda string: string is not None and words in string)
    assert text is not None
    return str(text.find_parent(lang=True)["lang"])


# Detection -----------------------------------------------------------------------------------------------------------


def test_a_page_is_in_the_language_of_most_of_its_words() -> None:
    assert reading(f"{EN}\n\n{EN}\n\n{FR}\n").lang == "en"
    assert reading(f"{FR}\n\n{FR}\n\n{EN}\n").lang == "fr"
    assert reading("# 2024\n").lang == "en"
    assert reading("", languages=("fr", "en")).lang == "fr"


def test_one_long_quotation_does_not_make_a_page() -> None:
    assert reading(f"{EN}\n\n{EN}\n\n> {' '.join([FR] * 9)}\n").lang == "en"


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Inflection models are cheaper than transformers", "en"),
        ("Attention is all you need", "en"),
        ("But where is the revenue?", "en"),
        ("Caractéristiques principales du modèle", "fr"),
        ("Exemples d’application des deux méthodes", "fr"),
        ("ﬁnding the eﬃcient way to the shore", "en"),
        ("Voir `the quick brown fox of the year` pour la suite de cette note", "fr"),
        ("Dans [ce papier](https://example.org/the-art-of-the), il est dit que oui", "fr"),
    ],
)
def test_words_decide(text: str, lang: str) -> None:
    other = EN if lang == "fr" else FR
    blocks = reading(f"{text}\n\n# A\n\n{other}\n\n{other}\n").blocks
    assert blocks[0].lang == lang
    assert blocks[0].certainty > 0.8


@pytest.mark.parametrize(
    "text", ["LoRA", "GPT-4o", "https://example.org/le/la/les", "42", "`le la les des`", "$le la les$", "Meta Pivot"]
)
def test_names_code_numbers_and_addresses_decide_nothing(text: str) -> None:
    assert decided(f"# A\n\n{EN}\n\n{text}\n\n{EN}\n")[2] == ("en", "neighbours")
    assert decided(f"# A\n\n{FR}\n\n{text}\n\n{FR}\n")[2] == ("fr", "neighbours")


def test_what_is_unclear_follows_what_stands_beside_it() -> None:
    assert decided(f"# A\n\n{EN}\n\n{EN}\n\nLoRA\n\n{EN}\n")[3] == ("en", "neighbours")
    assert decided(f"# A\n\n{FR}\n\n# B\n\nLoRA\n\n# C\n\n{FR}\n")[3] == ("fr", "neighbours")
    assert decided("LoRA\n") == [("en", "page")]


def test_letters_and_elisions_of_one_language_tell() -> None:
    around = f"{EN}\n\n{{}}\n\n{EN}\n"
    for text in ("marée basse", "Où loger", "l'usage", "D’abord finir", "ÉTALE DE MARÉE"):
        assert decided(around.format(text))[1][0] == "fr", text
    for text in ("café", "A résumé", "naïve clichés", "Zoë", "D'Arcy", "O'Neill"):
        assert decided(around.format(text))[1][0] == "en", text


def test_a_page_that_changes_at_every_block_is_expected_to() -> None:
    text = f"{EN}\n\n{FR}\n\n" * 4
    assert reading(text).keep == 0.5
    assert reading(f"{text}Thank you very much.\n\nMerci beaucoup.\n").blocks[-1].lang == "fr"
    assert reading(f"{EN}\n\n" * 40).keep == 0.96


def test_headings_in_one_language_over_text_in_the_other() -> None:
    text = "".join(
        f"## {title}\n\n{EN}\n\n" for title in ("Résumé", "Idées principales", "Ce que j'en pense", "À relire")
    )
    assert {block.lang for block in reading(text).blocks if block.heading} == {"fr"}


def test_a_third_language_is_told() -> None:
    german = "Gestern haben wir den ganzen Tag am Fenster gesessen und auf den ersten Schnee gewartet."
    assert decided(f"{EN}\n\n{german}\n\n{FR}\n") == [("en", "articles"), ("de", "foreign"), ("fr", "articles")]
    assert decided(f"{EN}\n\nСегодня мы весь день сидели у окна и ждали снега.\n\n{EN}\n")[1] == ("ru", "foreign")
    assert {
        lang for lang, _ in decided(f"{EN}\n\nThe book Der Weg und das Ziel is not on the list of new books.\n")
    } == {"en"}


def test_few_words_of_a_heading_are_enough_where_an_article_and_the_model_agree() -> None:
    text = f"# Tides\n\n{EN}\n\n{EN}\n\n{EN}\n\n"
    soup = spoken(f"{text}## 87 Laplace model of tides\n\n{FR}\n\n## 88 Kelvin Laplace\n\n{FR}\n")
    assert lang_of(soup, "model of") == "en"
    assert lang_of(soup, "Kelvin") == "fr"


def test_a_heading_follows_its_own_words_when_they_are_clear_else_its_text() -> None:
    blocks = reading(
        f"## The models that were built for phones\n\n{FR}\n\n## Avantages\n\n{FR}\n\n## LoRA\n\n{EN}\n"
    ).blocks
    assert [(block.lang, block.reason) for block in blocks if block.heading] == [
        ("en", "articles"),
        ("fr", "headings"),
        ("en", "headings"),
    ]


def test_a_language_that_the_site_does_not_have_is_the_authors_word(kb: Build) -> None:
    site = kb({"notes/a.md": "---\nlang: de\n---\n# A\n\nLoRA und mehr.\n"})
    assert lines(site) == []
    assert {block.lang for block in reading("# A\n\nLoRA\n", "").blocks} == {"en"}
    assert document("---\nlang: de\n---\n# A\n\nLoRA und mehr.\n").passages[0].lang == "de"
    assert lines(kb({"notes/a.md": f"---\nlang: klingon\n---\n# A\n\n{EN}\n"})) == [
        (
            "notes/a.md:1:1: warning: locale-ambiguous: its front matter says “klingon”, which is no language of this site; "
            "it counts as “en”"
        )
    ]
    assert lines(kb({"notes/a.md": f"---\nlang: en-GB\nlanguage: python\n---\n# A\n\n{EN}\n"})) == []
    assert lines(kb({"notes/a.md": f"---\nlanguage: python\n---\n# A\n\n{EN}\n"})) == []


def test_a_few_foreign_words_need_no_language_of_their_own() -> None:
    text = "\n".join(f"- {name}" for name in ("Jasper Chat", "ai infra landscape", "ellieai.com", "Unique content"))
    assert {block.lang for block in reading(f"{EN}\n\n{EN}\n\n{text}\n").blocks} == {"en"}


# LNG-01 of the fault corpus
def test_a_note_with_much_of_both_is_mixed() -> None:
    assert reading(f"{EN}\n\n{FR}\n").mixed == "fr"
    assert reading(f"{EN}\n\n{EN}\n\n{EN}\n\n{EN}\n\n{FR}\n").mixed == ""


def test_a_page_of_few_words_is_judged_as_a_whole() -> None:
    assert reading("# Marées\n\nLa mer.\n\n- Le sel\n- Été\n").lang == "fr"


def test_a_language_that_the_model_does_not_know_is_never_detected() -> None:
    assert reading(f"{FR}\n", languages=("fr", "tlh")).lang == "fr"
    assert reading(f"{EN}\n", languages=("tlh", "tlx")).lang == "tlh"


def test_a_very_long_word_is_no_matter() -> None:
    assert reading(f"{'a' * 500_000}. b\n\n{FR}\n\n{FR}\n").lang == "fr"


def test_a_site_of_one_language_has_nothing_to_detect() -> None:
    assert reading(f"{FR}\n\n{FR}\n", languages=("fr",)) == Reading("fr", (), "")


def test_a_site_of_one_language_marks_what_is_surely_in_another() -> None:
    read = reading(f"{FR}\n\n{EN}\n\n## Fair use\n\n{FR}\n", languages=("fr",))
    assert (read.lang, [block.lang for block in read.blocks]) == ("fr", ["fr", "en", "fr", "fr"])


# What the author says ------------------------------------------------------------------------------------------------


def test_front_matter_settles_the_page() -> None:
    note = document(f"---\nlang: fr\n---\n{EN}\n")
    assert (note.lang, note.marked) == ("fr", True)
    assert [passage.lang for passage in note.passages] == ["en"]


@pytest.mark.parametrize("said", ["Un LoRA\n{: lang=fr }", "Un LoRA\n{: .x lang='fr' }"])
def test_an_attribute_list_settles_its_block(said: str) -> None:
    assert decided(f"{EN}\n\n{said}\n\n{EN}\n")[1] == ("fr", "said")


def test_a_comment_settles_the_next_block() -> None:
    assert decided(f"{EN}\n\n<!-- lang: fr -->\n\nLoRA\n\n{EN}\n\nGPT\n\n{EN}\n")[1:4] == [
        ("fr", "said"),
        ("en", "articles"),
        ("en", "neighbours"),
    ]


def test_a_comment_before_a_heading_settles_the_section() -> None:
    text = f"{EN}\n\n<!-- lang: fr -->\n\n## LoRA\n\n{EN}\n\n### GPT\n\n- {EN}\n\n## After\n\n{EN}\n"
    assert [lang for lang, _ in decided(text)] == ["en", "fr", "fr", "fr", "fr", "en", "en"]


def test_a_language_of_neither_tree_can_be_said() -> None:
    html = spoken(f"{EN}\n\n{EN}\n\n<!-- lang: de -->\n\nDas Meer steigt und fällt zweimal am Tag.\n")
    assert lang_of(html, "Das Meer") == "de"


# Marking -------------------------------------------------------------------------------------------------------------

PIECES = {
    "paragraph": "{}",
    "heading": "## {}",
    "quote": "> {}",
    "list": "- {}\n- {}",
    "loose": "- {}\n\n  {}\n\n- {}",
    "nested": "1. {}\n   - {}\n   - {}",
    "table": "| A | B |\n| --- | --- |\n| {} | {} |",
    "alert": "> [!NOTE]\n> {}",
    "footnote": "LoRA[^1].\n\n[^1]: {}",
    "details": '??? note "N"\n\n    {}',
}


@pytest.mark.parametrize("kind", PIECES)
def test_every_kind_of_block_carries_its_language(kind: str) -> None:
    foreign = PIECES[kind].replace("{}", FR)
    html = spoken(f"{EN}\n\n{EN}\n\n{EN}\n\n{EN}\n\n{EN}\n\n{foreign}\n\nThis is the end of it, and of the note.\n")
    assert lang_of(html, "La mer monte") == "fr"
    assert lang_of(html, "The sea rises") == "en"
    assert lang_of(html, "This is the end") == "en"


def test_an_item_in_the_other_language_is_marked_alone() -> None:
    html = spoken(f"{EN}\n\n- {EN}\n- {FR}\n\n  {FR}\n- {EN}\n")
    assert [lang_of(item, "s") for item in html.select("li")] == ["en", "fr", "en"]
    assert len(html.select("li [lang=fr]")) == 2


def test_a_run_of_blocks_is_wrapped_once() -> None:
    assert shown(f"{EN}\n\n{EN}\n\n{EN}\n\n{FR}\n\n> {FR}\n").count("lang=") == 1


def test_a_wrapper_has_no_class_and_headings_stay_outside() -> None:
    html = spoken(f"{EN}\n\n{EN}\n\n{EN}\n\n{EN}\n\n{FR}\n\n## {FR}\n\n{FR}\n")
    assert html.select("div[lang] h2") == []
    assert html.select_one("h2")["lang"] == "fr"
    assert [wrapper.attrs for wrapper in html.select("div[lang]")] == [{"lang": "fr"}] * 2


def test_markup_of_the_authors_own_is_not_cut_in_two() -> None:
    html = spoken(f"{EN}\n\n{EN}\n\n{EN}\n\n<details>\n<summary>S</summary>\n\n{FR}\n\n</details>\n\n{FR}\n")
    assert html.select_one("details > div[lang=fr] > p") is not None
    assert html.select_one("main > div[lang=fr] > p") is not None


BLOCKS = st.lists(st.tuples(st.sampled_from(sorted(PIECES)), st.sampled_from([EN, FR])), min_size=1, max_size=6)


@given(blocks=BLOCKS)
def test_marking_changes_nothing_else(blocks: list[tuple[str, str]]) -> None:
    pieces = [PIECES[kind].replace("{}", text).replace("^1", f"^{at}") for at, (kind, text) in enumerate(blocks)]
    text = "# T\n\n" + "\n\n".join(pieces) + "\n"
    plain = spoken(text, languages=("en",))
    html = spoken(text)
    for wrapper in html.select("main div[lang], main span[lang]") + plain.select("main div[lang], main span[lang]"):
        wrapper.unwrap()
    for title in html.select(".admonition-title") + plain.select(".admonition-title"):
        title.decompose()  # in the language of the page
    for heading in html.select("[lang]") + plain.select("[lang]"):
        del heading["lang"]
    html.smooth()
    plain.smooth()

    def words(soup: BeautifulSoup) -> list[str]:
        return [str(element.name) + " ".join(element.get_text().split()) for element in soup.select("main *")]

    assert words(html) == words(plain)


@given(blocks=BLOCKS)
def test_a_screen_reader_meets_every_text_in_its_language(blocks: list[tuple[str, str]]) -> None:
    pieces = [PIECES[kind].replace("{}", text).replace("^1", f"^{at}") for at, (kind, text) in enumerate(blocks)]
    html = spoken("# T\n\n" + "\n\n".join(pieces) + "\n")
    for text, lang in ((EN, "en"), (FR, "fr")):
        if any(text == each for _, each in blocks):
            assert lang_of(html, text[:12]) == lang


def test_a_term_is_in_the_language_of_its_definition() -> None:
    note = document(f"{EN}\n\n{EN}\n\n{EN}\n\n# Glossaire\n\n## LoRA\n\n{FR}\n\n## RAG\n\n{EN}\n")
    assert [(term.label, term.lang) for term in note.terms] == [("LoRA", "fr"), ("RAG", "en")]


def test_a_definition_in_a_language_of_neither_tree_is_shown_with_the_pages(kb: Build) -> None:
    site = kb({"notes/a.md": f"{EN}\n\n# Glossary\n\n## Watt\n\nEine Fläche am Meer.\n{{: lang=de }}\n"})
    assert "Eine Fläche" in body_html(page(site, "glossary/index.md"))


# Notices -------------------------------------------------------------------------------------------------------------


def test_a_mixed_note_says_so_in_the_readers_language(kb: Build) -> None:
    site = kb({"notes/a.md": f"# A\n\n{EN}\n\n{FR}\n"})
    assert "English, with parts in French" in before_html(page(site, "a.md"))
    assert "Ce texte est en anglais, avec des passages en français." in before_html(page(site, "fr/a.md"))


# French typography ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Quoi ?", "Quoi\u202f?"),
        ("Quoi? Non!", "Quoi\u202f? Non\u202f!"),
        ("Deux : un ; trois", "Deux\u202f: un\u202f; trois"),
        ("« bonjour »", "«\u202fbonjour\u202f»"),
        ("«bonjour»", "«\u202fbonjour\u202f»"),
        ("à 12:30, ou a?b", "à 12:30, ou a?b"),
        ("Ah\u00a0!", "Ah\u202f!"),
        ("fini", "fini"),
    ],
)
def test_french_punctuation(written: str, expected: str) -> None:
    assert typeset(written, "fr") == expected
    assert typeset(expected, "fr") == expected
    assert typeset(written, "en") == written


def test_punctuation_is_set_only_where_a_setting_asks_and_in_french_only() -> None:
    text = f"{EN} Really?\n\n{EN}\n\n{EN}\n\n{FR} Vraiment ?\n\n`code ?`\n"
    assert "Vraiment ?" in spoken(text).get_text()
    html = spoken(text, typography=True).get_text()
    assert "Vraiment\u202f?" in html
    assert "Really?" in html
    assert "code ?" in html


# The command and real notes --------------------------------------------------------------------------------------------


def test_the_command_says_what_was_decided_and_why(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"# The tides of the sea\n\n{FR}\n\n- LoRA\n\n{EN}\n\n{EN}\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["language", str(tmp_path / "a.md")])
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].endswith("a.md: en, by most of its words")
    assert [line.split()[:4] for line in lines[4:7]] == [
        ["1", "heading", "6", "en"],
        ["3", "paragraph", "14", "fr*"],
        ["5", "item", "0", "en"],
    ]


def test_the_command_speaks_of_files_it_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\0\0")
    result = CliRunner().invoke(main, ["language", str(tmp_path / "a.md")])
    assert (result.exit_code, "is no text" in result.stderr) == (2, True)


@pytest.mark.parametrize("name", ["llm.md", "readwise-state-of-ai-2024.md", "posts.md"])
def test_english_notes_have_no_french_in_them(corpus: Path, name: str) -> None:
    settings = Settings()
    source = Source(f"notes/{name}", (corpus / "seeds" / name).read_text(encoding="utf-8"))
    ((note,), _) = merge_works([parse(source, settings)], settings)
    assert (note.lang, note.passages) == ("en", ())


def test_many_english_notes_raise_no_false_alarm(corpus: Path) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted((corpus / "ai-notes").rglob("*.md"))]
    assert [note.passages for note in map(document, texts) if note.lang != "en" or note.passages] == []


FRENCH_LINES = {
    int(line)
    for line in (
        "56 57 90 92 145 177 190 198 258 283 285 289 291 295 299 302 305 306 307 308 309 312 313 317 318 320 321 322 323 324 "
        "327 328 329 335 345 346 348 352 354 357 360"
    ).split()
}
"""Where the blocks of the user's own note begin that are in French and have more than four words, by eye."""


def test_slides_in_english_with_explanations_in_french(corpus: Path) -> None:
    text = (corpus / "seeds" / "state-of-ai.md").read_text(encoding="utf-8")
    settings = Settings()
    blocks = read_languages(document(text).blocks, text, settings.languages).blocks
    french = {text[: block.node.start].count("\n") + 1 for block in blocks if block.lang == "fr" and block.words > 4}
    assert french == FRENCH_LINES


@pytest.mark.parametrize(
    ("lang", "block"),
    [
        ("de", "Wer reitet so spät durch Nacht und Wind? Es ist der Vater mit seinem Kind."),
        ("de", "Ich weiß nicht, was soll es bedeuten, daß ich so traurig bin; das ist mir nicht klar."),
        ("es", "Caminante, son tus huellas el camino y nada más; caminante, no hay camino, se hace camino al andar."),
        ("es", "La vida no es la que uno vivió, sino la que uno recuerda y cómo la recuerda para contarla."),
        ("it", "Nel mezzo del cammin di nostra vita mi ritrovai per una selva oscura."),
        ("pt", "O poeta é um fingidor, finge tão completamente que chega a fingir que é dor."),
        ("nl", "Het is niet alles goud wat er blinkt, maar deze ring is van mijn moeder en ook van mij."),
        ("sv", "Det var en gång en liten flicka som inte ville sova, och hon hade en katt."),
        ("en", "The German word und stands in the title of it, and so does der, which is an article."),
        ("fr", "Le mot allemand und est dans le titre, et der aussi, qui est un article."),
        ("en", "Das Kapital was read in this class for years, and it was in the library."),
        ("fr", "On dit que la dolce vita est un art, et que c'est pour cela qu'ils la filment."),
    ],
)
def test_a_block_in_a_language_of_another_site_is_known(lang: str, block: str) -> None:
    text = f"# Notes\n\nThese are the notes that I took in the class.\n\n{block}\n\nAnd this is what I made of them.\n"
    read = read_languages(document(text).blocks, text, ("en", "fr"))
    assert read.blocks[2].lang == lang


@pytest.mark.parametrize(
    "heading", ["Summary", "Action items", "Open questions:", "3. Next steps", "**Key takeaways**"]
)
def test_a_heading_of_a_template_keeps_its_language(heading: str) -> None:
    text = f"# Réunion\n\n## {heading}\n\nLa réunion a surtout porté sur le calendrier, et sur ce qu'il en reste.\n"
    assert read_languages(document(text).blocks, text, ("en", "fr")).blocks[1].lang == "en"
