"""Findings about languages and translations."""

from __future__ import annotations

from aikb.findings.codes.code import Code
from aikb.model.finding import Severity

_W, _I = Severity.WARNING, Severity.INFO

TABLE = (
    Code(
        "language-mixed",
        _I,
        message="much of this note is in “{lang}”, the rest in “{page}”",
        explanation=(
            "Two languages share the note. Each passage is marked with its own, and a line over the text says so; "
            "`aikb language FILE` shows what each block was taken for."
        ),
        cure="Nothing, if that is meant; else move one language into a file of its own, as the note's translation.",
        example=(
            "# Tides\n"
            "\n"
            "The sea rises and falls twice a day, and the shore with all that lives there follows it.\n"
            "\n"
            "La lune attire l’eau de la mer, qui monte et descend deux fois par jour sur nos plages.\n"
        ),
    ),
    Code(
        "locale-ambiguous",
        _W,
        message="{claim}; {outcome}",
        explanation=(
            "A file's language, or what it translates, is said in two ways that do not go together. Readers may find a "
            "text where they do not look for it."
        ),
        cure="Keep one of the two: the suffix, the folder, or the front matter.",
        example="notes/index.fr.md:\n    ---\n    lang: en\n    ---\n    # Tides\n",
    ),
    Code(
        "locale-mismatch",
        _W,
        message="“{target}” is in “{lang}”; its text in “{own}” is “{suggestion}”",
        explanation=(
            "The note links to a text in another language than its own, though there is one in its own. The site shows "
            "readers the text of their tree; on GitHub they meet the other language."
        ),
        cure="Link to the text in the note's language; `aikb check --fix` does so.",
        example=(
            "notes/index.fr.md:\n"
            "    # Accueil\n"
            "\n"
            "    Lire [les marées](tides.md).\n"
            "notes/tides.fr.md:\n"
            "    # Marées\n"
            "notes/tides.md:\n"
            "    # Tides\n"
            "notes/index.md:\n"
            "    # Home\n"
            "\n"
            "    Read [about tides](tides.md).\n"
        ),
    ),
    Code(
        "history-shallow",
        _I,
        message="the clone has no history: whether translations are older than their originals is not known",
        explanation=(
            "The repository was cloned without the commits of before, as CI does unless it is told otherwise. Every file "
            "then seems to be as old as the last commit, and translation-stale says nothing."
        ),
        cure="Clone it whole: `fetch-depth: 0` for GitHub's checkout, `git fetch --unshallow` elsewhere.",
        example="notes/index.md:\n    # Home\nnotes/index.fr.md:\n    # Accueil\n",
    ),
    Code(
        "translation-doubtful",
        _W,
        message="it shares nothing with {other}, whose translation its name makes it; {suggestion} shares much",
        explanation=(
            "Two files are a pair by their names. No address, picture, number, name or word of one is in the other, while "
            "another file has much of it. Readers who change language would come to another text."
        ),
        cure="Rename one of the two, or write `translation_of:` in the front matter of the translation.",
        example=(
            "notes/index.md:\n"
            "    # Home\n"
            "\n"
            "    About [salt](salt.md) and [tides](tides.md).\n"
            "notes/salt.md:\n"
            "    # Salt\n"
            "\n"
            "    The cooks of the house keep it dry in a jar of stone, and give it to whoever asks for it.\n"
            "notes/salt.fr.md:\n"
            "    # Marées\n"
            "\n"
            "    À Brest, en 1846, le marégraphe REFMAR de Chazallon note 7,42 mètres, et 7,93 en 1861.\n"
            "notes/tides.md:\n"
            "    # Tides\n"
            "\n"
            "    In 1846 at Brest the REFMAR gauge of Chazallon wrote down 7.42 metres, and 7.93 in 1861.\n"
        ),
    ),
    Code(
        "translation-missing",
        _I,
        message="{place} have no text in “{lang}”: {names}",
        explanation=(
            "At least half of the notes of this folder are translated, these are not. Readers of the other tree see them as "
            "they are, with a notice. A folder that nobody translates is not spoken of."
        ),
        cure="Translate it, if readers of the other language need it: the file's name ends in `.fr.md`, say.",
        example=(
            "notes/index.md:\n"
            "    # Home\n"
            "\n"
            "    Read [about salt](salt.md).\n"
            "notes/index.fr.md:\n"
            "    # Accueil\n"
            "notes/salt.md:\n"
            "    # Salt\n"
        ),
    ),
    Code(
        "translation-stale",
        _I,
        message="{other}, which this text translates, was changed later{when}",
        explanation=(
            "The text that this one translates was changed later. It is known from git, or else from `translations.json`, "
            "which remembers what was translated."
        ),
        cure=(
            "Bring the translation up to date and commit it; without git, run `aikb check --update-translations` then. "
            "If nothing is to change, take its entry out of translations.json first."
        ),
        example=(
            "notes/index.md:\n"
            "    # Home, and more\n"
            "notes/index.fr.md:\n"
            "    # Accueil\n"
            "translations.json:\n"
            '    {"version": 1, "pages": {"notes/index.fr.md":\n'
            '      {"of": "notes/index.md", "original": "an older text", "own": "f8cb41b4da69cd3f"}}}\n'
        ),
    ),
    Code(
        "translation-unresolved",
        _W,
        message="translation_of: no note is “{target}”",
        explanation="The front matter names a note that this one translates, and there is none. It has a page of its own.",
        cure="Write the path of the note, from this file's folder or from the root of the notes.",
        example="---\nlang: fr\ntranslation_of: tide.md\n---\n# Marées\n",
    ),
    Code(
        "words-missing",
        _I,
        message="{count} words of the interface are not translated: {keys}",
        explanation="English stands in for each word that the language's file does not have.",
        cure="Add them to the file, with the keys of `locales/en.yml`.",
        example="locales/de.yml:\n    language: Deutsch\n",
    ),
)
