"""Fills the slots of a page: Jinja templates, one a piece of furniture, in the words of the tree that shows it.

The templates are `partials/aikb/<name>.html` of the theme; a user's `custom_dir` may hold others of the same names. Everything
they print is escaped. They know `t`, the words of the tree; `lang(of, around)`, an attribute; and `permalink(id)`.

All of it passes the gate: texts once for all trees, and what our templates have made of them; a user's own may print anything.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from aikb.locales.words import added_on, counted, day, language_name, number, words
from aikb.model.site import BEFORE, PERMALINK, ROOT, Body, Page, Slot
from aikb.render.escape import FOOTNOTES, raw_block, unbroken, without_marks
from aikb.render.gate import balance, pass_gate
from aikb.render.html import permalink
from aikb.render.inlines import lang_attribute
from aikb.render.options import Permalink
from aikb.render.slots import cut

THEME = Path(__file__).parent.parent / "theme"
"""Our own templates."""


class Words:
    """The interface's words in one language, as templates use them: `t("by", authors=…)`, `t.count("note_count", 3)`."""

    def __init__(self, lang: str) -> None:
        """Take the words of a language."""
        self.lang = lang
        self._words = words(lang)

    def __call__(self, key: str, **values: object) -> str:
        """A word, its `{…}` filled in."""
        return self._words[key].format(**values) if values else self._words[key]

    def count(self, key: str, many: int) -> str:
        """A word with a number, in the plural that the language has for it."""
        return counted(self._words, key, many)

    def number(self, count: int) -> str:
        """A number as the language writes it."""
        return number(self.lang, count)

    def day(self, date: str, *, short: bool = False) -> str:
        """A date as the language writes it."""
        return day(date, self.lang, short=short)

    def added(self, date: str) -> str:
        """When highlights were added, as a heading over them."""
        return added_on(self._words, date)

    def language(self, lang: str) -> str:
        """What a language is called."""
        return language_name(lang, self.lang)

    def own_name(self, lang: str) -> str:
        """What a language calls itself."""
        return words(lang)["language"]

    def split(self, key: str, field: str) -> list[str]:
        """A word around one of its `{…}`: what stands before it and after it."""
        before, _, after = self._words[key].partition(f"{{{field}}}")
        return [before, after]


