"""What pages share while Material's templates are rendered."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from material import templates as material_templates
from mkdocs.theme import Theme

from aikb.adapters.mkdocs.pages import View
from aikb.adapters.mkdocs.remembered import Remembered, is_material
from aikb.locales.words import words_of_its_own


class Bytecode(jinja2.BytecodeCache):
    """Compiled templates in memory, for the next build: there are forty, and a build compiles each."""

    def __init__(self) -> None:
        """Start with none."""
        self._compiled: dict[str, tuple[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket, if its template was compiled from the same source."""
        checksum, compiled = self._compiled.get(bucket.key, ("", b""))
        if checksum == bucket.checksum:
            bucket.bytecode_from_string(compiled)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        self._compiled[bucket.key] = bucket.checksum, bucket.bytecode_to_string()


class Loader(jinja2.FileSystemLoader):
    """Loads templates as MkDocs does, and lists no hidden ones.

    MkDocs lists all to find a theme's scripts and styles, and leaves out hidden ones itself: Material's 14,000 icons.
    """

    def list_templates(self) -> list[str]:
        """All names that are not hidden at the top, sorted."""
        found: set[str] = set()
        for top in self.searchpath:
            for folder, folders, names in os.walk(top, followlinks=self.followlinks):
                place = os.path.relpath(folder, top).replace(os.sep, "/")
                if place == ".":
                    folders[:] = [name for name in folders if not name.startswith(".")]
                    found.update(name for name in names if not name.startswith("."))
                else:
                    found.update(f"{place}/{name}" for name in names)
        return sorted(found)


class Unlisted(jinja2.FileSystemLoader):
    """Loads templates that are reached by name only; none of them is a file of the site."""

    def list_templates(self) -> list[str]:
        """Nothing: Material's icons would be 14,000 names, which MkDocs looks for in every folder of the theme."""
        return []


def light_env(theme: Theme) -> jinja2.Environment:
    """The theme's environment, quicker to list."""
    env = Theme.get_env(theme)
    if type(env.loader) is jinja2.FileSystemLoader:
        env.loader = Loader(env.loader.searchpath, env.loader.encoding, env.loader.followlinks)
    return env


def shared_env(make: Callable[[], jinja2.Environment], bytecode: Bytecode) -> jinja2.Environment:
    """Make an environment in which our templates work, whoever draws a page: other plugins have some of their own."""
    env = make()
    env.bytecode_cache = bytecode
    material = Unlisted(str(Path(material_templates.__file__).parent))
    if env.loader is not None:
        env.loader = jinja2.ChoiceLoader([env.loader, jinja2.PrefixLoader({"material": material})])
    env.globals["once"] = _always
    return env


def _always(_name: str, _page: Any, caller: Callable[[], str]) -> str:
    return caller()


class Templates:
    """What pages share while they are rendered: Material's words, and pieces that depend on the tree alone."""

    def __init__(self, env: jinja2.Environment, bytecode: Bytecode) -> None:
        """Let the templates remember what is the same on every page."""
        self._env = env
        self._pieces: dict[tuple[str, str], str] = {}
        self._words: dict[tuple[str, str], str] = {}
        env.globals["once"] = self.once
        env.bytecode_cache = bytecode
        env.get_template = Remembered(env).get_template  # type: ignore[method-assign]

    def once(self, name: str, page: Any, caller: Callable[[], str]) -> str:
        """What a `call` block of this name holds, rendered on the first page of a tree only, at each depth."""
        kb = getattr(page, "kb", None)
        key = name, f"{kb.tree}{page.url.count('/')}" if isinstance(kb, View) else ""
        if key not in self._pieces:
            self._pieces[key] = caller()
        return self._pieces[key]

    def translate(self, tree: str, key: str) -> str:
        """A word of Material's in the language of a tree, or ours for it; a file of the user's own goes before both."""
        if (tree, key) not in self._words:
            word = tree if key == "language" else self._word(tree, key) or self._word("en", key) or key
            self._words[tree, key] = word
        return self._words[tree, key]

    def _word(self, lang: str, key: str) -> str:
        try:
            template: Any = self._env.get_template(f"partials/languages/{lang}.html")
        except jinja2.TemplateNotFound:  # none of Material's sixty
            return ""
        better = words_of_its_own(lang).get(f"material.{key}")
        return better if better and is_material(template) else str(template.module.t(key))
