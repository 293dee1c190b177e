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
        "translation-missing",
        _I,
        message="there is no text in “{lang}” of this note",
        explanation=(
            "Other notes of this knowledge base are translated, this one is not. Readers of the other tree see it as it "
            "is, with a notice."
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
