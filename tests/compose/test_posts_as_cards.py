"""Posts as cards: what a reader of a file of posts sees, finds and copies."""

from __future__ import annotations

from bs4 import BeautifulSoup

from conftest import Build, body_html, page

POST = "𝗦𝗺𝗮𝗹𝗹 𝗺𝗼𝗱𝗲𝗹𝘀 𝘄𝗶𝗻❗\n\nThe 𝗳𝗶𝗿𝘀𝘁 line\nand the second.\n🚀 𝗦𝗽𝗲𝗲𝗱: it grows.\n• plain\n\n#AI #LLM\n"
TWO = f"Example 1:\n{POST}\nExample 2:\n{POST.replace('LLM', 'Other')}"


def cards(kb: Build, text: str) -> list[BeautifulSoup]:
    return list(BeautifulSoup(body_html(page(kb({"notes/a.md": text}), "a.md")), "lxml").select("div.post"))


def test_styled_letters_are_bold_and_plain(kb: Build) -> None:
    (card,) = cards(kb, POST)
    assert [each.get_text() for each in card.select("strong")] == ["Small models win", "first", "Speed"]


def test_lines_are_kept_and_bullets_hang(kb: Build) -> None:
    (card,) = cards(kb, POST)
    assert len(card.select("p")[1].select("br")) == 3
    assert [each.get_text() for each in card.select(".post-item")] == ["🚀 Speed: it grows.", "• plain"]


def test_hashtags_lead_to_the_page_of_tags(kb: Build) -> None:
    (card,) = cards(kb, POST)
    assert [each["href"] for each in card.select("a.aikb-tag")] == ["tags/ai.md", "tags/llm.md"]


def test_the_button_holds_what_was_posted_without_the_label(kb: Build) -> None:
    first, second = cards(kb, TWO)
    assert first.button["data-clipboard-text"] == POST.strip()
    assert second.button["data-clipboard-text"] == POST.replace("LLM", "Other").strip()
    assert first.select_one("small").get_text() == "Example 1:"


def test_each_post_is_a_record(kb: Build) -> None:
    found = [each for each in kb({"notes/a.md": TWO}).records if each.path == "a.md"]
    assert [(each.kind, each.fragment, each.title) for each in found] == [
        ("page", "", "A"),
        ("post", "post-small-models-win", "Small models win❗"),
        ("post", "post-small-models-win-2", "Small models win❗"),
    ]
    assert "Speed: it grows." in found[1].text
    assert found[1].tags == ("AI", "LLM")
    assert found[2].tags == ("AI", "Other")


def test_a_link_leads_to_a_post(kb: Build) -> None:
    site = kb({"notes/a.md": POST, "notes/b.md": "# B\n\n[it](a.md#post-small-models-win)\n"})
    assert 'href="a.md#post-small-models-win"' in body_html(page(site, "b.md"))
    assert not [each for each in site.diagnostics if each.code.startswith("link")]


def test_hostile_and_hidden_text_stays_what_it_is(kb: Build) -> None:
    text = POST.replace("and the second.", '"><img src=x onerror=alert(1)> & 𝗯𝗼𝗹𝗱 %%hidden%% <!-- unseen -->')
    html = body_html(page(kb({"notes/a.md": text}), "a.md"))
    assert not BeautifulSoup(html, "lxml").select("[onerror], [src]")
    assert "hidden" not in html
    assert "unseen" not in html


def test_hidden_text_is_not_copied(kb: Build) -> None:
    (card,) = cards(kb, POST.replace("second.", "second. %%not this%%"))
    assert "not this" not in str(card)


def test_terms_in_a_post_are_links(kb: Build) -> None:
    text = POST.replace("the second.", "the frontier\nmodel, and a frontier model too.")
    files = {"notes/a.md": text, "glossary/t.md": "# Frontier model\n\nA large one.\n"}
    html = body_html(page(kb(files), "a.md"))
    assert html.count("</a>") == html.count("<a ")
    assert "&lt;" not in html


def test_search_finds_a_post_by_what_it_says_in_styled_letters_before_others(kb: Build) -> None:
    records = {record.fragment: record for record in kb({"notes/a.md": TWO}).records}
    posts = [record for record in records.values() if record.kind == "post"]
    assert [record.about for record in posts] == [("Small models win", "first", "Speed")] * 2
    assert "Small models win" in posts[0].text


def test_hashtags_are_of_their_post_and_not_of_the_file(kb: Build) -> None:
    records = {record.kind: record for record in kb({"notes/a.md": f"---\ntags: [mine]\n---\n{TWO}"}).records}
    assert records["page"].tags == ("mine",)
    assert {"AI", "mine"} <= set(records["post"].tags)
