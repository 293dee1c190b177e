"""Work on several processors: an error of any piece is the caller's, and nothing is printed on the way."""

from __future__ import annotations

import pytest

from aikb.system.parallel import WORTH_FORKING, parallel_map


def _halved(number: int) -> int:
    if number % 2:
        raise ValueError(number)
    return number // 2


def test_what_works_comes_back_in_its_order() -> None:
    assert parallel_map(_halved, range(0, 4 * WORTH_FORKING, 2)) == list(range(2 * WORTH_FORKING))


@pytest.mark.parametrize("at", [0, 1, 2, 3, WORTH_FORKING - 1])
def test_an_error_of_any_piece_is_raised_once_and_printed_by_nobody(at: int, capfd: pytest.CaptureFixture[str]) -> None:
    pieces = [0] * WORTH_FORKING
    pieces[at] = 7
    with pytest.raises(ValueError, match="7"):
        parallel_map(_halved, pieces)
    assert capfd.readouterr() == ("", "")
