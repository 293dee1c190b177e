"""What a query finds, and in which order; and that the browser's script finds the same."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rjsmin import jsmin

import aikb
from aikb.compose.search import index
from aikb.compose.search.files import Files
from aikb.compose.search.index import build_search
from aikb.compose.search.ranking import search
from aikb.compose.search.words import chunks
from aikb.settings import Settings
from conftest import CORPUS, Build, knowledge_base
from queries.judged import HERE, read_queries

SCRIPT = Path(aikb.__file__).parent / "theme" / "assets" / "aikb-search.js"
NOTES = {
    "notes/seasons.md": "# Seasons\n\nL’été revient chaque année.\n\nThe SAID index and the WHO report.\n",
    "notes/mots.md": "# Mots\n\nLe modèle de l’École est au cœur du débat. Schrödinger le dit.\n",
    "notes/calls.md": (
        "# Calls\n\n## `app:setTimeout(cb)`\n\nThe host-whitelist, check_tool_call, A-B, C++ and .NET, GPT-4o.\n"
    ),
    "notes/transformers.md": (
        "# Transformers\n\n## Attention\n\nA layer looks at every token. Bring your own model.\n\n"
        "## Pruning\n\nLayers are removed from a trained network.\n\n## Reward\n\nThe model is trained with rewards.\n"
    ),
    "notes/papers/rag.md": (
        "---\ntags: [search/dense, reading]\ndate: 2023-05-01\n---\n# Retrieval\n\nRetrieval augmented generation (RAG) "
        "reads documents first.\n\n## RAG in practice\n\nIt costs little.\n"
    ),
    "notes/hostile.md": "# Hostile\n\nThe `<img src=x onerror=alert(1)>` of a `<script>` canary.\n",
    "notes/rtl.md": "# שָׁלוֹם\n\nمرحبا 日本語\n",
    "glossary/t.md": "# Glossary\n\n## Fine-tuning\n\nTraining a model further on a small set of texts.\n",
    "glossary/t.fr.md": "# Glossaire\n\n## Affinage\n\nAlias : fine-tuning\n\nEntraîner un modèle sur peu de textes.\n",
}


@pytest.fixture(scope="module")
def files() -> Files:
    site = knowledge_base(NOTES)
    return Files(build_search(site.records, site.names, Settings()))


def pages(files: Files, query: str, lang: str = "en") -> list[str]:
    """The addresses of what is found, best first."""
    found = search(query, files, lang)
    rows = [files.record(hit.number) for hit in found.hits]
    return [f"{page[0]}#{record[1]}" if record[1] else page[0] for record, page in rows]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("été", "seasons/"),
        ("said", "seasons/"),
        ("who", "seasons/"),
        ("WHO report", "seasons/"),
        ("modele ecole", "mots/"),
        ("ecole", "mots/"),
        ("l'ecole", "mots/"),
        ("coeur", "mots/"),
        ("Schrodinger", "mots/"),
        ("host-whitelist", "calls/#appsettimeoutcb"),
        ("host whitelist", "calls/#appsettimeoutcb"),
        ("hostwhitelist", "calls/#appsettimeoutcb"),
        ("setTimeout", "calls/#appsettimeoutcb"),
        ("timeout", "calls/#appsettimeoutcb"),
        ("tool_call", "calls/#appsettimeoutcb"),
        ("A-B", "calls/#appsettimeoutcb"),
        ("C++", "calls/#appsettimeoutcb"),
        (".NET", "calls/#appsettimeoutcb"),
        ("gpt4o", "calls/#appsettimeoutcb"),
        ("𝗿𝗲𝘄𝗮𝗿𝗱", "transformers/#reward"),
        ("rewards", "transformers/#reward"),
        ("récompense", "transformers/#reward"),
        ("élagage des couches", "transformers/#pruning"),
        ("tranformers", "transformers/"),
        ("ransformers", "transformers/"),
        ("transfo", "transformers/"),
        ('"bring your own model"', "transformers/#attention"),
        ("“bring your own model”", "transformers/#attention"),
        ("« bring your own model »", "transformers/#attention"),
        ('"a layer looks"', "transformers/#attention"),
        ('"own model"', "transformers/#attention"),
        ("retrieval augmented generation", "papers/rag/"),
        ("what is the canary of the script", "hostile/"),
        ("onerror", "hostile/"),
        ("שלום", "rtl/"),
        ("日本", "rtl/"),
        ("tag:search", "papers/rag/"),
        ("tag:search/dense documents", "papers/rag/"),
        ("kind:term training", "glossary/fine-tuning/"),
        ("lang:fr modèle école", "mots/"),
    ],
)
def test_a_query_finds_first(files: Files, query: str, first: str) -> None:
    assert pages(files, query)[0] == first


def test_a_name_finds_what_is_called_otherwise(files: Files) -> None:
    assert "papers/rag/" in pages(files, "RAG")
    assert "papers/rag/#rag-in-practice" in pages(files, "retrieval augmented generation")


def test_the_rare_sense_of_a_word_is_not_worth_more_than_its_common_one(kb: Build) -> None:
    models = "".join(f"## Part {at}\n\nA model of part {at}.\n\n" for at in range(9))
    site = kb(
        {
            "notes/a.md": f"# A\n\n## Templates\n\nA form to fill, and a small word.\n\n## Small model\n\nIt is.\n\n{models}"
        }
    )
    files = Files(build_search(site.records, site.names, Settings()))
    assert pages(files, "petit modèle")[:2] == ["a/#small-model", "a/#templates"]


def test_first_letters_find_a_name_where_no_text_has_them_as_a_word(kb: Build) -> None:
    notes = {
        "notes/a.md": "# Climate\n\n## General Circulation Models\n\nThey model air.\n",
        "notes/b.md": "# Spheres\n\n## Low Earth Orbit\n\nHigh.\n\n## Leo the lion\n\nA roar.\n",
    }
    site = kb(notes)
    files = Files(build_search(site.records, site.names, Settings()))
    assert pages(files, "GCM")[0] == "a/#general-circulation-models"
    assert pages(files, "leo") == ["b/#leo-the-lion"]


@pytest.mark.parametrize(
    "query",
    ["retrievalaugmented", "largelanguage", "modelsanswer", "httpheader", "headerread", "useridentifier", "userid"],
)
def test_two_words_without_a_blank_find_both(kb: Build, query: str) -> None:
    notes = {
        "notes/a.md": "# A\n\nRetrieval augmented; large language models answer.\n\n"
        "`parseHttpHeader` reads `user_identifier`, `get_user_id`.\n",
        "notes/b.md": "# B\n\nA header of a letter, a large field, a language.\n",
    }
    site = kb(notes)
    assert pages(Files(build_search(site.records, site.names, Settings())), query)[0] == "a/"


def test_first_letters_find_what_the_word_list_names(kb: Build) -> None:
    site = kb(
        {
            "notes/a.md": "# Waves\n\nA convolutional network sees; quantum field theory.\n",
            "notes/b.md": "# B\n\nSea.\n",
        }
    )
    files = Files(build_search(site.records, site.names, Settings()))
    assert pages(files, "QFT")[0] == "a/"


@pytest.mark.parametrize("query", ["fine-tuning", "Fine tuning", "finetuning", "affinage", "what is fine-tuning?"])
def test_a_query_that_is_a_term_is_answered_in_both_languages(files: Files, query: str) -> None:
    answers = search(query, files).answers
    assert {files.langs[number] for number in answers} == {"en", "fr"}
    assert {files.record(number)[1][0] for number in answers} == {"glossary/fine-tuning/"}


@pytest.mark.parametrize("query", ["", " ", "???", "«»", '"', "lang:", "kind:zz", "tag:", "source:x", "lang:de sea"])
def test_a_query_of_nothing_finds_nothing(files: Files, query: str) -> None:
    assert search(query, files).hits == ()


def test_what_a_row_does_not_have_is_said(files: Files) -> None:
    hit = search("rewards xylophones", files).hits[0]
    assert hit.missing == ("xylophones",)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("ransformers", "b/"),
        ("rtansformers", "b/"),
        ("tarnsformers", "b/"),
        ("xtransformers", "b/"),
        ("sistillation", "c/"),
    ],
)
def test_a_typo_in_the_first_letters_is_forgiven_in_a_large_index(
    monkeypatch: pytest.MonkeyPatch, query: str, first: str
) -> None:
    monkeypatch.setattr(index, "_STEMS", 60)
    site = knowledge_base(
        {
            "notes/a.md": "# Sea\n\nRain and salt, tales of sirens, xylem and roots; rats, stars, tar.\n",
            "notes/b.md": "# Machines\n\nTransformers look at all.\n",
            "notes/c.md": "# Teachers\n\nA distillation of one into another.\n",
        }
    )
    assert pages(Files(index.build_search(site.records, site.names, Settings())), query)[0] == first


def test_where_nothing_is_found_the_nearest_words_are(files: Files) -> None:
    found = search("lxyzer", files)
    assert found.nearest[:1] == ("layers",)
    assert [hit.number for hit in found.hits[:1]] == [hit.number for hit in search("layers", files).hits[:1]]
    assert {hit.missing for hit in found.hits} == {("lxyzer",)}


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("amis", "friends"),  # a plural that is no stem of the word list
        ("apprentisage", "learning"),
        ("apprentisage profond", "deep"),
        ("éleves", "students"),
        ("livre", "books"),  # no misspelling of `live`
        ("moelle épinière", "cord"),
    ],
)
def test_a_word_of_the_other_language_is_found_though_misspelt(kb: Build, query: str, first: str) -> None:
    site = kb(
        {
            "notes/friends.md": "# Company\n\nFriends are made slowly.\n",
            "notes/learning.md": "# Learning\n\nWhat is learned.\n",
            "notes/deep.md": "# Networks\n\nDeep learning needs layers, deep ones. Deep learning.\n",
            "notes/students.md": "# Class\n\nStudents listen.\n",
            "notes/books.md": "# Shelf\n\nBooks stand.\n",
            "notes/live.md": "# Stage\n\nLive and live again, live. Lives.\n",
            "notes/cord.md": "# Body\n\nThe spinal cord is thin.\n",
        }
    )
    assert pages(Files(index.build_search(site.records, site.names, Settings())), query)[0] == f"{first}/"


def test_a_misspelling_is_found_in_the_files_around_its_own(kb: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "_STEMS", 60)
    words = "mabel macaw madam major maker mamba mango manor maple march mason match maxim mayor".split()
    site = kb({f"notes/{word}.md": f"# Note\n\nOf the {word}.\n" for word in words})
    files = Files(index.build_search(site.records, site.names, Settings()))
    assert files.at("mabma") != files.at("mamba")
    assert pages(files, "mabma")[0] == "mamba/"


def test_what_limits_leave_out_is_not_replaced(files: Files) -> None:
    assert search("layers kind:list", files).hits == search("lxyzer kind:list", files).hits == ()


@pytest.mark.parametrize("query", ["a", "q", "model " * 300, " ".join(f"w{at}" for at in range(300)), "x" * 5_000])
def test_no_query_is_too_short_or_too_long(files: Files, query: str) -> None:
    assert search(query, files).total >= 0


def test_the_readers_language_goes_before_equal_others(kb: Build) -> None:
    site = kb(
        {"notes/a.fr.md": "# Sel\n\nUn port de mer et vent.\n", "notes/b.md": "# Salt\n\nA port by the sea, wind.\n"}
    )
    found = Files(build_search(site.records, site.names, Settings()))
    assert [pages(found, "port", lang)[0] for lang in ("fr", "en")] == ["a/", "b/"]


def test_the_users_word_list_bridges_too(kb: Build) -> None:
    site = kb({"notes/a.md": "# Tides\n\nThe moon pulls the sea.\n"})
    found = Files(build_search(site.records, site.names, Settings(), [("flapchou", "moon")]))
    assert pages(found, "flapchou") == ["a/"]


BRIDGED = {
    "notes/chess.md": "# Games\n\nStockfish plays chess, and nobody wins a medal.\n",
    "notes/core.md": "# Parts\n\nThe core of it, two cores, logs and cached values; sorting a list.\n",
    "notes/korea.md": "# Asia\n\nKorea builds chips.\n",
    "notes/houses.md": "# Towns\n\nHousing is dear there.\n",
    "notes/lies.md": "# Detector\n\nThe model knows when it is lying.\n",
    "notes/roots.md": "# Roots\n\nEmergent skills; a transcript; capabilities; the proof was frozen.\n",
    "notes/rates.md": "# Rates\n\nLe taux d’apprentissage décroît. Un œil, des yeux.\n",
    "notes/other.md": "# Other\n\nThe learning of a language at any rate; the needle of a compass.\n",
    "notes/needle.md": "# Recall\n\nA needle in a haystack.\n",
    "notes/tree.md": "# Search\n\nMonte Carlo tree search is slow. The vision transformer sees.\n",
    "notes/fold.md": "# Proteins\n\nAlphaFold folds them.\n",
    "notes/robots.md": "# Machines\n\nRobotics and neuroscience, with transformations of prosthetic limbs.\n",
    "notes/code.md": "# Contests\n\nAlphaCode writes code.\n",
}


@pytest.fixture(scope="module")
def bridged() -> Files:
    site = knowledge_base(BRIDGED)
    return Files(build_search(site.records, site.names, Settings()))


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("échecs", "chess/"),
        ("jeu d'échecs", "chess/"),
        ("médaille", "chess/"),
        ("aiguille dans une botte de foin", "needle/"),
        ("learning rate", "rates/"),
        ("taux d’apprentissage", "rates/"),
        ("oeil", "rates/"),
        ("lie", "lies/"),
        ("lies", "lies/"),
        ("mensonge", "lies/"),
        ("emerging", "roots/"),
        ("emergence", "roots/"),
        ("transcription", "roots/"),
        ("capable", "roots/"),
        ("freeze", "roots/"),
        ("prove", "roots/"),
        ("MCTS", "tree/"),
        ("ViT", "tree/"),
        ("Corée", "korea/"),
        ("logement", "houses/"),
        ("logements", "houses/"),
        ("core", "core/"),
        ("log", "core/"),
        ("cache", "core/"),
        ("sort", "core/"),
        ("alphafodl", "fold/"),
        ("alphacdoe", "code/"),
        ("roboticien", "robots/"),
        ("roboticiennes", "robots/"),
        ("neuroscientifique", "robots/"),
        ("transformateur", "robots/"),
        ("prothétique", "robots/"),
        ("pourquoi de la médaille à Stockfish", "chess/"),
    ],
)
def test_words_that_no_rule_of_endings_joins_find_each_other(bridged: Files, query: str, first: str) -> None:
    assert pages(bridged, query)[0] == first


@pytest.mark.parametrize("query", ["core", "log", "cache", "sort", "alphafodl", "alphacdoe"])
def test_a_word_does_not_ask_for_what_another_of_its_stem_means(bridged: Files, query: str) -> None:
    assert len(pages(bridged, query)) == 1


def test_a_record_with_the_rare_word_comes_before_one_with_a_common_word(kb: Build) -> None:
    common = {f"notes/m{at}.md": f"# Human {at}\n\nA human among humans.\n" for at in range(10)}
    others = {f"notes/o{at}.md": f"# Other {at}\n\nSea and salt.\n" for at in range(30)}
    site = kb({**common, **others, "notes/brain.md": "# Recordings\n\nOf the brain itself, here.\n"})
    assert pages(Files(build_search(site.records, site.names, Settings())), "human brain")[0] == "brain/"


def test_small_words_of_a_question_are_not_missed(bridged: Files) -> None:
    for query in ("à quoi sert une médaille de Stockfish", "why should I prove it to you on a medal"):
        missing = {word for hit in search(query, bridged).hits for word in hit.missing}
        assert not missing & {"a", "de", "quoi", "une", "i", "to", "on", "why", "should"}


NODE = """
const { files, queries, texts, script } = JSON.parse(require("fs").readFileSync(0, "utf8"))
const loaded = { exports: {} }
new Function("module", script)(loaded)
const { Files, search, chunks } = loaded.exports
const index = new Files(async name => JSON.parse(files[`search/${name}.json`]))
const run = async () => {
  const found = []
  for (const [query, lang] of queries) {
    const { hits, total, answers, nearest } = await search(query, index, lang)
    found.push([hits.slice(0, 10).map(hit => [hit.number, hit.score, hit.missing]), total, answers, nearest])
  }
  const shown = each => [each.parts.map(word => [word.folded, word.stem]), each.whole?.folded ?? null]
  const cut = texts.map(text => chunks(text).map(shown))
  console.log(JSON.stringify({ found, cut }))
}
run()
"""


def in_node(files: dict[str, str], queries: list[tuple[str, str]], texts: list[str]) -> dict[str, list[object]]:
    """Run the browser's script in node, as it is published."""
    node = shutil.which("node")
    if not node:
        if os.environ.get("CI"):
            pytest.fail("no node in CI; .ci/run installs it")
        pytest.skip("no node on this machine (Debian: apt-get install nodejs)")
    script = jsmin(SCRIPT.read_text(encoding="utf-8"))
    given_to = json.dumps({"files": files, "queries": queries, "texts": texts, "script": script})
    result = subprocess.run([node, "-e", NODE], input=given_to, capture_output=True, text=True, check=True)
    return json.loads(result.stdout)


