"""Which words of a glossary are terms, and which are not, in the shapes that people write."""

from __future__ import annotations

import pytest

from conftest import document

DL = "<dl>\n<dt>Tide</dt>\n<dd>The sea rises.</dd>\n<dt>Ebb</dt>\n<dd>It falls.</dd>\n</dl>"
BOTH = ["Tide", "Ebb"]
TERMS = {
    # bold words and what follows them
    "an arrow": ("- **Tide** → the sea rises\n- **Ebb** → it falls", BOTH),
    "an equals sign": ("- Tide = the sea rises\n- Ebb = it falls", BOTH),
    "two hyphens": ("**Tide** -- the sea rises.\n\n**Ebb** -- it falls.", BOTH),
    "a colon and the next line": ("**Tide**:\nThe sea rises.\n\n**Ebb**:\nIt falls.", BOTH),
    "lines of one paragraph": ("**Tide**: the sea rises.\n**Ebb**: it falls.", BOTH),
    "plain lines of one paragraph": ("Tide: the sea rises.\nEbb: it falls.", BOTH),
    "plain paragraphs": ("Words of the sea.\n\nTide: the sea rises.\n\nEbb: it falls.", BOTH),
    "plain items with a full form": (
        "- SDU (Service Data Unit): a packet\n- PDU (Protocol Data Unit): another",
        ["SDU", "PDU"],
    ),
    "a subject": ("**Tide** is the rise of the sea.\n\n**Ebb** means that it falls.", BOTH),
    "a subject in an item": ("- **Tide** is the rise of the sea.\n- **Ebb** is its fall.", BOTH),
    "a hard break": ("**Tide**  \nThe sea rises.\n\n**Ebb**  \nIt falls.", BOTH),
    "bold lines over lists": ("**Tide**\n- it rises\n- twice a day\n\n**Ebb**\n- it falls", BOTH),
    "bold lines over quotes": ("**Tide**\n\n> The sea rises.\n\n**Ebb**\n\n> It falls.", BOTH),
    "bold lines as categories": (
        "**Rising**\n\n- **Tide**: up\n- **Flood**: up\n\n**Falling**\n\n- **Ebb**: down\n- **Neap**: less",
        ["Tide", "Flood", "Ebb", "Neap"],
    ),
    "items over lists": ("- **Tide**\n  - the sea rises\n- **Ebb**\n  - it falls", BOTH),
    "items that sort": ("- T\n  - **Tide**: up\n- E\n  - **Ebb**: down", BOTH),
    "items of words as categories": (
        "- **Water**\n  - **Tide**: up\n  - **Ebb**: down\n- **Land**\n  - **Dune**: sand\n  - **Reef**: stone",
        ["Tide", "Ebb", "Dune", "Reef"],
    ),
    "code": ("- `tide` — the sea rises\n- `ebb` — it falls", ["tide", "ebb"]),
    "identifiers": ("- **Tide_Table**: a list\n- **Ebb_Time**: an hour", ["Tide_Table", "Ebb_Time"]),
    "bullets under a definition": (
        "**Tide** *(noun)*\n: The sea rises.\n- Preferred: tide\n- See also: ebb\n\n**Ebb** *(noun)*\n: It falls.",
        BOTH,
    ),
    # headings
    "letters": ("## T\n\n### Tide\n\nUp.\n\n[Top](#g)\n\n## E\n\n### Ebb\n\nDown.", BOTH),
    "an empty letter": ("## T\n\n### Tide\n\nUp.\n\n## X\n\n[Top](#g)\n\n## E\n\n### Ebb\n\nDown.", BOTH),
    "ranges of letters": ("## A-M {#a}\n\n**Ebb**\n\nDown.\n\n## N – Z\n\n**Tide**\n\nUp.", ["Ebb", "Tide"]),
    "letters with words": ("## Letter T\n\n- **Tide**: up\n\n## Lettre E\n\n- **Ebb**: down", BOTH),
    "categories with a line each": (
        "## Up\n\nWhat rises.\n\n### Tide\n\nx\n\n### Flood\n\ny\n\n## Down\n\nWhat falls.\n\n### Ebb\n\nx\n\n### Neap\n\ny",
        ["Tide", "Flood", "Ebb", "Neap"],
    ),
    "a category of one": (
        "## Up\n\n- **Tide**: x\n- **Flood**: y\n\n## Down\n\n- **Ebb**: z",
        ["Tide", "Flood", "Ebb"],
    ),
    "a part that has the terms": ("## How to read\n\nSlowly.\n\n## Terms\n\n### Tide\n\nx\n\n### Ebb\n\ny", BOTH),
    "acronyms beside terms": (
        "## Terms\n\n- **Tide**: up\n\n## Acronyms\n\n| Acronym | Full form |\n| - | - |\n| LW | Low water |",
        ["Tide", "LW"],
    ),
    "what stands around": ("## Introduction\n\nx\n\n## Tide\n\ny\n\n## Ebb\n\nz\n\n## References\n\nw", BOTH),
    "what stands around in bold": (
        "**Version:** 2\n**Last updated:** May\n\n- **Tide**: up\n- **Ebb**: down\n\n## Changelog\n\n- **2024-01-02**: first",
        BOTH,
    ),
    "links as headings": ("## [Tide](t.md)\n\nx\n\n## <a name='e'></a>Ebb\n\ny", BOTH),
    "a class of words": ("## Tide (n.)\n\nx\n\n## to ebb, v.\n\ny", ["Tide", "to ebb"]),
    # tables
    "a table with numbers": ("| # | Term | Meaning |\n| - | - | - |\n| 1 | Tide | up |\n| 2 | Ebb | down |", BOTH),
    "a table with categories": (
        "| Catégorie | Terme | Définition |\n| - | - | - |\n| Mer | Tide | up |\n| Mer | Ebb | down |",
        BOTH,
    ),
    "a table of names": ("| Name | Description |\n| - | - |\n| Tide | up |\n| Ebb | down |", BOTH),
    "a table with a longer head": (
        "| Correct use of term | Meaning here |\n| - | - |\n| Tide | up |\n| Ebb | down |",
        BOTH,
    ),
    "a table of two kinds": ("| Sigle/Terme | Définition |\n| - | - |\n| Tide | up |\n| Ebb | down |", BOTH),
    "a table without heads": ("| | |\n| - | - |\n| **Tide** | up |\n| **Ebb** | down |", BOTH),
    "a table with the definition first": ("| Definition | Term |\n| - | - |\n| up | Tide |\n| down | Ebb |", BOTH),
    "a table of words to use": ("| Use this | Not this |\n| - | - |\n| tide | wave |", []),
    "a table of severities": ("| Severity | Meaning |\n| - | - |\n| error | broken |", []),
    "a table under a category with a line": (
        (
            "## Sea\n\nWhat moves.\n\n| Term | Meaning |\n| - | - |\n| Tide | up |\n| Ebb | down |\n\n## Land\n\nStands.\n\n"
            "| Term | Meaning |\n| - | - |\n| Dune | sand |"
        ),
        ["Tide", "Ebb", "Dune"],
    ),
    "breaks in a cell": ("| Term | Meaning |\n| - | - |\n| **Tide**<br>(rise) | up |\n| Ebb<br/>fall | down |", BOTH),
    "a table of translations": (
        "| Français | Traduction anglaise |\n| - | - |\n| Marée | tide |\n| Jusant | ebb |",
        ["Marée", "Jusant"],
    ),
    "abbreviations with dots": (
        "approx.: approximately\ndept.: department\ne.g.: for example",
        ["approx.", "dept.", "e.g."],
    ),
    "classes of words": (
        "**tide** (noun): up\n\n**to ebb** (v.): down\n\n**neap** (adj., old): low",
        ["tide", "to ebb", "neap"],
    ),
    "headings with a colon": ("#### Tide:\n\nUp.\n\n#### Ebb :\n\nDown.", BOTH),
    "definitions in a list inside": ("- Tide\n  - : The sea rises.\n- Ebb\n  - : It falls.\n  - : It ends.", BOTH),
    "two names in code": ("- `tide` and `flood` — up\n- `ebb` — down", ["tide", "ebb"]),
    "two names in bold": ("**Tide** or **flood**: up.\n\n**Ebb**: down.", BOTH),
    "plurals": (
        "## Tide(s)\n\nUp.\n\n## Index (pl. indices)\n\nA list.\n\n## Matrix, matrices\n\nRows.",
        ["Tide", "Index", "Matrix"],
    ),
    "quotation marks": ('**"Tide"** means the sea.\n\n**« Ebb »** : it falls.', BOTH),
    # raw HTML and abbreviations
    "a list of definitions": (DL, BOTH),
    "folds": (
        "<details>\n<summary>Tide</summary>\n\nUp.\n\n</details>\n\n<details><summary><b>Ebb</b></summary>Down.</details>",
        BOTH,
    ),
    "abbreviations": ("*[LW]: Low water\n*[HW]: High water", ["LW", "HW"]),
    "hidden folds": ("<details hidden>\n<summary>Tide</summary>\n\nUp.\n\n</details>", []),
    # no terms
    "questions": ("**What is a tide?**\n\nUp.\n\n**How long is an ebb?**\n\nLong.", []),
    "sentences in bold": ("**Read this first.** It matters.\n\n**Then go on.** It does too.", []),
    "one bold line": ("**Tide tables**\n\nAre printed.", []),
    "one plain line": ("Warning: the words are few.", []),
}


