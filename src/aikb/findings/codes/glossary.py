"""Findings about terms."""

from __future__ import annotations

from aikb.findings.codes.code import Code
from aikb.model.finding import Severity

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

TABLE = (
    Code(
        "alias-conflict",
        _E,
        message="“{alias}” is listed as another name of “{label}”, and already means “{other}” ({first})",
        explanation="A name leads to one term. Here it stays with the other term, and is no name of this one.",
        cure="Take it off one of the lists, or make one entry of the two terms.",
        example=(
            "glossary/terms.en.md:\n"
            "    # Glossary\n"
            "\n"
            "    ## Token\n"
            "\n"
            "    A piece of text.\n"
            "\n"
            "    ## Subword\n"
            "\n"
            "    A part of a word.\n"
            "\n"
            "    Aliases: token\n"
            "glossary/terms.fr.md:\n"
            "    # Glossaire\n"
            "\n"
            "    ## Token\n"
            "\n"
            "    Un morceau de texte.\n"
            "\n"
            "    ## Subword\n"
            "\n"
            "    Une partie d'un mot.\n"
            "notes/index.md:\n"
            "    # Notes\n"
            "\n"
            "    A subword is a token.\n"
        ),
    ),
    Code(
        "term-candidate",
        _I,
        message="“{text}” is used {count} times and no term of the glossary",
        explanation="An abbreviation that readers meet three times or more, and that the glossary does not explain.",
        cure="Define it, or add it to the aliases of a term. `aikb glossary --suggest` lists all of them.",
        example=(
            "glossary/terms.en.md:\n"
            "    # Glossary\n"
            "\n"
            "    ## Token\n"
            "\n"
            "    A piece of text.\n"
            "glossary/terms.fr.md:\n"
            "    # Glossaire\n"
            "\n"
            "    ## Token\n"
            "\n"
            "    Un morceau de texte.\n"
            "notes/index.md:\n"
            "    # Notes\n"
            "\n"
            "    RLHF sees every token. RLHF is costly, and RLHF helps.\n"
        ),
    ),
    Code(
        "term-duplicate",
        _E,
        message="“{label}” is already defined in this language at {first}",
        explanation="A term has one definition in a language; the first is shown.",
        cure="Merge the definitions.",
        example=(
            "glossary/terms.en.md:\n"
            "    # Glossary\n"
            "\n"
            "    ## Token\n"
            "\n"
            "    A piece of text.\n"
            "\n"
            "    ## token\n"
            "\n"
            "    A part of a word.\n"
            "glossary/terms.fr.md:\n"
            "    # Glossaire\n"
            "\n"
            "    ## Token\n"
            "\n"
            "    Un morceau de texte.\n"
            "notes/index.md:\n"
            "    # Notes\n"
            "\n"
            "    One token after the other.\n"
        ),
    ),
    Code(
        "term-empty",
        _W,
        message="“{label}” has no definition",
        explanation="A heading of the glossary without text under it.",
        cure="Write the definition, or remove the heading.",
        example="glossary/terms.md:\n    # Glossary\n\n    ## LoRA\n",
    ),
    Code(
        "term-untranslated",
        _I,
        message="“{label}” has no definition in {missing}",
        explanation="Readers of that language see the definition that there is, marked as being in another language.",
        cure="Add a heading of the same name to the glossary's file in that language, or leave it.",
        example=(
            "glossary/terms.en.md:\n"
            "    # Glossary\n"
            "\n"
            "    ## Token\n"
            "\n"
            "    A piece of text.\n"
            "notes/index.md:\n"
            "    # Notes\n"
            "\n"
            "    One token after the other.\n"
        ),
    ),
    Code(
        "term-unused",
        _I,
        message="no note speaks of “{label}”",
        explanation="No note links to the term, and none names it in its running text.",
        cure="Add the names it goes by in the notes (`Aliases: …` under the heading), or leave it.",
        example=(
            "glossary/terms.en.md:\n"
            "    # Glossary\n"
            "\n"
            "    ## Token\n"
            "\n"
            "    A piece of text.\n"
            "glossary/terms.fr.md:\n"
            "    # Glossaire\n"
            "\n"
            "    ## Token\n"
            "\n"
            "    Un morceau de texte.\n"
        ),
    ),
)