class Furniture:
    """The templates of a theme."""

    def __init__(
        self,
        folders: Sequence[str | Path] = (THEME,),
        mark: Permalink | None = None,
        convert: Callable[[str], str] = str,
        cache: BytecodeCache | None = None,
        *,
        extended: bool = False,
        tags_above: bool = False,
        report: Callable[[Page, str], None] = lambda _page, _refused: None,
    ) -> None:
        """Take the folders that hold templates, the first one first; the permalinks of headings; and a cache of templates.

        `convert` makes HTML of the Markdown of bodies that hold some, and `extended` says whether the user's extensions may;
        `tags_above` says that the theme shows a note's tags already;
        `report` is told what the gate has refused on a page.
        """
        self._folders, self._mark, self._cache, self._convert = tuple(folders), mark or Permalink(), cache, convert
        self._extended, self._report, self._tags_above = extended, report, tags_above
        self._refused: list[str] = []
        self._before = ""
        """What is said of the page being filled."""
        self._passed: dict[str, str] = {}
        """Pieces of texts, as they passed the gate."""
        self._own: dict[str, bool] = {}
        """Whether a template is ours, by name."""
        self._words: dict[str, Words] = {}
        self._templates: dict[str, Template] = {}

    @cached_property
    def _environment(self) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(self._folders),
            autoescape=True,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=StrictUndefined,
            bytecode_cache=self._cache,
        )
        environment.globals["lang"] = lambda of, around: Markup(lang_attribute(of, around))  # noqa: S704 - escaped there
        environment.globals["permalink"] = lambda name: Markup(permalink(name, self._mark))  # noqa: S704 - escaped there
        environment.globals["tags_above"] = self._tags_above
        environment.filters["sentence"] = _marked
        return environment

    def page(self, page: Page, root: str, relink: Callable[[str], str] = str) -> str:
        """The HTML of a page's text and of all that stands around it. `root` is the way up to the site's root, `../../`.

        `relink` resolves what others have linked to in HTML that was Markdown.
        """
        t = self._words.setdefault(page.tree, Words(page.tree))
        before, after = self._around(page, t)
        body = self._body(page.body, t, relink)
        if page.lang != page.tree:
            body = f"<div{lang_attribute(page.lang)}>\n{body}\n</div>"
        return self._finished(page, (before, body, after), "\n", root or "./")

    def as_markdown(self, page: Page, root: str) -> str:
        """The same as Markdown that another engine converts with `render/python_markdown.py`: furniture is in raw blocks."""
        t = self._words.setdefault(page.tree, Words(page.tree))
        before, after = self._around(page, t)
        if page.body.markdown:
            slots = [piece for piece in page.body.pieces if isinstance(piece, Slot)]
            pieces = cut(page.body.markdown, slots)
            body = "".join(each if isinstance(each, str) else unbroken(self._shown(each, t)) for each in pieces)
            body += f"\n\n{FOOTNOTES}"
        else:
            body = raw_block(unbroken(self._body(page.body, t)))
        if page.lang != page.tree:
            body = f"{raw_block(f'<div{lang_attribute(page.lang)}>')}\n\n{body}\n\n{raw_block('</div>')}"
        before, after = (raw_block(unbroken(each)) if each else "" for each in (before, after))
        return self._finished(page, (before, body.strip("\n"), after), "\n\n", root)

    def _around(self, page: Page, t: Words) -> tuple[str, str]:
        """What is said of a text where the text itself names no place for it, and what stands below it."""
        before, after = ("\n".join(self._shown(slot, t) for slot in slots) for slots in (page.before, page.after))
        placed = BEFORE in page.body.pieces
        foreign = before and placed and page.lang != page.tree
        self._before = f"<div{lang_attribute(page.tree)}>\n{before}\n</div>" if foreign else before
        return "" if placed else before, after

    def _finished(self, page: Page, parts: Sequence[str], between: str, root: str) -> str:
        """A page's parts as one, with addresses from its place and words of its tree."""
        for each in self._refused:
            self._report(page, each)
        self._refused.clear()
        html = between.join(part for part in parts if part).replace(ROOT, root)
        return html.replace(PERMALINK, str(escape(self._words[page.tree]("permalink_heading"))))

    def _body(self, body: Body, t: Words, relink: Callable[[str], str] = str) -> str:
        pieces: Sequence[str | Slot] = body.pieces
        if body.markdown:
            slots = [piece for piece in pieces if isinstance(piece, Slot)]
            pieces = cut(relink(self._converted(body.markdown)), slots)
            return "".join(piece if isinstance(piece, str) else self._shown(piece, t) for piece in pieces)
        parts: list[str] = []
        for piece in pieces:
            if piece == BEFORE and not self._before and parts:
                parts[-1] = parts[-1].removesuffix("\n")  # as if nothing had been there
            parts.append(self._passing(piece) if isinstance(piece, str) else self._shown(piece, t))
        return "".join(parts)

    def _converted(self, markdown: str) -> str:
        """A text of Markdown as it passes the gate, whole, with the marks of its slots."""
        if (passed := self._passed.get(markdown)) is None:
            html = pass_gate(self._convert(markdown), self._refused, extended=True)
            passed = self._passed[markdown] = balance(without_marks(html))
        return passed

    def _passing(self, piece: str) -> str:
        """A piece of a text as it passes the gate."""
        if (passed := self._passed.get(piece)) is None:
            passed = self._passed[piece] = pass_gate(piece, self._refused)
        return passed

    def _shown(self, slot: Slot, t: Words) -> str:
        """A slot as it passes the gate."""
        if slot == BEFORE:
            return self._before  # it has passed
        html = self._slot(slot, t)
        return pass_gate(html, self._refused, extended=self._extended) if self._own[slot.name] else html

    def _slot(self, slot: Slot, t: Words) -> str:
        if slot.name not in self._templates:
            template = self._templates[slot.name] = self._environment.get_template(f"partials/aikb/{slot.name}.html")
            self._own[slot.name] = Path(str(template.filename)).is_relative_to(THEME)
        values = {name: self._filled(value, t) for name, value in slot.values.items()}
        return self._templates[slot.name].render(values, t=t).strip()

    def _filled(self, value: Any, t: Words) -> Any:
        """A value as a template is given it: texts and furniture inside it as HTML."""
        if isinstance(value, str):
            return value
        if isinstance(value, Body):
            return Markup(self._body(value, t))  # noqa: S704 - rendered and escaped
        if isinstance(value, Slot):
            return Markup(self._slot(value, t))  # noqa: S704 - a template's
        if isinstance(value, tuple):
            if _PLAIN.issuperset(map(type, value)):  # as nearly all are
                return value
            return tuple(self._filled(each, t) for each in value)
        if isinstance(value, Mapping):
            return {name: self._filled(each, t) for name, each in value.items()}
        return value


def _marked(parts: Sequence[str]) -> Markup:
    """A sentence with the words in its middle marked, if there are any."""
    before, middle, after = (escape(part) for part in parts)
    return before + _MARK + middle + _MARKED + after if middle else before + after


_PLAIN = frozenset((str, int, bool, float, type(None)))
"""Types of values that are given to a template as they are."""
_MARK, _MARKED = Markup("<mark>"), Markup("</mark>")
