"""What an address names, whatever way it is written."""

from __future__ import annotations

import pytest

from aikb.text.identifiers import identify, written_in


@pytest.mark.parametrize(
    "url",
    [
        "https://arxiv.org/abs/2302.04761",
        "http://arxiv.org/abs/2302.04761v2",
        "https://www.arxiv.org/pdf/2302.04761.pdf",
        "https://arxiv.org/pdf/2302.04761v1.pdf",
        "https://arxiv.org/pdf/2302.04761",
        "https://export.arxiv.org/abs/2302.04761/",
        "https://arxiv.org/html/2302.04761v3#S2",
        "https://arxiv.org/abs/2302.04761?utm_source=x",
        "https://ar5iv.org/abs/2302.04761",
        "https://ar5iv.labs.arxiv.org/html/2302.04761",
        "https://huggingface.co/papers/2302.04761",
        "https://www.alphaxiv.org/overview/2302.04761v1",
        "https://doi.org/10.48550/arXiv.2302.04761",
        "doi:10.48550/arXiv.2302.04761",
    ],
)
def test_a_paper_of_arxiv_is_one_thing_by_all_its_addresses(url: str) -> None:
    found = identify(url)
    assert found
    assert (found.kind, found.name, found.year, found.url) == (
        "arxiv", "2302.04761", 2023, "https://arxiv.org/abs/2302.04761",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("url", "name", "year"),
    [
        ("https://arxiv.org/abs/hep-th/9901001", "hep-th/9901001", 1999),
        ("https://arxiv.org/abs/math.GT/0309136v1", "math/0309136", 2003),
        ("https://arxiv.org/pdf/cs/0112017.pdf", "cs/0112017", 2001),
        ("https://arxiv.org/abs/0704.0001", "0704.0001", 2007),
    ],
)
def test_older_ids_of_arxiv_name_their_archive_and_their_year(url: str, name: str, year: int) -> None:
    found = identify(url)
    assert found
    assert (found.kind, found.name, found.year) == ("arxiv", name, year)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://doi.org/10.1145/3442188.3445922", "10.1145/3442188.3445922"),
        ("http://dx.doi.org/10.1000/ABC.Def", "10.1000/abc.def"),
        ("https://dl.acm.org/doi/10.1145/3442188.3445922", "10.1145/3442188.3445922"),
        ("https://dl.acm.org/doi/pdf/10.1145/3442188.3445922", "10.1145/3442188.3445922"),
        ("https://link.springer.com/article/10.1007/s11023-020-09548-1", "10.1007/s11023-020-09548-1"),
        ("https://doi.org/10.1016/S0140-6736(05)67813-X", "10.1016/s0140-6736(05)67813-x"),
        ("https://doi.org/10.1002/(SICI)1097", "10.1002/(sici)1097"),
    ],
)
def test_a_doi_is_known_wherever_it_stands(url: str, name: str) -> None:
    found = identify(url)
    assert found
    assert (found.kind, found.name, found.year) == ("doi", name, 0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "http://www.example.org/a/"),
        ("https://example.org/a?utm_source=news&id=3", "https://EXAMPLE.org/a?id=3#part"),
        ("https://example.org/a/index.html", "https://example.org/a"),
        ("https://youtu.be/dQw4w9WgXcQ?si=abc", "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3"),
    ],
)
def test_an_address_is_one_thing_whatever_is_added_to_it(one: str, other: str) -> None:
    assert identify(one) == identify(other) is not None


@pytest.mark.parametrize(
    "url",
    [
        "mailto:a@b.c",
        "#a",
        "a.md",
        "https://example.org",
        "https://example.org/",
        "https://[x",
        "javascript:x",
        "",
        "doi:x",
    ],
)
def test_what_names_nothing_is_nothing(url: str) -> None:
    assert identify(url) is None


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://arxiv.org/list/cs.CL/recent", "address"),
        ("https://arxiv.org/abs/23.1", "address"),
        ("https://example.org/abs/2302.04761", "address"),
        ("https://huggingface.co/papers", "address"),
        ("https://doi.org/help", "address"),
    ],
)
def test_other_pages_of_those_hosts_are_addresses(url: str, kind: str) -> None:
    found = identify(url)
    assert found
    assert found.kind == kind


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (
            "See arXiv:2302.04761v2 and doi:10.1145/3442188.3445922.",
            ["arXiv:2302.04761", "doi:10.1145/3442188.3445922"],
        ),
        ("(arXiv: 2302.04761)", ["arXiv:2302.04761"]),
        ("ARXIV:hep-th/9901001", ["arXiv:hep-th/9901001"]),
        ("doi:10.48550/arXiv.2302.04761", ["arXiv:2302.04761"]),
        ("2302.04761 alone, notarxiv:2302.04761, arXiv:2302.047612, price 10.50/kg", []),
    ],
)
def test_a_text_may_write_an_identifier_out(text: str, labels: list[str]) -> None:
    assert [each.label for _, each in written_in(text)] == labels
