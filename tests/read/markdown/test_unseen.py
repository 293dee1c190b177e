"""What raw HTML and the comments of other tools hide is nowhere; what only looks like that is shown."""

from __future__ import annotations

import pytest

from conftest import Build, found, html_of, places, shown

HIDDEN = [
    "<p hidden>CANARY</p>", '<p hidden="">CANARY</p>', "<p HIDDEN>CANARY</p>", "a <b hidden>CANARY</b> c",
    '<div style="display:none">CANARY</div>', "<div style='color:red;display : NONE'>\n\nCANARY\n\n</div>",
    '<span style="visibility: hidden">CANARY</span>', '<span style="font-size:0">CANARY</span>',
    '<span style="opacity: 0.0;">CANARY</span>', '<p title="a < b > c" hidden>CANARY</p>',
    "<div hidden><div>CANARY</div>CANARY</div>", "<ul><li hidden>CANARY<li>seen</ul>", "<template>CANARY</template>",
    "x <template>CANARY <b>CANARY</b></template> y", "<div hidden>\n\n## CANARY\n\n- CANARY\n\n</div>\n\nseen",
    "| a |\n| --- |\n| <i hidden>CANARY</i> |", "- a\n- <span hidden>CANARY</span>", "> <p hidden>CANARY</p>",
    "!!! note\n    <p hidden>CANARY</p>", "x[^1]\n\n[^1]: y <span hidden>CANARY</span>", "## T <span hidden>CANARY</span>",
    "<div hidden>\n\nCANARY to the end\n\n# CANARY", "x <span hidden>CANARY to the end of its paragraph\n\nseen",
    '<img hidden alt="CANARY" src="p.png">', '<a id="p" title="CANARY" hidden>CANARY</a>', "<dialog>CANARY</dialog>",
    "<details hidden>\n<summary>CANARY</summary>\n\nCANARY\n\n</details>", "<style>CANARY</style>", "x <script>CANARY</script>",
    "{# CANARY #}", "a {#CANARY#} b", "{#- CANARY -#}", "{#\nCANARY\n\n## CANARY\n#}", "{% comment %}CANARY{% endcomment %}",
    "{%- comment -%}\n\n- CANARY\n\n{%- endcomment -%}", "{% # CANARY %}", "{{/* CANARY */}}", "{{- /* CANARY */ -}}",
    "{{< comment >}}CANARY{{< /comment >}}", "{{% comment %}}\nCANARY\n{{% /comment %}}", "{/* CANARY */}", "{/*\nCANARY\n*/}",
    "{{!-- CANARY }} CANARY --}}", "{{! CANARY }}", "{::comment}\nCANARY\n{:/comment}", "a {::comment}CANARY{:/} b",
    "<!-- CANARY --!>", "<!--\nCANARY\n--!>\nseen", "text\n[//]: # (CANARY)\ntext", "[comment]: <> (CANARY)",
    "[//]: #\n  (CANARY)",
    "> [//]: # (CANARY)", "[__comment__]: # 'CANARY'", "$$\nx % CANARY\n$$", "$x % CANARY$", "{# CANARY ``` #}\n\n`seen`",
    "{# CANARY %% CANARY #} seen", "%% CANARY {# CANARY %% seen", "- a {# CANARY #}\n- b",
]  # fmt: skip


@pytest.mark.parametrize("text", HIDDEN)
def test_what_is_hidden_is_nowhere(kb: Build, text: str) -> None:
    site = kb({"notes/a.md": f"# A\n\n{text}\n", "notes/b.md": "# B\n"}, ["p.png"])
    assert "CANARY" not in "".join(map(html_of, site.pages))
    assert "CANARY" not in repr(site.records)
    assert "CANARY" not in repr(site.files)
    assert "CANARY" not in "".join(each.message for each in site.diagnostics)
    if "seen" in text:
        assert "seen" in "".join(map(html_of, site.pages))


KEPT = [
    "`{# KEPT #}`", "```\n{# KEPT #}\n<p hidden>KEPT</p>\n```", "## Title {#id}\n\nKEPT #} x", "{{ KEPT }}",
    "{% if x %}KEPT{% endif %}", "{# KEPT without an end", "{/* KEPT", "{% comment %} KEPT",
    '<p style="display:block">KEPT</p>',
    '<p style="opacity:0.5">KEPT</p>', '<p style="font-size:0.8em">KEPT</p>', "<dialog open>KEPT</dialog>",
    '<div class="hidden">KEPT</div>', "<p>hidden style KEPT</p>", '<a id="hidden">KEPT</a>', "the <template> KEPT",
    "the <script> and <style> KEPT", "a <title> b\n\nKEPT", "50 % KEPT", "$50\\% KEPT$", "[//]: a KEPT", "a [//] KEPT: # b",
    "<p hidden>x</p>\n\nKEPT", "<p hidden>x</p><p>KEPT</p>", "x <span hidden>y</span> KEPT", "<div hidden></div>\nKEPT",
    "`<p hidden>` KEPT `</p>`", "a <!-- b --> KEPT <!-- c -->", "a \\{# KEPT #\\}", "costs $5 and 10 % KEPT $",
]  # fmt: skip


@pytest.mark.parametrize("text", KEPT)
def test_what_is_not_hidden_is_shown(text: str) -> None:
    assert "KEPT" in shown(text)


def test_a_place_that_is_hidden_can_be_linked_to(kb: Build) -> None:
    site = kb({"notes/a.md": '# A\n\n<span id="p" hidden>x</span>\n\n[there](#p)\n'})
    assert places(found(site)) == []
    assert '<span id="p"></span>' in html_of(site.pages[0])
