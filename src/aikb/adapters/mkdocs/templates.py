"""What pages share while Material's templates are rendered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
from material import templates as material_templates

from aikb.adapters.mkdocs.pages import View
from aikb.adapters.mkdocs.remembered import Remembered


class Templates:
    """What pages share while they are rendered: Material's words, and pieces that depend on the tree alone."""

    def __init__(self, env: jinja2.Environment) -> None:
        """Add `once` to the templates, and Material's own under `material/`."""
        self._env = env
        self._pieces: dict[tuple[str, str], str] = {}
        self._words: dict[tuple[str, str], str] = {}
        material = jinja2.FileSystemLoader(str(Path(material_templates.__file__).parent))
        if env.loader is not None:
            env.loader = jinja2.ChoiceLoader([env.loader, jinja2.PrefixLoader({"material": material})])
        env.globals["once"] = self.once
        env.get_template = Remembered(env).get_template  # type: ignore[method-assign]

    def once(self, name: str, page: Any, caller: Callable[[], str]) -> str:
        """What a `call` block of this name holds, rendered on the first page of a tree only, at each depth."""
        kb = getattr(page, "kb", None)
        key = name, f"{kb.tree}{page.url.count('/')}" if isinstance(kb, View) else ""
        if key not in self._pieces:
            self._pieces[key] = caller()
        return self._pieces[key]

    def translate(self, tree: str, key: str) -> str:
        """A word of Material's in the language of a tree."""
        if (tree, key) not in self._words:
            word = tree if key == "language" else self._word(tree, key) or self._word("en", key) or key
            self._words[tree, key] = word
        return self._words[tree, key]

    def _word(self, lang: str, key: str) -> str:
        module: Any = self._env.get_template(f"partials/languages/{lang}.html").module
        return str(module.t(key))
