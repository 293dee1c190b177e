"""The interface's words, one YAML file a language; English stands in for what a language does not say."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

import yaml


@lru_cache(maxsize=8)
def words(lang: str) -> Mapping[str, str]:
    """All words of a language. A language without a file speaks English."""
    texts = {str(key): str(value) for key, value in yaml.safe_load(_read("en")).items()}
    if lang != "en" and files(__package__).joinpath(f"{lang}.yml").is_file():
        texts |= {str(key): str(value) for key, value in yaml.safe_load(_read(lang)).items()}
    return texts


def counted(texts: Mapping[str, str], key: str, count: int) -> str:
    """A word with its number: French and English share the rule, but French counts zero as singular."""
    singular = count == 1 or (count == 0 and texts["language"] == "Français")
    return texts[f"{key}_one" if singular and f"{key}_one" in texts else key].format(
        count=f"{count:,}".replace(",", "\u202f")
    )


def _read(lang: str) -> str:
    return files(__package__).joinpath(f"{lang}.yml").read_text(encoding="utf-8")
