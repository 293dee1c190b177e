"""Values of the last build: made again where what they are made of is no longer equal, and forgotten when nobody asks."""

from __future__ import annotations

from aikb.system.kept import Compared, Kept


def test_a_value_is_made_once_as_long_as_it_is_made_of_the_same() -> None:
    kept = Compared[str, object]()
    first = kept.get("a", [1], object)
    kept.start()
    assert kept.get("a", [1], object) is first
    kept.start()
    assert kept.get("a", [2], object) is not first


def test_what_a_build_did_not_ask_for_is_forgotten() -> None:
    compared, kept = Compared[str, object](), Kept[str, object]()
    first, second = compared.get("a", 1, object), kept.get("a", lambda _: object())
    for each in (compared, kept):
        each.start()
        each.start()
    assert compared.get("a", 1, object) is not first
    assert kept.get("a", lambda _: object()) is not second


def test_a_build_may_begin_anew() -> None:
    kept = Compared[str, object]()
    first = kept.get("a", 1, object)
    kept.start(anew=True)
    assert kept.get("a", 1, object) is not first
