"""Read lists of words in French and English: a line `français = English`, further words of either side after `|`."""

from __future__ import annotations

from aikb.locales.words import FOLDER


def word_list(text: str) -> list[tuple[str, str]]:
    """Read a word list, as pairs; `#` begins a comment."""
    pairs = []
    for line in text.splitlines():
        ours, equals, theirs = line.partition("#")[0].partition("=")
        if equals:
            pairs += [
                (one.strip(), other.strip())
                for one in ours.split("|")
                for other in theirs.split("|")
                if one.strip() and other.strip()
            ]
    return pairs


def own_words() -> list[tuple[str, str]]:
    """Read the word list that comes with aikb."""
    return word_list((FOLDER / "fr-en.txt").read_text(encoding="utf-8"))


def everyday_words() -> list[tuple[str, str]]:
    """Read the everyday words that come with aikb, besides those of the field."""
    return word_list((FOLDER / "fr-en-everyday.txt").read_text(encoding="utf-8"))


def irregular_forms(lang: str) -> dict[str, str]:
    """Read the irregular forms of `fr` or `en`, each with the word that a list has of it."""
    if lang == "fr":
        text = (FOLDER / "fr-irregular.txt").read_text(encoding="utf-8")
        return {form: ours for ours, forms in word_list(text) for form in forms.split()}
    families = (line.split(" | ") for line in (FOLDER / "families.txt").read_text(encoding="utf-8").splitlines())
    return {form: first for first, *forms in families for form in forms if not first.startswith("#")}
