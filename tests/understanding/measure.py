"""Measures what aikb understands, on labels written for each rule: precision and recall, before the rule and now.

`make understanding` prints the table; `before.json` holds the numbers of the day on which the labels were written.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from aikb.analysis import analyse
from aikb.model.document import Document, ExportFile
from aikb.model.source import Source
from aikb.read.document import parse
from aikb.read.files.disk import load
from aikb.read.language.blocks import read_languages
from aikb.relate.evidence.ties import Tie
from aikb.relate.relations import Relations
from aikb.settings import Settings

HERE = Path(__file__).parent
LABELS = HERE / "labels"
EN = "The pilot waits for the tide at the mouth of the river, and nobody on board says a word about the weather."
FR = "Le pilote attend la marée à l'embouchure du fleuve, et personne à bord ne dit un mot du temps qu'il fait."
EN2 = "She keeps the log in a green book that was her father's, and writes down every light she sees."
FR2 = "Elle tient le journal dans un cahier vert qui était celui de son père, et note chaque feu qu'elle voit."

TEXTS = {"EN": EN, "FR": FR, "EN2": EN2, "FR2": FR2}


@dataclass(frozen=True, slots=True)
class Score:
    """What a rule found, compared with what it should have."""

    right: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        """The part of what was found that is right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The part of what is right that was found."""
        return self.right / self.wanted if self.wanted else 1.0


def relations(files: dict[str, str], **settings: Any) -> Relations:
    """Set some files in relation, as a build does."""
    chosen = Settings(**settings)
    return analyse([parse(Source(path, text), chosen) for path, text in files.items()], chosen)[0]


def _score(pairs: Iterable[tuple[Counter[str], Counter[str], str]], complaints: list[str]) -> Score:
    """Score pairs of what was found and what was wanted, each with the name of its case."""
    right = found = wanted = 0
    for have, want, name in pairs:
        right += (have & want).total()
        found += have.total()
        wanted += want.total()
        if have != want:
            complaints.append(
                f"{name}: too much {sorted((have - want).elements())}, missing {sorted((want - have).elements())}"
            )
    return Score(right, found, wanted)


# Language ------------------------------------------------------------------------------------------------------------


def pages(file: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """List the labelled pages of a file: a name, and blocks each with their language."""
    name, blocks = "", list[tuple[str, str]]()
    for line in [*(LABELS / file).read_text(encoding="utf-8").splitlines(), "==="]:
        if line.startswith("==="):
            if blocks:
                yield name, blocks
            name, blocks = line.removeprefix("===").strip(), []
        elif line and not line.startswith("#"):
            lang, _, text = line.partition(" | ")
            blocks.append((lang, text.replace("\\n", "\n")))


def language(choose: Callable[[str], bool], complaints: list[str], file: str = "language.txt") -> Score:
    """Score the language of the blocks whose text is chosen."""
    right = total = 0
    for name, blocks in pages(file):
        site = re.match(r"\[([a-z, ]+)\]", name)
        languages = tuple(site[1].split(", ")) if site else ("en", "fr")
        text = "\n\n".join(block for _, block in blocks) + "\n"
        document = parse(Source("notes/a.md", text), Settings())
        assert isinstance(document, Document)
        reading = read_languages(document.blocks, text, languages)
        read = [(each.lang, each.reason) for each in reading.blocks] or [(reading.lang, "site")] * len(blocks)
        assert len(read) == len(blocks), name
        for (found, reason), (lang, written) in zip(read, blocks, strict=True):
            if choose(written):
                total += 1
                right += found == lang
                if found != lang:
                    complaints.append(f"{name}: {written[:60]!r} is {lang}, not {found} by {reason}")
    return Score(right, total, total)


def _is_heading(text: str) -> bool:
    return text.startswith("#")


def _is_short(text: str) -> bool:
    return len(text.lstrip("#->0123456789. ").split()) <= 2


# Pairs ---------------------------------------------------------------------------------------------------------------


def pairs(complaints: list[str], file: str = "pairs.yml") -> Score:
    """Score the pairs that names and front matter say."""

    def cases() -> Iterator[tuple[Counter[str], Counter[str], str]]:
        for case in yaml.safe_load((LABELS / file).read_text(encoding="utf-8")):
            files = {
                path: re.sub(r"^(?:EN|FR)2?$", lambda found: TEXTS[found[0]], text, flags=re.MULTILINE)
                for path, text in case["files"].items()
            }
            index = relations(files).index
            have = Counter(
                " ".join(sorted(document.path for document in variants.values()))
                for variants in index.variants.values()
                if len(variants) > 1
            )
            yield have, Counter(" ".join(sorted(pair)) for pair in case["pairs"]), case["name"]

    return _score(cases(), complaints)


# Glossary ------------------------------------------------------------------------------------------------------------


def _glossary_cases(file: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = yaml.safe_load((LABELS / file).read_text(encoding="utf-8"))
    return cases


def _terms(case: dict[str, Any]) -> Document:
    root = "glossary" if case["path"].startswith("glossary/") else "notes"
    document = parse(Source(case["path"], case["text"], root), Settings())
    assert isinstance(document, Document)
    return document


def terms(complaints: list[str], file: str = "glossary.yml") -> Score:
    """Score the labels of terms."""
    return _score(
        (
            (Counter(str(term.label) for term in _terms(case).terms), Counter(map(str, case["terms"])), case["name"])
            for case in _glossary_cases(file)
        ),
        complaints,
    )


def names(complaints: list[str], file: str = "glossary.yml") -> Score:
    """Score the other names of terms, of the cases that say which there are."""

    def cases() -> Iterator[tuple[Counter[str], Counter[str], str]]:
        for case in _glossary_cases(file):
            if "names" in case:
                have = Counter(f"{term.label}: {alias.text}" for term in _terms(case).terms for alias in term.aliases)
                want = Counter(f"{label}: {name}" for label, names in case["names"].items() for name in names)
                yield have, want, case["name"]

    return _score(cases(), complaints)


def mentions(complaints: list[str]) -> Score:
    """Score whether sentences speak of terms."""

    def cases() -> Iterator[tuple[Counter[str], Counter[str], str]]:
        for line in (LABELS / "mentions.txt").read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                continue
            answer, label, lang, sentence = line.split(" | ")
            definition = EN if lang == "en" else FR
            files = {"notes/glossary.md": f"# Glossary\n\n## {label}\n\n{definition}\n", f"notes/a.{lang}.md": sentence}
            have = relations(files).mentions.get(f"notes/a.{lang}.md", ())
            want = 1 if answer == "yes" else 0
            yield (
                Counter({label: len(have)}) if have else Counter(),
                Counter({label: want}) if want else Counter(),
                line,
            )

    return _score(cases(), complaints)


# Exports -------------------------------------------------------------------------------------------------------------


def exports(complaints: list[str], file: str = "exports.yml") -> Score:
    """Score what is read of an export: passages in order, remarks, authors, findings."""

    def cases() -> Iterator[tuple[Counter[str], Counter[str], str]]:
        for case in yaml.safe_load((LABELS / file).read_text(encoding="utf-8")):
            have, want = _facts(case)
            yield Counter(have), Counter(want), case["name"]

    return _score(cases(), complaints)


def _plain(text: str) -> str:
    """A passage without emphasis, on one line."""
    return " ".join(text.replace("*", "").replace("_", "").split())


def _is_passage(text: str, label: str, *, whole: bool) -> bool:
    """Whether a passage is the labelled one: begins like it, or is it to the last letter."""
    return text == label if whole else text.startswith(label)


def _facts(case: dict[str, Any]) -> tuple[list[str], list[str]]:
    """List what is read of a file and what should be, in words that can be compared."""
    text = case["text"].removeprefix("\ufeff").replace("\r\n", "\n")  # as files are read
    parsed = parse(Source(case["path"], text), Settings())
    codes = {each.code for each in parsed.diagnostics}
    works = parsed.works if isinstance(parsed, ExportFile) else ()
    if case.get("note"):
        return ["export"] if works else ["note"], ["note"]
    shown = [each for work in works for each in work.highlights if not getattr(each, "discarded", False)]
    passages = [_plain(start) for start in case["passages"]]
    want = [f"{at} {start}" for at, start in enumerate(passages)]
    have = []
    for at, each in enumerate(shown):
        text = _plain(each.text)
        start = next((start for start in passages if _is_passage(text, start, whole="whole" in case)), text[-60:])
        have.append(f"{at} {start}")
    for start, words in case.get("notes", {}).items():
        want.append(f"{start}… {words}")
        have += [f"{start}… {words}" for each in shown if each.text.startswith(start) and words in each.note]
    whole = "\n".join(f"{work.note}\n{work.remarks}" for work in works)
    for words in case.get("elsewhere", ()):
        want.append(words)
        have += [words] if words in whole else []
    want += case.get("authors", ())
    have += works[0].authors if works and "authors" in case else []
    want += (f"title {title}" for title in case.get("titles", ()))
    have += (f"title {work.title}" for work in works if "titles" in case)
    want += case.get("codes", ())
    have += [code for code in case.get("codes", ()) if code in codes]
    have += [code for code in case.get("silent", ()) if code in codes]
    for start in case.get("aliased", {}):
        want.append(f"{start} has a second id")
        have += [f"{start} has a second id" for each in shown if each.text.startswith(start) and each.aliases]
    return have, want


# Evidence ------------------------------------------------------------------------------------------------------------


def evidence(complaints: list[str], file: str = "evidence.yml") -> Score:
    """Score which highlights paragraphs in another language take up; each paragraph is a section of a note on the work."""

    def cases() -> Iterator[tuple[Counter[str], Counter[str], str]]:
        for case in yaml.safe_load((LABELS / file).read_text(encoding="utf-8")):
            items = "\n".join(f"- {text} (Page {at})" for at, text in enumerate(case["highlights"], 1))
            sections = "\n\n".join(
                f"## Passage {chr(96 + at)}\n\n{text}" for at, (_, text) in enumerate(case["paragraphs"], 1)
            )
            url = f"https://example.org/{case['work'].replace(' ', '-')}"
            metadata = f"- Author: [[Jane Roe]]\n- Full Title: {case['work']}\n- Category: #books\n- URL: {url}"
            files = {
                "notes/readwise/work.md": f"# {case['work']}\n\n## Metadata\n{metadata}\n\n## Highlights\n{items}\n",
                "notes/note.md": f"# {case['title']}\n\nSur [ce livre]({url}).\n\n{sections}\n",
            }
            tied = relations(files)
            work = next(each.work for each in tied.index.documents.values() if each.work)
            number = {each.id: at for at, each in enumerate(work.highlights, 1)}
            have = Counter(f"{tie.title} {number[tie.highlight]}" for tie in tied.evidence.ties if tie.highlight)
            want = Counter(
                f"Passage {chr(96 + at)} {label}" for at, (label, _) in enumerate(case["paragraphs"], 1) if label
            )
            yield have, want, case["work"]

    return _score(cases(), complaints)


CORPUS = HERE.parents[2] / "shared" / "corpus"


def seeds(kinds: Collection[str], complaints: list[str]) -> Score:
    """Score the ties of real notes and a real export; those labelled `either` count neither way, nor do the other kinds."""
    if not (CORPUS / "seeds").is_dir():
        return Score(0, 0, 0)
    settings = Settings(docs_dir="seeds")
    loaded = load(CORPUS, settings)
    tied, _ = analyse([parse(source, settings) for source in loaded.sources], settings, loaded.assets)
    work = next(each.work for each in tied.index.documents.values() if each.work)
    number = {each.id: at for at, each in enumerate(work.highlights, 1)}
    labels = yaml.safe_load((LABELS / "seeds.yml").read_text(encoding="utf-8"))
    known = {(str(name), at): kind for kind, pairs in labels.items() for name, places in pairs.items() for at in places}

    def label(tie: Tie) -> str:
        first, at = tie.section.partition("-")[0], number[tie.highlight]
        names = [first] if first.isdecimal() else [name for name, _ in known if tie.section.startswith(name)]
        return next((f"{name} {at}" for name in names if (name, at) in known), f"{tie.section} {at}")

    have = {label(tie) for tie in tied.evidence.ties if tie.highlight}
    skipped = {f"{name} {at}" for (name, at), kind in known.items() if kind not in kinds}
    want = {f"{name} {at}" for (name, at), kind in known.items() if kind in kinds}
    return _score([(Counter(have - skipped), Counter(want), "seeds")], complaints)


RULES: dict[str, Callable[[list[str]], Score]] = {
    "language, all blocks": lambda complaints: language(lambda _: True, complaints),
    "language, headings": lambda _: language(_is_heading, []),
    "language, 1–2 words": lambda _: language(_is_short, []),
    "pairs": pairs,
    "glossary, terms": terms,
    "glossary, other names": names,
    "mentions": mentions,
    "exports": exports,
    "evidence, French on English": evidence,
    "unseen: language, all blocks": lambda complaints: language(lambda _: True, complaints, "language-unseen.txt"),
    "unseen: pairs": partial(pairs, file="pairs-unseen.yml"),
    "unseen: glossary, terms": partial(terms, file="glossary-unseen.yml"),
    "unseen: glossary, other names": partial(names, file="glossary-unseen.yml"),
    **{
        f"unseen {at}: {rule}": partial(measure, file=f"{file}-unseen-{at}.{kind}")
        for at in (2, 3, 4)
        for rule, measure, file, kind in (
            ("language, all blocks", partial(language, lambda _: True), "language", "txt"),
            ("pairs", pairs, "pairs", "yml"),
            ("glossary, terms", terms, "glossary", "yml"),
            ("glossary, other names", names, "glossary", "yml"),
        )
    },
    "unseen: exports": partial(exports, file="exports-unseen.yml"),
    "unseen: evidence": partial(evidence, file="evidence-unseen.yml"),
    "third: exports": partial(exports, file="exports-third.yml"),
    "third: evidence": partial(evidence, file="evidence-third.yml"),
    "fourth: exports": partial(exports, file="exports-fourth.yml"),
    "fourth: evidence": partial(evidence, file="evidence-fourth.yml"),
    "fifth: exports": partial(exports, file="exports-fifth.yml"),
    "fifth: evidence": partial(evidence, file="evidence-fifth.yml"),
    "sixth: exports": partial(exports, file="exports-sixth.yml"),
    "sixth: evidence": partial(evidence, file="evidence-sixth.yml"),
    "evidence, seeds, text": partial(seeds, ("text",)),
    "evidence, seeds, all kinds": partial(seeds, ("text", "title")),
}


def main() -> None:
    """Print a line a rule; with `-v`, every label that is missed."""
    file = HERE / "before.json"
    before = json.loads(file.read_text(encoding="utf-8"))
    now: dict[str, list[int]] = {}
    print(f"{'rule':31} {'labels':>6}  {'before P':>8} {'R':>6}  {'now P':>8} {'R':>6}")
    for name, rule in RULES.items():
        complaints: list[str] = []
        score = rule(complaints)
        now[name] = [score.right, score.found, score.wanted]
        old = Score(*before[name]) if name in before else None
        past = f"{old.precision:8.3f} {old.recall:6.3f}" if old else f"{'':15}"
        print(f"{name:31} {score.wanted:6}  {past}  {score.precision:8.3f} {score.recall:6.3f}")
        if "-v" in sys.argv:
            print(*(f"    {each}" for each in complaints), sep="\n")
    if "--before" in sys.argv:
        file.write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
