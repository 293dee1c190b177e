"""The languages of a site whose configuration names none."""

from __future__ import annotations

import pytest

from aikb.model.source import Source
from aikb.read.language.site import with_languages
from aikb.settings import Settings

TEXTS = {
    "de": (
        "# Gezeiten\n\nDas Meer steigt und fällt zweimal am Tag, weil der Mond das Wasser anzieht. "
        "Wir haben das nicht gewusst.\n\nAm Abend gehen die Kinder an den Strand und suchen Muscheln "
        "im Sand.\n"
    ),
    "es": (
        "# Mareas\n\nEl mar sube y baja dos veces al día porque la luna atrae el agua. No lo "
        "sabíamos.\n\nPor la tarde los niños van a la playa y buscan conchas en la arena.\n"
    ),
    "it": (
        "# Maree\n\nIl mare sale e scende due volte al giorno perché la luna attira l’acqua.\n\nLa "
        "sera i bambini vanno sulla spiaggia e cercano conchiglie nella sabbia che non sono rotte.\n"
    ),
    "nl": (
        "# Getijden\n\nDe zee stijgt en daalt twee keer per dag omdat de maan het water "
        "aantrekt.\n\nIn de avond gaan de kinderen naar het strand en zoeken schelpen.\n"
    ),
    "pt": (
        "# Marés\n\nO mar sobe e desce duas vezes por dia porque a lua atrai a água.\n\nÀ tarde as "
        "crianças vão à praia e procuram conchas na areia, mas não encontram.\n"
    ),
    "ja": (
        "# 潮汐\n\n海は月の引力によって一日に二回満ち引きします。私たちはそれを知りませんでした。\n\n"
        "夕方、子供たちは浜辺に行き、貝殻を探します。\n"
    ),
    "ru": (
        "# Приливы\n\nМоре поднимается и опускается два раза в день, потому что луна притягивает "
        "воду.\n\nВечером дети идут на пляж и ищут ракушки в песке, но не находят.\n"
    ),
    "pl": (
        "# Pływy\n\nMorze podnosi się i opada dwa razy dziennie, ponieważ księżyc przyciąga "
        "wodę.\n\nWieczorem dzieci idą na plażę i szukają muszli w piasku, ale nie znajdują ich.\n"
    ),
    "en": (
        "# Tides\n\nThe sea rises and it falls twice a day, because the moon draws the water.\n\nIn "
        "the evening the children go to the beach.\n"
    ),
    "fr": (
        "# Marées\n\nLa mer monte et descend deux fois par jour, parce que la lune attire l’eau.\n\nLe "
        "soir les enfants vont à la plage.\n"
    ),
    "fi": (
        "# Vuorovesi\n\nMeri nousee ja laskee kaksi kertaa päivässä, koska kuu vetää vettä "
        "puoleensa. Illalla lapset menevät rannalle ja etsivät simpukoita hiekasta, mutta eivät "
        "löydä niitä. Seuraavana aamuna he palaavat kotiin ja kertovat äidille mitä näkivät. Äiti "
        "keittää kahvia ja kuuntelee lasten tarinoita merestä ja tähdistä, jotka loistivat yöllä "
        "taivaalla.\n"
    ),
}
CODE = "# x\n\n- foo bar baz\n- npm install\n- git clone repo\n"


def languages(*texts: str) -> tuple[str, ...]:
    sources = [Source(f"notes/{number}.md", text, "notes") for number, text in enumerate(texts)]
    return with_languages(Settings(languages=()), sources).languages


@pytest.mark.parametrize("lang", TEXTS)
def test_notes_wholly_in_a_language_make_a_site_in_it(lang: str) -> None:
    assert languages(TEXTS[lang]) == (lang,)
    assert languages(TEXTS[lang], TEXTS[lang] * 2, CODE) == (lang,)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([CODE], ("en",)),
        ([], ("en", "fr")),
        (["# Home\n"], ("en", "fr")),  # the next note may be in either
        (["# Home\n"] * 8, ("en",)),
        (["# 1\n\n" + "foo.bar(baz) qux " * 60], ("en",)),
        ([TEXTS["en"]] * 30 + [TEXTS["de"]], ("en",)),
        ([TEXTS["de"]] * 2 + [TEXTS["en"]], ("de", "en")),
        ([TEXTS["en"]] * 3 + [TEXTS["ja"]] * 3, ("en", "ja")),
        (["---\nlang: fr\n---\n" + TEXTS["en"]], ("fr",)),
    ],
)
def test_a_language_needs_a_real_share(texts: list[str], expected: tuple[str, ...]) -> None:
    assert languages(*texts) == expected


UNSPACED = {
    "ja": "このSOPの目的は、我々のサイトの公開プロセスを完全に自動化し、手作業とミスをなくすことです。手順を確認します。",
    "zh": "这本书的目的是帮助每一个想要自学计算机的人，找到适合自己的课程和学习路线，并且记录下学习过程中的经验和教训。",
    "th": "เอกสารนี้มีจุดประสงค์เพื่อช่วยให้ทุกคนที่ต้องการเรียนรู้ด้วยตนเองสามารถค้นหาหลักสูตรที่เหมาะสมกับตนเองได้อย่างรวดเร็ว",
}


@pytest.mark.parametrize("lang", list(UNSPACED))
def test_a_line_of_commands_is_no_share_of_a_text_without_blanks(lang: str) -> None:
    note = (
        f"# {UNSPACED[lang][:8]}\n\n"
        + f"{UNSPACED[lang]}\n\n" * 6
        + "theme name material language palette scheme slate default\n"
    )
    site = with_languages(Settings(languages=(), theme_language=lang), [Source("notes/a.md", note)])
    assert site.languages == (lang,)


def test_a_real_share_beside_a_text_without_blanks_makes_a_tree() -> None:
    english = "This is a whole paragraph of English prose, and it is as long as what stands beside it in the note.\n\n"
    notes = [Source("notes/a.md", f"{UNSPACED['ja']}\n\n" * 4), Source("notes/b.md", english * 4)]
    assert with_languages(Settings(languages=(), theme_language="ja"), notes).languages == ("ja", "en")
