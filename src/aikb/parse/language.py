"""Which language a text is in: py3langid, limited to the languages of the site, on prose after NFKC.

Lingua and fasttext were looked at: the first is 100 MB, the second needs a model from a hub.
"""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from py3langid import langid

from aikb.model import Node

_SHORT, _CERTAIN = 60, 0.9
"""A few words, names among them, are taken for another language only where there is no doubt."""
_SAMPLES, _LENGTH = 10, 50
"""How many pieces of a page, spread over it, and how many characters of each are looked at; more only cost time."""


_LOADING = threading.Lock()


def prepare(languages: tuple[str, ...]) -> None:
    """Begin to unpack the model, which takes as long as reading three hundred notes, beside whatever else is done."""
    if len(languages) > 1:
        threading.Thread(target=_identifier, args=(languages,), daemon=True).start()


def _identifier(languages: tuple[str, ...]) -> langid.LanguageIdentifier:
    with _LOADING:
        return _loaded(languages)


@lru_cache(maxsize=8)
def _loaded(languages: tuple[str, ...]) -> langid.LanguageIdentifier:
    identifier = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(languages))
    return identifier


def detect(text: str, languages: tuple[str, ...]) -> str:
    """The most likely of `languages`; the first of them for a text without words."""
    text = unicodedata.normalize("NFKC", text)
    if len(languages) == 1 or not any(char.isalpha() for char in text):
        return languages[0]
    language, certainty = _identifier(languages).classify(text)
    clear = len(text) > _SHORT or certainty > _CERTAIN
    return str(language) if clear else languages[0]


def prose(blocks: Sequence[Node]) -> str:
    """A sample of a page's words, without headings, code, tables and addresses."""
    texts = [block for block in blocks if block.kind in ("paragraph", "list", "quote", "alert", "material")] or list(
        blocks
    )
    step = max(len(texts) / _SAMPLES, 1)
    return " ".join(_words(texts[int(at * step)]) for at in range(min(_SAMPLES, len(texts))))


def _words(block: Node) -> str:
    pieces: list[str] = []
    size = 0
    for node in block.walk_visible():
        if node.kind == "text" and "://" not in node.text:
            pieces.append(node.text)
            size += len(node.text)
            if size > _LENGTH:
                break
    return " ".join(pieces)[:_LENGTH]