def in_python(files: Files, queries: list[tuple[str, str]]) -> list[object]:
    rows = []
    for query, lang in queries:
        found = search(query, files, lang)
        hits = [[hit.number, hit.score, list(hit.missing)] for hit in found.hits[:10]]
        rows.append([hits, found.total, list(found.answers), list(found.nearest)])
    return rows


def test_no_script_has_a_template_in_a_template() -> None:
    """The minifier drops blanks there."""
    for path in SCRIPT.parent.glob("*.js"):
        assert not re.search(r"\$\{[^}\n]*`", path.read_text(encoding="utf-8")), path.name


ODD = [
    *[
        "",
        "a",
        "???",
        "C++ .NET",
        "modle",
        "rnasformer",
        "trainedmodel",
        "lurayer",
        "WHO said",
        '"own model"',
        '"a layer looks"',
        "lang:fr modèle",
        "kind:h",
    ],
    *["tag:search", "source:x y", "שלום", "日本語", "<img onerror>", "x" * 200],
    " ".join(f"w{at} model" for at in range(200)),
]


def test_the_script_finds_what_python_finds() -> None:
    site = knowledge_base(NOTES)
    files = build_search(site.records, site.names, Settings())
    queries = [
        (query, lang) for query in [*ODD, "fine-tuning", "élagage", "rewards of layers"] for lang in ("en", "fr")
    ]
    assert in_node(files, queries, [])["found"] == in_python(Files(files), queries)
    site = knowledge_base(BRIDGED)
    files = build_search(site.records, site.names, Settings())
    queries = [
        (query, lang)
        for query in ["Corée", "roboticien", "prothétique", "lie", "learning rate", "jeu d'échecs", "MCTS"]
        for lang in ("en", "fr")
    ]
    assert in_node(files, queries, [])["found"] == in_python(Files(files), queries)


