"""`aikb mentions` and `aikb glossary`: what they print of a small knowledge base."""

from __future__ import annotations

import builtins
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from rdflib import SKOS, Graph

from aikb.cli.main import main
from aikb.settings import Settings, SettingsError, from_options
from conftest import on_disk

FILES = {
    "mkdocs.yml": "site_name: Notes\ndocs_dir: notes\nplugins:\n  - aikb\n",
    "notes/a.md": (
        "# A\n\nThe MMLU says so; MMLU-Pro does not. `MMLU`\n\nAnd [the big test](../glossary/t.en.md#mmlu), and MMLU.\n\n"
        "In massive quiz language use (MQLU) it is NLP, NLP, NLP. [here](../glossary/t.en.md#mmlu)\n"
    ),
    "glossary/t.en.md": '# Glossary\n\n## MMLU\n\nA test "><img onerror=x>.\n\nAliases: massive quiz language use, été (fr)\n',
    "glossary/t.fr.md": "# Glossaire\n\n## MMLU\n\nUn test, voir [Elo](#elo).\n\n## Elo\n\nUne cote.\n",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(on_disk(tmp_path, FILES))
    return tmp_path


def aikb(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_every_mention_is_printed_and_every_one_declined(folder: Path) -> None:
    result = aikb("mentions", "notes")
    assert result.stdout.splitlines() == [
        "notes/a.md:3:5: “MMLU” is MMLU: linked",
        "notes/a.md:3:19: “MMLU” is MMLU: declined: part of a longer word, “MMLU-Pro”",
        "notes/a.md:3:39: “MMLU” is MMLU: declined: in code",
        "notes/a.md:5:5: “[the big test](../glossary/t.en.md#mmlu)” is MMLU: linked by its author",
        "notes/a.md:5:40: “mmlu” is MMLU: declined: in a link",
        "notes/a.md:5:51: “MMLU” is MMLU: not linked: linked already in this section",
        "notes/a.md:7:4: “massive quiz language use” is MMLU: not linked: linked already in this section",
        "notes/a.md:7:58: “[here](../glossary/t.en.md#mmlu)” is MMLU: linked by its author",
        "notes/a.md:7:85: “mmlu” is MMLU: declined: in a link",
    ]
    assert result.stderr == "4 declined, 1 linked, 2 linked by its author, 2 not linked\n"
    assert len(aikb("mentions", "notes", "--declined").stdout.splitlines()) == 4


def test_terms_are_listed_with_their_names(folder: Path) -> None:
    assert aikb("glossary").stdout.splitlines() == [
        "MMLU / massive quiz language use / été (en, fr; 5 mentions)",
        "Elo (fr; 0 mentions)",
    ]


def test_what_is_not_certain_is_suggested(folder: Path) -> None:
    assert aikb("glossary", "--suggest").stdout.splitlines() == [
        "notes/a.md:5: “the big test” is linked to MMLU: an alias?",
        "notes/a.md:7: “MQLU” is explained as “massive quiz language use”: an alias?",
        "notes/a.md:7: “NLP” is used 3 times: a term?",
    ]


def test_the_export_has_everything(folder: Path) -> None:
    data = json.loads(aikb("glossary", "--format", "json").stdout)
    mmlu, elo = data["terms"]
    assert (data["version"], data["languages"], elo["id"]) == (1, ["en", "fr"], "elo")
    assert mmlu["labels"] == {"en": "MMLU", "fr": "MMLU"}
    assert mmlu["aliases"][1] == {"text": "été", "lang": "fr", "declared": True}
    assert mmlu["definitions"]["fr"]["summary"] == "Un test, voir Elo."
    assert mmlu["definitions"]["en"]["anchor"] == "glossary/index.md#mmlu"
    assert mmlu["pages"] == {"en": "glossary/mmlu.md", "fr": "fr/glossary/mmlu.md"}
    assert mmlu["uses"][0] == {"path": "notes/a.md", "line": 3, "column": 5, "place": "a", "kind": "link"}
    assert elo["uses"][0]["inside"] == "mmlu"


def test_skos_is_read_by_what_reads_skos(folder: Path) -> None:
    graph = Graph().parse(data=aikb("glossary", "--format", "skos").stdout, format="turtle")
    assert {str(label) for label in graph.objects(None, SKOS.prefLabel)} == {"MMLU", "Elo"}
    assert {(str(label), label.language) for label in graph.objects(None, SKOS.altLabel)} >= {("été", "fr")}  # type: ignore[attr-defined]
    assert len(list(graph.triples((None, SKOS.related, None)))) == 1


def test_without_rdflib_the_way_out_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "aikb.compose.skos":
            raise ModuleNotFoundError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    result = aikb("glossary", "--format", "skos")
    assert (result.exit_code, "pip install 'aikb[skos]'" in result.output) == (2, True)


@pytest.mark.parametrize("command", ["mentions", "glossary"])
def test_a_configuration_that_is_missing_is_a_usage_error(command: str, tmp_path: Path) -> None:
    result = aikb(command, "-f", str(tmp_path / "none.yml"))
    assert (result.exit_code, "no such file" in result.stderr) == (2, True)


def test_a_rule_for_mentions_is_one_of_three() -> None:
    assert from_options({"mentions": "all", "mentions_stop": ["chat", 1]}, Settings()).mentions_stop == ("chat", "1")
    with pytest.raises(SettingsError, match="mentions: one of first-per-section, all, none is expected, not 'some'"):
        from_options({"mentions": "some"}, Settings())


@pytest.mark.parametrize("command", [("glossary", "--explain"), ("language",)])
@pytest.mark.parametrize("here", [".", "sub", ".aikb"])
def test_a_file_is_named_from_where_one_stands(
    command: tuple[str, ...], here: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_disk(
        tmp_path,
        {
            ".aikb/mkdocs.yml": "site_name: N\ndocs_dir: ..\ntheme: material\nplugins:\n- aikb: {languages: [en, fr]}\n",
            "Glossary.md": "# Glossary\n\n## Tide\n\nThe rise of the sea.\n",
            "sub/b.md": "# B\n",
        },
    )
    monkeypatch.chdir(tmp_path / here)
    file = "Glossary.md" if here == "." else "../Glossary.md"
    result = aikb(*command, file)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Tide" in result.stdout
    assert result.stdout.startswith(f"{file}:") or command == ("language",)
