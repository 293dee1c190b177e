"""Pages that aikb makes: the home page, and one for each folder without a page of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from html import escape

from aikb.compose.note import link
from aikb.compose.tree import Tree, date, folder_slug, relative
from aikb.locales.words import counted, language_name, words
from aikb.model.document import Document
from aikb.model.highlights import Category
from aikb.read.exports.dates import iso_date
from aikb.relate.index import GLOSSARY_ADDRESS
from aikb.render.escape import lang_attribute, plain, raw, raw_block
from aikb.text.folding import collation_key

_SHOWN = 8
"""How many notes of a folder the home page names."""


def home_body(tree: Tree) -> str:
    """The home page of a knowledge base that has no `index.md`: every folder with its first notes, and the glossary."""
    settings = tree.index.settings
    parts = [raw_block(f"<h1>{escape(settings.site_name)}</h1>")]
    if settings.site_description:
        parts.append(raw_block(f'<p class="aikb-lead">{escape(settings.site_description)}</p>'))
    parts += _filter(tree, tree.documents)
    latest = sorted(
        (document for document in tree.documents.values() if document.metadata.date),
        key=lambda document: (document.metadata.date, document.address),
        reverse=True,
    )[:4]
    cards = [part for folder in tree.subfolders.get("", []) for part in _card(tree, folder)]
    notes = []
    if tree.folders.get(""):
        notes.append(f'## {plain(tree.words["notes"])} {{id="notes"}}')
        notes.append(_rows(tree, tree.folders[""], "index.md", dated=True))
    if not cards:
        parts += notes
    if tree.works:
        cards += _sources_card(tree)
    if tree.index.terms:
        cards += _glossary_card(tree)
    if cards:
        parts += [raw_block('<div class="aikb-cards">'), *cards, raw_block("</div>")]
    if len(latest) > 1:
        parts.append(f'## {plain(tree.words["recent"])} {{id="recent"}}')
        parts.append(_rows(tree, [document.address for document in latest], "index.md", dated=True))
    if tree.subfolders.get(""):
        parts += notes
    return "\n\n".join(parts) + "\n"


def folder_body(tree: Tree, folder: str) -> str:
    """The page of a folder: its notes, and the folders in it."""
    address = f"{folder}/index.md"
    parts = [
        raw_block(f"<h1>{escape(tree.folder_title(folder))}</h1>"),
        raw_block(f'<p class="aikb-lead">{escape(counted(tree.words, "note_count", tree.sizes[folder]))}</p>'),
    ]
    children = tree.subfolders.get(folder, [])
    parts += _filter(tree, [*tree.folders[folder], *(each for child in children for each in tree.folders[child])])
    if tree.folders[folder]:
        parts.append(_rows(tree, tree.folders[folder], address, dated=True))
    used: set[str] = set()
    for child in children:
        title = tree.folder_title(child)
        identifier = folder_slug(title)
        while identifier in used:
            identifier += "-1"
        used.add(identifier)
        target = relative(f"{child}/index.md", address)
        parts.append(f'## [{plain(title)}](<{target}>) {{id="{identifier}"}}')
        parts.append(_rows(tree, tree.folders[child][:_SHOWN], address, dated=True))
    return "\n\n".join(part for part in parts if part) + "\n"


def _rows(tree: Tree, addresses: list[str], origin: str, *, dated: bool = False) -> str:
    rows = []
    for address in addresses:
        document = tree.documents[address]
        row = f"- {_linked(tree, address, origin)}"
        if dated and document.metadata.date:
            row += " " + raw(date(document.metadata.date, tree.lang, short=True))
        rows.append(row)
    return "\n\n".join((raw_block('<div class="aikb-list">'), "\n".join(rows), raw_block("</div>"))) if rows else ""


def _linked(tree: Tree, address: str, origin: str) -> str:
    """The beginning of a row: the document's title, and its language where that is not the tree's."""
    document = tree.documents[address]
    row = link(document.title, relative(address, origin), document.lang, tree)
    return row if document.lang == tree.lang else f"{row} {raw(badge(tree, document.lang))}"


def badge(tree: Tree, lang: str) -> str:
    """The code of a language, which says what it means where it is pointed at."""
    meaning = escape(tree.words["in_language"].format(language=language_name(lang, tree.lang)))
    return f'<abbr class="aikb-badge" title="{meaning}">{escape(lang.upper())}</abbr>'


def _filter(tree: Tree, addresses: Iterable[str]) -> list[str]:
    """The choice of languages over lists that hold several; a script shows it and does what it says."""
    present = {tree.documents[address].lang for address in addresses}
    if len(present) < 2:
        return []
    choices = [("", tree.words["filter_all"], "")]
    choices += [
        (lang, words(lang)["language"], lang_attribute(lang, tree.lang))
        for lang in tree.index.settings.languages
        if lang in present
    ]
    labels = "".join(
        f'<label{attribute}><input type="radio" name="aikb-language" value="{value}"{"" if value else " checked"}> '
        f"<span>{escape(name)}</span></label>"
        for value, name, attribute in choices
    )
    legend = f"<legend>{escape(tree.words['filter'])}</legend>"
    return [raw_block(f'<fieldset class="aikb-filter" data-search-exclude hidden>{legend}{labels}</fieldset>')]


def _card(tree: Tree, folder: str) -> list[str]:
    title = tree.folder_title(folder)
    target = f"{folder}/index.md"
    addresses = tree.folders[folder] or [
        address for child in tree.subfolders.get(folder, []) for address in tree.folders[child]
    ]
    rest = tree.sizes[folder] - len(addresses[:_SHOWN])
    parts = [
        raw_block('<section class="aikb-card">'),
        f'## [{plain(title)}](<{target}>) {{id="{folder_slug(title)}"}}',
        _rows(tree, addresses[:_SHOWN], "index.md"),
    ]
    if rest > 0:
        parts.append(f"[{plain(counted(tree.words, 'all_notes', tree.sizes[folder]))}](<{target}>)")
    return [*parts, raw_block("</section>")]


def _glossary_card(tree: Tree) -> list[str]:
    count = counted(tree.words, "term_count", len(tree.index.terms))
    return [
        raw_block('<section class="aikb-card">'),
        f'## [{plain(tree.words["glossary"])}](<{GLOSSARY_ADDRESS}>) {{id="glossary"}}',
        f"{plain(tree.words['glossary_intro'])} [{plain(count)}](<{GLOSSARY_ADDRESS}>)",
        raw_block("</section>"),
    ]


def _sources_card(tree: Tree) -> list[str]:
    count = counted(tree.words, "source_count", len(tree.works))
    return [
        raw_block('<section class="aikb-card">'),
        f'## [{plain(tree.words["sources"])}](<{tree.sources}>) {{id="sources"}}',
        f"{plain(tree.words['sources_intro'])} [{plain(count)}](<{tree.sources}>)",
        raw_block("</section>"),
    ]


def sources_body(tree: Tree) -> str:
    """The list of works: by kind, the newest first, and by year, each with the number of its highlights."""
    works = sorted(tree.works.items(), key=lambda each: (collation_key(each[1].title), each[0]))
    total = sum(len(document.work.highlights) for _, document in works if document.work)
    counts = (counted(tree.words, "source_count", len(works)), counted(tree.words, "highlight_count", total))
    parts = [
        f'# {plain(tree.words["sources"])} {{id="sources"}}',
        raw_block(f'<p class="aikb-lead">{escape(" · ".join(counts))}</p>'),
        *_filter(tree, tree.works),
        f'## {plain(tree.words["by_kind"])} {{id="by-kind"}}',
    ]
    for category in Category:
        own = [each for each in works if each[1].work and each[1].work.category is category]
        own.sort(key=lambda each: _date(each[1]), reverse=True)
        if own:
            name = tree.words[f"kinds_{category or 'unknown'}"]
            parts += [f'### {plain(name)} {{id="kind-{category or "unknown"}"}}', _work_rows(tree, own)]
    years: defaultdict[str, list[tuple[str, Document]]] = defaultdict(list)
    for each in sorted(works, key=lambda each: _date(each[1]), reverse=True):
        years[_date(each[1])[:4]].append(each)
    if list(years) != [""]:  # else it would be the same list again
        parts.append(f'## {plain(tree.words["by_date"])} {{id="by-date"}}')
        for year, own in years.items():
            title = year or tree.words["undated"]
            parts += [f'### {plain(title)} {{id="date-{year or "none"}"}}', _work_rows(tree, own)]
    return "\n\n".join(parts) + "\n"


def _date(document: Document) -> str:
    """When a work was published or saved, else when it was last highlighted; nothing where neither is told as a date."""
    work = document.work
    dates = (iso_date(each)[:10] for each in ((work.date, work.updated) if work else ()))
    return next((date for date in dates if date), "")


def _work_rows(tree: Tree, works: list[tuple[str, Document]]) -> str:
    rows = []
    for address, document in works:
        row = "- " + raw("<span>") + _linked(tree, address, tree.sources)
        count = counted(tree.words, "highlight_count", len(document.work.highlights) if document.work else 0)
        author = ", ".join(document.metadata.authors)
        row += raw(f' <small class="aikb-by">{escape(author)}</small>' if author else "")
        written = f" {date(_date(document), tree.lang, short=True)}" if _date(document) else ""
        row += raw(f'</span> <span class="aikb-when"><span class="aikb-count">{escape(count)}</span>{written}</span>')
        rows.append(row)
    return "\n\n".join((raw_block('<div class="aikb-list aikb-works">'), "\n".join(rows), raw_block("</div>")))