@pytest.mark.parametrize(("text", "expected"), TERMS.values(), ids=TERMS)
def test_a_glossary_is_read_in_the_shape_its_author_chose(text: str, expected: list[str]) -> None:
    assert [term.label for term in document(f"# Glossary\n\n{text}\n", "notes/glossary.md").terms] == expected
    inside = "\n".join(f"#{line}" if line.startswith("#") else line for line in text.splitlines())
    note = f"# A trip\n\nx\n\n## Glossary\n\n{inside}\n\n## The way home\n\n**Rain**: it rained.\n\n**Wind**: too.\n"
    assert [term.label for term in document(note, "notes/trip.md").terms] == expected


SECTIONS = {
    "Acronyms, terms and abbreviations": True,
    "1.2. Définitions, acronymes et abréviations": True,
    "Liste des sigles": True,
    "List of abbreviations": True,
    "Acronyms used": True,
    "Terms and definitions": True,
    "Jargon": True,
    "Ubiquitous language": True,
    "Vocabulaire essentiel": True,
    "Vocabulaire introduit": True,
    "Vocabulaire clé à maîtriser dès ce module": True,
    "Key vocabulary": True,
    "Useful acronyms in this guide": True,
    "Abbreviations used here": True,
    "Enrich your vocabulary by reading a book a week": False,
    "Why definitions matter": False,
    "Vocabulaire": True,
    "Annexe B : Glossaire": True,
    "Appendix A. Glossary": True,
    "📖 Glossaire (12 termes)": True,
    "Glossaire métier": True,
    "Project glossary": True,
    "Lexique de la mer": True,
    "Terms": False,
    "Terms of use": False,
    "Concepts": False,
    "Adding a glossary": False,
    "Glossary plugin": False,
    "Update the glossary": False,
    "The glossary of a friend's friend who is a sailor": False,
    "About the glossary": False,
    "FAQ": False,
    "Changelog": False,
    "Glossaire_MMLU": False,
}


