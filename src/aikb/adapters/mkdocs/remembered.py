"""Partials of Material's that are the same on every page of a tree at one depth, rendered once for all of them.

A third of a build is Material's templates, and a third of these prints what the page before had printed. Only Material's own
files are remembered: one that a user's `custom_dir` replaces may print anything. A test compares a site with one drawn without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
from material import templates as material_templates

from aikb.adapters.mkdocs.pages import View

_MATERIAL = Path(material_templates.__file__).parent
_SAME = frozenset(
    f"partials/{name}.html"
    for name in (
        "copyright icons integrations/analytics javascripts/announce javascripts/base javascripts/consent javascripts/content "
        "javascripts/outdated javascripts/palette logo progress social source top"
    ).split()
)
"""What they print depends on the configuration, the words of the tree and the way to the site's root."""
_QUIET = frozenset(f"partials/{name}.html" for name in ("actions", "comments", "feedback", "source-file", "tags"))
"""What they print depends on front matter and on the page's edit address; most pages have neither."""
_OTHER_FACTS = frozenset({"author", "description", "search", "title"})
"""Front matter that none of these prints."""
_HEADER, _SWITCHER, _ICONS = "partials/header.html", "partials/alternate.html", ".icons/"
_TITLE, _ALTERNATE = "\ufdd1", "\ufdd2"
"""Stand in a header for what is the page's own."""

Context = Mapping[str, Any]


def is_material(template: jinja2.Template) -> bool:
    """Whether a template is Material's own file, and none that the user put in its place."""
    return Path(str(template.filename)).is_relative_to(_MATERIAL)


@dataclass(frozen=True, slots=True)
class _Stub:
    """A page without anything of its own, for whose header the holes are cut."""

    kb: View
    url: str
    """Of a page at the same depth."""
    title: str = _TITLE
    meta: None = None


class Remembered:
    """The pieces of one environment. Takes the place of templates where other templates include them."""

    def __init__(self, env: jinja2.Environment) -> None:
        """Take an environment whose `get_template` answers from here on."""
        self._load: Callable[..., jinja2.Template] = env.get_template
        self._pieces: dict[str, Any] = {}
        self._own: dict[str, bool] = {}

    def get_template(self, name: Any, parent: str | None = None, globals: Any = None) -> Any:  # noqa: A002 - Jinja's
        """A template as Jinja's `Environment.get_template` finds it, or what remembers its text."""
        if parent is None or not isinstance(name, str) or not self._is_remembered(name):
            return self._load(name, parent, globals)
        if name not in self._pieces:
            template = self._load(name, parent, globals)
            kind = _KINDS.get(name, _Quiet if name in _QUIET else _Piece)
            self._pieces[name] = kind(template) if self._is_known(name, template) else template
        return self._pieces[name]

    @staticmethod
    def _is_remembered(name: str) -> bool:
        return name in _SAME or name in _QUIET or name in _KINDS or name.startswith(_ICONS)

    def _is_known(self, name: str, template: jinja2.Template) -> bool:
        """Whether a template is Material's own file; the switcher is ours, and a header needs it to be."""
        if name == _SWITCHER:
            return True
        if name == _HEADER and "aikb" not in str(self._load(_SWITCHER).filename):
            return False
        return is_material(template)


class _Piece:
    """A template whose text is remembered by tree and depth; what an `include` asks of a template is all it has."""

    def __init__(self, template: jinja2.Template) -> None:
        self._template = template
        self._texts: dict[tuple[str, str], str] = {}

    def __getattr__(self, name: str) -> Any:
        """Whatever else a template is asked for: one may be imported, too."""
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._template, name)

    def new_context(
        self,
        given: dict[str, Any],
        shared: bool = False,  # noqa: FBT002 - Jinja's signature
        locals: Mapping[str, Any] | None = None,  # noqa: A002 - likewise
    ) -> Context:
        """The variables of the template that includes this one, as they are."""
        return {**given, **locals} if locals else given

    def root_render_func(self, context: Context) -> Iterator[str]:
        """The text, as Jinja asks for it."""
        kb = getattr(context.get("page"), "kb", None)
        if not isinstance(kb, View):
            yield self._drawn(context)
            return
        key = kb.tree, str(context.get("base_url"))
        if key not in self._texts:
            self._texts[key] = self._drawn(context)
        yield from self._shown(self._texts[key], context)

    def _drawn(self, context: Context) -> str:
        template = self._template
        return "".join(template.root_render_func(template.new_context(dict(context), shared=True)))

    def _shown(self, text: str, context: Context) -> Iterator[str]:
        del context
        yield text


class _Quiet(_Piece):
    """A template that prints the same for every page that says nothing of its own."""

    def root_render_func(self, context: Context) -> Iterator[str]:
        """The text, as Jinja asks for it."""
        page: Any = context.get("page")
        if page is None or page.edit_url or not _OTHER_FACTS.issuperset(page.meta or ()):
            yield self._drawn(context)
        else:
            yield from super().root_render_func(context)


class _Header(_Piece):
    """The header: the page's title and its other languages are filled into what is remembered."""

    def _drawn(self, context: Context) -> str:
        page: Any = context.get("page")
        kb = getattr(page, "kb", None)
        return super()._drawn({**context, "page": _Stub(kb, str(page.url))} if isinstance(kb, View) else context)

    def _shown(self, text: str, context: Context) -> Iterator[str]:
        page = context["page"]
        before, _, rest = text.partition(_TITLE)
        yield before
        yield str((page.meta and page.meta.get("title")) or page.title)
        middle, hole, after = rest.partition(_ALTERNATE)
        yield middle
        if hole:
            environment = self._template.environment
            switcher = environment.get_template(_SWITCHER, _HEADER)
            yield from switcher.root_render_func(switcher.new_context(dict(context), shared=True, locals={}))
        yield after


class _Switcher(_Piece):
    """The page's other languages; a hole in a header that is being remembered."""

    def root_render_func(self, context: Context) -> Iterator[str]:
        """The text, as Jinja asks for it."""
        yield _ALTERNATE if isinstance(context.get("page"), _Stub) else self._drawn(context)


_KINDS: Mapping[str, type[_Piece]] = {_HEADER: _Header, _SWITCHER: _Switcher}
