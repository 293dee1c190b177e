"""Posts as cards: what a reader of a file of posts sees, finds and copies."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup, Tag

from conftest import Build, body_html, page

POST = "𝗦𝗺𝗮𝗹𝗹 𝗺𝗼𝗱𝗲𝗹𝘀 𝘄𝗶𝗻❗\n\nThe 𝗳𝗶𝗿𝘀𝘁 line\nand the second.\n🚀 𝗦𝗽𝗲𝗲𝗱: it grows.\n• plain\n\n#AI #LLM\n"
TWO = f"Example 1:\n{POST}\nExample 2:\n{POST.replace('LLM', 'Other')}"


def cards(kb: Build, text: str) -> list[BeautifulSoup]:
    return list(BeautifulSoup(body_html(page(kb({"notes/a.md": text}), "a.md")), "lxml").select("div.post"))


def outline(node: Tag) -> str:
    """Paragraphs, lists and items with their words, a line break as `|`."""
    parts = []
    for child in node.children:
        if not isinstance(child, Tag):
            parts.append(str(child).replace("\n", ""))
        elif child.name == "br":
            parts.append("|")
        else:
            name = {"list": "ul", "listitem": "li"}.get(str(child.get("role")), child.name)
            parts.append(f"{name}({outline(child)})" if name in ("p", "ul", "li") else outline(child))
    return "".join(parts)


def test_styled_letters_are_bold_and_plain(kb: Build) -> None:
    (card,) = cards(kb, POST)
    assert [each.get_text() for each in card.select("strong")] == ["Small models win", "first", "Speed"]


def test_lines_are_kept(kb: Build) -> None:
    (card,) = cards(kb, POST)
    assert outline(card.select("p")[1]) == "The first line|and the second.|ul(li(🚀 Speed: it grows.)|li(• plain))"


TAGS = "\n\n#AI #LLM\n"
LISTS = {
    "• one\n• two": "p(ul(li(• one)|li(• two)))",
    "Before:\n• one\n• two\nAfter.": "p(Before:|ul(li(• one)|li(• two))|After.)",
    "● one\n▪ two\n· three": "p(ul(li(● one)|li(▪ two)|li(· three)))",
    "•one\n•two": "p(ul(li(•one)|li(•two)))",
    "– one\n– two": "p(ul(li(– one)|li(– two)))",
    "Words.\n— A. Name": "p(Words.|— A. Name)",
    "🚀 one\n🎯 two": "p(ul(li(🚀 one)|li(🎯 two)))",
    "1️⃣ one\n2️⃣ two": "p(ul(li(1️⃣ one)|li(2️⃣ two)))",
    "→ one\n→ two\n↳ three": "p(ul(li(→ one)|li(→ two)|li(↳ three)))",
    "➡️ one\n✅ two": "p(ul(li(➡️ one)|li(✅ two)))",
    "🇫🇷 one\n🇬🇧 two": "p(ul(li(🇫🇷 one)|li(🇬🇧 two)))",
    "1/ one\n2/ two": "p(ul(li(1/ one)|li(2/ two)))",
    "𝟭. one\n𝟮. two": "p(ul(li(1. one)|li(2. two)))",
    "① one\n② two": "p(ul(li(① one)|li(② two)))",
    "🚨 A title of its own": "p(🚨 A title of its own)",
    "Words\n🚨 and a sign\nand words": "p(Words|🚨 and a sign|and words)",
    "🚀 one:\n• a\n• b\n🎯 two": "p(ul(li(🚀 one:|ul(li(• a)|li(• b)))|li(🎯 two)))",
    "• one:\n→ a\n→ b\n• two": "p(ul(li(• one:|ul(li(→ a)|li(→ b)))|li(• two)))",
    "🚀 one\n• plain": "p(ul(li(🚀 one)|li(• plain)))",
    "• 𝗯𝗼𝗹𝗱: one\n• 📈 two": "p(ul(li(• bold: one)|li(• 📈 two)))",
    "•": "p(•)",
}
"""What is written, and the paragraphs, lists, items and line breaks that it is shown as."""


@pytest.mark.parametrize(("text", "expected"), LISTS.items())
def test_bullets_are_items_of_a_list(kb: Build, text: str, expected: str) -> None:
    (card,) = cards(kb, f"𝗦𝗺𝗮𝗹𝗹 𝗺𝗼𝗱𝗲𝗹𝘀 𝘄𝗶𝗻❗\n\n{text}{TAGS}")
    assert outline(card).partition(")p")[2].rpartition("p(#AI")[0] == expected.removeprefix("p")
    assert card.button["data-clipboard-text"] == f"𝗦𝗺𝗮𝗹𝗹 𝗺𝗼𝗱𝗲𝗹𝘀 𝘄𝗶𝗻❗\n\n{text}{TAGS}".strip()


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
