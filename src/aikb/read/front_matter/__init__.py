"""The block at the head of a note, and what it means.

| file | what it does |
| --- | --- |
| `parse` | parses front matter in YAML, and what YAML refuses |
| `toml_and_json` | the same as TOML and as JSON |
| `metadata` | its values as typed metadata |
| `values` | what YAML read as plain text |
| `privacy` | detects that a note is meant to stay private |
| `dates` | the date of a note, as people write it |
"""
