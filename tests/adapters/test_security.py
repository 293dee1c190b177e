"""The policy that built pages carry: what it names, when it is left out, and that it follows what others add."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from aikb.text.policy import needs, policy, policy_in
from conftest import built, on_disk, soup

SIX_LINES = (
    "site_name: Notes\nsite_url: https://a.example/\ndocs_dir: notes\n"
    "theme: material\nplugins:\n- aikb: {languages: [en, fr]}\n"
)
NOTES = {
    "notes/a.md": "# A\n\n| a | b |\n| :-: | --: |\n| c | d |\n\n```py linenums=1\nx\n```\n\n- [ ] task\n",
    "notes/deep/deeper/b.md": '# B\n\n[A](../../a.md)\n\n=== "t"\n    x\n',
    "glossary/terms.md": "# Glossary\n\n## Token\n\nA piece of text.\n",
}
LEFT_OUT = "pages carry no Content-Security-Policy"


def policies(site: Path) -> dict[str, str]:
    """The policy of each page, by its path."""
    pages = sorted(site.rglob("*.html"))
    return {page.relative_to(site).as_posix(): policy_in(page.read_text(encoding="utf-8")) for page in pages}


def test_every_page_carries_the_strict_policy_that_it_meets(tmp_path: Path) -> None:
    site = built(on_disk(tmp_path, {**NOTES, "mkdocs.yml": SIX_LINES}))
    found = policies(site)
    assert {
        "404.html",
        "index.html",
        "fr/index.html",
        "fr/deep/deeper/b/index.html",
        "glossary/token/index.html",
    } <= set(found)
    for path, written in found.items():
        page = (site / path).read_text(encoding="utf-8")
        assert written == policy(needs(page)), path
        assert "unsafe" not in written
        assert not soup(site / path).find_all(style=True)
        assert not [name for tag in soup(site / path).find_all(True) for name in tag.attrs if name.startswith("on")]


MERMAID = "markdown_extensions:\n- pymdownx.superfences: {custom_fences: [{name: mermaid, class: mermaid}]}"


@pytest.mark.parametrize(
    ("configuration", "files", "why"),
    [
        ("extra_javascript: [https://cdn.example/a.js]", {}, "extra_javascript"),
        ("extra_javascript: [//cdn.example/a.js]", {}, "extra_javascript"),
        ("extra_css: [https://cdn.example/a.css]", {}, "extra_css"),
        ("extra_javascript: [a.js]", {"notes/a.js": "fetch('https://api.example/x')"}, "a.js"),
        ("extra_javascript: [a.js]", {"notes/a.js": "eval (x)"}, "a.js"),
        ("extra: {analytics: {provider: google, property: x}}", {}, "analytics"),
        ("hooks: [hook.py]", {"hook.py": "def on_page_markdown(markdown, **_): return markdown\n"}, "hooks"),
        ("markdown_extensions: [admonition, markdown_own]", {"markdown_own.py": (
            "from markdown.extensions import Extension\ndef makeExtension(**_): return Own()\n"
            "class Own(Extension):\n    def extendMarkdown(self, md): pass\n"
        )}, "markdown_extensions"),
        (f"extra_javascript: [mermaid.js]\n{MERMAID}", {"notes/mermaid.js": ""}, "mermaid"),
    ],
)  # fmt: skip
def test_the_policy_is_left_out_where_it_could_stop_something(
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    configuration: str,
    files: dict[str, str],
    why: str,
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    caplog.set_level(logging.INFO, logger="mkdocs.plugins.aikb")
    site = built(on_disk(tmp_path, {**NOTES, **files, "mkdocs.yml": f"{SIX_LINES}{configuration}\n"}))
    assert set(policies(site).values()) == {""}
    (told,) = (message for message in caplog.messages if LEFT_OUT in message)
    assert why in told


def _themed(template: str) -> dict[str, str]:
    configuration = SIX_LINES.replace("theme: material", "theme: {name: material, custom_dir: mine}")
    return {**NOTES, "mine/main.html": template, "mkdocs.yml": configuration}


@pytest.mark.parametrize(
    ("template", "kept"),
    [
        ('{% extends "base.html" %}{% block announce %}<b style="color:red">x</b>{% endblock %}', True),
        ('{% extends "base.html" %}{% block extrahead %}<script>mine = 1</script>{% endblock %}', True),
        ('{% extends "base.html" %}{% block announce %}<b onclick="mine()">x</b>{% endblock %}', False),
        (
            '{% extends "base.html" %}{% block extrahead %}<script src="https://cdn.example/x.js"></script>{% endblock %}',
            False,
        ),
    ],
)
def test_the_policy_follows_a_users_templates(tmp_path: Path, template: str, *, kept: bool) -> None:
    site = built(on_disk(tmp_path, _themed(template)))
    for path, written in policies(site).items():
        assert bool(written) == kept
        if kept:
            assert needs((site / path).read_text(encoding="utf-8")).scripts <= set(written.replace(";", " ").split())
            assert "style-src 'self' 'unsafe-inline'" in written


HOOK = (
    "def on_post_page(output, page, **_):\n"
    "    script = f'<script>title = {page.title!r}</script><script src=\"https://cdn.example/x.js\"></script>'\n"
    "    return output.replace('</body>', script + '</body>')\n"
)


def test_where_it_is_wanted_it_names_what_others_add_to_each_page(tmp_path: Path) -> None:
    configuration = SIX_LINES.replace("fr]", "fr], security_policy: always") + "hooks: [hook.py]\n"
    site = built(on_disk(tmp_path, {**NOTES, "hook.py": HOOK, "mkdocs.yml": configuration}))
    for path, written in policies(site).items():
        sources = set(written.replace(";", " ").split())
        assert needs((site / path).read_text(encoding="utf-8")).scripts <= sources, path
        assert ("https://cdn.example" in sources) == (path != "404.html")


@pytest.mark.parametrize("setting", ["never", "always", "auto"])
def test_a_setting_switches_it(tmp_path: Path, caplog: pytest.LogCaptureFixture, setting: str) -> None:
    caplog.set_level(logging.INFO, logger="mkdocs.plugins.aikb")
    configuration = SIX_LINES.replace("fr]", f"fr], security_policy: {setting}")
    site = built(on_disk(tmp_path, {**NOTES, "mkdocs.yml": configuration}))
    assert (set(policies(site).values()) == {""}) == (setting == "never")
    assert not [message for message in caplog.messages if LEFT_OUT in message]


@pytest.mark.parametrize(
    ("repository", "host"),
    [("https://github.com/a/b", "https://api.github.com"), ("https://gitlab.example/a/b", "https://gitlab.example")],
)
def test_the_numbers_of_a_repository_may_be_asked_for(tmp_path: Path, repository: str, host: str) -> None:
    site = built(on_disk(tmp_path, {**NOTES, "mkdocs.yml": f"{SIX_LINES}repo_url: {repository}\n"}))
    assert all(f"connect-src 'self' {host};" in written for written in policies(site).values())


@pytest.mark.parametrize("features", ["[content.tooltips]", "[content.tooltips, navigation.top]", "[]", "null"])
def test_materials_tooltips_are_switched_off(tmp_path: Path, caplog: pytest.LogCaptureFixture, features: str) -> None:
    caplog.set_level(logging.INFO, logger="mkdocs.plugins.aikb")
    configuration = SIX_LINES.replace("theme: material", f"theme: {{name: material, features: {features}}}")
    site = built(on_disk(tmp_path, {**NOTES, "mkdocs.yml": configuration}))
    page = (site / "a" / "index.html").read_text(encoding="utf-8")
    assert "content.tooltips" not in page
    assert ("navigation.top" in page) == ("navigation.top" in features)
    assert bool([each for each in caplog.messages if "content.tooltips" in each]) == ("tooltips" in features)
