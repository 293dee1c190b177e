"""Publishes a folder of Markdown notes, as it is, as a checked bilingual site.

Data flows one way, and each stage is a function from frozen values to frozen values; `pipeline` is the whole program:

    read ──▶ relate ──▶ check ──▶ compose ──▶ Site ──▶ adapters/mkdocs   (build, serve)
    files    Index,     findings  pages with        └─▶ findings/report  (aikb check)
    → Document Relations          bodies and furniture

The floors of the house, the highest first; a floor imports those below it and none above (`make lint` checks that):

| place | what lives there |
| --- | --- |
| `cli/` | the command line, one file a command |
| `adapters/` | MkDocs, and a folder for other engines; nothing else imports it |
| `pipeline` | `build(sources, settings) -> Site`: the stages in order and nothing else |
| `analysis` | its first half, from reading to the findings: all that a check needs |
| `online/` | dead links elsewhere, highlights from Readwise: the only two that ask other hosts |
| `check/` | the rules, suppression, fixes |
| `compose/` | Relations -> Pages: notes, works, terms, lists, navigation, exports, search |
| `render/` | a tree of nodes -> text |
| `relate/` | Documents -> Index and Relations |
| `read/` | a file -> Document; `read/exports/` one file a format of highlights |
| `ledgers/` | the files kept beside `mkdocs.yml` |
| `findings/` | the table of codes, the factory `finding()`, the reports |
| `options_schema` | the same options for editors, as JSON Schema |
| `mkdocs_file` | reads `mkdocs.yml` without MkDocs |
| `settings` | the options: name, type, default, words |
| `text/` | pure functions on text |
| `pictures/` | pictures without metadata |
| `locales/` | the interface's words, one file a language |
| `system/` | disk, git, processors, network |
| `model/` | nouns only |

`theme/` holds the templates, stylesheet and scripts that an adapter draws pages with.
"""

__version__ = "0.1.0"
