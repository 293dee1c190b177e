"""Queries of our own for search, and what measures it with them.

| file | what is in it |
| --- | --- |
| `*.tsv` | queries of eleven kinds for a folder of the corpus, each with the places that a good search shows |
| `judged` | reads queries, and scores what an engine shows |
| `engines` | ours, Material's and Pagefind's |
| `speed` | time and bytes at 10,000 notes |
| `weight` | bytes, files, time and memory, beside Material's and Pagefind's |
| `measure` | `make queries`: the table |
"""
