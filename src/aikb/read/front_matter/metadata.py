"""Type the values of front matter: each key as what it takes, and a finding for each value that is something else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aikb.findings.finding import finding
from aikb.model.document import Metadata
from aikb.model.finding import Diagnostic
from aikb.model.source import Source
from aikb.read.front_matter.dates import AMBIGUOUS, read_date
from aikb.read.front_matter.privacy import STATES, fold_key, judgements, says_published
from aikb.read.front_matter.values import clean_text, listed_texts, unwrapped
from aikb.settings import MENTIONS
from aikb.text.languages import language_code

_TEMPLATE = re.compile(r"(?=.{1,100}\Z)\w[\w-]*+(?:\.[\w-]++)*+")
_ICON = re.compile(r"[A-Za-z0-9-]++(?:/[A-Za-z0-9-]++)*+")
_SHARED = frozenset({"status", "icon", "kind", "permalink"})
"""Keys that other programs use as well, for lists and maps of their own."""
_HIDDEN = ("navigation", "toc", "footer", "path", "tags", "home", "related", "changes", "neighbourhood")

_KEYS = (
    "translationkey",
    "translation_key",
    "translation-key",
    "lang-ref",
    "lang_ref",
    "langref",
    "translation_id",
    "i18n_key",
)
"""Words that translations share: Hugo's, Eleventy's and those of Jekyll's themes."""
_KEYS_OF_A_LANGUAGE = ("ref", "page_id", "slug", "namespace")
"""The same, where a note says its language: Jekyll's, Polyglot's, Pelican's."""
_TRANSLATION_OF = ("translation_of", "translation-of", "translationof", "traduction_de", "traduction-de", "traduit_de")
_OTHER_PAGES = (
    "altlangpage",
    "alt-lang-page",
    "alt_lang_page",
    "traduction",
    "translated_page",
    "original_page",
    "original",
    "translated_from",
)
_NAMED = re.compile(
    r"(?:(?:alternate|alternative|alt|translation|traduction|version|url|page|link|lien|lang)[-_]?)?"
    r"(?P<lang>en|fr|english|french|anglais|francais)(?:[-_]?(?:version|page|url|link))?"
)
"""Keys that name a page in a language: `fr`, `alternateFr`, `english_version`."""
_PAGE = re.compile(r"/|\.md$")
"""What a page has in its name, and a translated title has not."""
_LISTS = ("translations", "alternates", "hreflang", "traductions")