@pytest.mark.parametrize(("title", "expected"), SECTIONS.items(), ids=SECTIONS)
def test_a_section_is_a_glossary_by_its_heading(title: str, expected: object) -> None:
    text = f"# A trip\n\nx\n\n## {title}\n\n- **Tide**: up\n- **Ebb**: down\n\n## The way home\n\n- **Rain**: yes\n"
    assert [term.label for term in document(text, "notes/trip.md").terms] == (BOTH if expected else [])


NAMES = {
    "### RAG – Retrieval-Augmented Generation": ("RAG", ["Retrieval-Augmented Generation"]),
    "### RAG: Retrieval-Augmented Generation": ("RAG", ["Retrieval-Augmented Generation"]),
    "### Retrieval-Augmented Generation — RAG": ("Retrieval-Augmented Generation", ["RAG"]),
    "### Transformeur (Transformer)": ("Transformeur", ["Transformer"]),
    "### Tokenisation (tokenization)": ("Tokenisation", ["tokenization"]),
    "### Voisin bruyant (noisy neighbor)": ("Voisin bruyant", ["noisy neighbor"]),
    "### Hausse, ou grenier": ("Hausse", ["grenier"]),
    "### Hausse (aussi appelée grenier)": ("Hausse", ["grenier"]),
    "### Ebb (a.k.a. falling tide)": ("Ebb", ["falling tide"]),
    "### Ebb (n.)": ("Ebb", []),
    "### Drisse (nf)": ("Drisse", []),
    "### Sheet (of a sail)": ("Sheet (of a sail)", []),
    "### Branche (git)": ("Branche (git)", []),
    "### Bridge (network device)": ("Bridge (network device)", []),
    "- **Drisse**\n  - EN : halyard\n  - Bout qui hisse.": ("Drisse", ["halyard"]),
    "- **Drisse**\n  - **Anglais** : halyard\n  - Bout qui hisse.": ("Drisse", ["halyard"]),
    "- **Drisse** (*halyard*) : bout qui hisse.": ("Drisse", ["halyard"]),
    "| Terme | Anglais | Définition |\n| - | - | - |\n| Drisse | halyard | Bout |": ("Drisse", ["halyard"]),
    "| Définition | Terme français | Terme anglais |\n| - | - | - |\n| Bout | Drisse | halyard |": (
        "Drisse",
        ["halyard"],
    ),
    "| Sigle | Forme complète | Définition |\n| - | - | - |\n| BM | Basse mer | x |": ("BM", ["Basse mer"]),
    "| Terme | Sigle | Définition |\n| - | - | - |\n| Basse mer | BM | x |": ("Basse mer", ["BM"]),
    "| Sigle | Terme | Définition |\n| - | - | - |\n| — | Basse mer | x |": ("Basse mer", []),
    "*[BM]: Basse mer": ("BM", ["Basse mer"]),
    "### BM\n\n**Basse mer**": ("BM", ["Basse mer"]),
    "### SDU\n\n*Service Data Unit*, un paquet.": ("SDU", ["Service Data Unit"]),
    "- **SDU** — Service Data Unit. Un paquet.": ("SDU", ["Service Data Unit"]),
    "- **SDU** : SDU dans une balise.": ("SDU", []),
    "- **Service** : Data Unit.": ("Service", []),
    "| Terme | Synonymes | Définition |\n| - | - | - |\n| Jusant | reflux, baissant | x |": (
        "Jusant",
        ["reflux", "baissant"],
    ),
}