def own_queries() -> list[str]:
    """List the queries of the bench that ask the seeds."""
    return [query.text for path in sorted(HERE.glob("seeds*.tsv")) for query in read_queries(path)]


def test_the_script_finds_what_python_finds_in_the_corpus(corpus: Path) -> None:
    notes = {f"notes/{path.name}": path.read_text(encoding="utf-8") for path in sorted((corpus / "seeds").glob("*.md"))}
    site = knowledge_base(notes)
    files = build_search(site.records, site.names, Settings())
    sample = json.loads((CORPUS.parent / "search-queries.json").read_text(encoding="utf-8"))["queries"]
    queries = [(each["query"], "en") for each in sample] + [(query, "fr") for query in ODD]
    queries += [(query, "en") for query in own_queries()]
    assert in_node(files, queries, [])["found"] == in_python(Files(files), queries)


ANY = st.characters(exclude_categories=["Cs", "Cn", "Co"])
"""What this Python's Unicode knows; node's may be newer."""


@given(st.lists(st.text(ANY, max_size=60), min_size=40, max_size=40))
@settings(max_examples=10)
def test_the_script_cuts_any_text_as_python_does(texts: list[str]) -> None:
    cut = [
        [
            [[[word.folded, word.stem] for word in each.parts], each.whole.folded if each.whole else None]
            for each in chunks(text)
        ]
        for text in texts
    ]
    assert in_node({}, [], texts)["cut"] == cut


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("10^6", "power/"),
        ("o1-preview", "o1/"),
        ("o1 preview", "o1/"),
        ("o1preview", "o1/"),
        ("http header", "o1/"),
        ("C++", "languages/"),
        (".NET", "languages/"),
        ("word " * 300 + "o1-preview", "o1/"),
    ],
)
def test_a_name_with_signs_or_digits_comes_before_its_loose_parts(query: str, first: str) -> None:
    site = knowledge_base(
        {
            "notes/power.md": "# Powers\n\nA run needs 10^6 steps.\n",
            "notes/o1.md": "# Models\n\nThe o1-preview model thinks first; parseHttpHeader reads it.\n",
            "notes/other.md": "# Other\n\nThe 10 models, 6 previews and the o2 model. C and NET.\n",
            "notes/languages.md": "# Languages\n\nC++ and .NET and F#.\n",
        }
    )
    assert pages(Files(build_search(site.records, site.names, Settings())), query)[0] == first