@dataclass(frozen=True, slots=True)
class _Fields:
    """The keys of a block without regard to case, and what is wrong with their values."""

    data: Mapping[str, tuple[str, Any]]
    """By key in lower case: the key as written, and its value."""
    source: Source
    start: int
    end: int
    found: list[Diagnostic] = field(default_factory=list)

    def value(self, name: str) -> Any:
        """Look up a value as it was written; None where there is no such key."""
        return self.data.get(name, (name, None))[1]

    def wrong(self, name: str, expected: str, value: object = None) -> None:
        """Tell that a value is not what its key takes."""
        key = self.data[name][0]
        value = self.value(name) if value is None else value
        at = self.source.text.find(f"\n{key}", self.start - 1, self.end) + 1
        shown = "a list" if isinstance(value, list) else "a map" if isinstance(value, dict) else f"“{value}”"
        self.found.append(
            finding("frontmatter-type", self.source, at, at + len(key), key=key, expected=expected, found=shown)
        )

    def text(self, *names: str) -> str:
        """Read the first text that one of the keys has; a list of one is that one, as Obsidian's properties have it."""
        for name in names:
            value = unwrapped(self.value(name))
            if isinstance(value, (list, dict)):
                if value and name not in _SHARED:
                    self.wrong(name, "a text")
            elif value is not None and (cleaned := clean_text(value)):
                return cleaned
        return ""

    def texts(self, *names: str) -> tuple[str, ...]:
        """Read the first list of texts that one of the keys has."""
        for name in names:
            value = self.value(name)
            if isinstance(value, dict) and not _named(value):
                self.wrong(name, "a list of texts")
            elif value is not None:
                items = [_named(each) or each for each in value] if isinstance(value, list) else _named(value) or value
                return tuple(listed_texts(items, split=name.startswith("tag")))
        return ()

    def draft(self) -> bool:
        """Read whether the note is not to be published; what is unclear is not."""
        verdicts = list(judgements(dict(self.data.values())))
        for key, value, verdict in verdicts:
            if verdict == "unclear" and key.lower() in self.data:
                expected = "public or private" if fold_key(key) in STATES else "true or false"
                self.wrong(key.lower(), expected, value)
            elif verdict == "unclear":
                self.found.append(finding("frontmatter-private", self.source, 0, 3, key=key))
        return bool(verdicts)

    def date(self) -> str:
        """Read when the note was written: ISO 8601 where that is clear, else as written; nothing for a day that cannot be."""
        written = self.text("date")
        understood, problem = read_date(written)
        if problem:
            code = "frontmatter-date-order" if problem == AMBIGUOUS else "frontmatter-date"
            self.tell(code, "date", value=written[:40], problem=problem)
        return understood if problem in ("", AMBIGUOUS) else ""

    def language(self) -> str:
        """Read the language of the note: a code, or the name of one; `no` is Norwegian and not YAML's false."""
        for name in ("lang", "language", "langue"):
            value = self.value(name)
            if value is not None and not isinstance(value, (list, dict)) and str(value).strip():
                return "no" if value is False else language_code(clean_text(value))
        return self.text("lang", "language")[:40].casefold()

    def tell(self, code: str, name: str, **values: str) -> None:
        """Report something about a key, at its place."""
        at = self.source.text.find(f"\n{self.data[name][0]}", self.start - 1, self.end) + 1
        self.found.append(finding(code, self.source, at, at + len(name), **values))

    def template(self) -> str:
        """Read the name of a template, which cannot lead out of the theme's folders."""
        name = self.text("template")
        if name and not _TEMPLATE.fullmatch(name):
            self.wrong("template", "the name of a file, without a folder")
            return ""
        return name

    def hidden(self) -> tuple[str, ...]:
        """Read the parts of the page that Material can hide, and those of ours; other words are passed over, as there."""
        value = self.value("hide")
        if not isinstance(value, (str, list, type(None))):
            self.wrong("hide", f"a list of {', '.join(_HIDDEN)}")
            return ()
        named = listed_texts(value, split=True)
        return tuple(part for part in _HIDDEN if part in named)

    def mentions(self) -> str:
        """Read which mentions of terms become links in this note; `false` is short for none."""
        value = self.value("mentions")
        if value is None:
            return ""
        rule = ("" if value else "none") if isinstance(value, bool) else value
        if rule not in ("", *MENTIONS):
            self.wrong("mentions", f"one of {', '.join(MENTIONS)}")
            return ""
        return str(rule)

    def translation_key(self) -> str:
        """Read the word that translations share; `ref` is one where the note says its language, and else a reference."""
        if key := self.plain(*_KEYS):
            return key
        return self.plain(*_KEYS_OF_A_LANGUAGE) if self.plain("lang", "language", "locale") else ""

    def other_page(self) -> str:
        """Read which page is this one in another language: `altLangPage: /fr/b`, or `translations: {fr: /b}`."""
        if page := self.plain(*_OTHER_PAGES):
            return page
        own = self.language()
        keys = {name: match["lang"] for name in self.data if (match := _NAMED.fullmatch(name))}
        named = [
            page for name, lang in keys.items() if language_code(lang) != own and _PAGE.search(page := self.plain(name))
        ]
        if len(named) == 1:
            return named[0]
        listed = next((value for name in _LISTS if isinstance(value := self.value(name), dict)), {})
        pages = [page for lang, page in listed.items() if language_code(str(lang)) != own and isinstance(page, str)]
        return clean_text(pages[0]) if len(pages) == 1 else ""

    def slug(self) -> str:
        """Read what a generator calls the page in its address; the `url` of a clipped page leads elsewhere."""
        url = self.plain("url")
        return url if url.startswith("/") else self.plain("slug", "id")

    def plain(self, *names: str) -> str:
        """Read the first text or number that one of the keys has; a list or a map is another program's."""
        values = (unwrapped(self.value(name)) for name in names)
        return next(
            (clean_text(each) for each in values if isinstance(each, (str, int)) and not isinstance(each, bool)), ""
        )

    def searchable(self) -> bool:
        """Read whether search knows the note."""
        value = self.value("search")
        if value is None:
            return True
        excluded = value.get("exclude", False) if isinstance(value, dict) else None
        if not isinstance(excluded, bool):
            self.wrong("search", "a map with “exclude: true”")
            return True
        return not excluded


def _named(value: object) -> str:
    """Read the name in a map about a person, as Hugo, Docusaurus and Quarto write authors; empty where there is none."""
    if not isinstance(value, dict):
        return ""
    name = next((value[key] for key in ("name", "literal", "key") if value.get(key)), "")
    if isinstance(name, dict):
        return _named(name)
    parts = (str(value[key]) for key in ("given", "family") if value.get(key))
    return clean_text(name) if isinstance(name, str) and name else clean_text(" ".join(parts))


def typed_metadata(data: dict[str, Any], source: Source, start: int, end: int) -> tuple[Metadata, list[Diagnostic]]:
    """Convert what YAML read to typed metadata, with findings for values of another type."""
    fields = _Fields({key.lower(): (key, value) for key, value in data.items()}, source, start, end)
    draft, icon = fields.draft() or any(judgements(data)), fields.text("icon")
    metadata = Metadata(
        title=fields.text("title"),
        description=fields.text("description", "summary"),
        date=fields.date(),
        lang=fields.language(),
        kind=fields.text("kind").lower(),
        authors=fields.texts("authors", "author"),
        tags=fields.texts("tags", "tag"),
        aliases=fields.texts("aliases", "alias", "aka"),
        draft=draft,
        publish=says_published(data),
        template=fields.template(),
        hide=fields.hidden(),
        status=fields.text("status"),
        icon=icon if _ICON.fullmatch(icon) else "",  # else an emoji, or another program's name for one
        searchable=fields.searchable(),
        mentions=fields.mentions(),
        translation_of=fields.text(*_TRANSLATION_OF),
        permalink=fields.text("permalink"),
        slug=fields.slug(),
        translation_key=fields.translation_key(),
        other_page=fields.other_page(),
    )
    return metadata, fields.found