@pytest.mark.parametrize(("text", "expected"), NAMES.items(), ids=NAMES)
def test_an_entry_says_other_names(text: str, expected: tuple[str, list[str]]) -> None:
    body = f"{text}\n\nBout qui hisse une voile sur un bateau.\n" if text.startswith("#") else text
    (term,) = document(f"# Glossaire\n\n{body}\n", "notes/glossaire.md").terms
    assert (term.label, [alias.text for alias in term.aliases]) == expected


def test_brackets_are_translations_where_all_are_in_the_other_language() -> None:
    words = {"Jeton": "token", "Plongement": "embedding", "Surapprentissage": "overfitting", "Branche (git)": ""}
    heads = [f"## {ours} ({theirs})" if theirs else f"## {ours}" for ours, theirs in words.items()]
    text = "".join(f"{head}\n\nUn mot de tous les jours.\n\n" for head in heads[:3])
    terms = document(f"# Glossaire\n\n{text}", "notes/glossaire.md").terms
    assert {term.label: [alias.text for alias in term.aliases] for term in terms} == {
        ours: [theirs] for ours, theirs in list(words.items())[:3]
    }


def test_a_file_under_a_title_in_front_matter_is_one_term() -> None:
    text = "---\ntitle: Waggle dance\naliases: [figure-eight dance]\n---\n\nA dance.\n\n## How it works\n\nx\n"
    (term,) = document(text, "glossary/waggle-dance.md").terms
    assert (term.label, [alias.text for alias in term.aliases]) == ("Waggle dance", ["figure-eight dance"])


