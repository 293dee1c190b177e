"""Names and codes of languages, as people write them in front matter, to ISO 639 codes.

babel has the names, but no look-up by name, and loads a file of each language for one.
"""

from __future__ import annotations

import re
import unicodedata

_NAMES = """
ar arabic arabe ara
bg bulgarian bulgare bul
br breton bre
ca catalan catala cat
cs czech tcheque cestina ces cze
cy welsh gallois cymraeg cym wel
da danish danois dansk dan
de german allemand deutsch deu ger
el greek grec ell gre
en english anglais eng
es spanish espagnol espanol castellano spa
eu basque euskara eus baq
fa persian farsi persan fas per
fi finnish finnois suomi fin
fr french francais fra fre
he hebrew hebreu heb
hi hindi hin
hu hungarian hongrois magyar hun
id indonesian indonesien ind
it italian italien italiano ita
ja japanese japonais jpn
ko korean coreen kor
la latin lat
nb bokmal nob
nl dutch neerlandais nederlands nld dut
nn nynorsk nno
no norwegian norvegien norsk nor
oc occitan oci
pl polish polonais polski pol
pt portuguese portugais portugues por
ro romanian roumain romana ron rum
ru russian russe rus
sk slovak slovaque slk slo
sl slovene slovenian slv
sr serbian serbe srp
sv swedish suedois svenska swe
tr turkish turc turkce tur
uk ukrainian ukrainien ukr
vi vietnamese vietnamien vie
zh chinese chinois zho chi mandarin
"""
_CODES = {name: line.split()[0] for line in _NAMES.strip().split("\n") for name in line.split()}
_TAG = re.compile(r"([a-z]{2,3})(?:[-_.@][\w.@-]*)?")


def names_language(word: str, code: str) -> bool:
    """Tell whether a word is a name of a language, or its code of three letters: `français`, `FRA`."""
    word = word.lower()
    if not word.isascii():
        decomposed = unicodedata.normalize("NFKD", word)
        word = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _CODES.get(word) == code


def language_code(written: str) -> str:
    """Convert `fr-CA`, `en_US.UTF-8`, `German`, `français`, `FRA` to a code; what is none comes back folded and short."""
    decomposed = unicodedata.normalize("NFKD", written.strip().casefold())
    word = "".join(char for char in decomposed if not unicodedata.combining(char))
    if code := _CODES.get(word):
        return code
    if match := _TAG.fullmatch(word):
        return _CODES.get(match[1], match[1])
    first = re.split(r"[\W_]", word, maxsplit=1)[0]
    return _CODES.get(first, word[:40])
