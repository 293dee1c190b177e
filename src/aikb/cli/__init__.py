"""The command line, one file a command.

| file | what it does |
| --- | --- |
| `main` | the group of commands |
| `new`, `starter_files` | what a folder is, and what its site needs |
| `build`, `serve` | the site, by MkDocs' own commands |
| `stage` | the site as a folder for another engine |
| `check`, `explain` | the link check, and what a finding means |
| `glossary`, `mentions`, `evidence`, `related`, `language`, `translations` | what aikb understood, and why |
| `headers` | what a host should send with the pages |
| `cache` | where what was read is kept, and clears it |
| `search` | asks the notes as the site's box does |
| `pull` | fetches highlights from Readwise |
| `changes` | waits for changes of the notes |
| `pages` | draws every page, to find what a build would meet |
| `knowledge` | a knowledge base as every command reads it |
| `configuration` | finds `mkdocs.yml`, here or above |
| `output` | prints, and ends when something is wrong |
"""