BOXES = {
    "a callout": "> [!info] Glossary\n> - **Tide**: up\n> - **Ebb**: down",
    "a callout in French": "> [!note]- Petit glossaire\n> **Tide** : up\n>\n> **Ebb** : down",
    "an admonition": '!!! note "Glossary"\n\n    - **Tide**: up\n    - **Ebb**: down',
    "a quotation": "> ### Terminology\n>\n> - **Tide**: up\n> - **Ebb**: down",
    "a fold": "<details>\n<summary>Glossary</summary>\n\n- **Tide**: up\n- **Ebb**: down\n\n</details>",
}


@pytest.mark.parametrize("text", BOXES.values(), ids=BOXES)
def test_a_box_is_a_glossary_by_its_title(text: str) -> None:
    assert [term.label for term in document(f"# Lecture\n\nx\n\n{text}\n\n**Read**: chapter 5.\n").terms] == BOTH
    other = (
        text.replace("Glossary", "Homework").replace("Petit glossaire", "Devoirs").replace("Terminology", "Homework")
    )
    assert document(f"# Lecture\n\nx\n\n{other}\n").terms == ()


DATA = {
    "a list of maps": "glossary:\n  - term: Tide\n    definition: Up.\n  - term: Ebb\n    definition: Down.",
    "other keys": "entries:\n  - name: Tide\n    description: Up.\n  - name: Ebb\n    description: Down.",
    "keys in French": "termes:\n  - terme: Tide\n    définition: Up.\n  - terme: Ebb\n    définition: Down.",
    "one map": "terms:\n  Tide: Up.\n  Ebb: Down.",
}


@pytest.mark.parametrize("data", DATA.values(), ids=DATA)
def test_terms_stand_in_the_front_matter_of_a_glossary(data: str) -> None:
    terms = document(f"---\ntitle: Glossary\n{data}\n---\n\nWords of the sea.\n", "notes/glossary.md").terms
    assert [(term.label, term.blocks[0].plain_text) for term in terms] == [("Tide", "Up."), ("Ebb", "Down.")]
    assert document(f"---\ntitle: A trip\n{data}\n---\n\nWords of the sea.\n", "notes/trip.md").terms == ()


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("notes/glossary/pod.md", "---\ntitle: Pod\naka: [Group]\n---\nThe smallest object.\n", ["Pod"]),
        ("notes/docs/Glossaire/marée.md", "# Marée\n\nLa mer monte.\n", ["Marée"]),
        ("notes/fr/glossaire/maree.md", "# Marée\n\nLa mer monte.\n\n## Histoire\n\nx\n", ["Marée"]),
        ("notes/glossary/index.md", "# All terms\n\nSee the list.\n", []),
        ("notes/glossary/how-to-add.md", "# Adding terms\n\nOpen a request.\n", []),
        ("notes/tides/tide.md", "# Tide\n\nThe sea rises.\n", []),
        ("notes/the-glossary-of-my-aunt.md", "# The glossary of my aunt\n\n## The wind\n\nx\n\n## The sea\n\ny\n", []),
    ],
)
def test_a_file_in_a_folder_called_a_glossary_is_a_term(path: str, text: str, expected: list[str]) -> None:
    assert [term.label for term in document(text, path).terms] == expected


@pytest.mark.parametrize("word", ["acronyms and ", "list of ", "terms, ", "the ", "glossary of "])
def test_a_heading_without_end_is_sorted_in_time(word: str) -> None:
    text = f"# A trip\n\n## {word * 3000}x\n\n- **Tide**: up\n- **Ebb**: down\n"
    assert document(text, "notes/trip.md").terms == ()
    document(f"# Glossary\n\n## {word * 3000}x\n\n- **Tide**: up\n- **Ebb**: down\n", "notes/glossary.md")
