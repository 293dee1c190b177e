"""The search index, and what reads it.

| file | what it does |
| --- | --- |
| `records` | makes a record of each section, highlight, term and page |
| `words`, `stem` | tokenize a text: fold its letters, cut compounds, stem |
| `postings` | indexes records: which stem is in which record, and how much that says |
| `bridge` | other names and translations of what a reader types |
| `index` | writes the index as static files |
| `files` | reads these files |
| `query` | parses what was typed |
| `spelling` | forgives typos |
| `closeness` | measures how closely the words of a query stand together in a text |
| `ranking` | finds and ranks, from the files; the browser's script does the same |
"""
