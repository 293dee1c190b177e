"""Findings for people and machines, one file a format.

| file | what it does |
| --- | --- |
| `formats` | the formats by name |
| `result` | what a report is made of: findings, sources, terminal |
| `text` | lines for a terminal, with the place in the source |
| `json` | for programs; `findings.schema.json` describes it |
| `github` | annotations of GitHub Actions, and the summary of a job |
| `sarif` | for code scanning |
| `repeats` | folds the same finding at many places into one |
| `selection` | the files that a user names |
| `progress` | a bar on a terminal |
"""
